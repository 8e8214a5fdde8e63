"""Text that lines up on a screen where 中文 takes two columns a character; prints nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from ledger.domain.text import fit
from ledger.domain.text import width as columns_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

Tone = Literal["good", "warn", "bad", "quiet", "strong"]

#: Blanks between two columns of a table.
GAP: Final = "  "
#: No column is made narrower than this, unless all of them have to be.
NARROWEST: Final = 8
#: Marks that may not begin a line, and marks that may not end one.
#: Source: GB/T 15834-2011, 5.1 (position of punctuation marks).
NOT_FIRST: Final = frozenset("，。、；：？！）》〉】」』”’…—％%,.;:?!)]}")
NOT_LAST: Final = frozenset("（《〈【「『“‘([{")


class Toned(NamedTuple):
    """A word with a colour on terminals that have any, and the plain word elsewhere."""

    text: str
    tone: Tone

    def __str__(self) -> str:
        """The word."""
        return self.text


class Column(NamedTuple):
    """One column of a table.

    Attributes:
        heading: The words above it, in the language of the reader.
        align: The side its cells stand at.
        whole: Its cells are neither wrapped nor cut while there is any other way.
    """

    heading: str
    align: Literal["left", "right"] = "left"
    whole: bool = False


def pad(text: str, width: int, *, right: bool = False) -> str:
    """`text` filled up with blanks to `width` columns; longer text is left as it is."""
    blanks = " " * (width - columns_of(text))
    return blanks + text if right else text + blanks


def cut(text: str, width: int) -> str:
    """`text` in at most `width` columns, ending in `...` where something is missing."""
    return text if columns_of(text) <= width else fit(text, width).rstrip()


def head(text: str, width: int) -> str:
    """The longest beginning of `text` that fits `width` columns."""
    used = 0
    for place, character in enumerate(text):
        used += columns_of(character)
        if used > width:
            return text[:place]
    return text


def wrap(text: str, width: int) -> list[str]:
    """`text` in lines of at most `width` columns, broken at blanks or between two 汉字.

    Shape: at least one line; blanks at the ends of lines are dropped. A word longer than a line is broken
        anywhere.
    """
    if columns_of(text) <= width:
        return [text.rstrip()]
    lines: list[str] = []
    line = ""
    for piece in pieces(text):
        if columns_of(line) + columns_of(piece.rstrip()) <= width:
            line += piece
            continue
        if line.strip():
            lines.append(line.rstrip())
        line = piece
        while columns_of(line.rstrip()) > width:
            first = head(line, width) or line[:1]
            lines.append(first)
            line = line[len(first) :]
    return [*lines, line.rstrip()] if line.strip() or not lines else lines


def pieces(text: str) -> Iterator[str]:
    """`text` cut wherever a line may end; put together again it is the same."""
    start = 0
    for place in range(1, len(text)):
        if may_break(text[place - 1], text[place]):
            yield text[start:place]
            start = place
    if start < len(text):
        yield text[start:]


def may_break(before: str, after: str) -> bool:
    """Whether a line may end between these two characters."""
    if after == " " or before in NOT_LAST or after in NOT_FIRST:
        return False
    return before == " " or columns_of(before) == 2 or columns_of(after) == 2


def aligned(
    columns: Sequence[Column],
    rows: Sequence[Sequence[str | Toned]],
    width: int | None,
    paint: Callable[[str, Tone], str] | None = None,
) -> Iterator[str]:
    """The lines of a table: a heading, then one line a row.

    Shape: no line is wider than `width`; None means as wide as it gets. `paint` colours a toned cell.
    """
    widths = [
        max(columns_of(text) for text in (column.heading, *(str(row[place]) for row in rows)))
        for place, column in enumerate(columns)
    ]
    if width is not None:
        widths = fitted(widths, [column.whole for column in columns], width - len(GAP) * (len(columns) - 1))
    for row in ([column.heading for column in columns], *rows):
        placed = zip(row, columns, widths, strict=True)
        yield GAP.join(cell_text(cell, column, space, paint) for cell, column, space in placed).rstrip()


def cell_text(cell: str | Toned, column: Column, width: int, paint: Callable[[str, Tone], str] | None) -> str:
    """One cell, cut and filled up to `width` columns, painted last so that colour takes no room."""
    text = pad(cut(str(cell), width), width, right=column.align == "right")
    if isinstance(cell, Toned) and paint is not None:
        return paint(text, cell.tone)
    return text


def fitted(widths: Sequence[int], whole: Sequence[bool], room: int) -> list[int]:
    """Widths that fit `room` together: the widest column gives first, whole ones after all others."""
    result = list(widths)
    for floor, givers in (
        (NARROWEST, [place for place, kept in enumerate(whole) if not kept]),
        (1, list(range(len(result)))),
    ):
        while givers and sum(result) > room:
            widest = max(givers, key=lambda place: result[place])
            if result[widest] <= floor:
                break
            result[widest] -= 1
    return result
