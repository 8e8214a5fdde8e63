"""Workbooks and CSV files: every set of columns, every habit, each as an office would send it."""

from __future__ import annotations

import datetime as dt
import time

import openpyxl
import pytest
from openpyxl.styles import PatternFill

from ledger.errors import RejectedInputError, UsageError
from ledger.intake import mapping
from ledger.intake.proposal import as_json
from tests.intake.booking import book, codes, proposed, saved, text, told
from tests.intake.columnsets import SETS

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


HEADER = ["序号", "反馈问题", "整改措施", "责任单位", "责任人", "完成时限", "完成情况"]
ONE = [1, "甲不实", "子", "办公室", "顾某", "6月底", "已完成"]
TWO = [2, "乙不严", "丑", "财务科", "沈某", "7月底", "未启动"]
FIELDS = {"unit": "办公室", "owner": "顾某", "due_text": "6月底", "status_text": "已完成"}
MORE = {"unit": "财务科", "owner": "沈某", "due_text": "7月底", "status_text": "未启动"}
BOTH = [("甲不实", None, FIELDS, [("子", {})]), ("乙不严", None, MORE, [("丑", {})])]


def sheet(*rows, merges=(), name="台账"):
    return proposed(book((name, rows), merges=merges))


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


def test_dates_are_iso_and_phrases_stay():
    """True dates, and the numbers that stand for them, become ISO dates; phrases are kept as printed."""
    dues = [
        dt.date(2025, 6, 30),
        dt.datetime.combine(dt.date(2025, 7, 31), dt.time()),
        45838,
        "45838",
        "2025.6.30",
        "6.30前",
        "长期坚持",
        "２０２５年底前",
    ]
    rows = [[n, f"问题{n}不实", "子", "办公室", "顾某", due, None] for n, due in enumerate(dues, 1)]
    proposal = sheet(HEADER, *rows)
    assert [issue.fields["due_text"] for issue in proposal.issues] == [
        "2025-06-30", "2025-07-31", "2025-06-30", "2025-06-30", "2025.6.30", "6.30前", "长期坚持", "２０２５年底前",
    ]  # fmt: skip
    assert codes(proposal) == ["date_numbers"]


def test_a_cell_says_what_its_format_shows():
    """A month without a day and a percentage are kept as a person sees them; so are the dates of Chinese Excel."""
    made = openpyxl.Workbook()
    page = made.active
    page.append(["序号", "反馈问题", "整改措施", "完成时限", "整改进度"])
    page.append([1, "甲不实", "子", dt.date(2025, 6, 1), 0.85])
    page["D2"].number_format, page["E2"].number_format = 'yyyy"年"m"月"', "0%"
    (issue,) = proposed(saved(made)).issues
    assert dict(issue.fields) == {"due_text": "2025年6月", "status_text": "85%"}


def test_money_keeps_the_unit_of_its_header():
    """A bare number under 问题金额(万元) is so many 万元; an amount with a unit is as printed."""
    rows = [
        ["序号", "问题", "整改措施", "问题金额（万元）"],
        [1, "甲不实", "子", 12.5],
        [2, "乙不严", "丑", "3,200"],
        [3, "丙不全", "寅", "5万元"],
    ]
    assert [issue.fields["amount"] for issue in sheet(*rows).issues] == ["12.5万元", "3,200万元", "5万元"]


def test_lists_in_cells_that_go_with_the_measures_are_dealt_out():
    """Deadlines and persons numbered like the measures of the same row are theirs, one each."""
    row = [1, "甲不实", "1.子；\n2.丑。", "办公室", "1.顾某\n2.沈某", "1.6月底前\n2.7月底前", None]
    assert told(sheet(HEADER, row)) == [
        ("甲不实", None, {"unit": "办公室"}, [("子", {"owner": "顾某", "due_text": "6月底前"}), ("丑", {"owner": "沈某", "due_text": "7月底前"})])
    ]  # fmt: skip


def test_lists_on_sheets_of_their_own_are_joined():
    """问题清单, 任务清单 and 责任清单 become one list, by number; instructions are left out and said."""
    proposal = proposed(
        book(
            ("填表说明", [["填表说明"], ["1.按月填报。"], ["2.与反馈意见一致。"]]),
            ("问题清单", [["问题清单"], ["编号", "类别", "反馈问题", "具体表现", "认领领导"], [1, "政治方面", "甲不实", "表现甲", "林某"], [2, "作风方面", "乙不严", "表现乙", "顾某"]]),
            ("任务清单", [["问题编号", "任务序号", "整改措施", "完成标准", "完成时限"], [1, "1-1", "子", "印发", "6月底"], [None, "1-2", "丑", "见效", "7月底"], [2, "2-1", "寅", "归档", "8月底"]]),
            ("责任清单", [["问题编号", "牵头科室", "配合科室", "责任人"], ["1.0", "办公室", "人事科", "沈某"], ["２", "财务科", None, "陆某"]]),
        )
    )  # fmt: skip
    assert told(proposal) == [
        ("甲不实", "政治方面", {"detail": "表现甲", "leader": "林某", "unit": "办公室", "co_units": "人事科", "owner": "沈某"},
         [("子", {"due_text": "6月底", "criterion": "印发"}), ("丑", {"due_text": "7月底", "criterion": "见效"})]),
        ("乙不严", "作风方面", {"detail": "表现乙", "leader": "顾某", "unit": "财务科", "owner": "陆某"}, [("寅", {"due_text": "8月底", "criterion": "归档"})]),
    ]  # fmt: skip
    assert codes(proposal) == ["sheet_left_out"]
    assert [measure.sheet for measure in proposal.issues[0].measures] == ["任务清单", "任务清单"]


