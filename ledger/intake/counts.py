"""Numbers a notice gives of its own problems and measures, held against what was found."""

from __future__ import annotations

import re
from gettext import gettext as _
from typing import TYPE_CHECKING

from ledger.intake.proposal import Remark

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ledger.intake.lines import Line
    from ledger.intake.rows import Total

_ISSUES = re.compile(
    r"(?:反馈|指出|提出|涉及|共|梳理|认领|把|将|对)[^。;]{0,20}?(?P<count>[0-9]{1,4})\s?[个项条](?:具体|突出|反馈|巡[视察]|主要|方面)?的?(?:具体)?问题(?!线索)"
    r"|(?:反馈|指出|提出|整改)的?问题(?:共|共计)?(?P<behind>[0-9]{1,4})\s?[个项条]"
)
_MEASURES = re.compile(
    r"(?P<count>[0-9]{1,4})\s?[条项个](?:具体|针对性(?:很?强)?)?的?(?:整改)?(?:措施|举措)"
    r"|(?:措施|举措)(?:共|共计|合计)?(?P<behind>[0-9]{1,4})\s?[条项个]"
)


def declared(lines: Iterable[Line], *, issues: int, measures: int) -> Iterator[Remark]:
    """Remarks where the notice's own paragraphs give a number and none of them is what was found.

    Args:
        lines: Paragraphs that hold no issue; numbers inside an issue are about other things.
        issues: Found.
        measures: Found, a shared one once.
    """
    lines = tuple(lines)
    printed = _numbers(lines, _ISSUES)
    if printed and issues not in printed:
        message = _("the document speaks of {printed} issues, {found} were found")
        yield _remark("count_issues", message, printed, issues)
    printed = _numbers(lines, _MEASURES)
    if printed and measures not in printed:
        message = _("the document speaks of {printed} measures, {found} were found")
        yield _remark("count_measures", message, printed, measures)


def _numbers(lines: Sequence[Line], pattern: re.Pattern[str]) -> dict[int, int]:
    """The numbers printed, each with the first line that prints it."""
    numbers: dict[int, int] = {}
    for line in lines:
        for found in pattern.finditer(line.flat):
            said = next(group for group in found.groups() if group)
            numbers.setdefault(int(said), line.number)
    return numbers


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
