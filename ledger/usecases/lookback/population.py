"""The population of a look-back in a ledger: the index answers, and what has changed since is read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger.domain.population import members_of
from ledger.domain.review import Member, reasons
from ledger.store import index, populations

if TYPE_CHECKING:
    from ledger.domain.population import Asked
    from ledger.store.book import Book
    from ledger.store.indexfile import Index


def members(book: Book, asked: Asked) -> list[Member]:
    """The population, in the order of the uids.

    The index answers for everything that has not moved since the day nor changed since it was asked for;
    what has is read and replayed.
    """

    def question(connection: Index) -> tuple[list[populations.Stood], dict[str, str]]:
        again = populations.moved_since(connection, asked.of, asked.statuses, asked.day)
        again |= populations.changed_after(connection, asked.known)
        stood = populations.standing(connection, asked.of, asked.statuses, asked.day)
        return [each for each in stood if each.issue not in again], again

    found, again = index.ask(book, question)
    chosen = [_member(each, asked) for each in found if asked.takes(each.unit, each.category)]
    for name in sorted(again.values()):
        chosen += members_of(book.read(name).entries, asked)
    return sorted(chosen)


def _member(each: populations.Stood, asked: Asked) -> Member:
    why = reasons(each.flags, asked.flags, each.rebounds, suspect=each.suspect)
    return Member(each.uid, each.about, why)
