"""Values of registers as words for people and as codes for programs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from decimal import Decimal
from gettext import gettext as _
from typing import Any

from ledger import language
from ledger.domain import amounts
from ledger.domain.declaration import GROUP, Declaration, FieldType
from ledger.domain.entered import Entered
from ledger.reports.registervalues import Value, Values
from ledger.store.book import Book
from ledger.ui import labels
from ledger.ui.console import Cell
from ledger.usecases import registerlinks


def ids_in(book: Book, declaration: Declaration, records: Iterable[Entered]) -> Mapping[str, str]:
    """The ids of everything the records refer to, by uid."""
    names = [each.name for each in declaration.fields.values() if each.type is FieldType.LINK]
    if not names:
        return {}
    found = (record.values.get(name) for record in records for name in names)
    return registerlinks.ids(book, {str(uid) for value in found if isinstance(value, list) for uid in value})


class Words(Values):
    """The values of one register on a screen and in a sheet: with headings, and as codes for programs."""

    def heading(self, name: str) -> str:
        """What a column is called; money with its unit."""
        field = self.fields.get(name.removesuffix(GROUP))
        if field is None:
            return name
        words = field.label.said(self.spoken)
        if name.endswith(GROUP):
            return _("group of {unit}").format(unit=words)
        if field.type is FieldType.MONEY:
            return _("{name} ({unit})").format(name=words, unit=labels.label("money", field.unit))
        return words

    def sheet_cell(self, name: str, record: Entered) -> Value | Decimal:
        """The same as a sheet has it: amounts are numbers, and everything comes back as it went out."""
        field = self.fields[name]
        if field.type is FieldType.MONEY and amounts.is_kept(record.values.get(name)):
            return amounts.in_unit(record.values[name], field.unit)
        return self.cell(name, record)

    def key(self, name: str, key: str) -> str:
        """A value that something is counted by, in words."""
        field = self.fields[name.removesuffix(GROUP)]
        if not key:
            return _("(nothing said)")
        if field.type is FieldType.CODE and not name.endswith(GROUP):
            return str(self.value(field, key))
        if field.type is FieldType.FLAG:
            return str(self.value(field, key == "yes"))
        if field.type is FieldType.LINK:
            return self.named([key])[0]
        return str(self.value(field, key)) if field.type is FieldType.MONEY else key

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
