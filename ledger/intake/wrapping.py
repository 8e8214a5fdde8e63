"""Paragraphs that were broken at a fixed width, put together again.

Seen in published notices saved from mail or PDF: lines equally long and broken in mid-sentence, the
first of a paragraph indented, page numbers between. A document whose lines are paragraphs stays as it is.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from ledger.intake.lines import Line, join
from ledger.intake.structure import begins_end

if TYPE_CHECKING:
    from collections.abc import Sequence

#: Columns by which a full line may fall short of the width; a stop is never put at the start of a line.
_SLACK = 9
#: Columns the width may have; what is broken narrower or wider was not broken by a program.
_LEAST, _MOST = 36, 130
#: Columns from which even a few lines tell.
_WIDE = 52
#: Lines from which equal length alone tells; fewer tell only where paragraphs are indented.
_FEW = 8
_ENDED = re.compile(r"[。;:!?|]$")
_HEAD_ENDED = re.compile(r"(?:问题|方面|情况|通报|公示|公告|报告|\))$")
_COMPLETE = re.compile(rf"{_ENDED.pattern}|{_HEAD_ENDED.pattern}")
_LABEL = re.compile(r"(?:[\[【][^\]】]{2,12}[\]】]|[^,。;:]{2,10}:)")


def unwrap(lines: list[Line]) -> list[Line]:
    """The lines with broken paragraphs joined."""
    sizes = [_columns(line) for line in lines]
    indented = sum(map(_indented, lines)) * 5 > len(lines)
    width = _wrapped_at(lines, sizes, indented=indented)
    if not width:
        return lines
    spaced = sum(line.gap for line in lines) * 4 > len(lines)
    whole: list[list[Line]] = []
    for at, line in enumerate(lines):
        before = sizes[at - 1] if at else 0
        long = indented and before * 4 >= width * 3 and not _COMPLETE.search(lines[at - 1].flat)
        full = (long or before > width - _SLACK) and not (spaced and line.gap)
        if full and _goes_on(lines[at - 1], line, indented=indented):
            whole[-1].append(line)
        else:
            whole.append([line])
    return [_joined(group) for group in whole]


def _joined(group: list[Line]) -> Line:
    first = group[0]
    return first if len(group) == 1 else Line(join(group, glue=""), first.raw, first.number, first.gap)


def _columns(line: Line) -> int:
    """How wide a line is, near enough: three bytes of UTF-8 take two columns; 0 for the row of a table."""
    text = line.raw.rstrip()
    return 0 if "\t" in text else (len(text.encode()) + len(text)) // 2


def _wrapped_at(lines: Sequence[Line], sizes: Sequence[int], *, indented: bool) -> int:
    """The width the lines were broken at, in columns; 0 when they were not."""
    counts = Counter(size for size in sizes if size >= _LEAST)
    if not counts or len(counts) > _MOST:
        return 0
    near = {width: sum(counts[width - less] for less in range(_SLACK)) for width in counts}
    width = max(counts) if indented else max(near, key=lambda width: (near[width], width))
    longer = sum(count for size, count in counts.items() if size > width)
    many = len(lines) >= _FEW and near[width] * 4 >= len(lines)
    if not indented and not many:
        return _seldom_full(lines, sizes, max(counts))
    if width > _MOST or longer * 20 > len(lines):
        return 0
    full = [at for at, size in enumerate(sizes[:-1]) if width - _SLACK < size <= width]
    if indented:
        broken = sum(not _indented(lines[at + 1]) for at in full)
    else:
        broken = sum(not _ENDED.search(lines[at].flat) for at in full)
    return width if broken and broken * 3 >= len(full) else 0


def _seldom_full(lines: Sequence[Line], sizes: Sequence[int], width: int) -> int:
    """The width of the longest lines where most of those stop in mid-sentence; 0 where they do not."""
    if not _WIDE <= width <= _MOST:
        return 0
    full = [at for at, size in enumerate(sizes[:-1]) if width - _SLACK < size]
    broken = sum(
        not (_COMPLETE.search(lines[at].flat) or lines[at + 1].mark or _LABEL.match(lines[at + 1].flat))
        for at in full
    )
    return width if broken > 1 and broken * 2 >= len(full) else 0


def _indented(line: Line) -> bool:
    return line.raw[:1].isspace()


def _goes_on(before: Line, line: Line, *, indented: bool) -> bool:
    """Whether `line` goes on with the sentence or paragraph of the full line `before`."""
    if "\t" in line.raw or (indented and _indented(line)):
        return False
    starts = line.mark or _LABEL.match(line.flat)
    if _ENDED.search(before.flat):
        return not (starts or line.gap or begins_end(line))
    return not (starts and _HEAD_ENDED.search(before.flat))
