"""Numbers with what they count, as office prose prints them; what is no count is left out.

Left out: years, days and times, ordinals (第3条), numbers of documents and telephones, what stands in book
marks or in short quotes (“1+1+6”). Kept but never judged: ranges, 近300, 10余次, 以上, so many for each.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from ledger.domain.numerals import CHINESE, SCALES
from ledger.intake.figures.numbers import arabic, chinese

if TYPE_CHECKING:
    from collections.abc import Iterator

#: What is counted one by one, by the measure word printed; persons and cases have several.
_COUNTED = (
    *(f"{each}次" for each in "人件场户家批班车台趟项条个"),
    *"户家个项条件人名位次份起宗处篇期场批套台辆部张座所支组册本幅块只头艘架枚颗株棵",
    *"款笔班轮栋幢间口盏面类级封卷例对",
)
#: What is measured, so that a printed value may be rounded.
_MEASURED = (
    "元", "公里", "千米", "米", "平方公里", "平方米", "立方米", "亩", "公顷", "吨", "公斤", "千克",
    "小时", "学时", "课时", "分", "千瓦", "千瓦时", "度",
)  # fmt: skip
_SPECIAL = ("个百分点", "百分点", "%", "个工作日", "工作日", "个月", "天", "倍", "成")
_SAME = {
    "名": "人",
    "位": "人",
    "起": "件",
    "宗": "件",
    "个百分点": "百分点",
    "个工作日": "工作日",
    "千米": "公里",
    "千克": "公斤",
}
_UNITS = "|".join(
    re.escape(each) for each in sorted((*_COUNTED, *_MEASURED, *_SPECIAL), key=len, reverse=True)
)
_QUANTITY = re.compile(
    r"(?<![0-9A-Za-z.])(?:"
    r"(?P<grouped>[0-9]{1,3}(?:,[0-9]{3}){1,4}(?:\.[0-9]{1,6})?(?![0-9]))"
    rf"|(?P<spaced>[0-9]{{1,3}}(?: [0-9]{{3}}){{1,4}}(?:\.[0-9]{{1,6}})?(?=(?:余|多)?[万亿]?(?:{_UNITS})))"
    r"|(?P<arabic>[0-9]{1,12}(?:\.[0-9]{1,6})?(?![0-9A-Za-z]|\.[0-9]))"
    rf"|百分之(?P<percent>[{CHINESE}]{{1,5}}(?:点[{CHINESE}]{{1,4}})?)"
    rf"|(?P<chinese>[一二两三四五六七八九十](?<![第之几][一二两三四五六七八九十])[{CHINESE}]{{0,14}})"
    rf")\s?(?P<more>[余多几]?)(?P<scale>百万|千万|万亿|[百千万亿]?)(?P<behind>[余多几]?)\s?(?P<unit>{_UNITS})?"
)
#: What makes a number approximate, a limit, or one for each.
_NEAR_BEFORE = re.compile(
    r"(?:近|约|大约|逾|超|超过|超出|不足|不到|将近|接近|至少|至多|最多|最少|最高|最低|不少于|不低于|不高于|不超过|不多于|不大于|不小于|低于|高于"
    r"|少于|多于|大于|小于|突破|平均|人均|户均|年均|月均|日均|均值|前|后|首|每|(?<![一-龥])各|±|>|<|≥|≤|每[^,;。、]{1,6})\s?$"
)
_NEAR_BEHIND = re.compile(
    r"\s?(?:余|多(?!种)|以上|以下|以内|以外|左右|上下|之内|不等|及以上|及以下|\(含\)|/)"
)
_RANGE_BEFORE = re.compile(r"[0-9](?:%|[个项条件人名户家次处份期天日月年万亿元]{1,2})?\s?[-~至]\s?$")
_RANGE_BEHIND = re.compile(r"\s?(?:[-~至]\s?[0-9]|/[0-9])")
#: Behind a bare number: what makes it a date, an ordinal, a grade, a version; not a count.
_OTHERWISE = re.compile(r"\s?(?:[年月日号时点分秒届度届章款层楼室栋单元岁型版后前A-Za-z#@/:.\-~]|世纪|五)")
_HIDDEN = re.compile(
    r"《[^《》\n]{0,200}》|“[^“”\n]{0,16}”|‘[^‘’\n]{0,16}’|「[^「」\n]{0,16}」|https?:[!-~]{1,300}"
)


@dataclass(frozen=True, slots=True)
class Quantity:
    """One number with what it counts.

    Attributes:
        start: Where its digits begin in the flat text.
        end: Where its measure word ends.
        value: In single ones, so that 1.2万 is 12000; per cent as printed.
        decimals: How many are printed.
        written: The number as printed, scale included.
        unit: The measure word in one form; empty where none is printed.
        slack: By how much the true value may differ because the printed one was rounded; 0 for counts.
        near: Approximate, a limit, part of a range or one for each, so that it is never judged.
    """

    start: int
    end: int
    value: Fraction
    decimals: int
    written: str
    unit: str
    slack: Fraction = Fraction(0)
    near: bool = False

    @property
    def percent(self) -> bool:
        """Whether it is a rate in per cent."""
        return self.unit == "%"

    @property
    def countable(self) -> bool:
        """Whether it counts or measures something, so that it may be part of a sum."""
        return self.unit not in ("%", "百分点", "倍", "成", "天", "工作日", "个月", "")


def bare(found: re.Match[str], group: int | str = 0) -> Quantity:
    """The plain number a pattern found, which counts nothing that is printed."""
    return Quantity(found.start(group), found.end(group), Fraction(found[group]), 0, found[group], "")


def quantities(flat: str) -> list[Quantity]:
    """Every number of a paragraph that counts or measures something, from left to right."""
    hidden = [found.span() for found in _HIDDEN.finditer(flat)]
    found: list[Quantity] = []
    for quantity in _scan(flat):
        while hidden and hidden[0][1] <= quantity.start:
            hidden.pop(0)
        if hidden and hidden[0][0] <= quantity.start:
            continue
        found.append(quantity)
    return found


def _scan(flat: str) -> Iterator[Quantity]:
    for found in _QUANTITY.finditer(flat):
        quantity = _quantity(flat, found)
        if quantity:
            yield quantity


def _quantity(flat: str, found: re.Match[str]) -> Quantity | None:
    start, end = found.span()
    unit = found["unit"] or ""
    digits = found["grouped"] or found["spaced"] or found["arabic"]
    if found["percent"]:
        value, decimals = chinese(found["percent"]), len(found["percent"].partition("点")[2])
        unit, end = "%", found.end("percent")
    elif digits:
        value, decimals = arabic(digits), len(digits.partition(".")[2])
    else:
        value, decimals = chinese(found["chinese"]), 0
    if value is None or _no_count(flat, found, unit, end):
        return None
    scale = SCALES[found["scale"]] if unit != "%" else 1
    rough = bool(found["scale"]) or unit in _MEASURED or bool(decimals and unit != "%")
    return Quantity(
        start=start,
        end=end,
        value=value * scale,
        decimals=decimals,
        written=flat[start : found.end("behind")].strip() if unit != "%" else flat[start:end].rstrip("%"),
        unit=_SAME.get(unit, unit),
        slack=Fraction(scale, 2 * 10**decimals) if rough else Fraction(0),
        near=bool(found["more"] or found["behind"]) or _approximate(flat, start, end),
    )


def _no_count(flat: str, found: re.Match[str], unit: str, end: int) -> bool:
    """Whether it is an ordinal, a date, a telephone or a mere word such as 一个."""
    start = found.start()
    before = flat[start - 1 : start]
    if before == "第" or (before in "-/:" and flat[max(0, start - 2) : start - 1].isdigit()):
        return True
    digits = found["arabic"] or ""
    if len(digits) > 1 and digits[0] == "0" and digits[1] != ".":
        return True
    if found["chinese"]:
        return not unit or found["chinese"] == "一" or unit == "级" or before in "十百千万亿第数几"
    if unit:
        # 5分钟, 3个小时, 2个半月: times
        return bool(re.match(r"钟|小时|半月|季度|年", flat[end : end + 2]))
    return bool(_OTHERWISE.match(flat, end)) or before == "年"


def _approximate(flat: str, start: int, end: int) -> bool:
    before = flat[max(0, start - 10) : start]
    return bool(
        _NEAR_BEFORE.search(before)
        or _NEAR_BEHIND.match(flat, end)
        or _RANGE_BEFORE.search(before)
        or _RANGE_BEHIND.match(flat, end)
    )
