"""Data: a notice taken in."""

from __future__ import annotations

from gettext import gettext as _
from typing import Annotated

import typer

from ledger.commands import deeds, options
from ledger.commands.options import DryRun, On, Yes
from ledger.intake import read
from ledger.intake.proposal import Proposal, as_json
from ledger.ui import ask, console, labels
from ledger.usecases import importing


def import_notice(
    file: Annotated[str, typer.Argument(metavar="FILE", help="A notice as .txt or .md; - reads stdin.")],
    yes: Yes = False,
    on: On = None,
    dry_run: DryRun = False,
) -> None:
    """Take in a notice: issues with their measures, as they are printed.

    What was understood is shown first. With --dry-run nothing is written, and no ledger is needed. Text
    that states no findings gives no issues, and says so.

    Examples:
        ledger import notice.txt --dry-run
        ledger import notice.txt --yes
    """
    proposal = read(file, stdin=options.stdin_for(file))
    if dry_run:
        _preview(proposal)
        return
    desk = deeds.desk(on)
    if not proposal.issues:
        _preview(proposal)
        return
    if not yes:
        if ask.possible():
            _preview(proposal)
        if not ask.confirm(_("Put these on the books?")):
            console.tell(_("nothing was changed"))
            return
    outcome = importing.take_in(desk, proposal)
    taken = outcome.value
    if not deeds.told("import", desk, outcome, numbers=taken.numbers, measures=taken.measures):
        words = _("{issues} issues and {measures} measures entered: {first}-{last}")
        console.say(
            words.format(
                issues=len(taken.numbers),
                measures=taken.measures,
                first=taken.numbers[0],
                last=taken.numbers[-1],
            )
        )
        console.next_step("ledger list", "ledger claim ... --leader ...")


def _preview(proposal: Proposal) -> None:
    if console.wants_json():
        console.document("ledger/import@1", as_json(proposal))
        return
    title = proposal.title or _("no title")
    console.say(
        f"{proposal.file}   ",
        _("layout: {layout}").format(layout=labels.label("layout", proposal.layout)),
        "   ",
        title,
    )
    measures = sum(len(each.measures) for each in proposal.issues)
    console.say(
        _("{issues} issues, {measures} measures").format(issues=len(proposal.issues), measures=measures)
    )
    rows = [
        (str(each.n), each.title, len(each.measures), _("line {line}").format(line=each.line))
        for each in proposal.issues
    ]
    if rows:
        columns = [
            console.Column(_("No."), whole=True, align="right"),
            console.Column(_("Issue")),
            console.Column(_("Measures"), align="right"),
            console.Column(_("Source"), whole=True),
        ]
        console.rows(columns, rows)
    where = _("line {line}: {message}")
    for warning in proposal.warnings:
        said = where if warning.line else "{message}"
        console.warn(said.format(line=warning.line, message=warning.message))
