"""A stretch of text cut at its labels, such as 整改措施:… 责任单位:… 完成时限:….

Seen in published notices: labels on lines of their own, several in one line with blanks between, in
【】 without a colon, numbered themselves, in any order, and inside brackets behind a single measure.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ledger.intake import quotes
from ledger.intake.words import LABELS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from ledger.intake.lines import Block

_CN = "一二三四五六七八九十"
_MARKED = rf"(?:[0-9]{{1,2}}[.、]|\([0-9{_CN}]{{1,2}}\)|[{_CN}]{{1,2}}、|[①-⑳]|[-•●])\s*"
#: Blanks inside a label are those of a form, or of a scan: 整 改 措 施.
_WORDS = "|".join(" ?".join(map(re.escape, word)) for word in LABELS)
_LABEL = re.compile(
    rf"(?:^|(?<=[\s。;,!?|”\"】\]]))(?:{_MARKED})?(?P<open>[\[【]\s?)?(?P<word>{_WORDS})"
    rf"(?:\s?\(?(?:序号)?(?P<number>[0-9]{{1,2}}|[{_CN}]{{1,2}})\)?)?\s?(?:(?(open)[\]】]\s?:?|:)\s*|(?P<bare>\s*(?:\n|$)))"
)
_BARE = re.compile(rf"(?:{_MARKED})?(?:{_WORDS})\s*")
_MAY_HOLD = re.compile(r"[:\]】\n]")
#: A text no longer than this may be nothing but a label.
_LONGEST = 24
#: Fields that are a few words, never a text.
SHORT = frozenset({"unit", "co_units", "leader", "owner", "due_text", "closed_text", "amount", "category"})


@dataclass(frozen=True, slots=True)
class Label:
    """One label.

    Attributes:
        field: What it means; see `words.WORDS`.
        start: Where the label begins, its own numbering included.
        end: Where its text begins.
    """

    field: str
    start: int
    end: int


def labels(flat_text: str) -> Iterator[Label]:
    """The labels in a flat text, in order, outside quotes and brackets."""
    if not _MAY_HOLD.search(flat_text) and not (len(flat_text) <= _LONGEST and _BARE.fullmatch(flat_text)):
        return
    pairs = [pair for pair in quotes.spans(flat_text) if flat_text[pair[0]] not in "【["]
    inside = iter([*quotes.outermost(pairs), (len(flat_text), len(flat_text))])
    start, end = next(inside)
    for found in _LABEL.finditer(flat_text):
        word = found.start("word")
        while end < word:
            start, end = next(inside)
        alone = found["bare"] is None or not found.start() or flat_text[found.start() - 1] == "\n"
        if word < start and alone:
            yield Label(LABELS[found["word"].replace(" ", "")], found.start(), found.end())


def heading(flat_text: str) -> Label | None:
    """The label a numbered heading consists of or begins with: 三、重点措施."""
    label = next(labels(flat_text[:_LONGEST]), None)
    return label if label and not label.start else None


@dataclass(slots=True)
class Said:
    """What is said of something, by field.

    Attributes:
        fields: The texts as printed.
        places: Line and column where each begins, both counted from 1.
    """

    fields: dict[str, str] = field(default_factory=dict)
    places: dict[str, tuple[int, int]] = field(default_factory=dict)

    def add(self, name: str, block: Block) -> None:
        """Keep the text of a field; of several texts all are kept, with the place of the first."""
        add(self.fields, name, block.text)
        if name in self.fields and name not in self.places:
            self.places[name] = block.place(len(block.text) - len(block.text.lstrip()))

    def join(self, other: Said) -> None:
        """Keep what the other says too."""
        for name, text in other.fields.items():
            add(self.fields, name, text)
        self.places = {**other.places, **self.places}

    def only(self, names: Collection[str]) -> Said:
        """What is said in the fields of these names."""
        return Said(
            {name: text for name, text in self.fields.items() if name in names},
            {name: place for name, place in self.places.items() if name in names},
        )


def in_brackets(block: Block) -> tuple[Block, Said]:
    """The text without a closing (责任单位:…；完成时限:…), and what that said."""
    pairs = [pair for pair in quotes.spans(block.flat) if block.flat[pair[0]] == "("]
    last = max(pairs, default=None, key=lambda pair: pair[1])
    if last is None or last[1] < len(block.text.rstrip("。；;，, ")) - 1:
        return block, Said()
    inner = block.part(last[0] + 1, last[1])
    found = list(labels(inner.flat))
    if not found or found[0].start:
        return block, Said()
    return block.part(0, last[0]), values(inner, found)


def values(block: Block, found: list[Label]) -> Said:
    """What stands behind each of the labels, by field."""
    said = Said()
    ends = [*(label.start for label in found), len(block.text)][1:]
    for label, end in zip(found, ends, strict=True):
        said.add(label.field, block.part(label.end, end))
    return said


def add(said: dict[str, str], name: str, raw: str) -> None:
    """Keep the text of a field as printed, without what only separates it from the next."""
    text = raw.strip().rstrip("；;，,、 　")
    if name in SHORT:
        text = " ".join("".join(part.strip() for part in text.split("\n")).split("\t"))
    if "。" not in text[:-1]:
        text = text.rstrip("。")
    if text and text != said.get(name):
        glue = "、" if name in SHORT else "\n"
        said[name] = f"{said[name]}{glue}{text}" if name in said else text
