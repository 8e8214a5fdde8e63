"""Closing out: steps in order, who signs, what they require, returns, second looks, new beginnings."""

from __future__ import annotations

import datetime as dt

import pytest

from ledger.domain.acts import closing, planning, working
from ledger.domain.acts.closing import Signed, SignWords
from ledger.domain.closeout import Chain, Distinct, Need, Outcome, Step, signer_of
from ledger.domain.course import OWN
from ledger.domain.issue import issue_of
from ledger.domain.moves import Act, Status
from ledger.errors import NoResultError, NoSignerError, RefusedError
from tests.domain.desk import SIMPLE, TWO, TWO_OWN, Desk, bring, opened

#: The five levels of a large office, a measure at a time.
FIVE = Chain(
    "measure",
    (
        Step("unit", "责任单位自评", ("综合科", "财务科"), (Need.RESULT, Need.NOTE)),
        Step("leader", "分管领导审核"),
        Step("office", "整改办复核", ("整改办",), (Need.EVIDENCE,)),
        Step("discipline", "纪检组把关", ("纪检组",)),
        Step("group", "领导小组审定", ("领导小组",), (Need.MEETING,)),
    ),
    Distinct.ERROR,
)
ROW = {"sha256": "cd" * 32, "name": "印章登记表.xlsx", "kind": "document", "proves": "全部登记", "size": 9}


def sign(desk: Desk, key: str, *, by: str = "林某", on: dt.date | None = None, **words) -> Signed:
    return desk.do(closing.sign, key, SignWords(**words), by=by, on=on)


def refused(function, *arguments, **named) -> tuple[str, str]:
    with pytest.raises(RefusedError) as error:
        function(*arguments, **named)
    return error.value.message, error.value.hint


# -- the plain case -----------------------------------------------------------------------------


def test_add_and_close_are_enough():
    """In a simple ledger an issue is put on the books and closed with its result, in two commands."""
    desk = opened(SIMPLE, measures=0)
    signed = desk.do(closing.close, OWN, SignWords(result="印章全部登记"))
    assert signed == [Signed("7", "close", 1, 1, None)]
    assert (desk.status(), desk.field("result")) == (Status.CLOSED, "印章全部登记")
    assert [(entry.do, entry.batch == desk.batch) for entry in desk.entries] == [
        ("add", False),
        ("done", True),
        ("sign", True),
    ]
    assert desk.entries[-1].data == {"step": "close", "steps": ["close"]}


def test_without_a_result_nothing_is_closed():
    """Closing says what was achieved; without it nothing is entered."""
    desk = opened(SIMPLE, measures=0)
    with pytest.raises(NoResultError) as error:
        desk.do(closing.close, OWN, SignWords())
    assert error.value.message == "7 is not reported done yet (pending)"
    assert error.value.hint == "report it first: ledger done 7 --result TEXT, or add --result here"
    assert len(desk.entries) == 1


# -- five steps a measure -----------------------------------------------------------------------


def ready() -> tuple[Desk, str]:
    desk = opened(FIVE, measures=2)
    key = desk.key(1)
    desk.do(working.note, key, "清点印章")
    desk.do(working.attach, key, ROW)
    desk.do(working.report_done, key, "全部登记")
    return desk, key


