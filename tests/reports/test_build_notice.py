"""The public notice: results and never intentions, what is open said plainly, nothing made up."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from ledger import reports
from ledger.domain.settings import Notice, Source
from ledger.reports.prose import passages as prose_of
from ledger.reports.views import Remark
from tests.intake.noticed import read_notice
from tests.issues import issue, measure
from tests.office import basis, material


def built(*issues, prose=None, workdays=None, language="zh", **settings):
    """The notice of these issues, in Chinese."""
    rests = basis(language)
    rests = replace(rests, settings=rests.settings._replace(**settings))
    passages = {name: prose_of(text, name) for name, text in (prose or {}).items()}
    return reports.build(material("notice", issues, rests, prose=passages, workdays=workdays))


def lines(report):
    """The paragraphs below 二、 or what it is called, headings included."""
    found = []
    waiting = [report.section("findings")]
    while waiting:
        section = waiting.pop(0)
        found += [section.title, *(block.text for block in section.blocks)]
        waiting = [*section.sections, *waiting]
    return found


def closed(number, result, text="将要做的事"):
    return measure(number, "closed", text=text, result=result)


@pytest.mark.parametrize(
    ("status", "result", "paragraphs"),
    [
        ("pending", "", ["目前尚未启动整改。"]),
        ("pending", "已印发", ["整改情况：已印发。"]),
        ("active", "", ["目前正在推进整改。"]),
        ("active", "已印发", ["整改情况：已印发。", "目前正在推进整改。"]),
        ("interim", "已印发", ["整改情况：已印发。", "目前已阶段性完成整改，阶段目标：年底过半。"]),
        ("longterm", "", ["目前作为长期任务推进，阶段目标：年底过半。"]),
        ("done", "已印发", ["整改情况：已印发。"]),
        ("closed", "已印发", ["整改情况：已印发。"]),
        ("closed", "", ["目前已完成整改。"]),
    ],
)
def test_how_an_issue_stands(status, result, paragraphs):
    """The whole table: the result where there is one, and one sentence where the work is not over."""
    goal = "年底过半" if status in ("interim", "longterm") else ""
    one = issue(1, measure(1, status, text="将要做", result=result, interim_goal=goal), title="会议过多")
    report = built(one)
    told = lines(report)
    assert "reads_otherwise" not in [each.code for each in report.remarks]
    at = told.index("1.关于“会议过多”的问题")
    assert told[at + 1 :] == paragraphs
    assert "将要做" not in "".join(told)


def test_an_issue_without_measures_is_told_by_its_own_result():
    """Where no measure says anything the issue does; where both do, both stand."""
    alone = issue(1, title="甲", status="closed", result="已清退")
    both = issue(2, closed(1, "已印发"), title="乙", status="closed", result="会议减少三成")
    assert lines(built(alone, both))[2:] == [
        "1.关于“甲”的问题",
        "整改情况：已清退。",
        "2.关于“乙”的问题",
        "整改情况：已印发。",
        "整改成效：会议减少三成。",
    ]


def test_both_numberings_and_both_forms():
    """一是…；二是… or （1）…；（2）…; under categories numbers begin anew, in one list they run on; no gap for a void one."""
    issues = (
        issue(1, closed(1, "甲；"), closed(2, "乙。"), title="一", category="作风"),
        issue(2, closed(1, "丙"), title="二", category="财务"),
        issue(3, title="三", category="作风", status="void"),
        issue(4, closed(1, "丁"), title="四"),
    )
    assert lines(built(*issues))[2:] == [
        "（一）作风", "1.关于“一”的问题", "整改情况：一是甲；二是乙。", "（二）财务", "1.关于“二”的问题", "整改情况：丙。", "（三）其他问题",
        "1.关于“四”的问题", "整改情况：丁。",
    ]  # fmt: skip
    assert lines(built(*issues, notice=Notice(style="flat", measures="numbered")))[2:] == [
        "1.关于“一”的问题", "整改情况：（1）甲；（2）乙。", "2.关于“二”的问题", "整改情况：丙。", "3.关于“四”的问题", "整改情况：丁。",
    ]  # fmt: skip


def test_a_result_that_numbers_takes_the_other_numbering():
    """A result with 二是 in it would be cut there: its issue, and no other, is numbered otherwise."""
    issues = (
        issue(1, closed(1, "建账，二是对账"), closed(2, "公开"), title="甲"),
        issue(2, closed(1, "建账"), closed(2, "公开"), title="乙"),
    )
    report = built(*issues)
    assert lines(report)[2:] == [
        "1.关于“甲”的问题", "整改情况：（1）建账，二是对账；（2）公开。", "2.关于“乙”的问题", "整改情况：一是建账；二是公开。",
    ]  # fmt: skip
    assert [each.code for each in report.remarks] == ["no_prose"]


def test_shared_measures_stand_under_each_issue_they_serve():
    """A measure that serves another issue is told there too, and counted once."""
    issues = (
        issue(1, measure(1, "closed", result="已公开", serves=("i2",)), title="甲"),
        issue(2, closed(1, "已清退"), title="乙"),
    )
    report = built(*issues)
    assert lines(report)[1] == "共涉及问题2个、措施2条；问题中，已完成整改2个。"
    assert lines(report)[5] == "整改情况：一是已清退；二是已公开。"


def test_unfinished_ones_are_left_out_by_setting():
    """`left_out`: only what is rectified is printed, the counts say so, and stderr names the others."""
    issues = (
        issue(1, closed(1, "甲"), title="甲"),
        issue(2, measure(1, "active"), title="乙"),
        issue(3, measure(1, "longterm"), title="丙"),
    )
    report = built(*issues, notice=Notice(unfinished="left_out"))
    assert lines(report)[1:] == [
        "共涉及问题3个、措施3条；问题中，已完成整改1个、长期推进1个、正在推进1个。以下列出已完成整改的1个。",
        "1.关于“甲”的问题",
        "整改情况：甲。",
    ]
    assert Remark("left_out", ("2", "3")) in report.remarks


def test_what_has_no_result_is_named():
    """Nothing is printed of a measure without a result, and nothing in its place; stderr names it."""
    report = built(issue(1, closed(1, "甲"), closed(2, ""), title="甲"), issue(2, title="乙"))
    assert Remark("no_result", ("1.2", "2")) in report.remarks


@pytest.mark.parametrize(
    ("source", "title"),
    [
        (Source(), "柳河镇党委关于整改进展情况的通报"),
        (Source("县委", "第三轮", "第二巡察组"), "柳河镇党委关于县委第三轮巡察整改进展情况的通报"),
        (Source("十届市委", "第六轮巡察"), "柳河镇党委关于十届市委第六轮巡察整改进展情况的通报"),
        (
            Source("省审计厅", "2024年度经济责任审计"),
            "柳河镇党委关于省审计厅2024年度经济责任审计整改进展情况的通报",
        ),
    ],
)
def test_titles(source, title):
    """Office, inspection by level and round, and the usual words; as a title the importer knows."""
    report = built(source=source)
    assert (report.title, read_notice(title, file="x").title) == (title, title)
    assert built(notice=Notice(title="自拟标题")).title == "自拟标题"


def test_the_opening_says_what_is_known():
    """Who was there from when until when, when the findings came; only sentences whose dates are there."""
    whole = Source(
        "县委", "第三轮", "第二巡察组", dt.date(2025, 1, 6), dt.date(2025, 2, 28), dt.date(2025, 3, 17)
    )
    cases = {
        whole: "2025年1月6日至2025年2月28日，县委第二巡察组进驻柳河镇党委。2025年3月17日，反馈意见送达我单位。现将整改进展情况公布如下。",
        whole._replace(
            team=""
        ): "2025年1月6日至2025年2月28日，柳河镇党委接受了进驻检查。2025年3月17日，反馈意见送达我单位。现将整改进展情况公布如下。",
        whole._replace(on_site_to=None): "2025年3月17日，反馈意见送达我单位。现将整改进展情况公布如下。",
        Source(): "现将整改进展情况公布如下。",
    }
    assert {source: built(source=source).section("preamble").blocks[0].text for source in cases} == cases


def test_contact_and_window():
    """Telephone with hours, address with postcode, e-mail, window with its working days; read back as they are."""
    notice = Notice(
        phone="0000-1234567", hours="工作日8:30—12:00", address="柳河镇人民路1号", postcode="000000", email="a@b.cn",
        opened=dt.date(2026, 1, 8), closed=dt.date(2026, 1, 28), signature="中共柳河镇委员会",
    )  # fmt: skip
    report = built(notice=notice, workdays=15)
    assert report.official.contact == (
        "公开期间，对上述整改情况有意见建议的，请按以下方式反映。公开期限：2026年1月8日至2026年1月28日（15个工作日）；"
        "联系电话：0000-1234567（工作日8:30—12:00）；通信地址：柳河镇人民路1号（邮编：000000）；电子邮箱：a@b.cn。",
    )
    assert (report.official.signature, report.official.date) == ("中共柳河镇委员会", dt.date(2026, 1, 8))
    read = read_notice(reports.render(report, "md").decode(), file="x")
    assert (read.contact.phone, read.contact.hours, read.contact.address, read.contact.postcode, read.contact.email) == (
        "0000-1234567", "工作日8:30—12:00", "柳河镇人民路1号", "000000", "a@b.cn",
    )  # fmt: skip
    assert (read.disclosure.start, read.disclosure.end) == (notice.opened, notice.closed)
    assert "个工作日" not in built(notice=notice).official.contact[0]


def test_the_offices_own_paragraphs():
    """A heading takes the place of ours, main headings are numbered through, contact.md may end with who signs."""
    prose = {
        "preamble": "根据统一部署开展。",
        "organisation": "一、组织领导情况\n\n镇党委扛起责任。\n\n## 建立机制\n\n实行台账管理。\n",
        "next_steps": "# 今后工作\n\n常抓不懈。",
        "contact": "联系电话：0000-1234567。\n\n中共柳河镇委员会\n\n2025年7月1日",
    }
    report = built(issue(1, closed(1, "甲"), title="甲"), prose=prose)
    assert [each.title for each in report.sections] == [
        "", "一、组织领导情况", "二、反馈问题整改落实情况", "三、今后工作",
    ]  # fmt: skip
    assert report.section("preamble").blocks[0].text == "根据统一部署开展。"
    assert [block.text for block in report.section("organisation").blocks] == ["镇党委扛起责任。"]
    assert report.section("organisation_1").title == "建立机制"
    official = report.official
    assert (official.contact, official.signature, official.date) == (
        ("联系电话：0000-1234567。",), "中共柳河镇委员会", dt.date(2025, 7, 1),
    )  # fmt: skip
    assert report.remarks == ()


def test_what_is_missing_is_not_made_up():
    """Without prose those parts are not there, and stderr says which files would fill them."""
    report = built(issue(1, closed(1, "甲"), title="甲"))
    assert [each.title for each in report.sections] == ["", "一、反馈问题整改落实情况"]
    assert report.remarks == (
        Remark("no_prose", tuple(f"ledgers/2025/prose/{name}.md" for name in ("preamble", "organisation", "next_steps", "contact"))),
    )  # fmt: skip


def test_themes_stand_in_paragraphs():
    """What was imported as themes is printed as themes: 一是… with what was done behind it."""
    issues = [
        issue(
            n,
            closed(1, f"印发方案{n}"),
            closed(2, f"开展检查{n}"),
            title=f"加强学习{n}",
            category="思想建设方面",
            kind="theme",
        )
        for n in (1, 2)
    ]
    report = built(*issues)
    assert lines(report)[2:] == [
        "（一）思想建设方面", "一是加强学习1。印发方案1。开展检查1。", "二是加强学习2。印发方案2。开展检查2。",
    ]  # fmt: skip
    read = read_notice(reports.render(report, "md").decode(), file="x")
    assert [(each.kind, each.title, len(each.measures)) for each in read.issues] == [
        ("theme", "加强学习1", 2), ("theme", "加强学习2", 2),
    ]  # fmt: skip


def test_a_great_many_results():
    """200 results of one issue: beyond 九十九是 nobody reads on, so they are numbered （1） to （200）, and come back."""
    report = built(issue(1, *(closed(n, f"第{n}项办结") for n in range(1, 201)), title="台账不清"))
    assert lines(report)[3].startswith("整改情况：（1）第1项办结；（2）第2项办结；")
    read = read_notice(reports.render(report, "md").decode(), file="x")
    assert [each.text for each in read.issues[0].measures] == [f"第{n}项办结" for n in range(1, 201)]


def test_a_very_long_title_is_printed_and_named():
    """A title of 2,000 characters is printed whole; that no importer reads it whole is said."""
    title = "制度不全" * 500
    report = built(issue(1, closed(1, "甲"), title=title))
    assert f"1.关于“{title}”的问题" in lines(report)
    assert Remark("reads_otherwise", ("1",)) in report.remarks


def test_an_empty_ledger():
    """Nothing to tell is told in as many words; there is no heading without anything below it."""
    report = built()
    assert [each.title for each in report.sections] == [""]


def test_in_english():
    """In the language of the ledger; what was done is numbered in brackets."""
    report = built(
        issue(1, closed(1, "rules issued"), closed(2, "all trained"), title="Late papers"), language="en"
    )
    assert lines(report)[2:] == ["1. “Late papers”", "What was done: (1) rules issued; (2) all trained."]
