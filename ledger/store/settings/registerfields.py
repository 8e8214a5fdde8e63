"""The fields that a declaration of a register names, as typed values."""

from __future__ import annotations

from gettext import gettext as _
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from ledger.domain import amounts
from ledger.domain.declaration import DATE, GROUP, RESERVED, DeclaredField, FieldType, Label
from ledger.domain.schema import DECLARED_NAME
from ledger.domain.text import fold

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ledger.store.settings.reader import Reader

_KEYS: Final = ("name", "label", "type", "required", "codes", "unit", "per", "default")
#: What fields that every record may have can be, whatever the register.
_KNOWN: Final[Mapping[str, tuple[FieldType, ...]]] = MappingProxyType(
    {
        DATE: (FieldType.DATE,),
        "title": (FieldType.LINE, FieldType.UNIT, FieldType.PERSON),
        "unit": (FieldType.UNIT, FieldType.LINE),
        "text": (FieldType.TEXT,),
        "remark": (FieldType.TEXT,),
    }
)


def field(row: Reader) -> DeclaredField:
    """One field of a register.

    Raises:
        DamageError: something about it is not right; file and line are named.
    """
    only(row, _KEYS)
    name = row.take("name", str, "")
    if name in RESERVED:
        raise row.wrong("name", _("the name {name} is taken").format(name=name))
    if not DECLARED_NAME.fullmatch(name):
        raise row.wrong("name", _('a short ASCII name such as "topic" is expected'))
    kind = FieldType(row.one_of("type", tuple(FieldType), "date" if name == DATE else "line"))
    if kind not in _KNOWN.get(name, (kind,)):
        types = ", ".join(_KNOWN[name])
        raise row.wrong("type", _("a field of this name is of the type {types}").format(types=types))
    codes = _codes(row)
    if bool(codes) is not (kind is FieldType.CODE):
        raise row.wrong("codes", _("a field of the type code has codes, and no other has"))
    if "per" in row.values and kind is not FieldType.SERIAL:
        raise row.wrong("per", _("only a serial is numbered apart for other fields"))
    default = row.take("default", str, "")
    if kind is FieldType.CODE and default and default not in codes:
        raise row.wrong("default", _("it is none of the codes"))
    return DeclaredField(
        name=name,
        label=label(row, "label", name),
        type=kind,
        required=row.take("required", bool, False),
        codes=codes,
        unit=_unit(row, kind),
        per=words(row, "per"),
        default=default,
    )


def _unit(row: Reader, kind: FieldType) -> str:
    word = row.take("unit", str, "yuan")
    unit = amounts.UNIT_WORDS.get(word, word)
    if unit not in amounts.UNITS or ("unit" in row.values and kind is not FieldType.MONEY):
        raise row.wrong("unit", _("only money has a unit: 元, 万元 or 亿元"))
    return unit


def _codes(row: Reader) -> Mapping[str, Label]:
    """The vocabulary of a field: codes with their words, or words that stand for themselves."""
    found = _vocabulary(row)
    means: dict[str, str] = {}
    for code, each in found.items():
        for word in dict.fromkeys(fold(word) for word in (code, *each.words)):
            if means.setdefault(word, code) != code:
                raise row.wrong("codes", _("two codes are called {word}").format(word=word))
    return found


def _vocabulary(row: Reader) -> Mapping[str, Label]:
    given = row.values.get("codes", {})
    if isinstance(given, list):
        return MappingProxyType({each: Label(each, each) for each in words(row, "codes")})
    if not isinstance(given, dict):
        raise row.wrong("codes", _("a list of words is expected, or a table of codes with their words"))
    table = row.table("codes")
    return MappingProxyType({code: label(table, code, code) for code in given})


def only(table: Reader, keys: Sequence[str]) -> None:
    """Refuse keys that nobody knows: a slip would else be a rule that silently does not count."""
    for key in table.values:
        if key not in keys:
            raise table.wrong(key, _("this key is not known; there are: {keys}").format(keys=", ".join(keys)))


def words(table: Reader, key: str) -> tuple[str, ...]:
    """A list of words, each once; one word alone is a list of one."""
    given = table.values.get(key, [])
    found = (given,) if isinstance(given, str) else table.words(key)
    if not all(each.strip() for each in found):
        raise table.wrong(key, _("a list of words is expected"))
    return tuple(dict.fromkeys(found))


def label(table: Reader, key: str, default: str) -> Label:
    """What something is called: in both languages, or in one that stands for both."""
    value = table.values.get(key, default)
    if isinstance(value, str):
        return Label(value, value)
    if isinstance(value, dict) and value and set(value) <= {"zh", "en"}:
        zh, en = value.get("zh", ""), value.get("en", "")
        if isinstance(zh, str) and isinstance(en, str):
            return Label(zh, en)
    raise table.wrong(key, _("a text is expected, or a table with zh and en"))


def known(row: Reader, key: str, name: str, fields: Mapping[str, DeclaredField]) -> DeclaredField:
    """The field that is named under a key; with `.group` behind its name, the group of its units is meant.

    Raises:
        DamageError: there is none; file and line are named.
    """
    found = fields.get(name.removesuffix(GROUP))
    if found is None or (name.endswith(GROUP) and found.type is not FieldType.UNIT):
        raise row.wrong(key, _("there is no field {name}").format(name=name))
    return found
