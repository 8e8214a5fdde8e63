"""What is to be looked at next: what has come round again, look-backs under way, things to be done again."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from ledger.domain.dates import months_after
from ledger.store import populations
from ledger.usecases.lookback.reading import reviews
from ledger.usecases.sight import ask

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ledger.domain.review import Item, Review
    from ledger.store.indexfile import Index
    from ledger.store.populations import Closed
    from ledger.usecases.sight import Sight

#: Every month has so many days at least.
_SHORTEST_MONTH = 28


class Again(NamedTuple):
    """Something closed that is due for another look.

    Shape: `since` is when it was closed, or when a look-back over it was finished; `risk` when it is flagged
        or came back before, so that its time is shorter.
    """

    uid: str
    id: str
    text: str
    unit: str
    since: dt.date
    due: dt.date
    risk: bool


class UnderWay(NamedTuple):
    """A look-back that is planned or drawn and not finished; `open` of `drawn` items have no outcome yet."""

    id: str
    title: str
    stage: str
    as_of: dt.date
    drawn: int
    open: int


class Redoing(NamedTuple):
    """What a look-back left to be done again, and is not done yet; `uid` is that of the issue or measure."""

    review: str
    uid: str
    id: str
    text: str
    by: str
    due: dt.date


def under_way(sight: Sight) -> tuple[UnderWay, ...]:
    """The look-backs that are planned or drawn and not finished."""
    return tuple(
        UnderWay(each.id, each.title, each.stage, each.as_of, len(each.items), len(each.open))
        for each in reviews(sight)
        if each.stage in ("planned", "drawn")
    )


def closed(asked: Index, sight: Sight, until: dt.date) -> list[Closed]:
    """What was closed so long ago that it may be due for another look by a day; see `due_again`.

    Shape: nothing where the settings name no interval.
    """
    rules = sight.book.settings.lookback
    if rules.interval_months is None and rules.risk_months is None:
        return []
    shortest = min(filter(None, (rules.interval_months, rules.risk_months)))
    latest = dt.date.fromordinal(max(until.toordinal() - shortest * _SHORTEST_MONTH, 1))
    of = sight.book.settings.chain.of
    return populations.closed(asked, "measure" if of == "measure" else "issue", latest, rules.flags)


def due_again(
    sight: Sight, until: dt.date | None = None, known: Sequence[Closed] | None = None
) -> tuple[Again, ...]:
    """What was closed so long ago that it is due for another look by a day, the earliest first.

    Shape: `until` None is the day looked at; `known` is what `closed` gave to who asked the index already.
        What stands in the population of a look-back that is under way is being looked at, drawn or not.
    """
    rules, day = sight.book.settings.lookback, until or sight.day
    if known is None:
        known = ask(sight, lambda asked: closed(asked, sight, day))
    before = [each for each in reviews(sight) if each.stage in ("planned", "drawn", "finished")]
    found = []
    for each in known:
        covering = [review for review in before if _covers(review, each)]
        if any(review.stage != "finished" for review in covering):
            continue
        since = max([each.closed_on, *(review.finished_on for review in covering if review.finished_on)])
        months = rules.risk_months if each.risk else rules.interval_months
        due = _later(since, months) if months is not None else dt.date.max
        if due <= day:
            found.append(Again(each.uid, each.id, each.text, each.unit, since, due, each.risk))
    return tuple(sorted(found, key=lambda each: (each.due, _place(each.id), each.uid)))


@lru_cache(maxsize=10_000)
def _later(day: dt.date, months: int) -> dt.date:
    return months_after(day, months)


def _place(name: str) -> tuple[int, ...]:
    return tuple(map(int, name.split(".")))


def _covers(review: Review, each: Closed) -> bool:
    """Whether something stood in the population of a look-back after it was closed."""
    meant = review.unit in ("", each.unit) and review.category in ("", each.category)
    return meant and "closed" in review.statuses and each.closed_on <= review.as_of


def redos(sight: Sight) -> tuple[Redoing, ...]:
    """What look-backs left to be done again, and is not done yet, the earliest first.

    Shape: what came back is done when it is closed again, a variant when its issue is closed, what held for
        the most part when it is looked at again.
    """
    before = [each for each in reviews(sight) if each.stage in ("drawn", "finished")]
    left = [(review, item) for review in before for item in review.items if item.redo_by and item.redo_due]
    if not left:
        return ()
    uids = {uid for _review, item in left for uid in (item.subject, item.variant) if uid}

    def question(asked: Index) -> tuple[dict[str, populations.Called], frozenset[str]]:
        return populations.called(asked, uids), populations.closed_among(asked, uids)

    called, closed = ask(sight, question)
    found = [
        Redoing(
            review.id,
            item.subject,
            called[item.subject].id if item.subject in called else item.about,
            called[item.subject].text if item.subject in called else "",
            item.redo_by,
            item.redo_due,
        )
        for review, item in left
        if item.redo_due and not _is_done(review, item, before, closed)
    ]
    return tuple(sorted(found, key=lambda each: (each.due, each.review, _place(each.id))))


def _is_done(review: Review, item: Item, every: Sequence[Review], closed: Iterable[str]) -> bool:
    if item.outcome == "rebound":
        return item.subject in closed
    if item.outcome == "variant":
        return item.variant in closed
    later = (other for each in every if each.number > review.number for other in each.items)
    return any(other.subject == item.subject and other.outcome for other in later)
