"""Pasted tables: what their columns mean, what their rows say, where they end."""

from __future__ import annotations

import pytest

from ledger.intake import words
from tests.intake.noticed import read_notice

COLUMNS = [
    ("序号", "number"), ("序 号", "number"), ("反馈问题", "issue"), ("巡察反馈问题", "issue"), ("存在的问题或隐患", "issue"),
    ("问题\n描述", "issue"), ("整改 措施", "measure"), ("具体整改措施", "measure"), ("整改情况", "account"), ("责任领导", "leader"),
    ("牵头科室", "unit"), ("责任单位(盖章)", "unit"), ("配合单位", "co_units"), ("整改责任人", "owner"), ("责任人(签字)", "owner"),
    ("整改\n时限", "due_text"), ("完成时限", "due_text"), ("预计完成时间", "due_text"), ("完成情况", "status_text"),
    ("整改目标", "target"), ("检验标准", "criterion"), ("佐证材料", "deliverable"), ("涉及金额(万元)", "amount"),
    ("问题类别", "category"), ("备注", "remark"), ("是否销号", "closed_text"), ("附图", None), ("", None), ("整改任务", "task"),
]  # fmt: skip


@pytest.mark.parametrize(("header", "field"), COLUMNS, ids=[repr(row[0]) for row in COLUMNS])
def test_a_header_means_one_field(header, field):
    """Every usual name of a column means its field, blanks, breaks and brackets aside; others mean none."""
    assert words.column(header) == field


def test_no_word_means_two_fields():
    """A word stands in one list only, so that a label can be read without guessing."""
    listed = [word for each in words.WORDS.values() for word in each]
    assert len(listed) == len(set(listed))


def issues(text):
    """Title, category, measures and fields of every issue."""
    return [
        (issue.title, issue.category, [each.text for each in issue.measures], dict(issue.fields))
        for issue in read_notice(text, file="x").issues
    ]


def codes(text):
    return [remark.code for remark in read_notice(text, file="x").warnings]


HEADER = "序号\t反馈问题\t整改措施\t责任单位\t完成时限\n"


def test_a_row_broken_over_lines_is_one_row():
    """A cell that goes on over lines, in quotes or not, belongs to its row."""
    text = HEADER + '1\t甲不实\t1.子;\n2.丑。\t办公室\t6月底\n2\t乙不严\t"1.寅;\n2.卯"\t财务科\t7月底\n'
    assert issues(text) == [
        ("甲不实", None, ["子", "丑"], {"unit": "办公室", "due_text": "6月底"}),
        ("乙不严", None, ["寅", "卯"], {"unit": "财务科", "due_text": "7月底"}),
    ]


def test_an_unclosed_quote_eats_no_rows():
    """A cell that begins with a quote nobody closes is text; the next rows are rows."""
    text = (
        HEADER
        + '1\t"甲”不实\t子\t办公室\t6月底\n2\t乙不严\t"丑\t财务科\t7月底\n3\t丙不全\t寅\t业务科\t8月底\n'
    )
    assert [title for title, *_rest in issues(text)] == ['"甲”不实', "乙不严", "丙不全"]


def test_one_measure_a_row_makes_one_issue():
    """Merged cells: rows without number and problem go on with the issue; their fields are their measures'."""
    text = HEADER + "1\t甲不实\t子\t办公室\t6月底\n\t\t丑\t财务科\t7月底\n2\t乙不严\t寅\t办公室\t8月底\n"
    proposal = read_notice(text, file="x")
    first = proposal.issues[0]
    assert [(each.text, each.unit, each.due_text) for each in first.measures] == [
        ("子", "办公室", "6月底"),
        ("丑", "财务科", "7月底"),
    ]
    assert dict(first.fields) == {}
    assert dict(proposal.issues[1].fields) == {"unit": "办公室", "due_text": "8月底"}


def test_bands_totals_and_the_header_again_are_no_issues():
    """Headings of a category give the category; totals and repeated headers give nothing."""
    text = (
        HEADER + "一、甲方面(1个)\n1\t甲不实\t子\t办公室\t6月底\n小计\t1\t1\t\t\n第 1 页\n" + HEADER
        + "二、乙方面(2个)\n2\t乙不严\t丑\t办公室\t6月底\n3\t丙不全\t寅\t办公室\t6月底\n合计\t3\t3\t\t\n备注:以上为公开部分。\n"
    )  # fmt: skip
    assert [(title, category) for title, category, *_rest in issues(text)] == [
        ("甲不实", "甲方面"), ("乙不严", "乙方面"), ("丙不全", "乙方面"),
    ]  # fmt: skip
    assert codes(text) == []


def test_totals_that_do_not_add_up_are_said():
    """A band, a subtotal or a total with another number than its rows: a remark each, with the line."""
    text = HEADER + "一、甲方面(2个)\n1\t甲不实\t子\t办公室\t6月底\n小计\t1\t2\t\t\n合计\t4\t1\t\t\n"
    remarks = read_notice(text, file="x").warnings
    assert [(remark.code, remark.line) for remark in remarks] == [
        ("count_category", 2), ("count_measures", 4), ("count_issues", 5),
    ]  # fmt: skip


def test_an_empty_cell_is_left_empty_and_said():
    """Nothing is filled in from the row above; the first such line is named."""
    text = HEADER + "1\t甲不实\t子\t办公室\t6月底\n2\t乙不严\t丑\t\t7月底\n"
    assert issues(text)[1][3] == {"due_text": "7月底"}
    remarks = read_notice(text, file="x").warnings
    assert [(remark.code, remark.line) for remark in remarks] == [("empty_cells", 3)]
    assert "责任单位" in remarks[0].message


def test_a_table_knows_where_its_cells_stand():
    """Line and column of titles and measures are those in the file."""
    proposal = read_notice("题目\n" + HEADER + "1\t甲不实\t1.子;\n2.丑。\t办公室\t6月底\n", file="x")
    issue = proposal.issues[0]
    assert (issue.line, issue.column) == (3, 3)
    assert [(each.line, each.column) for each in issue.measures] == [(3, 9), (4, 3)]


@pytest.mark.parametrize(
    "text",
    [
        "索引号\tX1\t发布机构\t某局\n",
        "序号\t姓名\t单位\n1\t甲\t乙\n",
        "整改措施\t责任单位\t完成时限\n子\t丑\t寅\n",
    ],
)
def test_other_tables_are_no_list_of_problems(text):
    """A table without a column for problems lists none."""
    assert issues(text) == []


def test_an_account_is_a_status_beside_measures_and_measures_alone():
    """整改情况 is the status where there is a column of measures, and the measures where there is none."""
    both = "序号\t反馈问题\t整改措施\t整改情况\n1\t甲不实\t子\t已完成\n"
    alone = "序号\t反馈问题\t整改情况\t责任单位\n1\t甲不实\t一是子;二是丑\t办公室\n"
    assert issues(both) == [("甲不实", None, ["子"], {"status_text": "已完成"})]
    assert issues(alone) == [("甲不实", None, ["子", "丑"], {"unit": "办公室"})]


def test_columns_that_a_record_has_no_field_for_make_no_other_table():
    """A work order with its source, grade and basis beside the problem, pasted."""
    header = "整改类型\t问题标题\t问题描述\t来源类型\t来源详情\t法规依据\t严重度\t截止日期\t责任部门\n"
    row = "限期整改\t甲不实\t情形子\t热线\t12345\t某法\t一般\t2025-07-15\t办公室\n"
    (found,) = issues(header + row)
    assert found[0] == "甲不实"
    assert (found[3]["unit"], found[3]["due_text"]) == ("办公室", "2025-07-15")
