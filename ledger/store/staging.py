"""Where half-done transactions lie: what every reader looks for first, and nothing more."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

#: Where half-done transactions lie, under `ledgers/.state/`. Source: DECISIONS.md D-13.
FOLDER: Final = "txn"

#: What a transaction intends, from its commit point on: from here on it will be finished.
COMMITTED: Final = "commit.json"


def stages(state: Path) -> list[Path]:
    """The folders of half-done transactions, the oldest first."""
    try:
        with os.scandir(state / FOLDER) as entries:
            names = [entry.name for entry in entries if entry.is_dir(follow_symlinks=False)]
    except FileNotFoundError:
        return []
    return [state / FOLDER / name for name in sorted(names)]


def pending(state: Path) -> bool:
    """Whether a committed transaction waits to be finished."""
    return any((stage / COMMITTED).exists() for stage in stages(state))
