"""A letter as its history makes it, whatever stands in that history; and how it stands on a day."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from ledger.domain.entry import Entry, compose
from ledger.domain.letter import LETTER, Letter, letter_of
from ledger.domain.replay import replay

if TYPE_CHECKING:
    from ledger.domain.state import State

DAY = dt.date(2025, 7, 1)


def history(*acts: tuple[str, int, dict]) -> State:
    """Acts one after the other, each with its day of July and its further keys."""
    made: list[Entry] = []
    for place, (do, day, more) in enumerate(
        (("add", 1, {"set": {"number": 3, "items": ["U1"], "rung": "supervise"}}), *acts)
    ):
        made.append(
            compose(
                {
                    "id": f"01JX8K2M7Q4Z0T5B1C3F9K{place:04}",
                    "batch": f"01JX8K2M7Q4Z0T5B1C3FB{place:05}",
                    "do": do,
                    "on": dt.date(2025, 7, day),
                    "at": f"2025-07-{day:02}T09:00:{place:02}+08:00",
                    "by": "Lin",
                    "prev": [made[-1].hash] if made else [],
                    **more,
                }
            )
        )
    return replay(LETTER, made)


SIGNED = (
    "sign",
    1,
    {
        "set": {
            "reference": "S 1",
            "signed_on": "2025-07-01",
            "reply_by": "2025-07-08",
            "finish_by": "2025-07-15",
        }
    },
)


def reply(day: int, verdict: str = "") -> tuple[str, int, dict]:
    return ("reply", day, {"data": {"text": "soon", **({"verdict": verdict} if verdict else {})}})


def standing(*acts: tuple[str, int, dict], day: int) -> str:
    state = history(*acts)
    assert state.problems == []
    return letter_of(state).standing(dt.date(2025, 7, day))


@pytest.mark.parametrize(
    ("acts", "day", "wanted"),
    [
        ((), 1, "draft"),
        ((SIGNED,), 8, "awaiting"),
        ((SIGNED,), 9, "unanswered"),
        ((SIGNED, reply(5)), 15, "answered"),
        ((SIGNED, reply(12)), 12, "answered"),
        ((SIGNED, reply(5, "partial")), 15, "answered"),
        ((SIGNED, reply(5, "inadequate")), 5, "inadequate"),
        ((SIGNED, reply(5, "inadequate"), reply(6)), 6, "answered"),
        ((SIGNED, reply(5, "adequate")), 16, "unfinished"),
        ((("sign", 1, {"set": {"reference": "S 1", "signed_on": "2025-07-01"}}),), 30, "sent"),
        ((("sign", 1, {"set": {"reference": "S 1", "finish_by": "2025-07-15"}}),), 16, "unfinished"),
    ],
)
def test_how_a_letter_stands(acts, day, wanted):
    """By its answer, its dates and its verdict; the last day is still in time."""
    assert standing(*acts, day=day) == wanted


@pytest.mark.parametrize(("day", "wanted"), [(8, True), (9, False)])
def test_the_first_answer_is_in_time_or_not(day, wanted):
    """A later one changes nothing about that."""
    assert letter_of(history(SIGNED, reply(day), reply(20))).in_time is wanted


@pytest.mark.parametrize(
    ("acts", "problem"),
    [
        ((reply(2),), "reply"),
        ((SIGNED, SIGNED), "sign"),
        ((SIGNED, ("judge", 2, {"data": {"verdict": "adequate"}})), "judge"),
        ((SIGNED, ("withdraw", 2, {}), reply(3)), "reply"),
        ((("withdraw", 2, {}), SIGNED), "sign"),
        ((SIGNED, ("void", 2, {})), "void"),
        ((("receipt", 2, {}),), "receipt"),
    ],
)
def test_a_stage_the_history_does_not_support(acts, problem):
    """An act the table does not list is named, and moves nothing."""
    state = history(*acts)
    assert [each.rule for each in state.problems][:1] == ["history-move"], problem


def test_an_answer_before_the_letter_is_a_fault_of_dates():
    """In a file as on the command line."""
    early = ("reply", 1, {"data": {"text": "x"}})
    state = history(("sign", 3, {"set": {"reference": "S 1"}}), early)
    assert [each.rule for each in state.problems] == ["history-dates"]


JUNK = [
    {"grounds": "x"},
    {"grounds": [7, None, {}]},
    {"grounds": [{"uid": 7, "due": "never", "days": "many", "rule": ["x"]}]},
]


@pytest.mark.parametrize("data", JUNK)
def test_whatever_grounds_somebody_put_there(data):
    """Nothing in a file makes reading it end in an error."""
    made = compose(
        {"id": "01JX8K2M7Q4Z0T5B1C3F9K2MXA", "batch": "b", "do": "add", "on": DAY, "at": "2025-07-01T09:00:00+08:00",
         "by": "Lin", "prev": [], "set": {"number": 1}, "data": data}
    )  # fmt: skip
    letter = letter_of(replay(LETTER, [made]))
    assert isinstance(letter, Letter)
    assert all(each.due is None for each in letter.grounds)


@pytest.mark.parametrize(
    "data",
    [
        {"text": 7, "verdict": "great"},
        {"files": "abc", "verdict": None},
        {"verdict": ["adequate"], "opinion": {}},
    ],
)
def test_whatever_answer_somebody_put_there(data):
    """A verdict nobody knows is none."""
    letter = letter_of(history(SIGNED, ("reply", 2, {"data": data}), ("judge", 3, {"data": data})))
    assert (letter.verdict, letter.replies[0].files, letter.stage) == (None, (), "answered")
