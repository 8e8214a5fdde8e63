"""Reports as workbooks: every value in a cell of its own, every sheet ready to print, nothing lost."""

from __future__ import annotations

import datetime as dt
import io
import re

import openpyxl
import pytest

from ledger import reports
from ledger.errors import LedgerError
from ledger.reports import as_xlsx
from ledger.reports.archive import packed, unpacked
from ledger.reports.workbooks import writing
from tests.office import material


def rendered(kind: str):
    """A report of the fictional office, and its workbook as openpyxl reads it."""
    view = reports.build(material(kind))
    return view, openpyxl.load_workbook(io.BytesIO(as_xlsx.render(view)))


def cells(sheet) -> list[list]:
    """The values of a sheet, without what is empty at the end of a row."""
    rows = []
    for row in sheet.iter_rows(values_only=True):
        values = list(row)
        while values and values[-1] is None:
            values.pop()
        rows.append(values)
    return rows


@pytest.mark.parametrize("kind", reports.KINDS)
def test_every_sheet_of_every_kind_can_be_printed(kind):
    """A4, as wide as the page, page numbers, the stamp at the foot; no text is a formula; the same bytes again."""
    view, book = rendered(kind)
    assert as_xlsx.render(view) == as_xlsx.render(view)
    for sheet in book.worksheets:
        assert sheet.page_setup.paperSize == 9
        assert sheet.page_setup.fitToWidth == 1
        assert sheet.oddFooter.left.text == view.stamp.text
        assert "&P" in sheet.oddFooter.right.text
        assert all(cell.data_type != "f" for row in sheet for cell in row)
        assert sheet.print_area.endswith(f"{sheet.max_row}")


def test_values_stay_what_they_are():
    """Numbers, dates and shares are that, each in a cell of its own, and text stays text."""
    _view, book = rendered("status")
    overview = cells(book.worksheets[0])
    assert ["issues", 5, 1, 0, 1, 0, 1, 1, 1, 2] in overview
    assert ["closed rate of issues", 1, 5, 20] in overview
    (share,) = [row[3] for row in book.worksheets[0].iter_rows() if row[0].value == "closed rate of issues"]
    assert share.number_format == '0.0"%"'
    closed = [sheet for sheet in book.worksheets if "losed" in sheet.title][0]
    (row,) = [row for row in closed.iter_rows() if row[0].value == "1.2"]
    assert dt.date(2025, 6, 10) in [cell.value.date() for cell in row if cell.is_date]
    (text,) = [cell for cell in row if cell.value == "=全员参训"]
    assert (text.data_type, text.quotePrefix) == ("s", True)


@pytest.mark.parametrize("kind", reports.KINDS)
def test_what_is_lost_is_noticed(kind, monkeypatch):
    """A workbook in which any text or figure is missing is refused, and the text is named."""
    view = reports.build(material(kind))
    whole = as_xlsx.render(view)
    assert as_xlsx.lost(view, whole) == ""
    parts = unpacked(whole)
    sheets = [name for name in parts if name.startswith("xl/worksheets/sheet")]
    for name in sheets:
        damaged = packed({**parts, name: re.sub(rb"<c [^>]*>.*?</c>", b"", parts[name])})
        assert as_xlsx.lost(view, damaged) != ""
    monkeypatch.setattr(writing, "write", lambda _book: packed({**parts, sheets[0]: b"<worksheet/>"}))
    with pytest.raises(LedgerError, match="would not read back"):
        as_xlsx.render(view)
