"""A workbook that went out from a ledger, read as anybody's list: to compare it, not to take it back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger.domain.roundtrip import plain
from ledger.intake.proposal import Proposal, ProposedIssue, ProposedMeasure

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ledger.intake.returned import Returned, ReturnedRow


def as_list(returned: Returned) -> Proposal:
    """The issues and measures that stand in it, with their own numbers."""
    codes = {(field, word): code for field, word, code in returned.words}
    issues: dict[str, list[ReturnedRow]] = {}
    for row in returned.rows:
        issues.setdefault(row.number or f"line {row.line}", []).append(row)
    proposed = [_issue(n, number, rows, codes) for n, (number, rows) in enumerate(issues.items(), 1)]
    return Proposal(returned.file, "pasted_table", None, issues=tuple(proposed))


def _issue(
    n: int, number: str, rows: list[ReturnedRow], codes: Mapping[tuple[str, str], str]
) -> ProposedIssue:
    head = rows[0]
    measures = tuple(_measure(row, codes) for row in rows if _cell(row, "text", codes))
    return ProposedIssue(
        n=int(number) if number.isdecimal() and len(number) < 10 else n,
        category=_cell(head, "category", codes) or None,
        title=_cell(head, "title", codes),
        kind="finding",
        measures=measures,
        fields={} if measures else _said(head, codes),
        line=head.line,
        column=1,
    )


def _measure(row: ReturnedRow, codes: Mapping[tuple[str, str], str]) -> ProposedMeasure:
    said = _said(row, codes)
    return ProposedMeasure(
        text=_cell(row, "text", codes),
        line=row.line,
        column=1,
        unit=said.get("unit"),
        co_units=said.get("co_units"),
        leader=said.get("leader"),
        owner=said.get("owner"),
        due_text=said.get("due_text"),
        status_text=said.get("status_text"),
    )


def _said(row: ReturnedRow, codes: Mapping[tuple[str, str], str]) -> dict[str, str]:
    """What a row says of an issue or a measure."""
    cells = {name: _cell(row, name, codes) for name in ("unit", "co_units", "leader", "owner")}
    cells["due_text"] = _cell(row, "due", codes) or _cell(row, "due_text", codes)
    cells["status_text"] = _cell(row, "status", codes)
    return {name: value for name, value in cells.items() if value}


def _cell(row: ReturnedRow, name: str, codes: Mapping[tuple[str, str], str]) -> str:
    """What stands in a cell; words of lists as codes."""
    text = plain(row.cells.get(name))
    return codes.get((name, text), text)
