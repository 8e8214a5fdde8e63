"""Whatever lies in the place of the index, and records that cannot be counted: never a wrong answer."""

from __future__ import annotations

import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from ledger.domain.acts import planning
from ledger.errors import DamageError
from ledger.store import index
from tests.store.index.answers import said
from tests.store.shelf import dump, expected, open_book, put, save

if TYPE_CHECKING:
    from pathlib import Path

# -- a file that is not what it should be -----------------------------------------------


def garbage(path: Path, book) -> None:
    path.write_bytes(os.urandom(9000))


def cut(path: Path, book) -> None:
    path.write_bytes(path.read_bytes()[:5000])


def cut_in_the_header(path: Path, book) -> None:
    path.write_bytes(path.read_bytes()[:50])


def older(path: Path, book) -> None:
    with closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA user_version = 5")


def of_another_program(path: Path, book) -> None:
    path.unlink()
    with closing(sqlite3.connect(path)) as db:
        db.execute("CREATE TABLE tasks (id)")
        db.commit()


def of_another_ledger(path: Path, book) -> None:
    other = open_book(book.workspace.root, "other")
    put(other, 1, "别处的问题")
    index.connect(other).close()
    shutil.copy(other.index_path, path)


def garbage_with_a_journal(path: Path, book) -> None:
    path.write_bytes(b"SQLite format 3\0" + os.urandom(9000))
    path.with_name(path.name + "-journal").write_bytes(os.urandom(5000))


@pytest.mark.parametrize(
    "spoil", [garbage, cut, cut_in_the_header, older, of_another_program, of_another_ledger, garbage_with_a_journal]
)  # fmt: skip
def test_a_strange_file_is_replaced_and_said_once(book, spoil):
    """Whatever lies in the place of the index: same answers, one note, and none the next time (C1-C3)."""
    before = said(book)
    spoil(book.index_path, book)
    notes = []
    for _turn in range(2):
        with index.connect(book) as connection:
            notes.append(connection.note)
            assert dump(connection) == before
    assert ([bool(note) for note in notes], index._fresh(book) is not None) == ([True, False], True)


def test_the_strange_file_is_named_for_what_it_is(book):
    """The note says whether the index was damaged, of another version or of another ledger."""
    notes = []
    for spoil in (garbage, older, of_another_ledger):
        said(book)
        spoil(book.index_path, book)
        with index.connect(book) as connection:
            notes.append(connection.note.split(";")[0])
    assert notes == [
        "the index was damaged",
        "the index was that of another version",
        "the index was that of another ledger",
    ]


@pytest.mark.parametrize("size", [0, None])
def test_no_index_is_nothing_to_speak_of(book, size):
    """A deleted or empty file is filled without a word."""
    before = said(book)
    book.index_path.unlink() if size is None else book.index_path.write_bytes(b"")
    with index.connect(book) as connection:
        assert (dump(connection), connection.note) == (before, "")


def test_damage_found_by_a_question_is_mended_and_asked_again(book):
    """A page that turns out to be broken while it is read: a new index, the same question, the right answer."""
    before = said(book)
    book.index_path.write_bytes(_with_broken_table(book.index_path, "history"))
    notes = []
    assert index.ask(book, dump, tell=notes.append) == before
    assert notes == ["the index was damaged; it was made anew from the records"]


def _with_broken_table(path: Path, table: str) -> bytes:
    with closing(sqlite3.connect(path)) as db:
        (page,) = db.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (table,)).fetchone()
        (size,) = db.execute("PRAGMA page_size").fetchone()
    data = bytearray(path.read_bytes())
    data[(page - 1) * size : (page - 1) * size + 8] = b"\xff" * 8
    return bytes(data)


def test_flipped_bits_never_stop_a_question(book):
    """Any one bit of the index turned: the question is answered, and a new index answers as before."""
    before = said(book)
    whole = book.index_path.read_bytes()
    source = random.Random(7)
    for _turn in range(60):
        data = bytearray(whole)
        data[source.randrange(len(data))] ^= 1 << source.randrange(8)
        book.index_path.write_bytes(data)
        assert set(index.ask(book, dump)) == set(before)
    index.rebuild(book)
    assert said(book) == before


