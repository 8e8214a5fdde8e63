"""Looking back at what was closed: planned, drawn, looked at, and what is to be done again."""

from __future__ import annotations

import re
from collections.abc import Sequence
from gettext import gettext as _
from gettext import ngettext
from pathlib import Path
from typing import Annotated, Final

import click
import typer

from ledger.commands import deeds, lookbackpage, looking, options
from ledger.commands.options import DryRun, On, UnderHeading, Why
from ledger.domain.acts.lookingback import Redo
from ledger.domain.review import STATUSES, frame_text
from ledger.domain.text import excerpt
from ledger.errors import UsageError
from ledger.ui import console, labels
from ledger.usecases.lookback import planning, reading, recording
from ledger.usecases.lookback.planning import Wishes
from ledger.usecases.lookback.recording import Found

#: The letters people write for the four methods: 听、看、查、访. Source: DOMAIN b7.
_LETTERS: Final = {"听": "listen", "看": "look", "查": "check", "访": "visit"}

Review = Annotated[
    str, typer.Argument(metavar="REVIEW", help="A look-back, such as R2025-1.", show_default=False)
]


def plan(
    title: Annotated[str, typer.Option("--title", metavar="TEXT", help="What it is called.")] = "",
    statuses: Annotated[
        list[str] | None,
        typer.Option(
            "--of",
            metavar="STATUS",
            click_type=options.code("status"),
            help="closed, interim or longterm; may be repeated; closed when left out.",
        ),
    ] = None,
    unit: Annotated[str, typer.Option("--unit", metavar="NAME", help="Only this unit's.")] = "",
    category: UnderHeading = "",
    rate: Annotated[
        str, typer.Option("--rate", metavar="SHARE", help="The tolerable rate of bad close-outs: 10%.")
    ] = "",
    confidence: Annotated[
        str, typer.Option("--confidence", metavar="SHARE", help="How sure the sample must make: 90%.")
    ] = "",
    seed: Annotated[
        str, typer.Option("--seed", metavar="TEXT", help="What decides who is drawn; chance, when left out.")
    ] = "",
    why: Why = "",
    on: On = None,
    dry_run: DryRun = False,
) -> None:
    """Plan a look-back: write down what is looked at, how many are drawn, and by which seed.

    It covers what was closed on the day of --as-of, today when left out; as issues or as measures, as the
    ledger closes them. Nobody is drawn yet: what decides that is written down first, and cannot be changed
    afterwards. How many, and why so many: docs/lookback.md.

    Examples:
        ledger lookback plan --title "Look-back of the first half-year" --as-of 2025-06-30
        ledger lookback plan --of closed --of longterm --rate 5% --confidence 95%
        ledger lookback plan --unit "General Office" --seed "drawn by lot on 8 July: 4711"
    """
    desk = deeds.desk(on, why, dry_run=dry_run)
    wishes = Wishes(
        options.session().as_of, title, _statuses(statuses), unit, category, rate, confidence, seed
    )
    outcome = planning.plan(desk, wishes)
    review = outcome.value
    if deeds.told("lookback-plan", desk, outcome, review=lookbackpage.as_json(review)):
        return
    for line in lookbackpage.plan_lines(review, console.width()):
        console.say(*line)
    console.next_step(f"ledger lookback sample {review.id}")


def _statuses(typed: list[str] | None) -> tuple[str, ...]:
    for each in typed or ():
        if each not in STATUSES:
            message = _("what is {status} is not looked back at").format(status=labels.label("status", each))
            raise UsageError(message, _("there are: {codes}").format(codes=", ".join(STATUSES)))
    return tuple(typed or ("closed",))


def sample(
    review: Review,
    everything: Annotated[bool, typer.Option("--all", help="Look at everything, item by item.")] = False,
    why: Why = "",
    on: On = None,
    dry_run: DryRun = False,
) -> None:
    """Draw what a planned look-back looks at, once.

    Drawn is all that is flagged, all that came back before, all with suspect sign-offs; and of the rest as
    many as the plan says, those first whose SHA-256 of seed and uid is smallest. The same plan gives the same
    list everywhere.

    Examples:
        ledger lookback sample R2025-1
        ledger lookback sample R2025-1 --all
    """
    desk = deeds.desk(on, why, dry_run=dry_run)
    outcome = planning.sample(desk, review, whole=everything)
    if deeds.told("lookback-sample", desk, outcome, review=lookbackpage.as_json(outcome.value, items=True)):
        return
    lookbackpage.show(reading.with_names(desk.book, outcome.value))
    console.next_step(
        f"ledger lookback record {outcome.value.id} {outcome.value.items[0].about} --outcome held"
    )


