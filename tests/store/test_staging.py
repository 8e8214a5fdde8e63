"""What lies half-done, and how several records are seen as they were at one moment."""

from __future__ import annotations

import contextlib
import os
from typing import TYPE_CHECKING

import pytest

from ledger.errors import ConflictError, LockedError, StorageError
from ledger.store import staging
from ledger.store.lock import locked

if TYPE_CHECKING:
    from pathlib import Path

ALWAYS = 10_000


@pytest.fixture
def state(tmp_path) -> Path:
    (tmp_path / staging.FOLDER).mkdir()
    return tmp_path


def move_on(state: Path, turn: int) -> None:
    """A change of several records goes through."""
    os.utime(state / staging.FOLDER, ns=(turn, turn))


class Look:
    """A look at records that change under it the first so many times, and fail the first so many."""

    def __init__(self, state: Path, *, changing: int = 0, failing: int = 0) -> None:
        self.state, self.changing, self.failing, self.turns = state, changing, failing, 0

    def __call__(self) -> int:
        self.turns += 1
        if self.turns <= self.changing:
            move_on(self.state, self.turns)
        if self.turns <= self.failing:
            raise ConflictError(f"{self.turns}")
        return self.turns


@pytest.mark.parametrize(
    ("changing", "failing", "turns"), [(0, 0, 1), (1, 0, 2), (3, 0, 4), (2, 2, 3), (3, 1, 4), (ALWAYS, 0, 21)]
)
def test_a_look_is_done_again_when_something_went_through(state, changing, failing, turns):
    """Again for each change under it, failed or not."""
    look = Look(state, changing=changing, failing=failing)
    assert (staging.at_one_moment(state, look), look.turns) == (turns, turns)


def test_the_last_look_is_one_during_which_nobody_writes(state):
    """Where changes never end the look that counts is done under the writers' lock: never half of one."""
    locks = []

    def look() -> int:
        with contextlib.suppress(LockedError), locked(state, by="x", command="note", timeout=0):
            move_on(state, len(locks) + 1)
            locks.append("free")
            return len(locks)
        return 0

    assert (staging.at_one_moment(state, look), len(locks)) == (0, 20)


def test_without_a_lock_no_half_look_is_given(state, monkeypatch):
    """Where the workspace cannot be locked and others write all the time, that is said."""

    def refuses(*_given: object, **_named: object) -> None:
        raise StorageError("read-only")

    monkeypatch.setattr("ledger.store.lock.locked", refuses)
    with pytest.raises(LockedError, match="all the time"):
        staging.at_one_moment(state, Look(state, changing=ALWAYS))


@pytest.mark.parametrize(("changing", "failing", "turns"), [(0, 1, 1), (2, ALWAYS, 3), (ALWAYS, ALWAYS, 21)])
def test_what_fails_while_nothing_changes_has_failed(state, changing, failing, turns):
    """A failure of a quiet moment comes through at once, and that of the last look in any case."""
    look = Look(state, changing=changing, failing=failing)
    with pytest.raises(ConflictError, match=f"^{turns}$"):
        staging.at_one_moment(state, look)
    assert look.turns == turns


def test_a_change_that_is_committed_meanwhile_is_seen(state):
    """What is committed and not in place yet is a change too, though the folder looks the same."""
    stage = state / staging.FOLDER / "1"
    stage.mkdir()
    before = (state / staging.FOLDER).stat().st_mtime_ns
    seen = []

    def look() -> int:
        seen.append(1)
        (stage / staging.COMMITTED).write_text("{}")
        return len(seen)

    assert staging.at_one_moment(state, look) == 2
    assert (state / staging.FOLDER).stat().st_mtime_ns == before


def test_only_folders_are_stages(state):
    """A file among them is nobody's change; without the folder there is none."""
    (state / staging.FOLDER / "2").mkdir()
    (state / staging.FOLDER / "1").mkdir()
    (state / staging.FOLDER / "0").write_text("")
    (state / staging.FOLDER / "3").symlink_to(state / staging.FOLDER / "1")
    assert [stage.name for stage in staging.stages(state)] == ["1", "2"]
    assert staging.stages(state / "nowhere") == []
    assert not staging.pending(state)
    (state / staging.FOLDER / "1" / staging.COMMITTED).write_text("{}")
    assert staging.pending(state)
