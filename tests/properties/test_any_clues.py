"""Whatever is done about clues in whatever order: what a table on one page allows happens, nothing else does."""

from __future__ import annotations

import datetime as dt
import shutil
import tempfile
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from ledger.domain import cluecounts
from ledger.domain.clue import CLUE, clue_of
from ledger.domain.replay import replay
from ledger.errors import LedgerError
from ledger.usecases import checking, cluereading, clues, starting, upkeep, working
from ledger.usecases.change import Actor, Desk
from ledger.usecases.sight import Sight
from ledger.usecases.starting import Start

ZONE = dt.timezone(dt.timedelta(hours=8))
FIRST = dt.date(2025, 3, 3)
#: From where each act leads where; "" stays. Written down here once more, on purpose.
TABLE = {
    "route": ({"registered", "routed", "verified"}, "routed"),
    "verify": ({"routed"}, "verified"),
    "transfer": ({"registered", "routed", "verified"}, "transferred"),
    "receipt": ({"transferred"}, "acknowledged"),
    "result": ({"transferred", "acknowledged"}, "concluded"),
    "conclude": ({"verified"}, "concluded"),
    "issue": ({"verified"}, "issue"),
    "feedback": ({"verified", "transferred", "acknowledged", "concluded", "issue"}, ""),
    "void": ({"registered", "routed", "verified"}, "void"),
}
OUTCOMES = st.sampled_from(["founded", "partly", "unfounded"])
ENDED = {"concluded", "issue"}


class Known:
    """What the model knows of a clue: its stage, when it last moved, when it came, and what was found."""

    def __init__(self, received: dt.date) -> None:
        self.stage = "registered"
        self.received = received
        self.last = received
        self.moved = False
        self.outcome = ""

    def copy(self) -> Known:
        made = Known(self.received)
        made.__dict__.update(self.__dict__)
        return made


class Office(RuleBasedStateMachine):
    """One clerk, one ledger, any act on any of a few clues."""

    def __init__(self):
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.day = FIRST
        self.minute = 0
        self.model = {}
        self.undoable = None
        self.seen = {}

    @initialize()
    def begin(self):
        self.book = starting.start(self.folder, Start("t", "simple", "某局", "", "zh"))
        self.register(back=0)

    def teardown(self):
        shutil.rmtree(self.folder)

    def desk(self, back=0):
        self.minute += 1
        at = dt.datetime.combine(self.day, dt.time(9), ZONE) + dt.timedelta(minutes=self.minute)
        return Desk(self.book, Actor("沈某", self.day - dt.timedelta(days=back), at, "因为"))

    # -- what is done -----------------------------------------------------------------

    @precondition(lambda self: len(self.model) < 3)
    @rule(back=st.integers(0, 3))
    def register(self, back):
        received = self.day - dt.timedelta(days=back)
        given = {"title": "井盖丢失", "channel": "phone", "source": "文某", "received_on": received}
        done = clues.add(self.desk(), given)
        number = len(self.model) + 1
        assert done.value == f"C{number}"
        self.undoable = (done.batch, number, None)
        self.model[number] = Known(received)

    @rule(
        number=st.integers(1, 3), act=st.sampled_from(sorted(TABLE)), outcome=OUTCOMES, back=st.integers(0, 3)
    )
    def act(self, number, act, outcome, back):
        known, desk = self.model.get(number), self.desk(back)
        allowed = known is not None and self.allowed(known, act, desk.actor.on)
        try:
            done = self.deed(desk, act, f"C{number}", outcome)
        except LedgerError:
            assert not allowed, (act, vars(known))
            return
        assert allowed, (act, known and vars(known))
        self.undoable = (done.batch, number, known.copy())
        known.stage = TABLE[act][1] or known.stage
        known.last, known.moved = desk.actor.on, True
        known.outcome = {"verify": outcome, "route": ""}.get(act, known.outcome)

    @staticmethod
    def allowed(known, act, on):
        in_turn = known.stage in TABLE[act][0]
        in_time = (act == "void" or on >= known.received) and (not known.moved or on >= known.last)
        return in_turn and in_time and not (act == "issue" and known.outcome == "unfounded")

    def deed(self, desk, act, name, outcome):
        match act:
            case "route":
                return clues.route(desk, [name], "督察科")
            case "verify":
                return clues.verify(desk, [name], outcome, "核实")
            case "transfer":
                return clues.transfer(desk, [name], "县法院", "")
            case "receipt":
                return clues.receipt(desk, [name], "")
            case "result":
                return clues.result(desk, [name], "已办")
            case "conclude":
                return clues.conclude(desk, [name], "已办")
            case "issue":
                return clues.make_issue(desk, name, {}, [])
            case "feedback":
                return clues.feedback(desk, [name], "已告知")
            case _:
                return working.void(desk, [name])

    @precondition(lambda self: self.undoable is not None)
    @rule()
    def undo(self):
        batch, number, before = self.undoable
        upkeep.undo(self.desk(), batch)
        self.undoable = None
        if before is None:
            self.model[number].stage = "void"
        else:
            self.model[number] = before

    @precondition(lambda self: len(self.seen) < 3)
    @rule()
    def go_home(self):
        """The day ends; what was counted is kept, to be compared for ever."""
        self.check_is_silent()
        end = dt.datetime.combine(self.day, dt.time(23, 59, 59), ZONE)
        self.seen[self.day, end] = cluereading.clues(Sight(self.book, self.day, self.day, end))
        self.day += dt.timedelta(days=5)
        self.undoable = None

    # -- what always holds ------------------------------------------------------------

    @invariant()
    def every_clue_is_where_the_model_has_it(self):
        held = {clue.number: clue for clue in cluereading.clues(Sight(self.book, self.day))}
        assert {number: clue.stage for number, clue in held.items()} == {
            number: known.stage for number, known in self.model.items()
        }
        live = [known for known in self.model.values() if known.stage != "void"]
        counted = cluecounts.count(held.values(), self.day)
        ended = sum(known.stage in ENDED for known in live)
        assert (counted.received, counted.concluded, counted.open) == (len(live), ended, len(live) - ended)

    @invariant()
    def replay_equals_the_fields(self):
        for record in self.book.records(CLUE):
            assert replay(CLUE, record.entries).document() == record.text.document
            assert record.state.problems == []

    @invariant()
    def an_issue_and_its_clue_name_each_other(self):
        made = {clue_of(record.state).issue for record in self.book.records(CLUE)} - {""}
        live = {
            record.state.fields["uid"]
            for record in self.book.records()
            if str(record.state.status()) != "void"
        }
        assert made == live

    def check_is_silent(self):
        assert [fault for fault in checking.faults(self.book) if fault.severity == "error"] == []

    @invariant()
    def the_past_stays_as_it_was_seen(self):
        for (day, end), found in self.seen.items():
            assert cluereading.clues(Sight(self.book, day, day, end)) == found


TestAnyClues = Office.TestCase
TestAnyClues.settings = settings(max_examples=15, stateful_step_count=25)
