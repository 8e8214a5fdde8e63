"""The work itself: notes, evidence, points, results, deadlines that move, requests."""

from __future__ import annotations

import datetime as dt

import pytest

from ledger.domain.acts import closing, planning, working
from ledger.domain.acts.closing import SignWords
from ledger.domain.acts.working import Decision
from ledger.domain.course import OWN
from ledger.domain.issue import issue_of
from ledger.domain.moves import Act, Status
from ledger.errors import NoResultError, NotFoundError, RefusedError, UsageError
from tests.domain.desk import DUE, SIMPLE, TWO, Desk, bring, opened

LATER = dt.date(2025, 9, 30)
ROW = {"sha256": "ef" * 32, "name": "清点表.xlsx", "kind": "document", "proves": "数量相符", "size": 10}


def refused(function, *arguments, **named) -> tuple[str, str]:
    with pytest.raises(RefusedError) as error:
        function(*arguments, **named)
    return error.value.message, error.value.hint


def dates(desk: Desk, number: int = 0) -> tuple:
    return tuple(desk.field(name, number) for name in ("due", "due_original", "due_text"))


# -- notes, evidence, points ------------------------------------------------------------------------


def test_notes_stand_in_the_history_only():
    """A note has its business date and its writer; the fields do not change."""
    desk = opened()
    desk.do(working.note, desk.key(1), "清点印章12枚", on=dt.date(2025, 3, 4), by="周某")
    [note] = issue_of(desk.state).measures[0].notes
    assert (note.on, note.by, note.text) == (dt.date(2025, 3, 4), "周某", "清点印章12枚")
    assert desk.entries[-1].set == {}


def test_a_note_may_be_back_dated():
    """Notes are no status entries: an earlier date than the report is fine."""
    desk = opened()
    desk.do(working.report_done, desk.key(1), "已完成", on=dt.date(2025, 4, 1))
    desk.do(working.note, desk.key(1), "补记", on=dt.date(2025, 3, 5))
    assert desk.status(1) is Status.DONE


def test_evidence_is_attached_once_to_a_target():
    """The same file proves one thing once, and may prove another."""
    desk = opened(measures=2)
    desk.do(working.attach, desk.key(1), ROW)
    assert refused(desk.do, working.attach, desk.key(1), ROW) == (
        "7.1 already has this file: 清点表.xlsx",
        "a file is attached once; see: ledger show 7.1",
    )
    desk.do(working.attach, desk.key(2), ROW)
    desk.do(working.attach, OWN, ROW)
    assert refused(desk.do, working.attach, OWN, ROW)[0] == "7 already has this file: 清点表.xlsx"
    view = issue_of(desk.state)
    assert [each.evidence[0].proves for each in (view, *view.measures)] == ["数量相符"] * 3


def test_evidence_of_an_issue_under_a_chain_for_measures_is_only_the_file():
    """What the entry says about the chain does not get into the row."""
    desk = opened(TWO)
    desk.do(working.attach, OWN, ROW)
    assert desk.field("evidence") == [ROW]


def test_points_are_numbered_and_ticked():
    """Points count up; ticking gives the business date, taking back removes it."""
    desk = opened()
    key = desk.key(1)
    assert [desk.do(working.add_point, key, text) for text in ("清点", "登记")] == [1, 2]
    desk.do(working.tick_point, key, 2, on=dt.date(2025, 3, 9))
    desk.do(working.tick_point, key, 1, on=dt.date(2025, 3, 8))
    desk.do(working.tick_point, key, 1, done=False)
    assert [(each.number, each.text, each.done_on) for each in issue_of(desk.state).measures[0].points] == [
        (1, "清点", None),
        (2, "登记", dt.date(2025, 3, 9)),
    ]
    assert desk.status(1) is Status.ACTIVE


def test_a_point_that_is_not_there():
    """A missing point is named; points belong to measures."""
    desk = opened()
    with pytest.raises(NotFoundError) as missing:
        desk.do(working.tick_point, desk.key(1), 3)
    assert missing.value.message == "7.1 has no point 3"
    with pytest.raises(UsageError) as wrong:
        desk.do(working.add_point, OWN, "清点")
    assert (wrong.value.message, wrong.value.hint) == ("points belong to a measure", "name one, such as 7.1")


# -- results ------------------------------------------------------------------------------------------


def test_done_says_what_was_achieved():
    """A result is given with the report, or stands there already."""
    desk = opened()
    key = desk.key(1)
    with pytest.raises(NoResultError) as error:
        desk.do(working.report_done, key)
    assert error.value.message == "7.1 has no result"
    assert error.value.hint == "say what was achieved: ledger done 7.1 --result TEXT"
    desk.do(working.interim, key, "初步成效", review_on=LATER)
    assert (desk.status(1), desk.field("review_on", 1)) == (Status.INTERIM, LATER)
    desk.do(working.report_done, key)
    assert (desk.status(1), desk.field("result", 1)) == (Status.DONE, "初步成效")


