"""Where half-done transactions lie: what every reader looks for first, and nothing more."""

from __future__ import annotations

import os
from contextlib import ExitStack
from gettext import gettext as _
from typing import TYPE_CHECKING, Final, TypeVar

from ledger.errors import LedgerError, LockedError, StorageError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

T = TypeVar("T")

#: Where half-done transactions lie, under `ledgers/.state/`. Source: DECISIONS.md D-13.
FOLDER: Final = "txn"

#: What a transaction intends, from its commit point on: from here on it will be finished.
COMMITTED: Final = "commit.json"

#: How often who reads several records looks again when they change under its eyes.
_ROUNDS: Final = 20


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


def at_one_moment(state: Path, look: Callable[[], T]) -> T:
    """What a look at several records shows, with no change of several of them half in it.

    Shape: `look` is done again when such a change went through meanwhile, even if it failed. Where somebody
        writes all the time it is done once more while nobody may.

    Raises:
        LockedError: no quiet moment was found, and writers do not wait for us.

    Source: RELIABILITY §4, A5.
    """
    for _turn in range(_ROUNDS):
        before = _stamp(state)
        try:
            seen = look()
        except (LedgerError, OSError):
            if before == _stamp(state):
                raise
        else:
            if before == _stamp(state):
                return seen
    return _while_nobody_writes(state, look)


def _while_nobody_writes(state: Path, look: Callable[[], T]) -> T:
    from ledger.store.lock import locked  # hardly anybody gets here

    with ExitStack() as held:
        try:
            held.enter_context(locked(state, by="", command="reading"))
        except StorageError as error:
            message = _("others write to this workspace all the time, and it cannot be locked")
            raise LockedError(message, _("wait until they have ended, then run the command again")) from error
        return look()


def _stamp(state: Path) -> tuple[list[str], int]:
    """What is committed and not in place yet, and what changes with each change of several records."""
    waiting = [stage.name for stage in stages(state) if (stage / COMMITTED).exists()]
    try:
        return waiting, (state / FOLDER).stat().st_mtime_ns
    except FileNotFoundError:
        return waiting, 0
