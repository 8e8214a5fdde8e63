"""How fast the program is with 300, 3,000 and 30,000 issues, as ratios taken in one run.

    python benchmarks/run.py [--issues 300,3000,30000] [--rounds 15] [--only WORD]

Y is `python -c "import typer"`, R is reading and parsing the same files with tomllib in one process, L is a
whole `ledger list`, S a whole `ledger stats`, and W openpyxl writing, in its write-only mode, the cells that
the command wrote into its workbook, each with its style. Each command is run right after its measure, round
by round, so that a machine that slows down slows both; a ratio is the median over the rounds. In brackets
stands the same of the time of all cores together, which other work on the machine touches less. Ledgers are
made from a seed, once, and kept in `.bench/`. Exits 1 when a goal is missed. Source of the goals:
DECISIONS.md D-39, D-102.
"""

from __future__ import annotations

import argparse
import compileall
import json
import os
import statistics
import sys
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from benchmarks import book, processes, sample  # noqa: E402 - the path above lets this run as a script
from benchmarks.processes import PROGRAM, READING, WRITING, YARDSTICK, Place  # noqa: E402

#: A word of two characters that some dozens of 30,000 issues hold, and one that most do.
RARE, COMMON = sample.RARE[0], "账实"
#: Rounds of what takes seconds.
_FEW = 3


class Row(NamedTuple):
    """One line of the table: a command among so many issues, and what was promised.

    Shape: `goal` counts in Y, R, L, S or W (`measure`); `per_second` counts issues, at least; `peak` MiB, at
        most. None where nothing is promised. `prepare` is typed once before.
    """

    name: str
    argv: tuple[str, ...]
    issues: int
    goal: float | None = None
    measure: str = "Y"
    per_second: int | None = None
    peak: int | None = None
    terminal: bool = False
    prepare: tuple[str, ...] = ()


_SOME = ("list", "--limit", "30")
_BOOK = ("report", "book", "-o", "book.xlsx")
_ADD = ("add", "台账登记不及时", "--unit", "办公室")
ROWS = (
    Row("--version", ("--version",), 300, 1.2),
    Row("--help", ("--help",), 300, 1.2),
    Row("list, 30 rows", _SOME, 300, 1.5),
    Row("list, 30 rows", _SOME, 3_000, 1.5),
    Row("list, 30 rows", _SOME, 30_000, 2.8),
    Row("list, 30 rows, terminal", _SOME, 300, 2.2, terminal=True),
    Row("list --status active", ("list", "--status", "active"), 30_000, 5.0, peak=48),
    Row("add", _ADD, 300, 1.6),
    Row("add", _ADD, 3_000),
    Row("add", _ADD, 30_000, 3.0),
    Row("stats", ("stats",), 3_000, 1.5),
    Row("stats", ("stats",), 30_000, 2.8),
    Row("search", ("search", RARE), 30_000, 3.3),
    Row("search, 30 issues", ("search", COMMON, "--limit", "30"), 30_000, 3.3),
    Row("due", ("due",), 30_000, 3.0, measure="L"),
    Row("letter propose", ("letter", "propose"), 30_000, 3.0, measure="L"),
    Row(
        "lookback sample",
        ("lookback", "sample", "R2026-1", "--dry-run"),
        30_000,
        3.0,
        measure="L",
        prepare=("lookback", "plan", "--title", "All", "--as-of", "2026-03-01"),
    ),
    Row("report status", ("report", "status"), 3_000, 2.0, measure="S"),
    Row("report status", ("report", "status"), 30_000, 2.0, measure="S"),
    Row("report book, xlsx", _BOOK, 3_000, 1.5, measure="W"),
    Row("report book, xlsx", _BOOK, 30_000, 1.5, measure="W"),
    Row("show 7", ("show", "7"), 300),
    Row("note 7.1", ("note", "7.1", "--text", "抽查公文40份"), 300),
    Row("check", ("check",), 300),
    Row("check", ("check",), 3_000),
    Row("check", ("check",), 30_000, per_second=10_000),
    Row("reindex", ("reindex",), 300),
    Row("reindex", ("reindex",), 3_000, measure="R"),
    Row("reindex", ("reindex",), 30_000, 0.32, measure="R", peak=200),
)


