"""A table taken apart: header, body, rows of totals, columns of counts and of rates."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from ledger.intake.document import Grid
from ledger.intake.figures.numbers import Number, number

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ledger.intake.lines import Line

_TOTAL = re.compile(r"^(?:全[市县区省局系统]{1,2})?(?P<kind>小\s*计|合\s*计|总\s*计|共\s*计)\s*[::]?$")
_RATE = re.compile(r"率|占比|比例|百分比|%")
_NO_SHARE = re.compile(r"[利税汇费效概]率|增长|增幅|同比|环比|增速|目标")
_NO_SUM = re.compile(
    r"序号|编号|年|月份|日期|排名|名次|平均|人均|得分|分数|电话|代码|单价|标准|等级|版本|累计"
)
_BAR = re.compile(r"(?<!\\)\|")
_RULE = re.compile(r"^[\s|:-]+$")
_EMPTY = frozenset(("", "-", "--", "—", "——", "/", "无"))
#: Lines a text has at least to be a table, header included; columns looked at; rows a header may have.
_FEWEST, _WIDEST, _HEADER = 3, 40, 8


class Total(NamedTuple):
    """A row of totals.

    Attributes:
        row: Its index in the grid.
        kind: 小计, 合计, 总计 or 共计.
        before: How many rows of the body stand before it.
    """

    row: int
    kind: str
    numbers: dict[int, Number]
    before: int


@dataclass(frozen=True, slots=True)
class Body:
    """A table taken apart.

    Attributes:
        headers: Of each column, the rows of the header one after another.
        rows: Index in the grid and numbers by column of each row of the body.
        numeric: Columns that hold numbers to be summed.
        rates: Columns that hold rates.
    """

    grid: Grid
    headers: tuple[str, ...]
    rows: tuple[tuple[int, dict[int, Number]], ...]
    totals: tuple[Total, ...]
    numeric: tuple[int, ...]
    rates: tuple[int, ...]

    @property
    def every(self) -> list[tuple[int, dict[int, Number]]]:
        """Rows of the body and of totals, from top to bottom."""
        return sorted([*self.rows, *((each.row, each.numbers) for each in self.totals)], key=itemgetter(0))

    def name(self, row: int) -> str:
        """What a row is called: the first of its cells that holds words."""
        cells = (cell for cell in self.grid.rows[row][:3] if isinstance(cell, str) and number(cell) is None)
        return next((cell.strip() for cell in cells if cell.strip()), "")


def grids(lines: Sequence[Line]) -> Iterator[tuple[int, int, Grid]]:
    """Tables in text, between tabs or bars: indexes of the first line and behind the last."""
    at = 0
    while at < len(lines):
        end = at
        separator = "\t" if "\t" in lines[at].raw else "|"
        while end < len(lines) and _cells(lines[end].raw, separator):
            end += 1
        rows = tuple(tuple(_cells(line.raw, separator)) for line in lines[at:end])
        even = len({len(row) for row in rows}) == 1
        if len(rows) >= _FEWEST and (even or separator == "\t" or _RULE.match(lines[at + 1].raw)):
            yield at, end, Grid(rows, line=lines[at].number)
        at = max(end, at + 1)


def _cells(raw: str, separator: str) -> list[str]:
    if separator == "\t":
        return [each.strip() for each in raw.split("\t")] if "\t" in raw else []
    stripped = raw.strip()
    if stripped.count("|") < 2:
        return []
    if _RULE.match(stripped):
        return [""] * 2
    return [each.strip() for each in _BAR.split(stripped.strip("|"))]


def body_of(grid: Grid) -> Body | None:
    """The table taken apart; None where it has no header above numbers."""
    first, headers = _header(grid)
    rows: list[tuple[int, dict[int, Number]]] = []
    totals: list[Total] = []
    texts: Counter[int] = Counter()
    for index in range(first, len(grid.rows)):
        cells = grid.rows[index][:_WIDEST]
        numbers = {at: found for at, cell in enumerate(cells) if (found := number(cell)) is not None}
        kind = _kind(cells)
        if kind:
            totals.append(Total(index, kind, numbers, len(rows)))
        elif numbers:
            rows.append((index, numbers))
            texts.update(at for at, cell in enumerate(cells) if at not in numbers and not _blank(cell))
    counted = {at for _index, numbers in rows for at in numbers}
    known = [at for at in sorted(counted) if headers[at] and not texts[at]]
    rates = tuple(at for at in known if _RATE.search(headers[at]) and not _NO_SHARE.search(headers[at]))
    numeric = tuple(at for at in known if not _RATE.search(headers[at]) and not _NO_SUM.search(headers[at]))
    return Body(grid, headers, tuple(rows), tuple(totals), numeric, rates) if rows else None


def _kind(cells: Sequence[object]) -> str | None:
    """The word that makes a row a total."""
    found = (_TOTAL.match(cell.strip()) for cell in cells[:3] if isinstance(cell, str))
    return next(("".join(each["kind"].split()) for each in found if each), None)


def _blank(cell: object) -> bool:
    return cell is None or (isinstance(cell, str) and cell.strip() in _EMPTY)


def _header(grid: Grid) -> tuple[int, tuple[str, ...]]:
    """The index of the first row below the header, behind the last row where there is none; and its words."""
    texts: dict[int, list[str]] = {}
    for index, row in enumerate(grid.rows[:_HEADER]):
        filled = [cell for cell in row[:_WIDEST] if not _blank(cell)]
        if any(number(cell) is not None for cell in filled):
            if not texts:
                break
            return index, tuple("".join("".join(texts.get(at, [])).split()) for at in range(_WIDEST))
        if len(filled) >= 2 and all(isinstance(cell, str) for cell in filled):
            for at, cell in enumerate(_spread(grid, index)[:_WIDEST]):
                if isinstance(cell, str) and cell not in texts.get(at, []):
                    texts.setdefault(at, []).append(cell)
    return len(grid.rows), ()


def _spread(grid: Grid, index: int) -> list[object]:
    """A row of the header with what is merged over several columns in each of them."""
    row: list[object] = list(grid.rows[index])
    for top, left, bottom, right in grid.merges:
        if top == index and bottom - top < _HEADER and right > left and left < len(row):
            row.extend([None] * (right + 1 - len(row)))
            for at in range(left + 1, min(right, _WIDEST) + 1):
                row[at] = row[left]
    return row
