"""One writer at a time, and whoever waits is told for whom."""

from __future__ import annotations

import contextlib
import errno
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from ledger.errors import LockedError, StorageError, UsageError
from ledger.store import files, lock, platform
from ledger.store.lock import Held, Holder, holder, locked
from ledger.store.recordfile import checked, parse
from tests.store.conftest import FORM

ROOT = Path(__file__).parents[2]
ADD_LINES = """
import sys
from pathlib import Path
from ledger.store import files
from ledger.store.lock import locked
from ledger.store.recordfile import checked, parse
from tests.store.conftest import FORM

state, path, name = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
sys.stdin.read(1)
for number in range(20):
    with locked(state, by=name, command="add"):
        data = files.read(path)
        record = parse(data, path=path)
        lines = (*record.lines, f"{name} {number}")
        files.write(path, checked(record.document, lines, FORM), expected=files.digest(data))
"""


def dead_pid() -> int:
    done = subprocess.Popen([sys.executable, "-S", "-c", ""])
    done.wait()
    return done.pid


def note(state: Path, *, pid: int, host: str | None = None) -> None:
    state.mkdir(exist_ok=True)
    raw = {
        "by": "林某",
        "command": "close 7",
        "pid": pid,
        "host": host or platform.host(),
        "since": "2025-03-01",
    }
    (state / lock.HOLDER_FILE).write_text(json.dumps(raw), encoding="utf-8")


def test_held_and_free_again(tmp_path: Path) -> None:
    """While it is held it is known by whom; afterwards nothing but the empty lock file is left."""
    state = tmp_path / ".state"
    with locked(state, by="林某", command="add") as held:
        now = holder(state)
        assert held == Held(interrupted=False)
        assert now is not None
        assert (now.by, now.command, now.pid, now.host) == ("林某", "add", os.getpid(), platform.host())
    assert holder(state) is None
    assert [(each.name, each.stat().st_size) for each in state.iterdir()] == [("lock.db", 0)]
    with locked(state, by="林某", command="add", timeout=0):
        pass


