"""From a history to the record: at every date, as known at every moment, and never from settings."""

from __future__ import annotations

import datetime as dt
import functools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.domain.acts import closing, moving, planning, ticking, working
from ledger.domain.acts.closing import SignWords
from ledger.domain.acts.undoing import undo
from ledger.domain.cadence import period_named
from ledger.domain.closeout import Chain, Step
from ledger.domain.course import OWN
from ledger.domain.entry import compose, parse
from ledger.domain.moves import Act, Status
from ledger.domain.replay import causal, link_problems, replay, undone_batches, up_to
from ledger.domain.schema import ISSUE
from ledger.errors import DamageError, LedgerError
from tests.domain.desk import DUE, FIRST_DAY, SIMPLE, TWO, TWO_OWN, ZONE, Desk, opened

# -- random lives -----------------------------------------------------------------------------

ROWS = [
    {"sha256": f"{number:064x}", "name": f"{number}.pdf", "kind": "document", "proves": "", "size": number}
    for number in range(3)
]
TEXTS = st.sampled_from(["登记造册", "专人保管", "it's", "一\n二"])
DATES = st.dates(dt.date(2025, 5, 1), dt.date(2025, 9, 1))
NUMBERS = st.sampled_from([1, 0, 1, 2, 0, 3])


def _words(result: str = "", step: str = "", take_all: bool = False) -> SignWords:
    return SignWords(meeting="领导小组第3次会议", step=step, result=result, take_all=take_all)


def _keyed(name: str, *arguments):
    return st.tuples(st.just(name), NUMBERS, *arguments)


NAMES = st.lists(st.sampled_from(["甲镇", "乙镇", "丙镇"]), max_size=2, unique=True)
PERIODS = st.lists(st.sampled_from(["2025-Q1", "2025-Q2", "2025-02", "2025-04"]), max_size=2, unique=True)
BECAME = st.sampled_from(["done", "done", "excused", "open"])
#: What is done to measures alone.
OF_MEASURES = {"tick", "split", "merge", "point", "names", "roster", "every", "occur"}
#: What may happen, and how often.
DEEDS = {
    "note": (3, _keyed("note", TEXTS)),
    "attach": (2, _keyed("attach", st.sampled_from(ROWS))),
    "point": (1, _keyed("point", TEXTS)),
    "tick": (2, _keyed("tick", st.integers(1, 2), st.booleans())),
    "names": (1, _keyed("names", NAMES, NAMES)),
    "roster": (3, _keyed("roster", NAMES, BECAME)),
    "every": (2, _keyed("every", st.sampled_from(["quarterly from 2025-Q1", "monthly from 2025-02", None]))),
    "occur": (4, _keyed("occur", PERIODS, BECAME)),
    "interim": (1, _keyed("interim")),
    "done": (6, _keyed("done", st.sampled_from(["", "已完成", "已办结"]))),
    "sign": (6, _keyed("sign", st.sampled_from(["", "", "check", "approve"]))),
    "close": (9, _keyed("close", st.sampled_from(["已完成", ""]), st.sampled_from([True, True, False]))),
    "return": (3, _keyed("return", st.sampled_from(["", "check"]))),
    "reopen": (5, _keyed("reopen")),
    "confirm": (2, _keyed("confirm")),
    "longterm": (1, _keyed("longterm")),
    "void": (1, _keyed("void")),
    "extend": (2, _keyed("extend", DATES)),
    "ask": (1, _keyed("ask", DATES)),
    "refuse": (1, _keyed("refuse")),
    "edit": (3, _keyed("edit", st.sampled_from(["remark", "criterion", "text", "title"]), TEXTS)),
    "erratum": (2, _keyed("erratum", TEXTS)),
    "assign": (2, _keyed("assign", DATES, st.booleans())),
    "measure": (2, _keyed("measure", TEXTS)),
    "split": (1, _keyed("split")),
    "merge": (1, _keyed("merge")),
    "claim": (2, _keyed("claim")),
    "approve": (2, _keyed("approve")),
    "undo": (3, _keyed("undo", st.integers(0, 5))),
}
deeds = st.sampled_from([name for name, (often, _) in DEEDS.items() for _ in range(often)]).flatmap(
    lambda name: DEEDS[name][1]
)
happenings = st.tuples(deeds, st.integers(0, 3), st.sampled_from([0, 0, 0, 0, 1, 4]))
lives = st.tuples(
    st.sampled_from([SIMPLE, TWO, TWO_OWN]),
    st.sampled_from([False, False, True]),
    st.lists(happenings, min_size=15, max_size=40),
)


