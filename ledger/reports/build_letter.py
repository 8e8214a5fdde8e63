"""A letter as it goes on paper (提示函, 督办函, 约谈通知): an official document of its own."""

from __future__ import annotations

from dataclasses import replace
from gettext import gettext as _
from gettext import pgettext
from typing import TYPE_CHECKING

from ledger import language
from ledger.domain.words import dated, listed
from ledger.reports import basis as base
from ledger.reports.as_markdown import BLANK
from ledger.reports.views import Facts, Official, Paragraph, Report, Section

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ledger.domain.letter import Letter
    from ledger.reports.material import Material


def build(material: Material) -> Report:
    """The first of the letters gathered.

    Shape: nothing is printed on it that is not part of it: it is traced by its number.
    """
    (letter, *_others), basis = material.letters, material.basis
    return Report(
        kind="letter",
        title=letter.title,
        language=basis.language,
        facts=Facts(()),
        sections=(Section("text", "", tuple(map(Paragraph, _body(letter)))),),
        footnotes=(),
        signatures=Facts(()),
        stamp=replace(base.stamp(basis, material.letters[:1]), text=""),
        official=Official(
            state=_state(letter),
            number=letter.reference,
            addressee=pgettext("letter", "{name}:").format(name=letter.addressee) if letter.addressee else "",
            contact=tuple(filter(None, (_line(_("Contact"), letter.contact),))),
            signature=letter.signature,
            date=letter.signed_on,
            copies=_line(_("Copies to"), listed(letter.copies)),
        ),
    )


def _body(letter: Letter) -> Iterator[str]:
    """The paragraphs; dates that the demands do not name follow them."""
    for part in (letter.text, letter.demands):
        yield from (line for line in part.splitlines() if line.strip())
    for name, day in ((_("Work to be done by"), letter.finish_by), (_("To be answered by"), letter.reply_by)):
        if day is not None and dated(day) not in letter.demands:
            yield _line(name, dated(day))
    yield from (line for line in letter.consequence.splitlines() if line.strip())


def _state(letter: Letter) -> str:
    if letter.stage == "draft":
        return _("Draft, not signed")
    if letter.stage == "withdrawn":
        return _("Withdrawn on {day}").format(day=dated(letter.withdrawn_on or letter.drafted_on))
    return _("Void") if letter.stage == "void" else ""


def _line(name: str, value: str) -> str:
    return pgettext("document", "{name}: {value}").format(name=name, value=value) if value else ""


def as_text(report: Report) -> str:
    """The letter without any markup, as a screen shows it; a blank where something is missing yet."""
    return "\n\n".join("\n".join(lines) for lines in _parts(report)) + "\n"


def _parts(report: Report) -> Iterator[tuple[str, ...]]:
    """What stands on the paper, from top to bottom: the lines of each part."""
    paper = report.official or Official()
    blocks = (each for section in report.sections for each in section.blocks)
    texts = (each.text for each in blocks if isinstance(each, Paragraph))
    with language.speaking(report.language):
        date = dated(paper.date) if paper.date else BLANK
    if paper.state:
        yield (paper.state,)
    yield (paper.number or BLANK,)
    yield (report.title,)
    yield from ((each,) for each in (paper.addressee, *texts, *paper.contact) if each)
    yield (paper.signature or BLANK, date)
    if paper.copies:
        yield (paper.copies,)
