"""The registers of a ledger: what is declared, and the records there are, as they are or as they were."""

from __future__ import annotations

import difflib
from gettext import gettext as _
from typing import TYPE_CHECKING, NamedTuple

from ledger.domain.entered import Entered, entered_of
from ledger.domain.register import register
from ledger.domain.registerfigures import Units
from ledger.domain.text import excerpt
from ledger.errors import NotFoundError
from ledger.store import registers, staging

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator, Mapping

    from ledger.domain.declaration import Declaration
    from ledger.domain.schema import Schema
    from ledger.store.book import Book


class When(NamedTuple):
    """As of which day and known at which moment records are read; nothing for as they are."""

    as_of: dt.date | None = None
    known_at: dt.datetime | None = None

    @property
    def dated(self) -> bool:
        """Whether they are read as they were."""
        return self.as_of is not None or self.known_at is not None


NOW = When()


def one(book: Book, word: str) -> Declaration:
    """The register somebody means by its name, or by what it is called.

    Raises:
        NotFoundError: there is none.
        DamageError: a declaration of the ledger is not right; file and line are named.
    """
    own = book.settings.registers
    if word in own:
        return own[word]
    if word in registers.SHIPPED:
        return registers.shipped(word)
    known = registers.declared(book.settings)
    for kind, declaration in known.items():
        if word in (kind, *declaration.label.words):
            return declaration
    raise no_register(word, known)


def no_register(word: str, known: Mapping[str, Declaration]) -> NotFoundError:
    """The refusal of a register nobody declared, with near ones."""
    message = _("there is no register {name}").format(name=excerpt(word))
    names = dict.fromkeys([*known, *(each for one in known.values() for each in one.label.words)])
    near = difflib.get_close_matches(word, names, n=2)
    if near:
        return NotFoundError(message, _("did you mean {names}?").format(names=", ".join(near)))
    return NotFoundError(message, there_are(known))


def there_are(known: Iterable[str]) -> str:
    """The hint that names the registers there are."""
    hint = _("there are: {names}; declare others in ledger.toml: [registers.NAME]")
    return hint.format(names=", ".join(known))


def undeclared(book: Book, known: Iterable[str]) -> list[str]:
    """Registers that have records and that nobody declares any more."""
    found = (schema.kind for schema in book.schemas() if schema == register(schema.kind))
    return sorted(set(found) - set(known))


def entered(book: Book, kind: str, when: When = NOW) -> list[Entered]:
    """The records of a register in the order of their numbers, void ones too.

    Raises:
        DamageError: a record cannot be read; file and line are named.
    """
    return staging.at_one_moment(book.workspace.state, lambda: list(_each(book, register(kind), when)))


def _each(book: Book, schema: Schema, when: When) -> Iterator[Entered]:
    from ledger.store import record

    read, folder = book.reader(schema), book.shown("", schema)
    for name in book.names(schema):
        found = record.read(read(name), folder / name, schema)
        if not when.dated:
            yield entered_of(found.shown)
            continue
        state = book.replayed(found, as_of=when.as_of, known_at=when.known_at)
        if state is not None:
            yield entered_of(state)


def units(book: Book, day: dt.date) -> Units:
    """What people.toml says of the units there are on a day."""
    people = book.people
    groups = {group: people.units_on(day, group) for group in people.groups}
    return Units(people.group_of, {group: names for group, names in groups.items() if names})
