"""Tables pasted into a text: cells between tabs, or between the bars of Markdown.

Seen in published notices: the header printed again after a page break, headings of a category as a row
of their own, 小计 and 合计, cells broken over several lines with or without quotes around them, cells left
empty because they were merged, and a note below the table.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

from ledger.intake import columns, marks, words
from ledger.intake.furniture import is_furniture
from ledger.intake.lines import Block, stack
from ledger.intake.structure import is_aspect, is_heading

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from ledger.intake.columns import Meaning
    from ledger.intake.lines import Line

#: Physical lines one cell may be broken over, and how far a table is followed over lines that are none of it.
_LONGEST_CELL, _GAP = 100, 6
#: Lines a header may be broken over, and cells a row may have.
_HEADER_LINES, _WIDEST = 3, 100
_NUMBER = re.compile(r"[0-9]{1,4}(?:\.0)?")
#: 累计拖欠工资 is a finding, 累计 and 累计:3 are totals.
_TOTAL = re.compile(r"(?:小\s*计|合\s*计|总\s*计|共\s*计|累\s*计)(?![\u4e00-\u9fff])")
_TOTALS = frozenset("小合总共累")
_BELOW = re.compile(r"(?:备注|注|说明|填表|填报|审核|制表|联系)[^\t|]{0,6}[:：]")
_RULE = re.compile(r":?-+:?")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_BAR = re.compile(r"(?<!\\)\|")


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table.

    Attributes:
        texts: Its cells, without the blanks around them.
        line: Where the row begins, counted from 1.
        blocks: The same cells with their places; None where a cell is a place of its own, as in a sheet.
        held: The cells whose text was merged into this row from the one above.
        wide: What the row holds was merged over several columns.
    """

    texts: tuple[str, ...]
    line: int
    blocks: tuple[Block, ...] | None = None
    held: frozenset[int] = frozenset()
    wide: bool = False

    def block(self, at: int) -> Block:
        """The cell at `at` as a stretch of text."""
        if self.blocks is not None:
            return self.blocks[at]
        text = self.texts[at]
        return Block(text, marks.flat(text), ((0, self.line, at + 1),))


@dataclass(frozen=True, slots=True)
class Table:
    """One table.

    Attributes:
        columns: The field each column means; None where we do not know it.
        headers: The columns' headers as printed.
        start: Index of the header's line.
        end: Index behind the last line.
        meanings: What is known of each column; empty for a table pasted into a text.
        merged: Cells are merged downwards in it, so that an empty cell is an empty cell.
        above: What stands over the header, by row.
        beside: Headers of the columns behind the last that means something.
    """

    columns: tuple[str | None, ...]
    headers: tuple[str, ...]
    rows: tuple[Row, ...]
    start: int
    end: int
    meanings: tuple[Meaning, ...] = ()
    merged: bool = False
    above: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()

    def header(self, at: int) -> str:
        """The header of a column, also of one behind the last that means something."""
        return (*self.headers, *self.beside)[at] if at < len(self.headers) + len(self.beside) else ""

    @property
    def ticks(self) -> Mapping[int, str]:
        """The columns that are a status, ticked, and the status."""
        return MappingProxyType({at: each.tick for at, each in enumerate(self.meanings) if each.tick})


def tables(lines: Sequence[Line], *, below_issue: Callable[[Sequence[Line]], bool]) -> list[Table]:
    """Every table that has a column for problems, or for measures below one, in order.

    Args:
        lines: All lines of the document.
        below_issue: Whether lines end with the heading of an issue.
    """
    found = []
    at = 0
    while at < len(lines):
        header = _header(lines, at, below_issue)
        if header:
            found.append(_Reader(lines, at, *header, header[0] - at).read())
            at = max(at + 1, found[-1].end)
        else:
            at += 1
    return found


