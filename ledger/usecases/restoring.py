"""Records taken back from git: the newest version that is whole; nothing only the file has is lost."""

from __future__ import annotations

import re
from gettext import gettext as _
from gettext import ngettext
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, NamedTuple

from ledger.domain import register
from ledger.domain.entry import Entry, parse
from ledger.domain.ids import kept_of, parse_ids
from ledger.domain.kinds import FIXED, meant, schema_of
from ledger.domain.replay import replay
from ledger.domain.schema import ISSUE, Schema
from ledger.errors import DamageError, NotFoundError, RefusedError, UsageError
from ledger.store import files, git, index, recordfile, transaction
from ledger.store import record as records
from ledger.store.workspace import LEDGERS
from ledger.usecases import versioning
from ledger.usecases.change import Changed, Desk, writing

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Sequence

    from ledger.store.record import Record
    from ledger.usecases.versioning import Committed

#: Where files lie that a restored version took the place of, under `ledgers/.state/`.
KEPT = "kept"
#: A line that may hold an entry, however broken the file around it is.
_LINE = re.compile(r"^\s*'(\{.*\})'\s*,?\s*$", re.MULTILINE)
#: The name of a record's file. Source: docs/contract.md §2.
_NAME = re.compile(r"[0-9]{4,9}-[0-9a-z]{8}\.toml")


class Version(NamedTuple):
    """A whole version of a record, as a commit has it."""

    commit: str
    made_at: dt.datetime
    record: Record
    data: bytes


class Restored(NamedTuple):
    """One record put in place, or to be.

    Shape: `trouble` says why the file there cannot be read; empty when it can, or is gone. `missing` are the
        entries it does not have. Of those that can be read in it and that git has not, `joined` follow on
        what git has and are taken along, `left` do not. `kept` is where the old file lies, relative to the
        workspace; None when there was none.
    """

    id: str
    changed: Changed
    version: Version
    trouble: str
    missing: tuple[Entry, ...]
    joined: tuple[Entry, ...]
    left: tuple[Entry, ...]
    kept: PurePosixPath | None
    before: bytes | None
    data: bytes

    @property
    def same(self) -> bool:
        """Whether the file is as git has it, line ends of a checkout aside."""
        return self.before is not None and self.before.replace(b"\r\n", b"\n") == self.data


class Plan(NamedTuple):
    """What `restore` would do.

    Shape: `same` are files that are as git has them, relative to the workspace.
    """

    restored: tuple[Restored, ...]
    same: tuple[PurePosixPath, ...]


class _Wanted(NamedTuple):
    """A record's file, by its name."""

    name: str
    schema: Schema


def planned(desk: Desk, words: Sequence[str], commit: str | None = None) -> Plan:
    """What would be restored for these ids and file names, from one commit or the newest whole version.

    Raises:
        NotFoundError: no repository, no such record in it, or no such commit.
        UsageError: a word is neither the id of an issue nor the name of a record's file.
        RefusedError: the file there is whole and has entries that git has not; or git waits for a merge.
        DamageError: the version of that commit is not whole, or no version is.
    """
    repository = git.find(desk.book.workspace.root)
    if repository is None:
        raise NotFoundError(
            _("there is no git repository here"), _("take the record from a copy that is whole")
        )
    finder = _Finder(desk, repository, commit)
    found = [finder.restored(wanted) for word in words for wanted in finder.wanted(word)]
    unique = {each.changed.path: each for each in found}.values()
    return Plan(
        tuple(each for each in unique if not each.same),
        tuple(each.changed.path for each in unique if each.same),
    )


def restore(desk: Desk, words: Sequence[str], commit: str | None = None) -> tuple[Plan, Committed]:
    """Put them in place, all or none; the files that were there are kept aside.

    Raises:
        LockedError: another command is writing.
        ConflictError: a file was changed meanwhile.
    """
    book = desk.book
    with writing(desk, "restore"):
        plan = planned(desk, words, commit)
        if desk.dry_run or not plan.restored:
            return plan, versioning.Committed()
        for each in plan.restored:
            _keep(desk, each)
        changes = [_change(each) for each in plan.restored]
        transaction.commit(book.workspace.state, book.workspace.ledgers, changes)
        index.refresh(book, [each.path.name for each in changes])
        if not desk.commit:
            return plan, versioning.Committed()
        with versioning.speaking(book):
            subject = _("restored from git: {ids}").format(ids=" ".join(each.id for each in plan.restored))
        message = versioning.written([book.name], subject)
        return plan, versioning.commit(book, message, [each.path for each in changes])


