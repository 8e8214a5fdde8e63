"""Numerals as office prose writes them: 1786, 1,786, 1 786, 三百二十七, 两, 百分之八十四点二."""

from __future__ import annotations

from fractions import Fraction

_DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_SMALL = {"十": 10, "百": 100, "千": 1000}
_LARGE = {"万": 10_000, "亿": 100_000_000}
#: What stands behind Arabic digits and multiplies them.
SCALES = _SMALL | _LARGE | {"": 1, "百万": 1_000_000, "千万": 10_000_000, "万亿": 10**12}
#: The characters a Chinese numeral is made of.
CHINESE = "〇零一二两三四五六七八九十百千万亿"


def arabic(word: str) -> Fraction:
    """The value of Arabic digits, separators of thousands left out."""
    return Fraction(word.replace(",", "").replace(" ", ""))


def chinese(word: str) -> Fraction | None:
    """The value of a Chinese numeral, with 点 before its decimals; None when it is none.

    Shape: 三百二十七 is 327, 两 is 2, 二〇二五 is 2025; the last digit of 一万二 is of the next place: 12000.
    """
    whole, point, behind = word.partition("点")
    value = _whole(whole)
    if value is None or (point and not (behind and all(each in _DIGITS for each in behind))):
        return None
    decimals = "".join(str(_DIGITS[each]) for each in behind)
    return value + Fraction(int(decimals or "0"), 10 ** len(decimals))


def _whole(word: str) -> Fraction | None:
    if word and all(each in _DIGITS for each in word):
        return Fraction(int("".join(str(_DIGITS[each]) for each in word)))
    high = total = section = digit = 0  # above 亿, above 万, below it, and the last digit
    place = 1
    for each in word:
        if each in _DIGITS:
            digit = _DIGITS[each]
            place = 1 if each in "零〇" else place
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
    return Fraction(high + total + section + digit * short) if word else None
