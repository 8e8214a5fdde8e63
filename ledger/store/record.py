"""One record as its file holds it, checked against its own history."""

from __future__ import annotations

from functools import lru_cache
from gettext import gettext as _
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any, NamedTuple

from ledger.domain.entry import Entry, compose, parse
from ledger.domain.handedits import HandEdits, compare
from ledger.domain.ids import short
from ledger.domain.issue import Issue, issue_of
from ledger.domain.kinds import schema_of
from ledger.domain.replay import replay
from ledger.domain.schema import OpenFields
from ledger.domain.ticked import PART_TABLES, TABLES
from ledger.domain.ticked import keys as ticked_keys
from ledger.errors import DamageError
from ledger.store import files, recordfile
from ledger.store.unreadable import UnreadableRecordError, restorable

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from ledger.domain.schema import Schema
    from ledger.domain.state import State

_TABLES = {
    "points": ("number", "text", "done_on"),
    **{table: ticked_keys(table) for table in TABLES},
    "evidence": ("sha256", "name", "kind", "proves", "size"),
}


@lru_cache(maxsize=256)
def form_of(kind: str) -> recordfile.Form:
    """How a file of this kind of record is laid out."""
    schema = schema_of(kind)
    names = tuple(each.name for each in schema.fields)
    others = (recordfile.OTHERS,) if isinstance(schema.by_name, OpenFields) else ()
    status = ("status",) if schema.part or schema.lifecycle else ()
    return recordfile.Form(
        fields=("format", *names, *others, *status, "head"),
        tables=("evidence",),
        part=schema.part,
        part_fields=(*(each.name for each in schema.part_fields), *(() if schema.lifecycle else ("status",))),
        part_tables=PART_TABLES,
        rows=_TABLES,
    )


def file_name(number: int, uid: str) -> str:
    """The name of a record's file: its number and the random part of its uid."""
    return f"{number:04d}-{short(uid)}.toml"


class Record(NamedTuple):
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


def read(data: bytes, path: PurePosixPath, schema: Schema) -> Record:
    """The record that the bytes of a file hold.

    Raises:
        DamageError: it cannot be read, or its history does not hold; file and line are named.
    """
    text = recordfile.parse(data, path=Path(path))
    entries = tuple(parse(line) for line in text.lines)
    if not entries:
        raise without_history(text.document, path)
    state = replay(schema, entries)
    _holds(path, text, state)
    edits = compare(text.document, state)
    return Record(path.name, path, schema, text, files.digest(data), entries, state, edits)


class HandwrittenError(UnreadableRecordError):
    """A file that somebody wrote by hand, and that is not on the books yet."""


def without_history(document: Mapping[str, Any], path: PurePosixPath) -> UnreadableRecordError:
    """Why a file without a history is no record yet, or no longer."""
    from ledger.domain.handwritten import is_handwritten  # only who meets such a file needs it

    if is_handwritten(document):
        reason, hint = _("somebody wrote this file by hand"), _("put it on the books with: ledger adopt")
        return HandwrittenError(path, 1, reason, hint)
    return UnreadableRecordError(path, 1, _("the record has no history: the file was cut"))


def replayed(record: Record, *, as_of: dt.date | None, known_at: dt.datetime | None) -> State | None:
    """The record as it was; nothing when it was not there yet."""
    state = replay(record.schema, record.entries, as_of=as_of, known_at=known_at)
    return state if "uid" in state.fields else None


def _holds(path: PurePosixPath, text: recordfile.RecordText, state: State) -> None:
    for problem in state.problems:
        if problem.rule == "history-links":
            raise _broken(path, text.line_of(problem.place), problem.message)
    head = text.document.get("head")
    if len(state.tips) != 1 or head != "sha256:" + state.tips[0]:
        line = text.line_of_key("head")
        raise _broken(path, line, _("the head does not fit the history: an entry was cut or changed"))


def _broken(path: PurePosixPath, line: int, reason: str) -> DamageError:
    way_out = _("look at it with: ledger check; bring it back with: ledger restore {name}")
    return _damage(path, line, reason, way_out.format(name=restorable(path)))


def _damage(path: PurePosixPath, line: int, reason: str, hint: str) -> DamageError:
    return DamageError(_("{path}:{line}: {reason}").format(path=path, line=line, reason=reason), hint)


def with_extra(document: dict[str, Any], extra: Mapping[str, Any], part: str | None) -> dict[str, Any]:
    """The document with the unknown keys a file held put back in their places."""
    merged = {**document, **{key: value for key, value in extra.items() if key != part}}
    for row in merged.get(part, ()) if part else ():
        row.update(extra.get(part or "", {}).get(row["uid"], {}))
    return merged
