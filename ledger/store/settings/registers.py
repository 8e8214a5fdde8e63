"""Declarations of registers: `[registers.<kind>]` of ``ledger.toml``; those that ship have the same form."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property
from gettext import gettext as _
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from ledger.domain.declaration import DATE, Declaration, DeclaredField, FieldType, Label, words_of
from ledger.domain.kinds import FIXED
from ledger.domain.register import NAME
from ledger.errors import DamageError
from ledger.store.settings.figures import figure
from ledger.store.settings.reader import Reader
from ledger.store.settings.registerfields import field, known, label, only, words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_KEYS: Final = ("label", "about", "fields", "figures", "columns", "replaces")
#: What a list shows on a screen where nothing is said: so many fields, none of them long.
_SHOWN: Final = 6
_DATE_LABEL: Final = Label("日期", "date")


class Declared(Mapping[str, Declaration]):
    """The registers an office declares, read when somebody asks for one: other commands do not need them.

    Raises:
        DamageError: a declaration is not right; file and line are named.
    """

    def __init__(self, top: Reader, shipped: Sequence[str]) -> None:
        """Take the whole of the settings, and the names of the registers that ship."""
        self._top, self._shipped = top, shipped
        self._known: dict[str, Declaration] = {}

    @cached_property
    def _tables(self) -> Reader:
        return self._top.table("registers")

    def _one(self, kind: str, table: Reader) -> Declaration:
        if not NAME.fullmatch(kind):
            raise _refused(table, kind, _('a short ASCII name such as "training" is expected'))
        replaces = table.take("replaces", bool, False)
        if kind in FIXED or (kind in self._shipped and not replaces):
            hint = _("choose another name")
            if kind not in FIXED:
                hint = _("choose another name, or put yours in its place with: replaces = true")
            raise _refused(table, kind, _("the name {name} is taken").format(name=kind), hint)
        if replaces and kind not in self._shipped:
            raise table.wrong("replaces", _("no register of that name ships"))
        return declaration(kind, table, place=f"{table.file.path.name}:{table.lines.start}")

    def __getitem__(self, kind: str) -> Declaration:
        """The declaration of that name; the others are not looked at."""
        if kind not in self._known:
            if kind not in self._tables.values:
                raise KeyError(kind)
            self._known[kind] = self._one(kind, _section(self._tables, kind))
        return self._known[kind]

    def __contains__(self, kind: object) -> bool:
        """Whether there is one of that name, right or not."""
        return kind in self._tables.values

    def __iter__(self) -> Iterator[str]:
        """The names, in the order of the file."""
        return iter(self._tables.values)

    def __len__(self) -> int:
        """How many there are."""
        return len(self._tables.values)


def _refused(table: Reader, kind: str, reason: str, hint: str = "") -> DamageError:
    """The refusal of a whole register, with the line on which it begins."""
    message = _("{path}:{line}: {key}: {reason}").format(
        path=table.file.path.as_posix(), line=table.lines.start, key=f"registers.{kind}", reason=reason
    )
    return DamageError(message, hint or _("mend it with: ledger config --edit"))


def _section(tables: Reader, kind: str) -> Reader:
    """The table of one register, with the lines from its first heading to the heading of something else."""
    values = tables.take(kind, dict, {})
    own = re.compile(rf"\s*\[\[?\s*registers\s*\.\s*[\"']?{re.escape(kind)}[\"']?\s*[.\]]")
    lines = tables.file.lines
    start = next((n for n, line in enumerate(lines, 1) if own.match(line)), tables.line_of(kind))
    later = (n for n in range(start + 1, len(lines) + 1) if re.match(r"\s*\[", lines[n - 1]))
    stop = next((n for n in later if not own.match(lines[n - 1])), len(lines) + 1)
    return Reader(values, tables.file, f"registers.{kind}.", range(start, stop))


def declaration(kind: str, table: Reader, *, place: str = "") -> Declaration:
    """One register as its table declares it.

    Raises:
        DamageError: something in it is not right; file and line are named.
    """
    only(table, _KEYS)
    fields = {DATE: DeclaredField(DATE, _DATE_LABEL, FieldType.DATE, required=True)}
    rows = table.tables("fields")
    for row in rows:
        each = field(row)
        if each.name in fields and each.name != DATE:
            raise row.wrong("name", _("there is a field {name} already").format(name=each.name))
        fields[each.name] = each._replace(required=True) if each.name == DATE else each
        _own_words(row, each, fields)
    if len(fields) == 1:
        raise table.wrong("fields", _("a register needs at least one field besides its date"))
    for row in rows:
        for name in words(row, "per"):
            known(row, "per", name, fields)
    figures = [figure(row, fields) for row in table.tables("figures")]
    for row, each_figure in zip(table.tables("figures"), figures, strict=True):
        if sum(each_figure.name == other.name for other in figures) > 1:
            raise row.wrong("name", _("there is a figure {name} already").format(name=each_figure.name))
    columns = words(table, "columns")
    for name in columns:
        known(table, "columns", name, fields)
    return Declaration(
        kind=kind,
        label=label(table, "label", kind),
        about=label(table, "about", ""),
        fields=MappingProxyType(fields),
        figures=tuple(figures),
        columns=columns or _short(fields),
        place=place,
        by_word=words_of(fields),
    )


def _own_words(row: Reader, field: DeclaredField, fields: Mapping[str, DeclaredField]) -> None:
    """Refuse a word that means another field: a column of that name could be either."""
    others = words_of({name: each for name, each in fields.items() if name != field.name})
    for word in field.words:
        if word.casefold() in others:
            taken = others[word.casefold()]
            raise row.wrong(
                "label", _("the field {name} is called {word} already").format(name=taken, word=word)
            )


def _short(fields: Mapping[str, DeclaredField]) -> tuple[str, ...]:
    return tuple(name for name, each in fields.items() if each.type is not FieldType.TEXT)[:_SHOWN]
