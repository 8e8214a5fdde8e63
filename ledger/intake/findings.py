"""The issues of one region of a notice, read by the declared layouts."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ledger.intake import categories, content, sections
from ledger.intake.heads import plain, titles
from ledger.intake.labels import SHORT, heading, labels
from ledger.intake.layouts import LAYOUTS, SECTIONS, Cue, Layout, is_deficient
from ledger.intake.lines import break_before, stack
from ledger.intake.marks import Style, opening
from ledger.intake.structure import Role, is_aspect, is_heading

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ledger.intake.categories import Category
    from ledger.intake.content import Content
    from ledger.intake.heads import Head
    from ledger.intake.lines import Line
    from ledger.intake.marks import Mark
    from ledger.intake.structure import Region

_CN = "一二三四五六七八九十"
#: Headings of issues that were pasted into one line with what stands before them.
_INLINE = re.compile(
    rf"(?<=[。;!?|\s])(?P<cut>(?:[0-9]{{1,3}}(?:-[0-9]{{1,3}})?\s?[.、]|\([{_CN}]{{1,3}}\))\s?(?:关于|针对)[\"“「『‘]"
    rf"|[\[【]?问题\s?(?:[0-9]{{1,3}}|[{_CN}]{{1,3}})[\]】]?:)"
)
_INLINE_LEAD = re.compile(rf"(?<=[。;:\s])(?P<cut>[{_CN}]{{1,2}}是(?![{_CN}]是|[{_CN}]{{1,2}}[、,。;]))")
_ASPECT_PROBLEMS = re.compile(r"方面(?:存在|发现|反馈|具体)?的?.{0,4}问题[。:;]?\s*$")
_STOPS = re.compile(
    rf"(?:附件|附表|备注|注)[0-9]{{0,2}}\s*:|特此.{{1,6}}$|序号\s?:?\s?(?:[0-9]{{1,3}}|[{_CN}]{{1,3}})[:.、]?\s*$"
)
#: Fields that stand right below the heading of an issue, not below the last of its measures.
_BELOW_HEADINGS = ("measure", "account", "detail", "issue", "target")
#: The rank of a heading without a number, where no heading of the region has one.
_UNNUMBERED = Style.ARABIC


@dataclass(frozen=True, slots=True)
class Found:
    """One heading with what stands under it: an issue, or several that share it."""

    layout: Layout
    head: Head
    line: Line
    category: Category | None
    content: Content
    group: str | None = None


def find(region: Region) -> list[Found]:
    """The issues of a region, in order; empty when no layout fits.

    Shape: of the layouts of a group the one that finds most is taken; later groups are asked
        only when the earlier ones find nothing.
    """
    stated = [Found(SECTIONS, head, line, None, said) for line, head, said in sections.read(region.lines)]
    if stated:
        return stated
    lines = list(break_before(region.lines, _INLINE))
    for group in LAYOUTS:
        best: list[Found] = []
        for layout in group:
            if region.role in layout.roles:
                found = _read(lines, layout, region)
                best = max(best, found, key=_issues)
        if best:
            return best
    return []


def _issues(found: Sequence[Found]) -> int:
    return sum(len(each.head.titles) for each in found)


def _read(lines: Sequence[Line], layout: Layout, region: Region) -> list[Found]:
    """The issues a layout finds; empty where it does not fit."""
    if not layout.styles:
        heads = {
            at: head
            for at, line in enumerate(lines)
            if (head := layout.form(line)) and not _is_group(head, line, lines[at + 1 : at + 2])
        }
        found = _under(lines, _completed(lines, _without_inner(heads)), layout, region)
        return found if _fits(found, layout) and not _describes_headings(found) else []
    if layout.kind == "theme":
        lines = list(_leads_apart(lines))
    every: list[Found] = []
    inner = set(_labelled_items(lines))
    for style in layout.styles:
        heads = {
            at: head
            for at, line in enumerate(lines)
            if at not in inner
            if (mark := line.mark) and mark.style == style and not _is_aspect_heading(line, mark.end)
            if (head := layout.form(line))
        }
        found = _under(lines, heads, layout, region)
        if not _fits(found, layout):
            continue
        if every and _categories_are(every, found):
            every = found
        elif not {each.category for each in every} & {None, *(each.category for each in found)}:
            every.extend(found)
    return sorted(every, key=lambda each: each.line.number)


def _labelled_items(lines: Sequence[Line]) -> Iterator[int]:
    """The lines that go on with a list right below a label, as 1. 2. 3. below 整改措施:.

    Shape: the list ends at another label, at a number that does not follow, or where a label stands
        below the line, which makes it the heading of an issue.
    """
    last: Mark | None = None
    for at, line in enumerate(lines):
        mark, label = line.mark, heading(line.flat)
        if label and label.field not in SHORT and label.end >= len(line.flat.rstrip()):
            first = lines[at + 1].mark if at + 1 < len(lines) else None
            last = replace(first, value=0) if first and first.value == 1 else None
        elif label or (last and mark and mark.style < last.style):
            last = None
        elif last and mark and mark.style == last.style:
            below = heading(lines[at + 1].flat) if at + 1 < len(lines) else None
            names = below is not None and below.field in _BELOW_HEADINGS and mark.value > 1
            last = mark if mark.value == last.value + 1 and not names else None
            if last:
                yield at


def _is_group(head: Head, line: Line, following: Sequence[Line]) -> bool:
    """Whether the heading is (一)关于…方面存在的问题 above others further in, not an issue itself."""
    below = following[0].mark if following else None
    deeper = bool(head.mark and below and head.mark.style < below.style < Style.CIRCLED)
    return deeper and bool(_ASPECT_PROBLEMS.search(line.flat[: head.end]))


def _describes_headings(found: Sequence[Found]) -> bool:
    """Whether each 问题描述: stands alone under a numbered heading, which then is the issue's own."""
    above = {each.category.line for each in found if each.category and not is_aspect(each.category.name)}
    return len(found) > 1 and len(above) == len(found) and not any(each.head.first for each in found)


