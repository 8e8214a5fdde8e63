"""Which numbers records have had: none is ever used again."""

from __future__ import annotations

from gettext import gettext as _
from typing import TYPE_CHECKING

from ledger.domain.ids import number_in
from ledger.domain.schema import ISSUE, REVIEWS_A_YEAR, Schema
from ledger.errors import RefusedError

if TYPE_CHECKING:
    from collections.abc import Container, Iterable

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


def next_of_year(used: Iterable[int], year: int) -> int:
    """The next number of a review in a year: R2025-1 is kept as 2025001.

    Raises:
        RefusedError: the year has had as many as there are numbers.
    """
    number = max((each for each in used if each // REVIEWS_A_YEAR == year), default=year * REVIEWS_A_YEAR) + 1
    if number // REVIEWS_A_YEAR != year:
        message = _("{year} has had {most} look-backs").format(year=year, most=REVIEWS_A_YEAR - 1)
        raise RefusedError(message, _("finish those that are open: ledger lookback list"))
    return number
