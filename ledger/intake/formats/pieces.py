"""A page or a Word file as its own format builds it, and how that becomes lines and tables.

Offices place text with tables: the red head, a signature, the whole article of an older web page. Such a
frame becomes lines; only a table whose shape says that its cells belong together becomes a `Grid`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from gettext import gettext as _
from typing import TYPE_CHECKING, TypeAlias

from ledger.errors import RejectedInputError
from ledger.intake import marks
from ledger.intake.document import Document, Grid
from ledger.intake.lines import Block, Line
from ledger.intake.proposal import Remark
from ledger.intake.reading import clean

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

#: Columns and cells a table may have; what is beyond was made to do harm.
#: Source: the widest form seen has about fifty columns.
MOST_COLUMNS, MOST_CELLS = 200, 200_000
#: Tables inside tables that are followed; what is deeper is read as text of the cell around it.
MOST_NESTED = 20
#: A cell with so many lines or characters, and half of its table's text, may be the article itself.
_ARTICLE_LINES, _ARTICLE_LENGTH = 6, 400
#: What names the cell beside it is no longer than this.
_LABEL_LENGTH = 15
#: A row alone is data from so many filled cells on; a table with more than twice as many places no text.
_WIDE_ROW = 4


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph; its line breaks are line feeds, its tabs tabs."""

    text: str


@dataclass(slots=True)
class Cell:
    """One cell of a frame, with all it holds.

    Attributes:
        column: Its first column, counted from 0.
        width: Columns it takes.
        height: Rows it takes.
    """

    column: int
    width: int = 1
    height: int = 1
    pieces: list[Piece] = field(default_factory=list)

    def lines(self) -> Iterator[str]:
        """The lines in it that hold something, those of a table inside row by row."""
        for piece in self.pieces:
            if isinstance(piece, Paragraph):
                yield from (line for line in piece.text.split("\n") if line.strip())
            else:
                for row in piece.rows:
                    yield from filter(None, [" ".join(line for cell in row for line in cell.lines())])


@dataclass(slots=True)
class Frame:
    """A table as printed, before it is known whether it holds data or only places text."""

    rows: list[list[Cell]] = field(default_factory=list)

    def filled(self) -> list[tuple[int, Cell, list[str]]]:
        """Row, cell and lines of every cell that holds something."""
        every = ((at, cell, list(cell.lines())) for at, row in enumerate(self.rows) for cell in row)
        return [each for each in every if each[2]]


Piece: TypeAlias = Paragraph | Frame


def holds_data(frame: Frame) -> bool:
    """Whether the cells of a table belong together, by its shape alone.

    Shape: False for a single column, a short single row, and for few cells around another table or around
        an article: one cell with most of the text and no short name beside it.
    """
    filled = frame.filled()
    columns, rows = {cell.column for _at, cell, _lines in filled}, {at for at, _cell, _lines in filled}
    if len(columns) < 2 or (len(rows) < 2 and len(filled) < _WIDE_ROW):
        return False
    if len(filled) > 2 * _WIDE_ROW:
        return True
    inner = (piece for _at, cell, _lines in filled for piece in cell.pieces if isinstance(piece, Frame))
    return not any(map(holds_data, inner)) and not _around_article(filled)


def _around_article(filled: Sequence[tuple[int, Cell, list[str]]]) -> bool:
    sizes = [sum(map(len, lines)) for _at, _cell, lines in filled]
    heaviest = max(range(len(filled)), key=sizes.__getitem__)
    row, _cell, lines = filled[heaviest]
    if sizes[heaviest] * 2 < sum(sizes) or (
        len(lines) < _ARTICLE_LINES and sizes[heaviest] < _ARTICLE_LENGTH
    ):
        return False
    beside = [size for size, (at, _c, _l) in zip(sizes, filled, strict=True) if at == row]
    named = len(beside) > 1 and min(beside) <= _LABEL_LENGTH
    return not named


def document(pieces: Iterable[Piece], remarks: Iterable[Remark] = ()) -> Document:
    """The pieces as lines and tables, nothing invisible left in them.

    Shape: lines are counted from 1, each line break and each row of a table as one.
    """
    composer = _Composer()
    composer.add(pieces)
    found = list(remarks)
    if composer.hidden:
        message = _("control and invisible characters taken out: {count}").format(count=composer.hidden)
        found.append(Remark("control_characters", message, composer.first_hidden))
    return Document(tuple(composer.parts), tuple(found))


@dataclass(slots=True)
class _Composer:
    """Puts pieces in order and counts their lines."""

    parts: list[Line | Grid] = field(default_factory=list)
    number: int = 0
    gap: bool = False
    hidden: int = 0
    first_hidden: int | None = None

    def add(self, pieces: Iterable[Piece]) -> None:
        for piece in pieces:
            if isinstance(piece, Paragraph):
                self._paragraph(piece.text)
            elif holds_data(piece):
                self._grid(piece)
            else:
                for row in piece.rows:
                    for cell in row:
                        self.add(cell.pieces)

    def _paragraph(self, text: str) -> None:
        for raw in text.split("\n"):
            self.number += 1
            raw = self._clean(raw)
            bare = raw.strip()
            if bare:
                seams = ((0, self.number, raw.index(bare) + 1),)
                self.parts.append(Line(Block(bare, marks.flat(bare), seams), raw, self.number, self.gap))
            self.gap = not bare

    def _grid(self, frame: Frame) -> None:
        rows: list[tuple[str | None, ...]] = []
        merges = []
        for at, row in enumerate(frame.rows):
            values: list[str | None] = []
            for cell in row:
                values.extend([None] * (cell.column + 1 - len(values)))
                values[cell.column] = "\n".join(self._clean(line).strip() for line in cell.lines()) or None
                if cell.width > 1 or cell.height > 1:
                    bottom, right = at + cell.height - 1, cell.column + cell.width - 1
                    merges.append((at, cell.column, min(bottom, len(frame.rows) - 1), right))
            rows.append(tuple(values))
        self.parts.append(Grid(tuple(rows), tuple(merges), line=self.number + 1))
        self.number += len(rows)
        self.gap = True

    def _clean(self, text: str) -> str:
        cleaned = clean(text)[0]
        if len(cleaned) != len(text):
            self.hidden += len(text) - len(cleaned)
            self.first_hidden = self.first_hidden or self.number
        return cleaned.replace("\n", " ")


def too_large() -> RejectedInputError:
    """A table nobody made by hand."""
    message = _("a table has more than {columns} columns or {cells} cells")
    return RejectedInputError(
        message.format(columns=MOST_COLUMNS, cells=MOST_CELLS),
        hint=_("cut out the part that lists the issues"),
    )
