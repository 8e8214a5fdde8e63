"""Clues: every act from every stage, the last days that follow, and what is never told."""

from __future__ import annotations

import datetime as dt
import itertools
import json
import tomllib
from types import MappingProxyType
from typing import Any

import pytest

from ledger.domain.acts import clues as acts
from ledger.domain.acts import working
from ledger.domain.acts.clues import Handling
from ledger.domain.acts.draft import Context, Draft
from ledger.domain.acts.working import Decision
from ledger.domain.clue import CLUE, STAGES, Clue, ClueRules, clue_of
from ledger.domain.confidence import VEIL, veiled, veiled_file, veiled_line
from ledger.domain.handedits import compare
from ledger.domain.limits import Limit
from ledger.domain.replay import replay
from ledger.domain.schema import VOID
from ledger.domain.settings import Settings
from ledger.domain.state import State
from ledger.errors import RefusedError, UsageError

ZONE = dt.timezone(dt.timedelta(hours=8))
DAY = dt.date(2025, 6, 2)  # a Monday
WITHIN = {
    "route": Limit(3, "workday"),
    "verify": Limit(60, "day"),
    "conclude": Limit(15, "workday"),
    "receipt": Limit(7, "day"),
    "result": Limit(3, "month"),
    "feedback": Limit(7, "day"),
}
#: Weekends off, and the day of the dragon boat festival of 2025.
OFF = dt.date(2025, 6, 9)


def is_workday(day: dt.date) -> bool:
    return day.weekday() < 5 and day != OFF


class Case:
    """One clue and everything that happens to it; what is refused leaves no trace."""

    ids = itertools.count(1)

    def __init__(self, within: Any = MappingProxyType({}), **fields: Any) -> None:
        self.settings = Settings(clues=ClueRules(within=within))
        self.entries: list[Any] = []
        self.clock = dt.datetime(2025, 6, 2, 9, tzinfo=ZONE)
        given = {"title": "Fines without receipts", "channel": "phone", **fields}
        self.do(acts.register, 1, given)

    @property
    def state(self) -> State:
        return replay(CLUE, self.entries)

    @property
    def clue(self) -> Clue:
        return clue_of(self.state)

    @classmethod
    def new_id(cls) -> str:
        return f"01JZ{next(cls.ids):022d}"

    def do(self, act: Any, *words: Any, on: dt.date = DAY, why: str = "", **how: Any) -> None:
        self.clock += dt.timedelta(minutes=1)
        context = Context("林某", on, self.clock, self.new_id(), self.new_id, self.settings, why)
        draft = Draft(self.state if self.entries else State(CLUE), context)
        given = (
            (draft, *words)
            if act in (working.void, working.note)
            else (draft, *words, Handling(is_workday, **how))
        )
        act(*given)
        self.entries = draft.state.entries


DEEDS: dict[str, tuple[Any, ...]] = {
    "route": (acts.route, "Office"),
    "verify": (acts.verify, "founded", "14 of 60"),
    "transfer": (acts.transfer, "Court", "2025-7"),
    "receipt": (acts.receipt, "R-31"),
    "result": (acts.result, "two were fined"),
    "conclude": (acts.conclude, "paid back"),
    "issue": (acts.make_issue, "01JX0000000000000000000007"),
    "feedback": (acts.feedback, "told by telephone"),
    "void": (working.void, ""),
}
#: From which stages each act leads, and where; "=" leaves the stage as it is.
TABLE = {
    "route": ("routed", {"registered", "routed", "verified"}),
    "verify": ("verified", {"routed"}),
    "transfer": ("transferred", {"registered", "routed", "verified"}),
    "receipt": ("acknowledged", {"transferred"}),
    "result": ("concluded", {"transferred", "acknowledged"}),
    "conclude": ("concluded", {"verified"}),
    "issue": ("issue", {"verified"}),
    "feedback": ("=", {"verified", "transferred", "acknowledged", "concluded", "issue"}),
    "void": (VOID, {"registered", "routed", "verified"}),
}
#: How each stage is reached.
WAYS = {
    "registered": "",
    "routed": "route",
    "verified": "route verify",
    "transferred": "transfer",
    "acknowledged": "transfer receipt",
    "concluded": "route verify conclude",
    "issue": "route verify issue",
    VOID: "void",
}


