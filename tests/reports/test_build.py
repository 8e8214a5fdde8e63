"""What the reports say: the views, before any format."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from ledger import reports
from ledger.domain.closeout import Chain, Step
from ledger.errors import UsageError
from ledger.reports.basis import checkpoint
from ledger.reports.views import Facts, Form, Table
from ledger.reports.words import Words
from ledger.reports.worklists import closed, due_next, overdue
from tests.issues import issue, measure
from tests.office import AS_OF, basis, day, material, office


def built(kind, issues=None, **changes):
    return reports.build(material(kind, issues, basis(**changes)))


def tables(report, key):
    return [block for block in report.section(key).blocks if isinstance(block, Table)]


def column(table, key):
    place = [each.key for each in table.columns].index(key)
    return [row[place] for row in table.rows]


def test_status_has_its_sections_in_order():
    """The monthly table: overview, categories, what closed, what is late, what falls due."""
    report = built("status")
    assert [each.key for each in report.sections] == [
        "summary",
        "issues_by_category",
        "measures_by_category",
        "closed",
        "overdue",
        "due_next",
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
    counts, rates = tables(built("status"), "summary")
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
        ("2.1", day("2025-06-10"), 20, "对方单位注销", "2025-06-12 核对12笔", "extension asked for"),
        ("4", day("2025-06-28"), 2, "", "", ""),
    ]
    assert [(row[0], row[4], row[5], row[6]) for row in ahead.rows] == [
        ("3.1", day("2025-07-15"), 15, "long-term"),
        ("2.2", day("2025-07-31"), 31, "not started"),
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
    (ahead,), (late,) = (make(given, day(as_of), Words()).blocks for make in (due_next, overdue))
    assert bool(ahead.rows) == listed
    assert bool(late.rows) == (day(due) < day(as_of))


@pytest.mark.parametrize(
    ("on", "listed"),
    [("2025-05-31", False), ("2025-06-01", True), ("2025-06-20", True), ("2025-06-21", False)],
)
def test_what_was_closed_runs_from_the_first_of_the_month(on, listed):
    """From the first of the month to the day of the report, both included."""
    given = (issue(1, status="closed", closed_on=day(on)),)
    (table,) = closed(given, day("2025-06-20"), Words()).blocks
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
        "shared",
    ]


def test_the_book_holds_everything():
    """The whole ledger: void issues too, deadlines original and in force, sign-offs of every attempt, evidence."""
    report = built("book")
    assert [each.title for each in report.sections] == ["作风建设", "财务管理", "项目管理", "(no category)"]
    assert [each.key for each in report.section("category-2").sections] == ["issue-2", "issue-5", "issue-6"]
    measures, runs, papers = tables(report, "issue-1")
    assert column(measures, "text") == [
        "修订公文办理办法。",
        "组织公文培训。\n(1) 备课 (done on 2025-05-06)\n(2) 测试",
    ]
    assert runs.rows == (
        ("1.2", 1, "1/2 责任单位研究", day("2025-05-12"), "", "镇党政办例会", "", "passed"),
        ("1.2", 1, "", day("2025-05-20"), "", "", "缺培训签到表", "returned"),
        ("1.2", 2, "1/2 责任单位研究", day("2025-06-02"), "", "镇党政办例会", "同意", "passed"),
        (
            "1.2",
            2,
            "2/2 整改办验收",
            day("2025-06-10"),
            "顾某",
            "",
            "",
            "suspect: changed since it was signed",
        ),
    )
    assert papers.rows == (("1.2", "签到表|6月.xlsx", "record", "全员参训", 20480, "ab" * 32),)
    facts = {
        fact.key: fact.value
        for block in report.section("issue-1").blocks
        if isinstance(block, Facts)
        for fact in block.items
    }
    assert (facts["due"], facts["due_original"], facts["due_text"]) == (
        day("2025-06-15"),
        day("2025-05-31"),
        "2025年5月底前",
    )
    assert facts["co_units"] == "人大办, 财政所"
    (void,) = tables(report, "issue-6")
    assert column(void, "status") == ["void: 并入 2.1"]


@pytest.mark.parametrize("kind", reports.KINDS)
def test_an_empty_ledger_has_its_reports(kind):
    """Nothing to report is a report, too."""
    report = built(kind, ())
    assert report.stamp.entries == 0 or kind == "letter"
    assert "柳河镇" in reports.render(report, "md").decode()


@pytest.mark.parametrize("kind", reports.KINDS)
def test_every_row_has_a_cell_for_each_column(kind):
    """Tables are grids: rows and total as long as the heading; the boxes of a form fill its columns."""
    waiting = list(built(kind).sections)
    seen = 0
    while waiting:
        section = waiting.pop()
        waiting.extend(section.sections)
        for block in section.blocks:
            if isinstance(block, Table):
                lengths = {len(row) for row in (*block.rows, *((block.total,) if block.total else ()))}
                assert lengths <= {len(block.columns)}
                seen += 1
            elif isinstance(block, Form):
                assert {sum(box.span for box in row) for row in block.rows} == {len(block.widths)}
                seen += 1
    assert seen or kind in ("letter", "notice")


def test_the_checkpoint_shows_any_rewrite():
    """It counts entries and changes with any head, not with the order of records."""
    issues = office()
    mark = checkpoint(issues)
    assert mark.entries == 35
    assert checkpoint(issues[::-1]) == mark
    assert checkpoint((*issues[:-1], issue(6, head="other", entries=3))) != mark
    assert checkpoint(issues[:-1]).entries == 32


def test_the_stamp_says_what_the_page_rests_on():
    """Day, moment known at, checkpoint and version stand on every report."""
    moment = dt.datetime(2025, 7, 1, 9, tzinfo=dt.UTC)
    plain = basis()
    report = reports.build(
        material("status", (), type(plain)("2025", plain.settings, AS_OF, moment, "0.1.0"))
    )
    assert report.stamp.text == (
        "As of 2025-06-30, known at 2025-07-01T09:00:00+00:00; checkpoint: 0 entries, "
        f"{report.stamp.heads[:32]}; ledger 0.1.0."
    )


def test_documents_follow_the_ledger():
    """The language is that of the ledger; one that does not say is Chinese, whatever the locale."""
    assert built("status", spoken="").language == "zh"
    assert built("status", spoken="en").language == "en"


def test_no_other_kind_and_no_other_format():
    """A kind or format there is not is refused, naming those there are."""
    with pytest.raises(UsageError, match="there is no report novel") as caught:
        built("novel")
    named = [f"{code} {name}" for code, name in reports.KINDS.items()]
    assert caught.value.hint == f"there are: {', '.join(named)}"
    assert {"status 月调度表", "closeout 销号审批表"} <= set(named)
    with pytest.raises(UsageError, match="reports cannot be written as pdf") as caught:
        reports.render(built("status"), "pdf")
    assert caught.value.hint == f"there are: {', '.join(reports.FORMATS)}"
