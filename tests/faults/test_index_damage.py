"""Whatever happens to the index, every answer is that of the text after `check` or `reindex`."""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
from contextlib import closing

import pytest

from tests.faults import oracle
from tests.faults.conftest import SOAK

FLIPS = 1504 if SOAK else 48
PARTS = 8
#: SQLite's own choice for a new file.
PAGE = 4096
#: Questions that between them read every table.
QUESTIONS = (
    ("list", "--measures", "--json"),
    ("stats", "--json"),
    ("search", "e", "--json"),
    ("history", "--json"),
    ("due", "--json"),
    *(("sql", f"select * from {table} order by 1, 2", "--json") for table in ("issue", "measure", "history")),
)


@pytest.fixture
def folder(shelf, run, tmp_path):
    """The ledger all deeds are done in, with a fresh index."""
    home = shutil.copytree(shelf.ledger(run), tmp_path / "w")
    run.ok("-L", "t", "reindex", cwd=home)
    return home


def answers(folder, run):
    return [run.ok(*question, cwd=folder) for question in QUESTIONS]


def index_of(folder):
    return folder / "ledgers/t/.index/index.db"


def spoil_delete(path, _other):
    path.unlink()


def spoil_empty(path, _other):
    path.write_bytes(b"")


def spoil_garbage(path, _other):
    path.write_bytes(random.Random(1).randbytes(path.stat().st_size))


def spoil_other_ledger(path, other):
    shutil.copyfile(other, path)


def spoil_folder_gone(path, _other):
    shutil.rmtree(path.parent)


def spoil_hot_journal(path, _other):
    """What a process leaves that is killed while it writes pages: some of them, and the journal that takes them back."""
    copy = path.with_name("copy.db")
    shutil.copyfile(path, copy)
    with closing(sqlite3.connect(copy, isolation_level=None)) as db:
        db.execute("PRAGMA cache_size = 1")
        db.execute("BEGIN IMMEDIATE")
        db.execute("UPDATE issue SET title = 'half'")
        db.execute("UPDATE history SET entries = 'half'")
        db.execute("PRAGMA cache_spill = 1")
        journal = copy.with_name("copy.db-journal").read_bytes()
        shutil.copyfile(copy, path)
        path.with_name("index.db-journal").write_bytes(journal)
    for each in path.parent.glob("copy.db*"):
        each.unlink()


@pytest.mark.parametrize(
    "spoil",
    [spoil_delete, spoil_empty, spoil_garbage, spoil_other_ledger, spoil_folder_gone, spoil_hot_journal],
    ids=lambda spoil: spoil.__name__.removeprefix("spoil_"),
)
def test_a_strange_index_never_answers(folder, run, spoil):
    """Deleted, empty, garbage, of another ledger, killed half-way: the first answer is right (RELIABILITY C1-C3)."""
    before = oracle.texts(folder)
    right = answers(folder, run)
    run.ok("init", "other", cwd=folder)
    run.ok("-L", "other", "add", "Elsewhere", cwd=folder)
    run.ok("-L", "other", "list", cwd=folder)
    spoil(index_of(folder), folder / "ledgers/other/.index/index.db")
    shutil.rmtree(folder / "ledgers/other")
    assert answers(folder, run) == right
    assert {name: text for name, text in oracle.texts(folder).items() if name in before} == before


@pytest.mark.parametrize("word", [b"CREATE TABLE", b"issue_status", b"UNIQUE", b"measure_uid", b"PRIMARY"])
@pytest.mark.parametrize("place", [0, 3])
def test_a_bit_turned_in_the_names_of_tables(folder, run, word, place):
    """What SQLite then says is no UTF-8; every command makes the index anew (RELIABILITY C2)."""
    right = answers(folder, run)
    path = index_of(folder)
    spoilt = path.read_bytes().replace(word, word[:place] + bytes([word[place] | 0x80]) + word[place + 1 :])
    for again in (("reindex",), ("list",), ("add", "Lights"), ("undo", "--yes")):
        path.write_bytes(spoilt)
        assert run(*again, cwd=folder).code == 0, again
    run.ok("check", "index", cwd=folder)
    path.write_bytes(spoilt)
    run.ok("reindex", cwd=folder)
    assert len(answers(folder, run)) == len(right)


def test_an_index_cut_at_any_page_never_answers(folder, run, figures):
    """Cut at each page, or in the middle of one: the first answer is right (RELIABILITY C2)."""
    right = answers(folder, run)
    whole = index_of(folder).read_bytes()
    for length in range(PAGE // 2, len(whole), PAGE // 2):
        index_of(folder).write_bytes(whole[:length])
        assert answers(folder, run) == right
        figures["indexes cut"] += 1


@pytest.mark.parametrize("part", range(PARTS))
def test_a_turned_bit_in_the_index(folder, run, figures, part):
    """After `check`, which says so, or `reindex` no answer differs from the text's (RELIABILITY C2)."""
    chance = random.Random(part)
    right = told(folder, run)
    whole, path = index_of(folder).read_bytes(), index_of(folder)
    for _turn in range(FLIPS // PARTS):
        spoilt = bytearray(whole)
        spoilt[chance.randrange(len(whole))] ^= 1 << chance.randrange(8)
        path.write_bytes(spoilt)
        said = run("check", "--json", cwd=folder)
        figures["bits of the index turned"] += 1
        if told(folder, run) != right:
            figures["bits of the index turned: another answer after check had said so"] += 1
            assert "index" in said.out + said.err, "another answer, and check silent"
        run.ok("reindex", cwd=folder)
        assert told(folder, run) == right
        path.write_bytes(whole)
        run.ok("list", cwd=folder)


def told(folder, run):
    """Two answers as they are printed, and all that stands in the tables; nothing where it cannot be read."""
    try:
        tables = oracle.listed(folder)
    except (sqlite3.Error, ValueError):
        tables = None
    return [tables, *(run(*question, cwd=folder).out for question in QUESTIONS[:2])]


def test_the_clock_set_back(folder, run):
    """A clock an hour or a year back loses nothing: order is that of the history, and it is not silent (RELIABILITY B9)."""
    for now in ("2025-02-28T08:00:00+08:00", "2024-03-01T09:00:00+08:00"):
        run.ok("note", "4.1", "-t", f"written at {now}", now=now, cwd=folder)
        assert f"written at {now}" in run.ok("history", "4", "--json", cwd=folder)
    result = run("check", "--strict", cwd=folder)
    assert (result.code, "clock" in result.out or "earlier" in result.out) == (7, True), result
    assert oracle.faults(folder) == []


def test_a_second_edit_that_looks_like_the_first_is_seen(folder, run):
    """Same size, same second, the time of the file set back: the answer is that of the last edit (RELIABILITY B10)."""
    (path,) = (folder / "ledgers/t/issues").glob("0004-*.toml")
    text = path.read_text(encoding="utf-8")
    stamp = path.stat()
    for title in ("Odd debts", "New debts", "Far debts"):
        path.write_text(
            text.replace('title = "Old debts"', f'title = "{title}"', 1), encoding="utf-8", newline="\n"
        )
        os.utime(path, ns=(stamp.st_atime_ns, stamp.st_mtime_ns))
        assert title in run.ok("list", cwd=folder)
