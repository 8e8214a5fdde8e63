"""What tests of `occur` and `roster` look at: measures on their page and in lists."""

from __future__ import annotations

import json

FIRST = "2025-01-06T09:00:00+08:00"
JULY = "2025-07-05"


def shown(run, word: str, day: str = JULY) -> dict:
    """A measure as `show --json` has it."""
    (found,) = json.loads(run.ok("show", word, "--json", "--today", day))["measures"]
    return found


def listed(run, day: str = JULY, *more: str) -> dict[str, dict]:
    """Measures as `list --json` has them, by id."""
    rows = json.loads(run.ok("list", "--measures", "--json", "--today", day, *more))["rows"]
    return {each["id"]: each for each in rows}
