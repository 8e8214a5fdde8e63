"""`split`, `merge`, `move`, `edit`: put another way."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.books import (
    day,
    field,
    last,
    record,
    refused,
    rewrite,
    status,
    statuses,
    typed,
)
from tests.cli.planning.office import approve

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
