"""How issues and measures have stood, as the index keeps it: one text an issue."""

from __future__ import annotations

import datetime as dt
import json
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from ledger.domain.course import OWN
from ledger.domain.moves import Status
from ledger.domain.schema import ISSUE
from ledger.domain.spells import Spell, spells

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from ledger.domain.entry import Entry

#: A status is kept as its place here.
_STATUSES: Final = tuple(Status)
#: Days are kept as numbers, which take half the room; no day as this.
_NO_DAY: Final = 0
#: Values of each spell that are numbers; what comes round again follows them. Zeros at the end are left out.
_FIXED: Final = 9
_NOTHING: Final = (0,) * _FIXED


def of_entries(entries: Sequence[Entry]) -> str:
    """The spells of an issue with this history, as the index keeps them."""
    return packed(spells(ISSUE, entries))


def packed(found: Mapping[str, Sequence[Spell]]) -> str:
    """The spells of an issue, by key, as the index keeps them."""
    rows = {key: [_packed(each) for each in course] for key, course in found.items()}
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":"))


def unpacked(text: str) -> dict[str, list[Spell]]:
    """The spells that the index keeps."""
    return {key: [_unpacked(row) for row in rows] for key, rows in json.loads(text).items()}


def one(connection: sqlite3.Connection, issue_uid: str, *, past: bool) -> dict[str, list[Spell]]:
    """The spells of one issue; without its `past` the first and the last of each course. Empty: not there."""
    found = connection.execute('SELECT "spells" FROM "spell" WHERE "issue_uid" = ?', (issue_uid,)).fetchone()
    return {} if found is None else _read(found[0], past=past)


def every(connection: sqlite3.Connection, *, past: bool) -> Iterator[tuple[str, dict[str, list[Spell]]]]:
    """Every issue's uid with what `one` gives of it."""
    for uid, text in connection.execute('SELECT "issue_uid", "spells" FROM "spell"'):
        yield uid, _read(text, past=past)


def _read(text: str, *, past: bool) -> dict[str, list[Spell]]:
    if past:
        return unpacked(text)
    return {
        key: [_unpacked(row) for row in (rows if len(rows) == 1 else (rows[0], rows[-1]))]
        for key, rows in json.loads(text).items()
    }


def between(
    connection: sqlite3.Connection, first: dt.date, last: dt.date
) -> Iterator[tuple[str, dict[str, list[Spell]]]]:
    """Every issue's uid with the spells that say something of the days from `first` to `last`.

    Shape: of each course the last spell before the first day, and those that begin on these days.
    """
    low, high = first.toordinal(), last.toordinal()
    for uid, text in connection.execute('SELECT "issue_uid", "spells" FROM "spell"'):
        found = {}
        for key, rows in json.loads(text).items():
            place = len(rows)
            while place > 1 and rows[place - 1][0] >= low:
                place -= 1
            kept = [_unpacked(row) for row in rows[place - 1 :] if row[0] <= high]
            if kept:
                found[key] = kept
        if OWN in found:
            yield uid, found


def ids(connection: sqlite3.Connection, uids: Iterable[str]) -> dict[str, str]:
    """The id people use of each of these issues and measures, by uid."""
    given = json.dumps(sorted(uids))
    among = '"uid" IN (SELECT "value" FROM json_each(?))'
    issues = f'SELECT "uid", CAST("number" AS TEXT) FROM "issue" WHERE {among}'
    measures = f'SELECT "uid", "id" FROM "measure" WHERE {among}'
    asked = (connection.execute(statement, (given,)) for statement in (issues, measures))
    return {uid: name for found in asked for uid, name in found}


def _packed(spell: Spell) -> list[Any]:
    days = (spell.on, spell.due, spell.late_from, spell.moved_on)
    row: list[Any] = [
        *(day.toordinal() if day else _NO_DAY for day in days),
        _STATUSES.index(spell.status),
        spell.done,
        spell.total,
        spell.returned,
        spell.signing + 2 * spell.fixed,
        *spell.repeats,
    ]
    while row and row[-1] == 0:
        row.pop()
    return row


def _unpacked(row: Sequence[Any]) -> Spell:
    on, due, late_from, moved_on, status, done, total, returned, flags = (*row, *_NOTHING)[:_FIXED]
    return Spell._make(
        (_day(on), _STATUSES[status], _day(due), _day(late_from), _day(moved_on), done, total, returned,
         bool(flags & 1), bool(flags & 2), tuple(row[_FIXED:]))
    )  # fmt: skip


@lru_cache(maxsize=10_000)
def _day(number: int) -> Any:  # noqa: ANN401 - the days that are always there, and those that may not be
    return dt.date.fromordinal(number) if number else None
