"""One ledger: its settings, its people and its records, read and checked."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from functools import cached_property
from gettext import gettext as _
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from ledger.domain.entry import Entry, compose, parse
from ledger.domain.handedits import HandEdits, compare
from ledger.domain.ids import short
from ledger.domain.issue import Issue, issue_of
from ledger.domain.replay import replay
from ledger.domain.schema import CHRONICLE, ISSUE, Schema
from ledger.errors import DamageError, NotFoundError
from ledger.store import files, people, recordfile, settings, transaction

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from ledger.domain.settings import Settings
    from ledger.domain.state import State
    from ledger.store.people import People
    from ledger.store.workspace import Workspace

#: The time of a file that only a committed transaction holds: never that of a file on disk.
_NOT_ON_DISK = -1
_TABLES = {
    "points": ("number", "text", "done_on"),
    "evidence": ("sha256", "name", "kind", "proves", "size"),
}


def form_of(schema: Schema) -> recordfile.Form:
    """How a file of this kind of record is laid out."""
    names = tuple(each.name for each in schema.fields)
    status = ("status",) if schema.part else ()
    return recordfile.Form(
        fields=("format", *names, *status, "head"),
        tables=("evidence",),
        part=schema.part,
        part_fields=(*(each.name for each in schema.part_fields), "status"),
        part_tables=("points", "evidence"),
        rows=_TABLES,
    )


FORMS = {schema.kind: form_of(schema) for schema in (ISSUE, CHRONICLE)}


def file_name(number: int, uid: str) -> str:
    """The name of a record's file: its number and the random part of its uid."""
    return f"{number:04d}-{short(uid)}.toml"


@dataclass(frozen=True, slots=True)
class Record:
    """A record as its file holds it.

    Shape: `path` is relative to the workspace, for messages; `state` is what the history makes,
        without hand edits, which stand in `edits`.
    """

    name: str
    path: PurePosixPath
    schema: Schema
    text: recordfile.RecordText
    digest: str
    entries: tuple[Entry, ...]
    state: State
    edits: HandEdits

    @property
    def issue(self) -> Issue:
        """The issue as a reader should see it: plain hand edits included."""
        return issue_of(self.shown)

    @property
    def shown(self) -> State:
        """The record as a reader should see it: plain hand edits included."""
        return _with_edits(self) if self.edits.plain else self.state


def _with_edits(record: Record) -> State:
    shown = replay(record.schema, record.entries)
    last = record.entries[-1]
    edit = {"id": "hand", "batch": "hand", "do": "adopt", "on": last.on, "at": last.at, "by": last.by}
    shown.apply(compose({**edit, "prev": [last.hash], "set": record.edits.plain}))
    return shown


