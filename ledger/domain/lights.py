"""The colour that says how a deadline stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger.domain.moves import Status

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from ledger.domain.settings import Light

#: Statuses without a colour, however late: nothing is awaited any more.
UNLIT = frozenset({Status.CLOSED, Status.VOID})


def days_late(late_from: dt.date | None, today: dt.date) -> int | None:
    """How many days after its date something stands; None without a date.

    Units: whole days; negative days are days still left, 0 is the day itself.
    """
    return None if late_from is None else (today - late_from).days


def light(days: int | None, status: str, lights: Sequence[Light]) -> str | None:
    """The code of the light that shows, None when there is nothing to show.

    Shape: `lights` from the most late to the least, as the settings give them: the first that is
        reached shows. Long-term work shows none until its review is late.
    Units: `days` late; negative days are days still left; None: it cannot be late.

    Source: docs/contract.md §6; the thresholds are the office's, DECISIONS.md D-20.
    """
    if days is None or status in UNLIT or (status == Status.LONGTERM and days <= 0):
        return None
    return next((each.code for each in lights if each.from_days <= days), None)
