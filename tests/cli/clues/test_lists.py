"""Lists of clues: what is late, what falls due, as of a day; and a clue's history."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.books import at, rewrite
from tests.cli.clues.asking import ids, told


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("", "C1 C2 C3 C4 C5 C6"),
        ("--open", "C2 C4 C6"),
        ("--stage void", "C7"),
        ("--stage routed --stage verified", "C2 C4"),
        ("--channel phone", "C1 C4 C5"),
        ("--channel telephone --unit Roads", "C5"),
        ("--outcome founded", "C1 C2"),
        ("--outcome unfounded", "C3"),
        ("--period 2025-06", "C1 C3 C4"),
        ("--period 2025-W22", "C2"),
        ("--period 2025-Q3", "C5 C6"),
        ("--late", "C1 C6"),
        ("--period 2024", ""),
        ("receipts squad", "C1"),
        ("RECEIPTS roads", ""),
        ("court", "C5"),
        ("Wen", ""),
    ],
)
def test_lists(many, words, expected):
    """Conditions are joined by and; void ones only when asked for."""
    assert (
        ids(many, *words.split(), now="2025-07-08" if words == "--late" else "2025-07-10") == expected.split()
    )


def test_what_is_late_is_told_with_its_days(many):
    """The step, its last day, and the days since; the longest first where a pipe takes one."""
    rows = told(many, "clue", "list", "--late", **at("2025-08-20"))["rows"]
    assert {row["id"]: row["late"] for row in rows} == {
        "C1": [{"step": "feedback", "due": "2025-06-30", "days": 51}],
        "C4": [{"step": "verify", "due": "2025-08-10", "days": 10}],
        "C5": [{"step": "feedback", "due": "2025-07-17", "days": 34}],
        "C6": [{"step": "route", "due": "2025-07-07", "days": 44}],
    }
    out = many.ok("clue", "list", "--late", **at("2025-08-20"))
    assert [line.split("\t")[9:11] for line in out.splitlines()[1:]] == [
        ["feedback", "51"], ["verify", "10"], ["feedback", "34"], ["route", "44"],
    ]  # fmt: skip


def test_a_list_on_a_terminal(many, terminal):
    """Words instead of codes, and how many there are."""
    result = many("clue", "list", "--channel", "qr", **at("2025-07-10"))
    assert "扫码反映" in result.out
    assert "concluded" in result.out
    assert "1 of 6" in result.err + result.out


def test_an_issue_says_of_which_clue_it_was_made(many, terminal):
    """On its page, as the clue's page names the issue."""
    assert "clue C1" in many.ok("show", "1", **at("2025-07-10"))
    assert "issue 1" in many.ok("clue", "show", "C1", **at("2025-07-10"))


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        (
            "en",
            ("outcome: founded", "channel: telephone", "channel: 扫码反映", "clue: Fines", "given by: ***"),
        ),
        ("zh", ("核查结论: 属实", "渠道: 电话", "渠道: 扫码反映", "线索: Fines", "提供人: ***")),
    ],
)
def test_a_history_calls_things_as_the_trade_does(many, terminal, chinese, lang, said):
    """Fields and codes of a clue in its own words, in both languages."""
    told = many.ok("history", "C1", "C3", lang=lang, **at("2025-07-10"))
    told += many.ok("history", "C3", lang=lang, **at("2025-07-10"))
    assert [words for words in said if words not in told] == []
    page = many.ok("show", "C1", lang=lang, **at("2025-07-10"))
    assert said[0].partition(":")[0] in page


def test_lists_as_of_a_day(many):
    """What held on 21 June: two verified, nothing concluded, nothing received later."""
    rows = told(many, "clue", "list", "--as-of", "2025-06-21", **at("2025-07-10"))["rows"]
    assert [(row["id"], row["stage"]) for row in rows] == [
        ("C1", "verified"), ("C2", "verified"), ("C3", "routed"), ("C4", "routed"),
    ]  # fmt: skip


def test_what_falls_due_of_clues_is_told_by_due(many):
    """Every step with a last day, whatever else lies in the folder."""
    found = told(many, "due", "--within", "60", **at("2025-07-10"))["sections"]
    (section,) = (each for each in found if each["code"] == "clues")
    assert sorted((each["id"], each["on"], each["days"]) for each in section["items"]) == [
        ("C1", "2025-06-30", 10), ("C4", "2025-08-10", -31), ("C5", "2025-07-17", -7), ("C6", "2025-07-07", 3),
    ]  # fmt: skip
    then = told(many, "due", "--within", "60", "--as-of", "2025-06-05", **at("2025-07-10"))["sections"]
    assert {each["id"] for each in then[0]["items"] if each["id"].startswith("C")} == {"C1", "C2", "C3"}


def test_the_limits_of_a_clue_are_no_deadlines_of_a_plan(three):
    """`check` asks neither for the original of a clue's deadline nor that the findings came before it."""
    three.ok("clue", "route", "C2", "--to", "Squad", "--within", "5", **at("2025-06-02"))
    rewrite(Path("ledgers/2025/ledger.toml"), "[source]\n", "[source]\nfeedback_on = 2025-07-01\n")
    assert three.ok("check", **at("2025-07-02")) == ""