def test_who_waits_is_told_for_whom(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever cannot have the lock in time hears who holds it, since when, and with which command."""
    monkeypatch.setattr(lock, "_PATIENCE", 0.02)
    told: list[Holder | None] = []
    with locked(tmp_path, by="林某", command="close 7"):
        now = holder(tmp_path)
        assert now is not None
        with (
            pytest.raises(LockedError) as caught,
            locked(tmp_path, by="周某", command="add", timeout=0.1, on_wait=told.append),
        ):
            pytest.fail("two writers")
    expected = (
        f"林某 is writing to this workspace since {now.since}: close 7 (process {now.pid} on {now.host})"
    )
    assert (caught.value.message, told) == (expected, [now])


def test_who_hardly_waits_is_told_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Most commands are done before anybody wonders."""
    monkeypatch.setattr(lock, "_PATIENCE", 60)
    told: list[Holder | None] = []
    with (
        locked(tmp_path, by="林某", command="close 7"),
        pytest.raises(LockedError),
        locked(tmp_path, by="周某", command="add", timeout=0.02, on_wait=told.append),
    ):
        pytest.fail("two writers")
    assert told == []


@pytest.mark.parametrize("text", [None, "", "{", "[]", '{"pid": "x"}'])
def test_a_note_that_says_nothing(tmp_path: Path, text: str | None) -> None:
    """The note is only for people: when it is gone or garbled, the lock holds all the same."""
    with locked(tmp_path, by="林某", command="add"):
        (tmp_path / lock.HOLDER_FILE).unlink()
        if text is not None:
            (tmp_path / lock.HOLDER_FILE).write_text(text)
        with (
            pytest.raises(LockedError, match="another command is writing"),
            locked(tmp_path, by="x", command="y", timeout=0),
        ):
            pytest.fail("two writers")


def test_the_note_of_the_dead_is_ignored(tmp_path: Path) -> None:
    """A command that was killed holds nothing up; that it did not leave in order is known."""
    note(tmp_path, pid=dead_pid())
    assert holder(tmp_path) is None
    with locked(tmp_path, by="林某", command="add", timeout=0) as held:
        assert held.interrupted
    with locked(tmp_path, by="林某", command="add", timeout=0) as held:
        assert not held.interrupted


def test_an_interruption_is_known_until_somebody_ends_well(tmp_path: Path) -> None:
    """Whoever was to put in order what was interrupted and failed leaves it to the next."""
    (tmp_path / "holder.json").touch()
    for fails in (True, True, False):
        with contextlib.suppress(KeyError), locked(tmp_path, by="a", command="add") as held:
            assert held.interrupted
            if fails:
                raise KeyError
    with locked(tmp_path, by="a", command="add") as held:
        assert not held.interrupted


def test_a_half_written_note_is_swept(tmp_path: Path) -> None:
    """A command killed while it wrote in the folder of the lock leaves nothing for ever."""
    for name in (".holder.json.12.new", ".current.13.new", "current"):
        (tmp_path / name).touch()
    with locked(tmp_path, by="林某", command="add"):
        pass
    assert sorted(each.name for each in tmp_path.iterdir()) == ["current", "lock.db"]


def test_a_number_on_another_machine_means_nothing_here(tmp_path: Path) -> None:
    """Whether a process of another machine lives cannot be known, so its note counts."""
    note(tmp_path, pid=dead_pid(), host="elsewhere")
    found = holder(tmp_path)
    assert found is not None
    assert found.host == "elsewhere"


def test_free_after_an_error(tmp_path: Path) -> None:
    """An error inside does not keep the lock, and leaves in order."""
    with pytest.raises(ZeroDivisionError), locked(tmp_path, by="林某", command="add"):
        raise ZeroDivisionError
    with locked(tmp_path, by="林某", command="add", timeout=0) as held:
        assert not held.interrupted


@pytest.mark.parametrize("value", ["soon", "-1", "nan", "inf", "1e999"])
def test_a_wait_that_is_no_number(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    """The variable that says how long to wait is checked before anything is made."""
    monkeypatch.setenv("TAIZHANG_LOCK_TIMEOUT", value)
    with (
        pytest.raises(UsageError, match="TAIZHANG_LOCK_TIMEOUT"),
        locked(tmp_path / "s", by="林某", command="add"),
    ):
        pytest.fail("locked")
    assert not (tmp_path / "s").exists()


def test_the_wait_comes_from_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The variable says how long to wait."""
    monkeypatch.setenv("TAIZHANG_LOCK_TIMEOUT", "0")
    with (
        locked(tmp_path, by="林某", command="add"),
        pytest.raises(LockedError),
        locked(tmp_path, by="x", command="y"),
    ):
        pytest.fail("two writers")


@pytest.mark.parametrize("trouble", ["no folder", "not writable", "garbage", "a folder"])
def test_unusable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, trouble: str) -> None:
    """Where nothing can be locked nothing is begun: a lock on a read-only file would be none."""
    state = tmp_path / ".state"
    if trouble == "no folder":
        state.touch()
    elif trouble == "not writable":
        state.mkdir()
        (state / lock.LOCK_FILE).touch()
        monkeypatch.setattr(os, "access", lambda _path, _mode: False)
    elif trouble == "a folder":
        (state / lock.LOCK_FILE).mkdir(parents=True)
    else:
        state.mkdir()
        (state / lock.LOCK_FILE).write_bytes(b"no database " * 100)
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(StorageError), locked(state, by="林某", command="add", timeout=0):
        pytest.fail("locked")
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (OSError(errno.EROFS, os.strerror(errno.EROFS), "x"), "Read-only file system"),
        (OSError("no such device today"), "no such device today"),
    ],
    ids=["a number", "only words"],
)
def test_why_it_cannot_be_locked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: OSError, reason: str
) -> None:
    """What the system says stands in the message, as words."""

    def broken(_folder: Path) -> None:
        raise error

    monkeypatch.setattr(files, "make_folder", broken)
    with (
        pytest.raises(StorageError, match=f"the workspace cannot be written to: .*: {reason}$"),
        locked(tmp_path / ".state", by="林某", command="add"),
    ):
        pytest.fail("locked")


def test_four_writers_lose_nothing(tmp_path: Path) -> None:
    """Four processes that start together, lock and folder not yet made, keep every line of each."""
    path = tmp_path / "a.toml"
    path.write_bytes(checked({"format": 1, "head": "h"}, ("first",), FORM))
    names = ["a", "b", "c", "d"]
    given = [sys.executable, "-c", ADD_LINES, str(tmp_path / "ledgers" / ".state"), str(path)]
    workers = [subprocess.Popen([*given, name], stdin=subprocess.PIPE, cwd=ROOT) for name in names]
    for worker in workers:
        assert worker.stdin is not None
        worker.stdin.write(b"!")
        worker.stdin.close()
    for worker in workers:
        worker.wait()
    lines = parse(files.read(path), path=path).lines
    assert [worker.returncode for worker in workers] == [0, 0, 0, 0]
    assert sorted(lines) == sorted(["first", *(f"{name} {number}" for name in names for number in range(20))])
    assert sorted(each.name for each in tmp_path.iterdir()) == ["a.toml", "ledgers"]


def test_is_alive() -> None:
    """A process that runs is alive, one that has ended is not, and neither is a number that is none."""
    assert [platform.is_alive(pid) for pid in (os.getpid(), dead_pid(), 0, -1, 2**70)] == [
        True,
        False,
        False,
        False,
        False,
    ]
