"""Records of kinds that have stages instead of statuses: what may happen to them, and in which order."""

from __future__ import annotations

import datetime as dt
import itertools
from types import MappingProxyType
from typing import Any

import pytest

from ledger.domain.acts import working
from ledger.domain.acts.draft import Context, Draft
from ledger.domain.acts.undoing import undo
from ledger.domain.handedits import compare
from ledger.domain.ids import parse_ids
from ledger.domain.kinds import FIXED, meant, schema_of
from ledger.domain.merging import Merger
from ledger.domain.replay import replay
from ledger.domain.schema import DATED, KEPT, VOID, Field, Kind, Lifecycle, Schema, named
from ledger.domain.settings import Settings
from ledger.domain.state import State
from ledger.errors import RefusedError

ZONE = dt.timezone(dt.timedelta(hours=8))
#: A loan: asked for, given, brought back; what was given is not taken off the books.
LOAN = Schema(
    kind="loan",
    folder="loans",
    by_name=named(
        Field("uid", Kind.LINE, kept=True),
        Field("number", Kind.NUMBER, kept=True),
        Field("title", Kind.LINE),
        Field("given_to", Kind.LINE, kept=True),
    ),
    lifecycle=Lifecycle(
        "asked",
        MappingProxyType(
            {
                ("asked", "give"): "given",
                ("given", "give"): "given",
                ("given", "bring"): "back",
                ("asked", "void"): VOID,
            }
        ),
    ),
)
DAY = dt.date(2025, 3, 1)


class Shelf:
    """One loan and everything that happens to it, a batch at a time."""

    ids = itertools.count(1)

    def __init__(self, entries: Any = ()) -> None:
        self.entries = list(entries)
        self.clock = dt.datetime(2025, 3, 1, 9, tzinfo=ZONE)

    @property
    def state(self) -> State:
        return replay(LOAN, self.entries)

    @classmethod
    def new_id(cls) -> str:
        return f"01JY{next(cls.ids):022d}"

    def draft(self, on: dt.date = DAY) -> Draft:
        self.clock += dt.timedelta(minutes=1)
        context = Context("林某", on, self.clock, self.new_id(), self.new_id, Settings(), "")
        return Draft(self.state if self.entries else State(LOAN), context)

    def do(self, act: str, on: dt.date = DAY, **changes: Any) -> None:
        draft = self.draft(on)
        if act != "add":
            draft.require(act)
        draft.enter(act, changes=changes)
        self.entries = draft.state.entries

    @classmethod
    def asked(cls) -> Shelf:
        shelf = cls()
        shelf.do("add", uid=cls.new_id(), number=1, title="卷宗")
        return shelf


def test_a_record_goes_through_its_stages():
    """Each act leads where the table says; the file shows the stage, and nothing where a record is simply kept."""
    shelf = Shelf.asked()
    seen = [shelf.state.stage]
    for act in ("give", "give", "bring"):
        shelf.do(act)
        seen.append(shelf.state.stage)
    assert seen == ["asked", "given", "given", "back"]
    assert (shelf.state.document()["status"], shelf.state.problems) == ("back", [])
    assert schema_of("meetings").lifecycle is DATED
    assert (State(schema_of("meetings")).stage, "status" in State(schema_of("meetings")).document()) == (
        KEPT,
        False,
    )


WAYS = {"asked": (), "given": ("give",), "back": ("give", "bring"), VOID: ("void",)}


@pytest.mark.parametrize("stage", WAYS)
@pytest.mark.parametrize("act", ["give", "bring", "void", "note", "evidence", "edit", "sign"])
def test_what_the_table_does_not_list_cannot_happen(stage, act):
    """Every act at every stage: as listed, or at any stage but void, else refused with what is possible."""
    shelf = Shelf.asked()
    for way in WAYS[stage]:
        shelf.do(way)
    assert shelf.state.stage == stage
    possible = (stage, act) in LOAN.lifecycle.moves or (act in ("note", "evidence", "edit") and stage != VOID)
    if possible:
        shelf.draft().require(act)
        return
    with pytest.raises(RefusedError) as error:
        shelf.draft().require(act)
    assert f"loan:1 is {stage}" in error.value.message
    allowed = [way for now, way in LOAN.lifecycle.moves if now == stage]
    assert error.value.hint == f"possible now: {', '.join(allowed) or 'nothing'}"


