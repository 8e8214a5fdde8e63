"""The values of a report as an office's own Word form asks for them: the names of `fields`, nested."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from ledger import language
from ledger.domain.words import dated
from ledger.reports import told
from ledger.reports.fields import Field, fields

if TYPE_CHECKING:
    from ledger.reports.views import Cell, Kind, Report


def values(report: Report) -> dict[str, Any]:
    """Every value by its name, each part of the name one step: `facts.org`, `summary.问题.closed`.

    Shape: `overdue.rows` are the rows of the list `overdue`, each with its columns by their keys. Days and
        shares are text, as the report prints them; numbers are numbers.
    """
    found: dict[str, Any] = {}
    with language.speaking(report.language):
        for each in fields(report):
            if isinstance(each, Field):
                _put(found, each.name, _plain(each.value, each.kind))
            else:
                keys = [column.key for column in each.table.columns]
                kinds = [column.kind for column in each.table.columns]
                rows = [dict(zip(keys, map(_plain, row, kinds), strict=True)) for row in each.table.rows]
                _put(found, f"{each.name}.rows", rows)
    return found


def _put(found: dict[str, Any], name: str, value: object) -> None:
    *steps, last = _steps(name)
    for step in steps:
        inside = found.setdefault(step, {})
        if not isinstance(inside, dict):
            return
        found = inside
    found.setdefault(last, value)


def _steps(name: str) -> list[str]:
    """The parts of a name; the name of a row may itself have dots in it."""
    parts = name.split(".")
    numbered = len(parts) > 3 and parts[1].isdecimal()  # noqa: PLR2004 - SECTION.NUMBER.ROW.COLUMN
    first = 2 if numbered else 1
    if len(parts) - first > 1:
        return [*parts[:first], ".".join(parts[first:-1]), parts[-1]]
    return parts


def _plain(value: Cell, kind: Kind) -> str | int | None:
    if isinstance(value, dt.date):
        return told.printed(dated(value))
    return value if isinstance(value, int) or value is None else told.plain(value, kind)
