"""A letter as a page for a person, and letters named on the page of what they are about."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from gettext import gettext as _
from gettext import ngettext, pgettext
from typing import Any

from ledger.domain.ladder import Cause, cause_of
from ledger.domain.letter import Letter, Reply, letter_of
from ledger.domain.text import excerpt
from ledger.domain.words import clauses, listed
from ledger.ui import labels, page
from ledger.ui.console import Toned
from ledger.ui.page import Line
from ledger.usecases.letters.listing import standing
from ledger.usecases.letters.reading import Items, name_of
from ledger.usecases.looking import Looked
from ledger.usecases.sight import Sight

_EDGE = "  "


def lines(seen: Sight, looked: Looked, width: int) -> Iterator[Line]:
    """The page of a letter: what it is, what it is about and why, what was answered; the text in full."""
    letter = letter_of(looked.state)
    words = labels.labels("letter_field")
    state = Toned(labels.label("letter_standing", standing(letter, seen)), "strong")
    yield from page.spread(f"{letter.id}  {letter.title}", (state,), width, indent=_EDGE)
    shown = (
        ("form", letter.form),
        ("reference", letter.reference),
        ("addressee", letter.addressee),
        ("copies", listed(letter.copies)),
        ("signed_on", _day(letter.signed_on)),
        ("signer", letter.signer),
        ("finish_by", _day(letter.finish_by)),
        ("reply_by", _day(letter.reply_by)),
        ("contact", letter.contact),
        ("signature", letter.signature),
        ("remark", letter.remark),
    )
    yield from page.facts([(words[name], value) for name, value in shown], width, indent=_EDGE)
    yield from _paragraph(f"{words['items']} ", _about(seen, letter), width)
    for text in filter(None, (letter.text, letter.demands, letter.consequence)):
        yield from _paragraph("", text, width)
    if letter.receipt is not None:
        said = _("arrived on {day}").format(day=letter.receipt.on)
        yield from _paragraph("", clauses(filter(None, (said, letter.receipt.by))), width)
    for each in letter.replies:
        yield from _paragraph(f"{each.on}  ", _answered(each), width)
    if letter.withdrawn_on is not None:
        words_of = _("withdrawn on {day}: {why}")
        yield from _paragraph("", words_of.format(day=letter.withdrawn_on, why=letter.withdrawn_why), width)


def _day(day: object) -> str:
    return "" if day is None else str(day)


def _paragraph(head: str, text: str, width: int) -> Iterator[Line]:
    yield from ((line,) for line in page.paragraph(head, text, width, indent=_EDGE))


def _about(seen: Sight, letter: Letter) -> str:
    """The items by the ids they have now, each with the rule that called for the letter."""
    now = Items(seen, letter.items)
    said = []
    for uid in letter.items:
        ground = letter.about(uid)
        cause = cause_of(ground.rule) if ground is not None else None
        name = now.id_of(uid) or (ground.id if ground else uid)
        words = pgettext("document", "{name} ({beside})")
        said.append(words.format(name=name, beside=because(cause)) if cause else name)
    return listed(said)


def _answered(reply: Reply) -> str:
    verdict = labels.label("letter_verdict", reply.verdict) if reply.verdict else _("not judged yet")
    files = _("with {count} files").format(count=len(reply.files)) if reply.files else ""
    return clauses(filter(None, (reply.text, files, verdict, reply.opinion)))


def because(cause: Cause) -> str:
    """Why a rung is called for, in words."""
    count = cause.figure
    match cause.rule:
        case "before":
            return ngettext("{count} day before the date", "{count} days before the date", count).format(
                count=count
            )
        case "late":
            return ngettext("from {count} day late", "from {count} days late", count).format(count=count)
        case "month_ends":
            words = ngettext("{light} at {count} month's end", "{light} at {count} month ends", count)
            return words.format(light=labels.label("light", cause.light), count=count)
        case failing:
            words = _("{letter}: {standing}")
            return words.format(letter=cause.letter, standing=labels.label("letter_standing", failing))


# --- on the page of an issue ------------------------------------------------------------------------------


def named(letters: Sequence[Letter], seen: Sight) -> str:
    """Letters in one line each: id, what it is called, how it stands, by when an answer is asked for."""
    return clauses(_named(each, seen) for each in letters)


def _named(letter: Letter, seen: Sight) -> str:
    code = standing(letter, seen)
    said = f"{letter.id} {excerpt(name_of(letter))} {labels.label('letter_standing', code)}"
    return f"{said} {letter.reply_by}" if code in ("awaiting", "unanswered") else said


def row(letter: Letter, seen: Sight) -> dict[str, Any]:
    """A letter as the JSON of an issue names it."""
    return {
        "id": letter.id,
        "form": letter.form,
        "reference": letter.reference or None,
        "standing": standing(letter, seen),
        "reply_by": letter.reply_by,
    }
