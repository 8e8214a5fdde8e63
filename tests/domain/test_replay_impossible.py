"""Histories that cannot be: made by hand, and named."""

from __future__ import annotations

import datetime as dt

import pytest

from ledger.domain.moves import Status
from ledger.domain.replay import replay
from ledger.domain.schema import ISSUE
from tests.domain.desk import TWO, opened
from tests.domain.histories import entry_after


def made(*parts: dict, measures: int = 1):
    """A history of hand-made entries after a proper beginning."""
    entries = list(opened(TWO, measures=measures).entries)
    for number, each in enumerate(parts, 1):
        entries.append(entry_after([entries[-1]], number, 30 + number, **each))
    return entries


def problems(entries) -> list[tuple[str, int, str]]:
    return [(each.rule, each.place, each.message) for each in replay(ISSUE, entries).problems]


IMPOSSIBLE = {
    "a move the table does not have": (
        [{"do": "reopen"}],
        [("history-move", 1, "reopen is not possible from pending")],
    ),
    "an act nobody knows": ([{"do": "bless"}], [("history-act", 1, "the act bless is not known")]),
    "a measure that is not there": (
        [{"target": "01JX9999999999999999999999"}],
        [("history-target", 1, "the entry names a measure that is not there")],
    ),
    "a second beginning": ([{"do": "add"}], [("history-act", 1, "a history begins with add, once")]),
    "dates that go back": (
        [{"do": "done"}, {"do": "return", "on": dt.date(2025, 2, 1)}],
        [("history-dates", 2, "return is dated 2025-02-01, before 2025-03-01")],
    ),
    "a date before the last but one": (
        [
            {"do": "done", "on": dt.date(2025, 3, 10)},
            {"do": "return", "on": dt.date(2025, 3, 1)},
            {"do": "done", "on": dt.date(2025, 3, 5)},
        ],
        [
            ("history-dates", 2, "return is dated 2025-03-01, before 2025-03-10"),
            ("history-dates", 3, "done is dated 2025-03-05, before 2025-03-10"),
        ],
    ),
    "an erratum that is no edit": (
        [{"do": "reopen", "data": {"erratum": True}}],
        [("history-move", 1, "reopen is not possible from pending")],
    ),
    "a step out of turn": (
        [{"do": "done"}, {"do": "sign", "data": {"step": "approve", "steps": ["check", "approve"]}}],
        [("history-steps", 2, "step approve is signed where check comes next")],
    ),
    "a return to a step not signed": (
        [
            {"do": "done"},
            {"do": "sign", "data": {"step": "check", "steps": ["check", "approve"]}},
            {"do": "return", "data": {"to": "approve"}},
        ],
        [("history-steps", 3, "step approve was not signed")],
    ),
    "a date that does not exist": (
        [{"do": "edit", "set": {"due": "2025-02-30"}}],
        [("history-entry", 1, "the entry holds something that cannot be")],
    ),
    "a number that is a word": (
        [{"do": "edit", "set": {"number": "seven"}}],
        [("history-entry", 1, "the entry holds something that cannot be")],
    ),
    "a list of lists": (
        [{"do": "edit", "set": {"flags": [["a"]]}}],
        [("history-entry", 1, "the entry holds something that cannot be")],
    ),
    "points that are a word": (
        [{"do": "measure", "set": {"measures": {"01JY": {"points": "a"}}}}],
        [("history-entry", 1, "the entry holds something that cannot be")],
    ),
    "a point without text": (
        [{"do": "measure", "set": {"measures": {"01JY": {"points": [{"number": 1}]}}}}],
        [("history-entry", 1, "the entry holds something that cannot be")],
    ),
    "a point whose number is a word": (
        [{"do": "measure", "set": {"measures": {"01JY": {"points": [{"number": "1", "text": "a"}]}}}}],
        [("history-entry", 1, "the entry holds something that cannot be")],
    ),
    "evidence without a digest": (
        [{"do": "evidence", "data": {"name": "1.pdf"}}],
        [("history-entry", 1, "the entry holds something that cannot be")],
    ),
    "measures that are no table": (
        [{"do": "edit", "set": {"measures": ["a"]}}],
        [("history-entry", 1, "the entry holds something that cannot be")],
    ),
    "a status nobody knows": (
        [{"do": "measure", "set": {"measures": {"01JY": {"text": "x"}}}, "data": {"status": "nice"}}],
        [("history-entry", 1, "the entry holds something that cannot be")],
    ),
    "a measure that is there as closed from the start": (
        [
            {
                "do": "move",
                "target": "01JY",
                "set": {"measures": {"01JY": {"text": "x"}}},
                "data": {"status": "closed"},
            }
        ],
        [("history-move", 1, "move is not possible from closed")],
    ),
    "a return to a step of nothing that was signed": (
        [
            {
                "do": "move",
                "target": "01JY",
                "set": {"measures": {"01JY": {"text": "x"}}},
                "data": {"status": "closing"},
            },
            {"do": "return", "target": "01JY", "data": {"to": "check"}},
        ],
        [("history-steps", 2, "step check was not signed")],
    ),
    "one that is there as closed and is opened again": (
        [
            {
                "do": "move",
                "target": "01JY",
                "set": {"measures": {"01JY": {"text": "x"}}},
                "data": {"status": "closed"},
            },
            {"do": "reopen", "target": "01JY"},
        ],
        [("history-move", 1, "move is not possible from closed")],
    ),
    "a plan without number": (
        [{"do": "approve", "data": {"plan": "first"}}],
        [("history-entry", 1, "the entry holds something that cannot be")],
    ),
}


@pytest.mark.parametrize(("parts", "found"), IMPOSSIBLE.values(), ids=IMPOSSIBLE)
def test_a_history_that_cannot_be_is_named(parts, found):
    """What acts would have refused is found in a history somebody made by hand."""
    assert problems(made(*parts)) == found


def test_a_measure_keeps_the_uid_it_stands_under():
    """What an entry says about a measure's uid is what it stands under, whatever else it says."""
    state = replay(
        ISSUE, made({"do": "measure", "set": {"measures": {"01JY": {"uid": "01JZ", "text": "x"}}}})
    )
    assert state.parts["01JY"] == {"uid": "01JY", "text": "x"}


def test_a_history_must_begin_with_add():
    """The first entry puts the record on the books."""
    assert problems([entry_after([], 1, 1)]) == [("history-act", 0, "a history begins with add, once")]


def test_a_step_out_of_turn_closes_nothing():
    """A wrong last step leaves the status as it was: a chain is complete or it is not."""
    entries = made(
        {"do": "done"},
        {"do": "sign", "data": {"step": "check", "steps": ["check", "approve"]}},
        {"do": "sign", "data": {"step": "bless"}},
        measures=0,
    )
    assert replay(ISSUE, entries).status() is Status.CLOSING
