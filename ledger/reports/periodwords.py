"""Periods as documents name them (期次)."""

from __future__ import annotations

from gettext import gettext as _
from gettext import pgettext
from typing import TYPE_CHECKING

from ledger.domain.cadence import Cadence, is_name, period_named
from ledger.domain.words import dated
from ledger.reports.views import Fact

if TYPE_CHECKING:
    from ledger.domain.cadence import Span


def period_fact(span: Span | None) -> tuple[Fact, ...]:
    """Which period a report is of, as a fact of its head; nothing where it is of none."""
    return () if span is None else (Fact("period", pgettext("document", "period"), period_words(span)),)


def period_words(span: Span) -> str:
    """What a period is called."""
    if not is_name(span.name):
        return dated(span.first)
    period = period_named(span.name)
    year, number = period.first.year, _number(period.cadence, span.name)
    match period.cadence:
        case Cadence.WEEKLY:
            year = int(span.name[:4])  # the week of a year may begin in the year before
            return _("{year}, week {number}").format(year=year, number=number)
        case Cadence.MONTHLY:
            return _("{year}, no. {month}").format(year=year, month=number)
        case Cadence.QUARTERLY:
            return _("{year}, quarter {number}").format(year=year, number=number)
        case Cadence.HALF_YEARLY:
            first, second = _("{year}, first half"), _("{year}, second half")
            return (first if number == 1 else second).format(year=year)
        case Cadence.YEARLY:
            return _("the year {year}").format(year=year)


def _number(cadence: Cadence, name: str) -> int:
    """The number of a period within its year, out of its name: 2025-W23, 2025-Q2, 2025-06."""
    return 0 if cadence is Cadence.YEARLY else int(name[5:].lstrip("WQH"))
