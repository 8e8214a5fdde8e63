"""What a received document proposes: issues, measures, whom to ask, and what was not understood."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from ledger.intake import claim
from ledger.intake.claim import Claim  # noqa: TC001 - wire asks for it at run time

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

#: The name and version of the JSON document. Source: docs/contract.md §5.
SCHEMA = "ledger/import@1"

Kind = Literal["finding", "theme"]


@dataclass(frozen=True, slots=True)
class Remark:
    """Something the reader should know: not understood, guessed, or not adding up.

    Attributes:
        code: A stable ASCII name.
        message: One sentence.
        line: Where, counted from 1; None when it is about the whole document.
    """

    code: str
    message: str
    line: int | None = None


@dataclass(frozen=True, slots=True)
class ProposedMeasure:
    """One measure as the document prints it.

    Attributes:
        text: All of it, its own numbering left out, sub-lists included.
        lead: What stands before the sub-list; the same as `text` when there is none.
        points: The items of the sub-list.
        shared: The same name on every copy of a measure that a group of issues shares.
        line: Where it begins, counted from 1.
        column: Where it begins in that line, counted from 1.
        places: Line and column where each of its own fields begins; of a sheet only where they do not stand
            in its own row, under the column that means them.
        sheet: Where it stands, of a workbook; `line` and `column` are then row and column.
    """

    text: str
    line: int
    column: int
    lead: str = ""
    points: tuple[str, ...] = ()
    shared: str | None = None
    due_text: str | None = None
    unit: str | None = None
    co_units: str | None = None
    leader: str | None = None
    owner: str | None = None
    criterion: str | None = None
    deliverable: str | None = None
    result: str | None = None
    status_text: str | None = None
    places: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    closed_text: str | None = None
    remark: str | None = None
    reason: str | None = None
    target: str | None = None
    amount: str | None = None
    done_text: str | None = None
    sheet: str | None = None


@dataclass(frozen=True, slots=True)
class ProposedIssue:
    """One problem, or one theme where the document states no problems.

    Attributes:
        n: 1..N over the document, whatever number is printed.
        kind: "finding", or "theme" for the lead sentence of a report that quotes no finding.
        fields: What is said of the whole issue, as printed. Names are those of a record
            (unit, co_units, leader, owner, criterion, deliverable, result, due_text, remark) and, for what a
            record has no field for: status_text, target, detail, reason, amount, closed_text, intro, group.
        places: Line and column where the title, the category and each of the fields begins; of a sheet only
            where they do not stand in its own row, under the column that means them.
        sheet: Where it stands, of a workbook; `line` and `column` are then row and column.
        number: The one printed in its row of a table; None where there is none, or no table.
    """

    n: int
    category: str | None
    title: str
    kind: Kind
    measures: tuple[ProposedMeasure, ...]
    fields: Mapping[str, str]
    line: int
    column: int
    places: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    sheet: str | None = None
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """What a column of a sheet was taken for.

    Attributes:
        sheet: Its sheet; empty in a text file.
        letter: A, B, ... as a spreadsheet program shows it.
        header: As printed, of two rows with a blank between them.
        field: The field it means; None where its cells were left alone.
        candidates: What it may mean, the likeliest first; empty where no word of it is known.
        samples: A few of its cells.
        asked: Somebody should say what it means.
    """

    sheet: str
    letter: str
    header: str
    field: str | None
    candidates: tuple[str, ...] = ()
    samples: tuple[str, ...] = ()
    asked: bool = False


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom the public may turn to; telephone and e-mail in one form, the rest as printed."""

    phone: str | None = None
    email: str | None = None
    hours: str | None = None
    address: str | None = None
    postcode: str | None = None


@dataclass(frozen=True, slots=True)
class Disclosure:
    """From when until when the document is on public view; None where it does not say."""

    start: dt.date | None = None
    end: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """A part of the document that holds no issue, kept as its own words.

    Attributes:
        name: preamble, organisation, findings, next_steps, contact or other.
        text: Its paragraphs, a blank line between them, headings included.
        line: Where it begins, counted from 1.
    """

    name: str
    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Proposal:
    """All that one document proposes; nothing is written anywhere yet.

    Attributes:
        layout: The layout most issues were found in, or "narrative".
        title: The document's own title; None when it prints none.
        categories: The headings issues stand under, in order.
        figures: What it says of its own figures, and whether it holds.
        columns: What the columns of a sheet were taken for; empty where there is no sheet.
        reported: Its measures tell what was done, as those of a notice do, not what will be.
        sha256: Of the bytes as they were received; empty where nobody took it.
    """

    file: str
    layout: str
    title: str | None
    categories: tuple[str, ...] = ()
    issues: tuple[ProposedIssue, ...] = ()
    contact: Contact = field(default_factory=Contact)
    disclosure: Disclosure = field(default_factory=Disclosure)
    figures: tuple[Claim, ...] = ()
    warnings: tuple[Remark, ...] = ()
    prose: tuple[Passage, ...] = ()
    columns: tuple[Column, ...] = ()
    reported: bool = False
    sha256: str = ""


def as_results(proposal: Proposal) -> Proposal:
    """The same proposal where what the measures say was done: each one's text is its result too."""
    issues = tuple(
        dataclasses.replace(
            issue,
            measures=tuple(
                dataclasses.replace(each, result=each.result or each.text) for each in issue.measures
            ),
        )
        for issue in proposal.issues
    )
    return dataclasses.replace(proposal, issues=issues)


def as_json(proposal: Proposal) -> dict[str, Any]:
    """The proposal in the shape scripts rely on; absent values are None, dates ISO.

    Source: docs/contract.md §5.
    """
    return {
        "schema": SCHEMA,
        "file": proposal.file,
        "layout": proposal.layout,
        "title": proposal.title,
        "categories": list(proposal.categories),
        "issues": [_issue(each) for each in proposal.issues],
        "reported": proposal.reported,
        "contact": dataclasses.asdict(proposal.contact),
        "disclosure": {"from": _iso(proposal.disclosure.start), "to": _iso(proposal.disclosure.end)},
        "figures": [claim.as_json(each) for each in proposal.figures],
        "warnings": [dataclasses.asdict(each) for each in proposal.warnings],
        "columns": [dataclasses.asdict(each) for each in proposal.columns],
        "sha256": proposal.sha256 or None,
    }


def _issue(issue: ProposedIssue) -> dict[str, Any]:
    return {
        "n": issue.n,
        "category": issue.category,
        "title": issue.title,
        "kind": issue.kind,
        "measures": [_measure(each) for each in issue.measures],
        "fields": dict(issue.fields),
        "source": _source(issue),
    }


#: What a measure says, in order; where it stands goes into its source.
_OF_A_MEASURE = tuple(
    each.name
    for each in dataclasses.fields(ProposedMeasure)
    if each.name not in ("line", "column", "places", "sheet")
)


def _measure(measure: ProposedMeasure) -> dict[str, Any]:
    shape = {name: getattr(measure, name) for name in _OF_A_MEASURE}  # asdict copies deeply, which takes long
    return {**shape, "points": list(measure.points), "source": _source(measure)}


def _source(said: ProposedIssue | ProposedMeasure) -> dict[str, Any]:
    source = {"line": said.line, "column": said.column, "fields": _places(said.places)}
    return {"sheet": said.sheet, **source} if said.sheet is not None else source


def _places(places: Mapping[str, tuple[int, int]]) -> dict[str, dict[str, int]]:
    return {name: {"line": line, "column": column} for name, (line, column) in places.items()}


def _iso(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None
