"""Clues counted: by field, over time, as of a day, and as a bulletin prints it."""

from __future__ import annotations

import os
from pathlib import Path

from tests.cli.books import at
from tests.cli.clues.asking import ids, told


def test_counts(many):
    """Received is concluded and open, the void one counts nowhere, and the share says how it is counted."""
    counted = told(many, "clue", "stats", **at("2025-07-10"))
    assert counted["clues"] == {
        "received": 6, "concluded": 3, "open": 3, "transferred": 1, "issues": 1, "late": 2,
    }  # fmt: skip
    (rate,) = counted["rates"]
    assert (rate["numerator"], rate["denominator"], rate["percent"]) == (3, 6, 50.0)
    assert rate["definition"].startswith("concluded clues ÷ clues received")


def test_counts_by_field_and_over_time(many):
    """Groups sum to the whole; per month what came, what went, and what was open at its end."""
    counted = told(many, "clue", "stats", "--per", "channel", "--per", "month", **at("2025-07-10"))
    assert [(each["value"], each["received"], each["concluded"]) for each in counted["by"]] == [
        ("mailbox", 1, 0), ("phone", 3, 2), ("visit", 1, 0), ("qr", 1, 1),
    ]  # fmt: skip
    assert [tuple(each.values()) for each in counted["per"]] == [
        ("month", "2025-05", 1, 0, 1), ("month", "2025-06", 3, 2, 2), ("month", "2025-07", 2, 1, 3),
    ]  # fmt: skip
    weeks = told(many, "clue", "stats", "--per", "week", **at("2025-07-10"))["per"]
    assert (weeks[0]["name"], weeks[-1]["name"], weeks[-1]["open"]) == ("2025-W22", "2025-W28", 3)
    assert sum(each["received"] for each in weeks) == 6
    same = told(many, "clue", "stats", "--by", "channel", **at("2025-07-10"))["by"]
    assert same == counted["by"]


def test_counts_as_of_a_day_and_as_known(many):
    """As of 30 June nothing of July is there; known then, nothing that was recorded later."""
    then = told(many, "clue", "stats", "--as-of", "2025-06-30", **at("2025-07-10"))["clues"]
    assert (then["received"], then["concluded"], then["open"]) == (4, 2, 2)
    known = told(many, "clue", "stats", "--known-at", "2025-06-03", **at("2025-07-10"))["clues"]
    assert (known["received"], known["concluded"], known["open"]) == (3, 0, 3)


def test_counts_in_a_pipe_and_on_a_terminal(many, terminal):
    """A table for people, with the share as numerator and denominator."""
    out = many.ok("clue", "stats", **at("2025-07-10"))
    assert "50.0% (3/6)" in out
    assert "as of 2025-07-10" in out
    assert "telephone" in many.ok("clue", "stats", "--per", "channel", **at("2025-07-10"))


def test_an_empty_book_counts_nothing(town):
    """No clue, no share."""
    counted = told(town, "clue", "stats", "--per", "week", "--per", "unit")
    assert (counted["clues"]["received"], counted["rates"][0]["percent"], counted["per"]) == (0, None, [])
    assert ids(town) == []


def test_the_figures_a_bulletin_prints(run, monkeypatch):
    """6,751 received, 6,582 concluded, 169 open, and the share of them: 97.5 %."""
    monkeypatch.setattr(os, "fsync", lambda _file: None)  # nobody pulls the plug here
    run.ok("init", "2025", "--preset", "simple")
    rows = ["title,channel,received_on,routed_to,outcome,result,concluded_on"]
    rows += [f"{n},phone,2025-01-{n % 28 + 1:02},I,founded,done,2025-02-{n % 28 + 1:02}" for n in range(6582)]
    rows += [f"{n},visit,2025-02-{n % 28 + 1:02},,,," for n in range(6582, 6751)]
    Path("clues.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    run.ok("clue", "import", "clues.csv")
    counted = told(run, "clue", "stats", "--per", "month")
    assert counted["clues"]["received"] == 6751
    assert (counted["clues"]["concluded"], counted["clues"]["open"]) == (6582, 169)
    assert (counted["rates"][0]["numerator"], counted["rates"][0]["percent"]) == (6582, 97.5)
    assert [tuple(each.values())[1:] for each in counted["per"]] == [
        ("2025-01", 6582, 0, 6582), ("2025-02", 169, 6582, 169),
    ]  # fmt: skip
