"""Weeks, months, quarters, half-years and years one after another, by their names: 2025-Q1, 2025-W23."""

from __future__ import annotations

import datetime as dt
import re
from enum import StrEnum
from functools import lru_cache
from gettext import gettext as _
from typing import NamedTuple

from ledger.domain.dates import days_in
from ledger.domain.text import excerpt
from ledger.domain.workdays import after
from ledger.errors import UsageError


class Cadence(StrEnum):
    """How often something comes round."""

    __hash__ = str.__hash__

    WEEKLY = "weekly"
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    HALF_YEARLY = "half-yearly"
    YEARLY = "yearly"


#: How many months each has; a week has none.
_MONTHS = {Cadence.MONTHLY: 1, Cadence.QUARTERLY: 3, Cadence.HALF_YEARLY: 6, Cadence.YEARLY: 12}
#: What stands before the number of a period within its year.
_MARKS = {Cadence.WEEKLY: "W", Cadence.QUARTERLY: "Q", Cadence.HALF_YEARLY: "H"}
#: The first days of the halves, in the words of a phrase.
_HALVES = {"上": 1, "下": 2}
#: Longer than any name of a period.
_LONGEST = 40
_YEAR = r"(?:(?P<year>[12]\d{3})年?度?)?-?"
#: The ways to write a period, as `periods.plain` gives them; a year alone is the last.
_FORMS = tuple(
    (cadence, re.compile(_YEAR + form, re.ASCII | re.IGNORECASE))
    for cadence, form in (
        (Cadence.WEEKLY, r"(?:W(?P<number>\d{1,2})|第(?P<said>\d{1,2})周)"),
        (Cadence.QUARTERLY, r"(?:Q(?P<number>[1-4])|第?(?P<said>[1-4])季度?)"),
        (Cadence.HALF_YEARLY, r"(?:H(?P<number>[12])|(?P<said>[上下])半年)"),
        (Cadence.MONTHLY, r"(?:(?<=-)(?P<number>\d{1,2})|(?<!-)(?P<said>\d{1,2})月份?)"),
        (Cadence.YEARLY, r"(?P<number>)(?P<said>)(?<=[\d年度])"),
    )
)


class Period(NamedTuple):
    """One week, month, quarter, half-year or year.

    Shape: `first` is its first day; weeks begin on Monday.

    Source: ISO 8601 for weeks and their years.
    """

    cadence: Cadence
    first: dt.date

    @property
    def last(self) -> dt.date:
        """Its last day."""
        if self.cadence is Cadence.WEEKLY:
            return dt.date.fromordinal(min(self.first.toordinal() + 6, dt.date.max.toordinal()))
        month = self.first.month + _MONTHS[self.cadence] - 1
        return self.first.replace(month=month, day=days_in(self.first.year, month))

    @property
    def next(self) -> Period:
        """The one that follows.

        Raises:
            UsageError: it lies beyond the calendar.
        """
        return self._replace(first=after(self.last, 1))

    @property
    def before(self) -> Period:
        """The one that goes before it.

        Raises:
            UsageError: it lies beyond the calendar.
        """
        return period_of(self.cadence, after(self.first, -1))

    @property
    def name(self) -> str:
        """How it is written: 2025-W23, 2025-06, 2025-Q2, 2025-H1, 2025."""
        if self.cadence is Cadence.WEEKLY:
            year, week, _day = self.first.isocalendar()
            return f"{year:04}-W{week:02}"
        if self.cadence is Cadence.YEARLY:
            return f"{self.first.year:04}"
        number = (self.first.month - 1) // _MONTHS[self.cadence] + 1
        mark = _MARKS.get(self.cadence, "")
        return f"{self.first.year:04}-{mark}{number if mark else f'{number:02}'}"


class Span(NamedTuple):
    """A period as it is counted: to its last day, or to the day looked at while it is not over."""

    name: str
    first: dt.date
    last: dt.date


def period_of(cadence: Cadence, day: dt.date) -> Period:
    """The period of a cadence that a day lies in."""
    if cadence is Cadence.WEEKLY:
        return Period(cadence, dt.date.fromordinal(max(day.toordinal() - day.weekday(), 1)))
    months = _MONTHS[cadence]
    return Period(cadence, day.replace(month=(day.month - 1) // months * months + 1, day=1))


def period_named(words: str, *, today: dt.date | None = None) -> Period:
    """The period somebody named.

    Shape: `2025-Q1`, `2025Q1`, `2025年第一季度`, `2025-H1`, `2025年上半年`, `2025-06`, `2025年6月`,
        `2025-W23`, `2025年第23周`, `2025`; a quarter, half-year or month without a year is that of `today`.

    Raises:
        UsageError: it is no period, or there is none of that number.
    """
    from ledger.domain.periods import plain  # its many forms are made ready only for who types a period

    typed = plain(words, today.year if today else None) if len(words) <= _LONGEST else ""
    for cadence, form in _FORMS:
        found = form.fullmatch(typed)
        year = found and (found["year"] or (today and f"{today.year}"))
        if found and year:
            period = _period(cadence, int(year), found)
            if period is not None:
                return period
    message = _('"{words}" is not a period').format(words=excerpt(words))
    raise UsageError(message, hint=_("write 2025-Q1, 2025-H1, 2025-06, 2025-W23, 2025 or 2025年第一季度"))


@lru_cache(maxsize=4096)
def begins(name: str) -> dt.date:
    """The first day of the period of that name.

    Raises:
        UsageError: it is no period.
    """
    return period_named(name).first


@lru_cache(maxsize=4096)
def is_name(words: str) -> bool:
    """Whether this is the one name of a period, as records keep it."""
    try:
        return period_named(words).name == words
    except UsageError:
        return False


def _period(cadence: Cadence, year: int, found: re.Match[str]) -> Period | None:
    """The period of a year by its number; None where the year has none of that number."""
    said = found["number"] or found["said"] or "1"
    number = _HALVES.get(said) or int(said)
    try:
        if cadence is Cadence.WEEKLY:
            return Period(cadence, dt.date.fromisocalendar(year, number, 1))
        return Period(cadence, dt.date(year, (number - 1) * _MONTHS[cadence] + 1, 1))
    except ValueError:
        return None