def _categories_are(outer: Sequence[Found], inner: Sequence[Found]) -> bool:
    """Whether the headings found further out are only what those further in stand under."""
    above = {each.category.line for each in inner if each.category}
    return len(inner) > len(outer) and above == {each.line.number for each in outer}


def _leads_apart(lines: Sequence[Line]) -> list[Line]:
    """The lines with 一是…二是… in one paragraph on lines of their own."""
    apart: list[Line] = []
    for line in lines:
        mark = line.mark
        leads = mark and mark.style == Style.ORDINAL
        if leads or is_aspect(line.flat[:60]):
            apart.extend(break_before([line], _INLINE_LEAD))
        else:
            apart.append(line)
    return apart


def _is_aspect_heading(line: Line, start: int) -> bool:
    words = line.flat[start:]
    return is_heading(words) and (is_aspect(words) or categories.named(words)[1] is not None)


def _fits(found: Sequence[Found], layout: Layout) -> bool:
    """Whether enough of the headings have under them what the layout asks for."""
    if len(found) < layout.least:
        return False
    cued = sum(_has(each, layout.cue) for each in found)
    wrong = sum(_is_wrong(each) for each in found)
    return cued >= layout.share * len(found) and wrong >= layout.deficient * len(found)


def _is_wrong(found: Found) -> bool:
    """Whether a heading names something wrong, or what stands below it says that it was mended."""
    return "status_text" in found.content.fields or any(map(is_deficient, found.head.titles))


def _has(found: Found, cue: Cue) -> bool:
    measured = bool(found.content.measures)
    has = {
        Cue.NOTHING: True,
        Cue.LABEL: found.content.labelled,
        Cue.LABEL_OR_LIST: found.content.labelled
        or (found.head.first > 0 and found.content.style is not None),
        Cue.MEASURE: measured,
        Cue.STATE: measured and "status_text" in found.content.fields,
        Cue.CATEGORY: measured and found.category is not None,
        Cue.COUNTED: measured and found.category is not None and found.category.declared is not None,
    }
    return has[cue]


def _without_inner(heads: Mapping[int, Head]) -> dict[int, Head]:
    """The headings without those that only look like one inside another issue's text.

    Seen in published notices: three levels of 关于“…”的问题, where the upper one has nothing of its own
    and the lower ones are the issues; and measures that begin 针对“…”问题，…, which are none.
    """
    numbered = any(head.first for head in heads.values())
    usual = Counter(head.mark.style for head in heads.values() if head.mark)
    bare = usual.most_common(1)[0][0] if usual else _UNNUMBERED
    kept: dict[int, Head] = {}
    above: list[tuple[int, int, bool]] = []
    order = list(heads)
    for at, following in zip(order, [*order, -1][1:], strict=True):
        head = heads[at]
        rank = head.mark.style if head.mark else bare
        if head.mark is None and (head.loose or (numbered and not head.first)):
            continue
        above = [each for each in above if each[1] < rank]
        if above and not above[-1][2]:
            continue
        kept[at] = head
        below = heads.get(following)
        empty = following == at + 1 and below is not None and below.mark is not None and not below.loose
        group = empty and below is not None and below.mark is not None and below.mark.style > rank
        if group:
            del kept[at]
        above.append((at, rank, group))
    return kept


