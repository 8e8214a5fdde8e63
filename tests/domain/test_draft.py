"""A record being changed: what one entry says, and what it may not."""

from __future__ import annotations

import datetime as dt

import pytest

from ledger.domain.acts import planning, working
from ledger.domain.course import OWN
from ledger.domain.moves import Act
from ledger.errors import RefusedError, RejectedInputError
from tests.domain.desk import DUE, TWO, opened

EARLY, LATE = dt.date(2025, 4, 1), dt.date(2025, 5, 1)


def test_an_entry_keeps_what_it_changed():
    """The values before a change stand in the entry: of the issue, and of several measures at once."""
    desk = opened(TWO, measures=3, unit="综合科")
    one, two, three = (desk.key(number) for number in (1, 2, 3))
    desk.do(planning.edit, one, {"unit": "财务科", "remark": "说明"})
    given = {one: {"unit": "人事科", "owner": "周某"}, two: {"owner": "周某"}, three: {"text": "改"}}
    desk.do(lambda draft: draft.enter("adopt", set={"unit": "办公室", "measures": given}))
    assert desk.entries[-1].was == {
        "unit": "综合科",
        "measures": {one: {"unit": "财务科"}, three: {"text": "第3项措施"}},
    }
    desk.do(working.note, OWN, "抽查")
    assert (desk.entries[-1].was, desk.entries[-1].set, desk.entries[-1].target) == ({}, {}, None)


@pytest.mark.parametrize(
    "enter",
    [
        lambda draft: draft.enter("note", data={"text": "甲\u202e乙"}),
        lambda draft: draft.enter("edit", changes={"remark": "甲\u202e乙"}),
        lambda draft: draft.enter("edit", set={"measures": {"01JX": {"text": "甲\u202e乙"}}}),
        lambda draft: draft.enter("sign", signer="甲\u202e乙"),
    ],
)
def test_what_nobody_sees_is_refused_wherever_it_stands(enter):
    """No entry brings hidden characters into a record, from whichever argument."""
    desk = opened(TWO)
    with pytest.raises(RejectedInputError):
        desk.do(enter)


def test_who_and_why_are_held_to_the_same():
    """The name of whoever records, and the reason, are texts like any other."""
    desk = opened(TWO)
    for words in ({"by": "甲\u202e乙"}, {"why": "甲\u202e乙"}):
        with pytest.raises(RejectedInputError):
            desk.do(working.note, OWN, "抽查", **words)


def test_what_stands_in_histories_already_is_carried():
    """Joining two histories moves what is in them, also what would be refused today."""
    desk = opened(TWO)
    desk.do(lambda draft: draft.enter("resolve", changes={"remark": "甲\u202e乙"}))
    assert desk.field("remark") == "甲\u202e乙"


def test_a_status_is_not_dated_before_the_last_one():
    """What sets a status comes after what set the one before; another target has its own dates."""
    desk = opened(TWO, measures=2)
    desk.do(working.interim, desk.key(1), on=LATE)
    with pytest.raises(RefusedError) as error:
        desk.do(working.report_done, desk.key(1), "已完成", on=EARLY)
    assert (error.value.message, error.value.hint) == (
        "7.1 was last changed on 2025-05-01; done cannot be dated 2025-04-01",
        "give a date from 2025-05-01 on with --on",
    )
    desk.do(working.report_done, desk.key(2), "已完成", on=EARLY)
    desk.do(working.report_done, desk.key(1), "已完成", on=LATE)


def test_asking_and_refusing_set_no_status():
    """A request and its refusal may be recorded later than what was done since, under their own dates."""
    desk = opened(TWO, due=DUE)
    key = desk.key(1)
    desk.do(working.interim, key, on=LATE)
    desk.do(working.ask_for, Act.LONGTERM, key, {"interim_goal": "先清点"}, why="长期", on=EARLY)
    desk.do(working.refuse_request, Act.LONGTERM, key, why="不同意", on=EARLY)
    assert [each.state for each in desk.state.courses[key].requests] == ["refused"]
