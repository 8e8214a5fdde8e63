"""The population of a look-back: what stood at a status on a day, as it was known when that was asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from ledger.domain.issue import issue_of
from ledger.domain.moves import Status
from ledger.domain.replay import replay
from ledger.domain.review import Member, reasons
from ledger.domain.schema import ISSUE

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Sequence

    from ledger.domain.entry import Entry
    from ledger.domain.issue import Issue, Target
    from ledger.domain.review import Review

#: Sorts behind the name of every command: everything that is known.
NOW: Final = "~"


class Asked(NamedTuple):
    """Which population is meant.

    Shape: `of` is ``issue`` or ``measure``; `unit` and `category` are empty where they say nothing; `flags`
        are the marks that call for a look; `known` is the last command that counts.
    """

    of: Literal["issue", "measure"]
    statuses: tuple[str, ...]
    day: dt.date
    unit: str = ""
    category: str = ""
    flags: tuple[str, ...] = ()
    known: str = NOW

    def takes(self, unit: str, category: str) -> bool:
        """Whether something of a unit, under a heading, is meant."""
        return self.unit in ("", unit) and self.category in ("", category)


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


def members_of(entries: Sequence[Entry], asked: Asked) -> Iterator[Member]:
    """What of the history of an issue stands in a population.

    Status is that of the day; marks, rebounds, doubts, unit and category are those known at `asked.known`.
    """
    known = [entry for entry in entries if entry.batch <= asked.known]
    then = replay(ISSUE, known, as_of=asked.day)
    if "uid" not in then.fields:
        return
    issue = issue_of(replay(ISSUE, known))
    now = {each.uid: each for each in _subjects(issue, asked.of)}
    for each in _subjects(issue_of(then), asked.of):
        target = now.get(each.uid, each)
        if each.status in asked.statuses and asked.takes(target.unit, issue.category):
            why = reasons(issue.flags, asked.flags, target.rebounds, suspect=target.suspect)
            yield Member(each.uid, target.id, why)


def _subjects(issue: Issue, of: str) -> tuple[Target, ...]:
    """What is looked at of an issue: itself, or its measures where it has any."""
    if of == "issue" or not issue.live:
        return (issue,)
    return () if issue.status is Status.VOID else issue.live
