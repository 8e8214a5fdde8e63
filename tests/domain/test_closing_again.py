"""Close-outs that are returned or begun anew, and sign-offs that are in doubt."""

from __future__ import annotations

import datetime as dt

import pytest

from ledger.domain.acts import closing, planning, working
from ledger.domain.acts.closing import SignWords
from ledger.domain.closeout import Chain, Distinct, Outcome, Step, signer_of
from ledger.domain.course import OWN
from ledger.domain.issue import issue_of
from ledger.domain.moves import Status
from tests.domain.desk import SIMPLE, TWO, Desk, bring, opened
from tests.domain.signing import ROW, ready, refused, sign

# -- returns and new beginnings -------------------------------------------------------------------


def closing_desk() -> tuple[Desk, str]:
    """A measure with two of three steps signed."""
    desk = opened(Chain("measure", (Step("one"), Step("two"), Step("three")), Distinct.OFF))
    key = desk.key(1)
    desk.do(working.report_done, key, "已完成")
    sign(desk, key)
    sign(desk, key)
    return desk, key


def attempts(desk: Desk, key: str) -> list[tuple[str, list[str]]]:
    return [
        (str(each.outcome), [sign_off.step for sign_off in each.sign_offs])
        for each in desk.state.courses[key].attempts
    ]


def test_a_return_keeps_the_attempt_as_rejected():
    """Returned work is active again; what was signed lapses and is kept."""
    desk, key = closing_desk()
    desk.do(closing.send_back, key, SignWords(signer="纪检组"), why="佐证材料不全")
    assert desk.status(1) is Status.ACTIVE
    assert attempts(desk, key) == [("returned", ["one", "two"])]
    ended = desk.state.courses[key].attempts[0].ended
    assert (ended.why, ended.signer) == ("佐证材料不全", "纪检组")
    desk.do(working.report_done, key)
    assert sign(desk, key).step == "one"
    assert attempts(desk, key) == [("returned", ["one", "two"]), ("open", ["one"])]
    assert issue_of(desk.state).measures[0].rejected == 1


@pytest.mark.parametrize(("to", "kept", "following"), [("two", ["one"], "two"), ("one", [], "one")])
def test_a_return_to_a_step_keeps_the_earlier_ones(to, kept, following):
    """`return --to` stays closing; the first step leaves 0 of n."""
    desk, key = closing_desk()
    desk.do(closing.send_back, key, SignWords(), to=to, why="再核")
    assert desk.status(1) is Status.CLOSING
    assert attempts(desk, key) == [("returned", ["one", "two"]), ("open", kept)]
    view = issue_of(desk.state).measures[0]
    assert (view.signed, view.steps, view.next_step) == (len(kept), 3, following)
    assert sign(desk, key).step == following


def test_what_is_done_goes_back_whole():
    """Before the first sign-off there is no step to go back to; all of it may be returned."""
    desk = opened(TWO)
    key = desk.key(1)
    bring(desk, key, Status.DONE)
    assert refused(desk.do, closing.send_back, key, SignWords(), to="check", why="再核") == (
        "7.1 has no sign-off yet, so nothing can go back to step check",
        "leave --to out to return all of it",
    )
    desk.do(closing.send_back, key, SignWords(meeting="例会"), why="再核")
    assert (desk.status(1), desk.entries[-1].data, desk.entries[-1].meeting) == (Status.ACTIVE, {}, "例会")


def test_a_step_is_named_by_its_label_where_the_language_does(monkeypatch):
    """Also a step that is not the next one: its label stands in the settings."""
    monkeypatch.setattr("ledger.domain.words.pgettext", lambda _context, _text: "{label}")
    desk, key = ready()
    assert refused(sign, desk, key, step="office", signer="整改办")[0] == (
        "7.1 waits at step 责任单位自评, not at 整改办复核"
    )


