"""Chinese numerals as office prose writes them: 三百二十七, 两, 二〇二五, 一万二; 一是, （一）, ①."""

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


#: Circled numbers, from 1 on: as many as there are.
CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳㉑㉒㉓㉔㉕㉖㉗㉘㉙㉚㉛㉜㉝㉞㉟㊱㊲㊳㊴㊵㊶㊷㊸㊹㊺㊻㊼㊽㊾㊿"


def chinese(value: int, digits: str = "零一二三四五六七八九", units: str = "十百千") -> str:
    """A number up to 9,999 as it is read: 十二, 一百零五."""
    if not value:
        return digits[0]
    text = ""
    skipped = False
    for place in range(len(str(value)) - 1, -1, -1):
        digit = value // 10**place % 10
        if digit:
            text += digits[0] * (skipped and bool(text)) + digits[digit] + (units[place - 1] if place else "")
        skipped = not digit
    begins = digits[1] + units[0]
    return text[1:] if units[0] == "十" and text.startswith(begins) else text


def section(number: int) -> str:
    """What a heading of the first level begins with: 一、 Source: GB/T 9704-2012 §7.3.3."""
    return f"{chinese(number)}、"


def aspect(number: int) -> str:
    """What a heading of the second level begins with: （一） Source: GB/T 9704-2012 §7.3.3."""
    return f"（{chinese(number)}）"


def item(number: int) -> str:
    """What a heading of the third level begins with: 1. Source: GB/T 9704-2012 §7.3.3."""
    return f"{number}."


def bracketed(number: int) -> str:
    """What a heading of the fourth level begins with: （1） Source: GB/T 9704-2012 §7.3.3."""
    return f"（{number}）"


def circled(number: int) -> str:
    """What a list inside a paragraph begins with: ①; in brackets where there is no such sign."""
    return CIRCLED[number - 1] if 0 < number <= len(CIRCLED) else bracketed(number)


def firstly(number: int) -> str:
    """What a clause of running text begins with: 一是, 二十一是."""
    return f"{chinese(number)}是"
