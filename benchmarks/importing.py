"""How fast a workbook of 30,000 rows comes in, as a ratio to openpyxl's own reading of that file in one run.

    python benchmarks/importing.py [--rows 30000] [--rounds 5]

Both are whole processes, run in turn: openpyxl opens the workbook for reading alone and goes through its
rows; the program, in an empty ledger, reads it in its child process, makes issues of it and prints what
it would enter. Three workbooks: texts in the cells, texts shared between cells as spreadsheet programs
write them, and the same with cells merged downwards. Exits 1 when a goal is missed. Source of the goals:
DECISIONS.md D-39.
"""

from __future__ import annotations

import argparse
import compileall
import random
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

ROOT = Path(__file__).resolve().parent.parent
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from benchmarks import processes, sample  # noqa: E402 - the path above lets this run as a script
from benchmarks.processes import PROGRAM, Place  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

#: Times openpyxl's own reading, and MiB of the largest process.
_MOST, _PEAK = 1.5, 500
_READING = """
import sys, openpyxl
for sheet in openpyxl.load_workbook(sys.argv[1], read_only=True, data_only=True):
    for row in sheet.iter_rows(values_only=True):
        pass
"""
_HEADER = (
    "序号",
    "问题类别",
    "反馈问题",
    "整改措施",
    "责任领导",
    "责任单位",
    "责任人",
    "完成时限",
    "完成情况",
    "是否销号",
    "备注",
)
_DUE = ("2025年6月底前", "2025-09-30", "长期坚持", "立行立改", "2025年第三季度")
#: Rows of one issue in the workbook with merged cells.
_GROUP = 3


def main() -> None:
    """Print one line a workbook."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=30_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--cache", type=Path, default=ROOT / ".bench", help="where the workbooks are made")
    options = parser.parse_args()
    compileall.compile_dir(str(ROOT / "ledger"), quiet=1)
    place = Place(options.cache / "importing")
    if not place.ledger.exists():
        (place.home / "ledgers").mkdir(parents=True)  # or the ledger is made in the workspace around it
        processes.output((str(PROGRAM), "init", "bench", "--no-input"), place)
    made = [_measured(name, make, options.rows, options.rounds, place) for name, make in _BOOKS.items()]
    sys.exit(any(made))


def _measured(name: str, make: Callable[[Path, int], None], rows: int, rounds: int, place: Place) -> bool:
    """Print one line; gives whether a goal is missed."""
    path = place.home / f"{name}-{rows}.xlsx"
    if not path.exists():
        make(path, rows)
    mine = (str(PROGRAM), "import", str(path), "--dry-run", "--no-input")
    base = (sys.executable, "-c", _READING, str(path))
    processes.output(mine, place)
    ratio = processes.ratio(
        rounds, lambda: processes.seconds(mine, place), lambda: processes.seconds(base, place)
    )
    held = processes.peak(mine, place)
    missed = ratio.clock > _MOST or held > _PEAK
    told = f"{ratio.seconds:6.2f} s {ratio.clock:5.2f} ({ratio.cores:.2f}) {held:4.0f} MiB"
    print(
        f"{name:8} {rows:6} rows {told}  <= {_MOST}, <= {_PEAK} MiB: {'MISSED' if missed else 'kept'}",
        flush=True,
    )
    return missed


def _rows(rows: int, *, grouped: bool) -> Iterator[list[Any]]:
    source = random.Random(4)
    for at in range(rows):
        first = not grouped or at % _GROUP == 0
        yield [
            at // _GROUP + 1 if grouped and first else at + 1 if first else None,
            source.choice(sample.CATEGORIES) if first else None,
            f"{sample.title(source)}{at}" if first else None,
            f"{sample.title(source)}，{sample.title(source)}{at}",
            source.choice(sample.PERSONS) if first else None,
            source.choice(sample.UNITS) if first else None,
            source.choice(sample.PERSONS),
            source.choice(_DUE),
            source.choice(("已完成", "正在推进")),
            source.choice(("是", "否")),
            None,
        ]


def _inline(path: Path, rows: int) -> None:
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    page = book.create_sheet("台账")
    for row in (["某某局整改台账"], _HEADER, *_rows(rows, grouped=False)):
        page.append(row)
    book.save(path)


def _shared(path: Path, rows: int, *, grouped: bool = False) -> None:
    from openpyxl import Workbook
    from openpyxl.worksheet.cell_range import CellRange

    book = Workbook()
    page = book.active
    for row in (["某某局整改台账"], _HEADER, *_rows(rows, grouped=grouped)):
        page.append(row)
    if grouped:  # merge_cells would look through all cells for each range
        tops = range(3, rows - _GROUP + 3, _GROUP)
        page.merged_cells.ranges = {
            CellRange(f"{letter}{top}:{letter}{top + _GROUP - 1}") for top in tops for letter in "ABCEF"
        }
    book.save(path)


def _merged(path: Path, rows: int) -> None:
    _shared(path, rows, grouped=True)


_BOOKS = {"inline": _inline, "shared": _shared, "merged": _merged}


if __name__ == "__main__":
    main()
