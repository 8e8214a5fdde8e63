"""Lines and stretches of text that remember where they stood in the document."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ledger.intake import marks

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ledger.intake.marks import Mark

#: Offset in the text, line, column: the text from that offset on stood there.
Seam = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of text.

    Attributes:
        flat: The same text in one width, place for place; see `marks.flat`.
        seams: Where its parts stood, by rising offset; the first is for offset 0.
    """

    text: str
    flat: str
    seams: tuple[Seam, ...]

    def place(self, at: int) -> tuple[int, int]:
        """Line and column of the character at `at`, both counted from 1."""
        offset, line, column = self.seams[bisect_right(self.seams, at, key=lambda seam: seam[0]) - 1]
        return line, column + at - offset

    def part(self, start: int, end: int) -> Block:
        """The text from `start` up to `end`, without the blanks around it."""
        raw = self.text[start:end]
        text = raw.strip()
        if len(text) != len(raw):
            start += len(raw) - len(raw.lstrip())
            end = start + len(text)
        if len(self.seams) == 1:
            at, line, column = self.seams[0]
            return Block(text, self.flat[start:end], ((0, line, column + start - at),))
        first = bisect_right(self.seams, start, key=lambda seam: seam[0])
        last = bisect_right(self.seams, max(start, end - 1), key=lambda seam: seam[0])
        inner = tuple((at - start, line, column) for at, line, column in self.seams[first:last])
        return Block(text, self.flat[start:end], ((0, *self.place(start)), *inner))


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the document, or several that were one before they were wrapped.

    Attributes:
        block: The text without the blanks around it.
        raw: The line as received; tabs matter in tables.
        number: Of its first physical line, counted from 1.
        gap: A blank line stands before it.
        mark: How the line is numbered; None when it is not.
    """

    block: Block
    raw: str
    number: int
    gap: bool = False
    mark: Mark | None = field(init=False, compare=False, default=None)

    def __post_init__(self) -> None:
        """Read the mark the line begins with, which every rule asks for."""
        object.__setattr__(self, "mark", marks.opening(self.block.flat))

    @property
    def text(self) -> str:
        """The text without the blanks around it."""
        return self.block.text

    @property
    def flat(self) -> str:
        """The same text in one width."""
        return self.block.flat


_HEADING = re.compile(r"#{1,6}\s+|>\s?")
_SETTINGS = re.compile(r"---\n(?:[A-Za-z_-]{1,30}:.{0,200}\n){1,30}---\n")
#: Marks of bold text, and signs written so that they are no markup. Source: CommonMark 0.31 §2.4, §2.5.
_SIGNS = re.compile(r"\*\*|__(?=\S)|(?<=\S)__|\\(?P<sign>[!-/:-@\[-`{-~])|&(?P<entity>amp|lt|gt);")
_ENTITIES = {"amp": "&", "lt": "<", "gt": ">"}
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_BAR = re.compile(r"(?<!\\)\|")


def split(text: str) -> list[Line]:
    """The lines that hold something, Markdown's own signs and its block of settings taken off."""
    lines: list[Line] = []
    gap = False
    settings = _SETTINGS.match(text)
    first = text.count("\n", 0, settings.end()) if settings else 0
    for number, raw in enumerate(text.split("\n"), start=1):
        if number > first and raw.strip():
            lines.extend(_lines(raw, number, gap=gap))
        gap = not raw.strip()
    return lines


def _lines(raw: str, number: int, *, gap: bool) -> Iterator[Line]:
    """A line, cut where Markdown breaks it; the row of a table stays whole."""
    start = 0
    if "<" in raw and not _BAR.search(raw):
        for found in _BREAK.finditer(raw):
            if raw[start : found.start()].strip():
                yield _line(raw[start : found.start()], number, start, gap=gap and not start)
            start = found.end()
    if raw[start:].strip():
        yield _line(raw[start:], number, start, gap=gap and not start)


def _line(raw: str, number: int, before: int, *, gap: bool) -> Line:
    text = raw.strip()
    column = before + raw.index(text) + 1
    heading = _HEADING.match(text)
    if heading:
        text = text[heading.end() :]
        column += heading.end()
    if "*" in text or "_" in text or "\\" in text or "&" in text:
        text = _SIGNS.sub(_sign, text).strip()
    return Line(Block(text, marks.flat(text), ((0, number, column),)), raw, number, gap)


def _sign(found: re.Match[str]) -> str:
    return found["sign"] or _ENTITIES.get(found["entity"] or "", "")


#: Where a text begins that has no lines.
_NOWHERE: tuple[Seam, ...] = ((0, 1, 1),)


def join(lines: Sequence[Line], *, glue: str = "\n") -> Block:
    """The lines as one stretch of text."""
    seams: list[Seam] = []
    at = 0
    for line in lines:
        seams.extend((at + offset, number, column) for offset, number, column in line.block.seams)
        at += len(line.text) + len(glue)
    text = glue.join(line.text for line in lines)
    return Block(
        text,
        marks.flat(text) if glue != "\n" else "\n".join(line.flat for line in lines),
        tuple(seams) or _NOWHERE,
    )


def stack(blocks: Sequence[Block]) -> Block:
    """Stretches of text one below the other, each on a line of its own."""
    seams: list[Seam] = []
    at = 0
    for block in blocks:
        seams.extend((at + offset, line, column) for offset, line, column in block.seams)
        at += len(block.text) + 1
    return Block(
        "\n".join(each.text for each in blocks), "\n".join(each.flat for each in blocks), tuple(seams)
    )


def break_before(lines: Iterable[Line], pattern: re.Pattern[str]) -> Iterator[Line]:
    """The lines, each cut in two wherever `pattern` matches its flat text behind the start.

    Shape: `pattern` has a group `cut` where the second part begins.
    """
    for line in lines:
        cuts = [found.start("cut") for found in pattern.finditer(line.flat) if found.start("cut")]
        if not cuts:
            yield line
            continue
        for start, end in zip([0, *cuts], [*cuts, len(line.text)], strict=True):
            block = line.block.part(start, end)
            if block.text:
                number = block.place(0)[0]
                yield Line(block, block.text, number, line.gap if not start else False)
