"""A record changed in two copies of a ledger: one history, nothing lost, the same for everybody."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.domain.acts import closing, planning, working
from ledger.domain.closeout import Outcome
from ledger.domain.course import OWN
from ledger.domain.merging import Merger, Side
from ledger.domain.moves import Status
from ledger.domain.replay import causal, replay
from ledger.domain.schema import ISSUE
from ledger.errors import DamageError, LedgerError
from tests.domain.desk import SIMPLE, TWO, Desk, bring, opened
from tests.domain.sides import (
    THREE,
    WORDS,
    both,
    copied,
    done,
    edit,
    long,
    note,
    reopen,
    send_back,
    send_back_to_first,
    sign,
    undo,
    void,
)


@pytest.mark.parametrize(
    ("start", "mine", "theirs", "expected"),
    [
        (Status.ACTIVE, [note], [note], Status.ACTIVE),
        (Status.ACTIVE, [done], [note], Status.DONE),
        (Status.ACTIVE, [done], [done], Status.DONE),
        (Status.DONE, [sign], [sign], Status.CLOSING),
        (Status.DONE, [sign, sign], [sign], Status.CLOSING),
        (Status.DONE, [sign, sign, sign], [note], Status.CLOSED),
        (Status.DONE, [sign, sign, sign], [sign, sign, sign], Status.CLOSED),
        (Status.DONE, [sign, sign, sign], [sign, send_back], Status.ACTIVE),
        (Status.DONE, [sign, sign, sign], [send_back], Status.ACTIVE),
        (Status.DONE, [sign, sign, sign], [send_back, done], Status.DONE),
        (Status.DONE, [sign, sign, sign], [send_back, done, sign], Status.CLOSING),
        (Status.CLOSING, [sign, sign], [sign, send_back_to_first], Status.CLOSING),
        (Status.DONE, [sign, sign, sign], [void], Status.VOID),
        (Status.DONE, [sign], [void], Status.VOID),
        (Status.DONE, [sign, sign], [long], Status.LONGTERM),
        (Status.DONE, [sign, sign, sign], [edit], Status.CLOSED),
        (Status.CLOSED, [reopen], [note], Status.ACTIVE),
        (Status.CLOSED, [reopen], [reopen], Status.ACTIVE),
        (Status.ACTIVE, [edit], [void], Status.VOID),
        (Status.ACTIVE, [done, sign], [done, undo, note], Status.CLOSING),
    ],
)
def test_never_more_closed_than_one_chain_justifies(start, mine, theirs, expected):
    """A step signed twice counts once; what ends an attempt beats sign-offs it did not know of, in any order."""
    for seconds in (-3600, -50, 30, 3600):
        home = opened(THREE)
        bring(home, home.key(1), start)
        here, there = copied(home, 0), copied(home, seconds)
        for act in mine:
            act(here)
        for act in theirs:
            act(there)
        merged = both(here, there)
        assert merged.status(home.key(1)) is expected, seconds
        assert {entry.hash for entry in (*here.entries, *there.entries)} < {e.hash for e in merged.entries}


@pytest.mark.parametrize("seconds", [-3600, 3600])
@pytest.mark.parametrize(
    "act",
    [
        lambda draft: working.void(draft, OWN),
        lambda draft: draft.enter("merge", data={"into": "01JXOTHER"}),
    ],
    ids=["void", "merged into another"],
)
def test_what_is_void_here_stays_void_with_a_measure_added_there(act, seconds):
    """A measure that came to an issue meanwhile does not bring it back on the books."""
    home = opened(SIMPLE)
    here, there = copied(home, 0), copied(home, seconds)
    here.do(act, why="重复")
    there.do(planning.add_measure, {"text": "补充"})
    merged = both(here, there)
    assert (merged.status(), len(merged.parts)) == (Status.VOID, 2)


@pytest.mark.parametrize("seconds", [-3600, -50, 30, 3600])
def test_closed_here_and_reopened_there_is_open(seconds):
    """Both reopened it and one closed it again: it is open, whoever's clock was ahead."""
    home = opened(TWO)
    bring(home, home.key(1), Status.CLOSED)
    here, there = copied(home, 0), copied(home, seconds)
    reopen(here), reopen(there), done(there), sign(there), sign(there)
    assert both(here, there).status(home.key(1)) in (Status.ACTIVE, Status.DONE)


