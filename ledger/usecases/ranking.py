"""Units to be ranked, as the index counts them: no record is read, unless to see the ledger as it was."""

from __future__ import annotations

from gettext import gettext as _
from typing import TYPE_CHECKING

from ledger.domain.ranking import BEST_IS_MOST, USUAL
from ledger.errors import UsageError
from ledger.reports.material import Units
from ledger.store import counting
from ledger.store.recorded import recorded
from ledger.usecases.sight import ask

if TYPE_CHECKING:
    from ledger.store.indexfile import Index
    from ledger.store.recorded import Recorded
    from ledger.usecases.sight import Sight


def units(sight: Sight, rate: str) -> tuple[Units, tuple[Recorded, ...]]:
    """The units on the day looked at, and the records their figures rest on.

    Shape: `rate` is a key of `BEST_IS_MOST`, empty for the one of the settings.

    Raises:
        UsageError: there is no such rate.
    """
    by = rate or sight.book.settings.ranked_by or USUAL
    if by not in BEST_IS_MOST:
        message = _("units cannot be ranked by {rate}").format(rate=by)
        raise UsageError(message, _("there are: {names}").format(names=", ".join(BEST_IS_MOST)))
    names = sight.book.people.units_on(sight.day)

    def question(asked: Index) -> tuple[Units, tuple[Recorded, ...]]:
        groups, whole = counting.counts_by(asked, "unit", sight.day), counting.counts(asked, sight.day)
        return Units(groups, whole, names, by), recorded(asked)

    return ask(sight, question)
