"""The index of a ledger: brought up to the records, then only asked; deleting it loses nothing."""

from __future__ import annotations

import contextlib
import sqlite3
import time
from gettext import gettext as _
from typing import TYPE_CHECKING, Final, TypeVar

from ledger.domain.schema import ISSUE
from ledger.errors import LedgerError, LockedError, StorageError
from ledger.store import freshness, indexfile, staging
from ledger.store.indexfile import Index, StrangeError, UnwritableError

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Sequence
    from pathlib import Path

    from ledger.domain.entry import Entry
    from ledger.domain.issue import Issue
    from ledger.store import tables
    from ledger.store.book import Book
    from ledger.store.freshness import Seen

T = TypeVar("T")

#: How often a reader starts again when records change under its eyes.
_ROUNDS: Final = 5

_ALL_ROWS: Final = {
    "file": 'SELECT * FROM "file" WHERE "name" = (SELECT "file" FROM "issue" WHERE "uid" = ?)',
    "issue": 'SELECT * FROM "issue" WHERE "uid" = ?',
    "measure": 'SELECT * FROM "measure" WHERE "issue_uid" = ?',
    "serve": 'SELECT * FROM "serve" WHERE "measure_uid" IN '
    '(SELECT "uid" FROM "measure" WHERE "issue_uid" = ?)',
    "history": 'SELECT * FROM "history" WHERE "issue_uid" = ?',
    "spell": 'SELECT * FROM "spell" WHERE "issue_uid" = ?',
    "search": 'SELECT * FROM "search" WHERE "issue_uid" = ?',
}


#: How long after a change a reader tries to settle it, in nanoseconds, so that it is not read each time.
_RIPE_NS: Final = 10_000_000_000


class _DisturbedError(Exception):
    """A change of several records went through while they were read."""


def connect(book: Book) -> Index:
    """The index of a ledger, brought up to its records.

    Where nothing can be written, or somebody holds on to the index, it is made in memory.

    Raises:
        DamageError: a record cannot be read or stands twice: no answer would count it.
        ConflictError: a stopped command left a change that somebody has overwritten since.

    Source: docs/contract.md §2; RELIABILITY §4, C1-C3.
    """
    note = ""
    for _turn in range(_ROUNDS):
        if not _finished(book):
            return _overlaid(book)
        try:
            index = _fresh(book)
            if index is None:
                _bring_up(book)
                index = _fresh(book)
            if index is not None:
                index.note = note
                return index
        except _DisturbedError:
            continue
        except StrangeError as error:
            note = str(error)
            if not indexfile.discarded(book.index_path):
                break
        except UnwritableError:
            break
    return _in_memory(book, note)


def ask(book: Book, question: Callable[[Index], T], *, tell: Callable[[str], object] | None = None) -> T:
    """The answer to a question; asked again of a new index when this one turns out to be damaged.

    Shape: `tell` is given the note, if there is one.

    Raises:
        DamageError: as `connect`.
        ConflictError: as `connect`.
    """
    try:
        with connect(book) as index:
            answer, note = question(index), index.note
    except (sqlite3.DatabaseError, ValueError) as error:
        if not indexfile.is_damage(error) or not indexfile.discarded(book.index_path):
            raise
        with connect(book) as index:
            answer, note = question(index), indexfile.damaged()
    if note and tell is not None:
        tell(note)
    return answer


def refresh(book: Book, names: Collection[str] | None = None) -> None:
    """Tell the index what a command has just written; left to the next reader where that is not easy.

    Shape: `names` are the record files written or taken away; None looks at all of them. Never fails,
        and makes no index where there is none: the records are on the disk already.
    """
    trouble = (
        LedgerError,
        OSError,
        ValueError,
        sqlite3.Error,
        UnwritableError,
        StrangeError,
        _DisturbedError,
    )
    with contextlib.suppress(*trouble):
        if book.index_path.exists():
            _bring_up(book, seconds=indexfile.HASTE, only=names)


def rebuild(book: Book) -> int:
    """Make the index anew from nothing; gives how many issues it holds.

    The old one answers until the new one takes its place.

    Raises:
        DamageError: a record cannot be read or stands twice; the new index is without it.
        LockedError: another command is filling the index.
        StorageError: the index cannot be written, or the system ended a process that was reading.
    """
    from ledger.store import remaking

    _finished(book)
    try:
        made = remaking.remake(book)
    except (sqlite3.Error, UnwritableError) as error:
        raise StorageError(
            _("the index cannot be written: {reason}").format(reason=error.__cause__ or error),
            _("make room on the disk; the records were not touched"),
        ) from error
    if made.damages:
        raise made.damages[0]
    return made.issues


def memory(issues: Iterable[tuple[Issue, Sequence[Entry]]]) -> Index:
    """An index of issues as they were on some day, each with its history up to then."""
    from ledger.store import filling, tables

    index = indexfile.in_memory()
    indexfile.shape(index)
    filling.insert_all(index, (tables.rows_of(issue, entries) for issue, entries in issues))
    indexfile.add_indexes(index)
    return indexfile.sealed(index)


def differs(index: sqlite3.Connection, rows: tables.Rows) -> bool:
    """Whether the index says something else about a record than `filling.rows_of_record` of it."""
    uid = rows.issue[0][0]
    return any(
        sorted(index.execute(question, (uid,)), key=repr) != sorted(getattr(rows, table), key=repr)
        for table, question in _ALL_ROWS.items()
    )


