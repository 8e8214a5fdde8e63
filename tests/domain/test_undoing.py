"""Taking a command back: the record is as before it, unless something builds on it."""

from __future__ import annotations

import datetime as dt

import pytest

from ledger.domain.acts import closing, moving, planning, working
from ledger.domain.acts.closing import SignWords
from ledger.domain.acts.undoing import undo
from ledger.domain.closeout import Step
from ledger.domain.course import OWN
from ledger.domain.moves import Act, Status
from ledger.errors import NotFoundError, RefusedError
from tests.domain.desk import DUE, SIMPLE, TWO, Desk, bring, opened

LATER = dt.date(2025, 9, 30)
ROW = {"sha256": "12" * 32, "name": "1.pdf", "kind": "document", "proves": "", "size": 1}
NEWEST_FIRST = "take that back first, newest first: ledger undo"


def refused(desk: Desk, batch: str) -> tuple[str, str]:
    with pytest.raises(RefusedError) as error:
        desk.do(undo, batch)
    return error.value.message, error.value.hint


def plain(desk: Desk) -> dict:
    """The record without its head."""
    return {name: value for name, value in desk.state.document().items() if name != "head"}


COMMANDS = {
    "note": lambda desk, key: desk.do(working.note, key, "清点"),
    "evidence": lambda desk, key: desk.do(working.attach, key, ROW),
    "point": lambda desk, key: desk.do(working.add_point, key, "清点"),
    "interim": lambda desk, key: desk.do(working.interim, key, "初步"),
    "done": lambda desk, key: desk.do(working.report_done, key, "已完成"),
    "done and signed": lambda desk, key: desk.do(closing.close, key, SignWords(result="已完成")),
    "extend": lambda desk, key: desk.do(working.extend, key, LATER, why="推迟"),
    "longterm": lambda desk, key: desk.do(working.make_longterm, key, "目标", LATER, why="长期"),
    "request": lambda desk, key: desk.do(working.ask_for, Act.EXTEND, key, {"due": LATER}, why="推迟"),
    "void": lambda desk, key: desk.do(working.void, key, why="重复"),
    "void issue": lambda desk, key: desk.do(working.void, OWN, why="重复"),
    "edit": lambda desk, key: desk.do(planning.edit, key, {"text": "改", "unit": "综合科"}),
    "assign": lambda desk, key: desk.do(planning.assign, OWN, {"unit": "综合科"}, down=True),
    "claim": lambda desk, key: desk.do(planning.claim, "吴某"),
    "merge": lambda desk, key: desk.do(moving.merge_measures, key, [desk.key(2)]),
}


@pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS)
def test_undone_it_never_was(command):
    """After an undo the record reads as before the command; both stay in the history."""
    desk = opened(TWO, measures=2, due=DUE)
    before = plain(desk)
    command(desk, desk.key(1))
    assert len(desk.entries) > 1
    batch = desk.batch
    desk.do(undo, batch)
    assert plain(desk) == before
    assert (desk.entries[-1].do, desk.entries[-1].data) == ("undo", {"batch": batch})
    assert desk.state.problems == []


@pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS)
def test_an_undo_can_be_undone(command):
    """Taking an undo back brings the command back, as often as wanted."""
    desk = opened(TWO, measures=2, due=DUE)
    before = plain(desk)
    command(desk, desk.key(1))
    after = plain(desk)
    desk.do(undo, desk.batch)
    desk.do(undo, desk.batch)
    assert plain(desk) == after
    desk.do(undo, desk.batch)
    assert plain(desk) == before
    desk.do(undo, desk.batch)
    assert plain(desk) == after


def test_an_undone_issue_is_void():
    """Nothing is deleted: an issue that was added by mistake is void, with all its measures, and stays."""
    desk = opened(measures=2)
    desk.do(undo, desk.batch)
    assert [desk.status(number) for number in (0, 1, 2)] == [Status.VOID] * 3
    assert desk.field("title") == "印章管理不规范"
    assert desk.state.problems == []


