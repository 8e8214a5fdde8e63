"""What the monthly status says: counts, changes, lists of work, and what each figure means."""

from __future__ import annotations

from decimal import Decimal

import pytest

from ledger import reports
from ledger.domain.cadence import Span
from ledger.domain.closeout import Chain, Step
from ledger.domain.settings import LIGHTS
from ledger.reports.standing import end_of_next_month, standing_of
from ledger.reports.views import Table
from ledger.reports.words import Words
from ledger.reports.worklists import closed, due_next, overdue
from tests.issues import issue, measure
from tests.office import AS_OF, basis, day, material


def built(kind, issues=None, **changes):
    return reports.build(material(kind, issues, basis(**changes)))


def tables(report, key):
    return [block for block in report.section(key).blocks if isinstance(block, Table)]


def stood(issues, on):
    """How issues stand on a day, as seen from its month."""
    return standing_of(issues, Span("month", on.replace(day=1), on), LIGHTS)


def test_status_has_its_sections_in_order():
    """The monthly table: overview, categories, what closed, what is late, what falls due."""
    report = built("status")
    assert [each.key for each in report.sections] == [
        "summary",
        "issues_by_category",
        "measures_by_category",
        "issues_by_unit",
        "closed",
        "overdue",
        "due_next",
        "ahead",
        "rebounds",
    ]
    assert report.title == "柳河镇巡察整改台账: monthly status"
    facts = {fact.key: fact.value for fact in report.facts.items}
    assert facts == {
        "org": "柳河镇党委",
        "source": "县委 第三轮 第二巡察组",
        "plan": "version 2",
        "as_of": AS_OF,
        "period": "2025, no. 6",
    }


def test_status_counts_by_hand():
    """Every figure of the overview agrees with a count made by hand."""
    counts, rates, lit = tables(built("status"), "summary")
    # issue: total, closed, closing, done, interim, active, pending, long-term, overdue
    assert counts.rows == (
        ("issues", 5, 1, 0, 1, 0, 1, 1, 1, 2),
        ("measures", 7, 2, 1, 1, 0, 1, 1, 1, 1),
    )
    assert rates.rows == (
        ("closed rate of issues", 1, 5, Decimal("20.0")),
        ("settled rate of issues", 2, 5, Decimal("40.0")),
        ("closed rate of measures", 2, 7, Decimal("28.6")),
        ("settled rate of measures", 3, 7, Decimal("42.9")),
    )

    assert lit.rows == (("red", 2, 1), ("yellow", 0, 0), ("green", 0, 1))


def test_status_by_category():
    """A category has a row of counts; a shared measure stands in each; the total row is that of the ledger."""
    report = built("status")
    (table,) = tables(report, "measures_by_category")
    assert table.rows == (
        ("作风建设", 2, 2, 0, 0, 0, 0, 0, 0, 0, Decimal("100.0"), Decimal("100.0")),
        ("财务管理", 4, 0, 1, 1, 0, 1, 1, 0, 1, Decimal("0.0"), Decimal("0.0")),
        ("项目管理", 2, 0, 0, 1, 0, 0, 0, 1, 0, Decimal("0.0"), Decimal("50.0")),
        ("(no category)", 0, 0, 0, 0, 0, 0, 0, 0, 0, None, None),
    )
    assert table.total == ("total", 7, 2, 1, 1, 0, 1, 1, 1, 1, Decimal("28.6"), Decimal("42.9"))
    assert "shared" in {note.key for note in report.footnotes}


def test_status_lists():
    """Closed in the month, the longest overdue first with reason and wish, and what falls due next month."""
    report = built("status")
    (closed,), (late,), (ahead,) = (tables(report, key) for key in ("closed", "overdue", "due_next"))
    assert [row[:2] + row[4:] for row in closed.rows] == [
        ("1", "公文办理拖延", day("2025-06-10"), ""),
        ("1.2", "组织公文培训。", day("2025-06-10"), "=全员参训"),
    ]
    assert [row[:1] + row[4:] for row in late.rows] == [
        ("2.1", day("2025-06-10"), 20, "red", "对方单位注销", "2025-06-12 核对12笔", "extension asked for"),
        ("4", day("2025-06-28"), 2, "red", "", "", ""),
    ]
    assert [(row[0], row[4], row[5], row[6], row[7]) for row in ahead.rows] == [
        ("3.1", day("2025-07-15"), 15, "", "long-term"),
        ("2.2", day("2025-07-31"), 31, "green", "not started"),
    ]


@pytest.mark.parametrize(
    ("as_of", "due", "listed"),
    [
        ("2025-06-30", "2025-06-30", True),
        ("2025-06-30", "2025-07-31", True),
        ("2025-06-30", "2025-08-01", False),
        ("2025-11-15", "2025-12-31", True),
        ("2025-11-15", "2026-01-01", False),
        ("2025-12-31", "2026-01-31", True),
        ("2025-12-31", "2026-02-01", False),
        ("2024-01-10", "2024-02-29", True),
        ("2025-06-30", "2025-06-29", False),
    ],
)
def test_what_falls_due_runs_to_the_end_of_next_month(as_of, due, listed):
    """From the day of the report to the last day of the month after it, with no gap to what is overdue."""
    given = (issue(1, due=day(due)),)
    on = day(as_of)
    found = stood(given, on)
    (ahead,) = due_next(found.ahead, on, end_of_next_month(on), Words(), {}).blocks
    (late,) = overdue(found.overdue, on, Words(), {}).blocks
    assert bool(ahead.rows) == listed
    assert bool(late.rows) == (day(due) < day(as_of))


@pytest.mark.parametrize(
    ("on", "listed"),
    [("2025-05-31", False), ("2025-06-01", True), ("2025-06-20", True), ("2025-06-21", False)],
)
def test_what_was_closed_runs_from_the_first_of_the_month(on, listed):
    """From the first of the month to the day of the report, both included."""
    given = (issue(1, status="closed", closed_on=day(on)),)
    (table,) = closed(stood(given, day("2025-06-20")).closed, Words()).blocks
    assert bool(table.rows) == listed


def test_a_chain_for_issues_prints_no_rate_of_closed_measures():
    """Where issues are signed off, measures are never closed one by one, and no share of them is printed."""
    chain = Chain("issue", (Step("close"),))
    plain = basis(spoken="en")
    issues = (issue(1, measure(1, "done"), status="closed"),)
    rests = type(plain)("x", type(plain.settings)(language="en", chain=chain), AS_OF, None, "0")
    report = reports.build(material("status", issues, rests))
    assert [row[0] for row in tables(report, "summary")[1].rows] == [
        "closed rate of issues",
        "settled rate of issues",
    ]
    (measures,) = tables(report, "measures_by_category")
    assert "closed_rate" not in {each.key for each in measures.columns}
    assert not any(note.key.startswith("measures_") for note in report.footnotes)


def test_every_rate_has_its_definition():
    """Each rate printed is explained below, with the rule of rounding and of what is overdue."""
    keys = [note.key for note in built("status").footnotes]
    assert keys == [
        "issues_closed",
        "issues_settled",
        "measures_closed",
        "measures_settled",
        "percent",
        "overdue",
        "light",
        "falls_due",
        "rebounds",
        "shared",
    ]