def _fresh(book: Book) -> Index | None:
    """The index that is there, if it says what the records say."""
    if not book.index_path.exists():
        return None
    now = freshness.look(book.folder / ISSUE.folder, together=True)
    try:
        index = indexfile.opened(book.index_path)
    except sqlite3.OperationalError:  # there is none, or one that only a writer can put in order
        return None
    kept = False
    try:
        kept = _is_fresh(index, book, now)
    except sqlite3.Error as error:
        indexfile.refuse_damage(error)
    finally:
        if not kept:
            index.close()
    return index if kept else None


def _is_fresh(index: Index, book: Book, now: Seen) -> bool:
    index.execute("BEGIN")
    if indexfile.is_empty(index):
        return False
    indexfile.refuse_stranger(index, book.name)
    folder = book.folder / ISSUE.folder
    before, doubtful = indexfile.seen(index), indexfile.unsettled(index)
    if now != before and any(freshness.difference(before, now)):
        return False
    if not _as_known(index, folder, doubtful):
        return False
    if now == before and not _ripe(now, doubtful):
        return True
    index.execute("ROLLBACK")
    _tidy(book, before, now)
    index.execute("BEGIN")
    return indexfile.seen(index) in (before, now)


def _ripe(now: Seen, doubtful: set[str]) -> bool:
    """Whether it is worth writing down that files have settled: there are many, or our clock says so.

    Our clock only says when to try; what has settled is found out by that of the file system.
    """
    if len(doubtful) > indexfile.FEW:
        return True
    return freshness.unsettled(now, time.time_ns() - _RIPE_NS, doubtful) != doubtful


def _as_known(index: sqlite3.Connection, folder: Path, names: Collection[str]) -> bool:
    """Whether files that may have changed unseen hold what they held."""
    return all(indexfile.is_as_known(index, folder, name) for name in names)


def _tidy(book: Book, before: Seen, now: Seen) -> None:
    """Write down that nothing has changed: the order of the folder, and which files have settled."""
    folder, path = book.folder / ISSUE.folder, book.index_path
    trouble = (OSError, sqlite3.Error, UnwritableError, StrangeError)
    with contextlib.suppress(*trouble), indexfile.writing(path, 0) as db:
        known, doubtful = indexfile.seen(db), indexfile.unsettled(db)
        moment = indexfile.moment(path)
        if known == before and _as_known(db, folder, doubtful):
            indexfile.note_seen(db, known, now, freshness.unsettled(now, moment, doubtful))


def _bring_up(book: Book, *, seconds: float | None = None, only: Collection[str] | None = None) -> None:
    from ledger.store import filling

    path = book.index_path
    if only is None and not path.exists() and _remade(book):
        return
    with indexfile.writing(path, indexfile.PATIENCE if seconds is None else seconds) as db:
        is_new = indexfile.is_empty(db)
        if is_new:
            only = None
            indexfile.shape(db, book.name)
        else:
            indexfile.refuse_stranger(db, book.name)
        quiet = _quiet(book)
        damages = filling.fill(db, book, moment_ns=indexfile.moment(path), only=only)
        if quiet is None or quiet != _quiet(book):
            raise _DisturbedError
        if is_new:
            indexfile.add_indexes(db)
    if damages:
        raise damages[0]


def _remade(book: Book) -> bool:
    """Make the first index of a large ledger, and the whole of it at once; False leaves it to `filling`."""
    from ledger.store import remaking, workers

    if len(book.names()) < workers.LEAST:
        return False
    quiet = _quiet(book)
    try:
        made = remaking.remake(book)
    except (sqlite3.Error, OSError, LockedError) as error:
        raise UnwritableError from error
    if quiet is None or quiet != _quiet(book):
        raise _DisturbedError
    if made.damages:
        raise made.damages[0]
    return True


def _quiet(book: Book) -> int | None:
    """What changes when a change of several records goes through; None while one does."""
    if staging.pending(book.workspace.state):
        return None
    try:
        return (book.workspace.state / staging.FOLDER).stat().st_mtime_ns
    except FileNotFoundError:
        return 0


def _finished(book: Book) -> bool:
    """Whether no committed change waits to be finished; finishes it where that can be done."""
    state = book.workspace.state
    if not staging.pending(state):
        return True
    from ledger.store import transaction
    from ledger.store.lock import locked

    trouble = (LockedError, StorageError, OSError)
    with (
        contextlib.suppress(*trouble),
        locked(state, by="ledger", command="recover", timeout=indexfile.COURTESY) as held,
    ):
        transaction.recover(state, book.workspace.ledgers, interrupted=held.interrupted)
    return not staging.pending(state)


def _in_memory(book: Book, note: str) -> Index:
    from ledger.store import filling

    index = _copied(book) or _shaped(book)
    damages = filling.fill(index, book, moment_ns=0)
    if damages:
        index.close()
        raise damages[0]
    index.note = note
    return indexfile.sealed(index)


def _copied(book: Book) -> Index | None:
    """What there is on the disk, to go on from."""
    index = indexfile.in_memory()
    try:
        with indexfile.opened(book.index_path) as source:
            if indexfile.is_empty(source):
                return None
            indexfile.refuse_stranger(source, book.name)
            source.backup(index)
    except (sqlite3.Error, StrangeError):
        return None
    return index


def _overlaid(book: Book) -> Index:
    """The records with a committed change laid over them that cannot be finished here."""
    from ledger.store import filling

    index = _shaped(book)
    filling.insert_all(index, map(filling.rows_of_record, book.records()))
    return indexfile.sealed(index)


def _shaped(book: Book) -> Index:
    index = indexfile.in_memory()
    indexfile.shape(index, book.name)
    indexfile.add_indexes(index)
    return index
