"""What tests of clues look at: a clue as its file has it, and answers in JSON."""

from __future__ import annotations

import json

from ledger.domain.clue import CLUE, clue_of
from tests.cli.books import at, book


def clue(number: int):
    """A clue as its file has it."""
    return clue_of(book().find(number, CLUE).state)


def told(run, *words: str, **options) -> dict:
    """What a command answers in JSON."""
    return json.loads(run.ok(*words, "--json", **options))


def ids(run, *words: str, now: str = "2025-07-10") -> list[str]:
    """The numbers of the clues a list shows."""
    return [row["id"] for row in told(run, "clue", "list", *words, **at(now))["rows"]]
