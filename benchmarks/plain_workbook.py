"""What writing the cells of a workbook costs openpyxl alone: the measure of `report book` as a workbook.

    python benchmarks/plain_workbook.py BOOK.cells        write the cells, kept before, as a new workbook
    python benchmarks/plain_workbook.py BOOK.xlsx --keep  keep the cells of a workbook beside it

openpyxl writes in its write-only mode. A cell is its value and its style, each style made once; heights,
merged cells and how it is printed are left out, and so is reading anything.
"""

from __future__ import annotations

import io
import pickle
import sys
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, Side

#: The value of a cell, None for one that has only a frame, and the number of its style.
Kept = list[list[list[tuple[Any, int]]]]


def main() -> None:
    """Write the cells, or keep them."""
    path = Path(sys.argv[1])
    if "--keep" in sys.argv:
        path.with_suffix(".cells").write_bytes(pickle.dumps(_cells(path)))
    else:
        _write(pickle.loads(path.read_bytes()))  # noqa: S301 - kept by this script


def _cells(path: Path) -> Kept:
    """The cells of every sheet, row by row."""
    book = openpyxl.load_workbook(path, read_only=True)
    return [
        [[(cell.value, getattr(cell, "_style_id", 0)) for cell in row] for row in sheet.iter_rows()]
        for sheet in book.worksheets
    ]


def _write(sheets: Kept) -> None:
    book = openpyxl.Workbook(write_only=True)
    styles: dict[int, Any] = {}
    for rows in sheets:
        sheet = book.create_sheet()
        for row in rows:
            sheet.append([_cell(sheet, value, number, styles) for value, number in row])
    book.save(io.BytesIO())


def _cell(sheet: Any, value: Any, number: int, styles: dict[int, Any]) -> Any:  # noqa: ANN401 - openpyxl's
    cell = WriteOnlyCell(sheet, value)
    if number not in styles:
        thin = Side(style="thin")
        cell.border = Border(left=thin, right=thin, top=thin, bottom=thin)
        cell.alignment = Alignment(wrap_text=True)
        cell.font = Font(size=9 + number % 9)
        styles[number] = cell._style
    cell._style = styles[number]
    return cell


if __name__ == "__main__":
    main()
