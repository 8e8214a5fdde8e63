"""Pages of words for a person: heads, facts, paragraphs and rows that fit the screen; prints nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ledger.domain.text import width as columns_of
from ledger.ui.table import GAP, NARROWEST, Toned, pad, wrap

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ledger.ui.table import Tone

#: A part of a line: plain words, or words with a colour.
Part = str | Toned
#: A finished line.
Line = tuple[Part, ...]

#: Blanks between two facts on one line.
BETWEEN: Final = "   "
#: A cell that is wrapped gets no fewer columns than this, while there is any other way.
LEAST: Final = 20
#: What says that a text goes on.
_MORE: Final = "…"


def line_width(parts: Iterable[Part]) -> int:
    """Columns the parts take together."""
    return sum(columns_of(str(part)) for part in parts)


def spread(left: str, right: Sequence[Part], width: int, *, indent: str = "") -> Iterator[Line]:
    """Words at the left and, at the far end of their first line, a few at the right.

    Shape: what does not fit beside the words stands on a line of its own; words that are too long go on
        under themselves, `indent` deep.
    """
    taken = line_width(right)
    room = width - taken - len(BETWEEN)
    if right and columns_of(left) <= room:
        yield (pad(left, room) + BETWEEN, *right)
        return
    first, *rest = wrap(left, width)
    yield (first,)
    if rest:
        yield from _plain(" ".join(rest) if first.isascii() else "".join(rest), width, indent)
    if right and taken <= width:
        yield (" " * (width - taken), *right)
    elif right:
        yield from _plain("".join(map(str, right)), width, indent)


def _plain(text: str, width: int, indent: str) -> Iterator[Line]:
    yield from ((line,) for line in paragraph("", text, width, indent=indent))


def facts(pairs: Iterable[tuple[str, str]], width: int, *, indent: str = "") -> Iterator[Line]:
    """Names with their values, as many on a line as fit; a long value goes on under itself."""
    line = indent
    for name, value in pairs:
        if not value:
            continue
        fact = f"{name} {' '.join(value.split())}"
        gap = BETWEEN if line.strip() else ""
        if columns_of(line + gap + fact) <= width:
            line += gap + fact
            continue
        if line.strip():
            yield (line,)
        lines = paragraph(f"{name} ", " ".join(value.split()), width, indent=indent)
        if len(lines) == 1:
            line = lines[0]
            continue
        yield from ((each,) for each in lines)
        line = indent
    if line.strip():
        yield (line,)


def paragraph(head: str, text: str, width: int, *, indent: str = "") -> list[str]:
    """A head and the text behind it, its further lines under its first.

    Shape: line ends inside the text are kept. A head that leaves no room stands on lines of its own.
    """
    before = indent + head
    if width - columns_of(before) < NARROWEST and head.strip():
        return [
            *paragraph("", head.rstrip(), width, indent=indent),
            *paragraph("", text, width, indent=indent),
        ]
    blank = " " * columns_of(before)
    room = max(width - columns_of(before), 2)
    lines = [each for line in text.splitlines() or [""] for each in wrap(line, room)]
    return [((blank if place else before) + each).rstrip() for place, each in enumerate(lines)]


def grid(
    rows: Sequence[Sequence[Part]],
    width: int,
    *,
    indent: str = "",
    flexible: int = 1,
    most: int | None = None,
) -> Iterator[tuple[Line, ...]]:
    """Rows whose cells stand under one another; the `flexible` cell is wrapped, the others are not.

    Shape: gives the lines of each row in turn. Every row has as many cells. Where the flexible cell would
        have too little room, the cells behind it stand below it instead. Of the flexible cell `most` lines
        are shown, None for all; what is left out is marked with ….
    """
    if not rows:
        return
    widths = [max(columns_of(str(row[place])) for row in rows) for place in range(len(rows[0]))]
    others = [size for place, size in enumerate(widths) if size and place != flexible]
    room = width - len(indent) - sum(others) - len(GAP) * len(others)
    if room < min(widths[flexible], LEAST):
        for row in rows:
            yield tuple(_narrow(row, width, indent, flexible, most))
        return
    widths[flexible] = min(widths[flexible], room)
    for row in rows:
        yield tuple(_row(row, widths, indent, flexible, most))


def _cut(lines: list[str], width: int, most: int | None) -> list[str]:
    """The first lines of a text; the last of them says with … that it goes on."""
    if most is None or len(lines) <= most:
        return lines
    last = lines[most - 1]
    while last and columns_of(last + _MORE) > width:
        last = last[:-1]
    return [*lines[: most - 1], last + _MORE]


def _narrow(row: Sequence[Part], width: int, indent: str, flexible: int, most: int | None) -> Iterator[Line]:
    before = "".join(f"{cell}{GAP}" for cell in row[:flexible] if str(cell))
    behind = GAP.join(str(cell) for cell in row[flexible + 1 :] if str(cell))
    lines = paragraph(before, str(row[flexible]), width, indent=indent)
    yield from ((line,) for line in _cut(lines, width, most))
    if behind:
        yield from _plain(behind, width, indent + GAP)


def _row(
    row: Sequence[Part], widths: Sequence[int], indent: str, flexible: int, most: int | None
) -> Iterator[Line]:
    first, *rest = _cut(wrap(str(row[flexible]), widths[flexible]), widths[flexible], most)
    given = row[flexible]
    tone = given.tone if isinstance(given, Toned) else None
    cells = [_toned(first, tone) if place == flexible else cell for place, cell in enumerate(row)]
    placed: list[Part] = [indent]
    blanks = ""
    for cell, size in zip(cells, widths, strict=True):
        if not size:
            continue
        if str(cell):
            placed += [blanks, cell] if blanks else [cell]
            blanks = ""
        blanks += " " * (size - columns_of(str(cell))) + GAP
    yield tuple(part for part in placed if str(part))
    before = sum(size + len(GAP) for size in widths[:flexible] if size)
    for each in rest:
        yield (indent + " " * before + each,)


def _toned(text: str, tone: Tone | None) -> Part:
    return Toned(text, tone) if tone is not None else text
