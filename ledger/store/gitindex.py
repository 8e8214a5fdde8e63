"""Putting files into a repository as their bytes are: into its index, and into a commit of their own."""

from __future__ import annotations

import os
import tempfile
import time
from gettext import gettext as _
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar

from ledger.errors import RefusedError
from ledger.store import rungit
from ledger.store.rungit import GitError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import PurePosixPath

T = TypeVar("T")

#: How often a write is tried while another git holds its lock, and the first wait. Units: seconds.
#: Source: RELIABILITY A11.
_TRIES: Final = 6
_WAIT: Final = 0.05

#: What git says when another one has the lock. Source: git's lockfile.c, refs/files-backend.c.
_BUSY: Final = (".lock': File exists", "cannot lock ref", "is at ")


class Index:
    """The index of a repository, and commits made beside it.

    Shape: paths are relative to the repository's root; an entry is a line of `update-index --index-info`,
        which says what a path shall be.
    """

    def __init__(self, root: Path) -> None:
        """Take the repository with that root."""
        self.root = root

    def wanted(self, paths: Sequence[PurePosixPath]) -> list[PurePosixPath]:
        """The paths without those the user told git to ignore."""
        given = b"".join(b"./" + os.fsencode(str(path)) + b"\0" for path in paths)
        # It knows no patterns, and refuses to be told that there are none.
        plain = {"GIT_LITERAL_PATHSPECS": "0"}
        ignored = rungit.run(
            self.root, ["check-ignore", "-z", "--stdin"], given=given, variables=plain, fine=(0, 1)
        )
        names = set(os.fsdecode(ignored).split("\0"))
        return [path for path in paths if f"./{path}" not in names]

    def entries(self, paths: Sequence[PurePosixPath]) -> list[str]:
        """What each path shall be: the file as it lies there, or gone.

        Raises:
            RefusedError: a filter stands on one of them, which only git itself may run.
        """
        there = [path for path in paths if self.is_there(path)]
        self._nothing_filtered(there)
        given = b"".join(b"./" + os.fsencode(str(path)) + b"\n" for path in there)
        said = self._run(["hash-object", "-w", "--no-filters", "--stdin-paths"], given=given)
        kept = [f"100644 {blob}\t{path}" for path, blob in zip(there, _words(said), strict=True)]
        return [*self.gone([path for path in paths if path not in set(there)]), *kept]

    def gone(self, paths: Sequence[PurePosixPath]) -> list[str]:
        """The entries that take paths out."""
        if not paths:
            return []
        wide = _words(self._run(["rev-parse", "--show-object-format"])) == ["sha256"]
        nothing = "0" * (64 if wide else 40)
        return [f"0 {nothing}\t{path}" for path in paths]

    def is_there(self, path: PurePosixPath) -> bool:
        """Whether a plain file lies at a path."""
        if "\n" in str(path):
            raise RefusedError(_("{path} has a line feed in its name").format(path=repr(str(path))))
        place = self.root / path
        return place.is_file() and not place.is_symlink()

    def enter(self, entries: Iterable[str], *, index: Path | None = None) -> None:
        """Put entries into the repository's index, or into another one."""
        given = b"".join(os.fsencode(entry) + b"\0" for entry in entries)
        patiently(lambda: self._run(["update-index", "-z", "--index-info"], given=given, index=index))

    def commit(self, entries: Iterable[str], message: str, head: str | None) -> str | None:
        """Make a commit of these entries on top of `head`, whatever else is staged; None if it has them."""
        with tempfile.TemporaryDirectory(prefix="ledger-git-") as folder:
            index = Path(folder) / "index"
            self._run(["read-tree", *([head] if head else ["--empty"])], index=index)
            self.enter(entries, index=index)
            # All of it is in the last commit or was written just now: not looked for once more.
            (tree,) = _words(self._run(["write-tree", "--missing-ok"], index=index))
        if head is not None and [tree] == _words(self._run(["rev-parse", "--verify", f"{head}^{{tree}}"])):
            return None
        parent = ["-p", head] if head else []
        (made,) = _words(self._run(["commit-tree", tree, *parent, "-F", "-"], given=message.encode()))
        title = f"commit: {message.splitlines()[0]}"
        self._run(["update-ref", "-m", title, "HEAD", made, head or ""])
        return made

    def _nothing_filtered(self, paths: Sequence[PurePosixPath]) -> None:
        given = b"".join(os.fsencode(str(path)) + b"\0" for path in paths)
        words = os.fsdecode(self._run(["check-attr", "-z", "--stdin", "filter"], given=given)).split("\0")
        for path, value in zip(words[::3], words[2::3], strict=False):
            if value not in ("unspecified", "unset"):
                message = _("git's filter {name} stands on {path}, and ledger runs no filters")
                raise RefusedError(
                    message.format(name=value, path=path),
                    _("commit it yourself, with git add and git commit"),
                )

    def _run(self, arguments: Sequence[str], *, given: bytes = b"", index: Path | None = None) -> bytes:
        variables = {} if index is None else {"GIT_INDEX_FILE": str(index)}
        return rungit.run(self.root, arguments, given=given, variables=variables)


def _words(said: bytes) -> list[str]:
    return said.decode("ascii").split()


def patiently(work: Callable[[], T]) -> T:
    """Do it, again while another git holds the lock it needs."""
    for wait in (_WAIT * 2**each for each in range(_TRIES - 1)):
        try:
            return work()
        except GitError as error:
            if not any(words in error.said for words in _BUSY):
                raise
        time.sleep(wait)
    return work()
