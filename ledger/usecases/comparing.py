"""Comparing the index with the records: a bit that flipped in it must not change an answer unseen."""

from __future__ import annotations

import sqlite3
from contextlib import ExitStack
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from ledger.domain.rules import Compared
from ledger.domain.schema import ISSUE
from ledger.errors import ConflictError, DamageError
from ledger.store import filling, index, workers

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ledger.store.book import Book
    from ledger.store.indexfile import Index
    from ledger.store.tables import Rows


def compare(book: Book) -> Compared:
    """Compare every row of the index with what the records give, once it is up to them.

    Where there is no index there is nothing to compare.
    """
    if not book.index_path.exists():
        return Compared()
    file = str(PurePosixPath("ledgers", book.name, *book.index_path.parts[-2:]))
    try:
        with index.connect(book) as opened:
            damage = _damage(opened)
        return Compared(file, damage) if damage else Compared(file, astray=tuple(_astray(book)))
    except (DamageError, ConflictError) as error:
        return Compared(file, refused=error.message)
    except (sqlite3.DatabaseError, ValueError) as error:
        return Compared(file, str(error))


def _damage(opened: Index) -> str:
    """What SQLite itself finds: a table and its indexes that do not agree, pages that are none."""
    found = [str(row[0]) for row in opened.execute("PRAGMA integrity_check(1)")]
    return "" if found == ["ok"] else " ".join(" ".join(found).split())


def _astray(book: Book) -> Iterator[str]:
    seen = set()
    with ExitStack() as stack:
        opened: Index | None = None
        for part in workers.spread(lambda names: _rows(book, names), book.names(ISSUE)):
            if opened is None:  # only now: processes are not made while SQLite has a file open
                opened = stack.enter_context(index.connect(book))
            for rows in part:
                uid = str(rows.issue[0][0])
                seen.add(uid)
                if index.differs(opened, rows):
                    yield uid
        if opened is not None:
            there = {str(row[0]) for row in opened.execute('SELECT "uid" FROM "issue"')}
            yield from sorted(there - seen)


def _rows(book: Book, names: Sequence[str]) -> list[Rows]:
    return [filling.rows_of_record(book.read(name)) for name in names]
