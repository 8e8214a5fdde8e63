"""`ledger board`: on one screen where the ledger stands, and the same for programs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ledger.domain.text import width as columns_of
from tests import town


@pytest.fixture
def ledger(run):
    return town.start(run)


def shown(run, *argv, lines=24, columns=80, now=town.JUNE):
    """What a terminal of a size shows."""
    env = {"COLUMNS": str(columns), "LINES": str(lines), "NO_COLOR": "1"}
    return run.ok("board", *argv, now=now, terminal=True, env=env).splitlines()


def test_a_board_has_counts_lights_changes_and_what_is_late(run, ledger):
    """On 30 June: one of three issues closed, 2.1 late by twenty days, and what June brought."""
    page = shown(run)
    text = "\n".join(page)
    assert page[0].startswith("Willow Town Office Willow Town")
    assert "closed rate 33.3% (1/3)" in text
    assert "lights (issues/measures) red 1/1  green 0/1".replace("  ", " ") in " ".join(text.split())
    assert "2025-06 so far closed 1 long-term 1 newly late 1" in " ".join(text.split())
    assert "overdue 1" in page
    assert any("2.1" in line and "Check each one" in line and "20 days overdue" in line for line in page)
    assert any(line.split()[:4] == ["0.0%", "Money", "0/1", "0/2"] for line in page)


@pytest.mark.parametrize(("lines", "columns"), [(24, 80), (24, 120), (40, 80), (60, 200)])
def test_it_fits_the_screen(run, ledger, lines, columns):
    """However much there is: no line is too wide, the prompt has its place, and a taller screen shows more."""
    for number in range(30):
        run.ok("add", f"Matter {number} that takes long to say and longer to settle", "--category",
               f"Heading {number % 12}", "--due", "2025-06-01")  # fmt: skip
    page = shown(run, lines=lines, columns=columns)
    assert max(map(columns_of, page)) <= columns
    assert len(page) <= lines - 1
    assert len(page) >= min(lines - 4, 36)
    assert "overdue 31" in page


def test_every_block_shows_its_first_row(run, ledger):
    """On the smallest screen nothing is left out without a word: a heading says how many there are."""
    page = shown(run, lines=5)
    heading = page.index("overdue 1")
    assert "2.1" in page[heading + 1]


def test_json_is_what_other_commands_say(run, ledger):
    """Counts as stats, the agenda as due, changes as stats --period."""
    found = json.loads(run.ok("board", "--json", now=town.JUNE))
    stats = json.loads(run.ok("stats", "--per", "category", "--json", now=town.JUNE))
    period = json.loads(run.ok("stats", "--period", "month", "--json", now=town.JUNE))["period"]
    due = json.loads(run.ok("due", "--json", now=town.JUNE))
    assert {key: found[key] for key in ("issues", "measures", "lights")} == {
        key: stats[key] for key in ("issues", "measures", "lights")
    }
    assert sorted(found["by"], key=str) == sorted(stats["by"], key=str)
    assert found["overdue"] == due["overdue"]
    counted = {kind: each["count"] for kind, each in period["changes"]["measures"].items()}
    assert (found["month"]["measures"], found["month"]["to"]) == (counted, "2025-06-30")


def test_an_earlier_day_and_an_empty_ledger(run, ledger):
    """As of a day before the first entry nothing is there, and nothing is said but the counts."""
    assert (
        json.loads(run.ok("board", "--json", "--as-of", "2025-01-01", now=town.JUNE))["issues"]["total"] == 0
    )
    assert len(shown(run, "--as-of", "2025-01-01")) <= 3


def test_without_categories_units_are_counted(run):
    """Where nobody gave a heading, the board counts by unit; --per says otherwise."""
    run.ok("init", "2025")
    run.ok("add", "Papers are late", "--unit", "Office")
    by = json.loads(run.ok("board", "--json"))["by"]
    assert [(each["field"], each["value"]) for each in by] == [("unit", "Office")]
    assert json.loads(run.ok("board", "--json", "--per", "term"))["by"][0]["field"] == "term"
    assert run("board", "--per", "colour").code == 2


def test_the_offices_own_words_for_lights(run):
    """A light is called what the office calls it: on the board, in lists, on pages, in conditions; JSON has codes."""
    run.ok("init", "2025", "--lights", "reminder")
    path = Path("ledgers/2025/ledger.toml")
    path.write_text(path.read_text(encoding="utf-8").replace('"red slip"', '"红单"'), encoding="utf-8")
    run.ok("add", "Papers are late", "--due", "2025-03-05")
    june = town.JUNE
    assert "红单 1/0" in "\n".join(shown(run))
    for argv in (["list"], ["show", "1"], ["stats"], ["explain", "1"], ["due"], []):
        assert "红单" in run.ok(*argv, now=june, terminal=True), argv
    for asked in (["--light", "红单"], ["light:红单"], ["--light", "red"], ["light:red"]):
        assert [each["light"] for each in json.loads(run.ok("list", *asked, "--json", now=june))["rows"]] == [
            "red"
        ]
    assert "there is no light purple" in run("list", "--light", "purple", now=june).err
