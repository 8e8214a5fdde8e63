"""Ranking units (排名通报): by a share, the best first; equal shares have one place."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Final, NamedTuple

from ledger.domain import rates

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ledger.domain.rates import Group, Rate, Tally

#: What is ranked by where an office says nothing.
USUAL: Final = "issues_closed"
#: What can be ranked by, each with whether the largest share is the best.
BEST_IS_MOST: Final = {
    "issues_closed": True,
    "issues_settled": True,
    "measures_closed": True,
    "measures_settled": True,
    "issues_overdue": False,
    "measures_overdue": False,
}


class Place(NamedTuple):
    """Where a unit stands, and by which share."""

    place: int
    unit: str
    rate: Rate


class Ranking(NamedTuple):
    """All units by one share.

    Shape: `places` the best first; `without` are the units that have nothing to be ranked by, in the order
        given; `nobodys` counts what names no unit and stands in no place, but in `whole`.
    """

    places: tuple[Place, ...]
    without: tuple[str, ...]
    nobodys: int
    whole: Rate


def ranked(groups: Iterable[Group], whole: Tally, units: Iterable[str], by: str) -> Ranking:
    """The units of the groups, and all others there are, by the share `by`, a key of `BEST_IS_MOST`.

    Shape: shares are compared as they are, not as they are printed. Equal ones have the same place, and the
        next has the place it would have without the tie (1, 1, 3); among them the order is that given.
    """
    shares = {each.value: _share(each.tally, by) for each in groups}
    nobodys = shares.pop("", None)
    named = {unit: rate for unit, rate in shares.items() if rate.denominator}
    standings = {unit: Fraction(rate.numerator, rate.denominator) for unit, rate in named.items()}
    order = sorted(standings, key=standings.__getitem__, reverse=BEST_IS_MOST[by])
    first: dict[Fraction, int] = {}
    for place, unit in enumerate(order, 1):
        first.setdefault(standings[unit], place)
    return Ranking(
        places=tuple(Place(first[standings[unit]], unit, named[unit]) for unit in order),
        without=tuple(unit for unit in dict.fromkeys((*shares, *units)) if unit not in named),
        nobodys=nobodys.denominator if nobodys else 0,
        whole=_share(whole, by),
    )


def _share(tally: Tally, by: str) -> Rate:
    every = (*rates.rates(tally), *rates.overdue_rates(tally))
    return next(each for each in every if each.name == by)
