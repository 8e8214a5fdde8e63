"""What somebody changed in a record's file by hand: what is free to adopt, and what is not."""

from __future__ import annotations

import datetime as dt
import itertools
import unicodedata
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from ledger.domain import ticked
from ledger.domain.schema import Field, Kind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from ledger.domain.schema import Schema
    from ledger.domain.state import State

#: What only acts may change. Whatever a file says about these is held against the history.
#: Source: docs/contract.md §2, "Hand edits".
PROTECTED = frozenset(
    {"uid", "number", "formerly", "due", "due_original", "claimed_by", "claimed_on", "status", "head"}
)
#: A field that says nothing when it has this value, so that leaving it out is the same.
_SILENT = {"kind": "finding", "continuing": False}
#: Tables of a measure that may be edited by hand.
ROWS = frozenset({"points", *ticked.TABLES})
_COMPUTED = frozenset({"status", "head"})
_FORMAT = "format"


def is_protected(schema: Schema, name: str, stage: str = "") -> bool:
    """Whether only acts may change a field.

    Shape: of a record with stages that is everything acts write, and at a `stage` at which what it says is
        settled, as with a letter once it is signed, every field.
    """
    field = schema.by_name.get(name)
    if name in PROTECTED or schema.lifecycle is None:
        return name in PROTECTED
    return field is not None and (field.kept or schema.lifecycle.settled(stage))


class HandEdits(NamedTuple):
    """How a file differs from the record its history makes.

    Shape: `plain` is in the form of an entry's ``set``, with dates as dates and None for a key
        taken away. `protected` names what may not be changed by hand, as (measure uid or None,
        field); a value that cannot be what its field holds stands there too, and ``measures``
        for a measure added or taken away. `extra` holds unknown keys in the form of `plain`.
    """

    plain: Mapping[str, Any] = MappingProxyType({})
    protected: tuple[tuple[str | None, str], ...] = ()
    extra: Mapping[str, Any] = MappingProxyType({})


class _Comparison:
    """One file against one state, and what has been found so far."""

    def __init__(self, state: State) -> None:
        self.schema = state.schema
        self.stage = state.stage
        self.ours = state.document()
        self.plain: dict[str, Any] = {}
        self.extra: dict[str, Any] = {}
        self.protected: list[tuple[str | None, str]] = []

    def refuse(self, uid: str | None, name: str) -> None:
        if (uid, name) not in self.protected:
            self.protected.append((uid, name))

    def fields(self, uid: str | None, theirs: Mapping[str, Any], ours: Mapping[str, Any]) -> None:
        skipped = {_FORMAT, self.schema.part} if uid is None else set()
        for name in dict.fromkeys([*theirs, *ours]):
            if name not in skipped:
                self.field(uid, name, theirs.get(name), ours.get(name))

    def field(self, uid: str | None, name: str, theirs: object, ours: object) -> None:
        known = self.schema.by_name if uid is None else self.schema.part_by_name
        if name in ROWS and uid is not None:
            self.rows(uid, name, theirs, ours)
        elif name == "evidence":
            if _rows(theirs) != _rows(ours):
                self.refuse(uid, name)
        elif name not in known and name not in _COMPUTED:
            _home(self.extra, self.schema.part, uid)[name] = theirs
        elif _comparable(name, theirs) != _comparable(name, ours) and not _same_day(theirs, ours):
            if is_protected(self.schema, name, self.stage) or (
                theirs is not None and not fits(known[name], theirs)
            ):
                self.refuse(uid, name)
            else:
                _home(self.plain, self.schema.part, uid)[name] = value_of(theirs)

    def rows(self, uid: str, name: str, theirs: object, ours: object) -> None:
        if _rows(theirs) == _rows(ours):
            return
        given = rows_of(name, theirs)
        if given is None:
            self.refuse(uid, name)
        else:
            _home(self.plain, self.schema.part, uid)[name] = given or None

    def parts(self, name: str, given: object) -> None:
        rows = _tables(given)
        if rows is None:
            self.refuse(None, name)
            return
        expected = {str(part["uid"]): part for part in self.ours.get(name, ())}
        seen: set[str] = set()
        for row in rows:
            uid = row.get("uid")
            if not isinstance(uid, str):
                self.refuse(None, name)
                continue
            if uid in seen or uid not in expected:
                self.refuse(uid, name)
            else:
                self.fields(uid, row, expected[uid])
            seen.add(uid)
        for uid in expected:
            if uid not in seen:
                self.refuse(uid, name)


def compare(document: Mapping[str, Any], state: State) -> HandEdits:
    """What the plain part of a file says otherwise than the history behind it.

    Shape: `document` is the file without its history; dates compare as dates, text as NFC, and
        an empty value like a missing one.
    """
    comparison = _Comparison(state)
    if document == comparison.ours:
        return HandEdits()
    comparison.fields(None, document, comparison.ours)
    part = state.schema.part
    if part is not None:
        comparison.parts(part, document.get(part))
    return HandEdits(comparison.plain, tuple(comparison.protected), comparison.extra)