@pytest.mark.parametrize(
    "make",
    [
        lambda desk: desk.do(planning.add_measure, {"text": "补充"}),
        lambda desk: desk.do(moving.split_measure, desk.key(1), ["甲", "乙"]),
    ],
    ids=["measure", "split"],
)
def test_an_undone_measure_is_void(make):
    """A measure made by mistake is void and keeps its number; what was split is whole again."""
    desk = opened(TWO)
    make(desk)
    desk.do(undo, desk.batch)
    assert (desk.status(1), desk.status(2), desk.field("text", 1)) == (
        Status.PENDING,
        Status.VOID,
        "第1项措施",
    )
    assert [part["number"] for part in desk.state.measures()] == [1, 2]


BUILT_ON = {
    "the same field": ("edit", lambda desk, key: desk.do(planning.edit, key, {"text": "再改"}), "edit"),
    "its status": ("edit", lambda desk, key: desk.do(working.report_done, key, "已完成"), "done"),
    "a first note, which starts it": ("edit", lambda desk, key: desk.do(working.note, key, "开始"), "note"),
    "a sign-off": (
        "done and signed",
        lambda desk, key: desk.do(closing.sign, key, SignWords(step="approve")),
        "sign",
    ),
    "a return to a step": (
        "done and signed",
        lambda desk, key: desk.do(closing.send_back, key, SignWords(), to="check", why="再核"),
        "return",
    ),
    "a deadline that moved again": (
        "extend",
        lambda desk, key: desk.do(working.extend, key, dt.date(2025, 12, 1), why="再推迟"),
        "extend",
    ),
}


@pytest.mark.parametrize(("command", "later", "act"), BUILT_ON.values(), ids=BUILT_ON)
def test_what_something_builds_on_is_not_undone(command, later, act):
    """A later change of the same field or of the target's status is taken back first."""
    desk = opened(TWO, measures=2, due=DUE)
    key = desk.key(1)
    COMMANDS[command](desk, key)
    batch = desk.batch
    later(desk, key)
    assert refused(desk, batch) == (f"issue 7 has changed since: {act} on 2025-03-01", NEWEST_FIRST)
    desk.do(undo, desk.batch)
    desk.do(undo, batch)
    assert desk.field("text", 1) == "第1项措施"


def test_a_change_that_a_sign_off_saw_is_not_undone():
    """Between two sign-offs of one chain the status keeps its name, and the second builds on what it saw."""
    desk = opened(TWO._replace(steps=(*TWO.steps, Step("publish"))))
    key = desk.key(1)
    bring(desk, key, Status.CLOSING)
    desk.do(planning.edit, key, {"remark": "说明"}, why="更正")
    batch = desk.batch
    desk.do(closing.sign, key, SignWords(step="approve"))
    assert (desk.status(1), refused(desk, batch)[0]) == (
        Status.CLOSING,
        "issue 7 has changed since: sign on 2025-03-01",
    )


def test_a_change_of_an_issue_is_not_undone_after_it_moved_on():
    """What was done to the issue itself since holds a change of it, as with measures."""
    desk = opened(SIMPLE, measures=0)
    desk.do(planning.edit, OWN, {"remark": "说明"})
    batch = desk.batch
    desk.do(working.report_done, OWN, "已完成")
    assert refused(desk, batch)[0] == "issue 7 has changed since: done on 2025-03-01"


UNRELATED = {
    "another measure's status": lambda desk, key: desk.do(working.report_done, desk.key(2), "已完成"),
    "another field": lambda desk, key: desk.do(planning.edit, key, {"remark": "说明"}),
    "the issue's field of that name": lambda desk, key: desk.do(planning.edit, OWN, {"unit": "财务科"}),
    "a note on what is started": lambda desk, key: desk.do(working.note, key, "再查"),
    "a request": lambda desk, key: desk.do(working.ask_for, Act.EXTEND, key, {"due": LATER}, why="推迟"),
}


