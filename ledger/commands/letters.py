"""What is done about letters: drafted, changed, signed, received, answered, taken back."""

from __future__ import annotations

import datetime as dt
from gettext import gettext as _
from typing import Annotated

import typer

from ledger.commands import deeds, options
from ledger.commands.options import CameWith, DryRun, On, Opinion, Remark, Signer, Why
from ledger.domain.acts.letters import Judgement
from ledger.ui import ask, console
from ledger.usecases.letters import drafting, sending
from ledger.usecases.letters.drafting import Wishes

LetterId = Annotated[str, typer.Argument(metavar="LETTER", help="A letter (L3).")]
LetterIds = Annotated[
    list[str], typer.Argument(metavar="LETTER...", help="Letters (L3); - reads them from stdin.")
]
Rung = Annotated[
    str, typer.Option("--rung", metavar="RUNG", help="A rung of the ladder, by its code or its name.")
]
Copies = Annotated[
    list[str] | None, typer.Option("--copy", metavar="NAME", help="Who gets a copy; may be repeated.")
]
Contact = Annotated[
    str | None, typer.Option("--contact", metavar="TEXT", help="Whom to ask, and the telephone.")
]
FinishBy = Annotated[
    dt.date | None,
    typer.Option(
        "--finish-by",
        metavar="DATE",
        click_type=options.DAY,
        help="By when the work is to be done; else as the rung has it.",
    ),
]


def draft(
    ids: options.AnyIds = None,
    every: Annotated[bool, typer.Option("--all", help="Take all that the rules call for.")] = False,
    rung: Rung = "",
    to: Annotated[
        str | None, typer.Option("--to", metavar="NAME", help="Whom it goes to; else the responsible unit.")
    ] = None,
    reason: Annotated[
        str, typer.Option("--reason", metavar="TEXT", help="What else is the matter; stands in the text.")
    ] = "",
    copy: Copies = None,
    contact: Contact = None,
    finish_by: FinishBy = None,
    on: On = None,
    dry_run: DryRun = False,
) -> None:
    """Draft letters: what the rules call for, or one of a rung of your own choice.

    One letter a rung and unit takes all of its measures together. Every word can be changed until it is
    signed: `ledger letter edit`, or the file itself.

    Examples:
        ledger letter draft --all
        ledger letter draft 7.2 19.1
        ledger letter draft 7.2 --rung supervise --to Office --reason "as the meeting of 1 July asked"
    """
    desk = deeds.desk(on, dry_run=dry_run)
    wishes = Wishes(to, reason, tuple(copy or ()), contact or "", finish_by)
    outcome = drafting.draft(desk, deeds.ids(ids or ()), every=every, rung=rung, wishes=wishes)
    begun = outcome.value
    if begun.left_out:
        console.warn(_("left out, for nobody is responsible: {ids}").format(ids=" ".join(begun.left_out)))
    if deeds.told("letter-draft", desk, outcome, ids=begun.ids, left_out=begun.left_out):
        return
    if not begun.ids:
        console.tell(_("no letter is called for"))
        return
    deeds.say_done(_("drafted"), begun.ids)
    console.next_step(f"ledger letter show {begun.ids[0]}", f"ledger letter sign {begun.ids[0]}")


def edit(
    word: LetterId,
    title: Annotated[str | None, typer.Option("--title", metavar="TEXT", help="The heading.")] = None,
    text: Annotated[
        str | None, typer.Option("--text", "-t", metavar="TEXT", help="What it is about.")
    ] = None,
    demands: Annotated[
        str | None, typer.Option("--demands", metavar="TEXT", help="What is asked for, one demand a line.")
    ] = None,
    consequence: Annotated[
        str | None, typer.Option("--consequence", metavar="TEXT", help="What follows where nothing happens.")
    ] = None,
    to: Annotated[str | None, typer.Option("--to", metavar="NAME", help="Whom it goes to.")] = None,
    copy: Copies = None,
    contact: Contact = None,
    signature: Annotated[
        str | None, typer.Option("--signature", metavar="TEXT", help="Who sends it, as it stands at the end.")
    ] = None,
    finish_by: FinishBy = None,
    remark: Remark = None,
    on: On = None,
    dry_run: DryRun = False,
) -> None:
    """Change what a draft says; an empty value takes a part away.

    A letter that is signed stands as it was signed: withdraw it and draft another.

    Examples:
        ledger letter edit L3 --title "On the rules for documents"
        ledger letter edit L3 --to Finance --copy "Discipline group"
    """
    given = deeds.given(
        title=title,
        text=text,
        demands=demands,
        consequence=consequence,
        addressee=to,
        copies=copy,
        contact=contact,
        signature=signature,
        finish_by=finish_by,
        remark=remark,
    )
    desk = deeds.desk(on, dry_run=dry_run)
    outcome = drafting.rewrite(desk, word, given)
    deeds.tell("letter-edit", desk, outcome, _("changed"))


