"""What an office says of its working days: ``workdays.toml`` for all ledgers, ``[workdays]`` in one."""

from __future__ import annotations

import datetime as dt
from gettext import gettext as _
from typing import TYPE_CHECKING

from ledger.domain.workdays import FEWEST_OFF, NO_OFFICE_DAYS, OfficeDays
from ledger.store import files
from ledger.store.settings.reader import File, Reader
from ledger.store.toml import LARGEST_BYTES, read_toml

if TYPE_CHECKING:
    from pathlib import Path

#: The file of a workspace that holds for all of its ledgers.
FILE = "workdays.toml"
_WHOLE = "whole"
#: From this year on `FEWEST_OFF` holds. Source: as there.
_SINCE = 2025


def shared(path: Path) -> OfficeDays:
    """What a workspace's file says; nothing where there is none.

    Raises:
        DamageError: the file is not TOML, or a value is not what it should be; file and line are named.
    """
    try:
        data = files.read(path, limit=LARGEST_BYTES)
    except FileNotFoundError:
        return NO_OFFICE_DAYS
    return office_days(Reader(read_toml(data, path=path), File(path, data.decode().splitlines())))


def office_days(table: Reader) -> OfficeDays:
    """What one table says: days with true (people work) or false (they do not), and the years given whole.

    Raises:
        DamageError: a key is no date, or a year that is given whole lacks holidays.
    """
    days = {}
    for key in table.values:
        if key == _WHOLE:
            continue
        try:
            day = dt.date.fromisoformat(key)
        except ValueError:
            raise table.wrong(key, _("a date such as 2027-02-08 is expected")) from None
        days[day] = table.take(key, bool, False)
    found = OfficeDays(days, frozenset(_whole(table)))
    for year in sorted(found.whole):
        _complete(found, year, table)
    return found


def joined(first: OfficeDays, second: OfficeDays) -> OfficeDays:
    """What both say together; where they differ the second counts."""
    return OfficeDays({**first.days, **second.days}, first.whole | second.whole)


def _whole(table: Reader) -> list[int]:
    years = table.take(_WHOLE, list, [])
    if not all(type(year) is int and dt.MINYEAR <= year <= dt.MAXYEAR for year in years):
        raise table.wrong(_WHOLE, _("a list of years such as [2027] is expected"))
    return years


def _complete(found: OfficeDays, year: int, table: Reader) -> None:
    """A year that is said to be whole has its holidays: otherwise the rest of it would be guessed."""
    count = found.days_off(year)
    if year >= _SINCE and count < FEWEST_OFF:
        message = _("{year} has {count} days off from Monday to Friday; a whole year has at least {least}")
        raise table.wrong(_WHOLE, message.format(year=year, count=count, least=FEWEST_OFF))