@pytest.mark.parametrize("later", UNRELATED.values(), ids=UNRELATED)
def test_what_nothing_builds_on_is_undone(later):
    """Later changes elsewhere are no hindrance and stay."""
    desk = opened(TWO, measures=2, due=DUE)
    key = desk.key(1)
    desk.do(working.note, key, "开始")
    desk.do(planning.edit, key, {"text": "改", "unit": "综合科"})
    batch = desk.batch
    later(desk, key)
    count = len(desk.entries)
    desk.do(undo, batch)
    assert (desk.field("text", 1), desk.field("unit", 1), len(desk.entries)) == ("第1项措施", None, count + 1)


@pytest.mark.parametrize("answer", [None, working.refuse_request], ids=["request", "refusal"])
def test_a_request_moves_nothing(answer):
    """To have asked, or to have refused, holds nothing up: it is undone whatever was done to the target since."""
    desk = opened(TWO, due=DUE)
    key = desk.key(1)
    desk.do(working.ask_for, Act.EXTEND, key, {"due": LATER}, why="推迟")
    if answer:
        desk.do(answer, Act.EXTEND, key, why="不同意")
    batch = desk.batch
    desk.do(working.report_done, key, "已完成")
    desk.do(undo, batch)
    assert [each.state for each in desk.state.courses[key].requests] == (["pending"] if answer else [])


def test_what_one_entry_said_of_a_measure_is_held_by_what_was_done_to_it():
    """A hand edit that was adopted names no measure, yet what it changed of one is held like any other change."""
    desk = opened(TWO, measures=2)
    key = desk.key(1)
    desk.do(lambda draft: draft.enter("adopt", set={"measures": {key: {"remark": "说明"}}}))
    batch = desk.batch
    desk.do(working.report_done, desk.key(2), "已完成")
    other = Desk(TWO)
    other.entries = list(desk.entries)
    desk.do(working.report_done, key, "已完成")
    assert refused(desk, batch)[0] == "issue 7 has changed since: done on 2025-03-01"
    other.do(undo, batch)
    assert other.field("remark", 1) is None


def test_a_measure_that_came_later_is_no_hindrance():
    """A measure that another issue sent here since builds on no change but the issue's making."""
    desk, other = opened(TWO), opened(TWO, number=8)
    made = desk.batch
    desk.do(planning.edit, OWN, {"remark": "说明"})
    batch = desk.batch
    desk.do(lambda draft: moving.move_measure(other.draft(), other.key(1), draft))
    desk.do(undo, batch)
    assert desk.field("remark") is None
    assert refused(desk, made)[0] == "issue 7 has changed since: move on 2025-03-01"


def test_a_making_with_more_in_one_command_is_held_by_new_measures():
    """An issue that was added and noted on at once is still as a whole what later measures build on."""
    desk = Desk(SIMPLE)

    def add_and_note(draft):
        planning.add(draft, 7, {"title": "印章管理不规范"}, [])
        working.note(draft, OWN, "开始")

    desk.do(add_and_note)
    batch = desk.batch
    desk.do(planning.add_measure, {"text": "补充"})
    assert refused(desk, batch)[0] == "issue 7 has changed since: measure on 2025-03-01"


def test_an_issue_something_happened_to_is_not_undone():
    """The whole issue is the target of the command that added it."""
    for later in (
        lambda desk: desk.do(working.report_done, desk.key(1), "已完成"),
        lambda desk: desk.do(planning.add_measure, {"text": "补充"}),
        lambda desk: desk.do(planning.edit, OWN, {"title": "改"}),
    ):
        desk = opened(measures=1)
        added = desk.batch
        later(desk)
        assert refused(desk, added)[1] == NEWEST_FIRST
    desk = opened(measures=1)
    added = desk.batch
    desk.do(planning.edit, OWN, {"remark": "说明"})
    desk.do(undo, added)
    assert (desk.status(), desk.field("remark"), desk.state.problems) == (Status.VOID, "说明", [])


