"""Another body's list held against the ledger; nothing is written (季度对账)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from ledger.domain.likeness import gist
from ledger.domain.moves import Status
from ledger.domain.reconciliation import FIELDS, Line, Said, reconcile, reconcile_measures
from ledger.domain.standing import Standing
from ledger.domain.text import fold
from ledger.intake.words import names
from ledger.usecases.fields import printed
from ledger.usecases.standings import sayable
from ledger.usecases.standings import told as told_standing

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence

    from ledger.domain.deadlines import Deadline
    from ledger.domain.issue import Issue, Target
    from ledger.domain.reconciliation import By, On, Reconciliation
    from ledger.intake.proposal import Proposal, ProposedIssue, ProposedMeasure
    from ledger.store.book import Book
    from ledger.store.people import People

_NAMES = ("unit", "leader", "owner")
#: What part somebody has, written beside the name: 党政办(牵头), 配合：财务所.
_ROLE = re.compile(
    r"[(（](?:牵头|主办|主责|负责|配合|协办|协助|参与)(?:单位|部门)?[)）]"
    r"|^(?:牵头|主办|主责|负责|配合|协办|协助|参与)(?:单位|部门)?[:：]"
)
#: Words for a status are never the same words: ours are codes.
_ANY = frozenset({""})
#: From the least advanced to the most.
_LEAST_FIRST = (
    Standing.RETURNED, Standing.PENDING, Standing.LATE, Standing.UNFINISHED, Standing.ACTIVE,
    Standing.UNCLOSED, Standing.INTERIM, Standing.AWAITING, Standing.DONE, Standing.LONGTERM,
    Standing.CLOSED, Standing.VOID,
)  # fmt: skip


class Wanted(NamedTuple):
    """What is compared, and by what it is matched."""

    on: On = "issues"
    by: By = ""
    fields: tuple[str, ...] = FIELDS


def compare(
    book: Book,
    issues: Sequence[Issue],
    proposal: Proposal,
    wanted: Wanted,
    today: dt.date,
) -> Reconciliation:
    """Hold the list of a document against issues of the ledger, as they stand on `today`.

    Shape: of ours, statuses are codes and due dates ISO; of theirs, all is as printed.
    """
    ours = _Ours(book.people, today)
    theirs = _Theirs(book, proposal.issues)
    mine = [ours.issue(each) for each in issues]
    others = [theirs.issue(each) for each in proposal.issues]
    if wanted.on == "issues":
        return reconcile(mine, others, fields=wanted.fields, by=wanted.by)
    both = reconcile(mine, others, fields=(), by=wanted.by).matched
    return reconcile_measures(
        [(each.ours, each.theirs) for each in both],
        [line for each in issues for line in ours.measures(each)],
        [line for each in proposal.issues for line in theirs.measures(each)],
        fields=wanted.fields,
    )


# --- ours ---------------------------------------------------------------------------------------------


class _Ours:
    """Issues and measures of the ledger as lines."""

    def __init__(self, people: People, today: dt.date) -> None:
        self.people = people
        self.today = today

    def issue(self, issue: Issue) -> Line:
        said = {**_title(issue.title), **self._said(issue, issue.live)}
        return Line(
            id=issue.id,
            number=issue.number,
            text=issue.title,
            said=said,
            beside="\n".join(each.text for each in issue.live),
            counts=issue.status is not Status.VOID,
        )

    def measures(self, issue: Issue) -> Iterator[Line]:
        for each in issue.measures:
            with_points = "\n".join([each.text, *(point.text for point in each.points)])
            yield Line(
                id=each.id,
                number=each.number,
                text=with_points,
                said={**_title(with_points, each.text), **self._said(each, ())},
                under=issue.id,
                counts=Status.VOID not in (issue.status, each.status),
            )

    def _said(self, target: Target, below: Sequence[Target]) -> dict[str, Said]:
        said = {}
        for field in _NAMES:
            own = self._names(target, field)
            all_below = [self._names(each, field) for each in below]
            text = getattr(target, field) or "、".join(
                dict.fromkeys(getattr(each, field) for each in below if getattr(each, field))
            )
            if text:
                said[field] = Said(text, _groups(own, all_below))
        due = self._due(target, below)
        if due is not None:
            said["due"] = due
        said["status"] = Said(target.status.value, sayable(target, self.today), _ANY)
        return said

    def _names(self, target: Target, field: str) -> list[frozenset[str]]:
        return _meant(self.people, getattr(target, field), target.co_units if field == "unit" else ())

    def _due(self, target: Target, below: Sequence[Target]) -> Said | None:
        meanings: set[Hashable] = set()
        texts = []
        phrases = {each.due_text for each in (target, *below) if each.due_text}
        meanings.update(("phrase", fold(each)) for each in phrases)
        for each in (target, *below):
            if each.term in ("longterm", "immediate") and each.due is None:
                meanings.add((each.term,))
                texts.append(each.due_text)
        days = {each.due for each in below if each.due}
        if target.due:
            meanings.add(("days", frozenset({target.due})))
            texts = [_shown(target)]
        elif days:
            meanings.add(("days", frozenset({max(days)})))
            texts = [day.isoformat() for day in sorted(days)]
        if days:
            meanings.add(("days", frozenset(days)))
        if not meanings:
            return None
        text = "、".join(filter(None, dict.fromkeys(texts))) or target.due_text
        return Said(text, frozenset(meanings), frozenset(map(fold, {text, *phrases})))


def _shown(target: Target) -> str:
    """A due date, with the original one where it was moved since: a list may still have that."""
    assert target.due is not None
    original = target.due_original
    if original is None or original == target.due:
        return target.due.isoformat()
    return f"{target.due.isoformat()} ({original.isoformat()})"


# --- theirs ---------------------------------------------------------------------------------------------


class _Theirs:
    """Proposed issues and measures as lines, by the numbers they print where each has one of its own."""

    def __init__(self, book: Book, issues: Sequence[ProposedIssue]) -> None:
        self.people = book.people
        printed_numbers = {each.number for each in issues if each.number}
        self.by_printed = len(printed_numbers) == len(issues)
        self.book = book

    def number(self, issue: ProposedIssue) -> int:
        return issue.number if self.by_printed and issue.number else issue.n

    def issue(self, issue: ProposedIssue) -> Line:
        measures = [self._of_measure(each) for each in issue.measures]
        return Line(
            id=str(self.number(issue)),
            number=self.number(issue),
            text=issue.title,
            said={**_title(issue.title), **self._said(issue.fields, measures)},
            beside="\n".join(each.text for each in issue.measures),
            line=issue.line,
            sheet=issue.sheet,
        )

    def measures(self, issue: ProposedIssue) -> Iterator[Line]:
        for place, each in enumerate(issue.measures, 1):
            fields = {**issue.fields, **self._of_measure(each)}
            yield Line(
                id=f"{self.number(issue)}.{place}",
                number=place,
                text=_wording(each),
                said={**_title(_wording(each)), **self._said(fields, ())},
                under=str(self.number(issue)),
                line=each.line,
                sheet=each.sheet,
            )

    @staticmethod
    def _of_measure(measure: ProposedMeasure) -> dict[str, str]:
        fields = ("unit", "co_units", "leader", "owner", "due_text", "status_text", "closed_text")
        return {name: value for name in fields if (value := getattr(measure, name))}

    def _said(self, fields: Mapping[str, str], below: Sequence[Mapping[str, str]]) -> dict[str, Said]:
        said = {}
        for field in _NAMES:
            own = self._names(fields, field)
            all_below = [self._names(each, field) for each in below]
            text = fields.get(field) or "、".join(
                dict.fromkeys(each[field] for each in below if each.get(field))
            )
            if text:
                said[field] = Said(_flat(text), _groups(own, all_below))
        due = self._due(fields, below)
        if due is not None:
            said["due"] = due
        status = self._status(fields, below)
        if status is not None:
            said["status"] = status
        return said

    def _names(self, fields: Mapping[str, str], field: str) -> list[frozenset[str]]:
        helping = names(fields.get("co_units", "")) if field == "unit" else ()
        return _meant(self.people, fields.get(field, ""), helping)

    def _due(self, fields: Mapping[str, str], below: Sequence[Mapping[str, str]]) -> Said | None:
        phrases = [fields["due_text"]] if fields.get("due_text") else []
        phrases = phrases or [each["due_text"] for each in below if each.get("due_text")]
        read = {phrase: deadline for phrase in phrases if _says_when(deadline := printed(self.book, phrase))}
        if not read:
            return None
        meanings: set[Hashable] = {("phrase", fold(phrase)) for phrase in read}
        days = frozenset(each.due for each in read.values() if each.due)
        if days:
            meanings.add(("days", days))
        terms = (each.term for each in read.values())
        meanings.update((term,) for term in terms if term in ("longterm", "immediate"))
        text = "、".join(map(_flat, read))
        return Said(text, frozenset(meanings), frozenset(map(fold, (text, *read))))

    def _status(self, fields: Mapping[str, str], below: Sequence[Mapping[str, str]]) -> Said | None:
        own = told_standing(self.book, fields)
        if own is not None:
            return Said(own[0], frozenset({own[1]} if own[1] else ()), _ANY)
        told = [found for each in below if (found := told_standing(self.book, each)) is not None]
        if not told:
            return None
        text = "、".join(dict.fromkeys(words for words, _standing in told))
        known = [each for _words, each in told if each is not None]
        together = _together(known) if len(known) == len(told) else None
        return Said(text, frozenset({together} if together else ()), _ANY)


# --- both -----------------------------------------------------------------------------------------------


def _title(text: str, *others: str) -> dict[str, Said]:
    """What the line says; it may be told in part, as a measure without its points."""
    meanings = frozenset(filter(None, map(gist, (text, *others))))
    return {"title": Said(_flat(text), meanings, frozenset(map(_flat, (text, *others))))} if meanings else {}


def _together(told: Sequence[Standing]) -> Standing:
    """Where an issue stands whose measures stand so: as the ledger says it of its own.

    Source: docs/contract.md §1, "Issue status".
    """
    counted = [each for each in told if each is not Standing.VOID]
    if not counted:
        return Standing.VOID
    open_ = [each for each in counted if each not in (Standing.CLOSED, Standing.LONGTERM)]
    if not open_:
        return Standing.LONGTERM if Standing.LONGTERM in counted else Standing.CLOSED
    least = min(open_, key=_LEAST_FIRST.index)
    if least is Standing.PENDING and set(counted) != {Standing.PENDING}:
        return Standing.ACTIVE
    return least


def _wording(measure: ProposedMeasure) -> str:
    """What a measure says, the numbers of its sub-list left out."""
    return "\n".join([measure.lead or measure.text, *measure.points]) if measure.points else measure.text


def _says_when(deadline: Deadline) -> bool:
    """Whether a cell for deadlines holds one, and not a dash or a status."""
    if deadline.due or deadline.term:
        return True
    return bool(deadline.remarks) and deadline.status_text is None


def _meant(people: People, text: str, helping: Iterable[str]) -> list[frozenset[str]]:
    """Who may be meant by a cell: those it names, they and who helps them, or one whose name has blanks."""
    if not text:
        return []
    whole = people.full(text)
    named = [_ROLE.sub("", each) for each in names(text)]
    alone = frozenset([whole] if people.known(whole) else map(people.full, filter(None, named)))
    together = alone | frozenset(map(people.full, helping))
    return [alone, together, frozenset({people.full("".join(text.split()))})]


def _groups(own: Iterable[frozenset[str]], below: Sequence[Sequence[frozenset[str]]]) -> frozenset[Hashable]:
    """Whoever may be meant: who is named for the whole, or all who are named for its parts together."""
    groups: set[Hashable] = set(own)
    for place in range(max(map(len, below), default=0)):
        parts = [each[min(place, len(each) - 1)] for each in below if each]
        groups.add(frozenset().union(*parts))
    return frozenset(groups)


def _flat(text: str) -> str:
    """A cell on one line."""
    return " ".join(text.split())
