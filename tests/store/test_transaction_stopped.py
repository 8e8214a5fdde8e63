"""A transaction that is stopped: after any stop all are old or all are new."""

from __future__ import annotations

import errno
import os
import random
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from ledger.errors import StorageError
from ledger.store import files
from ledger.store.lock import locked
from ledger.store.transaction import commit, pending, recover

if TYPE_CHECKING:
    from collections.abc import Callable
from tests.store.power import AFTER, BEFORE, changes, lay_out, leftovers, read_over, seen, settled, stopped_at

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("links", [True, False], ids=["links", "no links"])
@pytest.mark.parametrize("how", ["before", "after"])
def test_stopped_anywhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, how: str, links: bool) -> None:
    """Killed before or after any call that changes the disk: all old or all new, for readers at once.

    What a reader without the right to write sees through the overlay is what recovery then makes.
    """
    if not links:
        monkeypatch.setattr(
            os, "link", lambda *_given: (_ for _ in ()).throw(OSError(errno.EPERM, "no links"))
        )
    outcomes: list[bool] = []
    for at in range(1, 200):
        root = tmp_path / str(at)
        state = lay_out(root)
        done = stopped_at(at, how, lambda state=state, root=root: commit(state, root, changes())) is None
        new = done or pending(state) or seen(root) == AFTER
        assert read_over(root) == (AFTER if new else BEFORE)
        settled(root, new=new)
        outcomes.append(new)
        if done:
            break
    assert outcomes == sorted(outcomes), "once committed, always committed"
    assert (len(outcomes) > 30, outcomes[0], outcomes[-1]) == (True, False, True)


@pytest.mark.parametrize("how", ["before", "after"])
def test_stopped_while_recovering(tmp_path: Path, how: str) -> None:
    """Recovery may be killed anywhere too: what is committed stays committed, and the next one ends it."""
    committed = next(at for at in range(1, 99) if was_committed(tmp_path / f"try{at}", at))
    for at in range(1, 200):
        root = tmp_path / str(at)
        state = lay_out(root)
        stopped_at(committed, "before", lambda state=state, root=root: commit(state, root, changes()))
        assert (pending(state), seen(root)) == (True, BEFORE)
        done = stopped_at(at, how, lambda state=state, root=root: recover(state, root)) is None
        assert read_over(root) == AFTER
        settled(root, new=True)
        if done:
            break
    assert at > 15


def was_committed(root: Path, at: int) -> bool:
    """Whether a commit stopped at its n-th call counts."""
    state = lay_out(root)
    stopped_at(at, "before", lambda: commit(state, root, changes()))
    return pending(state)


def test_a_disk_that_fails_once(tmp_path: Path) -> None:
    """A call that fails anywhere: either nothing has changed, or the user hears that the change is recorded."""
    for at in range(1, 200):
        root = tmp_path / str(at)
        state = lay_out(root)
        error = stopped_at(at, "fails", lambda state=state, root=root: commit(state, root, changes()))
        recorded = isinstance(error, StorageError)
        assert read_over(root) == (AFTER if recorded or error is None else BEFORE)
        settled(root, new=recorded or error is None)
        if error is None:
            break
    assert at > 30


@pytest.mark.parametrize("how", ["before", "after"])
def test_one_change_stopped_anywhere(tmp_path: Path, how: str) -> None:
    """A single file is old or new after any stop."""
    old, new = {"a.toml": b"old\n"}, {"a.toml": b"new\n" * 3000}
    for at in range(1, 50):
        root = tmp_path / str(at)
        state = lay_out(root, old)
        done = (
            stopped_at(at, how, lambda state=state, root=root: commit(state, root, changes(old, new))) is None
        )
        assert seen(root) in ((old, new) if not done else (new,))
        files.sweep(root)
        assert leftovers(root) == []
        if done:
            break
    assert at > 5


