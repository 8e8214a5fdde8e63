"""Putting issues on the books, giving them to somebody, changing them, and approving the plan."""

from __future__ import annotations

import datetime as dt

import pytest

from ledger.domain.acts import closing, planning, working
from ledger.domain.acts.closing import SignWords
from ledger.domain.acts.planning import MOST_MEASURES
from ledger.domain.course import OWN
from ledger.domain.issue import issue_of
from ledger.domain.moves import Status
from ledger.errors import RefusedError, UsageError
from tests.domain.desk import DUE, SIMPLE, TWO, Desk, bring, opened

LATER = dt.date(2025, 9, 30)


def refused(function, *arguments, **named) -> tuple[str, str]:
    with pytest.raises(RefusedError) as error:
        function(*arguments, **named)
    return error.value.message, error.value.hint


def dates(desk: Desk, number: int = 0) -> tuple:
    return tuple(desk.field(name, number) for name in ("due", "due_original", "due_text"))


# -- adding ---------------------------------------------------------------------------------------


def test_an_issue_comes_with_its_measures():
    """One entry puts an issue and its measures on the books; what is empty is left out."""
    desk = Desk(SIMPLE)
    fields = {"title": "印章管理不规范", "unit": "综合科", "leader": "", "flags": [], "owner": None}
    desk.do(planning.add, 7, fields, [{"text": "清点"}, {"text": "登记", "unit": "财务科"}])
    state = desk.state
    assert {name: value for name, value in state.fields.items() if name != "uid"} == {
        "number": 7,
        "title": "印章管理不规范",
        "unit": "综合科",
    }
    assert [(part["number"], part["text"], part.get("unit")) for part in state.measures()] == [
        (1, "清点", None),
        (2, "登记", "财务科"),
    ]
    assert [entry.do for entry in desk.entries] == ["add"]
    assert {part.unit for part in issue_of(state).measures} == {"综合科", "财务科"}


def test_a_measure_gets_the_next_number():
    """Numbers of measures go up; that of a void one is not used again."""
    desk = opened(measures=2)
    desk.do(working.void, desk.key(2), why="重复")
    uid = desk.do(planning.add_measure, {"text": "补充"})
    assert desk.state.parts[uid]["number"] == 3


def test_an_issue_takes_so_many_measures_and_no_more():
    """The limit holds for an issue put on the books whole, and for a measure added."""
    assert MOST_MEASURES == 2000
    row = {"text": "措施"}
    assert refused(Desk().do, planning.add, 7, {"title": "x"}, [row] * 2001) == (
        "an issue takes at most 2000 measures, 2001 were given",
        "put the rest into another issue",
    )
    desk = Desk()
    desk.do(planning.add, 7, {"title": "x"}, [row] * 1999)
    desk.do(planning.add_measure, row)
    assert refused(desk.do, planning.add_measure, row)[0] == "issue 7 takes at most 2000 measures"


def test_an_issue_whose_measures_are_all_void_can_be_given_another():
    """All void makes the issue void; a new measure brings it back, unless the issue itself is void."""
    desk = opened(measures=1)
    desk.do(working.void, desk.key(1), why="重复")
    assert desk.status() is Status.VOID
    desk.do(planning.add_measure, {"text": "换一项"})
    assert desk.status() is Status.PENDING
    desk.do(working.void, OWN, why="不属实")
    assert (
        refused(desk.do, planning.add_measure, {"text": "再换"})[0] == "7 is void, so measure is not possible"
    )


# -- deadlines ------------------------------------------------------------------------------------


def test_the_first_deadline_is_the_original():
    """Without a plan the first due date set is `due_original`, at once or later, for issues and measures."""
    desk = opened(measures=0, due=DUE, due_text="6月底前")
    assert dates(desk) == (DUE, DUE, "6月底前")
    desk = opened(measures=1)
    desk.do(planning.assign, OWN, {"due": DUE})
    assert dates(desk) == (DUE, DUE, None)
    desk.do(planning.add_measure, {"text": "补充", "due": LATER})
    assert dates(desk, 2) == (LATER, LATER, None)


