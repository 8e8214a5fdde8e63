"""Which light showed on days before: asked of the index, the same as looking at that day."""

from __future__ import annotations

import datetime as dt
import json

import pytest

from ledger.domain.lights import month_ends
from ledger.store import index
from ledger.store.book import Book
from ledger.store.workspace import find
from ledger.usecases.shining import lights_at, times_shown
from ledger.usecases.sight import Sight

NOW = "2025-07-15T09:00:00+08:00"


@pytest.fixture
def sight(run):
    """Two issues: one is sent back and extended, the other falls late and is closed."""
    run.ok("init", "2025", "--lights", "monthly")
    run.ok("add", "Papers are late", "-m", "Write", "-m", "Read", "--due", "2025-05-10")
    run.ok("add", "Pipes leak", "--due", "2025-04-20")
    run.ok("done", "1.1", "--result", "half", now="2025-04-02T09:00:00+08:00")
    run.ok("return", "1.1", "--why", "half", now="2025-04-03T09:00:00+08:00")
    run.ok("extend", "1.1", "--to", "2025-12-31", "--why", "long", now="2025-05-20T09:00:00+08:00")
    run.ok("close", "2", "--result", "laid", now="2025-06-10T09:00:00+08:00")
    return Sight(Book(find(None), "2025"), dt.date(2025, 7, 15))


def test_each_day_is_what_a_list_of_that_day_shows(run, sight):
    """Of issues and measures, on every fifth day of the half-year."""
    days = [dt.date(2025, 3, 1) + dt.timedelta(days=5 * n) for n in range(27)]
    found = lights_at(sight, days)
    for place, day in enumerate(days):
        for more in ([], ["--measures"]):
            rows = json.loads(run.ok("list", *more, "--as-of", str(day), "--json", now=NOW))["rows"]
            assert {row["uid"]: row["light"] for row in rows} == {
                row["uid"]: found[row["uid"]][place] for row in rows
            }


def test_ends_of_months_are_counted_for_what_is_open(run, sight):
    """1.1 was yellow in April, red in May no more, yellow again; what is closed by now is left out."""
    rows = json.loads(run.ok("list", "--measures", "--json", now=NOW))["rows"]
    ends = list(month_ends(dt.date(2025, 3, 1), sight.day))
    shown = lights_at(sight, ends)
    with index.connect(sight.book) as asked:
        counted = times_shown(asked, sight.day, sight.book.settings.lights, ("yellow", "red"))
    assert {row["id"]: counted[row["uid"]] for row in rows} == {"1.1": {"yellow": 3}, "1.2": {"red": 2}}
    assert [shown[rows[0]["uid"]], shown[rows[1]["uid"]]] == [
        ("blue", "yellow", "yellow", "yellow"), ("blue", "blue", "red", "red"),
    ]  # fmt: skip
    (two,) = (row["uid"] for row in json.loads(run.ok("list", "--json", now=NOW))["rows"] if row["id"] == "2")
    assert two not in counted


def test_only_some_issues_may_be_asked_for(run, sight):
    """The rest is not looked at."""
    rows = json.loads(run.ok("list", "--json", now=NOW))["rows"]
    found = lights_at(sight, [dt.date(2025, 5, 1)], only=[rows[1]["uid"]])
    assert found == {rows[1]["uid"]: ("red",)}
