"""A workbook that went out from a ledger, read as anybody's list: to compare it, not to take it back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger.domain.roundtrip import plain
from ledger.intake.proposal import Proposal, ProposedIssue, ProposedMeasure
from ledger.usecases.returnedcells import coded

if TYPE_CHECKING:
    from ledger.intake.returned import Returned, ReturnedRow


def as_list(returned: Returned) -> Proposal:
    """The issues and measures that stand in it, with their own numbers."""
    issues: dict[str, list[ReturnedRow]] = {}
    for row in coded(returned):
        issues.setdefault(row.number or f"line {row.line}", []).append(row)
    proposed = [_issue(n, number, rows) for n, (number, rows) in enumerate(issues.items(), 1)]
    return Proposal(returned.file, "pasted_table", None, issues=tuple(proposed))


def _issue(n: int, number: str, rows: list[ReturnedRow]) -> ProposedIssue:
    head = rows[0]
    measures = tuple(_measure(row) for row in rows if _cell(row, "text"))
    return ProposedIssue(
        n=int(number) if number.isdecimal() and len(number) < 10 else n,
        category=_cell(head, "category") or None,
        title=_cell(head, "title"),
        kind="finding",
        measures=measures,
        fields={} if measures else _said(head),
        line=head.line,
        column=1,
    )


def _measure(row: ReturnedRow) -> ProposedMeasure:
    said = _said(row)
    return ProposedMeasure(
        text=_cell(row, "text"),
        line=row.line,
        column=1,
        unit=said.get("unit"),
        co_units=said.get("co_units"),
        leader=said.get("leader"),
        owner=said.get("owner"),
        due_text=said.get("due_text"),
        status_text=said.get("status_text"),
    )


def _said(row: ReturnedRow) -> dict[str, str]:
    """What a row says of an issue or a measure."""
    cells = {name: _cell(row, name) for name in ("unit", "co_units", "leader", "owner")}
    cells["due_text"] = _cell(row, "due") or _cell(row, "due_text")
    cells["status_text"] = _cell(row, "status")
    return {name: value for name, value in cells.items() if value}


def _cell(row: ReturnedRow, name: str) -> str:
    """What stands in a cell."""
    return plain(row.cells.get(name))
