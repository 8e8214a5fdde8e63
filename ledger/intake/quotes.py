"""Which quotes, brackets and book marks belong together, however they were typed.

Seen in published notices: quotes of one style nested in themselves (关于“推进“一河一策”落地不力”的问题),
straight quotes, brackets closed in the other width, and quotes nobody ever closed.
"""

from __future__ import annotations

import re
from collections import Counter

#: Quotes that may stand around a finding.
OPENING_QUOTES = '“"「『‘'
CLOSING_QUOTES = '”"」』’'

_QUOTES = {"“": "”", "‘": "’", "「": "」", "『": "』"}
_ALL = _QUOTES | {
    "(": ")", "（": ")", "【": "】", "[": "]", "［": "]", "《": "》", "〈": "〉", "〔": "〕",
}  # fmt: skip
_ONE_WIDTH = {"）": ")", "］": "]"}
_ANY = re.compile("[" + re.escape("".join({*_ALL, *_ALL.values(), *_ONE_WIDTH, '"', "\n"})) + "]")


def spans(text: str, *, quotes_only: bool = False) -> list[tuple[int, int]]:
    """Every pair that closes, as (place of the opener, place of the closer), in order of the closer.

    Shape: an opener nobody closes, and a closer nobody opened, are only characters. Straight
        quotes are paired off along a line. Takes time in proportion to the text.
    """
    if not _ANY.search(text):
        return []
    pairs = _QUOTES if quotes_only else _ALL
    opened: list[tuple[str, int]] = []
    awaited: Counter[str] = Counter()
    straight = -1
    found: list[tuple[int, int]] = []
    for match in _ANY.finditer(text):
        character, at = match[0], match.start()
        if character in pairs:
            opened.append((pairs[character], at))
            awaited[pairs[character]] += 1
        elif character == '"':
            if straight >= 0:
                found.append((straight, at))
            straight = -1 if straight >= 0 else at
        elif character == "\n":
            straight = -1
        else:
            closer = _ONE_WIDTH.get(character, character)
            if awaited[closer]:
                found.append((_opener(opened, awaited, closer), at))
    return found


def _opener(opened: list[tuple[str, int]], awaited: Counter[str], closer: str) -> int:
    """Where the pair that `closer` ends was opened; openers nobody closed are dropped."""
    while True:
        expected, start = opened.pop()
        awaited[expected] -= 1
        if expected == closer:
            return start


def outermost(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Only the pairs that stand in no other pair, from left to right."""
    outer: list[tuple[int, int]] = []
    for start, end in sorted(pairs):
        if not outer or start > outer[-1][1]:
            outer.append((start, end))
    return outer


def strip_pair(text: str) -> str:
    """The text without the one pair of quotes that encloses all of it."""
    if len(text) > 2 and text[0] in OPENING_QUOTES and text[-1] in CLOSING_QUOTES:
        if text[0] == '"':
            return text[1:-1] if '"' not in text[1:-1] else text
        if (0, len(text) - 1) in spans(text, quotes_only=True):
            return text[1:-1]
    return text
