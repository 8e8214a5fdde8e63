"""One change to a ledger: under the lock, whole or not at all, and told afterwards."""

from __future__ import annotations

import os
import time
from contextlib import contextmanager
from functools import cached_property
from gettext import gettext as _
from pathlib import PurePosixPath
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar

from ledger.domain.acts.draft import Context, Draft
from ledger.domain.course import OWN
from ledger.domain.handedits import fields_of
from ledger.domain.ids import ulid
from ledger.domain.review import REVIEW
from ledger.domain.schema import ISSUE, REVIEWS_A_YEAR, Schema
from ledger.domain.state import State
from ledger.errors import ConflictError, DamageError, RefusedError
from ledger.store import files, index, recordfile, transaction
from ledger.store.lock import locked
from ledger.store.record import Record, file_name, form_of, with_extra
from ledger.usecases import handedits, numbering

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
    from pathlib import PurePath

    from ledger.domain.entry import Entry
    from ledger.domain.settings import Settings
    from ledger.store.book import Book
    from ledger.store.lock import Holder
    from ledger.usecases.handwritten import Written

T = TypeVar("T")


class Actor(NamedTuple):
    """Who records, on which business date, at which moment, and why."""

    by: str
    on: dt.date
    at: dt.datetime
    why: str = ""


class Desk(NamedTuple):
    """Where a deed is done: which ledger, by whom and when, and whether for real.

    Shape: with `dry_run` everything is worked out and nothing is written. `on_wait` is called once, with
        whoever is writing, when somebody else's change takes long; `on_progress` is told how many files of
        a large change are written, of how many. With `commit` what was written is committed to git.
    """

    book: Book
    actor: Actor
    dry_run: bool = False
    on_wait: Callable[[Holder | None], None] | None = None
    commit: bool = False
    on_progress: transaction.OnProgress | None = None


class Changed(NamedTuple):
    """One file a command changed, with the entries it added and both texts.

    Shape: `targets` are the ids of the issue or the measures the command was about; `id` and they are
        empty for a file that is no record, such as a plan.
    """

    id: str
    targets: tuple[str, ...]
    path: PurePosixPath
    entries: tuple[Entry, ...]
    before: str
    after: str


class Outcome(NamedTuple, Generic[T]):
    """What a command did, or with `dry_run` would do.

    Shape: `changed` is in the order in which the command came to its records; `files` are what else it
        wrote; `commit` is the commit of git it made, if any.
    """

    batch: str
    value: T
    changed: tuple[Changed, ...]
    warnings: tuple[str, ...]
    dry_run: bool
    files: tuple[Changed, ...] = ()
    commit: str | None = None


class _Opened(NamedTuple):
    """A record taken up by a command.

    Shape: `record` is None for a new one, which takes the place of the file `written` by hand, if any; the
        first `adopted` entries record what was edited by hand; the sign-offs on the keys in `doubted` were
        suspect before. `extra` are unknown keys; `again` writes the file though no entry was added.
    """

    draft: Draft
    record: Record | None
    adopted: int = 0
    doubted: frozenset[str] = frozenset()
    written: Written | None = None
    extra: Mapping[str, Any] = MappingProxyType({})
    again: bool = False

    @property
    def before(self) -> Record | Written | None:
        """The file there was."""
        return self.record or self.written


