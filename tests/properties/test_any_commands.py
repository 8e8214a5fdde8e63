"""Whatever is done in whatever order: the record, the index and the past stay true."""

from __future__ import annotations

import datetime as dt
import shutil
import tempfile
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from ledger.domain.acts.closing import SignWords
from ledger.domain.presented import presented
from ledger.domain.replay import replay
from ledger.errors import LedgerError
from ledger.store import index, recordfile
from ledger.store.record import form_of
from ledger.usecases import (
    approving,
    checking,
    checkpointing,
    closing,
    planning,
    reading,
    shaping,
    starting,
    ticking,
    upkeep,
    working,
)
from ledger.usecases.change import Actor, Desk
from ledger.usecases.starting import Start
from ledger.usecases.ticking import Said

ZONE = dt.timezone(dt.timedelta(hours=8))
FIRST = dt.date(2025, 3, 1)
IDS = st.sampled_from(["1", "2", "3", "1.1", "1.2", "2.1", "2.2", "3.1", "1.1.1", "2-3"])
WORDS = st.sampled_from(["修订制度", "抽查公文。逐件登记!", "first line\nsecond line", "  引号“内”与'撇号' "])
PEOPLE = st.sampled_from(["张某", "李某", "整改办"])
MEETINGS = st.sampled_from(["", "例会第1次", "例会第2次", "党组会"])
BECAME = st.sampled_from(["done", "done", "excused", "open"])
DATES = st.sampled_from(["2025-04-30", "每季度", "2025年6月底前", "2025年第三季度", "长期坚持"])


def contents(connection, table):
    """All rows of a table, but for the file they came from, which only the kept index knows."""
    found = connection.execute(f"select * from {table} order by 1, 2")
    names = [column[0] for column in found.description]
    return [dict(zip(names, row, strict=True)) | {"file": None} for row in found]


