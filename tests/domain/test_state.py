"""The record its entries make: the order of a file, inheritance, views."""

from __future__ import annotations

import datetime as dt

import pytest

from ledger.domain.acts import closing, planning, working
from ledger.domain.acts.closing import SignWords
from ledger.domain.course import OWN
from ledger.domain.entry import parse
from ledger.domain.issue import issue_of
from ledger.domain.moves import Status
from ledger.domain.replay import replay
from ledger.domain.schema import CHRONICLE, INHERITED, ISSUE
from tests.domain.desk import DUE, FIRST_DAY, SIMPLE, TWO, TWO_OWN, Desk, bring, opened

LATER = dt.date(2025, 9, 30)
ROW = {"sha256": "34" * 32, "name": "1.pdf", "kind": "document", "proves": "", "size": 1}

FULL = {
    "kind": "theme",
    "title": "印章管理不规范",
    "category": "内部管理",
    "unit": "综合科",
    "co_units": ["财务科"],
    "leader": "吴某",
    "owner": "周某",
    "criterion": "登记率100%",
    "deliverable": "登记册",
    "term": "phased",
    "continuing": True,
    "due": DUE,
    "due_text": "6月底前",
    "interim_goal": "先清点",
    "review_on": LATER,
    "flags": ["rebound_prone"],
    "remark": "说明",
}


def test_a_document_is_in_the_order_of_the_contract():
    """Fields in the order of the schema, then status and head, evidence, and measures by number."""
    desk = Desk(SIMPLE)
    desk.do(planning.add, 7, dict(reversed(FULL.items())), [{"text": "清点"}, {"text": "登记"}])
    desk.do(planning.claim, "吴某")
    desk.do(working.attach, OWN, ROW)
    desk.do(working.add_point, desk.key(2), "造册")
    desk.do(working.attach, desk.key(2), ROW)
    document = desk.state.document()
    assert list(document) == [
        "format", "uid", "number", "kind", "title", "category", "unit", "co_units", "leader", "owner",
        "criterion", "deliverable", "term", "continuing", "due", "due_original", "due_text", "interim_goal",
        "review_on", "claimed_by", "claimed_on", "flags", "remark", "status", "head", "evidence", "measures",
    ]  # fmt: skip
    assert [list(part) for part in document["measures"]] == [
        ["uid", "number", "text", "status"],
        ["uid", "number", "text", "status", "points", "evidence"],
    ]
    assert (document["format"], document["due"], document["status"]) == (1, DUE, "active")
    assert document["head"] == "sha256:" + desk.entries[-1].hash


def test_a_document_has_no_empty_tables():
    """An issue without measures says nothing of measures, files or points; a measure neither."""
    assert opened(measures=0).state.document().keys().isdisjoint({"measures", "evidence", "points"})
    assert list(opened(measures=1).state.document()["measures"][0]) == ["uid", "number", "text", "status"]


def test_a_document_is_nobodys_to_change():
    """Changing a document changes no record."""
    desk = opened(TWO)
    desk.do(working.add_point, desk.key(1), "造册")
    desk.do(working.attach, desk.key(1), ROW)
    state = desk.state
    document = state.document()
    document["measures"][0]["points"][0]["text"] = "改"
    document["measures"][0]["evidence"].clear()
    document["title"] = "改"
    assert state.document() == desk.state.document()


@pytest.mark.parametrize("chain", [SIMPLE, TWO], ids=["closed by issue", "closed by measure"])
def test_a_file_of_the_issue_is_what_was_attached(chain):
    """What an act says about the chain it was done under is nothing of the file's."""
    desk = opened(chain)
    desk.do(working.attach, OWN, ROW)
    assert desk.state.fields["evidence"] == [ROW]


def test_dates_come_back_as_dates():
    """What an entry holds as ISO text is a date in the record, inside points too."""
    desk = opened(due=DUE)
    desk.do(working.add_point, desk.key(1), "造册")
    desk.do(working.tick_point, desk.key(1), 1)
    state = replay(ISSUE, [parse(entry.line) for entry in desk.entries])
    assert state.fields["due"] == DUE
    assert state.parts[desk.key(1)]["points"] == [{"number": 1, "text": "造册", "done_on": FIRST_DAY}]


