"""Back through a history: which entry gave a status, and what changed since a sign-off."""

from __future__ import annotations

from ledger.domain.acts import closing, planning, working
from ledger.domain.acts.closing import SignWords
from ledger.domain.acts.undoing import undo
from ledger.domain.course import OWN
from ledger.domain.replay import undone_batches
from ledger.domain.tracing import doubts, turning_point
from tests.domain.desk import TWO, opened

FILE = {"sha256": "ab" * 32, "name": "minutes.txt", "kind": "", "proves": "", "size": 3}


def turned(desk, key):
    """The act that gave a target its status."""
    entry = turning_point(desk.state, undone_batches(desk.entries), key)
    return entry and entry.do


def doubted(desk, key):
    """The steps in doubt, each with the acts since and what they changed."""
    found = doubts(desk.state, undone_batches(desk.entries), key)
    return [(each.sign_off.step, [(since.entry.do, since.names) for since in each.since]) for each in found]


def test_a_status_comes_from_the_entry_that_last_changed_it():
    """Acts that leave the status alone do not count; an issue has its status from one of its measures."""
    desk = opened(TWO, measures=2)
    first = desk.key(1)
    assert (turned(desk, first), turned(desk, OWN)) == ("add", "add")
    desk.do(working.note, first, "begun")
    desk.do(working.note, first, "going on")
    assert (turned(desk, first), turned(desk, OWN), turned(desk, desk.key(2))) == ("note", "note", "add")
    desk.do(working.report_done, first, "in force")
    assert (turned(desk, first), turned(desk, OWN)) == ("done", "note")


def test_what_was_taken_back_gave_no_status():
    """After an undo the status is that of the entry before; a measure that came later has its own."""
    desk = opened(TWO)
    key = desk.key(1)
    desk.do(working.note, key, "begun")
    desk.do(undo, desk.batch)
    assert turned(desk, key) == "add"
    added = desk.do(planning.add_measure, {"text": "one more"})
    assert turned(desk, added) == "measure"
    assert turned(desk, "nowhere") is None


def test_a_sign_off_is_in_doubt_because_of_what_changed_after_it():
    """Each step in doubt names the changes made after it, and only those; what changes nothing it saw is no reason."""
    desk = opened(TWO)
    key = desk.key(1)
    desk.do(working.report_done, key, "in force")
    desk.do(closing.sign, key, SignWords())
    assert doubted(desk, key) == []
    desk.do(planning.edit, key, {"remark": "not part of what was signed"})
    assert doubted(desk, key) == []
    desk.do(planning.edit, key, {"criterion": "all of it"})
    desk.do(working.attach, key, FILE)
    assert doubted(desk, key) == [("check", [("edit", ("criterion",)), ("evidence", ("evidence",))])]
    desk.do(closing.confirm, key, SignWords())
    assert doubted(desk, key) == []
    desk.do(planning.edit, key, {"criterion": "half of it"})
    assert doubted(desk, key) == [("check", [("edit", ("criterion",))])]


def test_a_change_that_was_changed_back_leaves_no_doubt():
    """What stands as it was signed is in no doubt, whatever happened between."""
    desk = opened(TWO, criterion="all of it")
    key = desk.key(1)
    desk.do(working.report_done, key, "in force")
    desk.do(closing.sign, key, SignWords())
    desk.do(planning.edit, key, {"criterion": "half of it"})
    desk.do(planning.edit, key, {"criterion": None})
    assert doubted(desk, key) == []


def test_a_sign_off_on_something_nobody_can_find_names_no_change():
    """What was signed may stand in no state there ever was, as after a merge: in doubt, without a change to name."""
    desk = opened(TWO)
    key = desk.key(1)
    desk.do(working.report_done, key, "in force")
    desk.do(closing.sign, key, SignWords())
    state = desk.state
    state.courses[key].standing[0].sees = "0" * 64
    found = doubts(state, frozenset(), key)
    assert [(each.sign_off.step, each.since) for each in found] == [("check", ())]
