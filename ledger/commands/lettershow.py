"""A letter as it goes on paper."""

from __future__ import annotations

from typing import Any

from ledger import __version__
from ledger.commands import looking
from ledger.commands.letters import LetterId
from ledger.commands.options import Output
from ledger.commands.output import STDOUT, put
from ledger.commands.reporting import form_of
from ledger.domain.letter import Letter
from ledger.reports.material import Wanted
from ledger.ui import console, labels, page
from ledger.usecases import reporting
from ledger.usecases.letters import reading
from ledger.usecases.letters.listing import standing
from ledger.usecases.sight import Sight


def show(word: LetterId, output: Output = None) -> None:
    """Show a letter as it goes on paper, in the language of the ledger.

    A pipe and a file get Markdown. What the letter rests on, who got it and what was answered stand in
    `ledger show L3`.

    Examples:
        ledger letter show L3
        ledger letter show L3 -o letter.md
    """
    seen = looking.sight()
    reading.one(word)
    ((_record, letter),) = reading.chosen(seen, [word])
    if output in (None, STDOUT) and console.wants_json():
        console.document("ledger/letter-show@1", {**looking.about(seen), **as_json(letter, seen)})
        return
    form = form_of(output)
    view = reporting.view(seen, Wanted("letter", (letter.id,)), __version__)
    if output is None and not console.wants_plain():
        from ledger.reports import build_letter

        for line in build_letter.as_text(view).splitlines():
            for shown in page.paragraph("", line, console.width()):
                console.say(shown)
        console.aside("")
        console.aside(f"{letter.id}   {labels.label('letter_standing', standing(letter, seen))}")
        console.next_step(*_next(letter))
        return
    about = {"ledger": seen.book.name, "as_of": seen.day, "id": letter.id, "format": form}
    put(reporting.written(seen, view, form), output, "letter-show", about)


def _next(letter: Letter) -> tuple[str, ...]:
    if letter.stage == "draft":
        return (f"ledger letter edit {letter.id} ...", f"ledger letter sign {letter.id}")
    return (f"ledger letter reply {letter.id} ...",) if letter.stage == "signed" else ()


def as_json(letter: Letter, seen: Sight) -> dict[str, Any]:
    """Everything about a letter, as codes; None for what is not there."""
    held = {name: None if value == "" else value for name, value in letter._asdict().items()}
    for name in ("number", "head", "entries"):
        del held[name]
    return {
        **held,
        "standing": standing(letter, seen),
        "grounds": [each._asdict() for each in letter.grounds],
        "receipt": letter.receipt._asdict() if letter.receipt else None,
        "replies": [each._asdict() for each in letter.replies],
        "answered_in_time": letter.in_time if letter.replies and letter.reply_by else None,
    }