def test_a_chronicle_has_neither_parts_nor_status():
    """Other kinds of record come from the same engine."""
    desk = Desk(SIMPLE)
    state = replay(CHRONICLE, [])
    draft = desk.draft()
    draft.state = state
    draft.enter("add", set={"uid": "01JXNOTE", "number": 3, "on": FIRST_DAY, "text": "动员会"})
    assert state.document() == {
        "format": 1,
        "uid": "01JXNOTE",
        "number": 3,
        "on": FIRST_DAY,
        "text": "动员会",
        "head": "sha256:" + draft.added[0].hash,
    }
    assert (state.problems, state.measures()) == ([], [])


def test_an_undone_entry_of_a_record_without_parts_is_void():
    """Undoing works on every kind of record."""
    desk = Desk(SIMPLE)
    draft = desk.draft()
    draft.state = replay(CHRONICLE, [])
    draft.enter("add", set={"uid": "01JXNOTE", "number": 3, "text": "动员会"})
    draft.enter("edit", changes={"text": "推进会"}, data={})
    for entry in draft.added:
        state = replay(CHRONICLE, [])
        state.apply(entry, undone=True)
        assert state.status() is (Status.VOID if entry.do == "add" else Status.PENDING)


# -- inheritance --------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", INHERITED)
def test_a_measure_inherits_what_it_does_not_say(name):
    """unit, co_units, leader, owner, criterion and term come from the issue unless the measure has its own."""
    value, own = (["财务科"], ["审计科"]) if name == "co_units" else ("phased", "longterm")
    desk = opened(measures=2, **{name: value})
    desk.do(planning.edit, desk.key(2), {name: own})
    views = [getattr(each, name) for each in issue_of(desk.state).measures]
    assert views == ([tuple(value), tuple(own)] if name == "co_units" else [value, own])


@pytest.mark.parametrize(
    "name", ["deliverable", "continuing", "interim_goal", "review_on", "remark", "result"]
)
def test_other_fields_are_not_inherited(name):
    """What is the issue's own stays with the issue."""
    value = {"continuing": True, "review_on": LATER}.get(name, "某事")
    desk = opened(**{name: value})
    assert not getattr(issue_of(desk.state).measures[0], name)
    assert getattr(issue_of(desk.state), name) == value


def test_a_deadline_is_inherited_whole():
    """A measure with one of the three keys of its own has none of the issue's."""
    desk = opened(measures=2, due=DUE, due_text="6月底前")
    desk.do(lambda draft: draft.enter("edit", desk.key(2), changes={"due_text": "长期坚持"}))
    assert [(each.due, each.due_original, each.due_text) for each in issue_of(desk.state).measures] == [
        (DUE, DUE, "6月底前"),
        (None, None, "长期坚持"),
    ]


# -- views ----------------------------------------------------------------------------------------------


def test_an_issue_as_others_read_it():
    """The view has the fields with their types, and empty values where nothing is said."""
    desk = Desk(SIMPLE)
    desk.do(planning.add, 7, FULL, [{"text": "清点", "serves": ["01JXOTHER"]}])
    issue = issue_of(desk.state)
    assert (issue.id, issue.number, issue.title, issue.kind) == ("7", 7, "印章管理不规范", "theme")
    assert (issue.co_units, issue.flags, issue.continuing) == (("财务科",), ("rebound_prone",), True)
    assert (issue.due, issue.due_original, issue.review_on) == (DUE, DUE, LATER)
    assert (issue.plan, issue.entries, issue.head) == (0, 1, desk.entries[-1].hash)
    [measure] = issue.measures
    assert (measure.id, measure.text, measure.serves, measure.issue_uid) == (
        "7.1",
        "清点",
        ("01JXOTHER",),
        issue.uid,
    )
    empty = issue_of(opened(measures=0).state)
    assert (empty.kind, empty.category, empty.claimed_on, empty.since, empty.formerly) == (
        "finding",
        "",
        None,
        None,
        (),
    )
    assert (empty.signed, empty.steps, empty.next_step, empty.closed_on, empty.requested) == (
        0,
        0,
        None,
        None,
        "",
    )


def test_the_dates_of_a_close_out():
    """`since` is the last change of status, `closed_on` the last sign-off of the close-out in force."""
    desk = opened(TWO)
    key = desk.key(1)
    desk.do(working.report_done, key, "已完成", on=dt.date(2025, 4, 1))
    desk.do(closing.sign, key, SignWords(), on=dt.date(2025, 4, 3))
    view = issue_of(desk.state).measures[0]
    assert (view.since, view.closed_on, view.next_step) == (dt.date(2025, 4, 3), None, "approve")
    desk.do(closing.sign, key, SignWords(), on=dt.date(2025, 4, 9))
    view = issue_of(desk.state).measures[0]
    assert (view.since, view.closed_on, view.next_step) == (dt.date(2025, 4, 9), dt.date(2025, 4, 9), None)


