"""What is done about clues: registered, routed, verified, transferred, concluded, answered."""

from __future__ import annotations

import datetime as dt
from gettext import gettext as _
from typing import Annotated

import click
import typer

from ledger.commands import deeds, options
from ledger.commands.options import (
    CameWith,
    DryRun,
    Due,
    Leader,
    Measures,
    Meeting,
    On,
    Opinion,
    Remark,
    Signer,
    Title,
    Unit,
)
from ledger.domain.clue import CHANNELS
from ledger.domain.limits import Limit, parse_limit
from ledger.domain.settings import Settings
from ledger.domain.text import excerpt, fold
from ledger.errors import UsageError
from ledger.ui import ask, console, labels
from ledger.usecases import clues
from ledger.usecases.clues import Decided

Clue = Annotated[str, typer.Argument(metavar="CLUE", help="A clue (C12).")]
About = Annotated[str | None, typer.Option("--unit", metavar="NAME", help="The unit it is about.")]
Clues = Annotated[list[str], typer.Argument(metavar="CLUE...", help="Clues (C12); - reads them from stdin.")]
To = Annotated[str, typer.Option("--to", metavar="NAME", help="Who gets it.")]
Number = Annotated[str, typer.Option("--number", metavar="NUMBER", help="The number on the paper.")]
Text = Annotated[str, typer.Option("--text", "-t", metavar="TEXT", help="What was said.")]


class _Limit(click.ParamType):
    """A length of time, as people type it."""

    name = "limit"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> Limit:
        """The length that was typed."""
        return value if isinstance(value, Limit) else parse_limit(str(value))


Within = Annotated[
    Limit | None,
    typer.Option(
        "--within",
        metavar="DAYS",
        click_type=_Limit(),
        help="How long the next step may take: 7, or 7wd for working days; else as the settings have it.",
    ),
]


def add(
    title: Annotated[
        str, typer.Argument(metavar="TITLE", help="What it is about, in one line.", show_default=False)
    ] = "",
    channel: Annotated[
        str | None,
        typer.Option("--channel", metavar="CHANNEL", help="How it came in: letter, phone, visit, online ..."),
    ] = None,
    source: Annotated[
        str | None, typer.Option("--source", metavar="WHO", help="Who gave it; confidential.")
    ] = None,
    received_on: Annotated[
        dt.date | None,
        typer.Option(
            "--received-on", metavar="DATE", click_type=options.DAY, help="The day it was received."
        ),
    ] = None,
    text: Annotated[
        str | None, typer.Option("--text", "-t", metavar="TEXT", help="What it says, in full.")
    ] = None,
    unit: About = None,
    publication: Annotated[
        str | None,
        typer.Option(
            "--publication", metavar="ID", help="What was published and it comments on: publications:1."
        ),
    ] = None,
    file: CameWith = None,
    remark: Remark = None,
    on: On = None,
    dry_run: DryRun = False,
) -> None:
    """Register a clue.

    Who gave it is confidential: no command shows it but `ledger clue show` and `ledger clue list` with
    --reveal. It stands in the record's file all the same, so whoever has the folder, or a copy of the
    repository, can read it there: keep both where nobody else comes in, and name no one in title or text.

    Examples:
        ledger clue add "Fines without receipts" --channel phone --source "Mr Wen" --received-on 2025-06-10
        ledger clue add "Fines without receipts" --channel mailbox --unit "Traffic squad"
    """
    desk = deeds.desk(on, dry_run=dry_run)
    title = title or ask.text(_("What is it about?"), flag="TITLE")
    channel = (
        channel or (publication and "publication") or ask.text(_("How did it come in?"), flag="--channel")
    )
    given = deeds.given(
        title=title,
        channel=channel_code(desk.book.settings, channel),
        source=source,
        received_on=received_on,
        text=text,
        unit=unit,
        publication=clues.commented(desk.book, publication) if publication else None,
        remark=remark,
    )
    outcome = clues.add(desk, given, file or ())
    if not deeds.told("clue-add", desk, outcome, id=outcome.value):
        console.say(f"{outcome.value}  ", title)
        console.next_step(f"ledger clue route {outcome.value} --to ...")


def channel_code(settings: Settings, word: str) -> str:
    """The code of a channel by its code or its word, in any language; the office's own ones too.

    Raises:
        UsageError: there is no such channel.
    """
    own = settings.clues.channels
    code = labels.code("channel", word) or next(
        (code for code, label in own.items() if fold(word) in (fold(code), fold(label))), None
    )
    if code is None:
        message = _("there is no channel {word}").format(word=excerpt(word))
        known = [f"{code} {channel_label(settings, code)}" for code in (*CHANNELS, *own)]
        raise UsageError(message, _("there are: {names}").format(names=", ".join(known)))
    return code


def channel_label(settings: Settings, code: str) -> str:
    """The word for a channel."""
    return settings.clues.channels.get(code) or labels.label("channel", code)


def route(
    ids: Clues,
    to: To = "",
    within: Within = None,
    signer: Signer = None,
    opinion: Opinion = "",
    on: On = None,
    dry_run: DryRun = False,
) -> None:
    """Hand a clue to the unit or person who is to verify it.

    One that was verified goes back for another look, and its outcome is open again.

    Examples:
        ledger clue route C12 --to "Inspection office" --within 30
        ledger clue route C12 C13 --to "Inspection office" --within 20wd --signer Lin --opinion "soon"
    """
    desk = deeds.desk(on, dry_run=dry_run)
    outcome = clues.route(desk, deeds.ids(ids), to, _decided(signer, None, opinion, within))
    deeds.tell("clue-route", desk, outcome, _("routed"))


