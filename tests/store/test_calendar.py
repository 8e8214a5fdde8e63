"""The public calendar, and what an office says besides it."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys

import pytest

from ledger.domain.workdays import FEWEST_OFF, OfficeDays, add_workdays, count_workdays, window_end
from ledger.errors import RefusedError
from ledger.store.calendar import first_day, is_workday, known_years, workdays_of

#: Days off by holiday, first and last, and weekend days worked in lieu, written out by hand.
#: Source: 国务院办公厅关于2025年部分节假日安排的通知 (2024-11-12), 关于2026年部分节假日安排的通知 (2025-11-04).
OFF = {
    2025: (
        ("01-01", "01-01"),  # 元旦
        ("01-28", "02-04"),  # 春节
        ("04-04", "04-06"),  # 清明节
        ("05-01", "05-05"),  # 劳动节
        ("05-31", "06-02"),  # 端午节
        ("10-01", "10-08"),  # 国庆节、中秋节
    ),
    2026: (
        ("01-01", "01-03"),
        ("02-15", "02-23"),
        ("04-04", "04-06"),
        ("05-01", "05-05"),
        ("06-19", "06-21"),
        ("09-25", "09-27"),  # 中秋节
        ("10-01", "10-07"),
    ),
}
WORKED = {
    2025: ("01-26", "02-08", "04-27", "09-28", "10-11"),
    2026: ("01-04", "02-14", "02-28", "05-09", "09-20", "10-10"),
}


def days_of(year: int) -> list[dt.date]:
    """Every day of a year."""
    first = dt.date(year, 1, 1)
    return [first + dt.timedelta(days=n) for n in range((dt.date(year + 1, 1, 1) - first).days)]


def off(year: int) -> set[dt.date]:
    """The days off of the holidays of a year, by hand."""
    found = set()
    for first, last in OFF[year]:
        found |= {day for day in days_of(year) if f"{year}-{first}" <= day.isoformat() <= f"{year}-{last}"}
    return found


def worked(year: int) -> set[dt.date]:
    """The weekend days worked of a year, by hand."""
    return {dt.date.fromisoformat(f"{year}-{day}") for day in WORKED[year]}


@pytest.mark.parametrize("year", sorted(OFF))
def test_every_day_of_the_year_is_as_the_notice_has_it(year: int) -> None:
    """Holidays are off, weekends in lieu are worked, and every other day goes by the week: 365 days by hand."""
    expected = {
        day: day in worked(year) or (day.weekday() < 5 and day not in off(year)) for day in days_of(year)
    }
    assert {day: is_workday(day) for day in days_of(year)} == expected
    assert all(day.weekday() >= 5 for day in worked(year))


@pytest.mark.parametrize("year", sorted(OFF))
def test_a_year_has_the_days_off_the_law_gives(year: int) -> None:
    """Each of the thirteen days gives a day off between Monday and Friday, less what is worked in lieu."""
    weekdays = [day for day in off(year) if day.weekday() < 5]
    assert len(weekdays) - len(worked(year)) == FEWEST_OFF


#: First and last day, and how many working days, counted by hand on a printed calendar.
COUNTS = {
    ("2026-01-08", "2026-01-28"): 15,
    ("2025-09-29", "2025-10-14"): 7,
    ("2025-10-01", "2025-10-08"): 0,
    ("2025-10-11", "2025-10-11"): 1,
    ("2026-01-01", "2026-01-31"): 21,
    ("2026-02-14", "2026-02-28"): 6,
    ("2025-12-31", "2026-01-05"): 3,
}


@pytest.mark.parametrize(("window", "expected"), COUNTS.items())
def test_windows_have_the_working_days_of_the_calendar(window: tuple[str, str], expected: int) -> None:
    """Holidays are free and weekends worked in lieu are not: both ends counted by hand."""
    first, last = map(dt.date.fromisoformat, window)
    assert expected == count_workdays(first, last, workdays_of())


def test_a_publication_window_ends_where_the_notice_says() -> None:
    """公开期限 of 15 working days from 8 January 2026 ends on the 28th; 7 over the autumn holidays on 14 October."""
    assert window_end(dt.date(2026, 1, 8), 15, workdays_of()) == dt.date(2026, 1, 28)
    assert window_end(dt.date(2025, 9, 29), 7, workdays_of()) == dt.date(2025, 10, 14)


def test_a_reply_is_due_so_many_working_days_after_the_letter() -> None:
    """The day of the letter is not counted, holidays are not, a Saturday worked in lieu is."""
    assert add_workdays(dt.date(2025, 9, 28), 5, workdays_of()) == dt.date(2025, 10, 11)
    assert add_workdays(dt.date(2025, 9, 30), 1, workdays_of()) == dt.date(2025, 10, 9)


def test_the_offices_own_days_win() -> None:
    """An office may close on a working day or work on a Sunday."""
    monday, sunday = dt.date(2026, 1, 12), dt.date(2026, 1, 11)
    assert (is_workday(monday), is_workday(sunday)) == (True, False)
    own = OfficeDays({monday: False, sunday: True})
    assert (is_workday(monday, own), is_workday(sunday, own)) == (False, True)


@pytest.mark.parametrize("year", [2003, 2099])
def test_an_unknown_year_is_refused_with_the_way_out(year: int) -> None:
    """Monday to Friday would be a guess: holidays are announced year by year."""
    first, last = known_years()
    assert not first <= year <= last
    with pytest.raises(RefusedError) as caught:
        is_workday(dt.date(year, 6, 1), OfficeDays({dt.date(2026, 1, 1): False}))
    assert caught.value.message == f"the working days of {year} are not known; those of {first} to {last} are"
    assert caught.value.hint == (
        "once they are announced, write them into workdays.toml beside ledgers/: "
        f"whole = [{year}], then each day off as {year}-01-01 = false and each worked weekend day as = true"
    )


def test_one_stray_day_makes_no_year_known() -> None:
    """A day the office closes says nothing about the rest of the year; that day alone is known."""
    own = OfficeDays({dt.date(2099, 6, 1): False})
    assert is_workday(dt.date(2099, 6, 1), own) is False
    with pytest.raises(RefusedError):
        is_workday(dt.date(2099, 6, 2), own)


def test_a_year_given_whole_is_known() -> None:
    """Its holidays and worked weekends are listed; the other days go by the week, those of the next year do not."""
    own = OfficeDays({dt.date(2099, 10, 1): False, dt.date(2099, 10, 10): True}, frozenset({2099}))
    days = [dt.date(2099, 10, day) for day in (1, 2, 3, 4, 10)]
    assert [is_workday(day, own) for day in days] == [False, True, False, False, True]
    with pytest.raises(RefusedError):
        is_workday(dt.date(2100, 10, 1), own)


def test_the_public_calendar_knows_every_year_between_its_first_and_its_last() -> None:
    """So that what is said of the known years is true; the years the trade needs now are among them."""
    first, last = known_years()
    assert (first, last) == (2004, 2026)
    for year in range(first, last + 1):
        is_workday(dt.date(year, 7, 1))


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