def record(
    review: Review,
    ids: options.Ids,
    outcome: Annotated[
        str,
        typer.Option(
            "--outcome",
            metavar="OUTCOME",
            click_type=options.code("lookback"),
            help="held, partial, rebound or variant.",
            show_default=False,
        ),
    ],
    methods: Annotated[
        list[str] | None,
        typer.Option(
            "--method", metavar="METHOD", help="listen, look, check, visit (听看查访); may be repeated."
        ),
    ] = None,
    reviewer: Annotated[
        str, typer.Option("--reviewer", metavar="NAME", help="Who looked; whoever records, when left out.")
    ] = "",
    text: Annotated[str, typer.Option("-t", "--text", metavar="TEXT", help="What was found.")] = "",
    satisfaction: Annotated[
        str, typer.Option("--satisfaction", metavar="PERCENT", help="How many of those asked were satisfied.")
    ] = "",
    title: Annotated[
        str, typer.Option("--title", metavar="TEXT", help="The new issue that a variant becomes.")
    ] = "",
    variant: Annotated[
        str, typer.Option("--variant", metavar="ID", help="The issue on the books that the variant is.")
    ] = "",
    evidence: Annotated[
        list[Path] | None,
        typer.Option("--evidence", metavar="FILE", help="A file that shows it; may be repeated."),
    ] = None,
    why: Why = "",
    on: On = None,
    dry_run: DryRun = False,
) -> None:
    """Record what was found on what was drawn.

    What came back (rebound) is opened again, with every earlier close-out kept. A variant becomes an issue of
    its own, linked to the old one. Recorded again, the new outcome counts; the history keeps both.

    Examples:
        ledger lookback record R2025-1 7.2 --outcome held --method look,check -t "40 documents, all signed"
        ledger lookback record R2025-1 9 --outcome rebound -t "unsigned again" --evidence minutes.pdf
        ledger lookback record R2025-1 12 --outcome variant --title "Meetings are called training now"
        ledger lookback record R2025-1 3-6 --outcome held --method visit --satisfaction 96.5%
    """
    desk = deeds.desk(on, why, dry_run=dry_run)
    found = Found(
        outcome, _methods(methods or ()), reviewer, text, satisfaction, title, variant, tuple(evidence or ())
    )
    done = recording.record(desk, review, deeds.ids(ids), found)
    rows = [lookbackpage.recorded_json(each) for each in done.value]
    if deeds.told("lookback-record", desk, done, recorded=rows):
        return
    for each in done.value:
        for line in lookbackpage.recorded_lines(each):
            console.say(*line)


def _methods(typed: Sequence[str]) -> tuple[str, ...]:
    """The methods meant: codes, words in either language, or the letters 听看查访 in one word."""
    found: list[str] = []
    for word in (part for each in typed for part in re.split(r"[,，、\s]+", each) if part):
        code = labels.code("method", word)
        letters = [_LETTERS.get(letter) for letter in word]
        if code is None and None in letters:
            message = _("{method} is no way of looking").format(method=excerpt(word))
            raise UsageError(message, _("there are: {codes}").format(codes=", ".join(labels.WORDS["method"])))
        found += [code] if code else [each for each in letters if each]
    return tuple(dict.fromkeys(found))


def finish(
    review: Review,
    redos: Annotated[
        list[str] | None,
        typer.Option(
            "--redo",
            metavar='"ID NAME DATE"',
            help="Who does something again, and by when; may be repeated.",
        ),
    ] = None,
    why: Why = "",
    on: On = None,
    dry_run: DryRun = False,
) -> None:
    """Finish a look-back: every outcome is there; say who does what again, and by when.

    Told are the outcomes for each reason something was drawn, and for the part drawn by chance how many of
    all the others may be bad at most, with the confidence of the plan.

    Examples:
        ledger lookback finish R2025-1
        ledger lookback finish R2025-1 --redo "7.2 Gu 2025-09-30" --redo "9,12 Finance 2025-10-31"
    """
    desk = deeds.desk(on, why, dry_run=dry_run)
    outcome = recording.finish(desk, review, [_redo(each) for each in redos or ()])
    if deeds.told("lookback-finish", desk, outcome, review=lookbackpage.as_json(outcome.value, items=True)):
        return
    lookbackpage.result(outcome.value)


def _redo(text: str) -> tuple[list[str], Redo]:
    """What stands behind --redo: ids, a name that may have blanks, and a day."""
    words = text.split()
    if len(words) < 3:
        message = _("{text} does not say what is done again, by whom and by when").format(text=excerpt(text))
        raise UsageError(message, _('write it as --redo "7.2 NAME 2025-09-30"'))
    day = options.DAY.convert(words[-1], None, click.get_current_context(silent=True))
    return [words[0]], Redo(" ".join(words[1:-1]), day)


def show(
    review: Review,
    frame: Annotated[
        bool,
        typer.Option("--frame", help="Show the population that was written down, as its digest was taken."),
    ] = False,
) -> None:
    """Show a look-back: what was planned, what was drawn, what was found.

    With --frame the population stands there as it was written down, one uid a line, and behind it why it must
    be looked at; its SHA-256 is the digest of the plan. docs/lookback.md says how to draw by hand from it.

    Examples:
        ledger lookback show R2025-1
        ledger lookback show R2025-1 --frame
    """
    seen = looking.sight()
    if frame:
        found, population = reading.frame(seen, review)
        if console.wants_json():
            lines = frame_text(population).splitlines()
            payload = {**looking.about(seen), "review": lookbackpage.as_json(found), "population": lines}
            console.document("ledger/lookback-show@1", payload)
        else:
            console.raw(frame_text(population))
        return
    shown = reading.review(seen, review)
    if console.wants_json():
        payload = {**looking.about(seen), "review": lookbackpage.as_json(shown.review, items=True)}
        console.document("ledger/lookback-show@1", payload)
    else:
        lookbackpage.show(shown)


def list_reviews() -> None:
    """List the look-backs, and how far they are.

    Examples:
        ledger lookback list
        ledger lookback list --json
    """
    seen = looking.sight()
    found = reading.reviews(seen)
    if console.wants_json():
        payload = {**looking.about(seen), "reviews": [lookbackpage.as_json(each) for each in found]}
        console.document("ledger/lookback-list@1", payload)
        return
    lookbackpage.listing(found)
    if not found:
        console.tell(_("there is no look-back yet; plan one with: ledger lookback plan"))
        return
    count = len(found)
    console.aside(ngettext("{count} look-back", "{count} look-backs", count).format(count=count))
