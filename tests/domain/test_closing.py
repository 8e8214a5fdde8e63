"""Closing out: steps in order, who signs, what they require, returns, second looks, new beginnings."""

from __future__ import annotations

import pytest

from ledger.domain.acts import closing, planning, working
from ledger.domain.acts.closing import Signed, SignWords
from ledger.domain.closeout import Chain, Distinct, Need, Step, signer_of
from ledger.domain.course import OWN
from ledger.domain.issue import issue_of
from ledger.domain.moves import Status
from ledger.errors import NoResultError, NoSignerError
from tests.domain.desk import SIMPLE, Desk, opened
from tests.domain.signing import ROW, ready, refused, sign

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
