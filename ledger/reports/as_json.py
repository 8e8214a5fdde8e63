"""A report as plain values for JSON: the whole view, nothing formatted."""

from __future__ import annotations

import json
from dataclasses import asdict
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from ledger.reports.views import Chart, Facts, Form, Paragraph

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ledger.reports.views import Block, Report, Section, Table

#: The name and version of the shape. Source: docs/contract.md §4.
SCHEMA: Final = "ledger/report@1"


def payload(report: Report) -> dict[str, Any]:
    """Everything a report says; cells stay numbers, dates and text."""
    stamp = report.stamp
    return {
        "as_of": stamp.as_of,
        "known_at": stamp.known_at,
        "kind": report.kind,
        "title": report.title,
        "language": report.language,
        "facts": _facts(report.facts),
        "sections": [_section(each) for each in report.sections],
        "footnotes": [
            {"key": each.key, "term": each.term, "definition": each.definition} for each in report.footnotes
        ],
        "official": None if report.official is None else asdict(report.official),
        "checkpoint": {"entries": stamp.entries, "heads": stamp.heads},
        "version": stamp.version,
    }


def canonical(view: Mapping[str, Any]) -> bytes:
    """A view in one form, so that equal views are equal bytes."""
    text = json.dumps(view, ensure_ascii=False, allow_nan=False, indent=1, sort_keys=True, default=_plain)
    return (text + "\n").encode()


def _plain(value: object) -> object:
    """A share as a number, a date as text."""
    return float(value) if isinstance(value, Decimal) else str(value)


def _section(section: Section) -> dict[str, Any]:
    return {
        "key": section.key,
        "title": section.title,
        "blocks": [_block(each) for each in section.blocks],
        "sections": [_section(each) for each in section.sections],
    }


def _block(block: Block) -> dict[str, Any]:
    if isinstance(block, Facts):
        return {"facts": _facts(block)}
    if isinstance(block, Paragraph):
        return {"text": block.text}
    if isinstance(block, Form):
        return {"form": _form(block)}
    if isinstance(block, Chart):
        return {"chart": _chart(block)}
    return {"table": _table(block)}


def _form(form: Form) -> dict[str, Any]:
    rows = [[{"value": each.value, "label": each.label} for each in row] for row in form.rows]
    return {"title": form.title or None, "rows": rows}


def _chart(chart: Chart) -> dict[str, Any]:
    series = [{"name": each.name, "values": list(each.values)} for each in chart.series]
    return {"key": chart.key, "title": chart.title, "labels": list(chart.labels), "series": series}


def _facts(facts: Facts) -> list[dict[str, Any]]:
    return [
        {"key": each.key, "name": each.name, "kind": each.kind, "value": each.value} for each in facts.items
    ]


def _table(table: Table) -> dict[str, Any]:
    return {
        "title": table.title or None,
        "columns": [{"key": each.key, "heading": each.heading, "kind": each.kind} for each in table.columns],
        "rows": [list(row) for row in table.rows],
        "total": None if table.total is None else list(table.total),
    }
