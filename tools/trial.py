"""Whether the tests of a module notice a flipped guard, tried in a copy of the tree.

Each run has a process of its own, forked from one that has loaded what takes long and nothing that is ours.
"""

from __future__ import annotations

import contextlib
import importlib
import json
import os
import shutil
import signal
import sys
import threading
import time
import traceback
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from types import FrameType

    from tools.flips import Flip

#: What tests import that is not ours.
HEAVY = (
    "hypothesis.stateful",
    "typer",
    "rich.console",
    "tomli",
    "tomli_w",
    "sqlite3",
    "difflib",
    "multiprocessing",
)
#: A child that could not run the tests at all.
BROKEN = 255

#: By test: how many seconds it takes, and the lines it passes.
Learned = dict[str, tuple[float, list[int]]]


class Passing:
    """A plugin that learns which lines of one file each test passes, and how long it takes."""

    def __init__(self, file: Path) -> None:
        """Watch this file."""
        self._file = str(file)
        self._lines: set[int] = set()
        self.learned: Learned = {}

    @pytest.hookimpl(hookwrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        """Watch one test."""
        self._lines, begun = set(), time.perf_counter()
        sys.settrace(self._called)
        threading.settrace(self._called)
        yield
        sys.settrace(None)
        threading.settrace(None)
        self.learned[item.nodeid] = (time.perf_counter() - begun, sorted(self._lines))

    def _called(self, frame: FrameType, event: str, argument: object) -> Any:  # noqa: ANN401 - sys.settrace
        return self._passed if frame.f_code.co_filename == self._file else None

    def _passed(self, frame: FrameType, event: str, argument: object) -> Any:  # noqa: ANN401 - sys.settrace
        self._lines.add(frame.f_lineno)
        return self._passed


class Order:
    """A plugin that puts the tests that pass some lines first, the quickest first."""

    def __init__(self, learned: Learned, lines: range) -> None:
        """Take what was learned, and the lines."""
        self._learned, self._lines = learned, set(lines)

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Sort."""
        items.sort(key=self._place)

    def _place(self, item: pytest.Item) -> tuple[bool, float]:
        seconds, lines = self._learned.get(item.nodeid, (0.0, []))
        return self._lines.isdisjoint(lines), seconds


class Trial:
    """One module, in a copy of the tree where it can be changed."""

    def __init__(self, module: str, tests: Sequence[str], copy: Path) -> None:
        """Take the module, as `domain/replay.py`, and the files of its tests; see that they pass as it is."""
        for heavy in HEAVY:
            importlib.import_module(heavy)
        self._tests = tests
        self._copy = copy
        self._path = copy / "ledger" / module
        self._source = self._path.read_bytes()
        self._seconds = 600.0
        self._learned = self._learn()

    def _learn(self) -> Learned:
        begun = time.monotonic()
        if self._run(Passing(self._path)) != pytest.ExitCode.OK:
            sys.exit(f"the tests fail before anything is flipped:\n{(self._copy / 'output').read_text()}")
        self._seconds = 10 + 3 * (time.monotonic() - begun)
        shutil.rmtree(self._path.parent / "__pycache__", ignore_errors=True)
        learned: Learned = json.loads((self._copy / "learned").read_text(encoding="utf-8"))
        return learned

    def survives(self, flip: Flip) -> bool:
        """Whether every test passes with this guard flipped; running too long counts as failing."""
        self._path.write_bytes(flip.in_place(self._source))
        try:
            return self._run(Order(self._learned, flip.lines)) == pytest.ExitCode.OK
        finally:
            self._path.write_bytes(self._source)

    def _run(self, plugin: Passing | Order) -> int | None:
        """The tests in a process of their own; gives pytest's exit code, None when time ran out."""
        process = os.fork()
        if process == 0:
            self._child(plugin)
        until = time.monotonic() + self._seconds
        ended, status = 0, 0
        while not ended and time.monotonic() < until:
            time.sleep(0.01)
            ended, status = os.waitpid(process, os.WNOHANG)
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process, signal.SIGKILL)
        if not ended:
            os.waitpid(process, 0)
            return None
        code = os.waitstatus_to_exitcode(status)
        if code == BROKEN:
            sys.exit(f"the tests could not be run:\n{(self._copy / 'output').read_text()}")
        return code

    def _child(self, plugin: Passing | Order) -> None:
        try:
            code = self._tests_here(plugin)
        except BaseException:
            traceback.print_exc()
            code = BROKEN
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)

    def _tests_here(self, plugin: Passing | Order) -> int:
        os.setsid()
        output = os.open(self._copy / "output", os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(output, 1)
        os.dup2(output, 2)
        os.chdir(self._copy)
        sys.path.insert(0, str(self._copy))
        os.environ["PYTHONPATH"] = str(self._copy)
        if isinstance(plugin, Order):
            sys.dont_write_bytecode = True
            os.environ["PYTHONDONTWRITEBYTECODE"] = "1"
        options = ["-x", "-q", "--assert=plain", "-p", "no:cacheprovider"]
        folders = [f"--rootdir={self._copy}", f"--basetemp={self._copy.parent}/tmp"]
        tests = [f"tests/{name}" for name in self._tests]
        code = pytest.main([*options, *folders, *tests], plugins=[plugin])
        if isinstance(plugin, Passing):
            import ledger

            assert Path(ledger.__file__).is_relative_to(self._copy), ledger.__file__
            (self._copy / "learned").write_text(json.dumps(plugin.learned), encoding="utf-8")
        return int(code)
