"""`add`, `measure`, `assign`, `claim`, `split`, `merge`, `move`, `edit`, `plan`: before the work begins, and after."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ledger.ui import ask
from tests.chinese import chinese  # noqa: F401  a fixture
from tests.cli.books import (
    acts,
    at,
    book,
    day,
    field,
    files,
    last,
    ready,
    record,
    refused,
    rewrite,
    status,
    statuses,
    typed,
    unchanged,
)

PEOPLE = """\
[[units]]
name = "办公室"
leader = "张某"
aliases = ["局办公室"]

[[persons]]
name = "李某"
"""


@pytest.fixture
def simple(run):
    """A ledger without a plan."""
    run.ok("init", "t")


@pytest.fixture
def planned(run):
    """A ledger with a plan to approve; two issues with two measures each."""
    ready(
        run,
        """
        init t --preset five-level
        add 文风不实 -m 甲 -m 乙 --unit 办公室 --leader 张某 --due 2025-06-30
        add 会议过多 -m 甲 -m 乙 --unit 办公室 --leader 张某 --due 2025-06-30
        """,
    )


def approve(run):
    run.ok("claim", "1-2")
    run.ok("plan", "approve", "--meeting", "党组会")


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


def test_add_as_json_and_in_chinese(run, simple, chinese):  # noqa: F811
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


# --- assign ---------------------------------------------------------------------------------------------


def test_assign_gives_issues_to_somebody(run, planned):
    """Many issues are given to a unit, a leader and a date at once; without a plan approved no reason is needed."""
    out = run.ok(
        "assign", "1-2", "--unit", "财务股", "--owner", "王某", "--co-unit", "甲科", "--due", "2025年第三季度"
    )
    assert out == "assigned: 1 2\n"
    for word in ("1", "2"):
        assert [field(word, name) for name in ("unit", "owner", "co_units", "due", "due_text")] == [
            "财务股",
            "王某",
            ["甲科"],
            day("2025-09-30"),
            "2025年第三季度",
        ]
    assert last(1).was == {"unit": "办公室", "due": "2025-06-30"}


def test_assign_down_makes_measures_inherit(run, planned):
    """With --down the measures give up their own values; without it they keep them."""
    run.ok("assign", "1.1", "--unit", "甲科", "--due", "2025-05-31")
    run.ok("assign", "1", "--unit", "乙科", "--due", "2025-07-31")
    assert [(m.unit, str(m.due)) for m in record(1).issue.measures] == [
        ("甲科", "2025-05-31"),
        ("乙科", "2025-07-31"),
    ]
    assert run.ok("assign", "1", "--unit", "丙科", "--due", "2025-08-31", "--down") == "assigned: 1 1.1\n"
    assert [(m.unit, str(m.due)) for m in record(1).issue.measures] == [("丙科", "2025-08-31")] * 2


def test_a_fixed_deadline_is_not_assigned(run, simple):
    """A deadline that is fixed moves by `extend` alone, also with --down and when it is taken away."""
    run.ok("add", "x", "-m", "甲", "--due", "2025-06-30")
    hint = "move it with: ledger extend 1 --to DATE --why REASON"
    for line in ("assign 1 --due 2025-07-31", "assign 1 --due 2025-07-31 --down", "edit 1 --due ''"):
        refused(run, line, 4, "the deadline of 1 is fixed at 2025-06-30", hint)
    hint = "move it with: ledger extend 1.1 --to DATE --why REASON"
    refused(run, "assign 1.1 --due 2025-07-31", 4, "the deadline of 1.1 is fixed at 2025-06-30", hint)
    assert run.ok("assign", "1", "--unit", "甲科", "--due", "2025-06-30") == "assigned: 1\n"


def test_assign_after_approval(run, planned):
    """After approval a first person may be named; another one needs a reason."""
    approve(run)
    run.ok("assign", "1", "--owner", "王某")
    refused(
        run,
        "assign 1 --owner 李某",
        4,
        "the plan is approved, so a change to issue 1 needs a reason",
        "give it with --why",
    )
    run.ok("assign", "1", "--owner", "李某", "--why", "王某调离")
    assert (field("1", "owner"), last(1).why) == ("李某", "王某调离")


def test_assign_needs_something_to_assign(run, planned):
    """Nothing given, nothing that would change, or an id that is not there: refused whole."""
    hint = "give --unit, --leader, --owner, --co-unit or --due"
    refused(run, "assign 1", 2, "nothing to assign", hint)
    refused(run, "assign 1 --unit 办公室", 2, "nothing to assign", hint)
    refused(
        run, "assign 1 2 7 --unit x", 3, "there is no issue 7 (there are 1-2)", "ledger list shows them all"
    )
    refused(run, "assign 1.3 --unit x", 3, "issue 1 has no measure 3", "it has 1-2")


def test_a_person_is_asked_whom(run, planned, monkeypatch):
    """`assign` without anything asks a person for unit, leader and deadline."""
    answers = {"--unit": "财务股", "--leader": "", "--due": ""}
    monkeypatch.setattr(ask, "possible", lambda: True)
    monkeypatch.setattr(ask, "text", lambda _message, *, flag, **_rest: answers.pop(flag))
    run.ok("assign", "1")
    assert (answers, field("1", "unit"), field("1", "leader")) == ({}, "财务股", "张某")


def test_assign_reads_ids_from_stdin(run, planned):
    """`-` stands for the ids on stdin; none there is a mistake, not everything and not nothing."""
    assert run.ok("assign", "-", "--unit", "甲科", stdin="1\n2\n") == "assigned: 1 2\n"
    refused(run, "assign - --unit x", 2, "no id came from the standard input", "send ids to it, one a line")
    refused(run, "note - -t x", 2, "no id came from the standard input", "send ids to it, one a line")
    refused(run, "adopt -", 2, "no id came from the standard input", "send ids to it, one a line")


# --- claim ----------------------------------------------------------------------------------------------


def test_a_leader_claims(run, simple):
    """An issue is claimed by the leader named, its own, or its unit's; the claim has a date."""
    Path("ledgers/t/people.toml").write_text(PEOPLE, encoding="utf-8")
    typed(run, "add a --leader 李某\nadd b --unit 办公室\nadd c")
    refused(run, "claim 1-3", 2, "issue 3 has no leader to claim it", "name the leader with --leader")
    assert run.ok("claim", "1-2", "--on", "2025-02-20") == "claimed: 1 2\n"
    run.ok("claim", "3", "--leader", "李某")
    assert [field(word, "claimed_by") for word in "123"] == ["李某", "张某", "李某"]
    assert [field(word, "leader") for word in "123"] == ["李某", "张某", "李某"]
    assert field("1", "claimed_on") == day("2025-02-20")
    run.ok("void", "3", "--why", "twice")
    refused(run, "claim 3 --leader 李某", 4, "3 is void, so claim is not possible", "possible now: note")
    run.ok("measure", "1", "-t", "x")
    refused(run, "claim 1.1 --leader 李某", 2, "1.1 is a measure; an issue is needed", "name the issue: 1")


