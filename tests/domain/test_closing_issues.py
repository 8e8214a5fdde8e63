"""Closing whole issues: one meeting for many measures, chains for issues, acts that mean all measures."""

from __future__ import annotations

import pytest

from ledger.domain.acts import closing, planning, working
from ledger.domain.acts.closing import SignWords
from ledger.domain.course import OWN
from ledger.domain.moves import Act, Status
from tests.domain.desk import SIMPLE, TWO, TWO_OWN, bring, opened
from tests.domain.signing import refused, sign

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
