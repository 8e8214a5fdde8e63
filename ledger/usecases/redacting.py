"""What the papers of a ledger may not say when they leave the office."""

from __future__ import annotations

from functools import lru_cache
from gettext import gettext as _
from typing import TYPE_CHECKING

from ledger import language
from ledger.domain.clue import CLUE, clue_of
from ledger.domain.declaration import FieldType
from ledger.domain.entry import UNKNOWN
from ledger.errors import UsageError
from ledger.reports import secrets
from ledger.reports.basis import LANGUAGE
from ledger.reports.secrets import Sources
from ledger.store import registers as declared
from ledger.usecases import noticing, registers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ledger.domain.issue import Issue
    from ledger.reports.guard import Guard
    from ledger.store.book import Book
    from ledger.usecases.sight import Sight


@lru_cache(maxsize=1)
def guard(sight: Sight, profile: str) -> Guard:
    """What a profile keeps from leaving the office, whatever the day of the paper.

    Shape: what is withheld, noted or known of a clue today is protected in a paper about last year too; only
        the posts are those of its day. What was not known at `known_at` protects nothing.

    Raises:
        UsageError: there is no such profile.
        DamageError: a record cannot be read.
    """
    book = sight.book
    profiles = book.settings.redaction.profiles
    if profile not in profiles:
        message = _("there is no profile {name}").format(name=profile)
        raise UsageError(message, _("there are: {names}").format(names=", ".join(profiles)))
    issues, recorders = _issues(sight)
    sources = Sources(
        settings=book.settings,
        people=book.people,
        day=sight.day,
        issues=issues,
        clues=tuple(clue_of(record.shown) for record in book.records(CLUE)),
        persons=frozenset({*recorders, *_registered(book)}),
        declared=_declared(sight),
    )
    with language.speaking(book.settings.language or LANGUAGE):
        return secrets.guard(sources, profiles[profile])


def _issues(sight: Sight) -> tuple[tuple[Issue, ...], frozenset[str]]:
    """The issues as they are known, and everybody who recorded or signed anything of them."""
    from ledger.domain.issue import issue_of

    issues: list[Issue] = []
    names: set[str] = set()
    for record in sight.book.records():
        state = record.shown
        if sight.known_at is not None:
            then = sight.book.replayed(record, as_of=None, known_at=sight.known_at)
            if then is None:
                continue
            state = then
        issues.append(issue_of(state))
        names.update(name for entry in state.entries for name in (entry.by, entry.signer or ""))
    return tuple(issues), frozenset(names - {"", UNKNOWN})


def _registered(book: Book) -> Iterator[str]:
    """Persons named in registers: who was held to account, who presided."""
    known = declared.declared(book.settings)
    for schema in book.schemas():
        declaration = known.get(schema.kind)
        fields = declaration.fields.values() if declaration else ()
        persons = [each.name for each in fields if each.type is FieldType.PERSON]
        for record in registers.entered(book, schema.kind) if persons else ():
            yield from (str(record.values[name]) for name in persons if record.values.get(name))


def _declared(sight: Sight) -> tuple[str, ...]:
    """What an office publishes so that people can reach it."""
    settings = sight.book.settings
    notice = settings.notice
    said = (notice.phone, notice.hours, notice.address, notice.postcode, notice.email)
    return tuple(filter(None, (*said, settings.letters.contact, noticing.contact(sight))))
