"""Tables in a grid of cells: of a workbook, a Word file, a web page, a CSV file.

Seen in ledgers in use: titles, 附件 and a row of 填报单位 above the header; headers of several rows, merged
or with the merge lost; cells merged downwards; the header again on every page; 第N页; 备注 and
signatures below; notes beside the table; several tables on one sheet, and sheets that only explain.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from ledger.intake import columns, marks, words
from ledger.intake.lines import Block
from ledger.intake.table import Row, Table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from ledger.intake.columns import Meaning
    from ledger.intake.document import Grid, Value

    Texts = tuple[str, ...]
    #: What a person said a column means, by its index and header, as a tuple of it; None where nobody said.
    Answers = Callable[[int, str], tuple[str | None] | None]

#: Rows a header takes at the most, and characters of one of its cells.
_HEADER_ROWS, _HEADER_LENGTH = 3, 60
#: Cells filled because of a merge; more than that were merged to do harm.
_MOST_FILLED = 2_000_000
#: Rows looked at for the next header; a ledger's stands near the top.
_SEARCHED = 300
#: Cells looked at to tell what a column means.
_SAMPLES = 12
#: Columns of a table on its side: the names, and two issues at the least.
_ON_SIDE = 3
_BELOW = re.compile(
    r"(?:备注|注|说明|填表|填报|审核|制表|联系|报送|签发|分管领导|主要领导|单位负责人|负责人|整改单位负责人|主管部门负责人)[^:]{0,8}[:(]"
)
_PAGE = re.compile(
    r"(?:-\s*)?第\s*[0-9一二三四五六七八九十]{1,4}\s*页.{0,16}|[-—]?\s*[0-9]{1,4}\s*/\s*[0-9]{1,4}\s*页?|续表.{0,6}|[(（]?接上[页表].{0,4}"
)
#: What is filled in above a header, as 填报单位:某局.
_FILLED_IN = re.compile(r"[^:(]{2,10}:")
_SUBJECTS = frozenset({"issue", "task", "measure", "account", "target", "applied"})


def tables(grid: Grid, *, answers: Answers | None = None) -> list[Table]:
    """Every table of a grid that lists problems, in order; empty where it has none.

    Shape: `start` and `end` are indexes of its rows, the header's first and the one behind the last.
    """
    return [each for each in every(grid, answers=answers) if "issue" in each.columns]


def every(grid: Grid, *, answers: Answers | None = None) -> list[Table]:
    """Every table of a grid whose columns are known, whether or not it has one for problems."""
    scan = _Scan(grid, answers or (lambda _at, _header: None))
    return scan.tables()


def texts_of(row: Iterable[Value]) -> Texts:
    """The cells of a row as text, without the blanks around it."""
    return tuple(
        [value.strip() if type(value) is str else "" if value is None else text_of(value) for value in row]
    )


def text_of(value: Value) -> str:
    """A cell's value as an office would type it; a date in its ISO form.

    Shape: numbers without what only a machine sees: 3 for 3.0, 0.3 for 0.30000000000000004; 是 and 否 for
        a cell that is true or false.
    """
    if isinstance(value, str):
        return value.strip()
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else format(value, ".15g")
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == dt.time() else value.isoformat(" ", "minutes")
    return value.isoformat() if isinstance(value, dt.date | dt.time) else str(value)


class _Scan:
    """One grid while its tables are looked for."""

    def __init__(self, grid: Grid, answers: Answers) -> None:
        self.grid = grid
        self.answers = answers
        self.rows = [texts_of(row) for row in grid.rows]
        self.across: dict[int, list[tuple[int, int]]] = defaultdict(list)
        self.down: dict[int, dict[int, int]] = defaultdict(dict)  # row -> column -> row it is merged with
        budget = _MOST_FILLED
        for top, left, bottom, right in grid.merges:
            last = min(bottom, len(self.rows) - 1)
            budget -= max(0, last - top)
            if top > last or budget < 0:
                continue
            if right > left:
                self.across[top].append((left, right))
            for at in range(top + 1, last + 1):
                self.down[at][left] = top

    def tables(self) -> list[Table]:
        """Every table, in order."""
        found = []
        at = above = 0
        while at < len(self.rows):
            header = self.header(at)
            if header is None:
                at += 1
                if at - above > _SEARCHED:
                    break
                continue
            depth, headers = header
            table = self.read(at, depth, headers, above)
            found.append(table)
            at = above = max(at + depth, table.end)
        return found

    # -- headers

    def header(self, at: int) -> tuple[int, Texts] | None:
        """How many rows the header beginning at this row takes, and its columns; None when it is none."""
        row = self.rows[at]
        if len(row) - row.count("") < 2 or all(_FILLED_IN.match(marks.flat(text)) for text in row if text):
            return None
        best: tuple[int, Texts] | None = None
        most = 0
        for depth in range(1, _HEADER_ROWS + 1):
            if at + depth > len(self.rows) or (depth > 1 and not self._may_go_on(at, depth)):
                break
            headers = self._headers(at, depth)
            known = _known(headers)
            if known > most or (best and self._is_held(at, depth)):
                best, most = (depth, headers), max(known, most)
        if best is None or not _is_header(best[1], self.answers):
            return None
        if best[0] > 1 and not self._is_held(at, best[0]):
            below = self._headers(at + 1, best[0] - 1)
            if _known(below) >= most and _is_header(below, self.answers):
                return None  # the row above it only stands there
        return best

    def _may_go_on(self, at: int, depth: int) -> bool:
        """Whether the last of so many rows may still be one of the header."""
        row = self.rows[at + depth - 1]
        held = self._is_held(at, depth)
        filled = [(place, text) for place, text in enumerate(row) if text]
        if not filled or any(len(text) > _HEADER_LENGTH or "。" in text for _place, text in filled):
            return False
        known = [
            bool(words.column(text) or columns.is_state(text) or columns.is_part(text))
            for _place, text in filled
        ]
        named = [
            each or self._under(at + depth - 2, place)
            for each, (place, _text) in zip(known, filled, strict=True)
        ]
        first = marks.flat(filled[0][1])
        if held and all(self._under(at + depth - 2, place) for place, _text in filled):
            return not first[:1].isdigit()
        return (
            any(known)
            and sum(named) * 2 > len(named)
            and not first[:1].isdigit()
            and sum(known) * 3 >= len(known)
        )

    def _is_held(self, at: int, depth: int) -> bool:
        """Whether a cell of the header's rows above is merged down into the last of so many rows."""
        return any(top >= at for top in self.down.get(at + depth - 1, {}).values())

    def _under(self, at: int, place: int) -> bool:
        """Whether the cell above is merged over several columns and this one stands below it."""
        return any(left <= place <= right for left, right in self.across.get(at, ()))

    def _headers(self, at: int, depth: int) -> Texts:
        """The columns of a header of so many rows, the levels of each a line."""
        width = max(len(row) for row in self.rows[at : at + depth])
        levels: list[list[str]] = [[] for _ in range(width)]
        for number in range(at, at + depth):
            row = self.rows[number]
            spread = self._spread(number, row, width, below=number + 1 < at + depth)
            for place, text in enumerate(spread):
                text = "".join(text.split())
                if text and (not levels[place] or levels[place][-1] != text):
                    levels[place].append(text)
        return tuple("\n".join(each) for each in levels)

    def _spread(self, number: int, row: Texts, width: int, *, below: bool) -> list[str]:
        """A row of a header with what is merged over several columns in each of them."""
        texts = [*row, *[""] * (width - len(row))]
        if not below:
            return texts
        spans = self.across.get(number, ())
        for left, right in spans:
            for place in range(left + 1, min(right, width - 1) + 1):
                texts[place] = texts[place] or texts[left]
        if not self.grid.merges:  # the merge was lost: over the empty cells to its right that go on below
            following = self.rows[number + 1] if number + 1 < len(self.rows) else ()
            for place in range(1, width):
                has_below = place < len(following) and following[place]
                above_has_below = place - 1 < len(following) and following[place - 1]
                if not texts[place] and has_below and above_has_below:
                    texts[place] = texts[place - 1]
        return texts

    # -- rows

    def read(self, start: int, depth: int, headers: Texts, above: int) -> Table:
        """The table below a header."""
        first = start + depth
        meanings = self._meanings(headers, first)
        last_known = max((at for at, each in enumerate(meanings) if each.field or each.tick), default=0)
        width = min(len(headers), last_known + 1)
        rows: list[Row] = []
        end = first
        merged = False
        vocabulary = frozenset(_leaves(headers))
        at = first
        while at < len(self.rows):
            texts = self.rows[at]
            filled = len(texts) - texts.count("")
            if not filled:
                at += 1
                continue
            if filled > 1 and len(vocabulary.intersection(_bare(texts))) > 1:
                if _same(texts, self.rows[start]):
                    end = at = min(at + depth, len(self.rows))
                    continue
                if self.header(at):
                    break
            elif filled > 2 and self._is_other(at):
                break
            down = self.down.get(at)
            row = self._row(at, texts, down, width)
            merged = merged or bool(row.held)
            if not _is_noise(row, filled):
                rows.append(row)
            end = at + 1
            at += 1
        while rows and at < len(self.rows) and rows[-1].texts.count("") == len(rows[-1].texts) - 1:
            end = rows.pop().line - self.grid.line  # what stands right over the next table is its own
        title = tuple(text for row in self.rows[above:start] for text in row if text)
        rows = [row for row in rows if not _is_title(row, title)]
        fields = tuple(each.field for each in meanings)
        return Table(
            fields[:width], headers[:width], tuple(rows), start, end, meanings, merged, title, headers[width:]
        )

    def _row(self, at: int, texts: Texts, down: Mapping[int, int] | None, width: int) -> Row:
        """A row of the table, with what was merged into it."""
        line = self.grid.line + at
        if len(texts) < width:
            texts += ("",) * (width - len(texts))
        wide = at in self.across
        if not down:
            cut = texts if len(texts) == width else texts[:width]
            return Row(_once(cut) if wide else cut, line, wide=wide)
        cells = list(texts)
        held = set()
        for place, top in down.items():
            if place < width and not cells[place] and place < len(self.rows[top]):
                cells[place] = self.rows[top][place]
                held.add(place)
        return Row(tuple(cells[:width]), line, held=frozenset(held), wide=wide)

    def _is_other(self, at: int) -> bool:
        """Whether another table's header stands here."""
        texts = self.rows[at]
        if any(len(text) > _HEADER_LENGTH for text in texts) or any(text[:1].isdigit() for text in texts):
            return False
        if sum(1 for text in texts if text and words.is_exact(text)) < 2:
            return False
        return self.header(at) is not None

    def _meanings(self, headers: Texts, first: int) -> tuple[Meaning, ...]:
        def samples(at: int) -> list[str]:
            cells = (row[at] for row in self.rows[first : first + 200] if at < len(row) and row[at])
            return [cell for _n, cell in zip(range(_SAMPLES), cells, strict=False)]

        return columns.meanings(headers, samples=samples, answers=lambda at: self.answers(at, headers[at]))


