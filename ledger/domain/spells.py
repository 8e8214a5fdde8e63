"""How an issue and its measures have stood, from one change to the next: what the past is asked for."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

from ledger.domain.ancestry import STRAIGHT, ancestry_of
from ledger.domain.course import OWN
from ledger.domain.issue import REVIEWED, WORKING
from ledger.domain.moves import Status
from ledger.domain.replay import causal, is_chain, undone_batches
from ledger.domain.state import State

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Sequence

    from ledger.domain.entry import Entry
    from ledger.domain.schema import Schema

#: Acts that say something about a measure without anything having been done about it.
_PAPER = frozenset(
    {"add", "measure", "edit", "assign", "claim", "split", "merge", "move", "confirm", "undo", "adopt",
     "renumber", "resolve", "approve"}
)  # fmt: skip
#: Acts on a measure that cannot change where its issue stands, unless they change where the measure stands.
_QUIET = frozenset({"note", "evidence", "point", "edit", "extend", "assign", "claim", "confirm"})


class Spell(NamedTuple):
    """How something stood from the act on that gave it this standing, until the next one.

    Shape: `due` and `review_on` are the dates in force; `moved_on` is the last day on which something was
        done about it, or told; of `total` points `done` are ticked; `returned` counts how often it came back
        from close-out; `signing` says that sign-offs stand, or a close-out is in force.
    """

    on: dt.date
    status: Status
    due: dt.date | None
    review_on: dt.date | None
    moved_on: dt.date
    done: int
    total: int
    returned: int
    signing: bool

    @property
    def late_from(self) -> dt.date | None:
        """The date after which it is late while it stands so."""
        if self.status in WORKING:
            return self.due
        return self.review_on if self.status in REVIEWED else None


def spells(schema: Schema, entries: Sequence[Entry]) -> dict[str, list[Spell]]:
    """How an issue (`OWN`) and each measure (by uid) have stood, the first first.

    Shape: an act gives one spell, several may begin on one day. What counts on a day is the last that began
        by then: the same as a replay as of that day, however late an act was recorded.

    Source: docs/contract.md §2, "What was true then".
    """
    found: dict[str, list[Spell]] = {}
    moved: dict[str, dt.date] = {}
    for entry, state, undone, again in _in_order_of_days(schema, causal(entries)):
        key = entry.target or OWN
        if not undone and (entry.do not in _PAPER or key not in moved):
            moved[key] = max(entry.on, moved.get(key, entry.on))
        keys = list(state.courses) if again else _touched(entry, state, found)
        for each in keys:
            _note(found, moved, state, each, entry)
    return found


def standing(course: Sequence[Spell], day: dt.date) -> Spell | None:
    """The spell that counts at the end of a day; None before the first."""
    place = bisect_right(course, day, key=lambda each: each.on)
    return course[place - 1] if place else None


def _in_order_of_days(
    schema: Schema, ordered: Sequence[Entry]
) -> Iterator[tuple[Entry, State, bool, bool]]:
    """The entries by their business dates, each with the state of what had happened by then.

    Shape: with each, whether it was taken back, and whether the state is another one than before: what was
        written down late is put in where it belongs, and all that had come after it applied again.
    """
    ancestry = STRAIGHT if is_chain(ordered) else ancestry_of(ordered)
    undone = undone_batches(ordered)
    places = sorted(range(len(ordered)), key=lambda place: (max(ordered[place].on, ordered[0].on), place))
    state, applied = State(schema, ancestry), 0
    for count, place in enumerate(places, 1):
        entry = ordered[place]
        again = place != applied or state is None
        if again:
            state = State(schema, ancestry)
            for each in sorted(places[:count]):
                state.apply(ordered[each], undone=ordered[each].batch in undone)
        else:
            state.apply(entry, undone=entry.batch in undone)
        applied = count if max(places[:count]) < count else -1
        yield entry, state, entry.batch in undone, again
