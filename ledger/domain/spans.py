"""Lengths of time and recurrences named inside a Chinese deadline phrase: 3个月内, 每季度."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from ledger.domain.limits import Limit

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from ledger.domain.limits import Unit
    from ledger.domain.workdays import IsWorkday

_EVERY = re.compile(
    r"每个?(?P<count>\d{0,3})个?(?P<unit>半年|半月|年|季度?|月|旬|周|星期|日|天)"
    r"|按(?P<by>半年|年|季度?|月|旬|周)|逐(?P<each>年|季度?|月|旬|周|日)"
    r"|[1一](?P<one>年|季度?|月|旬|周|日|天)一(?![日号月])"
    r"|(?P<vague>不定期|定期|经常性?)",
    re.ASCII,
)
_DURATIONS = {
    "半年": (6, "M"), "半月": (15, "D"), "年": (1, "Y"), "季": (3, "M"), "季度": (3, "M"), "月": (1, "M"),
    "旬": (10, "D"), "周": (1, "W"), "星期": (1, "W"), "日": (1, "D"), "天": (1, "D"),
}  # fmt: skip

_SPAN = re.compile(
    r"(?<![\d.月年第/个至到~上下-])(?P<number>\d{1,3}|半)(?P<piece>个?)"
    r"(?P<unit>工作日|自然日|日历[日天]|小时|日|天|周|星期|月|年|(?<=个)季度)(?![前半])(?:的?时间)?(?P<within>之内|以内|内)?",
    re.ASCII,
)
_SINCE = re.compile("(?:起|后|以来)$")
_SINCE_FEEDBACK = re.compile("反馈(?:会|意见|问题|情况|结果|之日|当日)*(?:起|之后|以后|后|以来)$")
_SINCE_SUBMISSION = re.compile(
    "(?:方案|清单|台账)[^,;。]{0,12}?(?:上报|报送|报备|呈报|提交|备案)[^,;。]{0,12}?(?:之日|当日|次日)?(?:起|之?后|以后|以来)$"
)
_HOURS = 24
_HALVES: Final[Mapping[str, tuple[int, Unit]]] = {"年": (6, "month"), "月": (15, "day"), "个月": (15, "day")}


@dataclass(frozen=True, slots=True)
class Span:
    """A length of time.

    Shape: `before` is what the clause says before it; `is_since_other` that it runs from an
        event which is not the feedback.
    Units: `number` of `unit`, which is one of workday, day, month.
    """

    before: str
    number: int
    unit: Unit

    @property
    def is_since_other(self) -> bool:
        """Whether it runs from an event other than the feedback."""
        return bool(_SINCE.search(self.before)) and not _SINCE_FEEDBACK.search(self.before)

    @property
    def is_since_submission(self) -> bool:
        """Whether it runs from the day the plan was handed in."""
        return bool(_SINCE_SUBMISSION.search(self.before))

    def end(self, base: dt.date, is_workday: IsWorkday) -> dt.date:
        """Its last day when it runs from `base`, which itself is not counted.

        Raises:
            UsageError: the day lies beyond the calendar.
            RefusedError: the calendar does not know the year (from `is_workday`).
        """
        return Limit(self.number, self.unit).end(base, is_workday)


def span_in(clause: str) -> Span | None:
    """The first length of time in a clause; 3月 is a month, 15日 a day, 2年 too vague beside other words.

    Shape: `clause` as `periods.plain` gives it.
    """
    for found in _SPAN.finditer(clause):
        before = clause[: found.start()]
        is_alone = found["unit"] == "年" and found.group() == clause
        is_bounded = bool(found["within"] or _SINCE.search(before) or is_alone)
        length = _length(found["number"], found["piece"] + found["unit"], is_bounded=is_bounded)
        if length:
            return Span(before, *length)
    return None


def _length(number: str, unit: str, *, is_bounded: bool) -> tuple[int, Unit] | None:
    if number == "半":
        return _HALVES.get(unit)
    count = int(number)
    match unit:
        case "工作日" | "个工作日":
            return count, "workday"
        case "天" | "自然日" | "日历天" | "日历日" | "个自然日" | "个日历天" | "个日历日":
            return count, "day"
        case "小时" | "个小时" if count >= _HOURS:
            return -(-count // _HOURS), "day"
        case "个季度":
            return 3 * count, "month"
        case "周" | "星期" | "个星期":
            return 7 * count, "day"
        case "个月":
            return count, "month"
        case "日" if is_bounded:
            return count, "day"
        case "年" if is_bounded:
            return 12 * count, "month"
    return None


def recurrence_in(clause: str) -> tuple[int, str | None] | None:
    """Where a clause begins to speak of something that recurs, and how often it does.

    Shape: a position and an ISO 8601 duration (`P1M`, `P3M`, `P1W`), None for 不定期.
    """
    found = _EVERY.search(clause)
    if not found:
        return None
    unit = found["unit"] or found["by"] or found["each"] or found["one"]
    if not unit:
        return found.start(), None
    count, letter = _DURATIONS[unit]
    return found.start(), f"P{count * int(found['count'] or 1)}{letter}"
