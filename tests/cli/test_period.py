"""`ledger stats --period`: what changed in a period, for people and for programs."""

from __future__ import annotations

import json

import pytest

from tests import town
from tests.chinese import chinese  # noqa: F401  a fixture


@pytest.fixture
def ledger(run):
    return town.start(run)


def told(run, period, *argv, now=town.JUNE):
    found = json.loads(run.ok("stats", "--period", period, "--json", *argv, now=now))
    assert found["schema"] == "ledger/stats@1"
    return found


def events(found, of="measures"):
    """What happened, by kind: id and day."""
    kinds = found["period"]["changes"][of]
    assert all(each["count"] == len(each["events"]) for each in kinds.values())
    listed = {kind: [(e["id"], e["on"]) for e in each["events"]] for kind, each in kinds.items()}
    return {kind: each for kind, each in listed.items() if each}


def test_june_is_told_event_by_event(run, ledger):
    """One closed and one long-term; 1.2 was closed before its date, 2.1 fell late on the 11th; issue 3 went."""
    found = told(run, "2025-06")
    assert (found["period"]["name"], found["period"]["from"], found["period"]["to"]) == (
        "2025-06", "2025-06-01", "2025-06-30",
    )  # fmt: skip
    assert events(found) == {
        "closed": [("1.2", "2025-06-10")], "longterm": [("4.1", "2025-06-20")], "late": [("2.1", "2025-06-11")],
    }  # fmt: skip
    assert events(found, "issues") == {
        "closed": [("1", "2025-06-10")],
        "void": [("3", "2025-06-12")],
        "longterm": [("4", "2025-06-20")],
        "late": [("2", "2025-06-11")],
    }
    before = found["period"]["before"]
    assert (before["issues"]["total"], found["issues"]["total"]) == (4, 3)
    assert (before["measures"]["by_status"]["closed"], found["measures"]["by_status"]["closed"]) == (1, 2)


def test_both_ends_are_what_stats_said_then(run, ledger):
    """Of every month, quarter and week: the figures of its last day, and those of the day before it."""
    for period, before, last in (
        ("2025-03", "2025-02-28", "2025-03-31"), ("2025-05", "2025-04-30", "2025-05-31"),
        ("2025-Q2", "2025-03-31", "2025-06-30"), ("2025-W24", "2025-06-08", "2025-06-15"),
        ("2025-06-10", "2025-06-09", "2025-06-10"), ("2025", "2024-12-31", "2025-06-30"),
    ):  # fmt: skip
        found = told(run, period)
        for day, said in ((before, found["period"]["before"]), (last, found)):
            then = json.loads(run.ok("stats", "--as-of", day, "--json", now=town.JUNE))
            assert [said[each] for each in ("issues", "measures", "overdue")] == [
                then[each] for each in ("issues", "measures", "overdue")
            ]


@pytest.mark.parametrize(
    ("word", "name", "to"),
    [
        ("day", "2025-06-11", "2025-06-11"), ("week", "2025-W24", "2025-06-11"), ("month", "2025-06", "2025-06-11"),
        ("quarter", "2025-Q2", "2025-06-11"), ("year", "2025", "2025-06-11"), ("月", "2025-06", "2025-06-11"),
        ("2025年第一季度", "2025-Q1", "2025-03-31"), ("2025-05-20", "2025-05-20", "2025-05-20"),
    ],
)  # fmt: skip
def test_a_period_is_named_or_the_one_of_today(run, ledger, word, name, to):
    """What is not over is counted to the day looked at."""
    period = told(run, word, "--today", "2025-06-11")["period"]
    assert (period["name"], period["to"]) == (name, to)


def test_as_of_and_known_at_hold_here_too(run, ledger):
    """As of 12 June the month ends there; of what was recorded later nothing is known."""
    early = told(run, "month", "--as-of", "2025-06-12")
    assert (early["period"]["to"], "longterm" in events(early)) == ("2025-06-12", False)
    known = told(run, "2025-06", "--known-at", "2025-06-01", "--as-of", "2025-06-30")
    assert events(known) == {"late": [("2.1", "2025-06-11"), ("1.2", "2025-06-16")]}


def test_closed_reopened_and_closed_again_is_three_events(run, ledger):
    """Events are counted, not things: two closings and one reopening make one closed measure more."""
    run.ok("reopen", "1.2", "--why", "came back", now="2025-06-21T09:00:00+08:00")
    run.ok("close", "1.2", "--result", "trained again", now="2025-06-25T09:00:00+08:00")
    found = events(told(run, "2025-06"))
    assert found["closed"] == [("1.2", "2025-06-10"), ("1.2", "2025-06-25")]
    assert found["reopened"] == [("1.2", "2025-06-21")]


def test_only_a_fixed_deadline_moves(run, ledger):
    """An extension is one event with both dates; it ends a lateness."""
    run.ok(
        "extend", "2.1", "--to", "2025-08-31", "--why", "the auditors came", now="2025-06-25T09:00:00+08:00"
    )
    found = told(run, "2025-06")
    (moved,) = found["period"]["changes"]["measures"]["due_later"]["events"]
    assert (moved["id"], moved["before"], moved["after"]) == ("2.1", "2025-06-10", "2025-08-31")
    assert events(found)["late_left"] == [("2.1", "2025-06-25")]


def test_a_pipe_gets_figures_that_balance_or_the_events(run, ledger):
    """Codes and numbers; with --ids a row an event."""
    rows = [line.split("\t") for line in run.ok("stats", "--period", "2025-06", now=town.JUNE).splitlines()]
    assert rows[0] == ["of", "figure", "before", "gained", "lost", "after"]
    assert ["measures", "closed", "1", "1", "0", "2"] in rows
    assert all(int(row[2]) + int(row[3]) - int(row[4]) == int(row[5]) for row in rows[1:] if row[2])
    assert sum(1 for row in rows[1:] if row[2]) == 10
    listed = run.ok("stats", "--period", "2025-06", "--ids", now=town.JUNE).splitlines()
    assert listed[0].split("\t") == ["of", "figure", "sign", "id", "on", "before", "after"]
    assert "measures\tclosed\t+\t1.2\t2025-06-10\tdone\tclosed" in listed


def test_a_person_reads_a_table_and_the_ids(run, ledger, chinese):  # noqa: F811
    """Chinese, on a terminal: before, gained, lost, after, and what stands behind."""
    page = run.ok("stats", "--period", "2025-06", "--ids", now=town.JUNE, lang="zh", terminal=True)
    assert "2025-06：2025-06-01 至 2025-06-30" in page
    assert "期初" in page
    assert "措施 已销号 +  1.2 2025-06-10" in page


@pytest.mark.parametrize(
    ("argv", "code", "words"),
    [
        (["--period", "soon"], 2, "is no period"),
        (["--period", "2025-13"], 2, "is no period"),
        (["--period", "2025-W60"], 2, "is no period"),
        (["--period", "2025-07"], 2, "has not begun"),
        (["--period", "9" * 300], 2, "is no period"),
        (["--period", ""], 2, "is no period"),
        (["--period", "month", "--per", "unit"], 2, "whole ledger"),
        (["--ids"], 2, "belongs to --period"),
    ],
)
def test_what_is_no_period_is_refused(run, ledger, argv, code, words):
    """Named, with a way out, and nothing else said."""
    result = run("stats", *argv, now=town.JUNE)
    assert (result.code, result.out) == (code, "")
    assert words in result.err
