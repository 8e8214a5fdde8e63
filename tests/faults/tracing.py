"""One system call of a command made to fail, or watched, by strace."""

from __future__ import annotations

import functools
import re
import shutil
import subprocess
import sys
import time
from collections import Counter
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tests.faults.forked import Program

#: What a call is made to do, by the name of the fault.
FAULTS = {
    "KILL": "signal=KILL",
    "ENOSPC": "error=ENOSPC",
    "EIO": "error=EIO",
    "EDQUOT": "error=EDQUOT",
    "INT": "signal=INT",
    "TERM": "signal=TERM",
    "HUP": "signal=HUP",
}
#: Those after which a command still tidies up, and the code it ends with.
ASKED = {"INT": 130, "TERM": 143, "HUP": 129}

#: Calls that change what is on a disk; `openat` counts where it opens to write.
CHANGING = (
    "/^(write|writev|pwrite64|pwritev|fsync|fdatasync|rename(at2?)?|unlink(at)?|link(at)?|ftruncate|fallocate"
    "|mkdir(at)?|rmdir|openat|utimensat|copy_file_range|sendfile)$"
)
#: Calls that read; `openat` counts where it opens to read.
READING = "/^(read|pread64|getdents64|openat|newfstatat|fstat)$"

_CALL = re.compile(r"^(\d+) +(\w+)\((.*)$")


#: What strace says of the folder a path starts from.
_CWD = re.compile(r"AT_FDCWD<[^>]*>")


class Call(NamedTuple):
    """One system call: its name, the how-manieth of that name, and the line strace wrote."""

    name: str
    when: int
    line: str

    @property
    def opens_to_write(self) -> bool:
        return bool(re.search(r"O_WRONLY|O_RDWR|O_CREAT", self.line))

    @property
    def injected(self) -> bool:
        return "(INJECTED)" in self.line or self.line.endswith("= ?")


def needs_strace() -> None:
    """Skip where calls cannot be made to fail."""
    if sys.platform != "linux" or shutil.which("strace") is None:
        pytest.skip("strace is not there")
    if not _may_trace():
        pytest.skip("strace may not trace here")


@functools.cache
def _may_trace() -> bool:
    probe = subprocess.run(["strace", "-o", "/dev/null", "true"], capture_output=True, check=False)
    return probe.returncode == 0


@contextmanager
def traced(program: Program, log: Path, calls: str, *options: str) -> Iterator[None]:
    """Let strace follow every command that is started meanwhile; `log` is complete afterwards."""
    server = program.server.pid
    tracer = subprocess.Popen(
        ["strace", "-f", "-y", "-qq", "-p", str(server), "-o", str(log), "-e", f"trace={calls}", *options],
        stderr=subprocess.PIPE,
    )
    try:
        while _tracer_of(server) == "0":
            if tracer.poll() is not None:
                pytest.skip("strace may not follow a process here")
            time.sleep(0.001)
        yield
    finally:
        tracer.terminate()
        tracer.communicate()


def _tracer_of(process: int) -> str:
    status = Path(f"/proc/{process}/status").read_text(encoding="ascii")
    return status.split("TracerPid:\t")[1].split("\n")[0]


@contextmanager
def failing(program: Program, log: Path, call: Call, fault: str) -> Iterator[None]:
    """Let the command that is started meanwhile come to grief at one call."""
    inject = f"inject={call.name}:{FAULTS[fault]}:when={call.when}"
    with traced(program, log, call.name, "-e", inject):
        yield


def calls_of(log: Path, process: int) -> list[Call]:
    """The calls of one process, in order."""
    counted: Counter[str] = Counter()
    found = []
    for line in log.read_text(encoding="utf-8", errors="replace").splitlines():
        match = _CALL.match(line)
        if match and int(match[1]) == process:
            counted[match[2]] += 1
            found.append(Call(match[2], counted[match[2]], line))
    return found


def broke_a_pipe(log: Path) -> bool:
    """Whether the call that failed was on a pipe between two programs, which no disk can fail."""
    lines = log.read_text(encoding="utf-8", errors="replace").splitlines()
    return any("(INJECTED)" in line and "<pipe:" in line for line in lines)


def points(calls: Iterable[Call], *, writing: bool = True, within: str = "") -> list[Call]:
    """The calls worth failing: all that name something `within`, but for files opened the other way."""
    return [
        call
        for call in calls
        if within in _CWD.sub("", call.line) and (call.name != "openat" or call.opens_to_write is writing)
    ]
