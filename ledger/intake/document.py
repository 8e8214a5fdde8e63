"""What a reader of some format found: paragraphs and tables, in the order in which they stand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from ledger.intake.lines import Line
    from ledger.intake.proposal import Remark

#: What a cell of a table holds; a text that only looks like a number or a date is text.
Value: TypeAlias = str | int | float | bool | dt.date | dt.datetime | dt.time | dt.timedelta | None
#: Told now and then how much is done, of how much (None where nobody knows), and of what.
Tell: TypeAlias = Callable[[int, int | None, str], None]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table whose cells are known to be cells: of a workbook, a Word file, a web page, a CSV file.

    Attributes:
        rows: One tuple a row; a shorter row stands for empty cells behind it.
        merges: (top, left, bottom, right) by index, the last included; the value stands in the top left cell.
        name: Of the sheet; empty in a text.
        line: Where the first row stands in the document, counted from 1; the others follow one by one.
        hidden: It is a sheet that its workbook does not show.
        unread: Cells by index (row, column) that hold something whose value is not in the file: an error,
            or a formula nobody has calculated. They stand as empty among the rows, and are not.
    """

    rows: tuple[tuple[Value, ...], ...]
    merges: tuple[tuple[int, int, int, int], ...] = ()
    name: str = ""
    line: int = 1
    hidden: bool = False
    unread: frozenset[tuple[int, int]] = frozenset()


@dataclass(frozen=True, slots=True)
class Document:
    """A document as its reader took it apart, before anybody asks what it means.

    Attributes:
        parts: Lines that hold something, and tables, in order.
        remarks: What was left out or guessed on the way.
    """

    parts: tuple[Line | Grid, ...]
    remarks: tuple[Remark, ...] = ()
