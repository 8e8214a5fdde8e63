"""The counting rules asked of an index: the same answers as `domain.rates`, without reading a record."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from ledger.domain.lights import days_late, light
from ledger.domain.rates import COUNTED, Count, Group, Tally, by
from ledger.domain.schema import TERMS
from ledger.store.listed import date
from ledger.store.lit import FUNCTION, lit

if TYPE_CHECKING:
    import datetime as dt
    import sqlite3
    from collections.abc import Iterator

    from ledger.store.listed import Day

#: More measures than an issue can have, so that places in the ledger sort by issue, then measure.
_ROOM: Final = 10_000
#: The order of the columns in the indexes that answer this.
_INDEXED: Final = ("unit", "category", "leader", "term")


@dataclass(slots=True)
class _Sum:
    """What has been added up for one value of a field, and where in the ledger that first stands.

    Shape: `first` is the place of an issue or a measure, and the number of the issue it serves there.
    """

    first: tuple[int, int]
    issues: Counter[str] = field(default_factory=Counter)
    measures: Counter[str] = field(default_factory=Counter)
    issues_late: int = 0
    measures_late: int = 0
    alone_late: int = 0

    def tally(self) -> Tally:
        """The same as the counting rules give it."""
        of_issues = _count(self.issues, self.issues_late)
        of_measures = _count(self.measures, self.measures_late)
        return Tally(of_issues, of_measures, self.measures_late + self.alone_late)


def counts(connection: sqlite3.Connection, today: dt.date) -> Tally:
    """All counts of the ledger on a day; a shared measure counts once.

    Source: docs/contract.md §6.
    """
    whole = _sums(connection, None, today)
    return whole.get("", _Sum((0, 0))).tally()


def counts_by(connection: sqlite3.Connection, name: str, today: dt.date) -> tuple[Group, ...]:
    """The counts of each unit, category, leader or term, as `domain.rates.by` gives them.

    Raises:
        UsageError: nothing is counted by `name`.
    """
    by((), name, today)  # of nothing: refuses a field that is not counted by
    found = _sums(connection, name, today)
    if name == "category":
        _add_shared(connection, found, today)
    order = [each for each in TERMS if each in found] if name == "term" else []
    order += sorted(found, key=lambda value: found[value].first)
    return tuple(Group(name, value, found[value].tally()) for value in dict.fromkeys(order))


def lights(connection: sqlite3.Connection, day: Day) -> dict[str, tuple[int, int]]:
    """How many issues and how many measures show each light, in the order of the lights."""
    found = {each.code: [0, 0] for each in day.lights}
    for place, (code, count) in _lit(connection, day):
        if code in found:
            found[code][place] += count
    return {code: (issues, measures) for code, (issues, measures) in found.items()}


def _lit(connection: sqlite3.Connection, day: Day) -> Iterator[tuple[int, tuple[str | None, int]]]:
    known = lit(connection, day.today, day.lights)
    tables = (("issue", "late_since", "\"status\" <> 'void'"), ("measure", "late_from", '"counted" = 1'))
    if known is not None:
        known.whole()
        connection.create_function(FUNCTION, 1, known.place)
    for place, (table, late, counts) in enumerate(tables):
        if known is not None:
            statement = f'SELECT {FUNCTION}("uid"), count(*) FROM "{table}" WHERE {counts} GROUP BY 1'
            for shown, count in connection.execute(statement):
                yield place, (None if shown is None else day.lights[shown].code, count)
            continue
        dated = f'{counts} AND "{late}" IS NOT NULL'  # what cannot be late shows none
        statement = f'SELECT "status", "{late}", count(*) FROM "{table}" WHERE {dated} GROUP BY 1, 2'
        for status, since, count in connection.execute(statement):
            yield place, (light(days_late(date(since), day.today), status, day.lights), count)


def _sums(connection: sqlite3.Connection, name: str | None, today: dt.date) -> dict[str, _Sum]:
    """All counts by the values of a column; of the whole under an empty value."""
    found: dict[str, _Sum] = {}
    day = today.isoformat()
    groups, column = _groups(name)
    statement = (
        f'SELECT {column}, "status", count(*), sum(COALESCE("late_since" < ?, 0)), '
        'sum(COALESCE("late_since" < ?, 0) AND "measures" = 0), min("number") * ? '
        f'FROM "issue" WHERE "status" <> \'void\' GROUP BY {groups}'
    )
    for value, status, count, late, alone, first in connection.execute(statement, (day, day, _ROOM)):
        each = _at(found, value, first)
        each.issues[status] += count
        each.issues_late += late
        each.alone_late += alone
    statement = (
        f'SELECT {column}, "status", count(*), sum(COALESCE("late_from" < ?, 0)), '
        f'min("issue_number" * ? + "number") FROM "measure" WHERE "counted" = 1 GROUP BY {groups}'
    )
    for value, status, count, late, first in connection.execute(statement, (day, _ROOM)):
        each = _at(found, value, first)
        each.measures[status] += count
        each.measures_late += late
    return found


def _groups(name: str | None) -> tuple[str, str]:
    """What to group by so that an index gives the groups one after the other, and the column wanted."""
    if name is None:
        return '"status"', "NULL"
    before = _INDEXED[: _INDEXED.index(name) + 1]
    return ", ".join(f'"{each}"' for each in ("status", *before)), f'"{name}"'


def _at(found: dict[str, _Sum], value: str | None, first: int, of: int = 0) -> _Sum:
    each = found.setdefault(value or "", _Sum((first, of)))
    each.first = min(each.first, (first, of))
    return each


def _add_shared(connection: sqlite3.Connection, found: dict[str, _Sum], today: dt.date) -> None:
    """A measure stands under each category of an issue it serves, once."""
    statement = (
        'SELECT m."uid", i."category", m."status", COALESCE(m."late_from" < ?, 0), '
        'm."issue_number" * ? + m."number", min(i."number") FROM "serve" s '
        'CROSS JOIN "measure" m ON m."uid" = s."measure_uid" JOIN "issue" i ON i."uid" = s."issue_uid" '
        'WHERE m."counted" = 1 AND i."status" <> \'void\' AND i."category" IS NOT m."category" '
        'GROUP BY m."uid", i."category"'
    )
    for _uid, value, status, late, first, served in connection.execute(statement, (today.isoformat(), _ROOM)):
        each = _at(found, value, first, served)
        each.measures[status] += 1
        each.measures_late += late


def _count(statuses: Counter[str], late: int) -> Count:
    by_status = {status: statuses[status] for status in COUNTED}
    return Count(statuses.total(), by_status, late)
