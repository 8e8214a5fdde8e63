"""How many letters went out, of which rung and when, and how many were answered in time (督办函33件)."""

from __future__ import annotations

from gettext import gettext as _
from typing import TYPE_CHECKING, Final, NamedTuple

from ledger.domain.cadence import Cadence, period_of
from ledger.domain.rates import Rate, percent

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable, Mapping

    from ledger.domain.letter import Letter

#: What letters can be counted by.
PER: Final = ("rung", "addressee", "week", "month", "quarter", "year")
_CADENCES: Final[Mapping[str, Cadence]] = {
    "week": Cadence.WEEKLY,
    "month": Cadence.MONTHLY,
    "quarter": Cadence.QUARTERLY,
    "year": Cadence.YEARLY,
}


class Count(NamedTuple):
    """How many letters there are.

    Shape: `sent` are those signed that stand; of them `asked` had to be answered by a date, and of these
        `answered` have been, `awaited` still may be in time, `late` were not by their date and are open.
        `drafts` and `withdrawn` are counted apart; `withdrawn` had a number, drafts taken back count nowhere.
    """

    sent: int
    asked: int
    answered: int
    awaited: int
    late: int
    drafts: int
    withdrawn: int


class Group(NamedTuple):
    """The letters that share a value of what they are counted by; empty gathers those that have none."""

    value: str
    counts: Count
    rate: Rate


def count(letters: Iterable[Letter], day: dt.date) -> Count:
    """All letters, on a day; void ones count nowhere."""
    every = tuple(letters)
    sent = [each for each in every if each.counts]
    asked = [each for each in sent if each.reply_by is not None]
    return Count(
        sent=len(sent),
        asked=len(asked),
        answered=sum(bool(each.replies) for each in asked),
        awaited=sum(each.standing(day) == "awaiting" for each in asked),
        late=sum(each.standing(day) == "unanswered" for each in asked),
        drafts=sum(each.stage == "draft" for each in every),
        withdrawn=sum(each.stage == "withdrawn" and bool(each.reference) for each in every),
    )


def rate(letters: Iterable[Letter], day: dt.date) -> Rate:
    """The share answered in time (按期回复率)."""
    asked = [each for each in letters if each.counts and each.reply_by is not None]
    over = [each for each in asked if each.replies or each.standing(day) == "unanswered"]
    in_time = sum(each.in_time for each in over)
    definition = _(
        "letters whose first answer came by its date ÷ letters that were answered, or whose date has passed"
    )
    return Rate("answered_in_time", definition, in_time, len(over), percent(in_time, len(over)))


def by(letters: Iterable[Letter], what: str, day: dt.date) -> tuple[Group, ...]:
    """The same for each value of one of PER; what is counted over time goes by the day of signing.

    Shape: a letter stands in one group; drafts, which have no such day, in none of those over time.
    """
    value = _value(what)
    groups: dict[str, list[Letter]] = {}
    for each in letters:
        found = value(each)
        if found is not None:
            groups.setdefault(found, []).append(each)
    names = sorted(groups) if what in _CADENCES else groups
    return tuple(Group(name, count(groups[name], day), rate(groups[name], day)) for name in names)


def _value(what: str) -> Callable[[Letter], str | None]:
    if what in _CADENCES:
        cadence = _CADENCES[what]
        return lambda each: period_of(cadence, each.signed_on).name if each.signed_on else None
    return lambda each: str(getattr(each, what))
