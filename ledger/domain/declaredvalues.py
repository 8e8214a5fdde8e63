"""Values of declared fields: as people type them, as records keep them, and whether one fits."""

from __future__ import annotations

import datetime as dt
import re
from gettext import gettext as _
from typing import TYPE_CHECKING, Final, TypeAlias

from ledger.domain import amounts
from ledger.domain.dates import parse_date
from ledger.domain.declaration import DATE, FieldType
from ledger.domain.text import clean, excerpt, fold, halfwidth, one_line
from ledger.errors import RejectedInputError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ledger.domain.declaration import DeclaredField

#: What a record keeps of a declared field: dates as ISO text, money in 元, links as uids.
Kept: TypeAlias = str | int | bool | list[str] | dt.date

YES: Final = frozenset({"yes", "true", "1", "y", "是", "√", "✓"})
NO: Final = frozenset({"no", "false", "0", "n", "否", "×"})
#: What stands between the members of a list that came as one text.
_BETWEEN: Final = re.compile(r"[,，、;；\n]+")
_WHOLE: Final = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+")
_ZEROS: Final = re.compile(r"\.0+$")
_SERIAL: Final = re.compile(r"第?([0-9]+)[期号]?")
#: The largest number a field holds.
MOST: Final = 999_999_999_999
#: The largest number something in a series has.
MOST_SERIAL: Final = 9_999


def read(field: DeclaredField, words: str, *, today: dt.date) -> Kept | None:
    """What somebody typed into a field, as a record keeps it; None for nothing.

    Shape: of a link the ids as typed, of a unit or a person the name as typed: whoever has the ledger at
        hand looks them up.

    Raises:
        UsageError: it is no such value, or the code is not in the vocabulary.
        RejectedInputError: a text holds what no text may hold.
    """
    if not words.strip():
        return None
    if field.type is FieldType.CODE:
        return _code(field, words)
    if field.type is FieldType.MONEY:
        return amounts.amount(one_line(words), field.unit)
    if field.type is FieldType.DATE:
        day = parse_date(words, today=today)
        return day if field.name == DATE else day.isoformat()
    return _READ[field.type](words)


def _number(words: str) -> int:
    typed = _ZEROS.sub("", "".join(halfwidth(words).split()))
    if _WHOLE.fullmatch(typed) and len(typed) <= 2 * len(str(MOST)):
        number = int(typed.replace(",", ""))
        if number <= MOST:
            return number
    message = _('"{words}" is not a whole number').format(words=excerpt(words))
    raise UsageError(message, _("write it in digits, such as 12"))


def _serial(words: str) -> int:
    found = _SERIAL.fullmatch(_ZEROS.sub("", "".join(halfwidth(words).split())))
    if found and 1 <= int(found[1][:9]) <= MOST_SERIAL:
        return int(found[1])
    message = _('"{words}" is not a number in a series').format(words=excerpt(words))
    raise UsageError(message, _("write 12 or 第12期"))


def _flag(words: str) -> bool:
    typed = fold(words)
    if typed in YES or typed in NO:
        return typed in YES
    message = _('"{words}" is neither yes nor no').format(words=excerpt(words))
    raise UsageError(message, _("write yes or no"))


def _list(words: str) -> list[str]:
    return list(dict.fromkeys(one_line(each) for each in _BETWEEN.split(clean(words)) if each.strip()))


_READ: Final[Mapping[FieldType, Callable[[str], Kept]]] = {
    FieldType.TEXT: clean,
    FieldType.LINE: one_line,
    FieldType.UNIT: one_line,
    FieldType.PERSON: one_line,
    FieldType.NUMBER: _number,
    FieldType.SERIAL: _serial,
    FieldType.FLAG: _flag,
    FieldType.LIST: _list,
    FieldType.LINK: _list,
}


def _code(field: DeclaredField, words: str) -> str:
    """The code somebody means by itself or by its word in either language."""
    typed = fold(words)
    for code, label in field.codes.items():
        if typed in {fold(each) for each in (code, *label.words)}:
            return code
    message = _("{text} is not in the vocabulary").format(text=excerpt(one_line(words)))
    known = ", ".join(dict.fromkeys(f"{code} {label.zh}".strip() for code, label in field.codes.items()))
    raise UsageError(message, _("there are: {codes}").format(codes=known))


def misfit(field: DeclaredField, kept: object) -> bool:
    """Whether a record keeps in a field what it cannot hold as it is declared now."""
    if kept is None:
        return False
    return not _FITS[field.type](field, kept)


def _is_text(_field: DeclaredField, kept: object) -> bool:
    return isinstance(kept, str)


def _is_line(_field: DeclaredField, kept: object) -> bool:
    return isinstance(kept, str) and "\n" not in kept


def _is_date(_field: DeclaredField, kept: object) -> bool:
    if isinstance(kept, dt.date):
        return True
    try:
        return isinstance(kept, str) and dt.date.fromisoformat(kept).isoformat() == kept
    except ValueError:
        return False


def _is_number(_field: DeclaredField, kept: object) -> bool:
    return type(kept) is int and 0 <= kept <= MOST


def _is_list(_field: DeclaredField, kept: object) -> bool:
    return isinstance(kept, list) and all(isinstance(each, str) for each in kept)


_FITS: Final[Mapping[FieldType, Callable[[DeclaredField, object], bool]]] = {
    FieldType.TEXT: _is_text,
    FieldType.LINE: _is_line,
    FieldType.UNIT: _is_line,
    FieldType.PERSON: _is_line,
    FieldType.DATE: _is_date,
    FieldType.NUMBER: _is_number,
    FieldType.SERIAL: lambda _field, kept: type(kept) is int and 1 <= kept <= MOST_SERIAL,
    FieldType.MONEY: lambda _field, kept: amounts.is_kept(kept),
    FieldType.FLAG: lambda _field, kept: isinstance(kept, bool),
    FieldType.CODE: lambda field, kept: isinstance(kept, str) and kept in field.codes,
    FieldType.LIST: _is_list,
    FieldType.LINK: _is_list,
}


def refused_as(
    error: UsageError | RejectedInputError, field: DeclaredField
) -> UsageError | RejectedInputError:
    """The refusal of a value, with the name of its field before it."""
    message = _("{field}: {reason}").format(field=field.known_as, reason=error.message)
    return type(error)(message, error.hint)
