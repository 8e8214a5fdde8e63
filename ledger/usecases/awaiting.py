"""What else a day asks for besides issues and measures: milestones, reviews, letters, look-backs, clues."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final, NamedTuple

from ledger.domain.defaults import derived
from ledger.domain.words import with_hint
from ledger.errors import RefusedError
from ledger.store import upcoming
from ledger.usecases.sight import Sight, ask

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from ledger.store.upcoming import Review


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


class Coming(NamedTuple):
    """The sections that have something, and sentences about what cannot be told."""

    sections: tuple[Section, ...]
    doubts: tuple[str, ...] = ()


def coming(sight: Sight, until: dt.date) -> Coming:
    """What is late or falls due up to a day, by kind."""
    doubts: dict[str, None] = {}
    found = []
    for code, look in SECTIONS.items():
        try:
            items = [each for each in look(sight, until, doubts) if each.on <= until]
        except RefusedError as error:  # working days of a year without a calendar: the rest is shown
            doubts[with_hint(error)] = None
            continue
        if items:
            found.append(Section(code, tuple(sorted(items, key=lambda each: (each.on, each.id)))))
    return Coming(tuple(found), tuple(doubts))


def _milestones(sight: Sight, _until: dt.date, doubts: dict[str, None]) -> Iterator[Awaited]:
    if not sight.book.settings.milestones:
        return
    from ledger.usecases.milestones import stand

    for each in stand(sight):
        if each.doubt:
            doubts[each.doubt] = None
        if each.due is not None and each.reached is None:
            milestone, days = each.milestone, (sight.day - each.due).days
            yield Awaited(milestone.code, milestone.label or milestone.code, "", each.due, days)


def _reviews(sight: Sight, _until: dt.date, _doubts: dict[str, None]) -> Iterator[Awaited]:
    from ledger.store.calendar import workdays_of

    settings = sight.book.settings
    rule, is_workday = settings.deadlines.continuing_review, workdays_of(settings.workdays)

    def next_of(review: Review) -> dt.date | None:
        if review.review_on is not None and (review.closed_on is None or review.review_on > review.closed_on):
            return review.review_on
        again = derived(rule, review.closed_on, is_workday)
        return again.on if again else None

    for each in ask(sight, lambda asked: upcoming.reviews(asked, ruled=rule is not None)):
        on = next_of(each)
        if on is not None:
            yield Awaited(each.id, each.text, each.unit or "", on, (sight.day - on).days)


def _letters(sight: Sight, _until: dt.date, _doubts: dict[str, None]) -> Iterator[Awaited]:
    from ledger.usecases.letters.reading import awaited

    for each in awaited(sight):
        yield Awaited(each.id, f"{each.name} {each.title}".strip(), each.addressee, each.reply_by, each.days)


def _lookbacks(sight: Sight, until: dt.date, _doubts: dict[str, None]) -> Iterator[Awaited]:
    from ledger.usecases.lookback.coming import due_again

    for each in due_again(sight, until):
        yield Awaited(each.id, each.text, each.unit, each.due, (sight.day - each.due).days)


def _redos(sight: Sight, _until: dt.date, _doubts: dict[str, None]) -> Iterator[Awaited]:
    from ledger.usecases.lookback.coming import redos

    for each in redos(sight):
        yield Awaited(each.id, each.text, each.by, each.due, (sight.day - each.due).days, each.review)


def _clues(sight: Sight, _until: dt.date, _doubts: dict[str, None]) -> Iterator[Awaited]:
    from ledger.usecases.cluereading import awaited

    for clue in awaited(sight):
        for each in clue.lateness(dt.date.max):  # every step that has a last day
            unit, days = clue.routed_to or clue.unit, (sight.day - each.due).days
            yield Awaited(clue.id, clue.title, unit, each.due, days, each.step)


#: Every kind, in the order in which it is shown. Each is given the ledger as looked at, the last day asked
#: about, and where to put a sentence about what cannot be told; what it gives beyond that day is left out.
SECTIONS: Final[Mapping[str, Callable[[Sight, dt.date, dict[str, None]], Iterable[Awaited]]]] = {
    "milestones": _milestones,
    "letters": _letters,
    "clues": _clues,
    "redos": _redos,
    "reviews": _reviews,
    "lookbacks": _lookbacks,
}
