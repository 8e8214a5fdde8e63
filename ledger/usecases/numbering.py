"""Which numbers issues have had: none is ever used again."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ledger.store.book import Book


def used(book: Book) -> set[int]:
    """Every number an issue has or had.

    Shape: only a renumbered issue has had another one, and it left a gap; without gaps no record is read.

    Source: docs/contract.md §2, "numbers are never reused".
    """
    numbers = set(book.numbers())
    if len(numbers) < max(numbers, default=0):
        for record in book.records():
            numbers.update(int(each) for each in record.state.fields.get("formerly", ()))
    return numbers
