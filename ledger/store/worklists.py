"""What the monthly status lists and counts, asked of the index: closed, late, ahead, came back."""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from ledger.domain.lights import days_late, light
from ledger.store.listed import date

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Sequence

    from ledger.domain.settings import Light

#: What a line says, of an issue and of a measure alike, behind its id and its text.
_SAID: Final = '"unit", "leader", "status", "signed", "steps", "remark", "result", "requested"'
#: Issues and measures as lines, with what they are put in order by; `on` is the day the list goes by.
_ISSUES: Final = (
    'SELECT "uid", "uid", CAST("number" AS TEXT), "title", {on} AS "on_day", "late_since", '
    + _SAID
    + ', 1 AS "alone", "number" AS "first", 0 AS "second" FROM {issues} WHERE {which}'
)
_MEASURES: Final = (
    'SELECT "uid", "issue_uid", "id", "text", {on}, "late_from", '
    + _SAID
    + ', 0, "issue_number", "number" FROM {measures} WHERE "counted" = 1 AND {which}'
)
_ALONE: Final = '"measures" = 0 AND "status" <> \'void\''
#: Issues with the day they were closed: by their own sign-offs, else with the last of their measures.
_CLOSED: Final = (
    '(SELECT *, coalesce("closed_on", (SELECT max(m."closed_on") FROM "measure" m '
    'WHERE m."issue_uid" = i."uid" AND m."counted" = 1)) AS "ended_on" '
    'FROM "issue" i WHERE "status" = \'closed\')'
)
#: What came back, by category; measures are looked for in the issues that did, which are few.
_BACK: Final = (
    'SELECT "category", sum("issues"), sum("measures") FROM ('
    'SELECT "category", 1 AS "issues", 0 AS "measures" FROM "issue" '
    'WHERE "rebounds" > 0 AND "status" <> \'void\' UNION ALL '
    'SELECT "category", 0, 1 FROM "measure" INDEXED BY "measure_issue" '
    'WHERE "rebounds" > 0 AND "counted" = 1 '
    'AND "issue_uid" IN (SELECT "uid" FROM "issue" WHERE "rebounds" > 0)) GROUP BY 1'
)
#: The notes of some issues: of which, on what, when, which text. Source: tables.ENTRY, the places.
_NOTES: Final = (
    'SELECT h."issue_uid", json_extract(e."value", \'$[1]\'), json_extract(e."value", \'$[3]\'), '
    'json_extract(e."value", \'$[8]\') FROM "history" h JOIN json_each(h."entries") e '
    'WHERE h."issue_uid" IN (SELECT "value" FROM json_each(?)) '
    "AND json_extract(e.\"value\", '$[2]') = 'note' AND json_extract(e.\"value\", '$[9]') = 0 "
    'ORDER BY 1, e."key"'
)


class Listed(NamedTuple):
    """An issue or a measure on a list: the day the list goes by, and since when it is late, if it is."""

    uid: str
    issue_uid: str
    id: str
    text: str
    on: dt.date
    late_from: dt.date | None
    unit: str
    leader: str
    status: str
    signed: int
    steps: int
    remark: str
    result: str
    requested: str


class _Question(NamedTuple):
    """A list of issues and measures: two statements, the order of what they give, how many there are."""

    issues: str
    measures: str
    order: str
    how_many: str


_WHAT_CLOSED: Final = _Question(
    _ISSUES.format(on='"ended_on"', issues=_CLOSED, which='"ended_on" BETWEEN :from AND :to'),
    _MEASURES.format(
        on='"closed_on"',
        measures='"measure"',
        which='"status" = \'closed\' AND "closed_on" BETWEEN :from AND :to',
    ),
    '"first", "second"',
    f'SELECT (SELECT count(*) FROM {_CLOSED} WHERE "ended_on" BETWEEN :from AND :to) + (SELECT count(*) '
    'FROM "measure" WHERE "counted" = 1 AND "status" = \'closed\' AND "closed_on" BETWEEN :from AND :to)',
)
#: What is due, asked of the indexes alone; no row of a table is read but those that are shown.
_ISSUES_DUE: Final = (
    f'FROM "issue" INDEXED BY "issue_status" WHERE {_ALONE} AND "late_since" BETWEEN :from AND :to'
)
_MEASURES_DUE: Final = (
    'FROM "measure" INDEXED BY "measure_status" WHERE "counted" = 1 AND "late_from" BETWEEN :from AND :to'
)
_WHAT_IS_DUE: Final = _Question(
    _ISSUES.format(
        on='"late_since"',
        issues='"issue" NOT INDEXED',
        which=f'"rowid" IN (SELECT "rowid" {_ISSUES_DUE} ORDER BY "late_since", "number" LIMIT :limit)',
    ),
    _MEASURES.format(
        on='"late_from"',
        measures='"measure" NOT INDEXED',
        which=f'"rowid" IN (SELECT "rowid" {_MEASURES_DUE} '
        'ORDER BY "late_from", "issue_number", "number" LIMIT :limit)',
    ),
    '"on_day", "alone", "first", "second"',
    f"SELECT (SELECT count(*) {_ISSUES_DUE}) + (SELECT count(*) {_MEASURES_DUE})",
)


