"""Days named from the day on which one speaks: 明天, 3天后, 下周三, 下月10日前, 本季度末.

In a document nobody knows that day; of words that are typed it is today.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ledger.domain.dates import months_after
from ledger.domain.workdays import add_workdays, after

if TYPE_CHECKING:
    import datetime as dt

    from ledger.domain.workdays import IsWorkday

_DAYS = {"今天": 0, "今日": 0, "明天": 1, "明日": 1, "后天": 2, "大后天": 3}
_WEEKDAYS = {
    "一": 0,
    "二": 1,
    "三": 2,
    "四": 3,
    "五": 4,
    "六": 5,
    "日": 6,
    "天": 6,
    "末": 6,
    "底": 6,
    "内": 6,
}
_THIS = "本|这一?个?|当"
_NEXT = "下一?个?|次"
_NEAR = re.compile(
    r"(?P<day>大后天|后天|[今明][天日])"
    r"|(?:^|(?<=[在于再过]))(?P<count>\d{1,3})(?P<unit>天|日|周|个?星期|个?月|个?工作日)(?:之后|以后|后)"
    rf"|(?<![每逐第\d])(?:(?P<week>{_THIS}|{_NEXT})(?:周|星期|礼拜)(?P<on>[一二三四五六日天末底内])"
    r"|(?:周|星期|礼拜)(?P<weekday>[一二三四五六日天]))"
    rf"|(?P<month>{_THIS}|{_NEXT})月(?!度)|(?<![\d月年度每逐旬季个])(?P<end>月)(?=[底末])"
    rf"|(?P<quarter>{_THIS}|{_NEXT})季度?|(?<![\d第每逐度前个一二三四])(?P<quarter_end>季度?)(?=[底末])"
)


def is_nearby(clause: str) -> bool:
    """Whether a clause names a day from the day on which it was said.

    Shape: `clause` as `periods.plain` gives it; likewise for `settled`.
    """
    return bool(_NEAR.search(clause))


def settled(clause: str, *, today: dt.date, is_workday: IsWorkday | None = None) -> str:
    """The clause with such words as days, months and quarters with their year; anything else as it is.

    Raises:
        UsageError: a day lies beyond the calendar.
        RefusedError: the calendar does not know the year (from `is_workday`).
    """
    return _NEAR.sub(lambda found: _settled(found, today, is_workday), clause)


def _settled(found: re.Match[str], today: dt.date, is_workday: IsWorkday | None) -> str:
    if found["day"]:
        return _day(after(today, _DAYS[found["day"]]))
    if found["count"]:
        return _counted(found, today, is_workday)
    if found["on"] or found["weekday"]:
        return _day(_weekday(found, today))
    if found["month"] or found["end"]:
        day = months_after(today.replace(day=1), _is_next(found["month"]))
        return f"{day.year}年{day.month}月"
    quarter = today.year * 4 + (today.month - 1) // 3 + _is_next(found["quarter"])
    return f"{quarter // 4}年第{quarter % 4 + 1}季度"


def _counted(found: re.Match[str], today: dt.date, is_workday: IsWorkday | None) -> str:
    count, unit = int(found["count"]), found["unit"]
    if unit.endswith("工作日"):
        return _day(add_workdays(today, count, is_workday)) if is_workday else found.group()
    if unit.endswith("月"):
        return _day(months_after(today, count))
    return _day(after(today, count * (1 if unit in ("天", "日") else 7)))


def _weekday(found: re.Match[str], today: dt.date) -> dt.date:
    """That day of this week or the next; with neither said the first that is not past."""
    wanted = _WEEKDAYS[found["on"] or found["weekday"]]
    if found["weekday"]:
        return after(today, (wanted - today.weekday()) % 7)
    return after(today, wanted - today.weekday() + 7 * _is_next(found["week"]))


def _is_next(word: str | None) -> bool:
    return bool(word) and str(word)[0] in "下次"


def _day(day: dt.date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
