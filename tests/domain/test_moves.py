"""The table of moves and the status of an issue, against the contract's own words."""

from __future__ import annotations

import datetime as dt
import itertools
from typing import TYPE_CHECKING

import pytest

from ledger.domain.acts import closing, moving, planning, ticking, working
from ledger.domain.acts.closing import SignWords
from ledger.domain.acts.undoing import undo
from ledger.domain.cadence import period_named
from ledger.domain.course import OWN
from ledger.domain.moves import MOVES, Act, Status, allowed, combined, hint, step
from ledger.errors import RefusedError
from tests.domain.desk import TWO, TWO_OWN, Desk, bring, opened

if TYPE_CHECKING:
    from ledger.domain.acts.draft import Draft

ALL = tuple(Status)
OPEN = "pending active interim done closing longterm"
EVERY = "pending active interim done closing closed longterm void"

#: docs/contract.md §1, "Moves", written out: act, from, to ("same": unchanged).
TABLE = [
    ("note evidence", "pending", "active"),
    ("note evidence", "active interim done closing closed longterm void", "same"),
    ("interim", "pending active", "interim"),
    ("done", "pending active interim longterm", "done"),
    ("sign", "done closing", "closing"),
    ("close", "done closing", "closed"),
    ("return", "done closing", "active"),
    ("send_back", "closing", "closing"),
    ("reopen", "closed", "active"),
    ("longterm", "pending active interim done", "longterm"),
    ("void", "pending active interim done closing longterm void", "void"),
    ("point roster occur", "pending", "active"),
    ("point roster occur", "active interim done closing longterm", "same"),
    ("extend edit assign claim split merge move measure", OPEN, "same"),
    ("add approve confirm withhold undo adopt renumber resolve handover erratum", EVERY, "same"),
]


def expected() -> dict[tuple[Status, Act], Status]:
    moves = {}
    for acts, sources, target in TABLE:
        for act, source in itertools.product(acts.split(), sources.split()):
            moves[Status(source), Act(act)] = Status(source if target == "same" else target)
    return moves


def test_the_table_is_the_contracts():
    """What the contract allows is allowed, with its target; anything else is refused."""
    assert dict(MOVES) == expected()


@pytest.mark.parametrize("status", ALL)
@pytest.mark.parametrize("act", tuple(Act))
def test_a_step_is_the_tables_or_refused(status, act):
    """`step` gives the table's status, or refuses and says what is possible."""
    target = expected().get((status, act))
    if target is None:
        with pytest.raises(RefusedError) as refused:
            step(status, act, "7.2")
        assert refused.value.message == f"7.2 is {status}, so {act} is not possible"
        assert refused.value.hint == hint(status)
    else:
        assert step(status, act) is target


def test_the_hint_names_what_people_do():
    """The hint of a refusal names the commands of the daily work only."""
    assert hint(Status.DONE) == "possible now: note, close, return, longterm"
    assert hint(Status.VOID) == "possible now: note"


def test_allowed_acts_come_in_the_order_of_the_acts():
    """`allowed` gives every act the table has for a status."""
    for status in ALL:
        assert allowed(status) == tuple(act for act in Act if (status, act) in expected())


# -- through the acts themselves ------------------------------------------------------------

WORDS = SignWords()
LATER = dt.date(2025, 9, 30)
ROW = {"sha256": "ab" * 32, "name": "印章登记.pdf", "kind": "document", "proves": "已登记", "size": 12}


def _split(desk: Desk, key: str):
    return desk.do(moving.split_measure, key, ["甲", "乙"])


def _merge(desk: Desk, key: str):
    return desk.do(moving.merge_measures, key, [desk.key(2)])


def _move(desk: Desk, key: str):
    goal = opened(desk.settings.chain, measures=0).draft()
    return desk.do(moving.move_measure, key, goal)


def _undo(desk: Desk, key: str):
    desk.do(lambda draft: draft.enter("edit", key, changes={"remark": "备注"}))
    return desk.do(undo, desk.batch)


def _tick_name(draft: Draft, key: str) -> None:
    draft.enter("adopt", key, changes={"roster": [{"name": "柳河镇"}]})
    ticking.tick_names(draft, key, ["柳河镇"], "done")


def _occur(draft: Draft, key: str) -> None:
    draft.enter("adopt", key, changes={"recurrence": "quarterly from 2025-Q1"})
    ticking.occur(draft, key, [period_named("2025-Q1")], "done")


#: How each act is done to a measure.
ON_MEASURE = {
    Act.NOTE: lambda desk, key: desk.do(working.note, key, "抽查一次"),
    Act.EVIDENCE: lambda desk, key: desk.do(working.attach, key, ROW),
    Act.POINT: lambda desk, key: desk.do(working.add_point, key, "登记造册"),
    Act.ROSTER: lambda desk, key: desk.do(_tick_name, key),
    Act.OCCUR: lambda desk, key: desk.do(_occur, key),
    Act.INTERIM: lambda desk, key: desk.do(working.interim, key, "初步成效"),
    Act.DONE: lambda desk, key: desk.do(working.report_done, key, "已完成"),
    Act.SIGN: lambda desk, key: desk.do(closing.sign, key, WORDS),
    Act.RETURN: lambda desk, key: desk.do(closing.send_back, key, WORDS, why="材料不全"),
    Act.SEND_BACK: lambda desk, key: desk.do(closing.send_back, key, WORDS, to="check", why="材料不全"),
    Act.REOPEN: lambda desk, key: desk.do(closing.reopen, key, why="反弹"),
    Act.LONGTERM: lambda desk, key: desk.do(working.make_longterm, key, "阶段目标", LATER, why="需长期"),
    Act.VOID: lambda desk, key: desk.do(working.void, key, why="重复"),
    Act.EXTEND: lambda desk, key: desk.do(working.extend, key, LATER, why="疫情"),
    Act.EDIT: lambda desk, key: desk.do(planning.edit, key, {"remark": "说明"}),
    Act.ERRATUM: lambda desk, key: desk.do(planning.edit, key, {"remark": "改"}, erratum=True, why="笔误"),
    Act.ASSIGN: lambda desk, key: desk.do(planning.assign, key, {"unit": "综合科"}),
    Act.SPLIT: _split,
    Act.MERGE: _merge,
    Act.MOVE: _move,
    Act.UNDO: _undo,
    Act.HANDOVER: lambda desk, key: desk.do(
        lambda draft: draft.enter("handover", key, changes={"owner": "李某"})
    ),
    Act.ADOPT: lambda desk, key: desk.do(lambda draft: draft.enter("adopt", key, changes={"remark": "手改"})),
}
#: What leaves the measure void here though the table keeps its status: it goes on elsewhere.
GONE = {Act.MOVE}


