"""What is not finished, one line each: why, what was asked for, what comes next (未完成项)."""

from __future__ import annotations

from gettext import gettext as _
from gettext import pgettext
from typing import TYPE_CHECKING

from ledger.domain.moves import Status
from ledger.domain.words import clauses
from ledger.reports.standing import wording
from ledger.reports.views import Column, Kind, Table
from ledger.reports.words import Words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ledger.domain.issue import Target
    from ledger.reports.views import Cell
    from ledger.reports.wordedissues import Matter


def unfinished(matters: Iterable[Matter]) -> Table:
    """The measures, and issues without any, on which work is not over, in the order of their numbers."""
    say = Words()
    columns = (
        *say.columns("id"),
        Column("text", _("issue or measure")),
        *say.columns("unit", "leader", "status"),
        Column("due_original", pgettext("notice", "planned for"), Kind.DATE),
        Column("due", pgettext("notice", "due"), Kind.DATE),
        Column("reason", pgettext("notice", "how it stands and why")),
        Column("next", pgettext("notice", "next step")),
    )
    rows = tuple(_row(each, say) for each in _open(matters))
    return Table(columns, rows, pgettext("notice", "Everything is finished."))


def _open(matters: Iterable[Matter]) -> Iterator[Target]:
    over = (Status.DONE, Status.CLOSING, Status.CLOSED, Status.VOID)
    for matter in matters:
        issue = matter.issue
        if issue.status in over or matter.is_finished:
            continue
        yield from (each for each in issue.live or (issue,) if each.status not in over)


def _row(target: Target, say: Words) -> tuple[Cell, ...]:
    return (
        target.id,
        wording(target),
        target.unit,
        target.leader,
        say.standing(target),
        target.due_original,
        target.due,
        clauses(_reason(target, say)),
        clauses(_next(target)),
    )


def _reason(target: Target, say: Words) -> Iterator[str]:
    """The latest note, the remark, and what has been asked for and not answered."""
    if target.notes:
        note = max(target.notes, key=lambda each: each.on)
        yield f"{note.on} {note.text}"
    if target.remark:
        yield target.remark
    if target.requested:
        yield say.requested(target)


def _next(target: Target) -> Iterator[str]:
    """The goal of the stage and the day of the next review."""
    if target.interim_goal:
        yield pgettext("notice", "Goal of the stage: {goal}").format(goal=target.interim_goal)
    if target.review_on is not None:
        yield pgettext("notice", "next review {day}").format(day=target.review_on)
