"""Figures in a workbook that is taken in: its cells and its short tables are checked, and what is left out is said."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ledger.intake import figures
from ledger.intake.document import Document, Grid
from ledger.intake.proposal import Proposal

EMPTY = Proposal("x", "sheet", None)
#: 44 of 50 are 88 %.
WRONG = "抽查合同50份，已整改44份，整改率92%。"


def of(*grids: Grid) -> Proposal:
    return figures.with_figures_of_sheets(EMPTY, Document(grids))


def alarms(proposal: Proposal) -> list[str]:
    return [each.code for each in proposal.warnings]


def test_a_cell_that_miscounts_is_a_warning_of_the_import(run):
    """The claim stands among the figures with its row and column, and the warning says it in the language."""
    Path("list.csv").write_text(
        f"序号,问题,整改措施,整改情况\n1,合同台账不全,补登合同,{WRONG}\n2,考勤松散,每周抽查,已抽查8次\n",
        encoding="utf-8",
        newline="\n",
    )
    told = json.loads(run.ok("import", "list.csv", "--dry-run", "--json"))
    assert [(each["verdict"], each["line"], each["column"]) for each in told["figures"]] == [("wrong", 2, 4)]
    assert [each["line"] for each in told["warnings"] if each["code"] == "figure_wrong"] == [2]


def test_the_sheet_of_a_claim_is_named():
    """Where there are sheets, a row alone names no place."""
    (warning,) = of(Grid(((WRONG,),), name="台账")).warnings
    assert warning.message.startswith("sheet 台账: ")


def test_hidden_sheets_say_nothing():
    """What nobody is shown is not held against anybody."""
    assert of(Grid(((WRONG,),), hidden=True)) == EMPTY


@pytest.mark.parametrize(
    "text",
    ["抽查合同五十份，已整改四十四份，整改率百分之九十二。", "５０份合同中，已整改４４份，整改率９２％。"],
)
def test_numbers_in_words_are_looked_at_too(text):
    """What is passed over before computing passes over no numeral."""
    grid = Grid(((text,),))
    assert of(grid).figures == figures.of_document(Document((grid,)))


def test_a_total_that_does_not_add_up():
    """A short table is added up."""
    rows = (("单位", "问题数"), ("甲站", 12), ("乙站", 30), ("丙站", 8), ("合计", 51))
    assert alarms(of(Grid(rows))) == ["figure_wrong"]


def test_what_is_not_looked_at_is_said():
    """Cells beyond a number of characters, and long tables, are left to `figures`, which looks at all."""
    story = f"{WRONG}{'整改小组逐份核对合同文本与付款凭证。' * 20}"
    count = figures._MOST_CHARACTERS // len(story) + 1
    grid = Grid(tuple((story,) for _row in range(count + 1)))
    found = of(grid)
    assert alarms(found) == ["figure_wrong"] * count + ["figures_cut"]
    assert len(figures.of_document(Document((grid,)))) == count + 1
    assert alarms(of(Grid(tuple(("甲站", at) for at in range(figures._MOST_ROWS + 1))))) == ["figures_cut"]


def test_two_short_sheets_are_no_long_one():
    """Nothing is said where nothing was left out."""
    grid = Grid(tuple(("甲站", at) for at in range(1_600)))
    assert of(grid, grid) == EMPTY
