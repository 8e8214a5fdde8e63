"""The program in a process that forks for every command, so that what is killed or traced is the command alone.

`python -m tests.faults.forked FD` is the server: it has loaded everything and waits for jobs on a socket. It uses no
system call that a test lets fail. `Program` is the other side.
"""

from __future__ import annotations

import contextlib
import ctypes
import importlib
import itertools
import json
import os
import pkgutil
import signal
import socket
import subprocess
import sys
import threading
import traceback
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

ROOT = Path(__file__).parents[2]
_LARGEST_JOB = 1 << 16


class Ended(NamedTuple):
    """How a command ended: its exit code, or minus the signal that killed it."""

    code: int
    out: str
    err: str


class Running:
    """A command that was started; `wait` gives how it ended."""

    def __init__(self, program: Program, pid: int, ends: list[socket.socket]) -> None:
        self.program, self.pid = program, pid
        self.texts = ["", ""]
        self._readers = [threading.Thread(target=self._read, args=(i, end)) for i, end in enumerate(ends)]
        self._spoke = threading.Event()
        self._ends = ends
        for reader in self._readers:
            reader.start()

    def _read(self, which: int, end: socket.socket) -> None:
        pieces = []
        while piece := end.recv(1 << 16):
            pieces.append(piece)
            if which == 0:
                self._spoke.set()
        self.texts[which] = b"".join(pieces).decode("utf-8", "replace")
        end.close()
        self._spoke.set()

    def wait_for_a_word(self) -> None:
        """Wait until it has said something, or has ended."""
        self._spoke.wait()

    def send(self, number: int) -> None:
        """Send it a signal; it may have ended, but nobody else has its number before `wait`."""
        os.kill(self.pid, number)

    def wait(self) -> Ended:
        """How it ended, once it has."""
        self.program.channel.send(b"%d" % self.pid)
        status = int(self.program.channel.recv(_LARGEST_JOB))
        for reader in self._readers:
            reader.join()
        return Ended(os.waitstatus_to_exitcode(status), self.texts[0], self.texts[1])


class Program:
    """The client: starts commands, several at a time if need be."""

    def __init__(self) -> None:
        self.channel, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            command = [sys.executable, "-m", "tests.faults.forked", str(theirs.fileno())]
            environment = {**os.environ, "PYTHONHASHSEED": "0", "PYTHONDONTWRITEBYTECODE": "1"}
            environment["PYTHONUTF8"] = "1"
            self.server = subprocess.Popen(
                command, cwd=ROOT, env=environment, pass_fds=[theirs.fileno()], stdin=subprocess.DEVNULL
            )
        assert self.channel.recv(_LARGEST_JOB) == b"ready"

    def __enter__(self) -> Program:
        return self

    def __exit__(self, *_error: object) -> None:
        self.channel.close()
        self.server.wait(10)

    def start(self, folder: Path, argv: Sequence[str] = (), *, work: str = "", **given: Any) -> Running:
        """Start a command line, or with `work` a function `module:name` of ours with the words as arguments.

        Shape: `env` are more variables, `limits` resource limits by name, `user` a number to become, `fixed`
            lets chance and the clock behind ids be the same every time.
        """
        job = {"cwd": str(folder), "argv": list(map(str, argv)), "work": work, **given}
        pairs = [socket.socketpair(), socket.socketpair()]
        ours, theirs = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
        socket.send_fds(self.channel, [json.dumps(job).encode()], [end.fileno() for end in theirs])
        for end in theirs:
            end.close()
        return Running(self, int(self.channel.recv(_LARGEST_JOB)), ours)

    def run(self, folder: Path, *argv: str, **given: Any) -> Ended:
        """Run a command line and wait for its end."""
        return self.start(folder, argv, **given).wait()


def serve(channel: socket.socket) -> None:
    """Fork for every job, and tell how one ended when asked for it by its number, until nobody asks any more."""
    channel.send(b"ready")
    while True:
        message, descriptors, _flags, _address = socket.recv_fds(channel, _LARGEST_JOB, 2)
        if not message:
            return
        if not descriptors:
            channel.send(b"%d" % os.waitpid(int(message), 0)[1])
            continue
        pid = os.fork()
        if pid == 0:
            channel.close()
            _obey(json.loads(message), descriptors)
        for descriptor in descriptors:
            os.close(descriptor)
        channel.send(b"%d" % pid)


def _obey(job: dict[str, Any], descriptors: list[int]) -> None:
    import resource

    from ledger import cli

    code = 99
    try:
        for number, descriptor in enumerate(descriptors, 1):
            os.dup2(descriptor, number)
            os.close(descriptor)
        sys.stdout, sys.stderr = (os.fdopen(each, "w", encoding="utf-8", closefd=False) for each in (1, 2))
        os.chdir(job["cwd"])
        for name, value in job.get("env", {}).items():
            os.environ[name] = value
        for name, most in job.get("limits", {}).items():
            resource.setrlimit(getattr(resource, f"RLIMIT_{name}"), (most, most))
        if job.get("user"):
            os.setuid(job["user"])
        if job.get("fixed"):
            fix_chance()
        if job["work"]:
            module, _colon, name = job["work"].partition(":")
            getattr(importlib.import_module(module), name)(*job["argv"])
            code = 0
        else:
            sys.argv = ["ledger", *job["argv"]]
            cli.run()
    except SystemExit as error:  # asked to stop after everything was said
        code = int(error.code or 0)
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(code)


def fix_chance() -> None:
    """Let ids come out the same every time, so that what a command writes can be compared byte by byte."""
    import time

    turn = itertools.count(1)
    os.urandom = lambda count: next(turn).to_bytes(count, "big")  # type: ignore[assignment]
    time.time_ns = lambda: 1_740_790_800_000_000_000 + next(turn)


def load_everything() -> None:
    """Load whatever a command may need, so that it opens no file but those of the ledger."""
    import ledger

    for module in pkgutil.walk_packages(ledger.__path__, "ledger."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    for name in (
        "tests.faults.writers",
        "importlib.readers",
        "tomli",
        "tomli_w",
        "sqlite_utils",
        "rich.table",
        "encodings.idna",
        "stringprep",
    ):
        importlib.import_module(name)


def may_be_traced() -> None:
    """Let strace follow though it is not our parent. Source: prctl(2), PR_SET_PTRACER (Yama)."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(0x59616D61, ctypes.c_ulong(-1), 0, 0, 0)


if __name__ == "__main__":
    may_be_traced()
    signal.signal(signal.SIGINT, signal.default_int_handler)
    load_everything()
    serve(socket.socket(fileno=int(sys.argv[1])))
