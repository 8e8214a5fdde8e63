"""`reindex`, `sql`: built anew, asked; and what git has of a deleted file."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.cli.books import (
    files,
    path_of,
    refused,
    rewrite,
)
from tests.cli.upkeep.byhand import write_new

# --- reindex, sql -----------------------------------------------------------------------------------------


def test_reindex_builds_the_index_anew(run, ledger):
    """The index is made from the records alone, whatever lay there before."""
    index = Path("ledgers/t/.index/index.db")
    before = files()
    assert run.ok("reindex") == "2 issues indexed\n"
    index.write_bytes(b"garbage")
    assert json.loads(run.ok("reindex", "--json")) == {
        "schema": "ledger/reindex@1",
        "ledger": "t",
        "issues": 2,
    }
    assert (
        run.ok("sql", "select number, title from issue order by number")
        == "number\ttitle\n1\t文风不实\n2\t会议过多\n"
    )
    assert files() == before


def test_sql_reads_and_never_writes(run, ledger):
    """A SELECT is answered as rows or JSON, from stdin too; anything else is refused with the way out."""
    statement = "select number, unit from issue order by number"
    assert run.ok("sql", statement) == "number\tunit\n1\t办公室\n2\t\n"
    assert run.ok("sql", "-", stdin=statement) == "number\tunit\n1\t办公室\n2\t\n"
    document = json.loads(run.ok("sql", statement, "--json"))
    assert (document["columns"], document["rows"]) == (["number", "unit"], [[1, "办公室"], [2, None]])
    what, hint = (
        "this statement would do more than read the index",
        "change the ledger with its own commands; the index is only a copy",
    )
    for line in ('sql "delete from issue"', "sql \"attach 'x.db' as x\"", 'sql "pragma user_version = 7"'):
        refused(run, line, 2, what, hint)
    assert not Path("x.db").exists()
    what, hint = "the standard input is not text at byte 0", "send the statement in UTF-8"
    refused(run, "sql -", 9, what, hint, stdin=b"\xff\xfe")


def test_sql_follows_the_records(run, ledger):
    """The index is brought up before it is asked, after a command and after a hand edit."""
    run.ok("note", "2", "-t", "x")
    assert run.ok("sql", "select status from issue where number = 2") == "status\nactive\n"
    rewrite(path_of(2), '"会议过多"', '"会议太多"')
    assert run.ok("sql", "select title from issue where number = 2") == "title\n会议太多\n"


@pytest.mark.skipif(shutil.which("git") is None, reason="without git nothing is known of deleted files")
def test_a_deleted_file_is_named_where_git_has_it(run, ledger):
    """Adopting a record whose file is gone names the way back; its number is not given to a new file."""
    git("init")
    commit()
    path_of(2).unlink()
    message = "the file of 2 is gone from its folder, but git has it"
    hint = "bring it back with: ledger restore 2; what is taken off the books is made void: ledger void"
    refused(run, "adopt 2", 3, message, hint)
    commit()
    refused(run, "adopt 2", 3, message, hint)
    write_new('title = "三"\nnumber = 2\n')
    assert run.ok("adopt").endswith(": 3\n")
    refused(run, "adopt 9", 3, "there is no issue 9 (there are 1-3)", "ledger list shows them all")


def git(*arguments: str) -> None:
    who = ["-c", "user.name=x", "-c", "user.email=x@example.org"]
    subprocess.run(["git", *who, *arguments], check=True, capture_output=True)


def commit() -> None:
    git("add", "-A")
    git("commit", "-m", "x")