def test_a_fixed_deadline_does_not_move_by_assignment():
    """Once there is an original deadline only `extend` moves it, an inherited one too."""
    desk = opened(measures=1, due=DUE)
    for key, name in ((OWN, "7"), (desk.key(1), "7.1")):
        for act in (planning.assign, planning.edit):
            for due in (LATER, None):
                assert refused(desk.do, act, key, {"due": due}) == (
                    f"the deadline of {name} is fixed at 2025-06-30",
                    f"move it with: ledger extend {name} --to DATE --why REASON",
                )


def test_the_phrase_of_a_fixed_deadline_may_change():
    """`due_text` is only the phrase: it changes alone, and a measure then has all three keys of its own."""
    desk = opened(measures=1, due=DUE, due_text="6月底前")
    desk.do(planning.edit, OWN, {"due_text": "2025年6月底前"})
    assert dates(desk) == (DUE, DUE, "2025年6月底前")
    desk.do(planning.edit, desk.key(1), {"due_text": "六月底"})
    assert dates(desk, 1) == (DUE, DUE, "六月底")


def test_the_deadline_it_has_already_changes_nothing():
    """Saying an inherited or own deadline again enters nothing."""
    desk = opened(measures=1, due=DUE, due_text="6月底前")
    for key in (OWN, desk.key(1)):
        with pytest.raises(UsageError):
            desk.do(planning.edit, key, {"due": DUE, "due_text": "6月底前"})
    assert dates(desk, 1) == (None, None, None)


def test_in_a_draft_deadlines_change_freely():
    """Before approval nothing is fixed: dates come, move and go, and the phrase goes with its date."""
    desk = opened(measures=1, plan=True, due=DUE, due_text="6月底前")
    assert dates(desk) == (DUE, None, "6月底前")
    desk.do(planning.edit, OWN, {"due": LATER})
    assert dates(desk) == (LATER, None, None)
    desk.do(planning.edit, desk.key(1), {"due": DUE, "due_text": "6月底前"})
    assert dates(desk, 1) == (DUE, None, "6月底前")
    desk.do(planning.edit, desk.key(1), {"due": None})
    assert dates(desk, 1) == (None, None, None)


# -- assigning --------------------------------------------------------------------------------------


def test_assigning_down_makes_measures_inherit():
    """With `down` what measures say for themselves gives way; what is closed or void is left alone."""
    desk = opened(TWO, measures=0)
    for unit in ("甲科", "乙科", "丙科"):
        desk.do(planning.add_measure, {"text": "措施", "unit": unit, "owner": "周某"})
    bring(desk, desk.key(2), Status.CLOSED)
    desk.do(planning.assign, OWN, {"unit": "综合科"}, down=True)
    assert [desk.field("unit", number) for number in (0, 1, 2, 3)] == ["综合科", None, "乙科", None]
    assert desk.field("owner", 1) == "周某"
    assert [measure.unit for measure in issue_of(desk.state).measures] == ["综合科", "乙科", "综合科"]


def test_assigning_down_leaves_fixed_deadlines():
    """`due_original` is written once: a measure's fixed deadline does not give way."""
    desk = opened(SIMPLE, measures=0)
    desk.do(planning.add_measure, {"text": "甲", "due": DUE, "unit": "甲科"})
    desk.do(planning.assign, OWN, {"due": LATER, "unit": "综合科"}, down=True)
    assert (dates(desk, 1), desk.field("unit", 1)) == ((DUE, DUE, None), None)


def test_assigning_down_in_a_draft_takes_deadlines_along():
    """Nothing is fixed in a draft, so the measures take the issue's deadline whole."""
    desk = opened(SIMPLE, measures=0, plan=True)
    desk.do(planning.add_measure, {"text": "甲", "due": DUE, "due_text": "6月底前"})
    desk.do(planning.assign, OWN, {"due": LATER}, down=True)
    assert dates(desk, 1) == (None, None, None)
    assert issue_of(desk.state).measures[0].due == LATER


def test_down_alone_is_enough_to_assign():
    """`--down` with what the issue has already still reaches the measures."""
    desk = opened(SIMPLE, measures=0, unit="综合科")
    desk.do(planning.add_measure, {"text": "甲", "unit": "甲科"})
    desk.do(planning.assign, OWN, {"unit": "综合科"}, down=True)
    assert [entry.do for entry in desk.entries] == ["add", "measure", "assign"]
    assert desk.field("unit", 1) is None


