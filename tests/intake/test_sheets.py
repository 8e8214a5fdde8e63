"""Workbooks and CSV files: every set of columns, every habit, each as an office would send it."""

from __future__ import annotations

import time

import pytest

from ledger.intake.proposal import as_json
from tests.intake.booking import book, codes, proposed, text, told
from tests.intake.columnsets import SETS
from tests.intake.listing import BOTH, HEADER, ONE, TWO, sheet

NAMES = [name for name, *_rest in SETS]


@pytest.mark.parametrize(("_name", "rows", "merges", "want"), SETS, ids=NAMES)
def test_a_set_of_columns_is_read_as_somebody_would(_name, rows, merges, want):
    """Titles, categories, fields and measures of every set that offices use, as a workbook."""
    assert told(proposed(book(("台账", rows), merges=merges))) == want


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
@pytest.mark.parametrize(("_name", "rows", "_merges", "want"), SETS, ids=NAMES)
def test_a_csv_file_says_the_same(_name, rows, _merges, want, delimiter, encoding):
    """The same sets without merges, between any separators, in any encoding."""
    assert told(proposed(text(rows, delimiter=delimiter, encoding=encoding))) == want


@pytest.mark.parametrize(
    "rows",
    [
        [["附件1"], ["某县整改台账"], ["填报单位：某局", None, None, "日期：2025年5月"], HEADER, ONE, TWO],
        [HEADER, ONE, HEADER, TWO],
        [["某县整改台账"], HEADER, ONE, ["第1页，共2页"], ["某县整改台账"], HEADER, TWO, ["第 2 页"]],
        [[], [], HEADER, [], ONE, [], [], TWO, []],
        [HEADER, ONE, TWO, [], ["备注：以上为公开部分。"]],
        [HEADER, ONE, TWO, ["填表人：某", None, None, "审核人：某", None, "2025年5月"]],
        [HEADER, ONE, TWO, ["合计", "2个问题", "2条措施"]],
        [[None, *HEADER], [None, *ONE], [None, *TWO]],
        [[*HEADER, None, None, "另记"], [*ONE, None, None, "再问一次"], TWO],
        [
            [
                "序 号",
                "反馈\n问题",
                "整 改\n措 施",
                "责任单位\n(盖章)",
                "责 任 人",
                "完成\n时限",
                "完成　情况",
            ],
            ONE,
            TWO,
        ],
        [HEADER, ["1.0", *ONE[1:]], ["２", *TWO[1:]]],
        [HEADER, [1, "1.“甲不实”的问题", *ONE[2:]], [2, "2、乙不严。", *TWO[2:]]],
    ],
    ids=[
        "above",
        "repeated",
        "pages",
        "gaps",
        "below",
        "signed",
        "total",
        "indented",
        "beside",
        "blanks",
        "numbers",
        "numbered",
    ],
)
def test_what_stands_around_the_rows_is_none_of_them(rows):
    """Titles, repeated headers, page numbers, remarks, signatures, totals, empty rows and columns say nothing."""
    assert told(sheet(*rows)) == BOTH


def test_a_title_is_the_line_that_names_the_list():
    """The sheet's own title, with the office in the line above it; 附件 and 填报单位 are none."""
    assert sheet(["附件2"], ["某县粮食局整改台账"], HEADER, ONE).title == "某县粮食局整改台账"
    assert (
        sheet(["某县粮食局"], ["巡察整改台账"], ["单位：项"], HEADER, ONE).title == "某县粮食局巡察整改台账"
    )
    assert sheet(HEADER, ONE).title is None


def test_two_rows_of_header_merged_or_not():
    """A header of two rows means the same with its merges and with them lost."""
    rows = [
        ["序号", "问题", "措施", "责任分工", None, None, "时限", "进展", None],
        [None, None, None, "领导", "股室", "责任人", None, "完成情况", "佐证材料"],
        [1, "甲不实", "子", "林某", "办公室", "顾某", "6月底", "已完成", "文件"],
        [None, None, "丑", None, None, "沈某", "7月底", "未启动", None],
    ]
    own = [
        ("子", {"owner": "顾某", "due_text": "6月底", "deliverable": "文件", "status_text": "已完成"}),
        ("丑", {"owner": "沈某", "due_text": "7月底", "status_text": "未启动"}),
    ]
    want = [("甲不实", None, {"leader": "林某", "unit": "办公室"}, own)]
    merges = ["A1:A2", "B1:B2", "C1:C2", "D1:F1", "G1:G2", "H1:I1", "A3:A4", "B3:B4", "D3:D4", "E3:E4"]
    assert told(sheet(*rows, merges=merges)) == told(sheet(*rows)) == told(proposed(text(rows))) == want


