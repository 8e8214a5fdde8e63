"""Which days are working days: the public calendar, and what the ledger says besides it.

The one owner of chinesecalendar, which knows a year only once its holidays are announced.
"""

from __future__ import annotations

from functools import partial
from gettext import gettext as _
from typing import TYPE_CHECKING

from ledger.domain.workdays import NO_OFFICE_DAYS
from ledger.errors import RefusedError

if TYPE_CHECKING:
    import datetime as dt

    from ledger.domain.workdays import IsWorkday, OfficeDays

#: What the calendar calls the holidays that move. Source: chinese_calendar.Holiday.
_MOVING = {
    "spring-festival": "Spring Festival",
    "tomb-sweeping": "Tomb-sweeping Day",
    "dragon-boat": "Dragon Boat Festival",
    "mid-autumn": "Mid-autumn Festival",
}
#: Such holidays begin between 20 January and the first days of October.
_EARLIEST, _DAYS = (1, 15), 275


def is_workday(day: dt.date, overrides: OfficeDays = NO_OFFICE_DAYS) -> bool:
    """Whether people work on that day, weekends worked in lieu included.

    Shape: what the office says in `overrides` wins over the public calendar, day by day. A year the public
        calendar does not know has to be given whole; some of its days alone do not make it known.

    Raises:
        RefusedError: nobody has said what the holidays of that year are.

    Source: 国务院办公厅 yearly notice on holidays, by way of chinesecalendar; DECISIONS.md D-73.
    """
    said = overrides.is_workday(day)
    if said is not None:
        return said
    import chinese_calendar

    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:
        raise _unknown(day.year) from None


def workdays_of(office: OfficeDays = NO_OFFICE_DAYS) -> IsWorkday:
    """The working days of an office, for whoever counts them: reply-by dates, windows, limits.

    Shape: `office` is the `workdays` of its settings.
    """
    return partial(is_workday, overrides=office)


def known_years() -> tuple[int, int]:
    """The first and the last year the public calendar knows; it knows all between them."""
    from chinese_calendar import constants

    years = [day.year for day in constants.holidays]
    return min(years), max(years)


def _unknown(year: int) -> RefusedError:
    first, last = known_years()
    message = _("the working days of {year} are not known; those of {first} to {last} are").format(
        year=year, first=first, last=last
    )
    hint = _(
        "once they are announced, write them into workdays.toml beside ledgers/: "
        "whole = [{year}], then each day off as {year}-01-01 = false and each worked weekend day as = true"
    )
    return RefusedError(message, hint.format(year=year))


def first_day(holiday: str, year: int) -> dt.date | None:
    """The first day off of a holiday that moves (spring-festival, ...); None where nobody has announced it.

    Source: as `is_workday`.
    """
    import datetime as dt

    import chinese_calendar

    start = dt.date(year, *_EARLIEST)
    for offset in range(_DAYS):
        day = start + dt.timedelta(days=offset)
        try:
            is_off, name = chinese_calendar.get_holiday_detail(day)
        except NotImplementedError:
            return None
        if is_off and name == _MOVING[holiday]:
            return day
    return None
