"""Flip every guard of a module, one at a time, and name those whose loss no test notices.

    python -m tools.guards [--calls] [--list] [--only PATTERN] [--again FILE] [MODULE …]

Each guard (tools/flips.py) is flipped in a copy of the working tree, where the tests that `tools/guards.toml`
names for the module are run: those that pass its lines first, the quickest first, until one fails. Running
too long counts as failing. The same file keeps the flips that change nothing anybody could see, and why.
Exits 1 when others survive. Needs a system that can fork.
"""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import sys
import tempfile
import time
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from tools.flips import Flip, flips_of
from tools.trial import Trial

if TYPE_CHECKING:
    from collections.abc import Sequence

ROOT = Path(__file__).resolve().parent.parent
TABLE = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))


class Tally(NamedTuple):
    """What became of the flips of one module, or of several."""

    noticed: int = 0
    survived: int = 0
    equal: int = 0

    def __str__(self) -> str:
        """The figures in one line."""
        words = f"{sum(self)} flips: {self.noticed} noticed, {self.survived} survived"
        return f"{words}, {self.equal} change nothing (tools/guards.toml says why)"


def main() -> None:
    """Name the survivors of each module asked for."""
    parser = argparse.ArgumentParser(description="Flip every guard and name what no test notices.")
    parser.add_argument("modules", nargs="*", metavar="MODULE", help="as domain/replay.py; all without")
    parser.add_argument("--calls", action="store_true", help="instead: drop calls whose answer nobody takes")
    parser.add_argument("--list", action="store_true", help="only list the flips")
    parser.add_argument("--only", default="", metavar="PATTERN", help="in functions whose name holds this")
    parser.add_argument("--again", type=Path, metavar="FILE", help="those that an earlier run named in FILE")
    chosen = parser.parse_args()
    named = chosen.again.read_text(encoding="utf-8") if chosen.again else ""
    tallies: list[Tally] = []
    for module in chosen.modules or TABLE["tests"]:
        source = (ROOT / "ledger" / module).read_text(encoding="utf-8")
        for outlived in _outlived(module, source):
            print(outlived)
        flips = flips_of(source, calls=chosen.calls)
        flips = [
            flip
            for flip in flips
            if re.search(chosen.only, flip.where) and (not named or _words(flip) in named)
        ]
        if chosen.list:
            print(*(_line(module, flip) for flip in flips), sep="\n")
        else:
            tallies.append(_tried(module, flips))
    if len(tallies) > 1:
        print("all:", Tally(*map(sum, zip(*tallies, strict=True))))
    sys.exit(any(tally.survived for tally in tallies))


def _tried(module: str, flips: Sequence[Flip]) -> Tally:
    """Flip the guards of one module, and print who survives."""
    begun = time.monotonic()
    equal = {(each["in"], each["guard"], each["flip"]) for each in TABLE["equal"].get(module, ())}
    tried = [flip for flip in flips if (flip.where, flip.guard, flip.flip) not in equal]
    survived = 0
    with tempfile.TemporaryDirectory() as folder:
        trial = Trial(module, TABLE["tests"][module], _copied(Path(folder).resolve() / "tree"))
        for flip in tried:
            if trial.survives(flip):
                survived += 1
                print(_line(module, flip), flush=True)
    tally = Tally(len(tried) - survived, survived, len(flips) - len(tried))
    print(f"{module}: {tally}, {time.monotonic() - begun:.0f} s", flush=True)
    return tally


def _outlived(module: str, source: str) -> list[str]:
    """The flips of the table that no guard has any more."""
    flips = [*flips_of(source), *flips_of(source, calls=True)]
    there = {(each.where, each.guard, each.flip) for each in flips}
    rows = ((each["in"], each["guard"], each["flip"]) for each in TABLE["equal"].get(module, ()))
    return [
        f"tools/guards.toml: {module} has no more: in {row[0]}: {row[1]}" for row in rows if row not in there
    ]


def _line(module: str, flip: Flip) -> str:
    return f"ledger/{module}:{flip.lines.start}: {_words(flip)}"


def _words(flip: Flip) -> str:
    return f"in {flip.where}: {flip.guard}  →  {flip.flip}"


def _copied(folder: Path) -> Path:
    """The files of the working tree that git knows or would know."""
    listed = ["git", "-C", str(ROOT), "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    for name in subprocess.run(listed, check=True, capture_output=True, text=True).stdout.split("\0"):
        if name and (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, folder / name)
    return folder


if __name__ == "__main__":
    main()
