"""Which tables of a document hold issues, and what is left of it as lines.

Seen in Word files and on pages: several ledgers with the heading of a category above each, one ledger cut in
two by a page, a form for each problem, prose in the cells of a table, and tables of contacts and of numbers.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from gettext import gettext as _
from typing import TYPE_CHECKING

from ledger.domain.text import excerpt
from ledger.intake import categories, forms, grids, marks, rows, steps, structure, table
from ledger.intake.document import Grid
from ledger.intake.furniture import is_furniture
from ledger.intake.labels import labels
from ledger.intake.lines import Block, Line
from ledger.intake.marks import Style
from ledger.intake.proposal import Remark

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ledger.intake.rows import Listing
    from ledger.intake.table import Table

#: A cell with so many lines or characters is prose that was put into a table.
_PROSE_LINES, _PROSE_LENGTH = 3, 120
#: Lines that may stand between the two halves of a table cut by a page.
_BETWEEN = 2
#: Lines above a table that may be the heading of the issue it says the measures of.
_ABOVE = 2
#: A header stands among so many rows from the top.
_HEADER_ROWS = 6
_CONTINUED = re.compile(r"\(?(?:续表|接上[页表]|续上表|转下页)")
_HEADING = re.compile(
    r"(?:[^,。;:“\"]{0,6}(?:关于|针对))[“\"].{2,200}问题|问题[0-9一二三四五六七八九十]{1,3}:"
)
#: How the rows of a table begin that says whom to ask, and nothing else.
_CONTACT = re.compile(
    r"联系(?:人|电话|方式|地址)|.{0,4}电话|电子邮箱|邮箱|邮编|邮政编码|.{0,2}地址|传真|(?:受理|接待)时间"
)
_NUMBER = re.compile(r"(?:[0-9]{1,3}|[一二三四五六七八九十]{1,3})")


@dataclass(slots=True)
class Placed:
    """A document with its tables read.

    Attributes:
        lines: What stands in no table.
        listings: What each table with issues says.
        behind: Numbers of lines where such a table ended.
        beside: The rows of tables that hold no issues, as lines: contacts may stand in them.
        remarks: Which tables were left out.
    """

    lines: list[Line] = field(default_factory=list)
    listings: list[Listing] = field(default_factory=list)
    behind: list[int] = field(default_factory=list)
    beside: list[Line] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)


def place(parts: Iterable[Line | Grid]) -> Placed:
    """The document's lines and what its tables say, pasted ones included."""
    placed = Placed()
    lines: list[Line] = []
    inlaid: list[tuple[int, Table]] = []
    for part in _joined(parts):
        if isinstance(part, Line):
            lines.append(part)
        else:
            for each in _taken(part, placed, above=lines[-_ABOVE:]):
                if isinstance(each, Line):
                    lines.append(each)
                else:
                    inlaid.append((len(lines), each))
    pasted = table.tables(lines, below_issue=steps.below_issue)
    inner = {each.start: list(steps.told(each)) for each in pasted if steps.fit(each)}
    inside = {at for each in pasted for at in range(each.start, each.end)}
    for start, end, each in sorted(
        [
            *((at, at, each) for at, each in inlaid),
            *((each.start, each.end, each) for each in pasted if each.start not in inner),
        ],
        key=lambda found: found[:2],
    ):
        placed.listings.append(rows.read(each, category=_above(lines, start)))
        if end < len(lines):
            placed.behind.append(lines[end].number)
    placed.lines = [
        each for at, line in enumerate(lines) for each in inner.get(at, [] if at in inside else [line])
    ]
    return placed


def _above(lines: Sequence[Line], at: int) -> str | None:
    """The heading of a category right above the table that begins at a line."""
    if not at:
        return None
    line = lines[at - 1]
    heading = categories.category(line, above_issue=True, rank=int(Style.ORDINAL))
    return (
        heading.name
        if heading and (structure.is_aspect(heading.name) or not structure.role_of(line))
        else None
    )


