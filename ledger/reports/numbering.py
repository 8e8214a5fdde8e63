"""How headings, issues and measures are numbered on paper, in each language."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ledger.domain import numerals

if TYPE_CHECKING:
    from collections.abc import Callable


class Numbering(NamedTuple):
    """What each level begins with, by its number.

    Shape: `section`, `aspect` and `item` begin headings, `ordinal`, `numbered` and `circled` what stands one
        behind the other in a paragraph.
    """

    section: Callable[[int], str]
    aspect: Callable[[int], str]
    item: Callable[[int], str]
    ordinal: Callable[[int], str]
    numbered: Callable[[int], str]
    circled: Callable[[int], str]


def _point(number: int) -> str:
    return f"{number}. "


def _brackets(number: int) -> str:
    return f"({number}) "


_ARABIC = Numbering(_point, _brackets, _point, _brackets, _brackets, _brackets)
_CHINESE = Numbering(
    numerals.section,
    numerals.aspect,
    numerals.item,
    numerals.firstly,
    numerals.bracketed,
    numerals.circled,
)


def numbering(language: str) -> Numbering:
    """How documents in a language, a key of ledger.language.LANGUAGES, are numbered.

    Source: GB/T 9704-2012 §7.3.3 for Chinese: 一、（一）1.（1）.
    """
    return _CHINESE if language == "zh" else _ARABIC
