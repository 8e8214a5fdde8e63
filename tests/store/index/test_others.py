"""Others at the same time, places that cannot be written, and changes half way through."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from ledger.errors import LockedError
from ledger.store import files, filling, index, indexfile, lock, transaction
from tests.store.index.answers import said
from tests.store.shelf import dump, expected, put, save

ROOT = Path(__file__).parents[3]


# -- others at the same time, and places that cannot be written -------------------------


def test_first_runs_in_parallel_all_succeed(book):
    """Six processes that find no index at once all get the same answer (A8)."""
    for number in range(4, 60):
        put(book, number, f"问题{number}", "甲", "乙", "丙")
    script = (
        "import sys; from pathlib import Path\n"
        "from ledger.store import index; from ledger.store.book import Book\n"
        "from ledger.store.workspace import Workspace\n"
        "book = Book(Workspace(Path(sys.argv[1])), 'town')\n"
        "with index.connect(book) as connection:\n"
        "    print(connection.execute('SELECT count(*), sum(number) FROM issue').fetchone(), connection.note)\n"
    )
    command = [sys.executable, "-c", script, str(book.workspace.root)]
    runs = [
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, cwd=ROOT)
        for _each in range(6)
    ]
    answers = [run.communicate()[0].strip() for run in runs]
    assert answers == ["(59, 1770)"] * 6
    assert said(book) == expected(book)


def test_where_nothing_can_be_written_it_is_made_in_memory(book):
    """A place that cannot be written costs time, never an answer (B5)."""
    (book.folder / ".index").write_text("in the way", encoding="utf-8")
    assert said(book) == expected(book)


def test_a_kept_index_that_cannot_be_written_is_gone_on_from_in_memory(book, reads, monkeypatch):
    """Beside an index that somebody holds on to, what changed is read into a copy."""
    said(book)
    changed = save(book, put(book, 9, "新问题"))
    monkeypatch.setattr(indexfile, "PATIENCE", 0.05)
    with closing(sqlite3.connect(book.index_path, isolation_level=None)) as holder:
        holder.execute("BEGIN IMMEDIATE")
        reads.clear()
        found = said(book)
        read = list(reads)
    assert (found, read) == (expected(book), [changed.name])


def test_the_answer_cannot_be_written_to(book):
    """A question that writes is refused by the connection itself, on the disk and in memory."""
    for connection in (index.connect(book), index.memory([])):
        with connection, pytest.raises(sqlite3.OperationalError, match="readonly|read-only"):
            connection.execute('DELETE FROM "issue"')


def test_all_answers_of_one_connection_are_of_one_moment(book, monkeypatch):
    """What is written meanwhile is not half in the answers."""
    monkeypatch.setattr(indexfile, "COURTESY", 0.05)
    with index.connect(book) as connection:
        first = dump(connection)
        put(book, 4, "新问题")
        index.refresh(book)
        assert dump(connection) == first
    assert len(said(book)["issue"]) == 4


# -- several records changed at once ----------------------------------------------------


def staged(book, number: int) -> Path:
    """A committed change of two records of which no file is in place yet."""
    texts = [path.read_bytes() for path in sorted((book.folder / "issues").iterdir())[:2]]
    paths = [f"town/issues/{path.name}" for path in sorted((book.folder / "issues").iterdir())[:2]]
    stage = book.workspace.state / transaction.FOLDER / f"{number:020d}-1"
    stage.mkdir(parents=True)
    steps = []
    for place, (path, data) in enumerate(zip(paths, texts, strict=True)):
        after = data.replace("拖延".encode(), "缓慢".encode(), 1).replace("不清".encode(), "混乱".encode(), 1)
        (stage / str(place)).write_bytes(after)
        digests = {"before": files.digest(data), "after": files.digest(after)}
        steps.append({"path": path, "staged": str(place), **digests})
    (stage / transaction.COMMITTED).write_text(json.dumps({"format": 1, "steps": steps}), encoding="utf-8")
    return stage


def titles(book) -> list[str]:
    with index.connect(book) as connection:
        return [title for (title,) in connection.execute('SELECT "title" FROM "issue" ORDER BY "number"')]


AFTER = ["公文办理缓慢", "账目混乱", "管道漏水"]


def test_a_committed_change_is_finished_first(book):
    """A reader that finds a committed change of several records finishes it (contract §2)."""
    said(book)
    stage = staged(book, 1)
    assert (titles(book), stage.exists()) == (AFTER, False)


def test_a_committed_change_that_cannot_be_finished_is_laid_over(book, monkeypatch):
    """Where nothing can be written, the answer is the same, and nothing is written."""
    said(book)
    stage = staged(book, 1)

    def refused(*_arguments, **_options):
        raise LockedError("somebody")

    monkeypatch.setattr(lock, "locked", refused)
    assert (titles(book), stage.exists()) == (AFTER, True)
    assert [record.issue.title for record in book.records()] == AFTER


def test_half_of_a_change_is_never_seen(book, monkeypatch):
    """When a change of several records goes through while they are read, they are read again."""
    said(book)
    put(book, 4, "新问题")
    fill = filling.fill
    turns = []

    def disturbed(*arguments, **options):
        turns.append(1)
        if len(turns) == 1:
            (book.workspace.state / transaction.FOLDER).mkdir(parents=True)
        return fill(*arguments, **options)

    monkeypatch.setattr(filling, "fill", disturbed)
    found = titles(book)
    assert (found[-1], len(turns)) == ("新问题", 2)
