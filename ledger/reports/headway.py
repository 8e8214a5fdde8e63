"""How far a measure is with its names and its periods, in words: 12/17; 2025-Q1 done, 2025-Q2 missed."""

from __future__ import annotations

from gettext import gettext as _
from gettext import ngettext
from typing import TYPE_CHECKING

from ledger.domain.recurrence import missed, upcoming
from ledger.domain.ticked import progress
from ledger.domain.words import clauses, listed

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from ledger.domain.cadence import Period
    from ledger.domain.issue import Measure, Target

#: So many missed periods stand in one line; the latest.
_NAMED = 4


def names_told(measure: Measure) -> str:
    """How many names of a roster are done: 12/17; empty where there is none."""
    if not measure.roster:
        return ""
    done, total = progress(measure.roster)
    excused = sum(each.excused_on is not None for each in measure.roster)
    told = _("done {done}/{total}").format(done=done, total=total)
    return clauses([told, *([_("excused {count}").format(count=excused)] if excused else [])])


def missed_names(measure: Measure, day: dt.date) -> list[str]:
    """The names of the periods that were missed by a day, the earliest first; of what is still worked on."""
    if measure.recurrence is None or not measure.expects:
        return []
    recorded = {each.name for each in measure.occurrences}
    return [each.name for each in missed(measure.recurrence, recorded, day)]


def upcoming_period(measure: Measure, day: dt.date) -> Period | None:
    """The next period to be recorded that has not passed by a day; of what is still worked on."""
    if measure.recurrence is None or not measure.expects:
        return None
    return upcoming(measure.recurrence, {each.name for each in measure.occurrences}, day)


def periods_told(measure: Measure, day: dt.date) -> str:
    """How far what comes round again is: how many are done, which were missed, which is next."""
    if measure.recurrence is None:
        return ""
    done = sum(each.done_on is not None for each in measure.occurrences)
    excused = len(measure.occurrences) - done
    told = [ngettext("{count} period done", "{count} periods done", done).format(count=done)]
    if excused:
        told.append(_("excused {count}").format(count=excused))
    passed = missed_names(measure, day)
    if passed:
        told.append(_("missed {periods}").format(periods=_latest(passed)))
    coming = upcoming_period(measure, day)
    if coming is not None:
        told.append(_("next {period} by {day}").format(period=coming.name, day=coming.last))
    return clauses(told)


def headway_told(target: Target, day: dt.date) -> str:
    """Names and periods in one cell; empty where a measure has neither, and of an issue."""
    from ledger.domain.issue import Measure

    if not isinstance(target, Measure):
        return ""
    return clauses(filter(None, (names_told(target), periods_told(target, day))))


def _latest(names: Sequence[str]) -> str:
    if len(names) <= _NAMED:
        return listed(names)
    shown = listed(names[-_NAMED:])
    return _("{count} periods, the last {periods}").format(count=len(names), periods=shown)
