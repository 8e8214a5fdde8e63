"""What else a day asks for besides issues and measures: milestones, reviews, letters, look-backs, clues."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final, NamedTuple

from ledger.domain.defaults import derived
from ledger.domain.words import with_hint
from ledger.errors import RefusedError, UsageError
from ledger.store import upcoming

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from ledger.store.indexfile import Index
    from ledger.store.populations import Closed
    from ledger.store.upcoming import Review
    from ledger.usecases.sight import Sight


class Awaited(NamedTuple):
    """Something that is to be done by a day and is neither an issue's deadline nor a measure's.

    Shape: `id` is that of its record, or the code of a milestone; `step` the code of what is to be done where
        there are several; `unit` who is to do it.
    Units: `days` late, negative when days are left.
    """

    id: str
    text: str
    unit: str
    on: dt.date
    days: int
    step: str = ""


class Section(NamedTuple):
    """All of one kind, the earliest first. Shape: `code` is a key of `SECTIONS`."""

    code: str
    items: tuple[Awaited, ...]


class Look(NamedTuple):
    """What every kind is looked for with: the ledger, the last day asked about, and what the index gave.

    Shape: into `doubts` goes a sentence about what cannot be told.
    """

    sight: Sight
    until: dt.date
    reviews: Sequence[Review]
    closed: Sequence[Closed]
    doubts: dict[str, None]


class Coming(NamedTuple):
    """The sections that have something, and sentences about what cannot be told."""

    sections: tuple[Section, ...]
    doubts: tuple[str, ...] = ()


def reviews(asked: Index, sight: Sight) -> list[Review]:
    """What is looked at again at intervals: to be asked together with the rest, the index is opened once."""
    return upcoming.reviews(asked, ruled=sight.book.settings.deadlines.continuing_review is not None)


def closed(asked: Index, sight: Sight, until: dt.date) -> list[Closed]:
    """What may be due for another look by a day: to be asked together with the rest, like `reviews`."""
    from ledger.usecases.lookback import coming

    return coming.closed(asked, sight, until)


def coming(sight: Sight, until: dt.date, again: Sequence[Review], looked: Sequence[Closed]) -> Coming:
    """What is late or falls due up to a day, by kind; of what `reviews` and `closed` gave."""
    doubts: dict[str, None] = {}
    look = Look(sight, until, again, looked, doubts)
    found = []
    for code, kind in SECTIONS.items():
        try:
            items = [each for each in kind(look) if each.on <= until]
        except (
            RefusedError,
            UsageError,
        ) as error:  # no calendar: the rest is shown
            doubts[with_hint(error)] = None
            continue
        if items:
            found.append(Section(code, tuple(sorted(items, key=lambda each: (each.on, each.id)))))
    return Coming(tuple(found), tuple(doubts))


def _milestones(look: Look) -> Iterator[Awaited]:
    if not look.sight.book.settings.milestones:
        return
    from ledger.usecases.milestones import stand

    for each in stand(look.sight):
        if each.doubt:
            look.doubts[each.doubt] = None
        if each.due is not None and each.reached is None:
            milestone, days = each.milestone, (look.sight.day - each.due).days
            yield Awaited(milestone.code, milestone.label or milestone.code, "", each.due, days)


def _reviews(look: Look) -> Iterator[Awaited]:
    from ledger.store.calendar import workdays_of

    settings = look.sight.book.settings
    rule, is_workday = settings.deadlines.continuing_review, workdays_of(settings.workdays)

    def next_of(review: Review) -> dt.date | None:
        if review.review_on is not None and (review.closed_on is None or review.review_on > review.closed_on):
            return review.review_on
        again = derived(rule, review.closed_on, is_workday)
        return again.on if again else None

    for each in look.reviews:
        on = next_of(each)
        if on is not None:
            yield Awaited(each.id, each.text, each.unit or "", on, (look.sight.day - on).days)


def _letters(look: Look) -> Iterator[Awaited]:
    from ledger.usecases.letters.reading import awaited

    for each in awaited(look.sight):
        yield Awaited(each.id, f"{each.name} {each.title}".strip(), each.addressee, each.reply_by, each.days)


def _lookbacks(look: Look) -> Iterator[Awaited]:
    from ledger.usecases.lookback.coming import due_again

    for each in due_again(look.sight, look.until, look.closed):
        yield Awaited(each.id, each.text, each.unit, each.due, (look.sight.day - each.due).days)


def _redos(look: Look) -> Iterator[Awaited]:
    from ledger.usecases.lookback.coming import redos

    for each in redos(look.sight):
        yield Awaited(each.id, each.text, each.by, each.due, (look.sight.day - each.due).days, each.review)


def _clues(look: Look) -> Iterator[Awaited]:
    from ledger.usecases.cluereading import awaited

    for clue in awaited(look.sight):
        for each in clue.lateness(dt.date.max):  # every step that has a last day
            unit, days = clue.routed_to or clue.unit, (look.sight.day - each.due).days
            yield Awaited(clue.id, clue.title, unit, each.due, days, each.step)


#: Every kind, in the order in which it is shown; what it gives beyond the last day asked about is left out.
SECTIONS: Final[Mapping[str, Callable[[Look], Iterable[Awaited]]]] = {
    "milestones": _milestones,
    "letters": _letters,
    "clues": _clues,
    "redos": _redos,
    "reviews": _reviews,
    "lookbacks": _lookbacks,
}
