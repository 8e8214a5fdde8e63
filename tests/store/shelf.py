"""Ledgers made for the tests of the index: real records through the domain's own acts, each in its file."""

from __future__ import annotations

import datetime as dt
import itertools
from typing import TYPE_CHECKING

from ledger.domain import ids
from ledger.domain.acts import planning, working
from ledger.domain.acts.draft import Context, Draft
from ledger.domain.course import OWN
from ledger.domain.schema import ISSUE
from ledger.domain.settings import Settings
from ledger.domain.state import State
from ledger.store import files, recordfile
from ledger.store.book import Book
from ledger.store.record import file_name, form_of
from ledger.store.workspace import Workspace

if TYPE_CHECKING:
    from pathlib import Path

ZONE = dt.timezone(dt.timedelta(hours=8))
COUNTER = itertools.count(1)
TODAY = dt.date(2025, 9, 1)


def context(on: str = "2025-03-01", *, by: str = "林某", why: str = "试", batch: str = "") -> Context:
    """Who does the next thing, and when; every name is a new one."""
    day = dt.date.fromisoformat(on)
    at = dt.datetime(day.year, day.month, day.day, 9, tzinfo=ZONE)
    return Context(by, day, at, batch or new_id(), new_id, Settings(), why)


def new_id() -> str:
    number = next(COUNTER)
    return ids.ulid(1_740_000_000_000 + number, number.to_bytes(10, "big"))


def open_book(root: Path, name: str = "town") -> Book:
    """A ledger with no record yet."""
    folder = root / "ledgers" / name
    (folder / "issues").mkdir(parents=True, exist_ok=True)
    (folder / "ledger.toml").write_text('title = "柳河镇"\n', encoding="utf-8")
    return Book(Workspace(root), name)


def put(book: Book, number: int, title: str = "台账不全", *texts: str, **fields) -> Draft:
    """Put an issue with measures into the folder."""
    draft = Draft(State(ISSUE), context())
    planning.add(draft, number, {"title": title, **fields}, [{"text": text} for text in texts])
    save(book, draft)
    return draft


def note(book: Book, draft: Draft, text: str, on: str = "2025-04-01") -> None:
    """Write a note on an issue's first measure, or on itself."""
    draft.context = context(on)
    measures = draft.state.measures()
    working.note(draft, measures[0]["uid"] if measures else OWN, text)
    save(book, draft)


def save(book: Book, draft: Draft) -> Path:
    """Write the record as the program does: a new file in the place of the old one."""
    path = where(book, draft)
    lines = [entry.line for entry in draft.state.entries]
    data = recordfile.checked(draft.state.document(), lines, form_of("issue"), path=path)
    files.write(path, data, expected=files.digest_at(path))
    return path


def where(book: Book, draft: Draft) -> Path:
    name = file_name(draft.number, str(draft.state.fields["uid"]))
    return book.folder / ISSUE.folder / name


def dump(connection) -> dict[str, list[tuple]]:
    """Every row of the tables that say something about the records."""
    tables = ("issue", "measure", "serve", "history", "spell", "search", "file")
    return {
        name: sorted(connection.execute(f'SELECT * FROM "{name}"').fetchall(), key=repr) for name in tables
    }


def expected(book: Book) -> dict[str, list[tuple]]:
    """The rows that the records, read one by one, would make."""
    from ledger.store import filling, tables

    found: dict[str, list[tuple]] = {name: [] for name in tables.COLUMNS}
    for record in book.records():
        for name, rows in filling.rows_of_record(record)._asdict().items():
            found[name] += rows
    return {name: sorted(rows, key=repr) for name, rows in found.items()}
