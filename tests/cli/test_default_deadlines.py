"""Deadlines that follow from a rule of the office, and those that cannot be."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.books import field, last, refused

RULES = """
[deadlines]
immediate_workdays = 10
phased_months = 3
interim_review_days = 30
longterm_review_months = 6
"""
FEEDBACK = "2025-02-17"


def settle(text: str = RULES, feedback: str | None = FEEDBACK) -> None:
    """Give the ledger these rules, and the feedback its date."""
    path = Path("ledgers/2025/ledger.toml")
    have = path.read_text(encoding="utf-8").replace("\n[deadlines]\n", "\n")
    if feedback:
        have = have.replace("[source]", f"[source]\nfeedback_on = {feedback}")
    path.write_text(have + text, encoding="utf-8")


@pytest.fixture
def book(run) -> None:
    """A small ledger with rules and a date of feedback."""
    run.ok("init", "2025")
    settle()


ENTERED = [
    ("immediate", "due", "2025-03-03", "due on 2025-03-03: 10 working days after the feedback of 2025-02-17"),
    ("phased", "due", "2025-05-17", "due on 2025-05-17: 3 months after the feedback of 2025-02-17"),
    ("longterm", "review_on", "2025-09-01", "to be reviewed on 2025-09-01: 6 months from 2025-03-01"),
]


@pytest.mark.parametrize(("term", "name", "expected", "said"), ENTERED)
def test_an_issue_entered_without_a_deadline_gets_that_of_its_type(run, book, term, name, expected, said):
    """Each type has its own rule; the date is said at once, so that none comes about in silence."""
    result = run("add", "Files in disorder", "--term", term)
    assert (result.code, str(field("1", name))) == (0, expected)
    assert f"warning: 1 is {said} ([deadlines])" in result.err
    assert field("1", "review_on" if name == "due" else "due") is None


def test_it_is_shown_as_derived(run, book):
    """`show` says from which rule it followed, and the entry keeps it when the settings change later."""
    run.ok("add", "Files in disorder", "--term", "immediate")
    path = Path("ledgers/2025/ledger.toml")
    path.write_text(path.read_text(encoding="utf-8").replace("immediate_workdays = 10", ""), encoding="utf-8")
    assert last(1).data["derived"] == {"number": 10, "unit": "workday", "since": "2025-02-17"}
    page = " ".join(run.ok("show", "1", terminal=True, env={"COLUMNS": "200"}).split())
    assert "due by rule 10 working days after the feedback of 2025-02-17" in page
    (issue,) = json.loads(run.ok("show", "1", "--json"))["issues"]
    assert issue["due_derived"] == {"number": 10, "unit": "workday", "since": "2025-02-17"}
    assert "1\tdue_derived\t10 workday 2025-02-17\n" in run.ok("show", "1", "--plain")


def test_what_somebody_gives_is_not_derived(run, book):
    """A date, a phrase without a date and an extension are what somebody said."""
    run.ok("add", "A", "--term", "immediate", "--due", "2025-06-30")
    run.ok("add", "C", "--term", "phased")
    run.ok("extend", "2", "--to", "2025-07-01", "--why", "the supplier is late")
    issues = json.loads(run.ok("show", "1-2", "--json"))["issues"]
    assert [(each["due"], each["due_derived"]) for each in issues] == [
        ("2025-06-30", None),
        ("2025-07-01", None),
    ]


def test_undone_it_is_derived_again(run, book):
    """Taking back the extension leaves the date that followed from the rule, and says so."""
    run.ok("add", "C", "--term", "phased")
    run.ok("extend", "1", "--to", "2025-07-01", "--why", "the supplier is late")
    run.ok("undo", "--yes")
    (issue,) = json.loads(run.ok("show", "1", "--json"))["issues"]
    assert (issue["due"], issue["due_derived"]["unit"]) == ("2025-05-17", "month")


def test_measures_take_what_the_issue_has(run, book):
    """A measure has a date of its own only where its issue has none; what it inherits was derived there."""
    run.ok("add", "A", "--term", "phased", "-m", "Set up an archive")
    assert field("1.1", "due") is None
    (issue,) = json.loads(run.ok("show", "1", "--json"))["issues"]
    assert issue["measures"][0]["due"] == "2025-05-17"
    assert issue["measures"][0]["due_derived"]["number"] == 3
    run.ok("measure", "1", "-t", "Train", "--term", "immediate")
    assert field("1.2", "due") is None
    run.ok("add", "B")
    result = run("measure", "2", "-t", "One", "-t", "Two", "--term", "immediate")
    assert [str(field(word, "due")) for word in ("2.1", "2.2")] == ["2025-03-03", "2025-03-03"]
    assert [line for line in result.err.splitlines() if "is due on" in line] == [
        f"warning: {word} is due on 2025-03-03: 10 working days after the feedback of 2025-02-17 ([deadlines])"
        for word in ("2.1", "2.2")
    ]


def test_a_type_given_later_brings_its_deadline(run, book):
    """Where nothing was said by when, the type says it; where something was, it stays."""
    run.ok("add", "A")
    run.ok("add", "B", "--due", "2025-06-30")
    run.ok("edit", "1", "2", "--term", "phased")
    assert [str(field(word, "due")) for word in "12"] == ["2025-05-17", "2025-06-30"]


def test_without_a_type_a_rule_or_a_feedback_there_is_no_date(run):
    """Nothing follows from nothing; a rule that cannot count says why."""
    run.ok("init", "2025")
    assert run("add", "A", "--term", "phased").err.count("warning") == 0
    settle(feedback=None)
    run.ok("add", "B")
    result = run("add", "C", "--term", "phased")
    assert [field(word, "due") for word in "123"] == [None] * 3
    assert (
        "warning: 3 has no deadline: that of phased counts from the feedback, whose date is not set"
        in result.err
    )


def test_reviews_follow_from_their_rules(run, book):
    """Interim and long-term work without a review date gets the next one by the rule, and says so."""
    run.ok("add", "A", "-m", "One", "-m", "Two")
    result = run("interim", "1.1", "--result", "half of it")
    assert str(field("1.1", "review_on")) == "2025-03-31"
    assert "warning: 1.1 is to be reviewed on 2025-03-31: 30 days from 2025-03-01" in result.err
    run.ok("longterm", "1.2", "--interim-goal", "a third", "--why", "it never ends")
    assert str(field("1.2", "review_on")) == "2025-09-01"


def test_long_term_work_without_a_rule_still_needs_a_date(run):
    """Nothing is made up where the office has no rule."""
    run.ok("init", "2025")
    run.ok("add", "A", "-m", "One")
    assert run("longterm", "1.1", "--interim-goal", "a third", "--why", "x").code == 2


EARLY = [
    "add Early --due 2025-02-16",
    "measure 1 -t Early --due 2025年1月底前",
    "assign 1 --due 2024-12-31",
    "edit 1 --due 2024-12-31",
    "extend 1 --to 2024-12-31 --why late",
    "extend 1 --to 2024-12-31 --why late --request",
]


@pytest.mark.parametrize("line", EARLY)
def test_a_deadline_before_the_feedback_is_refused(run, book, line):
    """Nothing can be due before the findings were fed back (4); on the day itself it can."""
    run.ok("add", "A")
    day = {"measure": "2025-01-31", "add": "2025-02-16"}.get(line.split()[0], "2024-12-31")
    refused(
        run,
        line,
        4,
        f"{day} lies before the feedback of 2025-02-17, so nothing can be due then",
        "look at the year; if the feedback was earlier, mend feedback_on with: ledger config --edit",
    )
    run.ok("assign", "1", "--due", FEEDBACK)


def test_a_rule_that_counts_into_an_unknown_year_is_refused(run):
    """A default is no guess either (4)."""
    run.ok("init", "2025")
    settle(feedback="2026-12-25")
    result = run("add", "A", "--term", "immediate", now="2026-12-28T09:00:00+08:00")
    assert (result.code, "the working days of 2027 are not known" in result.err) == (4, True)
    assert run.ok("list", "--plain").count("\n") == 1