def main() -> None:
    """Make the ledgers, measure row by row, print one line each."""
    options = _options()
    compileall.compile_dir(str(ROOT / "ledger"), quiet=1)
    chosen = [row for row in ROWS if row.issues in options.issues and options.only in row.name]
    places = {count: book.kept(options.cache, count) for count in sorted({row.issues for row in chosen})}
    print(f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores; {options.rounds} paired rounds")
    base = statistics.median(
        processes.seconds(YARDSTICK, Place(options.cache)).clock for _ in range(options.rounds)
    )
    print(f"Y = {base * 1000:.0f} ms")
    if any(row.name.startswith("search") for row in chosen):
        _prove(places[30_000])
    missed = [_measured(row, places[row.issues], options.rounds) for row in chosen]
    print(f"load {os.getloadavg()[0]:.1f}; {sum(missed)} of {sum(map(_promised, chosen))} goals missed")
    sys.exit(any(missed))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--issues", type=lambda text: [int(each) for each in text.split(",")], default=[300, 3_000, 30_000],
        help="the sizes to measure, of 300, 3000 and 30000",
    )  # fmt: skip
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--only", default="", help="measure the rows whose name holds this word")
    parser.add_argument("--cache", type=Path, default=ROOT / ".bench", help="where ledgers are kept")
    options = parser.parse_args()
    options.cache.mkdir(exist_ok=True)
    return options


def _prove(place: Place) -> None:
    """That a search finds what looking at every title and every measure finds, before it is measured.

    Raises:
        SystemExit: it does not.
    """
    for word in (RARE, COMMON):
        answer = json.loads(processes.output((str(PROGRAM), "search", word, "--json"), place))
        found = [(hit["id"], hit["field"]) for hit in answer["hits"] if hit["field"] in ("title", "text")]
        by_hand = json.loads(processes.output((*READING, _records(place), word), place))
        issues = len({hit["issue_uid"] for hit in answer["hits"]})
        if sorted(found) != sorted(map(tuple, by_hand)):
            sys.exit(f"search {word}: {len(found)} titles and measures, by hand {len(by_hand)}")
        print(f"search {word}: {len(found)} titles and measures, as by hand; {issues} issues in all")


def _measured(row: Row, place: Place, rounds: int) -> bool:
    """Print one line of the table; gives whether something promised is missed."""
    command = (str(PROGRAM), *row.argv)
    if row.prepare:
        processes.output((str(PROGRAM), *row.prepare), place)
    processes.output(command, place)  # the index is there, and caches are warm
    run = processes.seconds_on_a_terminal if row.terminal else processes.seconds
    slow = row.issues > 3_000 and row.name in ("check", "reindex")
    bases = {
        "Y": YARDSTICK,
        "R": (*READING, _records(place)),
        "L": (str(PROGRAM), "list"),
        "S": (str(PROGRAM), "stats"),
        "W": (*WRITING, str(place.home / "book.cells")),
    }
    if row.measure == "W":
        processes.output((*WRITING, str(place.home / "book.xlsx"), "--keep"), place)
    base = bases[row.measure]
    ratio, of_cores, took = processes.ratio(
        _FEW if slow or row.measure in ("R", "W") else rounds,
        lambda: run(command, place),
        lambda: processes.seconds(base, place),
    )
    held = processes.peak(command, place)
    pace = row.issues / took
    verdicts = [
        (ratio, row.goal, f"<= {row.goal} {row.measure}", row.goal is not None and ratio > row.goal),
        (
            pace,
            row.per_second,
            f">= {row.per_second}/s",
            row.per_second is not None and pace < row.per_second,
        ),
        (held, row.peak, f"<= {row.peak} MiB", row.peak is not None and held > row.peak),
    ]
    said = ", ".join(
        f"{goal}: {'MISSED' if missed else 'kept'}" for _value, promised, goal, missed in verdicts if promised
    )
    measured = f"{took * 1000:8.0f} ms {ratio:6.2f} {row.measure} ({of_cores:5.2f}) {held:5.0f} MiB"
    speed = f" {pace:6.0f} issues/s" if row.name in ("check", "reindex") else ""
    print(f"{row.name:24} {row.issues:6} {measured}{speed}  {said}", flush=True)
    return any(missed for *_rest, missed in verdicts)


def _promised(row: Row) -> bool:
    return any(each is not None for each in (row.goal, row.per_second, row.peak))


def _records(place: Place) -> str:
    return str(place.ledger / "issues")


if __name__ == "__main__":
    main()
