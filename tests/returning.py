"""Returned workbooks in tests: opened and changed as people change them, and read as the reader would."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import openpyxl

from ledger.intake import returned
from ledger.intake.formats import workbook

if TYPE_CHECKING:
    from pathlib import Path


def read(data: bytes, file: str = "back.xlsx") -> returned.Returned:
    """A workbook as it came back, read in this process."""
    found = returned.recognised(workbook.read(data), file=file)
    assert found is not None
    return found


def write(cell, value: object) -> None:
    """Write into a cell; text stays text, as it does in a cell that is formatted so."""
    cell.value = value
    if isinstance(value, str):
        cell.data_type = "s"


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
        write(self.sheet.cell(row, column), value)
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
