"""The public calendar, and what a ledger says besides it."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
from functools import partial

import pytest

from ledger.domain.workdays import count_workdays
from ledger.errors import RefusedError
from ledger.store.calendar import first_day, is_workday

COUNTS = {
    ("2026-01-08", "2026-01-28"): 15,
    ("2025-09-29", "2025-10-14"): 7,
    ("2025-10-01", "2025-10-08"): 0,
    ("2025-10-11", "2025-10-11"): 1,
    ("2026-01-01", "2026-01-31"): 21,
}  # fmt: skip


@pytest.mark.parametrize(("window", "expected"), COUNTS.items())
def test_windows_have_the_working_days_of_the_calendar(window: tuple[str, str], expected: int) -> None:
    """Holidays are free and weekends worked in lieu are not: both ends counted by hand."""
    first, last = map(dt.date.fromisoformat, window)
    assert expected == count_workdays(first, last, partial(is_workday, overrides={}))


def test_the_ledgers_own_days_win() -> None:
    """An office may close on a working day or work on a Sunday."""
    monday, sunday = dt.date(2026, 1, 12), dt.date(2026, 1, 11)
    assert (is_workday(monday, {}), is_workday(sunday, {})) == (True, False)
    overrides = {monday: False, sunday: True}
    assert (is_workday(monday, overrides), is_workday(sunday, overrides)) == (False, True)


@pytest.mark.parametrize("year", [2003, 2099])
def test_an_unknown_year_is_refused_with_the_way_out(year: int) -> None:
    """Monday to Friday would be a guess: holidays are announced year by year."""
    with pytest.raises(RefusedError) as caught:
        is_workday(dt.date(year, 6, 1), {dt.date(2026, 1, 1): False})
    assert caught.value.message == f"the working days of {year} are not known"
    assert caught.value.hint == (
        f"list the holidays and worked weekends of {year} under [workdays] in ledger.toml"
    )


def test_a_year_the_ledger_supplies_is_known() -> None:
    """Its holidays and worked weekends are listed; the other days go by the week."""
    overrides = {dt.date(2099, 10, 1): False, dt.date(2099, 10, 10): True}
    days = [dt.date(2099, 10, day) for day in (1, 2, 3, 4, 10)]
    assert [is_workday(day, overrides) for day in days] == [False, True, False, False, True]


def test_the_calendar_is_loaded_only_when_asked() -> None:
    """Most commands never count a working day and must not wait for its tables."""
    code = "import sys, ledger.store.calendar; print('chinese_calendar' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603
    assert done.stdout.strip() == "False"


@pytest.mark.parametrize(
    ("holiday", "year", "expected"),
    [
        ("spring-festival", 2025, dt.date(2025, 1, 28)),
        ("tomb-sweeping", 2025, dt.date(2025, 4, 4)),
        ("dragon-boat", 2025, dt.date(2025, 5, 31)),
        ("mid-autumn", 2024, dt.date(2024, 9, 15)),
        ("spring-festival", 2090, None),
    ],
)
def test_a_holiday_that_moves_begins_on_its_first_day_off(
    holiday: str, year: int, expected: dt.date | None
) -> None:
    """春节前 means before the days off begin; a year nobody has announced has none."""
    assert expected == first_day(holiday, year)
