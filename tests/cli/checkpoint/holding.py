"""What tests of checkpoints look at: records, their heads, and what holding the ledger against one finds."""

from __future__ import annotations

import json
from pathlib import Path

ISSUES = Path("ledgers/2025/issues")


def record(number: int) -> Path:
    """The file of an issue."""
    [path] = ISSUES.glob(f"{number:04d}-*.toml")
    return path


WHOLE = "held against the checkpoint of 2025-03-01T09:00:00+08:00: 3 records, 8 entries\n"


def faults(run, name: str = "kept.txt", *options: str) -> list[tuple[str, int, str]]:
    """What holding the ledger against a checkpoint finds: file, line and message."""
    result = run("check", "checkpoint", "--against", name, "--json", *options)
    found = json.loads(result.out)
    assert (result.code, found["against"]["kept"]) == ((7, False) if found["faults"] else (0, True))
    return [(each["file"], each["line"], each["message"]) for each in found["faults"]]


def head_of(number: int) -> tuple[str, int]:
    """The file of an issue, and the line its head stands on."""
    path = record(number)
    lines = path.read_text(encoding="utf-8").splitlines()
    return path.as_posix(), next(at for at, line in enumerate(lines, 1) if line.startswith("head"))
