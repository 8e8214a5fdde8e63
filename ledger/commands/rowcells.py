"""Cells of lists: codes for programs, words for people."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Sequence
from gettext import gettext as _
from operator import attrgetter
from typing import Any, cast

from ledger.commands import looking
from ledger.domain.settings import Settings
from ledger.store.listed import MeasureRow, Row
from ledger.ui import console, labels
from ledger.ui.console import Cell, Toned

#: Values that are cells already: nearly all.
_AS_THEY_ARE = frozenset({str, int, dt.date, type(None)})
#: Columns that stand in the index as JSON lists.
_LISTS = frozenset({"co_units", "flags", "formerly", "units", "leaders", "owners"})


def as_json(row: Row | MeasureRow) -> dict[str, Any]:
    """A row as `list --json` has it; `more` is there when further columns were asked for."""
    values = row._asdict()
    if row.more:
        values["more"] = {name: _value(row, name) for name in row.more}
    else:
        del values["more"]
    return values


def _value(row: Row | MeasureRow, code: str) -> Any:  # noqa: ANN401 - what a column holds
    if code not in row.more:
        return getattr(row, code)
    value = row.more[code]
    return json.loads(value or "[]") if code in _LISTS else value


def as_tsv(codes: Sequence[str], more: Sequence[str]) -> Callable[[Row | MeasureRow], list[Cell]]:
    """What makes of a row what a pipe gets of it: codes, nothing cut.

    Shape: `more` are those among the codes that stand in `Row.more`.
    """
    if more or len(codes) < 2:
        return lambda row: [_coded(_value(row, code)) for code in codes]
    values = attrgetter(*codes)
    return lambda row: [each if type(each) in _AS_THEY_ARE else _coded(each) for each in values(row)]


def _coded(value: Any) -> Cell:  # noqa: ANN401 - what a column holds
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dict):
        return _of_all(value)
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return cast("Cell", value)


def _of_all(counts: dict[str, int]) -> str:
    """How many are closed of an issue's measures, or done of a roster's names."""
    return f"{counts['closed' if 'closed' in counts else 'done']}/{counts['total']}"


class Words:
    """Cells as a person reads them."""

    def __init__(self, settings: Settings) -> None:
        """Look the words of codes up once; lights are called what the settings call them."""
        self.words = {kind: labels.labels(kind) for kind in ("term", "kind", "flag", "act")}
        self.lights = looking.lights(settings)
        self.statuses: dict[tuple[str, int, int], console.Part] = {}

    def cell(self, row: Row | MeasureRow, code: str) -> Cell:
        """One cell, in colour where its word has one."""
        value = _value(row, code)
        match code:
            case "status":
                return self._status(row)
            case "due" if row.overdue_days:
                return Toned(str(value or row.due_text or ""), "bad")
            case "due":
                return row.due or row.due_text
            case "light":
                return None if value is None else looking.light(self.lights, value)
            case "flags":
                return ", ".join(self.words["flag"].get(each, each) for each in value or ())
            case "term" | "kind":
                return cast("Cell", self.words[code].get(value, value))
            case "requested":
                return cast("Cell", self.words["act"].get(value, value))
        if isinstance(value, bool):
            return _("yes") if value else ""
        if isinstance(value, dict):
            return _of_all(value) if value["total"] else ""
        return _coded(value)

    def _status(self, row: Row | MeasureRow) -> Cell:
        key = (row.status, row.signed, row.steps)
        if key not in self.statuses:
            self.statuses[key] = looking.standing(*key)
        word = self.statuses[key]
        if not row.suspect:
            return word
        return Toned(_("{status}, suspect").format(status=word), "bad")
