"""SQL that somebody typed reads the index and does nothing else, and every refusal says what to do."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from ledger.errors import StorageError, UsageError
from ledger.store import index, indexfile, sql
from tests.store.shelf import open_book, put


@pytest.fixture
def book(tmp_path):
    """A ledger of two issues whose index is there."""
    made = open_book(tmp_path)
    put(made, 1, "公文办理拖延", "修订办法", unit="综合股")
    put(made, 2, "账目不清", unit="财务股")
    index.connect(made).close()
    return made


@pytest.fixture(params=["connection", "path"])
def source(request, book):
    """The index both ways it can be given."""
    if request.param == "path":
        yield book.index_path
    else:
        with index.connect(book) as connection:
            yield connection


@pytest.mark.parametrize(
    ("statement", "answer"),
    [
        (
            "select number, unit from issue order by number",
            (("number", "unit"), [(1, "综合股"), (2, "财务股")]),
        ),
        ("select count(*) as n from issue ; ", (("n",), [(2,)])),
        ("with a as (select 3 as x) select x from a", (("x",), [(3,)])),
        ('select "on" from entry limit 1', (("on",), [("2025-03-01",)])),
        ("values (1, '；')", (("column1", "column2"), [(1, "；")])),
        ("select title from issue where number = 9", (("title",), [])),
    ],
)
def test_a_select_is_answered(source, statement, answer):
    """Names of columns and rows; a closing semicolon is no second statement."""
    assert sql.run(source, statement) == answer


WRITING = (
    "delete from issue", "update issue set title = ''", "insert into serve values ('a', 'b')", "drop table issue",
    "create table x (y)", "create temp table x (y)", "attach 'other.db' as other", "detach main",
    "pragma user_version = 1", "pragma query_only = off", "pragma table_info(issue)", "vacuum",
    "vacuum into 'copy.db'", "reindex", "analyze", "begin", "commit", "savepoint a", "select load_extension('x')",
    "insert into serve values ('a', 'b') returning 1", "with a as (select 1) delete from issue",
    "alter table issue add column x", "create view v as select 1", "select * from pragma_database_list",
)  # fmt: skip


@pytest.mark.parametrize("statement", WRITING)
def test_whatever_does_more_than_read_is_refused(source, statement, book, tmp_path):
    """Writing, attaching, settings, extensions: refused, and not a byte is different."""
    before = book.index_path.read_bytes()
    files = sorted(tmp_path.rglob("*"))
    with pytest.raises(UsageError) as raised:
        sql.run(source, statement)
    assert (
        raised.value.message == "this statement would do more than read the index"
        or "VACUUM" in raised.value.message
    )
    assert (book.index_path.read_bytes(), sorted(tmp_path.rglob("*"))) == (before, files)


@pytest.mark.parametrize(
    ("statement", "message", "hint"),
    [
        ("", "there is no SQL statement", "for instance: ledger sql"),
        (" ; ", "there is no SQL statement", "for instance: ledger sql"),
        ("select 1; select 2", "only one statement at a time is answered", "for instance: ledger sql"),
        ("-- only a remark", "only SELECT is answered", "for instance: ledger sql"),
        ("select", "the SQL cannot be read: incomplete input", "for instance: ledger sql"),
        ("selec 1", 'the SQL cannot be read: near "selec": syntax error', "for instance: ledger sql"),
        (
            "select * from issues",
            "the SQL cannot be read: no such table: issues",
            "there are: entry, file, issue, me",
        ),
        (
            "select due_on from measure",
            "the SQL cannot be read: no such column: due_on",
            "there are: measure: uid, is",
        ),
        ("select on from entry", 'the SQL cannot be read: near "on": syntax error', 'double quotes: "on"'),
        ("select ?", "values cannot be left open with ? or :name", "write them in quotes"),
        (
            "select zeroblob(500000000)",
            "the SQL cannot be read: string or blob too big",
            "for instance: ledger sql",
        ),
        (
            "select '\0'",
            "the SQL cannot be read: the query contains a null character",
            "for instance: ledger sql",
        ),
        ("select '\udc80'", "the SQL cannot be read: 'utf-8' codec can't encode", "for instance: ledger sql"),
    ],
)
def test_what_cannot_be_answered_is_said_in_plain_words(source, statement, message, hint):
    """Each mistake has its message and a way on."""
    with pytest.raises(UsageError) as raised:
        sql.run(source, statement)
    assert (raised.value.message[: len(message)], hint in raised.value.hint) == (message, True)


ENDLESS = "with recursive c (x) as (select 1 union all select x + 1 from c) select count(*) from c"


def test_an_endless_question_ends(source):
    """After its time a question is stopped, and the connection is good for the next."""
    with pytest.raises(UsageError, match="the question took more than 0.1 seconds"):
        sql.run(source, ENDLESS, seconds=0.1)
    assert sql.run(source, "select 1") == (("1",), [(1,)])


def test_an_endless_answer_ends(source, monkeypatch):
    """An answer of more rows than any ledger has is refused, not kept in memory."""
    monkeypatch.setattr(sql, "MOST_ROWS", 1000)
    with pytest.raises(UsageError, match="the answer has more than 1,000 rows"):
        sql.run(source, ENDLESS.replace("count(*)", "x"))


def test_a_broken_question_inside_a_loop_is_explained(source):
    """What goes wrong while rows come is said like what goes wrong before."""
    with pytest.raises(UsageError, match="malformed JSON"):
        sql.run(source, "select json_extract(unit, '$') from issue")


def test_the_connection_is_as_it_was_afterwards(book):
    """Our own questions work after somebody's SQL, and still cannot write."""
    from ledger.store import query

    with index.connect(book) as connection:
        sql.run(connection, "select 1")
        assert query.numbers(connection) == [1, 2]
        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            connection.execute("DELETE FROM issue")


@pytest.mark.parametrize("content", [None, b"", b"no database at all, but some text"])
def test_no_index_is_said(tmp_path, content):
    """Asked of a file that is none, it says how to make one."""
    path = tmp_path / "index.db"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises((StorageError, UsageError)) as raised:
        sql.run(path, "select * from issue")
    assert raised.value.hint == "make it anew with: ledger reindex"


def test_a_name_with_a_percent_sign_is_a_name(tmp_path):
    """The path of an index is not read as part of an address."""
    book = open_book(tmp_path / "50%20 ?a#b")
    put(book, 1)
    index.connect(book).close()
    assert sql.run(Path(book.index_path), "select count(*) from issue")[1] == [(1,)]
    assert indexfile.opened(book.index_path).close() is None