def test_five_steps_close_a_measure():
    """Steps are signed one after the other by those they name; the last one closes."""
    desk, key = ready()
    meeting = "领导小组第3次会议"
    found = [
        sign(desk, key, signer="综合科"),
        sign(desk, key, by="吴某"),
        sign(desk, key, signer="整改办", opinion="材料齐全"),
        sign(desk, key, signer="纪检组"),
        sign(desk, key, meeting=meeting),
    ]
    assert [(each.step, each.n, each.next_step) for each in found] == [
        ("unit", 1, "leader"),
        ("leader", 2, "office"),
        ("office", 3, "discipline"),
        ("discipline", 4, "group"),
        ("group", 5, None),
    ]
    assert {(each.id, each.of) for each in found} == {("7.1", 5)}
    assert (desk.status(1), desk.status(2), desk.status()) == (Status.CLOSED, Status.PENDING, Status.ACTIVE)
    [attempt] = desk.state.courses[key].attempts
    assert [signer_of(each.entry) for each in attempt.sign_offs] == [
        "综合科",
        "吴某",
        "整改办",
        "纪检组",
        "领导小组",
    ]
    assert attempt.sign_offs[2].entry.data == {"opinion": "材料齐全", "step": "office"}
    view = issue_of(desk.state).measures[0]
    assert (view.signed, view.steps, view.next_step, view.closed_on) == (5, 5, None, desk.today)


def test_steps_are_signed_in_order():
    """A step that is not next is refused, with the one that is."""
    desk, key = ready()
    assert refused(sign, desk, key, step="office", signer="整改办") == (
        "7.1 waits at step unit, not at office",
        "steps are signed in order; leave --step out to sign unit",
    )


def test_a_step_names_who_signs():
    """Only those a step names may sign it; somebody must be said."""
    desk, key = ready()
    assert refused(sign, desk, key, signer="办公室") == (
        "办公室 does not sign step unit of 7.1",
        "it is signed by: 综合科, 财务科",
    )
    with pytest.raises(NoSignerError) as error:
        sign(desk, key)
    assert error.value.message == "step unit of 7.1 names who signs: 综合科, 财务科"
    assert error.value.hint == "say who signed with --signer, or under which meeting with --meeting"


def test_a_meeting_signs_for_the_one_body_named():
    """Under a meeting the only body a step names is its signer; of several none is guessed."""
    desk, key = ready()
    sign(desk, key, meeting="综合科碰头会")
    assert (desk.entries[-1].signer, desk.entries[-1].meeting) == (None, "综合科碰头会")
    sign(desk, key, by="吴某")
    sign(desk, key, meeting="整改办例会")
    assert (desk.entries[-1].signer, desk.entries[-1].meeting) == ("整改办", "整改办例会")


REQUIREMENTS = {
    Need.NOTE: ("step check of 7.1 requires note", "write it with: ledger note 7.1 --text TEXT"),
    Need.EVIDENCE: ("step check of 7.1 requires evidence", "attach it with: ledger evidence add 7.1 FILE"),
    Need.MEETING: ("step check of 7.1 requires meeting", "name the meeting with --meeting"),
}


@pytest.mark.parametrize("need", REQUIREMENTS)
def test_a_step_may_require_something(need):
    """What a step requires is there before it is signed."""
    desk = opened(Chain("measure", (Step("check", requires=(need,)), Step("approve"))))
    key = desk.key(1)
    desk.do(working.report_done, key, "已完成")
    assert refused(sign, desk, key) == REQUIREMENTS[need]
    desk.do(working.note, key, "已核对")
    desk.do(working.attach, key, ROW)
    assert sign(desk, key, meeting="例会").n == 1


def test_a_result_may_be_required():
    """A step that requires a result is refused once the result was taken away again."""
    desk = opened(Chain("measure", (Step("check", requires=(Need.RESULT,)),)))
    key = desk.key(1)
    desk.do(working.report_done, key, "已完成")
    desk.do(planning.edit, key, {"result": None})
    assert refused(sign, desk, key) == (
        "step check of 7.1 requires result",
        "give it with: ledger done 7.1 --result TEXT",
    )


@pytest.mark.parametrize("need", [Need.NOTE, Need.EVIDENCE])
def test_what_measures_have_counts_for_their_issue(need):
    """Under a chain for issues notes and evidence of the measures fulfil what a step requires."""
    desk = opened(Chain("issue", (Step("close", requires=(need,)),)))
    key = desk.key(1)
    desk.do(working.report_done, key, "已完成")
    desk.do(working.report_done, OWN, "已完成")
    assert refused(sign, desk, OWN)[0] == f"step close of 7 requires {need}"
    desk.do(working.note, key, "已核对")
    desk.do(working.attach, key, ROW)
    sign(desk, OWN)
    assert desk.status() is Status.CLOSED


