"""The figures of a period that balance: what was there, what came and went, what is there."""

from __future__ import annotations

from gettext import gettext as _
from gettext import pgettext
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from ledger.domain.changes import Move, Shift, Turn
from ledger.domain.moves import Status
from ledger.reports.words import Words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ledger.domain.changes import Side

#: Anything that happened on a day.
Event: TypeAlias = Move | Turn | Shift


class Balance(NamedTuple):
    """One figure of a period: before, what made it more and less, after.

    Shape: `code` is that of a status, or all, overdue, reopened, due_later or due_sooner; the last three only
        count what happened, and have no `before` and `after`.
    """

    code: str
    label: str
    before: int | None
    gained: Sequence[Event]
    lost: Sequence[Event]
    after: int | None


def balances(side: Side) -> tuple[Balance, ...]:
    """The figures of issues or of measures, in the language in force."""
    say = Words()
    found = [
        Balance(
            "all",
            say.field["total"],
            side.opening.total,
            side.inflow(None),
            side.outflow(None),
            side.closing.total,
        )
    ]
    for status in (Status.CLOSED, Status.INTERIM, Status.LONGTERM):
        before, after = side.opening.by_status[status], side.closing.by_status[status]
        flows = side.inflow(status), side.outflow(status)
        found.append(Balance(str(status), say.status[status], before, *flows, after))
    fell = tuple(each for each in side.turns if each.late)
    left = tuple(each for each in side.turns if not each.late)
    late = pgettext("document", "overdue")
    found.append(Balance("overdue", late, side.opening.overdue, fell, left, side.closing.overdue))
    later = tuple(each for each in side.shifts if each.after > each.before)
    sooner = tuple(each for each in side.shifts if each.after < each.before)
    return (
        *found,
        Balance("reopened", _("reopened"), None, side.reopened, (), None),
        Balance("due_later", _("deadline moved later"), None, later, (), None),
        Balance("due_sooner", _("deadline moved sooner"), None, sooner, (), None),
    )
