"""How many clues came in, were concluded and are open: 受理 = 办结 + 在办, and 办结率 with its definition."""

from __future__ import annotations

import datetime as dt
from gettext import gettext as _
from typing import TYPE_CHECKING, Final, NamedTuple

from ledger.domain.cadence import Cadence, period_of
from ledger.domain.clue import CHANNELS, OUTCOMES, STAGES, Clue
from ledger.domain.rates import Rate, percent
from ledger.domain.schema import VOID

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

#: What clues can be counted by.
FIELDS: Final = ("channel", "unit", "stage", "outcome")
#: How long a line of the table over time is, besides a day.
_CADENCES: Final[Mapping[str, Cadence]] = {"week": Cadence.WEEKLY, "month": Cadence.MONTHLY}
SPANS: Final = ("day", *_CADENCES)
_ORDERS: Final[Mapping[str, tuple[str, ...]]] = {"channel": CHANNELS, "stage": STAGES, "outcome": OUTCOMES}


class Count(NamedTuple):
    """How many clues there are.

    Shape: `received` = `concluded` + `open`; `transferred` and `issues` are how many of them went to another
        body or became issues, `late` how many of the open or unanswered ones are late with a step.
    """

    received: int
    concluded: int
    open: int
    transferred: int
    issues: int
    late: int


class Group(NamedTuple):
    """The count of the clues with one value of a field; an empty value gathers those that have none."""

    value: str
    counts: Count


class Span(NamedTuple):
    """What came in and was concluded in a day, week or month, and what was open at its end.

    Shape: `name` is 2025-06-02, 2025-W23 or 2025-06.
    """

    name: str
    received: int
    concluded: int
    open: int


def counting(clues: Iterable[Clue]) -> tuple[Clue, ...]:
    """The clues that count: all but the void ones."""
    return tuple(clue for clue in clues if clue.stage != VOID)


def count(clues: Iterable[Clue], day: dt.date) -> Count:
    """All clues that count, on a day."""
    live = counting(clues)
    concluded = sum(clue.concluded for clue in live)
    return Count(
        received=len(live),
        concluded=concluded,
        open=len(live) - concluded,
        transferred=sum(clue.transferred_on is not None for clue in live),
        issues=sum(clue.stage == "issue" for clue in live),
        late=sum(bool(clue.lateness(day)) for clue in live),
    )


def by(clues: Iterable[Clue], field: str, day: dt.date) -> tuple[Group, ...]:
    """The same for each value of a field of FIELDS; the groups sum to the whole.

    Shape: known codes in their own order, then the others as they first appear, none last.
    """
    groups: dict[str, list[Clue]] = {value: [] for value in _ORDERS.get(field, ())}
    for clue in counting(clues):
        groups.setdefault(getattr(clue, field), []).append(clue)
    ordered = sorted(groups, key=lambda value: not value)
    return tuple(Group(value, count(groups[value], day)) for value in ordered if groups[value])


def over_time(clues: Iterable[Clue], span: str) -> tuple[Span, ...]:
    """What came in and was concluded in each day, week or month in which anything did (日, 周, 月统计).

    Shape: `span` is one of SPANS; the earliest first, without gaps for weeks and months. What was
        open at the end is all that had come in by then, less all that had been concluded.
    """
    live = counting(clues)
    name = _namer(span)
    received = [clue.received_on for clue in live if clue.received_on is not None]
    concluded = [clue.concluded_on for clue in live if clue.concluded and clue.concluded_on is not None]
    rows, open_now = [], 0
    for each in _names(sorted({*received, *concluded}), span):
        came = sum(name(day) == each for day in received)
        went = sum(name(day) == each for day in concluded)
        open_now += came - went
        rows.append(Span(each, came, went, open_now))
    return tuple(rows)


def _namer(span: str) -> Callable[[dt.date], str]:
    cadence = _CADENCES.get(span)
    return dt.date.isoformat if cadence is None else lambda day: period_of(cadence, day).name


def _names(days: Sequence[dt.date], span: str) -> list[str]:
    cadence = _CADENCES.get(span)
    if cadence is None or not days:
        return [day.isoformat() for day in days]
    period, names = period_of(cadence, days[0]), []
    while period.first <= days[-1]:
        names.append(period.name)
        period = period.next
    return names


def rate(counts: Count) -> Rate:
    """The share of clues that are concluded (办结率)."""
    definition = _(
        "concluded clues ÷ clues received; those transferred count once their result is in, void ones nowhere"
    )
    return Rate(
        "clues_concluded",
        definition,
        counts.concluded,
        counts.received,
        percent(counts.concluded, counts.received),
    )
