"""A record as its file holds it: its history holds, or the file and the line are named."""

from __future__ import annotations

import datetime as dt
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

import pytest

from ledger.domain.acts import planning, working
from ledger.domain.course import OWN
from ledger.domain.replay import replay
from ledger.domain.schema import ISSUE
from ledger.errors import DamageError
from ledger.store.record import HandwrittenError, form_of, read, replayed, with_extra
from tests import forged
from tests.domain.desk import FIRST_DAY, SIMPLE, Desk, opened

if TYPE_CHECKING:
    from pathlib import Path

PATH = PurePosixPath("ledgers/t/issues/0007-x.toml")


def busy() -> Desk:
    desk = opened(SIMPLE, measures=2)
    desk.do(planning.edit, OWN, {"remark": "说明"})
    desk.do(working.note, desk.key(1), "抽查")
    return desk


@pytest.fixture
def data(tmp_path: Path) -> bytes:
    """A record's file, as the program writes it."""
    forged.write(tmp_path / "x.toml", busy().entries)
    return (tmp_path / "x.toml").read_bytes()


def refused(data: bytes) -> str:
    with pytest.raises(DamageError) as error:
        read(data, PATH, ISSUE)
    assert error.value.hint
    return error.value.message


def test_what_has_a_status_says_so() -> None:
    """Issues have one, and their measures; events have none."""
    assert form_of("issue").fields[-2:] == ("status", "head")
    assert form_of("meetings").fields[-2:] == ("status", "head")
    assert form_of("review").part_fields[-1] == "remark"


def test_a_reader_sees_what_was_changed_by_hand(data: bytes) -> None:
    """A free field changed in the file is shown; the history's own record stays what it makes."""
    record = read(data, PATH, ISSUE)
    assert (record.shown is record.state, record.issue.remark) == (True, "说明")
    record = read(data.replace("说明".encode(), "改".encode(), 1), PATH, ISSUE)
    assert (record.state.fields["remark"], record.issue.remark) == ("说明", "改")


def test_a_file_without_history_is_told_apart() -> None:
    """Written by hand, and cut short: the one goes on the books, the other comes back from git."""
    with pytest.raises(HandwrittenError) as error:
        read('format = 1\ntitle = "甲"\n'.encode(), PATH, ISSUE)
    assert error.value.hint == "put it on the books with: ledger adopt"
    message = refused(b'format = 1\nuid = "01JX8K2M7Q4Z0T5B1C3F9K2MXA"\nnumber = 7\n')
    assert message == f"{PATH}:1: the record has no history: the file was cut"


def test_a_history_that_does_not_hold_is_named_with_its_line(data: bytes) -> None:
    """An entry left out, and a head of another history."""
    rows = data.decode().split("\n")
    at = next(place for place, row in enumerate(rows) if '"do":"edit"' in row)
    cut = "\n".join([*rows[:at], *rows[at + 1 :]]).encode()
    assert refused(cut) == f"{PATH}:{at + 1}: the entry before it is missing or was changed"
    last = next(place for place, row in enumerate(rows) if '"do":"note"' in row)
    head = next(place for place, row in enumerate(rows) if row.startswith("head = "))
    short = "\n".join([*rows[:last], *rows[last + 1 :]]).encode()
    expected = f"{PATH}:{head + 1}: the head does not fit the history: an entry was cut or changed"
    assert refused(short) == expected


def test_what_cannot_have_been_done_is_for_check_to_name(tmp_path: Path) -> None:
    """A record whose links hold is read, whatever somebody forged into it: it can be looked at and put right."""
    desk = busy()
    desk.do(lambda draft: draft.enter("reopen"))
    forged.write(tmp_path / "x.toml", desk.entries)
    record = read((tmp_path / "x.toml").read_bytes(), PATH, ISSUE)
    assert [each.rule for each in record.state.problems] == ["history-move"]


def test_two_loose_ends_are_no_record(data: bytes, tmp_path: Path) -> None:
    """Whatever the head says, a history with two ends has to be put together first."""
    home = busy()
    ends = []
    for text in ("甲", "乙"):
        other = Desk(SIMPLE)
        other.entries, other.clock = list(home.entries), home.clock
        other.do(working.note, OWN, text)
        ends.append(other.entries[-1])
    for order in (ends, reversed(ends)):
        forged.write(tmp_path / "two.toml", [*home.entries, *order])
        assert "the head does not fit the history" in refused((tmp_path / "two.toml").read_bytes())


def test_a_record_as_it_was(data: bytes) -> None:
    """Before it was there, nothing; on its first day, what it was."""
    record = read(data, PATH, ISSUE)
    assert replayed(record, as_of=FIRST_DAY - dt.timedelta(days=1), known_at=None) is None
    state = replayed(record, as_of=FIRST_DAY, known_at=None)
    assert state is not None
    assert state.document() == replay(ISSUE, record.entries).document()


def test_unknown_keys_go_back_into_their_places() -> None:
    """What a later version wrote is kept: at the top and in the measure it stood in; rows of none are none."""
    document = {"format": 1, "measures": [{"uid": "A"}, {"uid": "B"}]}
    extra = {"colour": "red", "measures": {"B": {"shape": "round"}}}
    assert with_extra(document, extra, "measures") == {
        "format": 1,
        "colour": "red",
        "measures": [{"uid": "A"}, {"uid": "B", "shape": "round"}],
    }
    assert with_extra({"format": 1}, {"colour": "red"}, None) == {"format": 1, "colour": "red"}
    assert with_extra({"format": 1}, {}, "measures") == {"format": 1}