def test_deadlines_join_by_the_number_of_the_measure():
    """时效清单 names measures by their number alone."""
    proposal = proposed(
        book(
            (
                "问题清单",
                [["序号", "问题", "整改措施"], [1, "甲不实", "1.子；\n2.丑。"], [2, "乙不严", "寅"]],
            ),
            (
                "时效清单",
                [["问题序号", "措施序号", "完成时限"], [1, 1, "6月底"], [1, 2, "7月底"], [2, 1, "8月底"]],
            ),
        )
    )
    dues = [[each.due_text for each in issue.measures] for issue in proposal.issues]
    assert dues == [["6月底", "7月底"], ["8月底"]]


def test_remarks_of_joined_lists_stand_with_what_they_are_about():
    """A remark in a row of one measure is the measure's, one in a row of the issue is the issue's beside its own."""
    proposal = proposed(
        book(
            ("问题清单", [["序号", "反馈问题", "备注"], [1, "甲不实", "原文"], [2, "乙不严", None]]),
            (
                "任务清单",
                [
                    ["问题序号", "任务序号", "整改措施", "整改目标", "备注"],
                    [1, "1-1", "子", "清零", "已印发"],
                    [1, "1-2", "丑", "长效", None],
                    [2, "2-1", "寅", None, None],
                ],
            ),
            ("责任清单", [["问题序号", "责任单位", "备注"], [1, "办公室", "新任"], [2, "财务科", None]]),
        )
    )
    first = proposal.issues[0]
    assert dict(first.fields) == {"unit": "办公室", "remark": "原文\n新任"}
    assert [(each.text, each.target, each.remark) for each in first.measures] == [
        ("子", "清零", "已印发"),
        ("丑", "长效", None),
    ]


def test_lists_joined_by_title_are_taken_once():
    """A summary beside the ledger adds what it alone says, and nothing twice."""
    proposal = proposed(
        book(
            (
                "汇总",
                [
                    ["问题", "责任领导", "责任单位"],
                    ["甲不实", "林某", "办公室"],
                    ["乙不严", "林某", "财务科"],
                ],
            ),
            ("明细", [HEADER, ONE, TWO]),
        )
    )
    assert [(issue.title, issue.fields["leader"], len(issue.measures)) for issue in proposal.issues] == [
        ("甲不实", "林某", 1),
        ("乙不严", "林某", 1),
    ]


def test_ledgers_of_several_rounds_stay_apart():
    """Sheets with other issues are other lists, told apart by the names of their sheets; each says where it stands."""
    proposal = proposed(book(("2023年巡察", [HEADER, ONE]), ("2024年审计", [HEADER, [1, *TWO[1:]]])))
    assert [(issue.n, issue.title, issue.fields["group"], issue.sheet, issue.line) for issue in proposal.issues] == [
        (1, "甲不实", "2023年巡察", "2023年巡察", 2), (2, "乙不严", "2024年审计", "2024年审计", 2),
    ]  # fmt: skip


def test_several_tables_on_one_sheet():
    """Each table has its own header; a numbered heading right over it is its category."""
    other = [["序号", "审计发现问题", "整改措施", "责任单位"], [1, "乙不严", "丑", "财务科"]]
    proposal = sheet(["一、巡察问题"], HEADER, ONE, [], ["二、审计问题"], *other)
    assert [(issue.title, issue.category) for issue in proposal.issues] == [
        ("甲不实", "巡察问题"),
        ("乙不严", "审计问题"),
    ]


def test_a_table_on_its_side_and_a_form():
    """Issues beside each other, and a form for one issue."""
    side = sheet(
        ["反馈问题", "甲不实", "乙不严"],
        ["整改措施", "子", "丑"],
        ["责任单位", "办公室", "财务科"],
        ["完成时限", "6月底", "7月底"],
    )
    assert [(issue.title, issue.fields["unit"], (issue.line, issue.column)) for issue in side.issues] == [
        ("甲不实", "办公室", (1, 2)),
        ("乙不严", "财务科", (1, 3)),
    ]
    form = sheet(
        ["销号单"],
        ["存在问题", "甲不实"],
        ["整改措施", "1.子；2.丑；3.寅"],
        ["责任单位", "办公室", "责任人", "顾某"],
        ["完成时限", "6月底"],
    )
    assert told(form) == [
        (
            "甲不实",
            None,
            {"unit": "办公室", "owner": "顾某", "due_text": "6月底"},
            [("子", {}), ("丑", {}), ("寅", {})],
        )
    ]


