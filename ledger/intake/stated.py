"""Documents that state findings and nothing that was done about them yet.

Seen in inspectors' feedback (巡察反馈意见), lists of problems (问题清单), self-examinations (对照检查材料):
（一）…方面, then 1. or 一是 with the finding as the first sentence and the evidence behind it, then advice,
causes and intentions, which are no findings. What a notice would print as measures is evidence here.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ledger.intake import categories, content, heads
from ledger.intake.findings import Found, region_category
from ledger.intake.labels import labels
from ledger.intake.layouts import STATED, is_deficient
from ledger.intake.lines import break_before, stack
from ledger.intake.marks import Style
from ledger.intake.structure import Role, is_aspect, is_heading

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ledger.intake.categories import Category
    from ledger.intake.lines import Line
    from ledger.intake.marks import Mark
    from ledger.intake.structure import Region

#: Titles of such documents; 整改 in a title means that something was done, but for what is still asked for.
_TITLE = re.compile(
    r"反馈(?:意见|情况|问题|函)|(?:意见|情况|问题)反馈$|问题(?:的?通报|清单|汇总|台账)|对照检查|检视(?:剖析|问题)|剖析材料|自查(?:自纠)?(?:情况)?(?:报告|问题)|(?:巡[视察]|督[查察]|检查|审计)(?:情况)?(?:的?通报|报告|通知书)?$"
)
_DONE = re.compile(r"整改(?!要求|建议|意见|问题清单|通知|事项清单)|落实情况|销号|完成情况")
#: Fields that only those documents print that tell what was done, or will be.
_TOLD = ("measure", "account")
#: Main headings of such documents: what was found, and what is asked for or promised.
_FOUND = re.compile(r"(?:问题|不足|差距|短板|隐患)(?:和不足|和差距|及不足|表现|清单)?$|查摆")
_ASKED = re.compile(r"(?:整改|改进|努力).{0,6}(?:措施|打算|思路|方向|要求|建议|意见)|原因|建议$|要求$")
#: Titles and main headings of documents that tell what was done, and labels of what is only intended.
_REPORTED = re.compile(r"整改.{0,6}(?:情况|结果|成效|进展)|(?:进展|落实|完成)情况")
_INTENDED = frozenset({"measure", "task"})
#: The least part of headings that name something wrong where no main heading says that they do.
_DEFICIENT = 0.6
_CN = "一二三四五六七八九十"
#: Findings that were printed one behind the other in one paragraph.
_INLINE = re.compile(
    rf"(?<=[。;:])\s*(?P<cut>[{_CN}]{{1,2}}是(?![{_CN}]是|[{_CN}]{{1,2}}[、,。;])|[0-9]{{1,2}}[.、](?![0-9])|\([{_CN}]{{1,2}}\))"
)
#: Evidence is numbered so, where the finding stands on a line of its own above it.
_EVIDENCE = (Style.ORDINAL, Style.FIRSTLY, Style.CIRCLED, Style.BULLET)


def states_only(title: str | None, regions: Sequence[Region]) -> bool:
    """Whether the document states findings and nothing that was done, by its title and main headings."""
    words = [heading_of(region) for region in regions if region.heading]
    if title and _DONE.search(title):
        return False
    if any(
        label.field in _TOLD for region in regions for line in region.lines for label in labels(line.flat)
    ):
        return False
    found = any(_FOUND.search(each) and not _DONE.search(each) for each in words)
    if title and _TITLE.search(title):
        return found or not any(_DONE.search(each) for each in words)
    asked = any(_ASKED.search(each) for each in words)
    return found and asked and not any(_DONE.search(each) for each in words if not _ASKED.search(each))


def reports(title: str | None, regions: Sequence[Region]) -> bool:
    """Whether what stands under the problems tells what was done about them, and not what will be.

    Shape: `regions` are those with problems. A label says so first (整改情况:, as against 整改措施:), then
        the main headings and the title.
    """
    fields = {label.field for region in regions for line in region.lines for label in labels(line.flat)}
    if fields & _INTENDED:
        return False
    words = (title or "", *map(heading_of, regions))
    return "account" in fields or any(_REPORTED.search(each) for each in words)


def heading_of(region: Region) -> str:
    """The words of a region's main heading in one width; empty where it has none."""
    if region.heading is None:
        return ""
    mark = region.heading.mark
    return region.heading.flat[mark.end if mark else 0 :].strip("。:;,. ")


