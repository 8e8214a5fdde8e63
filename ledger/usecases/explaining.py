"""Why an issue or a measure counts as it does: its status, its light, its deadline, its close-out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

from ledger.domain.course import OWN
from ledger.domain.issue import Issue
from ledger.domain.lateness import REVIEWED, WORKING
from ledger.domain.lights import days_late
from ledger.domain.moves import Status
from ledger.domain.remaining import Remaining, remaining
from ledger.domain.tracing import Doubt, doubts, turning_point
from ledger.usecases.looking import Chosen
from ledger.usecases.shining import lamps

if TYPE_CHECKING:
    import datetime as dt

    from ledger.domain.entry import Entry
    from ledger.domain.issue import Target
    from ledger.domain.lights import Shining
    from ledger.domain.settings import Settings

#: Why something counts as overdue, or does not: past its due or its review date; not past it yet; no date;
#: reported done and waiting for sign-offs; closed; void. Source: docs/contract.md §6.
Deadline: TypeAlias = Literal["late", "in_time", "no_date", "awaiting", "closed", "void"]


@dataclass(frozen=True, slots=True)
class Reasons:
    """Why one issue or measure counts as it does.

    Shape: `since` is the entry that gave the status; `late_from` the date after which it is late, a review
        date when `by_review`, the end of `period` where that is one of what comes round again; `decided_by`
        the id of what sets the date of an issue; `rule` the light that shows, and why; `remaining` is None
        for what is closed or void, or closed with something else: an issue with its measures, of which
        `waits_for` names those that are not closed yet.
    Units: `days` late, negative when days are left, None without a date.
    """

    target: Target
    since: Entry | None
    deadline: Deadline
    late_from: dt.date | None
    by_review: bool
    period: str
    days: int | None
    decided_by: str
    rule: Shining | None
    remaining: Remaining | None
    waits_for: tuple[str, ...]
    doubts: tuple[Doubt, ...]


def reasons(chosen: Chosen, settings: Settings, day: dt.date) -> tuple[Reasons, ...]:
    """Why a measure counts as it does; of an issue first itself, then each of its measures."""
    left = {each.key: each for each in remaining(chosen.seen.state, settings, day)}
    found = [_reasons(chosen, settings, day, left.get(chosen.key))]
    if chosen.key == OWN:
        for measure in chosen.seen.issue.measures:
            found.append(_reasons(Chosen(chosen.seen, measure.uid), settings, day, left.get(measure.uid)))
    return tuple(found)


def _reasons(chosen: Chosen, settings: Settings, day: dt.date, left: Remaining | None) -> Reasons:
    target, seen = chosen.target, chosen.seen
    decider = _decider(target)
    late_from = target.late_since if isinstance(target, Issue) else target.late_from
    days = days_late(late_from, day)
    return Reasons(
        target=target,
        since=turning_point(seen.state, seen.undone, chosen.key),
        deadline=_deadline(target, days),
        late_from=late_from,
        by_review=decider.late_by == "review",
        period=decider.awaited.name if decider.awaited and decider.late_by == "period" else "",
        days=days,
        decided_by=decider.id,
        rule=lamps(seen, settings).shining(chosen.key, day, now=True),
        remaining=left,
        waits_for=() if left is not None else _not_closed(target),
        doubts=doubts(seen.state, seen.undone, chosen.key),
    )


def _decider(target: Target) -> Target:
    """What sets the date of an issue: the first of its measures to be late."""
    if not isinstance(target, Issue):
        return target
    dated = [
        each for each in target.live if each.late_from is not None and each.late_from == target.late_since
    ]
    return dated[0] if dated else target


def _not_closed(target: Target) -> tuple[str, ...]:
    """The measures an issue that is closed with them still waits for."""
    if not isinstance(target, Issue) or target.status in (Status.CLOSED, Status.VOID):
        return ()
    return tuple(each.id for each in target.live if each.status is not Status.CLOSED)


def _deadline(target: Target, days: int | None) -> Deadline:
    if target.status is Status.CLOSED:
        return "closed"
    if target.status is Status.VOID:
        return "void"
    if days is not None:
        return "late" if days > 0 else "in_time"
    waits = target.status not in WORKING and target.status not in REVIEWED
    return "awaiting" if waits else "no_date"
