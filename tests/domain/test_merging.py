"""A record changed in two copies of a ledger: one history, nothing lost, the same for everybody."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.domain.acts import closing, planning, undoing, working
from ledger.domain.acts.closing import SignWords
from ledger.domain.closeout import Outcome
from ledger.domain.course import OWN
from ledger.domain.entry import is_canonical
from ledger.domain.merging import Merger, Side
from ledger.domain.moves import Status
from ledger.domain.replay import causal, link_problems, replay
from ledger.domain.schema import ISSUE
from ledger.errors import DamageError, LedgerError
from tests.domain.desk import SIMPLE, TWO, Desk, bring, opened

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


def test_one_sided_changes_are_taken_and_both_notes_kept():
    """Different fields of one issue merge by themselves; the entry that joins them sets nothing and is nobody's."""
    home = opened(SIMPLE, unit="办公室", criterion="一。二。三。", co_units=["财务股"])
    here, there = copied(home), copied(home)
    here.do(
        planning.edit, OWN, {"unit": "综合股", "criterion": "甲。二。三。", "co_units": ["财务股", "人事股"]}
    )
    there.do(planning.edit, OWN, {"leader": "顾某", "criterion": "一。二。丙。", "co_units": []})
    note(here), note(there, "谈话")
    merged = both(here, there)
    kept = {name: merged.fields.get(name) for name in ("unit", "leader", "criterion", "co_units")}
    assert kept == {"unit": "综合股", "leader": "顾某", "criterion": "甲。二。丙。", "co_units": ["人事股"]}
    joined = merged.entries[-1]
    assert [joined.do, joined.by, joined.at, dict(joined.was)] == [
        "resolve",
        "林某",
        there.entries[-1].at,
        {},
    ]
    assert sorted(each.data["text"] for each in merged.courses[home.key(1)].notes) == ["抽查", "谈话"]


@pytest.mark.parametrize(("side", "expected"), [(Side.MINE, "综合股"), (Side.THEIRS, "财务股")])
def test_a_dispute_is_a_persons_and_the_loser_is_kept(side, expected):
    """Both set one field differently: it is named with who set it, and the entry keeps the value that lost."""
    home = opened(SIMPLE, unit="办公室")
    here, there = copied(home), copied(home)
    here.do(planning.edit, OWN, {"unit": "综合股"}, by="林某")
    there.do(planning.edit, OWN, {"unit": "财务股"}, by="顾某")
    (dispute,) = Merger(ISSUE, here.entries, there.entries).disputes
    assert (dispute.key, dispute.fields, dispute.mine_by.by, dispute.theirs_by.by) == (
        OWN,
        ("unit",),
        "林某",
        "顾某",
    )
    merged = both(here, there, side)
    lost = {"综合股": "财务股", "财务股": "综合股"}[expected]
    assert [merged.fields["unit"], merged.entries[-1].was] == [expected, {"unit": lost}]


def test_a_deadline_changes_hands_whole():
    """Date, original date and printed phrase of a deadline are never mixed out of two."""
    home = opened(SIMPLE, due="2025-06-30", due_text="6月底前")
    here, there = copied(home), copied(home)
    here.do(working.extend, OWN, dt.date(2025, 7, 31), why="雨季")
    there.do(working.extend, OWN, dt.date(2025, 9, 30), why="工期")
    (dispute,) = Merger(ISSUE, here.entries, there.entries).disputes
    assert dispute.fields == ("due", "due_original", "due_text")
    assert both(here, there, Side.THEIRS).fields["due"] == dt.date(2025, 9, 30)


def test_only_what_lost_is_kept_as_lost():
    """The entry names what differs, and as lost what was there: nothing where one side took the value away."""
    home = opened(SIMPLE, due="2025-06-30", due_text="6月底前", remark="一")
    here, there = copied(home), copied(home)
    here.do(working.extend, OWN, dt.date(2025, 7, 31), why="雨季")
    there.do(working.extend, OWN, dt.date(2025, 9, 30), why="工期")
    here.do(planning.edit, OWN, {"remark": "二"})
    there.do(planning.edit, OWN, {"remark": None})
    joined = both(here, there, Side.MINE, Side.MINE).entries[-1]
    assert (joined.set, joined.was) == ({"due": "2025-07-31", "remark": "二"}, {"due": "2025-09-30"})
    here, there = copied(home), copied(home)
    here.do(planning.edit, home.key(1), {"text": "甲"})
    there.do(planning.edit, home.key(1), {"text": None})
    joined = both(here, there, Side.MINE).entries[-1]
    assert (joined.set, joined.was) == ({"measures": {home.key(1): {"text": "甲"}}}, {})