def _leaves(headers: Sequence[str]) -> list[str]:
    return [header.rpartition("\n")[2] for header in headers if header]


def _bare(texts: Texts) -> list[str]:
    return [
        "".join(text.split()) if " " in text or "\n" in text or "\u3000" in text else text
        for text in texts
        if text
    ]


def _same(texts: Texts, header: Texts) -> bool:
    """Whether a row is the header's first row again."""
    mine, other = _bare(texts), _bare(header)
    return mine == other[: len(mine)] or mine == other


def _known(headers: Sequence[str]) -> int:
    """How many columns are known, a further one for the same field counting less than a new field."""
    found = [
        fields[0]
        for fields in (columns.field_of(header.split("\n")) for header in headers if header)
        if fields
    ]
    states = sum(columns.is_state(leaf) for leaf in _leaves(headers))
    return 10 * len(set(found)) + len(found) + (5 * states if states > 1 else 0)


def _is_header(headers: Sequence[str], answers: Answers) -> bool:
    """Whether these are the columns of a list of problems, or of one that goes with it."""
    if any(len(header) > _HEADER_ROWS * _HEADER_LENGTH for header in headers):
        return False
    filled = [header for header in headers if header]
    found = [fields[0] for fields in (columns.field_of(header.split("\n")) for header in filled) if fields]
    found += [
        answer[0]
        for answer in (answers(at, each) for at, each in enumerate(headers) if each)
        if answer and answer[0]
    ]
    subject = bool(_SUBJECTS.intersection(found))
    if len(found) == 2:
        both = {"issue", "measure"} == set(found) and len(filled) <= 4
        return both or (len(filled) == 2 and ("issue" in found or {"measure", "number"} == set(found)))
    if len(found) < 3 or len(found) * 3 < len(filled):
        return False
    return subject or "number" in found or "measure_number" in found


