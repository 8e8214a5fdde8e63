"""Counting working days from a given calendar."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.domain.workdays import add_workdays, count_workdays, window_end
from ledger.errors import UsageError

FRIDAY = dt.date(2026, 1, 9)
_DAYS = st.dates(dt.date(2020, 1, 1), dt.date(2030, 1, 1))


def weekday(day: dt.date) -> bool:
    return day.weekday() < 5


ADDED = {0: 9, 1: 12, 5: 16, 6: 19, -1: 8, -5: 2}


@pytest.mark.parametrize(("n", "expected"), ADDED.items())
def test_the_first_day_is_not_counted(n: int, expected: int) -> None:
    """A period begins on the day after the event it counts from."""
    assert dt.date(2026, 1, expected) == add_workdays(FRIDAY, n, weekday)


def test_a_window_counts_its_first_day() -> None:
    """Fifteen working days of publication from Thursday 8 January end on the 28th."""
    assert dt.date(2026, 1, 28) == window_end(dt.date(2026, 1, 8), 15, weekday)


@given(_DAYS, st.integers(1, 60))
def test_adding_and_counting_agree(start: dt.date, n: int) -> None:
    """So many working days later there are n working days after the start."""
    end = add_workdays(start, n, weekday)
    assert n == count_workdays(start + dt.timedelta(days=1), end, weekday)
    assert weekday(end)


@given(_DAYS, st.integers(1, 60))
def test_counting_back_is_the_way_back(start: dt.date, n: int) -> None:
    """From a working day there and back is where one began."""
    first = add_workdays(start, 1, weekday)
    assert first == add_workdays(add_workdays(first, n, weekday), -n, weekday)


def test_a_window_that_ends_before_it_begins_is_empty() -> None:
    """Nothing is counted backwards."""
    assert count_workdays(FRIDAY, FRIDAY - dt.timedelta(days=1), weekday) == 0
    assert count_workdays(FRIDAY, FRIDAY, weekday) == 1


def test_the_calendar_ends() -> None:
    """A calendar without working days ends in a message, not in a crash."""
    with pytest.raises(UsageError):
        add_workdays(dt.date(9999, 12, 1), 1, lambda _day: False)