def test_a_header_of_three_rows():
    """Three levels are read as one."""
    rows = [
        ["序号", "问题清单", None, "责任清单", None, None, "时限"],
        [None, "反馈问题", "整改措施", "单位", None, "责任人", None],
        [None, None, None, "牵头", "配合", None, None],
        [1, "甲不实", "子", "办公室", "财务科", "顾某", "6月底"],
    ]
    merges = ["A1:A3", "B1:C1", "D1:F1", "G1:G3", "B2:B3", "C2:C3", "D2:E2", "F2:F3"]
    fields = {"unit": "办公室", "co_units": "财务科", "owner": "顾某", "due_text": "6月底"}
    assert told(sheet(*rows, merges=merges)) == [("甲不实", None, fields, [("子", {})])]


def test_a_header_reaches_as_far_down_as_its_cells_are_merged():
    """Its last row is one though it names nothing new; what is filled in above it is none of it."""
    rows = [
        ["填报单位：某局", None, None, "金额单位：万元", None],
        ["序号", "审计查出问题", "整改措施", "整改结果", None],
        [None, None, None, "追缴", "调账"],
        [1, "甲不实", "子", 12, 3],
    ]
    found = sheet(*rows, merges=["A1:C1", "D1:E1", "A2:A3", "B2:B3", "C2:C3", "D2:E2"])
    assert [(issue.title, [each.text for each in issue.measures]) for issue in found.issues] == [
        ("甲不实", ["子"])
    ]
    assert "loose_rows" not in codes(found)
    assert [each.header for each in found.columns] == [
        "序号",
        "审计查出问题",
        "整改措施",
        "整改结果 追缴",
        "整改结果 调账",
    ]


def test_a_table_with_a_number_of_its_own_names_its_category():
    """表一  政治建设方面 right over a header is the category, without the number."""
    found = sheet(
        ["某局整改台账"], ["表一  政治建设方面"], HEADER, ONE, [], ["附表2：作风建设方面"], HEADER, TWO
    )
    assert [issue.category for issue in found.issues] == ["政治建设方面", "作风建设方面"]


def test_cells_merged_downwards_belong_to_all_their_rows():
    """A merged cell is said of all rows it covers; an empty cell beside it says nothing."""
    rows = [
        HEADER,
        [1, "甲不实", "子", "办公室", "顾某", "6月底", "已完成"],
        [None, None, "丑", None, None, "7月底", None],
        [2, "乙不严", "寅", None, "沈某", "8月底", "未启动"],
    ]
    issues = told(sheet(*rows, merges=["A2:A3", "B2:B3", "D2:D4", "E2:E3"]))
    assert issues == [
        ("甲不实", None, {"unit": "办公室", "owner": "顾某"}, [("子", {"due_text": "6月底", "status_text": "已完成"}), ("丑", {"due_text": "7月底"})]),
        ("乙不严", None, {"unit": "办公室", "owner": "沈某", "due_text": "8月底", "status_text": "未启动"}, [("寅", {})]),
    ]  # fmt: skip


def test_a_status_of_one_measure_is_not_that_of_the_issue():
    """已完成 in the first of several rows is said of its measure alone."""
    rows = [HEADER, ONE, [None, None, "丑", None, None, None, None]]
    ((_title, _category, fields, measures),) = told(sheet(*rows))
    assert "status_text" not in fields
    assert measures == [("子", {"status_text": "已完成"}), ("丑", {})]


@pytest.mark.parametrize("merges", [(), ("A2:A4", "B2:B4")])
def test_what_a_row_says_beside_its_measure_is_said_of_that_measure(merges):
    """Remarks, reasons, days of completion; an aim is the issue's until a row names another."""
    found = sheet(
        ["序号", "反馈问题", "整改措施", "整改目标", "备注", "未完成原因", "实际完成时间"],
        [1, "甲不实", "子", "全部清零", "附凭证", None, "2025-06-01"],
        [None, None, "丑", None, None, "人手不足", None],
        [None, None, "寅", None, "换人经办", None, "2025-07-01"],
        merges=merges,
    )
    (issue,) = found.issues
    assert dict(issue.fields) == {"target": "全部清零"}
    assert [(each.remark, each.reason, each.done_text) for each in issue.measures] == [
        ("附凭证", None, "2025-06-01"),
        (None, "人手不足", None),
        ("换人经办", None, "2025-07-01"),
    ]


@pytest.mark.parametrize(
    ("remarks", "of_the_issue", "of_measures"),
    [
        (["甲", "甲", "甲"], "甲", [None, None, None]),
        (["甲", "甲", "乙"], None, ["甲", "甲", "乙"]),
        (["甲", None, "乙"], None, ["甲", None, "乙"]),
        (["甲", None, None], "甲", [None, None, None]),
    ],
)
def test_remarks_of_rows_in_which_no_merge_is_known(remarks, of_the_issue, of_measures):
    """What all rows say alike, or the first alone, is the issue's; else each row's remark is its own."""
    rows = [[1, "甲不实", text, remark] for text, remark in zip("子丑寅", remarks, strict=True)]
    (issue,) = sheet(["序号", "反馈问题", "整改措施", "备注"], *rows).issues
    assert issue.fields.get("remark") == of_the_issue
    assert [each.remark for each in issue.measures] == of_measures


