"""How what stands under a heading is taken apart."""

from __future__ import annotations

import pytest

from ledger.intake import content
from ledger.intake.items import listed
from ledger.intake.lines import join, split
from ledger.intake.marks import Style


def block(text):
    return join(split(text))


LISTS = [
    ("一是甲;二是乙;三是丙。", ["甲", "乙", "丙"]),
    ("一是甲。二是乙。三是丙。", ["甲", "乙", "丙"]),
    ("一是甲，二是乙，三是丙。", ["甲", "乙", "丙"]),
    ("一是甲;二是乙;四是丙。", ["甲", "乙", "丙"]),
    ("一是甲;二是乙;二是丙。", ["甲", "乙", "丙"]),
    ("一是甲；\n二是乙；\n三是丙。", ["甲", "乙", "丙"]),
    ("一是坚持一是一、二是二,不虚报;二是乙。", ["坚持一是一、二是二,不虚报", "乙"]),
    ("①甲;②乙，③丙。", ["甲", "乙", "丙"]),
    ("1.甲;2.乙;3.丙。", ["甲", "乙", "丙"]),
    ("1、甲；2、乙；3、丙。", ["甲", "乙", "丙"]),
    ("１．甲；２．乙。", ["甲", "乙"]),
    ("(1)甲;(2)乙。", ["甲", "乙"]),
    ("（1）甲；（2）乙。", ["甲", "乙"]),
    ("（一）甲；（二）乙。", ["甲", "乙"]),
    ("1)甲;2)乙。", ["甲", "乙"]),
    ("⑴甲；⑵乙。", ["甲", "乙"]),
    ("⒈甲；⒉乙。", ["甲", "乙"]),
    ("第一，甲；第二，乙。", ["甲", "乙"]),
    ("- 甲\n- 乙", ["甲", "乙"]),
    ("• 甲\n• 乙", ["甲", "乙"]),
    ("1.2024年修订制度;2.2025年开展检查。", ["2024年修订制度", "2025年开展检查"]),
    ("1.追缴1.28万元;2.退回3.5万元。", ["追缴1.28万元", "退回3.5万元"]),
    ("1.甲;2.12家企业完成整改。", ["甲", "12家企业完成整改"]),
    ("1.甲\n2.乙\n3.丙", ["甲", "乙", "丙"]),
    ("一是落实《办法(一是试行;二是推广。)》;二是乙。", ["落实《办法(一是试行;二是推广。)》", "乙"]),
    ("修订办法。开展检查。", ["修订办法", "开展检查"]),
    ("修订办法;开展检查。", ["修订办法", "开展检查"]),
    ("修订《办法。试行》,开展检查。", ["修订《办法。试行》,开展检查"]),
    ("修订办法，做到“不漏一户；不落一人”。", ["修订办法，做到“不漏一户；不落一人”"]),
    ("召开会议研究。一是甲;二是乙。", ["甲", "乙"]),
    ("甲乙丙", ["甲乙丙"]),
    ("", []),
    ("。；", []),
]


@pytest.mark.parametrize(("text", "items"), LISTS, ids=[text for text, _ in LISTS])
def test_a_list_is_taken_apart_at_its_outermost_items(text, items):
    """Each item once, without its number and closing punctuation, in order."""
    assert [item.block.text for item in listed(block(text)).items] == items


def test_a_sub_list_belongs_to_its_item():
    """(1)(2) inside 二是 are points of that item, which keeps its whole text."""
    found = listed(block("一是甲;二是建立预警。(1)黄灯;(2)红灯;三是丙:①子;②丑。"))
    assert [(item.lead, item.points) for item in found.items] == [
        ("甲", ()),
        ("建立预警", ("黄灯", "红灯")),
        ("丙", ("子", "丑")),
    ]
    assert found.items[1].block.text == "建立预警。(1)黄灯;(2)红灯"
    assert found.style == Style.ORDINAL


def test_an_item_keeps_its_place():
    """Line and column of an item are those of its first character in the document."""
    found = listed(block("整改情况:一是甲;\n  二是乙。"))
    assert [item.block.place(0) for item in found.items] == [(1, 8), (2, 5)]


