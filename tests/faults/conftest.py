"""How much is tried, what came of it, and the ledgers it is tried on.

`make soak` sets TAIZHANG_SOAK: then everything is tried, and the figures are printed. Only writes of the disposable
index, most of a command's calls, are tried in turns, by one command this, by another that; `make soak SOAK=all` tries
them all.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, NamedTuple

import pytest

from tests.faults import deeds, oracle, tracing
from tests.faults.forked import Program

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.conftest import Runner

SOAK = bool(os.environ.get("TAIZHANG_SOAK"))
ALL = os.environ.get("TAIZHANG_SOAK") == "all"


class Case(NamedTuple):
    """A deed, the ledger it is done in, what holds before and after, and the calls it makes."""

    deed: deeds.Deed
    template: Path
    judge: oracle.Judge
    calls: tuple[tracing.Call, ...]

    def laid_out(self, folder: Path) -> Path:
        """A fresh copy of the ledger."""
        shutil.rmtree(folder, ignore_errors=True)
        return shutil.copytree(self.template, folder)


class Shelf:
    """What every test of a process shares: the program ready to fork, and each deed made ready once."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._program: Program | None = None
        self._cases: dict[str, Case] = {}

    @property
    def program(self) -> Program:
        if sys.platform == "win32":
            pytest.skip("a program that forks is a thing of Unix")
        if self._program is None:
            self._program = Program()
        return self._program

    def close(self) -> None:
        if self._program is not None:
            self._program.__exit__()

    def ledger(self, run: Runner) -> Path:
        """The ledger the deeds are done in; not to be changed."""
        home = self.folder / "story"
        if not home.exists():
            home.mkdir()
            deeds.settle(home, run)
        return home

    def case(self, name: str, run: Runner, calls: str = "") -> Case:
        """A deed made ready; with `calls` it is done once under strace, to see which it makes."""
        key = f"{name} {calls}"
        if key not in self._cases:
            self._cases[key] = self._made(name, run, calls)
        return self._cases[key]

    def _made(self, name: str, run: Runner, calls: str) -> Case:
        deed = {**deeds.DEEDS, **deeds.OTHERS}[name]
        template = self.folder / f"before-{len(self._cases)}"
        shutil.copytree(self.ledger(run), template)
        deed.prepare(template, run)
        before = oracle.told(shutil.copytree(template, self.folder / "try"))
        shutil.rmtree(self.folder / "try")
        done = shutil.copytree(template, self.folder / "try")
        log = self.folder / "log"
        if calls:
            with tracing.traced(self.program, log, calls):
                running = self.program.start(done, deed.words, fixed=True)
                ended = running.wait()
            made = tuple(tracing.calls_of(log, running.pid))
        else:
            ended, made = self.program.run(done, *deed.words, fixed=True), ()
        assert (ended.code, name) == (0, name), ended
        after = oracle.told(done)
        assert (name, after.faults) == (name, [])
        shutil.rmtree(done)
        return Case(deed, template, oracle.Judge(before, after), made)


@pytest.fixture(scope="session")
def _shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shelf]:
    shelf = Shelf(tmp_path_factory.mktemp("faults"))
    yield shelf
    shelf.close()


@pytest.fixture
def shelf(_shelf: Shelf, _alone: None) -> Shelf:
    """The ledgers and the program, made ready in a test's own surroundings."""
    return _shelf


@pytest.fixture
def figures(record_property: Callable[[str, object], None]) -> Iterator[Counter[str]]:
    """What was tried and found, to be printed by `make soak`."""
    counted: Counter[str] = Counter()
    yield counted
    record_property("figures", dict(counted))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """The figures of all tests, added up by the first word of each."""
    totals: dict[str, int] = defaultdict(int)
    for reports in terminalreporter.stats.values():
        for report in reports:
            if getattr(report, "when", "") == "teardown":
                for name, counted in report.user_properties:
                    if name == "figures":
                        for what, count in counted.items():
                            totals[what] += count
    if SOAK and totals:
        terminalreporter.section("figures")
        for what, count in sorted(totals.items()):
            terminalreporter.write_line(f"{count:>9,}  {what}")
