"""Several files change together: after any stop all are old or all are new, and recovery settles it."""

from __future__ import annotations

import errno
import io
import os
import random
import subprocess
import sys
import time
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

import pytest

from ledger.errors import ConflictError, DamageError, StorageError
from ledger.store import files, platform, transaction
from ledger.store.files import digest
from ledger.store.lock import locked
from ledger.store.transaction import Change, commit, overlay, pending, recover

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[2]

Tree = dict[str, bytes]

#: Two records change, one is new in a folder that is not there yet, one moves to another number.
BEFORE: Tree = {
    "a/issues/0001-x.toml": b"one\n",
    "a/issues/0002-y.toml": b"two\n" * 9000,
    "b/issues/0003-z.toml": b"three\n",
    "b/issues/0004-w.toml": b"untouched\n",
}
AFTER: Tree = {
    "a/issues/0001-x.toml": b"one, changed\n",
    "a/issues/0002-y.toml": b"",
    "a/letters/0001-n.toml": b"new\n",
    "b/issues/0009-z.toml": b"three, renumbered\n",
    "b/issues/0004-w.toml": b"untouched\n",
}


def changes(before: Tree = BEFORE, after: Tree = AFTER) -> list[Change]:
    made = [
        Change(PurePosixPath(path), after.get(path), digest(before[path]) if path in before else None)
        for path in sorted(before.keys() | after.keys())
        if before.get(path) != after.get(path)
    ]
    assert len(made) == 5 or len(before) == 1
    return made


def lay_out(root: Path, tree: Tree = BEFORE) -> Path:
    for path, data in tree.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(data)
    return root / ".state"


def seen(root: Path) -> Tree:
    """The records as a reader of the folders sees them; drafts are not among them."""
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in sorted(root.rglob("*.toml"))
        if not path.name.startswith(".") and ".state" not in path.parts
    }


def read_over(root: Path) -> Tree:
    """The records as a reader sees them that cannot write."""
    shown = seen(root)
    for path, data in overlay(root / ".state", root).items():
        shown.pop(path.as_posix(), None)
        if data is not None:
            shown[path.as_posix()] = data
    return shown


def everything(root: Path) -> Tree:
    return {
        path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()
    }


def leftovers(root: Path) -> list[str]:
    return sorted(name for name in everything(root) if name not in seen(root))


class Stopped(BaseException):
    """The power went: nothing after this moment happens, not even tidying up."""


class Disk:
    """Every call that changes the disk, counted; from the n-th on it is dead, or the n-th alone fails.

    A stop comes `before` the call has its effect, or just `after`.
    """

    CALLS = ("replace", "link", "unlink", "fsync", "mkdir", "rmdir")

    def __init__(self, patch: pytest.MonkeyPatch, at: int, how: str) -> None:
        self.at, self.how, self.count = at, how, 0
        for name in self.CALLS:
            patch.setattr(os, name, self.wrapped(getattr(os, name)))
        patch.setattr(io, "open", self.wrapped(io.open))

    def wrapped(self, call: Callable[..., Any]) -> Callable[..., Any]:
        def counted(*given: Any, **named: Any) -> Any:
            self.count += 1
            if self.how == "fails":
                if self.count == self.at:
                    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            elif self.count > self.at or (self.count == self.at and self.how == "before"):
                raise Stopped
            done = call(*given, **named)
            if self.count == self.at and self.how == "after":
                if isinstance(done, io.IOBase):
                    done.close()
                raise Stopped
            return done

        return counted


def stopped_at(at: int, how: str, deed: Callable[[], object]) -> BaseException | None:
    """What ended the deed when the disk stopped at its n-th call; nothing when it had fewer."""
    with pytest.MonkeyPatch.context() as patch:
        Disk(patch, at, how)
        try:
            deed()
        except (Stopped, OSError, StorageError) as error:
            return error
    return None


def settled(root: Path, *, new: bool) -> None:
    """Recovery brings all-old or all-new, leaves nothing lying about, and a second run does nothing."""
    expected = AFTER if new else BEFORE
    recover(root / ".state", root, interrupted=True)
    assert seen(root) == expected
    assert leftovers(root) == []
    assert list((root / ".state" / "txn").glob("*")) == []
    before = everything(root)
    assert recover(root / ".state", root) == []
    assert everything(root) == before


