"""The marks that number things in Chinese office prose: 一、 （一） 1. (1) ① 一是 第一方面.

Seen in published notices: full and half width, Arabic and Chinese numerals, a point or a comma after
them, sometimes mixed in one document; numbers that skip one; decimals and years that look like a mark.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING

from ledger.domain import numerals
from ledger.intake import quotes

if TYPE_CHECKING:
    from collections.abc import Iterator


class Style(IntEnum):
    """How a mark is written; a smaller number stands further out.

    Source: GB/T 9704-2012 §7.3.3 gives the order 一、（一）1.（1）; the others as seen in published notices.
    """

    SECTION = 10  # 一、
    ASPECT = 15  # 第一方面:
    CN_PAREN = 20  # (一)
    ARABIC = 30  # 1.
    PAREN = 40  # (1)
    CIRCLED = 50  # ①
    FIRSTLY = 60  # 第一,
    ORDINAL = 61  # 一是
    BULLET = 70  # •


@dataclass(frozen=True, slots=True)
class Mark:
    """One mark in a text.

    Attributes:
        value: The number printed; 0 for bullets.
        last: The last number of a range such as 1-3, else `value`.
        start: Where the mark begins.
        end: Where its text begins.
    """

    style: Style
    value: int
    last: int
    start: int
    end: int


#: One character for one character, so that a place in the flat text is the same place in the text.
_FLAT: dict[int, int | str] = (
    {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
    | dict.fromkeys([0x3000, 0xA0, 0x09, *range(0x2000, 0x200B)], " ")
    | dict.fromkeys(map(ord, "–—―−‐‑﹣"), "-")
    | dict.fromkeys(map(ord, "〜∼"), "~")
    | dict.fromkeys(map(ord, "∶︰﹕"), ":")
    | {ord("﹔"): ";", ord("﹑"): "、", ord("﹒"): ".", ord("〔"): "(", ord("〕"): ")"}
)

_CN = "一二三四五六七八九十"
#: What is counted in whole numbers, so that "2.18家" is the second item and never a decimal.
_UNIT = "名家个件次项套期篇条所处座份人户"
_MARK = re.compile(
    rf"第(?P<aspect>[{_CN}]{{1,3}}|[0-9]{{1,2}})个?(?:方面|类|大类|部分|板块)(?:问题)?\s?(?:[:、,.]\s?|(?=\s|$))"
    rf"|(?P<ordinal>[{_CN}]{{1,3}})是(?!(?P=ordinal)[、,。;])"
    rf"|第(?P<firstly>[{_CN}]{{1,2}})[,、:]"
    rf"|(?P<section>[{_CN}]{{1,3}})\s?[、.](?!\s?[{_CN}]{{1,3}}[、.是])"
    rf"|\(\s?(?P<cn_paren>[{_CN}]{{1,3}})(?:\s?[-~至]\s?(?P<cn_paren_last>[{_CN}]{{1,3}}))?\s?\)[、.]?"
    r"|\(\s?(?P<paren>[0-9]{1,3})(?:\s?[-~至]\s?(?P<paren_last>[0-9]{1,3}))?\s?\)[、.]?"
    r"|(?<![0-9.])(?P<arabic>[0-9]{1,3})(?:\s?[-~至]\s?(?P<arabic_last>[0-9]{1,3})|(?P<more>(?:、[0-9]{1,3})+))?"
    rf"\s?(?:\.、?(?:(?![0-9])|(?=[0-9]{{4}}年|[0-9]{{1,2}}月|[0-9]{{1,5}}[{_UNIT}]))"
    r"|、(?!\s?[0-9]{1,3}\s?[、.月日号])|,(?!\s?[0-9]))"
    r"|(?<![0-9.(])(?P<half>[0-9]{1,2})\)[、.]?"
    r"|(?P<circled>[①-⑳㉑-㉟])[、.]?"
    r"|(?P<single>[⑴-⒇⒈-⒛㈠-㈩])[、.]?"
    r"|(?P<bullet>[•●■◆◇▲○□]|[-*+](?=\s))"
)
_SPACE = re.compile(r"\s*")
#: Numbers of headings and counts of issues: below 1,000, and not digit by digit as years are.
_NUMERAL = re.compile(
    "(?:[一二两三四五六七八九]百)?零?(?:[一二两三四五六七八九]?十)?[〇零一二两三四五六七八九]?"
)
_STYLES = {
    "aspect": Style.ASPECT, "ordinal": Style.ORDINAL, "firstly": Style.FIRSTLY, "section": Style.SECTION,
    "cn_paren": Style.CN_PAREN, "paren": Style.PAREN, "arabic": Style.ARABIC, "half": Style.PAREN,
    "circled": Style.CIRCLED, "bullet": Style.BULLET,
}  # fmt: skip
#: Runs of characters that each are a numbered mark: first, last, style, value of the first.
_RUNS = (
    ("①", "⑳", Style.CIRCLED, 1),
    ("㉑", "㉟", Style.CIRCLED, 21),
    ("⑴", "⒇", Style.PAREN, 1),
    ("⒈", "⒛", Style.ARABIC, 1),
    ("㈠", "㈩", Style.CN_PAREN, 1),
)


def flat(text: str) -> str:
    """The text with widths, blanks, dashes and colons in one form, as the patterns expect it.

    Shape: as many characters as before, so that places are the same in both.
    """
    return text.translate(_FLAT)


def bare(text: str) -> str:
    """The flat text without any blanks, as headers and labels are compared."""
    return "".join(flat(text).split())


def number(word: str) -> int | None:
    """The number a Chinese or Arabic numeral up to 999 (Arabic: 9,999) stands for; None when it is none."""
    word = flat(word)
    if word.isascii():
        return int(word) if word.isdigit() and len(word) <= 4 else None
    return numerals.whole(word) if _NUMERAL.fullmatch(word) else None


def opening(flat_text: str, at: int = 0) -> Mark | None:
    """The mark the flat text begins with at `at`, blanks before it allowed."""
    start = _skip(flat_text, at)
    found = _MARK.match(flat_text, start)
    return _mark(found) if found else None


def marks(flat_text: str) -> Iterator[Mark]:
    """Everything in the flat text that looks like a mark, outside quotes and book marks."""
    inside = quotes.outermost([pair for pair in quotes.spans(flat_text) if flat_text[pair[0]] != "("])
    pending = iter([*inside, (len(flat_text), len(flat_text))])
    start, end = next(pending)
    for found in _MARK.finditer(flat_text):
        while end < found.start():
            start, end = next(pending)
        if found.start() < start:
            mark = _mark(found)
            if mark:
                yield mark


def _skip(text: str, at: int) -> int:
    """Where the blanks that begin at `at` end."""
    if at >= len(text) or not text[at].isspace():
        return at
    found = _SPACE.match(text, at)
    return found.end() if found else at


def _mark(found: re.Match[str]) -> Mark | None:
    name = (found.lastgroup or "").removesuffix("_last").replace("more", "arabic")
    end = _skip(found.string, found.end())
    if name in ("circled", "single"):
        style, value = _single(found[name])
        return Mark(style, value, value, found.start(), end)
    if name == "bullet":
        return Mark(Style.BULLET, 0, 0, found.start(), end)
    value = number(found[name]) or 0
    last = _last(found, name) or value
    if not 0 < value <= last:
        return None
    return Mark(_STYLES[name], value, last, found.start(), end)


def _last(found: re.Match[str], name: str) -> int | None:
    """The last number of 1-3 or 1、2、3; None when there is no range."""
    if name not in ("arabic", "paren", "cn_paren"):
        return None
    printed = found[f"{name}_last"] or (found["more"].rpartition("、")[2] if found["more"] else None)
    return number(printed) if printed else None


def _single(character: str) -> tuple[Style, int]:
    for first, last, style, value in _RUNS:
        if first <= character <= last:
            return style, ord(character) - ord(first) + value
    raise AssertionError(character)
