"""From a history to the record: at every date, as known at every moment, and never from settings."""

from __future__ import annotations

import datetime as dt

from hypothesis import given, settings

from ledger.domain.acts import closing, planning, working
from ledger.domain.acts.closing import SignWords
from ledger.domain.acts.undoing import undo
from ledger.domain.closeout import Chain, Step
from ledger.domain.course import OWN
from ledger.domain.entry import parse
from ledger.domain.moves import Status
from ledger.domain.replay import link_problems, replay, undone_batches
from ledger.domain.schema import ISSUE
from tests.domain.desk import FIRST_DAY, SIMPLE, TWO, Desk, opened
from tests.domain.histories import live, lives

# -- random lives -----------------------------------------------------------------------------


@settings(max_examples=40)
@given(lives)
def test_a_random_life_replays_to_what_was_seen(life):
    """The fields are what the history makes, nothing in it is impossible, and every moment can be seen again."""
    desk, seen = live(life)
    state = replay(ISSUE, desk.entries)
    assert state.problems == []
    assert link_problems(desk.entries) == []
    assert state.document()["head"] == "sha256:" + desk.entries[-1].hash
    again = [parse(entry.line) for entry in desk.entries]
    assert again == desk.entries
    for moment, document in seen:
        assert replay(ISSUE, desk.entries, known_at=moment).document() == document
    last = max(entry.on for entry in desk.entries)
    assert replay(ISSUE, desk.entries, as_of=last).document() == state.document()


@settings(max_examples=20)
@given(lives)
def test_what_is_applied_step_by_step_is_what_replays(life):
    """A draft that lives through everything, undoing aside, is the replayed record."""
    desk, _seen = live(life)
    if any(entry.do == "undo" for entry in desk.entries):
        return
    state = replay(ISSUE, [])
    for entry in desk.entries:
        state.apply(entry)
    assert state.document() == desk.state.document()
    assert state.courses.keys() == desk.state.courses.keys()


@settings(max_examples=20)
@given(lives)
def test_earlier_sees_no_more_than_later(life):
    """With an earlier date, or known earlier, a replay has some of the entries of the later one, never others."""
    desk, seen = live(life)
    days = sorted({entry.on for entry in desk.entries})
    before: set[str] = set()
    for day in days:
        now = {entry.id for entry in replay(ISSUE, desk.entries, as_of=day).entries}
        assert before <= now
        before = now
    before = set()
    for moment, _document in seen:
        now = {entry.id for entry in replay(ISSUE, desk.entries, known_at=moment).entries}
        assert before < now
        before = now


@settings(max_examples=15)
@given(lives)
def test_a_status_as_of_a_day_stays_what_it_was(life):
    """What had happened by a day is not changed by status entries of later days: as-of D known-at D is kept."""
    desk, seen = live(life)
    by_day: dict[dt.date, tuple[dt.datetime, dict]] = {}
    for (moment, document), entry in zip(seen, _lasts(desk), strict=True):
        by_day[max(entry.on, *by_day, FIRST_DAY)] = (moment, document)
    for day, (moment, document) in by_day.items():
        seen_then = replay(ISSUE, desk.entries, as_of=day, known_at=moment).document()
        assert seen_then == document


def _lasts(desk: Desk):
    """The last entry of each command."""
    return [
        entry
        for entry, after in zip(desk.entries, [*desk.entries[1:], None], strict=True)
        if after is None or after.batch != entry.batch
    ]


# -- two clocks ---------------------------------------------------------------------------------


def test_what_was_true_and_what_was_known():
    """A field may be back-dated: as-of sees it on its date, known-at only once it was recorded."""
    desk = opened(SIMPLE, measures=0)
    desk.do(planning.edit, OWN, {"owner": "周某"}, on=dt.date(2025, 3, 20))
    known = desk.clock
    desk.do(planning.edit, OWN, {"owner": "郑某"}, on=dt.date(2025, 3, 10))
    owners = {
        (day, moment): replay(ISSUE, desk.entries, as_of=dt.date(2025, 3, day), known_at=moment).fields.get(
            "owner"
        )
        for day in (5, 10, 20)
        for moment in (known, desk.clock)
    }
    assert owners == {
        (5, known): None,
        (10, known): None,
        (20, known): "周某",
        (5, desk.clock): None,
        (10, desk.clock): "郑某",
        (20, desk.clock): "郑某",
    }


def test_an_undone_command_is_left_out_at_every_date():
    """Once an undoing is known the command never was; known earlier, it still is."""
    desk = opened(SIMPLE, measures=0)
    desk.do(planning.edit, OWN, {"owner": "周某"})
    before = desk.clock
    desk.do(undo, desk.batch, on=dt.date(2025, 4, 1))
    assert replay(ISSUE, desk.entries, as_of=FIRST_DAY).fields.get("owner") is None
    assert replay(ISSUE, desk.entries, as_of=FIRST_DAY, known_at=before).fields.get("owner") == "周某"
    assert undone_batches(desk.entries) == {desk.entries[1].batch}


def test_replay_never_reads_settings():
    """A chain that changes later changes nothing in a close-out under way: its steps stand in the history."""
    desk = opened(TWO)
    key = desk.key(1)
    desk.do(working.report_done, key, "已完成")
    desk.do(closing.sign, key, SignWords())
    desk.settings = type(desk.settings)(chain=Chain("measure", (Step("one"), Step("two"), Step("three"))))
    signed = desk.do(closing.sign, key, SignWords())
    assert (signed.step, signed.n, signed.of, signed.next_step) == ("approve", 2, 2, None)
    assert desk.status(1) is Status.CLOSED
