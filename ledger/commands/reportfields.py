"""What the values of a report are called: for cell maps, an office's own forms and templates."""

from __future__ import annotations

from collections.abc import Mapping
from gettext import gettext as _
from typing import Any

from ledger.domain.text import excerpt
from ledger.reports import as_json
from ledger.reports.fields import Field, Rows, fields
from ledger.reports.told import plain
from ledger.reports.views import Kind, Report
from ledger.ui import console
from ledger.ui.console import Column


def show(ledger: str, view: Report) -> None:
    """Every name with its value of today; of a list its columns."""
    found = list(fields(view))
    if console.wants_json():
        payload = {"ledger": ledger, "as_of": view.stamp.as_of, "kind": view.kind}
        console.document(as_json.SCHEMA, {**payload, "fields": list(map(_as_json, found))})
        return
    kinds = {
        Kind.TEXT: _("text"),
        Kind.NUMBER: _("number"),
        Kind.AMOUNT: _("amount"),
        Kind.DATE: _("date"),
        Kind.PERCENT: _("per cent"),
    }
    headings = ("name", "kind", "value") if console.wants_plain() else (_("name"), _("kind"), _("value"))
    console.rows([Column(each) for each in headings], [(each.name, *_told(each, kinds)) for each in found])


def _told(each: Field | Rows, kinds: Mapping[Kind, str]) -> tuple[str, str]:
    if isinstance(each, Field):
        value = plain(each.value, each.kind)
        if console.wants_plain():
            return str(each.kind), value
        return kinds[each.kind], excerpt(value)
    if console.wants_plain():
        return "list", " ".join(column.key for column in each.table.columns)
    return _("list"), ", ".join(column.key for column in each.table.columns)


def _as_json(each: Field | Rows) -> dict[str, Any]:
    if isinstance(each, Field):
        return {"name": each.name, "kind": each.kind, "value": each.value}
    columns = [
        {"key": column.key, "heading": column.heading, "kind": column.kind} for column in each.table.columns
    ]
    return {"name": each.name, "kind": "list", "columns": columns, "rows": len(each.table.rows)}
