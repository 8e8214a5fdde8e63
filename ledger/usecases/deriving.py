"""Dates that follow from the office's rules, where nobody gives one: deadlines by type, next reviews."""

from __future__ import annotations

from gettext import gettext as _
from typing import TYPE_CHECKING, Any, NamedTuple

from ledger.domain.defaults import derived
from ledger.domain.words import said

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from ledger.domain.defaults import Derived
    from ledger.domain.limits import Limit
    from ledger.store.book import Book
    from ledger.usecases.targets import Target

#: With any of these somebody has said by when, or that it is open.
_SAID = ("due", "due_text")


class Ruled(NamedTuple):
    """Fields with what follows from the rules added.

    Shape: `due` and `review` say what followed; `no_base` that a deadline would, if the feedback had a date.
    """

    fields: dict[str, Any]
    due: Derived | None = None
    review: Derived | None = None
    no_base: bool = False

    @property
    def stored(self) -> dict[str, object]:
        """What the entry keeps of it: nothing where no deadline followed."""
        return self.due.stored() if self.due else {}

    def remarks(self, name: str) -> list[str]:
        """What a person is told, so that no date comes about in silence; `name` is the id."""
        found = []
        if self.due:
            words = _("{id} is due on {due}: {limit} after the feedback of {since} ([deadlines])")
            found.append(
                words.format(id=name, due=self.due.on, limit=self.due.limit.words(), since=self.due.since)
            )
        if self.review:
            words = _("{id} is to be reviewed on {day}: {limit} from {since} ([deadlines])")
            found.append(
                words.format(
                    id=name, day=self.review.on, limit=self.review.limit.words(), since=self.review.since
                )
            )
        if self.no_base:
            words = _("{id} has no deadline: that of {term} counts from the feedback, whose date is not set")
            found.append(words.format(id=name, term=said("term", str(self.fields["term"]))))
        return found


def ruled(book: Book, fields: dict[str, Any], on: dt.date, held: Mapping[str, Any] | None = None) -> Ruled:
    """The fields with a deadline, or the next review, by the type of rectification they name.

    Shape: `held` is what was in force so far. Nothing follows where somebody has said by when, now or before.

    Raises:
        RefusedError: working days of a year without a calendar.
    """
    term, before = fields.get("term"), held or {}
    if not term or any(name in fields or before.get(name) for name in _SAID):
        return Ruled(fields)
    rules = book.settings.deadlines
    if term == "longterm":
        asked = "review_on" in fields or before.get("review_on")
        review = None if asked else _counted(book, rules.longterm_review, on)
        return Ruled({**fields, "review_on": review.on} if review else fields, review=review)
    feedback, limit = book.settings.source.feedback_on, rules.due(str(term))
    due = _counted(book, limit, feedback)
    no_base = limit is not None and feedback is None
    return Ruled({**fields, "due": due.on} if due else fields, due=due, no_base=no_base)


def next_review(book: Book, what: str, on: dt.date) -> Derived | None:
    """When something is to be looked at again, counted from a day; nothing without a rule.

    Shape: `what` is ``interim``, ``longterm`` or ``continuing``.

    Raises:
        RefusedError: working days of a year without a calendar.
    """
    rules = book.settings.deadlines
    return _counted(book, getattr(rules, f"{what}_review"), on)


def in_force(target: Target) -> dict[str, Any]:
    """What a target has of a deadline and of a review so far, its own or its issue's."""
    from ledger.domain.issue import due_home

    state, key = target.draft.state, target.key
    home = state.parts[key] if key else state.fields
    dates = due_home(state, key)
    return {**{name: dates.get(name) for name in _SAID}, "review_on": home.get("review_on")}


def _counted(book: Book, limit: Limit | None, since: dt.date | None) -> Derived | None:
    from ledger.store.calendar import workdays_of

    return derived(limit, since, workdays_of(book.settings.workdays))
