"""Tables in Word files and on pages: ledgers, forms, tables cut by a page, and tables of other things."""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.intake.document import Document, Grid
from ledger.intake.formats import page, word
from ledger.intake.lines import split
from ledger.intake.notice import read_document
from tests.intake import dressing, writing


def read(*parts):
    """What a document of lines of text and of rows of cells proposes."""
    placed, number = [], 1
    for part in parts:
        if isinstance(part, str):
            lines = split("\n" * (number - 1) + part)
            number += part.count("\n") + 1
            placed.extend(lines)
        else:
            rows, merges = part if isinstance(part, tuple) else (part, ())
            placed.append(Grid(tuple(map(tuple, rows)), tuple(merges), line=number))
            number += len(rows)
    return read_document(Document(tuple(placed)), file="x")


def issues(*parts):
    """Category, title, measures and fields of every issue."""
    return [
        (issue.category, issue.title, [each.text for each in issue.measures], dict(issue.fields))
        for issue in read(*parts).issues
    ]


def codes(*parts):
    return [remark.code for remark in read(*parts).warnings]


HEADER = ["序号", "反馈问题", "整改措施", "责任单位", "完成时限"]
ONE = ["1", "甲不实", "1.子；\n2.丑。", "办公室", "6月底"]
TWO = ["2", "乙不严", "寅", "财务科", "7月底"]
FIRST = ("甲不实", ["子", "丑"], {"unit": "办公室", "due_text": "6月底"})
SECOND = ("乙不严", ["寅"], {"unit": "财务科", "due_text": "7月底"})


def test_a_table_under_each_category():
    """The heading right above a table is the category of its issues, and the prose around it stays."""
    proposal = read(
        "中共望阳县某局党组关于巡察整改进展情况的通报", "根据部署，现将整改情况公布如下。", "（一）政治建设方面", [HEADER, ONE],
        "（二）作风建设方面", [HEADER, TWO], "联系电话：0599-3300121", "2025年5月6日",
    )  # fmt: skip
    assert [(each.category, each.title, each.line) for each in proposal.issues] == [
        ("政治建设方面", "甲不实", 5),
        ("作风建设方面", "乙不严", 8),
    ]
    assert (proposal.title, proposal.contact.phone) == (
        "中共望阳县某局党组关于巡察整改进展情况的通报",
        "0599-3300121",
    )
    assert proposal.layout == "pasted_table"


def test_a_table_cut_by_a_page_is_one():
    """With the header again, without it, with 续表 between, in the middle of an issue."""
    expected = [(None, *FIRST), (None, *SECOND)]
    assert issues([HEADER, ONE], [HEADER, TWO]) == expected
    assert issues([HEADER, ONE], "续表", [HEADER, TWO]) == expected
    assert issues([HEADER, ONE], "- 2 -", [TWO]) == expected
    more = issues([HEADER, ["1", "甲不实", "子", "办公室", "6月底"]], [["", "", "丑", "", ""], TWO])
    assert [(title, measures) for _category, title, measures, _fields in more] == [
        ("甲不实", ["子", "丑"]),
        ("乙不严", ["寅"]),
    ]


def test_two_tables_with_headings_of_their_own_stay_two():
    """A paragraph of weight between two tables keeps them apart."""
    assert [each[0] for each in issues("（一）甲方面", [HEADER, ONE], "（二）乙方面", [HEADER, TWO])] == [
        "甲方面",
        "乙方面",
    ]


def test_title_and_band_inside_the_table():
    """A title above the header, merged, and bands of categories between rows."""
    width = ((0, 0, 0, 4), (2, 0, 2, 4), (4, 0, 4, 4))
    rows = [["某某局巡察反馈问题整改清单"], HEADER, ["一、政治建设方面"], ONE, ["二、作风建设方面"], TWO]
    proposal = read((rows, width))
    assert [(each.category, each.title) for each in proposal.issues] == [
        ("政治建设方面", "甲不实"),
        ("作风建设方面", "乙不严"),
    ]
    assert proposal.title == "某某局巡察反馈问题整改清单"


