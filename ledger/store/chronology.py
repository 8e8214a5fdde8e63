"""Questions to an index about what was done, and in which command."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ledger.store.tables import ENTRIES

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
        'e."meeting", e."text", e."batch", e."undone" '
        f"FROM ({ENTRIES}) e "
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

    Shape: `limit` of them at most; the name of a command sorts by the moment it ran.
    """
    last = 'SELECT DISTINCT "last_batch" FROM "issue" ORDER BY "last_batch" DESC LIMIT ?'
    names = [name for (name,) in connection.execute(last, (limit,)) if name]
    oldest = names[-1] if len(names) == limit else ""
    found: dict[str, list[tuple[str, str, str, str, int]]] = {}
    for name, *entry in connection.execute(
        'SELECT e."batch", e."at", e."by", e."do", COALESCE(m."id", i."number"), e."undone" '
        f'FROM "issue" i CROSS JOIN ({ENTRIES}) e ON e."issue_uid" = i."uid" '
        'LEFT JOIN "measure" m ON m."uid" = e."target" WHERE i."last_batch" >= ? AND e."batch" >= ? '
        'ORDER BY i."number", i."uid", e."place"',
        (oldest, oldest),
    ):
        found.setdefault(name, []).append(tuple(entry))
    return [_batch(name, found[name]) for name in sorted(found, reverse=True)[:limit]]


def _batch(name: str, entries: list[tuple[str, str, str, str, int]]) -> Batch:
    at, by, *_rest, undone = entries[0]
    acts = tuple(dict.fromkeys(entry[2] for entry in entries))
    ids = tuple(dict.fromkeys(str(entry[3]) for entry in entries))
    return Batch(name, at, by, acts, ids, bool(undone))
