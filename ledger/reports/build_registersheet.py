"""A register as a sheet: a heading row as its declaration has it, one row a record, ready to come back."""

from __future__ import annotations

from gettext import gettext as _
from typing import TYPE_CHECKING, Final, NamedTuple

from ledger.domain.declaration import FieldType
from ledger.reports.registervalues import KINDS
from ledger.reports.views import Column, Kind, Table
from ledger.reports.workbooks.sheets import Look, Sheet, Workbook

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from ledger.domain.declaration import Declaration, DeclaredField
    from ledger.reports.views import Cell

#: How wide a column is by what stands in it. Units: characters of half width.
_WIDTHS: Final = {FieldType.TEXT: 48.0, FieldType.LINE: 24.0, FieldType.LINK: 16.0, FieldType.UNIT: 20.0}
_USUAL: Final = 12.0


class Rows(NamedTuple):
    """What a sheet is made of, in the language of the reader.

    Shape: `headings` and every row have a cell for the number, then one for each field, then the uid.
    """

    headings: Sequence[str]
    rows: Sequence[Sequence[Cell]]


def build(declaration: Declaration, found: Rows, *, title: str, day: dt.date) -> Workbook:
    """The register as a workbook with one sheet; the uid, by which rows are known again, is hidden."""
    fields = list(declaration.fields.values())
    keys = ["id", *(each.name for each in fields), "uid"]
    kinds = [Kind.TEXT, *(KINDS.get(each.type, Kind.TEXT) for each in fields), Kind.TEXT]
    columns = tuple(Column(*each) for each in zip(keys, found.headings, kinds, strict=True))
    table = Table(columns, tuple(map(tuple, found.rows)), _("There are no records yet."))
    looks = {each.name: Look(width=_width(each), choices=each.name if each.codes else "") for each in fields}
    lists = {each.name: _labels(each) for each in fields if each.codes}
    sheet = Sheet(title, table, {**looks, "id": Look(width=14), "uid": Look(hidden=True)})
    return Workbook(title, day, (sheet,), lists)


def _width(field: DeclaredField) -> float:
    return _WIDTHS.get(field.type, _USUAL)


def _labels(field: DeclaredField) -> list[str]:
    from ledger import language

    return [label.said(language.current()) for label in field.codes.values()]
