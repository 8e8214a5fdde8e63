"""What a measure does again and again (每季度, 每半年): its periods, and which are open or missed."""

from __future__ import annotations

import re
from functools import lru_cache
from gettext import gettext as _
from typing import TYPE_CHECKING, NamedTuple

from ledger.domain.cadence import Cadence, Period, period_named, period_of
from ledger.domain.dates import parse_date
from ledger.domain.periods import plain
from ledger.domain.spans import recurrence_in
from ledger.domain.text import excerpt
from ledger.errors import UsageError

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection, Iterator

#: How often, in the durations that phrases are read into. Source: `spans.recurrence_in`.
_DURATIONS = {
    "P1W": Cadence.WEEKLY, "P1M": Cadence.MONTHLY, "P3M": Cadence.QUARTERLY, "P6M": Cadence.HALF_YEARLY,
    "P12M": Cadence.YEARLY, "P1Y": Cadence.YEARLY,
}  # fmt: skip
#: How often, in the words of the command line.
_WORDS = {
    "week": Cadence.WEEKLY, "month": Cadence.MONTHLY, "quarter": Cadence.QUARTERLY,
    "half-year": Cadence.HALF_YEARLY, "half year": Cadence.HALF_YEARLY, "year": Cadence.YEARLY,
}  # fmt: skip
#: 每年年中、年底: each of the two is the end of a half-year.
_TWICE = re.compile("每年(?:的)?(?:年中|6月底?)[、,和及与](?:年底|年末|12月底?)")
_STORED = re.compile(r"(?P<cadence>[a-z-]+) from (?P<first>\S+)(?: to (?P<last>\S+))?")
_TYPED = re.compile(
    r"\s*(?:every\s+)?(?P<often>.+?)(?:\s*(?:\bfrom\b|自|从)\s*(?P<first>\S+?)起?)?"
    r"(?:\s*(?:\bto\b|\buntil\b|至(?!少)|到)\s*(?P<last>\S+?)止?)?\s*",
    re.IGNORECASE,
)
#: Longer than anything that says how often.
_LONGEST = 200


class Recurrence(NamedTuple):
    """How often something is done, and from when to when.

    Shape: `first` and `last` are periods of one cadence; without `last` it goes on.
    """

    first: Period
    last: Period | None = None

    @property
    def cadence(self) -> Cadence:
        """How often."""
        return self.first.cadence

    def __str__(self) -> str:
        """As a record keeps it: quarterly from 2025-Q2 to 2026-Q4."""
        ends = f" to {self.last.name}" if self.last else ""
        return f"{self.cadence} from {self.first.name}{ends}"

    def expects(self, period: Period) -> bool:
        """Whether it is one of the periods in which something is to be done."""
        return (
            period.cadence is self.cadence
            and self.first.first <= period.first
            and (self.last is None or period.first <= self.last.first)
        )

    def periods(self) -> Iterator[Period]:
        """All its periods, the earliest first; without an end there is no last one."""
        period = self.first
        while self.expects(period):
            yield period
            try:
                period = period.next
            except UsageError:
                return

    def since(self, day: dt.date) -> Recurrence | None:
        """What is left of it from a day on; None when nothing is."""
        period = period_of(self.cadence, day)
        first = max(self.first, period)
        return self._replace(first=first) if self.expects(first) else None


def in_words(recurrence: Recurrence) -> str:
    """How often something is done, and from when to when, in words."""
    how = {
        Cadence.WEEKLY: _("weekly"),
        Cadence.MONTHLY: _("monthly"),
        Cadence.QUARTERLY: _("quarterly"),
        Cadence.HALF_YEARLY: _("half-yearly"),
        Cadence.YEARLY: _("yearly"),
    }[recurrence.cadence]
    if recurrence.last is None:
        return _("{often} from {first}").format(often=how, first=recurrence.first.name)
    return _("{often} from {first} to {last}").format(
        often=how, first=recurrence.first.name, last=recurrence.last.name
    )


