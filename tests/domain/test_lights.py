"""Which light shows, for every status and around every threshold."""

from __future__ import annotations

import datetime as dt

import pytest

from ledger.domain.lights import days_late, light
from ledger.domain.moves import Status
from ledger.domain.settings import LIGHTS, Light


@pytest.mark.parametrize(
    ("days", "shown"),
    [(None, None), (-400, "green"), (-8, "green"), (-7, "yellow"), (0, "yellow"), (1, "red"), (999, "red")],
)
def test_the_first_threshold_reached_shows(days, shown):
    """Green while there is time, yellow from a week before, red from the day after; nothing without a date."""
    assert light(days, Status.ACTIVE, LIGHTS) == shown


@pytest.mark.parametrize("status", list(Status))
@pytest.mark.parametrize("days", [-3, 0, 5])
def test_what_is_finished_shows_none_and_long_term_work_only_when_late(status, days):
    """Closed and void never show a light; long-term shows one once its review is late."""
    unlit = status in (Status.CLOSED, Status.VOID) or (status is Status.LONGTERM and days <= 0)
    assert light(days, status, LIGHTS) == (None if unlit else "red" if days > 0 else "yellow")


def test_a_status_may_be_given_as_stored():
    """A status read from an index is text."""
    assert [light(5, "closed", LIGHTS), light(-5, "longterm", LIGHTS), light(5, "active", LIGHTS)] == [
        None,
        None,
        "red",
    ]


def test_below_the_last_threshold_nothing_shows():
    """An office may give lights for what is late alone, or none at all."""
    only = (Light("purple", 30), Light("red", 1))
    assert [light(days, "active", only) for days in (0, 1, 29, 30)] == [None, "red", "red", "purple"]
    assert light(5, "active", ()) is None


def test_days_count_from_the_day_after():
    """On its day a deadline is 0 days late, the next day 1; days before are negative."""
    due = dt.date(2025, 6, 30)
    days = [days_late(due, dt.date(2025, 7, 1)), days_late(due, due), days_late(due, dt.date(2025, 6, 23))]
    assert (days, days_late(None, due)) == ([1, 0, -7], None)