CONTENTS = [
    ("整改情况:一是甲;二是乙。", ["甲", "乙"], {}),
    ("整改措施：甲。\n整改情况：已完成。", ["甲"], {"status_text": "已完成"}),
    (
        "整改目标:清零。\n整改措施:1.甲;2.乙。\n整改成效:群众满意。",
        ["甲", "乙"],
        {"target": "清零", "result": "群众满意"},
    ),
    (
        "责任领导:张某　责任单位:办公室;完成时限:6月底前。\n整改措施:甲",
        ["甲"],
        {"leader": "张某", "unit": "办公室", "due_text": "6月底前"},
    ),
    ("责任单位:办公室\n1.甲;\n2.乙。", ["甲", "乙"], {"unit": "办公室"}),
    ("该问题已完成整改。一是甲;二是乙。", ["甲", "乙"], {"status_text": "该问题已完成整改"}),
    ("针对该问题，采取以下措施：一是甲;二是乙。", ["甲", "乙"], {"intro": "针对该问题，采取以下措施："}),
    ("一是甲;\n二是乙。\n目前,该问题已整改到位。", ["甲", "乙"], {"status_text": "目前,该问题已整改到位"}),
    ("具体表现:甲。\n整改情况:一是乙。", ["乙"], {"detail": "甲"}),
    ("【整改措施】1.甲;2.乙。【责任单位】办公室", ["甲", "乙"], {"unit": "办公室"}),
    (
        "1.整改目标：清零\n2.整改措施：甲；乙\n3.责任单位：办公室",
        ["甲", "乙"],
        {"target": "清零", "unit": "办公室"},
    ),
    ("整改任务:甲。整改措施:乙。", ["乙"], {"target": "甲"}),
    ("采取了“整改措施:甲”的做法。", ["采取了“整改措施:甲”的做法"], {}),
    (
        "检验标准:达标100%\n工作成果:报告1份\n配合单位:甲股、乙股\n整改措施:丙",
        ["丙"],
        {"criterion": "达标100%", "deliverable": "报告1份", "co_units": "甲股、乙股"},
    ),
]


@pytest.mark.parametrize(("text", "measures", "fields"), CONTENTS, ids=[row[0] for row in CONTENTS])
def test_labels_and_measures_are_told_apart(text, measures, fields):
    """Results, statuses and aims are no measures; every labelled field goes under its name, as printed."""
    found = content.read(block(text))
    assert ([each.text for each in found.measures], found.fields) == (measures, fields)


def own(measure):
    """The fields a measure has of its own."""
    names = ("unit", "owner", "due_text")
    return {name: getattr(measure, name) for name in names if getattr(measure, name)}


OWN = [
    "整改措施:1.甲(责任单位:子股;完成时限:5月);2.乙(责任单位:丑股)。",
    "整改措施:1.甲。责任单位:子股。完成时限:5月。2.乙。责任单位:丑股。",
    "整改措施:\n1.甲\n责任单位:子股\n完成时限:5月\n2.乙\n责任单位:丑股",
    "整改措施1:甲\n责任单位:子股\n完成时限:5月\n整改措施2:乙\n责任单位:丑股",
]


@pytest.mark.parametrize("text", OWN)
def test_fields_behind_single_measures_are_the_measures_own(text):
    """In brackets, in the sentence, on lines, or behind a label of its own: the field goes to that measure."""
    found = content.read(block(text))
    assert ([each.text for each in found.measures], found.fields) == (["甲", "乙"], {})
    assert [own(each) for each in found.measures] == [{"unit": "子股", "due_text": "5月"}, {"unit": "丑股"}]


def test_fields_behind_the_last_measure_are_the_issues():
    """责任单位 once, below all measures, is said of the whole issue."""
    found = content.read(block("整改措施:1.甲;2.乙。\n责任单位:子股\n完成时限:5月"))
    assert [own(each) for each in found.measures] == [{}, {}]
    assert found.fields == {"unit": "子股", "due_text": "5月"}
