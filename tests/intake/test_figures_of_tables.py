"""Figures in the tables of a text."""

from __future__ import annotations

import pytest

from ledger.intake.claim import Verdict
from ledger.intake.document import Document, Grid
from ledger.intake.figures import claims
from tests.intake.reckoned import found

# -- tables ------------------------------------------------------------------------------------------------------

TABLE = """\
单位\t问题数\t已整改\t整改率
甲镇\t40\t38\t95.0%
乙镇\t25\t20\t80.0%
丙镇\t30\t27\t90.0%
合计\t95\t85\t89.5%
"""


def verdicts(text: str) -> list[tuple[int, int, str]]:
    return [(each.line, each.column, each.verdict.value) for each in found(text) if each.alarm]


def test_a_table_that_adds_up():
    """Totals below columns and rates of two columns hold."""
    everything = found(TABLE)
    assert {each.verdict for each in everything} == {Verdict.OK}
    assert sorted(each.kind for each in everything) == ["ratio"] * 4 + ["sum"] * 2


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ("合计\t95", "合计\t96", (5, 2, "wrong")),
        ("\t20\t80.0%", "\t20\t81.0%", (3, 4, "wrong")),
        ("95\t85\t89.5%", "95\t85\t89.4%", (5, 4, "truncated")),
    ],
)
def test_a_cell_of_a_table_that_does_not_follow(old, new, place):
    """The cell is named by its line and column."""
    assert place in verdicts(TABLE.replace(old, new))


def test_bars_of_markdown_make_a_table():
    """A table of Markdown is read as one; what it says stands in its line."""
    rows = [line.split("\t") for line in TABLE.replace("合计\t95", "合计\t96").splitlines()]
    lines = ["| " + " | ".join(row) + " |" for row in rows]
    lines.insert(1, "|---|---:|---:|---:|")
    assert (6, 2, "wrong") in verdicts("\n".join(lines))


@pytest.mark.parametrize(
    "text",
    [
        "序号\t问题\t得分\n1\t甲\t90\n2\t乙\t80\n合计\t\t85\n",
        "单位\t问题数\t已整改\n甲镇\t40\t38\n其中：村\t10\t9\n乙镇\t25\t20\n合计\t65\t58\n",
        "单位\t问题数\n甲镇\t40\n……\t\n乙镇\t25\n合计\t165\n",
        "单位\t问题数\t措施数\n甲镇\t40\t52\n乙镇\t25\t30\n合计\t99\t120\n",
        "一行\t两列\n只有\t文字\n没有\t数字\n",
    ],
)
def test_a_table_that_need_not_add_up(text):
    """Means, parts of rows, rows left out, and totals of which none holds are no alarm."""
    assert verdicts(text) == []


def test_subtotals_count_once():
    """小计 is of the rows since the one before, 合计 of all rows."""
    text = "单位\t数\t已办\n甲\t3\t2\n乙\t4\t4\n小计\t7\t6\n丙\t5\t5\n丁\t6\t1\n小计\t11\t6\n合计\t18\t12\n"
    assert {each.verdict for each in found(text)} == {Verdict.OK}
    assert (7, 2, "wrong") in verdicts(text.replace("小计\t11", "小计\t12"))


def test_a_total_at_the_end_of_rows():
    """A column 合计 is what makes it up in most rows."""
    text = "月份\t督办函\t提示函\t合计\n一月\t3\t2\t5\n二月\t4\t4\t8\n三月\t5\t5\t11\n四月\t1\t2\t3\n"
    assert verdicts(text) == [(4, 4, "wrong")]


def test_cells_of_a_sheet():
    """Numbers of a workbook are numbers, texts in its cells are read, and the sheet is named."""
    grid = Grid(
        rows=(
            ("单位", "问题数", "已整改", "说明"),
            ("甲镇", 40, 38, "排查隐患120处，整改100处，整改率93.3%。"),
            ("乙镇", 25, 20.0, None),
            ("合计", 65, 59, None),
        ),
        name="台账",
        line=3,
    )
    everything = claims(Document((grid,)), file="台账.xlsx").claims
    alarms = [(each.sheet, each.line, each.column, each.kind) for each in everything if each.alarm]
    assert alarms == [("台账", 4, 4, "ratio"), ("台账", 6, 3, "sum")]
