"""Which ledger is looked at, as of when, and what its index says; lists need nothing more."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeVar

from ledger.store import index, staging

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterator, Sequence

    from ledger.domain.entry import Entry
    from ledger.domain.issue import Issue
    from ledger.domain.state import State
    from ledger.store.book import Book
    from ledger.store.indexfile import Index
    from ledger.store.record import Record

T = TypeVar("T")


class Sight(NamedTuple):
    """Which ledger is looked at, and as of when.

    Shape: `day` is the date on which lateness is counted; `as_of` and `known_at` are None for the ledger
        as it is.
    """

    book: Book
    day: dt.date
    as_of: dt.date | None = None
    known_at: dt.datetime | None = None

    @property
    def dated(self) -> bool:
        """Whether the ledger is looked at as it was."""
        return self.as_of is not None or self.known_at is not None


def ask(sight: Sight, question: Callable[[Index], T], *, tell: Callable[[str], object] | None = None) -> T:
    """The answer of the index to a question, about the ledger as it is or as it was.

    Shape: `tell` is given a sentence when something was wrong with the index that was there.

    Raises:
        DamageError: a record cannot be read or stands twice.
        ConflictError: a stopped command left a change that somebody has overwritten since.
    """
    if not sight.dated:
        return index.ask(sight.book, question, tell=tell)
    state = sight.book.workspace.state
    with staging.at_one_moment(state, lambda: index.memory(_as_they_were(sight))) as then:
        return question(then)


def _as_they_were(sight: Sight) -> Iterator[tuple[Issue, Sequence[Entry]]]:
    from ledger.domain.issue import issue_of

    for record in sight.book.records():
        state = sight.book.replayed(record, as_of=sight.as_of, known_at=sight.known_at)
        if state is not None:
            later = taken_back(record, state, undone(record, sight.known_at))
            yield issue_of(state), (*state.entries, *later)


def undone(record: Record, known_at: dt.datetime | None) -> frozenset[str]:
    """The batches that no longer count, as far as was known at a moment."""
    from ledger.domain.replay import causal, undone_batches

    known = [each for each in causal(record.entries) if known_at is None or each.instant <= known_at]
    return undone_batches(known)


def taken_back(record: Record, state: State, batches: frozenset[str]) -> Iterator[Entry]:
    """What took entries of that day back later: once known it counts at every date (docs/contract.md §2)."""
    there = {entry.hash for entry in state.entries}
    for entry in record.entries:
        if entry.do == "undo" and entry.data.get("batch") in batches and entry.hash not in there:
            yield entry
