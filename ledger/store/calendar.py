"""Which days are working days: the public calendar, and what the ledger says besides it.

The one owner of chinesecalendar, which knows a year only once its holidays are announced.
"""

from __future__ import annotations

from gettext import gettext as _
from typing import TYPE_CHECKING

from ledger.errors import RefusedError

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

_SATURDAY = 5
#: What the calendar calls the holidays that move. Source: chinese_calendar.Holiday.
_MOVING = {
    "spring-festival": "Spring Festival",
    "tomb-sweeping": "Tomb-sweeping Day",
    "dragon-boat": "Dragon Boat Festival",
    "mid-autumn": "Mid-autumn Festival",
}
#: Such holidays begin between 20 January and the first days of October.
_EARLIEST, _DAYS = (1, 15), 275


def is_workday(day: dt.date, overrides: Mapping[dt.date, bool]) -> bool:
    """Whether people work on that day, weekends worked in lieu included.

    Shape: `overrides` win over the public calendar. A year the public calendar does not know
        counts as supplied once `overrides` holds a day of it: they are then its holidays and
        its worked weekends, and every other day goes by the week.

    Raises:
        RefusedError: nobody has said what the holidays of that year are.

    Source: 国务院办公厅 yearly notice on holidays, by way of chinesecalendar.
    """
    if day in overrides:
        return overrides[day]
    import chinese_calendar

    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:
        if any(known.year == day.year for known in overrides):
            return day.weekday() < _SATURDAY
    message = _("the working days of {year} are not known").format(year=day.year)
    hint = _("list the holidays and worked weekends of {year} under [workdays] in ledger.toml")
    raise RefusedError(message, hint=hint.format(year=day.year))


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
