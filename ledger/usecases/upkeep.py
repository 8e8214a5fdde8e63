"""Taking a command back."""

from __future__ import annotations

from dataclasses import dataclass
from gettext import gettext as _
from typing import TYPE_CHECKING

from ledger.domain.acts.undoing import undo as undo_in
from ledger.domain.replay import undone_batches
from ledger.domain.text import excerpt
from ledger.errors import NotFoundError, UsageError
from ledger.usecases.change import Desk, Outcome, Work, change

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ledger.store.book import Book
    from ledger.store.record import Record

#: So much of the end of a command's name has to be typed. Units: characters.
_SHORTEST = 4


@dataclass(frozen=True, slots=True)
class Batch:
    """One command as the histories show it: what it did, where, when, and who recorded it."""

    batch: str
    at: str
    by: str
    acts: tuple[str, ...]
    ids: tuple[str, ...]


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
    return Batch(name, first.at, first.by, acts, ids)


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


def undo(desk: Desk, batch: str) -> Outcome[None]:
    """Take a command back in every record it changed, or in none; `batch` as in `describe`.

    Raises:
        NotFoundError: no record holds it.
        UsageError: several names end so.
        RefusedError: something later builds on it.
    """

    def deed(work: Work) -> None:
        records = list(_all_records(desk.book))
        name = _whole_name(batch, {entry.batch for record in records for entry in record.entries})
        for record in records:
            if any(entry.batch == name for entry in record.entries):
                undo_in(work.take(record), name)

    return change(desk, "undo", deed)
