"""Figures a document prints, held against each other: rates, sums, parts, growth, windows, repetitions.

A rule finds claims in a paragraph (`ratios`, `shares`, `sums`, `changes`, `windows`), over the whole text
(`repeats`) or in a table (`tables`). Numbers that stand side by side without belonging together are left
alone: a claim missed costs little, a false alarm costs the reader's trust.
"""

from __future__ import annotations

import re
from collections import deque
from dataclasses import replace
from gettext import gettext as _
from typing import TYPE_CHECKING

from ledger.domain.numerals import CHINESE
from ledger.intake import marks
from ledger.intake.claim import Claim
from ledger.intake.figured import Figures
from ledger.intake.figures.changes import changes
from ledger.intake.figures.ratios import rates
from ledger.intake.figures.repeats import Given
from ledger.intake.figures.sentences import sentences
from ledger.intake.figures.shares import runs, shares
from ledger.intake.figures.sums import equations, sums
from ledger.intake.figures.tablebody import grids
from ledger.intake.figures.tables import in_grid
from ledger.intake.figures.windows import windows
from ledger.intake.furniture import without_furniture
from ledger.intake.lines import Block, Line
from ledger.intake.proposal import Remark
from ledger.intake.wrapping import unwrap

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ledger.intake.document import Document, Grid
    from ledger.intake.figures.finding import Finding
    from ledger.intake.figures.quantities import Quantity
    from ledger.intake.figures.sentences import Sentence
    from ledger.intake.proposal import Proposal

#: The words of a claim that are shown; what is longer is cut in its middle.
_LONGEST = 160


def claims(document: Document, *, file: str) -> Figures:
    """What a document says of figures, in the order in which it says it."""
    return Figures(file, of_document(document), document.remarks)


def with_figures(proposal: Proposal, document: Document) -> Proposal:
    """A proposal with the claims of the document it comes from, and a warning for each alarm."""
    return _with(proposal, of_document(document))


def with_figures_of_sheets(proposal: Proposal, document: Document) -> Proposal:
    """The same for a workbook: its short tables, and its cells up to a number of characters.

    Shape: what was left out is said; `claims` looks at all of it. Hidden sheets are nobody's statement.

    Source: DECISIONS.md D-71.
    """
    found: list[Claim] = []
    left, is_cut = _MOST_CHARACTERS, False
    for grid in document.parts:
        if isinstance(grid, Line) or grid.hidden:
            continue
        if len(grid.rows) <= _MOST_ROWS:
            found.extend(in_grid(grid))
        else:
            is_cut = True
        for block in _cells(grid, _NUMERALS):
            if left <= 0:
                is_cut = True
                break
            left -= len(block.text)
            found.extend(_of_cell(grid, block))
    proposal = _with(proposal, tuple(_sorted(found)))
    if not is_cut:
        return proposal
    message = _(
        "it is long, so not all of its figures were held against each other; ledger figures does that"
    )
    return replace(proposal, warnings=(*proposal.warnings, Remark("figures_cut", message)))


#: Rows of a table whose sums and rates are checked when a workbook is taken in, and characters of its cells.
#: Source: DECISIONS.md D-71; 0.1 s and 0.4 s of the 5 s that a workbook of 30,000 rows takes.
_MOST_ROWS, _MOST_CHARACTERS = 3_000, 300_000
#: What no claim does without: two numbers, in digits or in words.
_NUMERALS = re.compile(rf"[0-9０-９{CHINESE}][^0-9０-９{CHINESE}]+[0-9０-９{CHINESE}]")


def _with(proposal: Proposal, found: tuple[Claim, ...]) -> Proposal:
    warnings = tuple(_warning(claim) for claim in found if claim.alarm)
    return replace(proposal, figures=found, warnings=(*proposal.warnings, *warnings))