# --- split, merge, move -----------------------------------------------------------------------------------


def test_split_a_measure(run, simple):
    """The first text stays with the measure, each other becomes a new one with its people and dates."""
    run.ok("add", "x", "-m", "签批并查重", "--due", "2025-06-30")
    run.ok("edit", "1.1", "--unit", "甲科")
    assert run.ok("split", "1.1", "-t", "签批", "-t", "查重") == "1.1 was split; new: 1.2\n"
    assert [(m.id, m.text, m.unit) for m in record(1).issue.measures] == [
        ("1.1", "签批", "甲科"),
        ("1.2", "查重", "甲科"),
    ]
    refused(run, "split 1.1 -t x", 2, "splitting needs at least two texts", "give --text once for each part")
    refused(run, "split 1.1 -t '' -t x", 2, "a measure needs a text", "give it with --text")
    run.ok("void", "1.2", "--why", "twice")
    refused(run, "split 1.2 -t a -t b", 4, "1.2 is void, so split is not possible", "possible now: note")


def test_split_an_issue(run, simple):
    """Some measures go to a new issue, which has its people; where they were they stay as void."""
    run.ok("add", "x", "-m", "甲", "-m", "乙", "--unit", "办公室", "--category", "作风")
    hint = "give --title TEXT and --measures 1.3,1.4"
    refused(run, "split 1", 2, "splitting issue 1 needs a title and the measures that go", hint)
    run.ok("add", "y", "-m", "丙")
    refused(
        run,
        "split 1 --title z --measures 2.1",
        2,
        "only measures of issue 1 can go",
        "name them with --measures",
    )
    assert run.ok("split", "1", "--title", "z", "--measures", "1.2") == "1 was split; new: 3\n"
    assert [(m.id, m.text) for m in record(3).issue.live] == [("3.1", "乙")]
    assert (field("3", "unit"), field("3", "category"), statuses("1.1", "1.2")) == (
        "办公室",
        "作风",
        ["pending", "void"],
    )


