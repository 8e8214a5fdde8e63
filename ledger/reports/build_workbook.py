"""Which sheet of a workbook says what of a report.

The first has the title, the facts, the first section and every section of text alone; each further section
with tables or forms has a sheet of its own. Records with tables of their own (`Section.row`) become rows of
one table, their own values above those of their parts; what further tables they have is gathered, a sheet
each. Every sheet can be printed and signed by itself.
"""

from __future__ import annotations

from dataclasses import replace
from gettext import gettext as _
from gettext import pgettext
from typing import TYPE_CHECKING, Final

from ledger import language
from ledger.reports import told
from ledger.reports.gathered import gather
from ledger.reports.views import Facts, Form, Kind, Paragraph, Table
from ledger.reports.workbooks import layout
from ledger.reports.workbooks.layout import Said
from ledger.reports.workbooks.sheets import Tone, Workbook

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ledger.reports.views import Fact, Report, Section
    from ledger.reports.workbooks.layout import Item
    from ledger.reports.workbooks.sheets import Page

#: Where somebody writes by hand.
_BLANK: Final = "________"
#: What stands between values on one line.
_GAP: Final = "    "


def build(report: Report) -> Workbook:
    """The report as sheets, in its own language."""
    with language.speaking(report.language):
        return Workbook(report.title, report.stamp.as_of, tuple(_Sheets(report).pages()))


class _Sheets:
    """The sheets of one report."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.pair = pgettext("document", "{name}: {value}")

    def pages(self) -> Iterator[Page]:
        if any(each.row for each in _all(self.report.sections)):
            yield from self._records()
            return
        first, *others = _spread(self.report.sections)
        begun = [replace(each, new_page=each.new_page and place > 0) for place, each in enumerate(first)]
        items = [item for section in begun for item in self._section(section)]
        name = first[0].title if len(first) == 1 else self.report.title
        yield self._page(name, [*self._opening(), *items, *self._closing()], wide=_is_wide(first))
        for group in others:
            title = group[0].title
            whole = [replace(group[0], title="", new_page=False), *group[1:]]
            inside = [item for section in whole for item in self._section(section)]
            yield self._further(title, inside, wide=_is_wide(group))

    def _records(self) -> Iterator[Page]:
        """The sheet of all records, then one for each further table they have."""
        gathered = gather(self.report.sections)
        yield self._page(self.report.title, [*self._opening(), gathered.records, *self._closing()])
        for table in gathered.others:
            yield self._further(table.title, [replace(table, title="")])

    def _further(self, title: str, items: Sequence[Item], *, wide: bool = False) -> Page:
        heading = (*_said((title,), Tone.TITLE), self._under())
        return self._page(title or self.report.title, [*heading, *items, *self._signatures()], wide=wide)

    def _page(self, name: str, items: Sequence[Item], *, wide: bool = False) -> Page:
        return layout.page(name, items, wide=wide, foot=told.printed(self.report.stamp.text))

    # --- what stands around the sections ------------------------------------------------------------

    def _opening(self) -> Iterator[Item]:
        paper = self.report.official
        if paper is not None:
            yield from _said((paper.state, paper.number), Tone.CENTRED)
        yield Said(self.report.title, Tone.TITLE)
        if paper is not None:
            yield from _said((paper.addressee,), Tone.TEXT)
        yield from _said((self._line(self.report.facts),), Tone.TEXT)

    def _under(self) -> Said:
        """What a further sheet says below its title: which report it belongs to."""
        day = [each for each in self.report.facts.items if each.kind is Kind.DATE]
        return Said(_GAP.join([self.report.title, *map(self._fact, day)]), Tone.CENTRED)

    def _closing(self) -> Iterator[Item]:
        report, paper = self.report, self.report.official
        if paper is not None:
            yield from _said((*paper.annexes, *paper.contact), Tone.TEXT)
            yield from _said((paper.signature, told.day(paper.date, report.language)), Tone.RIGHT)
            yield from _said((paper.copies,), Tone.TEXT)
        yield from self._signatures()
        if report.footnotes:
            yield Said(_("How it is counted"), Tone.HEADING)
        for number, each in enumerate(report.footnotes, 1):
            pair = self.pair.format(name=each.term, value=each.definition)
            yield Said(f"{number}. {pair}", Tone.NOTE)
        yield from _said((report.stamp.text,), Tone.NOTE)

    def _signatures(self) -> Iterator[Item]:
        yield from _said((self._line(self.report.signatures),), Tone.HEADING)

    def _line(self, given: Facts) -> str:
        return _GAP.join(map(self._fact, given.items))

    def _fact(self, given: Fact) -> str:
        value = told.plain(given.value, given.kind) or _BLANK
        return self.pair.format(name=given.name, value=value)

    # --- sections -----------------------------------------------------------------------------------

    def _section(self, section: Section) -> Iterator[Item]:
        begins = section.new_page
        if section.title:
            yield Said(section.title, Tone.HEADING, begins)
        elif begins:
            yield Said("", Tone.NOTE, begins)
        for block in section.blocks:
            if isinstance(block, (Facts, Form, Paragraph, Table)):
                yield block
        for inside in section.sections:
            yield from self._section(inside)


def _said(texts: Iterable[str], tone: Tone) -> Iterator[Said]:
    yield from (Said(each, tone) for each in texts if each)


def _all(sections: Iterable[Section]) -> Iterator[Section]:
    for section in sections:
        yield section
        yield from _all(section.sections)


def _has_grid(section: Section) -> bool:
    return any(isinstance(block, (Table, Form)) for each in _all((section,)) for block in each.blocks)


def _has_form(section: Section) -> bool:
    return any(isinstance(block, Form) for each in _all((section,)) for block in each.blocks)


def _is_wide(sections: Iterable[Section]) -> bool:
    return any(each.wide for each in _all(sections))


def _spread(sections: Sequence[Section]) -> list[list[Section]]:
    """The sections of each sheet: text on the first, forms that follow each other together."""
    sheets: list[list[Section]] = [[]]
    for section in sections:
        if not _has_grid(section) or sheets == [[]]:
            sheets[0].append(section)
        elif _has_form(section) and sheets[-1] and _has_form(sheets[-1][-1]):
            sheets[-1].append(section)
        else:
            sheets.append([section])
    return sheets