def _completed(lines: Sequence[Line], heads: Mapping[int, Head]) -> dict[int, Head]:
    """The headings with those whose numbers they leave out, as 5.…不力 between 4.关于“…”的问题 and 6.关于….

    Shape: such a line goes on numbering in the style of the others, names something wrong, and what stands
        behind or below it begins like the account of an issue.
    """
    usual = Counter(head.mark.style for head in heads.values() if head.mark)
    if not usual:
        return dict(heads)
    style = usual.most_common(1)[0][0]
    numbered = [at for at, head in heads.items() if head.mark and head.mark.style == style]
    kept = dict(heads)
    for at, following in zip(numbered, [*numbered[1:], None], strict=True):
        upto = heads[following].first if following is not None else 0
        last = heads[at].last
        for between in range(at + 1, len(lines) if following is None else following):
            mark = lines[between].mark
            if mark is None or mark.style != style or mark.value != last + 1 or mark.value == upto:
                continue
            head = plain(lines[between])
            if head and _is_told(lines, between, head) and any(map(is_deficient, head.titles)):
                kept[between] = head
                last = head.last
    return dict(sorted(kept.items()))


def _is_told(lines: Sequence[Line], at: int, head: Head) -> bool:
    """Whether what was done stands right behind a heading, or right below it: behind a label or as a list."""
    rest = lines[at].flat[head.end :].strip()
    if not rest and at + 1 < len(lines):
        rest = lines[at + 1].flat.strip()
    label = heading(rest)
    if label:
        return label.field in _BELOW_HEADINGS
    first = opening(rest)
    return first is not None and first.value == 1 and (head.mark is None or first.style > head.mark.style)


def _under(lines: Sequence[Line], heads: Mapping[int, Head], layout: Layout, region: Region) -> list[Found]:
    """Each heading with its category and what stands under it."""
    if not heads:
        return []
    ranks = Counter(head.mark.style for head in heads.values() if head.mark)
    rank = int(ranks.most_common(1)[0][0]) if ranks else int(_UNNUMBERED)
    over = _categories(lines, heads, rank)
    current = region_category(region)
    found: list[Found] = []
    open_categories: list[Category] = [current] if current else []
    at = 0
    while at < len(lines):
        if at in over:
            open_categories = [each for each in open_categories if each.rank < over[at].rank] + [over[at]]
        if at not in heads:
            at += 1
            continue
        end = at + 1
        while end < len(lines) and end not in heads and end not in over and not _ends(lines[end], rank):
            end += 1
        one = _one(lines[at:end], heads[at], layout, categories.nearest(open_categories))
        if one:
            found.append(one)
        at = end
    return found


def region_category(region: Region) -> Category | None:
    """The main heading itself where it names an aspect: 二、党的建设方面整改情况."""
    if region.heading is None or region.role not in (Role.FINDINGS, Role.OTHER):
        return None
    mark = region.heading.mark
    start = mark.end if mark else 0
    if not is_aspect(region.heading.flat[start:]):
        return None
    return categories.of_heading(region.heading, rank=Style.SECTION)


def _categories(lines: Sequence[Line], heads: Mapping[int, Head], rank: int) -> dict[int, Category]:
    """The headings above issues, by the index of their line."""
    over: dict[int, Category] = {}
    for at in range(len(lines) - 1, -1, -1):
        if at in heads:
            continue
        found = categories.category(lines[at], above_issue=at + 1 in heads or at + 1 in over, rank=rank)
        if found:
            over[at] = found
    return over


def _ends(line: Line, rank: int) -> bool:
    """Whether the line ends what stands under a heading of that rank."""
    if _STOPS.match(line.flat):
        return True
    mark = line.mark
    if not mark or mark.style >= rank:
        return False
    return is_heading(line.flat[mark.end :]) and not re.search("[;。]$", line.flat)


def _one(lines: Sequence[Line], head: Head, layout: Layout, category: Category | None) -> Found | None:
    """A heading with what stands under it; the title taken from the next line where its own has none."""
    first = lines[0]
    rest = first.block.part(head.end, len(first.text))
    body = stack([*([rest] if rest.text else ()), *(line.block for line in lines[1:])] or [rest])
    if not head.titles:
        label = next(labels(body.flat), None)
        size = min(len(body.text.partition("\n")[0]), label.start if label else len(body.text))
        head = replace(head, titles=titles(body.text[:size]))
        body = body.part(size, len(body.text))
    if not head.titles:
        return None
    read = content.read(body, prose=layout.prose, clauses=layout.clauses)
    return Found(layout, head, first, category, read)
