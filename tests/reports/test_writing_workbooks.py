"""Workbooks as they are written: text is text, pages can be printed, nothing is cut."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from decimal import Decimal

import openpyxl
import pytest

from ledger.domain.roundtrip import CELL
from ledger.reports.views import Column, Kind, Table
from ledger.reports.workbooks import writing
from ledger.reports.workbooks.rowheights import HIGHEST, lines, placed
from ledger.reports.workbooks.sheets import Hidden, Look, Sheet, Text, Workbook
from ledger.reports.workbooks.styles import FILLED

COLUMNS = (
    Column("id", "no."),
    Column("text", "text"),
    Column("due", "due", Kind.DATE),
    Column("n", "count", Kind.NUMBER),
    Column("rate", "rate", Kind.PERCENT),
)


def made(*rows, merges=(), looks=None, lists=None) -> bytes:
    """A workbook of these rows."""
    table = Table(COLUMNS, tuple((*row, *(None,) * (5 - len(row))) for row in rows), "", title="The ledger")
    sheet = Sheet("sheet", table, looks or {}, merges, "as of today", "foot & more")
    book = Workbook(
        "Book",
        dt.date(2025, 6, 30),
        (sheet, Text("help", ["How", "1. so"]), Hidden("_x", [("a", 1)])),
        lists or {},
    )
    return writing.write(book)


def opened(data: bytes):
    return openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+86", "-3", "@SUM(A1)", "＝1", "#N/A", "TRUE", "2025-06-30", "007", "1e5", "\t=1", "'=1", "_x000D_", "a_x0041_b", "<b>&", "一\n二"],
)  # fmt: skip
def test_text_is_text(text):
    """No text is calculated, counted or dated; what Excel would decode is escaped; it reads back as it was."""
    data = made(("1", text))
    cell = opened(data)["B4"]
    assert (cell.data_type, cell.value.replace("_x005F_", "_")) == ("s", text)
    assert ("quotePrefix" in styles(data)) is True
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")


def styles(data: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read("xl/styles.xml").decode()


def test_what_would_be_calculated_has_a_quote_before_it():
    """The mark that keeps it text when somebody edits the cell stands on it, and on no other."""
    sheet = opened(made(("1", "=1+1"), ("2", "plain")))
    assert (sheet["B4"].quotePrefix, bool(sheet["B5"].quotePrefix)) == (True, False)


def test_values_keep_their_kind():
    """Dates are dates, numbers numbers, rates rates."""
    sheet = opened(made(("1", "x", dt.date(2025, 6, 30), 7, Decimal("84.2"))))
    assert sheet["C4"].value.date() == dt.date(2025, 6, 30)
    assert (sheet["C4"].number_format, sheet["D4"].value, sheet["E4"].value) == ("yyyy-mm-dd", 7, 84.2)


def test_a_page_can_be_printed():
    """A4 across, as wide as the page, header frozen and repeated, page numbers, nothing filtered."""
    sheet = opened(made(("1", "x")))
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert (sheet.freeze_panes, sheet.print_title_rows) == ("A4", "$3:$3")
    assert "&P" in sheet.oddFooter.right.text
    assert sheet.oddFooter.left.text == "foot && more"
    assert sheet.auto_filter.ref is None
    assert [cell.font.b for cell in sheet[3]] == [True] * 5


def test_lists_and_hidden_columns():
    """A list of words is chosen from a hidden sheet; a hidden column is there and not seen."""
    looks = {"text": Look(choices="words", filled=True), "n": Look(hidden=True)}
    data = made(("1", "a"), looks=looks, lists={"words": ("a", "b")})
    book = openpyxl.load_workbook(io.BytesIO(data))
    (rule,) = book.worksheets[0].data_validations.dataValidation
    assert (str(rule.sqref), rule.formula1) == ("B4", "'_lists'!$A$1:$A$2")
    assert book.worksheets[0].column_dimensions["D"].hidden
    assert [sheet.sheet_state for sheet in book.worksheets] == ["visible", "visible", "hidden", "hidden"]
    assert book.worksheets[0]["B4"].fill.fgColor.rgb.endswith(FILLED)


def test_merged_cells():
    """A merged cell spans its rows; the title spans the columns that are seen."""
    sheet = opened(made(("1", "a"), (None, "b"), ("2", "c"), merges=[(0, 0, 1)]))
    assert sorted(map(str, sheet.merged_cells.ranges)) == ["A1:E1", "A2:E2", "A4:A5"]


def test_a_text_longer_than_a_cell_says_so():
    """It is cut where a cell ends, with how much there is; so is one of characters that count twice."""
    for character in ("字", "𠀀", "_x0041_"):
        text = character * (CELL + 1)
        value = opened(made(("1", text)))["B4"].value.replace("_x005F_", "_")
        assert len(value.encode("utf-16-le")) // 2 <= CELL
        assert f"(cut: the text has {len(text)} characters, a cell holds {CELL})" in value


def test_rows_are_high_enough():
    """A row has room for the cell with the most lines; where one row cannot be so high, it is spread over several."""
    assert [lines("", 10), lines("一二三四五", 40), lines("一\n二", 40)] == [1, 1, 2]
    assert lines("字" * 100, 20) >= 10
    rows = placed([["x"], ["字" * 2000]], [20], [])
    assert rows.first == [0, 1]
    assert rows.spread[1] > 1
    assert max(rows.heights) <= HIGHEST
    sheet = opened(made(("1", "字" * 3000), ("2", "next")))
    (span,) = [each for each in sheet.merged_cells.ranges if each.min_col == 2]
    assert sheet.cell(span.max_row + 1, 2).value == "next"


def test_a_merged_cell_makes_its_rows_higher():
    """What it needs is shared among its rows."""
    low = placed([["x", "a"], [None, "b"]], [10, 10], [(0, 0, 1)]).heights
    high = placed([["字" * 60, "a"], [None, "b"]], [10, 10], [(0, 0, 1)]).heights
    assert sum(high) > 3 * sum(low)


def test_an_empty_table_and_odd_names():
    """Nothing to write is a sheet with its header; names that sheets may not have are made so that they may."""
    assert opened(made())["A3"].value == "no."
    table = Table(COLUMNS, (), "", title="t")
    data = writing.write(Workbook("b", dt.date(2025, 1, 1), (Sheet("财务[1]/'科'" * 9, table),)))
    assert len(opened(data).title) <= 31
