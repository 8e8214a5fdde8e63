"""The days, months, quarters and years named inside a Chinese deadline phrase."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from ledger.domain import numerals
from ledger.domain.dates import day_of, days_in
from ledger.domain.text import halfwidth

if TYPE_CHECKING:
    from collections.abc import Iterator

_YEAR = r"(?:(?P<year>(?:19|20)\d\d)年度?)?"
_LINKS = frozenset("-~至到")
_TO = r"[-~至到]"

#: What may follow any of them.
_TAIL = (
    r"(?P<end>年?底|月?末|终|结束|之内|以内|内)*(?P<before>之前|以前|前(?![后期述1-4]))?"
    r"(?P<start>以来|之后|以后|起|开始|后|至今|前后|左右)?"
)
#: Ways to name a period, the most exact first: what one has read, a later one does not see.
_FORMS = tuple(
    re.compile(form + _TAIL, re.ASCII)
    for form in (
        r"(?P<year>(?:19|20)\d\d)(?P<mark>[-./])(?P<month>\d{1,2})(?P=mark)(?P<day>\d{1,2})日?(?!\d)",
        rf"{_YEAR}(?<!\d)(?P<month>\d{{1,2}})月(?:\d{{1,2}}[日号]?{_TO})?(?P<day>\d{{1,2}})[日号]?(?![\d个月])",
        rf"{_YEAR}(?<!\d)(?:\d{{1,2}}月?{_TO})?(?P<month>\d{{1,2}})月份?(?:[上中](?=[中下]旬))?(?P<part>[上中下]旬)?(?![初中])",
        rf"(?:(?P<year>(?:19|20)\d\d)年?度?)?前?(?:第?[1-4](?:季度)?{_TO})?(?:第?(?P<quarter>[1-4])季度|Q(?P<quarter_code>[1-4]))",
        rf"{_YEAR}(?P<half>[上下])半年",
        rf"(?P<year>(?:19|20)\d\d)[./]\d{{1,2}}{_TO}(?P<month>\d{{1,2}})(?![\d./-])",
        r"(?P<year>(?:19|20)\d\d)[-./](?P<month>\d{1,2})(?![\d./-])",
        r"(?:(?P<year>(?:19|20)\d\d)年度?|(?<![\d半每全■])年)[年度]?(?=底|末|终|内)",
        r"(?P<year>(?:19|20)\d\d)年度?(?=之?前|以前|完成|全[年面部]|整|$)",
        r"(?<![\d./])(?P<month>\d{1,2})[./](?P<day>\d{1,2})日?(?=之?前|以前|止|完成|$)",
        r"(?<![\d./-])(?P<month>\d\d)-(?P<day>\d\d)(?=之?前|以前|止|完成|$)",
    )
)
_NUMERAL = re.compile(r"[〇零○一二两三四五六七八九十]+(?=个|年|月|日|号|天|周|季度|工作日|星期)")
_TENS = re.compile("[^十]?十[^十]?")
_SHORT_YEAR = re.compile(r"(?<!\d)(\d\d)年(?=\d{1,2}月|年?底|年?末|第?[1-4]季度|[上下]半年|Q[1-4])", re.ASCII)
#: 25.6.30: two digits of a year, where a date is sure to stand.
_SHORT_DATE = re.compile(
    r"(?<![\d./-])([12]\d|3[01])([./-])(?=(?:0?[1-9]|1[0-2])\2(?:0?[1-9]|[12]\d|3[01])(?!\d))", re.ASCII
)
#: 20250630, and as a whole 202506 and 2025.
_PACKED_DAY = re.compile(r"(?<!\d)((?:19|20)\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?!\d)", re.ASCII)
_PACKED = re.compile(r"((?:19|20)\d\d)(0[1-9]|1[0-2])?(?=之?前|以前|底|$)", re.ASCII)
_RELATIVE_YEARS = tuple(
    (re.compile(f"(?:{words})度?"), offset)
    for words, offset in (
        ("[今本当]年", 0), ("[明次]年", 1), ("(?:(?<=^)|(?<=[,;:。(在于到至]))后年", 2), ("去年", -1),
        ("上年(?=度|年?底)", -1),
    )
)  # fmt: skip
#: 年中 as a time of its own, and not the beginning of 年中秋 or 年中国.
_MID_YEAR = re.compile("年?年中(?=之?前|以前|完成|[,;、。]|$)(?:之?前|以前)?|(?<=[0-9])年中(?:之?前|以前|$)")
#: 十四五末: the last year of a five-year plan. Source: the thirteenth ended in 2020, each is five years long.
_PLAN_YEARS = re.compile('[“"]?十([三四五六七])五[”"]?(?:规划)?(?:(?:时期|期间|期)[末内底]?|[末内底])')
#: Days since 1899-12-30, as spreadsheets keep dates, from 2000 to 2099. Source: ECMA-376 part 1, 18.17.4.1.
_SERIAL = re.compile(r"(\d{5})(?:\.\d{1,12})?", re.ASCII)
_SERIALS = range(36_526, 73_051)
_SERIAL_ZERO = dt.date(1899, 12, 30)
_CLOCK = re.compile(r"(?<=\d)[T\s]+\d{1,2}:\d\d(?::\d\d)?(?:\.\d+)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Period:
    """One period named in a phrase.

    Shape: `year` is None when the phrase does not say it; `parts` hold the other names and
        numbers; `ends` says 底 or 内 follows, `before` that 前 does, `starts` that the phrase
        speaks of a beginning (起, 后, 以来) or only of about then (前后, 左右).
    """

    start: int
    stop: int
    year: int | None
    parts: dict[str, str]
    ends: bool
    before: bool
    starts: bool

    @property
    def is_day(self) -> bool:
        """Whether it names one day."""
        return "day" in self.parts

    def bounds(self, year: int) -> tuple[dt.date, dt.date]:
        """Its first and its last day.

        Raises:
            UsageError: it does not exist.
        """
        part = self.parts
        month = int(part.get("month", 0))
        if self.is_day:
            day = day_of(year, month, int(part["day"]))
            return day, day
        if "part" in part:
            first = day_of(year, month, {"上": 1, "中": 11, "下": 21}[part["part"][0]])
            last = {"上": 10, "中": 20, "下": days_in(year, month)}[part["part"][0]]
            return first, first.replace(day=last)
        if "month" in part:
            first = day_of(year, month, 1)
            return first, first.replace(day=days_in(year, month))
        if quarter := int(part.get("quarter") or part.get("quarter_code") or 0):
            return _months(year, 3 * quarter - 2, 3 * quarter)
        if half := part.get("half"):
            return _months(year, 1, 6) if half == "上" else _months(year, 7, 12)
        return _months(year, 1, 12)


def _months(year: int, first: int, last: int) -> tuple[dt.date, dt.date]:
    return dt.date(year, first, 1), dt.date(year, last, days_in(year, last))


def plain(phrase: str, default_year: int | None) -> str:
    """The phrase with ASCII digits and signs, no blanks, and 今年 and 明年 as numbers."""
    text = _CLOCK.sub("", halfwidth(phrase))
    text = re.sub("[‐‑‒–—―−-]+", "-", "".join(text.split()))
    for words, offset in _RELATIVE_YEARS:
        text = words.sub(f"{default_year + offset}年" if default_year else "年", text)
    text = _PLAN_YEARS.sub(lambda plan: f"{2020 + 5 * '三四五六七'.index(plan[1])}年底", text)
    text = _NUMERAL.sub(_numeral, text)
    text = _SHORT_YEAR.sub(r"20\1年", text)
    text = _MID_YEAR.sub("年6月底前", text)
    return _unpacked(text)


def _unpacked(text: str) -> str:
    """Dates written in digits alone, or with two digits of the year, with all their signs."""
    if serial := serial_date(text):
        return serial.isoformat()
    text = _SHORT_DATE.sub(r"20\1\2", text)
    text = _PACKED_DAY.sub(r"\1-\2-\3", text)
    packed = _PACKED.match(text)
    if packed:
        text = f"{packed[1]}年" + (f"{packed[2]}月" if packed[2] else "") + text[packed.end() :]
    return text


def serial_date(text: str) -> dt.date | None:
    """The day a spreadsheet's count of days stands for (45838 is 2025-06-30); None for any other text."""
    found = _SERIAL.fullmatch(text)
    if not found or int(found[1]) not in _SERIALS:
        return None
    return _SERIAL_ZERO + dt.timedelta(days=int(found[1]))