def late(desk: Desk, day: dt.date = LATER) -> int:
    return issue_of(desk.state).days_late(day)


def test_an_issue_is_late_by_its_measures():
    """With measures the earliest that is late counts; what is done or void does not."""
    desk = opened(TWO, measures=3)
    for number, due in ((1, DUE), (2, dt.date(2025, 7, 31)), (3, dt.date(2025, 8, 31))):
        desk.do(planning.assign, desk.key(number), {"due": due})
    assert (late(desk), issue_of(desk.state).open_due) == (92, DUE)
    bring(desk, desk.key(1), Status.DONE)
    assert (late(desk), issue_of(desk.state).open_due) == (61, DUE)
    bring(desk, desk.key(2), Status.VOID)
    assert late(desk) == 30
    assert [each.number for each in issue_of(desk.state).live] == [1, 3]
    bring(desk, desk.key(3), Status.LONGTERM)
    assert (late(desk), late(desk, dt.date(2026, 1, 1))) == (0, 1)


def test_an_issue_without_measures_is_late_by_itself():
    """Its own deadline counts, until it is done."""
    desk = opened(SIMPLE, measures=0, due=DUE)
    assert (late(desk), issue_of(desk.state).open_due) == (92, DUE)
    desk.do(closing.close, OWN, SignWords(result="已完成"))
    assert (late(desk), issue_of(desk.state).open_due) == (0, None)


def test_an_issue_under_sign_off_is_not_late():
    """Under its own chain an issue that is reported done waits for others."""
    desk = opened(TWO_OWN, measures=1, due=DUE)
    assert late(desk) == 92
    bring(desk, desk.key(1), Status.DONE)
    desk.do(closing.close, OWN, SignWords(result="已完成"))
    assert late(desk) == 0


# -- moves of an issue that measures and own acts both touch -------------------------------------------------


def test_a_returned_issue_is_active_whatever_its_measures_say():
    """Returned or reopened, an issue is worked on until it is reported again, long-term measures or not."""
    desk = opened(TWO_OWN, measures=1)
    bring(desk, desk.key(1), Status.LONGTERM)
    desk.do(closing.close, OWN, SignWords(result="已完成"))
    desk.do(closing.send_back, OWN, SignWords(), why="不全")
    assert desk.status() is Status.ACTIVE


def test_an_issue_that_goes_back_to_a_step_is_under_sign_off_still():
    """Only one step is taken back: its measures have no say until all of it is returned."""
    desk = opened(TWO_OWN, measures=1)
    bring(desk, desk.key(1), Status.DONE)
    desk.do(closing.close, OWN, SignWords(result="已完成"))
    desk.do(closing.send_back, OWN, SignWords(), to="check", why="再核")
    assert (desk.status(), desk.state.courses[OWN].returned) == (Status.CLOSING, False)


def test_a_returned_issue_stays_active_when_given_new_measures():
    """Pending measures alone do not make a returned issue pending."""
    desk = opened(TWO_OWN, measures=0)
    desk.do(closing.close, OWN, SignWords(result="已完成"))
    desk.do(closing.send_back, OWN, SignWords(), why="不全")
    desk.do(planning.add_measure, {"text": "补充"})
    assert desk.status() is Status.ACTIVE


def test_an_issue_that_was_started_goes_as_far_as_its_measures():
    """A note on the issue lifts it from pending, and holds it nowhere."""
    desk = opened(SIMPLE, measures=1)
    desk.do(working.note, OWN, "开会部署")
    bring(desk, desk.key(1), Status.DONE)
    assert desk.status() is Status.DONE


def test_a_reopened_issue_is_no_further_than_its_measures():
    """Ahead of active its measures do not bring it; what they say short of that counts."""
    desk = opened(SIMPLE, measures=1)
    desk.do(closing.close, OWN, SignWords(result="已完成", take_all=True))
    desk.do(closing.reopen, OWN, why="反弹")
    desk.do(planning.add_measure, {"text": "补充"})
    bring(desk, desk.key(2), Status.INTERIM)
    assert desk.status() is Status.INTERIM


def test_an_issue_keeps_the_status_of_its_own_acts():
    """Under its own chain an interim or long-term issue is that, though its measures go on."""
    desk = opened(SIMPLE, measures=1)
    desk.do(working.interim, OWN, "初步成效")
    bring(desk, desk.key(1), Status.DONE)
    assert desk.status() is Status.INTERIM
    desk.do(working.report_done, OWN)
    assert desk.status() is Status.DONE
