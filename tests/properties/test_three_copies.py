"""Three copies of one ledger, changed apart and put together by a real git: nothing is lost, all agree."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from ledger.domain.acts.closing import SignWords
from ledger.domain.kinds import FIXED
from ledger.errors import LedgerError
from ledger.store.book import Book
from ledger.store.workspace import find
from ledger.usecases import (
    checking,
    closing,
    conflicts,
    planning,
    reading,
    renumbering,
    resolving,
    shaping,
    starting,
    ticking,
    upkeep,
    working,
)
from ledger.usecases.change import Actor, Desk
from ledger.usecases.starting import Start
from ledger.usecases.ticking import Said

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")

ZONE = dt.timezone(dt.timedelta(hours=8))
DAY = dt.date(2025, 3, 1)
WHO = ("沈某", "顾某", "严某")
#: Clocks of three offices are never the same. Units: seconds.
AHEAD = (0, 95, -3700)
IDS = st.sampled_from(["1", "2", "3", "1.1", "1.2", "2.1", "2.2", "1.1.1"])
WORDS = st.sampled_from(["修订制度", "抽查公文。逐件登记!再抽一次。", "抽查公文。逐件登记!", "一页\n二页"])
NAMES = st.lists(st.sampled_from(["柳河镇", "桐岭镇", "白沙镇"]), max_size=2, unique=True)
BECAME = st.sampled_from(["done", "done", "excused", "open"])
COPY = st.integers(0, 2)
#: Whether the long form is wanted: `make soak`.
SOAK = bool(os.environ.get("TAIZHANG_SOAK"))
#: git as a machine that has no person at it.
QUIET = {"GIT_CONFIG_NOSYSTEM": "1", "GIT_EDITOR": "true", "GIT_MERGE_AUTOEDIT": "no", "LC_ALL": "C"}
#: Acts on a record that each copy may make for itself; everything else must be in every copy in the end.
JOINS = frozenset({"resolve"})


class Copies(RuleBasedStateMachine):
    """Three clerks, one ledger, any commands, merges and rebases between any two."""

    def __init__(self):
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.minute = 0
        self.acknowledged: set[tuple[str, str]] = set()

    @initialize(preset=st.sampled_from(["simple", "single-level"]))
    def begin(self, preset):
        first = self.folder / "0"
        first.mkdir()
        book = starting.start(first, Start("t", preset, "某局", "", "zh"))
        settings_file = book.folder / "ledger.toml"
        settings_file.write_text(
            settings_file.read_text("utf-8").replace("required = true", "required = false"), "utf-8"
        )
        self.books = [book]
        for number in range(2):
            fields = {"title": f"问题{number}", "criterion": "抽查公文。逐件登记!"}
            planning.add_issue(self.desk(0), fields, ["甲", "乙"])
            name = f"{number + 1}.1"
            planning.edit(self.desk(0), [name], {"recurrence": "month from 2025-01"})
            ticking.set_names(self.desk(0), name, ["柳河镇", "桐岭镇"], [])
        (first / ".gitignore").write_text("ledgers/.state/\nledgers/*/.index/\n")
        self.git(0, "init", "-q", "-b", "main")
        self.commit(0)
        for name in "12":
            self.git(0, "clone", "-q", ".", f"../{name}")
            self.books.append(Book(find(self.folder / name), "t"))

    def teardown(self):
        try:
            if hasattr(self, "books"):
                self.all_agree()
        finally:
            shutil.rmtree(self.folder)

    # -- what people do ---------------------------------------------------------------

    @rule(copy=COPY, ids=IDS, text=WORDS)
    def note(self, copy, ids, text):
        self.act(copy, working.note, [ids], text)

    @rule(copy=COPY, title=WORDS)
    def add(self, copy, title):
        self.act(copy, planning.add_issue, {"title": title.replace("\n", "")}, ["甲"])

    @rule(copy=COPY, text=WORDS)
    def remember(self, copy, text):
        self.act(copy, working.note, [], text)

    @rule(copy=COPY, issue=st.sampled_from(["1", "2"]), text=WORDS)
    def add_measure(self, copy, issue, text):
        self.act(copy, planning.add_measures, issue, [text], {})

    @rule(copy=COPY, ids=IDS, unit=st.sampled_from(["办公室", "财务股"]))
    def assign(self, copy, ids, unit):
        self.act(copy, planning.assign, [ids], {"unit": unit})

    @rule(copy=COPY, ids=IDS, text=WORDS)
    def edit(self, copy, ids, text):
        self.act(copy, planning.edit, [ids], {"criterion": text})

    @rule(copy=COPY, ids=IDS, names=NAMES, became=BECAME)
    def tick_names(self, copy, ids, names, became):
        self.act(copy, ticking.tick_names, ids, names, Said(became))

    @rule(copy=COPY, ids=IDS, add=NAMES, drop=NAMES)
    def set_names(self, copy, ids, add, drop):
        self.act(copy, ticking.set_names, ids, add, drop)

    @rule(copy=COPY, ids=IDS, period=st.sampled_from(["2025-01", "2025-02", "2025-03"]), became=BECAME)
    def occur(self, copy, ids, period, became):
        self.act(copy, ticking.occur, [ids], [period], Said(became))

    @rule(copy=COPY, ids=IDS, text=WORDS)
    def point(self, copy, ids, text):
        self.act(copy, working.add_points, ids, [text])

    @rule(copy=COPY, ids=IDS)
    def tick(self, copy, ids):
        self.act(copy, working.tick_points, [ids], done=True)

    @rule(copy=COPY, ids=IDS, result=WORDS)
    def done(self, copy, ids, result):
        self.act(copy, working.done, [ids], result)

    @rule(copy=COPY, ids=IDS, result=st.just("") | WORDS)
    def close(self, copy, ids, result):
        self.act(copy, closing.close, [ids], SignWords("", "整改办", "", "", result, True))

    @rule(copy=COPY, ids=IDS)
    def send_back(self, copy, ids):
        self.act(copy, closing.send_back, [ids], SignWords(signer="整改办"))

    @rule(copy=COPY, ids=IDS)
    def reopen(self, copy, ids):
        self.act(copy, closing.reopen, [ids])

    @rule(copy=COPY, ids=IDS)
    def void(self, copy, ids):
        self.act(copy, working.void, [ids])

    @rule(copy=COPY, ids=IDS)
    def move(self, copy, ids):
        self.act(copy, shaping.move, [ids], "2")

    @rule(copy=COPY)
    def undo(self, copy):
        book = self.books[copy]
        self.act(copy, lambda desk: upkeep.undo(desk, upkeep.last_batch(book)))

    @rule(copy=COPY, ids=st.sampled_from(["1", "2"]), text=WORDS)
    def edit_by_hand(self, copy, ids, text):
        """Somebody writes a remark into the file with an editor."""
        book = self.books[copy]
        for name in book.names():
            if name.startswith(f"{int(ids):04}-"):
                path = book.folder / "issues" / name
                one_line = text.replace("\n", "")
                lines = path.read_text("utf-8").splitlines(keepends=True)
                place = next(index for index, line in enumerate(lines) if line.startswith("status ="))
                if not any(line.startswith("remark") for line in lines[:place]):
                    path.write_text(
                        "".join([*lines[:place], f'remark = "{one_line}"\n', *lines[place:]]), "utf-8"
                    )
                    self.commit(copy)
                return

    # -- between two ------------------------------------------------------------------

    @rule(one=COPY, other=COPY)
    def merge(self, one, other):
        if one != other:
            self.take_in(one, other, "merge")

    @rule(one=COPY, other=COPY)
    def rebase(self, one, other):
        if one != other:
            self.take_in(one, other, "rebase")

    # -- how --------------------------------------------------------------------------

    def desk(self, copy):
        self.minute += 1
        at = dt.datetime.combine(DAY, dt.time(9), ZONE) + dt.timedelta(
            minutes=self.minute, seconds=AHEAD[copy]
        )
        return Desk(self.books[copy], Actor(WHO[copy], DAY, at, "因为"))

    def act(self, copy, deed, *arguments, **options):
        try:
            outcome = deed(self.desk(copy), *arguments, **options)
        except LedgerError:
            return
        self.acknowledged |= {
            (each.path.name[-13:], entry.id) for each in outcome.changed for entry in each.entries
        }
        self.commit(copy)

    def git(self, copy, *arguments, fine=False):
        done = subprocess.run(
            ["git", "-c", "user.name=x", "-c", "user.email=x@example.org", *arguments],
            cwd=self.folder / str(copy),
            env={**os.environ, **QUIET, "HOME": str(self.folder)},
            capture_output=True,
            text=True,
            check=False,
        )
        assert fine or done.returncode == 0, (arguments, done.stdout, done.stderr)
        return done

    def commit(self, copy):
        self.git(copy, "add", "-A")
        self.git(copy, "commit", "-q", "--allow-empty", "-m", "x")

    def take_in(self, one, other, how):
        self.git(one, "fetch", "-q", f"../{other}", "main")
        step = self.git(one, how, "FETCH_HEAD", fine=True)
        for _round in range(60):
            if step.returncode == 0:
                break
            self.resolve(one)
            self.git(one, "add", "-A")
            going_on = ["commit", "-q", "--no-edit"] if how == "merge" else ["rebase", "--continue"]
            step = self.git(one, *going_on, fine=True)
        assert step.returncode == 0, (how, step.stdout, step.stderr)
        outcome = renumbering.renumber(self.desk(one))
        self.acknowledged |= {
            (each.path.name[-13:], entry.id) for each in outcome.changed for entry in each.entries
        }
        self.commit(one)
        assert [fault for fault in checking.faults(self.books[one]) if fault.severity == "error"] == []

    def resolve(self, copy):
        desk = self.desk(copy)
        found = conflicts.found_in(desk.book)
        assert found.others == ()
        outcome = resolving.resolve(desk, found, resolving.by_rule("later"))
        assert outcome.value.still == ()
        self.acknowledged |= {
            (each.path.name[-13:], entry.id)
            for each in outcome.changed
            for entry in each.entries
            if entry.do not in JOINS
        }

    def all_agree(self):
        """Everybody takes in everybody's work: one ledger, with everything anybody was told was done."""
        for one, other in ((0, 1), (0, 2), (1, 0), (2, 0)):
            self.take_in(one, other, "merge")
        for one, other in ((0, 1), (0, 2), (1, 0), (2, 0)):
            self.git(one, "fetch", "-q", f"../{other}", "main")
            self.git(one, "merge", "-q", "FETCH_HEAD")
        ledgers = [reading.issues_of(book) for book in self.books]
        assert ledgers[0] == ledgers[1] == ledgers[2]
        for book in self.books:
            kept = {
                (record.name[-13:], entry.id)
                for schema in FIXED.values()
                for record in book.records(schema)
                for entry in record.entries
            }
            assert self.acknowledged <= kept
            assert [fault for fault in checking.faults(book) if fault.severity == "error"] == []


TestCopies = Copies.TestCase
TestCopies.settings = settings(
    max_examples=60 if SOAK else 8, stateful_step_count=40 if SOAK else 14, deadline=None
)