def test_a_deadline_that_one_side_moved_is_taken_whole():
    """Its printed phrase comes with the date; nobody is asked."""
    home = opened(SIMPLE, due="2025-06-30", due_text="6月底前")
    here, there = copied(home), copied(home, 600)
    here.do(working.extend, OWN, dt.date(2025, 7, 31), due_text="7月底前", why="雨季")
    note(there)
    merged = both(here, there)
    assert [merged.fields[name] for name in ("due", "due_original", "due_text")] == [
        dt.date(2025, 7, 31),
        dt.date(2025, 6, 30),
        "7月底前",
    ]


def test_each_field_merges_as_what_it_is():
    """Texts of a measure by sentences, its points and files one by one, lists by name; none is asked about."""
    home = opened(SIMPLE, measures=1)
    key = home.key(1)
    home.do(planning.edit, key, {"text": "一。二。三。"})
    here, there = copied(home), copied(home)
    for desk, text, name in ((here, "甲。二。三。", "a"), (there, "一。二。丙。", "b")):
        desk.do(planning.edit, key, {"text": text})
        desk.do(planning.edit, OWN, {"flags": [name]})
        desk.do(working.add_point, key, name)
        row = {"sha256": name * 64, "name": name, "kind": "document", "proves": "", "size": 1}
        desk.do(working.attach, key, row)
    merged = both(here, there)
    part = merged.parts[key]
    assert (part["text"], merged.fields["flags"]) == ("甲。二。丙。", ["a", "b"])
    assert [(each["number"], each["text"]) for each in part["points"]] == [(1, "a"), (2, "b")]
    assert sorted(each["name"] for each in part["evidence"]) == ["a", "b"]


@pytest.mark.parametrize("name", ["title", "colour"])
def test_what_is_one_thing_is_not_mixed(name):
    """A title, or a field of a later version, that both changed is a person's to decide, sentence or not."""
    home = opened(SIMPLE)
    home.do(lambda draft: draft.enter("edit", changes={name: "一。二。三。"}))
    here, there = copied(home), copied(home)
    here.do(lambda draft: draft.enter("edit", changes={name: "甲。二。三。"}))
    there.do(lambda draft: draft.enter("edit", changes={name: "一。二。丙。"}))
    assert [each.fields for each in Merger(ISSUE, here.entries, there.entries).disputes] == [(name,)]


def test_the_entry_that_joins_depends_on_the_histories_alone():
    """Whoever joins them, whenever: where nobody had to decide it is the same entry, after both ends, and no more."""
    home = opened(SIMPLE)
    here, there = copied(home), copied(home)
    note(here), note(there, "谈话")
    here.do(planning.edit, OWN, {"unit": "综合股"})
    there.do(planning.edit, OWN, {"leader": "顾某"})
    made = [
        Merger(ISSUE, here.entries, there.entries).settled((), by, at).entries[-1]
        for by, at in (("林某", home.clock), ("顾某", home.clock + dt.timedelta(days=3)), ("", None))
    ]
    assert made[0] == made[1] == made[2]
    assert made[0].prev == tuple(sorted((here.entries[-1].hash, there.entries[-1].hash)))
    assert (made[0].set, made[0].was) == ({}, {})


def test_a_decision_is_whose_it_is():
    """Where somebody decided, the entry says who and when, and two decisions are two entries."""
    home = opened(SIMPLE, unit="办公室")
    here, there = copied(home), copied(home)
    here.do(planning.edit, OWN, {"unit": "综合股"})
    there.do(planning.edit, OWN, {"unit": "财务股"})
    merger = Merger(ISSUE, here.entries, there.entries)
    late = home.clock + dt.timedelta(days=3)
    decided = [
        merger.settled((Side.MINE,), by, at).entries[-1]
        for by, at in (("林某", home.clock), ("顾某", home.clock), ("顾某", late))
    ]
    assert [(each.by, each.instant) for each in decided] == [
        ("林某", home.clock),
        ("顾某", home.clock),
        ("顾某", late),
    ]
    assert len({each.id for each in decided}) == 3
    assert merger.settled((Side.MINE,), "林某").entries[-1].instant == here.entries[-1].instant


def test_measures_of_both_sides_get_numbers_of_their_own():
    """Both sides entered a measure 2: the smaller uid keeps it, the other is the next."""
    home = opened(SIMPLE)
    here, there = copied(home), copied(home)
    here.do(planning.add_measure, {"text": "甲"})
    there.do(planning.add_measure, {"text": "乙"})
    merged = both(here, there)
    assert [part["number"] for part in merged.measures()] == [1, 2, 3]
    two, three = merged.measures()[1:]
    assert two["uid"] < three["uid"]


