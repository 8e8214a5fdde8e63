"""Values of registers as words for people and as codes for programs."""

from __future__ import annotations

import datetime as dt
from typing import Any

from ledger import language
from ledger.domain.declaration import GROUP, Declaration, FieldType
from ledger.domain.entered import Entered
from ledger.reports.registervalues import Values
from ledger.ui.console import Cell


class Words(Values):
    """The values of one register, as codes for programs besides."""

    def coded_key(self, name: str, key: str) -> str:
        """A value that something is counted by, as a code; what is referred to by its id."""
        field = self.fields[name.removesuffix(GROUP)]
        return self.named([key])[0] if field.type is FieldType.LINK and key else key

    def coded(self, name: str, record: Entered) -> Any:  # noqa: ANN401 - what JSON can say
        """A value as a program reads it: codes, money in 元, dates as dates, ids of what is referred to."""
        field = self.fields[name]
        if field.type is FieldType.DATE:
            return record.day(name)
        kept = record.values.get(name)
        return self.named(kept) if field.type is FieldType.LINK and isinstance(kept, list) else kept


def as_tsv(value: Any) -> Cell:  # noqa: ANN401 - what `Words.coded` gives
    """A value for programs as one cell."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ",".join(map(str, value))
    return value if value is None or isinstance(value, (str, int, dt.date)) else str(value)


def as_json(declaration: Declaration, words: Words, record: Entered) -> dict[str, Any]:
    """A record as programs read it; every declared field is there."""
    return {
        "id": record.id,
        "uid": record.uid,
        "void": record.void,
        "values": {name: words.coded(name, record) for name in declaration.fields},
    }


def declared_json(declaration: Declaration) -> dict[str, Any]:
    """A declaration as programs read it."""
    return {
        "kind": declaration.kind,
        "label": declaration.label._asdict(),
        "declared_in": declaration.place or None,
        "fields": [
            {
                "name": each.name,
                "label": each.label._asdict(),
                "type": str(each.type),
                "required": each.required,
                "codes": {code: label._asdict() for code, label in each.codes.items()},
                "unit": each.unit if each.type is FieldType.MONEY else None,
            }
            for each in declaration.fields.values()
        ],
        "figures": [
            {
                "name": each.name,
                "label": each.label._asdict(),
                "definition": each.definition.said(language.current()),
            }
            for each in declaration.figures
        ],
    }
