"""From when on something is late: by its status, its dates, and what of it comes round again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ledger.domain.moves import Status
from ledger.domain.ticked import recorded

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from ledger.domain.cadence import Period

#: Statuses in which a missed deadline counts. Source: docs/contract.md §6.
WORKING = frozenset({Status.PENDING, Status.ACTIVE})
#: Statuses that are only late past their review date. Source: docs/contract.md §6.
REVIEWED = frozenset({Status.INTERIM, Status.LONGTERM})
#: Statuses in which something is still to be done by a date.
OPEN = frozenset({Status.PENDING, Status.ACTIVE, Status.INTERIM, Status.DONE, Status.CLOSING})


def late_from(
    status: Status, due: dt.date | None, review_on: dt.date | None, period: Period | None = None
) -> dt.date | None:
    """The date after which something is overdue: due while worked on, review date while interim or long-term.

    Shape: `period` is the one of what comes round again that is awaited; in both cases its end counts too.

    Source: docs/contract.md §6.
    """
    if status not in WORKING and status not in REVIEWED:
        return None
    day = due if status in WORKING else review_on
    if period is None:
        return day
    return period.last if day is None else min(day, period.last)


def awaited(home: Mapping[str, Any]) -> Period | None:
    """The earliest period of a measure that is neither done nor excused; None where nothing comes round."""
    stored = home.get("recurrence")
    if not stored:
        return None
    from ledger.domain.recurrence import earliest_open, recurrence_of  # few measures come round

    return earliest_open(recurrence_of(stored), recorded(home.get("occurrences", ())))
