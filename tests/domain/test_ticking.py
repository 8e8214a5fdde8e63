"""What is ticked off one by one: periods of what comes round again, names of a roster."""

from __future__ import annotations

import datetime as dt

import pytest

from ledger.domain.acts import closing, moving, planning, ticking, working
from ledger.domain.acts.closing import SignWords
from ledger.domain.acts.undoing import undo
from ledger.domain.cadence import period_named
from ledger.domain.course import OWN
from ledger.domain.issue import issue_of
from ledger.domain.moves import Status
from ledger.domain.replay import replay
from ledger.domain.schema import ISSUE
from ledger.errors import NotFoundError, RefusedError, UsageError
from tests.domain.desk import FIRST_DAY, SIMPLE, TWO, Desk, bring, opened

TOWNS = ["柳河镇", "桐岭镇", "白沙镇"]
Q1, Q2, Q3 = (period_named(f"2025-Q{number}") for number in (1, 2, 3))


def day(month: int, number: int) -> dt.date:
    return dt.date(2025, month, number)


def quarterly(words: str = "quarterly from 2025-Q1 to 2025-Q4", chain=SIMPLE, **fields) -> Desk:
    """An issue with a measure that comes round each quarter."""
    desk = opened(chain, **fields)
    desk.do(planning.edit, desk.key(1), {"recurrence": words})
    return desk


def rostered(chain=SIMPLE) -> Desk:
    """An issue with a measure that has to reach three towns."""
    desk = opened(chain)
    desk.do(ticking.set_names, desk.key(1), TOWNS)
    return desk


def measure(desk: Desk, as_of: dt.date | None = None):
    """The first measure as it is read."""
    return issue_of(replay(ISSUE, desk.entries, as_of=as_of)).measures[0]


def refused(function, *arguments, **named) -> tuple[str, str]:
    with pytest.raises((RefusedError, UsageError, NotFoundError)) as error:
        function(*arguments, **named)
    return error.value.message, error.value.hint


# -- what comes round again ---------------------------------------------------------------------------


def test_a_recorded_period_keeps_its_day_and_its_words():
    """A period is recorded with what was done; the next one is awaited then, and the measure has begun."""
    desk = quarterly()
    assert measure(desk).awaited == Q1
    desk.do(ticking.occur, desk.key(1), [Q1], "done", "抽查40份", on=day(3, 28))
    [row] = measure(desk).occurrences
    assert (row.name, row.done_on, row.excused_on, row.text) == ("2025-Q1", day(3, 28), None, "抽查40份")
    assert (measure(desk).awaited, measure(desk).status) == (Q2, Status.ACTIVE)


def test_it_is_late_from_the_day_after_the_end_until_it_is_recorded():
    """A missed period makes the measure late; a late record ends that, and keeps its real day."""
    desk = quarterly()
    assert (measure(desk).overdue_days(day(3, 31)), measure(desk).overdue_days(day(4, 1))) == (0, 1)
    desk.do(ticking.occur, desk.key(1), [Q1], "done", on=day(4, 20))
    assert measure(desk).occurrences[0].done_on == day(4, 20)
    assert measure(desk).overdue_days(day(4, 21)) == 0
    assert measure(desk, as_of=day(4, 19)).overdue_days(day(4, 19)) == 19


@pytest.mark.parametrize(
    ("status", "late"),
    [
        (Status.PENDING, True),
        (Status.ACTIVE, True),
        (Status.INTERIM, True),
        (Status.LONGTERM, True),
        (Status.DONE, False),
        (Status.CLOSING, False),
        (Status.CLOSED, False),
        (Status.VOID, False),
    ],
)
def test_in_which_statuses_a_missed_period_counts(status, late):
    """While it is worked on, interim or long-term; not once it is reported done."""
    desk = quarterly(chain=TWO)
    bring(desk, desk.key(1), status)
    assert measure(desk).overdue_days(day(4, 10)) == (10 if late else 0)


