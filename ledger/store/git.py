"""A repository as the ledger sees it: what it has of a path, and what it shall have; never what it would run.

Files go in as their bytes are, without filters; see DECISIONS.md D-38.
"""

from __future__ import annotations

import datetime as dt
import os
from gettext import gettext as _
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Final, NamedTuple

from ledger.errors import NotFoundError, RefusedError
from ledger.store import rungit
from ledger.store.gitindex import Index, patiently
from ledger.store.rungit import GitError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

__all__ = ["GitError", "Repository", "Stage", "find"]

#: The largest file read out of a repository. Units: bytes. Git hosts refuse more than 100 MiB.
LARGEST: Final = 100 * 2**20

#: What git calls a plain file, and one that may be run. Source: git-fast-import(1), "filemodify".
_PLAIN: Final = ("100644", "100755")

#: What lies in a repository's folder while git waits for a person to finish something.
_UNFINISHED: Final = {
    "rebase-merge": "rebase",
    "rebase-apply": "rebase",
    "MERGE_HEAD": "merge",
    "CHERRY_PICK_HEAD": "cherry-pick",
    "REVERT_HEAD": "revert",
}


class Stage(NamedTuple):
    """One of the versions of a file that git could not merge.

    Shape: `path` is relative to the repository's root; `number` is 1 for the common ancestor, 2 and 3 for
        the sides (swapped in a rebase); `blob` is the hash of its content.
    """

    path: PurePosixPath
    number: int
    blob: str


def find(folder: Path) -> Repository | None:
    """The repository around `folder`; nothing when there is none, or no git.

    Raises:
        RefusedError: git does not trust the folder's owner.
        StorageError: there is one, and git cannot read it.
    """
    if rungit.program() is None:
        return None
    try:
        said = rungit.run(folder, ["rev-parse", "--show-toplevel", "--absolute-git-dir"])
    except GitError as error:
        if "not a git repository" in error.said or "must be run in a work tree" in error.said:
            return None
        raise
    root, own = (Path(os.fsdecode(line)) for line in said.splitlines())
    return Repository(root, own) if folder.resolve().is_relative_to(root.resolve()) else None


def start(folder: Path) -> None:
    """Make a repository of a folder.

    Raises:
        StorageError: git is not there, or refuses.
    """
    rungit.run(folder, ["init", "--quiet"])


