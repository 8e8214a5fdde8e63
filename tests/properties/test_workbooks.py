"""Any report as a workbook: whatever stands in it comes out of the file again, in its order, and is no formula."""

from __future__ import annotations

import datetime as dt
import io
from decimal import Decimal

import openpyxl
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.reports import as_xlsx
from ledger.reports.views import Column, Facts, Kind, Report, Section, Stamp, Table
from ledger.reports.workbooks.cells import held

TEXTS = st.one_of(
    st.text(max_size=40),
    st.sampled_from(["=1+1", "@x", "_x000D_", "a\nb", " x ", "<b>&amp;", "'=1", "\t-1", "\ufffe", "\u202e", "{{ 7 }}", "𠀀" * 9]),
)  # fmt: skip
CELLS = {
    Kind.TEXT: TEXTS,
    Kind.NUMBER: st.integers(-(10**9), 10**9),
    Kind.AMOUNT: st.integers(-(10**11), 10**11).map(lambda parts: Decimal(parts) / 10**4),
    Kind.DATE: st.dates(dt.date(1899, 1, 1), dt.date(2199, 12, 31)),
    Kind.PERCENT: st.integers(0, 1000).map(lambda tenths: Decimal(tenths) / 10),
}


@st.composite
def tables(draw) -> Table:
    """A table of any columns and rows, with cells left empty."""
    kinds = draw(st.lists(st.sampled_from(list(Kind)), min_size=1, max_size=5))
    columns = tuple(Column(f"c{at}", draw(TEXTS), kind) for at, kind in enumerate(kinds))
    row = st.tuples(*(st.none() | CELLS[kind] for kind in kinds))
    return Table(columns, tuple(draw(st.lists(row, min_size=1, max_size=6))), "none")


@settings(max_examples=60, deadline=None)
@given(st.lists(tables(), min_size=1, max_size=3))
def test_every_value_comes_back(given_tables):
    """Rendering holds the file against the view; openpyxl finds the rows of every table, text as text."""
    day = dt.date(2025, 6, 30)
    sections = tuple(Section(f"s{at}", "", (table,)) for at, table in enumerate(given_tables))
    stamp = Stamp(day, None, 1, "ab", "1", "As of then.")
    view = Report("status", "T", "en", Facts(()), sections, (), Facts(()), stamp)
    book = openpyxl.load_workbook(io.BytesIO(as_xlsx.render(view)))
    assert len(book.worksheets) == len(given_tables)
    for sheet, table in zip(book.worksheets, given_tables, strict=True):
        wanted = [[held(value) for value in row] for row in table.rows]
        rows = [[_plain(cell) for cell in row[: len(table.columns)]] for row in sheet.iter_rows()]
        assert any(rows[at : at + len(wanted)] == wanted for at in range(len(rows)))
        assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)


def _plain(cell) -> str | float | None:
    """A value as `held` gives it: days as numbers."""
    value = cell.value
    if isinstance(value, dt.datetime):
        return held(value.date())
    if isinstance(value, str):
        return value.replace("_x005F_", "_")
    return None if value is None else float(value)