def test_the_earlier_of_deadline_and_period_counts():
    """A deadline before the end of the period that is awaited is what falls due."""
    desk = quarterly(due=day(3, 15))
    assert (measure(desk).late_from, issue_of(desk.state).open_due) == (day(3, 15), day(3, 15))
    desk = quarterly(due=day(12, 31))
    assert (measure(desk).late_from, issue_of(desk.state).open_due) == (day(3, 31), day(3, 31))


def test_without_anything_left_only_the_deadline_counts():
    """When all its periods are recorded it is late by its deadline alone."""
    desk = quarterly("quarterly from 2025-Q1 to 2025-Q1", due=day(12, 31))
    desk.do(ticking.occur, desk.key(1), [Q1], "done")
    assert (measure(desk).awaited, measure(desk).late_from) == (None, day(12, 31))


def test_an_excused_period_is_not_missed():
    """With a reason it need not be done, also ahead of time."""
    desk = quarterly()
    assert refused(desk.do, ticking.occur, desk.key(1), [Q1], "excused") == (
        "what is excused needs a reason",
        "give it with --why",
    )
    desk.do(ticking.occur, desk.key(1), [Q1, Q2], "excused", why="专班合并办公", on=day(3, 5))
    rows = measure(desk).occurrences
    assert [(each.name, each.done_on, each.excused_on, each.text) for each in rows] == [
        ("2025-Q1", None, day(3, 5), "专班合并办公"),
        ("2025-Q2", None, day(3, 5), "专班合并办公"),
    ]
    assert measure(desk).awaited == Q3


@pytest.mark.parametrize(
    ("period", "message"),
    [
        ("2024-Q4", "2024-Q4 is no period of 7.1, which is quarterly from 2025-Q1 to 2025-Q4"),
        ("2026-Q1", "2026-Q1 is no period of 7.1, which is quarterly from 2025-Q1 to 2025-Q4"),
        ("2025-03", "2025-03 is no period of 7.1, which is quarterly from 2025-Q1 to 2025-Q4"),
        ("2025-Q3", "2025-Q3 begins on 2025-07-01"),
    ],
)
def test_what_is_no_period_of_it(period, message):
    """Only its own periods are recorded, and none that has not begun."""
    desk = quarterly()
    assert refused(desk.do, ticking.occur, desk.key(1), [period_named(period)], "done")[0] == message


def test_a_period_is_recorded_once():
    """Recorded again it is refused; opened again it can be, until the measure is reported done."""
    desk = quarterly()
    key = desk.key(1)
    desk.do(ticking.occur, key, [Q1], "done", "甲")
    assert refused(desk.do, ticking.occur, key, [Q1], "done")[0] == "2025-Q1 of 7.1 is recorded already"
    desk.do(ticking.occur, key, [Q1], "open")
    assert (measure(desk).occurrences, measure(desk).awaited) == ((), Q1)
    assert refused(desk.do, ticking.occur, key, [Q1], "open")[0] == "2025-Q1 of 7.1 is open"
    desk.do(ticking.occur, key, [Q1], "done", "乙")
    desk.do(working.report_done, key, "已完成")
    assert refused(desk.do, ticking.occur, key, [Q1], "open")[0] == "7.1 is reported done, so 2025-Q1 stays"


def test_what_does_not_come_round():
    """Neither an issue nor a measure that says nothing of it has periods."""
    desk = opened()
    for key in (OWN, desk.key(1)):
        message, hint = refused(desk.do, ticking.occur, key, [Q1], "done")
        assert "comes round again" in message
        assert hint == "say how often with: ledger edit 7.1 --every quarter"


