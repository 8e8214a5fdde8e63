"""A new index from nothing, made beside the old one by several processes, and put in its place whole."""

from __future__ import annotations

import marshal
import sqlite3
from contextlib import closing
from functools import partial
from itertools import chain, islice
from typing import TYPE_CHECKING, NamedTuple

from ledger.domain.schema import ISSUE
from ledger.store import filling, freshness, indexfile, tables, workers

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from ledger.errors import DamageError
    from ledger.store.book import Book
    from ledger.store.freshness import Seen
    from ledger.store.record import Record


class Made(NamedTuple):
    """How many issues a new index holds, and what is wrong with records that are not in it.

    Shape: in the order of their names.
    """

    issues: int
    damages: list[DamageError]


class _Gathered(NamedTuple):
    """What some records put into the tables.

    Shape: `rows` are those of each table, packed: plain values travel fastest so. `left_out` names the files
        that gave none.
    """

    rows: bytes
    left_out: list[str]
    damages: list[DamageError]


def remake(book: Book) -> Made:
    """Make the index anew; the old one answers until the new one takes its place.

    Raises:
        LockedError: another command is filling the old one.
        StorageError: the system ended a process that was reading.
    """
    path = book.index_path
    path.parent.mkdir(exist_ok=True)
    spare = indexfile.spare(path)
    try:
        spare.touch()
        moment = indexfile.moment(spare)
        seen = freshness.look(book.folder / ISSUE.folder, together=True)
        try:
            made = _all_at_once(book, spare, seen, moment)
        except (
            sqlite3.IntegrityError,
            OverflowError,
        ):  # one stands twice, or holds what no table takes: which?
            spare.unlink()
            made = _one_by_one(book, spare, moment)
        indexfile.put_in_place(spare, path)
    finally:
        spare.unlink(missing_ok=True)
    return made


def _all_at_once(book: Book, spare: Path, seen: Seen, moment_ns: int) -> Made:
    names = freshness.names(seen)
    gathered = workers.spread(partial(_gather, book), names)
    first = list(islice(gathered, 1))  # the processes are there before the database is opened
    left_out: set[str] = set()
    damages: list[DamageError] = []
    with closing(gathered), closing(_opened(spare, "OFF")) as db:
        indexfile.shape(db, book.name)
        for each in chain(first, gathered):
            for table, rows in zip(tables.COLUMNS, marshal.loads(each.rows), strict=True):
                db.executemany(tables.insertion(table), rows)
            left_out.update(each.left_out)
            damages += each.damages
        taken = freshness.without(seen, left_out)
        indexfile.note_seen(db, {}, taken, freshness.unsettled(taken, moment_ns, names))
        return Made(_finished(db), damages)


def _gather(book: Book, names: Sequence[str]) -> _Gathered:
    """What a worker makes of some files."""
    found: list[tables.Rows] = []
    left_out, damages = [], []
    quickly = _quick(book)
    for name in names:
        rows = filling.rows_of_file(book, name, quickly)
        if isinstance(rows, tables.Rows):
            found.append(rows)
            continue
        left_out.append(name)
        damages += [rows] if rows else []
    columns = [list(chain.from_iterable(each)) for each in zip(*found, strict=True)]
    return _Gathered(marshal.dumps(columns or [[]] * len(tables.COLUMNS)), left_out, damages)


def _quick(book: Book) -> Callable[[str], Record]:
    """What reads records of one form soonest, where there are thousands; the same as `Book.read`.

    Source: DECISIONS.md D-43.
    """
    from ledger.domain.handedits import compare
    from ledger.domain.replay import replay
    from ledger.store import files, record, recordfile
    from ledger.store.entrylines import entries_of
    from ledger.store.recordreader import Reader

    bytes_of, shown = book.reader(ISSUE), book.shown("", ISSUE)
    reader = Reader(record.form_of(ISSUE.kind))

    def read(name: str) -> Record:
        data, path = bytes_of(name), shown / name
        text = recordfile.parse(data, path=path, reader=reader)
        entries = tuple(each for each in entries_of(text)[0] if each is not None)
        state = replay(ISSUE, entries)
        linked = not any(problem.rule == "history-links" for problem in state.problems)
        is_whole = linked and entries and len(entries) == len(text.lines) and len(state.tips) == 1
        if not is_whole or text.document.get("head") != "sha256:" + state.tips[0]:
            return record.read(data, path, ISSUE)  # which says what is wrong
        edits = compare(text.document, state)
        return record.Record(name, path, ISSUE, text, files.digest(data), entries, state, edits)

    return read


def _one_by_one(book: Book, spare: Path, moment_ns: int) -> Made:
    with closing(_opened(spare, "MEMORY")) as db:
        indexfile.shape(db, book.name)
        damages = filling.fill(db, book, moment_ns=moment_ns)
        return Made(_finished(db), damages)


def _opened(spare: Path, journal: str) -> sqlite3.Connection:
    db = sqlite3.connect(spare, isolation_level=None)
    # Nobody sees it before it is whole.
    for pragma in (f"page_size = {indexfile.PAGE}", f"journal_mode = {journal}", "synchronous = OFF"):
        db.execute(f"PRAGMA {pragma}")
    db.execute("BEGIN")
    return db


def _finished(db: sqlite3.Connection) -> int:
    indexfile.add_indexes(db)
    count = int(db.execute('SELECT count(*) FROM "issue"').fetchone()[0])
    db.execute("COMMIT")
    return count
