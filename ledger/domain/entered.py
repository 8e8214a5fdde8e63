"""A record of a register as everything that reads works with it: frozen, without its declaration."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, NamedTuple

from ledger.domain.declaration import DATE
from ledger.domain.schema import VOID

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ledger.domain.state import State

#: What a record holds besides what its declaration names.
_OWN = frozenset({"uid", "number", "formerly", "evidence"})


class Entered(NamedTuple):
    """One record of a register.

    Shape: `values` hold the declared fields by name as the record keeps them, and others the declaration may
        have lost; `on` is None where the record has no date, which `check` names; `head` is the hash of
        the last of its `entries`, empty where there are two last ones.
    """

    id: str
    uid: str
    number: int
    on: dt.date | None
    values: Mapping[str, Any]
    evidence: tuple[Mapping[str, Any], ...] = ()
    void: bool = False
    head: str = ""
    entries: int = 0

    def day(self, field: str) -> dt.date | None:
        """The day a field says; None where it says none."""
        if field == DATE:
            return self.on
        value = self.values.get(field)
        try:
            return dt.date.fromisoformat(value) if isinstance(value, str) else None
        except ValueError:
            return None


def entered_of(state: State) -> Entered:
    """The record that a state is."""
    fields = state.fields
    on = fields.get(DATE)
    return Entered(
        id=state.schema.id_of(int(fields.get("number", 0))),
        uid=str(fields.get("uid", "")),
        number=int(fields.get("number", 0)),
        on=on if isinstance(on, dt.date) else None,
        values={name: value for name, value in fields.items() if name not in _OWN},
        evidence=tuple(fields.get("evidence", ())),
        void=state.stage == VOID,
        head=state.tips[0] if len(state.tips) == 1 else "",
        entries=len(state.entries),
    )


def in_order(records: Iterable[Entered]) -> list[Entered]:
    """Records by their dates, those of one day by their numbers; those without a date first."""
    return sorted(records, key=lambda each: (str(each.on or ""), each.number))
