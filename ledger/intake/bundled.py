"""Several notices in one file: each is read by itself, and what they propose is put together.

Seen in texts saved from mail: one notice behind the other, each with its own title and day.
"""

from __future__ import annotations

from dataclasses import replace
from gettext import gettext as _
from typing import TYPE_CHECKING

from ledger.intake.document import Document
from ledger.intake.furniture import is_date_line, is_furniture
from ledger.intake.lines import Line
from ledger.intake.proposal import Contact, Remark
from ledger.intake.title import is_title

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ledger.intake.proposal import Proposal

#: Lines between the day under one notice and the title of the next, which a page prints there.
_BETWEEN = 8


def apart(document: Document) -> list[Document]:
    """The notices a document holds, one at least: cut behind the day that a title follows soon."""
    cuts = [0]
    dated: int | None = None
    for at, part in enumerate(document.parts):
        if not isinstance(part, Line):
            dated = None
        elif is_date_line(part):
            dated = at + 1
        elif dated and at - dated < _BETWEEN and _begins(part):
            cuts.append(dated)
            dated = None
    if len(cuts) == 1:
        return [document]
    ends = [*cuts[1:], len(document.parts)]
    return [Document(document.parts[start:end]) for start, end in zip(cuts, ends, strict=True)]


def _begins(line: Line) -> bool:
    """Whether the line is the title of a notice, and not of another page the site points to."""
    return line.mark is None and is_title(line.flat) and not is_furniture(line)


def together(read: Sequence[Proposal]) -> Proposal:
    """What several notices propose, as one: issues numbered through, title and contact of the first."""
    found = [issue for each in read for issue in each.issues]
    issues = tuple(replace(issue, n=n) for n, issue in enumerate(found, start=1))
    said = [each for each in read if each.issues] or list(read)
    message = _("the file holds {count} notices; title and contact are those of the first")
    return replace(
        said[0],
        title=read[0].title,
        categories=tuple(dict.fromkeys(name for each in read for name in each.categories)),
        issues=issues,
        contact=next((each.contact for each in read if each.contact != Contact()), Contact()),
        disclosure=next((each.disclosure for each in read if each.disclosure.end), read[0].disclosure),
        warnings=(
            Remark("several_notices", message.format(count=len(read))),
            *(remark for each in said for remark in each.warnings),
        ),
        prose=tuple(passage for each in read for passage in each.prose),
        reported=all(each.reported for each in said),
    )