def test_done_needs_every_point():
    """Open points are named; once ticked the measure may be reported."""
    desk = opened()
    key = desk.key(1)
    for text in ("清点", "登记", "专人保管"):
        desk.do(working.add_point, key, text)
    desk.do(working.tick_point, key, 2)
    assert refused(desk.do, working.report_done, key, "已完成") == (
        "7.1 has open points: 7.1.1 7.1.3",
        "tick them with: ledger point 7.1.1 --done",
    )


def test_an_issue_is_reported_when_its_measures_are():
    """Under its own chain an issue waits for its measures; under theirs it is never reported itself."""
    desk = opened(SIMPLE, measures=2)
    assert refused(desk.do, working.report_done, OWN, "已完成")[0] == (
        "issue 7 has measures that are not done: 7.1 7.2"
    )
    desk = opened(TWO, measures=2)
    bring(desk, desk.key(1), Status.DONE)
    assert refused(desk.do, working.report_done, OWN, "已完成") == (
        "issue 7 is closed measure by measure",
        "report its measures: 7.2",
    )
    bring(desk, desk.key(2), Status.DONE)
    assert refused(desk.do, working.report_done, OWN, "已完成")[1] == "report its measures: 7.1"


# -- deadlines that move -------------------------------------------------------------------------------


def test_extending_keeps_the_original():
    """The date in force moves, the original stays; the phrase follows the date."""
    desk = opened(due=DUE, due_text="6月底前")
    desk.do(working.extend, OWN, LATER, why="会议推迟", decided=Decision("分管领导", "专题会"))
    assert dates(desk) == (LATER, DUE, None)
    entry = desk.entries[-1]
    assert (entry.why, entry.signer, entry.meeting) == ("会议推迟", "分管领导", "专题会")
    desk.do(working.extend, OWN, dt.date(2025, 12, 31), "年底前", why="再推迟")
    assert dates(desk) == (dt.date(2025, 12, 31), DUE, "年底前")


def test_extending_a_measure_leaves_its_issue():
    """An inherited deadline becomes the measure's own, with the issue's original."""
    desk = opened(measures=2, due=DUE)
    desk.do(working.extend, desk.key(1), LATER, why="会议推迟")
    assert (dates(desk), dates(desk, 1), dates(desk, 2)) == (
        (DUE, DUE, None),
        (LATER, DUE, None),
        (None, None, None),
    )
    desk.do(working.extend, OWN, dt.date(2025, 12, 31), why="再推迟")
    assert [each.due for each in issue_of(desk.state).measures] == [LATER, dt.date(2025, 12, 31)]


def test_an_extension_may_give_the_first_deadline():
    """Where there was none the date given is the original too."""
    desk = opened()
    desk.do(working.extend, OWN, LATER, why="补定期限")
    assert dates(desk) == (LATER, LATER, None)


def test_an_extension_says_something_and_why():
    """The date it has already is no extension; a reason is needed."""
    desk = opened(due=DUE)
    assert refused(desk.do, working.extend, OWN, DUE, why="推迟") == (
        "7 is due on 2025-06-30 already",
        "give another date with --to",
    )
    assert refused(desk.do, working.extend, OWN, LATER) == ("7: a reason is needed", "give it with --why")


def test_long_term_work_has_a_goal_and_a_review():
    """Long-term needs a reason, an interim goal and the next review, and sets the term."""
    desk = opened()
    key = desk.key(1)
    for goal, review in (("", LATER), ("目标", None)):
        assert refused(desk.do, working.make_longterm, key, goal, review, why="长期") == (
            "7.1: long-term work needs an interim goal and a review date",
            "give them with --interim-goal and --review-on",
        )
    assert refused(desk.do, working.make_longterm, key, "目标", LATER)[0] == "7.1: a reason is needed"
    desk.do(working.make_longterm, key, "目标", LATER, why="长期", decided=Decision(meeting="专题会"))
    assert [desk.field(name, 1) for name in ("term", "interim_goal", "review_on")] == [
        "longterm",
        "目标",
        LATER,
    ]
    assert (desk.status(1), desk.entries[-1].meeting) == (Status.LONGTERM, "专题会")


# -- requests ---------------------------------------------------------------------------------------------


def ask(desk: Desk, act: Act = Act.EXTEND) -> None:
    desk.do(working.ask_for, act, desk.key(1), {"due": LATER}, why="会议推迟")


def requested(desk: Desk) -> str:
    return issue_of(desk.state).measures[0].requested


def test_a_request_changes_no_field():
    """A request waits for its answer and changes neither fields nor status."""
    desk = opened(due=DUE)
    before = desk.state.parts
    ask(desk)
    assert (desk.state.parts, desk.status(1), requested(desk)) == (before, Status.PENDING, "extend")
    assert desk.entries[-1].data == {"request": {"due": "2025-09-30"}}
    assert refused(ask, desk) == (
        "a request on 7.1 is waiting for its answer",
        "answer it with --approve or --refuse",
    )
    assert refused(desk.do, working.ask_for, Act.LONGTERM, desk.key(1), {})[0] == "7.1: a reason is needed"


