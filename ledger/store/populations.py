"""Questions to an index about what stood at a status on some day, for a look-back."""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from ledger.store.conditions import Of


class Stood(NamedTuple):
    """An issue or a measure, with what a look-back asks of it.

    Shape: `about` is the number people use; `issue` the uid of its issue, whose marks `flags` are.
    """

    uid: str
    about: str
    issue: str
    unit: str
    category: str
    flags: tuple[str, ...]
    rebounds: int
    suspect: bool


#: Where issues and measures stand: an issue without measures stands for itself where measures are looked at.
_ROWS: Final[Mapping[Of, str]] = {
    "issue": 'SELECT "uid", "number" AS "about", "uid" AS "issue", "unit", "category", "flags", "rebounds", '
    '"suspect", "status", "since", "file" FROM "issue"',
    "measure": 'SELECT m."uid", m."id" AS "about", i."uid" AS "issue", m."unit", i."category", i."flags", '
    'm."rebounds", m."suspect", CASE WHEN m."counted" = 1 THEN m."status" ELSE \'void\' END AS "status", '
    'm."since", i."file" FROM "measure" m JOIN "issue" i ON i."uid" = m."issue_uid" '
    'UNION ALL SELECT "uid", "number", "uid", "unit", "category", "flags", "rebounds", "suspect", "status", '
    '"since", "file" FROM "issue" WHERE "measures" = 0',
}


def standing(
    connection: sqlite3.Connection, of: Of, statuses: Sequence[str], day: dt.date
) -> Iterator[Stood]:
    """What stands at one of the statuses, and did on that day: nothing has moved it since."""
    marks = ", ".join("?" * len(statuses))
    found = connection.execute(
        'SELECT "uid", "about", "issue", "unit", "category", "flags", "rebounds", "suspect" '
        f'FROM ({_ROWS[of]}) WHERE "status" IN ({marks}) AND "since" <= ?',
        (*statuses, day.isoformat()),
    )
    for uid, about, issue, unit, category, flags, rebounds, suspect in found:
        marked = tuple(json.loads(flags)) if flags else ()
        yield Stood(uid, str(about), issue, unit or "", category or "", marked, rebounds, bool(suspect))


def moved_since(
    connection: sqlite3.Connection, of: Of, statuses: Sequence[str], day: dt.date
) -> dict[str, str]:
    """The issues that must be read to know how they stood on that day: uids with their files.

    Shape: something in them was moved after it, or stands where no dated act put it; what was moved to
        another issue, or merged, is void since a day that is not kept.
    """
    gone = "" if set(statuses) <= {"closed"} else " OR \"status\" = 'void'"
    marks = ", ".join("?" * len(statuses))
    found = connection.execute(
        f'SELECT DISTINCT "issue", "file" FROM ({_ROWS[of]}) '
        f'WHERE "since" > ? OR ("since" IS NULL AND "status" IN ({marks})){gone}',
        (day.isoformat(), *statuses),
    )
    moved = dict(found)
    if of == "issue":
        moved.update(
            connection.execute(
                'SELECT i."uid", i."file" FROM "issue" i WHERE EXISTS (SELECT 1 FROM "measure" m '
                'WHERE m."issue_uid" = i."uid" AND m."since" > ?)',
                (day.isoformat(),),
            )
        )
    return moved


def changed_after(connection: sqlite3.Connection, batch: str) -> dict[str, str]:
    """The issues that a later command has changed, or a hand without any: uids with their files."""
    return dict(
        connection.execute(
            'SELECT "uid", "file" FROM "issue" WHERE "last_batch" > ? OR "edited" > 0', (batch,)
        )
    )


class Called(NamedTuple):
    """What an issue or a measure is called, and its title or text."""

    id: str
    text: str


def called(connection: sqlite3.Connection, uids: Iterable[str]) -> dict[str, Called]:
    """What issues and measures are called, by uid; those that are not there are left out."""
    wanted = json.dumps(sorted(uids))
    found = connection.execute(
        'SELECT "uid", "number", "title" FROM "issue" WHERE "uid" IN (SELECT value FROM json_each(?)) '
        'UNION ALL SELECT "uid", "id", "text" FROM "measure" WHERE "uid" IN (SELECT value FROM json_each(?))',
        (wanted, wanted),
    )
    return {uid: Called(str(name), text or "") for uid, name, text in found}


