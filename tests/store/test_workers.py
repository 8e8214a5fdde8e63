"""Several processes at one task: in order, whole, with their errors, and none left behind."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path, PurePosixPath

import pytest

from ledger.errors import DamageError, StorageError
from ledger.store import workers
from ledger.store.unreadable import UnreadableRecordError

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="several processes are for Linux alone")

THINGS = list(range(1_000))


@pytest.fixture(autouse=True)
def several_cores(monkeypatch):
    monkeypatch.setattr(workers, "cores", lambda: 3)


#: Processes that other tests of this run have started and left to be.
_STRANGERS: set[int] = set()


def _descended() -> set[int]:
    """The processes whose parent this one is, by what the system says of each."""
    found = set()
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            rest = stat.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
            if int(rest[1]) == os.getpid():
                found.add(int(stat.parent.name))
    return found


@pytest.fixture(autouse=True)
def _alone():
    """Only what a test of workers starts itself is looked at."""
    _STRANGERS.clear()
    _STRANGERS.update(_descended())


def children() -> set[int]:
    """The processes that this test has started and that are not gone yet."""
    return _descended() - _STRANGERS


def pids(part):
    return [os.getpid()] * len(part)


@pytest.mark.parametrize("many", [0, 1, 99, 100, 101, 250, 1_000])
def test_results_come_in_the_order_of_the_things(many):
    """Rule: what several processes make stands in the order in which one would have made it."""
    things = THINGS[:many]
    squares = [
        each for part in workers.spread(lambda part: [x * x for x in part], things, least=0) for each in part
    ]
    assert [x * x for x in things] == squares


def test_several_processes_work():
    """Rule: from `least` things on, the work is shared; below, this process does it."""
    shared = {pid for part in workers.spread(pids, THINGS, least=1_000) for pid in part}
    alone = {pid for part in workers.spread(pids, THINGS, least=1_001) for pid in part}
    assert (3, False, {os.getpid()}) == (len(shared), os.getpid() in shared, alone)


def test_a_result_larger_than_a_pipe_comes_whole():
    """Rule: a worker waits for its reader, and nothing is cut."""
    found = list(workers.spread(lambda part: bytes(3_000_000) + bytes([part[0] // 100]), THINGS, least=0))
    assert [bytes(3_000_000) + bytes([each]) for each in range(10)] == found


@pytest.mark.parametrize(
    "error",
    [
        DamageError("0001-x.toml:7: cut", "take it from git"),
        UnreadableRecordError(PurePosixPath("issues/0001-x.toml"), 7, "cut", "take it from git"),
        ValueError("not a number"),
    ],
)
def test_an_error_comes_through_as_it_is(error):
    """Rule: whatever the work raises is raised where it was asked for, once what came before it was given."""

    def work(part):
        if 500 in part:
            raise error
        return part

    given = []
    with pytest.raises(type(error)) as caught:
        given.extend(workers.spread(work, THINGS, least=0))
    assert (str(error), vars(error), 5) == (str(caught.value), vars(caught.value), len(given))


def test_an_error_that_cannot_travel_is_told():
    """Rule: an error that no other process can take up still says what it was."""

    class OwnError(Exception):
        def __init__(self):
            super().__init__(lambda: None)

    def work(_part):
        raise OwnError

    with pytest.raises(RuntimeError, match="OwnError"):
        list(workers.spread(work, THINGS, least=0))


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_a_worker_that_is_killed_is_an_error(number):
    """Rule: a process the system ends is neither waited for nor left out."""

    def work(part):
        if 500 in part:
            os.kill(os.getpid(), number)
        return part

    with pytest.raises(StorageError):
        list(workers.spread(work, THINGS, least=0))
    assert set() == children()


def test_whoever_stops_asking_leaves_no_process():
    """Rule: the processes are gone when the last result was given, or the caller stops."""
    results = workers.spread(lambda part: (time.sleep(60) if part[0] else None, part), THINGS, least=0)
    next(results)
    before = len(children())
    results.close()
    assert (3, set()) == (before, children())


def test_no_process_that_the_system_refuses_is_needed(monkeypatch):
    """Rule: where the system gives no more processes, this one does the work."""
    fork, made = os.fork, []

    def refuse():
        if made:
            raise BlockingIOError(11, "no more processes")
        made.append(1)
        return fork()

    monkeypatch.setattr(os, "fork", refuse)
    found = {pid for part in workers.spread(pids, THINGS, least=0) for pid in part}
    assert ({os.getpid()}, set()) == (found, children())


def test_a_thread_stays_alone():
    """Rule: a process in which something else runs is not copied."""
    import threading

    stop = threading.Event()
    thread = threading.Thread(target=stop.wait)
    thread.start()
    try:
        found = {pid for part in workers.spread(pids, THINGS, least=0) for pid in part}
    finally:
        stop.set()
        thread.join()
    assert {os.getpid()} == found


ALONE = """
import os, sys, time
from ledger.store import workers
workers.cores = lambda: 2
def work(part):
    os.write(1, b"%d\\n" % os.getpid())
    time.sleep(60)
list(workers.spread(work, range(1000), least=0))
"""


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_ctrl_c_leaves_no_process(number):
    """Rule: Ctrl-C, which reaches the whole group, ends every process, and the workers quietly."""
    with started(ALONE) as (process, pids):
        os.killpg(process.pid, number)
        process.wait(10)
        said = process.stderr.read()
        left = list(filter(goes_on, pids))
    assert (left, said.count("Traceback") <= 1) == ([], True)


def test_a_reader_that_is_killed_takes_its_workers_along():
    """Rule: workers whose results nobody takes end by themselves."""
    code = ALONE.replace("time.sleep(60)", "time.sleep(0.2); return bytes(3_000_000)")
    code = code.replace("list(workers", "for _ in iter(workers").replace(
        "least=0))", "least=0)): time.sleep(60)"
    )
    with started(code) as (process, pids):
        process.kill()
        process.wait(10)
        left = list(filter(goes_on, pids))
    assert left == []


@contextlib.contextmanager
def started(code: str):
    """A program of its own, and the numbers of its two workers."""
    command = [sys.executable, "-c", code]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdout=pipe, stderr=pipe, text=True, start_new_session=True) as process:
        try:
            yield process, [int(process.stdout.readline()) for _ in range(2)]
        finally:
            process.kill()


def goes_on(pid: int) -> bool:
    """Whether a process is still at work after a while."""
    end = time.monotonic() + 3
    while time.monotonic() < end:
        try:
            state = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0]
        except (FileNotFoundError, ProcessLookupError):
            return False
        if state == "Z":
            return False
        time.sleep(0.02)
    return True
