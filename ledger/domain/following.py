"""Which rule of the office a deadline followed from, as the history has it."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from ledger.domain.course import OWN
from ledger.domain.defaults import Derived
from ledger.domain.issue import due_home
from ledger.domain.limits import UNITS, Limit

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ledger.domain.state import State


def followed(state: State, undone: frozenset[str], key: str) -> Derived | None:
    """The rule the deadline in force followed from; None where somebody gave it.

    Shape: `undone` are the batches that no longer count; `key` is a measure's uid or `OWN`.
    """
    dates, part = due_home(state, key), state.schema.part or ""
    own = key != OWN and dates is not state.fields
    for entry in reversed(state.entries):
        given = entry.set.get(part, {}).get(key, {}) if own else entry.set
        if entry.batch in undone or "due" not in given:
            continue
        told = entry.data.get("derived")
        return _told(told, dates.get("due")) if told else None
    return None


def _told(told: Mapping[str, Any], due: dt.date | None) -> Derived | None:
    try:
        unit = next(each for each in UNITS if each == told["unit"])
        limit = Limit(int(told["number"]), unit)
        return Derived(due, limit, dt.date.fromisoformat(told["since"])) if due else None
    except (KeyError, StopIteration, TypeError, ValueError):  # a history is anybody's file
        return None