def run(desk: Desk, deed, key: str, on: dt.date, why: str = "因故") -> None:
    """One random command."""
    name, _number, *rest = deed
    acts = {
        "note": lambda text: (working.note, key, text),
        "attach": lambda row: (working.attach, key, row),
        "point": lambda text: (working.add_point, key, text),
        "tick": lambda number, done: (functools.partial(working.tick_point, done=done), key, number),
        "names": lambda add, drop: (ticking.set_names, key, add, drop),
        "roster": lambda names, became: (ticking.tick_names, key, names, became),
        "every": lambda kept: (planning.edit, key, {"recurrence": kept}),
        "occur": lambda periods, became: (ticking.occur, key, list(map(period_named, periods)), became),
        "interim": lambda: (working.interim, key),
        "done": lambda result: (working.report_done, key, result),
        "sign": lambda step: (closing.sign, key, _words(step=step)),
        "close": lambda result, whole: (closing.close, key, _words(result, take_all=whole)),
        "return": lambda to: (functools.partial(closing.send_back, to=to), key, _words()),
        "reopen": lambda: (closing.reopen, key),
        "confirm": lambda: (closing.confirm, key, _words()),
        "longterm": lambda: (working.make_longterm, key, "目标", dt.date(2026, 1, 1)),
        "void": lambda: (working.void, key),
        "extend": lambda due: (working.extend, key, due),
        "ask": lambda due: (working.ask_for, Act.EXTEND, key, {"due": due}),
        "refuse": lambda: (working.refuse_request, Act.EXTEND, key),
        "edit": lambda field, text: (planning.edit, key, {field: text}),
        "erratum": lambda text: (functools.partial(planning.edit, erratum=True), key, {"criterion": text}),
        "assign": lambda due, down: (functools.partial(planning.assign, down=down), key, {"due": due}),
        "measure": lambda text: (planning.add_measure, {"text": text}),
        "split": lambda: (moving.split_measure, key, ["甲", "乙"]),
        "merge": lambda: (moving.merge_measures, key, [list(desk.state.parts)[-1]]),
        "claim": lambda: (planning.claim, "吴某"),
        "approve": lambda: (planning.approve, len(desk.state.plan_versions) + 1, "党组会"),
        "undo": lambda back: (undo, desk.entries[max(len(desk.entries) - 1 - back, 0)].batch),
    }
    desk.do(*acts[name](*rest), on=on, why=why)


def live(life) -> tuple[Desk, list[tuple[dt.datetime, dict]]]:
    """Run a random life; what is refused is left out. Gives what was seen after each command."""
    chain, plan, happenings = life
    desk = opened(chain, measures=2, plan=plan, due=DUE)
    seen = [(desk.clock, desk.state.document())]
    for deed, later, back in happenings:
        desk.today += dt.timedelta(days=later)
        parts = list(desk.state.parts)
        number = deed[1]
        if deed[0] in OF_MEASURES and not number:
            number = 1
        key = parts[number - 1] if 0 < number <= len(parts) else OWN
        if key == OWN and deed[0] in OF_MEASURES - {"point"}:
            continue
        count = len(desk.entries)
        try:
            run(desk, deed, key, desk.today - dt.timedelta(days=back))
        except LedgerError:
            continue
        if len(desk.entries) > count:
            seen.append((desk.clock, desk.state.document()))
    return desk, seen


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


# -- the chain of hashes ------------------------------------------------------------------------


