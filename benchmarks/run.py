"""How fast the program starts and reads, as ratios to `python -c "import typer"`.

    python benchmarks/run.py [--issues 300] [--rounds 15]

Each command is run right after the yardstick, round by round, so that a machine that slows down slows both; a
ratio is the median over the rounds. Exits 1 when a goal is missed.
"""

from __future__ import annotations

import argparse
import compileall
import os
import statistics
import subprocess
import sys
import sysconfig
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from benchmarks import book  # noqa: E402 - the path above lets this run as a script

PROGRAM = Path(sysconfig.get_path("scripts")) / ("ledger.exe" if os.name == "nt" else "ledger")
YARDSTICK = [sys.executable, "-c", "import typer"]


class Race(NamedTuple):
    """A command, and the most it may cost in yardsticks; None where nothing is promised yet."""

    name: str
    argv: tuple[str, ...]
    goal: float | None = None


#: Source of the goals: DECISIONS.md D-10.
RACES = (
    Race("--help", ("--help",), 1.3),
    Race("list", ("list",), 1.6),
    Race("list --json", ("list", "--json")),
    Race("show 7", ("show", "7")),
    Race("stats", ("stats",), 1.6),
    Race("stats --per", ("stats", "--per", "unit", "--json")),
    Race("add", ("add", "台账登记不及时", "--unit", "办公室"), 1.6),
    Race("note 7.1", ("note", "7.1", "--text", "抽查公文40份")),
    Race("check", ("check",)),
    Race("reindex", ("reindex",)),
)


def main() -> None:
    """Build the ledger, run the races, print one line each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--issues", type=int, default=300)
    parser.add_argument("--rounds", type=int, default=15)
    options = parser.parse_args()
    compileall.compile_dir(str(ROOT / "ledger"), quiet=1)
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        size = _build(home, options.issues)
        each = size / 1024 / options.issues
        print(f"{options.issues} issues of {each:.1f} KiB; {options.rounds} paired rounds")
        rounds = max(9, options.rounds)
        missed = [_report(race, _run(race, home, rounds)) for race in RACES if _starts(race, home)]
    sys.exit(any(missed))


def _environment(home: Path) -> dict[str, str]:
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("TAIZHANG_", "PYTHONDONTWRITEBYTECODE"))
    }
    return {
        **kept,
        "HOME": str(home),
        "XDG_CONFIG_HOME": str(home),
        "TAIZHANG_LANG": "zh",
        "TAIZHANG_ACTOR": "林某",
    }


def _build(home: Path, issues: int) -> int:
    command = [str(PROGRAM), "init", "bench", "--no-input"]
    subprocess.run(command, cwd=home, env=_environment(home), check=True, capture_output=True)
    return book.fill(home / "ledgers" / "bench", issues)


def _starts(race: Race, home: Path) -> bool:
    run = subprocess.run(
        [str(PROGRAM), *race.argv],
        cwd=home,
        env=_environment(home),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    if run.returncode:
        print(f"{race.name}: left out, it ends with {run.returncode}: {run.stderr.strip().splitlines()[:1]}")
    return run.returncode == 0


def _run(race: Race, home: Path, rounds: int) -> list[tuple[float, float]]:
    """The seconds the yardstick took and those the command took, round by round."""
    command = [str(PROGRAM), *race.argv]
    return [(_seconds(YARDSTICK, home), _seconds(command, home)) for _ in range(rounds)]


def _seconds(command: list[str], home: Path) -> float:
    """One whole process, its output read through a pipe."""
    began = time.perf_counter()
    subprocess.run(command, cwd=home, env=_environment(home), capture_output=True, check=True)
    return time.perf_counter() - began


def _report(race: Race, rounds: list[tuple[float, float]]) -> bool:
    """Print what a race took; gives whether its goal is missed."""
    ratio = statistics.median(mine / base for base, mine in rounds)
    took = statistics.median(mine for _base, mine in rounds) * 1000
    missed = race.goal is not None and ratio > race.goal
    verdict = "" if race.goal is None else f"goal {race.goal}: {'MISSED' if missed else 'kept'}"
    print(f"{race.name:12} {took:5.0f} ms  x{ratio:4.2f}  {verdict}")
    return missed


if __name__ == "__main__":
    main()
