"""Amounts of money: kept as decimal text in 元, read and shown in the unit a book declares; never a float."""

from __future__ import annotations

import re
from decimal import Decimal
from gettext import gettext as _
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from ledger.domain.numerals import CHINESE, SCALES, whole
from ledger.domain.text import excerpt, halfwidth
from ledger.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping

#: What one of each unit is in 元, as a power of ten; and the words a declaration may name it by.
UNITS: Final[Mapping[str, int]] = MappingProxyType({"yuan": 0, "wan": 4, "yi": 8})
UNIT_WORDS: Final[Mapping[str, str]] = MappingProxyType({"元": "yuan", "万元": "wan", "亿元": "yi"})
#: The most digits an amount has before and behind its point: a fen is the least there is.
_MOST, _LEAST = 18, 2

_AMOUNT = re.compile(
    r"(?:人民币|[¥￥])?(?P<number>[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?)"
    r"(?P<scale>百万|千万|万亿|[百千万亿])?(?P<yuan>元)?整?"
)
_SPELLED = re.compile(rf"(?:人民币)?(?P<number>[{CHINESE}]+)元整?")
_KEPT = re.compile(r"(?:0|[1-9][0-9]*)(?:\.[0-9]{0,1}[1-9])?")


def amount(words: str, unit: str = "yuan") -> str:
    """An amount somebody typed, as it is kept.

    Shape: `101510万元` is `1015100000`; a bare number is in `unit`, one with 元, 万元, 亿元 or 万 says it
        itself; commas may stand between thousands.

    Raises:
        UsageError: it is no amount, or has more digits than money has.
    """
    typed = "".join(halfwidth(words).split())
    if spelled := _SPELLED.fullmatch(typed):
        value = whole(spelled["number"])
        if value is not None:
            return _kept(Decimal(value), words)
    found = _AMOUNT.fullmatch(typed)
    if found is None or len(typed) > 2 * _MOST:
        message = _('"{words}" is not an amount of money').format(words=excerpt(words))
        raise UsageError(message, _("write it as 120000, 120,000元 or 12万元"))
    number = Decimal(found["number"].replace(",", ""))
    if found["scale"] or found["yuan"]:
        return _kept(number * SCALES[found["scale"] or ""], words)
    return _kept(number.scaleb(UNITS[unit]), words)


def _kept(value: Decimal, words: str) -> str:
    text = f"{value:f}"
    before, _point, behind = text.partition(".")
    behind = behind.rstrip("0")
    if len(before) > _MOST or len(behind) > _LEAST:
        message = _('"{words}" has more digits than money has').format(words=excerpt(words))
        raise UsageError(message, _("a fen is the least there is: 0.01元"))
    return f"{before}.{behind}" if behind else before


def is_kept(value: object) -> bool:
    """Whether a value is an amount as it is kept."""
    return isinstance(value, str) and _KEPT.fullmatch(value) is not None


def in_unit(kept: str, unit: str) -> Decimal:
    """A kept amount as a number of its unit, exact and without needless zeros."""
    return Decimal(shown(kept, unit))


def shown(kept: str, unit: str) -> str:
    """A kept amount as digits in its unit: `1015100000` in 万元 is `101510`."""
    text = f"{Decimal(kept).scaleb(-UNITS[unit]):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def total(kept: tuple[str, ...] | list[str]) -> str:
    """The sum of kept amounts, as an amount is kept."""
    text = f"{sum(map(Decimal, kept), Decimal(0)):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
