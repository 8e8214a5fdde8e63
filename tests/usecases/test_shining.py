"""Which light showed on days before: asked of the index, the same as looking at that day."""

from __future__ import annotations

import datetime as dt
import json

import pytest

from ledger.domain.course import OWN
from ledger.domain.lights import Lamps, month_ends
from ledger.store import index, spellbook
from ledger.store.book import Book
from ledger.store.workspace import find
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


def lights_at(sight, days):
    """The light of each issue and measure, by uid, at the end of each of these days."""
    shown = {}
    with index.connect(sight.book) as asked:
        for uid, found in spellbook.every(asked, past=True):
            lamps = Lamps(found, sight.book.settings.lights)
            for key in found:
                lit = [lamps.shining(key, day) for day in days]
                shown[uid if key == OWN else key] = tuple(each.light.code if each else None for each in lit)
    return shown


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


def test_each_end_of_a_month_is_as_it_was_then(run, sight):
    """1.1 was yellow in April, red in May no more, yellow again."""
    rows = json.loads(run.ok("list", "--measures", "--json", now=NOW))["rows"]
    ends = list(month_ends(dt.date(2025, 3, 1), sight.day))
    shown = lights_at(sight, ends)
    assert [shown[rows[0]["uid"]], shown[rows[1]["uid"]]] == [
        ("blue", "yellow", "yellow", "yellow"), ("blue", "blue", "red", "red"),
    ]  # fmt: skip