class Repository:
    """A repository with a working tree.

    Shape: every path given or returned is relative to `root`. `own` is git's folder for this working tree.
    """

    def __init__(self, root: Path, own: Path) -> None:
        """Take it as `find` found it."""
        self.root = root
        self.own = own
        self._index = Index(root)

    def relative(self, path: Path) -> PurePosixPath:
        """A path of this machine as the repository names it.

        Raises:
            RefusedError: it lies outside.
        """
        place = path.parent.resolve() / path.name
        try:
            return PurePosixPath(place.relative_to(self.root.resolve()).as_posix())
        except ValueError:
            message = _("{path} lies outside the repository {root}")
            raise RefusedError(message.format(path=path.as_posix(), root=self.root.as_posix())) from None

    # --- looking ---------------------------------------------------------------------------------------

    def resolve(self, commit: str) -> str | None:
        """The hash of the commit meant by a hash, a tag or a branch; nothing when git knows none."""
        if not commit or commit[0] in "-:" or not commit.isprintable():
            return None
        try:
            return self._line(["rev-parse", "--verify", "--quiet", f"{commit}^{{commit}}"])
        except GitError:
            return None

    def head(self) -> str | None:
        """The commit the working tree stands on; nothing before the first."""
        return self.resolve("HEAD")

    def parents(self, commit: str) -> list[str]:
        """The commits a commit was made from: none, one, or two and more for a merge."""
        return self._line(["rev-list", "--parents", "--max-count=1", self._known(commit)]).split()[1:]

    def made_at(self, commit: str) -> dt.datetime:
        """The moment a commit was made, with its offset.

        Raises:
            NotFoundError: git does not know the commit.
        """
        lines = self._run(["cat-file", "commit", self._known(commit)]).split(b"\n\n")[0].splitlines()
        words = next(line for line in lines if line.startswith(b"committer ")).decode("ascii", "replace")
        seconds, offset = words.split()[-2:]
        minutes = int(offset[-4:-2]) * 60 + int(offset[-2:])
        zone = dt.timezone(dt.timedelta(minutes=-minutes if offset[0] == "-" else minutes))
        return dt.datetime.fromtimestamp(int(seconds), zone)

    def commits(self, path: PurePosixPath, *, start: str = "HEAD") -> list[str]:
        """The commits up to `start` that changed `path`, the newest first; lost sides of merges too."""
        known = self.resolve(start)
        if known is None:
            return []
        said = self._run(["rev-list", "--full-history", known, "--", str(path)])
        return said.decode("ascii").split()

    def ever(self, under: PurePosixPath) -> set[PurePosixPath]:
        """Every path under a folder that a commit up to the last one ever had, gone ones too."""
        known = self.head()
        if known is None:
            return set()
        asked = ["log", "--format=", "--name-only", "--no-renames", "--diff-filter=A", "-z", known]
        said = os.fsdecode(self._run([*asked, "--", str(under)]))
        return {PurePosixPath(path.strip("\n")) for path in said.split("\0") if path.strip("\n")}

    def tree(self, commit: str, under: PurePosixPath) -> dict[PurePosixPath, str]:
        """The plain files a commit has under a folder, with the hash of each content.

        Raises:
            NotFoundError: git does not know the commit.
        """
        where = [] if under == PurePosixPath() else [f"{under}/"]
        said = self._run(["ls-tree", "-r", "-z", "--full-tree", self._known(commit), "--", *where])
        rows = (row.split("\t", 1) for row in os.fsdecode(said).split("\0") if row)
        return {PurePosixPath(path): words.split()[2] for words, path in rows if words.split()[0] in _PLAIN}

    def files(self, commit: str, under: PurePosixPath) -> list[PurePosixPath]:
        """The paths of the plain files a commit has under a folder, sorted."""
        return sorted(self.tree(commit, under))

    def contents(self, names: Iterable[str], *, limit: int = LARGEST) -> Iterator[bytes | None]:
        """The contents git has under each name (a hash, or ``COMMIT:PATH``), in order.

        Shape: None where there is none, or more than `limit` bytes.
        """
        return rungit.contents(self.root, names, limit=limit)

    def blob(self, oid: str) -> bytes:
        """The content of that hash.

        Raises:
            NotFoundError: git has none.
        """
        (data,) = self.contents([oid])
        if data is None:
            raise NotFoundError(_("git has no content {hash}").format(hash=oid), _("run git fsck there"))
        return data

    def show(self, commit: str, path: PurePosixPath) -> bytes | None:
        """The file at `path` as a commit has it; nothing when it has none.

        Raises:
            NotFoundError: git does not know the commit.
        """
        (data,) = self.contents([f"{self._known(commit)}:{path}"])
        return data

    def unmerged(self, under: PurePosixPath) -> list[Stage]:
        """The versions of every file under a folder that git left to a person, by path and number."""
        found = []
        for row in os.fsdecode(self._run(["ls-files", "-u", "-z", "--", str(under)])).split("\0"):
            words, tab, path = row.partition("\t")
            if tab:
                _mode, blob, number = words.split()
                found.append(Stage(PurePosixPath(path), int(number), blob))
        return sorted(found)

    def unfinished(self) -> str | None:
        """What git waits for a person to finish: a merge, a rebase …; nothing when it waits for nothing."""
        return next((kind for name, kind in _UNFINISHED.items() if (self.own / name).exists()), None)

    def is_rebasing(self) -> bool:
        """Whether a rebase is under way: then stage 2 is theirs and stage 3 is ours."""
        return self.unfinished() == "rebase"

    def tracked(self, under: PurePosixPath) -> list[PurePosixPath]:
        """The files under a path that are in the index, sorted."""
        listed = os.fsdecode(self._run(["ls-files", "-z", "--", str(under)])).split("\0")
        return sorted({PurePosixPath(path) for path in listed if path})

    def hooks(self) -> Path:
        """Where hooks lie that belong to this repository alone."""
        common = os.fsdecode(self._run(["rev-parse", "--git-common-dir"])).strip("\n")
        return self.root / common / "hooks"

    def hooks_elsewhere(self) -> str | None:
        """The folder the settings name for hooks; nothing when they are where git has them."""
        asked = ["config", "--show-scope", "--get-all", "core.hooksPath"]
        rows = os.fsdecode(self._run(asked)).splitlines()
        named = [row.partition("\t")[2] for row in rows if not row.startswith("command\t")]
        return named[-1] if named else None

    def ignores_all(self, paths: Sequence[PurePosixPath]) -> bool:
        """Whether the user told git to ignore every one of these paths."""
        return not self._index.wanted(paths)

    def incoming(self) -> str | None:
        """The commit that is being merged or picked; nothing when git names none."""
        named = {"merge": "MERGE_HEAD", "rebase": "REBASE_HEAD", "cherry-pick": "CHERRY_PICK_HEAD"}
        name = named.get(self.unfinished() or "")
        return None if name is None else self.resolve(name)

    def merged_in(self) -> list[str]:
        """The commits that a merge under way brings in: several when git merges several branches at once."""
        try:
            return (self.own / "MERGE_HEAD").read_text("ascii").split()
        except FileNotFoundError:
            return []

    # --- changing --------------------------------------------------------------------------------------

    def add(self, paths: Sequence[PurePosixPath]) -> None:
        """Take the files as they lie there into the index; a conflict on them is settled by that.

        Raises:
            RefusedError: a filter stands on one of them, which only git itself may run.
        """
        self._index.enter(self._index.entries(paths))
        # Once more by name, now that nothing can stand in between: git then knows the files as unchanged, and
        # a merge can still be aborted.
        self._run(["update-index", "--", *(str(path) for path in paths if self._index.is_there(path))])

    def forget(self, paths: Sequence[PurePosixPath]) -> bool:
        """Take the paths out of the index, leaving the files; whether any was there."""
        listed = self._run(["ls-files", "-z", "--", *map(str, paths)]) if paths else b""
        if listed:
            self._index.enter(self._index.gone(paths))
        return bool(listed)

    def commit(self, paths: Sequence[PurePosixPath], message: str) -> str | None:
        """Commit these paths as they lie there, gone ones too, and nothing else; gives the commit.

        Shape: what else is staged stays staged. Nothing is committed, and None given, when the last
            commit has them all like this, or the user told git to ignore them.

        Raises:
            RefusedError: git is in the middle of a merge or a rebase; or a filter stands on a path.
            StorageError: git could not.
        """
        if (doing := self.unfinished()) is not None:
            raise RefusedError(
                _("git is in the middle of a {what}").format(what=doing),
                _("finish it with git, then commit what this command wrote"),
            )
        entries = self._index.entries(self._index.wanted(paths))
        if not entries:
            return None
        # The index first: should what follows fail, the files are staged, and the next commit undoes nothing.
        self._index.enter(entries)
        return patiently(lambda: self._index.commit(entries, message, self.head()))

    def _known(self, commit: str) -> str:
        found = self.resolve(commit)
        if found is None:
            raise NotFoundError(
                _("git knows no commit {name}").format(name=commit), _("see them with: git log --oneline")
            )
        return found

    def _line(self, arguments: Sequence[str]) -> str:
        return self._run(arguments).decode("ascii").strip()

    def _run(self, arguments: Sequence[str]) -> bytes:
        return rungit.run(self.root, arguments)