@pytest.mark.parametrize("down", [True, False])
def test_nothing_to_assign(down):
    """An assignment that says nothing new is a usage error."""
    desk = opened(SIMPLE, unit="综合科")
    with pytest.raises(UsageError) as error:
        desk.do(planning.assign, OWN, {"unit": "综合科"}, down=down)
    assert error.value.message == "nothing to assign"


def test_a_leader_claims_an_issue():
    """A claim says who and when, and makes the claimer the leader where there is none."""
    desk = opened()
    desk.do(planning.claim, "吴某", on=dt.date(2025, 3, 5))
    assert [desk.field(name) for name in ("claimed_by", "claimed_on", "leader")] == [
        "吴某",
        dt.date(2025, 3, 5),
        "吴某",
    ]
    desk.do(planning.claim, "郑某")
    assert [desk.field(name) for name in ("claimed_by", "leader")] == ["郑某", "吴某"]


# -- editing ------------------------------------------------------------------------------------------


def test_an_edit_says_what_was():
    """An entry of an edit holds the new and the former values; None takes a field away."""
    desk = opened(unit="综合科", flags=["rebound_prone"])
    desk.do(planning.edit, OWN, {"unit": None, "flags": ("key",), "title": "印章管理混乱", "remark": ""})
    entry = desk.entries[-1]
    assert entry.set == {"unit": None, "flags": ["key"], "title": "印章管理混乱"}
    assert entry.was == {"unit": "综合科", "flags": ["rebound_prone"], "title": "印章管理不规范"}
    assert (desk.field("unit"), desk.field("flags")) == (None, ["key"])


def test_an_edit_of_a_measure_stands_under_its_uid():
    """`set` and `was` are relative to the whole record."""
    desk = opened()
    key = desk.key(1)
    desk.do(planning.edit, key, {"text": "全面清点", "continuing": True})
    assert desk.entries[-1].target == key
    assert desk.entries[-1].set == {"measures": {key: {"continuing": True, "text": "全面清点"}}}
    assert desk.entries[-1].was == {"measures": {key: {"text": "第1项措施"}}}


@pytest.mark.parametrize(
    "fields", [{"title": "印章管理不规范"}, {"remark": ""}, {"flags": ()}, {"continuing": False}, {}]
)
def test_an_edit_that_changes_nothing(fields):
    """Values it has already, and empty for what is not there, are no change."""
    desk = opened()
    with pytest.raises(UsageError) as error:
        desk.do(planning.edit, OWN, fields)
    assert error.value.message == "7 already reads like that, nothing would change"


# -- the plan -----------------------------------------------------------------------------------------


def planned() -> Desk:
    desk = opened(TWO, measures=2, plan=True, due=DUE, unit="综合科")
    desk.do(planning.edit, desk.key(2), {"due": LATER})
    return desk


def test_a_plan_is_approved_once_it_is_claimed():
    """Approval needs a claim, fixes the deadlines and writes the version down."""
    desk = planned()
    assert refused(desk.do, planning.approve, 1, "党组会") == (
        "issue 7 is not claimed yet",
        "claim it with: ledger claim 7 --leader NAME",
    )
    desk.do(planning.claim, "吴某")
    desk.do(planning.approve, 1, "党组会")
    assert (dates(desk), dates(desk, 1), dates(desk, 2)) == (
        (DUE, DUE, None),
        (None, None, None),
        (LATER, LATER, None),
    )
    assert (desk.entries[-1].meeting, desk.entries[-1].data) == ("党组会", {"plan": 1})
    assert issue_of(desk.state).plan == 1


def test_an_original_deadline_is_written_once():
    """A second approval leaves the original deadlines of the first."""
    desk = planned()
    desk.do(planning.claim, "吴某")
    desk.do(planning.approve, 1, "")
    desk.do(working.extend, OWN, LATER, why="推迟")
    desk.do(planning.approve, 2, "")
    assert dates(desk) == (LATER, DUE, None)
    assert (desk.entries[-1].set, desk.entries[-1].meeting) == ({}, None)


def test_void_issues_and_measures_are_not_approved():
    """What is void has no part in the plan."""
    desk = planned()
    desk.do(planning.claim, "吴某")
    desk.do(working.void, desk.key(2), why="重复")
    desk.do(planning.approve, 1, "")
    assert dates(desk, 2) == (LATER, None, None)
    desk.do(working.void, OWN, why="不属实")
    count = len(desk.entries)
    desk.do(planning.approve, 2, "")
    assert len(desk.entries) == count


