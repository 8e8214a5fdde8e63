"""A letter as it goes on paper: typed, in the language of the ledger, without any format."""

from __future__ import annotations

from dataclasses import dataclass
from gettext import gettext as _
from gettext import pgettext
from typing import TYPE_CHECKING, Final

from ledger import language
from ledger.domain.words import dated, listed
from ledger.reports.as_markdown import BLANK, text

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from ledger.domain.letter import Letter


#: How Markdown marks a part that is more than text.
_MARKS: Final = {"state": "**{}**", "title": "# {}"}


@dataclass(frozen=True, slots=True)
class Sheet:
    """A letter on paper, from top to bottom.

    Shape: `state` says in words that it is a draft or was withdrawn, empty for one that stands; `number` is
        empty until it is signed; `body` are its paragraphs, the matters and the demands one each; `contact`
        and `copies` are whole lines, empty where there is nothing to say; `date` is None for a draft.
    """

    language: str
    state: str
    number: str
    title: str
    addressee: str
    body: tuple[str, ...]
    contact: str
    signature: str
    date: dt.date | None
    copies: str


def build(letter: Letter, spoken: str) -> Sheet:
    """The letter in a language, a key of `ledger.language.LANGUAGES`: that of its ledger."""
    with language.speaking(spoken):
        return Sheet(
            language=spoken,
            state=_state(letter),
            number=letter.reference,
            title=letter.title,
            addressee=pgettext("letter", "{name}:").format(name=letter.addressee),
            body=tuple(_body(letter)),
            contact=_line(_("Contact"), letter.contact),
            signature=letter.signature,
            date=letter.signed_on,
            copies=_line(_("Copies to"), listed(letter.copies)),
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


def as_markdown(sheet: Sheet) -> str:
    """The letter in Markdown; where something is to be written by hand there is a blank."""
    paragraphs = []
    for part, lines in _parts(sheet):
        marked = "<br>".join(map(text, lines))
        paragraphs.append(_MARKS.get(part, "{}").format(marked))
    return "\n\n".join(paragraphs) + "\n"


def as_text(sheet: Sheet) -> str:
    """The letter without any markup, as a screen shows it."""
    return "\n\n".join("\n".join(lines) for _part, lines in _parts(sheet)) + "\n"


def _parts(sheet: Sheet) -> Iterator[tuple[str, tuple[str, ...]]]:
    """What stands on the sheet, from top to bottom: the lines of each part, with what it is."""
    if sheet.state:
        yield "state", (sheet.state,)
    yield "number", (sheet.number or BLANK,)
    yield "title", (sheet.title,)
    yield from (("text", (each,)) for each in (sheet.addressee, *sheet.body, sheet.contact) if each)
    with language.speaking(sheet.language):
        date = dated(sheet.date) if sheet.date else BLANK
    yield "signature", (sheet.signature or BLANK, date)
    if sheet.copies:
        yield "text", (sheet.copies,)