class Office(RuleBasedStateMachine):
    """One clerk, one ledger, any commands."""

    def __init__(self):
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.day = FIRST
        self.minute = 0
        self.seen = {}
        self.kept = []

    @initialize(preset=st.sampled_from(["simple", "five-level", "single-level"]))
    def begin(self, preset):
        self.book = starting.start(self.folder, Start("t", preset, "某局", "", "zh"))
        planning.add_issue(
            self.desk(), {"title": "文风不实", "leader": "张某", "due": "2025-05-31"}, ["甲", "乙"]
        )

    def teardown(self):
        shutil.rmtree(self.folder)

    def desk(self, back=0, why="因为"):
        self.minute += 1
        at = dt.datetime.combine(self.day, dt.time(9), ZONE) + dt.timedelta(minutes=self.minute)
        return Desk(self.book, Actor("沈某", self.day - dt.timedelta(days=back), at, why))

    def try_to(self, deed, *arguments, **options):
        """What a rule refuses changes nothing at all."""
        before = self.texts()
        try:
            deed(*arguments, **options)
        except LedgerError:
            assert self.texts() == before

    def texts(self):
        folder = self.book.folder
        return {path: path.read_bytes() for part in ("issues", "plans") for path in (folder / part).iterdir()}

    # -- what people do ---------------------------------------------------------------

    @rule(title=WORDS, due=DATES, measures=st.lists(WORDS, max_size=2), back=st.integers(0, 3))
    def add(self, title, due, measures, back):
        self.try_to(planning.add_issue, self.desk(back), {"title": title, "due": due}, measures)

    @rule(issue=st.sampled_from(["1", "2", "9"]), text=WORDS, due=st.none() | DATES)
    def add_measure(self, issue, text, due):
        self.try_to(planning.add_measures, self.desk(), issue, [text], {"due": due})

    @rule(ids=IDS, unit=PEOPLE, down=st.booleans())
    def assign(self, ids, unit, down):
        self.try_to(planning.assign, self.desk(), [ids], {"unit": unit}, down=down)

    @rule(ids=IDS, text=WORDS, erratum=st.booleans())
    def edit(self, ids, text, erratum):
        self.try_to(planning.edit, self.desk(), [ids], {"criterion": text}, erratum=erratum)

    @rule(leader=PEOPLE)
    def claim(self, leader):
        self.try_to(planning.claim, self.desk(), [str(number) for number in self.book.numbers()], leader)

    @rule()
    def approve(self):
        self.try_to(approving.approve, self.desk(), "党组会")

    @rule(ids=IDS, text=WORDS, back=st.integers(0, 5))
    def note(self, ids, text, back):
        self.try_to(working.note, self.desk(back), [ids], text)

    @rule(ids=IDS, text=WORDS)
    def add_point(self, ids, text):
        self.try_to(working.add_points, self.desk(), ids, [text])

    @rule(ids=IDS, done=st.booleans())
    def tick(self, ids, done):
        self.try_to(working.tick_points, self.desk(), [ids], done=done)

    @rule(ids=IDS, every=st.sampled_from(["每月", "每季度", "quarter from 2025-Q1 to 2025-Q2", ""]))
    def every(self, ids, every):
        self.try_to(planning.edit, self.desk(), [ids], {"recurrence": every})

    @rule(
        ids=IDS,
        period=st.sampled_from([[], ["2025-Q1"], ["2025-03"]]),
        became=BECAME,
        back=st.integers(0, 5),
        missed=st.booleans(),
    )
    def occur(self, ids, period, became, back, missed):
        self.try_to(ticking.occur, self.desk(back), [ids], period, Said(became), passed=missed)

    @rule(ids=IDS, add=st.lists(PEOPLE, max_size=2), drop=st.lists(PEOPLE, max_size=1))
    def set_names(self, ids, add, drop):
        self.try_to(ticking.set_names, self.desk(), ids, add, drop)

    @rule(ids=IDS, names=st.lists(PEOPLE, max_size=2), became=BECAME, back=st.integers(0, 5))
    def tick_names(self, ids, names, became, back):
        self.try_to(ticking.tick_names, self.desk(back), ids, names, Said(became), every=not names)

    @rule(ids=IDS, result=WORDS)
    def interim(self, ids, result):
        self.try_to(working.interim, self.desk(), [ids], result, dt.date(2025, 9, 30))

    @rule(ids=IDS, result=WORDS, back=st.integers(0, 2))
    def done(self, ids, result, back):
        self.try_to(working.done, self.desk(back), [ids], result)

    @rule(
        ids=IDS,
        result=st.just("") | WORDS,
        meeting=MEETINGS,
        signer=st.just("") | PEOPLE,
        everything=st.booleans(),
    )
    def close(self, ids, result, meeting, signer, everything):
        words = SignWords("", signer, meeting, "", result, everything)
        self.try_to(closing.close, self.desk(), [ids], words)

    @rule(ids=IDS, to=st.sampled_from(["", "unit", "leader"]))
    def send_back(self, ids, to):
        self.try_to(closing.send_back, self.desk(), [ids], SignWords(signer="整改办"), to=to)

    @rule(ids=IDS)
    def reopen(self, ids):
        self.try_to(closing.reopen, self.desk(), [ids])

    @rule(ids=IDS)
    def confirm(self, ids):
        self.try_to(closing.confirm, self.desk(), [ids], SignWords(signer="整改办"))

    @rule(ids=IDS, due=DATES, request=st.booleans())
    def extend(self, ids, due, request):
        self.try_to(working.extend, self.desk(), [ids], due, request=request)

    @rule(ids=IDS)
    def longterm(self, ids):
        self.try_to(working.longterm, self.desk(), [ids], "先完成三成", dt.date(2025, 12, 31))

    @rule(ids=IDS)
    def void(self, ids):
        self.try_to(working.void, self.desk(), [ids])

    @rule(ids=IDS, texts=st.lists(WORDS, min_size=2, max_size=3))
    def split(self, ids, texts):
        self.try_to(shaping.split, self.desk(), ids, texts)

    @rule(first=IDS, second=IDS)
    def merge(self, first, second):
        self.try_to(shaping.merge, self.desk(), [first, second])

    @rule(ids=IDS, to=st.sampled_from(["1", "2", "3", "40"]))
    def move(self, ids, to):
        self.try_to(shaping.move, self.desk(), [ids], to)

    @rule()
    def undo(self):
        self.try_to(lambda: upkeep.undo(self.desk(), upkeep.last_batch(self.book)))

    @precondition(lambda self: len(self.seen) < 4)
    @rule()
    def go_home(self):
        """The day ends; what was seen is kept, to be compared for ever."""
        end = dt.datetime.combine(self.day, dt.time(23, 59, 59), ZONE)
        made = checkpointing.checkpoint(self.book, self.desk().actor.at, "0")
        self.kept = [*self.kept[-1:], made.text, made.short.text]
        self.seen[self.day, end] = reading.issues_of(self.book)
        self.day += dt.timedelta(days=7)

    # -- what always holds ------------------------------------------------------------

    @invariant()
    def replay_equals_the_fields(self):
        for record in self.book.records():
            assert replay(record.schema, record.entries).document() == record.text.document
            assert record.state.problems == []

    @invariant()
    def the_text_is_in_its_one_form(self):
        for record in self.book.records():
            data = (self.book.folder / "issues" / record.name).read_bytes()
            assert recordfile.is_canonical(data, record.text, form_of("issue"))

    @invariant()
    def the_index_says_what_the_text_says(self):
        pairs = [(record.issue, record.entries) for record in self.book.records()]
        with index.connect(self.book) as kept, index.memory(pairs) as fresh:
            for table in ("issue", "measure", "serve", "history", "spell", "search"):
                assert contents(kept, table) == contents(fresh, table)

    @invariant()
    def check_is_silent(self):
        assert [fault for fault in checking.faults(self.book) if fault.severity == "error"] == []

    @invariant()
    def the_past_stays_as_it_was_seen(self):
        for (day, end), issues in self.seen.items():
            assert reading.issues_of(self.book, as_of=day, known_at=end) == issues

    @invariant()
    def every_checkpoint_is_kept(self):
        for text in self.kept:
            held = presented(text, "kept")
            assert checking.inspect(self.book, only=["checkpoint"], presented=held).faults == ()


TestOffice = Office.TestCase
TestOffice.settings = settings(max_examples=30, stateful_step_count=30, deadline=None)
