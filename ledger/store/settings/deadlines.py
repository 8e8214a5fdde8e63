"""``[deadlines]`` in the settings: dates that follow from a rule where nobody gives one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger.domain.defaults import Defaults
from ledger.store.settings.limits import limit

if TYPE_CHECKING:
    from ledger.store.settings.reader import Reader


def defaults(table: Reader) -> Defaults:
    """The rules, each under its name with _days, _workdays or _months: immediate_days = 30.

    Raises:
        DamageError: a limit is no whole number from 1 on, or is given twice.
    """
    return Defaults(*(limit(table, name) for name in Defaults._fields))
