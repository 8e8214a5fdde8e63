"""The text of a document from its view: head, sections with their tables, what closes it."""

from __future__ import annotations

from gettext import gettext as _
from gettext import pgettext
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from ledger import language
from ledger.domain.text import width
from ledger.reports.as_docx import tables
from ledger.reports.as_docx.page import LINE, Page
from ledger.reports.as_docx.styles import DEEPEST
from ledger.reports.as_docx.tables import Sheet
from ledger.reports.as_docx.text import in_language, paragraph, runs, titled, whole
from ledger.reports.told import day, plain, printed
from ledger.reports.views import Chart, Facts, Form, Paragraph, Style, Table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ledger.reports.views import Block, Fact, Official, Report, Section

#: Where somebody writes by hand.
BLANK: Final = "________"
#: Between facts that stand on one line.
_APART: Final = "\u3000\u3000"
_STYLES: Final = {Style.BODY: "BodyText", Style.FLUSH: "Flush", Style.NOTE: "Note"}
_UPRIGHT: Final = Page()
_NEW_PAGE: Final = "<w:pageBreakBefore/>"
#: What stands after a table keeps a little away from it.
_AWAY: Final = '<w:spacing w:before="160"/>'

#: A line is left free above it.
_LINE_FREE: Final = f'<w:spacing w:before="{LINE}"/>'


def written(report: Report) -> str:
    """Everything the report says, as the children of `w:body`."""
    with language.speaking(report.language):
        writer = _Writer(report)
    return in_language(writer.all(), report.language)


