"""Putting records into the tables of an index, and taking them out again."""

from __future__ import annotations

import os
import sqlite3
from gettext import gettext as _
from itertools import chain, islice
from typing import TYPE_CHECKING, Final

from ledger.domain.issue import issue_of
from ledger.domain.schema import ISSUE
from ledger.errors import DamageError
from ledger.store import freshness, indexfile, tables

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Sequence

    from ledger.store.book import Book
    from ledger.store.record import Record
    from ledger.store.tables import Rows

#: Records put in at once: enough that a statement is prepared once for many rows, few enough for memory.
_BATCH: Final = 200

#: Rows of the issues given go; the rows that name others before those they name.
_REMOVALS: Final = (
    'DELETE FROM "serve" WHERE "measure_uid" IN (SELECT "uid" FROM "measure" WHERE "issue_uid" = ?)',
    'DELETE FROM "history" WHERE "issue_uid" = ?',
    'DELETE FROM "spell" WHERE "issue_uid" = ?',
    'DELETE FROM "search" WHERE "issue_uid" = ?',
    'DELETE FROM "measure" WHERE "issue_uid" = ?',
    'DELETE FROM "issue" WHERE "uid" = ?',
)


def fill(
    db: sqlite3.Connection, book: Book, *, moment_ns: int, only: Collection[str] | None = None
) -> list[DamageError]:
    """Bring the tables up to the records, reading those alone that changed.

    Shape: gives what is wrong with records that cannot be counted, in the order of their names; they
        are in no table, and are tried again the next time. `only` looks at no other files.
    Units: `moment_ns` is a time the file system gave before this.
    """
    doubtful = indexfile.unsettled(db)
    if only is not None:
        only = doubtful.union(only) if len(doubtful) > indexfile.FEW else set(only)
    before = indexfile.seen(db, None if only is None else set(map(freshness.part_of, only)))
    folder = book.folder / ISSUE.folder
    now = freshness.look(folder) if only is None else freshness.amended(before, folder, only)
    changed, gone = freshness.difference(before, now)
    asked = changed | (doubtful if only is None else doubtful.intersection(only)) - gone
    filling = _Filling(db, book)
    filling.take_out(gone)
    filling.take(asked)
    taken = freshness.without(now, filling.left_out)
    young = freshness.unsettled(taken, moment_ns, asked)
    indexfile.note_seen(db, before, taken, young | (doubtful - asked - gone))
    return filling.damages


def rows_of_record(record: Record) -> Rows:
    """The rows of a record as its file has it."""
    shown = record.shown
    issue = issue_of(shown)
    edited = int(bool(record.edits.plain or record.edits.protected))
    file = (record.name, issue.uid, record.digest, edited)
    return tables.rows_of(issue, record.entries, file=file, shown=shown.entries)


def rows_of_file(book: Book, name: str, read: Callable[[str], Record]) -> Rows | DamageError | None:
    """The rows of the record in a file; what is wrong with it, or nothing when it is gone by now."""
    try:
        _storable(book, name)
        return rows_of_record(read(name))
    except DamageError as error:
        return error
    except FileNotFoundError:
        if os.path.lexists(book.folder / ISSUE.folder / name):
            raise  # a link that leads nowhere is no record taken away
        return None


def insert_all(db: sqlite3.Connection, given: Iterable[Rows]) -> None:
    """Put in the rows of any number of records that are known to be whole and different."""
    records = iter(given)
    while batch := list(islice(records, _BATCH)):
        insert(db, batch)


def insert(db: sqlite3.Connection, batch: Sequence[Rows]) -> None:
    """Put the rows of several records in."""
    for table in tables.COLUMNS:
        rows = chain.from_iterable(getattr(each, table) for each in batch)
        db.executemany(tables.insertion(table), rows)


class _Filling:
    """One run: what could not be taken, and why."""

    def __init__(self, db: sqlite3.Connection, book: Book) -> None:
        self.db = db
        self.book = book
        self.folder = book.folder / ISSUE.folder
        self.damages: list[DamageError] = []
        self.left_out: set[str] = set()

    def take_out(self, names: Iterable[str]) -> None:
        chosen = [(name,) for name in names]
        question = 'SELECT "uid" FROM "file" WHERE "name" = ?'
        uids = [row for each in chosen for row in self.db.execute(question, each)]
        for statement in _REMOVALS:
            self.db.executemany(statement, uids)
        self.db.executemany('DELETE FROM "file" WHERE "name" = ?', chosen)

    def take(self, names: Iterable[str]) -> None:
        """Read files whose content is not known yet, all old rows out before the first new ones go in."""
        unknown = sorted(name for name in names if not indexfile.is_as_known(self.db, self.folder, name))
        self.take_out(unknown)
        batch: list[Rows] = []
        for name in unknown:
            rows = rows_of_file(self.book, name, self.book.read)
            if isinstance(rows, tables.Rows):
                batch.append(rows)
            else:
                self.left_out.add(name)
                self.damages += [rows] if rows else []
            if len(batch) == _BATCH:
                self._insert(batch)
                batch = []
        self._insert(batch)

    def _insert(self, batch: Sequence[Rows]) -> None:
        self.db.execute("SAVEPOINT batch")
        try:
            insert(self.db, batch)
        except (sqlite3.IntegrityError, OverflowError):
            self.db.execute("ROLLBACK TO batch")
            for each in batch:
                self._insert_one(each)
        self.db.execute("RELEASE batch")

    def _insert_one(self, rows: Rows) -> None:
        self.db.execute("SAVEPOINT one")
        try:
            insert(self.db, [rows])
        except (sqlite3.IntegrityError, OverflowError) as error:
            self.db.execute("ROLLBACK TO one")
            name = str(rows.file[0][0])
            self.left_out.add(name)
            twice = isinstance(error, sqlite3.IntegrityError)
            self.damages.append(self._twice(name, rows) if twice else self._too_large(name))
        self.db.execute("RELEASE one")

    def _too_large(self, name: str) -> DamageError:
        message = _("{path} holds a number that is too large").format(path=self.book.shown(name))
        return DamageError(message, _("take the file from git, or from a copy that is whole"))

    def _twice(self, name: str, rows: Rows) -> DamageError:
        message = _("{path} holds the same issue or measure as {other}")
        hint = _("one of the two is a copy: move it out of the folder, or take both from git")
        other = self._holder(rows)
        shown = self.book.shown(other) if other else _("itself")
        return DamageError(message.format(path=self.book.shown(name), other=shown), hint)

    def _holder(self, rows: Rows) -> str | None:
        by_issue = 'SELECT "file" FROM "issue" WHERE "uid" = ?'
        by_measure = (
            'SELECT "file" FROM "issue" WHERE "uid" = (SELECT "issue_uid" FROM "measure" WHERE "uid" = ?)'
        )
        asked = [(by_issue, rows.issue[0][0]), *((by_measure, each[0]) for each in rows.measure)]
        for statement, uid in asked:
            found = self.db.execute(statement, (uid,)).fetchone()
            if found:
                return str(found[0])
        return None


def _storable(book: Book, name: str) -> None:
    try:
        name.encode()
    except UnicodeEncodeError:
        shown = book.shown(name.encode(errors="backslashreplace").decode())
        raise DamageError(
            _("the name of {path} is not valid Unicode").format(path=shown),
            _("give the file the name that git has for it"),
        ) from None