def at(stage: str, **fields: Any) -> Case:
    """A clue at a stage."""
    case = Case(**fields)
    for act in WAYS[stage].split():
        step(case, act)
    assert case.clue.stage == stage
    return case


def step(case: Case, act: str, **more: Any) -> None:
    if act == "void":
        case.do(working.void, "", why="twice", **more)
    else:
        case.do(*DEEDS[act], **more)


@pytest.mark.parametrize("stage", [*STAGES, VOID])
@pytest.mark.parametrize("act", sorted(TABLE))
def test_every_act_from_every_stage(act, stage):
    """An act leads where the table says, and is refused with what is possible everywhere else."""
    case = at(stage)
    after, allowed = TABLE[act]
    before = list(case.entries)
    if stage in allowed:
        step(case, act)
        assert case.clue.stage == (stage if after == "=" else after)
        assert [entry.do for entry in case.entries[len(before) :]] == [act]
        assert case.state.problems == []
    else:
        with pytest.raises(RefusedError) as refused:
            step(case, act)
        assert refused.value.hint.startswith("possible now: ")
        assert case.entries == before


def test_the_table_is_the_whole_lifecycle():
    """Nothing is possible that the table here does not list."""
    expected = {
        (stage, act): stage if after == "=" else after
        for act, (after, stages) in TABLE.items()
        for stage in stages
    }
    assert dict(CLUE.lifecycle.moves) == expected


@pytest.mark.parametrize("stage", STAGES)
def test_notes_and_evidence_are_possible_everywhere(stage):
    """A note changes no stage."""
    case = at(stage)
    case.do(working.note, "", "looked for it")
    assert case.clue.stage == stage


def test_what_stands_in_a_file_that_could_not_be_is_found():
    """An act out of its turn in a history is damage, and moves nothing."""
    case = at("registered")
    forged = at("routed").entries[-1:]
    state = replay(CLUE, case.entries + [_on(forged[0], case.entries[-1], do="receipt")])
    assert [problem.rule for problem in state.problems] == ["history-move"]
    assert state.stage == "registered"


def _on(entry: Any, before: Any, **changes: Any) -> Any:
    from ledger.domain.entry import compose

    return compose({**json.loads(entry.line), "prev": [before.hash], **changes})


# --- what an act writes ----------------------------------------------------------------------------------


def test_a_clue_keeps_every_step_with_its_day():
    """Where it went, what was found, its papers and their days."""
    case = Case(received_on=dt.date(2025, 5, 30), unit="Squad")
    case.do(acts.route, "Office", on=dt.date(2025, 6, 3))
    case.do(
        acts.verify, "partly", "14 of 60", on=dt.date(2025, 6, 10), decided=Decision("Gu"), opinion="so be it"
    )
    case.do(acts.transfer, "Court", "2025-7", on=dt.date(2025, 6, 11))
    case.do(acts.receipt, "R-31", on=dt.date(2025, 6, 12))
    case.do(acts.result, "fined", on=dt.date(2025, 7, 1))
    clue = case.clue
    assert (clue.received_on, clue.routed_to, clue.routed_on) == (
        dt.date(2025, 5, 30), "Office", dt.date(2025, 6, 3),
    )  # fmt: skip
    assert (clue.outcome, clue.finding, clue.verified_on) == ("partly", "14 of 60", dt.date(2025, 6, 10))
    assert (clue.transferred_to, clue.transfer_number, clue.transferred_on) == (
        "Court", "2025-7", dt.date(2025, 6, 11),
    )  # fmt: skip
    assert (clue.receipt_number, clue.receipt_on) == ("R-31", dt.date(2025, 6, 12))
    assert (clue.result, clue.concluded_on, clue.concluded) == ("fined", dt.date(2025, 7, 1), True)
    signed = case.entries[2]
    assert (signed.signer, signed.data) == ("Gu", {"opinion": "so be it"})


