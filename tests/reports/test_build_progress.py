"""The report upward: the notice, and what a public text leaves out."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ledger import reports
from ledger.domain.settings import Notice
from ledger.errors import RefusedError
from ledger.reports.material import Wanted
from ledger.reports.prose import passages
from ledger.reports.views import Facts, Remark, Table
from tests.issues import issue, measure
from tests.office import basis, day, material


def built(issues=None, language="zh", **notice):
    rests = basis(language)
    rests = replace(rests, settings=rests.settings._replace(notice=Notice(**notice)))
    return reports.build(material("progress", issues, rests))


def blocks(report, key, kind):
    return [each for each in report.section(key).blocks if isinstance(each, kind)]


def test_what_a_public_text_leaves_out():
    """In the notice's frame: figures, what is open, clues, who was held to account or excused, rules, letters, look-backs."""
    report = built()
    assert [(each.key, each.title) for each in report.sections] == [
        ("preamble", ""), ("organisation", "一、履行主体责任情况"), ("figures", "二、整改总体情况"),
        ("findings", "三、反馈问题整改落实情况"), ("unfinished", "四、未完成事项"), ("clues", "五、线索处置情况"),
        ("accountability", "六、追责问责情况"), ("tolerance", "七、容错免责情况"), ("regulations", "八、建章立制情况"),
        ("reports", "九、请示报告和上级批示"), ("letters", "十、督办函件情况"), ("lookbacks", "十一、回头看情况"),
        ("next_steps", "十二、下一步打算"),
    ]  # fmt: skip
    assert report.title == "柳河镇党委关于县委第三轮巡察整改进展情况的报告"


def test_every_figure_has_its_definition():
    """Rates of issues, measures, clues and letters, and the figures of registers, are footnoted."""
    report = built()
    defined = {each.key for each in report.footnotes}
    assert {
        "issues_closed", "issues_settled", "measures_closed", "measures_settled", "clues_concluded", "answered_in_time",
        "accountability_persons", "accountability_amount", "regulations_issued", "percent",
    } <= defined  # fmt: skip
    assert all(each.definition for each in report.footnotes)


def test_what_is_not_finished_says_why():
    """The measure, its dates, the latest note with remark and request, the goal of the stage and the next review."""
    issues = (
        issue(
            1,
            measure(
                1, "active", text="清理往来款", unit="财政所", due=day("2025-07-10"), due_original=day("2025-06-10"),
                notes=(), remark="对方单位注销", requested="extend",
            ),
            measure(2, "longterm", text="改造管网", interim_goal="完成三成", review_on=day("2025-07-15")),
            measure(3, "closed", text="公开", result="已公开"),
            title="往来款挂账",
        ),
        issue(2, measure(1, "closed", text="建账", result="已建账"), title="台账不全"),
    )  # fmt: skip
    (table,) = blocks(built(issues), "unfinished", Table)
    assert [each.heading for each in table.columns[-2:]] == ["进展和原因", "下步安排"]
    assert table.rows == (
        ("1.1", "清理往来款", "财政所", "", "正在推进", day("2025-06-10"), day("2025-07-10"), "对方单位注销；已申请延期", ""),
        ("1.2", "改造管网", "", "", "长期推进", None, None, "", "阶段目标：完成三成；下次复核 2025-07-15"),
    )  # fmt: skip
    assert blocks(built(issues[1:]), "unfinished", Table)[0].empty == "全部完成。"


def test_registers_are_told_whole():
    """Figures of a register, money in its unit, codes in words; a register without records says so."""
    report = built()
    (facts,) = blocks(report, "accountability", Facts)
    assert [(each.name, each.value) for each in facts.items] == [
        ("追责问责人数", "2人"), ("立案调查", "0件"), ("涉及金额", "3.5万元"),
    ]  # fmt: skip
    (table,) = blocks(report, "accountability", Table)
    assert table.rows == ((day("2025-05-10"), "约谈", None, "财政所", 2, "往来款|清理不力"),)
    assert blocks(report, "tolerance", Table)[0].rows == ()
    assert "answer" in [each.key for each in blocks(report, "reports", Table)[0].columns]


def test_letters_and_look_backs():
    """How many were sent and answered; what each look-back that was drawn found."""
    report = built()
    assert blocks(report, "letters", Table)[0].rows == ((1, 1, 0, 1, 0),)
    assert blocks(report, "lookbacks", Table)[0].rows == (("R2025-1", day("2025-06-20"), 30, 4, 1, 0, 1, 1),)


def test_nothing_is_left_out_for_the_superior():
    """`unfinished = "left_out"` is for the public; upward everything is told."""
    one = issue(1, measure(1, "active", text="清理"), title="挂账")
    assert built((one,), unfinished="left_out").section("issue_1") is not None


def test_whom_it_goes_to():
    """`report_to` names the body it is addressed to."""
    assert built(report_to="县委巡察办").official.addressee == "县委巡察办："
    assert built().official.addressee == ""


def test_who_signs():
    """The settings say; else whoever the office's paragraph about contact ends with; else the office."""
    contact = {"contact": passages("欢迎监督。\n\n中共柳河镇委员会\n\n2025年7月1日", "contact.md")}
    rests = basis("zh")
    report = reports.build(material("progress", rests=rests, prose=contact))
    assert (report.official.signature, report.official.date) == ("中共柳河镇委员会", rests.as_of)
    assert built(signature="镇巡察整改办").official.signature == "镇巡察整改办"
    assert built().official.signature == "柳河镇党委"


def test_missing_paragraphs_and_results():
    """Said beside it: files that would fill a part, and finished measures without a result."""
    report = built((issue(1, measure(1, "closed"), title="甲"), issue(2, measure(1, "active"), title="乙")))
    assert report.remarks == (
        Remark("no_prose", ("ledgers/2025/prose/preamble.md",)), Remark("no_result", ("1.1",)),
    )  # fmt: skip


def test_it_is_never_published():
    """It is for the office and its superior: no profile makes it public."""
    with pytest.raises(RefusedError):
        reports.check(Wanted("progress", redact="public"))