def test_rows_of_another_rhythm_stay():
    """When it comes round otherwise from now on, what was recorded stays on record."""
    desk = quarterly()
    desk.do(ticking.occur, desk.key(1), [Q1], "done")
    desk.do(planning.edit, desk.key(1), {"recurrence": "monthly from 2025-04"})
    assert ([each.name for each in measure(desk).occurrences], measure(desk).awaited.name) == (
        ["2025-Q1"],
        "2025-04",
    )
    desk.do(ticking.occur, desk.key(1), [Q1], "open")
    assert measure(desk).occurrences == ()


def test_done_needs_every_passed_period():
    """What was missed is named, and a reason excuses it; what is still to come is only said."""
    desk = quarterly()
    key = desk.key(1)
    assert refused(desk.do, working.report_done, key, "已完成", on=day(7, 5)) == (
        "7.1 was not done in 2025-Q1, 2025-Q2",
        "record it with: ledger occur 7.1 --period 2025-Q1; or excuse it with --excuse --why REASON",
    )
    desk.do(ticking.occur, key, [Q1], "done", on=day(7, 5))
    desk.do(ticking.occur, key, [Q2], "excused", why="停产", on=day(7, 5))
    desk.do(working.report_done, key, "已完成", on=day(7, 5))
    assert desk.warnings == [
        "7.1 has 2 more periods to come, up to 2025-Q4; once it is closed they are not expected"
    ]


def test_what_comes_round_without_end_can_be_closed():
    """It is said that nothing more is expected then."""
    desk = quarterly("quarterly from 2025-Q2")
    desk.do(working.report_done, desk.key(1), "已完成", on=day(6, 30))
    assert desk.warnings == ["7.1 comes round again without end; once it is closed nothing more is expected"]


def test_many_periods_keep_a_record_small():
    """Each record of a period is a row, so that three years of weeks fit into a file with room to spare."""
    desk = quarterly("weekly from 2025-W10")
    week = period_named("2025-W10")
    for _each in range(156):
        desk.do(
            ticking.occur, desk.key(1), [week], "done", "每周巡查一次，整改隐患若干处。" * 3, on=week.last
        )
        week = week.next
    assert len(measure(desk).occurrences) == 156
    assert sum(len(entry.line) for entry in desk.entries) < 150_000


# -- names ------------------------------------------------------------------------------------------------


def test_names_are_ticked_off_several_at_once():
    """Each name is done on a day; the roster keeps its order."""
    desk = rostered()
    desk.do(ticking.tick_names, desk.key(1), ["白沙镇", "柳河镇"], "done", "已验收", on=day(3, 9))
    assert [(each.name, each.done_on, each.text) for each in measure(desk).roster] == [
        ("柳河镇", day(3, 9), "已验收"),
        ("桐岭镇", None, ""),
        ("白沙镇", day(3, 9), "已验收"),
    ]
    assert measure(desk).status is Status.ACTIVE


def test_an_unknown_name_is_refused_with_near_ones():
    """Nothing is ticked off when one of the names is not there."""
    desk = rostered()
    assert refused(desk.do, ticking.tick_names, desk.key(1), ["柳河镇", "桐岭乡"], "done") == (
        "the roster of 7.1 has no 桐岭乡",
        "near: 桐岭镇",
    )
    assert all(each.is_open for each in measure(desk).roster)
    assert (
        refused(desk.do, ticking.tick_names, desk.key(1), ["xyz"], "done")[1] == "ledger show 7.1 shows them"
    )


def test_a_name_counts_once():
    """What is done or excused is not done again; open again, it can be."""
    desk = rostered()
    key = desk.key(1)
    desk.do(ticking.tick_names, key, TOWNS[:1], "done")
    desk.do(ticking.tick_names, key, TOWNS[1:2], "excused", why="已撤并")
    for name in TOWNS[:2]:
        assert (
            refused(desk.do, ticking.tick_names, key, [name], "done")[0]
            == f"{name} of 7.1 is recorded already"
        )
    desk.do(ticking.tick_names, key, TOWNS[:2], "open")
    assert all(each.is_open and not each.text for each in measure(desk).roster)


