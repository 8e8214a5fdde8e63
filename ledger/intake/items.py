"""A stretch of text as the items of its outermost list, and each item's own sub-list.

Seen in published notices: 一是…；二是…； with a number missing, 。 in place of ；, items on lines of
their own or all in one line, (1)(2) inside 二是, the idiom 坚持一是一、二是二, and years and decimals
that look like a number with a point.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum
from itertools import islice
from typing import TYPE_CHECKING

from ledger.domain.text import sentences
from ledger.intake import marks
from ledger.intake.marks import Mark, Style

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ledger.intake.lines import Block

#: What is taken off the end of a measure. Source: the label conventions of hand-checked notices.
TRAILING = "；;。，,、 　\t\n"


class Edge(IntEnum):
    """How clearly something ends before a mark."""

    NONE = 0
    WEAK = 1  # a comma or a blank
    STRONG = 2  # a sentence or clause ended
    LINE = 3  # the line begins with the mark


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a list.

    Attributes:
        block: Its text without mark and closing punctuation, sub-list included.
        lead: What stands before the sub-list.
        value: The number printed; 0 when there is none.
    """

    block: Block
    lead: str
    points: tuple[str, ...]
    value: int = 0


@dataclass(frozen=True, slots=True)
class Listed:
    """A stretch of text taken apart.

    Attributes:
        intro: What stands before the first item.
        style: How the items are numbered; None when they are plain sentences.
    """

    intro: Block
    items: tuple[Item, ...]
    style: Style | None


def listed(block: Block, *, ignore: Iterable[tuple[int, int]] = (), clauses: bool = True) -> Listed:
    """The items of the outermost list in the text; its sentences where there is no list.

    Shape: marks that begin inside a range of `ignore` do not count; `clauses`: a single sentence is cut
        at its semicolons.
    """
    found = list(islice(_outside(marks.marks(block.flat), ignore), _MOST))
    chain = _outermost(block.flat, found)
    if not chain:
        return Listed(block.part(0, 0), tuple(_sentences(block, clauses=clauses)), None)
    cut = []
    ends = [*(mark.start for mark in chain), len(block.text)][1:]
    inner = iter([*found, None])
    pending = next(inner)
    for mark, end in zip(chain, ends, strict=True):
        own = []
        while pending is not None and pending.start < end:
            if pending.start > mark.start:
                own.append(pending)
            pending = next(inner)
        item = _item(block, mark, end, own)
        if item:
            cut.append(item)
    return Listed(block.part(0, chain[0].start), tuple(cut), chain[0].style)


def _outside(found: Iterable[Mark], ignore: Iterable[tuple[int, int]]) -> Iterator[Mark]:
    """The marks that do not begin in a range; ranges by rising place, not overlapping."""
    ranges = iter(ignore)
    start, end = next(ranges, (-1, -1))
    for mark in found:
        while start >= 0 and end <= mark.start:
            start, end = next(ranges, (-1, -1))
        if start < 0 or mark.start < start:
            yield mark


def edge(flat_text: str, at: int) -> Edge:
    """How clearly something ends before the place `at`."""
    before = at
    while before and flat_text[before - 1] == " ":
        before -= 1
    if not before or flat_text[before - 1] == "\n":
        return Edge.LINE
    if flat_text[before - 1] in "。;:!?”】》|":
        return Edge.STRONG
    return Edge.WEAK if before < at or flat_text[before - 1] in ",、)" else Edge.NONE


#: Marks that are looked at in one stretch of text; what holds more is no list that anybody wrote.
_MOST = 20_000
#: Marks that are tried as the first of a list; a text without one among so many has no list.
_TRIES = 20
#: These are seldom anything but a mark, so that nothing need end before them.
_CLEAR = (Style.PAREN, Style.CIRCLED)


def _outermost(flat_text: str, found: Sequence[Mark]) -> list[Mark]:
    """The marks of the outermost list, in order; empty when there is no list."""
    begin = (at for at, mark in enumerate(found) if _may_begin(flat_text, mark))
    for at in islice(begin, _TRIES):
        mark = found[at]
        chain = _chain(flat_text, found[at:])
        if len(chain) > 1 or edge(flat_text, mark.start) >= Edge.STRONG:
            return chain
    return []


def _may_begin(flat_text: str, mark: Mark) -> bool:
    where = edge(flat_text, mark.start)
    if mark.style == Style.BULLET:
        return where == Edge.LINE
    if mark.value == 1:
        return where >= Edge.WEAK or mark.style in _CLEAR
    return mark.start == 0 and mark.style >= Style.ARABIC


def _chain(flat_text: str, found: Sequence[Mark]) -> list[Mark]:
    """The marks that go on from the first one in its style."""
    chain = [found[0]]
    for mark in found[1:]:
        if mark.style == chain[0].style and _follows(chain[-1].value, mark, edge(flat_text, mark.start)):
            chain.append(mark)
    return chain


def _follows(last: int, mark: Mark, where: Edge) -> bool:
    """Whether `mark` goes on from `last`: the next, one left out, one repeated, or begun anew on a line."""
    if mark.style == Style.BULLET:
        return where == Edge.LINE
    if mark.value == last + 1:
        return where >= Edge.WEAK or mark.style in _CLEAR
    if mark.value in (last, last + 2):
        return where >= Edge.STRONG
    return mark.value == 1 and where == Edge.LINE


def _item(block: Block, mark: Mark, end: int, own: Sequence[Mark]) -> Item | None:
    """The item that `mark` begins, with the longest-standing list inside it as points."""
    inner = marks.opening(block.flat[: mark.end + 8], mark.end) if mark.style == Style.BULLET else None
    start = inner.end if inner else mark.end
    whole = _trimmed(block, start, end)
    if not any(map(str.isalnum, whole.text)):
        return None
    begin = (at for at, each in enumerate(own) if each.style != mark.style and _may_begin(block.flat, each))
    for at in islice(begin, _TRIES):
        first = own[at]
        chain = _chain(block.flat, own[at:])
        if len(chain) > 1:
            ends = [*(each.start for each in chain[1:]), end]
            points = tuple(
                _trimmed(block, each.end, stop).text for each, stop in zip(chain, ends, strict=True)
            )
            lead = _trimmed(block, start, first.start).text.rstrip(":：")
            return Item(whole, lead or whole.text, tuple(filter(None, points)), mark.value)
    return Item(whole, whole.text, (), mark.value)


def _trimmed(block: Block, start: int, end: int) -> Block:
    """That part without the blanks around it and the punctuation behind it."""
    kept = len(block.text[start:end].rstrip(TRAILING))
    return block.part(start, start + kept)


_CLAUSE = re.compile("[；;]")


def _sentences(block: Block, *, clauses: bool) -> list[Item]:
    """The text sentence by sentence; a single sentence by its clauses."""
    cut = _cut(block, "。！？!?")
    if clauses and len(cut) == 1 and _CLAUSE.search(block.text):
        cut = _cut(block, "；;")
    return [Item(part, part.text, ()) for part in cut]


def _cut(block: Block, ends: str) -> list[Block]:
    parts = []
    at = 0
    for sentence in sentences(block.text, ends=ends):
        stray = marks.opening(block.flat[: at + 8], at) if at else None
        start = stray.end if stray and stray.style == Style.ARABIC else at  # a page's number, in mid-text
        part = _trimmed(block, start, at + len(sentence))
        if part.text:
            parts.append(part)
        at += len(sentence)
    return parts