class _Writer:
    """Writes one report from its beginning to its end."""

    def __init__(self, report: Report) -> None:
        """Keep the words it takes, looked up in the language spoken now."""
        pair, self.counted = pgettext("document", "{name}: {value}"), _("How it is counted")
        self.between = pair.replace("{name}", "").replace("{value}", "")
        self.report, self.parts = report, list[str]()
        self.page, self.after_table, self.new_page = _UPRIGHT, False, False
        self.measured: dict[int, Sheet] = {}

    def all(self) -> str:
        """The whole body."""
        report, paper = self.report, self.report.official
        pages = self._pages()
        self.page = _UPRIGHT if paper or not pages else pages[0]
        self._head(paper)
        for number, (section, page) in enumerate(zip(report.sections, pages, strict=True)):
            turned = self._turn(page)
            self._section(section, 1, begins=section.new_page and bool(number) and not turned)
        if paper:
            self._turn(_UPRIGHT)
            self._close(paper)
        self._foot()
        self.parts.append(self.page.properties())
        return "".join(self.parts)

    # --- pages -------------------------------------------------------------------------------------

    def _pages(self) -> list[Page]:
        """The page each section stands on.

        A section that is wide makes all lie that stand on its pages, up to the next that begins a new one; in
        official documents and where there are forms it lies alone.
        """
        sections = self.report.sections
        wide = [any(each.wide or self._has_wide_table(each) for each in _all(one)) for one in sections]
        alone = self.report.official or any(_has_form(each) for one in sections for each in _all(one))
        begins = [number for number, one in enumerate(sections) if alone or one.new_page or not number]
        return [
            Page(wide=any(wide[start:end]))
            for start, end in pairwise([*begins, len(sections)])
            for _each in sections[start:end]
        ]

    def _has_wide_table(self, section: Section) -> bool:
        grids = (each for each in section.blocks if isinstance(each, Table) and each.rows)
        return any(self._sheet(each).lies(_UPRIGHT) for each in grids)

    def _sheet(self, given: Table) -> Sheet:
        if id(given) not in self.measured:
            self.measured[id(given)] = Sheet(given)
        return self.measured[id(given)]

    def _turn(self, page: Page) -> bool:
        """End the page where the next part wants one of the other kind; whether that was so."""
        if page == self.page:
            return False
        if self.after_table:
            self._gap()
        if self.parts:
            last = self.parts[-1]
            self.parts[-1] = last.replace("</w:pPr>", f"{self.page.properties()}</w:pPr>", 1)
        self.page, self.new_page = page, False
        return True

    # --- parts of the document ------------------------------------------------------------------------

    def _head(self, paper: Official | None) -> None:
        if paper:
            self._say("State", paper.state)
            self._say("DocumentNumber", paper.number)
        self._title()
        if paper:
            self._say("Flush", paper.addressee)
        self._line(self.report.facts)

    def _title(self) -> None:
        """The title, small where a form with a title of its own follows on the same page."""
        first = self.report.sections[:1]
        over_a_form = any(isinstance(block, Form) for each in first for block in each.blocks[:1])
        style = "FormsTitle" if over_a_form else "Title"
        if self.report.title:
            self._put(whole(style, titled(printed(self.report.title))))

    def _section(self, section: Section, level: int, *, begins: bool) -> None:
        self.new_page = self.new_page or begins
        self._say(f"Heading{min(level, DEEPEST)}", section.title)
        for block in section.blocks:
            self._block(block)
        for inside in section.sections:
            self._section(inside, level + 1, begins=inside.new_page)

    def _block(self, block: Block) -> None:
        if isinstance(block, Paragraph):
            for line in printed(block.text).split("\n"):
                self._say(_STYLES[block.style], line)
        elif isinstance(block, Facts):
            if block.items:
                self._grid(tables.facts(block, self.page))
        elif isinstance(block, Form):
            self._say("FormTitle", block.title)
            self._grid(tables.form(block, self.page))
        elif isinstance(block, Table):
            self._say("TableTitle", block.title)
            if block.rows:
                self._grid(self._sheet(block).written(self.page))
            else:
                self._say("BodyText", block.empty)
        else:
            assert isinstance(block, Chart)  # its table stands beside it

    def _close(self, paper: Official) -> None:
        """Annexes a line below the text, contact, a line below the signature over the date, who gets a copy.

        Source: GB/T 9704-2012 §7.3.4, §7.3.5.2.
        """
        for number, each in enumerate(paper.annexes):
            self._say("BodyText", each, "" if number else _LINE_FREE)
        for each in paper.contact:
            self._say("BodyText", each)
        date = day(paper.date, self.report.language)
        self._say("Signature", paper.signature, _LINE_FREE + _over(paper.signature, date))
        self._say("Signature", date, "" if paper.signature else _LINE_FREE)
        self._say("Copies", paper.copies)

    def _foot(self) -> None:
        """What the figures mean, places to sign, and what the page can be traced by."""
        if self.report.footnotes:
            self._say("NoteHeading", self.counted)
        for number, note in enumerate(self.report.footnotes, 1):
            pair = self._pair(printed(note.term), printed(note.definition))
            self._put(whole("Note", runs(f"{number}. ") + pair))
        self._line(self.report.signatures, _AWAY)
        self._say("Stamp", self.report.stamp.text)

    def _line(self, facts: Facts, more: str = "") -> None:
        """Named values beside one another; a place to write where there is no value."""
        pairs = [self._pair(printed(each.name), _value(each)) for each in facts.items]
        if pairs:
            self._put(whole("Facts", runs(_APART).join(pairs), self._more(more)))

    def _pair(self, name: str, value: str) -> str:
        return runs(name) + runs(self.between) + runs(value)

    # --- one after another ----------------------------------------------------------------------------

    def _say(self, style: str, text: str, more: str = "") -> None:
        """A paragraph, where there is anything to say."""
        if text:
            self._put(paragraph(style, printed(text), self._more(more)))

    def _more(self, more: str) -> str:
        """What the next paragraph has beside its style: a new page, some room after a table."""
        begins, self.new_page = _NEW_PAGE if self.new_page else "", False
        away = _AWAY if self.after_table and not begins and "w:spacing" not in more else ""
        return begins + away + more

    def _grid(self, table: str) -> None:
        """A table, kept apart from the one before it."""
        if self.after_table or self.new_page:
            self._gap(_AWAY)
        self.parts.append(table)
        self.after_table = True

    def _gap(self, away: str = "") -> None:
        """What Word needs between two tables and at the end of a part."""
        begins, self.new_page = _NEW_PAGE if self.new_page else "", False
        self._put(paragraph("Gap", "", begins or away))

    def _put(self, made: str) -> None:
        self.parts.append(made)
        self.after_table = False


def _all(section: Section) -> Iterator[Section]:
    yield section
    for inside in section.sections:
        yield from _all(inside)


def _has_form(section: Section) -> bool:
    return any(isinstance(block, Form) for block in section.blocks)


def _value(fact: Fact) -> str:
    return plain(fact.value, fact.kind) or BLANK


def _over(signature: str, date: str) -> str:
    """Where the signature has to end so that its middle is over that of the date.

    Source: GB/T 9704-2012 §7.3.5.1; the date ends four characters before the edge.
    """
    if not date:
        return ""
    right = max(400 + 25 * (width(date) - width(signature)), 0)
    return f'<w:ind w:rightChars="{right}" w:right="{right * 316 // 100}"/>'
