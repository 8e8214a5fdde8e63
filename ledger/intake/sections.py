"""Notices whose main sections are the fields: 一、整改问题 二、责任单位 三、重点措施 … 六、整改完成情况.

Seen in published notices of environmental tasks: one problem a page, its fields as the main headings; or
several problems as (一)(二)(三), which then run parallel through all the sections.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ledger.intake import content
from ledger.intake.heads import Head, titles
from ledger.intake.items import Listed, listed
from ledger.intake.labels import heading
from ledger.intake.lines import Line, stack
from ledger.intake.marks import Style
from ledger.intake.structure import Role, begins_end, is_aspect, role_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ledger.intake.content import Content
    from ledger.intake.lines import Block

#: Fields that state the problem, and fields of which one at least must be told besides.
_STATES = frozenset({"issue", "task"})
_TELLS = frozenset({"measure", "account", "status_text", "target", "result"})
#: Fields that are main headings of other documents too: causes, what comes next.
_ELSEWHERE = frozenset({"reason", "remark", "detail"})
#: Different fields that make the headings of a document its fields.
_LEAST = 3
_SEVERAL = 2
#: Problems one such document states at most; what lists more is no such document.
_MOST = 200
_STYLES = (Style.SECTION, Style.CN_PAREN, Style.ARABIC)


@dataclass(frozen=True, slots=True)
class Section:
    """One field of a problem, or of several, as a section of the document.

    Attributes:
        field: What its heading means.
        start: Index of the heading's line.
        end: Index behind its last line.
        text: What stands below the heading, or behind it in its line.
    """

    field: str
    start: int
    end: int
    text: Block


def ranges(lines: Sequence[Line]) -> list[tuple[int, int]]:
    """Where the lines are such sections: index of the first line and behind the last."""
    for style in _STYLES:
        found = _blocks(lines, style)
        if found:
            return [(block[0].start, block[-1].end) for block in found]
    return []


def read(lines: Sequence[Line]) -> Iterator[tuple[Line, Head, Content]]:
    """The problems of such lines in order: the problem's own line, its heading, what is said of it."""
    for style in _STYLES:
        blocks = _blocks(lines, style)
        for block in blocks:
            yield from _problems(block)
        if blocks:
            return


def _blocks(lines: Sequence[Line], style: Style) -> list[list[Section]]:
    """The sections of this numbering style, one list for each statement of problems."""
    stops = [at for at, line in enumerate(lines) if _numbered(line, style)]
    heads = [
        (at, stop, label)
        for at, stop in zip(stops, [*stops, len(lines)][1:], strict=True)
        if (label := heading(lines[at].flat)) and role_of(lines[at]) != Role.NEXT_STEPS
    ]
    if len({label.field for _at, _stop, label in heads} - _ELSEWHERE) < _SEVERAL:
        return []
    blocks: list[list[Section]] = []
    for at, stop, label in heads:
        end = next((below for below in range(at + 1, stop) if _ends(lines[below])), stop)
        own = lines[at].block.part(label.end, len(lines[at].text))
        text = stack([*([own] if own.text else ()), *(line.block for line in lines[at + 1 : end])] or [own])
        if label.field in _STATES or not blocks:
            blocks.append([])
        blocks[-1].append(Section(label.field, at, end, text))
    return [block for block in blocks if _is_complete(block)]


def _numbered(line: Line, style: Style) -> bool:
    return line.mark is not None and line.mark.style == style


def _is_complete(block: Sequence[Section]) -> bool:
    fields = {section.field for section in block} - _ELSEWHERE
    if block[0].field not in _STATES or not fields & _TELLS:
        return False
    return len(fields) >= _LEAST or _run_parallel(block)


def _run_parallel(block: Sequence[Section]) -> bool:
    """Whether two sections, of problems and of what was done, are numbered alike, one for one."""
    told = [section for section in block if section.field in ("measure", "account")]
    if len(told) != 1 or any(section.field == "reason" for section in block):
        return False
    stated, done = listed(block[0].text, clauses=False), listed(told[0].text, clauses=False)
    if stated.style is None or done.style != stated.style or len(done.items) != len(stated.items):
        return False
    return len(stated.items) >= _SEVERAL and not any(is_aspect(item.block.flat) for item in stated.items)


def _ends(line: Line) -> bool:
    """Whether the closing part of the notice begins, or another main heading."""
    return begins_end(line) or role_of(line) is not None


def _problems(block: Sequence[Section]) -> Iterator[tuple[Line, Head, Content]]:
    first, *others = block
    stated = listed(first.text, clauses=False)
    if stated.style is None or len(stated.items) > _MOST:
        yield _problem(first.text, 0, [(each.field, each.text) for each in others])
        return
    parted = [(each, _parts(listed(each.text), stated)) for each in others]
    for at, item in enumerate(stated.items):
        said = [(each.field, parts[at] if parts else each.text) for each, parts in parted]
        yield _problem(item.block, item.value, said)


def _parts(cut: Listed, stated: Listed) -> list[Block]:
    """What a section says of each of several problems; nothing where it says the same of all of them.

    Shape: the section is numbered as the problems are, one by one, or leaves some of their numbers out.
    """
    if len(stated.items) < _SEVERAL or cut.style != stated.style:
        return []
    nothing = cut.items[0].block.part(0, 0)
    if len(cut.items) == len(stated.items):
        return [each.block for each in cut.items]
    said = {each.value: each.block for each in cut.items}
    if set(said) - {each.value for each in stated.items} or len(said) < len(cut.items):
        return []
    return [said.get(each.value, nothing) for each in stated.items]


def _problem(stated: Block, number: int, parts: Sequence[tuple[str, Block]]) -> tuple[Line, Head, Content]:
    """One problem: its first line is the title, more lines are details."""
    size = len(stated.text.partition("\n")[0])
    line = Line(stated.part(0, size), stated.text[:size], stated.place(0)[0])
    head = Head(None, number, number, titles(line.text), 0, size)
    return line, head, content.of_fields([("detail", stated.part(size, len(stated.text))), *parts])
