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
_ENDED: Final = frozenset({Status.CLOSED, Status.VOID})
#: Days are kept as numbers, which take half the room; no day as this.
_NO_DAY: Final = 0
#: Values of each spell that are numbers; what comes round again follows them. Zeros at the end are left out.
_FIXED: Final = 9
_NOTHING: Final = (0,) * _FIXED
#: The place of the status among them.
_STATUS: Final = 4


def values(entries: Sequence[Entry]) -> tuple[str | int | None, ...]:
    """What the index keeps of an issue with this history, in the order of its columns.

    Shape: when it was entered, and when it was closed or void since; whether it turned more than that once;
        the day on which anything in it changed last; the spells. Without a history there are no days.
    """
    found = spells(ISSUE, entries)
    if OWN not in found:
        return None, None, 0, None, packed(found)
    ended = [each.status in _ENDED for each in found[OWN]]
    turns = [place for place, now in enumerate(ended) if now != (place > 0 and ended[place - 1])]
    ended_on = found[OWN][turns[0]].on.isoformat() if turns else None
    changed_on = max(course[-1].on for course in found.values())
    return found[OWN][0].on.isoformat(), ended_on, int(len(turns) > 1), changed_on.isoformat(), packed(found)


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
    return _between(connection.execute('SELECT "issue_uid", "spells" FROM "spell"'), first, last)


def _between(
    found_in: Iterable[tuple[str, str]], first: dt.date, last: dt.date
) -> Iterator[tuple[str, dict[str, list[Spell]]]]:
    low, high = first.toordinal(), last.toordinal()
    for uid, text in found_in:
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


def changing(
    connection: sqlite3.Connection, first: dt.date, last: dt.date
) -> Iterator[tuple[str, dict[str, list[Spell]]]]:
    """The same as `between`, of the issues alone in which anything changed or fell late on these days.

    Shape: nothing has changed since the last day.
    """
    before = dt.date.fromordinal(max(first.toordinal() - 1, 1))
    late = 'SELECT "issue_uid" FROM "measure" INDEXED BY "measure_status" '
    late += 'WHERE "counted" = 1 AND "late_from" BETWEEN :before AND :last'
    alone = 'SELECT "uid" FROM "issue" WHERE "late_since" BETWEEN :before AND :last'
    chosen = f'"changed_on" >= :first OR "issue_uid" IN ({late}) OR "issue_uid" IN ({alone})'
    days = {"first": first.isoformat(), "before": before.isoformat(), "last": last.isoformat()}
    return _between(
        connection.execute(f'SELECT "issue_uid", "spells" FROM "spell" WHERE {chosen}', days), first, last
    )


def open_on(connection: sqlite3.Connection, days: Sequence[dt.date]) -> list[int]:
    """How many issues were neither closed nor void at the end of each of these days."""
    counts = dict.fromkeys(days, 0)
    grouped = 'SELECT "entered_on", "ended_on", count(*) FROM "spell" WHERE "turned" = 0 GROUP BY 1, 2'
    for entered_on, ended_on, count in connection.execute(grouped):
        for day in days:
            on = day.isoformat()
            counts[day] += count * (entered_on <= on and (ended_on is None or ended_on > on))
    for (text,) in connection.execute('SELECT "spells" FROM "spell" WHERE "turned" = 1'):
        steps = [
            (row[0], _STATUSES[(*row, *_NOTHING)[_STATUS]] not in _ENDED) for row in json.loads(text)[OWN]
        ]
        for day in days:
            number = day.toordinal()
            counts[day] += next((still for on, still in reversed(steps) if on <= number), False)
    return [counts[day] for day in days]


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
