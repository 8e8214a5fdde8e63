"""Data: a received document taken in."""

from __future__ import annotations

from collections.abc import Mapping
from gettext import gettext as _
from typing import Annotated

import typer

from ledger.commands import deeds, options
from ledger.commands.importchoices import As, Map, Match, Only, Prefer, Skip, choices
from ledger.commands.options import DryRun, On, Why, Yes
from ledger.commands.receiving import Understood, receive
from ledger.commands.returning import take_back
from ledger.errors import NotFoundError, UsageError
from ledger.intake.proposal import as_json, as_results
from ledger.store.book import Book
from ledger.ui import ask, console
from ledger.usecases import importing
from ledger.usecases.change import Desk
from ledger.usecases.importing import Comparison


def import_notice(
    file: Annotated[
        str, typer.Argument(metavar="FILE", help="A notice or a table of issues; - reads stdin.")
    ],
    column: Map = None,
    as_: As = None,
    prefer: Prefer = "ours",
    only: Only = "",
    skip: Skip = "",
    match: Match = None,
    yes: Yes = False,
    on: On = None,
    why: Why = "",
    dry_run: DryRun = False,
    new: Annotated[
        bool, typer.Option("--new", help="Take rows that did not go out as new measures.")
    ] = False,
) -> None:
    """Take in a notice or a table: issues with their measures, as they are printed.

    What was understood is shown first. With --dry-run nothing is written, and no ledger is needed. Text
    that states no findings gives no issues, and says so.

    The same document again changes nothing. A later version of it brings its changes: + comes, - goes, and =
    stays, because the office changed it too or a rule forbids it. Nothing is closed, reopened or deleted;
    what the document does not have any more is named.

    A workbook that ledger export xlsx made, or a folder of them, comes back with the cells that were filled
    in.

    Examples:
        ledger import notice.txt --dry-run
        ledger import notice.txt --yes
        ledger import notice.txt --prefer theirs --yes
    """
    received = receive(file, column or (), _ledger)
    if not isinstance(received, Understood):
        _refuse({"--map": column, "--as": as_, "--only": only, "--skip": skip, "--match": match})
        take_back(received, yes=yes, on=on, why=why, dry_run=dry_run, new=new)
        return
    if as_ == "result":
        received = received._replace(proposal=as_results(received.proposal))
    chosen = choices(received.proposal, prefer, only, skip, match or (), as_result=as_ == "result")
    book = _ledger() if dry_run else deeds.opened()
    if book is None or not received.proposal.issues:
        _show(received, None)
        return
    day = on or options.today()
    comparison = importing.compare(book, received.proposal, day, chosen, specs=received.specs)
    if dry_run:
        _show(received, comparison)
        if comparison.needs_reason and not why:
            console.warn(_("the plan is approved, so these changes need a reason: --why"))
        return
    desk = deeds.desk(on, why)
    if not comparison.is_empty and not yes:
        if ask.possible():
            _show(received, comparison, asking=True)
        if not ask.agreed(_("Put these on the books?")):
            return
    _enter(desk, comparison, shown=not yes and not comparison.is_empty)


def _refuse(given: Mapping[str, object]) -> None:
    """Say which choices mean nothing for a workbook that went out from here, rather than pass over them.

    Raises:
        UsageError: one of them was given.
    """
    flags = [flag for flag, value in given.items() if value]
    if flags:
        message = _("{flags}: not for sheets that went out from here").format(flags=", ".join(flags))
        raise UsageError(message, _("they are taken back cell by cell; --dry-run shows what was filled in"))


def _ledger() -> Book | None:
    """The ledger to hold a document against in a dry run; none where there is none, or several.

    Raises:
        NotFoundError: the one that was named is not there.
        UsageError: the name is none.
    """
    try:
        return deeds.opened()
    except (NotFoundError, UsageError):
        if options.session().ledger:
            raise
        return None


def _show(received: Understood, comparison: Comparison | None, *, asking: bool = False) -> None:
    """What the document holds, and what it would change where there is a ledger to hold it against."""
    if console.wants_json():
        from ledger.commands.importjson import compared

        held = {} if comparison is None else {"ledger": comparison.ledger, **compared(comparison)}
        console.document("ledger/import@1", {**as_json(received.proposal), **held})
        return
    from ledger.commands.importpage import show

    show(received.proposal, comparison, received.saved, asking=asking)


def _enter(desk: Desk, comparison: Comparison, *, shown: bool) -> None:
    """Write what was worked out, and say what came of it."""
    with deeds.telling(desk) as telling:
        outcome = importing.take_in(telling, comparison)
    taken = outcome.value
    if deeds.told(
        "import", desk, outcome, numbers=taken.numbers, measures=taken.measures, edited=taken.changed
    ):
        return
    from ledger.commands.importpage import left_as_it_is

    if not shown:
        for sentence in left_as_it_is(comparison):
            console.warn(sentence)
    if comparison.is_empty:
        console.say(_("nothing new: the ledger has all of it"))
        return
    if taken.numbers:
        words = _("{issues} issues and {measures} measures entered: {first}-{last}")
        console.say(
            words.format(
                issues=len(taken.numbers),
                measures=sum(len(each.measures) for each in comparison.new),
                first=taken.numbers[0],
                last=taken.numbers[-1],
            )
        )
    prose = [str(each.path) for each in comparison.prose if each.is_written]
    if taken.changed or not taken.numbers:
        deeds.say_done(_("changed"), taken.changed or prose)
    if taken.numbers:
        console.next_step("ledger list", "ledger claim ... --leader ...")
    elif taken.changed:
        console.next_step(f"ledger history {taken.changed[0]}")