# -- distinct signers ---------------------------------------------------------------------------


def twice(distinct: Distinct, *, second: dict, first: dict) -> Desk:
    desk = opened(Chain("measure", (Step("check"), Step("approve")), distinct))
    desk.do(working.report_done, desk.key(1), "已完成")
    sign(desk, desk.key(1), **first)
    sign(desk, desk.key(1), **second)
    return desk


SENTENCE = "吴某 has signed an earlier step of 7.1"


def test_one_signer_twice_is_as_the_ledger_says():
    """off: fine; warn: a sentence; error: refused."""
    same = {"first": {"signer": "吴某"}, "second": {"signer": "吴某"}}
    assert twice(Distinct.OFF, **same).warnings == []
    assert twice(Distinct.WARN, **same).warnings == [SENTENCE]
    assert refused(twice, Distinct.ERROR, **same) == (
        SENTENCE,
        "another signer is needed: the ledger asks for distinct signers",
    )


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ({"signer": "吴某", "by": "林某"}, {"signer": "郑某", "by": "林某"}, False),
        ({"signer": "吴某", "by": "林某"}, {"signer": "吴某", "by": "周某"}, True),
        ({"by": "吴某"}, {"signer": "吴某", "by": "林某"}, True),
        ({"by": "吴某"}, {"by": "吴某"}, True),
        ({"meeting": "甲会", "by": "林某"}, {"meeting": "乙会", "by": "林某"}, False),
        ({"signer": "吴某"}, {"meeting": "甲会", "by": "吴某"}, False),
    ],
    ids=[
        "one types for two",
        "two type for one",
        "the recorder signs",
        "the recorder signs twice",
        "two meetings",
        "a meeting is not who typed",
    ],
)
def test_distinct_is_judged_on_the_signer(first, second, same):
    """Whoever signs counts, never whoever typed it."""
    assert bool(twice(Distinct.WARN, first=first, second=second).warnings) is same


# -- one meeting, many measures -----------------------------------------------------------------


def test_a_meeting_signs_once_an_attempt():
    """One set of minutes signs a measure once; a second step under it must be named."""
    desk = opened(TWO)
    key = desk.key(1)
    desk.do(working.report_done, key, "已完成")
    sign(desk, key, meeting="领导小组第3次会议")
    assert refused(sign, desk, key, meeting="领导小组第3次会议") == (
        "领导小组第3次会议 has signed 7.1 in this attempt already",
        "if one meeting really signs two steps, name the step with --step",
    )
    sign(desk, key, meeting="领导小组第3次会议", step="approve")
    assert desk.status(1) is Status.CLOSED


def test_a_meeting_may_sign_again_after_a_return():
    """A new attempt is a new question."""
    desk = opened(TWO)
    key = desk.key(1)
    desk.do(working.report_done, key, "已完成")
    sign(desk, key, meeting="例会")
    desk.do(closing.send_back, key, SignWords(), why="台账不全")
    desk.do(working.report_done, key)
    assert sign(desk, key, meeting="例会").n == 1


def test_closing_the_issue_means_its_measures_reported_done():
    """Under a chain for measures `close 7` signs the next step of each that is done, and only of those."""
    desk = opened(TWO, measures=3)
    for number in (1, 3):
        desk.do(working.report_done, desk.key(number), "已完成")
    signed = desk.do(closing.close, OWN, SignWords(meeting="例会"))
    assert [(each.id, each.step, each.n) for each in signed] == [("7.1", "check", 1), ("7.3", "check", 1)]
    assert [desk.status(number) for number in (1, 2, 3)] == [Status.CLOSING, Status.PENDING, Status.CLOSING]
    assert len({entry.batch for entry in desk.entries[-2:]}) == 1


