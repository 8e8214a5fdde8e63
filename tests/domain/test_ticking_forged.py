"""What was ticked off in a history somebody forged, or before the roster was there."""

from __future__ import annotations

import pytest

from ledger.domain.acts import planning, ticking
from tests.domain.desk import FIRST_DAY, Desk
from tests.domain.ticks import TOWNS, day, measure, quarterly, rostered


@pytest.mark.parametrize(
    "data",
    [
        {}, {"rows": ["2025-Q1"]}, {"rows": ["x"], "as": "done"}, {"rows": ["2025-Q1"], "as": "maybe"},
        {"rows": 3, "as": "done"}, {"rows": [3], "as": "done"}, {"rows": ["2025Q1"], "as": "done"},
    ],
)  # fmt: skip
def test_a_forged_period_is_a_problem(data):
    """What an entry cannot say of a period is found and counts for nothing."""
    desk = quarterly()
    desk.do(lambda draft: draft.enter("occur", desk.key(1), data=data))
    assert [each.rule for each in desk.state.problems] == ["history-entry"]
    assert measure(desk).occurrences == ()


def test_a_name_that_is_not_there_is_a_problem():
    """The others of the entry count; as of a day before the roster was there nothing is found."""
    desk = rostered()
    desk.do(
        lambda draft: draft.enter("roster", desk.key(1), data={"rows": ["柳河镇", "无名镇"], "as": "done"})
    )
    assert [each.rule for each in desk.state.problems] == ["history-roster"]
    assert not measure(desk).roster[0].is_open


def test_a_tick_before_the_roster_counts_from_when_the_roster_is_there():
    """A back-dated tick shows as soon as the name is on the roster."""
    desk = Desk()
    desk.do(planning.add, 7, {"title": "甲"}, [{"text": "乙"}])
    desk.do(ticking.set_names, desk.key(1), TOWNS, on=day(3, 10))
    desk.do(ticking.tick_names, desk.key(1), TOWNS[:1], "done", on=day(3, 5))
    assert measure(desk, as_of=day(3, 7)).roster == ()
    assert not measure(desk, as_of=day(3, 10)).roster[0].is_open
    assert measure(desk, as_of=FIRST_DAY).roster == ()
