"""A stretch of time as somebody asks for it: a period by its name, or from a day to a day."""

from __future__ import annotations

from gettext import gettext as _
from typing import TYPE_CHECKING, NamedTuple

from ledger.domain.cadence import period_named
from ledger.domain.dates import parse_date
from ledger.domain.text import excerpt
from ledger.errors import UsageError

if TYPE_CHECKING:
    import datetime as dt

#: What stands between the first and the last day.
_TO = ".."


class Stretch(NamedTuple):
    """From a first to a last day, both counted; None is open."""

    name: str
    first: dt.date | None = None
    last: dt.date | None = None

    def holds(self, day: dt.date | None) -> bool:
        """Whether a day lies in it; no day lies in none that has an end."""
        if day is None:
            return self.first is None and self.last is None
        return (self.first or day) <= day <= (self.last or day)


#: All there is.
ALWAYS = Stretch("")


def stretch(words: str, *, today: dt.date) -> Stretch:
    """The stretch somebody means.

    Shape: a period as `cadence.period_named` takes it, or `2025-01-01..2025-06-30`, of which one day may be
        left out; nothing at all is `ALWAYS`.

    Raises:
        UsageError: it is no period, a day does not exist, or the last day comes before the first.
    """
    if not words.strip():
        return ALWAYS
    begin, to, end = (each.strip() for each in words.partition(_TO))
    if not to:
        period = period_named(words, today=today)
        return Stretch(period.name, period.first, period.last)
    first = parse_date(begin, today=today) if begin else None
    last = parse_date(end, today=today) if end else None
    if first is not None and last is not None and last < first:
        message = _("{words} ends before it begins").format(words=excerpt(words))
        raise UsageError(message, _("write the first day first: 2025-01-01..2025-06-30"))
    return Stretch(f"{first or ''}{_TO}{last or ''}", first, last)
