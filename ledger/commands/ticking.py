"""Ticking off one by one: the periods of what comes round again, the names of a roster."""

from __future__ import annotations

from gettext import gettext as _
from pathlib import Path
from typing import Annotated

import typer

from ledger.commands import deeds
from ledger.commands.options import DoneText, DryRun, Evidence, Id, Ids, On, Why
from ledger.domain import ticked
from ledger.domain.words import listed
from ledger.errors import UsageError
from ledger.ui import console, labels
from ledger.usecases import ticking
from ledger.usecases.ticking import Said

Excuse = Annotated[bool, typer.Option("--excuse", help="It need not be done; give the reason with --why.")]
Reopen = Annotated[bool, typer.Option("--open", help="It is not done after all.")]


def occur(
    ids: Ids,
    period: Annotated[
        list[str] | None,
        typer.Option(
            "--period",
            "-p",
            metavar="PERIOD",
            help="Which: 2025-Q1, 2025-H1, 2025-06, 2025-W23, 一季度; may be repeated. Else that of the day.",
        ),
    ] = None,
    missed: Annotated[bool, typer.Option("--missed", help="All periods that were missed.")] = False,
    text: DoneText = "",
    evidence: Evidence = None,
    excuse: Excuse = False,
    reopen: Reopen = False,
    why: Why = "",
    on: On = None,
    dry_run: DryRun = False,
) -> None:
    """Record what a measure that comes round again did in a period.

    How often it is done stands in the measure: `ledger edit 7.2 --every quarter`. A period that passes
    without a record is missed, and makes the measure late until it is recorded or excused; a late record
    keeps its real day. A measure with a missed period cannot be reported done.

    Examples:
        ledger occur 7.2 -t "40 documents checked, 2 unsigned"
        ledger occur 7.2 8.1 --period 2025-Q1 --on 2025-04-08 -t "Meeting held"
        ledger occur 7.2 --missed --excuse --why "the office was closed"
    """
    if period and missed:
        raise UsageError(_("--period and --missed exclude one another"), _("give one of the two"))
    desk = deeds.desk(on, why, dry_run=dry_run)
    said = _said(text, evidence, excuse=excuse, reopen=reopen)
    outcome = ticking.occur(desk, deeds.ids(ids), period or (), said, passed=missed)
    deeds.tell("occur", desk, outcome, _became(said.became))


def roster(
    id_: Id,
    names: Annotated[
        list[str] | None,
        typer.Argument(metavar="[NAME]...", help="Names on the roster of the measure.", show_default=False),
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="All names that are open.")] = False,
    add: Annotated[
        list[str] | None,
        typer.Option(
            "--add",
            metavar="NAMES",
            help="Put names on the roster: typed, a group of people.toml, or @FILE; may be repeated.",
        ),
    ] = None,
    drop: Annotated[
        list[str] | None,
        typer.Option("--drop", metavar="NAMES", help="Take names off the roster; may be repeated."),
    ] = None,
    text: DoneText = "",
    evidence: Evidence = None,
    excuse: Excuse = False,
    reopen: Reopen = False,
    why: Why = "",
    on: On = None,
    dry_run: DryRun = False,
) -> None:
    """Tick off names that a measure has to reach, or say which they are.

    A measure with an open name cannot be reported done; one that need not be reached is excused. Who is on
    the roster is part of the plan: once that is approved, --add and --drop need a reason.

    Examples:
        ledger roster 7.2 --add "North Bank, South Bank, Mill Hill"
        ledger roster 7.2 --add @towns.txt
        ledger roster 8.1 "North Bank" "Mill Hill" --on 2025-06-10 -t "accepted on the spot"
        ledger roster 8.1 "South Bank" --excuse --why "merged into Mill Hill"
    """
    desk = deeds.desk(on, why, dry_run=dry_run)
    if add or drop:
        if names or every or excuse or reopen or text or evidence:
            message = _("--add and --drop go with nothing that ticks names off")
            raise UsageError(message, _("change the roster first, then tick names off"))
        changed = ticking.set_names(desk, id_, add or (), drop or ())
        deeds.tell("roster", desk, changed, _("roster changed"), names=changed.value)
        return
    if bool(names) is every:
        raise UsageError(_("no name was given"), _("name some, or give --all, --add or --drop"))
    said = _said(text, evidence, excuse=excuse, reopen=reopen)
    outcome = ticking.tick_names(desk, id_, names or (), said, every=every)
    if not deeds.told("roster", desk, outcome, names=outcome.value):
        console.say(f"{id_}  ", listed(outcome.value), "  ", _became(said.became))


def _said(text: str, evidence: list[Path] | None, *, excuse: bool, reopen: bool) -> Said:
    if excuse and reopen:
        raise UsageError(_("--excuse and --open exclude one another"), _("give one of the two"))
    became = ticked.EXCUSED if excuse else ticked.OPEN if reopen else ticked.DONE
    if became != ticked.DONE and (text or evidence):
        message = _("--text and --evidence say what was done")
        raise UsageError(message, _("give the reason with --why"))
    return Said(became, text, tuple(evidence or ()))


def _became(became: str) -> str:
    return labels.label("became", became)
