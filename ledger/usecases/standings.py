"""Where something stands by the words of a document: its columns for progress and close-out held together."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ledger.domain.issue import Issue
from ledger.domain.standing import Standing, agrees, standing
from ledger.usecases.fields import printed

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from ledger.domain.issue import Target
    from ledger.store.book import Book


class Told(NamedTuple):
    """The words for a status, and what they say; None when they are not understood."""

    words: str
    standing: Standing | None


def told(book: Book, fields: Mapping[str, str | None]) -> Told | None:
    """What a document says of how far something is; None where it says nothing of it.

    Shape: `fields` are as proposed: status_text, closed_text, and due_text, where some lists write it.
    """
    words, closed, due = (fields.get(name) for name in ("status_text", "closed_text", "due_text"))
    if not words and due:
        words = printed(book, due).status_text
    if not words and not closed:
        return None
    shown = "；".join(" ".join(each.split()) for each in (words, closed) if each)
    said = standing(words) if words else None
    sealed = standing(closed, closing=True) if closed else None
    if sealed is Standing.CLOSED or said is None:
        return Told(shown, sealed or said)
    if sealed is Standing.UNCLOSED and said is Standing.DONE:
        return Told(shown, Standing.AWAITING)
    return Told(shown, said)


def sayable(target: Target, today: dt.date) -> frozenset[Standing]:
    """All that somebody may say of how far something on the books is; an issue stands as its measures do."""
    below = target.live if isinstance(target, Issue) else ()
    late = (target.days_late(today) if isinstance(target, Issue) else target.overdue_days(today)) > 0
    continuing = target.continuing or (bool(below) and all(each.continuing for each in below))
    return frozenset(
        each for each in Standing if agrees(each, target.status, continuing=continuing, late=late)
    )
