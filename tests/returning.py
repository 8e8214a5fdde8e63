"""Returned workbooks in tests: opened and changed as people change them, and read as the reader would."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import openpyxl

from ledger.intake import returned
from ledger.intake.document import Document, Grid

if TYPE_CHECKING:
    from pathlib import Path


def read(data: bytes, file: str = "back.xlsx") -> returned.Returned:
    """A workbook as it came back, read by openpyxl in this process."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    grids = [
        Grid(
            tuple(tuple(row) for row in sheet.iter_rows(values_only=True)),
            tuple(
                (each.min_row - 1, each.min_col - 1, each.max_row - 1, each.max_col - 1)
                for each in sheet.merged_cells.ranges
            ),
            sheet.title,
        )
        for sheet in book.worksheets
    ]
    found = returned.recognised(Document(tuple(grids)), file=file)
    assert found is not None
    return found


class Book:
    """A workbook in the hands of somebody who fills it in."""

    def __init__(self, data: bytes | Path):
        self.book = openpyxl.load_workbook(io.BytesIO(data) if isinstance(data, bytes) else data)
        self.sheet = self.book.worksheets[0]

    @property
    def header(self) -> int:
        """The row of the headings."""
        return next(
            row[0].row
            for row in self.sheet.iter_rows()
            if sum(isinstance(each.value, str) for each in row) > 4
        )

    def column(self, heading: str) -> int:
        """Where a column stands."""
        said = {cell.value: cell.column for cell in self.sheet[self.header] if isinstance(cell.value, str)}
        return said.get(heading) or next(at for words, at in said.items() if words.startswith(heading))

    def row(self, name: str) -> int:
        """The row of a measure by its number, or of an issue without measures by its own."""
        heads = [cell.value for cell in self.sheet[self.header]]
        place = self.column("措施序号" if "措施序号" in heads else "measure no.")
        for row in range(self.header + 1, self.sheet.max_row + 1):
            if str(self.sheet.cell(row, place).value) == name:
                return row
            if self.sheet.cell(row, place).value is None and str(self.sheet.cell(row, 1).value) == name:
                return row
        raise KeyError(name)

    def fill(self, name: str, heading: str, value: object) -> Book:
        """Write into a cell; where it is merged, into the cell that spans it."""
        row, column = self.row(name), self.column(heading)
        for span in self.sheet.merged_cells.ranges:
            if span.min_row <= row <= span.max_row and span.min_col <= column <= span.max_col:
                row = span.min_row
        self.sheet.cell(row, column).value = value
        return self

    def unmerge(self) -> Book:
        """Take all merged cells of the table apart; the value stays in the first."""
        for span in list(self.sheet.merged_cells.ranges):
            if span.min_row > self.header:
                self.sheet.unmerge_cells(str(span))
        return self

    def data(self) -> bytes:
        """The workbook as it is saved."""
        written = io.BytesIO()
        self.book.save(written)
        return written.getvalue()
