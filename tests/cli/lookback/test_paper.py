"""`ledger report lookback`: how it was drawn, what was found, what follows, and everything that was drawn."""

from __future__ import annotations

import json

import pytest

from tests.cli.books import refused
from tests.cli.lookback.conftest import LOOKED


@pytest.fixture
def report(later):
    """The report of R2025-1, as a view."""

    def ask(*words):
        view = json.loads(later("report", "lookback", "R2025-1", *words, "--json").out)
        return {each["key"]: each for each in view["sections"]}

    return ask


def facts(section: dict) -> dict:
    return {each["key"]: each["value"] for each in section["blocks"][0]["facts"]}


def test_it_says_what_the_look_back_says(drawn, data, report):
    """The figures are those of `lookback show`: population, sample, seed, digest, outcomes, rates, bound."""
    data("lookback", "record", "R2025-1", "1-2", "4-8", "--outcome", "held", "--method", "look")
    data("lookback", "record", "R2025-1", "3", "--outcome", "rebound", "-t", "two new ones")
    shown = data("lookback", "finish", "R2025-1", "--redo", "3 Gu 2025-09-30")["review"]
    parts = report()
    assert list(parts) == ["organisation", "judgement", "problems", "handling", "next", "sample"]
    told = facts(parts["organisation"])
    assert (told["seed"], told["frame"], told["size"]) == (
        shown["seed"],
        shown["frame"],
        f"{shown['size']}/{shown['rest']}",
    )
    (table, *said) = parts["judgement"]["blocks"]
    assert [row[1:] for row in table["table"]["rows"]] == [
        [each["drawn"], each["held"], each["partial"], each["rebound"], each["variant"], each["open"],
         each["bad"], each["drawn"] - each["open"], each["bad_percent"]]
        for each in shown["strata"]
    ]  # fmt: skip
    assert [f"at most {shown['at_most']['bad']} are bad" in each["text"] for each in said] == [True]
    (problem,) = parts["problems"]["sections"]
    assert facts(problem) == {
        "closed_on": "2025-05-20",
        "outcome": "came back",
        "seen_on": "2025-07-01",
        "reviewer": "林某",
        "text": "two new ones",
        "cause": "",
    }
    assert parts["handling"]["blocks"][0]["table"]["rows"] == [["3", "opened again", "Gu", "2025-09-30", ""]]
    assert parts["next"]["blocks"][0]["text"] == "3 is to be done again by Gu, until 2025-09-30."
    assert [row[1] for row in parts["sample"]["blocks"][0]["table"]["rows"]] == [
        each["id"] for each in shown["items"]
    ]


def test_before_anything_was_drawn(closed, data, report):
    """A plan has its report, too: nothing drawn, nothing found."""
    data("lookback", "plan", "--seed", "x")
    parts = report()
    assert "drawn_on" not in facts(parts["organisation"])
    assert parts["sample"]["blocks"][0]["table"]["rows"] == []
    assert parts["problems"]["blocks"] == [{"text": "Nothing that was looked at is bad."}]


def test_letters_sent_since_are_named(drawn, data, report, later):
    """What was written about something that came back stands beside it; letters of before do not."""
    data("lookback", "record", "R2025-1", "3", "--outcome", "rebound", "-t", "two new ones")
    later("edit", "3", "--due", "2025-06-01", "--why", "agreed")
    assert later("letter", "draft", "3", "--rung", "supervise").code == 0
    assert later("letter", "sign", "L1").code == 0
    row = report()["handling"]["blocks"][0]["table"]["rows"][0]
    assert row[-1].startswith("Supervision letter (2025) No. 1")


@pytest.mark.parametrize(
    ("ids", "code", "message", "hint"),
    [
        ("", 2, "a look-back has a report of its own", "name one: ledger report lookback R2025-1"),
        ("R2025-1 R2025-2", 2, "a look-back has a report of its own", "name one: ledger report lookback R2025-1"),
        ("7", 2, "7 is no look-back", "write it as R2025-1; ledger lookback list shows them"),
        ("R2025-9", 3, "there is no R2025-9", "there are R2025-1 to R2025-1"),
    ],
)  # fmt: skip
def test_bad_requests(drawn, run, ids, code, message, hint):
    """Which look-back is meant has to be said."""
    refused(run, f"report lookback {ids}", code, message, hint, now=LOOKED)