def _taken(grid: Grid, placed: Placed, *, above: Sequence[Line]) -> Iterator[Line | Table]:
    """The tables of issues in a grid and the rows around them as lines; only lines where it is prose."""
    filled = forms.tables(grid)
    found = filled or grids.tables(grid)
    if found:
        at = 0
        for each in found:
            yield from _lines(grid, at, each.start)
            yield each
            at = each.end
        below = list(_lines(grid, at, len(grid.rows)))
        if filled:  # opinions and signatures
            placed.beside.extend(below)
        else:
            yield from below
        return
    measures = [each for each in grids.every(grid) if steps.fit(each)]
    if measures and steps.below_issue(above):
        for each in measures:
            yield from steps.told(each)
        return
    lines = list(_lines(grid, 0, len(grid.rows)))
    if _is_prose(grid) or sum(map(is_furniture, lines)) * 2 > len(lines):
        yield from lines
        return
    placed.beside.extend(lines)
    if sum(bool(_CONTACT.match(line.flat)) for line in lines) * 2 < len(lines):
        message = _("a table that lists no problems was left out; it begins with {text}")
        shown = excerpt(lines[0].text, 40)
        placed.remarks.append(Remark("table_left_out", message.format(text=shown), grid.line))


def _is_prose(grid: Grid) -> bool:
    """Whether a notice was written into the cells: long ones, or headings and labels of issues."""
    for row in grid.rows:
        for cell in grids.texts_of(row):
            if len(cell) >= _PROSE_LENGTH or cell.count("\n") + 1 >= _PROSE_LINES:
                return True
            flat = marks.flat(cell)
            if _HEADING.match(flat) or next(labels(flat), None):
                return True
    return False


def _lines(grid: Grid, start: int, end: int) -> Iterator[Line]:
    """Rows of a grid as lines: short cells side by side, those with several lines one below the other."""
    for at in range(start, end):
        cells = [(place, text) for place, text in enumerate(grids.texts_of(grid.rows[at])) if text]
        if len(cells) > 1 and _NUMBER.fullmatch(cells[0][1]):
            number, (place, text) = cells[0][1], cells[1]
            cells[:2] = [(place, f"{number}{'.' if number.isascii() else '、'}{text}")]
        if any("\n" in text or len(text) >= _PROSE_LENGTH for _place, text in cells):
            for place, text in cells:
                yield from (_line(each, grid.line + at, place) for each in text.split("\n") if each.strip())
        elif cells:
            yield _line("  ".join(text for _place, text in cells), grid.line + at, cells[0][0])


def _line(raw: str, number: int, place: int) -> Line:
    text = raw.strip()
    return Line(Block(text, marks.flat(text), ((0, number, place + 1),)), raw, number)


def _joined(parts: Iterable[Line | Grid]) -> Iterator[Line | Grid]:
    """The parts with tables put together that were cut in two by a page."""
    held: Grid | None = None
    between: list[Line] = []
    for part in parts:
        if isinstance(part, Line):
            between.append(part)
            continue
        if held and _goes_on(held, between, part):
            gap = max(0, part.line - held.line - len(held.rows))
            shift = len(held.rows) + gap
            merges = tuple(
                (top + shift, left, bottom + shift, right) for top, left, bottom, right in part.merges
            )
            joined = (*held.rows, *((),) * gap, *part.rows)
            held = Grid(joined, held.merges + merges, held.name, held.line)
        else:
            yield from [held] if held else []
            yield from between
            held = part
        between = []
    yield from [held] if held else []
    yield from between


def _goes_on(held: Grid, between: Sequence[Line], grid: Grid) -> bool:
    """Whether a table goes on in the next one: as wide, nothing of weight between, no header of its own."""
    if len(between) > _BETWEEN or _width(held) != _width(grid):
        return False
    if not all(is_furniture(line) or _CONTINUED.match(line.flat) for line in between):
        return False
    first = grids.texts_of(grid.rows[0])
    if any(grids.texts_of(row) == first for row in held.rows[:_HEADER_ROWS]):
        return True
    return not forms.tables(grid) and not grids.every(grid) and bool(forms.tables(held) or grids.tables(held))


def _width(grid: Grid) -> int:
    merged = max((right + 1 for _top, _left, _bottom, right in grid.merges), default=0)
    return max(merged, *map(len, grid.rows))
