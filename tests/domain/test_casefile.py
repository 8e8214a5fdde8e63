"""What the papers of one case say besides its fields: extensions, setbacks, the day it was done."""

from __future__ import annotations

import datetime as dt

from ledger.domain import casefile
from ledger.domain.acts import closing, undoing, working
from ledger.domain.acts.closing import SignWords
from ledger.domain.casefile import Extension, Said, Setback, Terms
from ledger.domain.course import OWN
from ledger.domain.moves import Act
from ledger.domain.replay import undone_batches
from tests.domain.desk import DUE, TWO, Desk, opened

LATER, LAST = dt.date(2025, 8, 31), dt.date(2025, 12, 31)
TODAY = dt.date(2025, 3, 1)


def told(desk: Desk, key: str) -> tuple[Extension, ...]:
    return casefile.extensions(desk.state, undone_batches(desk.entries), key)


def said(why: str, on: dt.date = TODAY, **more: str) -> Said:
    return Said(on, "林某", why=why, **more)


def test_a_decision_answers_its_request():
    """What was asked for, what was granted and who decided stand in one extension, with the date before."""
    desk = opened(TWO, due=DUE)
    key = desk.key(1)
    desk.do(working.ask_for, Act.EXTEND, key, {"due": LATER, "due_text": "8月底"}, why="对方停业")
    asked = Extension("extend", "pending", DUE, Terms(LATER, "8月底"), said("对方停业"), None, None)
    assert told(desk, key) == (asked,)
    desk.do(working.extend, key, LAST, decided=working.Decision(meeting="党组会"), why="年底为限")
    decision = said("年底为限", meeting="党组会")
    assert told(desk, key) == (asked._replace(answer="approved", granted=Terms(LAST), decision=decision),)


def test_a_refusal_grants_nothing():
    """A request for long-term work that is refused keeps what was asked for and why it was refused."""
    desk = opened(TWO, due=DUE)
    key = desk.key(1)
    wish = {"interim_goal": "完成三成", "review_on": LAST}
    desk.do(working.ask_for, Act.LONGTERM, key, wish, why="无资金")
    desk.do(working.refuse_request, Act.LONGTERM, key, why="应按期完成")
    (found,) = told(desk, key)
    assert (found.act, found.answer, found.granted) == ("longterm", "refused", None)
    assert (found.asked, found.decision) == (Terms(None, "", "完成三成", LAST), said("应按期完成"))


def test_a_measure_shares_its_issues_date_until_it_has_one():
    """The issue's extensions are the measure's until it is given a date; each knows the date before."""
    desk = opened(TWO, due=DUE)
    key = desk.key(1)
    desk.do(working.extend, OWN, LATER, why="暑期")
    desk.do(working.extend, key, LAST, why="设备未到")
    desk.do(working.extend, OWN, dt.date(2025, 9, 30), why="再延")
    assert [(each.was, each.granted, each.inherited) for each in told(desk, key)] == [
        (DUE, Terms(LATER), True),
        (LATER, Terms(LAST), False),
    ]
    assert [(each.was, each.granted.due) for each in told(desk, OWN)] == [
        (DUE, LATER),
        (LATER, dt.date(2025, 9, 30)),
    ]


def test_what_was_taken_back_did_not_happen():
    """An undone extension is none, and the date before the next is the one that was."""
    desk = opened(TWO, due=DUE)
    key = desk.key(1)
    desk.do(working.extend, key, LATER, why="误录")
    desk.do(undoing.undo, desk.batch)
    desk.do(working.extend, key, LAST, why="设备未到")
    assert [(each.was, each.granted) for each in told(desk, key)] == [(DUE, Terms(LAST))]


def test_setbacks_and_the_day_it_was_done():
    """Each return with who, when, why and where to; what is sent back to the start is not done any more."""
    desk = opened(TWO)
    key = desk.key(1)
    april, may = dt.date(2025, 4, 1), dt.date(2025, 5, 1)
    undone: frozenset[str] = frozenset()
    assert casefile.done_on(desk.state, undone, key) is None
    desk.do(working.report_done, key, "已办", on=april)
    desk.do(closing.sign, key, SignWords(signer="顾某"), on=april)
    desk.do(closing.send_back, key, SignWords(signer=""), to="check", on=may, why="补签到表")
    assert casefile.done_on(desk.state, undone, key) == april
    desk.do(closing.send_back, key, SignWords(signer=""), on=may, why="重做")
    assert casefile.done_on(desk.state, undone, key) is None
    assert casefile.setbacks(desk.state, undone, key) == (
        Setback("return", said("补签到表", may), "check"),
        Setback("return", said("重做", may), ""),
    )
    assert casefile.setbacks(desk.state, undone, OWN) == ()
