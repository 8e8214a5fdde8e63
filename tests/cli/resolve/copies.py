"""What tests of `resolve` share: what is said, when each copy is worked on, and how it is kept."""

from __future__ import annotations

from tests.cli.repository import git

OPEN = "error: both copies changed it, and nobody said which counts: {fields}\nhint: decide on a terminal, or for all at once with --prefer mine|theirs|later|earlier\n"
GO_ON = "now: ledger check; then git commit or git rebase --continue\n"
NOON, EVENING = "2025-03-03T12:00:00+08:00", "2025-03-03T18:00:00+08:00"


def save(message: str = "x") -> None:
    """Commit all there is."""
    git("add", "-A")
    git("commit", "-q", "-m", message)