def _change(restored: Restored) -> transaction.Change:
    path = PurePosixPath(*restored.changed.path.parts[1:])
    expected = None if restored.before is None else files.digest(restored.before)
    return transaction.Change(path, restored.data, expected)


def _keep(desk: Desk, restored: Restored) -> None:
    if restored.kept is None:
        return
    root = desk.book.workspace.root
    place = root / restored.kept
    if not place.exists():
        files.write(place, files.read(root / restored.changed.path), expected=None)


class _Finder:
    """Looks records up, in the folder and in git."""

    def __init__(self, desk: Desk, repository: git.Repository, commit: str | None) -> None:
        self.desk = desk
        self.book = desk.book
        self.repository = repository
        self.commit = commit

    def wanted(self, word: str) -> Iterator[_Wanted]:
        """The files a word means: the name of one, or the ids of issues."""
        name = PurePosixPath(word.replace("\\", "/")).name
        if _NAME.fullmatch(name):
            yield _Wanted(name, self._of_folder(word.replace("\\", "/")))
            return
        for each in parse_ids([word]):
            if each.kind in ("measure", "point"):
                message = _("{id} is not an issue; records are restored whole").format(id=each)
                raise UsageError(message, _("write 7, or the name of the file"))
            schema, number = meant(each)
            yield _Wanted(self._name(number, schema), schema)

    def _of_folder(self, path: str) -> Schema:
        """The kind of record whose folder a path names; an issue where it names none."""
        parts = PurePosixPath(path).parts[:-1]
        if register.FOLDER in parts:
            return schema_of(parts[-1])
        return next((each for each in FIXED.values() if each.folder in parts[-1:]), ISSUE)

    def _name(self, number: int, schema: Schema) -> str:
        start = f"{number:04d}-"
        there = self.book.names(schema)
        names = [name for name in there if name.startswith(start)]
        if not names:
            # One that is there under another number was renumbered, and is not gone.
            known = {kept_of(name) for name in there}
            ever = {path.name for path in self.repository.ever(self._in_git(schema))}
            gone = sorted(name for name in ever if name.startswith(start) and _NAME.fullmatch(name))
            names = [name for name in gone if kept_of(name) not in known]
        if not names:
            message = _("git never had a record {id}").format(id=schema.id_of(number))
            raise NotFoundError(message, _("see what it has with: git log --stat"))
        if len(names) > 1:
            message = _("several files are {id}: {names}").format(
                id=schema.id_of(number), names=", ".join(names)
            )
            raise UsageError(message, _("name the file"))
        return names[0]

    def _in_git(self, schema: Schema) -> PurePosixPath:
        return self.repository.relative(self.book.folder) / schema.folder

    def restored(self, wanted: _Wanted) -> Restored:
        """What to put in the place of one file.

        Raises:
            RefusedError: it would lose entries; or git left both sides of a merge.
        """
        path = self.book.shown(wanted.name, wanted.schema)
        place = self._in_git(wanted.schema) / wanted.name
        if self.repository.unmerged(place):
            message = _("{path}: git left two versions of it, and both count").format(path=path)
            raise RefusedError(message, _("put them together with: ledger resolve"))
        self._not_renumbered(wanted, path)
        before = self._before(path)
        now, trouble = _read(before, path, wanted.schema)
        version = self._version(wanted, place, path)
        has = {entry.hash for entry in version.record.entries}
        own = now.entries if now is not None else tuple(_readable(before or b""))
        left = tuple(entry for entry in own if entry.hash not in has)
        if now is not None and left:
            raise _would_lose(path, version, len(left))
        joined = left if self.commit is None and _follows(version.record, left) else ()
        data = _with(version, joined, path)
        return Restored(
            id=wanted.schema.id_of(int(version.record.state.fields["number"])),
            changed=_changed(wanted, path, version, before, data),
            version=version,
            trouble=trouble,
            missing=_without(version.record.entries, own),
            joined=joined,
            left=() if joined else left,
            kept=None if before is None else self._aside(wanted.name, before),
            before=before,
            data=data,
        )

    def _before(self, path: PurePosixPath) -> bytes | None:
        try:
            return files.read(self.book.workspace.root / path)
        except FileNotFoundError:
            return None

    def _aside(self, name: str, before: bytes) -> PurePosixPath:
        stamp = f"{self.desk.actor.at:%Y%m%dT%H%M%S}-{files.digest(before)[:8]}"
        return PurePosixPath(LEDGERS, self.book.workspace.state.name, KEPT, f"{stamp}-{name}")

    def _not_renumbered(self, wanted: _Wanted, path: PurePosixPath) -> None:
        end = kept_of(wanted.name)
        others = [name for name in self.book.names(wanted.schema) if name != wanted.name]
        for name in others:
            if name.endswith(f"-{end}"):
                message = _("{path} has another number now: {name}").format(path=path, name=name)
                raise RefusedError(message, _("restore it under that name"))

    def _version(self, wanted: _Wanted, place: PurePosixPath, path: PurePosixPath) -> Version:
        if self.commit is not None:
            known = self.repository.resolve(self.commit)
            data = self.repository.show(known or self.commit, place)
            if known is None or data is None:
                message = _("the commit {commit} has no {path}").format(commit=self.commit, path=path)
                raise NotFoundError(message, _("see which have it with: git log -- FILE"))
            return self._whole(known, data, wanted, path)
        for commit in self.repository.commits(place):
            data = self.repository.show(commit, place)
            if data is not None:
                try:
                    return self._whole(commit, data, wanted, path)
                except DamageError:
                    continue
        raise NotFoundError(
            _("git has no whole version of {path}").format(path=path),
            _("take the record from a copy that is whole"),
        )

    def _whole(self, commit: str, data: bytes, wanted: _Wanted, path: PurePosixPath) -> Version:
        """The version of a commit, when its history holds.

        Raises:
            DamageError: it does not, or it is another record under this name.
        """
        found = records.read(data, path, wanted.schema)
        fields = found.state.fields
        if records.file_name(int(fields["number"]), str(fields["uid"])) != wanted.name:
            message = _("the commit {commit} has another record as {path}")
            raise DamageError(message.format(commit=commit, path=path), _("name another commit"))
        return Version(commit, self.repository.made_at(commit), found, data)


