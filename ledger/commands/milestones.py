"""Milestones: what the office itself owes by when, and that one was reached."""

from __future__ import annotations

from collections.abc import Sequence
from gettext import gettext as _
from typing import Annotated, Any

import typer

from ledger.commands import deeds, looking
from ledger.commands.options import DoneText, DryRun, Meeting, On, Signer
from ledger.domain.milestones import Standing
from ledger.ui import ask, console, labels
from ledger.ui.console import Cell, Column, Toned
from ledger.usecases import milestones

#: What a pipe gets of each milestone.
TSV = ("code", "label", "after", "since", "limit", "due", "days", "on", "id", "evidence")

Code = Annotated[
    str, typer.Argument(metavar="CODE", help="A milestone, by its code or its label.", show_default=False)
]


def milestone_list() -> None:
    """Show what the office itself owes by when: plan, meeting, report, publication.

    They are declared as [[milestones]] in ledger.toml, with limits in days, working days or months after the
    feedback, the end of the concentrated period, or another milestone.

    Examples:
        ledger milestone list
        ledger milestone list --as-of 2025-03-31 --json
    """
    seen = looking.sight()
    found = milestones.stand(seen)
    for doubt in dict.fromkeys(each.doubt for each in found if each.doubt):
        console.warn(doubt)
    if console.wants_json():
        payload = [as_json(each, each.days(seen.day)) for each in found]
        console.document("ledger/milestone-list@1", {**looking.about(seen), "milestones": payload})
    elif console.wants_plain():
        rows = [_plain(each, each.days(seen.day)) for each in found]
        console.rows([Column(each) for each in TSV], rows)
    elif found:
        headings = (_("Milestone"), _("Counts from"), _("Limit"), _("Due"), _("Reached"), "")
        whole = {3, 4}
        columns = [Column(each, whole=place in whole) for place, each in enumerate(headings)]
        console.aside(looking.when(seen))
        console.rows(columns, [_row(each, each.days(seen.day), found) for each in found])
    else:
        console.tell(_("this ledger declares no milestones"))


def milestone_done(
    code: Code = "",
    text: DoneText = "",
    signer: Signer = None,
    meeting: Meeting = None,
    on: On = None,
    dry_run: DryRun = False,
) -> None:
    """Say that a milestone was reached, and when.

    It becomes a record of its own (milestones:3), to which evidence can be attached and which can be undone
    or taken off the books like any other.

    Examples:
        ledger milestone done plan --on 2025-03-14 --meeting "Party group 6"
        ledger evidence add milestones:1 minutes.pdf
    """
    wanted = code or ask.text(_("Which milestone?"), flag="CODE")
    desk = deeds.desk(on, dry_run=dry_run)
    outcome = milestones.reach(desk, wanted, text, meeting=meeting or "", signer=signer or "")
    if not deeds.told("milestone-done", desk, outcome, id=outcome.value):
        day = desk.actor.on
        console.say(_("reached on {day}: {code} ({id})").format(day=day, code=wanted, id=outcome.value))
        console.next_step(f"ledger evidence add {outcome.value} FILE")


def as_json(each: Standing, days: int | None) -> dict[str, Any]:
    """A milestone as codes. Units: `days` late, negative when days are left."""
    milestone, reached = each.milestone, each.reached
    limit = milestone.limit
    return {
        "code": milestone.code,
        "label": milestone.label or None,
        "after": milestone.after,
        "since": each.since,
        "limit": None if limit is None else {"number": limit.number, "unit": limit.unit},
        "due": each.due,
        "days": days,
        "reached": None
        if reached is None
        else {
            "id": reached.id,
            "on": reached.on,
            "text": reached.text or None,
            "evidence": reached.evidence,
        },
        "place": milestone.place or None,
    }


def _plain(each: Standing, days: int | None) -> tuple[Cell, ...]:
    milestone, reached = each.milestone, each.reached
    limit = f"{milestone.limit.number} {milestone.limit.unit}" if milestone.limit else ""
    done: tuple[Cell, ...] = (reached.on, reached.id, reached.evidence) if reached else ("", "", "")
    head = (milestone.code, milestone.label, milestone.after, each.since, limit, each.due)
    return (*head, "" if days is None else days, *done)


def _row(each: Standing, days: int | None, every: Sequence[Standing]) -> tuple[Cell, ...]:
    milestone, reached = each.milestone, each.reached
    names = {one.milestone.code: one.milestone.label or one.milestone.code for one in every}
    after = names.get(milestone.after) or labels.label("milestone_after", milestone.after)
    since = f"{after} {each.since}" if each.since else after
    return (
        names[milestone.code],
        since if milestone.limit or each.due else "",
        milestone.limit.words() if milestone.limit else "",
        each.due or "",
        reached.on if reached else "",
        _late(days, reached=reached is not None),
    )


def _late(days: int | None, *, reached: bool) -> Cell:
    """How late it is, or was; nothing said of what was reached in time."""
    if days is None or (reached and days <= 0):
        return ""
    return Toned(looking.lateness(days), "bad") if days > 0 else looking.lateness(days)
