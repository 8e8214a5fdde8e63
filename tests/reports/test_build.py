"""What the reports say: the views, before any format."""

from __future__ import annotations

import datetime as dt

import pytest

from ledger import reports
from ledger.errors import UsageError
from ledger.reports.basis import checkpoint
from ledger.reports.views import Facts, Form, Table
from tests.issues import issue
from tests.office import AS_OF, basis, day, material, office


def built(kind, issues=None, **changes):
    return reports.build(material(kind, issues, basis(**changes)))


def tables(report, key):
    return [block for block in report.section(key).blocks if isinstance(block, Table)]


def column(table, key):
    place = [each.key for each in table.columns].index(key)
    return [row[place] for row in table.rows]


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
