"""The public notice (通报): basis, who took charge, what was achieved by issue, next steps, whom to ask."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from gettext import pgettext
from typing import TYPE_CHECKING, Final, NamedTuple

from ledger.domain import rates
from ledger.reports import basis as base
from ledger.reports import noticewords, prose, readback
from ledger.reports.numbering import numbering
from ledger.reports.views import Facts, Official, Paragraph, Remark, Report, Section
from ledger.reports.wordedissues import Matter, Worded, Wording

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ledger.domain.issue import Issue
    from ledger.reports.basis import Basis
    from ledger.reports.material import Material
    from ledger.reports.numbering import Numbering
    from ledger.reports.prose import Passage
    from ledger.reports.views import Block

#: A day written out below a signature.
_DATE: Final = re.compile(r"([0-9]{4})年([0-9]{1,2})月([0-9]{1,2})日")
#: A signature is no longer than this. Units: characters.
_SIGNATURE: Final = 40


class Part(NamedTuple):
    """A main heading with its paragraphs, before it is numbered."""

    key: str
    title: str
    blocks: tuple[Block, ...] = ()
    sections: tuple[Section, ...] = ()


def build(material: Material) -> Report:
    """The notice of the day of the report."""
    own = material.prose
    issues = Issues(material, read_back=True)
    parts = [
        from_prose("organisation", pgettext("notice", "Who took charge"), own.get("organisation", ())),
        issues.part(),
        from_prose("next_steps", pgettext("notice", "Next steps"), own.get("next_steps", ())),
    ]
    report = Report(
        kind="notice",
        title=_title(material),
        language=material.basis.language,
        facts=Facts(()),
        sections=(
            opening(
                material.basis,
                own.get("preamble", ()),
                pgettext("notice", "What was done about them is made public here."),
            ),
            *numbered(parts, issues.marks),
        ),
        footnotes=(),
        signatures=Facts(()),
        stamp=base.stamp(material.basis, material.issues),
        official=_official(material, own.get("contact", ())),
    )
    return replace(report, remarks=tuple(_remarks(report, material, issues)))


def numbered(parts: Sequence[Part], marks: Numbering) -> Iterator[Section]:
    """The parts that say anything, their headings numbered through."""
    said = [each for each in parts if each.blocks or each.sections]
    for number, each in enumerate(said, 1):
        yield Section(each.key, marks.section(number) + each.title, each.blocks, each.sections)


# --- the issues --------------------------------------------------------------------------------------


class Issues:
    """The issues of a notice, in words, as the settings want them."""

    def __init__(self, material: Material, *, read_back: bool) -> None:
        """Put them into words; what is read back is numbered otherwise where it would not be understood."""
        self.read_back = read_back and material.basis.language == "zh"
        self.wanted = material.basis.settings.notice
        self.marks = numbering(material.basis.language)
        self.matters = _matters(material.issues)
        self.shown = [each for each in self.matters if self.wanted.unfinished == "told" or each.is_finished]
        wording = Wording(self.marks, self.wanted.measures)
        self.printed = [wording.worded(each, self._reads) for each in self._placed()]

    def _reads(self, each: Worded) -> bool:
        return not self.read_back or readback.reads(each)

    @property
    def _categories(self) -> list[str]:
        """The categories issues stand under, in the order in which they appear; what has none comes last."""
        if self.wanted.style == "flat":
            return [""]
        return sorted(dict.fromkeys(each.issue.category for each in self.shown), key=lambda name: not name)

    def _placed(self) -> Iterator[Matter]:
        """Every issue with its number on paper, which begins anew under each heading."""
        flat = self.wanted.style == "flat"
        for category in self._categories:
            under = [each for each in self.shown if flat or each.issue.category == category]
            yield from (each._replace(number=number) for number, each in enumerate(under, 1))

    def part(self) -> Part:
        """The main heading with its counts and all issues."""
        counts = noticewords.counts(self.matters, len(self.shown))
        title = pgettext("notice", "What was done about the findings")
        lead = (Paragraph(counts),) if counts else ()
        if not any(self._categories):
            themes, sections = _inside(self.printed)
            return Part("findings", title, (*lead, *themes), sections)
        others = pgettext("notice", "Other findings")
        sections = tuple(
            Section(
                f"category_{number}",
                self.marks.aspect(number) + (category or others),
                *_inside([each for each in self.printed if each.matter.issue.category == category]),
            )
            for number, category in enumerate(self._categories, 1)
        )
        return Part("findings", title, lead, sections)


def _matters(issues: Sequence[Issue]) -> list[Matter]:
    measures = rates.measures_by_issue(issues)
    return [Matter(each, measures[each.uid], number) for number, each in enumerate(rates.counting(issues), 1)]


def _inside(under: Sequence[Worded]) -> tuple[tuple[Paragraph, ...], tuple[Section, ...]]:
    """What stands below the heading of a category: its themes as paragraphs, its issues as sections."""
    themes = tuple(Paragraph(text) for each in under if not each.heading for text in each.paragraphs)
    return themes, tuple(_section(each) for each in under if each.heading)


def _section(each: Worded) -> Section:
    return Section(
        f"issue_{each.matter.issue.id}", each.heading, tuple(Paragraph(text) for text in each.paragraphs)
    )


# --- the office's own words --------------------------------------------------------------------------


def from_prose(key: str, title: str, own: Sequence[Passage]) -> Part:
    """A main heading with the office's paragraphs; a heading they begin with takes the place of ours."""
    blocks: list[Paragraph] = []
    sections: list[Section] = []
    for each in own:
        if not blocks and not sections and prose.is_title(each):
            title = prose.without_number(each.text)
        elif each.level:
            sections.append(Section(f"{key}_{len(sections) + 1}", each.text))
        elif sections:
            last = sections.pop()
            sections.append(replace(last, blocks=(*last.blocks, Paragraph(each.text))))
        else:
            blocks.append(Paragraph(each.text))
    return Part(key, title, tuple(blocks), tuple(sections))


