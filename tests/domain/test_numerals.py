"""Chinese numerals are read in one place."""

from __future__ import annotations

import pytest

from ledger.domain import numerals
from ledger.intake import marks
from ledger.intake.formats.numberforms import chinese


@pytest.mark.parametrize("thousands", range(10))
def test_what_is_written_is_read(thousands):
    """Every number that lists print in characters is read back, and by the marks where they count so far."""
    for value in range(max(1, 1000 * thousands), 1000 * (thousands + 1)):
        written = chinese(value)
        assert numerals.whole(written) == value
        assert marks.number(written) == (value if value < 1000 else None)


@pytest.mark.parametrize(
    ("word", "value"), [("两百", 200), ("三百二", 320), ("九万九千九百九十九", 99_999), ("一万零五", 10_005)]
)
def test_as_people_write(word, value):
    """两 for 二, the short form of the last place, a gap, and 万."""
    assert numerals.whole(word) == value


@pytest.mark.parametrize(("word", "printed"), [("二〇二五", "2025"), ("二○二五", "2025"), ("〇五", "05")])
def test_digit_by_digit(word, printed):
    """A year has a digit for each character; a nought in front stays."""
    assert numerals.digits(word) == printed


@pytest.mark.parametrize("word", ["", "十x", "abc", "三点五"])
def test_what_is_no_numeral(word):
    """Anything else has no value."""
    assert numerals.whole(word) is None
    assert numerals.digits(word) is None
