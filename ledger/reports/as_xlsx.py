"""A report as .xlsx, ready to print: `build_workbook` says what stands where, `workbooks` writes it.

What was written is read again and held against the report, so that no text is lost unnoticed. A workbook puts
things elsewhere than a document that is read from front to back: what is compared is how often each value
stands there, and that every title, heading and sentence does.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING

from ledger import language
from ledger.reports import build_workbook, told
from ledger.reports.gathered import parts_of
from ledger.reports.views import Facts, Form, Paragraph, Table
from ledger.reports.workbooks import reading, writing
from ledger.reports.workbooks.cells import held

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from ledger.reports.views import Block, Cell, Report, Section

#: What stands before running text.
_INDENT = "\u3000"


def render(report: Report, folder: Path | None = None) -> bytes:  # noqa: ARG001 - a workbook has no template
    """The report as a file.

    Raises:
        LedgerError: something the report says is not in what was written.
    """
    with language.speaking(report.language):
        data = writing.write(build_workbook.build(report))
        missing = lost(report, data)
        if missing:
            raise told.lacking(missing)
    return data


def lost(report: Report, data: bytes) -> str:
    """The first value or text of the report that the workbook has not; empty when it has all of them."""
    found = reading.values(data)
    for value, count in Counter(chain.from_iterable(_values(report))).items():
        cell = held(value)
        if cell is not None and found[cell] < count:
            return str(value)
    texts = {each.lstrip(_INDENT) for each in found if isinstance(each, str)}
    for word in dict.fromkeys(_words(report)):
        said = str(held(word) or "").lstrip(_INDENT)
        if said and said not in texts and not any(said in each for each in texts):
            return word
    return ""


def _sections(given: tuple[Section, ...]) -> Iterator[Section]:
    for section in given:
        yield section
        yield from _sections(section.sections)


def _values(report: Report) -> Iterator[Iterator[Cell] | tuple[Cell, ...]]:
    """What stands in cells of its own: rows of tables, boxes of forms, facts of sections."""
    for section in _sections(report.sections):
        yield tuple(each.value for each in section.row)
        for block in section.blocks:
            if isinstance(block, Facts):
                yield tuple(each.value for each in block.items)
            elif isinstance(block, Table) and block.rows:  # of an empty one the total is not printed either
                yield from told.grid(block)[1]
            elif isinstance(block, Form):
                yield from (tuple(each.value for each in row) for row in block.rows)


def _words(report: Report) -> Iterator[str]:
    """What is said around them, wherever it stands and however often."""
    yield from told.texts(replace(report, sections=()))
    for section in _sections(report.sections):
        # The title of a record is values of its row, that of its parts the heading of their column.
        yield "" if section.row else section.title
        parts = parts_of(section) if section.row else None
        for block in section.blocks:
            yield from _said(
                replace(block, title="") if isinstance(block, Table) and block is parts else block
            )


def _said(block: Block) -> Iterator[str]:
    if isinstance(block, Facts):
        yield from (each.name for each in block.items)
    elif isinstance(block, Paragraph):
        yield block.text
    elif isinstance(block, Form):
        yield block.title
    elif isinstance(block, Table):
        yield block.title
        if block.rows:
            yield from (each.heading for each in told.grid(block)[0])
        else:
            yield block.empty