def titles(connection: sqlite3.Connection) -> list[tuple[str, str, str]]:
    """The uid, the number and the title of every issue that is not void, in the order of the numbers."""
    found = connection.execute(
        'SELECT "uid", "number", "title" FROM "issue" WHERE "status" <> \'void\' ORDER BY "number", "uid"'
    )
    return [(uid, str(number), title or "") for uid, number, title in found]


class Closed(NamedTuple):
    """Something that is closed; `risk` when it is marked so, or came back before."""

    uid: str
    id: str
    text: str
    unit: str
    category: str
    closed_on: dt.date
    risk: bool


#: Closed issues or measures with what stands for them in a list.
_CLOSED: Final[Mapping[Of, str]] = {
    "issue": 'SELECT "uid", "number" AS "id", "title" AS "text", "unit", "category", "closed_on", "flags", '
    '"rebounds" FROM "issue" WHERE "status" = \'closed\'',
    "measure": 'SELECT m."uid", m."id", m."text", m."unit", i."category", m."closed_on", i."flags", '
    'm."rebounds" FROM "measure" m JOIN "issue" i ON i."uid" = m."issue_uid" '
    'WHERE m."counted" = 1 AND m."status" = \'closed\' '
    'UNION ALL SELECT "uid", "number", "title", "unit", "category", "closed_on", "flags", "rebounds" '
    'FROM "issue" WHERE "status" = \'closed\' AND "measures" = 0',
}


def closed(connection: sqlite3.Connection, of: Of, latest: dt.date, watched: Sequence[str]) -> list[Closed]:
    """What is closed since that day or longer; `watched` are the marks of what is at risk."""
    calling = set(watched)
    found = connection.execute(f'SELECT * FROM ({_CLOSED[of]}) WHERE "closed_on" <= ?', (latest.isoformat(),))
    return [
        Closed(
            uid,
            str(name),
            text or "",
            unit or "",
            category or "",
            dt.date.fromisoformat(on),
            bool(rebounds) or bool(flags and calling.intersection(json.loads(flags))),
        )
        for uid, name, text, unit, category, on, flags, rebounds in found
    ]


def closed_among(connection: sqlite3.Connection, uids: Iterable[str]) -> frozenset[str]:
    """Which of these issues and measures are closed."""
    wanted = json.dumps(sorted(uids))
    found = connection.execute(
        'SELECT "uid" FROM "issue" WHERE "status" = \'closed\' AND "uid" IN (SELECT value FROM json_each(?)) '
        'UNION ALL SELECT "uid" FROM "measure" WHERE "counted" = 1 AND "status" = \'closed\' '
        'AND "uid" IN (SELECT value FROM json_each(?))',
        (wanted, wanted),
    )
    return frozenset(uid for (uid,) in found)


class Recurring(NamedTuple):
    """An issue, with what says that it came back: fields as in `domain.issue.Issue`."""

    uid: str
    id: str
    title: str
    unit: str
    category: str
    status: str
    rebounds: int
    variant_of: str


def recurring(connection: sqlite3.Connection) -> list[Recurring]:
    """Every issue that is not void, in the order of the numbers."""
    found = connection.execute(
        'SELECT "uid", "number", "title", "unit", "category", "status", "rebounds", "variant_of" '
        'FROM "issue" WHERE "status" <> \'void\' ORDER BY "number", "uid"'
    )
    return [
        Recurring(uid, str(number), title or "", unit or "", category or "", status, rebounds, of or "")
        for uid, number, title, unit, category, status, rebounds, of in found
    ]


def came_back(connection: sqlite3.Connection) -> tuple[int, int]:
    """How many issues and measures a look-back found to have come back; void ones count nowhere."""
    (issues,) = connection.execute(
        'SELECT count(*) FROM "issue" WHERE "rebounds" > 0 AND "status" <> \'void\''
    ).fetchone()
    (measures,) = connection.execute(
        'SELECT count(*) FROM "measure" WHERE "rebounds" > 0 AND "counted" = 1'
    ).fetchone()
    return int(issues), int(measures)
