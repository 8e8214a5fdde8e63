"""What comes round again: its periods recorded, missed, excused."""

from __future__ import annotations

import pytest

from ledger.domain.acts import planning, ticking, working
from ledger.domain.cadence import period_named
from ledger.domain.course import OWN
from ledger.domain.issue import issue_of
from ledger.domain.moves import Status
from tests.domain.desk import TWO, bring, opened
from tests.domain.ticks import Q1, Q2, Q3, day, measure, quarterly, refused


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
