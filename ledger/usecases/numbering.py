"""Which numbers issues have had: none is ever used again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger.domain.ids import number_in
from ledger.domain.schema import ISSUE, Schema

if TYPE_CHECKING:
    from collections.abc import Container

    from ledger.store.book import Book


def used(book: Book, schema: Schema = ISSUE, *, but: Container[str] = ()) -> set[int]:
    """Every number a record of its kind has or had; the files named in `but` do not count.

    Shape: only a renumbered issue has had another one, and it left a gap; without gaps no record is read.

    Source: docs/contract.md §2, "numbers are never reused".
    """
    names = [name for name in book.names(schema) if name not in but]
    numbers = {number for number in map(number_in, names) if number is not None}
    if schema is ISSUE and len(numbers) < max(numbers, default=0):
        for name in names:
            numbers.update(int(each) for each in book.read(name).state.fields.get("formerly", ()))
    return numbers