@pytest.mark.parametrize("status", ALL)
@pytest.mark.parametrize("act", list(ON_MEASURE))
def test_every_act_from_every_status_on_a_measure(act, status):
    """Under a chain for measures each act does to a measure what the table says, or is refused."""
    desk = opened(TWO, measures=2)
    key = desk.key(1)
    bring(desk, key, status)
    count = len(desk.entries)
    wanted = Act.CLOSE if act is Act.SIGN and status is Status.CLOSING else act
    target = expected().get((status, wanted))
    if target is None:
        with pytest.raises(RefusedError):
            ON_MEASURE[act](desk, key)
        assert (len(desk.entries), desk.status(1)) == (count, status)
    else:
        ON_MEASURE[act](desk, key)
        assert desk.status(1) is (Status.VOID if act in GONE else target)
    assert desk.state.problems == []


#: What is done to measures alone.
OF_MEASURES = (Act.POINT, Act.ROSTER, Act.OCCUR, Act.SPLIT, Act.MERGE, Act.MOVE)
#: How each act is done to an issue.
ON_ISSUE = {
    **{act: ON_MEASURE[act] for act in ON_MEASURE if act not in OF_MEASURES},
    Act.CLAIM: lambda desk, key: desk.do(planning.claim, "吴某"),
    Act.MEASURE: lambda desk, key: desk.do(planning.add_measure, {"text": "另一项"}),
    Act.MERGE: lambda desk, key: desk.do(moving.merge_issue, opened(desk.settings.chain).draft()),
}


@pytest.mark.parametrize("status", ALL)
@pytest.mark.parametrize("act", list(ON_ISSUE))
def test_every_act_from_every_status_on_an_issue_without_measures(act, status):
    """Without measures an issue's own acts give its status, by the same table."""
    desk = opened(TWO_OWN, measures=0)
    bring(desk, OWN, status)
    wanted = Act.CLOSE if act is Act.SIGN and status is Status.CLOSING else act
    target = expected().get((status, wanted))
    if target is None:
        with pytest.raises(RefusedError):
            ON_ISSUE[act](desk, OWN)
        assert desk.status() is status
    else:
        ON_ISSUE[act](desk, OWN)
        assert desk.status() is target
    assert desk.state.problems == []


def settled(status: Status) -> Desk:
    """An issue with two measures under its own chain, brought to a status by its own acts."""
    desk = opened(TWO_OWN, measures=2)
    if status in (Status.DONE, Status.CLOSING, Status.CLOSED):
        for number in (1, 2):
            bring(desk, desk.key(number), Status.DONE)
    bring(desk, OWN, status)
    return desk


@pytest.mark.parametrize("status", ALL)
@pytest.mark.parametrize("act", [act for act in ON_ISSUE if act not in (Act.SIGN, Act.DONE)])
def test_every_act_from_every_status_on_an_issue_with_its_own_chain(act, status):
    """With `closeout.of = "issue"` the table holds for the issue too, whatever its measures say."""
    desk = settled(status)
    target = expected().get((status, act))
    if target is None:
        with pytest.raises(RefusedError):
            ON_ISSUE[act](desk, OWN)
        assert desk.status() is status
    else:
        ON_ISSUE[act](desk, OWN)
        assert desk.status() is target
    assert desk.state.problems == []


# -- an issue's status ------------------------------------------------------------------------

ORDER = ("pending", "active", "interim", "done", "closing")


def by_the_book(statuses: tuple[Status, ...]) -> str:
    """docs/contract.md §1, "Issue status", sentence by sentence."""
    if statuses and all(each == "void" for each in statuses):
        return "void"
    live = [str(each) for each in statuses if each != "void"]
    if not live:
        return "pending"
    if set(live) == {"closed"}:
        return "closed"
    if set(live) <= {"closed", "longterm"}:
        return "longterm"
    least = min((each for each in live if each in ORDER), key=ORDER.index)
    started = any(each != "pending" for each in live)
    return "active" if least == "pending" and started else least


@pytest.mark.parametrize("count", [0, 1, 2, 3])
def test_an_issues_status_follows_from_its_measures(count):
    """Every combination of up to three measures gives the status the contract says, in any order."""
    for statuses in itertools.product(ALL, repeat=count):
        assert combined(statuses) == by_the_book(statuses), statuses


def test_an_issue_shows_what_its_measures_make_of_it():
    """Under a chain for measures an issue's status is that of its measures."""
    for first, second in itertools.product(ALL, repeat=2):
        desk = opened(TWO, measures=2)
        bring(desk, desk.key(1), first)
        bring(desk, desk.key(2), second)
        assert desk.status() == by_the_book((first, second))
