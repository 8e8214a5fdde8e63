"""Where something stands by the words of a document: its columns for progress and close-out held together."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ledger.domain.standing import Standing, standing
from ledger.usecases.fields import printed

if TYPE_CHECKING:
    from collections.abc import Mapping

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
