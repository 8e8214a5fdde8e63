"""Headings that issues stand under: (一)…方面, 第一方面:…(4项), or any heading right above an issue."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ledger.intake import marks
from ledger.intake.heads import inside
from ledger.intake.labels import labels
from ledger.intake.marks import Style
from ledger.intake.structure import is_aspect, is_heading

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ledger.intake.lines import Line

_COUNT = re.compile(
    r"[,:]?\s*\(?\s?(?:共|计|合计|涉及)?(?:反馈|整改)?(?:问题)?\s?(?P<count>[0-9]{1,3})\s?(?:个|项|条)(?:问题)?(?P<more>[^()]{0,24})\)?[。.]?$"
)
_BRACKETS = str.maketrans("", "", "【】[]")
_ITEM_END = re.compile(r"[。;]$")
_LEADS_IN = re.compile(r"如下[:。]?$|^(?:现将|根据|按照)")
_SENTENCE_END = re.compile(r"[。;,!?]$")
#: A heading without a number is shorter than any sentence.
_BARE_LENGTH = 40
#: The number behind a heading stands within so many characters of its end.
_COUNT_LENGTH = 60


@dataclass(frozen=True, slots=True)
class Category:
    """One heading issues stand under.

    Attributes:
        declared: How many issues it says it has; None when it does not say.
        rank: How far in it stands, as its numbering style.
        line: Where its words begin, counted from 1; `column` likewise.
        aspect: It names an aspect, and is not a problem in quotes.
    """

    name: str
    declared: int | None
    rank: int
    line: int
    column: int
    aspect: bool


def category(line: Line, *, above_issue: bool, rank: int) -> Category | None:
    """The heading the line is; None when it is no such heading.

    Args:
        line: A line that is not the heading of an issue.
        above_issue: The next line is the heading of an issue, or of such a heading.
        rank: The numbering style of the issues' headings, which a numbered one must stand above.
    """
    mark = line.mark
    words = line.flat[mark.end :] if mark else line.flat
    if not is_heading(words) or _LEADS_IN.search(words) or next(labels(words), None):
        return None
    counted = _COUNT.search(words)
    if mark:
        stands = above_issue and not _ITEM_END.search(words)
        fits = mark.style < rank and (
            is_aspect(words) or bool(counted) or stands or mark.style == Style.ASPECT
        )
    else:
        short = len(words) <= _BARE_LENGTH and not _SENTENCE_END.search(words)
        fits = short and above_issue and (is_aspect(words) or bool(counted) or words[0] in "【[")
    if not fits:
        return None
    return of_heading(line, rank=mark.style if mark else rank - 1)


def of_heading(line: Line, *, rank: int) -> Category:
    """The category a line names that is known to name one."""
    start = line.mark.end if line.mark else 0
    name, declared = named(line.text[start:])
    aspect = is_aspect(marks.flat(name)) and not inside(line.text[start:])
    return Category(name, declared, rank, *line.block.place(start), aspect=aspect)


def nearest(open_categories: Sequence[Category]) -> Category | None:
    """The innermost heading that names an aspect, else the innermost."""
    aspects = [each for each in open_categories if each.aspect]
    return next(reversed(aspects or list(open_categories)), None)


def named(text: str) -> tuple[str, int | None]:
    """A heading's words without the number of issues behind them, and that number."""
    text = " ".join(text.split("\t")).strip()
    before = max(0, len(text) - _COUNT_LENGTH)
    counted = _COUNT.search(marks.flat(text[before:]))
    declared = None
    if counted and (counted["more"] == "" or ")" in counted[0]):
        declared = int(counted["count"])
        text = text[: before + counted.start()]
    text = text.translate(_BRACKETS).strip(" 　:：。.;；,，、")
    return inside(text) or text, declared
