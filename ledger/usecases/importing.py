"""Taking a notice's proposals onto the books, in one change, after somebody has looked at them."""

from __future__ import annotations

from dataclasses import dataclass
from gettext import gettext as _
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from ledger.domain.acts import planning
from ledger.domain.deadlines import remark_text
from ledger.domain.moves import Status
from ledger.domain.schema import ISSUE, Field
from ledger.domain.text import clean, fold
from ledger.errors import ConflictError
from ledger.intake import words
from ledger.store import files
from ledger.usecases.change import Desk, Outcome, Work, change
from ledger.usecases.fields import deadline_fields, fields_from, printed

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from ledger.domain.acts.draft import Draft
    from ledger.intake.proposal import Proposal, ProposedIssue, ProposedMeasure
    from ledger.store.book import Book


#: What a document may say of a single measure.
_OF_A_MEASURE = (
    "text", "unit", "co_units", "leader", "owner", "criterion", "deliverable", "result", "due_text",
    "status_text",
)  # fmt: skip


#: What a document may say that a record has no field for, as documents call it; it goes into the remark.
#: Source: intake.words.WORDS.
_REMARKED = {
    "status_text": "进展情况",
    "target": "整改目标",
    "detail": "具体表现",
    "reason": "原因分析",
    "amount": "涉及金额",
    "closed_text": "销号情况",
}


@dataclass(frozen=True, slots=True)
class Taken:
    """What came onto the books: the numbers given, and how many measures."""

    numbers: tuple[int, ...]
    measures: int


def take_in(desk: Desk, proposal: Proposal) -> Outcome[Taken]:
    """Put every proposed issue on the books with its measures; the notice's own paragraphs are kept as prose.

    Raises:
        ConflictError: an issue of the same title is on the books already.
    """

    def deed(work: Work) -> Taken:
        _nothing_twice(desk.book, proposal)
        numbers = []
        count = 0
        shared: dict[str, tuple[str, Draft]] = {}
        for proposed in proposal.issues:
            number = work.next_number()
            draft = work.new()
            fields, remarks = _issue_fields(desk.book, proposed, desk.actor.on)
            rows = [
                _measure_fields(desk.book, each, desk.actor.on)
                for each in proposed.measures
                if not _seen(shared, each)
            ]
            planning.add(draft, number, fields, rows)
            draft.warnings.extend(remarks)
            _share(shared, proposed, draft)
            numbers.append(number)
            count += len(rows)
        _keep_prose(desk.book, work, proposal)
        return Taken(tuple(numbers), count)

    return change(desk, "import", deed)


def _keep_prose(book: Book, work: Work, proposal: Proposal) -> None:
    texts: dict[str, list[str]] = {}
    for passage in proposal.prose:
        texts.setdefault(passage.name, []).append(passage.text.strip("\n"))
    for name, parts in texts.items():
        path = PurePosixPath("prose", f"{name}.md")
        data = ("\n\n".join(parts) + "\n").encode()
        work.put(path, data, expected=files.digest_at(book.folder / path))


def _nothing_twice(book: Book, proposal: Proposal) -> None:
    known = {
        fold(record.state.fields.get("title", "")): record
        for record in book.records()
        if record.state.status() is not Status.VOID
    }
    for proposed in proposal.issues:
        record = known.get(fold(proposed.title))
        if record is not None:
            number = record.state.fields["number"]
            message = _("issue {number} has this title already: {title}").format(
                number=number, title=proposed.title
            )
            raise ConflictError(message, _("a notice is taken in once; change issues with: ledger edit"))


def _seen(shared: Mapping[str, Any], measure: ProposedMeasure) -> bool:
    return measure.shared is not None and measure.shared in shared


def _share(shared: dict[str, tuple[str, Draft]], proposed: ProposedIssue, draft: Draft) -> None:
    """A measure shared by several issues stands with the first and serves the others."""
    uid = str(draft.state.fields["uid"])
    texts = {part.get("text"): key for key, part in draft.state.parts.items()}
    for measure in proposed.measures:
        if measure.shared is None:
            continue
        if measure.shared not in shared:
            shared[measure.shared] = (texts[_words(measure)], draft)
        else:
            key, home = shared[measure.shared]
            serves = [*home.state.parts[key].get("serves", ()), uid]
            home.enter("edit", key, changes={"serves": serves})


def _issue_fields(book: Book, proposed: ProposedIssue, today: dt.date) -> tuple[dict[str, Any], list[str]]:
    kind = proposed.kind if proposed.kind != "finding" else None
    given = {**proposed.fields, "title": proposed.title, "category": proposed.category, "kind": kind}
    return _with_deadline(book, _as_kept(given, ISSUE.by_name), ISSUE.by_name, today)


def _measure_fields(book: Book, proposed: ProposedMeasure, today: dt.date) -> dict[str, Any]:
    given = {name: getattr(proposed, name) for name in _OF_A_MEASURE}
    fields, _remarks = _with_deadline(book, _as_kept(given, ISSUE.part_by_name), ISSUE.part_by_name, today)
    fields["text"] = _words(proposed)
    if proposed.points:
        fields["points"] = [{"number": n, "text": text} for n, text in enumerate(proposed.points, 1)]
    return fields


def _words(proposed: ProposedMeasure) -> str:
    """The text of a measure; its sub-list stands in its points and not here once more."""
    return clean(proposed.lead if proposed.points and proposed.lead else proposed.text)


def _as_kept(given: Mapping[str, Any], known: Mapping[str, Field]) -> dict[str, Any]:
    """What a document says, with lists taken apart and what a record has no field for in the remark."""
    kept = {name: value for name, value in given.items() if name in known or name == "due_text"}
    if isinstance(kept.get("co_units"), str):
        kept["co_units"] = list(words.names(kept["co_units"]))
    lines = [given["remark"]] if given.get("remark") else []
    for name, value in given.items():
        if value and name not in kept:
            lines.append(f"{_REMARKED[name]}：{value}" if name in _REMARKED else str(value))
    return {**kept, "remark": "\n".join(lines) or None}


def _with_deadline(
    book: Book, given: Mapping[str, Any], known: Mapping[str, Field], today: dt.date
) -> tuple[dict[str, Any], list[str]]:
    """The fields, with the printed deadline kept as it is and read where it can be."""
    fields = fields_from(book, given, known, today=today)
    phrase = given.get("due_text")
    if not phrase:
        return fields, []
    deadline = printed(book, str(phrase))
    fields.update(
        {name: value for name, value in deadline_fields(deadline, fields).items() if value is not None}
    )
    fields["due_text"] = deadline.text
    return fields, [f"{phrase}: {remark_text(remark)}" for remark in deadline.remarks]
