"""Lists of issues and measures from an index: what meets conditions, what is late, what waits for whom."""

from __future__ import annotations

import json
from gettext import gettext as _
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from ledger.domain.lights import only_days
from ledger.domain.moves import Status
from ledger.errors import UsageError
from ledger.store.conditions import Of, Where, place_of_light, teach, where
from ledger.store.listed import LISTED, Day, MeasureRow, Row, date, lateness, measure_row, row
from ledger.store.lit import lit
from ledger.store.tables import COLUMNS

if TYPE_CHECKING:
    import datetime as dt
    import sqlite3
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from ledger.domain.filters import Condition


class Waiting(NamedTuple):
    """What has been reported done and waits for a sign-off.

    Shape: `step` is the code to sign next, None before the first; `since` is when it was reported or
        last signed.
    """

    id: str
    uid: str
    text: str
    unit: str | None
    step: str | None
    signed: int
    steps: int
    since: dt.date | None
    suspect: bool


_FROM: Final[Mapping[Of, str]] = {
    "issue": 'FROM "issue" i',
    "measure": 'FROM "measure" m JOIN "issue" i ON i."uid" = m."issue_uid"',
}
#: The same, issue by issue in the order of their numbers: to sort thousands takes as long as to read them.
_IN_ORDER: Final[Mapping[Of, str]] = {
    "issue": 'FROM "issue" i INDEXED BY "issue_number"',
    "measure": 'FROM "issue" i INDEXED BY "issue_number" CROSS JOIN "measure" m ON i."uid" = m."issue_uid"',
}
#: Where in them stands the date from which something is late.
_LATE: Final = {"issue": LISTED["issue"].index("late_since"), "measure": LISTED["measure"].index("late_from")}
_STATUSES: Final = " ".join(f"WHEN '{status}' THEN {place}" for place, status in enumerate(Status))

#: Every column that can be shown or sorted by; no other text ever becomes part of a statement.
_COLUMNS: Final[Mapping[Of, Mapping[str, str]]] = {
    "issue": {name: f'i."{name}"' for name in COLUMNS["issue"]},
    "measure": {
        "title": 'i."title"',
        **{name: f'm."{name}"' for name in COLUMNS["measure"]},
        "due": 'm."falls_due"',
    },
}
_SORTS: Final[Mapping[Of, Mapping[str, str]]] = {
    "issue": {
        **_COLUMNS["issue"],
        **dict.fromkeys(("overdue", "light"), 'i."late_since"'),
        "due": 'i."open_due"',
        "status": f'CASE i."status" {_STATUSES} END',
    },
    "measure": {
        **_COLUMNS["measure"],
        **dict.fromkeys(("overdue", "light"), 'm."late_from"'),
        "number": 'm."issue_number"',
        "status": f'CASE m."status" {_STATUSES} END',
    },
}
#: What makes every order a whole one.
_LAST: Final[Mapping[Of, str]] = {
    "issue": 'i."number", i."uid"',
    "measure": 'i."number", i."uid", m."number"',
}


class Shown(NamedTuple):
    """Which part of a list is shown, and how.

    Shape: `sort` names columns, with a minus in front for the largest first; then the numbers decide; what
        has no value comes last. `more` names further columns, for `Row.more`. `limit` None shows all.
    """

    sort: Sequence[str] = ()
    limit: int | None = None
    more: Sequence[str] = ()


#: All of it, in the order of the numbers.
ALL: Final = Shown()
#: What is late, with the date from which it is.
_MEASURES_LATE: Final = Shown(("overdue",), more=("late_from",))
_ISSUES_LATE: Final = Shown(("overdue",), more=("late_since",))


def rows(
    connection: sqlite3.Connection, conditions: Iterable[Condition], day: Day, shown: Shown = ALL
) -> list[Row]:
    """The issues that meet all conditions.

    Raises:
        UsageError: there is no such column.
    """
    return list(each_row(connection, conditions, day, shown))


def measure_rows(
    connection: sqlite3.Connection, conditions: Iterable[Condition], day: Day, shown: Shown = ALL
) -> list[MeasureRow]:
    """The measures that meet all conditions; void ones and those of void issues when ``void`` is asked for.

    Raises:
        UsageError: there is no such column.
    """
    return list(each_measure_row(connection, conditions, day, shown))


