"""Which forms that are programs somebody here has agreed to run: by their digest, on this machine alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ledger.store import files
from ledger.store.lock import locked

if TYPE_CHECKING:
    from pathlib import Path

#: The file in the workspace's state, one digest a line; git does not see it.
_FILE: Final = "trusted-forms"


def trusted(state: Path, digest: str) -> bool:
    """Whether a form with that SHA-256 was agreed to."""
    return digest in _kept(state)


def trust(state: Path, digest: str) -> None:
    """Remember that a form was agreed to.

    Raises:
        LockedError: another command is writing.
        StorageError: the disk refuses.
    """
    with locked(state, by="", command="report --form"):
        kept = sorted({*_kept(state), digest})
        path = state / _FILE
        files.write(path, "".join(f"{each}\n" for each in kept).encode(), expected=files.digest_at(path))


def _kept(state: Path) -> list[str]:
    try:
        return files.read(state / _FILE).decode("ascii", "replace").split()
    except FileNotFoundError:
        return []
