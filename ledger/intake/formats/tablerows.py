"""Rows of a table put together cell by cell, each at the column where a reader sees it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ledger.intake.formats.pieces import MOST_CELLS, MOST_COLUMNS, MOST_NESTED, Cell, Frame, too_large

if TYPE_CHECKING:
    from ledger.intake.formats.pieces import Piece

#: Rows a cell may take; browsers allow no more. Source: the HTML standard, 4.9.11.
_TALLEST = 65_534


@dataclass(slots=True)
class Rows:
    """A table that is being read.

    Attributes:
        nested: How many tables it stands in.
        cell: Where the open cell's pieces go; None between cells.
    """

    nested: int = 0
    frame: Frame = field(default_factory=Frame)
    cell: list[Piece] | None = None
    #: Of each column, how many rows the cell above it still takes.
    _taken: list[int] = field(default_factory=list)

    def begin_row(self) -> None:
        """Begin the next row.

        Raises:
            RejectedInputError: the table has more cells than any office's.
        """
        self.frame.rows.append([])
        self._taken = [max(0, left - 1) for left in self._taken]
        if len(self.frame.rows) * len(self._taken) > MOST_CELLS:
            raise too_large()

    def begin_cell(self, width: int = 1, height: int = 1) -> list[Piece]:
        """Begin a cell at the next free column; its pieces go into the list returned.

        Raises:
            RejectedInputError: the row is wider than any office's.
        """
        if not self.frame.rows:
            self.begin_row()
        column = next((at for at, left in enumerate(self._taken) if not left), len(self._taken))
        if column >= MOST_COLUMNS:
            raise too_large()
        width = max(1, min(width, MOST_COLUMNS - column))
        height = max(1, min(height or _TALLEST, _TALLEST))
        self._taken.extend([0] * (column + width - len(self._taken)))
        for at in range(column, column + width):
            self._taken[at] = max(self._taken[at], height)
        cell = Cell(column, width, height)
        self.frame.rows[-1].append(cell)
        self.cell = cell.pieces
        return cell.pieces

    def end_cell(self) -> None:
        """End the open cell."""
        self.cell = None

    def pieces(self) -> list[Piece]:
        """The table; what it holds, where it stands in more tables than any office's."""
        if self.nested < MOST_NESTED:
            return [self.frame]
        return [piece for row in self.frame.rows for cell in row for piece in cell.pieces]
