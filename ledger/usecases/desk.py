"""What the monthly status is made from, asked of the index: no record is read, but letters."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from ledger.domain.cadence import Cadence, period_of
from ledger.domain.changes import changes, of_whole
from ledger.domain.lights import days_late, light, only_days
from ledger.reports.standing import LONGEST, History, Line, Part, Standing, end_of_next_month
from ledger.store import counting, spellbook, worklists
from ledger.store.listed import Day
from ledger.store.recorded import recorded
from ledger.usecases.changing import named_in
from ledger.usecases.sight import ask

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ledger.domain.cadence import Span
    from ledger.domain.settings import Light
    from ledger.store.indexfile import Index
    from ledger.store.recorded import Recorded
    from ledger.store.worklists import Listed
    from ledger.usecases.sight import Sight

#: So many ends of months are shown beside each other.
_MONTHS = 12
_DAY = dt.timedelta(days=1)


def desk(sight: Sight, span: Span) -> tuple[Standing, History, tuple[Recorded, ...]]:
    """How the ledger stands on the day looked at, what changed in the period, and what that rests on.

    Shape: the period ends on the day looked at.
    """

    def question(asked: Index) -> tuple[Standing, History, tuple[Recorded, ...]]:
        standing = _standing(asked, sight, span)
        return standing, _history(asked, standing, span), recorded(asked)

    return ask(sight, question)


def _standing(asked: Index, sight: Sight, span: Span) -> Standing:
    day, lights = sight.day, sight.book.settings.lights
    bright = only_days(lights)
    found = [
        worklists.closed(asked, span.first, span.last, LONGEST),
        worklists.due(asked, dt.date.min, day - _DAY, LONGEST),
        worklists.due(asked, day, end_of_next_month(day), LONGEST),
    ]
    notes = worklists.latest_notes(asked, found[1][0])
    closed, overdue, ahead = (
        Part(tuple(_line(each, day, lights, notes) for each in lines), total) for lines, total in found
    )
    return Standing(
        whole=counting.counts(asked, day),
        groups=counting.counts_by(asked, "category", day),
        units=counting.counts_by(asked, "unit", day),
        closed=closed,
        overdue=overdue,
        ahead=ahead,
        months=tuple(worklists.months_ahead(asked, day)),
        lights=counting.lights(asked, Day(day, lights)) if bright else None,
        worst=worklists.worst_lights(asked, day, lights) if bright else None,
        rebounds=worklists.came_back(asked),
    )


def _line(
    given: Listed, day: dt.date, lights: Sequence[Light], notes: Mapping[str, tuple[dt.date, str]]
) -> Line:
    shown = light(days_late(given.late_from, day), given.status, lights) if only_days(lights) else None
    return Line(
        id=given.id,
        text=given.text,
        unit=given.unit,
        leader=given.leader,
        status=given.status,
        signed=given.signed,
        steps=given.steps,
        on=given.on,
        light=shown,
        remark=given.remark,
        result=given.result,
        requested=given.requested,
        latest=notes.get(given.uid),
    )


def _history(asked: Index, standing: Standing, span: Span) -> History:
    """What changed in the period, and how many issues were open at the ends of the last months."""
    found = of_whole(
        changes(spellbook.changing(asked, span.first, span.last), span.first, span.last), standing.whole
    )
    ends = _ends(span.last)
    still_open = tuple(zip(ends, spellbook.open_on(asked, ends), strict=True))
    return History(found, spellbook.ids(asked, named_in(found)), still_open)


def _ends(day: dt.date) -> list[dt.date]:
    """The ends of the months before, and the day itself in place of that of its own month."""
    month = period_of(Cadence.MONTHLY, day)
    ends = [day]
    for _month in range(_MONTHS - 1):
        month = month.before
        ends.insert(0, month.last)
    return ends
