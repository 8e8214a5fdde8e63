"""What changed from one day to another: what came, what was closed, what fell late, what got more time."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from itertools import pairwise
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from ledger.domain.course import OWN
from ledger.domain.moves import Status
from ledger.domain.rates import COUNTED, Count, Tally
from ledger.domain.spells import scene, standing

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from ledger.domain.spells import Scene, Spell

_DAY = dt.timedelta(days=1)


class Move(NamedTuple):
    """Something got another status on a day.

    Shape: `uid` of an issue or a measure; None stands for what does not count: not entered yet, or void.
    """

    uid: str
    on: dt.date
    before: Status | None
    after: Status | None


class Turn(NamedTuple):
    """Something fell late on a day, the first of its lateness, or ceased to be late."""

    uid: str
    on: dt.date
    late: bool


class Shift(NamedTuple):
    """A deadline that was fixed got another date on a day."""

    uid: str
    on: dt.date
    before: dt.date
    after: dt.date


class Side(NamedTuple):
    """The changes of all issues, or of all measures: what counted before, what happened, what counts after.

    Shape: `opening` is the count at the end of the day before, `closing` that at the end of the last day.
        What was there and each kind of event make what is there: see `inflow` and `outflow`. One thing may
        be there several times, for instance closed, reopened and closed again.
    """

    opening: Count
    closing: Count
    moves: tuple[Move, ...]
    turns: tuple[Turn, ...]
    shifts: tuple[Shift, ...]

    def inflow(self, status: Status | None) -> tuple[Move, ...]:
        """What got a status; with None all that was entered, or came back on the books."""
        if status is None:
            return tuple(each for each in self.moves if each.before is None)
        return tuple(each for each in self.moves if each.after is status)

    def outflow(self, status: Status | None) -> tuple[Move, ...]:
        """What lost a status; with None all that was taken off the books."""
        if status is None:
            return tuple(each for each in self.moves if each.after is None)
        return tuple(each for each in self.moves if each.before is status)

    @property
    def reopened(self) -> tuple[Move, ...]:
        """What was closed and is worked on again."""
        return tuple(each for each in self.outflow(Status.CLOSED) if each.after is not None)


class Changes(NamedTuple):
    """What changed from the first day to the last, both included, of issues and of measures.

    Shape: `alone` counts the late issues without measures, before and after.
    """

    first: dt.date
    last: dt.date
    issues: Side
    measures: Side
    alone: tuple[int, int] = (0, 0)

    @property
    def opening(self) -> Tally:
        """The counts at the end of the day before the first."""
        issues, measures = self.issues.opening, self.measures.opening
        return Tally(issues, measures, measures.overdue + self.alone[0])

    @property
    def closing(self) -> Tally:
        """The counts at the end of the last day."""
        issues, measures = self.issues.closing, self.measures.closing
        return Tally(issues, measures, measures.overdue + self.alone[1])


def changes(
    ledger: Iterable[tuple[str, Mapping[str, Sequence[Spell]]]], first: dt.date, last: dt.date
) -> Changes:
    """What changed in a ledger between two days, each figure from the events of its kind.

    Shape: `ledger` gives the uid of each issue with what `spells` gives of it, at least the last spell before
        these days and all that begin on them. A measure counts while its
        issue does; one that serves several issues counts once. A day is what had happened by its end.

    Source: docs/contract.md §6.
    """
    sums = _Sums(first, last)
    for uid, found in ledger:
        sums.take(uid, found)
    return Changes(first, last, sums.issues.side(), sums.measures.side(), (sums.alone[0], sums.alone[1]))


def of_whole(found: Changes, closing: Tally) -> Changes:
    """The changes of a whole ledger, out of those of all issues in which anything changed or fell late.

    Shape: `closing` are the counts of the whole ledger at the end of the last day. Whatever did not change
        counts at both ends alike.
    """

    def side(part: Side, whole: Count) -> Side:
        return part._replace(opening=_moved(whole, part.closing, part.opening), closing=whole)

    alone = closing.overdue - closing.measures.overdue
    return found._replace(
        issues=side(found.issues, closing.issues),
        measures=side(found.measures, closing.measures),
        alone=(alone - found.alone[1] + found.alone[0], alone),
    )


def _moved(count: Count, less: Count, more: Count) -> Count:
    """A count with one part of it replaced."""
    statuses = {each: count.by_status[each] - less.by_status[each] + more.by_status[each] for each in COUNTED}
    return Count(count.total - less.total + more.total, statuses, count.overdue - less.overdue + more.overdue)


class _Sum:
    """What has been added up so far."""

    def __init__(self) -> None:
        self.statuses = (Counter[Status](), Counter[Status]())
        self.late = [0, 0]
        self.moves: list[Move] = []
        self.turns: list[Turn] = []
        self.shifts: list[Shift] = []

    def side(self) -> Side:
        opening, closing = (
            Count(statuses.total(), {each: statuses[each] for each in COUNTED}, late)
            for statuses, late in zip(self.statuses, self.late, strict=True)
        )
        return Side(opening, closing, tuple(self.moves), tuple(self.turns), tuple(self.shifts))


class _Sums:
    """The changes of issues and of measures between two days, issue by issue."""

    def __init__(self, first: dt.date, last: dt.date) -> None:
        self.first = first
        self.last = last
        self.before = first - _DAY if first > dt.date.min else None
        self.issues, self.measures = _Sum(), _Sum()
        self.alone = [0, 0]

    def take(self, uid: str, found: Mapping[str, Sequence[Spell]]) -> None:
        if self._is_still(found):
            self._take_still(uid, found)
            return
        for place, day in enumerate((self.before, self.last)):
            stood = scene(found, day) if day is not None else None
            if stood is not None and day is not None:
                self._count(stood, day, place)
        for key, course in found.items():
            home, name = (self.issues, uid) if key == OWN else (self.measures, key)
            above = () if key == OWN else found[OWN]
            home.moves += self._moves(name, course, above)
            home.shifts += self._shifts(name, course, above)
        self._turns(uid, found)

    def _take_still(self, uid: str, found: Mapping[str, Sequence[Spell]]) -> None:
        """An issue to which nothing was done: it stands as it stood, but may have fallen late."""
        stood = scene(found, self.last)
        if stood is None:
            return
        for place, day in enumerate((self.before, self.last)):
            if day is not None:
                self._count(stood, day, place)
        since = stood.late_since
        if since is not None and since < self.last:
            self._turns(uid, found)

    def _count(self, stood: Scene, day: dt.date, place: int) -> None:
        if stood.own.status is Status.VOID:
            return
        late = stood.late(day)
        self.issues.statuses[place][stood.own.status] += 1
        self.issues.late[place] += bool(late)
        self.alone[place] += OWN in late
        for key, each in stood.measures.items():
            self.measures.statuses[place][each.status] += 1
            self.measures.late[place] += key in late

    def _is_still(self, found: Mapping[str, Sequence[Spell]]) -> bool:
        """Whether nothing was done between the two days."""
        return not any(self.first <= each.on <= self.last for course in found.values() for each in course)

    def _moves(self, uid: str, course: Sequence[Spell], above: Sequence[Spell]) -> Iterator[Move]:
        """The changes of status; a measure of an issue that is void counts as void."""
        both = ((0, course), (1, above))
        steps = [(each.on, place, each.status) for place, spells in both for each in spells]
        own: Status | None = None
        issue: Status | None = None
        counted: Status | None = None
        for on, of_issue, status in sorted(steps, key=itemgetter(0, 1)):
            if on > self.last:
                return
            own, issue = (own, status) if of_issue else (status, issue)
            now = None if Status.VOID in (own, issue) else own
            if now is not counted and on >= self.first:
                yield Move(uid, on, counted, now)
            counted = now

    def _shifts(self, uid: str, course: Sequence[Spell], above: Sequence[Spell]) -> Iterator[Shift]:
        """The fixed deadlines that moved, of what counts."""
        for one, two in pairwise(course):
            if not self.first <= two.on <= self.last or not one.fixed or not one.due or not two.due:
                continue
            issue = standing(above, two.on)
            statuses = (one.status, two.status, issue.status if issue else None)
            if one.due != two.due and Status.VOID not in statuses:
                yield Shift(uid, two.on, one.due, two.due)

    def _turns(self, uid: str, found: Mapping[str, Sequence[Spell]]) -> None:
        """When things fell late and ceased to be: looked at on each day on which that could change."""
        days = {
            day
            for course in found.values()
            for each in course
            for day in (each.on, _after(each.late_from) or each.on)
            if self.first <= day <= self.last
        }
        late = _late(found, self.before) if days else frozenset()
        for day in sorted(days):
            now = _late(found, day)
            self.measures.turns += [Turn(key, day, key in now) for key in sorted((late ^ now) - {OWN})]
            if bool(late) != bool(now):
                self.issues.turns.append(Turn(uid, day, bool(now)))
            late = now


def _after(day: dt.date | None) -> dt.date | None:
    return day + _DAY if day is not None and day < dt.date.max else None


def _late(found: Mapping[str, Sequence[Spell]], day: dt.date | None) -> frozenset[str]:
    stood = scene(found, day) if day is not None else None
    return frozenset() if stood is None or day is None else stood.late(day)
