"""What was there and what happened make what is there: of any histories, between any two days."""

from __future__ import annotations

import datetime as dt
import random
from collections import Counter

import pytest

from ledger.domain import rates
from ledger.domain.changes import changes
from ledger.domain.course import OWN
from ledger.domain.issue import issue_of
from ledger.domain.moves import Status
from ledger.domain.replay import replay
from ledger.domain.schema import ISSUE
from ledger.domain.spells import spells
from tests.properties.test_spells import DAY, happened

SEEDS = range(60)


@pytest.fixture(scope="module")
def desks():
    """Sixty issues to which anything happened."""
    return [happened(seed)[0] for seed in SEEDS]


def between(desks, first, last):
    """What changed in a ledger of these issues."""
    return changes(((desk.state.fields["uid"], spells(ISSUE, desk.entries)) for desk in desks), first, last)


def as_of(desks, day):
    """The counts of a day, by replaying every history as of it."""
    states = [replay(ISSUE, desk.entries, as_of=day) for desk in desks]
    return rates.tally([issue_of(each) for each in states if "uid" in each.fields], day)


def windows(seed, count):
    """Stretches of days somewhere in the year."""
    source = random.Random(seed)
    for _turn in range(count):
        first = dt.date(2025, 2, 20) + DAY * source.randrange(150)
        yield first, first + DAY * source.choice((0, 6, 29, 90))


@pytest.mark.parametrize("seed", range(4))
def test_opening_balance_and_changes_make_the_closing_balance(desks, seed):
    """Of each status, of all that counts and of what is late; both ends as replays of all histories count them."""
    for first, last in windows(seed, 12):
        found = between(desks, first, last)
        before, after = as_of(desks, first - DAY), as_of(desks, last)
        assert (found.opening, found.closing) == (before, after)
        for side, opening, closing in (
            (found.issues, before.issues, after.issues),
            (found.measures, before.measures, after.measures),
        ):
            for status in rates.COUNTED:
                moved = len(side.inflow(status)) - len(side.outflow(status))
                assert opening.by_status[status] + moved == closing.by_status[status]
            assert opening.total + len(side.inflow(None)) - len(side.outflow(None)) == closing.total
            turned = sum(1 if each.late else -1 for each in side.turns)
            assert opening.overdue + turned == closing.overdue


def test_days_make_months(desks):
    """The events of ninety days are those of the days one by one: none is lost between two periods."""
    first = dt.date(2025, 3, 1)
    whole = between(desks, first, first + DAY * 89)
    days = [between(desks, first + DAY * n, first + DAY * n) for n in range(90)]
    for name in ("moves", "turns", "shifts"):
        for side in ("issues", "measures"):
            parts = Counter(each for day in days for each in getattr(getattr(day, side), name))
            assert parts == Counter(getattr(getattr(whole, side), name)), (name, side)


def test_events_are_counted_in_the_histories():
    """Reopenings, and what went long-term or reached its interim goal, counted from entries of that kind."""
    kept = [happened(seed, calm=True)[0] for seed in SEEDS]
    first, last = dt.date(2025, 1, 1), dt.date(2026, 12, 31)
    side = between(kept, first, last).measures
    acts = Counter()
    for desk in kept:
        acts.update(each.do for each in desk.entries if each.target)
    assert len(side.reopened) == acts["reopen"]
    assert len(side.inflow(Status.LONGTERM)) == acts["longterm"]
    assert len(side.inflow(Status.INTERIM)) == acts["interim"]
    assert acts["reopen"] and acts["longterm"] and acts["interim"]


def test_a_deadline_moves_by_being_extended(desks):
    """The first date set moves nothing; each shift is an extension of that day, to that date."""
    shifts = between(desks, dt.date(2025, 1, 1), dt.date(2026, 12, 31)).measures.shifts
    extended = {
        (each.target or OWN, each.on)
        for desk in desks
        for each in desk.entries
        if each.do == "extend" and "request" not in each.data
    }
    of_issue = {each.on for desk in desks for each in desk.entries if each.do == "extend" and not each.target}
    assert shifts
    assert all((each.uid, each.on) in extended or each.on in of_issue for each in shifts)