WRITE_FOR_EVER = """
import itertools, sys
from pathlib import Path, PurePosixPath
from ledger.store import files
from ledger.store.lock import locked
from ledger.store.transaction import Change, commit, recover

root = Path(sys.argv[1])
state = root / ".state"
paths = [PurePosixPath(f"a/{name}.toml") for name in "xyz"]
while True:
    with locked(state, by="a", command="count", timeout=5):
        recover(state, root)
        now = int(files.read(root / paths[0]))
        new = f"{now + 1:08d}".encode()
        changes = [Change(path, new, files.digest_at(root / path)) for path in paths]
        commit(state, root, changes)
    print(now + 1, flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL there")
def test_killed_at_random(tmp_path: Path) -> None:
    """A writer killed at any moment loses nothing it had reported, and holds nobody up."""
    state = lay_out(tmp_path, {f"a/{name}.toml": b"00000000" for name in "xyz"})
    chance = random.Random(20250301)
    for _round in range(8):
        writer = subprocess.Popen(
            [sys.executable, "-c", WRITE_FOR_EVER, str(tmp_path)], stdout=subprocess.PIPE, cwd=ROOT, text=True
        )
        assert writer.stdout is not None
        acknowledged = int(writer.stdout.readline())
        time.sleep(chance.uniform(0, 0.03))
        writer.kill()
        rest = [line for line in writer.stdout.read().split("\n") if len(line) > 0]
        writer.stdout.close()
        writer.wait()
        acknowledged = max([acknowledged, *(int(line) for line in rest[:-1])])
        shown = read_over(tmp_path)
        with locked(state, by="b", command="look", timeout=0):
            recover(state, tmp_path)
        files.sweep(tmp_path)
        (only,) = set(seen(tmp_path).values())
        assert set(shown.values()) == {only}
        assert int(only) >= acknowledged
        assert [name for name in leftovers(tmp_path) if name != ".state/lock.db"] == []


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="the names of open files cannot be asked for")
def test_what_reaches_the_disk_in_which_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """After a power cut too: what a step relies on was flushed before, and what it did is flushed after."""
    state = lay_out(tmp_path)
    events: list[tuple[str, str]] = []

    def name(path: str | Path) -> str:
        inside = Path(path).relative_to(tmp_path).as_posix()
        parts = inside.split("/")
        return (
            "/".join(["stage", *parts[3:]]) if parts[:2] == [".state", "txn"] and len(parts) > 2 else inside
        )

    def noted(what: str, call: Callable[..., Any], which: int) -> Callable[..., Any]:
        def run(*given: Any, **named: Any) -> Any:
            path = f"/proc/self/fd/{given[0]}" if what == "flush" else str(given[which])
            path = str(Path(path).readlink()) if what == "flush" else path
            events.append((what, name(path)))
            return call(*given, **named)

        return run

    for what, call, which in (
        ("flush", "fsync", 0),
        ("put", "replace", 1),
        ("drop", "unlink", 0),
        ("drop", "rmdir", 0),
    ):
        monkeypatch.setattr(os, call, noted(what, getattr(os, call), which))
    commit(state, tmp_path, changes())

    def when(what: str, path: str) -> int:
        return events.index((what, path))

    point = when("put", "stage/commit.json")
    for path in ("stage/0", "stage/1", "stage/2", "stage/4", "stage/plan.json", "stage", ".state/txn"):
        assert when("flush", path) < point
    ended = when("drop", "stage/commit.json")
    after_point = events[point:ended]
    assert after_point[1] == ("flush", "stage")
    for folder in ("a/issues", "a/letters", "b/issues"):
        last = max(
            i for i, (what, path) in enumerate(after_point) if what != "flush" and path.startswith(folder)
        )
        assert ("flush", folder) in after_point[last:]
    assert when("put", "b/issues/0009-z.toml") < when("drop", "b/issues/0003-z.toml")
    assert events[ended + 1] == ("flush", "stage")