FORM = [
    ["问题类别", "政治建设"],
    ["存在问题", "甲不实"],
    ["整改措施", "1.子；\n2.丑。"],
    ["责任单位", "办公室"],
    ["完成时限", "6月底"],
]


def test_a_form_is_an_issue():
    """Names beside values, in pairs of two in a row, written downwards, or above: one form one issue."""
    expected = [("政治建设", *FIRST)]
    assert issues(FORM) == expected
    assert (
        issues(
            [
                ["问题类别", "政治建设", "责任单位", "办公室"],
                ["存在问题", "甲不实", "完成时限", "6月底"],
                ["整\n改\n措\n施", "1.子；\n2.丑。"],
            ]
        )
        == expected
    )
    assert (
        issues(
            [
                ["问题类别：", "政治建设"],
                ["存在的问题"],
                ["甲不实"],
                ["整改措施"],
                ["1.子；\n2.丑。"],
                ["责任单位", "办公室", "完成时限", "6月底"],
            ]
        )
        == expected
    )
    parts = [
        ["问题类别", "政治建设"],
        ["反馈问题（原文）", "甲不实"],
        ["整改措施", "子"],
        ["", "丑"],
        ["责任单位", "办公室"],
        ["完成时限", "6月底"],
    ]
    assert issues((parts, [(2, 0, 3, 0)])) == expected
    parts = [
        ["问题类别", "政治建设"],
        ["问题", "甲不实"],
        ["整改措施一", "子"],
        ["整改措施二", "丑"],
        ["责任单位", "办公室"],
        ["完成时限", "6月底"],
    ]
    assert issues(parts) == expected


def test_a_value_that_holds_a_name_is_a_value():
    """民生资金 beside 问题类别 is the category, though 资金 heads columns of amounts."""
    rows = [
        ["反馈问题", "甲不实"],
        ["问题类别", "民生资金", "责任领导", "叶某"],
        ["责任单位", "责任落实办", "完成时限", "6月底"],
        ["整改措施", "1.子；\n2.丑。"],
    ]
    fields = {"leader": "叶某", "unit": "责任落实办", "due_text": "6月底"}
    assert issues(rows) == [("民生资金", "甲不实", ["子", "丑"], fields)]


def test_forms_one_after_the_other():
    """Each form is an issue, in tables of their own or in one; what stands between is no table."""
    other = [
        ["问题类别", "作风建设"],
        ["存在问题", "乙不严"],
        ["整改措施", "寅"],
        ["责任单位", "财务科"],
        ["完成时限", "7月底"],
    ]
    expected = [("政治建设", *FIRST), ("作风建设", *SECOND)]
    assert issues(FORM, other) == expected
    assert issues("销号审批表（第1号）", FORM, "销号审批表（第2号）", other) == expected
    assert issues([*FORM, *other]) == expected


def test_what_stands_below_a_form_is_no_prose():
    """Opinions and signatures end neither the title nor an issue."""
    rows = [*FORM, ["集体研究意见", "同意。\n负责人签字："], ["领导小组审核认定", ""]]
    proposal = read("巡察反馈问题整改销号审批表", rows)
    assert (proposal.title, len(proposal.issues), proposal.prose) == ("巡察反馈问题整改销号审批表", 1, ())


def test_the_block_of_index_numbers_is_furniture():
    """A page's table of 索引号 and 发布机构 is no table of anything, and its title counts."""
    rows = [
        ["索引号：", "0001/2025-001", "主题分类：", "纪检"],
        ["发文机关：", "某局", "成文日期：", "2025年5月6日"],
        ["标题：", "关于巡察整改情况的通报"],
    ]
    proposal = read(rows, "1.关于“甲不实”的问题", "整改情况：一是子；二是丑。")
    assert (proposal.title, proposal.warnings, len(proposal.issues)) == ("关于巡察整改情况的通报", (), 1)