def find(region: Region) -> list[Found]:
    """The findings of a region of such a document, in order; what stands below each is its evidence."""
    words = heading_of(region)
    if region.role in (Role.NEXT_STEPS, Role.CONTACT, Role.ORGANISATION, Role.ADVICE) or (
        _ASKED.search(words) and not _FOUND.search(words)
    ):
        return []
    found = list(_walk(_apart(region.lines), region_category(region)))
    wrong = sum(any(map(is_deficient, each.head.titles)) for each in found)
    return found if _FOUND.search(words) or wrong >= _DEFICIENT * len(found) else []


def _apart(lines: Sequence[Line]) -> list[Line]:
    """The lines with findings of one paragraph on lines of their own."""
    apart: list[Line] = []
    for line in lines:
        mark = line.mark
        leads = (mark and mark.style in _EVIDENCE) or is_aspect(line.flat[:60]) or _leads_in(line)
        apart.extend(break_before([line], _INLINE) if leads else [line])
    return apart


def _leads_in(line: Line) -> bool:
    """Whether a paragraph begins by saying that problems follow in it, as 主要存在以下问题:一是…."""
    start = line.flat[:60]
    return (
        "问题" in start
        and not line.mark
        and bool(re.search(rf"问题[^。;]{{0,12}}[:,](?:[{_CN}]是|1[.、])", start))
    )


def _walk(lines: Sequence[Line], above: Category | None) -> Iterator[Found]:
    """Each finding with its category and the lines below it.

    Shape: a heading with headings further in below it is a category; the outermost heading that is
        none is a finding, and what is numbered further in belongs to it.
    """
    open_categories = [above] if above else []
    at = 0
    before: Mark | None = None
    while at < len(lines):
        line = lines[at]
        mark = line.mark
        following = lines[at + 1] if at + 1 < len(lines) else None
        group = _category(line, following, before)
        if group:
            open_categories = [each for each in open_categories if each.rank < group.rank] + [group]
        elif _is_finding(line):
            end = at + 1
            while end < len(lines) and not _begins_other(lines, end, mark):
                end += 1
            yield _one(lines[at:end], categories.nearest(open_categories))
            at = end
            before = mark
            continue
        at += 1


def _category(line: Line, following: Line | None, before: Mark | None) -> Category | None:
    """The category a heading names; None where it is a finding, or no heading.

    Args:
        line: The heading, perhaps.
        following: The line below it.
        before: The mark of the finding above it; findings may be numbered through all categories.
    """
    mark = line.mark
    start = mark.end if mark else 0
    words = line.flat[start:]
    below = following.mark if following else None
    if not is_heading(words) or next(labels(words), None) or mark and mark.style in _EVIDENCE:
        return None
    goes_on = below is not None and (below.value == 1 or _runs_on(before, below) or not is_deficient(words))
    deeper = bool(mark and below and below.style > mark.style and goes_on)
    heads_others = deeper and below is not None and (below.style not in _EVIDENCE or is_aspect(words))
    bare = mark is None and below is not None and below.value == 1 and not re.search("[。;,]$", words)
    if not (heads_others or (bare and is_aspect(words)) or (mark and _is_aspect_alone(words))):
        return None
    rank = mark.style if mark else Style.ASPECT
    return categories.of_heading(line, rank=rank)


def _runs_on(before: Mark | None, mark: Mark) -> bool:
    return before is not None and mark.style == before.style and mark.value == before.last + 1


def _is_aspect_alone(words: str) -> bool:
    return bool(
        re.search(r"(?<!多)方面(?:存在的?|的)?(?:主要|突出)?(?:问题|不足)?(?:\([^()]*\))?[。:]?$", words)
    )


def _is_finding(line: Line) -> bool:
    return heads.stated(line) is not None


def _begins_other(lines: Sequence[Line], at: int, own: Mark | None) -> bool:
    """Whether the line begins another finding or category, not evidence of the one with the mark `own`."""
    rank = own.style if own else Style.ARABIC
    line = lines[at]
    following = lines[at + 1] if at + 1 < len(lines) else None
    if _category(line, following, own):
        mark = line.mark
        return mark is None or mark.style <= rank
    head = heads.stated(line)
    return head is not None and (head.mark.style if head.mark else Style.ARABIC) <= rank


def _one(lines: Sequence[Line], category: Category | None) -> Found:
    head = heads.stated(lines[0])
    assert head is not None
    first = lines[0]
    rest = first.block.part(head.end, len(first.text))
    body = stack([*([rest] if rest.text else ()), *(line.block for line in lines[1:])] or [rest])
    return Found(STATED, head, first, category, content.read(body, measured=False))