def test_all_at_once(tmp_path: Path) -> None:
    """Several changes are made together, and nothing of how it was done is left."""
    state = lay_out(tmp_path)
    commit(state, tmp_path, changes())
    assert not pending(state)
    settled(tmp_path, new=True)


def test_how_far_it_is(tmp_path: Path) -> None:
    """Each file of several is told once it is on the disk, the last before anything is in its place."""
    state = lay_out(tmp_path)
    told: list[tuple[int, int, bytes]] = []
    first = tmp_path / "a/issues/0001-x.toml"

    def tell(done: int, total: int) -> None:
        told.append((done, total, first.read_bytes()))

    commit(state, tmp_path, changes(), on_progress=tell)
    assert told == [(each, 5, b"one\n") for each in range(1, 6)]
    assert first.read_bytes() == b"one, changed\n"


def test_one_change_needs_no_stage(tmp_path: Path) -> None:
    """One file is its own transaction: its rename commits it."""
    state = lay_out(tmp_path)
    commit(state, tmp_path, [Change(PurePosixPath("a/x.toml"), b"x", None)])
    commit(state, tmp_path, [Change(PurePosixPath("a/x.toml"), None, digest(b"x"))])
    commit(state, tmp_path, [])
    assert (seen(tmp_path), state.exists()) == (BEFORE, False)


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


@pytest.mark.parametrize("path", list(BEFORE)[:3])
def test_nothing_over_a_changed_file(tmp_path: Path, path: str) -> None:
    """One file that is not what was read stops the whole change before anything is staged."""
    state = lay_out(tmp_path)
    (tmp_path / path).write_bytes(b"theirs")
    with pytest.raises(ConflictError, match=path):
        commit(state, tmp_path, changes())
    assert (seen(tmp_path), leftovers(tmp_path)) == ({**BEFORE, path: b"theirs"}, [])


