"""What waits for a sign-off, step by step, and for how long against the limit of the step."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ledger.domain.words import with_hint
from ledger.errors import RefusedError, UsageError
from ledger.store.calendar import workdays_of

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from ledger.domain.closeout import Step
    from ledger.domain.limits import Limit
    from ledger.domain.workdays import IsWorkday
    from ledger.store.lists import Waiting
    from ledger.usecases.sight import Sight


class Queued(NamedTuple):
    """What waits for a step.

    Shape: `since` is when it was reported or last signed; `until` the last day of the step's limit, None
        where there is no limit or it cannot be counted.
    Units: `days` late past that day, negative when days are left, None without it.
    """

    id: str
    uid: str
    text: str
    unit: str | None
    since: dt.date | None
    signed: int
    suspect: bool
    until: dt.date | None = None
    days: int | None = None


class Queue(NamedTuple):
    """What waits for one step of close-out, the longest first.

    Shape: `place` counts the step from 1 in a chain of `of` steps; `limit` is how long it may take.
    Units: `longest_days` whole days since the first of them was reported or last signed; `late` how many wait
        longer than the limit.
    """

    step: str
    label: str
    place: int
    of: int
    items: tuple[Queued, ...]
    longest_days: int | None
    limit: Limit | None = None

    @property
    def late(self) -> int:
        """How many wait longer than the limit."""
        return sum(1 for each in self.items if (each.days or 0) > 0)


class Waits:
    """What waits, by step: what has been signed by none waits for the first of the chain in force.

    Attributes:
        doubts: Sentences about limits that cannot be counted.
    """

    def __init__(self, sight: Sight) -> None:
        """Look at the chain and the calendar of a ledger, on the day looked at."""
        self._day = sight.day
        self._chain = sight.book.settings.chain
        self.doubts: dict[str, None] = {}
        self._is_workday: IsWorkday = workdays_of(sight.book.settings.workdays)
        self._known: dict[tuple[Limit, dt.date], dt.date | None] = {}

    def queues(self, waiting: Iterable[Waiting]) -> tuple[Queue, ...]:
        """The queues in the order of the steps."""
        groups: dict[str, list[Waiting]] = {}
        for each in waiting:
            groups.setdefault(each.step or self._chain.steps[0].code, []).append(each)
        places = {code: place for place, code in enumerate(self._chain.codes, 1)}
        steps = {step.code: step for step in self._chain.steps}
        ordered = sorted(groups, key=lambda code: (places.get(code, len(places) + 1), code))
        return tuple(self._queue(code, steps.get(code), groups[code]) for code in ordered)

    def _queue(self, code: str, step: Step | None, items: list[Waiting]) -> Queue:
        since = [each.since for each in items if each.since is not None]
        limit = step.limit if step else None
        return Queue(
            step=code,
            label=(step.label if step else "") or code,
            place=items[0].signed + 1,
            of=items[0].steps or len(self._chain.steps),
            items=tuple(self._queued(each, limit) for each in items),
            longest_days=max((self._day - min(since)).days, 0) if since else None,
            limit=limit,
        )

    def _queued(self, each: Waiting, limit: Limit | None) -> Queued:
        until = self._until(limit, each.since) if limit and each.since else None
        days = None if until is None else (self._day - until).days
        shown = (each.id, each.uid, each.text, each.unit, each.since, each.signed, each.suspect)
        return Queued(*shown, until, days)

    def _until(self, limit: Limit, since: dt.date) -> dt.date | None:
        """The last day of a limit, counted once a day from which things wait."""
        asked = (limit, since)
        if asked not in self._known:
            try:
                self._known[asked] = limit.end(since, self._is_workday)
            except (RefusedError, UsageError) as error:  # the rest is shown, and that is said
                self.doubts[with_hint(error)] = None
                self._known[asked] = None
        return self._known[asked]