def each_row(
    connection: sqlite3.Connection, conditions: Iterable[Condition], day: Day, shown: Shown = ALL
) -> Iterator[Row]:
    """The same as `rows`, one by one: of thousands, only what is wanted of each need be kept."""
    chosen = where(conditions, of="issue", today=day.today, lights=day.lights)
    shared = _shared(connection)
    late = lateness(day, lit(connection, day.today, day.lights))
    return (
        row(values, late, shared, shown.more) for values in _select(connection, "issue", chosen, shown, day)
    )


def each_measure_row(
    connection: sqlite3.Connection, conditions: Iterable[Condition], day: Day, shown: Shown = ALL
) -> Iterator[MeasureRow]:
    """The same as `measure_rows`, one by one."""
    chosen = _of_measures(tuple(conditions), day)
    late = lateness(day, lit(connection, day.today, day.lights))
    return (
        measure_row(values, late, shown.more) for values in _select(connection, "measure", chosen, shown, day)
    )


def total(
    connection: sqlite3.Connection, conditions: Iterable[Condition], day: Day, *, of: Of = "issue"
) -> int:
    """How many issues, or measures, meet all conditions."""
    given = tuple(conditions)
    issues = of == "issue"
    chosen = where(given, of=of, today=day.today, lights=day.lights) if issues else _of_measures(given, day)
    statement = f"SELECT count(*) {_FROM[of]} WHERE {chosen.clause}"
    teach(connection, day, statement)
    return int(connection.execute(statement, chosen.values).fetchone()[0])


def due_between(
    connection: sqlite3.Connection, first: dt.date, last: dt.date, day: Day
) -> list[MeasureRow | Row]:
    """What falls due, or is to be reviewed, from `first` to `last`: measures, and issues without any.

    Shape: the earliest first; both days count. `more` holds the date, as ``late_from`` or ``late_since``.
    """
    return _late(connection, "BETWEEN ? AND ?", (first, last), day)


def overdue(connection: sqlite3.Connection, day: Day) -> list[MeasureRow | Row]:
    """What is late: measures, and issues without any; the longest first.

    Source: docs/contract.md §6.
    """
    return _late(connection, "< ?", (day.today,), day)


def named(connection: sqlite3.Connection, uids: Sequence[str], day: Day) -> list[MeasureRow | Row]:
    """The measures, and the issues, of these uids, measures first; void ones too, unknown ones not.

    Shape: `more` as for `due_between`.
    """
    late = lateness(day, lit(connection, day.today, day.lights))
    given = (json.dumps(list(uids)),)
    among = '"uid" IN (SELECT "value" FROM json_each(?))'
    of_measures, alone = Where(f"m.{among}", given), Where(f"i.{among}", given)
    measures = _select(connection, "measure", of_measures, Shown(more=_MEASURES_LATE.more), day)
    found: list[MeasureRow | Row] = [measure_row(each, late, _MEASURES_LATE.more) for each in measures]
    issues = _select(connection, "issue", alone, Shown(more=_ISSUES_LATE.more), day)
    return [*found, *(row(each, late, {}, _ISSUES_LATE.more) for each in issues)]


def waiting(connection: sqlite3.Connection, *, of: str) -> list[Waiting]:
    """What waits for a sign-off, the longest first.

    Shape: `of` is ``measure`` or ``issue``, as the ledger's chain says; issues without measures always
        stand for themselves.
    """
    states = "\"status\" IN ('done', 'closing')"
    columns = '"unit", "next_step", "signed", "steps", "since" AS "since", "suspect"'
    alone = "" if of == "issue" else ' AND "measures" = 0'
    statement = (
        f'SELECT "number", "uid" AS "uid", "title", {columns}, "number" AS "first", 0 AS "second" '
        f'FROM "issue" WHERE {states}{alone}'
    )
    if of != "issue":
        statement += (
            f' UNION ALL SELECT "id", "uid", "text", {columns}, "issue_number", "number" FROM "measure"'
            f' WHERE {states} AND "counted" = 1'
        )
    order = '"since" IS NULL, "since", "first", "second", "uid"'
    found = connection.execute(f"SELECT * FROM ({statement}) ORDER BY {order}")
    return [
        Waiting(str(name), uid, text, unit, step, signed, steps, date(since), bool(suspect))
        for name, uid, text, unit, step, signed, steps, since, suspect, *_order in found
    ]


