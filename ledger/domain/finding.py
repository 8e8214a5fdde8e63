"""Where in a text words stand, when width, case and blanks make no difference."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger.domain.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable


def places(text: str, words: Iterable[str]) -> tuple[tuple[int, int], ...]:
    """Where any of the words stands in the text: begin and end of each place, in order, apart.

    Shape: places that touch or overlap are one. Blanks inside a place belong to it.
    """
    owners = [place for place, character in enumerate(text) for _each in fold(character)]
    folded = "".join(map(fold, text))
    found = sorted(span for word in words for span in _spans(folded, owners, fold(word)))
    apart: list[tuple[int, int]] = []
    for begin, end in found:
        if apart and begin <= apart[-1][1]:
            apart[-1] = (apart[-1][0], max(end, apart[-1][1]))
        else:
            apart.append((begin, end))
    return tuple(apart)


def _spans(folded: str, owners: list[int], word: str) -> Iterable[tuple[int, int]]:
    at = folded.find(word) if word else -1
    while at >= 0:
        yield owners[at], owners[at + len(word) - 1] + 1
        at = folded.find(word, at + 1)


def marked(text: str, words: Iterable[str]) -> str:
    """The text with square brackets around every place of the words."""
    shown, last = "", 0
    for begin, end in places(text, words):
        shown += f"{text[last:begin]}[{text[begin:end]}]"
        last = end
    return shown + text[last:]
