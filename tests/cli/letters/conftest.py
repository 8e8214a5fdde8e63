"""An office that writes letters: three units, late and less late."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from ledger.domain.letter import LETTER, letter_of
from tests.cli.books import at, book, ready, rewrite

if TYPE_CHECKING:
    from ledger.domain.letter import Letter

TOWN = """
init 2025 --preset simple --lang en --org "Willow Town" --title "Round 5"
add "Papers are late" --unit Office --due 2025-06-15 -m "Rewrite the rules" -m "Train the clerks" --on 2025-01-02
add "Old debts" --unit Finance --due 2025-06-28 -m "Check each debt" --on 2025-01-02
add "Keys lost" --unit Office --due 2025-07-07 --on 2025-01-02
add "Nobody's work" --due 2025-06-01 --on 2025-01-02
add "No date at all" --unit Registry --on 2025-01-02
"""
PEOPLE = """
[[units]]
name = "Office"
aliases = ["General office"]

[[units]]
name = "Finance"
leader = "Gu"

[[units]]
name = "Registry"

[[persons]]
name = "Lin"
"""


@pytest.fixture
def town(run):
    """On Monday 30 June 2025 1.1 and 1.2 are 15 days late, 2.1 two, 3 has a week, 4 has nobody, 5 no date."""
    ready(run, TOWN)
    Path("ledgers/2025/people.toml").write_text(PEOPLE, encoding="utf-8", newline="\n")
    return run


JUNE = at("2025-06-30")
JULY = at("2025-07-01")
#: A letter about what is two days late on 30 June.
FREE = "letter draft 2.1 --rung supervise"


def letter(number: int) -> Letter:
    """A letter as its file has it."""
    return letter_of(book().find(number, LETTER).state)


def told(run: Any, *words: str, **options: Any) -> dict[str, Any]:
    """What a command answers in JSON."""
    return json.loads(run.ok(*words, "--json", **options))


def proposed(run: Any, day: str, *words: str) -> list[tuple[str, str | None, list[str], list[str]]]:
    """What the rules call for on a day: rung, unit, ids, and the rule of each."""
    found = told(run, "letter", "propose", *words, "--as-of", day, **at("2025-12-31"))["proposals"]
    return [(each["rung"], each["unit"], *_items(each["items"])) for each in found]


def _items(rows: list[dict[str, Any]]) -> tuple[list[str], list[str]]:
    rules = (
        ":".join(str(one) for one in (row["rule"], row["light"], row["letter"] or row["figure"]) if one)
        for row in rows
    )
    return [row["id"] for row in rows], list(rules)


def settings(text: str) -> None:
    """Add to the settings with an editor."""
    path = Path("ledgers/2025/ledger.toml")
    path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8", newline="\n")


__all__ = ["FREE", "JULY", "JUNE", "letter", "proposed", "rewrite", "settings", "told", "town"]
