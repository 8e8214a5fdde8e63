"""Looking again, at intervals, at what is kept up: interim, long-term, or closed and continuing (复核)."""

from __future__ import annotations

from gettext import gettext as _
from typing import TYPE_CHECKING

from ledger.domain.course import OWN
from ledger.domain.lateness import REVIEWED
from ledger.domain.moves import Act, Status
from ledger.errors import RefusedError

if TYPE_CHECKING:
    import datetime as dt

    from ledger.domain.acts.draft import Draft


def interval_of(draft: Draft, key: str) -> str:
    """By which interval something is looked at again: ``interim``, ``longterm`` or ``continuing``.

    Raises:
        RefusedError: it is none of these, so it is not looked at again.
    """
    status, state = draft.status(key), draft.state
    home = state.fields if key == OWN else state.parts[key]
    if status in REVIEWED:
        return str(status)
    closed = Status.CLOSED in (status, draft.status())
    if closed and home.get("continuing"):
        return "continuing"
    if not closed and status is not Status.VOID and state.effective(key, "term") == "longterm":
        return "longterm"
    message = _("{id} is neither interim nor long-term, nor closed and continuing, so it has no reviews")
    raise RefusedError(
        message.format(id=draft.name(key)), _("write it down without --reviewed and --review-on")
    )


def reviewed(draft: Draft, key: str, text: str, review_on: dt.date) -> None:
    """Write down what a review found, and when the next one is.

    Raises:
        RefusedError: it is not reviewed at intervals, or the next review does not come after this one.
    """
    interval_of(draft, key)
    draft.require(Act.NOTE, key)
    if review_on <= draft.context.on:
        message = _("{id}: the next review, on {day}, does not come after this one, on {on}")
        raise RefusedError(
            message.format(id=draft.name(key), day=review_on, on=draft.context.on),
            _("give a later day with --review-on"),
        )
    draft.enter("note", key, changes={"review_on": review_on}, data={"text": text, "reviewed": True})
