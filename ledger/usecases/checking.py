"""Checking a ledger: everything is read from the text, never from the index, and nothing is changed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from gettext import gettext as _
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from ledger.domain.entry import Entry, parse
from ledger.domain.handedits import compare
from ledger.domain.plan import plan_of
from ledger.domain.replay import replay
from ledger.domain.rules import Checked, Fault, PlanFile, Subject, Unreadable, check, chosen
from ledger.domain.schema import CHRONICLE, ISSUE, Schema
from ledger.errors import DamageError
from ledger.store import evidence, files, recordfile
from ledger.store.record import FORMS
from ledger.store.recordfile import RecordText, UnreadableRecordError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

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
    chosen(only, strict=strict)
    subject = _Reading(book).subject(read_data=read_data)
    found = check(subject, only=only, strict=strict)
    return Checkup(tuple(found), len(book.names(ISSUE)))


def excerpt(book: Book, fault: Fault) -> str:
    """The line of the file a fault is about; empty when it cannot be shown."""
    try:
        lines = (book.workspace.root / fault.file).read_bytes().decode("utf-8", "replace").split("\n")
    except OSError:
        return ""
    return lines[fault.line - 1].strip("\r") if 0 < fault.line <= len(lines) else ""


class _Reading:
    """Reads a ledger whole; what cannot be read is kept as such."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.unreadable: list[Unreadable] = []

    def subject(self, *, read_data: bool) -> Subject:
        book = self.book
        folder = PurePosixPath("ledgers", book.name)
        records = tuple(self._records())
        settings = self._settings(folder)
        people = self._people(folder)
        kept = evidence.kept(book.folder)
        return Subject(
            folder=str(folder),
            records=records,
            settings=settings,
            names=people if people is not None and (people.units or people.persons) else None,
            plans=tuple(self._plans(folder)),
            evidence={digest: path.stat().st_size for digest, path in kept.items()},
            altered=_altered(kept) if read_data else {},
            unreadable=tuple(self.unreadable),
        )

    def _records(self) -> Iterator[Checked]:
        for schema in (ISSUE, CHRONICLE):
            for name in self.book.names(schema):
                path = self.book.shown(name, schema)
                try:
                    record = _checked(self.book, name, schema)
                except FileNotFoundError:
                    continue
                except (DamageError, OSError) as error:
                    self._damaged(path, error)
                    continue
                if record is None:
                    reason = _("the record has no history")
                    self.unreadable.append(
                        Unreadable(str(path), 1, reason, _("make it with: ledger add TITLE"))
                    )
                else:
                    yield record

    def _settings(self, folder: PurePosixPath) -> Settings | None:
        try:
            return self.book.settings
        except (DamageError, OSError) as error:
            self._damaged(folder / "ledger.toml", error)
            return None

    def _people(self, folder: PurePosixPath) -> People | None:
        try:
            return self.book.people
        except (DamageError, OSError) as error:
            self._damaged(folder / "people.toml", error)
            return None

    def _plans(self, folder: PurePosixPath) -> Iterator[PlanFile]:
        for name in files.names(self.book.folder / "plans"):
            path = folder / "plans" / name
            try:
                data = files.read(self.book.folder / "plans" / name)
                plan = plan_of(recordfile.read_toml(data, path=Path(path)))
            except (DamageError, OSError) as error:
                self._damaged(path, error)
                continue
            yield PlanFile(str(path), plan, _heads_of(data))

    def _damaged(self, path: PurePosixPath, error: DamageError | OSError) -> None:
        if isinstance(error, UnreadableRecordError):
            found = Unreadable(str(path), error.line or 1, error.reason, error.hint)
        elif isinstance(error, DamageError):
            line, reason = _without_place(error.message, path.name)
            found = Unreadable(str(path), line, reason, error.hint)
        else:
            reason = _("the file cannot be read: {reason}").format(reason=error.strerror or error)
            found = Unreadable(str(path), 1, reason, _("see that it may be read"))
        self.unreadable.append(found)


def _without_place(message: str, name: str) -> tuple[int, str]:
    """The line and the reason of a message that begins with a path."""
    found = re.match(rf".*?{re.escape(name)}(?::(\d+))?:? ", message)
    if found is None:
        return 1, message
    return int(found[1] or 1), message[found.end() :]


def _checked(book: Book, name: str, schema: Schema) -> Checked | None:
    path = book.shown(name, schema)
    data = book.raw(name, schema)
    text = recordfile.parse(data, path=Path(path))
    if not text.lines:
        return None
    entries = tuple(_entry(line) for line in text.lines)
    state = replay(schema, [entry for entry in entries if entry is not None])
    return Checked(
        path=str(path),
        name=name,
        schema=schema,
        document=text.document,
        lines=text.lines,
        entries=entries,
        state=state,
        edits=compare(text.document, state),
        canonical=recordfile.is_canonical(data, text, FORMS[schema.kind]),
        comments=tuple(recordfile.comments(data)),
        line_of_entry=text.line_of,
        line_of_key=_keys_of(text),
    )


def _entry(line: str) -> Entry | None:
    try:
        return parse(line)
    except DamageError:
        return None


def _keys_of(text: RecordText) -> Callable[[str, str | None, int], int]:
    return lambda key, part, index: text.line_of_key(key, part=part, index=index)


def _heads_of(data: bytes) -> Callable[[str], int]:
    lines = data.decode().split("\n")
    return lambda uid: next((number for number, line in enumerate(lines, 1) if uid in line), 1)


def _altered(kept: dict[str, Path]) -> dict[str, str]:
    """Kept files whose content is not what their name says, with what it is."""
    found = {digest: evidence.digest(path) for digest, path in kept.items()}
    return {digest: now for digest, now in found.items() if now != digest}
