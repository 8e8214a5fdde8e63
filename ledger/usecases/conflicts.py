"""What a merge or a rebase of git could not put together in a ledger, each record in its two versions."""

from __future__ import annotations

import re
from gettext import gettext as _
from typing import TYPE_CHECKING, Final, NamedTuple

from ledger.domain.ids import kept_of, short
from ledger.errors import ConflictError, DamageError, NotFoundError, RefusedError
from ledger.store import files, git, recordfile
from ledger.store import record as records
from ledger.store.unreadable import UnmergedRecordError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import PurePosixPath

    from ledger.domain.schema import Schema
    from ledger.store.book import Book
    from ledger.store.record import Record

#: Where a record says which one it is. Source: docs/contract.md §2.
_UID: Final = re.compile(rb'^uid = "([0-9A-Z]{26})"', re.MULTILINE)

#: The name of a record's file. Source: docs/contract.md §2.
_NAME: Final = re.compile(r"[0-9]{4,9}-[0-9a-z]{8}\.toml")
#: A line of a history, in whatever state the file around it is.
_ENTRY: Final = re.compile(rb"^  '(\{.*\})',\r?$", re.MULTILINE)


class Conflict(NamedTuple):
    """One record git could not merge, in its two versions.

    Shape: `id` is the number people use; `mine` or `theirs` is None where that side took the file away;
        `paths` are where it lies or lay, relative to the repository; `base` is what both went on from, None
        where git names no such version, or one that cannot be read.
    """

    id: str
    schema: Schema
    mine: Record | None
    theirs: Record | None
    paths: tuple[PurePosixPath, ...]
    base: Record | None = None


class Found(NamedTuple):
    """What git left to a person under a ledger.

    Shape: `others` are files that are no records, relative to the repository; `mark` is what changes when
        git goes on meanwhile.
    """

    conflicts: tuple[Conflict, ...]
    others: tuple[PurePosixPath, ...]
    mark: object


def repository(book: Book) -> git.Repository:
    """The git repository a ledger lies in.

    Raises:
        NotFoundError: there is none.
    """
    found = git.find(book.workspace.root)
    if found is None:
        raise NotFoundError(
            _("{folder} is in no git repository").format(folder=book.workspace.root.as_posix()),
            _("there is nothing to resolve without one; ledger check says what is wrong"),
        )
    return found


def mark(book: Book) -> object:
    """What changes when git goes on with a merge, or finishes it, or somebody writes into what it left."""
    repo = repository(book)
    stages = repo.unmerged(repo.relative(book.folder))
    there = {path: files.digest_at(repo.root / path) for path in {stage.path for stage in stages}}
    return stages, there, repo.head(), repo.incoming()


def found_in(book: Book) -> Found:
    """What git could not merge in a ledger, conflicts that were committed with their markers included.

    Shape: a record is among them as well when git merged its file without a word and lost an entry, as it
        may when it takes two records for one file that was renamed.

    Raises:
        NotFoundError: the ledger lies in no git repository.
        DamageError: a version cannot be read; it is named.
        RefusedError: git is merging more than two versions at once.
    """
    repo = repository(book)
    if len(repo.merged_in()) > 1:
        raise RefusedError(
            _("git is merging several branches at once, and only two versions can be put together"),
            _("take the merge back in git, then merge one branch after the other"),
        )
    marked = mark(book)
    stages = repo.unmerged(repo.relative(book.folder))
    folders = [_Folder(book, repo, schema, stages) for schema in book.schemas()]
    conflicts = sorted(
        (each for folder in folders for each in folder.conflicts()), key=lambda each: each.paths
    )
    known = {path for conflict in conflicts for path in conflict.paths}
    others = dict.fromkeys(stage.path for stage in stages if stage.path not in known)
    return Found(tuple(conflicts), tuple(others), marked)