def _header(
    lines: Sequence[Line], at: int, below_issue: Callable[[Sequence[Line]], bool]
) -> tuple[int, tuple[str, ...]] | None:
    """The index behind a header at this line, and its cells; None when it is none."""
    if not _may_be_row(lines[at].raw):
        return None
    cells, end = _cells(lines, at)
    texts = tuple(cell.text for cell in cells)
    if sum(map(bool, texts)) < 3 or any(len(text) > 40 for text in texts):
        return None
    texts, end = _whole_header(lines, texts, end)
    meanings = [words.column(text) for text in texts]
    known = {each for each in meanings if each}
    printed = sum(1 for text, each in zip(texts, meanings, strict=True) if each or words.is_unused(text))
    if len(known) < 3 or printed * 2 < len(texts):
        return None
    if not known & {"issue", "task"} and not ("measure" in known and below_issue(lines[max(0, at - 2) : at])):
        return None
    return end, texts


def _whole_header(lines: Sequence[Line], texts: tuple[str, ...], end: int) -> tuple[tuple[str, ...], int]:
    """The header with the lines its last cell goes on over, as where 整改时限 was broken in two."""
    for _more in range(_HEADER_LINES):
        if end >= len(lines) or "\t" not in lines[end - 1].raw:
            break
        following = [cell.text for cell in _cells(lines, end)[0]]
        joined = (texts[-1] + following[0], *following[1:])
        if not following[0] or not all(words.column(text, exactly=True) for text in joined):
            break
        texts, end = (*texts[:-1], *joined), end + 1
    return texts, end


def _may_be_row(raw: str) -> bool:
    return 0 < raw.count("\t") <= _WIDEST or 1 < raw.count("|") <= _WIDEST


def _cells(lines: Sequence[Line], at: int) -> tuple[list[Block], int]:
    """The cells of the line, with the lines a quoted cell goes on over, and the index behind them."""
    raw = lines[at].raw
    if not 0 < raw.count("\t") <= _WIDEST:
        return _bars(lines[at]), at + 1
    pieces = _pieces(lines[at])
    for stop in range(at + 1, min(at + _LONGEST_CELL, len(lines) + 1)):
        if not (pieces[-1].text.startswith('"') and pieces[-1].text.count('"') % 2):
            return [_unquoted(cell) for cell in pieces], stop
        if stop < len(lines):
            first, *more = _pieces(lines[stop])
            pieces = [*pieces[:-1], stack([pieces[-1], first]), *more]
    return _pieces(lines[at]), at + 1


def _pieces(line: Line) -> list[Block]:
    """What stands between the tabs of a line."""
    pieces = []
    at = 0
    for raw in line.raw.split("\t"):
        text = raw.strip()
        column = at + raw.find(text) + 1
        pieces.append(Block(text, marks.flat(text), ((0, line.number, column),)))
        at += len(raw) + 1
    return pieces


def _bars(line: Line) -> list[Block]:
    """What stands between the bars of a line; the whole line where it has none."""
    if not 1 < line.raw.count("|") <= _WIDEST:
        return [line.block]
    cells = []
    bare = line.raw.strip()
    for raw in _BAR.split(bare.removeprefix("|").removesuffix("|")):
        text = _BREAK.sub("\n", raw.strip().replace("**", ""))
        column = line.raw.find(raw.strip()) + 1
        cells.append(Block(text, marks.flat(text), ((0, line.number, column),)))
    return cells


def _unquoted(cell: Block) -> Block:
    if len(cell.text) < 2 or not (cell.text.startswith('"') and cell.text.endswith('"')):
        return cell
    inner = cell.part(1, len(cell.text) - 1)
    return Block(inner.text.replace('""', '"'), inner.flat.replace('""', '"'), inner.seams)