def test_a_return_only_goes_to_a_signed_step():
    """Nothing goes back to a step that is not signed."""
    desk, key = closing_desk()
    assert refused(desk.do, closing.send_back, key, SignWords(), to="three", why="再核") == (
        "step three of 7.1 is not signed, so nothing can go back to it",
        "signed so far: one, two",
    )
    desk.do(closing.send_back, key, SignWords(), to="one", why="再核")
    assert (
        refused(desk.do, closing.send_back, key, SignWords(), to="one", why="再核")[1] == "signed so far: -"
    )


def test_who_decided_is_the_signer_else_the_meeting_else_the_recorder():
    """A sign-off is whoever's it says it is."""
    desk, key = ready()
    words = (
        {"signer": "综合科", "meeting": "例会"},
        {"meeting": "例会", "step": "leader"},
        {"signer": "整改办"},
    )
    for each in words:
        sign(desk, key, by="吴某", **each)
    assert [signer_of(entry) for entry in desk.entries[-3:]] == ["综合科", "例会", "整改办"]


def test_returns_and_reopenings_say_why():
    """Both give a reason, or nothing happens."""
    desk, key = closing_desk()
    assert refused(desk.do, closing.send_back, key, SignWords()) == (
        "7.1: a return says what is still to be done",
        "give it with --why",
    )
    sign(desk, key)
    assert refused(desk.do, closing.reopen, key) == ("7.1: a reason is needed", "give it with --why")


def test_reopened_work_keeps_its_close_outs():
    """What was closed and is active again shows both: the old close-out and the new attempt."""
    desk, key = closing_desk()
    sign(desk, key)
    desk.do(closing.reopen, key, why="回头看发现反弹")
    assert desk.status(1) is Status.ACTIVE
    assert attempts(desk, key) == [("reopened", ["one", "two", "three"])]
    view = issue_of(desk.state).measures[0]
    assert (view.reopened, view.signed, view.closed_on) == (1, 0, None)
    desk.do(working.report_done, key)
    sign(desk, key)
    assert [outcome for outcome, _steps in attempts(desk, key)] == [Outcome.REOPENED, Outcome.OPEN]


def test_a_reopened_issue_is_active_until_it_is_reported_again():
    """With a chain for issues a reopened issue is active though its measures are all done."""
    desk = opened(SIMPLE)
    desk.do(closing.close, OWN, SignWords(result="已完成", take_all=True))
    desk.do(closing.reopen, OWN, why="反弹")
    assert (desk.status(), desk.status(1)) == (Status.ACTIVE, Status.DONE)
    desk.do(working.report_done, OWN)
    assert desk.status() is Status.DONE


def test_dates_of_status_acts_do_not_go_back():
    """A sign-off is not dated before the report it signs; the hint names the first date possible."""
    desk = opened(TWO)
    key = desk.key(1)
    desk.do(working.report_done, key, "已完成", on=dt.date(2025, 4, 10))
    assert refused(sign, desk, key, on=dt.date(2025, 4, 9)) == (
        "7.1 was last changed on 2025-04-10; sign cannot be dated 2025-04-09",
        "give a date from 2025-04-10 on with --on",
    )
    sign(desk, key, on=dt.date(2025, 4, 10))


# -- suspect sign-offs ----------------------------------------------------------------------------


def half_signed() -> tuple[Desk, str]:
    desk = opened(TWO, criterion="登记率100%")
    key = desk.key(1)
    desk.do(working.add_point, key, "清点")
    desk.do(working.tick_point, key, 1)
    desk.do(working.report_done, key, "已完成")
    sign(desk, key)
    return desk, key