def _once(texts: Texts) -> Texts:
    """A row whose cells all say the same, as where a merge was copied into each of its cells, said once."""
    filled = [at for at, text in enumerate(texts) if text]
    if len(filled) < 3 or len({texts[at] for at in filled}) > 1:
        return texts
    return tuple(text if at == filled[0] else "" for at, text in enumerate(texts))


def _is_title(row: Row, title: Texts) -> bool:
    """Whether a row is a line that stands over the table, printed again on another page."""
    return row.texts.count("") == len(row.texts) - 1 and next(filter(None, row.texts)) in title


def _is_noise(row: Row, filled: int) -> bool:
    """Page numbers, remarks and signatures below the table."""
    if filled > 4:
        return False
    first = marks.flat(next(filter(None, row.texts), ""))
    return not first or bool(_BELOW.match(first) or _PAGE.fullmatch(first))


def on_their_side(grid: Grid) -> list[Table]:
    """The tables of a grid whose names stand in a column and whose issues stand beside each other."""
    texts = [texts_of(row) for row in grid.rows]
    width = max(map(len, texts), default=0)
    if width < _ON_SIDE or any(words.is_exact(text) for row in texts for text in row[1:] if text):
        return []  # a form, with names beside each other
    turned = tuple(tuple(row[at] if at < len(row) else "" for row in texts) for at in range(width))
    merges = tuple((left, top, right, bottom) for top, left, bottom, right in grid.merges)
    found = tables(replace(grid, rows=turned, merges=merges))
    return [replace(table, rows=tuple(_turned_back(row, grid.line) for row in table.rows)) for table in found]


def _turned_back(row: Row, first: int) -> Row:
    """The row of a turned table with the places its cells have in the grid."""
    column = row.line - first + 1
    blocks = tuple(
        Block(text, marks.flat(text), ((0, first + at, column),)) for at, text in enumerate(row.texts)
    )
    return replace(row, line=first, blocks=blocks)