def test_a_request_is_refused_and_may_be_made_again():
    """A refusal says who decided and changes nothing else."""
    desk = opened(due=DUE)
    assert (
        refused(desk.do, working.refuse_request, Act.EXTEND, desk.key(1))[0] == "there is no request on 7.1"
    )
    ask(desk)
    desk.do(working.refuse_request, Act.EXTEND, desk.key(1), Decision("吴某"))
    assert (requested(desk), dates(desk, 1), desk.entries[-1].signer) == ("", (None, None, None), "吴某")
    ask(desk)
    assert requested(desk) == "extend"


def test_an_extension_answers_the_request():
    """Extending approves what waits; it needs no request."""
    desk = opened(due=DUE)
    ask(desk)
    desk.do(working.extend, desk.key(1), LATER, why="同意")
    assert (requested(desk), [each.state for each in desk.state.courses[desk.key(1)].requests]) == (
        "",
        ["approved"],
    )


def test_requests_of_two_kinds_wait_side_by_side():
    """A request to go long-term is another question than one to extend; dates of requests bind nobody."""
    desk = opened(due=DUE)
    desk.do(working.interim, desk.key(1), on=dt.date(2025, 4, 1))
    ask(desk)
    desk.do(
        working.ask_for,
        Act.LONGTERM,
        desk.key(1),
        {"interim_goal": "目标", "review_on": LATER},
        why="长期",
        on=dt.date(2025, 3, 2),
    )
    course = desk.state.courses[desk.key(1)]
    assert [course.pending_request(act) is not None for act in ("extend", "longterm")] == [True, True]
    desk.do(working.make_longterm, desk.key(1), "目标", LATER, why="同意", on=dt.date(2025, 4, 2))
    assert requested(desk) == "extend"


# -- taking off the books -------------------------------------------------------------------------------


def test_void_takes_its_measures_along():
    """A void issue has void measures only; all stay readable, with the reason."""
    desk = opened(measures=3)
    desk.do(working.void, desk.key(2), why="重复")
    desk.do(working.void, OWN, why="不属实")
    assert [desk.status(number) for number in (0, 1, 2, 3)] == [Status.VOID] * 4
    assert [entry.why for entry in desk.entries if entry.do == "void"] == ["重复", *["不属实"] * 3]
    assert desk.field("title") == "印章管理不规范"


def test_what_is_closed_is_not_void():
    """A closed measure, and an issue that has one, stay on the books; voiding says why."""
    desk = opened(TWO, measures=2)
    bring(desk, desk.key(1), Status.CLOSED)
    assert (
        refused(desk.do, working.void, desk.key(1), why="重复")[0] == "7.1 is closed, so void is not possible"
    )
    assert refused(desk.do, working.void, OWN, why="重复")[0] == "7.1 is closed, so void is not possible"
    assert refused(desk.do, working.void, desk.key(2))[0] == "7.2: a reason is needed"
    assert desk.status(2) is Status.PENDING


def test_voiding_ends_the_attempt_under_way():
    """What was signed of a void measure does not stand."""
    desk = opened(TWO)
    bring(desk, desk.key(1), Status.CLOSING)
    desk.do(working.void, desk.key(1), why="重复")
    assert desk.state.courses[desk.key(1)].standing == []


# -- lateness -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("status", "late"),
    [
        (Status.PENDING, 10),
        (Status.ACTIVE, 10),
        (Status.INTERIM, 0),
        (Status.DONE, 0),
        (Status.CLOSING, 0),
        (Status.CLOSED, 0),
        (Status.LONGTERM, 0),
        (Status.VOID, 0),
    ],
)
def test_late_is_what_is_worked_on(status, late):
    """Overdue: effective due before the date while pending or active."""
    desk = opened(TWO, due=DUE)
    bring(desk, desk.key(1), status)
    measure = issue_of(desk.state).measures[0]
    assert measure.overdue_days(dt.date(2025, 7, 10)) == late
    assert measure.overdue_days(DUE) == 0


def test_long_term_work_is_late_past_its_review():
    """Long-term and interim count as late only past their review date."""
    desk = opened(TWO, due=DUE)
    bring(desk, desk.key(1), Status.LONGTERM)
    measure = issue_of(desk.state).measures[0]
    assert measure.overdue_days(dt.date(2025, 12, 31)) == 0
    assert measure.overdue_days(dt.date(2026, 1, 2)) == 2


def test_work_goes_on_after_a_return():
    """A returned measure takes points and notes like any active one."""
    desk = opened(TWO)
    bring(desk, desk.key(1), Status.CLOSING)
    desk.do(closing.send_back, desk.key(1), SignWords(), why="不全")
    desk.do(working.add_point, desk.key(1), "补材料")
    desk.do(planning.edit, desk.key(1), {"remark": "补"})
    assert desk.status(1) is Status.ACTIVE
