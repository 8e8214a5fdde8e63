"""Records of two copies of a ledger that were given one number: one keeps it, the others get new ones."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ledger.domain.acts import planning
from ledger.domain.review import REVIEW
from ledger.store.frozen import numbers as frozen_numbers
from ledger.usecases.change import Desk, Outcome, Work, change

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Set as AbstractSet

    from ledger.domain.schema import Schema
    from ledger.store.book import Book
    from ledger.store.record import Record


class Renumbered(NamedTuple):
    """A record that got another number; both as people name it."""

    before: str
    after: str
    title: str


def renumber(desk: Desk) -> Outcome[list[Renumbered]]:
    """Give every record whose number another one keeps the next free one.

    Shape: of records with one number that which had it in a frozen report keeps it, else the smaller uid, so
        that every copy of the ledger settles it alike; the number it had stays with the record as a former
        one.

    Source: docs/contract.md §2, Git.
    """

    def deed(work: Work) -> list[Renumbered]:
        frozen = frozen_numbers(desk.book.folder)
        return [
            _renumber(work, record, schema)
            for schema in desk.book.schemas()
            for record in _doubles(desk.book, schema, frozen)
        ]

    return change(desk, "renumber", deed)


def _doubles(book: Book, schema: Schema, frozen: AbstractSet[tuple[str, int]]) -> Iterator[Record]:
    """Records whose number another one keeps, in the order of their uids."""

    def place(record: Record) -> tuple[bool, str]:
        uid, number = str(record.state.fields.get("uid")), int(record.state.fields.get("number", 0))
        return (uid, number) not in frozen, uid

    taken: set[int] = set()
    for record in sorted(book.records(schema), key=place):
        number = int(record.state.fields.get("number", 0))
        if number in taken:
            yield record
        taken.add(number)


def _renumber(work: Work, record: Record, schema: Schema) -> Renumbered:
    draft = work.take(record)
    before = draft.name()
    wanted = draft.number if schema is REVIEW else None
    planning.settle_number(draft, work.next_number(schema, wanted=wanted))
    title = str(record.state.fields.get("title") or record.state.fields.get("text", ""))
    return Renumbered(before, draft.name(), title)
