"""The look-back in the settings: what a sample must show, which marks call for a look, when one is due."""

from __future__ import annotations

from gettext import gettext as _
from typing import TYPE_CHECKING

from ledger.domain.settings import LookBack

if TYPE_CHECKING:
    from ledger.store.settings.reader import Reader

#: No look-back lies further off. Units: months.
_LONGEST = 120


def lookback(top: Reader) -> LookBack:
    """The table ``[lookback]``: rate, confidence, flags, interval_months, risk_months.

    Raises:
        DamageError: a share is none, or a number of months is not from 1 to 120.
    """
    row, usual = top.table("lookback"), LookBack()
    interval = _months(row, "interval_months")
    return LookBack(
        rate=_share(row, "rate", usual.rate),
        confidence=_share(row, "confidence", usual.confidence),
        flags=row.words("flags") if "flags" in row.values else usual.flags,
        interval_months=interval,
        risk_months=_months(row, "risk_months") or interval,
    )


def _share(row: Reader, key: str, usual: str) -> str:
    text = row.take(key, str, usual)
    if text == usual:
        return usual
    from ledger.domain.sampling import per_cent, share  # only an office with its own needs fractions

    value = share(text)
    if value is None:
        raise row.wrong(key, _('a share such as "10%" is expected'))
    return per_cent(value)


def _months(row: Reader, key: str) -> int | None:
    months = row.whole(key)
    if months is not None and not 1 <= months <= _LONGEST:
        raise row.wrong(key, _("a whole number from 1 to {most} is expected").format(most=_LONGEST))
    return months