def test_a_stage_is_not_dated_before_the_last():
    """What moves a record goes on in time; notes and edits may be dated back."""
    shelf = Shelf.asked()
    shelf.do("give", on=dt.date(2025, 3, 10))
    with pytest.raises(RefusedError, match="was last changed on 2025-03-10"):
        shelf.do("bring", on=dt.date(2025, 3, 9))
    shelf.do("edit", on=dt.date(2025, 3, 2), title="案卷")
    assert replay(LOAN, shelf.entries, as_of=dt.date(2025, 3, 9)).stage == "asked"


def test_a_move_written_by_hand_is_a_problem():
    """A history that says what the table does not list is named; the stage stays what it was."""
    shelf = Shelf.asked()
    draft = shelf.draft()
    draft.enter("bring")
    state = replay(LOAN, draft.state.entries)
    assert [(each.rule, each.place) for each in state.problems] == [("history-move", 1)]
    assert state.stage == "asked"


def test_a_move_is_taken_back():
    """Undone, the stage is as before; an undone beginning leaves a void record; what builds on it stays."""
    shelf = Shelf.asked()
    shelf.do("give", given_to="财务科")
    draft = shelf.draft()
    undo(draft, shelf.entries[-1].batch)
    assert (draft.state.stage, draft.state.fields.get("given_to")) == ("asked", None)
    shelf.do("bring")
    with pytest.raises(RefusedError, match="has changed since"):
        undo(shelf.draft(), shelf.entries[1].batch)
    begun = Shelf.asked()
    draft = begun.draft()
    undo(draft, begun.entries[0].batch)
    assert (draft.state.stage, draft.state.problems) == (VOID, [])


def test_notes_and_evidence_stay_with_it():
    """They change no stage, and a file is attached once."""
    shelf = Shelf.asked()
    draft = shelf.draft()
    working.note(draft, "", "已登记")
    working.attach(draft, "", {"sha256": "ab" * 32, "name": "收条.pdf", "size": 3})
    assert (draft.state.stage, [each.data for each in draft.state.courses[""].notes]) == (
        "asked", [{"text": "已登记"}],
    )  # fmt: skip
    with pytest.raises(RefusedError, match="already has this file"):
        working.attach(draft, "", {"sha256": "ab" * 32, "name": "收条.pdf", "size": 3})


def test_the_stage_of_a_file_is_held_against_its_history():
    """A stage changed by hand is refused, like a status."""
    shelf = Shelf.asked()
    document = {**shelf.state.document(), "status": "back"}
    assert compare(document, shelf.state).protected
    assert not compare(shelf.state.document(), shelf.state).protected


def test_two_copies_that_both_moved_it_are_put_together():
    """The same move twice counts once: the later one moved nothing, and is no fault."""
    shelf = Shelf.asked()
    shelf.do("give", given_to="财务科")
    mine, theirs = Shelf(shelf.entries), Shelf(shelf.entries)
    mine.do("bring")
    theirs.clock += dt.timedelta(hours=1)
    theirs.do("bring")
    merged = Merger(LOAN, mine.entries, theirs.entries).settled()
    assert (merged.stage, merged.problems, len(merged.overtaken)) == ("back", [], 1)


@pytest.mark.parametrize(
    ("word", "kind", "number"),
    [("7.2.1", "issue", 7), ("L3", "letter", 3), ("C12", "clue", 12), ("R2025-1", "review", 2025001),
     ("meetings:5", "meetings", 5), ("chronicle:2", "chronicle", 2)],
)  # fmt: skip
def test_an_id_means_one_record(word, kind, number):
    """Whatever its form, an id names a kind and a number, and the kind gives the id back."""
    (found,) = parse_ids([word])
    schema, given = meant(found)
    assert (schema.kind, given) == (kind, number)
    if kind != "issue":
        assert schema.id_of(number) == word


def test_every_kind_has_a_folder_of_its_own():
    """No two kinds share a folder, and only issues have statuses instead of stages."""
    folders = [schema.folder for schema in FIXED.values()]
    assert len(set(folders)) == len(folders)
    assert [kind for kind, schema in FIXED.items() if schema.lifecycle is None] == ["issue"]
