"""From an index: what is looked at again at intervals, and how what is worked on lies to a day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from ledger.store.listed import date

if TYPE_CHECKING:
    import datetime as dt
    import sqlite3


class Review(NamedTuple):
    """What is looked at again at intervals: closed and continuing, or long-term and not begun as such.

    Shape: `closed_on` is None for what is not closed; `review_on` the day somebody gave for the next review.
    """

    id: str
    text: str
    unit: str | None
    closed_on: dt.date | None
    review_on: dt.date | None


class Ending(NamedTuple):
    """How many of those that are still worked on end by a day, after it, and at no time."""

    inside: int
    after: int
    undated: int


#: When a part was closed, if it is.
_CLOSED: Final = 'CASE WHEN {0}."status" = \'closed\' THEN {0}."closed_on" END'
#: What continues stands in an index of its own; work of the long-term type that is not long-term by status
#: has a review that is nobody's deadline yet.
_REVIEWS: Final = f"""
SELECT m."id", m."text", m."unit", COALESCE({_CLOSED.format("m")}, {_CLOSED.format("i")}), m."review_on",
    i."number" AS "first", m."number" AS "second"
FROM "measure" m INDEXED BY "measure_continuing" JOIN "issue" i ON i."uid" = m."issue_uid"
WHERE m."continuing" = 1 AND m."counted" = 1 AND 'closed' IN (m."status", i."status")
    AND (? OR m."review_on" IS NOT NULL)
UNION ALL
SELECT m."id", m."text", m."unit", NULL, m."review_on", m."issue_number", m."number"
FROM "measure" m
WHERE m."counted" = 1 AND m."status" IN ('pending', 'active') AND m."term" = 'longterm'
    AND m."review_on" IS NOT NULL
UNION ALL
SELECT i."number", i."title", i."unit", {_CLOSED.format("i")}, i."review_on", i."number", 0
FROM "issue" i INDEXED BY "issue_continuing"
WHERE i."continuing" = 1 AND i."status" = 'closed' AND (? OR i."review_on" IS NOT NULL)
UNION ALL
SELECT i."number", i."title", i."unit", NULL, i."review_on", i."number", 0
FROM "issue" i
WHERE i."status" IN ('pending', 'active') AND i."term" = 'longterm' AND i."review_on" IS NOT NULL
ORDER BY "first", "second"
"""
#: Of what is worked on, the day after which it is late is when it ends; the index holds it.
_ENDING: Final = """
SELECT COALESCE(SUM("ends" <= ?), 0), COALESCE(SUM("ends" > ?), 0), COALESCE(SUM("ends" IS NULL), 0)
FROM (SELECT "late_from" AS "ends" FROM "measure" WHERE "counted" = 1 AND "status" IN ('pending', 'active')
    UNION ALL
    SELECT "late_since" FROM "issue" WHERE "measures" = 0 AND "status" IN ('pending', 'active'))
"""


def reviews(connection: sqlite3.Connection, *, ruled: bool) -> list[Review]:
    """What is looked at again at intervals, in the order of the numbers.

    Shape: `ruled` says that a rule gives what is closed its next review; else only that with a day of its own
        can have one. Interim and long-term work is not among it: it is late past its review.
    """
    return [
        Review(str(name), text, unit, date(closed_on), date(review_on))
        for name, text, unit, closed_on, review_on, *_order in connection.execute(_REVIEWS, (ruled, ruled))
    ]


def ending(connection: sqlite3.Connection, last: dt.date) -> Ending:
    """How much of what is still worked on is due by a day: measures, and issues without any."""
    day = last.isoformat()
    return Ending(*connection.execute(_ENDING, (day, day)).fetchone())
