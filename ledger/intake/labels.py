"""A stretch of text cut at its labels, such as 整改措施:… 责任单位:… 完成时限:….

Seen in published notices: labels on lines of their own, several in one line with blanks between, in
【】 without a colon, numbered themselves, in any order, and inside brackets behind a single measure.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ledger.intake import quotes
from ledger.intake.words import LABELS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ledger.intake.lines import Block

_CN = "一二三四五六七八九十"
_MARKED = rf"(?:[0-9]{{1,2}}[.、]|\([0-9{_CN}]{{1,2}}\)|[{_CN}]{{1,2}}、|[①-⑳]|[-•●])\s*"
_WORDS = "|".join(re.escape(word) for word in LABELS)
_LABEL = re.compile(
    rf"(?:^|(?<=[\s。;,!?|”\"】\]]))(?:{_MARKED})?(?P<open>[\[【]\s?)?(?P<word>{_WORDS})"
    rf"(?:\s?\(?(?P<number>[0-9]{{1,2}}|[{_CN}]{{1,2}})\)?)?\s?(?(open)[\]】]\s?:?|:)\s*"
)
_MAY_HOLD = re.compile(r"[:\]】]")
#: Fields that are a few words, never a text.
SHORT = frozenset({"unit", "co_units", "leader", "owner", "due_text", "closed_text", "amount", "category"})


@dataclass(frozen=True, slots=True)
class Label:
    """One label.

    Attributes:
        field: What it means; see `words.WORDS`.
        word: The label as printed, in one width.
        start: Where the label begins, its own numbering included.
        end: Where its text begins.
    """

    field: str
    word: str
    start: int
    end: int


def labels(flat_text: str) -> Iterator[Label]:
    """The labels in a flat text, in order, outside quotes and brackets."""
    if not _MAY_HOLD.search(flat_text):
        return
    pairs = [pair for pair in quotes.spans(flat_text) if flat_text[pair[0]] not in "【["]
    inside = iter([*quotes.outermost(pairs), (len(flat_text), len(flat_text))])
    start, end = next(inside)
    for found in _LABEL.finditer(flat_text):
        word = found.start("word")
        while end < word:
            start, end = next(inside)
        if word < start:
            yield Label(LABELS[found["word"]], found["word"], found.start(), found.end())


def in_brackets(block: Block) -> tuple[Block, dict[str, str]]:
    """The text without a closing (责任单位:…；完成时限:…), and what that said."""
    pairs = [pair for pair in quotes.spans(block.flat) if block.flat[pair[0]] == "("]
    last = max(pairs, default=None, key=lambda pair: pair[1])
    if last is None or last[1] < len(block.text.rstrip("。；;，, ")) - 1:
        return block, {}
    inner = block.part(last[0] + 1, last[1])
    found = list(labels(inner.flat))
    if not found or found[0].start:
        return block, {}
    return block.part(0, last[0]), values(inner, found)


def values(block: Block, found: list[Label]) -> dict[str, str]:
    """What stands behind each of the labels, by field; several texts of one field on lines of their own."""
    said: dict[str, str] = {}
    ends = [*(label.start for label in found), len(block.text)][1:]
    for label, end in zip(found, ends, strict=True):
        add(said, label.field, block.text[label.end : end])
    return said


def add(said: dict[str, str], field: str, raw: str) -> None:
    """Keep the text of a field as printed, without what only separates it from the next."""
    text = raw.strip().rstrip("；;，,、 　")
    if field in SHORT:
        text = " ".join("".join(part.strip() for part in text.split("\n")).split("\t"))
    if "。" not in text[:-1]:
        text = text.rstrip("。")
    if text and text != said.get(field):
        glue = "、" if field in SHORT else "\n"
        said[field] = f"{said[field]}{glue}{text}" if field in said else text