@pytest.mark.parametrize("nothing", ["无", "/", "—", "——"])
def test_a_stroke_names_no_unit_and_no_sum(nothing):
    """Nor is it an empty cell that may mean the one above."""
    found = sheet(
        ["序号", "反馈问题", "整改措施", "配合单位", "涉及金额（万元）", "备注"],
        [1, "甲不实", "子", "财务科", 3, None],
        [None, None, "丑", nothing, nothing, nothing],
        [2, "乙不严", "寅", nothing, nothing, None],
    )
    first, second = found.issues
    assert [each.co_units for each in first.measures] == ["财务科", None]
    assert [each.amount for each in first.measures] == ["3万元", None]
    assert dict(second.fields) == {}


def test_an_aim_that_differs_by_row_is_the_measures():
    """What every row says otherwise is said of its own measure and not of the issue."""
    found = sheet(
        ["序号", "反馈问题", "整改措施", "整改目标", "整改金额(万元)"],
        [1, "甲不实", "子", "全部清零", 3],
        [None, None, "丑", "长效管理", 4.5],
    )
    assert dict(found.issues[0].fields) == {}
    said = [(each.target, each.amount) for each in found.issues[0].measures]
    assert said == [("全部清零", "3万元"), ("长效管理", "4.5万元")]


def test_a_unit_filled_once_for_all_rows_below_is_theirs():
    """Cells left empty where the merge was lost are filled, and said, when no cell repeats the one above."""
    names = "甲乙丙丁戊己"
    units = ["办公室", None, None, "财务科", None, None]
    rows = [[n, f"{names[n]}不实", "子", units[n], "顾某", "6月底", None] for n in range(6)]
    proposal = sheet(HEADER, *rows)
    assert [issue.fields["unit"] for issue in proposal.issues] == ["办公室"] * 3 + ["财务科"] * 3
    assert codes(proposal) == ["filled_cells"]


def test_a_single_empty_cell_is_left_empty_and_said():
    """One empty cell among many may be a cell nobody filled."""
    proposal = sheet(
        HEADER,
        ONE,
        [2, "乙不严", "丑", None, "沈某", "7月底", None],
        [3, "丙不全", "寅", "办公室", "沈某", "7月底", None],
    )
    assert "unit" not in proposal.issues[1].fields
    assert codes(proposal) == ["empty_cells"]


@pytest.mark.parametrize("merged", [True, False])
def test_a_ticked_status_is_the_header_of_its_column(merged):
    """√, ☑, 是 and 1 under 已完成, 正在推进, 未启动 are that status; ×, 否 and 0 are nothing."""
    head = [
        ["序号", "问题", "整改措施", "责任单位", "完成情况", None, None],
        [None, None, None, None, "已完成", "正在推进", "未启动"],
    ]
    rows = [
        [1, "甲不实", "子", "办公室", "√", None, None], [2, "乙不严", "丑", "办公室", "×", "☑", "否"],
        [3, "丙不全", "寅", "办公室", 0, 0, 1], [4, "丁不清", "卯", "办公室", "6月已办", None, None],
    ]  # fmt: skip
    proposal = sheet(*head, *rows, merges=["A1:A2", "B1:B2", "C1:C2", "D1:D2", "E1:G1"] if merged else ())
    said = [issue.fields["status_text"] for issue in proposal.issues]
    assert said == ["已完成", "正在推进", "未启动", "已完成：6月已办"]


def test_what_holds_no_list_says_so():
    """A workbook without any list of problems yields no issues, and every sheet left out is named."""
    proposal = proposed(book(("通讯录", [["姓名", "电话"], ["顾某", "1"]]), ("说明", [["请按时填报"]])))
    assert codes(proposal) == ["sheet_left_out", "sheet_left_out", "no_issues"]
    assert as_json(proposal)["issues"] == []


def test_our_own_export_in_english_comes_back():
    """The headings of our own list are known; the date an issue had first is not the one it has."""
    header = [
        "issue no.",
        "issue",
        "category",
        "status of the issue",
        "measure no.",
        "measure",
        "unit",
        "co-units",
        "original due date",
        "due",
        "status",
        "evidence",
    ]
    row = [
        "1",
        "甲不实",
        "作风",
        "active",
        "1.1",
        "子",
        "办公室",
        "财务科",
        "2025-05-01",
        "2025-06-30",
        "active",
        "0",
    ]
    proposal = proposed(text([header, row]))
    want = {"unit": "办公室", "co_units": "财务科", "due_text": "2025-06-30", "status_text": "active"}
    assert told(proposal) == [("甲不实", "作风", want, [("子", {})])]
    assert codes(proposal) == []


def test_rows_without_a_header_take_no_time():
    """A long list of anything else is looked through at the top and left."""
    began = time.process_time()
    proposal = proposed(text([[f"{n}号楼", f"住户{n}", f"备注{n}条", f"情况{n}良好"] for n in range(30_000)]))
    assert codes(proposal) == ["sheet_left_out", "no_issues"]
    assert time.process_time() - began < 5
