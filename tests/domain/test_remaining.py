"""What still stands between a measure, or an issue, and its close-out."""

from __future__ import annotations

import datetime as dt

from ledger.domain.acts import closing, planning, working
from ledger.domain.acts.closing import SignWords
from ledger.domain.closeout import Chain, Need, Step
from ledger.domain.course import OWN
from ledger.domain.moves import Status
from ledger.domain.remaining import remaining
from tests.domain.desk import SIMPLE, bring, opened

STEPS = (
    Step("unit", "Unit", requires=(Need.RESULT, Need.NOTE)),
    Step("office", "Office", requires=(Need.EVIDENCE, Need.MEETING)),
)
CHAIN = Chain("measure", STEPS)
FILE = {"sha256": "ab" * 32, "name": "minutes.txt", "kind": "", "proves": "", "size": 3}


def left(desk):
    """What is left, by id."""
    return {each.id: each for each in remaining(desk.state, desk.settings, desk.today)}


def test_measures_one_by_one():
    """Under a chain for measures each has its own next step; closed and void ones have nothing left."""
    desk = opened(CHAIN, measures=4)
    one, three, four = desk.key(1), desk.key(3), desk.key(4)
    desk.do(working.note, one, "begun")
    desk.do(working.report_done, one, "in force")
    desk.do(closing.sign, one, SignWords())
    desk.do(working.void, three, why="twice")
    bring(desk, four, Status.DONE)
    found = left(desk)
    assert {
        name: (each.signed, each.steps, each.step.code, each.lacks, each.unreported)
        for name, each in found.items()
    } == {
        "7.1": (1, 2, "office", (Need.EVIDENCE,), False),
        "7.2": (0, 2, "unit", (Need.RESULT, Need.NOTE), True),
        "7.4": (0, 2, "unit", (Need.NOTE,), False),
    }
    assert [(each.no_result, each.open_measures, each.draft, each.suspect) for each in found.values()] == [
        (False, (), False, False),
        (True, (), False, False),
        (False, (), False, False),
    ]


def test_points_a_plan_and_doubts():
    """Open points are named; a plan that is a draft and a sign-off in doubt are said."""
    desk = opened(CHAIN, plan=True)
    key = desk.key(1)
    desk.do(working.add_point, key, "draft")
    desk.do(working.add_point, key, "adopt")
    desk.do(working.tick_point, key, 1)
    assert (left(desk)["7.1"].open_points, left(desk)["7.1"].draft) == (("7.1.2",), True)
    desk = opened(CHAIN)
    key = desk.key(1)
    desk.do(working.note, key, "begun")
    desk.do(working.report_done, key, "in force")
    desk.do(closing.sign, key, SignWords())
    desk.do(planning.edit, key, {"criterion": "all of it"})
    assert left(desk)["7.1"].suspect


def test_an_issue_under_its_own_chain():
    """The issue itself is what is left, with the measures that are open; evidence of its measures counts."""
    desk = opened(SIMPLE, measures=3)
    bring(desk, desk.key(1), Status.DONE)
    bring(desk, desk.key(2), Status.LONGTERM)
    (found,) = remaining(desk.state, desk.settings, desk.today)
    assert (found.key, found.id, found.unreported, found.no_result, found.open_measures) == (
        OWN,
        "7",
        True,
        True,
        ("7.3",),
    )
    chain = Chain("issue", (Step("close", requires=(Need.EVIDENCE,)),))
    desk = opened(chain, measures=1)
    desk.do(working.attach, desk.key(1), FILE)
    assert remaining(desk.state, desk.settings, desk.today)[0].lacks == ()


def test_an_issue_without_measures_under_a_chain_for_measures():
    """It is closed itself; once closed nothing is left."""
    desk = opened(Chain("measure", (Step("close"),)), measures=0)
    assert [each.id for each in remaining(desk.state, desk.settings, desk.today)] == ["7"]
    bring(desk, OWN, Status.CLOSED)
    assert remaining(desk.state, desk.settings, desk.today) == ()


def test_a_step_the_settings_no_longer_know():
    """An attempt under way keeps the steps it began with; one that is gone from the settings has its code alone."""
    desk = opened(CHAIN)
    key = desk.key(1)
    desk.do(working.note, key, "begun")
    desk.do(working.report_done, key, "in force")
    desk.do(closing.sign, key, SignWords())
    changed = desk.settings._replace(chain=Chain("measure", (Step("other"),)))
    (found,) = remaining(desk.state, changed, desk.today)
    assert (found.step, found.signed, found.steps) == (Step("office"), 1, 2)


def test_long_term_work_is_not_reported_done():
    """Long-term work can be closed once it is reported done."""
    desk = opened(CHAIN)
    key = desk.key(1)
    desk.do(working.make_longterm, key, "a third", dt.date(2025, 12, 31), why="no money")
    assert (left(desk)["7.1"].status, left(desk)["7.1"].unreported) == (Status.LONGTERM, True)
