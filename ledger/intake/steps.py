"""Tables of measures below the heading of one issue, as the lines a notice prints in their place.

Seen in Word files and on pages: 一、关于“…”的问题, and below it 序号 | 整改措施 | 责任人 | 完成时限.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger.intake import heads, marks
from ledger.intake.content import OWN_FIELDS
from ledger.intake.items import listed
from ledger.intake.labels import heading
from ledger.intake.layouts import is_deficient
from ledger.intake.lines import Block, Line
from ledger.intake.structure import is_aspect, is_heading
from ledger.intake.table import is_total
from ledger.intake.words import LABELS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ledger.intake.table import Row, Table

#: Lines that may stand between the heading and the table: 整改措施如下:.
_BETWEEN = 2
#: What each field is called in brackets behind a measure.
_NAMES = {field: word for word, field in LABELS.items() if field in OWN_FIELDS}


def fit(table: Table) -> bool:
    """Whether the table lists measures and names no problems."""
    return "measure" in table.columns and "issue" not in table.columns


def below_issue(lines: Sequence[Line]) -> bool:
    """Whether the last of the lines are the heading of an issue and what leads from it to a table."""
    for line in reversed(lines[-_BETWEEN:]):
        if _is_issue(line):
            return True
        if not (heading(line.flat) or line.flat.endswith(":")):
            return False
    return False


def _is_issue(line: Line) -> bool:
    head = heads.quoted(line) or heads.labelled(line) or heads.plain(line)
    if head is None or head.loose or not is_heading(line.flat) or line.flat[head.end :].strip("。: "):
        return False
    return not is_aspect(line.flat) and ("问题" in line.flat or any(map(is_deficient, head.titles)))


def told(table: Table) -> Iterator[Line]:
    """A line that says that measures follow, and one for each with its fields in brackets."""
    named = [(at, name) for at, name in enumerate(table.columns) if name in _NAMES]
    measures = [
        (row, item.block)
        for row in table.rows
        if not is_total(row)
        for item in listed(row.block(table.columns.index("measure"))).items
        if item.block.text
    ]
    if measures:
        yield _line([Block("整改措施：", "整改措施:", ((0, measures[0][0].line, 1),))])
    for number, (row, measure) in enumerate(measures, start=1):
        mark = _block(f"（{number}）", measure.place(0))
        yield _line([mark, _one_line(measure), *_said(row, named)])


def _said(row: Row, named: Sequence[tuple[int, str | None]]) -> Iterator[Block]:
    """What the other cells of a row say, in brackets, and the stop that ends the sentence."""
    opened = False
    for at, name in named:
        cell = row.block(at) if at < len(row.texts) else None
        if cell is not None and cell.text:
            yield _block(f"{'；' if opened else '（'}{_NAMES[name or '']}：", cell.place(0))
            yield _one_line(cell)
            opened = True
    yield _block("）。" if opened else "。", (row.line, 1))


def _one_line(block: Block) -> Block:
    text = block.text.replace("\n", " ")
    return Block(text, marks.flat(text), block.seams)


def _block(text: str, place: tuple[int, int]) -> Block:
    return Block(text, marks.flat(text), ((0, *place),))


def _line(parts: Sequence[Block]) -> Line:
    """The parts one behind the other as one line."""
    seams: list[tuple[int, int, int]] = []
    at = 0
    for part in parts:
        seams.extend((at + offset, line, column) for offset, line, column in part.seams)
        at += len(part.text)
    block = Block("".join(part.text for part in parts), "".join(part.flat for part in parts), tuple(seams))
    return Line(block, block.text, seams[0][1])
