"""Questions to an index about what was done, and in which command."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3


@dataclass(frozen=True, slots=True)
class Event:
    """One entry of a history.

    Shape: `id` is the issue or measure it was done to; `place` counts from 0 in the order of the file.
    """

    place: int
    id: str
    on: dt.date
    at: str
    by: str
    do: str
    signer: str | None
    meeting: str | None
    text: str | None
    batch: str
    undone: bool


@dataclass(frozen=True, slots=True)
class Batch:
    """One command: what it did, to which issues; `undone` when it was taken back."""

    batch: str
    at: str
    by: str
    acts: tuple[str, ...]
    ids: tuple[str, ...]
    undone: bool


def history(connection: sqlite3.Connection, uid: str) -> list[Event]:
    """Everything that was done to an issue and its measures, the first first."""
    found = connection.execute(
        'SELECT e."place", COALESCE(m."id", i."number"), e."on", e."at", e."by", e."do", e."signer", '
        'e."meeting", e."text", e."batch", e."undone" FROM "entry" e '
        'JOIN "issue" i ON i."uid" = e."issue_uid" '
        'LEFT JOIN "measure" m ON m."uid" = e."target" WHERE e."issue_uid" = ? ORDER BY e."place"',
        (uid,),
    )
    return [
        Event(
            place,
            str(name),
            dt.date.fromisoformat(on),
            at,
            by,
            do,
            signer,
            meeting,
            text,
            batch,
            bool(undone),
        )
        for place, name, on, at, by, do, signer, meeting, text, batch, undone in found
    ]


def batches(connection: sqlite3.Connection, limit: int) -> list[Batch]:
    """The commands that were recorded last, the last first.

    Shape: `limit` of them at most; a command's name sorts by the moment it ran.
    """
    last = connection.execute('SELECT DISTINCT "batch" FROM "entry" ORDER BY "batch" DESC LIMIT ?', (limit,))
    return [_batch(connection, name) for (name,) in last.fetchall()]


def _batch(connection: sqlite3.Connection, name: str) -> Batch:
    found = connection.execute(
        'SELECT e."at", e."by", e."do", COALESCE(m."id", i."number"), e."undone" FROM "entry" e '
        'JOIN "issue" i ON i."uid" = e."issue_uid" LEFT JOIN "measure" m ON m."uid" = e."target" '
        'WHERE e."batch" = ? ORDER BY i."number", i."uid", e."place"',
        (name,),
    ).fetchall()
    acts = tuple(dict.fromkeys(row[2] for row in found))
    ids = tuple(dict.fromkeys(str(row[3]) for row in found))
    return Batch(name, found[0][0], found[0][1], acts, ids, bool(found[0][4]))
