"""A notice read back as an importer reads it, before it leaves: what would come back as something else.

Chinese notices only; nobody reads others.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger.intake import content, heads, marks
from ledger.intake.document import Document
from ledger.intake.items import TRAILING
from ledger.intake.lines import Block, Line
from ledger.reports import told

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ledger.intake.proposal import ProposedIssue
    from ledger.reports.views import Report
    from ledger.reports.wordedissues import Matter, Worded


def reads(worded: Worded) -> bool:
    """Whether an issue is read from its own lines as what it is: its title, and each result by itself."""
    lines = [*([worded.heading] if worded.heading else []), *worded.paragraphs]
    first, *rest = list(_lines(lines))
    theme = worded.matter.issue.kind == "theme"
    head = heads.plain(first) if theme else heads.quoted(first)
    if head is None or head.loose or head.titles != (worded.matter.issue.title,):
        return False
    below = [first.text[head.end :], *(each.text for each in rest)]
    found = content.read(_block("\n".join(filter(None, below))), clauses=not theme)
    return [each.text for each in found.measures] == _results(worded.matter)


def differing(report: Report, printed: Sequence[Worded]) -> tuple[str, ...]:
    """The ids of the issues that the whole document does not give back: title, results, and their order.

    Shape: all of them where it gives back more or fewer issues, which nothing can be matched with.
    """
    from ledger.intake.notice import read_document

    found = read_document(Document(tuple(_lines(told.texts(report)))), file=report.kind).issues
    if len(found) != len(printed):
        return tuple(each.matter.issue.id for each in printed)
    return tuple(
        each.matter.issue.id
        for each, read in zip(printed, found, strict=True)
        if not _is_same(each.matter, read)
    )


def _is_same(matter: Matter, read: ProposedIssue) -> bool:
    return read.title == matter.issue.title and [each.text for each in read.measures] == _results(matter)


def _results(matter: Matter) -> list[str]:
    return [each.rstrip(TRAILING) for each in matter.results]


def _lines(paragraphs: Iterable[str]) -> Iterator[Line]:
    texts = (line.strip() for each in paragraphs for line in each.split("\n"))
    for number, text in enumerate(filter(None, texts), start=1):
        yield Line(_block(text, number), text, number)


def _block(text: str, number: int = 1) -> Block:
    return Block(text, marks.flat(text), ((0, number, 1),))