class Found(NamedTuple):
    """The first lines of a list, and how many there are in all."""

    lines: list[Listed]
    total: int


def closed(connection: sqlite3.Connection, first: dt.date, last: dt.date, limit: int) -> Found:
    """What was closed on these days and still is: issue by issue, each followed by its measures."""
    return _found(connection, _WHAT_CLOSED, (first, last), limit)


def due(connection: sqlite3.Connection, first: dt.date, last: dt.date, limit: int) -> Found:
    """What has its date, or its next review, on these days and is not done: the earliest first."""
    return _found(connection, _WHAT_IS_DUE, (first, last), limit)


def _found(
    connection: sqlite3.Connection, question: _Question, days: tuple[dt.date, dt.date], limit: int
) -> Found:
    values = {"from": days[0].isoformat(), "to": days[1].isoformat(), "limit": limit}
    both = f"{question.issues} UNION ALL {question.measures}"
    statement = f"SELECT * FROM ({both}) ORDER BY {question.order} LIMIT :limit"
    shown = [_listed(each) for each in connection.execute(statement, values)]
    if len(shown) < limit:
        return Found(shown, len(shown))
    return Found(shown, int(connection.execute(question.how_many, values).fetchone()[0]))


def _listed(values: tuple[Any, ...]) -> Listed:
    uid, issue_uid, name, text, on, late, unit, leader, status, signed, steps, *said = values[:14]
    texts = (each or "" for each in (unit, leader))
    whose = (uid, issue_uid, name, text or "", dt.date.fromisoformat(on), date(late), *texts)
    return Listed._make((*whose, status, signed, steps, *(each or "" for each in said)))


def months_ahead(connection: sqlite3.Connection, day: dt.date) -> list[tuple[str, int]]:
    """How much falls due from a day on, by month."""
    statement = (
        'SELECT "month", sum("count") FROM ('
        'SELECT substr("late_from", 1, 7) AS "month", count(*) AS "count" FROM "measure" '
        'WHERE "counted" = 1 AND "late_from" >= :day GROUP BY 1 UNION ALL '
        f'SELECT substr("late_since", 1, 7), count(*) FROM "issue" WHERE {_ALONE} AND "late_since" >= :day '
        "GROUP BY 1) GROUP BY 1 ORDER BY 1"
    )
    return list(connection.execute(statement, {"day": day.isoformat()}))


def latest_notes(connection: sqlite3.Connection, listed: Iterable[Listed]) -> dict[str, tuple[dt.date, str]]:
    """The last note on each of these, by uid; what was taken back is none."""
    wanted = {each.uid: each.issue_uid for each in listed}
    issues = (json.dumps(sorted(set(wanted.values()))),)
    found: dict[str, tuple[dt.date, str]] = {}
    for issue_uid, target, on, text in connection.execute(_NOTES, issues):
        uid, day = target or issue_uid, date(on)
        if uid in wanted and day is not None and (uid not in found or day > found[uid][0]):
            found[uid] = (day, text or "")
    return found


def worst_lights(
    connection: sqlite3.Connection, day: dt.date, lights: Sequence[Light]
) -> dict[str, str | None]:
    """The strictest light an issue of each category shows, of lights that go by the days alone."""
    order = [each.code for each in lights]
    found: dict[str, set[str]] = {}
    statement = (
        'SELECT DISTINCT "category", "status", "late_since" FROM "issue" INDEXED BY "issue_status" '
        "WHERE \"status\" <> 'void'"
    )
    for category, status, late in connection.execute(statement):
        shown = light(days_late(date(late), day), status, lights)
        found.setdefault(category or "", set()).update(() if shown is None else (shown,))
    return {name: min(shown, key=order.index, default=None) for name, shown in found.items()}


def came_back(connection: sqlite3.Connection) -> dict[str, tuple[int, int]]:
    """How many issues and measures of each category a look-back found to have come back."""
    found: dict[str, tuple[int, int]] = {}
    for name, issues, measures in connection.execute(_BACK):
        found[name or ""] = (issues, measures)
    return found
