"""The same work done to thousands of things by several processes, in order; small work stays in this one."""

from __future__ import annotations

import os
import sys
from gettext import gettext as _
from typing import TYPE_CHECKING, Any, BinaryIO, Final, NamedTuple, NoReturn, TypeVar

from ledger.errors import StorageError

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Sequence

T = TypeVar("T")
R = TypeVar("R")

#: From so many things on, several processes are worth their start.
#: Source: DECISIONS.md D-37; measured with records of 6 kB on two cores.
LEAST: Final = 3_000
#: More processes than these wait for the one that takes their results. Source: PERFORMANCE §4, 5.
_MOST: Final = 4
#: Things handed to `work` at once: enough that a call costs nothing, few enough for memory.
_SIZE: Final = 100
#: Bytes that tell how long a result is.
_LENGTH: Final = 8
#: What a pipe holds, in bytes: a worker goes on while nobody listens. Source: pipe(7), the default limit.
_PIPE: Final = 1 << 20


class _Worker(NamedTuple):
    """A process of ours, and where its results come from."""

    pid: int
    results: BinaryIO


def spread(
    work: Callable[[Sequence[T]], R], things: Sequence[T], *, least: int = LEAST, size: int = _SIZE
) -> Generator[R, None, None]:
    """What `work` makes of `things`, part by part, in their order.

    Shape: `work` is given `size` of the things at a time; its results must survive pickling. From `least`
        things on, several processes share them where the system forks well (Linux); they are made when the
        first result is asked for, and gone when the last was given, or the caller stops asking. No
        connection to SQLite may be open when the first result is asked for.

    Raises:
        StorageError: the system ended a process; whatever `work` raises comes through as well.
    """
    parts = [things[start : start + size] for start in range(0, len(things), size)]
    workers = _started(work, parts) if len(things) >= least and _may_fork() else []
    if not workers:
        yield from map(work, parts)
        return
    try:
        for place in range(len(parts)):
            yield _received(workers[place % len(workers)])
    finally:
        _ended(workers)


def cores() -> int:
    """How many processes can work at the same time: those of the machine we may use, four at most."""
    if sys.platform == "linux":
        return min(len(os.sched_getaffinity(0)), _MOST)
    return min(os.cpu_count() or 1, _MOST)


def _may_fork() -> bool:
    """Whether a copy of this process can go on with its work: nothing else runs in it."""
    if sys.platform != "linux" or cores() < 2:
        return False
    threading = sys.modules.get("threading")
    return threading is None or threading.active_count() == 1


def _started(work: Callable[[Sequence[T]], R], parts: Sequence[Sequence[T]]) -> list[_Worker]:
    """The workers, each with every so many-th part; none when the system gives no more processes."""
    import gc

    many = min(cores(), len(parts))
    workers: list[_Worker] = []
    gc.freeze()  # what is there already need be neither looked through nor copied
    try:
        for place in range(many):
            workers.append(_worker(work, parts[place::many], workers))
    except OSError:
        _ended(workers)
        return []
    except BaseException:
        _ended(workers)
        raise
    finally:
        gc.unfreeze()
    return workers


def _worker(
    work: Callable[[Sequence[T]], R], parts: Sequence[Sequence[T]], others: Sequence[_Worker]
) -> _Worker:
    ours, theirs = os.pipe()
    try:
        pid = os.fork()
        if pid == 0:
            os.close(ours)
            _work(work, parts, theirs, others)
    except OSError:
        os.close(ours)
        raise
    finally:
        os.close(theirs)
    return _Worker(pid, os.fdopen(ours, "rb"))


def _work(
    work: Callable[[Sequence[T]], R],
    parts: Sequence[Sequence[T]],
    results: int,
    others: Sequence[_Worker],
) -> NoReturn:
    """What a worker does: hand over what becomes of each part, or the error, and end."""
    import gc
    import pickle
    import signal

    done = 1
    try:
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, signal.SIG_DFL)
        gc.disable()
        for each in others:  # or they would not learn that nobody listens any more
            each.results.close()
        _widen(results)
        try:
            for part in parts:
                _send(results, pickle.dumps((True, work(part)), pickle.HIGHEST_PROTOCOL))
        except Exception as error:  # noqa: BLE001 - whatever it is, it is raised where the work was asked for
            _send(results, _packed(error))
        done = 0
    finally:
        os._exit(done)  # nothing of the process it is a copy of may be closed, flushed or said twice


def _packed(error: Exception) -> bytes:
    import pickle
    import traceback

    try:
        data = pickle.dumps((False, error), pickle.HIGHEST_PROTOCOL)
        pickle.loads(data)  # an error with an __init__ of its own can often be packed only
    except Exception:  # noqa: BLE001 - its words are better than nothing
        said = "".join(traceback.format_exception(error))
        data = pickle.dumps((False, RuntimeError(said)), pickle.HIGHEST_PROTOCOL)
    return data


def _widen(pipe: int) -> None:
    """Let more into a pipe before its writer waits, where the system allows it."""
    import contextlib
    import fcntl

    if sys.platform == "linux":
        with contextlib.suppress(OSError):
            fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, _PIPE)


def _send(pipe: int, data: bytes) -> None:
    rest = memoryview(len(data).to_bytes(_LENGTH, "big") + data)
    while rest:
        rest = rest[os.write(pipe, rest) :]


def _received(worker: _Worker) -> Any:  # noqa: ANN401 - whatever the work makes
    import pickle

    length = worker.results.read(_LENGTH)
    data = worker.results.read(int.from_bytes(length, "big"))
    if len(length) < _LENGTH or len(data) < int.from_bytes(length, "big"):
        raise StorageError(
            _("the system ended a process that was reading the records"),
            _("there may be too little memory: close other programs, then run the command again"),
        )
    fine, result = pickle.loads(data)  # noqa: S301 - our own process made it
    if not fine:
        raise result
    return result


def _ended(workers: Sequence[_Worker]) -> None:
    """Leave no process behind: they only read, so that nothing is lost by ending them."""
    import contextlib
    import signal

    for each in workers:
        each.results.close()
        with contextlib.suppress(ProcessLookupError):
            os.kill(each.pid, signal.SIGKILL)
    for each in workers:
        with contextlib.suppress(ChildProcessError):
            os.waitpid(each.pid, 0)
