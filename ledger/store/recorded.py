"""What every record of an issue rests on, asked of the index: heads and entries, without reading a record."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import sqlite3


class Recorded(NamedTuple):
    """How far the history of an issue goes, and the version of the plan it stands in; 0 for none."""

    uid: str
    head: str
    entries: int
    plan: int


def recorded(connection: sqlite3.Connection) -> tuple[Recorded, ...]:
    """Every issue, void ones too."""
    found = connection.execute('SELECT "uid", "head", "entries", coalesce("plan", 0) FROM "issue"')
    return tuple(map(Recorded._make, found))