def test_done_needs_every_name():
    """Open names are named and counted; an excused one is not open."""
    desk = rostered()
    key = desk.key(1)
    desk.do(ticking.tick_names, key, TOWNS[:1], "done")
    assert refused(desk.do, working.report_done, key, "已完成") == (
        "7.1: 1 of 3 are done; open: 桐岭镇, 白沙镇",
        "tick them off with: ledger roster 7.1 NAME; or excuse them with --excuse --why REASON",
    )
    desk.do(ticking.tick_names, key, TOWNS[1:], "excused", why="已撤并")
    desk.do(working.report_done, key, "已完成")
    assert desk.status(1) is Status.DONE


def test_many_open_names_are_told_in_short():
    """A message names the first twelve."""
    desk = opened()
    desk.do(ticking.set_names, desk.key(1), [f"{number}村" for number in range(1, 96)])
    message, _hint = refused(desk.do, working.report_done, desk.key(1), "已完成")
    assert message.startswith("7.1: 0 of 95 are done; open: 1村, 2村")
    assert message.endswith("12村 and 83 more")


def test_names_come_and_go_by_a_change_of_the_plan():
    """Adding keeps what is done; a name that is done, or not there, is not taken off, and none stands twice."""
    desk = rostered()
    key = desk.key(1)
    desk.do(ticking.tick_names, key, TOWNS[:1], "done")
    desk.do(ticking.set_names, key, ["河口镇"], ["桐岭镇"])
    assert [(each.name, each.is_open) for each in measure(desk).roster] == [
        ("柳河镇", False),
        ("白沙镇", True),
        ("河口镇", True),
    ]
    assert refused(desk.do, ticking.set_names, key, (), ["柳河镇"])[0] == "柳河镇 of 7.1 is recorded already"
    assert refused(desk.do, ticking.set_names, key, ["白沙镇"])[0] == "7.1 has 白沙镇 already"
    assert refused(desk.do, ticking.set_names, key, (), ["桐岭镇"])[0] == "the roster of 7.1 has no 桐岭镇"
    desk.do(ticking.tick_names, key, ["柳河镇"], "open")
    desk.do(ticking.set_names, key, (), ["柳河镇", "白沙镇", "河口镇"])
    assert desk.field("roster", 1) is None


def test_under_an_approved_plan_a_name_needs_a_reason():
    """Whom a measure has to reach is part of the plan; ticking off is work."""
    desk = opened(plan=True)
    desk.do(planning.claim, "吴某")
    desk.do(ticking.set_names, desk.key(1), TOWNS)
    desk.do(planning.approve, 1, "党组会")
    assert "needs a reason" in refused(desk.do, ticking.set_names, desk.key(1), ["河口镇"])[0]
    desk.do(ticking.set_names, desk.key(1), ["河口镇"], why="新设")
    desk.do(ticking.tick_names, desk.key(1), ["河口镇"], "done")


@pytest.mark.parametrize("act", ["tick", "set"])
def test_an_issue_has_no_roster(act):
    """Names belong to a measure."""
    desk = opened()
    if act == "tick":
        message, hint = refused(desk.do, ticking.tick_names, OWN, TOWNS, "done")
        assert (message, hint) == ("7 has no roster", "give it names with: ledger roster 7.1 --add NAMES")
    else:
        assert refused(desk.do, ticking.set_names, OWN, TOWNS)[0] == "names belong to a measure"


# -- sign-offs, undo, moves ----------------------------------------------------------------------------------


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


# -- forged and found ----------------------------------------------------------------------------------------


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


def test_a_roster_has_a_limit():
    """2,000 names are taken, one more is not."""
    desk = opened()
    desk.do(ticking.set_names, desk.key(1), [f"{number}村" for number in range(2000)])
    message, _hint = refused(desk.do, ticking.set_names, desk.key(1), ["又一村"])
    assert message == "7.1 takes at most 2000 names"


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