def _warning(claim: Claim) -> Remark:
    message = _("{words}: {arithmetic}").format(words=claim.text, arithmetic=claim.arithmetic)
    if claim.sheet:
        message = _("sheet {sheet}: {words}").format(sheet=claim.sheet, words=message)
    return Remark(f"figure_{claim.verdict}", message, claim.line)


def of_document(document: Document) -> tuple[Claim, ...]:
    """The claims of a document's lines and tables, by sheet and line."""
    lines = [part for part in document.parts if isinstance(part, Line)]
    tables = [part for part in document.parts if not isinstance(part, Line)]
    return tuple(_sorted([*of_lines(lines), *(each for table in tables for each in _of_grid(table))]))


def of_lines(lines: Sequence[Line]) -> list[Claim]:
    """What lines of text say of figures: what was wrapped is put together, tables of tabs or bars are tables.

    This is also how a report looks over itself: `of_lines(lines.split(text))`.
    """
    found: list[Claim] = []
    inside: set[int] = set()
    for first, last, grid in grids(lines):
        inside.update(range(first, last))
        found.extend(_of_grid(grid))
    prose = unwrap(without_furniture([line for at, line in enumerate(lines) if at not in inside]))
    found.extend(_of_blocks(line.block for line in prose))
    return _sorted(found)


def _sorted(found: Iterable[Claim]) -> list[Claim]:
    return sorted(found, key=lambda claim: (claim.sheet, claim.line, claim.column))


def _of_grid(grid: Grid) -> Iterator[Claim]:
    yield from in_grid(grid)
    for block in _cells(grid):
        yield from _of_cell(grid, block)


def _of_cell(grid: Grid, block: Block) -> Iterator[Claim]:
    for found in _in_paragraph(block.flat, deque()):
        yield replace(_placed(block, found), column=block.seams[0][2], sheet=grid.name)


def _cells(grid: Grid, holding: re.Pattern[str] | None = None) -> Iterator[Block]:
    """Cells that hold a text long enough to claim something, each line a sentence."""
    for row, cells in enumerate(grid.rows):
        for column, value in enumerate(cells, start=1):
            if not isinstance(value, str) or len(value) < _SHORTEST:
                continue
            if holding is None or holding.search(value):
                yield Block(value, marks.flat(value).replace("\n", "。"), ((0, grid.line + row, column),))


#: Characters a cell has at least that could claim anything.
_SHORTEST = 12


def _of_blocks(blocks: Iterable[Block]) -> Iterator[Claim]:
    given = Given()
    counts: deque[Quantity] = deque(maxlen=_REMEMBERED)
    for block in blocks:
        for found in (*_in_paragraph(block.flat, counts), *given.again(block.flat)):
            yield _placed(block, found)


#: Counts of the text before that a run of shares may be of.
_REMEMBERED = 24


def _in_paragraph(flat: str, counts: deque[Quantity]) -> Iterator[Finding]:
    earlier: Sentence | None = None
    for sentence in sentences(flat):
        near = earlier if earlier and sentence.start - earlier.end <= 1 else None
        run = runs(sentence, tuple(counts))
        yield from run.values()
        yield from rates(sentence, near, run)
        yield from shares(sentence)
        yield from sums(sentence, near)
        yield from changes(sentence)
        counts.extend(part.quantity for part in sentence.parts if part.quantity.countable)
        earlier = sentence
    yield from equations(flat)
    yield from windows(flat)


def _placed(block: Block, found: Finding) -> Claim:
    line, column = block.place(found.start)
    words = block.text[found.start : found.end].strip(" ,，;；、\n").replace("\n", " ")
    if len(words) > _LONGEST:
        words = f"{words[: _LONGEST // 2]}…{words[-_LONGEST // 2 :]}"
    first, last = found.window or (None, None)
    return Claim(
        line=line,
        column=column,
        text=words,
        kind=found.kind,
        verdict=found.judged.verdict,
        expected=found.judged.expected or None,
        printed=found.judged.printed or None,
        arithmetic=found.judged.words,
        unit=found.unit,
        first=first,
        last=last,
    )
