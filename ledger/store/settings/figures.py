"""The figures that a declaration of a register says how to count (口径), as typed values."""

from __future__ import annotations

from gettext import gettext as _
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, get_args

from ledger.domain.declaration import DATE, FieldType, Figure, Of
from ledger.domain.schema import DECLARED_NAME
from ledger.store.settings.registerfields import known, label, only, words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ledger.domain.declaration import DeclaredField
    from ledger.store.settings.reader import Reader

_KEYS: Final = ("name", "label", "definition", "of", "fields", "by", "where", "date", "unit", "expected")


def figure(row: Reader, fields: Mapping[str, DeclaredField]) -> Figure:
    """One figure of a register with these fields.

    Raises:
        DamageError: something about it is not right; file and line are named.
    """
    only(row, _KEYS)
    name = row.take("name", str, "")
    if not DECLARED_NAME.fullmatch(name):
        raise row.wrong("name", _('a short ASCII name such as "persons" is expected'))
    of: Of = row.one_of("of", get_args(Of), "records")  # type: ignore[assignment]
    counted, by = words(row, "fields"), words(row, "by")
    found = [known(row, "fields", each, fields) for each in counted]
    _fit(row, of, found)
    for each in by:
        known(row, "by", each, fields)
    date = row.take("date", str, DATE)
    if known(row, "date", date, fields).type is not FieldType.DATE:
        raise row.wrong("date", _("{name} is no date").format(name=date))
    return Figure(
        name=name,
        label=label(row, "label", name),
        definition=label(row, "definition", ""),
        of=of,
        fields=counted,
        by=by,
        where=_where(row, fields),
        date=date,
        unit=label(row, "unit", ""),
        expected=_expected(row, of),
    )


def _fit(row: Reader, of: Of, found: Sequence[DeclaredField]) -> None:
    """Refuse fields that cannot be counted so."""
    numbers, named = (FieldType.NUMBER, FieldType.MONEY), (FieldType.UNIT, FieldType.PERSON)
    if of == "records" and found:
        raise row.wrong("fields", _("records are counted without fields"))
    if of == "sum" and not (len(found) == 1 and found[0].type in numbers):
        raise row.wrong("fields", _("a sum is of one field, of the type number or money"))
    if of == "distinct" and not found:
        raise row.wrong("fields", _("it is not said of which fields the different values are counted"))
    if of == "coverage" and not (len(found) == 1 and found[0].type in named):
        raise row.wrong("fields", _("coverage is of one field, of the type unit or person"))


def _where(row: Reader, fields: Mapping[str, DeclaredField]) -> Mapping[str, tuple[str, ...]]:
    table = row.table("where")
    where = {}
    for name in table.values:
        each = known(row, "where", name, fields)
        where[name] = words(table, name)
        if each.type is FieldType.CODE and not set(where[name]) <= set(each.codes):
            raise row.wrong("where", _("{name} has no such code").format(name=name))
    return MappingProxyType(where)


def _expected(row: Reader, of: Of) -> Mapping[str, tuple[str, ...]]:
    table = row.table("expected")
    if table.values and of != "coverage":
        raise row.wrong("expected", _("only a coverage has units that are expected"))
    return MappingProxyType({group: words(table, group) for group in table.values})
