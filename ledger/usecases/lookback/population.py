"""The population of a look-back: what stood at a status on a day, as it was known when that was asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from ledger.domain.issue import issue_of
from ledger.domain.moves import Status
from ledger.domain.replay import replay
from ledger.domain.review import Member, reasons
from ledger.domain.schema import ISSUE
from ledger.store import index, populations

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from ledger.domain.issue import Issue, Target
    from ledger.domain.review import Review
    from ledger.store.book import Book
    from ledger.store.conditions import Of
    from ledger.store.indexfile import Index
    from ledger.store.record import Record

#: Sorts behind the name of every command: everything that is known.
NOW: Final = "~"


class Asked(NamedTuple):
    """Which population is meant.

    Shape: `of` is ``issue`` or ``measure``; `unit` and `category` are empty where they say nothing; `flags`
        are the marks that call for a look; `known` is the last command that counts.
    """

    of: Of
    statuses: tuple[str, ...]
    day: dt.date
    unit: str = ""
    category: str = ""
    flags: tuple[str, ...] = ()
    known: str = NOW


def asked_by(review: Review) -> Asked:
    """The population a review wrote down, as it was known then."""
    return Asked(
        "measure" if review.of == "measure" else "issue",
        review.statuses,
        review.as_of,
        review.unit,
        review.category,
        review.flags,
        review.plan.batch,
    )


def members(book: Book, asked: Asked) -> list[Member]:
    """The population, in the order of the uids.

    The index answers for everything that has not changed since; what has is read and replayed. Status is
    that of the day; marks, rebounds, doubts, unit and category are those known at the command `asked.known`.
    """

    def question(connection: Index) -> tuple[list[populations.Stood], dict[str, str]]:
        again = populations.moved_since(connection, asked.of, asked.statuses, asked.day)
        again |= populations.changed_after(connection, asked.known)
        stood = populations.standing(connection, asked.of, asked.statuses, asked.day)
        return [each for each in stood if each.issue not in again], again

    found, again = index.ask(book, question)
    chosen = [_member(each, asked) for each in found if _meant(each.unit, each.category, asked)]
    for name in sorted(again.values()):
        chosen += _of_record(book.read(name), asked)
    return sorted(chosen)


def _meant(unit: str, category: str, asked: Asked) -> bool:
    return asked.unit in ("", unit) and asked.category in ("", category)


def _member(each: populations.Stood, asked: Asked) -> Member:
    why = reasons(each.flags, asked.flags, each.rebounds, suspect=each.suspect)
    return Member(each.uid, each.about, why)


def _of_record(record: Record, asked: Asked) -> Iterator[Member]:
    known = [entry for entry in record.entries if entry.batch <= asked.known]
    then = replay(ISSUE, known, as_of=asked.day)
    if "uid" not in then.fields:
        return
    issue = issue_of(replay(ISSUE, known))
    now = {each.uid: each for each in _subjects(issue, asked.of)}
    for each in _subjects(issue_of(then), asked.of):
        target = now.get(each.uid, each)
        if each.status in asked.statuses and _meant(target.unit, issue.category, asked):
            why = reasons(issue.flags, asked.flags, target.rebounds, suspect=target.suspect)
            yield Member(each.uid, target.id, why)


def _subjects(issue: Issue, of: Of) -> tuple[Target, ...]:
    """What is looked at of an issue: itself, or its measures where it has any."""
    if of == "issue" or not issue.live:
        return (issue,)
    return () if issue.status is Status.VOID else issue.live