def test_measures_at_different_steps_need_a_named_step():
    """`close 7` signs one step at a time: which, has to be said when its measures wait at several."""
    desk = opened(TWO, measures=2)
    for number in (1, 2):
        desk.do(working.report_done, desk.key(number), "已完成")
    sign(desk, desk.key(1))
    assert refused(desk.do, closing.close, OWN, SignWords()) == (
        "the measures of issue 7 wait at different steps: approve, check",
        "name one with --step",
    )
    signed = desk.do(closing.close, OWN, SignWords(step="approve"))
    assert [each.id for each in signed] == ["7.1"]


def test_an_issue_without_done_measures_is_not_closed():
    """`close 7` is refused when none of its measures is reported done, even with a result."""
    desk = opened(TWO, measures=2)
    for words in (SignWords(), SignWords(result="已完成")):
        assert refused(desk.do, closing.close, OWN, words) == (
            "issue 7 has no measure that is reported done",
            "report them with: ledger done 7.1 --result TEXT",
        )


def test_a_measure_is_closed_with_a_result_at_once():
    """Under a chain for measures too `close 7.1 --result` reports first and signs the first step."""
    desk = opened(TWO)
    [signed] = desk.do(closing.close, desk.key(1), SignWords(result="已完成"))
    assert (signed.n, signed.of, desk.status(1)) == (1, 2, Status.CLOSING)


def test_all_is_said_of_an_issue():
    """Closing one measure takes no other along, whatever is said."""
    desk = opened(TWO, measures=2)
    desk.do(closing.close, desk.key(1), SignWords(result="已完成", take_all=True))
    assert (desk.status(1), desk.status(2)) == (Status.CLOSING, Status.PENDING)


def test_an_issue_without_measures_is_closed_itself():
    """Under a chain for measures too an issue that has none is what is signed."""
    desk = opened(TWO, measures=0)
    [signed] = desk.do(closing.close, OWN, SignWords(result="已完成"))
    assert (signed.id, desk.status()) == ("7", Status.CLOSING)


@pytest.mark.parametrize("chain", [SIMPLE, TWO_OWN], ids=["one step", "two steps"])
def test_what_is_closed_is_not_closed_again(chain):
    """Once all steps are signed there is none to sign."""
    desk = opened(chain, measures=0)
    bring(desk, OWN, Status.CLOSED)
    assert refused(sign, desk, OWN)[0] == "7 is closed, so close is not possible"


# -- a chain for issues -------------------------------------------------------------------------


def test_measures_are_closed_with_their_issue():
    """Under a chain for issues a measure is not closed on its own."""
    desk = opened(TWO_OWN)
    assert refused(desk.do, closing.close, desk.key(1), SignWords(result="已完成")) == (
        "7.1 is closed with its issue",
        "report it with: ledger done 7.1 --result TEXT",
    )


def test_open_measures_are_refused_by_name():
    """An issue is not closed over the heads of its measures."""
    desk = opened(SIMPLE, measures=3)
    desk.do(working.report_done, desk.key(2), "已完成")
    assert refused(desk.do, closing.close, OWN, SignWords(result="已完成")) == (
        "issue 7 has measures that are not done: 7.1 7.3",
        "report them first, or take them along with: ledger close 7 --all",
    )


def test_all_takes_open_measures_along():
    """With --all the measures that are open are reported done with the same result, in the same batch."""
    desk = opened(SIMPLE, measures=3)
    desk.do(working.report_done, desk.key(2), "先完成")
    desk.do(closing.close, OWN, SignWords(result="全部完成", take_all=True))
    assert [desk.field("result", number) for number in (0, 1, 2, 3)] == [
        "全部完成",
        "全部完成",
        "先完成",
        "全部完成",
    ]
    assert desk.status() is Status.CLOSED
    assert len({entry.batch for entry in desk.entries[-4:]}) == 1