def sign(
    ids: LetterIds,
    number: Annotated[
        str, typer.Option("--number", metavar="NUMBER", help="The number on paper; else the next one.")
    ] = "",
    signer: Signer = None,
    on: On = None,
    dry_run: DryRun = False,
) -> None:
    """Sign letters: each gets the number that stands on paper, and a date to be answered by.

    The number is the next in the series of its rung and year, unless you give the office's own. A number is
    given once, and stays with a letter that is withdrawn. The date is counted in working days from the day
    of signing.

    Examples:
        ledger letter sign L3 --signer Lin
        ledger letter sign L3 --number "整改办函〔2025〕7号" --on 2025-07-01
    """
    desk = deeds.desk(on, dry_run=dry_run, signing=True)
    outcome = sending.sign(desk, deeds.ids(ids), number=number, signer=signer or "")
    rows = [{"id": name, "reference": given} for name, given in outcome.value]
    if not deeds.told("letter-sign", desk, outcome, signed=rows):
        for name, given in outcome.value:
            console.say(f"{name}  {given}")
        console.next_step(f"ledger letter show {outcome.value[0][0]} -o FILE")


def receipt(
    ids: LetterIds,
    receiver: Annotated[str, typer.Option("--receiver", metavar="NAME", help="Who took it.")] = "",
    on: On = None,
    dry_run: DryRun = False,
) -> None:
    """Write down that letters arrived.

    Examples:
        ledger letter receipt L3 --receiver Gu
    """
    desk = deeds.desk(on, dry_run=dry_run)
    outcome = sending.receive(desk, deeds.ids(ids), receiver)
    deeds.tell("letter-receipt", desk, outcome, _("receipt written down"))


def reply(
    word: LetterId,
    text: Annotated[str, typer.Option("--text", "-t", metavar="TEXT", help="What the answer says.")] = "",
    file: CameWith = None,
    verdict: Annotated[
        str | None,
        typer.Option(
            "--verdict",
            metavar="VERDICT",
            click_type=options.code("letter_verdict"),
            help="adequate, partial or inadequate.",
        ),
    ] = None,
    opinion: Opinion = "",
    signer: Signer = None,
    on: On = None,
    dry_run: DryRun = False,
) -> None:
    """Write down the answer to a letter, and judge it, at once or later.

    With a verdict alone the newest answer is judged. A letter may be answered several times: what was thought
    of the newest answer counts. An answer that will not do calls for the next rung.

    Examples:
        ledger letter reply L3 --text "Ten of twelve debts are settled" --file answer.pdf
        ledger letter reply L3 --verdict inadequate --opinion "two debts are not named"
    """
    if not (text or file or verdict) and ask.possible():
        text = ask.text(_("What does the answer say?"), flag="--text")
    desk = deeds.desk(on, dry_run=dry_run)
    judged = Judgement(verdict or "", opinion, signer or "")
    outcome = sending.reply(desk, word, text, file or (), judged)
    deeds.tell("letter-reply", desk, outcome, _("answer written down") if text or file else _("judged"))


def withdraw(ids: LetterIds, why: Why = "", on: On = None, dry_run: DryRun = False) -> None:
    """Take letters back, with the reason; their numbers stay with them.

    What a letter was about may be written about again.

    Examples:
        ledger letter withdraw L3 --why "sent to the wrong unit"
    """
    desk = deeds.desk(on, why, dry_run=dry_run)
    outcome = sending.withdraw(desk, deeds.ids(ids))
    deeds.tell("letter-withdraw", desk, outcome, _("withdrawn"))
