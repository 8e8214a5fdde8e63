"""Chinese numerals as office prose writes them: 三百二十七, 两, 二〇二五, 一万二."""

from __future__ import annotations

_DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")} | {
    "〇": 0,
    "○": 0,
    "两": 2,
}
_SMALL = {"十": 10, "百": 100, "千": 1000}
_LARGE = {"万": 10_000, "亿": 100_000_000}
#: What stands behind Arabic digits and multiplies them.
SCALES = _SMALL | _LARGE | {"": 1, "百万": 1_000_000, "千万": 10_000_000, "万亿": 10**12}
#: The characters a Chinese numeral is made of.
CHINESE = "〇零一二两三四五六七八九十百千万亿"


def digits(word: str) -> str | None:
    """二〇二五 as 2025, a digit for each character; None where one of them is none."""
    found = [_DIGITS.get(each) for each in word]
    return "".join(map(str, found)) if word and None not in found else None


def whole(word: str) -> int | None:
    """The value of a Chinese numeral; None when it is none.

    Shape: 三百二十七 is 327, 两 is 2, 二〇二五 is 2025; the last digit of 一万二 is of the next place: 12000.
    """
    if printed := digits(word):
        return int(printed)
    high = total = section = digit = 0  # above 亿, above 万, below it, and the last digit
    place = 1
    for each in word:
        if each in _DIGITS:
            digit = _DIGITS[each]
            place = 1 if each in "零〇○" else place
            continue
        if each in _SMALL:
            section += (digit or 1) * _SMALL[each]
        elif each == "万":
            total, section = (section + digit) * _LARGE[each], 0
        elif each == "亿":
            high, total, section = (high + total + section + digit) * _LARGE[each], 0, 0
        else:
            return None
        digit, place = 0, _SMALL.get(each) or _LARGE[each]
    short = place // 10 if digit and place >= 100 else 1
    return high + total + section + digit * short if word else None