def busy() -> Desk:
    """A small history with most kinds of entry."""
    desk = opened(TWO, measures=2, due=DUE, leader="吴某")
    first = desk.key(1)
    desk.do(working.note, first, "it's begun")
    desk.do(working.attach, first, ROWS[1])
    desk.do(working.extend, first, dt.date(2025, 8, 31), why="会议推迟")
    desk.do(working.report_done, first, "已完成")
    desk.do(closing.sign, first, _words())
    desk.do(planning.edit, OWN, {"remark": "说明"})
    return desk


def holds(lines: list[str], head: str) -> bool:
    """Whether readers would take these lines: every one an entry, linked, ending in the head."""
    try:
        entries = [parse(line) for line in lines]
    except DamageError:
        return False
    return not link_problems(entries) and entries[-1].hash == head


def test_every_flipped_bit_is_found():
    """Any bit of any byte of any line that is flipped breaks a line, a link or the head."""
    desk = busy()
    lines, head = [entry.line for entry in desk.entries], desk.entries[-1].hash
    assert holds(lines, head)
    for index, line in enumerate(lines):
        data = line.encode()
        for at in range(len(data)):
            changed = bytearray(data)
            changed[at] ^= 1 << (at % 8)
            try:
                other = changed.decode()
            except UnicodeDecodeError:
                continue
            assert not holds([*lines[:index], other, *lines[index + 1 :]], head), (index, at)


def test_no_line_can_be_left_out_doubled_or_moved():
    """Cutting, doubling, swapping or inserting lines is found, wherever it happens."""
    desk = busy()
    lines, head = [entry.line for entry in desk.entries], desk.entries[-1].hash
    other = opened(TWO).entries[0].line
    for index in range(len(lines)):
        assert not holds(lines[:index] + lines[index + 1 :], head)
        assert not holds(lines[: index + 1] + lines[index:], head)
        assert not holds([*lines[:index], other, *lines[index:]], head)
        if index:
            swapped = [*lines[: index - 1], lines[index], lines[index - 1], *lines[index + 1 :]]
            assert not holds(swapped, head)
    for count in range(1, len(lines)):
        assert not holds(lines[:count], head)


def test_each_broken_link_says_what_it_is():
    """A doubled entry, a second beginning and a missing parent are told apart, by their place in the file."""
    entries = busy().entries
    stranger = opened(TWO).entries[0]
    found = link_problems([entries[0], entries[0], entries[1], stranger, entries[3]])
    assert [(each.rule, each.place, each.message) for each in found] == [
        ("history-links", 1, "the entry stands twice"),
        ("history-links", 3, "the entry is linked to nothing before it"),
        ("history-links", 4, "the entry before it is missing or was changed"),
    ]


# -- branches -------------------------------------------------------------------------------------


def entry_after(parents, number: int, minute: int, **parts):
    return compose(
        {
            "id": f"{number:026d}",
            "batch": f"B{number}",
            "do": "note",
            "on": FIRST_DAY,
            "at": dt.datetime(2025, 3, 1, 10, minute, tzinfo=ZONE),
            "by": "林某",
            "prev": [each.hash for each in parents],
            **parts,
        }
    )


def test_branches_replay_parents_first_then_by_time_then_by_id():
    """Two branches of a history give one order, whichever way the file lists them."""
    root = opened(SIMPLE, measures=0).entries[0]
    late = entry_after([root], 1, 9, data={"text": "晚"})
    early = entry_after([root], 3, 5, data={"text": "早"})
    same = entry_after([root], 2, 5, data={"text": "同时"})
    after_late = entry_after([late], 4, 1, data={"text": "时钟慢"})
    join = entry_after([early, same, after_late], 5, 10, data={"text": "合并"})
    wanted = [root, same, early, late, after_late, join]
    listed = [root, late, after_late, early, same, join]
    assert causal(listed) == wanted
    assert causal([root, early, same, late, after_late, join]) == wanted
    state = replay(ISSUE, listed)
    assert (state.tips, state.problems) == ([join.hash], [])
    assert [each.data["text"] for each in state.courses[OWN].notes] == ["同时", "早", "晚", "时钟慢", "合并"]


