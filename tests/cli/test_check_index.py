"""`ledger check` and the index: what flips in it is named before it changes an answer."""

from __future__ import annotations

import json
import random
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from ledger.errors import DamageError
from ledger.store import index
from ledger.store.book import Book
from ledger.store.workspace import Workspace
from ledger.usecases import checking, comparing

PATH = Path("ledgers/2025/.index/index.db")
FILE = PATH.as_posix()


@pytest.fixture
def book(run) -> Book:
    """A small ledger with an index."""
    run.ok("init", "2025", "--no-input")
    run.ok(
        "add",
        "公章外借没有登记",
        "--unit",
        "党政办",
        "--due",
        "2025-06-30",
        "-m",
        "建立登记簿",
        "-m",
        "专人保管",
    )
    run.ok("add", "会议记录缺页", "-m", "补齐缺页")
    run.ok("note", "1.1", "-t", "清点公章3枚")
    run.ok("close", "2", "--all", "--result", "已补齐")
    run.ok("reindex")
    return Book(Workspace(Path.cwd()), "2025")


def change(statement: str) -> None:
    """Change the index behind the program's back."""
    with closing(sqlite3.connect(PATH)) as db:
        db.execute(statement)
        db.commit()


def found(run, *options: str) -> list[tuple[str, str, int, str, str]]:
    document = json.loads(run("check", "--json", *options).out)
    return [
        (each["severity"], each["file"], each["line"], each["message"], each["hint"])
        for each in document["faults"]
        if each["rule"] == "index"
    ]


WAY_OUT = "build it anew from the records with: ledger reindex"


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE issue SET status = 'closed' WHERE number = 1",
        "UPDATE measure SET due = '2026-06-30' WHERE issue_uid = (SELECT uid FROM issue WHERE number = 1)",
        "UPDATE search SET text = replace(text, '公章', '公草') WHERE text LIKE '%公章%'",
        "DELETE FROM measure WHERE issue_uid = (SELECT uid FROM issue WHERE number = 1) AND number = 2",
    ],
)
def test_an_index_that_says_something_else_is_named(run, book, statement):
    """A warning with the issues concerned and the way out; after it nothing is said any more."""
    with closing(sqlite3.connect(PATH)) as db:
        text = db.execute("SELECT name FROM pragma_table_info('search')").fetchall()[1][0]
    change(statement.replace("text", f'"{text}"') if "search" in statement else statement)
    assert found(run) == [("warning", FILE, 1, "the index says something else than the records: 1", WAY_OUT)]
    assert run("check", "--strict").code == 7
    run.ok("reindex")
    assert run("check", "--strict") == (0, "", "")


def test_an_issue_that_no_record_has_is_named(run, book):
    """A row too many changes totals as well."""
    change("UPDATE issue SET uid = '0' || substr(uid, 2, 24) || 'Z' WHERE number = 2")
    [(severity, file, _line, message, hint)] = found(run)
    assert (severity, file, hint) == ("warning", FILE, WAY_OUT)
    assert message.startswith("the index says something else than the records: 2 0")


def test_many_are_counted(run, book):
    """Five are named, the rest counted."""
    for number in range(5):
        run.ok("add", f"第{number}个问题")
    change("UPDATE issue SET title = title || '了'")
    assert found(run)[0][3] == "the index says something else than the records: 1 2 3 4 5 (and 2 more)"


def test_a_damaged_file_is_named(run, book, monkeypatch):
    """What SQLite itself finds is said as it says it, without what could drive a terminal."""
    monkeypatch.setattr(comparing, "_damage", lambda _opened: "row 3 missing from index issue_status")
    assert found(run) == [
        ("warning", FILE, 1, "the index is damaged: row 3 missing from index issue_status", WAY_OUT)
    ]


def test_an_index_that_blames_a_record_is_named(run, book, monkeypatch):
    """A flipped uid makes a record look as if it stood twice: where all records are sound, the index is not."""

    def refuse(_book: Book) -> None:
        raise DamageError("0002-x.toml holds the same issue or measure as 0001-x.toml", "")

    monkeypatch.setattr(index, "connect", refuse)
    assert [each[3] for each in found(run)] == [
        "the index is damaged: 0002-x.toml holds the same issue or measure as 0001-x.toml"
    ]
    [path] = Path("ledgers/2025/issues").glob("0001-*")
    path.with_name("0009-aaaaaaaa.toml").write_bytes(path.read_bytes())
    assert found(run) == []


def test_an_old_index_is_not_a_wrong_one(run, book):
    """Records that changed since are taken in first, as any question does it."""
    [path] = Path("ledgers/2025/issues").glob("0001-*")
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('unit = "党政办"', 'unit = "财政所"'), encoding="utf-8", newline="\n")
    assert found(run) == []


def test_there_is_nothing_to_compare(run, book):
    """Without an index none is made; while a record cannot be read, that is what is said."""
    PATH.unlink()
    assert (run("check", "--strict"), PATH.exists()) == ((0, "", ""), False)
    run.ok("reindex")
    [path] = Path("ledgers/2025/issues").glob("0001-*")
    path.write_bytes(path.read_bytes()[:200])
    assert (run("check").code, found(run)) == (7, [])


def test_a_large_ledger_is_compared_when_asked(run, book, monkeypatch):
    """Above some number of issues only --strict, or the rule's name, has the index compared."""
    monkeypatch.setattr(checking, "_SMALL", 1)
    change("UPDATE issue SET status = 'closed' WHERE number = 1")
    assert found(run) == []
    assert len(found(run, "--strict")) == len(found(run, "index")) == 1


def answers(book: Book) -> list[list[tuple]]:
    """Everything there is to ask of the index, read in two ways."""
    with index.connect(book) as opened:
        return [
            sorted(opened.execute(f'SELECT * FROM "{table}"'), key=repr)
            for (table,) in opened.execute(
                "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"
            )
            if table not in ("freshness", "folder", "file") and not table.startswith("sqlite_")
        ]


def test_no_flipped_bit_changes_an_answer_after_a_check(run, book):
    """Whatever bit of the index flips: the answers stay, or `check` says that they do not."""
    run.ok("check")
    whole = PATH.read_bytes()
    right = answers(book)
    chance = random.Random(11)
    silent = []
    for _round in range(150):
        at, bit = chance.randrange(len(whole)), chance.randrange(8)
        changed = bytearray(whole)
        changed[at] ^= 1 << bit
        PATH.write_bytes(changed)
        told = comparing.compare(book)
        if told.damage or told.astray or told.refused:
            continue
        if answers(book) != right:
            silent.append((at, bit))
    assert silent == []
