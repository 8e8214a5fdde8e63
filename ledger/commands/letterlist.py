"""Letters proposed, and letters listed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from gettext import gettext as _
from typing import Annotated, Any, Final

import typer

from ledger.commands import looking, options
from ledger.commands.letterpage import because
from ledger.commands.letters import Rung
from ledger.domain.letter import Letter
from ledger.domain.stretch import stretch
from ledger.reports.basis import LANGUAGE
from ledger.ui import console, labels, page
from ledger.ui.console import Column, Part, Toned
from ledger.ui.table import Tone
from ledger.usecases.letters import listing, proposing
from ledger.usecases.letters.listing import Wanted, standing
from ledger.usecases.letters.proposing import Proposal, Proposed
from ledger.usecases.sight import Sight

#: What a pipe gets of each measure a letter is called for about.
PROPOSED = ("rung", "unit", "id", "text", "due", "days", "rule", "place")
#: What a pipe gets of each letter.
TSV = (
    "id", "rung", "reference", "addressee", "title", "standing", "drafted_on", "signed_on", "reply_by",
    "answered_on", "verdict", "days",
)  # fmt: skip
_TONES: Final[Mapping[str, Tone]] = {
    "unanswered": "bad",
    "inadequate": "bad",
    "unfinished": "bad",
    "awaiting": "warn",
    "answered": "good",
}
_EDGE = "  "
#: So many lines of a measure's text are shown.
_LINES: Final = 2

Unit = Annotated[str, typer.Option("--unit", metavar="NAME", help="Only letters to this unit.")]
Period = Annotated[
    str,
    typer.Option(
        "--period", metavar="PERIOD", help="Signed in 2025-06, 2025-Q2, 2025 or 2025-01-01..2025-06-30."
    ),
]


def propose(rung: Rung = "", unit: Unit = "") -> None:
    """List the letters that the rules call for; nothing is written.

    The rules are those of the ladder in ledger.toml, or of the one that ships: how many days before or after
    the date, how often a light was on at a month's end, a letter of the rung below that was not answered in
    time, not answered well, or answered without the work being done. A rung is called for once for a
    deadline, and again when its letter was withdrawn. The next rung is only ever proposed, never taken.

    Examples:
        ledger letter propose
        ledger letter propose --unit Office --rung supervise
        ledger letter propose --as-of 2025-06-30 --json
    """
    seen = looking.sight()
    found = proposing.proposals(seen, rung=rung, unit=unit, tell=console.warn)
    if console.wants_json():
        spoken = seen.book.settings.language or LANGUAGE
        payload = {"proposals": [_proposal(each, spoken) for each in found]}
        console.document("ledger/letter-propose@1", {**looking.about(seen), **payload})
        return
    if console.wants_plain():
        rows = [
            (
                one.rung.code,
                one.unit,
                each.id,
                each.text,
                each.due,
                each.days,
                each.cause.code,
                one.rung.place,
            )
            for one in found
            for each in one.items
        ]
        console.rows([Column(name) for name in PROPOSED], rows)
        return
    console.aside(looking.when(seen))
    if not found:
        console.tell(_("no letter is called for"))
        return
    for line in _lines(found, seen):
        console.say(*line)
    console.next_step("ledger letter draft --all", f"ledger letter draft {found[0].items[0].id}")


def _proposal(each: Proposal, spoken: str) -> dict[str, Any]:
    return {
        "rung": each.rung.code,
        "form": each.rung.label(spoken),
        "unit": each.unit or None,
        "place": each.rung.place or None,
        "items": [_item(one) for one in each.items],
    }


def _item(each: Proposed) -> dict[str, Any]:
    return {
        "id": each.id,
        "uid": each.uid,
        "text": each.text,
        "title": each.title,
        "due": each.due,
        "days": each.days,
        "rule": each.cause.rule,
        "figure": each.cause.figure or None,
        "light": each.cause.light or None,
        "letter": each.cause.letter or None,
    }


def _lines(found: Sequence[Proposal], seen: Sight) -> Iterator[page.Line]:
    width = console.width()
    cells = [_cells(each) for one in found for each in one.items]
    laid = page.grid(cells, width, indent=_EDGE, most=_LINES)
    spoken = options.session().lang
    for one in found:
        unit = one.unit or _("nobody is responsible")
        place = one.rung.place or _("the ladder that ships")
        head = f"{one.rung.label(spoken)}   {unit}"
        yield from page.spread(head, (Toned(place, "quiet"),), width, indent=_EDGE)
        for _each in one.items:
            yield from next(laid)


def _cells(each: Proposed) -> tuple[Part, ...]:
    late: Part = looking.lateness(each.days)
    if each.days is not None and each.days > 0:
        late = Toned(str(late), "bad")
    return (each.id, each.text, "" if each.due is None else str(each.due), late, because(each.cause))


def list_letters(
    rung: Rung = "",
    unit: Unit = "",
    unanswered: Annotated[
        bool, typer.Option("--unanswered", help="Only those that wait for an answer.")
    ] = False,
    period: Period = "",
) -> None:
    """List letters, with how each stands.

    Examples:
        ledger letter list
        ledger letter list --unanswered
        ledger letter list --rung supervise --period 2025-06 --json
    """
    seen = looking.sight()
    wanted = Wanted(rung, unit, unanswered, stretch(period, today=options.today()))
    found = listing.listed(seen, wanted)
    if console.wants_json():
        rows = [_row(each, seen) for each in found]
        payload = {"rows": rows, "total": len(rows)}
        console.document("ledger/letter-list@1", {**looking.about(seen), **payload})
        return
    if console.wants_plain():
        values = [_row(each, seen) for each in found]
        console.rows([Column(name) for name in TSV], [[each[name] for name in TSV] for each in values])
        return
    words = labels.labels("letter_field")
    heads = [
        Column(labels.label("field", "id"), whole=True),
        Column(words["reference"], whole=True),
        Column(words["addressee"]),
        Column(words["title"]),
        Column(labels.label("field", "status")),
        Column(words["reply_by"], whole=True),
    ]
    console.rows(heads, [_shown(each, seen) for each in found])
    console.aside(_("{count} letters").format(count=len(found)))


def _row(each: Letter, seen: Sight) -> dict[str, Any]:
    code = standing(each, seen)
    late = (seen.day - each.reply_by).days if each.reply_by and code in ("awaiting", "unanswered") else None
    return {
        "id": each.id,
        "uid": each.uid,
        "rung": each.rung,
        "form": each.form,
        "reference": each.reference or None,
        "addressee": each.addressee,
        "title": each.title,
        "items": list(each.items),
        "stage": each.stage,
        "standing": code,
        "drafted_on": each.drafted_on,
        "signed_on": each.signed_on,
        "finish_by": each.finish_by,
        "reply_by": each.reply_by,
        "answered_on": each.answered_on,
        "verdict": each.verdict,
        "days": late,
    }


def _shown(each: Letter, seen: Sight) -> tuple[Part, ...]:
    code = standing(each, seen)
    word = labels.label("letter_standing", code)
    tone = _TONES.get(code)
    cell: Part = Toned(word, tone) if tone else word
    reply = "" if each.reply_by is None else str(each.reply_by)
    return (each.id, each.reference or each.form, each.addressee, each.title, cell, reply)
