"""A report as Markdown: no text of a field can break a table or become markup.

Source: CommonMark 0.31 §2.4 (backslash escapes) and §2.5 (entities); GFM 0.29 (tables, strikethrough, links).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import partial
from gettext import gettext as _
from gettext import pgettext
from typing import TYPE_CHECKING, Final

from ledger import language
from ledger.domain.text import visible
from ledger.reports import fields, templates
from ledger.reports.templates import Marked
from ledger.reports.told import day, grid, plain
from ledger.reports.views import Chart, Facts, Form, Kind, Paragraph, Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from ledger.reports.views import Block, Cell, Fact, Report, Section

#: What Markdown or one of its usual extensions would read as markup: a number or sign that begins a list, an
#: underline or a definition; signs that mean something anywhere; what becomes a link by itself.
_MARKUP: Final = re.compile(
    r"\A([0-9]+)([.)])(?=\s|\Z)|\A[-+=:%]|[\\`*_{}\[\]|~^$#@]|:(?=//)|(?<=www)\.", re.IGNORECASE
)
_ENTITIES: Final = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
#: What parts of a template that print nothing leave behind.
_EMPTY: Final = re.compile(r"\n{3,}")
#: Where somebody writes by hand.
BLANK: Final = "________"


def render(report: Report, folder: Path | None = None) -> str:
    """The report in Markdown, by the template of its kind.

    Raises:
        RejectedInputError: the workspace's own template is broken.
    """
    with language.speaking(report.language):
        page = Page(
            pair=pgettext("document", "{name}: {value}"),
            counted=_("How it is counted"),
            language=report.language,
        )
    values = {
        "report": report,
        "value": partial(fields.value, report),
        "facts": page.facts,
        "body": page.body,
        "table": table,
        "form": form,
        "opening": page.opening,
        "addressee": page.addressee,
        "closing": page.closing,
        "footnotes": page.footnotes,
    }
    filled = templates.fill(templates.named(report.kind, "md"), values, folder=folder, mark=text)
    return _EMPTY.sub("\n\n", filled).strip("\n") + "\n"


def text(value: object) -> str:
    """A value as Markdown that reads as exactly that, on one line."""
    if value is None:
        return ""
    lines = str(value).replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    return "<br>".join(_line(line) for line in visible(lines).strip().split("\n"))


def _line(line: str) -> str:
    marked = _MARKUP.sub(_escaped, line.strip(" "))
    return re.sub("[&<>]", lambda found: _ENTITIES[found[0]], marked)


def _escaped(found: re.Match[str]) -> str:
    return f"{found[1]}\\{found[2]}" if found[1] else f"\\{found[0]}"


def cell(value: Cell, kind: Kind = Kind.TEXT) -> str:
    """One value of a table or fact."""
    return text(value) if isinstance(value, str | int) else plain(value, kind)


def table(given: Table) -> Marked:
    """A table with its heading, or the sentence that stands in its place."""
    parts = [f"**{text(given.title)}**"] if given.title else []
    parts.append(_grid(given) if given.rows else text(given.empty))
    return Marked("\n\n".join(parts))


def _grid(given: Table) -> str:
    columns, rows = grid(given)
    figures = (Kind.NUMBER, Kind.AMOUNT, Kind.PERCENT)
    return "\n".join(
        [
            _row(text(column.heading) for column in columns),
            _row("---:" if column.kind in figures else "---" for column in columns),
            *(_row(map(cell, row, (column.kind for column in columns))) for row in rows),
        ]
    )


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def form(given: Form) -> Marked:
    """A form as a table of two columns: what a box is for, and what stands in it."""
    parts = [f"**{text(given.title)}**"] if given.title else []
    lines = [_row(("", "")), _row(("---", "---")), *map(_row, _pairs(given))]
    return Marked("\n\n".join([*parts, "\n".join(lines)]))


def _pairs(given: Form) -> Iterator[tuple[str, str]]:
    """The boxes of a form, each value beside the label before it; a value without one stands alone."""
    for row in given.rows:
        label = ""
        for each in row:
            if each.label and label:
                yield label, ""
            if each.label:
                label = text(each.value)
            else:
                yield label, cell(each.value, each.kind)
                label = ""
        if label:
            yield label, ""


@dataclass(frozen=True, slots=True)
class Page:
    """What templates call, and the words that takes: a name with its value, a heading."""

    pair: str
    counted: str
    language: str

    def facts(self, given: Facts) -> Marked:
        """Named values, one a line; a place to write where there is no value."""
        return Marked("\n".join(f"- {self._pair(each.name, self._value(each))}" for each in given.items))

    def body(self, section: Section, level: int = 2) -> Marked:
        """A section with its heading and everything under it.

        Shape: `level` is that of the heading, 1 to 6; sections inside stand one level deeper.
        """
        heading = f"{'#' * min(level, 6)} {text(section.title)}" if section.title else ""
        inside = (self.body(each, level + 1) for each in section.sections)
        parts = [heading, *map(self._block, section.blocks), *inside]
        return Marked("\n\n".join(part for part in parts if part))

    def opening(self, report: Report) -> Marked:
        """What an official document says above its title: its state and its number."""
        paper = report.official
        if paper is None:
            return Marked("")
        state = f"**{text(paper.state)}**" if paper.state else ""
        return Marked("\n\n".join(filter(None, (state, text(paper.number)))))

    def addressee(self, report: Report) -> Marked:
        """Whom an official document goes to."""
        return Marked("" if report.official is None else text(report.official.addressee))

    def closing(self, report: Report) -> Marked:
        """What an official document says after its text: annexes, contact, signature and date, copies."""
        paper = report.official
        if paper is None:
            return Marked("")
        signed = "<br>".join(filter(None, (text(paper.signature), text(day(paper.date, self.language)))))
        parts = (*map(text, paper.annexes), *map(text, paper.contact), signed, text(paper.copies))
        return Marked("\n\n".join(filter(None, parts)))

    def footnotes(self, report: Report) -> Marked:
        """What the terms of the report mean; empty when nothing needs saying."""
        if not report.footnotes:
            return Marked("")
        notes = (self._pair(each.term, text(each.definition)) for each in report.footnotes)
        lines = (f"{number}. {note}" for number, note in enumerate(notes, 1))
        return Marked("\n".join([f"**{text(self.counted)}**", "", *lines]))

    def _pair(self, name: str, value: str) -> str:
        return self.pair.format(name=text(name), value=value)

    def _value(self, fact: Fact) -> str:
        return cell(fact.value, fact.kind) or text(BLANK)

    def _block(self, block: Block) -> str:
        if isinstance(block, Facts):
            return self.facts(block)
        if isinstance(block, Form):
            return form(block)
        if isinstance(block, Chart):
            return ""
        return text(block.text) if isinstance(block, Paragraph) else table(block)
