"""What a column means: understood, settled by company, asked and answered."""

from __future__ import annotations

import pytest

from ledger.errors import UsageError
from ledger.intake import mapping
from tests.intake.booking import book, codes, proposed
from tests.intake.listing import HEADER, ONE, TWO, sheet


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("整改责任领导(签字)", "leader"), ("巡察反馈具体问题", "issue"), ("牵头整改股室", "unit"), ("协同配合科室", "co_units"), ("具体经办人员", "owner"),
        ("计划办结日期", "due_text"), ("整改最后期限", "due_text"), ("目前推进进度", "status_text"), ("是否已申请销号", "closed_text"), ("拟采取措施", "measure"),
        ("验收合格标准", "criterion"), ("印证支撑材料", "deliverable"), ("未按期完成的原因", "reason"), ("涉及违规资金（万元）", "amount"), ("所属问题领域", "category"),
        ("实际办结日期", "done_text"), ("检查人", None), ("现场照片", None), ("复查日期", None), ("风险等级", None), ("问题来源", None),
    ],
)  # fmt: skip
def test_headers_nobody_has_listed_are_understood_by_their_parts(header, field):
    """A header put together from known words means its field; what only accompanies a ledger means none."""
    from ledger.intake import words

    assert words.column(header) == field


@pytest.mark.parametrize(
    "header", ["责任部门/责任人", "责任单位（责任人）", "牵头科室及责任人", "责任单位、具体责任人"]
)
def test_a_unit_and_a_person_in_one_column_are_told_apart(header):
    """A column whose header names both holds a unit and a person, each kept as what it is."""
    found = sheet(["序号", "反馈问题", "整改措施", header], [1, "甲不实", "子", "财务科/顾某"])
    assert dict(found.issues[0].fields) == {"unit": "财务科", "owner": "顾某"}


def test_what_inspectors_said_is_the_problem_and_the_task_its_measure():
    """Under 反馈意见 stands the problem, and 整改任务 beside it is what is done about it."""
    found = sheet(["序号", "反馈意见", "整改任务", "完成时限"], [1, "甲不实", "子", "6月底"])
    assert [(issue.title, [each.text for each in issue.measures]) for issue in found.issues] == [
        ("甲不实", ["子"])
    ]


def test_a_title_over_two_rows_is_one():
    """A second line that names nothing but a list goes on with the first; what is filled in above does not."""
    assert (
        sheet(["附件2："], ["某县某局安全督查反馈问题"], ["整改销号台账"], HEADER, ONE).title
        == "某县某局安全督查反馈问题整改销号台账"
    )
    assert sheet(["填报单位：某局"], ["问题整改台账"], HEADER, ONE).title == "问题整改台账"


def test_columns_in_doubt_are_settled_by_company_or_asked():
    """责任主体 beside 责任单位 is a person, alone with offices a unit, with both in it a question."""
    beside = sheet(["问题", "整改措施", "责任主体", "责任单位"], ["甲不实", "子", "顾某", "办公室"])
    assert dict(beside.issues[0].fields) == {"owner": "顾某", "unit": "办公室"}
    alone = sheet(["问题", "整改措施", "责任主体", "完成时限"], ["甲不实", "子", "办公室", "6月底"])
    assert alone.issues[0].fields["unit"] == "办公室" and not any(each.asked for each in alone.columns)
    mixed = sheet(
        ["问题", "整改措施", "责任主体", "完成时限"],
        ["甲不实", "子", "办公室", "6月底"],
        ["乙不严", "子", "顾某", "6月底"],
    )
    (asked,) = [each for each in mixed.columns if each.asked]
    assert (asked.letter, asked.header, asked.candidates, asked.samples) == (
        "C",
        "责任主体",
        ("unit", "owner"),
        ("办公室", "顾某"),
    )


def test_a_column_nobody_understands_is_asked_and_said():
    """Its contents are left alone, and both the column and its first cells are named."""
    proposal = sheet(
        ["问题", "整改措施", "盯办专班", "完成时限", "现场照片"], ["甲不实", "子", "三组", "6月底", "有"]
    )
    assert [(each.header, each.samples) for each in proposal.columns if each.asked] == [
        ("盯办专班", ("三组",))
    ]
    assert codes(proposal) == ["columns_left_out"]