def test_two_loose_ends_have_no_head():
    """Until branches are joined a record has no one head to write."""
    root = opened(SIMPLE, measures=0).entries[0]
    ends = [entry_after([root], number, number) for number in (1, 2)]
    state = replay(ISSUE, [root, *ends])
    assert state.tips == [each.hash for each in ends]
    assert "head" not in state.document()


def test_a_problem_keeps_its_place_in_the_file():
    """Where branches replay in another order than the file's, a problem still names the file's line."""
    root = opened(SIMPLE, measures=0).entries[0]
    wrong = entry_after([root], 1, 9, do="reopen")
    fine = entry_after([root], 2, 5)
    [problem] = replay(ISSUE, [root, wrong, fine]).problems
    assert (problem.rule, problem.place) == ("history-move", 1)


def test_a_step_signed_on_both_branches_counts_once():
    """Two branches that sign the same step leave one sign-off, the first."""
    desk = opened(TWO_OWN, measures=0)
    desk.do(working.report_done, OWN, "已完成")
    one = entry_after(
        [desk.entries[-1]], 1, 30, do="sign", data={"step": "check", "steps": ["check", "approve"]}
    )
    two = entry_after(
        [desk.entries[-1]], 2, 31, do="sign", data={"step": "check", "steps": ["check", "approve"]}
    )
    state = replay(ISSUE, [*desk.entries, one, two])
    assert state.problems == []
    [attempt] = state.courses[OWN].attempts
    assert [each.entry for each in attempt.sign_offs] == [one]
    assert state.status() is Status.CLOSING


def test_a_lost_parent_holds_nothing_up():
    """An entry whose parent is not there stands at its time, also where the history has branches."""
    root = opened(SIMPLE, measures=0).entries[0]
    lost = entry_after([root], 1, 1)
    early, late = entry_after([lost], 2, 2), entry_after([root], 3, 9)
    assert causal([late, early]) == [early, late]
    later = entry_after([], 4, 30)
    assert causal([later, early]) == [early, later]
    state = replay(ISSUE, [root, early, late])
    assert [(each.rule, each.place) for each in state.problems] == [("history-links", 1)]
    assert [each.id for each in state.courses[OWN].notes] == [early.id, late.id]


def test_what_only_the_other_branch_forbids_is_no_problem():
    """An act that was possible where it was done has no effect after the other's, and is named as such."""
    desk = opened(SIMPLE, measures=0)
    start = desk.entries[-1]
    void = entry_after([start], 1, 30, do="void")
    done = entry_after([start], 2, 31, do="done")
    edit = entry_after([done], 3, 32, do="edit", set={"remark": "说明"})
    state = replay(ISSUE, [*desk.entries, void, done, edit])
    assert (state.problems, state.overtaken) == ([], [done])
    assert (state.status(), state.fields["remark"]) == (Status.VOID, "说明")


def test_a_date_that_only_the_other_branch_makes_wrong_moves_what_it_moves():
    """Dated before what was done elsewhere meanwhile: no problem, and not without effect either."""
    desk = opened(SIMPLE, measures=0)
    start = desk.entries[-1]
    interim = entry_after([start], 1, 30, do="interim", on=dt.date(2025, 3, 9))
    done = entry_after([start], 2, 31, do="done", on=dt.date(2025, 3, 5))
    state = replay(ISSUE, [*desk.entries, interim, done])
    assert (state.problems, state.overtaken, state.status()) == ([], [], Status.DONE)


def test_a_branch_excuses_nothing_that_was_wrong_where_it_was_done():
    """What could not be where it was done stays a problem beside other branches, and after they are joined."""
    desk = opened(SIMPLE, measures=0)
    start = desk.entries[-1]
    wrong = entry_after([start], 1, 30, do="reopen")
    void = entry_after([start], 2, 31, do="void")
    done = entry_after([wrong], 3, 32, do="done")
    back = entry_after([done], 4, 33, do="interim", on=dt.date(2025, 2, 1))
    join = entry_after([void, back], 5, 34, do="resolve")
    after = entry_after([join], 6, 35, do="reopen")
    state = replay(ISSUE, [*desk.entries, wrong, void, done, back, join, after])
    assert [(each.rule, each.place) for each in state.problems] == [
        ("history-move", 1),
        ("history-move", 4),
        ("history-move", 6),
    ]
    assert state.overtaken == [done]


