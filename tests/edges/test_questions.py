"""Questions somebody types: they read the index and nothing else, and end before memory or patience do."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from ledger.errors import UsageError
from ledger.store import sql
from tests.cli.books import book, files, ready, refused

NARROWER = "ask for less: fewer tables at once, a WHERE, a LIMIT"
NUMBERS = "with recursive c (x) as (select 1 union all select x + 1 from c limit {most})"


@pytest.fixture
def ledger(run):
    """Two issues, and the index of them."""
    ready(run, "init t\nadd 文风不实 -m 甲 --unit 办公室\nadd 会议过多")
    run.ok("list")


@pytest.mark.parametrize(
    "statement",
    [
        "insert into issue select * from issue",
        "replace into issue select * from issue",
        "delete from issue where 1 = 0",
        "update issue set title = title returning title",
        "with a as (select 1) insert into serve select 1, 1",
        "attach database 'x.db' as x",
        "attach ':memory:' as x",
        "vacuum into 'x.db'",
        "create virtual table temp.x using fts5(a)",
        "create temp trigger x after insert on issue begin select 1; end",
        "pragma journal_mode = wal",
        "pragma writable_schema = on",
        "pragma temp_store_directory = '/tmp'",
        "pragma hard_heap_limit = 0",
        "select * from pragma_table_info('issue')",
        "select readfile('/etc/passwd')",
        "select writefile('x.txt', 'x')",
        "select load_extension('x.so')",
        "select fts3_tokenizer('simple')",
        "select edit('x')",
        "select * from fsdir('.')",
        "select * from csv('/etc/passwd')",
        "select * from zipfile('x.zip')",
        "select * from dbstat",
        ".shell touch leaked",
        ".read /etc/passwd",
    ],
)
def test_nothing_is_written_and_no_other_file_reached(run, ledger, statement):
    """Whatever would write, attach, load, read a file or change how SQLite works is refused (2); no file changes."""
    index = Path("ledgers/t/.index/index.db")
    before, was = files(), index.read_bytes()
    result = run("sql", statement)
    assert (result.code, result.out, len(result.err.splitlines())) == (2, "", 2)
    assert (files(), index.read_bytes(), Path("leaked").exists()) == (before, was, False)
    assert run.ok("sql", "select count(*) from issue") == "count(*)\n2\n"


def test_an_answer_too_long(run, ledger, monkeypatch):
    """Rows and characters have a limit each; up to it all is answered."""
    monkeypatch.setattr(sql, "MOST_ROWS", 1500)
    monkeypatch.setattr(sql, "MOST_BYTES", 50_000)
    assert len(run.ok("sql", NUMBERS.format(most=1500) + "select x from c").splitlines()) == 1501
    refused(
        run,
        f'sql "{NUMBERS.format(most=1501)} select x from c"',
        2,
        "the answer has more than 1,500 rows",
        NARROWER,
    )
    assert len(run.ok("sql", "select printf('%.*c', 50000, 'x')")) > 50_000
    refused(
        run,
        "sql \"select printf('%.*c', 50001, 'x')\"",
        2,
        "the answer has more than 50,000 characters",
        NARROWER,
    )


@pytest.mark.parametrize(
    "value",
    ["zeroblob(200000000)", "replace(hex(zeroblob(40000000)), '0', 'xxxxx')", "hex(zeroblob(90000000))"],
)
def test_a_value_too_long(run, ledger, value):
    """One value beyond all measure is refused before it is made."""
    result = run("sql", f"select length({value})")
    assert (result.code, "too big" in result.err) == (2, True)


@pytest.mark.skipif(sys.platform != "linux", reason="a small limit for the test, set in a child of its own")
def test_a_question_that_eats_the_memory(run, ledger):
    """What would sort or gather more than its share of the memory ends with a refusal (2), not with the machine."""
    import subprocess

    text = (
        "from ledger.store import sql; from tests.cli.books import book; sql.MOST_MEMORY = 30_000_000\n"
        "from ledger.errors import UsageError\n"
        "try:\n"
        f"    sql.run(book().index_path, '''{NUMBERS.format(most=1_000_000)} select hex(randomblob(50)) a, x from c order by a''')\n"
        "except UsageError as error: print(error.message)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", text], capture_output=True, text=True, check=False, env=_env()
    )
    assert (done.stdout, done.stderr) == ("the question takes more memory than there is\n", "")


def _env() -> dict[str, str]:
    import os

    root = str(Path(__file__).parents[2])
    return {**os.environ, "PYTHONPATH": root}


def test_a_question_without_end(run, ledger):
    """After its time it is stopped, even while it sorts."""
    endless = "with recursive c (x) as (select 1 union all select x + 1 from c) select max(x) from c, issue, measure"
    with pytest.raises(UsageError, match="took more than 0.05 seconds"):
        sql.run(book().index_path, endless, seconds=0.05)


HOSTILE = [
    "1; drop table issue",
    "id) or (1=1",
    "id' or '1'='1",
    'id" or "1"="1',
    "title; --",
    "(select 1)",
    "uid",
    "*",
    "issue.title",
    "rowid",
]


@pytest.mark.parametrize("word", HOSTILE)
@pytest.mark.parametrize(
    "line",
    [["stats", "--per"], ["list", "--columns"], ["list", "--sort"], ["list", "--measures", "--columns"]],
)
def test_names_come_from_a_list(run, ledger, line, word):
    """Columns, orders and groups are names that are known, or refused (2) with those there are."""
    result = run(*line, word)
    if word != "uid":
        assert (result.code, result.out) == (2, "")
    assert run.ok("sql", "select count(*) from issue") == "count(*)\n2\n"


@pytest.mark.parametrize(
    "word",
    [
        "' or 1=1 --",
        '"',
        "a AND b",
        "title:x*",
        "NEAR(a b)",
        "-x",
        "%",
        "_",
        "*",
        "(",
        "\\",
        "a\"b'c",
        "x OR y",
    ],
)
def test_words_are_only_words(run, ledger, word):
    """What stands in a question is looked for as it is: no sign of SQL or of full text means anything."""
    run.ok("note", "1", "-t", f"前{word}后")
    assert json.loads(run.ok("search", "--json", "--", word))["hits"] != []
    assert json.loads(run.ok("search", "--json", "--", f"没有{word}"))["hits"] == []
    assert json.loads(run.ok("list", "--unit", word, "--json"))["rows"] == []
    assert run("list", "--", f"unit:{word}").code in (0, 2)
