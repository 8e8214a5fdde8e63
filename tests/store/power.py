"""A tree of files that changes, and a disk that stops: what the tests of transactions share."""

from __future__ import annotations

import errno
import io
import os
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

import pytest

from ledger.errors import StorageError
from ledger.store import transaction
from ledger.store.files import digest
from ledger.store.transaction import Change, commit, overlay, recover

if TYPE_CHECKING:
    from collections.abc import Callable


Tree = dict[str, bytes]

#: Two records change, one is new in a folder that is not there yet, one moves to another number.
BEFORE: Tree = {
    "a/issues/0001-x.toml": b"one\n",
    "a/issues/0002-y.toml": b"two\n" * 9000,
    "b/issues/0003-z.toml": b"three\n",
    "b/issues/0004-w.toml": b"untouched\n",
}
AFTER: Tree = {
    "a/issues/0001-x.toml": b"one, changed\n",
    "a/issues/0002-y.toml": b"",
    "a/letters/0001-n.toml": b"new\n",
    "b/issues/0009-z.toml": b"three, renumbered\n",
    "b/issues/0004-w.toml": b"untouched\n",
}


def changes(before: Tree = BEFORE, after: Tree = AFTER) -> list[Change]:
    """What leads from one tree to the other."""
    made = [
        Change(PurePosixPath(path), after.get(path), digest(before[path]) if path in before else None)
        for path in sorted(before.keys() | after.keys())
        if before.get(path) != after.get(path)
    ]
    assert len(made) == 5 or len(before) == 1
    return made


def lay_out(root: Path, tree: Tree = BEFORE) -> Path:
    """Write a tree; gives the folder transactions are kept in."""
    for path, data in tree.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(data)
    return root / ".state"


def seen(root: Path) -> Tree:
    """The records as a reader of the folders sees them; drafts are not among them."""
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in sorted(root.rglob("*.toml"))
        if not path.name.startswith(".") and ".state" not in path.parts
    }


def read_over(root: Path) -> Tree:
    """The records as a reader sees them that cannot write."""
    shown = seen(root)
    for path, data in overlay(root / ".state", root).items():
        shown.pop(path.as_posix(), None)
        if data is not None:
            shown[path.as_posix()] = data
    return shown


def everything(root: Path) -> Tree:
    """Every file there is."""
    return {
        path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()
    }


def leftovers(root: Path) -> list[str]:
    """Files that are of no tree."""
    return sorted(name for name in everything(root) if name not in seen(root))


class Stopped(BaseException):
    """The power went: nothing after this moment happens, not even tidying up."""


class Disk:
    """Every call that changes the disk, counted; from the n-th on it is dead, or the n-th alone fails.

    A stop comes `before` the call has its effect, or just `after`.
    """

    CALLS = ("replace", "link", "unlink", "fsync", "mkdir", "rmdir")

    def __init__(self, patch: pytest.MonkeyPatch, at: int, how: str) -> None:
        self.at, self.how, self.count = at, how, 0
        for name in self.CALLS:
            patch.setattr(os, name, self.wrapped(getattr(os, name)))
        patch.setattr(io, "open", self.wrapped(io.open))

    def wrapped(self, call: Callable[..., Any]) -> Callable[..., Any]:
        def counted(*given: Any, **named: Any) -> Any:
            self.count += 1
            if self.how == "fails":
                if self.count == self.at:
                    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            elif self.count > self.at or (self.count == self.at and self.how == "before"):
                raise Stopped
            done = call(*given, **named)
            if self.count == self.at and self.how == "after":
                if isinstance(done, io.IOBase):
                    done.close()
                raise Stopped
            return done

        return counted


def stopped_at(at: int, how: str, deed: Callable[[], object]) -> BaseException | None:
    """What ended the deed when the disk stopped at its n-th call; nothing when it had fewer."""
    with pytest.MonkeyPatch.context() as patch:
        Disk(patch, at, how)
        try:
            deed()
        except (Stopped, OSError, StorageError) as error:
            return error
    return None


def settled(root: Path, *, new: bool) -> None:
    """Recovery brings all-old or all-new, leaves nothing lying about, and a second run does nothing."""
    expected = AFTER if new else BEFORE
    recover(root / ".state", root, interrupted=True)
    assert seen(root) == expected
    assert leftovers(root) == []
    assert list((root / ".state" / "txn").glob("*")) == []
    before = everything(root)
    assert recover(root / ".state", root) == []
    assert everything(root) == before


def half_done(root: Path) -> Path:
    """A ledger whose transaction was committed and then stopped before any file was in place."""
    state = lay_out(root)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(transaction, "_finish", lambda *_given: (_ for _ in ()).throw(Stopped))
        with pytest.raises(Stopped):
            commit(state, root, changes())
    return state