def _home(changes: dict[str, Any], part: str | None, uid: str | None) -> dict[str, Any]:
    if uid is None:
        return changes
    parts: dict[str, dict[str, Any]] = changes.setdefault(str(part), {})
    return parts.setdefault(uid, {})


def _tables(value: object) -> list[dict[str, Any]] | None:
    """The rows of an array of tables; None when it is anything else."""
    if value is None:
        return []
    whole = isinstance(value, list) and all(isinstance(row, dict) for row in value)
    return cast("list[dict[str, Any]]", value) if whole else None


def rows_of(name: str, value: object) -> list[dict[str, Any]] | None:
    """Points, periods or names of a roster as entries hold them; None when they cannot be that."""
    if name == "points":
        return points_of(value)
    rows = _tables(value)
    try:
        return ticked.rows_of(name, [_row(row) for row in rows]) if rows is not None else None
    except ValueError:
        return None


def points_of(value: object) -> list[dict[str, Any]] | None:
    """Points as entries hold them, a missing number filled in; None when they cannot be points."""
    rows = _tables(value)
    if rows is None or not all(_is_point(row) for row in rows):
        return None
    numbers = [row["number"] for row in rows if "number" in row]
    if len(set(numbers)) < len(numbers):
        return None
    following = itertools.count(max(numbers, default=0) + 1)
    return [
        {"number": row["number"] if "number" in row else next(following), **_row(row, but="number")}
        for row in rows
    ]


def _row(row: Mapping[str, Any], *, but: str = "") -> dict[str, object]:
    return {name: value_of(value) for name, value in row.items() if name != but}


def _rows(value: object) -> object:
    rows = _tables(value)
    if rows is None:
        return value
    return [{name: each for name, each in _row(row).items() if each is not None} for row in rows]


def _is_point(row: Mapping[str, Any]) -> bool:
    known = set(row) <= {"number", "text", "done_on"}
    whole = isinstance(row.get("text"), str) and _is_number(row.get("number", 1))
    return known and whole and isinstance(row.get("done_on", dt.date.min), dt.date)


def fits(shape: Field, value: object) -> bool:
    """Whether a value can be what a field holds."""
    return _FITS[shape.kind](shape, value)


def _is_text(_shape: Field, value: object) -> bool:
    return isinstance(value, str)


def _is_line(_shape: Field, value: object) -> bool:
    return isinstance(value, str) and "\n" not in value


def _is_code(shape: Field, value: object) -> bool:
    return value in (*shape.codes, "")


def _is_list(_shape: Field, value: object) -> bool:
    return isinstance(value, list) and all(isinstance(each, str) for each in value)


def _is_recurrence(_shape: Field, value: object) -> bool:
    from ledger.domain.recurrence import is_recurrence  # few records have one

    return value == "" or is_recurrence(value)


#: What each kind of field holds; a table, for thousands of values are asked about.
_FITS: Mapping[Kind, Callable[[Field, object], bool]] = {
    Kind.TEXT: _is_text,
    Kind.LINE: _is_line,
    Kind.CODE: _is_code,
    Kind.DATE: lambda _shape, value: isinstance(value, dt.date),
    Kind.NUMBER: lambda _shape, value: _is_number(value),
    Kind.FLAG: lambda _shape, value: isinstance(value, bool),
    Kind.LIST: _is_list,
    Kind.RECURRENCE: _is_recurrence,
    Kind.DECLARED: lambda _shape, value: isinstance(value, (str, int, dt.date)) or _is_list(_shape, value),
}


def _is_number(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value > 0


def _same_day(theirs: object, ours: object) -> bool:
    """Whether a declared date, which is kept as text, was written as TOML writes dates."""
    return isinstance(theirs, dt.date) and theirs.isoformat() == ours


def _comparable(name: str, value: object) -> object:
    plain = value_of(value)
    return None if plain == _SILENT.get(name) else plain


def value_of(value: object) -> object:
    """A value as an entry takes it: text NFC, a moment as its day, None for what is empty."""
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value) or None
    if isinstance(value, list):
        return [plain for each in value if (plain := value_of(each)) is not None] or None
    return value


def fields_of(changes: Mapping[str, Any], part: str = "measures") -> Iterator[tuple[str | None, str]]:
    """Every field that changes in the form of an entry's ``set`` touch, as (measure uid or None, field)."""
    for name, value in changes.items():
        if name != part:
            yield None, name
        elif isinstance(value, dict):
            yield from ((uid, each) for uid, fields in value.items() for each in fields)
