"""Days and working days from one date to another: 2026年1月8日至1月28日（15个工作日）."""

from __future__ import annotations

import datetime as dt
import re
from gettext import gettext as _
from typing import TYPE_CHECKING

from ledger.intake.claim import Verdict
from ledger.intake.figured import judged_days
from ledger.intake.figures.arithmetic import Judged
from ledger.intake.figures.finding import Finding
from ledger.intake.figures.numbers import arabic, chinese

if TYPE_CHECKING:
    from collections.abc import Iterator


_COUNT = (
    r"(?P<count>[0-9]{1,3}|[一二两三四五六七八九十]{1,3})\s?(?P<unit>个?工作日|个?自然日|个?日历日|天|日)"
)
_NAME = r"(?P<name>(?:公开|公示|公布|公告|征求意见|意见征集|异议)(?:期限|时间|期间|日期|期|时限)?)"
#: The words before a window; only the nearest characters are searched.
_BEFORE = re.compile(
    rf"{_NAME}\s?(?:为|是|共)?\s?[:,]?\s?(?:{_COUNT}\s?)?[,:(]?\s?(?:即|具体|时间)?(?:自|从|为|是)?\s?$"
)
_COUNTED_BEFORE = re.compile(rf"{_COUNT}\s?[(:,]\s?(?:即|具体|时间)?(?:自|从|为|是)?\s?$")
_WINDOW = re.compile(
    r"(?<![0-9])(?P<y1>[0-9]{4})\s?[年./-]\s?(?P<m1>[0-9]{1,2})\s?[月./-]\s?(?P<d1>[0-9]{1,2})[日号]?\s?(?:\([^()]{1,8}\))?\s?起?\s?"
    r"(?:至|到|-{1,2}|~)\s?(?:(?P<y2>[0-9]{4})\s?[年./-]\s?)?(?:(?P<m2>[0-9]{1,2})\s?[月./-]\s?)?(?P<d2>[0-9]{1,2})\s?[日号]?(?![0-9.])"
)
_BEHIND = re.compile(
    rf"\s?(?:\([^()0-9]{{1,8}}\))?\s?止?\s?[,(]?\s?(?:为期|共计?|历时|计|合计|公示期|期限)?(?:为|是)?\s?{_COUNT}(?=\s?(?:[)。,;、]|$|止))"
)
#: Characters before a window that are searched.
_NEAR = 40
#: Longest window that is counted day by day.
_LONGEST = 3660


def windows(flat: str) -> Iterator[Finding]:
    """Each window whose days are counted in print, and each window of publication."""
    if "至" not in flat and "到" not in flat and "-" not in flat and "~" not in flat:
        return
    for found in _WINDOW.finditer(flat):
        days = _days(found)
        before = flat[max(0, found.start() - _NEAR) : found.start()]
        named = _BEFORE.search(before)
        counted = (named if named and named["count"] else None) or _COUNTED_BEFORE.search(before)
        behind = _BEHIND.match(flat, found.end())
        if days is None or abs((days[1] - days[0]).days) > _LONGEST or not (named or counted or behind):
            continue
        said = counted or behind
        opening = min((each.start() for each in (named, counted) if each), default=len(before))
        start = found.start() - len(before) + opening
        yield _held(start, behind.end() if behind else found.end(), days, said)


def _held(start: int, end: int, days: tuple[dt.date, dt.date], said: re.Match[str] | None) -> Finding:
    first, last = days
    printed = _value(said["count"]) if said else None
    shown = "" if printed is None else str(printed)
    unit = "workday" if said and "工作" in said["unit"] else "day"
    if last < first:
        judged = Judged(Verdict.WRONG, "", shown, _("the window ends before it begins"))
    elif unit == "workday":
        words = _("the working days from {first} to {last} are not counted yet").format(
            first=first, last=last
        )
        judged = Judged(Verdict.UNCLEAR, "", shown, words)
    else:
        count = (last - first).days + 1
        words = _("{first} to {last}: {count} days, both ends counted")
        words = words.format(first=first, last=last, count=count)
        verdict, words = judged_days(words, count, printed, without_first=count - 1)
        judged = Judged(verdict, str(count), shown, words)
    return Finding(start, end, "window", judged, unit, days)


def _days(found: re.Match[str]) -> tuple[dt.date, dt.date] | None:
    """Both days; what the second leaves out is that of the first, and it never lies before it unasked."""
    year, month, day = (int(found[name]) for name in ("y1", "m1", "d1"))
    if found["y2"] and not found["m2"]:
        return None
    try:
        first = dt.date(year, month, day)
        last = dt.date(int(found["y2"] or year), int(found["m2"] or month), int(found["d2"]))
        if last < first and not found["y2"] and found["m2"]:
            last = last.replace(year=last.year + 1)
    except ValueError:
        return None
    return first, last


def _value(printed: str) -> int | None:
    value = arabic(printed) if printed.isdigit() else chinese(printed)
    return None if value is None else int(value)
