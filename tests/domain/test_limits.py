"""Lengths of time: from a day to the last day that is in time."""

from __future__ import annotations

import datetime as dt

import pytest

from ledger.domain.limits import Limit, parse_limit
from ledger.errors import RefusedError, UsageError


def weekday(day: dt.date) -> bool:
    return day.weekday() < 5


FRIDAY = dt.date(2026, 1, 30)
ENDS = {
    Limit(1, "day"): "2026-01-31",
    Limit(1, "workday"): "2026-02-02",
    Limit(5, "workday"): "2026-02-06",
    Limit(1, "month"): "2026-02-28",
    Limit(13, "month"): "2027-02-28",
}


@pytest.mark.parametrize(("limit", "expected"), ENDS.items())
def test_the_day_it_runs_from_is_not_counted(limit: Limit, expected: str) -> None:
    """Days, working days and months count from the day after; a month without the day ends with its last."""
    assert limit.end(FRIDAY, weekday).isoformat() == expected


TYPED = {
    "7": Limit(7, "day"),
    "7d": Limit(7, "day"),
    "７天": Limit(7, "day"),
    "30日内": Limit(30, "day"),
    "15wd": Limit(15, "workday"),
    "15 个工作日": Limit(15, "workday"),
    "10工作日内": Limit(10, "workday"),
    "3m": Limit(3, "month"),
    "3个月": Limit(3, "month"),
}


@pytest.mark.parametrize(("words", "expected"), TYPED.items())
def test_a_limit_is_read_as_typed_and_as_printed(words: str, expected: Limit) -> None:
    """A bare number is days; width and blanks do not matter."""
    assert parse_limit(words) == expected


@pytest.mark.parametrize("words", ["", "0", "0wd", "-3", "3月", "wd", "1.5", "soon", "99999", "十天"])
def test_anything_else_is_refused(words: str) -> None:
    """3月 is March, nothing is no limit, and none is guessed."""
    with pytest.raises(UsageError) as caught:
        parse_limit(words)
    assert caught.value.hint == "write 7 or 7d for days, 15wd for working days, 3m for months"


def test_a_limit_says_what_it_is() -> None:
    """One day and several days, working days, months."""
    said = [Limit(n, unit).words() for n in (1, 3) for unit in ("day", "workday", "month")]
    assert said == ["1 day", "1 working day", "1 month", "3 days", "3 working days", "3 months"]


def test_working_days_of_an_unknown_year_are_refused() -> None:
    """The refusal of the calendar goes through; days and months need none."""

    def unknown(day: dt.date) -> bool:
        raise RefusedError(str(day))

    assert Limit(3, "day").end(FRIDAY, unknown) == dt.date(2026, 2, 2)
    with pytest.raises(RefusedError):
        Limit(3, "workday").end(FRIDAY, unknown)
