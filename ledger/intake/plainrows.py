"""A received list as rows of texts, whatever its columns mean: shown sheets alone, merged cells filled in."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from ledger.intake.document import Grid
from ledger.intake.proposal import Remark  # noqa: TC001 - wire asks for it at run time

if TYPE_CHECKING:
    from ledger.intake.document import Tell, Value
    from ledger.intake.reading import Received

#: Decimals of a number in a cell that count: a fen in 亿元 has ten. Whatever follows is the machine's.
_DECIMALS: Final = Decimal("1e-10")


@dataclass(frozen=True, slots=True)
class PlainSheet:
    """A sheet, or the one table of a CSV file.

    Attributes:
        name: Of the sheet; empty for a CSV file.
        line: Where the first row stands, counted from 1.
        rows: Texts; a shorter row stands for empty cells behind it.
        unread: Cells by index (row, column) that hold something whose value is not in the file.
    """

    name: str
    line: int
    rows: tuple[tuple[str, ...], ...]
    unread: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class PlainSheets:
    """All sheets of a received list that are shown, and what was remarked on the way."""

    sheets: tuple[PlainSheet, ...]
    remarks: tuple[Remark, ...] = ()


def plain_sheets(received: Received, tell: Tell) -> PlainSheets:
    """The rows of a received list.

    Raises:
        RejectedInputError: it cannot be read, or is not to be.
    """
    from ledger.intake import opening

    _kind, document = opening.document(received, tell)
    grids = [part for part in document.parts if isinstance(part, Grid) and not part.hidden]
    return PlainSheets(tuple(_sheet(grid) for grid in grids), document.remarks)


def _sheet(grid: Grid) -> PlainSheet:
    rows = [[_text(value) for value in row] for row in grid.rows]
    for top, left, bottom, right in grid.merges:
        filling = rows[top][left] if top < len(rows) and left < len(rows[top]) else ""
        for row in rows[top : bottom + 1] if filling else ():
            row.extend([""] * (right + 1 - len(row)))
            row[left : right + 1] = [filling] * (right + 1 - left)
    return PlainSheet(grid.name, grid.line, tuple(map(tuple, rows)), tuple(sorted(grid.unread)))


def _text(value: Value) -> str:
    """A cell as somebody would type it: no needless zeros, days without their midnight."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, dt.datetime):
        return value.date().isoformat()
    if isinstance(value, float):
        text = f"{Decimal(repr(value)).quantize(_DECIMALS):f}" if abs(value) < 1e15 else repr(value)
        return text.rstrip("0").rstrip(".") if "." in text else text
    return value.isoformat() if isinstance(value, (dt.date, dt.time)) else str(value).strip()
