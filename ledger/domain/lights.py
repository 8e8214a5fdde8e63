"""The colour that says how something stands: which light shows on a day, and which rule makes it show."""

from __future__ import annotations

import datetime as dt
from calendar import monthrange
from typing import TYPE_CHECKING, Final, NamedTuple

from ledger.domain.course import OWN
from ledger.domain.moves import Status

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ledger.domain.settings import Light
    from ledger.domain.spells import Scene, Spell

#: Statuses without a colour, however late: nothing is awaited any more.
UNLIT = frozenset({Status.CLOSED, Status.VOID})
#: Statuses in which time, points, returns and silence count: somebody should be at work.
_AT_WORK = frozenset({Status.PENDING, Status.ACTIVE})
_WHOLE: Final = 100
_MONTHS: Final = 12


class Shining(NamedTuple):
    """A light that shows, and why.

    Shape: `rule` is the condition that is met, by its key in the settings.
    Units: `amount` is what that condition measures: days, percent, points, times, months or periods.
    """

    light: Light
    rule: str
    amount: int

    @property
    def place(self) -> str:
        """Where the rule is written; empty for a rule nobody wrote."""
        return self.light.places.get(self.rule, self.light.place)


def days_late(late_from: dt.date | None, today: dt.date) -> int | None:
    """How many days after its date something stands; None without a date.

    Units: whole days; negative days are days still left, 0 is the day itself.
    """
    return None if late_from is None else (today - late_from).days


def light(days: int | None, status: str, lights: Sequence[Light]) -> str | None:
    """The code of the light that the days alone make show, None when there is nothing to show.

    Shape: `lights` from the strictest on, as the settings give them: the first that is reached shows.
        Long-term work shows none until its review is late.
    Units: `days` late; negative days are days still left; None: it cannot be late.

    Source: docs/contract.md §6; the thresholds are the office's, DECISIONS.md D-20.
    """
    return next((each.code for each in lights if _by_days(each, days, status)), None)


def only_days(lights: Sequence[Light]) -> bool:
    """Whether the days late or left say everything, and nothing else of the past is needed."""
    return all(each.only_days for each in lights)


class Lamps:
    """The lights of one issue and its measures, today and on any day before."""

    def __init__(self, found: Mapping[str, Sequence[Spell]], lights: Sequence[Light]) -> None:
        """Take what `spells` gives, and the lights from the strictest on."""
        self._found = found
        self._lights = lights
        self._plain = [each for each in lights if not each.after]
        self._scenes: dict[dt.date, Scene | None] = {}

    def shining(self, key: str, day: dt.date, *, now: bool = False) -> Shining | None:
        """The light that shows on a day on the issue (`OWN`) or on one of its measures, and why.

        Shape: an issue shows by its own lateness, and by every other condition that one of its measures
            meets. What does not count, is closed or void shows none. With `now` all that is known counts,
            be it dated after the day.

        Source: docs/contract.md §6; the conditions are those of published rules, DECISIONS.md D-20.
        """
        stood = self._scene(dt.date.max if now else day)
        return _shining(self, stood, key, day, self._lights) if stood is not None else None

    def began(self, key: str) -> dt.date:
        """When something was entered."""
        return self._found[key][0].on

    def times(self, code: str, key: str, day: dt.date) -> int:
        """At how many ends of months up to a day a light has shown, lights that repeat left out."""
        shown = 0
        for end in month_ends(self.began(key), day):
            stood = self._scene(end)
            lit = _shining(self, stood, key, end, self._plain) if stood is not None else None
            shown += lit is not None and lit.light.code == code
        return shown

    def _scene(self, day: dt.date) -> Scene | None:
        if day not in self._scenes:
            from ledger.domain.spells import scene  # a list goes by the days alone, and loads nothing more

            self._scenes[day] = scene(self._found, day)
        return self._scenes[day]


def _shining(lamps: Lamps, stood: Scene, key: str, day: dt.date, lights: Sequence[Light]) -> Shining | None:
    spell = stood.own if key == OWN else stood.measures.get(key)
    if spell is None or spell.status in UNLIT:
        return None
    days = days_late(stood.late_from(key), day)
    parts = stood.measures if key == OWN and stood.measures else {key: spell}
    for each in lights:
        if _by_days(each, days, spell.status):
            return Shining(each, "from_days", days or 0)
        if each.only_days:
            continue
        for part, own in parts.items():
            met = _met(each, own, lamps.began(part), day)
            if met is None and each.missed and own.status not in UNLIT:
                missed = own.missed(day)
                met = ("missed", missed) if missed >= each.missed else None
            if met is None and each.after and own.status not in UNLIT:
                times = lamps.times(each.after, part, day)
                met = ("after", times) if times >= each.times else None
            if met is not None:
                return Shining(each, *met)
    return None


def month_ends(first: dt.date, last: dt.date) -> Iterator[dt.date]:
    """The last days of the months from one day to another, both included."""
    for month in range(first.year * _MONTHS + first.month - 1, last.year * _MONTHS + last.month):
        year, number = divmod(month, _MONTHS)
        end = dt.date(year, number + 1, monthrange(year, number + 1)[1])
        if end <= last:
            yield end


def _by_days(each: Light, days: int | None, status: str) -> bool:
    if days is None or status in UNLIT or (status == Status.LONGTERM and days <= 0):
        return False
    return each.from_days is not None and each.from_days <= days


def _met(each: Light, spell: Spell, began: dt.date, day: dt.date) -> tuple[str, int] | None:
    """The condition of a light that something meets at work, with what was measured."""
    if spell.status not in _AT_WORK:
        return None
    used, behind = _used(spell, began, day), _behind(spell, began, day)
    measured = (
        ("returns", each.returns, spell.returned),
        ("time_used", each.time_used, used),
        ("points_behind", each.points_behind, behind),
        ("months_quiet", each.months_quiet, _months(spell.moved_on, day)),
    )
    return next(
        (
            (rule, amount)
            for rule, limit, amount in measured
            if limit is not None and amount is not None and amount >= limit
        ),
        None,
    )


def _used(spell: Spell, began: dt.date, day: dt.date) -> int | None:
    """How much of the time from the day it was entered to its deadline is used. Units: percent, cut off."""
    if spell.due is None:
        return None
    whole = (spell.due - began).days
    return _WHOLE * (day - began).days // whole if whole > 0 else _WHOLE * (day >= spell.due)


def _behind(spell: Spell, began: dt.date, day: dt.date) -> int | None:
    """How far what is ticked off lags behind the time used. Units: percentage points, rounded down."""
    used = _used(spell, began, day)
    if used is None or not spell.total:
        return None
    return min(used, _WHOLE) - -(-_WHOLE * spell.done // spell.total)


def _months(since: dt.date, day: dt.date) -> int:
    """How many whole months have gone by since a day."""
    months = (day.year - since.year) * _MONTHS + day.month - since.month
    ends = day.day >= min(since.day, monthrange(day.year, day.month)[1])
    return months if ends else months - 1
