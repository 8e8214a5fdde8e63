"""`list`: which issues and measures it shows, and how, to a person and to a program."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.usefixtures("ledger")

TSV = """\
id	title	unit	leader	due	light	status	measures
1	文风不实	Office	Lin	2025-06-30	red	active	1/2
2	Files in disorder	Archive	Shen	2025-07-04	yellow	active	0/1
3	Too many meetings	Office	Lin	2025-07-31	green	interim	0/2
"""


def ids(run, *argv, **options):
    """The ids a list has, in its order."""
    return [row["id"] for row in json.loads(run.ok("list", "--json", *argv, **options))["rows"]]


def test_a_pipe_gets_codes_in_any_language(run, chinese):
    """Tab-separated rows, one header; header and values are codes, so that a script works in both languages."""
    assert run.ok("list", lang="en") == TSV
    assert run.ok("list", lang="zh") == TSV
    assert run.ok("list", "--plain", lang="zh") == TSV


def test_a_person_gets_a_table(run, terminal):
    """Words instead of codes; below the table, how many of how many."""
    assert run.ok("list") == (
        "no.  issue              unit     leader  due         light   status       measures\n"
        "----------------------------------------------------------------------------------\n"
        "1    文风不实           Office   Lin     2025-06-30  red     in progress       1/2\n"
        "2    Files in disorder  Archive  Shen    2025-07-04  yellow  in progress       0/1\n"
        "3    Too many meetings  Office   Lin     2025-07-31  green   interim           0/2\n"
        "3 of 3\n"
    )
    assert run.ok("list", "--limit", "1").endswith("\n1 of 3 found, 3 in all\n")
    assert run.ok("list", "--overdue").endswith("\n1 of 3\n")


def test_a_person_gets_it_in_chinese(run, terminal, chinese):
    """The same table in Chinese lines up."""
    assert run.ok("list", "--measures", "--status", "closing", "--status", "interim", lang="zh") == (
        "序号  措施            责任单位  责任领导  时限        灯  状态\n"
        "------------------------------------------------------------------------------\n"
        "3.1   Merge meetings  Office    Lin       2025-07-31      销号审核中 1/3，存疑\n"
        "3.2   Halve the rest  Office    Lin       2025-07-31  绿  阶段性完成\n"
        "2 项，共 5 项\n"
    )


def test_a_row_as_json(run):
    """A row has every key of the contract, as codes; absent values are null."""
    document = json.loads(run.ok("list", "--json", "--limit", "1"))
    uid = document["rows"][0]["uid"]
    assert document == {
        "schema": "ledger/list@1",
        "ledger": "2025",
        "as_of": "2025-07-02",
        "known_at": None,
        "of": "issues",
        "rows": [
            {
                "id": "1",
                "uid": uid,
                "title": "文风不实",
                "category": "Conduct",
                "unit": "Office",
                "leader": "Lin",
                "owner": "Gu",
                "term": "phased",
                "continuing": False,
                "status": "active",
                "due": "2025-06-30",
                "due_text": "2025年6月底前",
                "overdue_days": 2,
                "light": "red",
                "measures": {
                    "total": 2, "pending": 0, "active": 1, "interim": 0, "done": 0, "closing": 0, "closed": 1,
                    "longterm": 0, "void": 0,
                },
                "rebounds": 0,
                "suspect": False,
                "signed": 0,
                "steps": 0,
                "next_step": None,
            }
        ],
        "matched": 3,
        "total": 3,
    }  # fmt: skip
    assert uid in Path("ledgers/2025/issues/0001-00000002.toml").read_text(encoding="utf-8")


def test_a_measure_as_json(run):
    """Measures have the text of their own and the title of their issue; columns asked for stand in `more`."""
    out = run.ok("list", "--measures", "--suspect", "--json", "--columns", "id,criterion,co_units")
    document = json.loads(out)
    (row,) = document["rows"]
    wanted = ("id", "text", "title", "status", "suspect", "signed", "steps", "next_step", "more")
    assert (document["of"], document["matched"], document["total"]) == ("measures", 1, 5)
    assert {name: row[name] for name in wanted} == {
        "id": "3.1",
        "text": "Merge meetings",
        "title": "Too many meetings",
        "status": "closing",
        "suspect": True,
        "signed": 1,
        "steps": 3,
        "next_step": "office",
        "more": {"criterion": "no more than one a month", "co_units": []},
    }


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("", "1 2 3"),
        ("--status active", "1 2"),
        ("--status 正在推进", "1 2"),
        ("--status active --status interim", "1 2 3"),
        ("--status void", "4"),
        ("status:void,active", "1 2 4"),
        ("--open", "1 2 3"),
        ("--unit Archive", "2"),
        ("--leader Lin", "1 3"),
        ("--owner Gu", "1"),
        ("--category conduct", "1 3"),
        ("--term phased", "1"),
        ("--term 限期整改", "1"),
        ("--light red", "1"),
        ("--light 红 --light yellow", "1 2"),
        ("--overdue", "1"),
        ("--flag rebound_prone", "1"),
        ("--due-before 2025-07-04", "1"),
        ("--due-before 7月5日", "1 2"),
        ("--due-after 2025-07-04", "3"),
        ("due<=2025-07-04 --unit Archive", "2"),
        ("单位:Office 期限>2025-07-01", "3"),
        ("责任领导:Lin 状态:阶段性完成", "3"),
        ("overdue:no", "2 3"),
        ("逾期:是", "1"),
        ("number>=2 number<3", "2"),
        ("meetings", "3"),
        ("ＭＥＥＴＩＮＧＳ", "3"),
        ("spot check", "1"),
        ("文风 rules", "1"),
        ("nowhere", ""),
        ("--sort due", "1 2 3"),
        ("--sort -due", "3 2 1"),
        ("--sort leader,-number", "3 1 2"),
        ("--sort 责任领导", "1 3 2"),
        ("--sort -status --limit 1", "3"),
        ("--limit 0", ""),
        ("--measures", "1.1 1.2 2.1 3.1 3.2"),
        ("--measures --unit Office --open", "1.2 3.1 3.2"),
        ("--measures --suspect", "3.1"),
        ("--measures next_step:office", "3.1"),
        ("--measures 下一环节:office", ""),
        ("--measures requested:extend", "1.2"),
        ("--measures --sort -overdue", "3.2 2.1 1.2 1.1 3.1"),
        ("--as-of 2025-03-20", "1 2 3 4"),
        ("--as-of 2025-02-20", ""),
        ("--as-of 2025-06-12 --status active", "1 3"),
        ("--known-at 2025-03-01T09:00:00+08:00", "1 2 3 4"),
    ],
)  # fmt: skip
def test_what_meets_the_conditions_is_listed(run, chinese, line, expected):
    """Options and words are conditions; all of them have to be met. What is void is listed when asked for."""
    assert ids(run, *line.split()) == expected.split()


def test_columns_are_those_asked_for(run):
    """Columns are named by code or label; a list is written with commas, a truth as true or false."""
    assert run.ok(
        "list", "--columns", "序号,责任单位,co_units,flags,suspect,overdue_days", "--unit", "Office"
    ) == (
        "id	unit	co_units	flags	suspect	overdue_days\n"
        "1	Office	Archive	rebound_prone	false	2\n"
        "3	Office			false	0\n"
    )


def test_columns_in_words(run, terminal):
    """On a terminal the columns asked for stand in words."""
    assert run.ok("list", "--overdue", "--columns", "id,term,flags,continuing,overdue_days") == (
        "no.  term    flags             continuing  days overdue\n"
        "-------------------------------------------------------\n"
        "1    phased  prone to rebound                         2\n"
        "1 of 3\n"
    )


def test_nothing_found_is_no_error(run, terminal):
    """A person sees that there is nothing; the exit code is 0."""
    assert run("list", "nowhere") == (0, "0 of 3\n", "")


@pytest.mark.parametrize(
    ("argv", "message"),
    [
        (("colour:red",), "there is no field colour"),
        (("--columns", "id,colour"), "there is no column colour"),
        (("--sort", "colour"), "there is no column colour"),
        (("--columns", " , "), "no field is named"),
        (("status:finished",), "there is no status finished"),
        (("due<tomorrow-ish",), None),
        (("--limit", "-1"), None),
        (("--status", "finished"), None),
    ],
)
def test_what_nobody_understands_is_named(run, argv, message):
    """A field, column or code there is not ends with 2 and names it."""
    result = run("list", *argv)
    assert (result.code, result.out) == (2, "")
    assert message is None or result.err.startswith(f"error: {message}\n")


def test_a_damaged_record_is_named_not_left_out(run):
    """A list never counts without a record it cannot read: it ends with 7 and names the file."""
    Path("ledgers/2025/issues/0002-00000005.toml").write_text("format = \n", encoding="utf-8")
    result = run("list")
    assert (result.code, result.out) == (7, "")
    assert "ledgers/2025/issues/0002-00000005.toml:1" in result.err


def test_a_list_imports_nothing_that_reads_records(run):
    """With an index in order, a list in a pipe loads neither what reads and replays records nor what writes them."""
    program = (
        "import sys; from ledger import cli; cli.main(['list']); sys.stderr.write(' '.join(sys.modules))"
    )
    for path in Path("ledgers/2025/issues").glob("*.toml"):
        os.utime(path, (1_740_790_800, 1_740_790_800))
    run.ok("list")
    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        encoding="utf-8",
        check=True,
        env=dict(os.environ),
    )
    assert done.stdout == TSV
    unwanted = (
        "ledger.domain.issue", "ledger.domain.state", "ledger.domain.entry", "ledger.store.record",
        "ledger.store.filling", "ledger.store.transaction", "ledger.store.lock", "ledger.usecases.change", "rich",
    )  # fmt: skip
    assert [name for name in unwanted if name in done.stderr.split()] == []
