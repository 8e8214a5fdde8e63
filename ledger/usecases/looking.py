"""Looking at issues and measures by their ids, as they are or as they were on some day."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from gettext import gettext as _
from typing import TYPE_CHECKING

from ledger.domain.course import OWN
from ledger.domain.ids import Id, parse_ids
from ledger.domain.issue import Issue, issue_of
from ledger.domain.replay import causal, undone_batches
from ledger.errors import LedgerError, NotFoundError, UsageError
from ledger.store import index, query, staging
from ledger.store.query import Day, Shown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ledger.domain.entry import Entry
    from ledger.domain.issue import Target
    from ledger.domain.state import State
    from ledger.store.book import Book
    from ledger.store.record import Record
    from ledger.usecases.sight import Sight


@dataclass(frozen=True, slots=True)
class Seen:
    """One issue, as it is or as it was: the typed view, and the state and the record it comes from.

    Shape: `undone` are the batches that no longer count.
    """

    record: Record
    state: State
    issue: Issue
    undone: frozenset[str]


@dataclass(frozen=True, slots=True)
class Chosen:
    """What one id means in an issue.

    Shape: `key` is the uid of a measure or `OWN`; `point` is the number of a point, or None.
    """

    seen: Seen
    key: str
    point: int | None = None

    @property
    def target(self) -> Target:
        """The issue, or the measure."""
        if self.key == OWN:
            return self.seen.issue
        return next(each for each in self.seen.issue.measures if each.uid == self.key)


def choose(sight: Sight, words: Sequence[str]) -> tuple[Chosen, ...]:
    """What the ids mean, in their order.

    Raises:
        NotFoundError: there is no such issue, measure or point, or there was none yet.
        UsageError: it is not the id of an issue, a measure or a point.
    """
    return staging.at_one_moment(sight.book.workspace.state, lambda: _each(sight, words))


def _each(sight: Sight, words: Sequence[str]) -> tuple[Chosen, ...]:
    found: dict[int, Seen] = {}
    chosen = []
    for wanted in parse_ids(words):
        if wanted.kind not in ("issue", "measure", "point"):
            message = _("{id} is not an issue, a measure or a point").format(id=wanted)
            raise UsageError(message, _("write 7, 7.2 or 7.2.1"))
        number = wanted.numbers[0]
        if number not in found:
            found[number] = see(sight, number)
        chosen.append(_chosen(found[number], wanted))
    return tuple(chosen)


def see(sight: Sight, number: int) -> Seen:
    """The issue of that number.

    Raises:
        NotFoundError: there is none, or there was none yet.
    """
    try:
        record = sight.book.find(number)
    except NotFoundError as error:
        raise _renumbered(sight.book, number) or error from None
    state: State | None = record.shown
    if sight.dated:
        state = sight.book.replayed(record, as_of=sight.as_of, known_at=sight.known_at)
    if state is None:
        message = _("there was no issue {number} on {day}").format(number=number, day=sight.day)
        raise NotFoundError(
            message, _("ledger history {number} shows when it was entered").format(number=number)
        )
    return Seen(record, state, issue_of(state), _undone(record, sight.known_at))


def _undone(record: Record, known_at: dt.datetime | None) -> frozenset[str]:
    known = [each for each in causal(record.entries) if known_at is None or each.instant <= known_at]
    return undone_batches(known)


def _renumbered(book: Book, number: int) -> NotFoundError | None:
    """What to say when an issue once had that number."""
    try:
        rows = index.ask(
            book, lambda asked: query.rows(asked, (), Day(dt.date.min, ()), Shown(more=("formerly",)))
        )
    except (LedgerError, OSError):
        return None
    now = next((each.id for each in rows if number in json.loads(each.more["formerly"] or "[]")), None)
    if now is None:
        return None
    message = _("there is no issue {number} any more: it is {now} now").format(number=number, now=now)
    return NotFoundError(message, _("show it with: ledger show {number}").format(number=now))


def _chosen(seen: Seen, wanted: Id) -> Chosen:
    if wanted.kind == "issue":
        return Chosen(seen, OWN)
    number = wanted.numbers[1]
    measure = next((each for each in seen.issue.measures if each.number == number), None)
    if measure is None:
        raise _no_measure(seen.issue, number)
    if wanted.kind == "measure":
        return Chosen(seen, measure.uid)
    if not any(each.number == wanted.numbers[2] for each in measure.points):
        message = _("{id} has no point {number}").format(id=measure.id, number=wanted.numbers[2])
        raise NotFoundError(message, _("ledger show {id} shows them").format(id=measure.id))
    return Chosen(seen, measure.uid, wanted.numbers[2])


def _no_measure(issue: Issue, number: int) -> NotFoundError:
    message = _("issue {id} has no measure {number}").format(id=issue.id, number=number)
    if not issue.measures:
        hint = _("it has none yet: ledger measure {id} --text TEXT")
        return NotFoundError(message, hint.format(id=issue.id))
    first, last = issue.measures[0].number, issue.measures[-1].number
    return NotFoundError(message, _("it has {first}-{last}").format(first=first, last=last))


def requests(chosen: Chosen) -> tuple[Entry, ...]:
    """What was asked for on an issue or a measure and has had no answer: to extend, to go long-term."""
    course = chosen.seen.state.courses[chosen.key]
    asked = (course.pending_request(act) for act in ("extend", "longterm"))
    return tuple(each.entry for each in asked if each is not None)