def test_merge_measures_and_issues(run, simple):
    """The first stays and takes over the texts or the measures; the others become void."""
    typed(run, "add x -m 甲 -m 乙\nadd y -m 丙\nadd z")
    assert run.ok("merge", "1.1", "1.2") == "merged into 1.1\n"
    assert (field("1.1", "text"), statuses("1.1", "1.2")) == ("甲\n乙", ["pending", "void"])
    assert run.ok("merge", "1", "2", "--why", "同一件事") == "merged into 1\n"
    assert ([m.id for m in record(1).issue.live], status("2")) == (["1.1", "1.3"], "void")
    what = "merging needs two or more issues, or two or more measures of one issue"
    for line in ("merge 1", "merge 1 1", "merge 1 1.1"):
        refused(run, line, 2, what, "name them all, such as: ledger merge 7.2 7.3")
    refused(
        run,
        "merge 1.1 2.1",
        2,
        "the measures stand in different issues",
        "move them together first: ledger move",
    )
    refused(run, "merge 3 2", 4, "2 is void, so merge is not possible", "possible now: note")


def test_move_a_measure(run, simple):
    """A measure goes to another issue under a new id; the place it left says where it went."""
    typed(run, "add x -m 甲 --unit 办公室 --due 2025-06-30\nadd y --unit 财务股\nnote 1.1 -t 开始")
    assert run.ok("move", "1.1", "--to", "2") == "now 2.1\n"
    moved = record(2).issue.measures[0]
    assert (moved.text, moved.unit, str(moved.due), statuses("1.1", "2.1")) == (
        "甲",
        "办公室",
        "2025-06-30",
        ["void", "active"],
    )
    refused(run, "move 2.1 --to 2", 4, "2.1 is in issue 2 already", "name another issue with --to")
    refused(run, "move 2.1 --to 2.1", 2, "2.1 is a measure; an issue is needed", "name the issue: 2")
    refused(run, "move 2.1 --to 7", 3, "there is no issue 7 (there are 1-2)", "ledger list shows them all")
    refused(
        run,
        "move 1 --to 7",
        4,
        "issue 1 keeps its number: it is in use",
        "only issues of a draft plan get another number",
    )


def test_move_an_issue_of_a_draft(run, planned):
    """In a draft an issue takes a free number, its file too; the history and the uid stay, the old number is kept."""
    before = record(2)
    assert run.ok("move", "2", "--to", "30") == "now 30\n"
    after = record(30)
    assert (after.entries[: len(before.entries)], after.state.fields["uid"]) == (
        before.entries,
        before.state.fields["uid"],
    )
    assert (after.name, field("30", "formerly"), len(list(Path("ledgers/t/issues").iterdir()))) == (
        "0030" + before.name[4:],
        [2],
        2,
    )
    refused(run, "move 1 --to 30", 4, "number 30 is taken or was used before", "numbers from 31 on are free")
    refused(run, "move 1 --to 2", 4, "number 2 is taken or was used before", "numbers from 31 on are free")
    refused(run, "move 1 --to 1.1", 2, "1.1 is not the number of an issue", "write a number such as 30")
    refused(
        run,
        "move 1 30 --to 31",
        2,
        "one issue at a time gets another number",
        "name one: ledger move 7 --to 30",
    )
    typed(run, "claim 1 30\nplan approve")
    refused(
        run,
        "move 1 --to 40 --why x",
        4,
        "issue 1 keeps its number: it is in use",
        "only issues of a draft plan get another number",
    )


# --- edit -----------------------------------------------------------------------------------------------


def test_edit_changes_and_takes_away(run, simple):
    """A field is changed, an empty value takes it away, and the entry says what stood there before."""
    run.ok("add", "x", "-m", "甲", "--unit", "办公室")
    assert run.ok("edit", "1", "--title", "y", "--unit", "", "--term", "长期推进") == "changed: 1\n"
    assert (field("1", "title"), field("1", "unit"), field("1", "term")) == ("y", None, "longterm")
    assert last(1).was == {"title": "x", "unit": "办公室"}
    run.ok("edit", "1.1", "-t", "乙", "--interim-goal", "一半", "--review-on", "2025-12-31")
    assert (field("1.1", "text"), field("1.1", "review_on")) == ("乙", day("2025-12-31"))


