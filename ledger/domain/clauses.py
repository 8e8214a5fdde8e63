"""What one clause of a Chinese deadline phrase says: a day, a length of time, a recurrence, a status."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum
from gettext import gettext as _
from typing import TYPE_CHECKING, NamedTuple

from ledger.domain.nearby import is_nearby
from ledger.domain.occasions import names_event, occasion_in
from ledger.domain.periods import periods
from ledger.domain.spans import recurrence_in, span_in
from ledger.domain.workdays import after
from ledger.errors import RefusedError, UsageError

if TYPE_CHECKING:
    import datetime as dt

    from ledger.domain.limits import Limit
    from ledger.domain.occasions import Holidays, Occasion
    from ledger.domain.periods import Period
    from ledger.domain.spans import Span
    from ledger.domain.workdays import IsWorkday


class Remark(StrEnum):
    """What a phrase left open, or what its reader should look at."""

    NO_YEAR = "no-year"
    NO_BASE = "no-base"
    OTHER_BASE = "other-base"
    NO_CALENDAR = "no-calendar"
    NO_SUCH_DATE = "no-such-date"
    RECURRING = "recurring"
    SCHOOL = "school-calendar"
    WINDOW = "own-window"
    STRICT = "before-period"
    SEVERAL = "several-dates"
    BEFORE_BASE = "before-base"
    STATUS = "status-word"
    HOLIDAY = "no-holiday"
    SERIAL = "serial-number"
    UNDECIDED = "undecided"
    UNCLEAR = "unclear"


def remark_text(remark: str) -> str:
    """A remark in a person's words; a code of no remark as it is."""
    words = {
        Remark.NO_YEAR: _("the phrase names no year, and no default year is set"),
        Remark.NO_BASE: _("the phrase counts from the feedback, whose date is not set"),
        Remark.OTHER_BASE: _("the phrase counts from an event whose date is not known"),
        Remark.NO_CALENDAR: _("the phrase counts working days of a year whose calendar is not known"),
        Remark.NO_SUCH_DATE: _("the date in the phrase does not exist"),
        Remark.RECURRING: _("the phrase recurs, so there is no single due date"),
        Remark.SCHOOL: _("the phrase depends on the school calendar"),
        Remark.WINDOW: _("the phrase depends on the period of the inspection or the rectification"),
        Remark.STRICT: _("a period before which it is due is read as the day before that period begins"),
        Remark.SEVERAL: _("the phrase names several dates; the last one is taken"),
        Remark.BEFORE_BASE: _("the due date lies before the feedback or the plan"),
        Remark.HOLIDAY: _("the phrase counts from a holiday whose date in that year is not known"),
        Remark.SERIAL: _("the number is read as a spreadsheet counts days"),
        Remark.UNDECIDED: _("the phrase says that the deadline is still to be set"),
        Remark.STATUS: _("a status stands where a deadline should"),
        Remark.UNCLEAR: _("no due date could be read from the phrase"),
    }
    return words.get(Remark(remark), remark) if remark in set(Remark) else remark


class Basis(NamedTuple):
    """What a ledger knows that phrases count on; None where it does not.

    Attributes:
        feedback: The day of the feedback, from which lengths of time count that name no other event.
        submitted: When the plan was handed in (整改方案上报之日).
        window_end: The last day of the concentrated period (集中整改期).
        on_site_end: The last day the inspectors were there (巡察期间).
        year: For what is printed without one.
        immediate: How long after the feedback 立行立改 is due; None for no date.
        is_workday: Refuses (4) a year it does not know.
        holidays: The first day off of a holiday in a year.
    """

    feedback: dt.date | None = None
    submitted: dt.date | None = None
    window_end: dt.date | None = None
    on_site_end: dt.date | None = None
    year: int | None = None
    immediate: Limit | None = None
    is_workday: IsWorkday | None = None
    holidays: Holidays | None = None


@dataclass(slots=True)
class Reading:
    """What the clauses read so far have said."""

    basis: Basis
    year: int | None
    days: list[dt.date] = field(default_factory=list)
    is_dated: bool = False
    status: str | None = None
    review: str | None = None
    recurs: bool = False
    remarks: dict[str, None] = field(default_factory=dict)

    def remark(self, remark: Remark) -> None:
        """Add a remark, once."""
        self.remarks[remark] = None


_SCHOOL = re.compile("学期|学年|开学|暑假|寒假")
_WINDOW = re.compile("集中整改期|整改期限?[内间]|(?:巡[视察]|审计|督[察导]|检查|驻点|进驻)期间")
_UNDECIDED = re.compile(
    "待[定议]|视(?:具体|实际)?情况|另行|[按据照](?:照|据)?(?:上级|有关|相关|统一|方案|实际)|见(?:备注|附件|方案)|同上"
)

