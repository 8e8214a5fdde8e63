"""What was ticked off, under a sign-off, taken back, and moved with its measure."""

from __future__ import annotations

from ledger.domain.acts import closing, moving, planning, ticking, working
from ledger.domain.acts.closing import SignWords
from ledger.domain.acts.undoing import undo
from ledger.domain.course import OWN
from ledger.domain.issue import issue_of
from ledger.domain.moves import Status
from tests.domain.desk import TWO, Desk, opened
from tests.domain.ticks import Q1, Q2, TOWNS, day, measure, quarterly, refused, rostered


def signed(desk: Desk) -> Desk:
    desk.do(working.report_done, desk.key(1), "已完成")
    desk.do(closing.sign, desk.key(1), SignWords(signer=""))
    return desk


def test_a_sign_off_sees_names_and_how_often():
    """A name opened again, or another rhythm, puts a sign-off in doubt."""
    desk = rostered(TWO)
    desk.do(ticking.tick_names, desk.key(1), TOWNS, "done")
    signed(desk)
    desk.do(ticking.set_names, desk.key(1), ["河口镇"])
    assert measure(desk).suspect
    desk = signed(quarterly(chain=TWO))
    assert not measure(desk).suspect
    desk.do(planning.edit, desk.key(1), {"recurrence": None})
    assert measure(desk).suspect


def test_a_period_recorded_under_sign_off_puts_nothing_in_doubt():
    """The work goes on while it is signed."""
    desk = signed(quarterly(chain=TWO))
    desk.do(ticking.occur, desk.key(1), [Q1], "done", on=day(3, 20))
    assert not measure(desk).suspect


def test_sign_offs_from_before_stay_valid():
    """Of a measure with neither roster nor recurrence the fingerprint is what it always was."""
    desk = opened()
    content = {
        "title": "印章管理不规范", "text": "第1项措施", "points": [], "criterion": None, "deliverable": None,
        "result": None, "evidence": [],
    }  # fmt: skip
    from ledger.domain.closeout import fingerprint

    assert desk.state.fingerprint(desk.key(1)) == fingerprint(content)


def test_what_was_ticked_off_is_taken_back():
    """Undo opens it again, also after later ones; not when the roster was changed as a whole since."""
    desk = rostered()
    key = desk.key(1)
    desk.do(ticking.tick_names, key, TOWNS[:1], "done")
    batch = desk.batch
    desk.do(ticking.tick_names, key, TOWNS[1:2], "done")
    desk.do(undo, batch)
    assert [each.is_open for each in measure(desk).roster] == [True, False, True]
    desk.do(ticking.tick_names, key, TOWNS[:1], "done")
    batch = desk.batch
    desk.do(ticking.set_names, key, ["河口镇"])
    assert "has changed since" in refused(desk.do, undo, batch)[0]


def test_names_that_were_ticked_off_are_not_taken_back():
    """Undoing the entry that put them on the roster is refused once one is done."""
    desk = rostered()
    batch = desk.batch
    desk.do(ticking.tick_names, desk.key(1), TOWNS[:1], "done")
    assert "has changed since" in refused(desk.do, undo, batch)[0]


def test_split_merge_and_move():
    """A part split off comes round from now on; merged ones have all names and periods; a moved one takes both."""
    desk = quarterly(measures=2)
    key = desk.key(1)
    desk.do(ticking.occur, key, [Q1], "done")
    desk.do(ticking.set_names, key, TOWNS[:2])
    desk.do(ticking.tick_names, key, TOWNS[:1], "done")
    desk.do(ticking.set_names, desk.key(2), TOWNS[1:])
    desk.do(ticking.tick_names, desk.key(2), TOWNS[1:2], "excused", why="已撤并")
    desk.do(moving.merge_measures, key, [desk.key(2)], on=day(8, 1))
    [first, _second] = issue_of(desk.state).measures
    assert [(each.name, each.is_open) for each in first.roster] == [
        ("柳河镇", False),
        ("桐岭镇", False),
        ("白沙镇", True),
    ]
    desk.do(moving.split_measure, key, ["甲", "乙"], on=day(8, 1))
    parts = issue_of(desk.state).measures
    assert [str(each.recurrence) for each in parts if each.status is not Status.VOID] == [
        "quarterly from 2025-Q1 to 2025-Q4",
        "quarterly from 2025-Q3 to 2025-Q4",
    ]
    assert [len(each.occurrences) for each in parts if each.status is not Status.VOID] == [1, 0]
    goal = opened(number=8)
    target = goal.draft(on=day(8, 1))
    moving.move_measure(desk.draft(on=day(8, 1)), key, target)
    moved = issue_of(target.state).measures[-1]
    assert (len(moved.roster), len(moved.occurrences), moved.awaited) == (3, 1, Q2)


def test_what_is_added_after_the_report_is_done_before_the_sign_off():
    """A name or a point put on a measure that is reported done holds up its close-out until it is done."""
    desk = rostered(TWO)
    key = desk.key(1)
    desk.do(ticking.tick_names, key, TOWNS, "done")
    desk.do(working.report_done, key, "已完成")
    desk.do(ticking.set_names, key, ["河口镇"])
    message, _hint = refused(desk.do, closing.close, key, SignWords())
    assert message == "7.1: 3 of 4 are done; open: 河口镇"
    desk.do(ticking.tick_names, key, ["河口镇"], "done")
    desk.do(closing.close, key, SignWords())
    desk.do(working.add_point, key, "复核")
    desk.do(closing.confirm, key, SignWords())
    message, _hint = refused(desk.do, closing.close, key, SignWords())
    assert message == "7.1 has open points: 7.1.1"
    assert desk.status(1) is Status.CLOSING


def test_an_issue_is_not_signed_over_an_open_name_of_a_measure():
    """Where issues are closed as a whole, what was added to a measure reported done holds up the issue."""
    desk = rostered()
    desk.do(ticking.tick_names, desk.key(1), TOWNS, "done")
    desk.do(working.report_done, desk.key(1), "已完成")
    desk.do(ticking.set_names, desk.key(1), ["河口镇"])
    message, _hint = refused(desk.do, closing.close, OWN, SignWords(result="已完成"))
    assert message == "7.1: 3 of 4 are done; open: 河口镇"
    assert desk.status() is Status.DONE
