"""Letters and clues that wait for somebody else after a handover."""

from __future__ import annotations

from tests.cli.handover.held import DAY, held


def test_a_clue_waits_for_somebody_else(two):
    """What was routed to the one is verified by the other."""
    two.ok("-L", "b", "clue", "add", "Noise", "--channel", "phone", **DAY)
    two.ok("-L", "b", "clue", "route", "C1", "--to", "Gu", **DAY)
    assert held(two, "--from", "Gu", "--role", "clue") == ["Gu clue b C1"]
    two.ok("handover", "--from", "Gu", "--to", "Lin", **DAY)
    assert held(two, "--role", "clue") == ["Lin clue b C1"]
    assert two("-L", "b", "check", **DAY) == (0, "", "")
    two.ok("-L", "b", "undo", "--yes", **DAY)
    assert held(two, "--role", "clue") == ["Gu clue b C1"]


def test_names_of_letters_and_clues_are_checked_too(two):
    """A warning for every name nobody listed, of a clue that is not void."""
    two.ok("-L", "a", "clue", "add", "Noise", "--channel", "phone", "--unit", "Depot", **DAY)
    two.ok("-L", "a", "clue", "route", "C1", "--to", "Linn", **DAY)
    said = two.ok("-L", "a", "check", "people", **DAY)
    assert "warning: Depot is not in people.toml" in said
    assert "warning: Linn is not in people.toml" in said
    two.ok("-L", "a", "void", "C1", "--why", "twice", **DAY)
    assert two("-L", "a", "check", "people", **DAY).out == ""


def test_a_letter_without_an_answer_waits_for_somebody_else(two):
    """What it said when it was signed stays in its history; one that was answered stays as it is."""
    two.ok(
        "-L",
        "b",
        "add",
        "Mould",
        "--unit",
        "Toll Station",
        "--due",
        "2025-03-31",
        "--on",
        "2025-03-01",
        **DAY,
    )
    two.ok("-L", "b", "letter", "draft", "2", "--rung", "supervise", "--to", "Gu", **DAY)
    two.ok("-L", "b", "letter", "draft", "2", "--rung", "prompt", "--to", "Gu", **DAY)
    two.ok("-L", "b", "letter", "sign", "L1", "--signer", "Lin", **DAY)
    assert held(two, "--from", "Gu", "--role", "letter") == ["Gu letter b L1", "Gu letter b L2"]
    two.ok("-L", "b", "letter", "sign", "L2", "--signer", "Lin", **DAY)
    two.ok("-L", "b", "letter", "reply", "L2", "-t", "in hand", **DAY)
    assert held(two, "--from", "Gu", "--role", "letter") == ["Gu letter b L1"]
    two.ok("handover", "--from", "Gu", "--to", "Lin", **DAY)
    assert held(two, "--role", "letter") == ["Lin letter b L1"]
    assert "addressee\tGu" in two.ok("-L", "b", "show", "L2", **DAY)
    assert two("-L", "b", "check", **DAY) == (0, "", "")
    two.ok("-L", "a", "undo", "--yes", **DAY)
    assert held(two, "--role", "letter") == ["Gu letter b L1"]