def test_what_was_wrong_where_it_was_done_is_never_excused():
    """An act dated too early where it was done stays a problem where the other branch makes it impossible too."""
    desk = opened(SIMPLE, measures=0)
    desk.do(working.interim, OWN, "初步成效")
    start = desk.entries[-1]
    reported = entry_after([start], 1, 30, do="done")
    early = entry_after([start], 2, 31, do="done", on=dt.date(2025, 2, 1))
    state = replay(ISSUE, [*desk.entries, reported, early])
    assert [(each.rule, each.place) for each in state.problems] == [("history-move", 3)]


def test_the_entries_behind_a_head():
    """`up_to` gives a head and all before it; an unknown head gives nothing."""
    entries = busy().entries
    assert up_to(entries, entries[3].hash) == entries[:4]
    assert up_to(entries, "sha256:" + entries[3].hash) == entries[:4]
    assert up_to(entries, "sha256:" + "0" * 64) == []
    root = entries[0]
    left, right = entry_after([root], 1, 1), entry_after([root], 2, 2)
    join = entry_after([left, right], 3, 3)
    assert up_to([root, left, right, join], join.hash) == [root, left, right, join]
    assert up_to([root, left, right, join], right.hash) == [root, right]


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


# -- histories that cannot be -------------------------------------------------------------------


def made(*parts: dict, measures: int = 1):
    """A history of hand-made entries after a proper beginning."""
    entries = list(opened(TWO, measures=measures).entries)
    for number, each in enumerate(parts, 1):
        entries.append(entry_after([entries[-1]], number, 30 + number, **each))
    return entries


def problems(entries) -> list[tuple[str, int, str]]:
    return [(each.rule, each.place, each.message) for each in replay(ISSUE, entries).problems]


