"""Periods by their names: weeks, months, quarters, half-years, years."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.domain.cadence import Cadence, Period, is_name, period_named, period_of
from ledger.errors import UsageError

TODAY = dt.date(2025, 5, 6)


@pytest.mark.parametrize(
    ("words", "name", "first", "last"),
    [
        ("2025-Q1", "2025-Q1", (2025, 1, 1), (2025, 3, 31)),
        ("2025q2", "2025-Q2", (2025, 4, 1), (2025, 6, 30)),
        ("2025年第一季度", "2025-Q1", (2025, 1, 1), (2025, 3, 31)),
        ("四季度", "2025-Q4", (2025, 10, 1), (2025, 12, 31)),
        ("2024-H2", "2024-H2", (2024, 7, 1), (2024, 12, 31)),
        ("上半年", "2025-H1", (2025, 1, 1), (2025, 6, 30)),
        ("2024-02", "2024-02", (2024, 2, 1), (2024, 2, 29)),
        ("2025年12月", "2025-12", (2025, 12, 1), (2025, 12, 31)),
        ("3月", "2025-03", (2025, 3, 1), (2025, 3, 31)),
        ("2025-W23", "2025-W23", (2025, 6, 2), (2025, 6, 8)),
        ("2025年第一周", "2025-W01", (2024, 12, 30), (2025, 1, 5)),
        ("2026-W53", "2026-W53", (2026, 12, 28), (2027, 1, 3)),
        ("2025", "2025", (2025, 1, 1), (2025, 12, 31)),
        ("今年", "2025", (2025, 1, 1), (2025, 12, 31)),
    ],
)
def test_a_period_by_its_name(words, name, first, last):
    """Short names and those of documents mean the same days; one without a year is of this year."""
    period = period_named(words, today=TODAY)
    assert (period.name, period.first, period.last) == (name, dt.date(*first), dt.date(*last))


@pytest.mark.parametrize(
    "words",
    ["", "x", "06", "2025-13", "2025-00", "2025-Q5", "2025-Q0", "2025-H3", "2025-W53", "2025-W00", "2025-06-30",
     "2025-", "0999", "定期", "2025-Q1" * 20],
)  # fmt: skip
def test_what_is_no_period(words):
    """A number that the year does not have is refused as any other word is, with the forms there are."""
    with pytest.raises(UsageError) as error:
        period_named(words, today=TODAY)
    assert "2025-Q1" in error.value.hint


@pytest.mark.parametrize(
    ("words", "its"), [("2025-Q1", True), ("2025Q1", False), ("Q1", False), ("x", False)]
)
def test_the_one_name_of_a_period(words, its):
    """Records keep periods by one name alone."""
    assert is_name(words) is its


@pytest.mark.parametrize(("length", "fits"), [(40, True), (41, False)])
def test_no_name_is_long(length, fits):
    """Longer than 40 characters it is no name."""
    words = "2025-Q1".ljust(length)
    if fits:
        assert period_named(words).name == "2025-Q1"
    else:
        with pytest.raises(UsageError):
            period_named(words)


def test_without_a_day_a_year_is_needed():
    """Where nobody says which year it is, none is made up."""
    with pytest.raises(UsageError):
        period_named("Q1")


@given(st.sampled_from(Cadence), st.dates(dt.date(1000, 1, 10), dt.date(2999, 12, 1)))
def test_periods_cover_every_day_once(cadence, day):
    """A day lies in one period of a cadence; the next begins the day after it ends; names lead back."""
    period = period_of(cadence, day)
    assert period.first <= day <= period.last
    assert period.next.first == period.last + dt.timedelta(days=1)
    assert period.next.before == period
    assert period_named(period.name) == period


@pytest.mark.parametrize("cadence", Cadence)
def test_the_edges_of_the_calendar(cadence):
    """The first and the last period there is have days; beyond them there is none."""
    assert period_of(cadence, dt.date.min).first == dt.date.min
    last = period_of(cadence, dt.date.max)
    assert last.last == dt.date.max
    with pytest.raises(UsageError):
        assert last.next
    with pytest.raises(UsageError):
        assert Period(cadence, dt.date.min).before
