"""Numbers as prose prints them: 1786, 1,786, 1 786, 三百二十七, 八十四点二; and those in cells of a table."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import NamedTuple

from ledger.domain import numerals
from ledger.intake import marks

_NUMBER = re.compile(
    r"(?P<digits>[0-9]{1,3}(?:,[0-9]{3}){1,4}(?:\.[0-9]{1,6})?|[0-9]{1,12}(?:\.[0-9]{1,6})?)\s?(?P<percent>%)?"
)
#: A cell longer than this is text.
_LONGEST = 24
#: Decimals of a number that was computed and not typed; it is held against its rounded value.
_MOST = 4


class Number(NamedTuple):
    """A number of a cell; `slack` is by how much it may be off for having been rounded."""

    value: Fraction
    decimals: int
    written: str
    slack: Fraction


def arabic(word: str) -> Fraction:
    """The value of Arabic digits, separators of thousands left out."""
    return Fraction(word.replace(",", "").replace(" ", ""))


def chinese(word: str) -> Fraction | None:
    """The value of a Chinese numeral, with 点 before its decimals; None when it is none."""
    before, point, behind = word.partition("点")
    value, decimals = numerals.whole(before), numerals.digits(behind) or ""
    if value is None or (point and not decimals):
        return None
    return value + Fraction(int(decimals or "0"), 10 ** len(decimals))


def number(cell: object) -> Number | None:
    """The number a cell holds; None where it holds something else.

    Shape: 84.2% is 84.2; a part of one that a workbook shows in per cent is left as it is.
    """
    if isinstance(cell, bool):
        return None
    if isinstance(cell, int):
        return Number(Fraction(cell), 0, str(cell), Fraction(0))
    if isinstance(cell, float):
        return _number(repr(round(cell, _MOST)).removesuffix(".0")) if abs(cell) < 10**12 else None
    if isinstance(cell, str) and 0 < len(cell) <= _LONGEST:
        return _number(marks.flat(cell).strip())
    return None


def _number(text: str) -> Number | None:
    found = _NUMBER.fullmatch(text)
    if not found:
        return None
    digits = found["digits"].replace(",", "")
    decimals = len(digits.partition(".")[2])
    slack = Fraction(1, 2 * 10**decimals) if decimals else Fraction(0)
    return Number(Fraction(digits), decimals, found["digits"], slack)