def test_opinions_and_signatures_of_a_form_are_no_fields():
    """责任单位意见 is not the unit, 责任人签字 not the person, a telephone nobody's field."""
    rows = [
        ["编号", "3", "整改类型", "立行立改"],
        *FORM[1:],
        ["责任单位意见", "同意销号"],
        ["责任人签字", "某某"],
        ["联系电话", "0599-3300121"],
        ["备注"],
    ]
    assert issues(rows) == [(None, *FIRST)]


def test_a_form_with_a_table_of_measures_inside():
    """Each measure keeps its own person and deadline; what stands below the table is no measure."""
    rows = [
        ["问题类别", "政治建设", "责任单位", "办公室"], ["存在问题", "甲不实"], ["序号", "整改措施", "责任人", "完成时限"],
        ["1", "子", "张某", "6月底"], ["2", "丑", "李某", "7月底"], ["责任单位意见", "同意"], ["备注", "无"],
    ]  # fmt: skip
    (issue,) = read(rows).issues
    assert (issue.category, issue.title, issue.fields["unit"]) == ("政治建设", "甲不实", "办公室")
    assert [(each.text, each.owner, each.due_text) for each in issue.measures] == [
        ("子", "张某", "6月底"),
        ("丑", "李某", "7月底"),
    ]
    two = [*rows[:5], ["存在问题", "乙不严"], ["整改措施", "寅"], ["责任单位", "财务科"]]
    assert [(each.title, len(each.measures)) for each in read(two).issues] == [("甲不实", 2), ("乙不严", 1)]


def test_a_form_cut_by_a_page_is_one():
    """The second half names no problem and goes on with the first."""
    assert issues(FORM[:3], FORM[3:]) == [("政治建设", *FIRST)]


def test_tables_of_other_things_are_left_alone_and_said():
    """Contacts and numbers are no issues, but the contact is found in its table."""
    contacts = [["联系人", "联系电话"], ["某科长", "0599-3300121"]]
    numbers = [["类别", "数量"], ["已完成", "12"], ["正在推进", "3"]]
    proposal = read("1.关于“甲不实”的问题", "整改情况：一是子；二是丑。", numbers, contacts)
    assert [(each.title, len(each.measures)) for each in proposal.issues] == [("甲不实", 2)]
    assert [(each.code, each.line) for each in proposal.warnings] == [("table_left_out", 3)]
    assert (
        read("某某局", [["联系电话", "0599-3300121"], ["电子邮箱", "a@b.cn"]]).contact.phone == "0599-3300121"
    )
    assert read("某某局", [["联系电话", "0599-3300121"], ["电子邮箱", "a@b.cn"]]).contact.email == "a@b.cn"


def test_measures_in_one_cell_are_counted_one_by_one():
    """What the notice says of its measures is held against all of them, cells or not."""
    assert codes("现将2个问题、3条整改措施的进展公布如下。", [HEADER, ONE, TWO]) == []
    assert codes("现将2个问题、4条整改措施的进展公布如下。", [HEADER, ONE, TWO]) == ["count_measures"]


MEASURES = [
    ["序号", "整改措施", "责任人", "完成时限"],
    ["1", "1.5公里管网更换", "林某", "6月底"],
    ["2", "1.登记；\n2.抽查", "汪某", "7月底"],
    ["合计", "2", "", ""],
]


def test_measures_in_a_table_below_the_heading_of_an_issue():
    """Each row is a measure of that issue with what its row says; a table under any other line is left alone."""
    first = [("1.5公里管网更换", "林某", "6月底")]
    expected = [[*first, ("登记", "汪某", "7月底"), ("抽查", "汪某", "7月底")], first]
    for lead in ((), ("整改措施如下：",)):
        parts = ("一、关于“甲不实”的问题", *lead, MEASURES, "二、乙不严的问题", MEASURES[:2], "某某局")
        assert [
            [(each.text, each.owner, each.due_text) for each in issue.measures]
            for issue in read(*parts).issues
        ] == expected
    assert not read("工作安排如下", MEASURES).issues