def earliest_open(recurrence: Recurrence, recorded: Collection[str]) -> Period | None:
    """The earliest period that is neither done nor excused; None when there is none left.

    Shape: `recorded` holds the names of those that are.
    """
    return next((each for each in recurrence.periods() if each.name not in recorded), None)


def missed(recurrence: Recurrence, recorded: Collection[str], day: dt.date) -> list[Period]:
    """The periods that had passed by a day and are neither done nor excused, the earliest first.

    Source: docs/contract.md §6.
    """
    passed = []
    for each in recurrence.periods():
        if each.last >= day:
            break
        if each.name not in recorded:
            passed.append(each)
    return passed


def upcoming(recurrence: Recurrence, recorded: Collection[str], day: dt.date) -> Period | None:
    """The earliest period that has not passed on a day and is neither done nor excused; None for none."""
    left = recurrence.since(day)
    return None if left is None else earliest_open(left, recorded)


@lru_cache(maxsize=1024)
def recurrence_of(stored: str) -> Recurrence:
    """The recurrence a record keeps.

    A ValueError: it is none, or not written in its one form.
    """
    found = _STORED.fullmatch(stored)
    if found is None:
        raise ValueError(stored)
    try:
        last = period_named(found["last"]) if found["last"] else None
        recurrence = Recurrence(period_named(found["first"]), last)
    except UsageError as error:
        raise ValueError(stored) from error
    backwards = last is not None and not recurrence.expects(last)
    if backwards or str(recurrence) != stored:
        raise ValueError(stored)
    return recurrence


def is_recurrence(value: object) -> bool:
    """Whether a value is a recurrence as records keep it."""
    try:
        return isinstance(value, str) and recurrence_of(value) is not None
    except ValueError:
        return False


def cadence_in(phrase: str) -> Cadence | None:
    """How often a phrase says something is done; None when it does not say, or in no way that is counted."""
    words = plain(phrase, None) if len(phrase) <= _LONGEST else ""
    if _TWICE.search("".join(phrase.split())):
        return Cadence.HALF_YEARLY
    found = recurrence_in(words)
    return _DURATIONS.get(found[1] or "") if found else None


def typed_recurrence(words: str, *, since: dt.date) -> Recurrence:
    """What somebody typed: quarter, quarterly, 每季度, 每半年 自2025-H2 至2026-H2.

    Shape: begins with the period in which the day `since` lies unless the words say from when; `from` and
        `to` are followed by a period or a day.

    Raises:
        UsageError: how often is not understood, or a period; or it ends before it begins.
    """
    found = _TYPED.fullmatch(words) if len(words) <= _LONGEST else None
    often = found["often"].strip().lower() if found else ""
    cadence = _WORDS.get(often) or (Cadence(often) if often in set(Cadence) else cadence_in(often))
    if found is None or cadence is None:
        message = _('"{words}" does not say how often').format(words=excerpt(words))
        hint = _('write week, month, quarter, half-year, year, 每季度, or "quarter from 2025-Q2 to 2026-Q4"')
        raise UsageError(message, hint)
    first = _bound(cadence, found["first"], since) if found["first"] else period_of(cadence, since)
    last = _bound(cadence, found["last"], since, ends=True) if found["last"] else None
    if last is not None and last < first:
        message = _("{last} lies before {first}").format(last=last.name, first=first.name)
        raise UsageError(message, _("say from the earlier one to the later one"))
    return Recurrence(first, last)


def _bound(cadence: Cadence, words: str, today: dt.date, *, ends: bool = False) -> Period:
    """The period of a cadence with which it begins or ends: as named, or by a day or a time in it."""
    try:
        day = parse_date(words, today=today)
    except UsageError:
        named = period_named(words, today=today)
        day = named.last if ends else named.first
    return period_of(cadence, day)
