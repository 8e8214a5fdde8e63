"""What changed in a ledger from one day to another, or in a period by its name."""

from __future__ import annotations

from gettext import gettext as _
from typing import TYPE_CHECKING, Final, NamedTuple

from ledger.domain.cadence import Cadence, Span, period_named, period_of
from ledger.domain.changes import Changes, changes
from ledger.domain.dates import parse_date
from ledger.domain.text import excerpt
from ledger.errors import UsageError
from ledger.usecases.sight import ask

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Mapping

    from ledger.store.indexfile import Index
    from ledger.usecases.sight import Sight

#: The words for the period in which a day lies.
CADENCES: Final[Mapping[str, Cadence]] = {
    "week": Cadence.WEEKLY, "month": Cadence.MONTHLY, "quarter": Cadence.QUARTERLY, "year": Cadence.YEARLY,
    "周": Cadence.WEEKLY, "月": Cadence.MONTHLY, "季": Cadence.QUARTERLY, "季度": Cadence.QUARTERLY,
    "年": Cadence.YEARLY,
}  # fmt: skip
_DAYS: Final = frozenset({"day", "日", "天"})


class Changed(NamedTuple):
    """What changed, and the id people use of every issue and measure it names."""

    changes: Changes
    ids: Mapping[str, str]


def span(words: str, today: dt.date) -> Span:
    """The period somebody means: day, week, month, quarter or year is that of `today`, or one by its name.

    Raises:
        UsageError: it is no period, or it has not begun.
    """
    wish = words.strip().lower()
    if wish in _DAYS:
        return Span(today.isoformat(), today, today)
    if wish in CADENCES:
        period = period_of(CADENCES[wish], today)
    else:
        try:
            period = period_named(words, today=today)
        except UsageError as error:
            return _day(words, today, error)
    return _begun(Span(period.name, period.first, period.last), today)


def _day(words: str, today: dt.date, error: UsageError) -> Span:
    try:
        day = parse_date(words, today=today)
    except UsageError:
        hint = _("write day, week, month, quarter, year, or 2025-06, 2025-Q2, 2025-W23, 2025, 2025-06-30")
        raise UsageError(_("{words} is no period").format(words=excerpt(words)), hint) from error
    return _begun(Span(day.isoformat(), day, day), today)


def _begun(wanted: Span, today: dt.date) -> Span:
    if wanted.first > today:
        message = _("{period} has not begun on {day}").format(period=wanted.name, day=today)
        raise UsageError(message, _("name an earlier one, or a later --as-of"))
    return wanted._replace(last=min(wanted.last, today))


def at_its_end(sight: Sight, words: str) -> tuple[Sight, Span]:
    """The ledger as it stood at the end of a period, or as it is looked at while that is not over.

    Raises:
        UsageError: it is no period, it has not begun, or it was over before the day somebody asked for.
    """
    wanted = span(words, sight.day)
    if wanted.last >= sight.day:
        return sight, wanted
    if sight.as_of is not None:
        message = _("{period} was over on {day}").format(period=wanted.name, day=sight.day)
        raise UsageError(message, _("leave --as-of or --period out"))
    return sight._replace(day=wanted.last, as_of=wanted.last), wanted


def changed(
    sight: Sight, first: dt.date, last: dt.date, *, tell: Callable[[str], object] | None = None
) -> Changed:
    """What changed from the first day to the last, both included; as the ledger is known now.

    Shape: the index keeps how everything has stood, so that no record is read, and none is replayed, unless
        the ledger is looked at as it was.
    """

    def question(asked: Index) -> Changed:
        from ledger.store import spellbook

        found = changes(spellbook.between(asked, first, last), first, last)
        return Changed(found, spellbook.ids(asked, named_in(found)))

    return ask(sight, question, tell=tell)


def named_in(found: Changes) -> set[str]:
    """The uids of everything the events are about."""
    sides = (found.issues, found.measures)
    return {each.uid for side in sides for events in (side.moves, side.turns, side.shifts) for each in events}
