"""One record worked on in two places."""

from __future__ import annotations

import datetime as dt
from typing import Any

from ledger.domain.acts import closing, planning, undoing, working
from ledger.domain.acts.closing import SignWords
from ledger.domain.entry import is_canonical
from ledger.domain.merging import Merger, Side
from ledger.domain.replay import link_problems, replay
from ledger.domain.schema import ISSUE
from tests.domain.desk import TWO, Desk

WORDS = SignWords(signer="甲")
THREE = TWO._replace(steps=(*TWO.steps, TWO.steps[0]._replace(code="publish")))


def copied(desk: Desk, seconds: int = 30) -> Desk:
    """Another copy of the ledger, in which the clock is a little ahead."""
    other = Desk(desk.settings.chain)
    other.entries = list(desk.entries)
    other.clock = desk.clock + dt.timedelta(seconds=seconds)
    return other


def note(desk: Desk, text: str = "抽查") -> None:
    desk.do(working.note, desk.key(1), text)


def sign(desk: Desk) -> None:
    desk.do(closing.sign, desk.key(1), WORDS)


def send_back(desk: Desk) -> None:
    desk.do(closing.send_back, desk.key(1), WORDS, why="材料不全")


def send_back_to_first(desk: Desk) -> None:
    desk.do(closing.send_back, desk.key(1), WORDS, to="check", why="材料不全")


def void(desk: Desk) -> None:
    desk.do(working.void, desk.key(1), why="重复")


def reopen(desk: Desk) -> None:
    desk.do(closing.reopen, desk.key(1), why="反弹")


def done(desk: Desk) -> None:
    desk.do(working.report_done, desk.key(1), "已整改")


def long(desk: Desk) -> None:
    desk.do(working.make_longterm, desk.key(1), "先清三成", dt.date(2025, 12, 31), why="需长期坚持")


def edit(desk: Desk) -> None:
    desk.do(planning.edit, desk.key(1), {"criterion": "全部清零"}, why="更正")


def undo(desk: Desk) -> None:
    desk.do(undoing.undo, desk.batch)


def both(mine: Desk, theirs: Desk, *chosen: Side) -> Any:
    """What comes out, whichever copy it is put together in."""
    other = tuple(Side.THEIRS if each is Side.MINE else Side.MINE for each in chosen)
    here = Merger(ISSUE, mine.entries, theirs.entries).settled(chosen, "林某", mine.clock)
    there = Merger(ISSUE, theirs.entries, mine.entries).settled(other, "林某", mine.clock)
    assert [entry.line for entry in here.entries] == [entry.line for entry in there.entries]
    assert here.problems == []
    assert replay(ISSUE, here.entries).document() == here.document()
    assert link_problems(here.entries) == []
    assert len(here.tips) == 1
    assert all(is_canonical(entry.line) for entry in here.entries)
    return here
