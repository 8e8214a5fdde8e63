"""Values of registers in the words of a reader: labels of codes, amounts in their unit, ids."""

from __future__ import annotations

import datetime as dt
from gettext import gettext as _
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from ledger import language
from ledger.domain import amounts
from ledger.domain.declaration import GROUP, FieldType
from ledger.domain.ids import short
from ledger.reports.views import Kind
from ledger.reports.words import by_code

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from decimal import Decimal

    from ledger.domain.declaration import Declaration, DeclaredField
    from ledger.domain.entered import Entered

#: A value in words, for a screen, a sheet or a document.
Value: TypeAlias = str | int | dt.date | None
#: What the columns of a register hold, where it is no text.
KINDS: Final = {FieldType.DATE: Kind.DATE, FieldType.NUMBER: Kind.NUMBER, FieldType.SERIAL: Kind.NUMBER}


class Values:
    """The values of one register in words; `ids` lead from the uid of what is referred to to its id."""

    def __init__(self, declaration: Declaration, ids: Mapping[str, str]) -> None:
        """Speak the language in force."""
        self.fields = declaration.fields
        self._ids = ids
        self.spoken = language.current()

    def cell(self, name: str, record: Entered) -> Value:
        """A value as a person reads it."""
        field = self.fields[name]
        return self.value(
            field, record.day(name) if field.type is FieldType.DATE else record.values.get(name)
        )

    def value(self, field: DeclaredField, kept: Any) -> Value:  # noqa: ANN401 - whatever a record keeps
        """The same, of any value; what does not fit the declaration is shown as it is."""
        if kept is None:
            return None
        match field.type:
            case FieldType.CODE:
                label = field.codes.get(str(kept))
                return label.said(self.spoken) if label else str(kept)
            case FieldType.MONEY if amounts.is_kept(kept):
                return amounts.shown(kept, field.unit)
            case FieldType.FLAG if isinstance(kept, bool):
                return _("yes") if kept else _("no")
            case FieldType.LINK if isinstance(kept, list):
                return self.together(self.named(kept))
        if isinstance(kept, list):
            return self.together(kept)
        return kept if isinstance(kept, (int, dt.date)) else str(kept)

    def together(self, words: Sequence[str]) -> str:
        """Several words as one text, as a sheet has them and takes them back."""
        return ("、" if self.spoken == "zh" else ", ").join(map(str, words))

    def named(self, uids: Iterable[str]) -> list[str]:
        """The ids of what is referred to; what cannot be found by the end of its uid."""
        return [self._ids.get(uid) or "?" + short(uid) for uid in uids]

    def heading(self, name: str) -> str:
        """What a column is called; money with its unit."""
        field = self.fields.get(name.removesuffix(GROUP))
        if field is None:
            return name
        words = field.label.said(self.spoken)
        if name.endswith(GROUP):
            return _("group of {unit}").format(unit=words)
        if field.type is FieldType.MONEY:
            return _("{name} ({unit})").format(name=words, unit=by_code("money")[field.unit])
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
