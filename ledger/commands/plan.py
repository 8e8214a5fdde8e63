"""Issues and measures: entered, given to somebody, changed, and approved as a plan."""

from __future__ import annotations

from gettext import gettext as _
from typing import Annotated, Any

import typer

from ledger.commands import deeds, options
from ledger.commands.options import (
    Category,
    Continuing,
    CoUnits,
    Criterion,
    Deliverable,
    DryRun,
    Due,
    Every,
    Flags,
    Id,
    Ids,
    InterimGoal,
    Leader,
    Measures,
    On,
    Owner,
    Remark,
    ReviewOn,
    Term,
    Title,
    Unit,
    Why,
)
from ledger.errors import UsageError
from ledger.ui import ask, console
from ledger.usecases import planning

Down = Annotated[bool, typer.Option("--down", help="Let the measures take it from the issue.")]
Erratum = Annotated[bool, typer.Option("--erratum", help="It corrects a slip; sign-offs stay valid.")]
Texts = Annotated[
    list[str] | None, typer.Option("--text", "-t", metavar="TEXT", help="A measure; may be repeated.")
]
IssueTitle = Annotated[
    str, typer.Argument(metavar="TITLE", help="The issue in one line.", show_default=False)
]
Roster = Annotated[
    list[str] | None,
    typer.Option(
        "--roster",
        metavar="NAMES",
        help="Names it has to reach: typed, a group of people.toml, or @FILE; may be repeated.",
    ),
]
Serves = Annotated[
    list[str] | None,
    typer.Option("--serves", metavar="ID", help="A further issue the measure counts for; may be repeated."),
]


def add(
    title: IssueTitle = "",
    measure: Measures = None,
    category: Category = None,
    unit: Unit = None,
    co_unit: CoUnits = None,
    leader: Leader = None,
    owner: Owner = None,
    criterion: Criterion = None,
    deliverable: Deliverable = None,
    term: Term = None,
    continuing: Continuing = None,
    due: Due = None,
    flag: Flags = None,
    remark: Remark = None,
    on: On = None,
    dry_run: DryRun = False,
) -> None:
    """Enter an issue.

    Its number is the next one; numbers are never used again. Where somebody is at the terminal, what is
    missing is asked for.

    Examples:
        ledger add "Documents are published late"
        ledger add "Documents are published late" --unit Office --due 2025-06-30
        ledger add "Files in disorder" -m "Set up an archive" -m "Train the clerks"
    """
    if not title:
        title = ask.text(_("What was found?"), flag="TITLE")
        unit = unit or ask.text(_("Responsible unit"), flag="--unit", required=False) or None
        due = due or ask.text(_("Due"), flag="--due", required=False) or None
    fields = deeds.given(
        title=title,
        category=category,
        unit=unit,
        co_units=co_unit,
        leader=leader,
        owner=owner,
        criterion=criterion,
        deliverable=deliverable,
        term=term,
        continuing=continuing,
        due=due,
        flags=flag,
        remark=remark,
    )
    desk = deeds.desk(on, dry_run=dry_run)
    outcome = planning.add_issue(desk, fields, measure or ())
    number = outcome.value
    if not deeds.told("add", desk, outcome, id=str(number)):
        console.say(f"{number}  ", title)
        console.next_step(f"ledger measure {number} -t ...", f"ledger assign {number} --unit ...")


def measure(
    issue: Id,
    text: Texts = None,
    serves: Serves = None,
    unit: Unit = None,
    co_unit: CoUnits = None,
    leader: Leader = None,
    owner: Owner = None,
    criterion: Criterion = None,
    deliverable: Deliverable = None,
    term: Term = None,
    continuing: Continuing = None,
    due: Due = None,
    every: Every = None,
    roster: Roster = None,
    remark: Remark = None,
    why: Why = "",
    on: On = None,
    dry_run: DryRun = False,
) -> None:
    """Enter what will be done about an issue.

    What a measure does not say of its own it takes from the issue: unit, leader, person, criterion,
    kind of rectification and deadline. What is done --every quarter is recorded with `ledger occur`, what
    has to reach every name of a --roster with `ledger roster`.

    Examples:
        ledger measure 7 -t "Revise the rules for documents" -t "Check ten documents a month"
        ledger measure 7 -t "Inspect the seals" --every quarter --roster "Finance,Archive"
        ledger measure 7 -t "Joint training" --serves 8 --serves 9
    """
    texts = text or [ask.text(_("What will be done?"), flag="--text")]
    fields = deeds.given(
        unit=unit,
        co_units=co_unit,
        leader=leader,
        owner=owner,
        criterion=criterion,
        deliverable=deliverable,
        term=term,
        continuing=continuing,
        due=due,
        recurrence=every,
        roster=roster,
        remark=remark,
    )
    desk = deeds.desk(on, why, dry_run=dry_run)
    outcome = planning.add_measures(desk, issue, texts, fields, serves=serves or ())
    if not deeds.told("measure", desk, outcome, ids=outcome.value):
        for name, words in zip(outcome.value, texts, strict=True):
            console.say(f"{name}  ", words)


def assign(
    ids: Ids,
    unit: Unit = None,
    co_unit: CoUnits = None,
    leader: Leader = None,
    owner: Owner = None,
    due: Due = None,
    every: Every = None,
    down: Down = False,
    why: Why = "",
    on: On = None,
    dry_run: DryRun = False,
) -> None:
    """Say who is responsible, and by when.

    With --down the measures of an issue give up their own values and take the issue's. After the plan is
    approved a reason is needed to put somebody else in place.

    Examples:
        ledger assign 7 --unit Office --leader "Zhang" --due 2025-06-30
        ledger assign 3-9 --unit Finance --down
    """
    given = (unit, co_unit, leader, owner, due, every)
    if all(each is None for each in given) and not down and ask.possible():
        unit = ask.text(_("Responsible unit"), flag="--unit", required=False) or None
        leader = ask.text(_("Responsible leader"), flag="--leader", required=False) or None
        due = ask.text(_("Due"), flag="--due", required=False) or None
    fields = deeds.given(unit=unit, co_units=co_unit, leader=leader, owner=owner, due=due, recurrence=every)
    desk = deeds.desk(on, why, dry_run=dry_run)
    outcome = planning.assign(desk, deeds.ids(ids), fields, down=down)
    deeds.tell("assign", desk, outcome, _("assigned"))