def _numeral(found: re.Match[str]) -> str:
    """二〇二五 as 2025, 十五 as 15, 三十 as 30; what is no number stays."""
    word = found[0]
    if _TENS.fullmatch(word):
        return str(numerals.whole(word))
    return numerals.digits(word) or word


def periods(clause: str) -> list[Period]:
    """The periods a clause names, in its order; of a stretch (3月至6月) the end alone.

    Shape: `clause` as `plain` gives it.
    """
    found = sorted(_found(clause), key=lambda period: period.start)
    links = [clause[one.stop : two.start] for one, two in pairwise(found)]
    return [period for period, link in zip(found, [*links, ""], strict=False) if link not in _LINKS]


def _found(clause: str) -> Iterator[Period]:
    unread = clause
    for form in _FORMS:
        for match in form.finditer(unread):
            parts = {name: value for name, value in match.groupdict().items() if value and name != "mark"}
            year = parts.pop("year", None)
            yield Period(
                start=match.start(),
                stop=match.end(),
                year=int(year) if year else None,
                ends=bool(parts.pop("end", None)),
                before=bool(parts.pop("before", None)),
                starts=bool(parts.pop("start", None)),
                parts=parts,
            )
            unread = unread[: match.start()] + "■" * len(match.group()) + unread[match.end() :]