@pytest.mark.parametrize(
    ("line", "code", "message", "hint"),
    [
        ("edit 1", 2, "nothing to change was given", "ledger edit --help lists the fields"),
        (
            "edit 1 --title x",
            2,
            "1 already reads like that, nothing would change",
            "ledger show 1 shows what it says",
        ),
        ("edit 1 --title ''", 2, "title cannot be empty", "give it some text"),
        ("edit 1.1 -t ''", 2, "text cannot be empty", "give it some text"),
        ("edit 1.1 --title y", 2, "a measure has no title", "1.1 was given"),
        ("edit 1 -t y", 2, "an issue has no text", "1 was given"),
        ("edit 1 --erratum --title y", 4, "an erratum needs a reason", "give it with --why"),
    ],
)
def test_edits_that_make_no_sense(run, simple, line, code, message, hint):
    """Nothing to change, a field that must not be empty or is not there: refused."""
    run.ok("add", "x", "-m", "甲")
    refused(run, line, code, message, hint)


def test_edit_after_approval_needs_a_reason(run, planned):
    """The draft is free; once approved, a change gives its reason."""
    run.ok("edit", "1.1", "-t", "丙")
    approve(run)
    refused(
        run,
        "edit 1.1 -t 丁",
        4,
        "the plan is approved, so a change to issue 1 needs a reason",
        "give it with --why",
    )
    run.ok("edit", "1.1", "-t", "丁", "--why", "会议要求")
    assert last(1).why == "会议要求"


def test_edit_puts_sign_offs_in_doubt(run, simple):
    """What is changed after it was signed makes the sign-off suspect, and the person is told; an erratum does not."""
    rewrite(Path("ledgers/t/ledger.toml"), 'of = "issue"', 'of = "measure"')
    typed(run, "add x -m 甲 -m 乙\nclose 1.1 --result 成")
    refused(run, "edit 1.1 -t 丙", 4, "1.1 is closed, so edit is not possible", "possible now: note, reopen")
    warning = "warning: the sign-offs on 1.1 were given before this change and are suspect until confirmed\n"
    assert run("edit", "1", "--title", "y").err == warning
    run.ok("confirm", "1.1", "--signer", "张某")
    Path("a.txt").write_text("a", encoding="utf-8")
    assert run("evidence", "add", "1.1", "a.txt").err == warning
    run.ok("confirm", "1.1", "--signer", "张某")
    result = run("edit", "1.1", "-t", "丙", "--erratum", "--why", "笔误")
    assert (result.code, result.err, record(1).issue.measures[0].suspect) == (0, "", False)


# --- plan -----------------------------------------------------------------------------------------------


def test_a_plan_is_approved_when_every_issue_is_claimed(run, planned):
    """Approval names who has not claimed; then it fixes the deadlines, writes the version and the entries."""
    refused(
        run,
        "plan approve",
        4,
        "these issues are not claimed yet: 1, 2",
        "claim them with: ledger claim 1 2 --leader NAME",
    )
    run.ok("claim", "1-2")
    run.ok("assign", "1.2", "--due", "2025-05-31")
    result = run("plan", "approve", "--meeting", "党组会2025年第5次", "--on", "2025-02-28")
    assert result == (
        0,
        "plan v1 approved: 2 issues, 4 measures\n",
        "next: ledger plan show 1    ledger note ID -t ...\n",
    )
    assert [field(word, "due_original") for word in ("1", "1.1", "1.2")] == [
        day("2025-06-30"),
        None,
        day("2025-05-31"),
    ]
    entry = last(1)
    assert (entry.do, entry.meeting, str(entry.on), entry.data) == (
        "approve",
        "党组会2025年第5次",
        "2025-02-28",
        {"plan": 1},
    )
    heads = {record(n).state.fields["uid"]: "sha256:" + last(n).hash for n in (1, 2)}
    plan = Path("ledgers/t/plans/v1.toml").read_text(encoding="utf-8")
    assert 'meeting = "党组会2025年第5次"\n' in plan
    assert all(head in plan for head in heads.values())


def test_approval_shows_first_what_it_would_write(run, planned):
    """--dry-run shows entries, the diff of every record, and the plan's own file."""
    run.ok("claim", "1-2")
    out = unchanged(run, "plan approve").out
    assert len([line for line in out.splitlines() if line.startswith("{")]) == 2
    assert "+++ ledgers/t/plans/v1.toml" in out
    document = json.loads(unchanged(run, "plan approve --json").out)
    assert (document["schema"], document["version"], document["files"]) == (
        "ledger/plan-approve@1",
        1,
        ["ledgers/t/plans/v1.toml"],
    )