CHANGES = {
    "the issue's title": lambda desk, key: desk.do(planning.edit, OWN, {"title": "印章管理混乱"}),
    "the text": lambda desk, key: desk.do(planning.edit, key, {"text": "全面清点"}),
    "the criterion": lambda desk, key: desk.do(planning.edit, key, {"criterion": "登记率90%"}),
    "the criterion it inherits": lambda desk, key: desk.do(planning.edit, OWN, {"criterion": "登记率90%"}),
    "the deliverable": lambda desk, key: desk.do(planning.edit, key, {"deliverable": "登记册"}),
    "the result": lambda desk, key: desk.do(planning.edit, key, {"result": "基本完成"}),
    "a point": lambda desk, key: desk.do(working.tick_point, key, desk.do(working.add_point, key, "复查")),
    "the evidence": lambda desk, key: desk.do(working.attach, key, ROW),
}
HARMLESS = {
    "a remark": lambda desk, key: desk.do(planning.edit, key, {"remark": "说明"}),
    "a note": lambda desk, key: desk.do(working.note, key, "已核对"),
    "a deadline": lambda desk, key: desk.do(working.extend, key, dt.date(2025, 9, 1), why="推迟"),
    "another measure": lambda desk, key: desk.do(planning.add_measure, {"text": "另一项"}),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_change_to_what_was_signed_makes_it_suspect(change):
    """What a sign-off has seen changed: it stands, its status too, but the next step waits."""
    desk, key = half_signed()
    change(desk, key)
    assert [each.step for each in desk.state.suspects(key)] == ["check"]
    assert (desk.status(1), issue_of(desk.state).measures[0].suspect) == (Status.CLOSING, True)
    assert refused(sign, desk, key) == (
        "7.1 has changed since step check was signed",
        "look at it with: ledger history 7.1; then confirm the sign-off: ledger confirm 7.1",
    )
    desk.do(closing.confirm, key, SignWords(signer="整改办", meeting="例会"))
    assert (desk.entries[-1].signer, desk.entries[-1].meeting) == ("整改办", "例会")
    assert desk.state.suspects(key) == []
    sign(desk, key)
    assert desk.status(1) is Status.CLOSED


@pytest.mark.parametrize("change", HARMLESS.values(), ids=HARMLESS)
def test_other_changes_leave_sign_offs_alone(change):
    """What no sign-off has seen makes none suspect."""
    desk, key = half_signed()
    change(desk, key)
    assert desk.state.suspects(key) == []


def test_an_edit_that_makes_suspect_warns():
    """Whoever edits what was signed is told at once."""
    desk, key = half_signed()
    desk.do(planning.edit, key, {"text": "全面清点"})
    assert desk.warnings == [
        "the sign-offs on 7.1 were given before this change and are suspect until confirmed"
    ]
    desk.do(planning.edit, key, {"text": "再次清点"})
    assert desk.warnings == []


def test_an_erratum_leaves_sign_offs_valid():
    """A slip corrected as an erratum makes nothing suspect, on what is closed too; it gives a reason."""
    desk, key = half_signed()
    sign(desk, key)
    assert (
        refused(desk.do, planning.edit, key, {"text": "清点印章"}, erratum=True)[0]
        == "an erratum needs a reason"
    )
    desk.do(planning.edit, key, {"text": "清点印章"}, erratum=True, why="错别字")
    assert (desk.state.suspects(key), desk.warnings, desk.status(1)) == ([], [], Status.CLOSED)
    assert desk.field("text", 1) == "清点印章"


def test_an_erratum_heals_nothing_that_was_suspect():
    """An erratum keeps valid sign-offs valid; it does not confirm suspect ones."""
    desk, key = half_signed()
    desk.do(planning.edit, key, {"text": "全面清点"})
    desk.do(planning.edit, key, {"deliverable": "登记册"}, erratum=True, why="漏字")
    assert [each.step for each in desk.state.suspects(key)] == ["check"]


def test_an_undone_change_leaves_nothing_suspect():
    """When the change is taken back the sign-off is what it was."""
    from ledger.domain.acts.undoing import undo

    desk, key = half_signed()
    desk.do(planning.edit, key, {"text": "全面清点"})
    desk.do(undo, desk.batch)
    assert desk.state.suspects(key) == []


def test_nothing_suspect_is_not_confirmed():
    """Confirming is an answer, so there must be a question."""
    desk, key = half_signed()
    assert refused(desk.do, closing.confirm, key, SignWords())[0] == "no sign-off on 7.1 is suspect"
