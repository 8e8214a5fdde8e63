"""A report as one HTML page that asks nothing of any other place and runs nothing.

Source: HTML Living Standard §13.1.2 (what is escaped in text and in attributes); CSP 3 (`default-src`);
WCAG 2.2 §1.3.1 (headings, header cells, captions).
"""

from __future__ import annotations

import html
from functools import partial
from gettext import gettext as _
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Final

from ledger import language
from ledger.reports import fields, templates
from ledger.reports.charts import drawn
from ledger.reports.columnwidths import Need, lies, need, shared
from ledger.reports.drawing import escaped
from ledger.reports.templates import Marked
from ledger.reports.told import day, grid, hold, plain, printed
from ledger.reports.views import Chart, Facts, Form, Kind, Paragraph, Style, Table

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from ledger.reports.views import Block, Cell, Column, FormCell, Report, Section

#: Kinds of cells that are set in their own way; what they look like says templates/report.css.
_CLASSES: Final = {
    Kind.NUMBER: "figure",
    Kind.AMOUNT: "figure",
    Kind.PERCENT: "figure",
    Kind.DATE: "date",
    Kind.TEXT: "",
}
#: What a column has beside its text: its margins, and what figures of some typefaces are wider.
#: Units: half characters.
_MARGINS: Final = 3
#: What stands on a line of a table on an upright page of paper, and on one that lies.
#: Units: half characters of 9.5 points, of which templates/report.css makes 170 and 267 mm.
_UPRIGHT, _LYING = 101, 159
#: Elements whose text is no text of the report.
_UNREAD: Final = ("title", "style", "svg")
#: How high a line of a form is. Units: tenths of the size of its letters.
_LINE: Final = 15


def render(report: Report, folder: Path | None = None) -> str:
    """The report as a page, by the template of its kind.

    Raises:
        RejectedInputError: the workspace's own template is broken.
        LedgerError: a text of the report is not in the page.
    """
    names = templates.named(report.kind, "html")
    page = Page(report)
    values = {
        "report": report,
        "value": partial(fields.value, report),
        "language": language.LANGUAGES[report.language].replace("_", "-"),
        "wide": page.wide,
        "line": line,
        "facts": facts,
        "body": page.body,
        "table": page.table,
        "form": form,
        "chart": chart,
        "opening": opening,
        "addressee": addressee,
        "closing": closing,
        "footnotes": footnotes,
    }
    filled = templates.fill(names, values, folder=folder, mark=text)
    if not templates.own(names, folder):  # an office's own template leaves out what it likes
        hold(report, read(filled))
    return filled


def read(page: str) -> list[str]:
    """What a page says, in its order: the texts between its tags.

    Shape: drawings are left out, and what a browser does not show.
    """
    reader = _Reader()
    reader.feed(page)
    reader.close()
    return reader.found


