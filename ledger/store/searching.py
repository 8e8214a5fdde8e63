"""Finding words anywhere in a ledger: two characters are enough, and none is missed."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from ledger.domain.text import excerpt, fold
from ledger.store.tables import ENTRIES, HOLDS, ISSUE_TEXTS, MEASURE_TEXTS, holds

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator, Sequence

#: Columns of the screen an excerpt takes, and how many characters stand before the word.
_COLUMNS: Final = 60
_BEFORE: Final = 12


@dataclass(frozen=True, slots=True)
class Hit:
    """A text in which a word was found.

    Shape: `id` is the issue or measure it belongs to, `issue_uid` the issue; `field` names the text, or
        the act for what was said in the history; `excerpt` shows the place on one line.
    """

    id: str
    issue_uid: str
    field: str
    excerpt: str


def matching(connection: sqlite3.Connection, words: Sequence[str]) -> list[str]:
    """The uids of the issues in which every word stands somewhere, in the order of their numbers.

    Shape: width, case and blanks make no difference; words of blanks alone are left out; nothing
        matches no word at all. The same as looking at every text of every issue one by one.
    """
    return _found(connection, _folded(words), None)


def search(connection: sqlite3.Connection, words: Sequence[str], *, limit: int | None = None) -> list[Hit]:
    """Every text that holds one of the words, of issues that hold all of them.

    Shape: in the order of the issues' numbers: the issue, its measures, its history. `limit` issues
        at most.
    """
    folded = _folded(words)
    return [hit for uid in _found(connection, folded, limit) for hit in _hits(connection, uid, folded)]


def _folded(words: Sequence[str]) -> list[str]:
    return list(filter(None, map(fold, words)))


def _found(connection: sqlite3.Connection, folded: Sequence[str], limit: int | None) -> list[str]:
    if not folded:
        return []
    connection.create_function("holds", 2, holds, deterministic=True)
    every = " AND ".join([HOLDS] * len(folded))
    statement = (
        f'SELECT "uid" FROM "issue" WHERE "uid" IN (SELECT "issue_uid" FROM "search" WHERE {every}) '
        'ORDER BY "number", "uid" LIMIT ?'
    )
    words = [word.encode() for word in folded]
    found = connection.execute(statement, (*words, -1 if limit is None else limit))
    return [uid for (uid,) in found]


def _hits(connection: sqlite3.Connection, uid: str, folded: Sequence[str]) -> Iterator[Hit]:
    (text,) = connection.execute('SELECT "text" FROM "search" WHERE "issue_uid" = ?', (uid,)).fetchone()
    lines = text.split("\n")
    places = [place for place, line in enumerate(lines) if any(word in line for word in folded)]
    measures = _measures(connection, uid)
    history = len(ISSUE_TEXTS) + len(measures) * len(MEASURE_TEXTS)
    for place in places:
        if place < len(ISSUE_TEXTS):
            name, field, said = _of_issue(connection, uid, place)
            said = _text(field, said)
        elif place < history:
            which, column = divmod(place - len(ISSUE_TEXTS), len(MEASURE_TEXTS))
            field = MEASURE_TEXTS[column]
            name, said = measures[which][0], _text(field, measures[which][1 + column])
        else:
            name, field, said = _of_entry(connection, uid, place - history)
        yield Hit(name, uid, field, _excerpt(said or lines[place], folded))


def _measures(connection: sqlite3.Connection, uid: str) -> list[tuple[Any, ...]]:
    columns = ", ".join(f'"{name}"' for name in ("id", *MEASURE_TEXTS))
    statement = f'SELECT {columns} FROM "measure" WHERE "issue_uid" = ? ORDER BY "number", "uid"'
    return connection.execute(statement, (uid,)).fetchall()


def _of_issue(connection: sqlite3.Connection, uid: str, place: int) -> tuple[str, str, str | None]:
    field = ISSUE_TEXTS[place]
    statement = f'SELECT "number", "{field}" FROM "issue" WHERE "uid" = ?'
    number, said = connection.execute(statement, (uid,)).fetchone()
    return str(number), field, said


def _of_entry(connection: sqlite3.Connection, uid: str, place: int) -> tuple[str, str, str | None]:
    name, act, said = connection.execute(
        'SELECT COALESCE(m."id", i."number"), e."do", e."text" '
        f"FROM ({ENTRIES}) e "
        'JOIN "issue" i ON i."uid" = e."issue_uid" LEFT JOIN "measure" m ON m."uid" = e."target" '
        'WHERE e."issue_uid" = ? AND e."place" = ?',
        (uid, place),
    ).fetchone()
    return str(name), act, said


#: Columns that hold several texts.
_LISTS: Final = frozenset({"points", "roster", "occurrences", "co_units"})


def _text(field: str, said: str | None) -> str:
    return " ".join(json.loads(said)) if said and field in _LISTS else said or ""


def _excerpt(said: str, folded: Sequence[str]) -> str:
    start = min(at for word in folded if (at := _place(said, word)) is not None)
    begin = max(start - _BEFORE, 0)
    return excerpt(("..." if begin else "") + said[begin:], _COLUMNS)


def _place(said: str, word: str) -> int | None:
    """Where a folded word begins in a text that is not."""
    at = said.find(word)
    if at >= 0:
        return at
    pieces = list(map(fold, said))
    folded_at = "".join(pieces).find(word)
    if folded_at < 0:
        return 0 if word in fold(said) else None
    length = 0
    for place, piece in enumerate(pieces):
        length += len(piece)
        if length > folded_at:
            return place
    return None
