"""The index after a command has written, and made anew."""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing

import pytest

from ledger.errors import DamageError, LockedError
from ledger.store import filling, index, indexfile, workers
from tests.store.index.answers import said
from tests.store.shelf import dump, expected, put, where

# -- after a command has written --------------------------------------------------------


def test_after_a_refresh_nothing_is_left_to_read(book, reads):
    """The command that wrote tells the index, so that the next question reads no record."""
    said(book)
    draft = put(book, 4, "新问题", "甲")
    index.refresh(book, [where(book, draft).name])
    reads.clear()
    assert (said(book), reads) == (expected_unread(book, reads), [])


def expected_unread(book, reads) -> dict[str, list[tuple]]:
    found = expected(book)
    reads.clear()
    return found


def test_a_refresh_looks_at_the_files_named_alone(book, reads):
    """What somebody else changed meanwhile is left to the next question, which sees it."""
    said(book)
    mine = put(book, 4, "我的")
    put(book, 5, "别人的")
    reads.clear()
    index.refresh(book, [where(book, mine).name])
    mine_only = list(reads)
    assert (mine_only, said(book)) == ([where(book, mine).name], expected(book))


def test_a_refresh_does_not_wait_for_whoever_holds_the_index(book):
    """A reader that takes its time costs a writer a fraction of a second, and the next reader sees the change."""
    said(book)
    with index.connect(book):
        note_ = put(book, 4, "新问题")
        began = time.monotonic()
        index.refresh(book, [where(book, note_).name])
        took = time.monotonic() - began
    assert (took < 0.8, said(book)) == (True, expected(book))


def test_several_processes_make_the_same_index(book, monkeypatch):
    """How many read the records makes no difference to the index, nor to what is said about damaged ones."""
    damaged = put(book, 4, "坏的")
    where(book, damaged).write_bytes(b"format = 1\n")
    monkeypatch.setattr(workers, "cores", lambda: 3)
    spread, shared = workers.spread, []

    def by_several(work, things, **how):
        shared.append(len(things))
        return spread(work, things, **{**how, "least": 0, "size": 1})

    with pytest.raises(DamageError) as alone:
        index.rebuild(book)
    one = contents(book)
    monkeypatch.setattr(workers, "spread", by_several)
    with pytest.raises(DamageError) as several:
        index.rebuild(book)
    assert (one, alone.value.message) == (contents(book), several.value.message)
    assert max(shared) == 4


def contents(book) -> dict[str, list[tuple]]:
    """Every row of the index as it lies there."""
    with closing(sqlite3.connect(book.index_path)) as db:
        return dump(db)


def test_the_first_index_of_a_large_ledger_is_made_at_once(book, monkeypatch):
    """Where there are thousands of records and no index, it is made as `reindex` makes it."""
    from ledger.store import remaking

    made = []
    remake = remaking.remake
    monkeypatch.setattr(remaking, "remake", lambda given: made.append(given.name) or remake(given))
    monkeypatch.setattr(workers, "LEAST", 3)
    assert (said(book), made) == (expected(book), ["town"])


def test_a_refresh_follows_a_file_that_moved(book):
    """A renumbered record, old name gone and new name there, is one record."""
    said(book)
    old = book.folder / "issues" / next(iter(book.names()))
    new = old.with_name(old.name.replace("0001-", "0008-"))
    old.rename(new)
    index.refresh(book, [old.name, new.name])
    assert said(book) == expected(book)


def test_a_refresh_makes_no_index_and_never_fails(book):
    """Without an index none is made, over garbage nothing happens: the records are safe already."""
    index.refresh(book)
    made = book.index_path.exists()
    said(book)
    book.index_path.write_bytes(b"garbage" * 999)
    index.refresh(book, ["0001-zzzzzzzz.toml"])
    assert (made, book.index_path.read_bytes()[:7]) == (False, b"garbage")


def test_rebuilding_gives_the_same(book):
    """Made anew from nothing it says the same; leftovers of a killed attempt go, and no new ones stay."""
    before = said(book)
    (book.index_path.parent / "index.db.999999999.new").write_bytes(b"left over")
    assert (index.rebuild(book), said(book)) == (3, before)
    assert {each.name for each in book.index_path.parent.iterdir()} <= {"index.db", "index.db-journal"}


def test_rebuilding_names_damage_and_keeps_the_rest(book):
    """A record that cannot be read is named; the new index has the others."""
    path = book.folder / "issues" / next(iter(book.names()))
    whole = path.read_bytes()
    path.write_bytes(whole[:-40])
    with pytest.raises(DamageError, match=path.name):
        index.rebuild(book)
    path.write_bytes(whole)
    assert said(book) == expected(book)


def test_rebuilding_waits_for_who_fills_the_index(book, monkeypatch):
    """The index is not pulled away under a command that writes it."""
    said(book)
    monkeypatch.setattr(indexfile, "PATIENCE", 0.05)
    with closing(sqlite3.connect(book.index_path, isolation_level=None)) as holder:
        holder.execute("BEGIN IMMEDIATE")
        with pytest.raises(LockedError):
            index.rebuild(book)


def test_a_difference_to_a_record_is_found(book):
    """What `check` asks: does the index say the same as this record?"""
    records = list(book.records())
    said(book)
    with closing(sqlite3.connect(book.index_path)) as db:
        assert not any(index.differs(db, filling.rows_of_record(each)) for each in records)
        changed = 'UPDATE "history" SET "entries" = replace("entries", ?, ?) WHERE "issue_uid" = ?'
        db.execute(changed, ("林某", "沈某", records[1].issue.uid))
        found = [index.differs(db, filling.rows_of_record(each)) for each in records]
    assert found == [False, True, False]