IMPOSSIBLE = {
    "a move the table does not have": (
        [{"do": "reopen"}],
        [("history-move", 1, "reopen is not possible from pending")],
    ),
    "an act nobody knows": ([{"do": "bless"}], [("history-act", 1, "the act bless is not known")]),
    "a measure that is not there": (
        [{"target": "01JX9999999999999999999999"}],
        [("history-target", 1, "the entry names a measure that is not there")],
    ),
    "a second beginning": ([{"do": "add"}], [("history-act", 1, "a history begins with add, once")]),
    "dates that go back": (
        [{"do": "done"}, {"do": "return", "on": dt.date(2025, 2, 1)}],
        [("history-dates", 2, "return is dated 2025-02-01, before 2025-03-01")],
    ),
    "a date before the last but one": (
        [
            {"do": "done", "on": dt.date(2025, 3, 10)},
            {"do": "return", "on": dt.date(2025, 3, 1)},
            {"do": "done", "on": dt.date(2025, 3, 5)},
        ],
        [
            ("history-dates", 2, "return is dated 2025-03-01, before 2025-03-10"),
            ("history-dates", 3, "done is dated 2025-03-05, before 2025-03-10"),
        ],
    ),
    "an erratum that is no edit": (
        [{"do": "reopen", "data": {"erratum": True}}],
        [("history-move", 1, "reopen is not possible from pending")],
    ),
    "a step out of turn": (
        [{"do": "done"}, {"do": "sign", "data": {"step": "approve", "steps": ["check", "approve"]}}],
        [("history-steps", 2, "step approve is signed where check comes next")],
    ),
    "a return to a step not signed": (
        [
            {"do": "done"},
            {"do": "sign", "data": {"step": "check", "steps": ["check", "approve"]}},
            {"do": "return", "data": {"to": "approve"}},
        ],
        [("history-steps", 3, "step approve was not signed")],
    ),
    "a date that does not exist": (
        [{"do": "edit", "set": {"due": "2025-02-30"}}],
        [("history-entry", 1, "the entry holds something that cannot be")],
    ),
    "a number that is a word": (
        [{"do": "edit", "set": {"number": "seven"}}],
        [("history-entry", 1, "the entry holds something that cannot be")],
    ),
    "a list of lists": (
        [{"do": "edit", "set": {"flags": [["a"]]}}],
        [("history-entry", 1, "the entry holds something that cannot be")],
    ),
    "points that are a word": (
        [{"do": "measure", "set": {"measures": {"01JY": {"points": "a"}}}}],
        [("history-entry", 1, "the entry holds something that cannot be")],
    ),
    "a point without text": (
        [{"do": "measure", "set": {"measures": {"01JY": {"points": [{"number": 1}]}}}}],
        [("history-entry", 1, "the entry holds something that cannot be")],
    ),
    "a point whose number is a word": (
        [{"do": "measure", "set": {"measures": {"01JY": {"points": [{"number": "1", "text": "a"}]}}}}],
        [("history-entry", 1, "the entry holds something that cannot be")],
    ),
    "evidence without a digest": (
        [{"do": "evidence", "data": {"name": "1.pdf"}}],
        [("history-entry", 1, "the entry holds something that cannot be")],
    ),
    "measures that are no table": (
        [{"do": "edit", "set": {"measures": ["a"]}}],
        [("history-entry", 1, "the entry holds something that cannot be")],
    ),
    "a status nobody knows": (
        [{"do": "measure", "set": {"measures": {"01JY": {"text": "x"}}}, "data": {"status": "nice"}}],
        [("history-entry", 1, "the entry holds something that cannot be")],
    ),
    "a measure that is there as closed from the start": (
        [
            {
                "do": "move",
                "target": "01JY",
                "set": {"measures": {"01JY": {"text": "x"}}},
                "data": {"status": "closed"},
            }
        ],
        [("history-move", 1, "move is not possible from closed")],
    ),
    "a return to a step of nothing that was signed": (
        [
            {
                "do": "move",
                "target": "01JY",
                "set": {"measures": {"01JY": {"text": "x"}}},
                "data": {"status": "closing"},
            },
            {"do": "return", "target": "01JY", "data": {"to": "check"}},
        ],
        [("history-steps", 2, "step check was not signed")],
    ),
    "one that is there as closed and is opened again": (
        [
            {
                "do": "move",
                "target": "01JY",
                "set": {"measures": {"01JY": {"text": "x"}}},
                "data": {"status": "closed"},
            },
            {"do": "reopen", "target": "01JY"},
        ],
        [("history-move", 1, "move is not possible from closed")],
    ),
    "a plan without number": (
        [{"do": "approve", "data": {"plan": "first"}}],
        [("history-entry", 1, "the entry holds something that cannot be")],
    ),
}


@pytest.mark.parametrize(("parts", "found"), IMPOSSIBLE.values(), ids=IMPOSSIBLE)
def test_a_history_that_cannot_be_is_named(parts, found):
    """What acts would have refused is found in a history somebody made by hand."""
    assert problems(made(*parts)) == found


def test_a_measure_keeps_the_uid_it_stands_under():
    """What an entry says about a measure's uid is what it stands under, whatever else it says."""
    state = replay(
        ISSUE, made({"do": "measure", "set": {"measures": {"01JY": {"uid": "01JZ", "text": "x"}}}})
    )
    assert state.parts["01JY"] == {"uid": "01JY", "text": "x"}


def test_a_history_must_begin_with_add():
    """The first entry puts the record on the books."""
    assert problems([entry_after([], 1, 1)]) == [("history-act", 0, "a history begins with add, once")]


def test_a_step_out_of_turn_closes_nothing():
    """A wrong last step leaves the status as it was: a chain is complete or it is not."""
    entries = made(
        {"do": "done"},
        {"do": "sign", "data": {"step": "check", "steps": ["check", "approve"]}},
        {"do": "sign", "data": {"step": "bless"}},
        measures=0,
    )
    assert replay(ISSUE, entries).status() is Status.CLOSING