class Book:
    """One ledger of a workspace."""

    def __init__(self, workspace: Workspace, name: str) -> None:
        """Open the ledger of that name; nothing is read yet."""
        self.workspace = workspace
        self.name = name

    @property
    def folder(self) -> Path:
        """Where the ledger lies."""
        return self.workspace.ledgers / self.name

    @property
    def index_path(self) -> Path:
        """The disposable index."""
        return self.folder / ".index" / "index.db"

    @cached_property
    def settings(self) -> Settings:
        """The ledger's own rules."""
        return settings.load(self.folder / "ledger.toml")

    @cached_property
    def people(self) -> People:
        """Who may be named."""
        return people.load(self.folder / "people.toml")

    def names(self, schema: Schema = ISSUE) -> dict[str, files.Stamp]:
        """The record files there are, with what the folder says about each, by name."""
        found = files.scan(self.folder / schema.folder)
        home = PurePosixPath(self.name, schema.folder)
        for path, data in self._staged().items():
            if path.parent == home and data is None:
                found.pop(path.name, None)
            elif path.parent == home and data is not None:
                found[path.name] = files.Stamp(len(data), _NOT_ON_DISK, 0)
        return dict(sorted(found.items()))

    def _staged(self) -> dict[PurePosixPath, bytes | None]:
        """What a committed transaction holds that nobody could finish yet; it counts as written."""
        if not transaction.pending(self.workspace.state):
            return {}
        return transaction.overlay(self.workspace.state, self.workspace.ledgers)

    def shown(self, name: str, schema: Schema = ISSUE) -> PurePosixPath:
        """How a record's file is called in messages: relative to the workspace."""
        return PurePosixPath("ledgers", self.name, schema.folder, name)

    def read(self, name: str, schema: Schema = ISSUE) -> Record:
        """One record, checked against its own history.

        Raises:
            DamageError: it cannot be read, or its history does not hold; file and line are named.
        """
        path = self.shown(name, schema)
        data = self._bytes(path)
        text = recordfile.parse(data, path=Path(path))
        entries = tuple(parse(line) for line in text.lines)
        if not entries:
            raise _damage(path, 1, _("the record has no history"), _("let the program make it: ledger add"))
        state = replay(schema, entries)
        _holds(path, text, state)
        edits = compare(text.document, state)
        return Record(name, path, schema, text, files.digest(data), entries, state, edits)

    def raw(self, name: str, schema: Schema = ISSUE) -> bytes:
        """The bytes of a record's file, as they count.

        Raises:
            DamageError: it is no ordinary file, or too large to be a record.
        """
        return self._bytes(self.shown(name, schema))

    def _bytes(self, path: PurePosixPath) -> bytes:
        staged = self._staged().get(PurePosixPath(*path.parts[1:]))
        if staged is not None:
            return staged
        return files.read(self.workspace.root / path, limit=recordfile.LARGEST_BYTES)

    def records(self, schema: Schema = ISSUE) -> Iterator[Record]:
        """Every record, in the order of the numbers."""
        return (self.read(name, schema) for name in self.names(schema))

    def find(self, number: int) -> Record:
        """The issue of that number.

        Raises:
            NotFoundError: there is none; near numbers are named.
            DamageError: two files have the number, or the file is about another one.
        """
        start = f"{number:04d}-"
        names = [name for name in self.names() if name.startswith(start)]
        if not names:
            raise self._missing(number)
        if len(names) > 1:
            files_named = ", ".join(str(self.shown(name)) for name in names)
            raise DamageError(
                _("issue {number} stands in two files: {files}").format(number=number, files=files_named),
                _("keep the right one; move the other out of the folder"),
            )
        record = self.read(names[0])
        held = record.state.fields.get("number")
        if held != number:
            message = _("{path}: the file is named for issue {number} but holds issue {held}")
            raise DamageError(
                message.format(path=record.path, number=number, held=held),
                _("give the file its own name back: {name}").format(
                    name=file_name(int(held or 0), str(record.state.fields.get("uid", "")))
                ),
            )
        return record

    def _missing(self, number: int) -> NotFoundError:
        numbers = self.numbers()
        if not numbers:
            return NotFoundError(
                _("there is no issue {number}: the ledger is empty").format(number=number),
                _("add one with: ledger add TITLE"),
            )
        message = _("there is no issue {number} (there are {first}-{last})").format(
            number=number, first=numbers[0], last=numbers[-1]
        )
        near = difflib.get_close_matches(str(number), [str(each) for each in numbers], n=1, cutoff=0.4)
        hint = _("ledger list shows them all")
        if near:
            hint = _("ledger list shows them all; did you mean {number}?").format(number=near[0])
        return NotFoundError(message, hint)

    def numbers(self) -> list[int]:
        """The numbers of the issues as the file names give them, sorted."""
        return sorted(int(head) for head in (name.split("-")[0] for name in self.names()) if head.isdecimal())

    def replayed(
        self, record: Record, *, as_of: dt.date | None, known_at: dt.datetime | None
    ) -> State | None:
        """The record as it was; nothing when it was not there yet."""
        state = replay(record.schema, record.entries, as_of=as_of, known_at=known_at)
        return state if "uid" in state.fields else None


def _holds(path: PurePosixPath, text: recordfile.RecordText, state: State) -> None:
    way_out = _("look at it with: ledger check; take the file from git, or from a copy that is whole")
    for problem in state.problems:
        if problem.rule == "history-links":
            raise _damage(path, text.line_of(problem.index), problem.message, way_out)
    head = text.document.get("head")
    if len(state.tips) != 1 or head != "sha256:" + state.tips[0]:
        line = text.line_of_key("head")
        raise _damage(
            path, line, _("the head does not fit the history: an entry was cut or changed"), way_out
        )


def _damage(path: PurePosixPath, line: int, reason: str, hint: str) -> DamageError:
    return DamageError(_("{path}:{line}: {reason}").format(path=path, line=line, reason=reason), hint)


def with_extra(document: dict[str, Any], extra: dict[str, Any], part: str | None) -> dict[str, Any]:
    """The document with the unknown keys a file held put back in their places."""
    merged = {**document, **{key: value for key, value in extra.items() if key != part}}
    for row in merged.get(part, ()) if part else ():
        row.update(extra.get(part or "", {}).get(row["uid"], {}))
    return merged
