"""A stretch of time as somebody asks for it."""

from __future__ import annotations

import datetime as dt

import pytest

from ledger.domain.stretch import ALWAYS, stretch
from ledger.errors import UsageError

TODAY = dt.date(2025, 7, 1)


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("2025", "2025-01-01", "2025-12-31"),
        ("2025-Q2", "2025-04-01", "2025-06-30"),
        ("2025年上半年", "2025-01-01", "2025-06-30"),
        ("第一季度", "2025-01-01", "2025-03-31"),
        ("2025-02", "2025-02-01", "2025-02-28"),
        ("2025-03-01..2025-03-31", "2025-03-01", "2025-03-31"),
        ("2025-03-01..", "2025-03-01", None),
        ("..3月5日", None, "2025-03-05"),
    ],
)
def test_its_ends(words, first, last):
    """Both ends count; one of them may be open."""
    found = stretch(words, today=TODAY)
    assert (found.first and str(found.first), found.last and str(found.last)) == (first, last)
    for day in (found.first, found.last):
        assert day is None or found.holds(day)
    if found.last:
        assert not found.holds(found.last + dt.timedelta(days=1))
    if found.first:
        assert not found.holds(found.first - dt.timedelta(days=1))


def test_what_has_no_date_lies_in_no_stretch_but_in_always():
    """Nothing falls into a period by not saying when it was."""
    assert (ALWAYS.holds(None), stretch("2025", today=TODAY).holds(None)) == (True, False)
    assert stretch(" ", today=TODAY) is ALWAYS


@pytest.mark.parametrize("words", ["x", "2025-13", "2025-02-30..", "2025-03-02..2025-03-01", "2025-Q5"])
def test_what_is_no_stretch_is_refused(words):
    """With a hint on how to write one."""
    with pytest.raises(UsageError) as caught:
        stretch(words, today=TODAY)
    assert caught.value.hint
