"""Names somebody asks for, with every name they are known by: aliases, and units by what they were called."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ledger.domain.filters import Condition
    from ledger.domain.people import People
    from ledger.store.book import Book

#: The fields of a question whose values are names of units or persons.
_FIELDS: Final = frozenset({"unit", "co_units", "leader", "owner", "claimed_by"})


def meant(people: People, name: str) -> tuple[str, ...]:
    """A name as it was typed, in full, and those of the units that it succeeded."""
    return tuple(dict.fromkeys((name, *people.answerable_for(name))))


def by_every_name(book: Book, conditions: Iterable[Condition]) -> list[Condition]:
    """Conditions that find units and persons by every name they are known by.

    Raises:
        DamageError: `people.toml` cannot be read, and somebody is asked for by name.
    """
    return [
        each._replace(values=tuple(dict.fromkeys(_names(book, each)))) if each.field in _FIELDS else each
        for each in conditions
    ]


def _names(book: Book, condition: Condition) -> Iterator[str]:
    for value in condition.values:
        yield from meant(book.people, str(value))
