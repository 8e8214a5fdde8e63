"""`add` and `measure`: what goes on the books."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ledger.ui import ask
from tests.cli.books import (
    book,
    day,
    field,
    last,
    record,
    refused,
    statuses,
    typed,
    unchanged,
)
from tests.cli.planning.office import PEOPLE

# --- add ----------------------------------------------------------------------------------------------


def test_add_gives_the_next_number(run, simple):
    """An issue gets the next number; its id and title are the answer, what could follow is said beside it."""
    assert run("add", "文风不实") == (
        0,
        "1  文风不实\n",
        "next: ledger measure 1 -t ...    ledger assign 1 --unit ...\n",
    )
    assert run.ok("add", "会议过多", "-m", "合并例会", "-m", "压缩会期").startswith("2  ")
    found = record(2).issue
    assert (found.title, [(m.id, m.text) for m in found.measures]) == (
        "会议过多",
        [("2.1", "合并例会"), ("2.2", "压缩会期")],
    )
    assert statuses("1", "2", "2.1") == ["pending"] * 3


def test_add_keeps_every_field(run, simple):
    """Every field that was given stands in the record; the first deadline is the original one without a plan."""
    run.ok("add", " 文风 不实 ", "--category", "作风", "--unit", "办公室", "--co-unit", "甲科", "--co-unit", "乙科", "--leader", "张某",
           "--owner", "王某", "--criterion", "一。\n二。", "--deliverable", "办法", "--term", "限期整改", "--continuing",
           "--due", "2025年6月底前", "--flag", "rebound_prone", "--remark", "注", "--on", "2025-02-27")  # fmt: skip
    fields = record(1).state.fields
    assert {name: value for name, value in fields.items() if name not in ("uid", "number")} == {
        "title": "文风 不实",
        "category": "作风",
        "unit": "办公室",
        "co_units": ["甲科", "乙科"],
        "leader": "张某",
        "owner": "王某",
        "criterion": "一。\n二。",
        "deliverable": "办法",
        "term": "phased",
        "continuing": True,
        "due": day("2025-06-30"),
        "due_original": day("2025-06-30"),
        "due_text": "2025年6月底前",
        "flags": ["rebound_prone"],
        "remark": "注",
    }
    entry = last(1)
    assert (entry.do, entry.by, str(entry.on), entry.at) == (
        "add",
        "林某",
        "2025-02-27",
        "2025-03-01T09:00:00+08:00",
    )


def test_add_in_a_draft_has_no_original_deadline_yet(run):
    """Under a plan the original deadline is written by the approval, not before."""
    run.ok("init", "t", "--preset", "single-level")
    run.ok("add", "x", "--due", "+15wd")
    assert (field("1", "due"), field("1", "due_original")) == (day("2025-03-21"), None)


def test_add_as_json_and_in_chinese(run, simple, chinese):
    """--json gives the id, the file and the entries; the Chinese name does the same."""
    document = json.loads(run.ok("立账", "文风不实", "--json", lang="zh"))
    assert (document["schema"], document["id"], document["dry_run"]) == ("ledger/add@1", "1", False)
    (changed,) = document["changed"]
    assert (changed["id"], changed["file"]) == ("1", str(record(1).path))
    assert [entry["do"] for entry in changed["entries"]] == ["add"]
    assert document["batch"] == changed["entries"][0]["batch"]


def test_add_shows_what_it_would_write(run, simple):
    """--dry-run prints the entry and the diff, says so, and writes nothing; the number stays free."""
    result = unchanged(run, "add 文风不实 -m 甲")
    first, *diff = result.out.splitlines()
    assert json.loads(first)["set"]["title"] == "文风不实"
    assert (diff[0], diff[2]) == ("--- /dev/null", "@@ -0,0 +1,17 @@")
    assert diff[1].startswith("+++ ledgers/t/issues/0001-")
    assert '+title = "文风不实"' in diff
    assert result.err == "nothing was written (--dry-run)\n"
    document = json.loads(unchanged(run, "add 文风不实 --json").out)
    assert (document["dry_run"], document["changed"][0]["diff"][0]) == (True, "--- /dev/null")
    assert run.ok("add", "x").startswith("1  ")


def test_a_person_is_asked_what_was_found(run, simple, monkeypatch):
    """`add` alone asks a person for title, unit and deadline; an empty answer leaves a field out."""
    answers = {"TITLE": "文风不实", "--unit": "", "--due": "6月30日"}
    monkeypatch.setattr(ask, "possible", lambda: True)
    monkeypatch.setattr(ask, "text", lambda _message, *, flag, **_rest: answers.pop(flag))
    run.ok("add")
    assert (answers, field("1", "title"), field("1", "unit"), field("1", "due")) == (
        {},
        "文风不实",
        None,
        day("2025-06-30"),
    )


def test_add_is_told_what_is_missing(run, simple):
    """Where nobody can be asked, the title is named."""
    hint = "give TITLE; questions are asked only on a terminal and without --no-input"
    refused(run, "add", 2, "TITLE is missing", hint)
    refused(run, "add '  '", 2, "an issue needs a title", "say what was found: ledger add TITLE")
    refused(run, "add x -m ''", 2, "a measure needs a text", "give it with --text")


@pytest.mark.parametrize(
    ("flags", "code", "message", "hint"),
    [
        ("--due 2025-02-30", 2, "the date 2025-02-30 does not exist", "2025-02 has the days 1-28"),
        ("--due someday", 2, 'no deadline can be read from "someday"',
         "write 2025-06-30, 2025年6月底前, 第二季度, 长期坚持 or +15wd"),
        ("--on 2025-03-02", 2, "2025-03-02 has not come yet; today is 2025-03-01", "a business date is today or earlier"),
    ],
)  # fmt: skip
def test_dates_that_cannot_be(run, simple, flags, code, message, hint):
    """A deadline nobody understands, a date that does not exist or has not come: refused, nothing written."""
    refused(run, f"add x {flags}", code, message, hint)


def test_names_nobody_knows_are_remarked_on(run, simple):
    """A name that is not in people.toml is kept and remarked on, with near ones; an alias becomes the full name."""
    Path("ledgers/t/people.toml").write_text(PEOPLE, encoding="utf-8")
    result = run("add", "x", "--unit", "局办公室", "--leader", "张　某", "--owner", "李小某")
    assert (result.code, result.err.splitlines()[0]) == (
        0,
        "warning: 李小某 is not in people.toml; near: 李某",
    )
    assert [field("1", name) for name in ("unit", "leader", "owner")] == ["办公室", "张某", "李小某"]
    assert run("assign", "1", "--leader", "王二").err == "warning: 王二 is not in people.toml\n"
    assert run("edit", "1", "--owner", "王三").err == "warning: 王三 is not in people.toml\n"
    assert run("claim", "1", "--leader", "王四").err == "warning: 王四 is not in people.toml\n"


def test_a_number_is_never_used_again(run):
    """Neither a void issue's number nor the former number of a renumbered one is given again."""
    run.ok("init", "t", "--preset", "single-level")
    typed(run, "add a\nadd b\nadd c\nvoid 3 --why twice\nadd d\nmove 4 --to 9\nmove 9 --to 7")
    assert (book().numbers(), field("7", "formerly")) == ([1, 2, 3, 7], [4, 9])
    assert run.ok("add", "e").startswith("10  ")
    refused(run, "move 1 --to 9", 4, "number 9 is taken or was used before", "numbers from 11 on are free")


