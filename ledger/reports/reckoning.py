"""A report looks over its own figures before it is written, as `ledger figures` does with any document.

Running text is read by the rules for text, but for the program's own notes beside a table; of tables each
share is held against its two counts.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from ledger.domain import rates
from ledger.reports.views import Paragraph, Style, Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ledger.reports.views import Block, Report, Section


class Doubt(NamedTuple):
    """Figures that do not follow from each other: the words as printed, and what does follow."""

    text: str
    arithmetic: str


def doubts(report: Report) -> Iterator[Doubt]:
    """Every figure of the report that another one of it contradicts, in its order; text before tables."""
    blocks = list(_blocks(report.sections))
    text = "\n".join(
        each.text for each in blocks if isinstance(each, Paragraph) and each.style is not Style.NOTE
    )
    if any(map(str.isdecimal, text)):
        from ledger.intake import figures, lines

        found = figures.of_lines(lines.split(text))
        yield from (Doubt(each.text, each.arithmetic) for each in found if each.alarm)
    for each in blocks:
        if isinstance(each, Table):
            yield from _shares(each)


def _blocks(sections: Iterable[Section]) -> Iterator[Block]:
    for section in sections:
        yield from section.blocks
        yield from _blocks(section.sections)


def _shares(table: Table) -> Iterator[Doubt]:
    """The shares of a table that its numerators and denominators do not give."""
    places = {column.key: place for place, column in enumerate(table.columns)}
    if not {"numerator", "denominator", "percent"} <= set(places):
        return
    for row in table.rows:
        part, whole, printed = (row[places[key]] for key in ("numerator", "denominator", "percent"))
        if not isinstance(part, int) or not isinstance(whole, int):
            continue
        follows = rates.percent(part, whole)
        if printed != follows and isinstance(printed, Decimal):
            yield Doubt(f"{row[0]} {printed}%", f"{part} ÷ {whole} = {follows}%")
