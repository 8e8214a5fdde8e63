"""Where a letter, a clue, a look-back or a record of a register stands, and what comes next."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ledger.domain.schema import VOID
from ledger.domain.tracing import stage_entry

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from ledger.domain.entry import Entry
    from ledger.domain.state import State
    from ledger.usecases.looking import Looked


class Due(NamedTuple):
    """What has to come next, and by when. Units: `days` late, negative when days are left."""

    step: str
    on: dt.date
    days: int


class Standing(NamedTuple):
    """Why a record counts as it does.

    Shape: `since` is the entry that gave the stage; `dues` what is awaited by a day; `open` the ids of
        what a look-back has drawn and that has no outcome; `next` the acts that would lead on.
    """

    looked: Looked
    since: Entry | None
    dues: tuple[Due, ...]
    open: tuple[str, ...]
    next: tuple[str, ...]


def record_reasons(looked: Looked, day: dt.date) -> Standing:
    """Where a record other than an issue stands on a day, and what comes next."""
    state = looked.state
    lifecycle = state.schema.lifecycle
    acts = lifecycle.allowed(state.stage) if lifecycle else ()
    return Standing(
        looked=looked,
        since=stage_entry(state, looked.undone),
        dues=tuple(Due(step, on, (day - on).days) for step, on in _dues(state)),
        open=tuple(_open(state)),
        next=tuple(dict.fromkeys(act for act in acts if act != VOID)),
    )


def _dues(state: State) -> Iterator[tuple[str, dt.date]]:
    if state.stage == VOID:
        return
    match state.schema.kind:
        case "letter":
            from ledger.domain.letter import letter_of

            letter = letter_of(state)
            if state.stage == "signed" and letter.reply_by is not None:
                yield "reply", letter.reply_by
        case "clue":
            from ledger.domain.clue import NEXT, clue_of

            clue = clue_of(state)
            if clue.due is not None and state.stage in NEXT:
                yield NEXT[state.stage], clue.due
            if clue.feedback_due is not None:
                yield "feedback", clue.feedback_due


def _open(state: State) -> Iterator[str]:
    if state.schema.kind != "review" or state.stage != "drawn":
        return
    from ledger.domain.review import review_of

    review = review_of(state)
    yield from (each.about for each in review.open)
