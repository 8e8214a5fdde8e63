"""How an issue and its measures have stood, from one change to the next: what the past is asked for."""

from __future__ import annotations

from bisect import bisect_right
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from ledger.domain.ancestry import STRAIGHT, ancestry_of
from ledger.domain.closeout import Outcome
from ledger.domain.course import OWN
from ledger.domain.issue import due_home
from ledger.domain.lateness import awaited, late_from
from ledger.domain.moves import Status
from ledger.domain.replay import causal, is_chain, undone_batches
from ledger.domain.schema import DUE_KEYS
from ledger.domain.state import State
from ledger.domain.ticked import recorded

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Mapping, Sequence

    from ledger.domain.entry import Entry
    from ledger.domain.schema import Schema

#: Acts that say something about a measure without anything having been done about it.
_PAPER = frozenset(
    {"add", "measure", "edit", "assign", "claim", "split", "merge", "move", "confirm", "undo", "adopt",
     "renumber", "resolve", "approve", "withhold"}
)  # fmt: skip
#: Acts on a measure that cannot change where its issue stands, unless they change where the measure stands.
_QUIET = frozenset({"note", "evidence", "point", "edit", "extend", "assign", "claim", "confirm", "withhold"})


_ENDED = frozenset({Status.CLOSED, Status.VOID})
_SIGNED = frozenset({Status.DONE, Status.CLOSING})
_ALONE = frozenset({OWN})
_STANDING = (Outcome.OPEN, Outcome.CLOSED)
_DUE = frozenset(DUE_KEYS)


class Spell(NamedTuple):
    """How something stood from the act on that gave it this standing, until the next one.

    Shape: `due` is the date in force, `late_from` the date after which it is late; `moved_on` the last day
        on which something was done about it, or told; of `total` points and names `done` are ticked;
        `returned` counts how often it was sent back, signed or not; `signing` says that sign-offs stand, or a
        close-out holds, `fixed` that the deadline only moves by extending it; `repeats` has what comes round
        again, as the record keeps it, then the periods recorded.
    """

    on: dt.date
    status: Status
    due: dt.date | None
    late_from: dt.date | None
    moved_on: dt.date
    done: int = 0
    total: int = 0
    returned: int = 0
    signing: bool = False
    fixed: bool = False
    repeats: tuple[str, ...] = ()

    def missed(self, day: dt.date) -> int:
        """How many periods of what comes round again had passed by a day without it."""
        if not self.repeats:
            return 0
        from ledger.domain.recurrence import missed, recurrence_of  # few measures come round

        return len(missed(recurrence_of(self.repeats[0]), self.repeats[1:], day))


def spells(schema: Schema, entries: Sequence[Entry]) -> dict[str, list[Spell]]:
    """How an issue (`OWN`) and each measure (by uid) have stood, the first first.

    Shape: an act gives one spell, several may begin on one day. What counts on a day is the last that began
        by then: the same as a replay as of that day, however late an act was recorded.

    Source: docs/contract.md §2, "What was true then".
    """
    found: dict[str, list[Spell]] = {}
    moved: dict[str, dt.date] = {}
    for entry, state, undone, again in _day_by_day(schema, causal(entries)):
        key, on = entry.target or OWN, entry.on
        if not undone and entry.do not in _PAPER:
            moved[key] = max(on, moved.get(key, on))
        for each in list(state.courses) if again else _touched(entry, state, found):
            now = _standing(state, each, moved.setdefault(each, on))
            course = found.get(each)
            if course is None:
                found[each] = [Spell(on, *now)]
            elif course[-1][1:] != now:
                course.append(Spell(on, *now))
    return found


def standing(course: Sequence[Spell], day: dt.date) -> Spell | None:
    """The spell that counts at the end of a day; None before the first."""
    place = bisect_right(course, day, key=lambda each: each.on)
    return course[place - 1] if place else None


class Scene(NamedTuple):
    """How an issue stood on a day. Shape: `measures` has those that count, by uid; none of a void issue."""

    own: Spell
    measures: Mapping[str, Spell]

    @property
    def late_since(self) -> dt.date | None:
        """The earliest date after which something in it is overdue, as `Issue.late_since` has it."""
        status = self.own.status
        if status in _ENDED:
            return None
        if not self.measures:
            return self.own.late_from
        if status in _SIGNED and self.own.signing:
            return None
        return min((each.late_from for each in self.measures.values() if each.late_from), default=None)

    def late_from(self, key: str) -> dt.date | None:
        """The date after which the issue (`OWN`) or a measure that counts is late."""
        since = self.late_since
        return since if key == OWN or since is None else self.measures[key].late_from

    def late(self, day: dt.date) -> frozenset[str]:
        """What is late on a day: the keys of measures, or `OWN` where there are none."""
        since = self.late_since
        if since is None or since >= day:
            return frozenset()
        parts = self.measures.items()
        return frozenset(key for key, each in parts if each.late_from and each.late_from < day) or _ALONE