class _Folder:
    """The records of one kind, in the versions of both sides.

    Shape: a record is known by the end of its file's name, which stays when it gets another number.
    """

    def __init__(self, book: Book, repo: git.Repository, schema: Schema, stages: list[git.Stage]) -> None:
        self.book = book
        self.repo = repo
        self.schema = schema
        self.place = repo.relative(book.folder / schema.folder)
        self.stages = [
            each for each in stages if each.path.parent == self.place and each.path.suffix == ".toml"
        ]
        self.names = files.names(book.folder / schema.folder)
        self.incoming = repo.incoming()
        sides = [self._side(number) for number in (2, 3)]
        self.mine, self.theirs = reversed(sides) if repo.is_rebasing() else sides

    def _side(self, number: int) -> Mapping[str, str]:
        """The contents one side has, by the ends of the names.

        Shape: from its commit, for the index may hold two versions already half merged; from the index
            where git names no commit.
        """
        if self.incoming is None:
            return {kept_of(each.path.name): each.blob for each in self.stages if each.number == number}
        return self._tree(self.repo.head() if number == 2 else self.incoming)

    def _tree(self, commit: str | None) -> dict[str, str]:
        tree = {} if commit is None else self.repo.tree(commit, self.place)
        return {kept_of(path.name): blob for path, blob in tree.items() if path.parent == self.place}

    def conflicts(self) -> Iterator[Conflict]:
        """Every record that is not put together yet."""
        for end in {*self._waiting(), *self._bereft()}:
            yield from self._conflict(end, self.mine.get(end), self.theirs.get(end))
        unmerged = {each.path.name for each in self.stages}
        for name in self.names:
            if name not in unmerged and self._has_markers(name):
                yield from self._committed(name)

    def _waiting(self) -> Iterator[str]:
        """Records git left to a person, by the names of the files and by what stands in them."""
        for stage in self.stages:
            if _NAME.fullmatch(stage.path.name):
                yield kept_of(stage.path.name)
            found = _UID.search(self.repo.blob(stage.blob)) if stage.number > 1 else None
            if found:
                yield f"{short(found[1].decode())}.toml"

    def _bereft(self) -> Iterator[str]:
        """Records that both sides have and whose file has lost an entry of one of them."""
        for end in self._touched():
            names = [name for name in self.names if kept_of(name) == end]
            kept = {line for name in names for line in self._lines(self.book.raw(name, self.schema))}
            sides = (self.repo.blob(side[end]) for side in (self.mine, self.theirs))
            if any(not self._lines(data) <= kept for data in sides):
                yield end

    def _touched(self) -> Iterator[str]:
        """Records both sides have, and in which what comes in may bring something."""
        if self.incoming is None:
            return
        parents = self.repo.parents(self.incoming)
        before = (
            self.mine if self.repo.unfinished() == "merge" else self._tree(parents[0] if parents else None)
        )
        came = self._tree(self.incoming)
        for end in self.mine.keys() & self.theirs.keys():
            if came[end] != before.get(end):
                yield end

    def _lines(self, data: bytes) -> set[str]:
        try:
            return set(recordfile.parse(data, path=self.book.shown("-", self.schema)).lines)
        except DamageError:
            return set()

    def _conflict(self, end: str, mine: str | None, theirs: str | None) -> Iterator[Conflict]:
        paths = {each.path for each in self.stages if kept_of(each.path.name) == end}
        paths |= {self.place / name for name in self.names if kept_of(name) == end}
        ours, others = (None if blob is None else self._version(blob, end) for blob in (mine, theirs))
        for name in (each for each in self.names if kept_of(each) == end):
            ours, others = self._continued(name, ours, others)
        found = ours or others
        if found is not None:
            number = int(found.state.fields.get("number", 0))
            name, base = self.schema.id_of(number), self._base(end)
            yield Conflict(name, self.schema, ours, others, tuple(sorted(paths)), base)

    def _base(self, end: str) -> Record | None:
        blobs = [each.blob for each in self.stages if each.number == 1 and kept_of(each.path.name) == end]
        try:
            return self._version(blobs[0], end) if blobs else None
        except DamageError:
            return None

    def _version(self, blob: str, end: str) -> Record:
        try:
            return records.read(self.repo.blob(blob), self.book.shown(f"…-{end}", self.schema), self.schema)
        except DamageError as error:
            message = _("one of the two versions cannot be read: {reason}").format(reason=error.message)
            raise DamageError(message, _("take one that is whole from git: ledger restore")) from error

    def _continued(
        self, name: str, mine: Record | None, theirs: Record | None
    ) -> tuple[Record | None, Record | None]:
        """Both versions, the longer one as the file has it when a command went on from it since.

        Raises:
            ConflictError: the file has entries that follow on neither version.
        """
        try:
            there = self.book.read(name, self.schema)
        except (DamageError, FileNotFoundError):
            return mine, theirs
        known = {entry.hash for version in (mine, theirs) if version for entry in version.entries}
        has = {entry.hash for entry in there.entries}
        if has <= known:
            return mine, theirs
        for version in sorted(filter(None, (theirs, mine)), key=lambda each: len(each.entries), reverse=True):
            if has.issuperset(entry.hash for entry in version.entries):
                return (there, theirs) if version is mine else (mine, there)
        message = _("{path} has entries that follow on neither of the two versions git has")
        raise ConflictError(
            message.format(path=there.path), _("put the file aside, then run it again: ledger resolve")
        )

    def _has_markers(self, name: str) -> bool:
        try:
            data = self.book.raw(name, self.schema)
            if b"<<<<<<<" in data and b">>>>>>>" in data:
                recordfile.parse(data, path=self.book.shown(name, self.schema))
        except UnmergedRecordError:
            return True
        except (DamageError, OSError):
            return False
        return False

    def _committed(self, name: str) -> Iterator[Conflict]:
        """The two versions behind conflict markers that somebody committed.

        Raises:
            DamageError: no merge had two versions with all that can be read in the file.
        """
        readable = set(_ENTRY.findall(self.book.raw(name, self.schema)))
        for commit in self.repo.commits(self.place / name):
            parents = self.repo.parents(commit)
            sides = [self._tree(parent).get(kept_of(name)) for parent in parents]
            known = {line for side in sides if side for line in _ENTRY.findall(self.repo.blob(side))}
            if len(sides) == 2 and readable <= known:
                yield from self._conflict(kept_of(name), *sides)
                return
        path = self.book.shown(name, self.schema)
        raise DamageError(
            _("{path}: no merge in git has the two versions between its conflict markers").format(path=path),
            _("take one that is whole from git: ledger restore"),
        )
