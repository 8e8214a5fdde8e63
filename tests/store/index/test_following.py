"""The index follows the records."""

from __future__ import annotations

import json
import os
import random
import time

import pytest

from ledger.store import freshness, index, indexfile, tables
from tests.store.index.answers import said
from tests.store.shelf import expected, note, open_book, put, save, where


def test_holds_what_the_records_hold(book):
    """The first question fills the index from the records."""
    assert said(book) == expected(book)


def test_an_empty_ledger_has_an_empty_index(tmp_path):
    """No record, no folder of records even: every table is there and empty."""
    book = open_book(tmp_path)
    (book.folder / "issues").rmdir()
    assert said(book) == {name: [] for name in tables.COLUMNS}


def test_reads_each_record_once(book, reads):
    """What has not changed is not read again."""
    said(book)
    first = list(reads)
    said(book)
    assert (sorted(first), reads) == (sorted(book.names()), first)


def test_reads_what_changed_and_nothing_else(book, reads):
    """After a change to one record that one is read."""
    said(book)
    changed = save(book, put(book, 2, "又一个问题"))
    reads.clear()
    said(book)
    assert reads == [changed.name]


@pytest.mark.parametrize("age", ["young", "aged"])
@pytest.mark.parametrize("seed", range(2))
def test_follows_any_changes(tmp_path, seed, age, request):
    """After any 60 writes, hand edits, touches, renamings and removals the index says what the records say."""
    if age == "aged":
        request.getfixturevalue("aged")
    source = random.Random(seed)
    book = open_book(tmp_path)
    drafts = [put(book, number, f"问题{number}", "甲", "乙") for number in range(1, 6)]
    for step in range(60):
        draft = source.choice(drafts) if drafts else None
        match source.choice(["put", "note", "edit", "touch", "remove", "look", "rename"]):
            case "put":
                drafts.append(put(book, 10 + step, f"问题{step}", "丙"))
            case "note" if draft:
                note(book, draft, f"记事{step}")
            case "edit" if draft:
                path = where(book, draft)
                path.write_text(
                    path.read_text(encoding="utf-8").replace("问题", "很难的题", 1), encoding="utf-8"
                )
                drafts.remove(draft)
            case "touch" if draft:
                os.utime(where(book, draft))
            case "remove" if draft:
                where(book, draft).unlink()
                drafts.remove(draft)
            case "rename" if draft:
                path = where(book, draft)
                path.rename(path.with_name(f"renamed-{path.name}"))
                drafts.remove(draft)
            case "look":
                said(book)
    assert said(book) == expected(book)


def test_a_plain_hand_edit_is_shown_and_marked(book):
    """What somebody changed in the file is what the index says, marked as edited."""
    path = book.folder / "issues" / next(iter(book.names()))
    path.write_text(
        path.read_text(encoding="utf-8").replace("公文办理拖延", "公文办理缓慢", 1), encoding="utf-8"
    )
    with index.connect(book) as connection:
        found = connection.execute('SELECT "title", "edited" FROM "issue" WHERE "number" = 1').fetchone()
    assert found == ("公文办理缓慢", 1)


def test_a_second_edit_of_the_same_size_in_the_same_tick_is_seen(book, monkeypatch):
    """A file younger than two seconds is read again, however unchanged it looks (RELIABILITY B10)."""
    path = book.folder / "issues" / next(iter(book.names()))
    said(book)
    look = freshness.look(path.parent)
    monkeypatch.setattr(freshness, "look", lambda _folder, **_how: look)
    path.write_text(
        path.read_text(encoding="utf-8").replace("公文办理拖延", "公文办理缓慢", 1), encoding="utf-8"
    )
    with index.connect(book) as connection:
        stale = connection.execute('SELECT "title" FROM "issue" WHERE "number" = 1').fetchone()
    monkeypatch.undo()
    assert stale == ("公文办理缓慢",)


def test_what_has_settled_is_not_read_again(book, monkeypatch):
    """Once the file system's own clock is two seconds on, looking at the folder is enough."""
    said(book)
    old = book.folder / "issues" / next(iter(book.names()))
    about = old.stat()
    os.utime(old, ns=(about.st_atime_ns, about.st_mtime_ns - freshness.UNSETTLED_NS - 10**9))
    said(book)
    with index.connect(book) as connection:
        young = json.loads(connection.execute('SELECT "unsettled" FROM "freshness"').fetchone()[0])
    assert young == sorted(set(book.names()) - {old.name})


def test_many_young_files_are_settled_by_a_reader(tmp_path, request):
    """A bulk of files written at once does not have to be read at every question from then on."""
    book = open_book(tmp_path)
    for number in range(1, 13):
        put(book, number)
    said(book)
    request.getfixturevalue("aged")
    said(book)
    with index.connect(book) as connection:
        assert connection.execute('SELECT "unsettled" FROM "freshness"').fetchone() == ("[]",)


def test_a_few_young_files_are_settled_by_a_later_reader(book, monkeypatch):
    """What was written a while ago is not read again by every list from then on."""
    said(book)
    moment, now = indexfile.moment, time.time_ns
    monkeypatch.setattr(indexfile, "moment", lambda path: moment(path) + 20 * 10**9)
    with index.connect(book) as connection:
        assert indexfile.unsettled(connection) == set(book.names())
    monkeypatch.setattr(index.time, "time_ns", lambda: now() + 20 * 10**9)
    with index.connect(book) as connection:
        assert indexfile.unsettled(connection) == set()


def test_another_order_of_the_folder_is_no_change(book, reads, monkeypatch):
    """A folder that lists its files in another order costs no reading, and is remembered."""
    said(book)
    look = freshness.look(book.folder / "issues")
    other = {key: turned(part) for key, part in reversed(look.items())}
    monkeypatch.setattr(freshness, "look", lambda _folder, **_how: other)
    reads.clear()
    said(book)
    with index.connect(book) as connection:
        assert (indexfile.seen(connection), reads) == (other, [])


def turned(part: freshness.Part) -> freshness.Part:
    """A part of a folder with its files the other way round."""
    size = freshness.LOOK_BYTES
    looks = [part.looks[place : place + size] for place in range(0, len(part.looks), size)]
    return freshness.Part("/".join(reversed(part.names.split("/"))), b"".join(reversed(looks)))
