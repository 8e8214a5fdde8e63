"""Checking a ledger: everything is read from the text, never from the index, and nothing is changed."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from ledger.domain.plan import plan_of
from ledger.domain.rules import Around, Fault, PlanFile, Subject, Unreadable, chosen, in_order, look_across
from ledger.domain.schema import ISSUE
from ledger.errors import DamageError
from ledger.store import evidence, files, recordfile
from ledger.usecases import examining

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from ledger.domain.settings import Settings
    from ledger.store.book import Book
    from ledger.store.people import People


@dataclass(frozen=True, slots=True)
class Checkup:
    """What a check found, and in how many issues it looked."""

    faults: tuple[Fault, ...]
    issues: int

    @property
    def concerned(self) -> int:
        """How many record files have a fault."""
        return len({fault.file for fault in self.faults})


def faults(
    book: Book, *, only: Sequence[str] = (), strict: bool = False, read_data: bool = False
) -> list[Fault]:
    """Everything in the ledger that does not hold, by file and line.

    Raises:
        UsageError: `only` names a rule that is not there.
    """
    return list(inspect(book, only=only, strict=strict, read_data=read_data).faults)


def inspect(
    book: Book, *, only: Sequence[str] = (), strict: bool = False, read_data: bool = False
) -> Checkup:
    """Everything that does not hold, with the number of issues; with `read_data` evidence is read whole.

    Raises:
        UsageError: `only` names a rule that is not there.
    """
    rules = chosen(only, strict=strict)
    read = _Surroundings(book)
    plans = tuple(read.plans())
    around = read.around(plans, read_data=read_data)
    seen = examining.examine(book, around, rules)
    subject = Subject(
        briefs=tuple(seen.briefs),
        unreadable=(*read.unreadable, *seen.unreadable),
        plans=plans,
        again=lambda brief: examining.again(book, brief, around),
    )
    found = in_order([*seen.faults, *look_across(subject, rules)], strict=strict)
    return Checkup(tuple(found), len(book.names(ISSUE)))


def excerpt(book: Book, fault: Fault) -> str:
    """The line of the file a fault is about; empty when it cannot be shown."""
    try:
        lines = (book.workspace.root / fault.file).read_bytes().decode("utf-8", "replace").split("\n")
    except OSError:
        return ""
    return lines[fault.line - 1].strip("\r") if 0 < fault.line <= len(lines) else ""


class _Surroundings:
    """Reads what records are held against; what cannot be read is kept as such."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.folder = PurePosixPath("ledgers", book.name)
        self.unreadable: list[Unreadable] = []

    def around(self, plans: Sequence[PlanFile], *, read_data: bool) -> Around:
        people = self._people()
        kept = evidence.kept(self.book.folder)
        return Around(
            settings=self._settings(),
            names=people if people is not None and (people.units or people.persons) else None,
            plans=frozenset(file.plan.version for file in plans),
            heads=_named_heads(plans),
            evidence={digest: path.stat().st_size for digest, path in kept.items()},
            altered=_altered(kept) if read_data else {},
        )

    def _settings(self) -> Settings | None:
        try:
            return self.book.settings
        except (DamageError, OSError) as error:
            self._damaged(self.folder / "ledger.toml", error)
            return None

    def _people(self) -> People | None:
        try:
            return self.book.people
        except (DamageError, OSError) as error:
            self._damaged(self.folder / "people.toml", error)
            return None

    def plans(self) -> Iterator[PlanFile]:
        for name in files.names(self.book.folder / "plans"):
            path = self.folder / "plans" / name
            try:
                data = files.read(self.book.folder / "plans" / name)
                plan = plan_of(recordfile.read_toml(data, path=Path(path)))
            except (DamageError, OSError) as error:
                self._damaged(path, error)
                continue
            yield PlanFile(str(path), plan, _heads_of(data))

    def _damaged(self, path: PurePosixPath, error: DamageError | OSError) -> None:
        self.unreadable.append(examining.unreadable(path, error))


def _named_heads(plans: Sequence[PlanFile]) -> Mapping[str, tuple[str, ...]]:
    """The states of each record that something outside it names, by uid."""
    heads: dict[str, tuple[str, ...]] = {}
    for file in plans:
        for uid, head in file.plan.heads.items():
            heads[uid] = (*heads.get(uid, ()), head)
    return heads


def _heads_of(data: bytes) -> Callable[[str], int]:
    lines = data.decode().split("\n")
    return lambda uid: next((number for number, line in enumerate(lines, 1) if uid in line), 1)


def _altered(kept: dict[str, Path]) -> dict[str, str]:
    """Kept files whose content is not what their name says, with what it is."""
    found = {digest: evidence.digest(path) for digest, path in kept.items()}
    return {digest: now for digest, now in found.items() if now != digest}
