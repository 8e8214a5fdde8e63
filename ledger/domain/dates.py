"""Days and moments as people type them, in ISO and in Chinese form."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from gettext import gettext as _
from typing import TYPE_CHECKING

from ledger.domain.text import excerpt, halfwidth
from ledger.domain.workdays import add_workdays, after
from ledger.errors import UsageError

if TYPE_CHECKING:
    from ledger.domain.workdays import IsWorkday

_NAMED = {"yesterday": -1, "昨天": -1, "today": 0, "今天": 0, "tomorrow": 1, "明天": 1}
_FORMS = (
    re.compile(r"(?P<year>[0-9]{4})(?P<mark>[-/.])(?P<month>[0-9]{1,2})(?P=mark)(?P<day>[0-9]{1,2})"),
    re.compile(r"(?P<year>[0-9]{4})年(?P<month>[0-9]{1,2})月(?P<day>[0-9]{1,2})[日号]"),
    re.compile(r"(?P<year>)(?P<month>[0-9]{1,2})[-/.](?P<day>[0-9]{1,2})"),
    re.compile(r"(?P<year>)(?P<month>[0-9]{1,2})月(?P<day>[0-9]{1,2})[日号]"),
)
_OFFSET = re.compile(r"(?P<number>[+-][0-9]{1,6})(?P<working>w?)d")
#: Longer than any moment written out.
_LONGEST = 64
_MOMENT = re.compile(
    r"(?P<day>\S.*?)[Tt\s]\s*(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2})(?:\.[0-9]+)?)?"
    r"\s*(?P<zone>[Zz]|[+-][0-9]{2}:?[0-9]{2})?"
)


def parse_date(words: str, *, today: dt.date | None, is_workday: IsWorkday | None = None) -> dt.date:
    """The day somebody typed.

    Shape: `2025-06-30`, `2025/6/30`, `2025.6.30`, `2025年6月30日`; without a year (`6月30日`,
        `06-30`) the year of `today`; today, yesterday, tomorrow, 今天, 昨天, 明天; `+7d`, `-7d`,
        `+15wd` count from `today`, which itself is not counted. Without `today` only full dates.

    Raises:
        UsageError: this is no date, or the date does not exist.
        RefusedError: the calendar does not know the year (from `is_workday`).
    """
    typed = "".join(halfwidth(words).split()).lower()
    for form in _FORMS:
        found = form.fullmatch(typed)
        year = found and (found["year"] or (today and str(today.year)))
        if found and year:
            return day_of(int(year), int(found["month"]), int(found["day"]))
    near = _near(typed, today, is_workday) if today else None
    if near is None:
        message = _('"{word}" is not a date').format(word=excerpt(words))
        raise UsageError(message, hint=_("write 2025-06-30, 2025年6月30日, 6月30日, today, +7d or +15wd"))
    return near


def _near(typed: str, today: dt.date, is_workday: IsWorkday | None) -> dt.date | None:
    """A day counted from today; None when the word is no such thing."""
    if typed in _NAMED:
        return after(today, _NAMED[typed])
    found = _OFFSET.fullmatch(typed)
    if not found:
        return None
    number = int(found["number"])
    if not found["working"]:
        return after(today, number)
    return add_workdays(today, number, is_workday) if is_workday else None


def day_of(year: int, month: int, day: int) -> dt.date:
    """That day, or a refusal that says which days there are.

    Raises:
        UsageError: the date does not exist.
    """
    if 1 <= year <= 9999 and 1 <= month <= 12 and 1 <= day <= days_in(year, month):
        return dt.date(year, month, day)
    message = _("the date {date} does not exist").format(date=f"{year:04}-{month:02}-{day:02}")
    if not 1 <= year <= 9999:
        raise UsageError(message, hint=_("years run from 0001 to 9999"))
    if not 1 <= month <= 12:
        raise UsageError(message, hint=_("a year has the months 1-12"))
    hint = _("{month} has the days 1-{last}")
    raise UsageError(message, hint=hint.format(month=f"{year:04}-{month:02}", last=days_in(year, month)))


def days_in(year: int, month: int) -> int:
    """How many days that month has."""
    return calendar.monthrange(year, month)[1]


def months_after(start: dt.date, months: int) -> dt.date:
    """The same day so many months later, or the last day of a month that has no such day.

    Units: `months` 0 or more.

    Raises:
        UsageError: the day lies beyond the calendar.

    Source: 民法典 art. 202.
    """
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    last = days_in(year, month + 1) if year <= dt.MAXYEAR else 31
    return day_of(year, month + 1, min(start.day, last))


def parse_instant(words: str, *, local: dt.tzinfo, today: dt.date | None = None) -> dt.datetime:
    """The moment somebody typed; a day alone means its last second.

    Shape: aware, to the second. A time without an offset is a time in `local`. The day is
        written as for `parse_date`.

    Raises:
        UsageError: this is no moment, or it does not exist.
    """
    text = halfwidth(words).strip()
    found = _MOMENT.fullmatch(text) if len(text) <= _LONGEST else None
    if not found:
        return dt.datetime.combine(parse_date(text, today=today), dt.time(23, 59, 59), tzinfo=local)
    day = parse_date(found["day"], today=today)
    hour, minute, second, zone = found.group("hour", "minute", "second", "zone")
    try:
        clock = dt.time.fromisoformat(f"{hour:0>2}:{minute}:{second or '00'}{(zone or '').upper()}")
    except ValueError:
        message = _('"{word}" is not a time').format(word=excerpt(words))
        hint = _("write 2025-06-30T18:00:00+08:00, 2025-06-30 18:00 or 2025-06-30")
        raise UsageError(message, hint=hint) from None
    return dt.datetime.combine(day, clock, tzinfo=clock.tzinfo or local)
