"""Deadlines and reviews an office lets follow from a rule where nobody gives one."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import datetime as dt

    from ledger.domain.limits import Limit
    from ledger.domain.workdays import IsWorkday


class Defaults(NamedTuple):
    """The rules of ``[deadlines]``: what is None makes no date.

    Shape: `immediate` and `phased` count from the feedback, by the type of rectification (立行立改, 限期);
        the reviews from the day something became interim or long-term, was closed, or was last reviewed.
    """

    immediate: Limit | None = None
    phased: Limit | None = None
    interim_review: Limit | None = None
    longterm_review: Limit | None = None
    continuing_review: Limit | None = None

    def due(self, term: str) -> Limit | None:
        """The rule for the deadline of a type of rectification; long-term work has none."""
        return {"immediate": self.immediate, "phased": self.phased}.get(term)


class Derived(NamedTuple):
    """A date that followed from a rule, and the rule: the limit and the day it counts from."""

    on: dt.date
    limit: Limit
    since: dt.date

    def stored(self) -> dict[str, object]:
        """As an entry keeps it, so that the settings may change later. Source: DECISIONS.md D-15."""
        return {"number": self.limit.number, "unit": self.limit.unit, "since": self.since}


def derived(limit: Limit | None, since: dt.date | None, is_workday: IsWorkday) -> Derived | None:
    """The date that follows from a rule; none without a rule, or without the day it counts from.

    Raises:
        UsageError: the day lies beyond the calendar.
        RefusedError: working days of a year without a calendar (from `is_workday`).
    """
    if limit is None or since is None:
        return None
    return Derived(limit.end(since, is_workday), limit, since)