def test_totals_that_do_not_add_up_are_said():
    """Subtotals, totals and headings with another number than what stands there: a remark each."""
    proposal = sheet(
        HEADER,
        ["一、甲方面（3个问题）"],
        ONE,
        ["小计", "2个问题", "1条措施"],
        TWO,
        ["合计", "2个问题", "5条措施"],
    )
    assert [(remark.code, remark.line) for remark in proposal.warnings] == [
        ("count_issues", 4),
        ("count_measures", 6),
        ("count_category", 2),
    ]


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


def test_hidden_sheets_are_left_out_and_said_hidden_rows_are_read():
    """A hidden sheet counts only when it is named; a filter hides no row from us."""
    made = openpyxl.Workbook()
    page = made.active
    page.title = "台账"
    for row in (HEADER, ONE, TWO):
        page.append(row)
    page.row_dimensions[3].hidden = True
    secret = made.create_sheet("旧稿")
    for row in (HEADER, [9, "丙不全", *ONE[2:]]):
        secret.append(row)
    secret.sheet_state = "hidden"
    proposal = proposed(saved(made))
    assert told(proposal) == BOTH
    assert sorted(codes(proposal)) == ["hidden_rows", "sheet_hidden"]
    assert [issue.title for issue in proposed(saved(made), "旧稿!").issues] == ["丙不全"]


def test_errors_formulas_and_colours_are_said():
    """A cell that shows an error or has no result is empty; colours say nothing, and that is said."""
    made = openpyxl.Workbook()
    page = made.active
    for row in (HEADER, ONE, TWO, [3, "丙不全", "寅", "#REF!", "=1+1", "8月底", None]):
        page.append(row)
    for at, colour in enumerate(("FF0000", "FFFF00", "00FF00", "0000FF"), start=1):
        page.cell(2, at).fill = PatternFill("solid", fgColor=colour)
    proposal = proposed(saved(made))
    assert dict(proposal.issues[2].fields) == {"due_text": "8月底"}
    assert {"error_cells", "formulas", "colours"} <= set(codes(proposal))


def test_a_far_cell_costs_nothing():
    """A cell in the last row and column of a sheet is left out and said; the ledger is read."""
    made = openpyxl.Workbook()
    page = made.active
    for row in (HEADER, ONE, TWO):
        page.append(row)
    page["XFD2"], page["A1048576"] = "远", "远"
    proposal = proposed(saved(made))
    assert told(proposal) == BOTH
    assert codes(proposal) == ["far_cells", "far_cells"]


def test_what_is_no_workbook_is_refused():
    """A damaged workbook is refused with a sentence, not with a traceback."""
    from ledger.intake.formats import workbook

    data = book(("台账", [HEADER, ONE]))
    for broken in (
        b"PK\x03\x04",
        data[: len(data) // 2],
        data.replace(b"xl/workbook.xml", b"xl/workbonk.xml"),
    ):
        with pytest.raises(RejectedInputError):
            workbook.read(broken)


def test_text_in_cells_is_clean():
    """Controls and invisible characters do not come in, as themselves or as a workbook writes them."""
    proposal = sheet(
        HEADER, [1, "甲\u200b不\u202e实", "子_x000D_", "办公室\u2060", "顾某", "6月底", "已完成"]
    )
    assert told(proposal) == BOTH[:1]


def test_a_guarded_cell_of_ours_is_as_it_was():
    """The quote that our own export puts before what a spreadsheet would calculate is taken off; others stay."""
    rows = [HEADER, [1, "'=甲不实", "'-子", "'办公室", "顾某", "6月底", "已完成"]]
    ((title, _category, fields, measures),) = told(proposed(text(rows)))
    assert (title, fields["unit"], [text for text, _own in measures]) == ("=甲不实", "'办公室", ["-子"])


def test_an_unclosed_quote_of_a_csv_file_is_said():
    """Cells that may have run together are not passed over in silence."""
    data = ('序号,反馈问题,整改措施,责任单位\n1,甲不实,子,办公室\n2,"乙不严,丑,财务科\n').encode()
    assert "unclosed_quote" in codes(proposed(data))


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


def test_true_and_false_are_yes_and_no():
    """A ticked box of a spreadsheet says 是, an empty one 否."""
    proposal = sheet(
        ["序号", "反馈问题", "整改措施", "是否完成", "是否销号"], [1, "甲不实", "子", True, False]
    )
    assert dict(proposal.issues[0].fields) == {"status_text": "是", "closed_text": "否"}


def test_what_holds_no_list_says_so():
    """A workbook without any list of problems yields no issues, and every sheet left out is named."""
    proposal = proposed(book(("通讯录", [["姓名", "电话"], ["顾某", "1"]]), ("说明", [["请按时填报"]])))
    assert codes(proposal) == ["sheet_left_out", "sheet_left_out", "no_issues"]
    assert as_json(proposal)["issues"] == []


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
