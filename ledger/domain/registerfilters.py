"""Conditions on the records of a register: `type=推进会`, `on>=2025-03-01`, `unit.group=市州`, or words."""

from __future__ import annotations

import datetime as dt
import operator
import re
from decimal import Decimal
from gettext import gettext as _
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeAlias

from ledger.domain import declaredvalues
from ledger.domain.declaration import DATE, GROUP, FieldType
from ledger.domain.text import excerpt, fold, halfwidth, one_line
from ledger.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from ledger.domain.declaration import Declaration, DeclaredField
    from ledger.domain.entered import Entered

_WORD: Final = re.compile(r"(?P<name>[^\W\d][\w.]*)\s*(?P<op><=|>=|:|=|<|>)(?P<value>.*)", re.DOTALL)
_ORDERED: Final[Mapping[str, Callable[[Any, Any], bool]]] = MappingProxyType(
    {"<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge}
)
_HAVE_ORDER: Final = (FieldType.DATE, FieldType.NUMBER, FieldType.MONEY, FieldType.SERIAL)
#: Types in which a word is looked for anywhere; in all others it has to be the whole value.
_SEARCHED: Final = (FieldType.TEXT, FieldType.LINE, FieldType.LIST)
#: Stands for a field where any will do.
_ANYWHERE: Final = ""

#: Gives every name that somebody, or a unit, is found by.
Names: TypeAlias = "Callable[[str], Iterable[str]]"


class Asked(NamedTuple):
    """One thing a record must be.

    Shape: `op` "=" means any one of `values`; with `group` the group of the unit in the field counts. Without
        a field the values are words to find in any text.
    """

    field: str
    op: str
    values: tuple[Any, ...]
    type: FieldType = FieldType.TEXT
    group: bool = False


def asked(
    declaration: Declaration, words: Sequence[str], *, today: dt.date, names: Names
) -> tuple[Asked, ...]:
    """What somebody asked for, one condition a word, in their order.

    Shape: `names` gives every name a unit or a person is found by.

    Raises:
        UsageError: there is no such field or code, or a value is none of its kind.
        RejectedInputError: a value holds what no stored text holds.
    """
    return tuple(_asked(declaration, one_line(word), today, names) for word in words if word.strip())


def _asked(declaration: Declaration, word: str, today: dt.date, names: Names) -> Asked:
    found = _WORD.fullmatch(halfwidth(word))
    if found is None:
        return Asked(_ANYWHERE, "has", (word,))
    name = found["name"]
    group = name.endswith(GROUP)
    field = declaration.named(name.removesuffix(GROUP))
    if field is None or (group and field.type is not FieldType.UNIT):
        raise unknown_field(declaration, name)
    mark = "=" if found["op"] == ":" else found["op"]
    if mark != "=" and (group or field.type not in _HAVE_ORDER):
        message = _("{name} has no order, so {mark} says nothing about it").format(name=name, mark=mark)
        raise UsageError(message, _("write {name}=VALUE").format(name=name))
    values = word[found.start("value") :]
    parts = [values] if mark != "=" or field.type is FieldType.MONEY else re.split("[,，、]", values)
    given = [part.strip() for part in parts if part.strip()]
    if not given:
        message = _("nothing stands after {name}").format(name=excerpt(word[: found.start("value")]))
        raise UsageError(message, _("write for instance {name}=VALUE").format(name=name))
    if group:
        return Asked(field.name, mark, tuple(given), field.type, group=True)
    read = tuple(value for each in given for value in _values(field, each, today, names))
    return Asked(field.name, mark, read, field.type)


def _values(field: DeclaredField, words: str, today: dt.date, names: Names) -> Iterator[object]:
    if field.type in _SEARCHED or field.type is FieldType.LINK:
        yield words
    elif field.type in (FieldType.UNIT, FieldType.PERSON):
        yield from names(words)
    else:
        value = declaredvalues.read(field, words, today=today)
        if field.type is FieldType.DATE and isinstance(value, str):
            yield dt.date.fromisoformat(value)
        else:
            yield Decimal(str(value)) if field.type is FieldType.MONEY else value


def unknown_field(declaration: Declaration, name: str) -> UsageError:
    """The refusal of a field the register does not have, with what it has."""
    from difflib import get_close_matches

    known = dict.fromkeys(word for each in declaration.fields.values() for word in each.words)
    near = get_close_matches(name, known, n=3)
    message = _("{register} has no field {name}").format(register=declaration.kind, name=excerpt(name))
    if near:
        return UsageError(message, _("did you mean {names}?").format(names=", ".join(near)))
    return UsageError(message, _("there are: {names}").format(names=_names(declaration)))


def _names(declaration: Declaration) -> str:
    return ", ".join(each.known_as for each in declaration.fields.values())


def meets(record: Entered, conditions: Sequence[Asked], group_of: Callable[[str], str]) -> bool:
    """Whether a record meets every condition; `group_of` gives the group of a unit."""
    return all(_meets(record, each, group_of) for each in conditions)


def _meets(record: Entered, condition: Asked, group_of: Callable[[str], str]) -> bool:
    if condition.field == _ANYWHERE:
        return any(_occurs(condition.values, value) for value in record.values.values())
    value: object = record.values.get(condition.field)
    if condition.group:
        return group_of(str(value or "")) in condition.values
    if condition.type is FieldType.DATE or condition.field == DATE:
        value = record.day(condition.field)
    if value is None:
        return condition.type is FieldType.FLAG and False in condition.values
    if condition.type in _SEARCHED:
        return _occurs(condition.values, value)
    if condition.type is FieldType.LINK:
        return isinstance(value, list) and any(each in value for each in condition.values)
    if condition.type is FieldType.MONEY:
        value = Decimal(str(value))
    if condition.op == "=":
        return value in condition.values
    return _ORDERED[condition.op](value, condition.values[0])


def _occurs(wanted: Sequence[object], value: object) -> bool:
    texts = value if isinstance(value, list) else [value]
    folded = [fold(each) for each in texts if isinstance(each, str)]
    return any(fold(str(word)) in text for word in wanted for text in folded)
