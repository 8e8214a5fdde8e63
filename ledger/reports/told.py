"""Every text a report says, in the order of an official document: what a written file is held against.

Values become text here, in one way for every format that prints text.
"""

from __future__ import annotations

import datetime as dt
from gettext import gettext as _
from typing import TYPE_CHECKING

from ledger import language
from ledger.domain.text import excerpt, visible
from ledger.domain.words import dated
from ledger.errors import LedgerError
from ledger.reports.views import Chart, Facts, Form, Kind, Paragraph, Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ledger.reports.views import Block, Cell, Column, Official, Report, Section


def printed(text: str) -> str:
    """A text as documents print it: line feeds only, and what would not be seen is spelt out."""
    return visible(text.replace("\r\n", "\n").replace("\r", "\n"))


def plain(value: Cell, kind: Kind = Kind.TEXT) -> str:
    """One value as text; a dash where a date or a share is not there."""
    if value is None:
        return "-" if kind in (Kind.PERCENT, Kind.DATE) else ""
    if isinstance(value, str):
        return printed(value)
    if isinstance(value, dt.date):
        return value.isoformat()
    return f"{value}%" if kind is Kind.PERCENT else str(value)


def grid(table: Table) -> tuple[tuple[Column, ...], tuple[tuple[Cell, ...], ...]]:
    """What of a table is printed: its columns without the sparse ones nothing stands in, and its rows.

    Shape: every row has as many values as there are columns; the total, where there is one, is the last row.
    """
    rows = table.rows if table.total is None else (*table.rows, table.total)
    shown = [
        place
        for place, column in enumerate(table.columns)
        if not column.sparse or any(row[place] not in (None, "", 0) for row in rows)
    ]
    if len(shown) == len(table.columns):
        return table.columns, rows
    return tuple(table.columns[place] for place in shown), tuple(
        tuple(row[place] for place in shown) for row in rows
    )


def texts(report: Report) -> Iterator[str]:
    """Every text of a report that is not empty; charts are left out, for their table says the same."""
    paper = report.official
    told = [
        *((paper.state, paper.number) if paper else ()),
        report.title,
        *((paper.addressee,) if paper else ()),
    ]
    yield from filter(None, map(printed, told))
    yield from _facts(report.facts)
    for section in report.sections:
        yield from _section(section)
    if paper:
        yield from filter(None, map(printed, _closing(paper, report.language)))
    for note in report.footnotes:
        yield from filter(None, (printed(note.term), printed(note.definition)))
    yield from _facts(report.signatures)
    yield from filter(None, (printed(report.stamp.text),))


def lost(report: Report, found: Iterable[str]) -> str:
    """The first line of the report that is not among the lines found, in their order; empty when none is.

    Shape: `found` are the lines, cells or runs of a written file from its beginning; whatever else stands
        between them does not matter, nor do blanks.
    """
    waiting = iter(found)
    for text in texts(report):
        for line in filter(None, map(_squeezed, text.split("\n"))):
            if not any(each == line or _squeezed(each) == line for each in waiting):
                return line
    return ""


def hold(report: Report, found: Iterable[str]) -> None:
    """Refuse a file that does not say all that its report says; `found` as for `lost`.

    Raises:
        LedgerError: a text is not there.
    """
    if missing := lost(report, found):
        raise lacking(missing)


def lacking(text: str) -> LedgerError:
    """The refusal of a file that does not say all that its report says; `text` is what it lacks."""
    message = _("the report would not read back as it was, so it was not written: {text}")
    hint = _("look for characters that are not text in what was entered")
    return LedgerError(message.format(text=excerpt(text)), hint)


def _squeezed(line: str) -> str:
    return " ".join(line.split())


def day(date: dt.date | None, spoken: str) -> str:
    """A day as documents of a language write it; empty when there is none."""
    if date is None:
        return ""
    with language.speaking(spoken):
        return dated(date)


def _closing(paper: Official, spoken: str) -> Iterator[str]:
    yield from (*paper.annexes, *paper.contact, paper.signature, day(paper.date, spoken), paper.copies)


def _section(section: Section) -> Iterator[str]:
    yield from filter(None, (printed(section.title),))
    for block in section.blocks:
        yield from _block(block)
    for inside in section.sections:
        yield from _section(inside)


def _facts(facts: Facts) -> Iterator[str]:
    for each in facts.items:
        yield from filter(None, (printed(each.name), plain(each.value, each.kind)))


def _block(block: Block) -> Iterator[str]:
    if isinstance(block, Facts):
        yield from _facts(block)
    elif isinstance(block, Paragraph):
        yield from filter(None, (printed(block.text),))
    elif isinstance(block, Form):
        boxes = (plain(each.value, each.kind) for row in block.rows for each in row)
        yield from filter(None, (printed(block.title), *boxes))
    elif isinstance(block, Table):
        yield from _table(block)
    else:
        assert isinstance(block, Chart)


def _table(table: Table) -> Iterator[str]:
    columns, rows = grid(table)
    if not table.rows:
        yield from filter(None, (printed(table.title), printed(table.empty)))
        return
    yield from filter(None, (printed(table.title), *(printed(each.heading) for each in columns)))
    kinds = [each.kind for each in columns]
    for row in rows:
        yield from filter(None, map(plain, row, kinds))
