"""Days counted on: calendar days, and working days from a given calendar."""

from __future__ import annotations

import datetime as dt
from gettext import gettext as _
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from ledger.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    #: Says whether a day is a working day; refuses (4) a year it does not know.
    IsWorkday: TypeAlias = Callable[[dt.date], bool]

_DAY = dt.timedelta(days=1)
_SATURDAY = 5
#: In every year at least so many days from Monday to Friday are off: each day of a public holiday is one, or
#: brings one with it. Units: days. Source: 全国年节及纪念日放假办法, as revised in 2024.
FEWEST_OFF = 13


class OfficeDays(NamedTuple):
    """What an office says of working days besides the public calendar.

    Shape: `days` says of single days whether people work, and wins. Of the years in `whole` it says all that
        is not as the days of the week would have it; one stray day makes no year known.
    """

    days: Mapping[dt.date, bool] = MappingProxyType({})
    whole: frozenset[int] = frozenset()

    def is_workday(self, day: dt.date) -> bool | None:
        """Whether people work on that day; None where the office has not said."""
        if day in self.days:
            return self.days[day]
        return day.weekday() < _SATURDAY if day.year in self.whole else None

    def days_off(self, year: int) -> int:
        """How many days from Monday to Friday of a year are off, as far as the office says."""
        off = (day for day, works in self.days.items() if not works)
        return sum(1 for day in off if day.year == year and day.weekday() < _SATURDAY)


#: The office says nothing besides the public calendar.
NO_OFFICE_DAYS = OfficeDays()


def after(start: dt.date, days: int) -> dt.date:
    """The day so many days after `start`; before it when `days` is below 0.

    Raises:
        UsageError: the day lies beyond the calendar.
    """
    try:
        return start + dt.timedelta(days=days)
    except OverflowError:
        message = _("that day lies beyond the calendar")
        raise UsageError(message, hint=_("give a date between 0001-01-01 and 9999-12-31")) from None


def add_workdays(start: dt.date, n: int, is_workday: IsWorkday) -> dt.date:
    """The n-th working day after `start`, which itself is not counted.

    Units: `n` working days; 0 gives `start` whatever day it is, below 0 counts back.

    Raises:
        UsageError: the day lies beyond the calendar.

    Source: 民法典 art. 201, the day a period begins is not counted.
    """
    day = start
    step = 1 if n > 0 else -1
    left = abs(n)
    while left:
        day = after(day, step)
        left -= is_workday(day)
    return day


def window_end(first: dt.date, n: int, is_workday: IsWorkday) -> dt.date:
    """The last day of a window of `n` working days that opens on `first`.

    Units: `n` working days, 1 or more; `first` counts when it is one (公开期限, 公示期).
    """
    return add_workdays(first - _DAY, n, is_workday)


def count_workdays(first: dt.date, last: dt.date, is_workday: IsWorkday) -> int:
    """How many working days there are from `first` to `last`, both counted.

    Units: working days; 0 when `last` lies before `first`.
    """
    return sum(is_workday(first + _DAY * offset) for offset in range((last - first).days + 1))
