"""A public notice in prose or with a pasted table, read into a proposal.

One engine: lines, then tables, then what the page put around the notice, its title and its regions;
then the declared layouts (`layouts`) say which lines are headings of issues. Nothing is invented: what
is no list of problems yields no issues, and says so.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from gettext import gettext as _
from typing import TYPE_CHECKING

from ledger.intake import bundled, counts, findings, heads, placing, publication, sections, stated, structure
from ledger.intake.furniture import without_furniture
from ledger.intake.lines import Line, break_before, join
from ledger.intake.proposal import Passage, Proposal, ProposedIssue, Remark
from ledger.intake.structure import Role
from ledger.intake.title import title_of
from ledger.intake.wrapping import unwrap

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ledger.intake.document import Document
    from ledger.intake.findings import Found
    from ledger.intake.placing import Placed
    from ledger.intake.proposal import ProposedMeasure
    from ledger.intake.rows import Listed
    from ledger.intake.structure import Region

    #: What tells one measure from another: line, column, text.
    _Key = tuple[int, int, str]

_CN = "一二三四五六七八九十"
_ROLE_WORDS = "(?:情况|打算|安排|措施|成效|工作|方式|机制|领导|问题)"
#: Main headings that were pasted into one line with the text before or behind them.
_INLINE_HEADING = re.compile(
    rf"(?<=[。;|])\s*(?P<cut>[{_CN}]{{1,2}}、[^。;:,、]{{2,30}}?{_ROLE_WORDS}(?=[\s。:(1一]))"
)
_BEHIND_HEADING = re.compile(rf"^[{_CN}]{{1,2}}、[^。;:,、]{{2,30}}?{_ROLE_WORDS}[\s。:]+(?P<cut>\S)")
_BEHIND_TITLE = re.compile(r"^\S{4,60}关于\S{4,80}(?:通报|公示|公告|报告|情况说明)\s+(?P<cut>\S)")
_ELSEWHERE = re.compile(
    r"附件[0-9]{0,2}\s*:?\s*.{0,60}?(?:表|清单|台账)(?:\.[A-Za-z]{3,4})?|(?:详见|见|参见)(?:附件|附表|下表)|(?:如下表|上述表格|以上问题|一览表)"
)


@dataclass(frozen=True, slots=True)
class _Notice:
    """A notice taken apart, before its issues are numbered."""

    title: str | None
    lines: tuple[Line, ...]
    regions: tuple[Region, ...]
    placed: Placed
    found: tuple[tuple[Region, tuple[Found, ...]], ...]


def read_document(document: Document, *, file: str) -> Proposal:
    """What a notice proposes: its issues in order, whom to ask, and remarks on all that is doubtful.

    Args:
        document: Its lines and tables; what is written in them is clean.
        file: The name to give the proposal.
    """
    notices = [_proposed(_apart(each), file) for each in bundled.apart(document)]
    read = bundled.together(notices) if len(notices) > 1 else notices[0]
    return replace(read, warnings=(*document.remarks, *read.warnings))


def _proposed(notice: _Notice, file: str) -> Proposal:
    issues = tuple(replace(issue, n=n) for n, issue in enumerate(_issues(notice), start=1))
    names = [issue.category for issue in issues if issue.category]
    return Proposal(
        file=file,
        layout=_layout(notice),
        title=notice.title,
        categories=tuple(dict.fromkeys(names)),
        issues=issues,
        contact=publication.contact((*notice.lines, *notice.placed.beside)),
        disclosure=publication.disclosure(notice.lines),
        warnings=(*notice.placed.remarks, *_remarks(notice, issues)),
        prose=tuple(_prose(notice)),
        reported=_tells_what_was_done(notice),
    )


def _apart(document: Document) -> _Notice:
    placed = placing.place(document.parts)
    prose = unwrap(without_furniture(placed.lines))
    for pattern in (_BEHIND_TITLE, _INLINE_HEADING, _BEHIND_HEADING):
        prose = list(break_before(prose, pattern))
    title, end = title_of(prose)
    prose = prose[end:]
    whole = sections.ranges(prose)
    regions = tuple(structure.regions(prose, behind_tables=placed.behind, whole=whole)) if prose else ()
    listed = any(listing.issues for listing in placed.listings)
    return _Notice(title, tuple(prose), regions, placed, tuple(_found(title, regions, listed=listed)))


def _found(
    title: str | None, regions: Sequence[Region], *, listed: bool
) -> Iterator[tuple[Region, tuple[Found, ...]]]:
    """The issues of each region.

    Shape: a region about the organisation counts only where no other has issues; themes only where
        neither a table nor a region states findings.
    """
    find = stated.find if stated.states_only(title, regions) else findings.find
    every = [(region, tuple(find(region))) for region in regions]
    elsewhere = listed or any(found for region, found in every if region.role != Role.ORGANISATION)
    finds = listed or any(each.layout.kind == "finding" for _region, found in every for each in found)
    for region, found in every:
        if elsewhere and region.role == Role.ORGANISATION:
            continue
        kept = tuple(each for each in found if each.layout.kind == "finding" or not finds)
        if kept:
            yield region, kept


def _tells_what_was_done(notice: _Notice) -> bool:
    listed = any(listing.issues for listing in notice.placed.listings)
    holders = [region for region, _found in notice.found]
    return bool(holders) and not listed and stated.reports(notice.title, holders)


def _layout(notice: _Notice) -> str:
    """The layout most issues were found in."""
    seen = Counter(
        each.layout.name for _region, found in notice.found for each in found for _title in each.head.titles
    )
    seen["pasted_table"] = sum(len(listing.issues) for listing in notice.placed.listings)
    name, count = seen.most_common(1)[0]
    return name if count else "narrative"


def _issues(notice: _Notice) -> list[ProposedIssue]:
    """All issues in the order in which the document prints them, not numbered yet."""
    issues = [_of_row(listed) for listing in notice.placed.listings for listed in listing.issues]
    named = {structure.heading_words(region) for region, _all in notice.found if region.role == Role.FINDINGS}
    several = len(named) > 1
    for region, found in notice.found:
        heading = structure.heading_words(region) if several else None
        for each in found:
            issues.extend(_of_heading(each, each.category.name if each.category else heading))
    return _sharing(sorted(issues, key=lambda issue: (issue.line, issue.column)))


def _sharing(issues: Sequence[ProposedIssue]) -> list[ProposedIssue]:
    """The issues with one name on every copy of a measure that stands under several of them.

    Shape: a copy is the same text at the same place; several measures of one cell share only their place.
    """
    holders = Counter(key for issue in issues for key in dict.fromkeys(map(_key, issue.measures)))
    names: dict[_Key, str] = {}
    used: Counter[str] = Counter()
    for line, column, text in (key for key, count in holders.items() if count > 1):
        place = f"{line}-{column}"
        names[line, column, text] = f"{place}-{used[place]}" if used[place] else place
        used[place] += 1
    if not names:
        return list(issues)
    return [
        replace(issue, measures=tuple(replace(each, shared=names.get(_key(each))) for each in issue.measures))
        for issue in issues
    ]


def _key(measure: ProposedMeasure) -> _Key:
    return measure.line, measure.column, measure.text


def _of_row(listed: Listed) -> ProposedIssue:
    measures = tuple(listed.measures)
    line, column = listed.line, listed.column
    places = {"title": (line, column), **listed.said.places}
    fields, number = listed.fields, listed.number
    return ProposedIssue(
        0, listed.category, listed.title, "finding", measures, fields, line, column, places, number=number
    )


def _of_heading(found: Found, category: str | None) -> Iterator[ProposedIssue]:
    """The issues of one heading, each with all that stands under it."""
    titles = found.head.titles
    measures = tuple(found.content.measures)
    line, column = found.line.block.place(found.head.mark.start if found.head.mark else 0)
    places = {"title": found.line.block.place(found.head.start)}
    if found.category:
        places["category"] = (found.category.line, found.category.column)
    places |= found.content.said.places
    for title in titles:
        kind = found.layout.kind
        yield ProposedIssue(0, category, title, kind, measures, found.content.fields, line, column, places)


def _remarks(notice: _Notice, issues: Sequence[ProposedIssue]) -> Iterator[Remark]:
    """What the reader of the proposal should know, by subject and then by line."""
    if not issues:
        yield Remark("no_issues", _why_none(notice))
        return
    themes = sum(issue.kind == "theme" for issue in issues)
    if themes:
        message = _("the document states no findings; {count} themes were taken from its leading sentences")
        yield Remark("themes", message.format(count=themes))
    measures = [measure for issue in issues for measure in issue.measures]
    shared = {measure.shared for measure in measures if measure.shared}
    alone = sum(measure.shared is None for measure in measures)
    names = {issue.category for issue in issues if issue.category}
    yield from counts.declared(
        _own_words(notice), issues=len(issues), measures=alone + len(shared), categories=len(names)
    )
    yield from _counted(notice)
    for _region, found in notice.found:
        yield from _numbering(found)
    yield from _incomplete(notice, issues)


def _why_none(notice: _Notice) -> str:
    if not notice.lines and not notice.title and not notice.placed.beside:
        return _("the text is empty")
    pointed = [found[0] for line in notice.lines if (found := _ELSEWHERE.search(line.flat))]
    if pointed:
        named = next((words for words in pointed if words.startswith("附件") and ":" in words), pointed[0])
        message = _(
            "no issues were found: the text points to a table or an attachment that is not in it: {name}"
        )
        return message.format(name=named)
    return _("no issues were found: this is narrative text, without headings that name findings")


def _counted(notice: _Notice) -> Iterator[Remark]:
    """Numbers printed in headings of categories and in totals of tables."""
    for _region, found in notice.found:
        under = Counter(id(each.category) for each in found for _title in each.head.titles)
        for category in {id(each.category): each.category for each in found if each.category}.values():
            if category.declared is not None:
                number = under[id(category)]
                yield from counts.under_category(
                    category.name, said=category.declared, found=number, line=category.line
                )
    for listing in notice.placed.listings:
        under_name = Counter(issue.category for issue in listing.issues)
        for name, said, line in listing.declared:
            yield from counts.under_category(name, said=said, found=under_name[name], line=line)
        yield from counts.of_totals(listing.totals)


def _numbering(found: Sequence[Found]) -> Iterator[Remark]:
    """Numbers left out, of headings and of the measures under one heading."""
    printed = [
        number
        for each in found
        if not each.head.picked
        for number in dict.fromkeys((each.head.first, each.head.last))
        if number
    ]
    for number in counts.gaps(printed):
        yield Remark(
            "numbering_gap", _("the printed numbers of the issues leave out {number}").format(number=number)
        )
    for each in found:
        for number in counts.gaps(each.content.values):
            message = _("the printed numbers of the measures leave out {number}").format(number=number)
            yield Remark("numbering_gap", message, each.line.number)
        if each.head.broken:
            yield Remark("unclosed_quote", _("a quote around an issue is not closed"), each.line.number)
        if heads.is_cut(each.head, each.line):
            message = _("a title is cut after {count} characters; the rest is in the remark")
            yield Remark("long_title", message.format(count=f"{heads.LONGEST:,}"), each.line.number)


def _incomplete(notice: _Notice, issues: Sequence[ProposedIssue]) -> Iterator[Remark]:
    """Issues without measures, and cells of a table that were left empty."""
    measured = any(issue.measures for issue in issues)
    if not measured:
        message = _("the document states {count} findings and no measures")
        yield Remark("findings_only", message.format(count=len(issues)))
    for issue in issues:
        if measured and not issue.measures:
            message = _("no measures were found under issue {n}").format(n=issue.n)
            yield Remark("no_measures", message, issue.line)
    for listing in notice.placed.listings:
        for name, line in listing.unfilled.items():
            message = _(
                "cells under {column} are empty, which may mean the same as above; they were left empty"
            )
            yield Remark("empty_cells", message.format(column=name), line)


def _own_words(notice: _Notice) -> list[Line]:
    """The lines that hold no issue and no next steps, main headings included."""
    kept: list[Line] = []
    for region in notice.regions:
        found = any(holder is region for holder, _found in notice.found)
        if region.role in (Role.NEXT_STEPS, Role.CONTACT) or (region.role == Role.FINDINGS and not found):
            continue
        kept.extend([region.heading] if region.heading else [])
        kept.extend(_before_issues(notice, region))
    return kept


def _before_issues(notice: _Notice, region: Region) -> tuple[Line, ...]:
    """The region's lines up to its first issue or category."""
    found = next((found for holder, found in notice.found if holder is region), ())
    if not found:
        return region.lines
    first = found[0].category.line if found[0].category else found[0].line.number
    return tuple(line for line in region.lines if line.number < min(first, found[0].line.number))


def _prose(notice: _Notice) -> Iterator[Passage]:
    """The notice's own paragraphs, region by region."""
    for region in notice.regions:
        lines = _before_issues(notice, region)
        if lines:
            kept = [region.heading, *lines] if region.heading else list(lines)
            yield Passage(str(region.role), join(kept, glue="\n\n").text, kept[0].number)
