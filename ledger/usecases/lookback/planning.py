"""A look-back planned and drawn: everything is written down before anybody knows who is drawn."""

from __future__ import annotations

import os
from gettext import gettext as _
from gettext import ngettext
from typing import TYPE_CHECKING, Any, NamedTuple

from ledger.domain.acts import lookingback
from ledger.domain.population import NOW, Asked, asked_by
from ledger.domain.review import REVIEW, STATUSES, review_of
from ledger.domain.schema import REVIEWS_A_YEAR
from ledger.domain.text import one_line
from ledger.domain.words import listed
from ledger.errors import UsageError
from ledger.usecases.change import Desk, Outcome, Work, change, new_id
from ledger.usecases.lookback.population import members
from ledger.usecases.targets import one

if TYPE_CHECKING:
    import datetime as dt

    from ledger.domain.acts.draft import Draft
    from ledger.domain.review import Review
    from ledger.store.book import Book

#: How much chance a seed has that nobody gives. Units: bytes; 128 bits cannot be met by trying.
_SEED_BYTES = 16
#: The longest seed somebody may give. Units: characters.
_LONGEST_SEED = 100


class Wishes(NamedTuple):
    """What somebody wants to look back at; what is empty or None follows from the settings.

    Shape: `as_of` None is the day it is planned on; `rate` and `confidence` as typed.
    """

    as_of: dt.date | None = None
    title: str = ""
    statuses: tuple[str, ...] = ("closed",)
    unit: str = ""
    category: str = ""
    rate: str = ""
    confidence: str = ""
    seed: str = ""


def plan(desk: Desk, wishes: Wishes) -> Outcome[Review]:
    """Write down which population will be looked at, how sure the sample must make, and the seed.

    Raises:
        RefusedError: there is nothing to look at.
        UsageError: a share is none, the day lies in the future, or the seed is none.
    """

    def deed(work: Work) -> Review:
        fields = _fields(work, wishes)
        asked = Asked(
            fields["of"],
            tuple(fields["statuses"]),
            fields["as_of"],
            fields.get("unit", ""),
            fields.get("category", ""),
            desk.book.settings.lookback.flags,
        )
        population = members(desk.book, asked)
        draft = work.new(REVIEW)
        lookingback.plan(
            draft,
            {**fields, "number": work.next_number(REVIEW, wanted=desk.actor.on.year * REVIEWS_A_YEAR)},
            population,
        )
        made = review_of(draft.state)
        draft.warnings.extend(_planned_before(desk.book, made))
        return made

    return change(desk, "lookback plan", deed)


def _planned_before(book: Book, made: Review) -> list[str]:
    """Other reviews of the same population: whoever plans until a draw suits is seen to have done so."""
    reviews = (review_of(record.state) for record in book.records(REVIEW))
    same = [each.id for each in reviews if each.frame == made.frame and each.as_of == made.as_of]
    if not same:
        return []
    message = _("{ids} looks at the same population; every plan stays on record, with its seed")
    return [message.format(ids=listed(same))]


def _fields(work: Work, wishes: Wishes) -> dict[str, Any]:
    settings, on = work.book.settings, work.actor.on
    day = wishes.as_of or on
    if day > on:
        message = _("{day} has not come yet; today is {today}").format(day=day, today=on)
        raise UsageError(message, _("look back at a day that is past"))
    fields = {
        "uid": new_id(),
        "title": one_line(wishes.title) if wishes.title else "",
        "as_of": day,
        "of": settings.chain.of,
        "statuses": [each for each in STATUSES if each in wishes.statuses],
        "unit": work.book.people.full(one_line(wishes.unit)) if wishes.unit else "",
        "category": one_line(wishes.category) if wishes.category else "",
        "flags": list(settings.lookback.flags),
        "rate": _share(wishes.rate or settings.lookback.rate),
        "confidence": _share(wishes.confidence or settings.lookback.confidence),
        "seed": _seed(wishes.seed),
    }
    return {name: value for name, value in fields.items() if value not in ("", [])}


def _share(text: str) -> str:
    """A share as it is kept; one that is none as it was typed, to be refused with the rest of the rules."""
    from ledger.domain.sampling import per_cent, share

    value = share(text)
    return text if value is None else per_cent(value)


def _seed(typed: str) -> str:
    if not typed:
        return os.urandom(_SEED_BYTES).hex()
    seed = one_line(typed)
    if not seed or len(seed) > _LONGEST_SEED:
        message = _("a seed has 1 to {most} characters").format(most=_LONGEST_SEED)
        raise UsageError(message, _("leave --seed out, and chance gives one"))
    return seed


def sample(desk: Desk, word: str, *, whole: bool = False) -> Outcome[Review]:
    """Draw what a planned review looks at; with `whole` everything, item by item.

    Raises:
        NotFoundError: there is no such review.
        RefusedError: it was drawn before.
        ConflictError: the population is not the one that was written down.
    """

    def deed(work: Work) -> Review:
        draft = opened(work, word)
        draft.require("sample")
        review = review_of(draft.state)
        population = members(desk.book, asked_by(review))
        lookingback.sample(draft, population, whole=whole)
        draft.warnings.extend(_moved(desk.book, review, desk.actor.on, {each.uid for each in population}))
        return review_of(draft.state)

    return change(desk, "lookback sample", deed)


def _moved(book: Book, review: Review, today: dt.date, then: set[str]) -> list[str]:
    """What has become of the population since it was written down, where anything has."""
    asked = asked_by(review)._replace(known=NOW)
    now = {each.uid for each in members(book, asked._replace(day=today))}
    told = now if today == review.as_of else {each.uid for each in members(book, asked)}
    said = []
    if gone := len(then - now):
        message = ngettext(
            "{count} of the population has been moved on since it was planned",
            "{count} of the population have been moved on since it was planned",
            gone,
        )
        said.append(message.format(count=gone))
    if late := len(told - then):
        message = ngettext(
            "{count} was recorded for {day} only after it was planned, and is not in it",
            "{count} were recorded for {day} only after it was planned, and are not in it",
            late,
        )
        said.append(message.format(count=late, day=review.as_of))
    return said


def opened(work: Work, word: str) -> Draft:
    """The review somebody named, to be changed.

    Raises:
        NotFoundError: there is none.
        UsageError: it is the id of something else.
    """
    target = one(work, word, others=True)
    if target.draft.state.schema is not REVIEW:
        message = _("{id} is no look-back").format(id=target.draft.name(target.key))
        raise UsageError(message, _("write it as R2025-1; ledger lookback list shows them"))
    return target.draft