@pytest.mark.parametrize(
    "spec", ["盯办专班=unit", "C=unit", "台账!C=unit", "台账！盯 办专班＝责任单位", "盯办专班=责任单位"]
)
def test_a_column_means_what_somebody_says(spec):
    """By its header or its letter, on one sheet or all, in the program's words or the office's."""
    proposal = proposed(
        book(("台账", [["问题", "整改措施", "盯办专班", "完成时限"], ["甲不实", "子", "三组", "6月底"]])),
        spec,
    )
    assert dict(proposal.issues[0].fields) == {"unit": "三组", "due_text": "6月底"}
    assert codes(proposal) == [] and not any(each.asked for each in proposal.columns)


def test_an_answer_is_spelled_so_that_it_is_understood_again():
    """What is kept for next month gives the same meaning to the same column."""
    rows = [["问题", "整改措施", "盯办专班", None], [None, None, None, None], ["甲不实", "子", "三组", "x"]]
    data = book(("台账", rows))
    (asked,) = [each for each in proposed(data).columns if each.asked]
    assert mapping.spelled(asked, "unit") == "盯办专班=unit"
    assert dict(proposed(data, mapping.spelled(asked, "unit")).issues[0].fields) == {"unit": "三组"}
    assert dict(proposed(data, mapping.spelled(asked, None)).issues[0].fields) == {}


def test_a_column_may_be_left_alone_and_a_sheet_too():
    """- leaves a column out; a sheet is read alone, or not at all; what matches nothing is said."""
    data = book(("甲表", [HEADER, ONE]), ("乙表", [HEADER, TWO]))
    assert "owner" not in proposed(data, "责任人=-").issues[0].fields
    assert [issue.title for issue in proposed(data, "乙表!").issues] == ["乙不严"]
    assert [issue.title for issue in proposed(data, "乙表!=-").issues] == ["甲不实"]
    assert codes(proposed(data, "没有这一列=unit")) == ["map_unused"]


@pytest.mark.parametrize(
    "spec", ["", "unit", "=unit", "责任站办=", "责任站办=nothing", "责任站办=不知道是什么"]
)
def test_what_says_nothing_of_a_column_is_refused(spec):
    """A mapping without a column, or to no field."""
    with pytest.raises(UsageError):
        mapping.parse([spec])


@pytest.mark.parametrize(
    ("cell", "unit"),
    [
        ("办公室\n财务科", "办公室、财务科"), ("办公室；\n财务科；", "办公室、财务科"), ("县农业\n农村局", "县农业农村局"), ("办公室 财务科", "办公室 财务科"),
        ("办公室；财务科", "办公室；财务科"), ("市直各部门", "市直各部门"),
    ],
)  # fmt: skip
def test_names_on_lines_of_their_own_are_several(cell, unit):
    """Units in a cell are told apart by line breaks as by any sign; a name broken over lines stays one."""
    fields = sheet(HEADER, [1, "甲不实", "子", cell, "沈某\n陆某", "6月底", None]).issues[0].fields
    assert (fields["unit"], fields["owner"]) == (unit, "沈某、陆某")


def test_measures_and_their_progress_in_one_column():
    """整改措施及进展情况 holds the measures where nothing else does, and the progress where something does."""
    alone = sheet(
        ["序号", "反馈问题", "整改措施及进展情况", "责任单位"],
        [1, "甲不实", "一是建章；二是培训。", "办公室"],
    )
    assert [each.text for each in alone.issues[0].measures] == ["建章", "培训"]
    beside = sheet(["序号", "反馈问题", "整改措施", "措施落实情况"], [1, "甲不实", "建章", "已印发"])
    assert dict(beside.issues[0].fields) == {"status_text": "已印发"}


def test_who_claims_an_issue_leads_it_only_where_nobody_else_does():
    """认领领导 of 问题清单 is the leader until 责任清单 names one, and is not forgotten then."""
    problems = ("问题清单", [["编号", "反馈问题", "认领领导"], [1, "甲不实", "林某"], [2, "乙不严", "林某"]])
    duties = (
        "责任清单",
        [["问题编号", "责任领导", "牵头科室"], [1, "顾某", "办公室"], [2, "林某", "财务科"]],
    )
    assert [issue.fields["leader"] for issue in proposed(book(problems)).issues] == ["林某", "林某"]
    one, two = proposed(book(problems, duties)).issues
    assert (one.fields["leader"], one.fields["remark"]) == ("顾某", "认领领导：林某")
    assert two.fields["leader"] == "林某" and "remark" not in two.fields
