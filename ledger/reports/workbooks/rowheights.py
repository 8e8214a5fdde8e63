"""How high the rows of a sheet have to be so that nothing in them is cut."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ledger.reports.views import Cell

#: One line of 11 point text, and what stays free above and below. Units: points.
LINE: Final = 15.0
ROOM: Final = 5.0
#: The highest a row can be is 409 points in Excel; a higher one is spread over several rows.
#: Source: Excel specifications and limits.
HIGHEST: Final = 400.0
#: What of a column's width text can fill: breaking leaves some of every line.
_USED: Final = 0.97


class Rows(NamedTuple):
    """Where rows of a table come to stand.

    Shape: row `n` of the table begins at row `first[n]` of the sheet, counted from 0, and takes `spread[n]`
        of them; `heights` is one for each row of the sheet, in points.
    """

    first: Sequence[int]
    spread: Sequence[int]
    heights: Sequence[float]

    @property
    def total(self) -> int:
        """How many rows of the sheet they take."""
        return len(self.heights)


def lines(text: str, columns: float) -> int:
    """How many lines a text takes in a column of that width."""
    room = max(columns * _USED - 1, 2)
    if len(text) * 2 <= room and "\n" not in text:
        return 1
    return sum(max(math.ceil(broadest(line) / room), 1) for line in text.split("\n"))


def broadest(line: str) -> int:
    """How wide a line is at most; marks such as “” are as wide as characters in Chinese typefaces.

    Units: characters of half width. What takes three bytes takes two of them; nothing takes more.
    """
    return len(line) + (len(line.encode("utf-8", "surrogatepass")) - len(line) + 1) // 2


def needed(value: Cell, columns: float) -> float:
    """How high a cell has to be for its value."""
    return LINE * (lines(value, columns) if isinstance(value, str) else 1) + ROOM


def placed(
    rows: Sequence[Sequence[Cell]], widths: Sequence[float], merges: Sequence[tuple[int, int, int]]
) -> Rows:
    """The height of every row, merged cells counted over all of theirs.

    Shape: `merges` are (column, first row, last row).
    """
    inside = {(column, row) for column, first, last in merges for row in range(first, last + 1)}
    heights = [
        max(
            (
                needed(value, widths[column])
                for column, value in enumerate(row)
                if value is not None and (column, number) not in inside
            ),
            default=LINE + ROOM,
        )
        for number, row in enumerate(rows)
    ]
    for column, first, last in merges:
        lacking = needed(rows[first][column], widths[column]) - sum(heights[first : last + 1])
        if lacking > 0:
            share = lacking / (last - first + 1)
            heights[first : last + 1] = [each + share for each in heights[first : last + 1]]
    return _spread(heights)


def _spread(heights: Sequence[float]) -> Rows:
    first: list[int] = []
    spread: list[int] = []
    low: list[float] = []
    for height in heights:
        parts = max(math.ceil(height / HIGHEST), 1)
        first.append(len(low))
        spread.append(parts)
        low += [round(height / parts, 1)] * parts
    return Rows(first, spread, low)
