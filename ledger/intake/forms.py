"""Forms: tables with a name beside or above each value, one form for each problem.

Seen in Word files: 销号审批表, 整改任务单 and 问题整改台账卡: 存在问题 | …, 整改措施 | …, two pairs in a row,
names written downwards in a merged cell, names above what they name, and blocks of opinions and signatures
that say nothing of the problem.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ledger.intake import columns, grids, marks, words
from ledger.intake.lines import Block, stack
from ledger.intake.table import Row, Table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ledger.intake.document import Grid

#: Characters of the longest name of a value, and names and rows a form has at the least.
_LONGEST, _NAMES, _ROWS = 15, 3, 2
_COUNTED = re.compile(r"[0-9一二三四五六七八九十①-⑳]{1,2}$")
#: Names that hold one of a ledger's words and ask for something else: an opinion, a signature, a telephone.
_OTHER = re.compile(r"意见|签字|签名|盖章|审核|审批|审议|查验|评估|评价|电话|日期|附件|填表")
_PROBLEM = re.compile(r"(?:反馈|整改|具体|主要|存在|发现)?(?:的)?问题(?:原文|简述|概述|内容及表现)?")


@dataclass(frozen=True, slots=True)
class _Pair:
    """A name and what stands beside it or below it."""

    name: str
    value: Block
    row: int


def tables(grid: Grid) -> list[Table]:
    """A table for each form of the grid, with one row or one for each of its measures; none without a form.

    Shape: `start` and `end` are indexes of the grid's rows, the first of a form and the one behind its last.
    """
    forms = _forms(list(_pairs(grid)))
    begins = [*(min(pair.row for pair in pairs) for pairs in forms), len(grid.rows)]
    inner: list[Table] | None = None
    found = []
    for pairs, start, end in zip(forms, begins, begins[1:], strict=False):
        fields = {each.field for each in columns.meanings([pair.name for pair in pairs]) if each.field}
        rows = {pair.row for pair in pairs}
        if "issue" not in fields or len(fields) < _NAMES or len(rows) < _ROWS:
            continue
        if inner is None:
            inner = [
                each
                for each in grids.every(grid)
                if "measure" in each.columns and "issue" not in each.columns
            ]
        steps = next((each for each in inner if start < each.start < end), None)
        form = _table(grid, pairs)
        found.append(_with_steps(grid, form, steps) if steps else form)
    return found


def _forms(pairs: Sequence[_Pair]) -> list[list[_Pair]]:
    """The pairs of each form: a new one begins where the first name of all or the problem's comes again."""
    forms: list[list[_Pair]] = []
    problem = next((each.name for each in pairs if words.column(each.name) in ("issue", "task")), None)
    for pair in pairs:
        begun = {each.name for each in forms[-1]} if forms else set()
        if not forms or (problem in begun and pair.name in begun & {pairs[0].name, problem}):
            forms.append([])
        forms[-1].append(pair)
    return forms


def _pairs(grid: Grid) -> Iterator[_Pair]:
    """Every name with what it names, in order."""
    beside = {
        row: (grids.texts_of(grid.rows[top])[left], top)
        for top, left, bottom, _right in grid.merges
        for row in range(top + 1, min(bottom, len(grid.rows) - 1, top + _MOST_MERGED) + 1)
        if left < len(grid.rows[top]) and _name(grids.texts_of(grid.rows[top])[left])
    }
    above = ""
    for at, cells in enumerate(grid.rows):
        texts = grids.texts_of(cells)
        row = Row(texts, grid.line + at)
        filled = [place for place, text in enumerate(texts) if text]
        names = {place: _name(texts[place]) for place in filled}
        if len(filled) == 1 and above and not names[filled[0]]:
            yield _Pair(above, row.block(filled[0]), at)
        elif filled and at in beside and not any(names.values()):
            yield _Pair(_name(beside[at][0]), row.block(filled[-1]), at)
        value = -1
        for place, following in zip(filled, filled[1:], strict=False):
            if place != value and names[place] and _is_value(texts[following], beside=texts[place]):
                value = following
                yield _Pair(names[place], row.block(following), at)
        above = names[filled[0]] if len(filled) == 1 else ""