class _Reader(HTMLParser):
    """Keeps what stands between tags."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self.inside = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.inside = self.inside or (tag if tag in _UNREAD else "")

    def handle_endtag(self, tag: str) -> None:
        self.inside = "" if tag == self.inside else self.inside

    def handle_data(self, data: str) -> None:
        if not self.inside and data.strip():
            self.found.append(data)


# --- values ----------------------------------------------------------------------------------------


def text(value: object) -> str:
    """A value as it stands between tags: it reads as exactly that, line by line."""
    return "" if value is None else html.escape(printed(str(value)).strip()).replace("\n", "<br>")


def line(value: object) -> Marked:
    """A value on one line, for a place that takes no tags: an attribute, the title of the page."""
    return Marked("" if value is None else escaped(str(value)))


def cell(value: Cell, kind: Kind = Kind.TEXT) -> str:
    """One value of a table, a form or a fact."""
    return text(plain(value, kind))


def _element(name: str, inside: str, **attributes: str | int) -> str:
    """An element with what stands inside it, which is markup already.

    Shape: an empty attribute is left out; ``class_`` is ``class``, ``aria_label`` is ``aria-label``.
    """
    given = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{line(value)}"' for key, value in attributes.items() if value
    )
    return f"<{name}{given}>{inside}</{name}>"


def _paragraphs(*values: str, class_: str = "") -> str:
    """A paragraph for each text that is not empty."""
    return "\n".join(_element("p", text(each), class_=class_) for each in values if each)


def _joined(*parts: str) -> Marked:
    """Parts one under another, without those that are empty."""
    return Marked("\n".join(filter(None, parts)))


# --- blocks ----------------------------------------------------------------------------------------


def facts(given: Facts) -> Marked:
    """Named values, one a line; a place to write where there is no value."""
    if not given.items:
        return Marked("")
    pairs = []
    for each in given.items:
        value = cell(each.value, each.kind)
        said = _element("dd", value, class_="" if value else "blank")
        pairs.append(f"<div>{_element('dt', text(each.name))}{said}</div>")
    return Marked(_element("dl", "\n".join(pairs)))


def paragraph(given: Paragraph) -> Marked:
    """Running text."""
    return Marked(_paragraphs(given.text, class_="" if given.style is Style.BODY else given.style.value))


def form(given: Form) -> Marked:
    """A form with its boxes, as wide and as high as they are asked for."""
    whole = sum(given.widths)
    inside = _joined(
        _element("caption", text(given.title)) if given.title else "",
        _columns([100 * each / whole for each in given.widths]),
        "<tbody>",
        *(f"<tr>{''.join(_box(each, len(given.widths)) for each in row)}</tr>" for row in given.rows),
        "</tbody>",
    )
    return Marked(_element("table", inside, class_="form"))


def _box(box: FormCell, columns: int) -> str:
    """One box; a label names the boxes of its row unless it is the whole row."""
    name, scope = ("th", "row" if box.span < columns else "") if box.label else ("td", "")
    return _element(
        name,
        cell(box.value, box.kind),
        scope=scope,
        colspan=box.span if box.span > 1 else "",
        style=f"height: {box.lines * _LINE / 10}em" if box.lines > 1 else "",
        class_=_CLASSES[box.kind],
    )


def chart(given: Chart) -> Marked:
    """A chart with its title; nothing where there is nothing to draw."""
    picture = drawn(given)
    if not picture:
        return Marked("")
    return Marked(_element("figure", _element("figcaption", text(given.title)) + picture))


# --- the page --------------------------------------------------------------------------------------


class Page:
    """The parts of a page that need to know how wide things are; each table is measured once.

    Attributes:
        wide: Whether the whole page lies when it is printed.
    """

    def __init__(self, report: Report) -> None:
        """Find out what is too wide: one such table makes all lie, if nothing has to stand upright."""
        self.measured: dict[int, tuple[Table, list[Need]]] = {}
        upright = report.official or any(_has_form(each) for each in report.sections)
        self.wide = not upright and any(map(self._lies, report.sections))

    def body(self, section: Section, level: int = 2) -> Marked:
        """A section with its heading and everything under it.

        Shape: `level` is that of the heading, 1 to 6; sections inside stand one level deeper.
        """
        heading = _element(f"h{min(level, 6)}", text(section.title)) if section.title else ""
        blocks = (self._block(each, section.title) for each in section.blocks)
        inside = (self.body(each, level + 1) for each in section.sections)
        wide = not self.wide and self._lies(section)
        classes = ("new-page" if section.new_page else "", "wide" if wide else "")
        return Marked(
            _element("section", _joined(heading, *blocks, *inside), class_=" ".join(filter(None, classes)))
        )

    def table(self, given: Table, label: str = "") -> Marked:
        """A table with its caption, or the sentence that stands in its place.

        Shape: `label` names a table without a title to whoever does not see the heading it stands under.
        """
        if not given.rows:
            return Marked(_paragraphs(given.title, given.empty))
        columns, rows = grid(given)
        heads = (
            _element("th", text(each.heading), scope="col", class_=_CLASSES[each.kind]) for each in columns
        )
        lines = [_row(row, columns) for row in rows]
        last = "" if given.total is None else _element("tr", lines.pop(), class_="total")
        needs = self._needs(given)
        inside = _joined(
            _element("caption", text(given.title)) if given.title else "",
            _columns(
                shared([Need(each.least + _MARGINS, each.most + _MARGINS, each.texts) for each in needs], 100)
            ),
            f"<thead><tr>{''.join(heads)}</tr></thead>",
            "<tbody>",
            *(f"<tr>{each}</tr>" for each in lines),
            last,
            "</tbody>",
        )
        least = sum(each.least + _MARGINS for each in needs)
        room = _LYING if self.wide or lies(needs, _UPRIGHT) else _UPRIGHT
        named = _element(
            "table",
            inside,
            class_="small" if least > room else "",
            style=f"min-width: {least / 2}em",
            aria_label="" if given.title else label,
        )
        return Marked(_element("div", named, class_="grid"))

    def _block(self, block: Block, heading: str) -> str:
        if isinstance(block, Facts):
            return facts(block)
        if isinstance(block, Form):
            return form(block)
        if isinstance(block, Chart):
            return chart(block)
        return paragraph(block) if isinstance(block, Paragraph) else self.table(block, heading)

    def _lies(self, section: Section) -> bool:
        """Whether a section wants to lie, for its own sake or for something that stands in it."""
        grids = (each for each in section.blocks if isinstance(each, Table) and each.rows)
        return (
            section.wide
            or any(lies(self._needs(each), _UPRIGHT) for each in grids)
            or any(map(self._lies, section.sections))
        )

    def _needs(self, given: Table) -> list[Need]:
        if id(given) not in self.measured:
            columns, rows = grid(given)
            values = zip(*rows, strict=True)
            needs = [
                need(column.heading, (plain(value, column.kind) for value in found))
                for column, found in zip(columns, values, strict=True)
            ]
            self.measured[id(given)] = (given, needs)  # the table too, so that no other gets its id
        return self.measured[id(given)][1]


def _has_form(section: Section) -> bool:
    return any(isinstance(each, Form) for each in section.blocks) or any(map(_has_form, section.sections))


def _columns(widths: Sequence[float]) -> str:
    """How a table shares its width, in per cent."""
    columns = (f'<col style="width: {each:.1f}%">' for each in widths)
    return f"<colgroup>{''.join(columns)}</colgroup>"


def _row(row: Sequence[Cell], columns: Sequence[Column]) -> str:
    """The cells of a row; the first says what it is about."""
    kind = columns[0].kind
    first = _element("th", cell(row[0], kind), scope="row", class_=_CLASSES[kind])
    others = zip(row[1:], columns[1:], strict=True)
    return first + "".join(
        _element("td", cell(value, column.kind), class_=_CLASSES[column.kind]) for value, column in others
    )


def opening(report: Report) -> Marked:
    """What an official document says before its title: its state and number."""
    paper = report.official
    if paper is None:
        return Marked("")
    return _joined(_paragraphs(paper.state, class_="state"), _paragraphs(paper.number, class_="number"))


def addressee(report: Report) -> Marked:
    """Whom an official document goes to."""
    return Marked("" if report.official is None else _paragraphs(report.official.addressee, class_="flush"))


def closing(report: Report) -> Marked:
    """What an official document says after its text: annexes, contact, signature and date, copies."""
    paper = report.official
    if paper is None:
        return Marked("")
    return _joined(
        _paragraphs(*paper.annexes, *paper.contact),
        _paragraphs(paper.signature, day(paper.date, report.language), class_="signed"),
        _paragraphs(paper.copies, class_="copies"),
    )


def footnotes(report: Report) -> Marked:
    """What the terms of the report mean; empty when nothing needs saying."""
    if not report.footnotes:
        return Marked("")
    with language.speaking(report.language):
        heading = _element("h2", text(_("How it is counted")))
    notes = (
        _element("li", _element("b", text(each.term)) + _element("p", text(each.definition)))
        for each in report.footnotes
    )
    return Marked(_element("section", _joined(heading, _element("ol", _joined(*notes))), class_="notes"))