#: A status in a clause of its own; beside a date, 完成 alone still belongs to the deadline.
_STATUS = re.compile(
    "[尚暂]?未(?:完成|启动|整改(?:到位|完成)?|办结|销号|落实)|整改完毕|正在(?:推进|整改|进行|落实)"
    "|(?:整改|推进|进行|办理)中|逾期|超期"
)
_DONE = re.compile("已经?(?:全部|全面|基本|[于在].*?)?(?:整改|完成|办结|销号|到位|落实|解决).*")


def read_clause(clause: str, read: Reading) -> None:
    """Add what one clause says to what has been read."""
    if _STATUS.fullmatch(clause):
        read.status = read.status or clause
        return
    if done := _DONE.search(clause):
        is_term = clause[: done.start()].endswith(("前", "底"))
        read.status = done.group() if is_term else clause
        clause = clause[: done.start()] if is_term else ""
    if recurrence := recurrence_in(clause):
        at, interval = recurrence
        read.recurs = True
        read.review = read.review or interval
        clause = clause[:at]
    if _SCHOOL.search(clause):
        read.remark(Remark.SCHOOL)
    elif window := _WINDOW.search(clause):
        _read_window(window.group(), read)
    elif is_nearby(clause):
        read.remark(Remark.OTHER_BASE)
    elif span := span_in(clause):
        _read_span(span, read)
    elif not _read_periods(clause, read):
        _read_event(clause, read)


def _read_window(words: str, read: Reading) -> None:
    """Take the end of the rectification or of the inspection, where the ledger knows it."""
    basis = read.basis
    end = basis.window_end if "整改" in words else basis.on_site_end
    if end is None:
        read.remark(Remark.WINDOW)
        return
    read.is_dated = True
    read.days.append(end)


def _read_event(clause: str, read: Reading) -> None:
    """Take the day of a holiday; of an event that stands in no calendar say so."""
    occasion = occasion_in(clause)
    if occasion:
        read.is_dated = True
        read.year = occasion.year or read.year
        _read_occasion(occasion, read)
    elif names_event(clause):
        read.remark(Remark.OTHER_BASE)
    elif _UNDECIDED.search(clause):
        read.remark(Remark.UNDECIDED)


def _read_occasion(occasion: Occasion, read: Reading) -> None:
    if read.year is None:
        read.remark(Remark.NO_YEAR)
        return
    holidays, base = read.basis.holidays, read.basis.feedback
    day = occasion.day(read.year, holidays)
    if day and base and day < base and occasion.year is None:
        day = occasion.day(read.year + 1, holidays)
    if day is None:
        read.remark(Remark.HOLIDAY)
        return
    if occasion.before:
        read.remark(Remark.STRICT)
    read.days.append(day)


def _read_span(span: Span, read: Reading) -> None:
    """Count a length of time from the day named before it, else from the feedback."""
    read.is_dated = True
    named = [period for period in periods(span.before) if period.is_day]
    since = read.basis.submitted if span.is_since_submission else None
    if span.is_since_other and not named and since is None:
        read.remark(Remark.OTHER_BASE)
        return
    try:
        base = _last_day(named[-1], read) if named else since or read.basis.feedback
        if base:
            read.days.append(span.end(base, read.basis.is_workday or no_calendar))
        elif not named:
            read.remark(Remark.NO_BASE)
    except RefusedError:
        read.remark(Remark.NO_CALENDAR)
    except UsageError:
        read.remark(Remark.NO_SUCH_DATE)


def no_calendar(day: dt.date) -> bool:
    """Refuse every day: nobody has said which are working days.

    Raises:
        RefusedError: always.
    """
    raise RefusedError(_("the working days of {year} are not known").format(year=day.year))


def _read_periods(clause: str, read: Reading) -> bool:
    """Add the last day of each period a clause names; whether there is one.

    A bare day beside a status says when that was, not by when it is due.
    """
    found = periods(clause)
    for period in found:
        if read.status and not (period.before or period.ends):
            continue
        if period.starts:
            read.year = period.year or read.year
            continue
        read.is_dated = True
        try:
            day = _last_day(period, read)
        except UsageError:
            read.remark(Remark.NO_SUCH_DATE)
            continue
        if day:
            read.days.append(day)
    return bool(found)


def _last_day(period: Period, read: Reading) -> dt.date | None:
    """The day a period means as a deadline; None when nobody says which year.

    Raises:
        UsageError: there is no such day.
    """
    read.year = period.year or read.year
    if read.year is None:
        read.remark(Remark.NO_YEAR)
        return None
    first, last = period.bounds(read.year)
    if period.before and not period.ends and not period.is_day:
        read.remark(Remark.STRICT)
        return after(first, -1)
    return last
