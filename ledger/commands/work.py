"""The daily work: notes, evidence, points, results, and deadlines that move."""

from __future__ import annotations

from gettext import gettext as _
from pathlib import Path
from typing import Annotated

import typer

from ledger.commands import deeds, options
from ledger.commands.options import (
    AnyIds,
    DoneText,
    DryRun,
    Ids,
    InterimGoal,
    Meeting,
    On,
    Result,
    ReviewOn,
    Signer,
    Why,
)
from ledger.domain.acts.working import Decision
from ledger.domain.moves import Act
from ledger.errors import NoResultError, RefusedError, UsageError
from ledger.ui import ask, console, labels
from ledger.usecases import working

Request = Annotated[bool, typer.Option("--request", help="Only ask for it; nothing changes yet.")]
Approve = Annotated[bool, typer.Option("--approve", help="Approve it, as asked for or as given here.")]
Refuse = Annotated[bool, typer.Option("--refuse", help="Refuse what was asked for.")]


def note(
    ids: AnyIds = None,
    text: DoneText = "",
    reviewed: Annotated[
        bool, typer.Option("--reviewed", help="This was its review; the next one is as the settings say.")
    ] = False,
    review_on: ReviewOn = None,
    on: On = None,
    dry_run: DryRun = False,
) -> None:
    """Write down what was done.

    The first note starts a pending measure. Without an id the note goes into the office's own chronicle.
    With --reviewed it says what a review found of interim or long-term work, or of what was closed and
    continues; the next review is on --review-on, else after the interval under [deadlines] in ledger.toml.

    Examples:
        ledger note 5.1 --review-on 2026-03-31 -t "Still kept: ten files looked at"
        ledger note 7.2 -t "Spot check of 40 documents, 2 unsigned"
        ledger note 7.2 8.1 --on 2025-06-10 -t "Meeting with the units"
        ledger note -t "Monthly dispatch meeting held"
    """
    words = text or ask.text(_("What was done?"), flag="--text")
    desk = deeds.desk(on, dry_run=dry_run)
    if reviewed or review_on is not None:
        outcome = working.review(desk, deeds.ids(ids or ()), words, review_on)
    else:
        outcome = working.note(desk, deeds.ids(ids or ()), words)
    if not deeds.told("note", desk, outcome):
        if ids:
            deeds.say_changed(outcome, _("noted"))
        else:
            console.say(_("noted in the chronicle"))


def evidence_add(
    words: Annotated[
        list[str], typer.Argument(metavar="[ID] FILE...", help="A measure or issue, and files; or a folder.")
    ],
    kind: Annotated[
        str, typer.Option("--kind", metavar="KIND", help="What sort of file it is, such as minutes.")
    ] = "",
    proves: Annotated[str, typer.Option("--proves", metavar="TEXT", help="What it proves.")] = "",
    yes: options.Yes = False,
    on: On = None,
    dry_run: DryRun = False,
) -> None:
    """Keep files as evidence of a measure or an issue.

    The file is copied into the ledger under its own digest and never changed. From a folder, files whose
    names begin with an id (7.2 minutes.pdf) find their measure; what would go where is shown first.

    Examples:
        ledger evidence add 7.2 minutes.pdf --proves "the rules were adopted"
        ledger evidence add evidence-folder --yes
    """
    from ledger.usecases import attaching

    pairs, left = attaching.pairs_of(words)
    for path in left:
        console.warn(_("{path} names no measure and is left out").format(path=path.name))
    if len(words) == 1 and not (dry_run or _agreed(pairs, yes=yes)):
        return
    desk = deeds.desk(on, dry_run=dry_run)
    outcome = working.attach(desk, pairs, kind=kind, proves=proves)
    kept = [
        {"id": word, "name": path.name, "sha256": digest}
        for (word, path), digest in zip(pairs, outcome.value, strict=True)
    ]
    if not deeds.told("evidence-add", desk, outcome, attached=kept, left_out=[path.name for path in left]):
        for each in kept:
            console.say(f"{each['id']}  ", each["name"], f"  sha256:{each['sha256'][:12]}")


def _agreed(pairs: list[tuple[str, Path]], *, yes: bool) -> bool:
    if not pairs:
        raise UsageError(_("no file name begins with an id"), _("name them so: 7.2 minutes.pdf"))
    if yes:
        return True
    for word, path in pairs:
        console.tell(f"{word}  ", path.name)
    return ask.agreed(_("Attach these files?"))


def point(
    ids: Ids,
    add: Annotated[
        list[str] | None, typer.Option("--add", metavar="TEXT", help="Add a point; may be repeated.")
    ] = None,
    done: Annotated[bool, typer.Option("--done/--open", help="Mark as done, or as open again.")] = True,
    on: On = None,
    dry_run: DryRun = False,
) -> None:
    """Tick off points of a measure, or add some.

    A measure with an open point cannot be reported done. The id of a measure means all its points.

    Examples:
        ledger point 7.2 --add "Rules drafted" --add "Rules adopted"
        ledger point 7.2.1
        ledger point 7.2.1 --open
    """
    desk = deeds.desk(on, dry_run=dry_run)
    words = deeds.ids(ids)
    if add:
        if len(words) != 1:
            raise UsageError(
                _("points are added to one measure at a time"),
                _("name one measure: ledger point 7.2 --add TEXT"),
            )
        added = working.add_points(desk, words[0], add)
        if not deeds.told("point", desk, added, ids=added.value):
            for name, text in zip(added.value, add, strict=True):
                console.say(f"{name}  ", text)
        return
    outcome = working.tick_points(desk, words, done=done)
    deeds.tell("point", desk, outcome, _("ticked off") if done else _("open again"))