def killed_while_writing(path: Path) -> None:
    """Leave the index as a process leaves it that is killed in the middle: half written, beside its journal."""
    script = (
        "import os, signal, sqlite3, sys\n"
        "db = sqlite3.connect(sys.argv[1], isolation_level=None)\n"
        "db.execute('PRAGMA journal_mode = TRUNCATE')\n"
        "db.execute('PRAGMA cache_size = 1')\n"
        "db.execute('BEGIN IMMEDIATE')\n"
        "db.execute('UPDATE issue SET title = ?', ('x' * 3000,))\n"
        "db.execute('UPDATE measure SET text = ?', ('x' * 9000,))\n"
        "db.execute('DELETE FROM history')\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    if not hasattr(signal, "SIGKILL"):
        pytest.skip("no such signal here")
    subprocess.run([sys.executable, "-c", script, path], check=False)
    assert path.with_name("index.db-journal").stat().st_size > 0


def test_a_writer_killed_half_way_leaves_no_half(book):
    """A process killed while it writes the index: the next reader rolls back what it did (hot journal)."""
    before = said(book)
    killed_while_writing(book.index_path)
    assert said(book) == before


def test_what_a_killed_writer_left_never_meets_a_new_index(book):
    """Its journal goes with the index it belonged to, and is not rolled back into the next one."""
    before = said(book)
    killed_while_writing(book.index_path)
    book.index_path.write_bytes(b"garbage" * 2000)
    assert (said(book), said(book)) == (before, before)


# -- records that cannot be counted -----------------------------------------------------


@pytest.mark.usefixtures("aged")
def test_a_damaged_record_stops_every_answer_and_is_named(book):
    """No total leaves a record out silently: its file is named until it is mended (contract §2)."""
    before = said(book)
    path = book.folder / "issues" / next(iter(book.names()))
    whole = path.read_bytes()
    path.write_bytes(b"<<<<<<< ours\n" + whole)
    for _turn in range(2):
        with pytest.raises(DamageError, match=path.name):
            index.connect(book)
    path.write_bytes(whole)
    assert said(book) == before


def test_of_several_damaged_records_the_first_is_named_and_the_others_are_read(book, reads):
    """What is whole is kept, so that the next try reads only what is not."""
    names = list(book.names())
    for name in names[:2]:
        (book.folder / "issues" / name).write_bytes(b"\xff\xfe")
    with pytest.raises(DamageError, match=names[0]):
        index.connect(book)
    reads.clear()
    with pytest.raises(DamageError, match=names[0]):
        index.connect(book)
    assert reads == names[:2]


def test_one_record_in_two_files_is_named(book):
    """A copy of a record would count twice: both files are named, and taking one away mends it."""
    before = said(book)
    name = next(iter(book.names()))
    copy = book.folder / "issues" / name.replace("0001-", "0007-")
    shutil.copy(book.folder / "issues" / name, copy)
    with pytest.raises(DamageError, match=f"{copy.name} holds the same issue or measure as .*{name}"):
        index.connect(book)
    copy.unlink()
    assert said(book) == before


def test_a_number_no_index_can_hold_is_named(book):
    """Whatever a history may hold, it ends in a message, and the other records stay."""
    draft = put(book, 4, "新问题", leader="顾某")
    planning.claim(draft, "顾某")
    planning.approve(draft, 10**30, "会")
    path = save(book, draft)
    with pytest.raises(DamageError, match=f"{path.name} holds a number that is too large"):
        index.connect(book)
    path.unlink()
    assert said(book) == expected(book)


def test_a_link_that_leads_nowhere_is_not_left_out(book):
    """A record that is only a broken link is an error, not one record less."""
    (book.folder / "issues" / "0009-aaaaaaaa.toml").symlink_to(book.folder / "gone.toml")
    with pytest.raises(OSError, match="0009-aaaaaaaa"):
        index.connect(book)
