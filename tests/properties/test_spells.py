"""Spells are what replays say, on every day, whatever was done and however late it was written down."""

from __future__ import annotations

import datetime as dt
import random
from collections import Counter

import pytest

from ledger.domain import rates
from ledger.domain.acts import closing, planning, undoing, working
from ledger.domain.acts.closing import SignWords
from ledger.domain.course import OWN
from ledger.domain.issue import issue_of
from ledger.domain.merging import Merger, Side
from ledger.domain.replay import replay, undone_batches
from ledger.domain.schema import ISSUE
from ledger.domain.spells import scene, spells
from ledger.errors import LedgerError
from tests.domain.desk import SIMPLE, TWO, TWO_OWN, Desk
from tests.domain.sides import copied

DAY = dt.timedelta(days=1)
FIRST = dt.date(2025, 3, 1)
WORDS = SignWords(signer="整改办", result="已办")


ACTS = (
    (working.note, "抽查"),
    (working.report_done, "已办"),
    (working.interim, "过半", dt.date(2025, 5, 20)),
    (working.extend, dt.date(2025, 4, 20)),
    (working.extend, dt.date(2025, 7, 31)),
    (working.make_longterm, "三成", dt.date(2025, 6, 30)),
    (working.add_point, "子"),
    (working.tick_point, 1),
    (working.void,),
    (closing.close, WORDS),
    (closing.close, WORDS),
    (closing.send_back, SignWords(signer="整改办")),
    (closing.reopen,),
)


def happened(seed: int, *, calm: bool = False) -> tuple[Desk, set[str]]:
    """An issue to which anything happened, much of it written down late; and the acts that were possible.

    In calm ones all was written down the same day, and nothing was taken back or off the books.
    """
    source = random.Random(seed)
    desk = Desk(source.choice((SIMPLE, TWO, TWO_OWN)))
    texts = [{"text": text} for text in ("甲", "乙")[: source.randrange(3)]]
    due = {"due": dt.date(2025, 4, 10)} if source.random() < 0.7 else {}
    desk.do(planning.add, 1, {"title": "文风不实", **due}, texts)
    return desk, go_on(desk, source, source.randrange(5, 60), calm=calm)


def go_on(desk: Desk, source: random.Random, turns: int, *, calm: bool = False) -> set[str]:
    """Anything happens, so many times; gives the acts that were possible."""
    batches, done = [], set()
    for _turn in range(turns):
        desk.today += DAY * source.choice((0, 0, 1, 3, 10))
        on = max(FIRST - DAY, desk.today - DAY * source.choice((0, 0, 0, 1, 4, 15, 40)[: 3 if calm else 7]))
        act, *said = source.choice(ACTS)
        try:
            if calm and act is working.void:
                continue
            if batches and source.random() < 0.1 and not calm:
                act = undoing.undo
                desk.do(undoing.undo, source.choice(batches), on=desk.today)
            else:
                desk.do(act, source.choice([OWN, *desk.state.parts]), *said, on=on, why="因为")
        except LedgerError:
            continue
        batches.append(desk.batch)
        done.add(act.__name__)
    return done


def merged(seed: int) -> Desk:
    """An issue that went on in two copies of a ledger, and was put together again; and then went on."""
    source = random.Random(seed)
    mine, _done = happened(seed)
    theirs = copied(mine)
    theirs.today = mine.today
    for desk in (mine, theirs):
        go_on(desk, source, 12)
    merger = Merger(ISSUE, mine.entries, theirs.entries)
    mine.entries = merger.settled(
        [Side.MINE] * len(merger.disputes), "林某", max(mine.clock, theirs.clock)
    ).entries
    mine.clock = max(mine.clock, theirs.clock)
    go_on(mine, source, 6)
    return mine


def told(stood, day):
    """A scene in plain values."""
    parts = {
        key: (each.status, each.due, each.late_from, each.done, each.total, each.returned, each.signing)
        for key, each in {**stood.measures, OWN: stood.own}.items()
    }
    return parts, stood.late_since, stood.late(day)


def replayed(state, day, desk):
    """The same of an issue as it was."""
    issue = issue_of(state)
    undone = undone_batches(desk.entries)
    returns = Counter(e.target or OWN for e in state.entries if e.do == "return" and e.batch not in undone)
    live = () if issue.status == "void" else issue.live
    parts = {each.uid: part(each, each.points, returns[each.uid]) for each in live}
    late = frozenset(OWN if each is issue else each.uid for each in rates.overdue(issue, day))
    return {**parts, OWN: part(issue, (), returns[OWN])}, issue.late_since, late


def part(each, points, returned):
    """What a spell says of an issue or a measure."""
    done = sum(1 for point in points if point.done_on)
    return (each.status, each.due, each.late_from, done, len(points), returned, each.steps > 0)


def days_of(entries):
    """Every day on which something happened, the one before, and some on which things fall due."""
    said = {entry.on for entry in entries}
    later = {dt.date(2025, month, day) for month in (3, 4, 5, 7, 10) for day in (1, 11)}
    return sorted(said | {each - DAY for each in said} | later)


def held(desk):
    """Hold the spells of a record against its replays, day by day."""
    found = spells(ISSUE, desk.entries)
    for day in days_of(desk.entries):
        state = replay(ISSUE, desk.entries, as_of=day)
        stood = scene(found, day)
        assert (stood is None) == ("uid" not in state.fields)
        if stood is not None:
            assert told(stood, day) == replayed(state, day, desk)
    assert told(scene(found, dt.date.max), FIRST) == replayed(desk.state, FIRST, desk)


@pytest.mark.parametrize("first", range(0, 400, 100))
def test_spells_are_what_replays_say(first):
    """Every status, deadline, lateness and count, on every day of four hundred histories."""
    for seed in range(first, first + 100):
        held(happened(seed)[0])


def test_of_two_copies_put_together_too():
    """What was done in two places at once, with what it overtook, on every day."""
    parted = 0
    for seed in range(40):
        desk = merged(seed)
        parted += any(len(each.prev) > 1 for each in desk.entries)
        held(desk)
    assert parted > 20


def test_these_histories_hold_everything():
    """Nothing above is tested for nothing: every act happened, and late entries came before others."""
    every, late = set(), 0
    for seed in range(60):
        desk, done = happened(seed)
        every |= done
        late += any(one.on > two.on for one, two in zip(desk.entries, desk.entries[1:], strict=False))
    assert every >= {act.__name__ for act, *_said in ACTS} | {"undo"}
    assert late > 30
