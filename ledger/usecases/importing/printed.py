"""What a document prints, as fields of a record: names in full, deadlines understood, the rest remarked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from ledger.domain.deadlines import remark_text
from ledger.domain.schema import ISSUE, Field
from ledger.domain.text import clean
from ledger.usecases.fields import deadline_fields, fields_from, printed, recurring

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from ledger.intake.proposal import ProposedIssue, ProposedMeasure
    from ledger.store.book import Book

#: What a document may say of a single measure.
_OF_A_MEASURE = (
    "text", "unit", "co_units", "leader", "owner", "criterion", "deliverable", "result", "due_text",
    "status_text", "closed_text", "remark", "reason", "target", "amount", "done_text",
)  # fmt: skip

#: How far the work is, in the document's own words: it never moves a status.
PROGRESS = "进展情况"
#: What a document may say that a record has no field for, as documents call it; it goes into the remark.
#: Source: intake.words.WORDS.
_REMARKED = {
    "status_text": PROGRESS,
    "target": "整改目标",
    "detail": "具体表现",
    "reason": "原因分析",
    "amount": "涉及金额",
    "closed_text": "销号情况",
    "done_text": "实际完成时间",
}


class Printed(NamedTuple):
    """What a document prints of an issue or a measure.

    Shape: `fields` are those of a record, only what is said; `doubts` are sentences about its deadline.
    """

    fields: dict[str, Any]
    doubts: tuple[str, ...] = ()


def of_issue(book: Book, proposed: ProposedIssue, today: dt.date) -> Printed:
    """What is said of an issue as a whole."""
    kind = proposed.kind if proposed.kind != "finding" else None
    given = {**proposed.fields, "title": proposed.title, "category": proposed.category, "kind": kind}
    return _with_deadline(book, _as_kept(given, ISSUE.by_name), ISSUE.by_name, today)


def of_measure(book: Book, proposed: ProposedMeasure, today: dt.date, phrase: str | None = None) -> Printed:
    """What is said of a measure; how often it is done may be said in the deadline of its issue, `phrase`."""
    given = {name: getattr(proposed, name, None) for name in _OF_A_MEASURE}
    said = _with_deadline(book, _as_kept(given, ISSUE.part_by_name), ISSUE.part_by_name, today)
    said.fields.update(recurring(book, given["due_text"] or phrase or "", ISSUE.part_by_name, today))
    said.fields["text"] = wording(proposed)
    if proposed.points:
        said.fields["points"] = [
            {"number": n, "text": clean(text)} for n, text in enumerate(proposed.points, 1)
        ]
    return said


def wording(proposed: ProposedMeasure) -> str:
    """The text of a measure; its sub-list stands in its points and not here once more."""
    return clean(proposed.lead if proposed.points and proposed.lead else proposed.text)


def blocks(remark: str | None) -> dict[str, str]:
    """A remark taken apart: what follows each of the document's own labels, and under "" what has none."""
    found: dict[str, str] = {}
    label = ""
    for line in (remark or "").splitlines():
        begun = next((each for each in _REMARKED.values() if line.startswith(f"{each}：")), None)
        label = begun if begun is not None else label
        found[label] = f"{found[label]}\n{line}" if label in found else line
    return found


def _as_kept(given: Mapping[str, Any], known: Mapping[str, Field]) -> dict[str, Any]:
    """What a document says, with what a record has no field for in the remark."""
    kept = {name: value for name, value in given.items() if name in known or name == "due_text"}
    lines = [given["remark"]] if given.get("remark") else []
    for name, value in given.items():
        if value and name not in kept:
            lines.append(f"{_REMARKED[name]}：{value}" if name in _REMARKED else str(value))
    return {**kept, "remark": "\n".join(lines) or None}


def _with_deadline(
    book: Book, given: Mapping[str, Any], known: Mapping[str, Field], today: dt.date
) -> Printed:
    """The fields, with the printed deadline kept as it is and read where it can be."""
    fields = fields_from(book, given, known, today=today)
    phrase = given.get("due_text")
    if not phrase:
        return Printed(fields)
    deadline = printed(book, str(phrase))
    fields.update(
        {name: value for name, value in deadline_fields(deadline, fields).items() if value is not None}
    )
    fields["due_text"] = deadline.text
    doubts = tuple(f"{phrase}: {remark_text(remark)}" for remark in deadline.remarks)
    return Printed(fields, doubts)