def claim(ids: Ids, leader: Leader = None, on: On = None, dry_run: DryRun = False) -> None:
    """Accept issues as their leader.

    Without --leader the leader of each issue, or of its unit, claims it.

    Examples:
        ledger claim 1-23 --leader "Zhang"
        ledger claim 7
    """
    desk = deeds.desk(on, dry_run=dry_run)
    outcome = planning.claim(desk, deeds.ids(ids), leader or "")
    deeds.tell("claim", desk, outcome, _("claimed"))


def split(
    word: Id,
    text: Texts = None,
    title: Title = None,
    measures: Annotated[
        list[str] | None,
        typer.Option(
            "--measures", metavar="ID", help="The measures that go to the new issue; may be repeated."
        ),
    ] = None,
    why: Why = "",
    on: On = None,
    dry_run: DryRun = False,
) -> None:
    """Make several measures, or issues, of one.

    The first text stays with the measure, each other becomes a new one. An issue gives some of its
    measures to a new issue.

    Examples:
        ledger split 7.2 -t "Sign every document" -t "Check for copying"
        ledger split 7 --title "Archives in disorder" --measures 7.3,7.4
    """
    from ledger.usecases import shaping

    desk = deeds.desk(on, why, dry_run=dry_run)
    outcome = shaping.split(desk, word, text or (), title=title or "", measures=measures or ())
    if not deeds.told("split", desk, outcome, ids=outcome.value):
        console.say(_("{id} was split; new: {names}").format(id=word, names=" ".join(outcome.value)))


def merge(ids: Ids, why: Why = "", on: On = None, dry_run: DryRun = False) -> None:
    """Make one measure, or issue, of several.

    The first stays, the others become void.

    Examples:
        ledger merge 7.2 7.3
        ledger merge 7 9 --why "the same finding"
    """
    from ledger.usecases import shaping

    desk = deeds.desk(on, why, dry_run=dry_run)
    outcome = shaping.merge(desk, deeds.ids(ids))
    if not deeds.told("merge", desk, outcome, id=outcome.value):
        console.say(_("merged into {id}").format(id=outcome.value))


def move(
    ids: Ids,
    to: Annotated[
        str, typer.Option("--to", metavar="ID", help="The issue that takes it, or the new number.")
    ],
    why: Why = "",
    on: On = None,
    dry_run: DryRun = False,
) -> None:
    """Put a measure under another issue, or give an issue of a draft plan another number.

    Examples:
        ledger move 7.2 --to 9
        ledger move 7 --to 30
    """
    from ledger.usecases import shaping

    desk = deeds.desk(on, why, dry_run=dry_run)
    outcome = shaping.move(desk, deeds.ids(ids), to)
    if not deeds.told("move", desk, outcome, ids=outcome.value):
        console.say(_("now {names}").format(names=" ".join(outcome.value)))


def edit(
    ids: Ids,
    title: Title = None,
    text: Annotated[
        str | None, typer.Option("--text", "-t", metavar="TEXT", help="The text of a measure.")
    ] = None,
    category: Category = None,
    unit: Unit = None,
    co_unit: CoUnits = None,
    leader: Leader = None,
    owner: Owner = None,
    criterion: Criterion = None,
    deliverable: Deliverable = None,
    result: options.Result = None,
    term: Term = None,
    continuing: Continuing = None,
    due: Due = None,
    interim_goal: InterimGoal = None,
    review_on: ReviewOn = None,
    every: Every = None,
    flag: Flags = None,
    variant_of: Annotated[
        str | None,
        typer.Option(
            "--variant-of", metavar="ID", help="The issue it was before: 7, or 2023/7 of an earlier ledger."
        ),
    ] = None,
    remark: Remark = None,
    serves: Serves = None,
    erratum: Erratum = False,
    why: Why = "",
    on: On = None,
    dry_run: DryRun = False,
) -> None:
    """Change what a record says.

    An empty value takes a field away. After the plan is approved a reason is needed; a change to what was
    signed makes the sign-offs suspect until confirmed, unless it is an erratum.

    Examples:
        ledger edit 7 --title "Documents are published late"
        ledger edit 7.2 --criterion "every document is signed" --why "as the meeting asked"
        ledger edit 7.2 -t "Check ten documents a month" --erratum --why "a slip of the pen"
        ledger edit 12 --variant-of 7
    """
    fields: dict[str, Any] = deeds.given(
        title=title,
        text=text,
        category=category,
        unit=unit,
        co_units=co_unit,
        leader=leader,
        owner=owner,
        criterion=criterion,
        deliverable=deliverable,
        result=result,
        term=term,
        continuing=continuing,
        due=due,
        interim_goal=interim_goal,
        review_on=review_on,
        recurrence=every,
        flags=flag,
        variant_of=variant_of,
        remark=remark,
    )
    if not fields and serves is None:
        raise UsageError(_("nothing to change was given"), _("ledger edit --help lists the fields"))
    desk = deeds.desk(on, why, dry_run=dry_run)
    outcome = planning.edit(desk, deeds.ids(ids), fields, erratum=erratum, serves=serves)
    deeds.tell("edit", desk, outcome, _("changed"))