def test_a_measure_numbered_anew_in_two_joins_takes_no_number_of_another():
    """One measure got 3 in one join and 4 in another: it has 4, for the other copy gave 3 to one of its own."""
    home = opened(SIMPLE)
    here, there = copied(home), copied(home, 400)
    here.do(planning.add_measure, {"text": "甲"})
    there.do(planning.add_measure, {"text": "乙"})
    later = copied(here, 50)
    later.do(planning.add_measure, {"text": "丙"})
    other = copied(later)
    other.entries = both(later, there).entries
    note(there)
    one = copied(there)
    one.entries = both(here, there).entries
    assert [len(each.state.parts) for each in (one, other)] == [3, 4]
    assert [part["number"] for part in both(one, other).measures()] == [1, 2, 3, 4]


def test_what_was_overtaken_again_and_again_is_still_read_at_once():
    """Both copies report done in every round, and each round knows of all before it."""
    desk = opened(SIMPLE)
    for _round in range(20):
        other = copied(desk)
        done(desk)
        done(other)
        desk.entries, desk.clock = both(desk, other).entries, other.clock
        send_back(desk)
    assert len(desk.state.overtaken) >= 20


def test_an_issue_is_not_closed_beside_the_return_of_its_measure():
    """Its own chain was signed here, and one of its measures sent back there: nobody would have signed that."""
    home = opened(SIMPLE, measures=2)
    for number in (1, 2):
        bring(home, home.key(number), Status.DONE)
    home.do(working.report_done, OWN, "已整改")
    here, there = copied(home), copied(home)
    here.do(closing.sign, OWN, WORDS)
    send_back(there)
    for merged in (both(here, there), both(there, here)):
        assert (merged.status(), merged.status(there.key(1))) == (Status.DONE, Status.ACTIVE)
        assert [entry.do for entry in merged.overtaken] == ["sign"]


def test_of_two_renumberings_the_larger_counts():
    """Renumbered here and there: the larger number, and every number it had is kept."""
    home = opened(SIMPLE, number=3)
    here, there = copied(home), copied(home)
    here.do(planning.settle_number, 9)
    there.do(planning.settle_number, 11)
    merged = both(here, there)
    assert [merged.fields["number"], merged.fields["formerly"]] == [11, [3, 9]]


def test_every_number_it_had_stays_with_it():
    """Renumbered twice here and twice there: the larger of the last, and all others it ever had."""
    home = opened(SIMPLE, number=3)
    here, there = copied(home), copied(home)
    here.do(planning.settle_number, 9), here.do(planning.settle_number, 12)
    there.do(planning.settle_number, 10), there.do(planning.settle_number, 11)
    merged = both(here, there)
    assert [merged.fields["number"], sorted(merged.fields["formerly"])] == [12, [3, 9, 10, 11]]


@pytest.mark.parametrize("before", [3, 11])
@pytest.mark.parametrize(("mine", "theirs"), [(9, 9), (9, None), (None, 9)])
def test_a_number_given_once_is_remembered_once(mine, theirs, before):
    """Renumbered in one copy, or in both to the same: one new number and one it had, whichever is larger."""
    home = opened(SIMPLE, number=before)
    here, there = copied(home), copied(home, 600)
    for desk, number in ((here, mine), (there, theirs)):
        desk.do(planning.settle_number, number) if number else note(desk)
    merged = both(here, there)
    assert [merged.fields["number"], merged.fields["formerly"]] == [9, [before]]


def test_who_set_what_is_disputed_is_named():
    """The last entry of each side that set the value, of a measure as of the issue; nobody where an undo did."""
    home = opened(SIMPLE, unit="办公室")
    key = home.key(1)
    home.do(planning.edit, OWN, {"unit": "综合股"})
    here, there = copied(home), copied(home)
    here.do(planning.edit, key, {"owner": "周某"})
    set_here = here.entries[-1]
    undo_shared = copied(here)
    undo_shared.do(undoing.undo, home.batch)
    note(undo_shared)
    there.do(planning.edit, key, {"owner": "郑某"})
    set_there = there.entries[-1]
    there.do(planning.edit, OWN, {"unit": "财务股"})
    unit, owner = Merger(ISSUE, undo_shared.entries, there.entries).disputes
    assert (unit.fields, unit.mine_by, unit.theirs_by) == (("unit",), None, there.entries[-1])
    assert (owner.key, owner.mine_by, owner.theirs_by) == (key, set_here, set_there)


def test_one_history_that_holds_the_other_is_the_answer():
    """Nothing is joined where one side only went on from the other."""
    home = opened(SIMPLE)
    ahead = copied(home)
    note(ahead)
    assert [entry.hash for entry in both(home, ahead).entries] == [entry.hash for entry in ahead.entries]


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
