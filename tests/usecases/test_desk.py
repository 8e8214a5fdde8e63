"""The monthly status from the index is the monthly status from the records."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from ledger.domain.cadence import Span
from ledger.domain.changes import changes
from ledger.domain.settings import LIGHTS
from ledger.reports.standing import standing_of
from ledger.store import index, spellbook
from ledger.usecases import reading
from ledger.usecases.changing import at_its_end
from ledger.usecases.desk import desk
from ledger.usecases.sight import Sight
from tests import town


@pytest.fixture
def book(run):
    town.start(run)
    run.ok("add", "Alone and late", "--unit", "Post", "--due", "2025-06-01", now="2025-05-02T09:00:00+08:00")
    run.ok("add", "Alone and ahead", "--due", "2025-07-20", now="2025-06-02T09:00:00+08:00")
    run.ok("note", "5", "-t", "asked", now="2025-06-03T09:00:00+08:00")
    run.ok("reopen", "1.1", "--why", "copied", now="2025-06-20T09:00:00+08:00")
    run.ok("close", "1.1", "--result", "rewritten", now="2025-06-25T09:00:00+08:00")
    run.ok("note", "5", "-t", "asked again", now="2025-06-26T09:00:00+08:00")
    run.ok("undo", "--yes", now="2025-06-26T10:00:00+08:00")
    return reading.open_book(Path.cwd())


DAYS = [dt.date(2025, 5, 31), dt.date(2025, 6, 4), dt.date(2025, 6, 20), dt.date(2025, 6, 30)]


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_the_index_says_what_the_records_say(book, day):
    """Counts, lists with their order and notes, months ahead, lights: all alike, on any day."""
    span = Span("month", day.replace(day=1), day)
    sight = Sight(book, day, as_of=day)
    found, _history, heads = desk(sight, span)
    issues = reading.issues_of(book, as_of=day)
    assert found == standing_of(issues, span, LIGHTS)
    assert sorted(heads) == sorted((each.uid, each.head, each.entries, each.plan) for each in issues)


@pytest.mark.parametrize("first", ["2025-05-01", "2025-06-01", "2025-06-11", "2025-06-30"])
def test_the_changes_of_a_few_are_those_of_all(book, first):
    """Looking at what changed or fell late alone gives the figures and events of the whole ledger."""
    last = dt.date(2025, 6, 30)
    span = Span("some days", dt.date.fromisoformat(first), last)
    _standing, history, _heads = desk(Sight(book, last), span)
    whole = index.ask(book, lambda asked: list(spellbook.between(asked, span.first, last)))
    expected = changes(whole, span.first, last)
    assert history.changes.opening == expected.opening
    assert history.changes.closing == expected.closing
    for mine, theirs in (
        (history.changes.issues, expected.issues),
        (history.changes.measures, expected.measures),
    ):
        assert sorted(mine.moves) == sorted(theirs.moves)
        assert sorted(mine.turns) == sorted(theirs.turns)
        assert sorted(mine.shifts) == sorted(theirs.shifts)


def test_open_issues_at_the_ends_of_months(book):
    """The line of open issues says of each month's end what a status as of that day counts."""
    _standing, history, _heads = desk(
        Sight(book, dt.date(2025, 6, 30)), Span("2025-06", dt.date(2025, 6, 1), dt.date(2025, 6, 30))
    )
    assert [day.isoformat() for day, _count in history.open_on[-3:]] == [
        "2025-04-30",
        "2025-05-31",
        "2025-06-30",
    ]
    for day, count in history.open_on:
        issues = reading.issues_of(book, as_of=day)
        assert count == sum(each.status not in ("closed", "void") for each in issues)


def test_a_period_that_is_over_is_seen_as_it_ended(book):
    """A month before the day looked at moves the look to its last day."""
    sight, span = at_its_end(Sight(book, dt.date(2025, 6, 30)), "2025-05")
    assert (sight.day, sight.as_of, span.last) == (dt.date(2025, 5, 31),) * 3
    sight, span = at_its_end(Sight(book, dt.date(2025, 6, 10)), "month")
    assert (sight.day, sight.as_of, span.last) == (dt.date(2025, 6, 10), None, dt.date(2025, 6, 10))