def test_a_verified_clue_goes_back_for_another_look():
    """Routed again, its outcome is open; the history keeps what was found before."""
    case = at("verified")
    case.do(acts.route, "Others")
    assert (case.clue.outcome, case.clue.finding, case.clue.verified_on) == ("", "", None)
    assert case.entries[-1].was["finding"] == "14 of 60"


def test_what_is_unfounded_is_no_issue_and_needs_nothing_done():
    """Only what was found true becomes an issue; only that needs to be told what was done."""
    case = at("routed")
    case.do(acts.verify, "unfounded", "")
    with pytest.raises(RefusedError, match="found untrue"):
        case.do(acts.make_issue, "01JX0000000000000000000007")
    case.do(acts.conclude, "")
    assert case.clue.stage == "concluded"


def test_what_is_founded_is_not_concluded_with_nothing_done():
    """Founded or partly: what was done about it has to be said."""
    with pytest.raises(RefusedError, match="what was done about it is missing"):
        at("verified").do(acts.conclude, "")


def test_days_in_order():
    """Not received after it is registered; nothing done before it was received, or before the last step."""
    with pytest.raises(RefusedError, match="when it is registered"):
        Case(received_on=dt.date(2025, 6, 3))
    case = Case(received_on=dt.date(2025, 5, 30))
    with pytest.raises(RefusedError, match="was received on 2025-05-30"):
        case.do(acts.route, "Office", on=dt.date(2025, 5, 29))
    case.do(acts.route, "Office", on=dt.date(2025, 6, 5))
    with pytest.raises(RefusedError, match="last changed on 2025-06-05"):
        case.do(acts.verify, "founded", "", on=dt.date(2025, 6, 4))


def test_a_clue_needs_a_title():
    """A clue about nothing is none."""
    with pytest.raises(UsageError, match="needs a title"):
        Case(title="")


# --- last days --------------------------------------------------------------------------------------------


def test_each_step_has_its_last_day():
    """Counted in days, working days or months from the step before; the festival is no working day."""
    case = Case(WITHIN, source="Wen", received_on=dt.date(2025, 5, 30))
    assert case.clue.due == dt.date(2025, 6, 4)  # three working days after Friday 30 May
    case.do(acts.route, "Office", on=dt.date(2025, 6, 3))
    assert case.clue.due == dt.date(2025, 8, 2)
    case.do(acts.verify, "founded", "", on=dt.date(2025, 6, 6))
    assert case.clue.due == dt.date(2025, 6, 30)  # 15 working days: without the 9th, that is one more
    case.do(acts.conclude, "paid back", on=dt.date(2025, 6, 6))
    assert (case.clue.due, case.clue.feedback_due) == (None, dt.date(2025, 6, 13))


def test_the_last_day_of_a_transfer_and_of_the_answer():
    """A receipt within a week, the result within three months; who gave it is answered within a week of each."""
    case = Case(WITHIN, source="Wen")
    case.do(acts.transfer, "Court", "", on=dt.date(2025, 6, 4))
    assert (case.clue.due, case.clue.feedback_due) == (dt.date(2025, 6, 11), dt.date(2025, 6, 11))
    case.do(acts.receipt, "", on=dt.date(2025, 6, 5))
    assert (case.clue.due, case.clue.feedback_due) == (dt.date(2025, 9, 5), dt.date(2025, 6, 11))
    case.do(acts.result, "fined", on=dt.date(2025, 7, 1))
    assert (case.clue.due, case.clue.feedback_due) == (None, dt.date(2025, 7, 8))
    case.do(acts.feedback, "told", on=dt.date(2025, 7, 2))
    assert (case.clue.feedback_due, case.clue.feedback_on) == (None, dt.date(2025, 7, 2))


