"""Checking a ledger: everything is read from the text, never from the index, and nothing is changed."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from ledger.domain.plan import plan_of
from ledger.domain.rules import (
    Around,
    Compared,
    Fault,
    PeopleFile,
    PlanFile,
    Shelf,
    Subject,
    Unreadable,
    chosen,
    in_order,
    look_across,
)
from ledger.domain.schema import ISSUE
from ledger.errors import DamageError
from ledger.store import evidence, files, frozen, people, recordfile, registers
from ledger.store.settings import workdays
from ledger.usecases import comparing, deletions, examining, originals
from ledger.usecases.checkpointing import plan_digest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from ledger.domain.declaration import Declaration
    from ledger.domain.frozen import Kept
    from ledger.domain.people import People
    from ledger.domain.presented import Presented
    from ledger.domain.settings import Settings
    from ledger.store.book import Book
    from ledger.store.evidence import Part

#: Up to so many issues the index is compared by itself; it takes as long as all other rules together.
#: Source: DECISIONS.md D-44.
_SMALL = 500
#: What files are called of which a line is shown: evidence may be anything.
_SHOWN = ".toml"


@dataclass(frozen=True, slots=True)
class Checkup:
    """What a check found, in how many issues it looked, and what was held against them."""

    faults: tuple[Fault, ...]
    issues: int
    presented: Presented | None = None

    @property
    def concerned(self) -> int:
        """How many record files have a fault."""
        return len({fault.file for fault in self.faults})


def faults(book: Book) -> list[Fault]:
    """Everything in the ledger that does not hold, by file and line."""
    return list(inspect(book).faults)


def inspect(
    book: Book,
    *,
    only: Sequence[str] = (),
    strict: bool = False,
    read: Part | None = None,
    presented: Presented | None = None,
) -> Checkup:
    """Everything that does not hold, with the number of issues.

    Shape: `only` names rules; `read` is the part of the evidence that is read whole; `presented` a checkpoint
        to hold against the ledger, whatever `only` names.

    Raises:
        UsageError: `only` names a rule that is not there.
    """
    if only and presented:
        only = [*only, "unreadable", "checkpoint"]
    rules = chosen(only, strict=strict)
    count = len(book.names(ISSUE))
    if not only and not strict and count <= _SMALL:
        rules += chosen(["index"])
    surroundings = _Surroundings(book, presented)
    plans, registered = tuple(surroundings.plans()), frozen.registered(book)
    kept = tuple(frozen.kept(book.folder, name) for name in frozen.known(book.folder, registered))
    around, shelf = surroundings.around(plans, kept, read)
    seen = examining.examine(book, around, rules)
    subject = Subject(
        briefs=tuple(seen.briefs),
        unreadable=(*surroundings.unreadable, *seen.unreadable),
        people=surroundings.people_file,
        plans=plans,
        shelf=shelf,
        presented=presented,
        index=comparing.compare(book) if any(rule.name == "index" for rule in rules) else Compared(),
        deleted=deletions.found(book) if any(rule.name == "deleted" for rule in rules) else (),
        frozen=kept,
        registered=registered,
        again=lambda brief: examining.again(book, brief, around),
    )
    found = in_order([*seen.faults, *look_across(subject, rules)], strict=strict)
    return Checkup(tuple(found), count, presented)


def excerpt(book: Book, fault: Fault, presented: Presented | None = None) -> str:
    """The line of the file a fault is about; empty when it cannot be shown."""
    if presented is not None and fault.file == presented.name:
        lines: Sequence[str] = presented.lines
    elif not fault.file.endswith(_SHOWN):
        return ""
    else:
        try:
            lines = files.read(book.workspace.root / fault.file).decode("utf-8", "replace").split("\n")
        except OSError:
            return ""
    return lines[fault.line - 1].strip("\r") if 0 < fault.line <= len(lines) else ""


class _Surroundings:
    """Reads what records are held against; what cannot be read is kept as such."""

    def __init__(self, book: Book, presented: Presented | None) -> None:
        self.book = book
        self.presented = presented
        self.folder = PurePosixPath("ledgers", book.name)
        self.unreadable: list[Unreadable] = []
        self.people_file = PeopleFile()

    def around(
        self, plans: Sequence[PlanFile], periods: Sequence[Kept], part: Part | None
    ) -> tuple[Around, Shelf]:
        names = self._people()
        kept = evidence.kept(self.book.folder)
        sizes, altered = self._sizes(kept)
        if part is not None:
            altered |= self._altered(kept, part)
        around = Around(
            settings=self._settings(),
            names=names or None,
            plans=frozenset(file.plan.version for file in plans),
            heads=_named_heads(plans, periods),
            evidence=sizes,
            altered=altered,
            presented=self.presented,
            original=originals.finder(self.book),
            registers=self._registers(),
        )
        shelf = Shelf(
            {digest: self._shown(paths) for digest, paths in kept.files.items()},
            self._shown(kept.links),
            self._shown(kept.others),
        )
        return around, shelf

    def _sizes(self, kept: evidence.Shelf) -> tuple[dict[str, int], dict[str, str]]:
        """The size of every kept file; one kept twice with two sizes is not what it was."""
        sizes: dict[str, int] = {}
        altered: dict[str, str] = {}
        for digest, paths in kept.files.items():
            for path in paths:
                try:
                    size = path.stat().st_size
                except OSError as error:
                    self._damaged(self._path(path), error)
                    continue
                if sizes.setdefault(digest, size) != size:
                    altered[digest] = ""
        return sizes, altered

    def _altered(self, kept: evidence.Shelf, part: Part) -> dict[str, str]:
        """Kept files whose content is not what their name says, with what it is."""
        altered = {}
        for digest, paths in kept.files.items():
            for path in paths if part.holds(digest) else ():
                try:
                    now = evidence.digest(path)
                except OSError as error:
                    self._damaged(self._path(path), error)
                    continue
                if now != digest:
                    altered[digest] = now
        return altered

    def _path(self, path: Path) -> PurePosixPath:
        return self.folder / path.relative_to(self.book.folder).as_posix()

    def _shown(self, paths: Sequence[Path]) -> tuple[str, ...]:
        return tuple(str(self._path(path)) for path in paths)

    def _registers(self) -> Mapping[str, Declaration] | None:
        """The registers there are; one that is not right is named, and its records are not held to it."""
        try:
            own = self.book.settings.registers
        except (DamageError, OSError):
            return None
        found = {kind: registers.shipped(kind) for kind in registers.SHIPPED}
        for kind in own:
            try:
                found[kind] = own[kind]
            except DamageError as error:
                self._damaged(self.folder / "ledger.toml", error)
                return None
        return found

    def _settings(self) -> Settings | None:
        try:
            workdays.shared(self.book.workspace.root / workdays.FILE)
        except (DamageError, OSError) as error:
            self._damaged(PurePosixPath(workdays.FILE), error)
            return None
        try:
            return self.book.settings
        except (DamageError, OSError) as error:
            self._damaged(self.folder / "ledger.toml", error)
            return None

    def _people(self) -> People | None:
        path = self.folder / "people.toml"
        try:
            listed, slips = people.read(self.book.folder / "people.toml")
        except (DamageError, OSError) as error:
            self._damaged(path, error)
            return None
        self.people_file = PeopleFile(str(path), slips)
        return listed

    def plans(self) -> Iterator[PlanFile]:
        for name in files.names(self.book.folder / "plans"):
            path = self.folder / "plans" / name
            try:
                data = files.read(self.book.folder / "plans" / name)
                plan = plan_of(recordfile.read_toml(data, path=Path(path)))
            except (DamageError, OSError) as error:
                self._damaged(path, error)
                continue
            yield PlanFile(str(path), plan, _heads_of(data), plan_digest(data))

    def _damaged(self, path: PurePosixPath, error: DamageError | OSError) -> None:
        self.unreadable.append(examining.unreadable(path, error))


def _named_heads(plans: Sequence[PlanFile], periods: Sequence[Kept]) -> Mapping[str, tuple[str, ...]]:
    """The states of each record that something outside it names, by uid."""
    heads: dict[str, tuple[str, ...]] = {}
    for kept in periods:
        for uid, seen in kept.heads.items():
            heads[uid] = (*heads.get(uid, ()), f"sha256:{seen.head}")
    for file in plans:
        for uid, head in file.plan.heads.items():
            heads[uid] = (*heads.get(uid, ()), head)
    return heads


def _heads_of(data: bytes) -> Callable[[str], int]:
    lines = data.decode().split("\n")
    return lambda uid: next((number for number, line in enumerate(lines, 1) if uid in line), 1)
