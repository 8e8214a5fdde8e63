"""What must hold of the pages of any paper, whichever program printed them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ledger.reports.told import texts
from tests.visual.machine import A4, squeezed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ledger.reports.views import Report, Section
    from tests.visual.machine import Page

#: The fewest dark dots of a page that says anything: a line of ten characters has some hundred.
INK = 60


def missing(said: Iterable[str], pages: Sequence[Page]) -> list[str]:
    """Lines of what is said that cannot be read on the pages."""
    seen = "".join(page.text for page in pages)
    lines = (squeezed(line) for text in said for line in text.split("\n"))
    return [line for line in lines if line and line not in seen]


def sound(pages: Sequence[Page]) -> None:
    """Pages are A4, something stands on each, and nothing runs over an edge."""
    assert pages
    for number, page in enumerate(pages, 1):
        assert min(abs(short - long) for short, long in zip(sorted(page.size), A4, strict=True)) <= 2, number
        assert (page.text != "", page.ink > INK, page.edges) == (True, True, False), number


def sane(report: Report, pages: Sequence[Page]) -> None:
    """There are no more pages than what is said can fill."""
    letters = sum(len(text) for text in texts(report))
    new = sum(each.new_page or each.wide for each in sections(report.sections))
    assert len(pages) <= 3 + 2 * new + letters // 150


def chinese(faces: Sequence[str]) -> None:
    """Chinese text is set in a typeface that has Chinese characters."""
    assert [each for each in faces if re.search(r"CJK|Song|Hei|Kai|Ming|Han", each)], faces


def sections(given: Sequence[Section]) -> Iterator[Section]:
    """Sections and all that stand inside them."""
    for each in given:
        yield each
        yield from sections(each.sections)


def wide(report: Report) -> bool:
    """Whether a part of the report wants to lie."""
    return any(each.wide for each in sections(report.sections))
