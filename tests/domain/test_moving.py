"""Splitting, merging and moving: nothing gets lost, what leaves a place stays there as void."""

from __future__ import annotations

import datetime as dt

import pytest

from ledger.domain.acts import moving, planning, working
from ledger.domain.acts.undoing import undo
from ledger.domain.course import OWN
from ledger.domain.issue import issue_of
from ledger.domain.moves import Status
from ledger.errors import RefusedError, UsageError
from tests.domain.desk import DUE, TWO, TWO_OWN, Desk, bring, opened

LATER = dt.date(2025, 9, 30)


def row(number: int) -> dict:
    return {"sha256": f"{number:064x}", "name": f"{number}.pdf", "kind": "document", "proves": "", "size": 1}


def between(act, home: Desk, *arguments, goal: Desk, why: str = "") -> object:
    """An act on two records, as one command."""
    first, second = home.draft(why=why), goal.draft(why=why)
    value = act(first, *arguments, second)
    home.entries, goal.entries = first.state.entries, second.state.entries
    return value


def approved(**fields) -> Desk:
    desk = opened(TWO, measures=2, plan=True, **fields)
    desk.do(planning.claim, "吴某")
    desk.do(planning.approve, 1, "党组会")
    return desk


# -- splitting ----------------------------------------------------------------------------------------


def test_a_measure_becomes_several():
    """The first text stays where it is; the others get new numbers and what the measure was given."""
    desk = opened(TWO, measures=2)
    key = desk.key(1)
    desk.do(
        planning.edit, key, {"unit": "综合科", "due": DUE, "serves": ["01JXOTHER"], "deliverable": "登记册"}
    )
    desk.do(working.note, key, "开始")
    desk.do(moving.split_measure, key, ["清点", "登记", "保管"])
    state = desk.state
    assert [(part["number"], part["text"], str(state.status(part["uid"]))) for part in state.measures()] == [
        (1, "清点", "active"),
        (2, "第2项措施", "pending"),
        (3, "登记", "active"),
        (4, "保管", "active"),
    ]
    for number in (3, 4):
        assert {name: desk.field(name, number) for name in ("unit", "due", "due_original", "serves")} == {
            "unit": "综合科",
            "due": DUE,
            "due_original": DUE,
            "serves": ["01JXOTHER"],
        }
        assert desk.field("deliverable", number) is None


@pytest.mark.parametrize(
    ("status", "arrives"),
    [
        (Status.PENDING, Status.PENDING),
        (Status.ACTIVE, Status.ACTIVE),
        (Status.INTERIM, Status.INTERIM),
        (Status.DONE, Status.ACTIVE),
        (Status.CLOSING, Status.ACTIVE),
        (Status.LONGTERM, Status.LONGTERM),
    ],
)
def test_a_new_part_has_no_sign_offs(status, arrives):
    """What was reported or signed was the whole: a part of it is worked on; long-term keeps its review."""
    desk = opened(TWO)
    bring(desk, desk.key(1), status)
    desk.do(moving.split_measure, desk.key(1), ["甲", "乙"])
    assert (desk.status(1), desk.status(2)) == (status, arrives)
    assert desk.state.courses[desk.key(2)].attempts == []
    assert desk.field("review_on", 2) == desk.field("review_on", 1)


def test_one_text_splits_nothing():
    """Splitting needs at least two texts."""
    with pytest.raises(UsageError):
        desk = opened()
        desk.do(moving.split_measure, desk.key(1), ["清点"])


CHANGES = {
    "split": lambda desk, why: desk.do(moving.split_measure, desk.key(1), ["甲", "乙"], why=why),
    "merge": lambda desk, why: desk.do(moving.merge_measures, desk.key(1), [desk.key(2)], why=why),
    "move": lambda desk, why: between(moving.move_measure, desk, desk.key(1), goal=drafted(), why=why),
    "receive": lambda desk, why: _receive(desk, why),
    "merge issues": lambda desk, why: between(moving.merge_issue, desk, goal=drafted(), why=why),
    "be merged": lambda desk, why: between(moving.merge_issue, drafted(), goal=desk, why=why),
}


def drafted() -> Desk:
    return opened(TWO, measures=2, plan=True)


def _receive(desk: Desk, why: str) -> None:
    other = drafted()
    between(moving.move_measure, other, other.key(1), goal=desk, why=why)


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_an_approved_plan_is_rearranged_with_a_reason(change):
    """In a draft measures move freely; from approval on it is said why, on whichever side the plan is."""
    change(drafted(), "")
    with pytest.raises(RefusedError, match="the plan is approved, so a change to issue 7 needs a reason"):
        change(approved(), "")
    change(approved(), "调整分工")


# -- merging ------------------------------------------------------------------------------------------