def test_a_sign_off_that_gave_way_is_kept_as_rejected():
    """A close-out that a return elsewhere beat stands in the record as a rejected attempt, and can be redone."""
    home = opened(TWO)
    bring(home, home.key(1), Status.DONE)
    here, there = copied(home), copied(home, 600)
    sign(here), sign(here), send_back(there)
    merged = both(here, there)
    (attempt,) = merged.courses[home.key(1)].attempts
    assert [attempt.outcome, len(attempt.sign_offs)] == [Outcome.RETURNED, 2]
    again = copied(home)
    again.entries, again.clock = merged.entries, there.clock
    done(again), sign(again), sign(again)
    assert again.status(1) is Status.CLOSED


@pytest.mark.parametrize("seconds", [-3600, 600])
def test_a_step_signed_twice_counts_once_the_first(seconds):
    """The sign-off recorded first counts; the other is named as one that moved nothing."""
    home = opened(THREE)
    bring(home, home.key(1), Status.DONE)
    here, there = copied(home, 0), copied(home, seconds)
    sign(here), sign(there)
    first, second = sorted((here.entries[-1], there.entries[-1]), key=lambda entry: entry.instant)
    merged = both(here, there)
    (attempt,) = merged.courses[home.key(1)].attempts
    assert [[each.entry for each in attempt.sign_offs], merged.overtaken] == [[first], [second]]


def test_sign_offs_that_a_return_knew_of_are_its_own():
    """Who sends a close-out back takes back what they saw; what was signed elsewhere meanwhile gave way before."""
    home = opened(THREE)
    bring(home, home.key(1), Status.CLOSING)
    here, there = copied(home, 0), copied(home, 600)
    sign(here), sign(here), send_back_to_first(there)
    merged = both(here, there)
    attempts = [
        [each.outcome, [sign_off.step for sign_off in each.sign_offs]]
        for each in merged.courses[home.key(1)].attempts
    ]
    assert attempts == [
        [Outcome.RETURNED, ["check", "approve", "publish"]],
        [Outcome.RETURNED, ["check"]],
        [Outcome.OPEN, []],
    ]
    assert merged.overtaken == here.entries[-2:]


def test_what_a_return_can_end_it_ends_whole():
    """Signed on here, returned there later: one attempt was returned, with all that was signed in it."""
    home = opened(THREE)
    bring(home, home.key(1), Status.CLOSING)
    here, there = copied(home, 0), copied(home, 600)
    sign(here), send_back(there)
    (attempt,) = both(here, there).courses[home.key(1)].attempts
    assert [attempt.outcome, [each.step for each in attempt.sign_offs]] == [
        Outcome.RETURNED,
        ["check", "approve"],
    ]


def test_a_sign_off_given_after_the_merge_knows_everything_before_it():
    """What is added to a joined history comes after all of it, also before it is replayed again."""
    home = opened(TWO)
    bring(home, home.key(1), Status.DONE)
    here, there = copied(home), copied(home, 600)
    sign(here), send_back(there)
    draft = here.draft()
    draft.state = both(here, there)
    working.report_done(draft, home.key(1), "已整改")
    closing.sign(draft, home.key(1), WORDS)
    closing.sign(draft, home.key(1), WORDS)
    assert (draft.state.status(home.key(1)), draft.state.problems) == (Status.CLOSED, [])


def test_a_sign_off_on_what_was_edited_elsewhere_is_suspect():
    """Closed here, edited there: closed, and suspect until somebody confirms it."""
    home = opened(TWO)
    bring(home, home.key(1), Status.DONE)
    here, there = copied(home), copied(home)
    edit(there), sign(here), sign(here)
    assert len(both(here, there).suspects(home.key(1))) == 2


