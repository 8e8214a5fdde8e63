"""`ledger report status`: what changed since the last period, letters, and periods that are over."""

from __future__ import annotations

import pytest

from tests import town


@pytest.fixture
def ledger(run):
    return town.start(run)


def section(document, title):
    """The lines of one section that are no blank ones."""
    _before, _title, rest = document.partition(f"## {title}\n")
    assert _title, f"there is no section {title}"
    return [line for line in rest.partition("\n## ")[0].splitlines() if line]


def test_what_changed_balances_and_names_what_stands_behind(run, ledger):
    """Before + gained - lost = after, for issues and for measures, with the ids of what happened."""
    lines = section(run.ok("report", "status", now=town.JUNE), "Changed in this period")
    assert "| total | 4 | 0 | 1 | 3 |" in lines
    assert "| closed | 0 | 1 | 0 | 1 |" in lines
    assert "| measures closed +1 | 1.2 |" in lines
    assert "| issues total -1 | 3 |" in lines
    assert "| measures overdue +1 | 2.1 |" in lines


def test_a_month_that_is_over_is_told_as_it_ended(run, ledger):
    """--period 2025-05 in June is the status as of the last of May; June's acts are not in it."""
    may = run.ok("report", "status", "--period", "2025-05", now=town.JUNE)
    assert may == run.ok("report", "status", "--as-of", "2025-05-31", now=town.JUNE)
    assert "| measures closed +1 | 1.1 |" in section(may, "Changed in this period")
    assert "| 2025-05-31 | 4 |" in section(may, "Open issues over time")
    quarter = run.ok("report", "status", "--period", "2025-Q2", now=town.JUNE)
    assert "| measures closed +2 | 1.1, 1.2 |" in section(quarter, "Changed in this period")
    assert "period: 2025, quarter 2" in quarter
