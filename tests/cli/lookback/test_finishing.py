"""A look-back at its end: nothing is finished early, rates by reason, and what is done again."""

from __future__ import annotations

import pytest

from tests.cli.lookback.looks import files


def test_an_end_needs_every_outcome(drawn, later, data):
    """What is open is named (4), nothing is written."""
    data("lookback", "record", "R2025-1", "1-6", "--outcome", "held")
    before = files(drawn)
    result = later("lookback", "finish", "R2025-1")
    assert (result.code, result.err.splitlines()) == (
        4,
        [
            "error: R2025-1 has 2 without an outcome: 7 8",
            "hint: record them: ledger lookback record R2025-1 7 --outcome held",
        ],
    )
    assert files(drawn) == before


def test_the_end_tells_rates_by_reason_and_a_bound(closed, data):
    """Counts and rates of each heading; for the part drawn by chance how many of all the others may be bad."""
    data("lookback", "plan", "--seed", "x", "--rate", "40%", "--confidence", "80%")
    items = data("lookback", "sample", "R2025-1")["review"]["items"]
    random = [each["id"] for each in items if each["stratum"] == "random"]
    data("lookback", "record", "R2025-1", "2", "--outcome", "rebound", "-t", "x")
    data("lookback", "record", "R2025-1", "5", *random[1:], "--outcome", "held")
    assert data("lookback", "show", "R2025-1")["review"]["at_most"] is None
    data("lookback", "record", "R2025-1", random[0], "--outcome", "rebound", "-t", "y")
    told = data("lookback", "finish", "R2025-1", "--redo", f"2,{random[0]} Gu Li 2025-09-30")["review"]
    assert len(random) == 2
    assert told["strata"] == [
        {"stratum": "flagged", "drawn": 2, "open": 0, "held": 1, "partial": 0, "rebound": 1, "variant": 0, "bad": 1, "bad_percent": 50.0},
        {"stratum": "random", "drawn": 2, "open": 0, "held": 1, "partial": 0, "rebound": 1, "variant": 0, "bad": 1, "bad_percent": 50.0},
    ]  # fmt: skip
    # of 6, one of 2 seen bad: with 5 bad at most one is seen with 5/15, which is above 1 - 0.8; one of the 6 held
    assert told["at_most"] == {"bad": 5, "of": 6, "percent": 83.3}
    assert [(each["id"], each["redo_by"], each["redo_due"]) for each in told["items"] if each["redo_by"]] == [
        ("2", "Gu Li", "2025-09-30"), (random[0], "Gu Li", "2025-09-30"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("redo", "code", "said"),
    [
        ("3 2025-09-30", 2, "3 2025-09-30 does not say what is done again, by whom and by when"),
        ("3 Gu soon", 2, None),
        ("1 Gu 2025-09-30", 4, "1 holds, so there is nothing to do again"),
        ("3 Gu 2025-06-30", 4, "3 cannot be done again by 2025-06-30: that is past"),
        ("9 Gu 2025-09-30", 4, "9 was not drawn in R2025-1"),
    ],
)
def test_redos_that_cannot_be_are_refused(drawn, data, later, redo, code, said):
    """Nothing is written, and the review stays open."""
    data("lookback", "record", "R2025-1", "1-2", "4-8", "--outcome", "held")
    data("lookback", "record", "R2025-1", "3", "--outcome", "partial")
    before = files(drawn)
    result = later("lookback", "finish", "R2025-1", "--redo", redo)
    assert result.code == code, result
    assert said is None or result.err.splitlines()[0] == f"error: {said}"
    assert files(drawn) == before


def test_nobody_to_do_it_again_is_said(drawn, data):
    """A finish without a name for what does not hold goes through with a warning for each."""
    data("lookback", "record", "R2025-1", "1-7", "--outcome", "held")
    data("lookback", "record", "R2025-1", "8", "--outcome", "partial")
    told = data("lookback", "finish", "R2025-1")
    assert [each["message"] for each in told["warnings"]] == ["nobody is named to do 8 again"]


def test_an_end_lies_behind_the_last_look(drawn, data, later):
    """A review is not finished on a day before something was looked at (4)."""
    data("lookback", "record", "R2025-1", "1-8", "--outcome", "held", now="2025-07-05T09:00:00+08:00")
    result = later("lookback", "finish", "R2025-1", "--on", "2025-07-04", now="2025-07-06T09:00:00+08:00")
    assert (result.code, result.err.splitlines()[0]) == (
        4, "error: R2025-1 was looked at until 2025-07-05; it cannot be finished on 2025-07-04",
    )  # fmt: skip