@dataclass(slots=True)
class _Reader:
    """Puts the rows below a header together from physical lines."""

    lines: Sequence[Line]
    start: int
    at: int
    headers: tuple[str, ...]
    header_lines: int
    rows: list[Row] = field(default_factory=list)
    #: The row that may still go on.
    pending: list[Block] = field(default_factory=list)

    def read(self) -> Table:
        """All rows up to the line that is none of the table's."""
        end = self.at
        while self.at < len(self.lines):
            cells, following = _cells(self.lines, self.at)
            if self._is_header(cells):
                end = following = self.at + self.header_lines
            elif not self._is_noise(cells):
                if not self._take(cells):
                    break
                end = following
            self.at = following
        self._close()
        meanings = columns.meanings(self.headers)
        return Table(tuple(each.field for each in meanings), self.headers, tuple(self.rows), self.start, end)

    def _is_header(self, cells: Sequence[Block]) -> bool:
        """Whether the header is printed again."""
        last = len(cells) - 1
        if not 1 < last < len(self.headers) or _bare(cells[0].text) != _bare(self.headers[0]):
            return False
        texts = [_bare(cell.text) for cell in cells]
        headers = [_bare(header) for header in self.headers]
        return texts[:-1] == headers[:last] and headers[last].startswith(texts[-1])

    def _is_noise(self, cells: Sequence[Block]) -> bool:
        """Rules of Markdown, what a page prints between two pages."""
        if len(cells) > 1:
            return all(_RULE.fullmatch(cell.text) for cell in cells)
        return is_furniture(self.lines[self.at]) and self._goes_on()

    def _take(self, cells: Sequence[Block]) -> bool:
        """Use the cells; False when the table has ended before them."""
        width = len(self.headers)
        merged = len(self.pending) - 1 + len(cells)
        begins = self._begins_row(cells)
        if self.pending and not begins and len(self.pending) < width and merged <= width:
            self._append(cells)
        elif begins or len(cells) == width or (len(cells) > 2 and not self.pending):
            self._close()
            self.pending = list(cells)
        elif self.pending and merged <= width and (len(cells) > 1 or self._is_more(cells[0])):
            self._append(cells)
        else:
            return False
        return True

    def _is_more(self, cell: Block) -> bool:
        """Whether a line without tabs goes on with the last cell, because the table does."""
        return self._goes_on() and not _BELOW.match(cell.text)

    def _begins_row(self, cells: Sequence[Block]) -> bool:
        first = cells[0].flat
        if len(cells) > 1:
            alone = not any(cell.text for cell in cells[1:])
            return bool(_NUMBER.fullmatch(first) or _TOTAL.match(first) or (alone and is_band(first)))
        complete = not self.pending or len(self.pending) >= len(self.headers) - 2
        return complete and is_band(first) and self._goes_on()

    def _goes_on(self) -> bool:
        """Whether more rows follow within a few lines."""
        ahead = self.lines[self.at + 1 : self.at + 1 + _GAP]
        least = max(1, len(self.headers) - 4)
        return any(line.raw.count("\t") >= least or line.raw.count("|") > least for line in ahead)

    def _append(self, cells: Sequence[Block]) -> None:
        self.pending[-1] = stack([self.pending[-1], cells[0]]) if self.pending[-1].text else cells[0]
        self.pending.extend(cells[1:])

    def _close(self) -> None:
        if self.pending:
            blocks = tuple(cell.part(0, len(cell.text)) for cell in self.pending)
            self.rows.append(Row(tuple(cell.text for cell in blocks), blocks[0].seams[0][1], blocks))
        self.pending = []


def _bare(text: str) -> str:
    return "".join(text.split())


def is_band(flat_text: str) -> bool:
    """Whether a row's only words are the heading of a category."""
    if not flat_text or not is_heading(flat_text):
        return False
    mark = marks.opening(flat_text)
    if mark:
        return mark.style in (marks.Style.SECTION, marks.Style.ASPECT, marks.Style.CN_PAREN)
    return is_aspect(flat_text) and flat_text[-1] not in "。;"


def is_total(row: Row) -> bool:
    """Whether the row only adds up others."""
    first = next(filter(None, row.texts), "")
    return first[:1] in _TOTALS and bool(_TOTAL.match(marks.flat(first)))


def band(row: Row) -> str | None:
    """The heading of a category, where it is all the row holds but for a number in characters."""
    filled = [text for text in row.texts if text]
    if len(filled) == 1:
        return filled[0] if row.wide or not _NUMBER.fullmatch(marks.flat(filled[0])) else None
    if len(filled) == 2 and not filled[0].isascii() and marks.number(marks.flat(filled[0]).strip("、.")):
        return filled[1]
    return None
