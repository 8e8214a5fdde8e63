"""What two places changed in fields, measures and numbers, made one."""

from __future__ import annotations

import datetime as dt

import pytest

from ledger.domain.acts import closing, planning, ticking, undoing, working
from ledger.domain.cadence import period_named
from ledger.domain.course import OWN
from ledger.domain.merging import Merger, Side
from ledger.domain.moves import Status
from ledger.domain.schema import ISSUE
from tests.domain.desk import SIMPLE, bring, opened
from tests.domain.sides import WORDS, both, copied, done, note, send_back


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


def test_what_is_ticked_off_in_two_places():
    """Names and periods of both count; of the same, done before excused, then the first; names may come and go."""
    home = opened(SIMPLE)
    key = home.key(1)
    home.do(planning.edit, key, {"recurrence": "quarterly from 2025-Q1"})
    home.do(ticking.set_names, key, ["甲镇", "乙镇", "丙镇", "丁镇"])
    here, there = copied(home), copied(home)
    first, second = dt.date(2025, 4, 2), dt.date(2025, 4, 3)
    quarters = [period_named(f"2025-Q{number}") for number in (1, 2)]
    here.do(ticking.tick_names, key, ["甲镇", "乙镇"], "done", "我", on=second)
    here.do(ticking.set_names, key, ["戊镇"], ["丁镇"], on=second)
    here.do(ticking.occur, key, quarters, "excused", on=second, why="停办")
    there.do(ticking.tick_names, key, ["乙镇", "丙镇"], "done", "他", on=first)
    there.do(ticking.occur, key, quarters[:1], "done", on=first)
    for merged in (both(here, there), both(there, here)):
        part = merged.parts[key]
        assert [(each["name"], each.get("done_on"), each.get("text")) for each in part["roster"]] == [
            ("甲镇", second, "我"),
            ("乙镇", first, "他"),
            ("丙镇", first, "他"),
            ("戊镇", None, None),
        ]
        assert [sorted(each) for each in part["occurrences"]] == [
            ["done_on", "period"],
            ["excused_on", "period", "text"],
        ]