def _title(material: Material) -> str:
    own = material.basis.settings.notice.title
    return own or noticewords.title(material.basis, pgettext("notice", "public notice on the rectification"))


def opening(basis: Basis, own: Sequence[Passage], leading: str) -> Section:
    """The first paragraphs: the office's own, else what the settings know and the sentence that leads on."""
    said = [each.text for each in own] or [noticewords.opening(basis, leading)]
    return Section("preamble", "", tuple(map(Paragraph, said)))


def _official(material: Material, own: Sequence[Passage]) -> Official:
    """Contact, signature and date: as the settings say, else as the office's own paragraphs end."""
    settings = material.basis.settings
    paragraphs, _signature, date = _signed([each.text for each in own])
    contact = noticewords.contact(settings.notice, material.workdays)
    return Official(
        contact=tuple(paragraphs) or contact,
        signature=signature(material),
        date=settings.notice.date or date or settings.notice.opened or material.basis.as_of,
    )


def signature(material: Material) -> str:
    """Who signs: as the settings say, else whoever the office's own paragraph about contact ends with."""
    settings = material.basis.settings
    _paragraphs, signed, _date = _signed([each.text for each in material.prose.get("contact", ())])
    return settings.notice.signature or signed or settings.org


def _signed(paragraphs: list[str]) -> tuple[list[str], str, dt.date | None]:
    """The paragraphs without the signature and the day they end with, and these."""
    found = _DATE.fullmatch(paragraphs[-1]) if len(paragraphs) > 1 else None
    if not found or len(paragraphs[-2]) > _SIGNATURE or paragraphs[-2].endswith("。"):
        return paragraphs, "", None
    try:
        date = dt.date(*map(int, found.groups()))
    except ValueError:
        return paragraphs, "", None
    return paragraphs[:-2], paragraphs[-2], date


# --- what is said beside it --------------------------------------------------------------------------


def missing(material: Material, names: Iterable[str]) -> Iterator[Remark]:
    """Which files of the office's own would fill a part that is left out."""
    source = material.basis.settings.source
    known = {"preamble": source.feedback_on or (source.on_site_from and source.on_site_to)}
    lacking = [name for name in names if not material.prose.get(name) and not known.get(name)]
    if lacking:
        yield Remark("no_prose", tuple(prose.place(material.basis.ledger, name) for name in lacking))


def _remarks(report: Report, material: Material, issues: Issues) -> Iterator[Remark]:
    contact = report.official is not None and report.official.contact
    yield from missing(material, [name for name in prose.FILES if name != "contact" or not contact])
    silent = [name for each in issues.printed for name in each.matter.silent]
    if silent:
        yield Remark("no_result", tuple(dict.fromkeys(silent)))
    shown = {each.issue.uid for each in issues.shown}
    left = [each.issue.id for each in issues.matters if each.issue.uid not in shown]
    if left:
        yield Remark("left_out", tuple(left))
    if issues.read_back and issues.printed:
        other = readback.differing(report, issues.printed)
        if other:
            yield Remark("reads_otherwise", other)