WORK = {
    "interim": lambda desk: desk.do(working.interim, desk.key(1)),
    "done": lambda desk: desk.do(working.report_done, desk.key(1), "已完成"),
    "extend": lambda desk: desk.do(working.extend, desk.key(1), LATER, why="推迟"),
    "longterm": lambda desk: desk.do(working.make_longterm, desk.key(1), "目标", LATER, why="长期"),
    "a request": lambda desk: desk.do(working.ask_for, "extend", desk.key(1), {"due": LATER}, why="推迟"),
}


@pytest.mark.parametrize("work", WORK.values(), ids=WORK)
def test_work_waits_for_the_plan(work):
    """Where a plan is required results, deadlines and requests wait for its approval."""
    desk = planned()
    assert refused(work, desk) == (
        "issue 7 is not in an approved plan yet",
        "approve the plan first: ledger plan approve --meeting NAME",
    )
    desk.do(planning.claim, "吴某")
    desk.do(planning.approve, 1, "")
    work(desk)


CHANGES = {
    "edit": lambda desk, **why: desk.do(planning.edit, OWN, {"criterion": "100%"}, **why),
    "measure": lambda desk, **why: desk.do(planning.add_measure, {"text": "补充"}, **why),
    "assign to another": lambda desk, **why: desk.do(planning.assign, OWN, {"unit": "财务科"}, **why),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_an_approved_plan_changes_with_a_reason(change):
    """In a draft changes are free; after approval they say why."""
    desk = planned()
    change(desk)
    desk = planned()
    desk.do(planning.claim, "吴某")
    desk.do(planning.approve, 1, "")
    assert refused(change, desk) == (
        "the plan is approved, so a change to issue 7 needs a reason",
        "give it with --why",
    )
    change(desk, why="巡察组要求")


def test_the_first_assignment_after_approval_is_no_change():
    """Work is given out after the plan is approved: filling in what was empty needs no reason."""
    desk = planned()
    desk.do(planning.claim, "吴某")
    desk.do(planning.approve, 1, "")
    desk.do(planning.assign, desk.key(1), {"unit": "财务科", "owner": "周某"})
    assert desk.field("owner", 1) == "周某"


def test_a_measure_added_after_approval_has_its_original_deadline():
    """What joins an approved plan is fixed at once."""
    desk = planned()
    desk.do(planning.claim, "吴某")
    desk.do(planning.approve, 1, "")
    desk.do(planning.add_measure, {"text": "补充", "due": LATER}, why="巡察组要求")
    assert dates(desk, 3) == (LATER, LATER, None)


def test_numbers_change_only_in_a_draft():
    """In a draft an issue takes another number and keeps the former; later it keeps the one it has."""
    desk = planned()
    desk.do(planning.renumber, 9)
    desk.do(planning.renumber, 12)
    assert (desk.field("number"), desk.field("formerly")) == (12, [7, 9])
    with pytest.raises(UsageError) as error:
        desk.do(planning.renumber, 12)
    assert error.value.message == "issue 12 has that number already"
    desk.do(planning.claim, "吴某")
    desk.do(planning.approve, 1, "")
    assert refused(desk.do, planning.renumber, 13)[0] == "issue 12 keeps its number: it is in use"
    assert refused(opened().do, planning.renumber, 13)[0] == "issue 7 keeps its number: it is in use"


def test_a_claimed_and_closed_issue_is_not_changed():
    """Closed is closed: assigning, editing and adding are refused, also where the measures closed it."""
    desk = opened(TWO)
    bring(desk, desk.key(1), Status.CLOSED)
    for act, arguments in (
        (planning.assign, (OWN, {"unit": "综合科"})),
        (planning.edit, (OWN, {"unit": "综合科"})),
        (planning.add_measure, ({"text": "补充"},)),
        (planning.claim, ("吴某",)),
    ):
        assert "is closed" in refused(desk.do, act, *arguments)[0]
    desk.do(closing.reopen, desk.key(1), why="反弹")
    desk.do(planning.assign, OWN, {"unit": "综合科"})
    desk.do(closing.close, desk.key(1), SignWords(result="再次完成"))
