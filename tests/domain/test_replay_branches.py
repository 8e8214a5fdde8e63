"""A history with branches: parents first, and what only the other branch forbids is no problem."""

from __future__ import annotations

import datetime as dt

from ledger.domain.acts import working
from ledger.domain.course import OWN
from ledger.domain.moves import Status
from ledger.domain.replay import causal, replay, up_to
from ledger.domain.schema import ISSUE
from tests.domain.desk import SIMPLE, TWO_OWN, opened
from tests.domain.histories import busy, entry_after


def test_branches_replay_parents_first_then_by_time_then_by_id():
    """Two branches of a history give one order, whichever way the file lists them."""
    root = opened(SIMPLE, measures=0).entries[0]
    late = entry_after([root], 1, 9, data={"text": "晚"})
    early = entry_after([root], 3, 5, data={"text": "早"})
    same = entry_after([root], 2, 5, data={"text": "同时"})
    after_late = entry_after([late], 4, 1, data={"text": "时钟慢"})
    join = entry_after([early, same, after_late], 5, 10, data={"text": "合并"})
    wanted = [root, same, early, late, after_late, join]
    listed = [root, late, after_late, early, same, join]
    assert causal(listed) == wanted
    assert causal([root, early, same, late, after_late, join]) == wanted
    state = replay(ISSUE, listed)
    assert (state.tips, state.problems) == ([join.hash], [])
    assert [each.data["text"] for each in state.courses[OWN].notes] == ["同时", "早", "晚", "时钟慢", "合并"]


def test_two_loose_ends_have_no_head():
    """Until branches are joined a record has no one head to write."""
    root = opened(SIMPLE, measures=0).entries[0]
    ends = [entry_after([root], number, number) for number in (1, 2)]
    state = replay(ISSUE, [root, *ends])
    assert state.tips == [each.hash for each in ends]
    assert "head" not in state.document()


def test_a_problem_keeps_its_place_in_the_file():
    """Where branches replay in another order than the file's, a problem still names the file's line."""
    root = opened(SIMPLE, measures=0).entries[0]
    wrong = entry_after([root], 1, 9, do="reopen")
    fine = entry_after([root], 2, 5)
    [problem] = replay(ISSUE, [root, wrong, fine]).problems
    assert (problem.rule, problem.place) == ("history-move", 1)


def test_a_step_signed_on_both_branches_counts_once():
    """Two branches that sign the same step leave one sign-off, the first."""
    desk = opened(TWO_OWN, measures=0)
    desk.do(working.report_done, OWN, "已完成")
    one = entry_after(
        [desk.entries[-1]], 1, 30, do="sign", data={"step": "check", "steps": ["check", "approve"]}
    )
    two = entry_after(
        [desk.entries[-1]], 2, 31, do="sign", data={"step": "check", "steps": ["check", "approve"]}
    )
    state = replay(ISSUE, [*desk.entries, one, two])
    assert state.problems == []
    [attempt] = state.courses[OWN].attempts
    assert [each.entry for each in attempt.sign_offs] == [one]
    assert state.status() is Status.CLOSING


def test_a_lost_parent_holds_nothing_up():
    """An entry whose parent is not there stands at its time, also where the history has branches."""
    root = opened(SIMPLE, measures=0).entries[0]
    lost = entry_after([root], 1, 1)
    early, late = entry_after([lost], 2, 2), entry_after([root], 3, 9)
    assert causal([late, early]) == [early, late]
    later = entry_after([], 4, 30)
    assert causal([later, early]) == [early, later]
    state = replay(ISSUE, [root, early, late])
    assert [(each.rule, each.place) for each in state.problems] == [("history-links", 1)]
    assert [each.id for each in state.courses[OWN].notes] == [early.id, late.id]


def test_what_only_the_other_branch_forbids_is_no_problem():
    """An act that was possible where it was done has no effect after the other's, and is named as such."""
    desk = opened(SIMPLE, measures=0)
    start = desk.entries[-1]
    void = entry_after([start], 1, 30, do="void")
    done = entry_after([start], 2, 31, do="done")
    edit = entry_after([done], 3, 32, do="edit", set={"remark": "说明"})
    state = replay(ISSUE, [*desk.entries, void, done, edit])
    assert (state.problems, state.overtaken) == ([], [done])
    assert (state.status(), state.fields["remark"]) == (Status.VOID, "说明")


def test_a_date_that_only_the_other_branch_makes_wrong_moves_what_it_moves():
    """Dated before what was done elsewhere meanwhile: no problem, and not without effect either."""
    desk = opened(SIMPLE, measures=0)
    start = desk.entries[-1]
    interim = entry_after([start], 1, 30, do="interim", on=dt.date(2025, 3, 9))
    done = entry_after([start], 2, 31, do="done", on=dt.date(2025, 3, 5))
    state = replay(ISSUE, [*desk.entries, interim, done])
    assert (state.problems, state.overtaken, state.status()) == ([], [], Status.DONE)


def test_a_branch_excuses_nothing_that_was_wrong_where_it_was_done():
    """What could not be where it was done stays a problem beside other branches, and after they are joined."""
    desk = opened(SIMPLE, measures=0)
    start = desk.entries[-1]
    wrong = entry_after([start], 1, 30, do="reopen")
    void = entry_after([start], 2, 31, do="void")
    done = entry_after([wrong], 3, 32, do="done")
    back = entry_after([done], 4, 33, do="interim", on=dt.date(2025, 2, 1))
    join = entry_after([void, back], 5, 34, do="resolve")
    after = entry_after([join], 6, 35, do="reopen")
    state = replay(ISSUE, [*desk.entries, wrong, void, done, back, join, after])
    assert [(each.rule, each.place) for each in state.problems] == [
        ("history-move", 1),
        ("history-move", 4),
        ("history-move", 6),
    ]
    assert state.overtaken == [done]


def test_what_was_wrong_where_it_was_done_is_never_excused():
    """An act dated too early where it was done stays a problem where the other branch makes it impossible too."""
    desk = opened(SIMPLE, measures=0)
    desk.do(working.interim, OWN, "初步成效")
    start = desk.entries[-1]
    reported = entry_after([start], 1, 30, do="done")
    early = entry_after([start], 2, 31, do="done", on=dt.date(2025, 2, 1))
    state = replay(ISSUE, [*desk.entries, reported, early])
    assert [(each.rule, each.place) for each in state.problems] == [("history-move", 3)]


def test_the_entries_behind_a_head():
    """`up_to` gives a head and all before it; an unknown head gives nothing."""
    entries = busy().entries
    assert up_to(entries, entries[3].hash) == entries[:4]
    assert up_to(entries, "sha256:" + entries[3].hash) == entries[:4]
    assert up_to(entries, "sha256:" + "0" * 64) == []
    root = entries[0]
    left, right = entry_after([root], 1, 1), entry_after([root], 2, 2)
    join = entry_after([left, right], 3, 3)
    assert up_to([root, left, right, join], join.hash) == [root, left, right, join]
    assert up_to([root, left, right, join], right.hash) == [root, right]
