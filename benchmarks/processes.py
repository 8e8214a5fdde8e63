"""Whole processes, measured: how long one takes, and how much memory the largest of its processes holds."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import sysconfig
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

PROGRAM = Path(sysconfig.get_path("scripts")) / ("ledger.exe" if os.name == "nt" else "ledger")
#: The measure of everything that starts: Y.
YARDSTICK = (sys.executable, "-c", "import typer")
#: The measure of everything that reads all records: R, the files read and parsed by one process.
READING = (sys.executable, str(Path(__file__).parent / "reading.py"))
#: The measure of everything that writes cells: W, the same cells written by openpyxl alone.
WRITING = (sys.executable, str(Path(__file__).parent / "plain_workbook.py"))
#: Starts a command and tells its peak: a small process, because a child's peak counts its parent's memory.
_WATCHER = """
import os, sys
with open(os.devnull, "wb") as nothing:
    silent = [(os.POSIX_SPAWN_DUP2, nothing.fileno(), 1)]
    pid = os.posix_spawn(sys.argv[1], sys.argv[1:], os.environ, file_actions=silent)
_pid, status, used = os.wait4(pid, 0)
print(used.ru_maxrss)
sys.exit(os.waitstatus_to_exitcode(status))
"""
#: Columns and lines of the terminal that lists are shown on.
_TERMINAL = (120, 40)


class Place(NamedTuple):
    """Where commands are run: a folder that holds one ledger."""

    home: Path

    @property
    def ledger(self) -> Path:
        """The folder of its one ledger."""
        return self.home / "ledgers" / "bench"

    def environment(self) -> dict[str, str]:
        """Nothing of the person who measures, and the machine's habits only where they do not slow."""
        ours = ("TAIZHANG_", "PYTHONDONTWRITEBYTECODE", "COLUMNS", "LINES", "NO_COLOR")
        kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
        return {
            **kept,
            "HOME": str(self.home),
            "XDG_CONFIG_HOME": str(self.home),
            "TERM": "xterm-256color",
            "TAIZHANG_LANG": "zh",
            "TAIZHANG_ACTOR": "林某",
        }


def output(command: Sequence[str], place: Place) -> str:
    """What a command prints.

    Raises:
        CalledProcessError: it fails.
    """
    done = subprocess.run(command, cwd=place.home, env=place.environment(), capture_output=True, check=True)
    return done.stdout.decode()


class Took(NamedTuple):
    """Seconds a whole process took, with those it started: on the clock, and of all cores together."""

    clock: float
    cores: float


def _timed(run: Callable[[], object]) -> Took:
    began, before = time.perf_counter(), os.times()
    run()
    clock, after = time.perf_counter() - began, os.times()
    of_children = (after.children_user - before.children_user, after.children_system - before.children_system)
    return Took(clock, sum(of_children))


def seconds(command: Sequence[str], place: Place) -> Took:
    """One whole process, its output read through a pipe."""
    return _timed(lambda: output(command, place))


def seconds_on_a_terminal(command: Sequence[str], place: Place) -> Took:
    """One whole process that a person looks at."""
    return _timed(lambda: _on_a_terminal(command, place))


def _on_a_terminal(command: Sequence[str], place: Place) -> None:
    import fcntl
    import pty
    import struct
    import termios

    ours, theirs = pty.openpty()
    columns, lines = _TERMINAL
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
    with subprocess.Popen(
        command, cwd=place.home, env=place.environment(), stdin=theirs, stdout=theirs, stderr=theirs
    ) as process:
        os.close(theirs)
        try:
            while os.read(ours, 1 << 16):
                pass
        except OSError:  # Linux: the other end has been closed
            pass
        process.wait()
    os.close(ours)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, list(command))


def peak(command: Sequence[str], place: Place) -> float:
    """What the largest process of a command holds at most.

    Units: MiB.
    """
    told = output((sys.executable, "-S", "-c", _WATCHER, *command), place)
    return int(told) / (1024 if sys.platform != "darwin" else 1024 * 1024)


class Ratio(NamedTuple):
    """How many times as much something takes as its measure, and its own seconds on the clock: medians."""

    clock: float
    cores: float
    seconds: float


def ratio(rounds: int, mine: Callable[[], Took], base: Callable[[], Took]) -> Ratio:
    """Compare in pairs, run in turn."""
    pairs = [(base(), mine()) for _ in range(rounds)]
    return Ratio(
        statistics.median(own.clock / one.clock for one, own in pairs),
        statistics.median(own.cores / max(one.cores, 0.01) for one, own in pairs),
        statistics.median(own.clock for _one, own in pairs),
    )