def test_nobody_answers_an_anonymous_clue():
    """Without a source no answer falls due."""
    case = Case(WITHIN)
    case.do(acts.transfer, "Court", "")
    assert case.clue.feedback_due is None


def test_a_limit_that_is_given_goes_before_the_settings():
    """--within counts for the next step of this clue alone."""
    case = Case(WITHIN, source="Wen")
    case.do(acts.route, "Office", within=Limit(5, "workday"))
    assert case.clue.due == dt.date(2025, 6, 10)  # the 9th is off
    case.do(acts.verify, "founded", "")
    case.do(acts.conclude, "paid", within=Limit(5, "workday"))
    assert (case.clue.due, case.clue.feedback_due) == (None, dt.date(2025, 6, 9))


def test_late_steps_are_named_with_their_days():
    """The next step and the answer, each from the day after its last."""
    case = Case(WITHIN, source="Wen")
    last = dt.date(2025, 6, 5)
    assert case.clue.lateness(last) == ()
    assert case.clue.lateness(last + dt.timedelta(2)) == (("route", last, 2),)
    case.do(acts.transfer, "Court", "", on=DAY)
    assert [each.step for each in case.clue.lateness(dt.date(2025, 6, 20))] == ["receipt", "feedback"]
    void = at(VOID, within=WITHIN)
    assert void.clue.lateness(dt.date(2026, 1, 1)) == ()


# --- hand edits, and what is never told --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "value", "free"),
    [("title", "Other", True), ("source", "Gu", True), ("outcome", "partly", False), ("due", DAY, False),
     ("transferred_on", DAY, False), ("issue", "01J", False), ("feedback_on", DAY, False)],
)  # fmt: skip
def test_only_what_was_typed_is_changed_by_hand(name, value, free):
    """What an act wrote is changed by acts."""
    state = at("verified").state
    edits = compare({**state.document(), name: value}, state)
    assert (name in edits.plain, (None, name) in edits.protected) == (free, not free)


def test_the_veil_covers_the_source_alone():
    """In fields, in a line of history and in a whole file; nothing else changes."""
    case = Case(source='文"先生\\', text="source = everywhere")
    assert veiled(CLUE, {"source": "x", "title": "y"}) == {"source": VEIL, "title": "y"}
    assert veiled(CLUE, {"source": None}) == {"source": None}
    line = case.entries[0].line
    assert json.loads(veiled_line(CLUE, line)) == {
        **json.loads(line), "set": {**json.loads(line)["set"], "source": VEIL},
    }  # fmt: skip
    text = 'title = "x"\nsource = "文先生"\nentries = [\n  \'{"set":{"source":"文\\"先生\\\\","title":"x"}}\',\n]\n'
    assert veiled_file(CLUE, text) == (
        'title = "x"\nsource = "***"\nentries = [\n  \'{"set":{"source":"***","title":"x"}}\',\n]\n'
    )


@pytest.mark.parametrize(
    "said",
    [
        '"文先生"',
        '"文\\"先生"',
        '"""\\\n文先生。\\\n住柳河路。"""',
        "'文先生'",
        "'''文先生\n住柳河路'''",
        '"""文"先"生""""',
    ],
)
@pytest.mark.parametrize("key", ["source = ", '"source" = ', "  source  =\t"])
def test_however_a_source_is_written_it_is_veiled(said, key):
    """A file may have been edited by hand: any string of TOML is covered whole."""
    told = veiled_file(CLUE, f'channel = "phone"\n{key}{said}\nreceived_on = 2025-06-02\n')
    assert told == 'channel = "phone"\nsource = "***"\nreceived_on = 2025-06-02\n'
    assert tomllib.loads(f"{key}{said}")["source"]