def test_a_confirmation_is_of_the_sign_offs_it_knew():
    """Confirmed here, signed there meanwhile: the sign-off that nobody here had seen is not confirmed by it."""
    home = opened(TWO)
    key = home.key(1)
    bring(home, key, Status.CLOSING)
    edit(home)
    here, there = copied(home, 600), copied(home)
    there.do(closing.confirm, key, WORDS)
    sign(there)
    here.do(planning.edit, key, {"text": "全面清点"}, why="更正")
    here.do(closing.confirm, key, WORDS)
    assert [each.step for each in both(here, there).suspects(key)] == ["approve"]


def test_histories_with_nothing_in_common_are_refused():
    """Two records of one uid made apart are no two versions of one record."""
    with pytest.raises(DamageError, match="nothing|no history in common"):
        Merger(ISSUE, opened(SIMPLE).entries, opened(SIMPLE).entries)


ACTS = (note, sign, send_back, void, reopen, done, long, edit, undo)


def life(desk: Desk, acts: list[Any]) -> None:
    for act in acts:
        try:
            act(desk)
        except LedgerError:
            continue


LIVES = st.lists(st.sampled_from(ACTS), max_size=6)


@settings(max_examples=150, deadline=None)
@given(LIVES, LIVES, LIVES, st.sampled_from([-4000, -90, 45, 4000]), st.booleans())
def test_any_two_lives_of_one_record_merge(before, mine, theirs, seconds, prefer):
    """Whatever was done here and there: one history, no entry lost, no act a problem, the same on both sides."""
    home = opened(TWO)
    life(home, before)
    here, there = copied(home, 0), copied(home, seconds)
    life(here, mine), life(there, theirs)
    disputes = Merger(ISSUE, here.entries, there.entries).disputes
    merged = both(here, there, *[Side.MINE if prefer else Side.THEIRS for _each in disputes])
    key = home.key(1)
    assert {entry.hash for entry in (*here.entries, *there.entries)} <= {e.hash for e in merged.entries}
    if merged.status(key) is Status.CLOSED:
        assert Status.CLOSED in (here.status(1), there.status(1), home.status(1))


@settings(max_examples=60, deadline=None)
@given(LIVES, LIVES, LIVES, st.permutations([0, 1, 2]))
def test_three_copies_agree_whatever_the_order(mine, theirs, others, order):
    """Three copies merged in any order and then with each other say the same of fields and statuses."""
    home = opened(TWO)
    bring(home, home.key(1), Status.DONE)
    copies = [copied(home, seconds) for seconds in (0, 40, 3000)]
    for copy, acts in zip(copies, (mine, theirs, others), strict=True):
        life(copy, acts)
    first, second, third = (copies[each].entries for each in order)

    def join(one, two):
        merger = Merger(ISSUE, one, two)
        sides = [
            Side.MINE if str(dict(each.mine)) >= str(dict(each.theirs)) else Side.THEIRS
            for each in merger.disputes
        ]
        return merger.settled(sides, "林某", home.clock).entries

    one_way = replay(ISSUE, join(join(first, second), third))
    other_way = replay(ISSUE, join(first, join(second, third)))
    assert one_way.problems == other_way.problems == []
    assert one_way.status(home.key(1)) is other_way.status(home.key(1))
    notes = [{each.id for each in state.courses[home.key(1)].notes} for state in (one_way, other_way)]
    assert notes[0] == notes[1]


def test_a_history_cut_from_a_merged_one_is_still_in_order():
    """Parents come before children, then the earlier recorded, whatever order the lines stand in."""
    home = opened(TWO)
    here, there = copied(home), copied(home, 90)
    note(here), note(there), note(here)
    merged = both(here, there)
    assert causal(list(reversed(merged.entries))) == merged.entries
