"""`assign` and `claim`: whose it is."""

from __future__ import annotations

from pathlib import Path

from ledger.ui import ask
from tests.cli.books import (
    at,
    day,
    field,
    files,
    last,
    record,
    refused,
    typed,
)
from tests.cli.planning.office import PEOPLE, approve

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


def test_assigning_is_backdated_freely(run, planned):
    """Entries about fields may be dated before others (docs/contract.md §2)."""
    run.ok("assign", "1", "--unit", "甲科", **at("2025-05-01"))
    run.ok("assign", "1", "--unit", "乙科", "--on", "2025-04-01", **at("2025-05-02"))
    assert (field("1", "unit"), str(last(1).on)) == ("乙科", "2025-04-01")
    assert set(files())