def test_a_measure_added_after_the_report_stops_the_signing():
    """What came to an issue after it was reported done is not closed over."""
    desk = opened(TWO_OWN)
    bring(desk, desk.key(1), Status.DONE)
    desk.do(working.report_done, OWN, "已完成")
    desk.do(planning.add_measure, {"text": "补充措施"})
    assert refused(sign, desk, OWN)[0] == "issue 7 has measures that are not done: 7.2"
    desk.do(closing.close, OWN, SignWords(result="补上", take_all=True))
    assert (desk.status(), desk.status(2)) == (Status.CLOSING, Status.DONE)


def test_a_long_term_or_void_measure_does_not_hold_its_issue():
    """`done` needs every measure done, long-term or void."""
    desk = opened(SIMPLE, measures=3)
    bring(desk, desk.key(1), Status.DONE)
    bring(desk, desk.key(2), Status.LONGTERM)
    bring(desk, desk.key(3), Status.VOID)
    desk.do(closing.close, OWN, SignWords(result="已完成"))
    assert desk.status() is Status.CLOSED


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
    "a point": lambda desk, key: desk.do(working.add_point, key, "复查"),
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


def test_a_change_to_a_measure_makes_its_issues_sign_off_suspect():
    """Under a chain for issues the issue's sign-off has seen every measure."""
    desk = opened(TWO_OWN, measures=2)
    for number in (1, 2):
        bring(desk, desk.key(number), Status.DONE)
    desk.do(closing.close, OWN, SignWords(result="已完成"))
    desk.do(planning.edit, desk.key(2), {"text": "改了"})
    assert refused(sign, desk, OWN)[0] == "7 has changed since step check was signed"


def test_a_void_measure_is_nothing_an_issues_sign_off_approves():
    """Voided after the issue was signed, the sign-off has seen one measure more than there is."""
    desk = opened(TWO_OWN, measures=2)
    for number in (1, 2):
        bring(desk, desk.key(number), Status.DONE)
    desk.do(closing.close, OWN, SignWords(result="已完成"))
    desk.do(working.void, desk.key(2), why="重复")
    assert refused(sign, desk, OWN)[0] == "7 has changed since step check was signed"


# -- what an act on the whole issue means ---------------------------------------------------------


def test_an_act_on_the_issue_means_the_measures_it_is_possible_on():
    """`reopen 7` means its closed measures; when there is none it is refused."""
    desk = opened(TWO, measures=3)
    bring(desk, desk.key(2), Status.CLOSED)
    assert desk.do(closing.expand, Act.REOPEN) == [desk.key(2)]
    assert refused(desk.do, closing.expand, Act.RETURN) == (
        "no measure of issue 7 allows that",
        "see where they stand: ledger show 7",
    )


def test_a_measure_added_to_an_issue_that_acted_for_itself():
    """Under a chain for measures an issue's own acts count only as long as it has no measures."""
    desk = opened(TWO, measures=0)
    desk.do(working.interim, OWN, "初步成效")
    assert desk.status() is Status.INTERIM
    assert desk.entries[-1].data == {"of": "measure"}
    desk.do(planning.add_measure, {"text": "补充措施"})
    assert desk.status() is Status.PENDING


def test_under_its_own_chain_an_issue_that_was_started_stays_so():
    """With a chain for issues a note on the issue starts it, whatever its measures say."""
    desk = opened(SIMPLE, measures=1)
    desk.do(working.note, OWN, "开会部署")
    assert (desk.status(), desk.status(1)) == (Status.ACTIVE, Status.PENDING)
    assert desk.entries[-1].data == {"text": "开会部署"}
    desk = opened(TWO, measures=1)
    desk.do(working.note, OWN, "开会部署")
    assert desk.status() is Status.PENDING
