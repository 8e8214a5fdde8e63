"""What comes round again: how it is typed and kept, which periods are open, which were missed."""

from __future__ import annotations

import datetime as dt

import pytest

from ledger.domain.cadence import Cadence, period_named
from ledger.domain.recurrence import (
    cadence_in,
    earliest_open,
    is_recurrence,
    missed,
    recurrence_of,
    typed_recurrence,
    upcoming,
)
from ledger.errors import UsageError

SINCE = dt.date(2025, 5, 6)


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        ("quarter", "quarterly from 2025-Q2"),
        ("Every Month", "monthly from 2025-05"),
        ("weekly", "weekly from 2025-W19"),
        ("half-year", "half-yearly from 2025-H1"),
        ("每年", "yearly from 2025"),
        ("一季一调度", "quarterly from 2025-Q2"),
        ("每三个月", "quarterly from 2025-Q2"),
        ("每季度至少一次", "quarterly from 2025-Q2"),
        ("每年年中、年底", "half-yearly from 2025-H1"),
        ("quarter from 2025-Q3 to 2026-Q4", "quarterly from 2025-Q3 to 2026-Q4"),
        ("quarter from 2025-07-15 until 2026", "quarterly from 2025-Q3 to 2026-Q4"),
        ("每半年 自2025年下半年 至2027年", "half-yearly from 2025-H2 to 2027-H2"),
        ("每月从6月起", "monthly from 2025-06"),
        ("每周到2025年6月", "weekly from 2025-W19 to 2025-W27"),
        ("quarter from 2026 to 2026", "quarterly from 2026-Q1 to 2026-Q4"),
        ("month to 2025-05", "monthly from 2025-05 to 2025-05"),
    ],
)
def test_how_often_as_people_say_it(words, kept):
    """The words of the command line and of plans; it begins with the period it is entered in."""
    recurrence = typed_recurrence(words, since=SINCE)
    assert str(recurrence) == kept
    assert recurrence_of(kept) == recurrence


@pytest.mark.parametrize(
    "words",
    ["", "定期", "不定期", "every 2 months", "每两个月", "季度", "from 2025-Q2", "quarter from x", "quarter to 0000",
     "quarter from 2026-Q1 to 2025-Q4", "quarter" * 40],
)  # fmt: skip
def test_what_says_no_recurrence(words):
    """What is not counted, is not understood, or ends before it begins is refused."""
    with pytest.raises(UsageError):
        typed_recurrence(words, since=SINCE)


@pytest.mark.parametrize(
    "value",
    ["quarterly", "Quarterly from 2025-Q1", "quarterly from 2025Q1", "quarterly from 2025-06", "daily from 2025",
     "quarterly from 2025-Q2 to 2025-Q1", "quarterly from 2025-Q1 to 2026", "quarterly from 2025-Q1 ", "", 4, None],
)  # fmt: skip
def test_a_record_keeps_one_form(value):
    """Anything but the one form is none, so that a hand edit cannot bring in another."""
    assert not is_recurrence(value)


@pytest.mark.parametrize(
    ("phrase", "cadence"),
    [
        ("每季度，长期坚持", Cadence.QUARTERLY),
        ("每年年中、年底各一次", Cadence.HALF_YEARLY),
        ("按月通报", Cadence.MONTHLY),
        ("定期开展", None),
        ("每日巡查", None),
        ("2025年6月底前", None),
        ("每月" + "。" * 198, Cadence.MONTHLY),
        ("每月" + "。" * 199, None),
    ],
)
def test_how_often_a_phrase_says(phrase, cadence):
    """Phrases of plans give a cadence where one is counted, and none where it is not."""
    assert cadence_in(phrase) is cadence


def test_the_open_and_the_missed():
    """A period is missed from the day after its end; what is recorded is neither open nor missed."""
    year = recurrence_of("quarterly from 2025-Q1 to 2025-Q4")

    def names(recorded: set[str], day: tuple[int, int, int]) -> list[str]:
        return [each.name for each in missed(year, recorded, dt.date(*day))]

    assert names(set(), (2025, 3, 31)) == []
    assert names(set(), (2025, 4, 1)) == ["2025-Q1"]
    assert names({"2025-Q2"}, (2026, 5, 1)) == ["2025-Q1", "2025-Q3", "2025-Q4"]
    assert earliest_open(year, {"2025-Q1", "2025-Q3"}) == period_named("2025-Q2")
    assert earliest_open(year, {f"2025-Q{n}" for n in (1, 2, 3, 4)}) is None
    assert earliest_open(recurrence_of("yearly from 2025"), {"2025", "2026"}) == period_named("2027")


def test_what_it_expects():
    """Periods of its cadence, from its first to its last."""
    year = recurrence_of("quarterly from 2025-Q2 to 2026-Q1")
    expected = ("2025-Q2", "2026-Q1", "2025-Q1", "2026-Q2", "2025-05", "2025-H1")
    assert [year.expects(period_named(name)) for name in expected] == [True, True, False, False, False, False]


def test_what_is_left_from_a_day_on():
    """It goes on with the period of that day, never before it began; after its end nothing is left."""
    year = recurrence_of("quarterly from 2025-Q2 to 2026-Q1")
    left = [year.since(dt.date(*day)) for day in ((2025, 1, 1), (2025, 8, 1), (2026, 4, 1))]
    assert list(map(str, left)) == [
        "quarterly from 2025-Q2 to 2026-Q1",
        "quarterly from 2025-Q3 to 2026-Q1",
        "None",
    ]


def test_what_comes_next():
    """The first period that has not passed and is not recorded, ahead of those that were missed."""
    year = recurrence_of("quarterly from 2025-Q2 to 2026-Q1")
    q3 = dt.date(2025, 7, 1)
    assert upcoming(year, set(), q3) == period_named("2025-Q3")
    assert upcoming(year, {"2025-Q3", "2025-Q4"}, q3) == period_named("2026-Q1")
    assert upcoming(year, {"2025-Q3", "2025-Q4", "2026-Q1"}, q3) is None
    assert upcoming(year, set(), dt.date(2026, 4, 1)) is None


@pytest.mark.parametrize("length", [200, 201])
def test_nobody_says_how_often_at_length(length):
    """Longer than 200 characters it is something else."""
    words = "quarter".ljust(length)
    if length == 200:
        assert typed_recurrence(words, since=SINCE)
    else:
        with pytest.raises(UsageError):
            typed_recurrence(words, since=SINCE)