def scene(found: Mapping[str, Sequence[Spell]], day: dt.date) -> Scene | None:
    """How an issue stood at the end of a day, from what `spells` gives; None before it was entered."""
    own = standing(found[OWN], day) if OWN in found else None
    if own is None:
        return None
    measures = {}
    for key, course in found.items():
        each = standing(course, day) if key != OWN else None
        if each is not None and Status.VOID not in (each.status, own.status):
            measures[key] = each
    return Scene(own, measures)


def _touched(entry: Entry, state: State, found: Mapping[str, list[Spell]]) -> list[str]:
    """What an entry may have given another standing; the issue, last, only where its measures did."""
    changed = entry.set.get(state.schema.part, {}) if state.schema.part else {}
    if entry.do == "add" or not _DUE.isdisjoint(entry.set):
        return list(state.courses)
    keys = [each for each in dict.fromkeys((entry.target or OWN, *changed)) if each in state.courses]
    quiet = entry.do in _QUIET and OWN not in keys
    if quiet and all(each in found and found[each][-1].status is state.status(each) for each in keys):
        return keys
    return [*(each for each in keys if each != OWN), OWN]


def _standing(state: State, key: str, moved_on: dt.date) -> tuple[Any, ...]:
    """How something stands, as a `Spell` has it behind its day; this runs for each act of every history."""
    course = state.courses[key]
    home = state.fields if key == OWN else state.parts[key]
    dates = due_home(state, key)
    status, due = state.status(key), dates.get("due")
    done, total = _ticked(home) if "points" in home or "roster" in home else (0, 0)
    endings, attempts, recurrence = course.endings, course.attempts, home.get("recurrence")
    return (
        status,
        due,
        late_from(status, due, home.get("review_on"), awaited(home) if recurrence else None),
        moved_on,
        done,
        total,
        len([1 for each in endings if each.do == "return" and (each.target or OWN) == key]) if endings else 0,
        bool(attempts) and attempts[-1].outcome in _STANDING,
        "due_original" in dates,
        (recurrence, *sorted(recorded(home.get("occurrences", ())))) if recurrence else (),
    )


def _ticked(home: Mapping[str, Any]) -> tuple[int, int]:
    rows = [row for name in ("points", "roster") for row in home.get(name, ()) if "excused_on" not in row]
    return len([row for row in rows if row.get("done_on")]), len(rows)


def _day_by_day(schema: Schema, ordered: Sequence[Entry]) -> Iterator[tuple[Entry, State, bool, bool]]:
    """The entries by their business dates, each with the state of all that had happened by then.

    Shape: with each, whether it was taken back, and whether the state is another one than before: what was
        written down late is put where it belongs, and all that comes after it there is applied again.
    """
    if not ordered:
        return
    if all(one.on <= two.on for one, two in pairwise(ordered)):
        yield from _straight(schema, ordered)
        return
    ancestry = STRAIGHT if is_chain(ordered) else ancestry_of(ordered)
    undone, first = undone_batches(ordered), ordered[0].on
    places = sorted(range(len(ordered)), key=lambda place: (max(ordered[place].on, first), place))
    state, last = State(schema, ancestry), _Last()
    for count, place in enumerate(places, 1):
        entry = ordered[place]
        again = not last.fits(entry, place)
        if again:
            state = State(schema, ancestry)
        for each in sorted(places[:count]) if again else [place]:
            state.apply(ordered[each], undone=ordered[each].batch in undone)
        last.take(entry, place)
        yield entry._replace(on=max(entry.on, first)), state, entry.batch in undone, again


def _straight(schema: Schema, ordered: Sequence[Entry]) -> Iterator[tuple[Entry, State, bool, bool]]:
    """The same of a history in which nothing was written down late, as in most."""
    state = State(schema, STRAIGHT if is_chain(ordered) else ancestry_of(ordered))
    undone = undone_batches(ordered)
    for entry in ordered:
        is_undone = entry.batch in undone
        state.apply(entry, undone=is_undone)
        yield entry, state, is_undone, False


class _Last:
    """The last entry applied on each target: one that belongs before it cannot just be added to the state.

    Notes and evidence can be told in any order; what is done to one measure says nothing of another.
    """

    def __init__(self) -> None:
        self.places: dict[str, int] = {}
        self.last = -1

    def fits(self, entry: Entry, place: int) -> bool:
        """Whether the state comes out the same when the entry is applied now."""
        if entry.do in ("note", "evidence") and not entry.set:
            return True
        if self._of_all(entry):
            return place > self.last
        return place > max(self.places.get(entry.target or OWN, -1), self.places.get(OWN, -1))

    def take(self, entry: Entry, place: int) -> None:
        """Remember that the entry is applied."""
        if entry.do in ("note", "evidence") and not entry.set:
            return
        key = OWN if self._of_all(entry) else entry.target or OWN
        self.places[key] = max(place, self.places.get(key, -1))
        self.last = max(place, self.last)

    @staticmethod
    def _of_all(entry: Entry) -> bool:
        """Whether an entry may concern the issue, or more than its one target."""
        several = len(entry.set.get("measures", ())) > 1
        return entry.target is None or several or entry.do in ("return", "reopen")
