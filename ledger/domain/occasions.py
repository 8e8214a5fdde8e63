"""Holidays and events named inside a Chinese deadline phrase: 国庆节前, “七一”前, 春节前, 两会前."""

from __future__ import annotations

import datetime as dt
import re
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import TypeAlias

    #: The first day off of a holiday (`spring-festival`, ...) in a year; None when it is not known.
    Holidays: TypeAlias = Callable[[str, int], dt.date | None]

#: Days that stand in the calendar: name to month and day.
_FIXED: Mapping[str, tuple[int, int]] = MappingProxyType(
    {
        "元旦": (1, 1), "三八": (3, 8), "妇女节": (3, 8), "五一": (5, 1), "劳动节": (5, 1), "五四": (5, 4),
        "青年节": (5, 4), "六一": (6, 1), "儿童节": (6, 1), "七一": (7, 1), "建党节": (7, 1), "八一": (8, 1),
        "建军节": (8, 1), "教师节": (9, 10), "十一": (10, 1), "国庆": (10, 1),
    }
)  # fmt: skip
#: Holidays by the moon or the sun, each with the name the calendar is asked by; "" where none tells.
_MOVING: Mapping[str, str] = MappingProxyType(
    {
        "春节": "spring-festival", "清明": "tomb-sweeping", "端午": "dragon-boat", "中秋": "mid-autumn",
        "元宵": "", "重阳": "", "除夕": "", "腊八": "",
    }
)  # fmt: skip
_NAMED = "|".join((*_FIXED, *_MOVING))
#: 五一, 七一 and the like are holidays only in quotes or with a word for when.
_OCCASION = re.compile(
    r"(?:(?P<year>(?:19|20)\d\d)年度?)?(?P<quote>[“\"'‘]?)(?<![一二三四五六七八九十\d])"
    rf"(?:[三五六七八十][一四八](?=[儿建妇劳青国]))?(?P<name>{_NAMED})(?:节日?|[”\"'’])*(?:假期|放假|到来|来临)?(?P<tail>之前|以前|前(?!后)|之?后|期间|左右|前后|至)?"
)
_NOT_BEFORE = ("后", "期间", "左右", "前后")
_EVENT = re.compile(
    "(?:[一-鿿]会|会议|换届|汛期?|[供采]暖[期季]?|雨季|[春夏秋冬]季|高考|中考|进驻|验收|考核|审计|督察|巡[视察]|入[汛冬])"
    "(?:召开|开始|开幕|来临|到来|结束)?(?:之前|以前|前|期间|后)"
)


class Occasion(NamedTuple):
    """A holiday a phrase names.

    Shape: `year` is None where the phrase does not say it; `before` when 前 follows.
    """

    name: str
    year: int | None
    before: bool

    def day(self, year: int, holidays: Holidays | None) -> dt.date | None:
        """The day it means as a deadline: with 前 the day before it begins, else its first day.

        Shape: 元旦前 without a year of its own is the end of `year`; None when nobody knows the day.
        """
        if self.name in _FIXED:
            month, day = _FIXED[self.name]
            ends_year = self.name == "元旦" and self.before and self.year is None
            first: dt.date | None = dt.date(min(year + ends_year, dt.MAXYEAR), month, day)
        else:
            code = _MOVING[self.name]
            first = holidays(code, year) if holidays and code else None
        if first is None or not self.before or first == dt.date.min:
            return first
        return first - dt.timedelta(days=1)


def occasion_in(clause: str) -> Occasion | None:
    """The holiday a clause names as its deadline; one with 前 goes before one without.

    Shape: `clause` as `periods.plain` gives it.
    """
    found = []
    for match in _OCCASION.finditer(clause):
        tail = match["tail"] or ""
        is_number = match["name"][-1] in "一四八" and not match["quote"] and not tail.endswith("前")
        if tail in _NOT_BEFORE or tail == "之后" or is_number:
            continue
        found.append(Occasion(match["name"], int(match["year"]) if match["year"] else None, "前" in tail))
    return next((each for each in found if each.before), found[0] if found else None)


def names_event(clause: str) -> bool:
    """Whether a clause counts from an event that stands in no calendar (两会前, 汛期前)."""
    return bool(_EVENT.search(clause))