# --- measure --------------------------------------------------------------------------------------------


def test_measure_adds_to_an_issue(run, simple):
    """Measures get the next numbers of their issue, and take from it what they do not say themselves."""
    run.ok("add", "x", "--unit", "办公室", "--criterion", "全签", "--due", "2025-06-30", "--term", "phased")
    out = run.ok("measure", "1", "-t", "甲", "-t", "乙", "--unit", "财务股", "--continuing")
    assert out == "1.1  甲\n1.2  乙\n"
    found = record(1).issue.measures[1]
    assert (found.unit, found.criterion, str(found.due), found.term, found.continuing) == (
        "财务股",
        "全签",
        "2025-06-30",
        "phased",
        True,
    )
    document = json.loads(run.ok("measure", "1", "-t", "丙", "--json"))
    assert (document["schema"], document["ids"]) == ("ledger/measure@1", ["1.3"])


def test_a_measure_serves_further_issues(run, simple):
    """A measure that counts for other issues names them by uid; its own issue is not among them."""
    typed(run, "add a\nadd b\nadd c")
    run.ok("measure", "1", "-t", "联合培训", "--serves", "2", "--serves", "3")
    assert field("1.1", "serves") == [record(2).state.fields["uid"], record(3).state.fields["uid"]]
    run.ok("edit", "1.1", "--serves", "3")
    assert field("1.1", "serves") == [record(3).state.fields["uid"]]
    run.ok("edit", "1.1", "--serves", "")
    assert field("1.1", "serves") is None
    hint = "name further issues with --serves"
    refused(run, "measure 1 -t x --serves 1", 2, "a measure of issue 1 counts for it anyway", hint)
    refused(run, "edit 1.1 --serves 1", 2, "a measure of issue 1 counts for it anyway", hint)
    refused(run, "edit 1 --serves 2", 2, "an issue has no serves", "1 was given")
    refused(
        run,
        "measure 1 -t x --serves 9",
        3,
        "there is no issue 9 (there are 1-3)",
        "ledger list shows them all",
    )


def test_what_cannot_take_a_measure(run, simple):
    """A closed or void issue takes no measure; a measure is no issue; two issues are not one."""
    typed(run, "add a\nadd b -m x\nvoid 1 --why twice")
    refused(run, "measure 1 -t x", 4, "1 is void, so measure is not possible", "possible now: note")
    refused(run, "measure 2.1 -t x", 2, "2.1 is a measure; an issue is needed", "name the issue: 2")
    refused(run, "measure 1-2 -t x", 2, "1-2 means several", "name one of them")
    refused(run, "measure 2 -t ''", 2, "a measure needs a text", "give it with --text")
    run.ok("close", "2", "--all", "--result", "done")
    refused(run, "measure 2 -t x", 4, "2 is closed, so measure is not possible", "possible now: note, reopen")
