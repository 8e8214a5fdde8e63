"""What the report of a register is made from: its records by their dates, and its figures."""

from __future__ import annotations

from gettext import gettext as _
from typing import TYPE_CHECKING

from ledger.domain.entered import in_order
from ledger.domain.registerfigures import RECORDS, Question, counted
from ledger.domain.stretch import ALWAYS, Stretch
from ledger.errors import UsageError
from ledger.reports.material import Listed
from ledger.store.registers import declared
from ledger.usecases import registers
from ledger.usecases.registerlinks import ids_in
from ledger.usecases.registers import When

if TYPE_CHECKING:
    from ledger.domain.cadence import Span
    from ledger.domain.declaration import Declaration
    from ledger.store.book import Book
    from ledger.usecases.sight import Sight


def meant(book: Book, word: str) -> Declaration:
    """The register a report is asked for, by its name or by what it is called.

    Raises:
        UsageError: none is named.
        NotFoundError: there is none of that name.
        DamageError: a declaration of the ledger is not right; file and line are named.
    """
    if not word:
        message = _("it is not said which register the report is of")
        raise UsageError(message, registers.there_are(declared(book.settings)))
    return registers.one(book, word)


def listed(sight: Sight, declaration: Declaration, period: Span | None) -> Listed:
    """The register as the ledger is or was, of a period where one is given.

    Raises:
        DamageError: a record cannot be read; file and line are named.
    """
    every = registers.entered(sight.book, declaration.kind, When(sight.as_of, sight.known_at))
    stretch = ALWAYS if period is None else Stretch(period.name, period.first, period.last)
    live = (each for each in every if not each.void)
    shown = in_order(each for each in live if period is None or stretch.holds(each.on))
    question, units = Question(stretch=stretch), registers.units(sight.book, sight.day)
    figures = declaration.figures or (RECORDS,)
    return Listed(
        declaration=declaration,
        records=tuple(shown),
        every=tuple(every),
        ids=ids_in(sight.book, declaration, every),
        figures=tuple(counted(declaration, each, every, question, units) for each in figures),
    )
