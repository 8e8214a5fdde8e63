"""The ladder of letters: what it calls for, once, and what follows a letter that failed."""

from __future__ import annotations

import datetime as dt
from types import MappingProxyType

import pytest

from ledger.domain import monthly
from ledger.domain.ladder import FAILINGS, Case, Cause, Ladder, Rung, Sent, called_for, cause_of
from ledger.domain.settings import LIGHTS, Light

DUE = dt.date(2025, 6, 15)
LATER = dt.date(2025, 8, 31)
SHIPPED = Ladder()
BOTH = {"red", "yellow"}


def case(days: int, *letters: Sent, shown: dict[str, int] | None = None, due: dt.date | None = DUE) -> Case:
    return Case(due, days, MappingProxyType(shown or {}), letters)


def sent(rung: str, standing: str = "answered", *, due: dt.date | None = DUE, name: str = "L1") -> Sent:
    return Sent(name, rung, due, standing)


def codes(called: tuple[Rung, Cause] | None) -> tuple[str, str] | None:
    return called and (called[0].code, called[1].code)


@pytest.mark.parametrize(
    ("days", "wanted"),
    [
        (-8, None),
        (-7, ("reminder", "before:7")),
        (0, ("reminder", "before:7")),
        (1, ("prompt", "late:1")),
        (14, ("prompt", "late:1")),
        (15, ("supervise", "late:15")),
        (400, ("supervise", "late:15")),
    ],
)
def test_days_call_for_a_rung(days, wanted):
    """The highest rung whose days have come; before the date only the first."""
    assert codes(called_for(SHIPPED, case(days))) == wanted


@pytest.mark.parametrize(
    ("shown", "wanted"),
    [
        ({"yellow": 1}, None),
        ({"yellow": 2}, ("supervise", "month_ends:yellow:2")),
        ({"yellow": 3, "red": 1}, ("supervise", "month_ends:yellow:2")),
        ({"red": 2}, ("interview", "month_ends:red:2")),
        ({"yellow": 2, "red": 2}, ("interview", "month_ends:red:2")),
    ],
)
def test_lights_at_month_ends_call_for_a_rung(shown, wanted):
    """Twice yellow brings the letter, twice red the talk; once brings neither."""
    assert codes(called_for(SHIPPED, case(-30, shown=shown))) == wanted


@pytest.mark.parametrize(
    "standing", ["draft", "awaiting", "sent", "answered", "unanswered", "inadequate", "unfinished"]
)
def test_a_rung_is_called_for_once_a_deadline(standing):
    """However its letter stands, the same rung is not proposed again."""
    called = called_for(SHIPPED, case(20, sent("supervise", standing)))
    assert called is None or called[0].code != "supervise"


def test_a_moved_deadline_begins_anew():
    """What was written about the old date does not hold back a letter about the new one."""
    assert codes(called_for(SHIPPED, case(2, sent("prompt"), due=LATER))) == ("prompt", "late:1")
    assert called_for(SHIPPED, case(2, sent("prompt"))) is None


@pytest.mark.parametrize("standing", ["draft", "awaiting"])
def test_a_letter_that_waits_holds_back_its_rung_whatever_its_deadline(standing):
    """Two letters of one rung do not wait side by side."""
    assert called_for(SHIPPED, case(2, sent("prompt", standing), due=LATER)) is None


@pytest.mark.parametrize("failing", FAILINGS)
@pytest.mark.parametrize(
    ("rung", "following"),
    [
        ("prompt", "supervise"),
        ("supervise", "interview"),
        ("interview", "criticism"),
        ("criticism", "listing"),
    ],
)
def test_a_letter_that_failed_calls_for_the_next_rung(rung, following, failing):
    """Each step by each way of failing; the letter is named."""
    assert codes(called_for(SHIPPED, case(2, sent(rung, failing, name="L7")))) == (following, f"{failing}:L7")


@pytest.mark.parametrize("standing", ["draft", "awaiting", "sent", "answered"])
def test_a_letter_that_did_not_fail_calls_for_nothing(standing):
    """Time to answer is time to answer."""
    assert called_for(SHIPPED, case(14, sent("prompt", standing))) is None


def test_days_go_on_beside_a_letter_that_waits():
    """A higher rung whose own days have come does not wait for the answer to a lower one."""
    assert codes(called_for(SHIPPED, case(15, sent("prompt", "awaiting")))) == ("supervise", "late:15")


def test_only_the_newest_letter_of_a_rung_counts():
    """What was written again and answered has not failed."""
    both = (sent("prompt", "unanswered", name="L1"), sent("prompt", "answered", name="L2"))
    assert called_for(SHIPPED, case(5, *both)) is None


def test_above_the_last_rung_there_is_nothing():
    """The highest letter calls for no other, however it failed."""
    assert called_for(SHIPPED, case(99, sent("listing", "unanswered"))) is None
    assert SHIPPED.above("listing") is None
    assert SHIPPED.above("no such") is None


def test_a_reminder_that_needs_no_answer_cannot_fail():
    """After it the days decide."""
    assert called_for(SHIPPED, case(-3, sent("reminder", "sent"))) is None
    assert codes(called_for(SHIPPED, case(1, sent("reminder", "sent")))) == ("prompt", "late:1")