def requested(connection: sqlite3.Connection) -> list[str]:
    """The ids of the issues and measures on which a request waits for its answer, in order."""
    statement = (
        'SELECT "number" AS "name", "number" AS "first", 0 AS "second" FROM "issue" '
        'WHERE "requested" IS NOT NULL AND "requested" != \'\' UNION ALL '
        'SELECT "id", "issue_number", "number" FROM "measure" '
        'WHERE "requested" IS NOT NULL AND "requested" != \'\''
    )
    found = connection.execute(f'SELECT "name" FROM ({statement}) ORDER BY "first", "second"')
    return [str(name) for (name,) in found]


def numbers(connection: sqlite3.Connection) -> list[int]:
    """The numbers of all issues, sorted."""
    return [number for (number,) in connection.execute('SELECT "number" FROM "issue" ORDER BY "number"')]


def _select(
    connection: sqlite3.Connection, of: Of, chosen: Where, shown: Shown, day: Day
) -> Iterator[tuple[Any, ...]]:
    known = _COLUMNS[of]
    columns = [known[name] for name in LISTED[of]] + [_column(known, name) for name in shown.more]
    sorts = _SORTS[of] if only_days(day.lights) else {**_SORTS[of], "light": place_of_light(of)}
    order = [*(_order(sorts, name) for name in shown.sort), _LAST[of]]
    in_order = not shown.sort and (of == "issue" or shown.limit is not None)
    place = (_IN_ORDER if in_order else _FROM)[of]
    statement = f"SELECT {', '.join(columns)} {place} WHERE {chosen.clause} ORDER BY {', '.join(order)}"
    values = chosen.values
    if shown.limit is not None:
        statement, values = f"{statement} LIMIT ?", (*values, shown.limit)
    teach(connection, day, statement)
    return connection.execute(statement, values)


def _order(known: Mapping[str, str], name: str) -> str:
    column = _column(known, name.removeprefix("-"))
    return f"{column} IS NULL, {column}{' DESC' if name.startswith('-') else ''}"


def _column(known: Mapping[str, str], name: str) -> str:
    if name not in known:
        message = _("there is no column {name}").format(name=name)
        raise UsageError(message, _("there are: {names}").format(names=", ".join(known)))
    return known[name]


def _late(
    connection: sqlite3.Connection, test: str, days: Sequence[dt.date], day: Day
) -> list[MeasureRow | Row]:
    values = tuple(each.isoformat() for each in days)
    of_measures = Where(f'm."counted" = 1 AND m."late_from" {test}', values)
    alone = Where(f'i."measures" = 0 AND i."late_since" {test}', values)
    late = lateness(day, lit(connection, day.today, day.lights))
    found: list[tuple[str, MeasureRow | Row]] = [
        (each[_LATE["measure"]], measure_row(each, late, _MEASURES_LATE.more))
        for each in _select(connection, "measure", of_measures, _MEASURES_LATE, day)
    ]
    found += [
        (each[_LATE["issue"]], row(each, late, {}, _ISSUES_LATE.more))
        for each in _select(connection, "issue", alone, _ISSUES_LATE, day)
    ]
    return [shown for _from, shown in sorted(found, key=lambda each: each[0])]


def _of_measures(conditions: Sequence[Condition], day: Day) -> Where:
    chosen = where(conditions, of="measure", today=day.today, lights=day.lights)
    if any(each.field == "status" and Status.VOID in each.values for each in conditions):
        return chosen
    return Where(f'm."counted" = 1 AND ({chosen.clause})', chosen.values)


def _shared(connection: sqlite3.Connection) -> Mapping[str, Mapping[str, int]]:
    """Measures of other issues that count for an issue too, by its uid and by their status."""
    found: dict[str, dict[str, int]] = {}
    for uid, status, count in connection.execute(
        'SELECT s."issue_uid", m."status", count(*) FROM "serve" s '
        'CROSS JOIN "measure" m ON m."uid" = s."measure_uid" WHERE m."counted" = 1 GROUP BY 1, 2'
    ):
        found.setdefault(uid, {})[status] = count
    return found
