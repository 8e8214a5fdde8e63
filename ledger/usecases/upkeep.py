"""Taking a command back."""

from __future__ import annotations

from dataclasses import dataclass
from gettext import gettext as _
from typing import TYPE_CHECKING

from ledger.domain.acts.undoing import undo as undo_in
from ledger.domain.handover import HANDOVER
from ledger.domain.replay import undone_batches
from ledger.domain.text import excerpt
from ledger.domain.words import clauses
from ledger.errors import NotFoundError, RefusedError, UsageError
from ledger.store.book import Book
from ledger.store.frozen import heads
from ledger.usecases.change import Desk, Outcome, Work, together

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ledger.domain.entry import Entry
    from ledger.store.record import Record

#: So much of the end of a command's name has to be typed. Units: characters.
_SHORTEST = 4
#: Acts that one command may have done in several ledgers.
_SPANNING = frozenset({"handover", "undo"})


@dataclass(frozen=True, slots=True)
class Batch:
    """One command as the histories show it: what it did, where, when, and who recorded it.

    Shape: `ids` are those of the ledger that was asked, `ledgers` the names of others that it changed too.
    """

    batch: str
    at: str
    by: str
    acts: tuple[str, ...]
    ids: tuple[str, ...]
    ledgers: tuple[str, ...] = ()


def _all_records(book: Book) -> Iterator[Record]:
    for schema in book.schemas():
        yield from book.records(schema)


def last_batch(book: Book) -> str:
    """The newest command that has not been taken back.

    Raises:
        NotFoundError: there is nothing to take back.
    """
    newest: tuple[str, str] | None = None
    for record in _all_records(book):
        undone = undone_batches(record.entries)
        for entry in record.entries:
            if entry.do != "undo" and entry.batch not in undone:
                stamp = (entry.instant.isoformat(), entry.batch)
                newest = max(newest or stamp, stamp, key=_when)
    if newest is None:
        raise NotFoundError(_("there is nothing to take back"), _("ledger history shows what was done"))
    return newest[1]


def _when(stamp: tuple[str, str]) -> tuple[float, str]:
    import datetime as dt

    return dt.datetime.fromisoformat(stamp[0]).timestamp(), stamp[1]


def describe(book: Book, batch: str) -> Batch:
    """What a command did; `batch` is its name, or the end of it when no other name ends so.

    Raises:
        NotFoundError: there is no such command.
        UsageError: several names end so.
    """
    every = [(record, entry) for record in _all_records(book) for entry in record.entries]
    name = _whole_name(batch, {entry.batch for _record, entry in every})
    found = [(record, entry) for record, entry in every if entry.batch == name]
    first = found[0][1]
    acts = tuple(dict.fromkeys(entry.do for _record, entry in found))
    ids = tuple(dict.fromkeys(_id(record) for record, _entry in found))
    spans = any(_spans(record, entry) for record, entry in found)
    others = [each for each in (_others(book) if spans else ()) if next(_holding(each, name), None)]
    return Batch(name, first.at, first.by, acts, ids, tuple(each.name for each in others))


def _spans(record: Record, entry: Entry) -> bool:
    """Whether the command of an entry may have changed several ledgers: a handover, or what took one back."""
    return entry.do in _SPANNING or record.state.schema is HANDOVER


def _others(book: Book) -> list[Book]:
    """The other ledgers of the workspace."""
    return [Book(book.workspace, name) for name in book.workspace.names() if name != book.name]


def _holding(book: Book, batch: str) -> Iterator[Record]:
    """The records of a ledger that a command changed."""
    for schema in book.schemas():
        read = book.reader(schema)
        for name in book.names(schema):
            if batch.encode() in read(name):
                record = book.read(name, schema)
                if any(entry.batch == batch for entry in record.entries):
                    yield record


def _whole_name(typed: str, names: set[str]) -> str:
    """The name of a command that somebody typed whole, or only its end, in any case."""
    wanted = typed.strip().upper()
    found = sorted(name for name in names if len(wanted) >= _SHORTEST and name.upper().endswith(wanted))
    if not found:
        message = _("there is no change {batch}").format(batch=excerpt(typed))
        raise NotFoundError(message, _("ledger history shows them"))
    if len(found) > 1:
        message = _("{count} changes end with {batch}").format(count=len(found), batch=excerpt(typed))
        raise UsageError(message, _("give more of the name: {names}").format(names=" ".join(found[:3])))
    return found[0]


def _id(record: Record) -> str:
    return record.state.schema.id_of(int(record.state.fields.get("number", 0)))


def _uid(record: Record) -> str:
    return str(record.state.fields.get("uid", ""))


def undo(desk: Desk, batch: str) -> Outcome[None]:
    """Take a command back in every record it changed, in every ledger, or in none; `batch` as in `describe`.

    Raises:
        NotFoundError: no record holds it.
        UsageError: several names end so.
        RefusedError: something later builds on it, or a frozen report rests on it.
    """

    def deed(works: Sequence[Work]) -> None:
        work, *others = works
        records = list(_all_records(work.book))
        name = _whole_name(batch, {entry.batch for record in records for entry in record.entries})
        spans, frozen = False, heads(work.book.folder)
        for record in records:
            done = [entry for entry in record.entries if entry.batch == name]
            if done:
                spans = spans or any(_spans(record, entry) for entry in done)
                undo_in(work.take(record), name, frozen.get(_uid(record), ()))
        for other in others if spans else ():
            _undo_there(other, name)

    return together(desk, "undo", [desk.book, *_others(desk.book)], deed)


def _undo_there(work: Work, batch: str) -> None:
    """Take a command back in another ledger than the one asked; a refusal says in which."""
    frozen = heads(work.book.folder)
    for record in list(_holding(work.book, batch)):
        try:
            undo_in(work.take(record), batch, frozen.get(_uid(record), ()))
        except RefusedError as error:
            message = _("ledger {name}: {reason}").format(name=work.book.name, reason=error.message)
            hint = clauses([error.hint, _("nothing was taken back in any ledger")])
            raise RefusedError(message, hint) from error