def test_measures_become_one():
    """Texts, points and evidence come together; the merged ones are void and say where they went."""
    desk = opened(TWO, measures=3)
    keys = [desk.key(number) for number in (1, 2, 3)]
    for key, text in zip(keys, ("清点", "登记", "保管"), strict=True):
        desk.do(working.add_point, key, text)
    desk.do(working.attach, keys[0], row(1))
    desk.do(working.attach, keys[1], row(2))
    desk.do(working.attach, keys[1], row(1))
    desk.do(moving.merge_measures, keys[0], keys[1:])
    part = desk.state.parts[keys[0]]
    assert part["text"] == "第1项措施\n第2项措施\n第3项措施"
    assert part["points"] == [
        {"number": 1, "text": "清点"},
        {"number": 2, "text": "登记"},
        {"number": 3, "text": "保管"},
    ]
    assert [each["name"] for each in part["evidence"]] == ["1.pdf", "2.pdf"]
    assert [desk.status(number) for number in (1, 2, 3)] == [Status.ACTIVE, Status.VOID, Status.VOID]
    assert [entry.data for entry in desk.entries[-2:]] == [{"into": keys[0]}] * 2
    assert [each["name"] for each in desk.state.parts[keys[1]]["evidence"]] == ["2.pdf", "1.pdf"]


def test_merging_says_nothing_that_is_not_there():
    """Without points and files only the text changes; a measure without text adds none."""
    desk = opened(TWO, measures=3)
    one, two, three = (desk.key(number) for number in (1, 2, 3))
    desk.do(planning.edit, two, {"text": None})
    desk.do(moving.merge_measures, one, [two, three])
    assert desk.entries[-3].set == {"measures": {one: {"text": "第1项措施\n第3项措施"}}}


def test_merging_ends_the_attempts_of_what_goes():
    """Sign-offs of a merged measure lapse; those of the one that stays become suspect."""
    desk = opened(TWO, measures=2)
    for number in (1, 2):
        bring(desk, desk.key(number), Status.CLOSING)
    desk.do(moving.merge_measures, desk.key(1), [desk.key(2)])
    assert desk.state.courses[desk.key(2)].standing == []
    assert len(desk.state.suspects(desk.key(1))) == 1


def test_merging_names_different_measures():
    """A measure is not merged with itself, nor one alone."""
    desk = opened(TWO, measures=2)
    for others in ([], [desk.key(1)], [desk.key(2), desk.key(2)]):
        with pytest.raises(UsageError) as error:
            desk.do(moving.merge_measures, desk.key(1), others)
        assert error.value.message == "merging needs two different measures"


def test_what_is_closed_is_not_merged():
    """Closed and void measures stay as they are."""
    desk = opened(TWO, measures=2)
    bring(desk, desk.key(2), Status.CLOSED)
    with pytest.raises(RefusedError) as error:
        desk.do(moving.merge_measures, desk.key(1), [desk.key(2)])
    assert error.value.message == "7.2 is closed, so merge is not possible"


# -- moving to another issue ----------------------------------------------------------------------------


def test_a_moved_measure_takes_everything_along():
    """Fields, what it inherits, deadline, points and evidence arrive; the old place shows where it went."""
    home = opened(
        TWO, measures=2, unit="综合科", leader="吴某", criterion="100%", due=DUE, due_text="6月底前"
    )
    goal = opened(TWO, measures=1, unit="财务科", due=LATER)
    key = home.key(2)
    home.do(working.add_point, key, "清点")
    home.do(working.attach, key, row(1))
    home.do(planning.edit, key, {"owner": "周某", "serves": [goal.field("uid"), "01JXTHIRD"]})
    uid = between(moving.move_measure, home, key, goal=goal)
    part = goal.state.parts[uid]
    assert {name: value for name, value in part.items() if name != "uid"} == {
        "number": 2,
        "text": "第2项措施",
        "unit": "综合科",
        "leader": "吴某",
        "owner": "周某",
        "criterion": "100%",
        "due": DUE,
        "due_original": DUE,
        "due_text": "6月底前",
        "serves": ["01JXTHIRD"],
        "points": [{"number": 1, "text": "清点"}],
        "evidence": [row(1)],
    }
    assert (goal.status(2), home.status(2)) == (Status.ACTIVE, Status.VOID)
    assert home.entries[-1].data == {"to": {"issue": goal.field("uid"), "measure": uid}}
    assert goal.entries[-1].data == {
        "from": {"issue": home.field("uid"), "measure": key},
        "status": "active",
    }
    assert (home.state.problems, goal.state.problems) == ([], [])


def test_a_moved_measure_says_nothing_that_is_not_there():
    """What it does not have is not in the entry; what served only the issue it comes to serves nothing."""
    home, goal = opened(TWO, measures=2), opened(TWO)
    home.do(planning.edit, home.key(1), {"serves": [goal.field("uid")]})
    uid = between(moving.move_measure, home, home.key(1), goal=goal)
    assert goal.entries[-1].set == {"measures": {uid: {"number": 2, "text": "第1项措施", "uid": uid}}}


