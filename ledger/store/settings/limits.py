"""Lengths of time in the settings: within_days = 5, within_workdays = 15, within_months = 3."""

from __future__ import annotations

from gettext import gettext as _
from typing import TYPE_CHECKING

from ledger.domain.limits import UNITS, Limit

if TYPE_CHECKING:
    from ledger.store.settings.reader import Reader

#: No limit is longer. Units: days, working days or months. Source: long-term plans run for five years.
_LONGEST = 3660


def limit(row: Reader, name: str = "within") -> Limit | None:
    """The limit of that name in a row, under one of the keys `name`_days, `name`_workdays and `name`_months.

    Raises:
        DamageError: it is no whole number from 1 on, or two of the keys are given.
    """
    given = {unit: row.whole(f"{name}_{unit}s") for unit in UNITS}
    found = [Limit(number, unit) for unit, number in given.items() if number is not None]
    if not found:
        return None
    key = f"{name}_{found[-1].unit}s"
    if len(found) > 1:
        raise row.wrong(key, _("only one of {keys} is expected").format(keys=_keys(name)))
    if not 1 <= found[0].number <= _LONGEST:
        raise row.wrong(key, _("a whole number from 1 to {most} is expected").format(most=_LONGEST))
    return found[0]


def _keys(name: str) -> str:
    return ", ".join(f"{name}_{unit}s" for unit in UNITS)