def test_a_revised_plan_is_a_version(run, planned):
    """Nothing changed: no version. Something changed: the next one; `plan diff` says what, between versions and now."""
    approve(run)
    refused(
        run,
        "plan approve",
        4,
        "nothing has changed since plan v1",
        "a version is made of what differs; see: ledger plan diff",
    )
    typed(
        run,
        """
        edit 1.1 -t 丙 --why 会议要求
        extend 1 --to 2025-07-31 --approve --why 设备未到
        measure 2 -t 新增 --why 会议要求
        void 2.1 --why 合并
        """,
    )
    header = "No.\tField\tBefore\tAfter\n"
    changes = "1\tdue\t2025-06-30\t2025-07-31\n1.1\tmeasure\t甲\t丙\n2.1\tremoved\t甲\t\n2.3\tadded\t\t新增\n"
    assert run.ok("plan", "diff") == header + changes
    assert run.ok("plan", "approve", "--meeting", "党组会2") == "plan v2 approved: 2 issues, 4 measures\n"
    assert run.ok("plan", "diff", "1", "2") == header + changes
    assert run("plan", "diff") == (0, header, "nothing has changed\n")
    document = json.loads(run.ok("plan", "diff", "1", "2", "--json"))
    assert document["changes"][0] == {
        "id": "1",
        "field": "due",
        "before": "2025-06-30",
        "after": "2025-07-31",
    }
    assert field("1", "due_original") == day("2025-06-30")


def test_versions_are_shown(run, planned):
    """`plan show` lists the versions, `plan show 1` what one held then, whatever came later."""
    assert run("plan", "show") == (
        0,
        "Version\tDate\tMeeting\tBy\tIssues\n",
        "the plan is a draft; no version is approved yet\n",
    )
    refused(
        run, "plan diff", 3, "no plan is approved yet", "approve it with: ledger plan approve --meeting NAME"
    )
    refused(
        run,
        "plan show 1",
        3,
        "no plan is approved yet",
        "approve it with: ledger plan approve --meeting NAME",
    )
    approve(run)
    run.ok("edit", "1.1", "-t", "丙", "--why", "会议要求")
    assert run.ok("plan", "show") == "Version\tDate\tMeeting\tBy\tIssues\nv1\t2025-03-01\t党组会\t林某\t2\n"
    assert run.ok("plan", "show", "1").splitlines()[1] == "1.1\t甲\t办公室\t张某\t2025-06-30\t"
    refused(run, "plan diff 1 3", 3, "there is no plan v3", "there are: v1")
    refused(run, "plan show 2", 3, "there is no plan v2", "there are: v1")


def test_an_empty_ledger_has_no_plan(run):
    """Nothing to approve is said so."""
    run.ok("init", "t", "--preset", "five-level")
    refused(run, "plan approve", 4, "there is no issue to approve", "take the notice in: ledger import FILE")


def test_work_waits_for_the_plan(run, planned):
    """Before approval nothing is reported done, extended or made long-term; notes may be written."""
    hint = "approve the plan first: ledger plan approve --meeting NAME"
    for line in (
        "done 1.1 --result x",
        "interim 1.1",
        "extend 1.1 --to 2025-07-31 --approve --why x",
        "extend 1.1 --to 2025-07-31 --request --why x",
        "longterm 1.1 --approve --interim-goal x --review-on 2025-12-31 --why x",
        "close 1.1 --result x",
    ):
        refused(run, line, 4, "issue 1 is not in an approved plan yet", hint)
    run.ok("note", "1.1", "-t", "先开个会")


def test_a_void_issue_needs_no_claim(run, planned):
    """An issue taken off the books stands in no plan."""
    typed(run, "void 2 --why 重复\nclaim 1")
    assert run.ok("plan", "approve") == "plan v1 approved: 1 issues, 2 measures\n"
    assert acts(2) == ["add", "void", "void", "void"]


def test_assigning_is_backdated_freely(run, planned):
    """Entries about fields may be dated before others (docs/contract.md §2)."""
    run.ok("assign", "1", "--unit", "甲科", **at("2025-05-01"))
    run.ok("assign", "1", "--unit", "乙科", "--on", "2025-04-01", **at("2025-05-02"))
    assert (field("1", "unit"), str(last(1).on)) == ("乙科", "2025-04-01")
    assert set(files())
