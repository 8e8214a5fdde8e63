"""`ledger compare`: what is printed and which files it makes."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

from tests.cli.books import files
from tests.cli.compare.lists import THEIRS, compared

# --- what is printed ------------------------------------------------------------------------------------


def test_a_person_sees_where_they_differ(run, book) -> None:
    """Differences field by field with both values, then what only one has; the counts beside it."""
    result = run("compare", "theirs.csv", terminal=True, lang="en")
    assert result.code == 0
    assert result.out.splitlines() == [
        "different 1",
        "  2  会议记录缺页" + " " * 77 + "line 3",
        "      issue  ledger: 会议记录缺页",
        "             list: 会议记录缺页较多",
        "      unit  ledger: 党建办",
        "            list: 综合办",
        "      status  ledger: not started",
        "              list: 已完成整改",
        "only in the ledger 1",
        "  3  车辆油耗超标",
        "only in the list 1",
        "  3  食堂采购不公开" + " " * 75 + "line 4",
    ]
    assert result.err.splitlines() == [
        "theirs.csv: 1 equal, 1 different, 1 only in the ledger, 1 only in the list",
        "2 deadlines are worded otherwise and mean the same day",
        "not in the list, so not compared: owner",
    ]


def test_in_chinese(run, book, chinese) -> None:
    """The same, as offices read it; the Chinese name of the command does the same."""
    result = run("对账", "theirs.csv", terminal=True, lang="zh")
    assert result.out.splitlines() == [
        "不一致 1",
        "  2  会议记录缺页" + " " * 76 + "第 3 行",
        "      问题  台账：会议记录缺页",
        "            清单：会议记录缺页较多",
        "      责任单位  台账：党建办",
        "                清单：综合办",
        "      状态  台账：未启动",
        "            清单：已完成整改",
        "仅台账有 1",
        "  3  车辆油耗超标",
        "仅清单有 1",
        "  3  食堂采购不公开" + " " * 74 + "第 4 行",
    ]
    assert result.err.splitlines() == [
        "theirs.csv：一致 1，不一致 1，仅台账有 1，仅清单有 1",
        "2 处时限写法不同，指的是同一天",
        "清单没有写、因而没有核对：责任人",
    ]


def test_a_pipe_gets_codes(run, book) -> None:
    """One line a difference, codes of fields and statuses; what only one has without a field."""
    assert run.ok("compare", "theirs.csv").splitlines() == [
        "found\tid\tn\tfield\tours\ttheirs\ttitle\tline",
        "different\t2\t2\ttitle\t会议记录缺页\t会议记录缺页较多\t会议记录缺页\t3",
        "different\t2\t2\tunit\t党建办\t综合办\t会议记录缺页\t3",
        "different\t2\t2\tstatus\tpending\t已完成整改\t会议记录缺页\t3",
        "only_ours\t3\t\t\t\t\t车辆油耗超标\t",
        "only_theirs\t\t3\t\t\t\t食堂采购不公开\t4",
    ]


def test_programs_get_what_means_the_same_too(run, book) -> None:
    """JSON has counts, pairs with how alike they are, and what is only worded otherwise."""
    document = compared(run)
    assert document["totals"] == {"equal": 1, "different": 1, "only_ours": 1, "only_theirs": 1}
    assert (document["agrees"], document["on"], document["by"]) == (False, "issues", None)
    assert document["fields"] == ["title", "unit", "leader", "due", "status"]
    assert document["unsaid"] == ["owner"]
    [same] = document["reworded"]
    assert same["reworded"] == [{"field": "due", "ours": "2025-06-30", "theirs": "2025年第二季度"}]
    assert same["alike"] == 1
    [pair] = document["different"]
    assert 0.5 < pair["alike"] < 1


def test_nothing_is_written(run, book) -> None:
    """It is a question, whatever the answer."""
    before = files()
    run.ok("compare", "theirs.csv")
    run.ok("compare", "theirs.csv", "--on", "measures", "--json")
    assert files() == before


# --- files ----------------------------------------------------------------------------------------------


def test_as_a_workbook(run, book) -> None:
    """A sheet with what differs, one with what only one has, one with what is equal; the same bytes each time."""
    import openpyxl

    run.ok("compare", "theirs.csv", "-o", "found.xlsx")
    first = Path("found.xlsx").read_bytes()
    run.ok("compare", "theirs.csv", "-o", "found.xlsx")
    assert Path("found.xlsx").read_bytes() == first
    sheets = openpyxl.load_workbook("found.xlsx").worksheets
    assert [sheet.title for sheet in sheets] == ["不一致", "仅一方有", "一致"]
    rows = [[cell.value for cell in row] for row in sheets[0].iter_rows(min_row=3)]
    assert rows[0] == ["台账序号", "清单序号", "问题", "内容", "台账", "清单", "清单中的行", "核对意见"]
    assert rows[1:] == [
        ["2", "2", "会议记录缺页", "问题", "会议记录缺页", "会议记录缺页较多", "3", None],
        ["2", "2", "会议记录缺页", "责任单位", "党建办", "综合办", "3", None],
        ["2", "2", "会议记录缺页", "状态", "未启动", "已完成整改", "3", None],
    ]
    only = [[cell.value for cell in row][:4] for row in sheets[1].iter_rows(min_row=4)]
    assert only == [["仅台账有", "3", None, "车辆油耗超标"], ["仅清单有", None, "3", "食堂采购不公开"]]


def test_as_csv(run, book) -> None:
    """The same as one table; what a spreadsheet program would calculate is guarded."""
    Path("theirs.csv").write_text(THEIRS.replace("综合办", "=cmd|' /C calc'!A0"), encoding="utf-8")
    run.ok("compare", "theirs.csv", "-o", "found.csv")
    text = Path("found.csv").read_text(encoding="utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    assert rows[0] == ["对账结果", "台账序号", "清单序号", "问题", "内容", "台账", "清单", "清单中的行"]
    assert rows[2][6] == "'=cmd|' /C calc'!A0"
    assert [row[0] for row in rows[1:]] == ["不一致"] * 3 + ["仅台账有", "仅清单有"]


def test_json_says_what_was_written(run, book) -> None:
    """A script learns where it is and whether there is anything to settle."""
    document = json.loads(run.ok("compare", "theirs.csv", "-o", "found.csv", "--json"))
    assert (document["file"], document["compared"], document["agrees"]) == ("found.csv", "theirs.csv", False)


def test_the_exit_code_says_whether_there_is_anything_to_settle(run, book) -> None:
    """10 only when asked for and something differs."""
    assert run("compare", "theirs.csv", "--exit-code").code == 10
    assert run("compare", "theirs.csv", "--exit-code", "-o", "found.csv").code == 10
    assert run("compare", "theirs.csv").code == 0
    run.ok("export", "xlsx", "-o", "own.xlsx")
    assert run("compare", "own.xlsx", "--exit-code").code == 0