def _read(before: bytes | None, path: PurePosixPath, schema: Schema) -> tuple[Record | None, str]:
    """The record that lies there, or why it cannot be read."""
    if before is None:
        return None, ""
    try:
        return records.read(before, path, schema), ""
    except DamageError as error:
        return None, error.message


def _readable(data: bytes) -> Iterator[Entry]:
    """The entries that can still be read in a broken file."""
    for found in _LINE.finditer(data.decode("utf-8", errors="replace")):
        try:
            yield parse(found[1])
        except DamageError:
            continue


def _follows(record: Record, left: Sequence[Entry]) -> bool:
    """Whether entries continue the chain of a record to one end, every one of them."""
    state = replay(record.schema, [*record.entries, *left])
    return not left or (state.tips == [left[-1].hash] and not state.problems)


def _with(version: Version, joined: Sequence[Entry], path: PurePosixPath) -> bytes:
    """The file of a version, with the entries that follow on it."""
    found = version.record
    if not joined:
        return version.data.replace(b"\r\n", b"\n") if found.text.crlf else version.data
    entries = [*found.entries, *joined]
    state = replay(found.schema, entries)
    document = records.with_extra(state.document(), found.edits.extra, found.schema.part)
    lines = [entry.line for entry in entries]
    return recordfile.checked(document, lines, records.form_of(found.schema.kind), path=path)


def _without(entries: Sequence[Entry], others: Sequence[Entry]) -> tuple[Entry, ...]:
    known = {entry.hash for entry in others}
    return tuple(entry for entry in entries if entry.hash not in known)


def _changed(
    wanted: _Wanted, path: PurePosixPath, version: Version, before: bytes | None, data: bytes
) -> Changed:
    name = wanted.schema.id_of(int(version.record.state.fields["number"]))
    was = (before or b"").decode("utf-8", errors="replace")
    return Changed(name, (name,), path, (), was, data.decode("utf-8"))


def _would_lose(path: PurePosixPath, version: Version, count: int) -> RefusedError:
    message = ngettext(
        "{path} is whole and has {count} entry that commit {commit} has not",
        "{path} is whole and has {count} entries that commit {commit} has not",
        count,
    )
    return RefusedError(
        message.format(path=path, count=count, commit=version.commit[:7]),
        _("take back what a command did with: ledger undo"),
    )