def _is_value(text: str, *, beside: str) -> bool:
    """Whether a text is what the name beside it names: no name itself, or one only by a word it holds."""
    return not _name(text) or (_is_known(beside) and not _is_known(text))


def _is_known(text: str) -> bool:
    bare = marks.bare(text).rstrip(":")
    return words.column(bare, exactly=True) is not None or bool(_PROBLEM.fullmatch(bare))


#: Rows one name may stand beside.
_MOST_MERGED = 50


def _name(text: str) -> str:
    """The name a cell gives to what stands beside it, without blanks and numbers; empty where it is none."""
    if len(text) > 3 * _LONGEST:
        return ""
    bare = marks.bare(text).rstrip(":")
    if not 1 < len(bare) <= _LONGEST:
        return ""
    known = words.column(bare, exactly=True)
    bare = bare if known else _COUNTED.sub("", bare)
    if known:
        return bare
    if _PROBLEM.fullmatch(bare):
        return "问题"
    return bare if words.column(bare) and not _OTHER.search(bare) and not bare.endswith("。") else ""


def _table(grid: Grid, pairs: Sequence[_Pair]) -> Table:
    """A form as a table of one row, several values of one name one below the other."""
    named: dict[str, list[Block]] = {}
    for pair in pairs:
        named.setdefault(pair.name, []).append(pair.value)
    headers = tuple(named)
    blocks = tuple(_listed(values) for values in named.values())
    meanings = columns.meanings(headers, samples=lambda at: [blocks[at].text])
    start, end = min(pair.row for pair in pairs), max(pair.row for pair in pairs) + 1
    row = Row(tuple(block.text for block in blocks), grid.line + start, blocks=blocks)
    return Table(tuple(each.field for each in meanings), headers, (row,), start, end, meanings)


def _listed(values: Sequence[Block]) -> Block:
    """One value; several as a list with numbers, so that each stays one thing."""
    if len(values) == 1 or any(marks.opening(value.flat) for value in values):
        return stack(values)
    return stack([_numbered(number, value) for number, value in enumerate(values, start=1)])


def _numbered(number: int, value: Block) -> Block:
    text = f"{number}. {value.text}"
    return Block(text, marks.flat(text), ((0, *value.place(0)),))


def _with_steps(grid: Grid, form: Table, steps: Table) -> Table:
    """A form with a table of measures inside: a row for each of them, which says what the form says too.

    Shape: the table ends before the next name that stands in front of something.
    """
    first = grid.line
    ends = (at for at in range(steps.start + 1, len(grid.rows)) if _begins_with_name(grid, at))
    end = next((at for at in ends if at > steps.rows[0].line - first), steps.end) if steps.rows else steps.end
    kept = [row for row in steps.rows if row.line - first < end]
    own = [at for at, name in enumerate(form.columns) if name and name not in steps.columns]
    said = form.rows[0]
    rows = tuple(
        Row(
            (*(said.texts[at] for at in own), *row.texts),
            row.line,
            blocks=(*(said.block(at) for at in own), *(row.block(at) for at in range(len(row.texts)))),
        )
        for row in kept
    )
    names = tuple(None if name == "number" else name for name in steps.columns)
    return Table(
        (*(form.columns[at] for at in own), *names),
        (*(form.headers[at] for at in own), *steps.headers),
        rows or form.rows,
        form.start,
        max(form.end, end),
        (*(form.meanings[at] for at in own), *steps.meanings),
        merged=True,
    )


def _begins_with_name(grid: Grid, at: int) -> bool:
    """Whether a row begins with a name, or with what asks for an opinion."""
    first = next(filter(None, grids.texts_of(grid.rows[at])), "")
    return bool(_name(first)) or (len(first) <= 3 * _LONGEST and bool(_OTHER.search(first)))