class Work:
    """What a deed works with: the records it has taken up, and those it makes."""

    def __init__(self, book: Book, actor: Actor) -> None:
        """Begin with nothing taken up."""
        self.book = book
        self.actor = actor
        # Hand edits are recorded before the command they are found by, and are a batch of their own.
        self.adoption = new_id()
        self.batch = new_id()
        self.opened: dict[str, _Opened] = {}
        self.extra_files: list[transaction.Change] = []
        self.told: list[Changed] = []
        self.copies: dict[PurePosixPath, Callable[[], None]] = {}
        self._numbers: dict[str, set[int]] = {}

    @cached_property
    def settings(self) -> Settings:
        """The ledger's rules, with those who sign on the day of the command."""
        return self.book.settings_on(self.actor.on)

    def context(self, batch: str | None = None) -> Context:
        """Who, when, and under which rules."""
        return Context(
            by=self.actor.by,
            on=self.actor.on,
            at=self.actor.at,
            batch=batch or self.batch,
            new_id=new_id,
            settings=self.settings,
            why=self.actor.why,
        )

    def draft(self, number: int, schema: Schema = ISSUE) -> Draft:
        """The issue, or the record of another kind, to be changed; plain hand edits are recorded first.

        Raises:
            NotFoundError: there is no such record.
            ConflictError: the file has comments, or edits nobody may make by hand.
        """
        return self.take(self.book.find(number, schema))

    def take(self, record: Record) -> Draft:
        """A record to be changed; the same draft when it was taken up before."""
        if record.name not in self.opened:
            draft = Draft(record.state, self.context())
            doubted = _suspect(draft)
            adopted = handedits.record_first(draft, record, self.context(self.adoption)._replace(why=""))
            self.opened[record.name] = _Opened(draft, record, adopted, doubted, extra=record.edits.extra)
        return self.opened[record.name].draft

    def adopt(self, record: Record, changes: Mapping[str, Any]) -> None:
        """Write a record as its history and these changes, made by hand, have it."""
        draft = Draft(record.state, self.context())
        doubted = _suspect(draft)
        if changes:
            draft.enter("adopt", set=dict(changes))
        self.opened[record.name] = _Opened(
            draft, record, len(draft.added), doubted, extra=record.edits.extra, again=True
        )

    def new(self, schema: Schema = ISSUE, *, written: Written | None = None) -> Draft:
        """A record that is not there yet; it takes the place of the file `written` by hand, if any."""
        draft = Draft(State(schema), self.context())
        self.opened[written.name if written else new_id()] = _Opened(draft, None, written=written)
        return draft

    def keep_unknown(self, written: Written, extra: Mapping[str, Any]) -> None:
        """Leave what the program does not know in a file written by hand, as it would in any record."""
        self.opened[written.name] = self.opened[written.name]._replace(extra=extra)

    def next_number(
        self,
        schema: Schema = ISSUE,
        *,
        wanted: int | None = None,
        but: Container[str] = (),
        taken: Iterable[int] = (),
    ) -> int:
        """The next number, or the one `wanted` if no record ever had it.

        Numbers are never used again, not those of void or renumbered issues either.

        Shape: the files named in `but` are no records yet; `taken` are more numbers that were used. Reviews
            are numbered by the year: theirs is the next of the year in which `wanted` lies.
        """
        if schema.kind not in self._numbers:
            self._numbers[schema.kind] = numbering.used(self.book, schema, but=but)
        used = self._numbers[schema.kind]
        used.update(taken)
        if schema is REVIEW:
            number = numbering.next_of_year(used, (wanted or 0) // REVIEWS_A_YEAR)
        else:
            number = wanted if wanted is not None and wanted not in used else max(used, default=0) + 1
        used.add(number)
        return number

    def put(self, path: PurePosixPath, data: bytes, *, expected: str | None = None) -> None:
        """Write a further file in the same change; `path` is relative to the ledger's folder."""
        self.extra_files.append(transaction.Change(PurePosixPath(self.book.name) / path, data, expected))
        before = files.read(self.book.folder / path).decode(errors="replace") if expected else ""
        shown = PurePosixPath("ledgers", self.book.name) / path
        self.told.append(Changed("", (), shown, (), before, _as_text(data)))


def _as_text(data: bytes) -> str:
    """What a file says; nothing of what is no text, such as a workbook."""
    try:
        return data.decode()
    except UnicodeDecodeError:
        return ""


#: The last ULID's time and randomness, so that the next one sorts behind it.
_last_id = (0, 0)


def new_id() -> str:
    """A fresh ULID; it sorts behind those this process has made before.

    Source: the ULID specification, "Monotonicity".
    """
    global _last_id  # noqa: PLW0603 - one process, one sequence
    now = time.time_ns() // 1_000_000
    chance = int.from_bytes(os.urandom(10), "big") >> 1  # half the range, so that there is room to count on
    _last_id = (now, chance) if now > _last_id[0] else (_last_id[0], _last_id[1] + 1)
    return ulid(_last_id[0], _last_id[1].to_bytes(10, "big"))


def change(desk: Desk, command: str, deed: Callable[[Work], T]) -> Outcome[T]:
    """Do one deed: all of it is on disk afterwards, or nothing.

    Raises:
        LockedError: another command is writing.
        ConflictError: a file was changed outside meanwhile, or by hand on what this deed sets.
        RefusedError: a record would become too large.
    """
    return together(desk, command, [desk.book], lambda works: deed(works[0]))


def together(
    desk: Desk, command: str, books: Sequence[Book], deed: Callable[[Sequence[Work]], T]
) -> Outcome[T]:
    """Do one deed in several ledgers of a workspace, as one batch: in all of them, or in none.

    Shape: `deed` gets one work for each of `books`, in their order; each ledger has entries of its own.

    Raises:
        LockedError, ConflictError, RefusedError: as `change`.
    """
    with writing(desk, command):
        works = [Work(book, desk.actor) for book in books]
        batch = works[-1].batch
        for work in works:
            work.batch = batch
        value = deed(works)
        opened = [(work.book, each) for work in works for each in work.opened.values()]
        rendered = [_rendered(book, each) for book, each in opened if each.draft.added or each.again]
        changed = tuple(changed for changed, _group in rendered)
        warnings = tuple(dict.fromkeys(text for _book, each in opened for text in _remarks(each)))
        told = tuple(each for work in works for each in work.told)
        outcome = Outcome(batch, value, changed, warnings, desk.dry_run, told)
        if not desk.dry_run:
            paths = _write(desk, works, [each for _changed, group in rendered for each in group])
            if desk.commit:
                outcome = _in_git(desk.book, command, outcome, paths)
    return outcome


def _write(desk: Desk, works: Sequence[Work], records: Sequence[transaction.Change]) -> list[PurePath]:
    """Put records and further files in place; gives the paths of all that was written."""
    for work in works:
        for copy in work.copies.values():
            copy()
    changes = [*records, *(each for work in works for each in work.extra_files)]
    workspace = desk.book.workspace
    transaction.commit(workspace.state, workspace.ledgers, changes, on_progress=desk.on_progress)
    for work in works:
        folder = PurePosixPath(work.book.name, ISSUE.folder)
        issues = [each.path.name for each in changes if each.path.parent == folder]
        if issues:
            index.refresh(work.book, issues)
    copied = [PurePosixPath(work.book.name) / path for work in works for path in work.copies]
    return [*(each.path for each in changes), *copied]


def _in_git(book: Book, command: str, outcome: Outcome[T], paths: Sequence[PurePath]) -> Outcome[T]:
    """The outcome with the commit made of its files, or with what stood in the way."""
    from ledger.usecases import versioning

    made = versioning.commit(book, versioning.message(book, command, outcome), paths)
    return outcome._replace(commit=made.commit, warnings=(*outcome.warnings, *made.warnings))


def _remarks(opened: _Opened) -> Iterator[str]:
    """What a person should know though nothing was refused."""
    draft = opened.draft
    yield from draft.warnings
    for key in sorted(_suspect(draft) - opened.doubted, key=draft.name):
        yield _("the sign-offs on {id} were given before this change and are suspect until confirmed").format(
            id=draft.name(key)
        )


def _suspect(draft: Draft) -> frozenset[str]:
    return frozenset(key for key in draft.state.courses if draft.state.suspects(key))


@contextmanager
def writing(desk: Desk, command: str) -> Iterator[None]:
    """Hold the lock, with what a killed command had committed finished; nothing of it for a dry run."""
    if desk.dry_run:
        yield
        return
    workspace = desk.book.workspace
    with locked(workspace.state, by=desk.actor.by, command=command, on_wait=desk.on_wait) as held:
        transaction.recover(workspace.state, workspace.ledgers, interrupted=held.interrupted)
        yield


def _rendered(book: Book, opened: _Opened) -> tuple[Changed, list[transaction.Change]]:
    draft, before = opened.draft, opened.before
    _not_edited(opened)
    schema = draft.state.schema
    document = with_extra(draft.state.document(), opened.extra, schema.part)
    lines = [entry.line for entry in draft.state.entries]
    name = file_name(draft.number, str(draft.state.fields["uid"]))
    path = book.shown(name, schema)
    form = form_of(schema.kind)
    try:
        data = recordfile.checked(document, lines, form, path=path)
    except DamageError:
        _not_too_large(draft, recordfile.render(document, lines, form).encode())
        raise
    group = _file_changes(book, schema, name, before, data)
    done = draft.added[opened.adopted :] or draft.added
    targets = tuple(dict.fromkeys(draft.name(entry.target or OWN) for entry in done))
    was = before.text.text if before else ""
    return Changed(draft.name(), targets, path, tuple(draft.added), was, data.decode()), group


def _not_too_large(draft: Draft, data: bytes) -> None:
    if len(data) > recordfile.LARGEST_BYTES:
        message = _("issue {id} would become larger than a record may be").format(id=draft.name())
        raise RefusedError(message, _("put long texts into a file and attach it: ledger evidence add"))


def _file_changes(
    book: Book, schema: Schema, name: str, before: Record | Written | None, data: bytes
) -> list[transaction.Change]:
    folder = PurePosixPath(book.name, schema.folder)
    if before is None:
        return [transaction.Change(folder / name, data, None)]
    if before.name == name:
        return [transaction.Change(folder / name, data, before.digest)]
    return [
        transaction.Change(folder / name, data, None),
        transaction.Change(folder / before.name, None, before.digest),
    ]


def _not_edited(opened: _Opened) -> None:
    """What somebody edited by hand is not overwritten by the same command (docs/contract.md §2)."""
    if opened.record is None or not opened.record.edits.plain:
        return
    edited = set(fields_of(opened.record.edits.plain))
    for entry in opened.draft.added[opened.adopted :]:
        clash = edited & set(fields_of(entry.set))
        if clash:
            _uid, name = sorted(clash, key=str)[0]
            message = _("{path}: {field} was changed by hand and by this command").format(
                path=opened.record.path, field=name
            )
            raise ConflictError(
                message, _("keep the hand edit with: ledger adopt, then run the command again")
            )
