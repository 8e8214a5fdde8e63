"""Close-out: sign, return, reopen, confirm."""

from __future__ import annotations

from collections.abc import Sequence
from gettext import gettext as _
from typing import Annotated

import typer

from ledger.commands import deeds
from ledger.commands.options import DryRun, Ids, Meeting, On, Opinion, Result, Signer, Why
from ledger.domain.acts.closing import Signed, SignWords
from ledger.domain.closeout import Chain
from ledger.errors import RefusedError
from ledger.ui import ask, console
from ledger.ui.console import Toned
from ledger.usecases import closing
from ledger.usecases.change import Desk, Outcome

StepCode = Annotated[
    str, typer.Option("--step", metavar="STEP", help="The step that is signed; the next one when left out.")
]


def close(
    ids: Ids,
    step: StepCode = "",
    signer: Signer = None,
    meeting: Meeting = None,
    opinion: Opinion = "",
    result: Result = None,
    everything: Annotated[
        bool, typer.Option("--all", help="Take the open measures of the issue along.")
    ] = False,
    on: On = None,
    dry_run: DryRun = False,
) -> None:
    """Sign the next step of close-out; the last step closes.

    Many ids under one set of minutes are signed together or not at all. The id of an issue means its
    measures that are reported done. With --result what is not reported done yet is reported first, so a
    small office types no more than this.

    Examples:
        ledger close 1 --result "The rules are in force"
        ledger close 3.1 3.2 5.4 --meeting "Office meeting 6" --on 2025-06-30
        ledger close 7.2 --step office --signer "Rectification office" --opinion "checked on site"
    """
    desk = deeds.desk(on, signing=True, dry_run=dry_run)
    words = SignWords(step, signer or "", meeting or "", opinion, result or "", everything)
    outcome = _signed(desk, deeds.ids(ids), words)
    rows = [_as_json(each) for each in outcome.value]
    if not deeds.told("close", desk, outcome, signed=rows):
        for each in outcome.value:
            _say_signed(each, desk.book.settings.chain)


def _signed(desk: Desk, ids: Sequence[str], words: SignWords) -> Outcome[list[Signed]]:
    """Sign, asking for what turns out to be missing."""
    try:
        return closing.close(desk, ids, words)
    except RefusedError as error:
        asked = _ask_for_missing(error, words)
        if asked is None:
            raise
    return _signed(desk, ids, asked)


def _ask_for_missing(error: RefusedError, words: SignWords) -> SignWords | None:
    """The words with the missing result or signer asked for; nothing when something else was missing."""
    if not ask.possible():
        return None
    if error.code == "no_result" and not words.result:
        return words._replace(result=ask.text(_("What was achieved?"), flag="--result"))
    if error.code == "no_signer" and not words.signer:
        return words._replace(signer=ask.text(_("Who signed?"), flag="--signer"))
    return None


def _as_json(signed: Signed) -> dict[str, object]:
    return {
        "id": signed.id,
        "step": signed.step,
        "n": signed.n,
        "of": signed.of,
        "closed": signed.n == signed.of,
        "next_step": signed.next_step,
    }


def _say_signed(signed: Signed, chain: Chain) -> None:
    labels = {step.code: step.label or step.code for step in chain.steps}
    progress = f"{signed.n}/{signed.of}"
    if signed.next_step is None:
        console.say(
            f"{signed.id}  {labels.get(signed.step, signed.step)}  {progress}  ", Toned(_("closed"), "good")
        )
        return
    following = labels.get(signed.next_step, signed.next_step)
    words = _("signed {progress}, next: {step}").format(progress=progress, step=following)
    console.say(f"{signed.id}  {labels.get(signed.step, signed.step)}  ", words)


def send_back(
    ids: Ids,
    to: Annotated[
        str, typer.Option("--to", metavar="STEP", help="The step it goes back to; all of it when left out.")
    ] = "",
    signer: Signer = None,
    meeting: Meeting = None,
    why: Why = "",
    on: On = None,
    dry_run: DryRun = False,
) -> None:
    """Send back from close-out, saying what is still to be done.

    The sign-offs so far lapse and are kept as a rejected attempt. With --to those before the step stay.

    Examples:
        ledger return 7.2 --why "the minutes are missing" --signer "Rectification office"
        ledger return 7.2 --to office --why "look at it again on site"
    """
    reason = why or (ask.text(_("What is still to be done?"), flag="--why") if ask.possible() else "")
    desk = deeds.desk(on, reason, signing=True, dry_run=dry_run)
    words = SignWords(signer=signer or "", meeting=meeting or "")
    outcome = closing.send_back(desk, deeds.ids(ids), words, to=to)
    if not deeds.told("return", desk, outcome, ids=outcome.value):
        deeds.say_done(_("returned"), outcome.value)


def reopen(ids: Ids, why: Why = "", on: On = None, dry_run: DryRun = False) -> None:
    """Open again what was closed; its close-outs are kept.

    Examples:
        ledger reopen 7.2 --why "unsigned documents again in June"
    """
    reason = why or (ask.text(_("Why?"), flag="--why") if ask.possible() else "")
    desk = deeds.desk(on, reason, signing=True, dry_run=dry_run)
    outcome = closing.reopen(desk, deeds.ids(ids))
    if not deeds.told("reopen", desk, outcome, ids=outcome.value):
        deeds.say_done(_("reopened"), outcome.value)


def confirm(
    ids: Ids,
    signer: Signer = None,
    meeting: Meeting = None,
    why: Why = "",
    on: On = None,
    dry_run: DryRun = False,
) -> None:
    """Confirm sign-offs that a later change put in doubt.

    Examples:
        ledger confirm 5.4 --signer "Rectification office"
    """
    desk = deeds.desk(on, why, signing=True, dry_run=dry_run)
    words = SignWords(signer=signer or "", meeting=meeting or "")
    outcome = closing.confirm(desk, deeds.ids(ids), words)
    if not deeds.told("confirm", desk, outcome, ids=outcome.value):
        deeds.say_done(_("confirmed"), outcome.value)
