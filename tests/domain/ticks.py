"""What tests of ticking off share: a measure that comes round, one with a roster, and how they are read."""

from __future__ import annotations

import datetime as dt

import pytest

from ledger.domain.acts import planning, ticking
from ledger.domain.cadence import period_named
from ledger.domain.issue import issue_of
from ledger.domain.replay import replay
from ledger.domain.schema import ISSUE
from ledger.errors import NotFoundError, RefusedError, UsageError
from tests.domain.desk import SIMPLE, Desk, opened

TOWNS = ["柳河镇", "桐岭镇", "白沙镇"]
Q1, Q2, Q3 = (period_named(f"2025-Q{number}") for number in (1, 2, 3))


def day(month: int, number: int) -> dt.date:
    """A day of 2025."""
    return dt.date(2025, month, number)


def quarterly(words: str = "quarterly from 2025-Q1 to 2025-Q4", chain=SIMPLE, **fields) -> Desk:
    """An issue with a measure that comes round each quarter."""
    desk = opened(chain, **fields)
    desk.do(planning.edit, desk.key(1), {"recurrence": words})
    return desk


def rostered(chain=SIMPLE) -> Desk:
    """An issue with a measure that has to reach three towns."""
    desk = opened(chain)
    desk.do(ticking.set_names, desk.key(1), TOWNS)
    return desk


def measure(desk: Desk, as_of: dt.date | None = None):
    """The first measure as it is read."""
    return issue_of(replay(ISSUE, desk.entries, as_of=as_of)).measures[0]


def refused(function, *arguments, **named) -> tuple[str, str]:
    """Message and hint of what is refused."""
    with pytest.raises((RefusedError, UsageError, NotFoundError)) as error:
        function(*arguments, **named)
    return error.value.message, error.value.hint
