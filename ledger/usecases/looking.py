"""Looking at issues, measures and other records by their ids, as they are or as they were on some day."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from gettext import gettext as _
from typing import TYPE_CHECKING

from ledger.domain.course import OWN
from ledger.domain.ids import Id, number_in, parse_ids
from ledger.domain.issue import Issue, issue_of
from ledger.domain.kinds import meant
from ledger.domain.schema import ISSUE
from ledger.errors import LedgerError, NotFoundError, UsageError
from ledger.store import index, query, staging
from ledger.store.query import Day, Shown
from ledger.usecases.sight import undone

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Sequence

    from ledger.domain.entry import Entry
    from ledger.domain.issue import Target
    from ledger.domain.schema import Schema
    from ledger.domain.state import State
    from ledger.store.book import Book
    from ledger.store.record import Record
    from ledger.usecases.sight import Sight


@dataclass(frozen=True, slots=True)
class Looked:
    """One record of any kind, as it is or as it was: its state, and the record it comes from.

    Shape: `undone` are the batches that no longer count.
    """

    record: Record
    state: State
    undone: frozenset[str]

    @property
    def id(self) -> str:
        """The id people use."""
        return self.state.schema.id_of(int(self.state.fields.get("number", 0)))


@dataclass(frozen=True, slots=True)
class Seen(Looked):
    """One issue: the typed view besides."""

    issue: Issue


@dataclass(frozen=True, slots=True)
class Chosen:
    """What one id means in an issue.

    Shape: `key` is the uid of a measure or `OWN`; `point` is the number of a point, or None.
    """

    seen: Seen
    key: str
    point: int | None = None

    @property
    def id(self) -> str:
        """The id people use of the issue or the measure."""
        return self.target.id

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
    wanted = parse_ids(words)
    for each in wanted:
        if meant(each)[0] is not ISSUE:
            message = _("{id} is not an issue, a measure or a point").format(id=each)
            raise UsageError(message, _("write 7, 7.2 or 7.2.1"))
    return staging.at_one_moment(sight.book.workspace.state, lambda: tuple(_issues(sight, wanted)))


def choose_any(sight: Sight, words: Sequence[str]) -> tuple[Chosen | Looked, ...]:
    """What the ids mean, in their order: issues, measures and points, or records of any other kind.

    Raises:
        NotFoundError: there is no such thing, or there was none yet.
    """
    wanted = parse_ids(words)

    def look() -> tuple[Chosen | Looked, ...]:
        issues = _issues(sight, [each for each in wanted if meant(each)[0] is ISSUE])
        kinds = (meant(each) for each in wanted)
        return tuple(
            next(issues) if schema is ISSUE else looked(sight, number, schema) for schema, number in kinds
        )

    return staging.at_one_moment(sight.book.workspace.state, look)


def whole(sight: Sight, numbers: Container[int] | None = None) -> Iterator[Chosen]:
    """Every issue there was, or those of these numbers, in the order of their numbers, one after the other.

    Shape: the files are listed once, however many are meant.

    Raises:
        DamageError: a record cannot be read.
    """
    for name in sight.book.names():
        if numbers is not None and number_in(name) not in numbers:
            continue
        record = sight.book.read(name)
        state: State | None = record.shown
        if sight.dated:
            state = sight.book.replayed(record, as_of=sight.as_of, known_at=sight.known_at)
        if state is not None:
            seen = Seen(record, state, undone(record, sight.known_at), issue_of(state))
            yield Chosen(seen, OWN)


def _issues(sight: Sight, wanted: Sequence[Id]) -> Iterator[Chosen]:
    found: dict[int, Seen] = {}
    for each in wanted:
        number = each.numbers[0]
        if number not in found:
            found[number] = see(sight, number)
        yield _chosen(found[number], each)


def see(sight: Sight, number: int) -> Seen:
    """The issue of that number.

    Raises:
        NotFoundError: there is none, or there was none yet.
    """
    seen = looked(sight, number, ISSUE)
    return Seen(seen.record, seen.state, seen.undone, issue_of(seen.state))


def looked(sight: Sight, number: int, schema: Schema) -> Looked:
    """The record of that number and kind.

    Raises:
        NotFoundError: there is none, or there was none yet.
    """
    try:
        record = sight.book.find(number, schema)
    except NotFoundError as error:
        renumbered = _renumbered(sight.book, number) if schema is ISSUE else None
        raise renumbered or error from None
    state: State | None = record.shown
    if sight.dated:
        state = sight.book.replayed(record, as_of=sight.as_of, known_at=sight.known_at)
    if state is None:
        name = schema.id_of(number)
        message = _("there was no issue {number} on {day}").format(number=name, day=sight.day)
        if schema is not ISSUE:
            message = _("there was no {id} on {day}").format(id=name, day=sight.day)
        raise NotFoundError(
            message, _("ledger history {number} shows when it was entered").format(number=name)
        )
    return Looked(record, state, undone(record, sight.known_at))


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