def test_looks_again_before_the_commit_point(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file changed while the new ones were staged stops the change, and nothing stays staged."""
    state = lay_out(tmp_path)
    path = "b/issues/0003-z.toml"
    true = files.put

    def meddled(target: Path, data: bytes) -> None:
        true(target, data)
        (tmp_path / path).write_bytes(b"theirs")

    monkeypatch.setattr(files, "put", meddled)
    with pytest.raises(ConflictError, match="0003-z"):
        commit(state, tmp_path, changes())
    assert (seen(tmp_path), leftovers(tmp_path)) == ({**BEFORE, path: b"theirs"}, [])


def half_done(root: Path) -> Path:
    """A ledger whose transaction was committed and then stopped before any file was in place."""
    state = lay_out(root)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(transaction, "_finish", lambda *_given: (_ for _ in ()).throw(Stopped))
        with pytest.raises(Stopped):
            commit(state, root, changes())
    return state


def test_taking_away_what_is_not_there_is_nothing(tmp_path: Path) -> None:
    """A change from nothing to nothing makes no file and no trouble."""
    state = lay_out(tmp_path)
    commit(state, tmp_path, [Change(PurePosixPath("a/issues/0009-q.toml"), None, None)])
    assert everything(tmp_path) == BEFORE


def test_half_written_files_go_when_somebody_was_interrupted(tmp_path: Path) -> None:
    """Only then is every folder looked through; without a word of it nothing is touched."""
    state = lay_out(tmp_path)
    stray = tmp_path / "a" / "issues" / ".0001-x.toml.4711.new"
    stray.touch()
    assert (recover(state, tmp_path), stray.exists()) == ([], True)
    assert (recover(state, tmp_path, interrupted=True), stray.exists()) == ([], False)


def test_recovery_says_what_it_finished(tmp_path: Path) -> None:
    """Whoever recovers learns which files were brought to their new content."""
    state = half_done(tmp_path)
    assert recover(state, tmp_path) == [change.path.as_posix() for change in changes()]


def test_what_cannot_be_put_in_place_leaves_no_half(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that refuses the last step keeps no file under a name of its own; the stage waits."""
    state = half_done(tmp_path)

    def broken(*_given: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch, pytest.raises(OSError, match="No space"):
        patch.setattr(platform, "replace", broken)
        recover(state, tmp_path)
    assert [name for name in everything(tmp_path) if name.endswith(".new")] == []
    settled(tmp_path, new=True)


def test_both_versions_stay_when_a_file_was_changed_since(tmp_path: Path) -> None:
    """An edit made after the stop is not overwritten: it is named, and both versions are kept."""
    state = half_done(tmp_path)
    path = "a/issues/0001-x.toml"
    (tmp_path / path).write_bytes(b"theirs")
    before = everything(tmp_path)
    for deed in (recover, overlay):
        with pytest.raises(ConflictError, match=path) as caught:
            deed(state, tmp_path)
        staged = Path(caught.value.hint.rsplit(" ", 1)[1])
        assert staged.read_bytes() == AFTER[path]
    assert everything(tmp_path) == before
    (tmp_path / path).write_bytes(BEFORE[path])
    settled(tmp_path, new=True)


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)), "No space left on device"),
        (OSError("no such device today"), "no such device today"),
    ],
    ids=["a number", "only words"],
)
def test_what_is_decided_and_not_done_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: OSError, reason: str
) -> None:
    """After the commit point a failing disk undoes nothing: why is told, and the next command finishes."""
    state = lay_out(tmp_path)

    def broken(*_given: object) -> None:
        raise error

    with monkeypatch.context() as patch, pytest.raises(StorageError, match=f"not all .* yet: {reason}$"):
        patch.setattr(transaction, "_finish", broken)
        commit(state, tmp_path, changes())
    settled(tmp_path, new=True)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("0", b"other"),
        ("4", b"other"),
        ("commit.json", b""),
        ("commit.json", b"{}"),
        ("commit.json", b'{"steps": [{"path": "../x", "before": null, "after": "a", "staged": "0"}]}'),
        ("commit.json", b'{"steps": [{"path": "a/x", "before": null, "after": "a", "staged": "../../a"}]}'),
        (
            "commit.json",
            '{"steps": [{"path": "a/x", "before": null, "after": "a", "staged": "１"}]}'.encode(),
        ),
    ],
)
def test_a_damaged_stage_is_not_put_in_place(tmp_path: Path, name: str, data: bytes) -> None:
    """What lies in a stage is checked before it becomes a record, and never leads out of the ledgers."""
    state = half_done(tmp_path)
    (stage,) = (state / "txn").iterdir()
    (stage / name).write_bytes(data)
    for deed in (recover, overlay):
        with pytest.raises(DamageError):
            deed(state, tmp_path)
    assert seen(tmp_path) == BEFORE


@pytest.mark.parametrize(
    "path",
    [
        "../x",
        "/etc/x",
        "a/../../x",
        "a/./../x",
        ".state/lock.db",
        "a/.state/x",
        "a\\x",
        "C:/x",
        "a:b",
        "a\0b",
        "a//../b",
        "con?",
    ],
)
def test_paths_stay_inside(tmp_path: Path, path: str) -> None:
    """No change leads out of the folder of ledgers, nor into its state, on any system."""
    state = lay_out(tmp_path / "ledgers")
    given = [Change(PurePosixPath(path), b"x", None), Change(PurePosixPath("a/n.toml"), b"x", None)]
    for some in (given, given[:1]):
        with pytest.raises(DamageError):
            commit(state, tmp_path / "ledgers", some)
    assert (seen(tmp_path / "ledgers"), [each.name for each in tmp_path.iterdir()]) == (BEFORE, ["ledgers"])


def test_one_file_once(tmp_path: Path) -> None:
    """A change that names a file twice is a mistake, not a race."""
    state = lay_out(tmp_path)
    with pytest.raises(DamageError, match="twice"):
        commit(
            state,
            tmp_path,
            [Change(PurePosixPath("a/n"), b"1", None), Change(PurePosixPath("a/n"), b"2", None)],
        )
    assert seen(tmp_path) == BEFORE


def test_nothing_to_recover(tmp_path: Path) -> None:
    """A workspace that never had a transaction has none to finish, and stays untouched."""
    state = tmp_path / ".state"
    assert (pending(state), recover(state, tmp_path), overlay(state, tmp_path)) == (False, [], {})
    assert list(tmp_path.iterdir()) == []


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
