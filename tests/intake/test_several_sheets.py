"""Workbooks of several sheets, tables and forms: lists joined or kept apart, and totals."""

from __future__ import annotations

from tests.intake.booking import book, codes, proposed, told
from tests.intake.listing import HEADER, ONE, TWO, sheet


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
