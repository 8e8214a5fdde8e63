"""Days and moments as they are typed."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.domain.dates import day_of, months_after, parse_date, parse_instant
from ledger.errors import RefusedError, UsageError

TODAY = dt.date(2025, 6, 30)
LOCAL = dt.timezone(dt.timedelta(hours=8))


def weekday(day: dt.date) -> bool:
    return day.weekday() < 5


DATES = {
    "2025-06-30": "2025-06-30",
    "2025-6-3": "2025-06-03",
    "2025/6/30": "2025-06-30",
    "2025.6.30": "2025-06-30",
    "2025年6月30日": "2025-06-30",
    "2025 年 6 月 30 号": "2025-06-30",
    "２０２５－０６－３０": "2025-06-30",
    "2024-02-29": "2024-02-29",
    "6月3日": "2025-06-03",
    "06-03": "2025-06-03",
    "6/3": "2025-06-03",
    "today": "2025-06-30",
    "Today": "2025-06-30",
    "今天": "2025-06-30",
    "yesterday": "2025-06-29",
    "昨天": "2025-06-29",
    "tomorrow": "2025-07-01",
    "明天": "2025-07-01",
    "+7d": "2025-07-07",
    "+0d": "2025-06-30",
    "-1d": "2025-06-29",
    "＋7d": "2025-07-07",
    "+5wd": "2025-07-07",
    "-1wd": "2025-06-27",
}  # fmt: skip


@pytest.mark.parametrize(("words", "expected"), DATES.items())
def test_a_typed_date_is_that_day(words: str, expected: str) -> None:
    """ISO and Chinese forms mean the same day; a missing year is this year."""
    assert expected == parse_date(words, today=TODAY, is_workday=weekday).isoformat()


NOT_DATES = [
    "", "soon", "2025", "2025-06", "2025-06/30", "20250630", "2025-W27-1", "30.6.2025", "+7", "7d", "+7m",
    "+9999999d", "²025-06-30", "٢٠٢٥-06-30", "2025-06-30T12:00", "6月底", "x" * 10_000, "\udc80",
]  # fmt: skip


@pytest.mark.parametrize("words", NOT_DATES, ids=range(len(NOT_DATES)))
def test_anything_else_is_no_date(words: str) -> None:
    """What cannot be read is never guessed; the message names it, shortened."""
    with pytest.raises(UsageError) as caught:
        parse_date(words, today=TODAY, is_workday=weekday)
    assert "is not a date" in caught.value.message
    assert len(caught.value.message) < 80


IMPOSSIBLE = {
    "2025-02-30": ("the date 2025-02-30 does not exist", "2025-02 has the days 1-28"),
    "2月29日": ("the date 2025-02-29 does not exist", "2025-02 has the days 1-28"),
    "2024-02-30": ("the date 2024-02-30 does not exist", "2024-02 has the days 1-29"),
    "6月31日": ("the date 2025-06-31 does not exist", "2025-06 has the days 1-30"),
    "2025-06-00": ("the date 2025-06-00 does not exist", "2025-06 has the days 1-30"),
    "2025-13-01": ("the date 2025-13-01 does not exist", "a year has the months 1-12"),
    "0000-01-01": ("the date 0000-01-01 does not exist", "years run from 0001 to 9999"),
}  # fmt: skip


@pytest.mark.parametrize(("words", "expected"), IMPOSSIBLE.items())
def test_a_date_that_does_not_exist_is_named(words: str, expected: tuple[str, str]) -> None:
    """The way out is in the message: which days or months there are."""
    with pytest.raises(UsageError) as caught:
        parse_date(words, today=TODAY)
    assert expected == (caught.value.message, caught.value.hint)


@pytest.mark.parametrize("words", ["6月30日", "06-30", "today", "+7d", "+5wd"])
def test_without_a_today_only_full_dates_are_read(words: str) -> None:
    """No date is counted from a day nobody gave."""
    with pytest.raises(UsageError):
        parse_date(words, today=None, is_workday=weekday)


def test_working_days_need_a_calendar() -> None:
    """Working days are never guessed from the week alone."""

    def unknown(day: dt.date) -> bool:
        raise RefusedError(str(day.year))

    with pytest.raises(UsageError):
        parse_date("+5wd", today=TODAY)
    with pytest.raises(RefusedError):
        parse_date("+5wd", today=TODAY, is_workday=unknown)


@given(st.dates())
def test_a_printed_date_can_be_typed_again(day: dt.date) -> None:
    """ISO, as every screen prints it, and the Chinese form of documents."""
    assert day == parse_date(day.isoformat(), today=None)
    assert day == parse_date(f"{day.year:04}年{day.month}月{day.day}日", today=None)


def test_days_beyond_the_calendar_are_refused() -> None:
    """An overflow is a message too."""
    for words in ("+1d", "+1wd"):
        with pytest.raises(UsageError) as caught:
            parse_date(words, today=dt.date.max, is_workday=weekday)
        assert caught.value.message == "that day lies beyond the calendar"


MONTHS = {
    ("2025-02-17", 3): "2025-05-17",
    ("2025-01-31", 1): "2025-02-28",
    ("2023-12-31", 2): "2024-02-29",
    ("2025-11-30", 3): "2026-02-28",
    ("2025-05-31", 0): "2025-05-31",
    ("2025-12-01", 12): "2026-12-01",
}  # fmt: skip


@pytest.mark.parametrize(("start", "expected"), MONTHS.items())
def test_months_end_on_the_same_day_or_the_last(start: tuple[str, int], expected: str) -> None:
    """A month has no 31st: then its last day stands for it."""
    assert expected == months_after(dt.date.fromisoformat(start[0]), start[1]).isoformat()


def test_months_beyond_the_calendar_are_refused() -> None:
    """An overflow is a message too."""
    with pytest.raises(UsageError):
        months_after(dt.date(9999, 12, 1), 1)


def test_a_day_is_made_of_its_numbers() -> None:
    """The one place where a date is put together."""
    assert dt.date(2025, 6, 30) == day_of(2025, 6, 30)


INSTANTS = {
    "2025-06-30": "2025-06-30T23:59:59+08:00",
    "2025年6月30日": "2025-06-30T23:59:59+08:00",
    "yesterday": "2025-06-29T23:59:59+08:00",
    "2025-06-30T12:00": "2025-06-30T12:00:00+08:00",
    "2025-06-30 9:05": "2025-06-30T09:05:00+08:00",
    "2025-06-30 09:05:07.123": "2025-06-30T09:05:07+08:00",
    "2025-06-30T12:00:00Z": "2025-06-30T12:00:00+00:00",
    "2025-06-30t12:00:00z": "2025-06-30T12:00:00+00:00",
    "2025-06-30T12:00:00+0530": "2025-06-30T12:00:00+05:30",
    "2025-06-30T12:00:00-03:00": "2025-06-30T12:00:00-03:00",
    "today 18：30": "2025-06-30T18:30:00+08:00",
    "2025年6月30日 12:00": "2025-06-30T12:00:00+08:00",
}  # fmt: skip


@pytest.mark.parametrize(("words", "expected"), INSTANTS.items())
def test_a_typed_moment_is_that_moment(words: str, expected: str) -> None:
    """A day alone means all that was known when it ended; no offset means the local one."""
    assert expected == parse_instant(words, local=LOCAL, today=TODAY).isoformat()


NOT_INSTANTS = [
    "", "12:00", "2025-06-30T", "2025-06-30T24:00", "2025-06-30T12:60", "2025-06-30T12:00:60", "2025-02-30T12:00",
    "2025-06-30T12", "9f2c41ab", "HEAD", "2025-06-30T12:00+99:00", "a" + " " * 100_000 + "b",
]  # fmt: skip


@pytest.mark.timeout(5)
@pytest.mark.parametrize("words", NOT_INSTANTS, ids=range(len(NOT_INSTANTS)))
def test_anything_else_is_no_moment(words: str) -> None:
    """A commit, an hour alone, a minute that does not exist: refused, not guessed."""
    with pytest.raises(UsageError):
        parse_instant(words, local=LOCAL, today=TODAY)


@given(st.datetimes(timezones=st.just(LOCAL)))
def test_a_recorded_time_can_be_typed_again(moment: dt.datetime) -> None:
    """`at` as the history prints it, to the second with its offset."""
    expected = moment.replace(microsecond=0)
    assert expected == parse_instant(expected.isoformat(), local=dt.UTC)