def test_a_rung_that_is_on_the_ladder_no_more_does_not_count():
    """An office that changed its ladder is not held up by old letters."""
    assert codes(called_for(SHIPPED, case(2, sent("notice", "awaiting")))) == ("prompt", "late:1")


def test_what_has_no_date_is_called_for_by_letters_alone():
    """Freely written to and not answered, it climbs; without a letter nothing calls."""
    nothing = Case(None, None, letters=(sent("prompt", "unanswered", due=None),))
    assert codes(called_for(SHIPPED, nothing)) == ("supervise", "unanswered:L1")
    assert called_for(SHIPPED, Case(None, None)) is None


def test_an_office_has_its_own_ladder():
    """Other rungs, days and lights decide as they are written."""
    own = Ladder(
        (Rung("a", "甲", "A", late=3), Rung("b", "乙", "B", month_ends={"orange": 1}, after=("inadequate",)))
    )
    assert codes(called_for(own, case(3))) == ("a", "late:3")
    assert codes(called_for(own, case(-9, shown={"orange": 1}))) == ("b", "month_ends:orange:1")
    assert called_for(own, case(3, sent("a", "unanswered"))) is None
    assert codes(called_for(own, case(3, sent("a", "inadequate")))) == ("b", "inadequate:L1")
    assert (own.rungs[0].label("zh"), own.rungs[0].label("en")) == ("甲", "A")


# --- lights at month ends ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("due", "day", "wanted"),
    [
        (dt.date(2025, 6, 30), dt.date(2025, 6, 29), {}),
        (dt.date(2025, 6, 30), dt.date(2025, 6, 30), {"yellow": 1}),
        (dt.date(2025, 7, 7), dt.date(2025, 7, 30), {"yellow": 1}),
        (dt.date(2025, 7, 8), dt.date(2025, 7, 30), {}),
        (dt.date(2025, 6, 15), dt.date(2025, 7, 30), {"red": 1}),
        (dt.date(2025, 6, 15), dt.date(2025, 7, 31), {"red": 2}),
        (dt.date(2024, 2, 28), dt.date(2024, 2, 29), {"red": 1}),
        (dt.date(2026, 6, 15), dt.date(2025, 7, 31), {}),
        (dt.date(2024, 12, 1), dt.date(2025, 12, 31), {"yellow": 1, "red": 13}),
    ],
)
def test_month_ends_are_counted_by_the_deadline_there_is(due, day, wanted):
    """The shipped lights: yellow from seven days before, red from the day after."""
    assert dict(monthly.shown(due, "active", day, LIGHTS, BOTH)) == wanted


def test_long_term_work_shows_red_only_past_its_review():
    """Its yellow days are none, as for the light itself."""
    assert dict(monthly.shown(dt.date(2025, 7, 2), "longterm", dt.date(2025, 7, 31), LIGHTS, BOTH)) == {
        "red": 1
    }


def test_the_edges_of_the_calendar_hold():
    """The first and the last day there is do not end in an error."""
    assert monthly.shown(dt.date.min, "active", dt.date(1, 2, 28), LIGHTS, BOTH) == {"red": 2}
    assert monthly.shown(dt.date.max, "active", dt.date.max, LIGHTS, BOTH) == {"yellow": 1}


def test_four_lights_are_counted_apart():
    """Whatever colours an office has, all but the last."""
    lights = (Light("red", 15), Light("orange", 7), Light("yellow", 0), Light("green", -9999))
    assert dict(
        monthly.shown(dt.date(2025, 1, 23), "active", dt.date(2025, 2, 28), lights, {"red", "orange"})
    ) == {
        "orange": 1,
        "red": 1,
    }


@pytest.mark.parametrize(
    "cause",
    [
        Cause("before", 7),
        Cause("late", 1),
        Cause("month_ends", 2, "yellow"),
        Cause("unanswered", letter="L3"),
        Cause("inadequate", letter="L12"),
        Cause("unfinished", letter="L1"),
    ],
)
def test_a_cause_is_read_as_it_was_kept(cause):
    """In one word and back."""
    assert cause_of(cause.code) == cause


@pytest.mark.parametrize(
    "word",
    [
        "",
        "late",
        "late:x",
        "late:²",
        "month_ends:2",
        "month_ends:a:b",
        "no:1",
        "unanswered",
        "unanswered:L1:2",
    ],
)
def test_what_is_no_cause(word):
    """Whatever somebody put there instead."""
    assert cause_of(word) is None


def test_only_what_is_asked_for_is_counted():
    """The light that shows while nothing is wrong is not, unless somebody counts it; a ladder of two lights counts both."""
    due, day = dt.date(2025, 6, 30), dt.date(2025, 7, 31)
    assert monthly.shown(due, "active", day, LIGHTS, {"red"}) == {"red": 1}
    assert monthly.shown(due, "active", day, LIGHTS[:2], BOTH) == {"red": 1, "yellow": 1}
    assert monthly.shown(due, "active", day, LIGHTS, ()) == {}
    assert monthly.shown(due, "active", dt.date(2025, 6, 1), LIGHTS, {"green"})["green"] > 100
