"""A ledger whose clues have limits, with three of them, or with a book full."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.books import at, typed

SETTINGS = """
[clues.route]
within_workdays = 3

[clues.verify]
within_days = 60

[clues.feedback]
within_days = 7

[clues.channels]
qr = "扫码反映"
"""


@pytest.fixture
def town(run):
    """A ledger whose clues have limits and a channel of their own."""
    run.ok("init", "2025", "--preset", "simple", "--lang", "en", **at("2025-01-02"))
    settings = Path("ledgers/2025/ledger.toml")
    settings.write_text(settings.read_text(encoding="utf-8") + SETTINGS, encoding="utf-8", newline="\n")
    return run


@pytest.fixture
def three(town):
    """Three clues on 2 June 2025: by telephone from somebody, through the box, and scanned."""
    day = at("2025-06-02")
    typed(
        town,
        """
        clue add "Fines without receipts" --channel phone --source "Mr Wen" --unit Squad
        clue add "Keys lost" --channel mailbox --received-on 2025-05-30
        clue add "Road dug up" --channel qr --unit Roads
        """,
        **day,
    )
    return town


@pytest.fixture
def many(three):
    """Seven clues at every stage, in June and July 2025."""
    typed(
        three,
        """
        clue add "A" --channel phone --unit Squad --on 2025-06-10
        clue add "B" --channel phone --unit Roads --source Gu --on 2025-07-01
        clue add "C" --channel visit --on 2025-07-02
        clue add "D" --channel visit --on 2025-07-02
        clue route C1,C2,C3,C4 --to Inspection --on 2025-06-11
        clue verify C1 C2 --outcome founded --on 2025-06-20
        clue verify C3 --outcome unfounded --on 2025-06-24
        clue issue C1 --on 2025-06-23
        clue conclude C3 --on 2025-06-24
        clue transfer C5 --to Court --on 2025-07-03
        clue result C5 -t fined --on 2025-07-10
        void C7 --why "entered twice" --on 2025-07-10
        """,
        **at("2025-07-10"),
    )
    return three