def interim(
    ids: Ids, result: Result = None, review_on: ReviewOn = None, on: On = None, dry_run: DryRun = False
) -> None:
    """Report an interim completion: it stays in dispatch, and is late only past its review date.

    Examples:
        ledger interim 7.2 --result "12 of 17 offices done" --review-on 2025-09-30
    """
    desk = deeds.desk(on, dry_run=dry_run)
    outcome = working.interim(desk, deeds.ids(ids), result or "", review_on)
    deeds.tell("interim", desk, outcome, labels.label("status", "interim"))


def done(ids: Ids, result: Result = None, on: On = None, dry_run: DryRun = False) -> None:
    """Report a measure, or an issue, as done, with what was achieved.

    An issue can be reported once all its measures are done, long-term or void.

    Examples:
        ledger done 7.2 --result "40 documents checked, none copied"
    """
    desk = deeds.desk(on, dry_run=dry_run)
    words = deeds.ids(ids)
    try:
        outcome = working.done(desk, words, result or "")
    except NoResultError:
        if not ask.possible():
            raise
        outcome = working.done(desk, words, ask.text(_("What was achieved?"), flag="--result"))
    if not deeds.told("done", desk, outcome):
        deeds.say_changed(outcome, labels.label("status", "done"))
        console.next_step("ledger close " + " ".join(words))


def extend(
    ids: Ids,
    due: Annotated[str, typer.Option("--due", "--to", metavar="DATE", help="The new deadline.")] = "",
    request: Request = False,
    approve: Approve = False,
    refuse: Refuse = False,
    signer: Signer = None,
    meeting: Meeting = None,
    why: Why = "",
    on: On = None,
    dry_run: DryRun = False,
) -> None:
    """Ask for, approve or refuse a later deadline.

    The deadline of the approved plan stays on record. Without a flag it is approved at once, which a
    ledger with a plan does not allow: there, say --request, --approve or --refuse.

    Examples:
        ledger extend 7.2 --to 2025-09-30 --request --why "the supplier is late"
        ledger extend 7.2 --approve --meeting "Office meeting 8" --why "as requested"
        ledger extend 7.2 --refuse --why "no reason given"
    """
    desk = deeds.desk(on, why, signing=not request, dry_run=dry_run)
    _one_way(request, approve, refuse, plan=desk.book.settings.plan_required)
    words = deeds.ids(ids)
    decided = Decision(signer or "", meeting or "")
    if refuse:
        outcome = working.refuse(desk, Act.EXTEND, words, decided)
    elif approve and not due:
        outcome = working.approve_request(desk, words, decided)
    else:
        phrase = due or ask.text(_("New deadline"), flag="--to")
        outcome = working.extend(desk, words, phrase, decided, request=request)
    deeds.tell("extend", desk, outcome, _answer(request=request, refuse=refuse, done=_("extended")))


def longterm(
    ids: Ids,
    interim_goal: InterimGoal = None,
    review_on: ReviewOn = None,
    request: Request = False,
    approve: Approve = False,
    refuse: Refuse = False,
    signer: Signer = None,
    meeting: Meeting = None,
    why: Why = "",
    on: On = None,
    dry_run: DryRun = False,
) -> None:
    """Ask for, approve or refuse that something goes on long-term.

    It needs an interim goal and the date of the next review. Without a flag it is approved at once, which
    a ledger with a plan does not allow: there, say --request, --approve or --refuse.

    Examples:
        ledger longterm 12.1 --interim-goal "half is scanned" --review-on 2025-12-31 --why "old stock"
    """
    desk = deeds.desk(on, why, signing=not request, dry_run=dry_run)
    _one_way(request, approve, refuse, plan=desk.book.settings.plan_required)
    words = deeds.ids(ids)
    decided = Decision(signer or "", meeting or "")
    if refuse:
        outcome = working.refuse(desk, Act.LONGTERM, words, decided)
    elif request:
        outcome = working.ask_longterm(desk, words, interim_goal or "", review_on)
    else:
        outcome = working.longterm(desk, words, interim_goal or "", review_on, decided)
    word = _answer(request=request, refuse=refuse, done=labels.label("status", "longterm"))
    deeds.tell("longterm", desk, outcome, word)


def _one_way(request: bool, approve: bool, refuse: bool, *, plan: bool) -> None:
    chosen = sum((request, approve, refuse))
    if chosen > 1:
        raise UsageError(
            _("--request, --approve and --refuse exclude one another"), _("give one of the three")
        )
    if plan and not chosen:
        message = _("under a plan somebody has to decide on it")
        raise RefusedError(message, _("say --request, --approve or --refuse"))


def _answer(*, request: bool, refuse: bool, done: str) -> str:
    if request:
        return _("asked for")
    return _("refused") if refuse else done


def void(ids: Ids, why: Why = "", on: On = None, dry_run: DryRun = False) -> None:
    """Take a measure or an issue out of the count, with the reason.

    It stays readable, and its number is never used again.

    Examples:
        ledger void 7.4 --why "covered by 7.2"
    """
    reason = why or (ask.text(_("Why?"), flag="--why") if ask.possible() else "")
    desk = deeds.desk(on, reason, dry_run=dry_run)
    outcome = working.void(desk, deeds.ids(ids))
    deeds.tell("void", desk, outcome, labels.label("status", "void"))