def test_evidence_of_a_moved_measure_grows_on_alone():
    """What is attached after the move changes the new place only, and the history not at all."""
    home, goal = opened(TWO, measures=2), opened(TWO)
    home.do(working.attach, home.key(1), row(1))
    uid = between(moving.move_measure, home, home.key(1), goal=goal)
    moved = goal.entries[-1].line
    goal.do(working.attach, uid, row(2))
    assert len(goal.state.parts[uid]["evidence"]) == 2
    assert goal.state.entries[-2].line == moved
    assert len(goal.entries[-2].set["measures"][uid]["evidence"]) == 1


@pytest.mark.parametrize("status", [Status.DONE, Status.CLOSING])
def test_sign_offs_do_not_travel(status):
    """A measure reported done or under sign-off arrives as active; what was signed lapses at home."""
    home, goal = opened(TWO), opened(TWO, measures=0)
    bring(home, home.key(1), status)
    uid = between(moving.move_measure, home, home.key(1), goal=goal)
    assert (goal.state.status(uid), goal.state.parts[uid]["result"]) == (Status.ACTIVE, "已建章立制")
    assert home.state.courses[home.key(1)].standing == []
    assert goal.state.courses[uid].attempts == []


def test_a_measure_moves_to_another_open_issue():
    """Not to its own issue, and not to one that is void or closed."""
    home, goal = opened(TWO), opened(TWO, measures=1)
    with pytest.raises(RefusedError) as same:
        between(moving.move_measure, home, home.key(1), goal=home)
    assert same.value.message == "7.1 is in issue 7 already"
    bring(goal, goal.key(1), Status.CLOSED)
    with pytest.raises(RefusedError) as closed:
        between(moving.move_measure, home, home.key(1), goal=goal)
    assert closed.value.message == "7 is closed, so measure is not possible"


def test_a_move_is_taken_back_on_both_sides():
    """Undone, the measure is at home as before, and void where it had gone."""
    home, goal = opened(TWO), opened(TWO, measures=0)
    bring(home, home.key(1), Status.DONE)
    first, second = home.draft(), goal.draft()
    uid = moving.move_measure(first, home.key(1), second)
    home.entries, goal.entries = first.state.entries, second.state.entries
    home.do(undo, home.batch)
    goal.do(undo, goal.batch)
    assert (home.status(1), goal.state.status(uid)) == (Status.DONE, Status.VOID)


# -- merging issues ---------------------------------------------------------------------------------------


def test_an_issue_takes_another_over():
    """Live measures arrive, void ones stay; the other issue is void and says where it went."""
    home, other = opened(TWO_OWN, measures=1), opened(TWO_OWN, measures=3)
    other.do(working.void, other.key(2), why="重复")
    between(moving.merge_issue, home, goal=other)
    assert [part.text for part in issue_of(home.state).measures] == ["第1项措施", "第1项措施", "第3项措施"]
    assert [other.status(number) for number in (0, 1, 2, 3)] == [Status.VOID] * 4
    assert other.entries[-1].data == {"into": home.field("uid")}
    assert (home.state.problems, other.state.problems) == ([], [])


def test_a_merged_issue_stays_void():
    """What comes to a merged issue's measures later changes nothing: it went elsewhere as a whole."""
    home, other = opened(TWO_OWN, measures=1), opened(TWO_OWN, measures=0)
    between(moving.merge_issue, home, goal=other)
    assert other.status() is Status.VOID
    with pytest.raises(RefusedError):
        other.do(planning.add_measure, {"text": "补充"})


def test_an_issue_is_not_merged_with_itself():
    """Two different issues are needed."""
    home = opened(TWO, measures=0)
    with pytest.raises(UsageError) as error:
        between(moving.merge_issue, home, goal=home)
    assert error.value.message == "merging needs two different issues"


def test_a_closed_measure_keeps_its_issue_from_merging():
    """A close-out is not carried elsewhere."""
    home, other = opened(TWO), opened(TWO, measures=2)
    bring(other, other.key(1), Status.CLOSED)
    with pytest.raises(RefusedError) as error:
        between(moving.merge_issue, home, goal=other)
    assert error.value.message == "7.1 is closed, so move is not possible"


def test_an_issue_cannot_take_more_than_it_holds(monkeypatch):
    """A split and a move respect the limit of measures."""
    monkeypatch.setattr(planning, "MOST_MEASURES", 2)
    desk = opened(TWO, measures=2)
    with pytest.raises(RefusedError, match="issue 7 takes at most 2 measures"):
        desk.do(moving.split_measure, desk.key(1), ["甲", "乙"])
    with pytest.raises(RefusedError, match="issue 7 takes at most 2 measures"):
        other = opened(TWO)
        between(moving.move_measure, other, other.key(1), goal=desk)


def test_what_arrives_gets_a_new_number():
    """Numbers of void measures are not given again."""
    home, goal = opened(TWO, measures=1), opened(TWO, measures=2)
    goal.do(working.void, goal.key(2), why="重复")
    between(moving.move_measure, home, home.key(1), goal=goal)
    assert [part["number"] for part in goal.state.measures()] == [1, 2, 3]
    assert goal.state.status(OWN) is Status.PENDING
