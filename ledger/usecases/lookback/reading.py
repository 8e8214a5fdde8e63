"""Look-backs as they are or as they were, with what their items are called now."""

from __future__ import annotations

from gettext import gettext as _
from typing import TYPE_CHECKING, NamedTuple

from ledger.domain.acts.lookingback import drawn_of
from ledger.domain.ids import parse_ids
from ledger.domain.kinds import meant
from ledger.domain.population import asked_by
from ledger.domain.review import REVIEW, Review, frame_digest, review_of
from ledger.errors import ConflictError, DamageError, NotFoundError, UsageError
from ledger.store import index, populations, staging
from ledger.usecases.lookback.population import members

if TYPE_CHECKING:
    from ledger.domain.review import Member
    from ledger.store.book import Book
    from ledger.store.populations import Called
    from ledger.store.record import Record
    from ledger.usecases.sight import Sight


class Shown(NamedTuple):
    """A look-back, with what everything it names is called now, by uid."""

    review: Review
    called: dict[str, Called]


def reviews(sight: Sight) -> tuple[Review, ...]:
    """Every look-back there was, in the order of their numbers."""

    def every() -> tuple[Review, ...]:
        seen = (_seen(sight, record) for record in sight.book.records(REVIEW))
        return tuple(each for each in seen if each is not None)

    return staging.at_one_moment(sight.book.workspace.state, every)


def _seen(sight: Sight, record: Record) -> Review | None:
    if not sight.dated:
        return review_of(record.shown)
    state = sight.book.replayed(record, as_of=sight.as_of, known_at=sight.known_at)
    return None if state is None else review_of(state)


def review(sight: Sight, word: str) -> Shown:
    """The look-back somebody named.

    Raises:
        NotFoundError: there is none, or there was none yet.
        UsageError: it is the id of something else.
    """
    return with_names(sight.book, _named(sight, word))


def with_names(book: Book, found: Review) -> Shown:
    """A look-back with what everything it names is called now."""
    uids = {uid for item in found.items for uid in (item.subject, item.variant) if uid}
    return Shown(found, called(book, uids))


def _named(sight: Sight, word: str) -> Review:
    ids = parse_ids([word])
    schema, number = meant(ids[0])
    if len(ids) > 1 or schema is not REVIEW:
        message = _("{id} is no look-back").format(id=word)
        raise UsageError(message, _("write it as R2025-1; ledger lookback list shows them"))
    record = staging.at_one_moment(sight.book.workspace.state, lambda: sight.book.find(number, REVIEW))
    found = _seen(sight, record)
    if found is None:
        message = _("there was no {id} on {day}").format(id=REVIEW.id_of(number), day=sight.day)
        raise NotFoundError(message, _("ledger history {id} shows when it was planned").format(id=word))
    return found


def called(book: Book, uids: set[str]) -> dict[str, Called]:
    """What issues and measures are called now, and what they say, by uid, without those that are gone."""
    return index.ask(book, lambda connection: populations.called(connection, uids)) if uids else {}


def frame(sight: Sight, word: str) -> tuple[Review, list[Member]]:
    """A look-back with the population it wrote down, found again.

    Raises:
        ConflictError: the population that is found is not the one that was written down.
        DamageError: what stands there as drawn is not what the plan draws.
    """
    found = _named(sight, word)
    population = members(sight.book, asked_by(found))
    if frame_digest(population) != found.frame:
        message = _("the population of {id} is not the one that was written down").format(id=found.id)
        raise ConflictError(message, _("records came in from elsewhere since, or were changed by hand"))
    drawn = {each.uid for _stratum, each in drawn_of(found, population, whole=found.whole)}
    if found.items and drawn != {each.subject for each in found.items}:
        message = _("what {id} has looked at is not what its seed draws").format(id=found.id)
        raise DamageError(
            message, _("look at it with: ledger check lookback; ledger history {id}").format(id=word)
        )
    return found, population
