"""What records of registers refer to: ids as people type them to uids, and uids to ids."""

from __future__ import annotations

from gettext import gettext as _
from typing import TYPE_CHECKING

from ledger.domain.declaration import FieldType
from ledger.domain.ids import parse_ids, short
from ledger.domain.kinds import meant
from ledger.domain.schema import ISSUE
from ledger.errors import DamageError, NotFoundError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from ledger.domain.declaration import Declaration
    from ledger.domain.entered import Entered
    from ledger.store.book import Book


class Links:
    """Finds what ids mean, each looked up once: an import names the same issues again and again."""

    def __init__(self, book: Book) -> None:
        """Look in this ledger."""
        self._book = book
        self._known: dict[str, str] = {}

    def uids(self, words: Sequence[str]) -> list[str]:
        """The uids of the issues, measures and other records that ids mean, each once.

        Raises:
            NotFoundError: there is no such thing.
            UsageError: a word is no id, or means a point of a measure.
        """
        found: dict[str, None] = {}
        for each in parse_ids(words):
            word = str(each)
            if word not in self._known:
                self._known[word] = self._uid(word)
            found[self._known[word]] = None
        return list(found)

    def _uid(self, word: str) -> str:
        (wanted,) = parse_ids([word])
        schema, number = meant(wanted)
        record = self._book.find(number, schema)
        if wanted.kind == "point":
            message = _("{id} is a point, which nothing refers to").format(id=wanted)
            raise UsageError(message, _("name its measure"))
        if wanted.kind != "measure":
            return str(record.state.fields["uid"])
        for uid, part in record.state.parts.items():
            if part.get("number") == wanted.numbers[1]:
                return uid
        message = _("issue {id} has no measure {number}").format(id=number, number=wanted.numbers[1])
        raise NotFoundError(message, _("ledger show {id} shows them").format(id=number))


def ids_in(book: Book, declaration: Declaration, records: Iterable[Entered]) -> Mapping[str, str]:
    """The ids of everything the records refer to, by uid."""
    names = [each.name for each in declaration.fields.values() if each.type is FieldType.LINK]
    if not names:
        return {}
    found = (record.values.get(name) for record in records for name in names)
    return ids(book, {str(uid) for value in found if isinstance(value, list) for uid in value})


def ids(book: Book, uids: Iterable[str]) -> Mapping[str, str]:
    """The ids people use of the things that have these uids; those that cannot be found are not there."""
    wanted = set(uids)
    found = _issues(book, wanted) if wanted else {}
    for schema in book.schemas() if wanted - found.keys() else ():
        if schema is ISSUE:
            continue
        names = {name.rpartition("-")[2].removesuffix(".toml"): name for name in book.names(schema)}
        for uid in wanted - found.keys():
            name = names.get(short(uid))
            if name is not None:
                found[uid] = schema.id_of(int(name.partition("-")[0]))
    return found


def _issues(book: Book, wanted: set[str]) -> dict[str, str]:
    """Ids of issues and measures, which the index knows; none while a record of them cannot be read."""
    import datetime as dt

    from ledger.store import index, lists
    from ledger.store.listed import Day

    day = Day(dt.date.min, book.settings.lights)
    try:
        rows = index.ask(book, lambda asked: lists.named(asked, sorted(wanted), day))
    except DamageError:
        return {}
    return {row.uid: str(row.id) for row in rows}
