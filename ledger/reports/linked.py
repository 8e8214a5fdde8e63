"""What registers have about an issue or a measure: a line for each record that names it."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from ledger.domain.declaration import FieldType
from ledger.domain.words import dated, listed
from ledger.reports.registervalues import Values

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from ledger.domain.declaration import Declaration
    from ledger.domain.entered import Entered
    from ledger.reports.material import Registered


def records(registers: Iterable[Registered], kind: str, uids: Collection[str]) -> list[str]:
    """The records of one register that name one of `uids`, a line each, in the order of their numbers."""
    found = (each for each in registers if each.declaration.kind == kind)
    return [
        _line(each.declaration, record)
        for each in found
        for record in each.records
        if names(each.declaration, record, uids)
    ]


def names(declaration: Declaration, record: Entered, uids: Collection[str]) -> bool:
    """Whether a record refers to one of `uids`."""
    fields = (each.name for each in declaration.fields.values() if each.type is FieldType.LINK)
    given = (record.values.get(name) for name in fields)
    return any(uid in uids for kept in given if isinstance(kept, list) for uid in kept)


def _line(declaration: Declaration, record: Entered) -> str:
    """What the columns of its register say of a record, but for what it refers to."""
    return listed(_values(declaration, record))


def _values(declaration: Declaration, record: Entered) -> Iterator[str]:
    say = Values(declaration, {})
    for name in declaration.columns or tuple(declaration.fields):
        field = declaration.fields.get(name)
        if field is None or field.type is FieldType.LINK:
            continue
        value = say.cell(name, record)
        if value not in (None, ""):
            yield dated(value) if isinstance(value, dt.date) else str(value)