def test_a_measure_something_happened_to_is_not_undone():
    """What was done to a new measure builds on its making."""
    desk = opened(TWO)
    desk.do(planning.add_measure, {"text": "补充"})
    made = desk.batch
    bring(desk, desk.key(2), Status.DONE)
    assert refused(desk, made)[0] == "issue 7 has changed since: done on 2025-03-01"


def test_an_undo_something_builds_on_is_not_undone():
    """What came after an undo on the same target holds it: the command would come back into another record."""
    desk = opened(TWO)
    key = desk.key(1)
    desk.do(working.report_done, key, "已完成")
    desk.do(undo, desk.batch)
    undone = desk.batch
    desk.do(working.report_done, key, "真的完成")
    assert refused(desk, undone)[0] == "issue 7 has changed since: done on 2025-03-01"


def test_a_change_does_not_come_back_over_a_later_one():
    """Taken back, and the field given another value since: the undo stays, or the later value would be lost."""
    desk = opened(TWO)
    desk.do(planning.edit, OWN, {"remark": "一"})
    desk.do(undo, desk.batch)
    undone = desk.batch
    desk.do(planning.edit, OWN, {"remark": "二"})
    assert refused(desk, undone)[0] == "issue 7 has changed since: edit on 2025-03-01"


@pytest.mark.parametrize("act", ["resolve", "renumber"])
def test_what_two_copies_have_settled_is_not_taken_back(act):
    """Others have built on it in their copies of the ledger."""
    desk = opened(TWO)
    desk.do(lambda draft: draft.enter(act, changes={"number": 9}))
    assert refused(desk, desk.batch) == (
        "what two copies of the ledger have settled is not taken back",
        "change what is not right with: ledger edit",
    )


def test_what_would_leave_an_impossible_history_is_refused():
    """A change that only the command made possible holds it, though it is of another field and target."""
    desk = opened(TWO)
    bring(desk, desk.key(1), Status.CLOSED)
    desk.do(closing.reopen, desk.key(1), why="反弹")
    reopened = desk.batch
    desk.do(planning.edit, OWN, {"remark": "说明"})
    assert refused(desk, reopened) == ("issue 7 has changed since: edit on 2025-03-01", NEWEST_FIRST)
    desk.do(undo, desk.batch)
    desk.do(undo, reopened)
    assert desk.status() is Status.CLOSED


def test_a_command_is_undone_once():
    """A batch the record has not, or that was taken back, is named."""
    desk = opened()
    with pytest.raises(NotFoundError) as missing:
        desk.do(undo, "01JXNOBATCH")
    assert missing.value.message == "issue 7 has no change of that name"
    desk.do(planning.edit, OWN, {"remark": "说明"})
    batch = desk.batch
    desk.do(undo, batch)
    assert refused(desk, batch) == (
        "that change has been taken back already",
        "ledger history shows what counts",
    )


def test_an_approved_plan_is_not_taken_back():
    """A plan is revised, not undone."""
    desk = opened(TWO, plan=True, due=DUE)
    desk.do(planning.claim, "吴某")
    desk.do(planning.approve, 1, "党组会")
    assert refused(desk, desk.batch) == (
        "an approved plan is not taken back",
        "revise it and approve a new version",
    )


def test_undone_work_does_not_count_for_dates():
    """A report that was taken back does not keep an earlier one from being recorded."""
    desk = opened(SIMPLE)
    key = desk.key(1)
    desk.do(working.report_done, key, "已完成", on=dt.date(2025, 5, 1))
    desk.do(undo, desk.batch)
    desk.do(working.report_done, key, "已完成", on=dt.date(2025, 4, 1))
    assert desk.state.courses[key].last_on == dt.date(2025, 4, 1)


def test_the_draft_shows_what_an_undo_left():
    """The record a command writes is the one without the batch, not the one it had before it."""
    desk = opened(SIMPLE)
    desk.do(planning.edit, OWN, {"remark": "说明"})
    draft = desk.draft()
    undo(draft, desk.batch)
    assert "remark" not in draft.state.document()
    assert draft.state.document() == {**draft.state.document(), "head": "sha256:" + draft.added[-1].hash}
