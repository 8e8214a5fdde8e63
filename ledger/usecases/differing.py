"""What changed between two states of a ledger, issue by issue: two commits, two days, or one and now."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from gettext import gettext as _
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeAlias

from ledger.domain.dates import parse_date, parse_instant
from ledger.domain.ids import kept_of, number_in
from ledger.domain.schema import ISSUE
from ledger.errors import DamageError, NotFoundError, UsageError
from ledger.store import git, record, toml
from ledger.store.calendar import is_workday
from ledger.usecases.telling import Change

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Mapping, Sequence
    from pathlib import PurePosixPath

    from ledger.domain.entry import Entry
    from ledger.domain.workdays import IsWorkday
    from ledger.store.book import Book
    from ledger.store.git import Repository
    from ledger.store.record import Record

Kind: TypeAlias = Literal["commit", "day", "time", "now"]
Became: TypeAlias = Literal["added", "changed", "gone"]

#: What says nothing to a reader: names for programs, and what follows from the rest.
_SILENT = frozenset({"format", "uid", "head"})
#: Of an issue or a measure that was not there, this is told; the rest is to be looked up.
_FIRST = ("title", "text", "status")


class Moment(NamedTuple):
    """One of the two states.

    Shape: `words` as typed; a commit's hash, or a day, or a time, as `kind` says.
    """

    kind: Kind
    words: str
    commit: str | None = None
    day: dt.date | None = None
    at: dt.datetime | None = None


class Differing(NamedTuple):
    """What became of one issue.

    Shape: `id` is its number in the later state, else in the earlier one. A status is a field among
        `fields`; of what is new or gone only title, text and status are told. `notes` and `signs` of the
        `entries` that are new; `lost` are entries that only the earlier state has.
    """

    id: str
    uid: str
    title: str
    became: Became
    fields: tuple[Change, ...]
    notes: int
    signs: int
    entries: int
    lost: int


class Damaged(NamedTuple):
    """A record that one of the states has and nobody can read."""

    moment: Moment
    file: str
    message: str


class Difference(NamedTuple):
    """All that changed, and what could not be compared."""

    start: Moment
    end: Moment
    issues: tuple[Differing, ...]
    damaged: tuple[Damaged, ...]


class _Version(NamedTuple):
    """An issue as one state has it."""

    document: Mapping[str, Any]
    entries: Sequence[Entry]


def difference(
    book: Book, words: str, now: dt.datetime, *, numbers: Container[int] | None = None
) -> Difference:
    """What changed from A to B, as ``A..B`` says; ``A..`` is up to now.

    Shape: a day means what held on it, a time what was known then; `numbers` are the issues asked about.
        A record that both states have byte for byte is the same, and not read.

    Raises:
        UsageError: the words are not two states.
        NotFoundError: git does not know a commit.
    """
    repository = git.find(book.workspace.root)
    start, end = _moments(words, now, repository, lambda day: is_workday(day, book.settings.workdays))
    damaged: list[Damaged] = []
    before = _Side(book, start, repository, damaged)
    after = _Side(book, end, repository, damaged)
    keys = [key for key in _keys(before, after) if _asked(before, after, key, numbers)]
    if before.is_plain and after.is_plain:
        keys = [key for key in keys if not _same_blob(before, after, key)]
    found = []
    for key, one, other in zip(keys, before.contents(keys), after.contents(keys), strict=True):
        if one == other and before.is_plain and after.is_plain:
            continue
        issue = _differing(before.version(key, one), after.version(key, other))
        if issue is not None:
            found.append(issue)
    found.sort(key=lambda each: int(each.id))
    return Difference(start, end, tuple(found), tuple(damaged))


def _moments(
    words: str, now: dt.datetime, repository: Repository | None, is_workday: IsWorkday
) -> tuple[Moment, Moment]:
    first, dots, last = (part.strip() for part in words.partition(".."))
    if not dots or not first or last.startswith("."):
        message = _("{words} is not two states of the ledger").format(words=words or '""')
        raise UsageError(message, _("write 2025-06-01..2025-07-01, v1..v2 or v1.. (up to now)"))
    start = _moment(first, now, repository, is_workday)
    return start, _moment(last, now, repository, is_workday) if last else Moment("now", "")


def _moment(words: str, now: dt.datetime, repository: Repository | None, is_workday: IsWorkday) -> Moment:
    try:
        day = parse_date(words, today=now.date(), is_workday=is_workday)
        return Moment("day", words, day=day)
    except UsageError:
        pass
    try:
        return Moment("time", words, at=parse_instant(words, local=now.tzinfo or dt.UTC, today=now.date()))
    except UsageError:
        commit = repository.resolve(words) if repository is not None else None
    if commit is None:
        message = _("{words} is neither a time nor a commit git knows").format(words=words)
        raise NotFoundError(message, _("give a time such as 2025-06-30 or 2025-06-30T18:00"))
    return Moment("commit", words, commit=commit)


class _Side:
    """One of the two states: which records it has, and what they say."""

    def __init__(
        self, book: Book, moment: Moment, repository: Repository | None, damaged: list[Damaged]
    ) -> None:
        self.book = book
        self.moment = moment
        self.damaged = damaged
        self.repository = repository if moment.commit is not None else None
        self.trouble: dict[str, str] = {}
        self.blobs: dict[str, str] = {}
        if self.repository is not None and moment.commit is not None:
            folder = self.repository.relative(book.folder) / ISSUE.folder
            tree = self.repository.tree(moment.commit, folder)
            self.blobs = {
                path.name: blob
                for path, blob in tree.items()
                if path.parent == folder and path.suffix == ".toml" and not path.name.startswith(".")
            }
        # Records are matched by the part of the name that a new number leaves alone.
        names = self.blobs if self.repository is not None else book.names()
        self.names = {kept_of(name): name for name in names}

    @property
    def is_plain(self) -> bool:
        """Whether it is the files as they are, not a replay of them."""
        return self.moment.kind in ("commit", "now")

    def contents(self, keys: Sequence[str]) -> Iterator[bytes | None]:
        """The bytes of each record; nothing where it has none, or none that a record may have."""
        if self.repository is None:
            for key in keys:
                yield self._on_disk(key)
            return
        mine = [self.blobs[self.names[key]] for key in keys if key in self.names]
        found = self.repository.contents(mine, limit=toml.LARGEST_BYTES)
        for key in keys:
            data = next(found) if key in self.names else None
            if data is None and key in self.names:
                path = self.book.shown(self.names[key])
                self.trouble[key] = _("{path} is larger than a record may be").format(path=path)
            yield data

    def _on_disk(self, key: str) -> bytes | None:
        if key not in self.names:
            return None
        try:
            return self.book.raw(self.names[key])
        except FileNotFoundError:
            return None
        except (DamageError, OSError) as error:
            self.trouble[key] = error.message if isinstance(error, DamageError) else str(error)
            return None

    def version(self, key: str, data: bytes | None) -> _Version | None:
        """What a record says then; nothing when it was not there yet, or cannot be read, which is noted."""
        name = self.names.get(key)
        if name is None:
            return None
        path = self.book.shown(name)
        try:
            if data is None:
                raise DamageError(self.trouble.get(key, _("{path} is gone").format(path=path)))
            found = _read(data, path)
        except DamageError as error:
            if not any(each.message == error.message for each in self.damaged):
                self.damaged.append(Damaged(self.moment, str(path), error.message))
            return _UNREADABLE
        if self.is_plain:
            return _Version(found.shown.document(), found.entries)
        state = record.replayed(found, as_of=self.moment.day, known_at=self.moment.at)
        return None if state is None else _Version(state.document(), state.entries)


@lru_cache(maxsize=1)
def _read(data: bytes, path: PurePosixPath) -> Record:
    """The record those bytes hold; two days of one file are one reading."""
    return record.read(data, path, ISSUE)


#: Stands for a record nobody can read: it is neither there nor gone.
_UNREADABLE = _Version({}, ())


def _keys(before: _Side, after: _Side) -> list[str]:
    return sorted({**before.names, **after.names}, key=lambda key: after.names.get(key) or before.names[key])


def _asked(before: _Side, after: _Side, key: str, numbers: Container[int] | None) -> bool:
    if numbers is None:
        return True
    return any(number_in(side.names[key]) in numbers for side in (before, after) if key in side.names)


def _same_blob(before: _Side, after: _Side, key: str) -> bool:
    one, other = before.names.get(key), after.names.get(key)
    return one is not None and one == other and before.blobs.get(one, "") == after.blobs.get(one, None)


def _differing(before: _Version | None, after: _Version | None) -> Differing | None:
    if before is _UNREADABLE or after is _UNREADABLE:
        return None
    either = after or before
    if either is None:
        return None
    known = {entry.hash for entry in before.entries} if before else set()
    has = {entry.hash for entry in after.entries} if after else set()
    new = [entry for entry in (after.entries if after else ()) if entry.hash not in known]
    fields = tuple(_changes(before, after))
    lost = len(known - has)
    if not (fields or new or lost):
        return None
    became: Became = "added" if before is None else "gone" if after is None else "changed"
    return Differing(
        id=str(either.document.get("number", 0)),
        uid=str(either.document.get("uid", "")),
        title=str(either.document.get("title", "")),
        became=became,
        fields=fields,
        notes=sum(entry.do == "note" for entry in new),
        signs=sum(entry.do == "sign" for entry in new),
        entries=len(new),
        lost=lost,
    )


def _changes(before: _Version | None, after: _Version | None) -> Iterator[Change]:
    old, new = (each.document if each else {} for each in (before, after))
    number = (new or old).get("number", 0)
    yield from _fields(f"{number}", old, new)
    was, now = (_measures(each) for each in (old, new))
    for uid in {**now, **was}:
        one, other = was.get(uid, {}), now.get(uid, {})
        yield from _fields(f"{number}.{(other or one).get('number', '?')}", one, other)


def _measures(document: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    return {str(row.get("uid")): row for row in document.get(ISSUE.part or "", ())}


def _fields(about: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Change]:
    names = _FIRST if not (old and new) else {**old, **new}
    for name in names:
        was, now = old.get(name), new.get(name)
        if name not in _SILENT and name != ISSUE.part and was != now:
            yield Change(about, name, _plain(was), _plain(now))


def _plain(value: Any) -> Any:  # noqa: ANN401 - what a field holds
    """A value as entries hold it."""
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, list):
        return [_plain(each) for each in value]
    if isinstance(value, dict):
        return {name: _plain(each) for name, each in value.items()}
    return value
