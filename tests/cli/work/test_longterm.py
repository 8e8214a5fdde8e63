"""`longterm` and `void`: what goes on without an end, and what is taken out of the count."""

from __future__ import annotations

from tests.cli.books import acts, day, field, last, record, refused, status, statuses


def test_longterm_has_a_goal_and_a_review(run, simple):
    """Long-term work has an interim goal, a review date and a reason; it may still be reported done."""
    hint = "give --interim-goal and --review-on"
    refused(
        run, "longterm 1.1 --why x", 2, "1.1: long-term work needs an interim goal and a review date", hint
    )
    line = "longterm 1.1 --interim-goal 扫描一半 --review-on 2025-12-31"
    refused(run, line, 4, "1.1: a reason is needed", "give it with --why")
    run.ok(*line.split(), "--why", "存量大")
    assert [status("1.1"), *(field("1.1", name) for name in ("term", "interim_goal", "review_on"))] == [
        "longterm",
        "longterm",
        "扫描一半",
        day("2025-12-31"),
    ]
    refused(
        run, f"{line} --why x", 4, "1.1 is longterm, so longterm is not possible", "possible now: note, done"
    )
    run.ok("done", "1.1", "--result", "成")
    assert status("1.1") == "done"


def test_longterm_under_a_plan_is_decided(run, planned):
    """Under a plan it is asked for and approved; the approval takes goal and date from the request."""
    line = "longterm 1.1 --interim-goal 扫描一半 --review-on 2025-12-31 --why 存量大"
    refused(run, line, 4, "under a plan somebody has to decide on it", "say --request, --approve or --refuse")
    run.ok(*line.split(), "--request")
    assert (status("1.1"), field("1.1", "term")) == ("pending", None)
    run.ok("longterm", "1.1", "--approve", "--meeting", "领导小组会", "--why", "同意")
    assert (status("1.1"), field("1.1", "interim_goal"), last(1).meeting) == (
        "longterm",
        "扫描一半",
        "领导小组会",
    )


def test_void_takes_out_of_the_count(run, simple, chinese):  # noqa: F811
    """Void needs a reason, takes the measures of an issue along, and stays readable under its number."""
    refused(run, "void 1.1", 4, "1.1: a reason is needed", "give it with --why")
    assert run.ok("作废", "1.1", "--why", "重复", lang="zh") == "作废：1.1\n"
    assert run.ok("void", "1", "--why", "并入2") == "void: 1.2 1\n"
    assert (statuses("1", "1.1", "1.2"), acts(1)) == (["void"] * 3, ["add", "void", "void", "void"])
    assert record(1).issue.title == "文风不实"


def test_what_is_closed_cannot_be_void(run, simple):
    """A closed issue is reopened before it is taken off the books."""
    run.ok("close", "2", "--result", "成")
    refused(run, "void 2 --why x", 4, "2 is closed, so void is not possible", "possible now: note, reopen")


def test_no_status_is_dated_before_the_last(run, simple):
    """Status entries of one target never go back in time; notes may."""
    run.ok("done", "1.1", "--result", "成", "--on", "2025-02-20")
    refused(
        run, "void 1.1 --why x --on 2025-02-19", 4,
        "1.1 was last changed on 2025-02-20; void cannot be dated 2025-02-19", "give a date from 2025-02-20 on with --on",
    )  # fmt: skip
    run.ok("note", "1.1", "-t", "x", "--on", "2025-01-01")
