"""Where texts occur in other texts, however they are written there: width, blanks and line breaks apart."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

#: What is not seen between two letters. Source: Unicode 15.1, general category Cf; soft hyphen among them.
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2060-\u2064\ufeff]")
#: Blanks that part no two words of Latin letters or digits.
_LOOSE = re.compile(r"(?<![A-Za-z0-9]) | (?![A-Za-z0-9])")
#: So many characters of a text lead to it.
_START = 4


def plain(text: str) -> str:
    """The text as it is compared: half width, without blanks but those between Latin words or digits."""
    narrow = _UNSEEN.sub("", unicodedata.normalize("NFKC", text))
    return _LOOSE.sub("", re.sub(r"\s+", " ", narrow))


class Span(NamedTuple):
    """Where a text begins and ends in another one, and which it is, as `plain` has it."""

    start: int
    end: int
    text: str


class Finder:
    """Finds any of many texts, in time that hardly grows with their number."""

    def __init__(self, texts: Iterable[str]) -> None:
        """Take the texts to be found, as they are written."""
        starts: dict[int, dict[str, list[str]]] = {}
        for text in sorted({plain(each) for each in texts} - {""}, key=lambda each: (-len(each), each)):
            size = min(len(text), _START)
            starts.setdefault(size, {}).setdefault(text[:size], []).append(text)
        self._starts = sorted(starts.items(), reverse=True)
        firsts = {start[0] for _size, table in self._starts for start in table}
        self._first = re.compile(f"[{re.escape(''.join(sorted(firsts)))}]") if firsts else None

    def spans(self, text: str) -> Iterator[Span]:
        """Where they stand in a text that is plain, from left to right, the longest first; none overlap.

        Shape: a text that begins or ends with a Latin letter or a digit is found as a whole word only.
        """
        free = 0
        for first in self._first.finditer(text) if self._first else ():
            at = first.start()
            found = self._at(text, at) if at >= free else ""
            if found:
                free = at + len(found)
                yield Span(at, free, found)

    def _at(self, text: str, at: int) -> str:
        for size, table in self._starts:
            for each in table.get(text[at : at + size], ()):
                if text.startswith(each, at) and _whole(text, at, at + len(each)):
                    return each
        return ""


def _whole(text: str, start: int, end: int) -> bool:
    before = start > 0 and _latin(text[start - 1]) and _latin(text[start])
    after = end < len(text) and _latin(text[end]) and _latin(text[end - 1])
    return not before and not after


def _latin(character: str) -> bool:
    return character.isascii() and character.isalnum()


def replaced(text: str, spans: Callable[[str], Iterable[Span]], put: Callable[[str], str]) -> str:
    """The text with others in place of what `spans` finds in its plain form; all else stays as written."""
    found = list(spans(plain(text)))
    if not found:
        return text
    places = _places(text)
    parts, last = [], 0
    for each in found:
        parts += [text[last : places[each.start]], put(each.text)]
        last = places[each.end - 1] + 1
    return "".join([*parts, text[last:]])


def _places(text: str) -> list[int]:
    """For every character of the plain form where it stands in the text itself."""
    spread: list[tuple[str, int]] = []
    for place, character in enumerate(text):
        narrow = _UNSEEN.sub("", unicodedata.normalize("NFKC", character))
        for each in narrow:
            blank = each.isspace()
            if not (blank and spread and spread[-1][0] == " "):
                spread.append((" " if blank else each, place))
    kept = []
    for number, (each, place) in enumerate(spread):
        around = (
            spread[number - 1][0] if number else "",
            spread[number + 1][0] if number + 1 < len(spread) else "",
        )
        if each != " " or all(beside and _latin(beside) for beside in around):
            kept.append(place)
    return kept
