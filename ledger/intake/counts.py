"""Numbers a notice gives of its own problems and measures, held against what was found."""

from __future__ import annotations

import re
from gettext import gettext as _
from typing import TYPE_CHECKING

from ledger.intake import marks
from ledger.intake.proposal import Remark

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from ledger.intake.lines import Line
    from ledger.intake.rows import Total

_N = r"(?:[0-9]{1,4}|[一二三四五六七八九十百零两]{1,7})"
_KIND = r"(?:具体|突出|反馈|巡[视察]|督察|审计|主要|共性|个性|重点|整改)"
#: 16个问题, 5个方面16个具体问题, 4类12项问题.
_ISSUES = re.compile(
    rf"(?:(?P<aspects>{_N})\s?(?:个(?:大?方面|领域|板块)|大?类|方面)[的、,共计:]{{0,3}})?"
    rf"(?P<count>{_N})\s?[个项条]{_KIND}{{0,2}}的?(?:具体)?问题(?!线索)"
)
#: 反馈问题30个, 问题共计20个.
_ISSUES_BEHIND = re.compile(
    rf"(?:反馈|指出|提出|梳理出?|发现|查出|查摆|认领|整改)的?{_KIND}?问题(?:[共计有为:]{{0,3}})\s?(?P<count>{_N})\s?[个项条](?!线索)"
)
#: What stands before a number of all problems: such a word in the same sentence, or nothing in the clause.
_LEAD = re.compile(r"反馈|指出|提出|涉及|共|梳理|认领|把|将|对|发现|查出|检出|查摆|明确|列出|归纳|问题清单")
#: What stands before a number of some of them, or of other problems.
_PART = re.compile(
    r"(?:解决|化解|完成|已|其中|剩余|其余|余下|尚有|还有|每|同|移交|办结|销号|[一-龥]到位)[^,。;]{0,4}$"
)
_LEAD_LENGTH = 20
_MEASURES = re.compile(
    rf"(?P<count>{_N})\s?[条项个](?:具体|针对性(?:很?强)?)?的?(?:整改)?(?:措施|举措)"
    rf"|(?:措施|举措)(?:共|共计|合计)?(?P<behind>{_N})\s?[条项个]"
)


def declared(lines: Iterable[Line], *, issues: int, measures: int, categories: int = 0) -> Iterator[Remark]:
    """Remarks where the notice's own paragraphs give a number and none of them is what was found.

    Args:
        lines: Paragraphs that hold no issue; numbers inside an issue are about other things.
        issues: Found.
        measures: Found, a shared one once; a document without any is held against no number of them.
        categories: Found; where there are none, no number of aspects is held against them.
    """
    lines = tuple(lines)
    printed = _numbers(lines, _of_issues)
    if printed and issues not in printed:
        message = _("the document speaks of {printed} issues, {found} were found")
        yield _remark("count_issues", message, printed, issues)
    printed = _numbers(lines, _of_categories)
    if printed and categories and categories not in printed:
        message = _("the document speaks of {printed} aspects, {found} were found")
        yield _remark("count_categories", message, printed, categories)
    printed = _numbers(lines, _of_measures) if measures else {}
    if printed and measures not in printed:
        message = _("the document speaks of {printed} measures, {found} were found")
        yield _remark("count_measures", message, printed, measures)


def _numbers(lines: Sequence[Line], of: Callable[[str], Iterator[int]]) -> dict[int, int]:
    """The numbers printed, each with the first line that prints it."""
    numbers: dict[int, int] = {}
    for line in lines:
        for said in of(line.flat):
            numbers.setdefault(said, line.number)
    return numbers


def _of_issues(flat_text: str) -> Iterator[int]:
    """The numbers of all problems the text gives, not of some of them."""
    for found in _ISSUES.finditer(flat_text):
        before = flat_text[max(0, found.start() - _LEAD_LENGTH) : found.start()]
        clause = re.split("[。;,(]", before)[-1]
        whole = found["aspects"] or not clause.strip() or _LEAD.search(re.split("[。;]", before)[-1])
        if whole and not _PART.search(before) and found["count"] != "一":
            yield from _value(found["count"])
    for found in _ISSUES_BEHIND.finditer(flat_text):
        if not _PART.search(flat_text[max(0, found.start() - _LEAD_LENGTH) : found.start()]):
            yield from _value(found["count"])


def _of_categories(flat_text: str) -> Iterator[int]:
    """The numbers of aspects that stand right before a number of problems."""
    for found in _ISSUES.finditer(flat_text):
        if found["aspects"]:
            yield from _value(found["aspects"])


def _of_measures(flat_text: str) -> Iterator[int]:
    for found in _MEASURES.finditer(flat_text):
        yield from _value(found["count"] or found["behind"])


def _value(printed: str) -> Iterator[int]:
    value = marks.number(printed)
    if value:
        yield value


def _remark(code: str, message: str, printed: dict[int, int], found: int) -> Remark:
    said = _(" and ").join(str(each) for each in printed)
    return Remark(code, message.format(printed=said, found=found), next(iter(printed.values())))


def under_category(name: str, *, said: int, found: int, line: int) -> Iterator[Remark]:
    """A remark where a heading says how many issues stand under it and others were found."""
    if said != found:
        message = _("the heading {name} speaks of {printed} issues, {found} were found under it")
        yield Remark("count_category", message.format(name=name, printed=said, found=found), line)


def of_totals(totals: Iterable[Total]) -> Iterator[Remark]:
    """Remarks where a row of a table adds up to other numbers than its rows."""
    for total in totals:
        if total.printed[0] not in (None, total.listed[0]):
            message = _("a total of the table says {printed} issues, {found} were found above it")
            shown = message.format(printed=total.printed[0], found=total.listed[0])
            yield Remark("count_issues", shown, total.line)
        if total.printed[1] not in (None, total.listed[1]):
            message = _("a total of the table says {printed} measures, {found} were found above it")
            shown = message.format(printed=total.printed[1], found=total.listed[1])
            yield Remark("count_measures", shown, total.line)


def gaps(values: Sequence[int]) -> list[int]:
    """The numbers left out of a printed numbering that should run on."""
    missing: list[int] = []
    for before, after in zip(values, values[1:], strict=False):
        missing.extend(range(before + 1, after) if after - before <= _WIDEST else ())
    return missing


#: A larger step is another numbering, not numbers left out.
_WIDEST = 20