def verify(
    ids: Clues,
    outcome: Annotated[
        str,
        typer.Option(
            "--outcome",
            metavar="OUTCOME",
            click_type=options.code("finding"),
            help="founded, partly or unfounded.",
            show_default=False,
        ),
    ],
    finding: Annotated[
        str, typer.Option("--finding", "-t", metavar="TEXT", help="What the verification found.")
    ] = "",
    signer: Signer = None,
    meeting: Meeting = None,
    opinion: Opinion = "",
    on: On = None,
    dry_run: DryRun = False,
) -> None:
    """Say what the verification of a clue came to.

    Examples:
        ledger clue verify C12 --outcome founded --finding "14 of 60 fines without a receipt"
        ledger clue verify C12 --outcome unfounded --signer Lin
    """
    desk = deeds.desk(on, dry_run=dry_run)
    done = clues.verify(desk, deeds.ids(ids), outcome, finding, _decided(signer, meeting, opinion))
    deeds.tell("clue-verify", desk, done, _("verified"))


def transfer(
    ids: Clues,
    to: To = "",
    number: Number = "",
    within: Within = None,
    signer: Signer = None,
    meeting: Meeting = None,
    opinion: Opinion = "",
    on: On = None,
    dry_run: DryRun = False,
) -> None:
    """Hand a clue to another body, once.

    It is concluded when that body's result is in, not before.

    Examples:
        ledger clue transfer C12 --to "Discipline commission" --number "2025-7" --within 15wd
    """
    desk = deeds.desk(on, dry_run=dry_run)
    decided = _decided(signer, meeting, opinion, within)
    outcome = clues.transfer(desk, deeds.ids(ids), to, number, decided)
    deeds.tell("clue-transfer", desk, outcome, _("transferred"))


def receipt(
    ids: Clues, number: Number = "", within: Within = None, on: On = None, dry_run: DryRun = False
) -> None:
    """Write down that the body it was transferred to has it.

    Examples:
        ledger clue receipt C12 --number "R-31"
    """
    desk = deeds.desk(on, dry_run=dry_run)
    outcome = clues.receipt(desk, deeds.ids(ids), number, Decided(within=within))
    deeds.tell("clue-receipt", desk, outcome, _("receipt written down"))


def result(ids: Clues, text: Text = "", on: On = None, dry_run: DryRun = False) -> None:
    """Write down what came of a clue at the body it was transferred to; it is concluded.

    Examples:
        ledger clue result C12 -t "Two people were disciplined"
    """
    desk = deeds.desk(on, dry_run=dry_run)
    outcome = clues.result(desk, deeds.ids(ids), text or ask.text(_("What came of it?"), flag="--text"))
    deeds.tell("clue-result", desk, outcome, _("concluded"))


def conclude(
    ids: Clues,
    result: Annotated[str, typer.Option("--result", metavar="TEXT", help="What was done about it.")] = "",
    signer: Signer = None,
    meeting: Meeting = None,
    opinion: Opinion = "",
    on: On = None,
    dry_run: DryRun = False,
) -> None:
    """Bring a verified clue to an end, with what was done about it.

    Examples:
        ledger clue conclude C12 --result "The money was paid back" --signer Lin
    """
    desk = deeds.desk(on, dry_run=dry_run)
    outcome = clues.conclude(desk, deeds.ids(ids), result, _decided(signer, meeting, opinion))
    deeds.tell("clue-conclude", desk, outcome, _("concluded"))


def issue(
    clue: Clue,
    title: Title = None,
    measure: Measures = None,
    category: options.Category = None,
    unit: Unit = None,
    leader: Leader = None,
    due: Due = None,
    signer: Signer = None,
    meeting: Meeting = None,
    opinion: Opinion = "",
    on: On = None,
    dry_run: DryRun = False,
) -> None:
    """Make an issue of a clue that was found true; each says so of the other.

    Title and unit are the clue's unless they are given here. Who gave the clue does not go along.

    Examples:
        ledger clue issue C12 -m "Print receipts with numbers" --due 2025-12-31
    """
    fields = deeds.given(title=title, category=category, unit=unit, leader=leader, due=due)
    desk = deeds.desk(on, dry_run=dry_run)
    outcome = clues.make_issue(desk, clue, fields, measure or (), _decided(signer, meeting, opinion))
    number = outcome.value
    if not deeds.told("clue-issue", desk, outcome, id=number):
        console.say(_("made an issue: {clue} -> {id}").format(clue=outcome.changed[0].id, id=number))
        console.next_step(f"ledger show {number}", f"ledger measure {number} -t ...")


def feedback(ids: Clues, text: Text = "", on: On = None, dry_run: DryRun = False) -> None:
    """Write down what whoever gave a clue was told.

    Examples:
        ledger clue feedback C12 -t "Told by phone what was found"
    """
    desk = deeds.desk(on, dry_run=dry_run)
    outcome = clues.feedback(desk, deeds.ids(ids), text or ask.text(_("What was said?"), flag="--text"))
    deeds.tell("clue-feedback", desk, outcome, _("answered"))


def _decided(signer: str | None, meeting: str | None, opinion: str, within: Limit | None = None) -> Decided:
    return Decided(signer or "", meeting or "", opinion, within)
