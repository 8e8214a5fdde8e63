"""Rules about the history of a record: its entries, their links, and what they say can be."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from gettext import gettext as _
from typing import TYPE_CHECKING, Any

from ledger.domain.entry import is_canonical
from ledger.domain.handedits import fits
from ledger.domain.kinds import schema_of
from ledger.domain.schema import ISSUE, Field, Kind
from ledger.domain.ticked import PART_TABLES
from ledger.errors import DamageError

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Mapping

    from ledger.domain.entry import Entry
    from ledger.domain.rules.subject import Checked, Fault

#: What a history may set besides the fields of the schema.
_TABLES = frozenset(PART_TABLES)
_DATE = Kind.DATE


def way_out(record: Checked) -> str:
    """What to do about a history that was touched."""
    hint = _("bring it back with: ledger restore {name}; without git, from a copy that is whole")
    return hint.format(name=restorable(record))


def restorable(record: Checked) -> str:
    """How a record's file is called where it is to be restored: a name alone is an issue's."""
    return record.name if record.schema is ISSUE else f"{record.schema.folder}/{record.name}"


def entries(record: Checked) -> Iterator[Fault]:
    """Every line of a history is an entry in its one spelling, and sets what its fields can hold.

    Source: docs/contract.md §2.
    """
    whole = all(record.entries)
    found = {each.place: each.message for each in record.state.problems if each.rule == "history-entry"}
    for index, line in enumerate(record.lines):
        message = _about_entry(record, line, record.entries[index])
        if not message and whole:
            message = found.get(index, "")
        if message:
            yield record.fault(record.line_of_entry(index), message, way_out(record))


def _about_entry(record: Checked, line: str, entry: Entry | None) -> str:
    if entry is None:
        return _("this line of the history is not an entry")
    try:
        if not record.spelled and not is_canonical(line):
            return _("the entry is not written in its one form")
    except DamageError:
        return _("the entry holds a number with decimals, which no entry may")
    if entry.set:
        for wrong in _misfits(record, entry.set):
            return _("the entry sets {field} to something it cannot hold").format(field=wrong)
    return ""


def _misfits(record: Checked, changes: Mapping[str, Any]) -> Iterator[str]:
    schema = record.schema
    words, part_words = _words(schema.kind)
    for name in _unfit(schema.by_name, words, changes):
        if name != schema.part:
            yield name
    parts = changes.get(schema.part or "", {})
    if not isinstance(parts, dict) or not all(isinstance(part, dict) for part in parts.values()):
        yield str(schema.part)
        return
    for uid, part in parts.items():
        if part.get("uid", uid) != uid:
            yield "uid"
        yield from _unfit(schema.part_by_name, part_words, part)


@lru_cache(maxsize=256)
def _words(kind: str) -> tuple[frozenset[str], frozenset[str]]:
    """The fields of a record, and of its parts, that hold any text on one line."""
    schema = schema_of(kind)
    of_record, of_part = (
        frozenset(each.name for each in fields if each.kind in (Kind.TEXT, Kind.LINE))
        for fields in (schema.fields, schema.part_fields)
    )
    return of_record, of_part


def _unfit(known: Mapping[str, Field], words: Container[str], changes: Mapping[str, Any]) -> Iterator[str]:
    for name, value in changes.items():
        if name in words and type(value) is str and "\n" not in value:
            continue  # so are most
        if not _can_hold(known.get(name), name, value):
            yield name


def _can_hold(shape: Field | None, name: str, value: object) -> bool:
    if value is None:
        return True
    if shape is None:
        whole = isinstance(value, list) and all(isinstance(row, dict) for row in value)
        return name not in _TABLES or whole
    if name == "formerly":
        return isinstance(value, list) and all(isinstance(each, int) for each in value)
    return _is_day(value) if shape.kind is _DATE else fits(shape, value)


def _is_day(value: object) -> bool:
    try:
        return isinstance(value, str) and dt.date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def links(record: Checked) -> Iterator[Fault]:
    """Every entry is linked to the one before it by its hash."""
    if all(record.entries):
        for line, message, _entry in _problems(record, "history-links"):
            yield record.fault(line, message, way_out(record))


def head(record: Checked) -> Iterator[Fault]:
    """The head a file shows is the hash of the last entry, so that a cut tail shows."""
    linked = all(each.rule != "history-links" for each in record.state.problems)
    if not all(record.entries) or not linked or record.head_fits:
        return
    line = record.line_of_key("head", None, 0)
    ends = len(record.state.tips)
    if ends > 1:
        message = _("the history has {count} ends: two copies of it were put together")
        yield record.fault(line, message.format(count=ends), way_out(record))
    else:
        message = _("the head does not fit the history: an entry was cut or changed")
        yield record.fault(line, message, way_out(record))


def moves(record: Checked) -> Iterator[Fault]:
    """Every act was possible when it was done.

    Source: docs/contract.md §1, "Moves".
    """
    yield from _undoable(record, "history-move", "history-act", "history-target")


def steps(record: Checked) -> Iterator[Fault]:
    """Sign-offs follow the steps of their attempt."""
    yield from _undoable(record, "history-steps")


def dates(record: Checked) -> Iterator[Fault]:
    """The business dates of a target's status entries never go back."""
    yield from _undoable(record, "history-dates")


def _undoable(record: Checked, *rules: str) -> Iterator[Fault]:
    """Entries that stand in a history that holds, and could not be: what wrote them can be taken back."""
    for line, message, entry in _problems(record, *rules):
        hint = _("see who did it with: ledger history {id}; take it back with: ledger undo {batch}")
        key = entry.target
        hint = hint.format(id=record.name_of(key), batch=entry.batch)
        yield record.fault(line, message, hint, key=key)


def _problems(record: Checked, *rules: str) -> Iterator[tuple[int, str, Entry]]:
    """Problems of some kinds: the line of the entry, what is wrong, and the entry."""
    for problem in record.state.problems:
        entry = record.entries[problem.place]
        if problem.rule in rules and entry is not None:
            yield record.line_of_entry(problem.place), problem.message, entry


def clock(record: Checked) -> Iterator[Fault]:
    """No entry is recorded earlier than the one it follows: a clock was set back.

    Links keep the sequence, so this is only worth a look.
    """
    recorded = {entry.hash: entry for entry in record.history}
    for index, entry in enumerate(record.history):
        before = max((recorded[parent].instant for parent in entry.prev), default=entry.instant)
        if entry.instant < before:
            message = _("the entry was recorded at {at}, before the one it follows ({before})").format(
                at=entry.at, before=before.isoformat()
            )
            yield record.fault(
                record.line_of_entry(index),
                message,
                _("see that the computer's clock is right"),
                key=entry.target,
                warning=True,
            )