def test_a_pasted_table_of_measures_below_an_issue():
    """The same with bars or tabs."""
    for glue in ("\t", " | "):
        body = "\n".join(glue.join(row) for row in MEASURES[:2])
        if glue != "\t":
            body = "\n".join(f"| {line} |" for line in body.split("\n"))
        proposal = read(f"1.关于“甲不实”的问题\n{body}\n2.关于“乙不严”的问题\n整改情况：一是子；二是丑。")
        assert [
            [(each.text, each.owner, each.due_text) for each in issue.measures] for issue in proposal.issues
        ] == [[("1.5公里管网更换", "林某", "6月底")], [("子", None, None), ("丑", None, None)]]


def test_prose_in_a_table_is_prose():
    """Issues written out in cells, numbered in a column of their own, are found like any others."""
    body = "关于“{}”的问题\n整改情况：一是{}；二是{}。\n目前，该问题已整改到位。"
    rows = [
        ["一", "巡察反馈问题整改情况"],
        ["1", body.format("甲不实", "子", "丑")],
        ["2", body.format("乙不严", "寅", "卯")],
    ]
    assert [(title, measures[:2]) for _category, title, measures, _fields in issues(rows)] == [
        ("甲不实", ["子", "丑"]), ("乙不严", ["寅", "卯"]),
    ]  # fmt: skip


def test_headings_in_short_cells_are_prose():
    """A notice laid out with its numbers in a column of their own."""
    rows = [
        ["一", "整改情况"],
        ["1", "关于“甲不实”的问题"],
        ["", "整改情况：一是子；二是丑。"],
        ["2", "关于“乙不严”的问题"],
        ["", "整改情况：一是寅；二是卯。"],
    ]
    assert [(title, measures) for _category, title, measures, _fields in issues(rows)] == [
        ("甲不实", ["子", "丑"]),
        ("乙不严", ["寅", "卯"]),
    ]


@settings(max_examples=60)
@given(
    writing.plain_issues,
    writing.hands,
    st.integers(1, 5),
    st.permutations(writing.COLUMNS[1:]),
    st.lists(writing.aspects, min_size=1, max_size=4, unique=True),
    st.sampled_from([(word.read, dressing.word_with_tables), (page.read, dressing.page_with_tables)]),
)
def test_tables_come_back(listed, hand, every, order, names, format_):
    """A table in any order of columns with bands, totals and repeated headers: what comes back was written."""
    hand = dataclasses.replace(hand, end=";", lines=False)
    columns = ["序号", *order]
    lines, placed = writing.table(listed, hand, every=every, quoted_cells=False, columns=columns, names=names)
    text = "\n".join([writing.TITLE, writing.PREAMBLE, *lines, *writing.CLOSING])
    reads, dress = format_
    proposal = read_document(reads(dress(text)), file="x")
    assert [(each.category, each.title, [one.text for one in each.measures]) for each in proposal.issues] == [
        (issue.category, issue.title, [hand.width(each.text) for each in issue.measures]) for issue in placed
    ]
    assert {issue.fields["due_text"] for issue in proposal.issues} == {"2025年6月底前"}
    assert (proposal.title, proposal.contact.phone) == (writing.TITLE, "0599-3300121")
    assert proposal.warnings == ()


@pytest.mark.parametrize("cells", [[], [[]], [["", ""], [None, ""]], [["甲"]], [["问题"], ["措施"]]])
def test_next_to_no_table_is_no_table(cells):
    """Empty tables and lonely words give no issue and no failure."""
    assert issues(cells) == []
