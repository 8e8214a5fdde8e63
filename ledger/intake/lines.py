"""Lines and stretches of text that remember where they stood in the document."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
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
_BOLD = re.compile(r"\*\*|__(?=\S)|(?<=\S)__|\\(?=[.\-*_()\[\]#>+])")
_ENDED = re.compile(r"[。;:!?|]$")
_HEAD_ENDED = re.compile(r"(?:问题|方面|情况|\))$")
_LABEL = re.compile(r"(?:[\[【][^\]】]{2,12}[\]】]|[^,。;:]{2,10}:)")


def split(text: str) -> list[Line]:
    """The lines that hold something, Markdown's own signs taken off."""
    lines = []
    gap = False
    for number, raw in enumerate(text.split("\n"), start=1):
        if raw.strip():
            lines.append(_line(raw, number, gap=gap))
        gap = not raw.strip()
    return lines


def _line(raw: str, number: int, *, gap: bool) -> Line:
    text = raw.strip()
    column = raw.index(text) + 1
    heading = _HEADING.match(text)
    if heading:
        text = text[heading.end() :]
        column += heading.end()
    if "*" in text or "_" in text or "\\" in text:
        text = _BOLD.sub("", text).strip()
    return Line(Block(text, marks.flat(text), ((0, number, column),)), raw, number, gap)


def join(lines: Sequence[Line], *, glue: str = "\n") -> Block:
    """The lines as one stretch of text."""
    seams: list[Seam] = []
    at = 0
    for line in lines:
        seams.extend((at + offset, number, column) for offset, number, column in line.block.seams)
        at += len(line.text) + len(glue)
    text = glue.join(line.text for line in lines)
    return Block(text, marks.flat(text) if glue != "\n" else "\n".join(line.flat for line in lines), tuple(seams))


def unwrap(lines: list[Line]) -> list[Line]:
    """The lines with paragraphs put together again that were broken at a fixed width.

    Seen in published notices saved from mail or PDF: most lines equally long and broken in
    mid-sentence. A document whose lines are paragraphs comes back as it is.
    """
    width = _wrapped_at(lines)
    if not width:
        return lines
    indented = sum(line.raw[:1].isspace() for line in lines) * 10 > len(lines)
    whole: list[list[Line]] = []
    for line in lines:
        if whole and _continues(whole[-1][-1], line, width=width, indented=indented):
            whole[-1].append(line)
        else:
            whole.append([line])
    return [_joined(group) for group in whole]


def _joined(group: list[Line]) -> Line:
    first = group[0]
    return first if len(group) == 1 else Line(join(group, glue=""), first.raw, first.number, first.gap)


def _columns(text: str) -> int:
    """How wide a line is, near enough: three bytes of UTF-8 take two columns."""
    return (len(text.encode()) + len(text)) // 2


#: Columns by which a line may fall short of the width it was broken at, and the least such width.
_SLACK, _LEAST = 5, 36


def _wrapped_at(lines: list[Line]) -> int:
    """The width the lines were broken at, in columns; 0 when they were not."""
    widths = [_columns(line.raw.rstrip()) for line in lines if "\t" not in line.raw]
    counts = Counter(width for width in widths if width >= _LEAST)
    if len(widths) < 8 or len(counts) > 400:
        return 0
    near = {width: sum(counts[width - less] for less in range(_SLACK)) for width in counts}
    best = max(near, key=lambda width: (near[width], width), default=0)
    full = near.get(best, 0)
    if full * 4 < len(widths) or sum(count for width, count in counts.items() if width > best) * 20 > len(widths):
        return 0
    broken = sum(
        best - _SLACK < _columns(line.raw.rstrip()) <= best and not _ENDED.search(line.flat) for line in lines
    )
    return best if broken * 2 >= full else 0


def _continues(before: Line, line: Line, *, width: int, indented: bool) -> bool:
    """Whether `line` goes on with the sentence or paragraph of `before`."""
    if "\t" in before.raw or "\t" in line.raw or _columns(before.raw.rstrip()) <= width - _SLACK:
        return False
    if indented and line.raw[:1].isspace():
        return False
    starts = line.mark or _LABEL.match(line.flat)
    if _ENDED.search(before.flat):
        return not (starts or line.gap)
    return not (starts and _HEAD_ENDED.search(before.flat))


def stack(blocks: Sequence[Block]) -> Block:
    """Stretches of text one below the other, each on a line of its own."""
    seams: list[Seam] = []
    at = 0
    for block in blocks:
        seams.extend((at + offset, line, column) for offset, line, column in block.seams)
        at += len(block.text) + 1
    return Block("\n".join(each.text for each in blocks), "\n".join(each.flat for each in blocks), tuple(seams))


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
