"""`plan`: its approval, its versions, and what waits for it."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.books import (
    acts,
    day,
    field,
    last,
    record,
    refused,
    typed,
    unchanged,
)
from tests.cli.planning.office import approve

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
