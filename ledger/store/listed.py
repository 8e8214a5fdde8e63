"""Issues and measures as lists show them, and the columns they are made from."""

from __future__ import annotations

import datetime as dt
from functools import cache, lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeAlias

from ledger.domain.lights import days_late, light
from ledger.domain.moves import Status
from ledger.store.tables import COUNTS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from ledger.domain.settings import Light
    from ledger.store.conditions import Of
    from ledger.store.lit import Lit


class Day(NamedTuple):
    """Which day it is, and which light shows when.

    Shape: `lights` from the strictest on, as the settings give them.
    """

    today: dt.date
    lights: Sequence[Light]


class Row(NamedTuple):
    """An issue as lists show it: the shape of `list --json`; a tuple, because there may be thousands.

    Shape: `due` is the earliest open date, `due_text` the phrase that goes with it; `measures` counts
        those that count for it, by ``total`` and by status, void ones apart from the total; `more` holds
        further columns that were asked for. Absent values are None.
    Units: `overdue_days` whole days, 0 when nothing is late.

    Source: docs/contract.md §5.
    """

    id: str
    uid: str
    title: str
    category: str | None
    unit: str | None
    leader: str | None
    owner: str | None
    term: str | None
    continuing: bool
    status: str
    due: dt.date | None
    due_text: str | None
    overdue_days: int
    light: str | None
    measures: Mapping[str, int]
    #: Look-backs that found it, or one of its measures, had come back.
    rebounds: int
    suspect: bool
    signed: int
    steps: int
    next_step: str | None
    more: Mapping[str, Any]


class MeasureRow(NamedTuple):
    """A measure as lists show it, with what it inherits; fields as in `Row`, `title` of its issue.

    Shape: `due` is the end of the period that is awaited where that comes before its date.
    """

    id: str
    uid: str
    issue_uid: str
    text: str
    title: str
    category: str | None
    unit: str | None
    leader: str | None
    owner: str | None
    term: str | None
    continuing: bool
    status: str
    due: dt.date | None
    due_text: str | None
    overdue_days: int
    light: str | None
    review_on: dt.date | None
    result: str | None
    requested: str | None
    suspect: bool
    signed: int
    steps: int
    next_step: str | None
    #: The period of what comes round again that is neither done nor excused.
    awaited: str | None
    #: How many names are ``done`` of the ``total``; None without a roster.
    roster: Mapping[str, int] | None
    more: Mapping[str, Any]


#: From a stored date, a status, a uid and that of its issue to the days late and the light.
Lateness: TypeAlias = "Callable[[str | None, str, str, str], tuple[int, str | None]]"

#: The columns that make a row, of issues `i` and measures `m`.
LISTED: Final[Mapping[Of, tuple[str, ...]]] = {
    "issue": (
        "number", "uid", "title", "category", "unit", "leader", "owner", "term", "continuing", "status",
        "open_due", "open_due_text", "late_since", "rebounds", "suspect", "signed", "steps", "next_step",
        "measures",
        *COUNTS,
    ),
    "measure": (
        "id", "uid", "issue_uid", "text", "title", "category", "unit", "leader", "owner", "term",
        "continuing", "status", "due", "due_text", "late_from", "review_on", "result", "requested",
        "suspect", "signed", "steps", "next_step", "awaited", "roster_done", "roster_total",
    ),
}  # fmt: skip
_COUNTED_FROM: Final = LISTED["issue"].index("measures")
_ISSUE_END: Final = len(LISTED["issue"])
_MEASURE_END: Final = len(LISTED["measure"])
_NOTHING: Final[Mapping[str, Any]] = MappingProxyType({})
_MEASURES: Final = ("total", *map(str, Status))


def lateness(day: Day, known: Lit | None = None) -> Lateness:
    """What says how many days something is late, and which light shows; thousands fall on few dates.

    Shape: `known` tells the light where more than the days decides.
    """

    @cache
    def by_days(late: str | None, status: str) -> tuple[int, str | None]:
        days = days_late(date(late), day.today)
        return max(days or 0, 0), light(days, status, day.lights)

    if known is None:
        return lambda late, status, _uid, _issue: by_days(late, status)
    return lambda late, status, uid, issue: (by_days(late, status)[0], known.code(uid, issue, status))


def row(
    values: tuple[Any, ...],
    late_and_light: Lateness,
    shared: Mapping[str, Mapping[str, int]],
    more: Sequence[str],
) -> Row:
    """An issue from its columns; `shared` counts the measures of others that serve it, by uid and status."""
    number, uid, title, category, unit, leader, owner, term, continuing, status, due, due_text, late = values[
        :13
    ]
    rebounds, suspect, signed, steps, step = values[13:_COUNTED_FROM]
    measures = dict(zip(_MEASURES, values[_COUNTED_FROM:_ISSUE_END], strict=True))
    if uid in shared:
        for name, count in shared[uid].items():
            measures[name] += count
            measures["total"] += count
    days, shown = late_and_light(late, status, uid, uid)
    further = dict(zip(more, values[_ISSUE_END:], strict=True)) if more else _NOTHING
    return Row(
        str(number), uid, title, category, unit, leader, owner, term, bool(continuing), status, date(due),
        due_text, days, shown, measures, rebounds, bool(suspect), signed,
        steps, step, further,
    )  # fmt: skip


def measure_row(values: tuple[Any, ...], late_and_light: Lateness, more: Sequence[str]) -> MeasureRow:
    """A measure from its columns."""
    (
        *texts,
        continuing,
        status,
        due,
        due_text,
        late,
        review_on,
        result,
        requested,
        suspect,
        signed,
        steps,
        step,
        awaited,
        done,
        total,
    ) = values[:_MEASURE_END]
    days, shown = late_and_light(late, status, texts[1], texts[2])
    further = dict(zip(more, values[_MEASURE_END:], strict=True)) if more else _NOTHING
    return MeasureRow._make(
        (*texts, bool(continuing), status, date(due), due_text, days, shown, date(review_on),
         result, requested, bool(suspect), signed, steps, step, awaited,
         {"done": done, "total": total} if total else None, further)
    )  # fmt: skip


@lru_cache(maxsize=10_000)
def date(text: str | None) -> dt.date | None:
    """A stored date."""
    return dt.date.fromisoformat(text) if text else None
