"""Ranking units: the whole order as tables."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.domain.moves import Status
from ledger.domain.ranking import BEST_IS_MOST, ranked
from ledger.domain.rates import COUNTED, Count, Group, Tally

DAY = dt.date(2025, 6, 30)


def count(total, closed=0, longterm=0, overdue=0):
    statuses = dict.fromkeys(COUNTED, 0)
    statuses |= {Status.CLOSED: closed, Status.LONGTERM: longterm, Status.ACTIVE: total - closed - longterm}
    return Count(total, statuses, overdue)


def group(unit, issues=(0,), measures=(0,)):
    one, two = count(*issues), count(*measures)
    return Group("unit", unit, Tally(one, two, two.overdue))


def whole(groups):
    def added(counts):
        counts = list(counts)
        total = sum(each.total for each in counts)
        longterm = sum(each.by_status[Status.LONGTERM] for each in counts)
        return count(
            total, sum(each.closed for each in counts), longterm, sum(each.overdue for each in counts)
        )

    return Tally(added(g.tally.issues for g in groups), added(g.tally.measures for g in groups), 0)


def places(groups, by, units=()):
    found = ranked(groups, whole(groups), units, by)
    return [(each.place, each.unit, each.rate.numerator, each.rate.denominator) for each in found.places]


#: issues and measures of each unit: total, closed, long-term, overdue.
TOWN = (
    group("A", (4, 2, 1, 1), (10, 1, 0, 5)),
    group("B", (2, 1, 0, 0), (3, 3, 0, 0)),
    group("C", (3, 3, 0, 0), (6, 0, 6, 0)),
    group("D", (5, 1, 0, 4), (0,)),
    group("", (1, 1, 0, 0), (2, 0, 0, 0)),
)


@pytest.mark.parametrize(
    ("by", "expected"),
    [
        ("issues_closed", [(1, "C", 3, 3), (2, "A", 2, 4), (2, "B", 1, 2), (4, "D", 1, 5)]),
        ("issues_settled", [(1, "C", 3, 3), (2, "A", 3, 4), (3, "B", 1, 2), (4, "D", 1, 5)]),
        ("measures_closed", [(1, "B", 3, 3), (2, "A", 1, 10), (3, "C", 0, 6)]),
        ("measures_settled", [(1, "B", 3, 3), (1, "C", 6, 6), (3, "A", 1, 10)]),
        ("issues_overdue", [(1, "B", 0, 2), (1, "C", 0, 3), (3, "A", 1, 4), (4, "D", 4, 5)]),
        ("measures_overdue", [(1, "B", 0, 3), (1, "C", 0, 6), (3, "A", 5, 10)]),
    ],
)
def test_the_order_by_each_share(by, expected):
    """The best share first, of overdue work the smallest; ties share a place, and the next is left out."""
    assert places(TOWN, by) == expected


def test_what_is_left_out_is_named():
    """Units with nothing under them are named apart; what names no unit has no place and counts in the whole."""
    found = ranked(TOWN, whole(TOWN), ("A", "E", "D"), "measures_closed")
    assert (found.without, found.nobodys) == (("D", "E"), 2)
    assert (found.whole.numerator, found.whole.denominator) == (4, 21)
    assert "÷" in found.whole.definition


def test_nobody_is_ranked_in_an_empty_ledger():
    """Nothing to compare is an order of nobody."""
    found = ranked((), whole(()), ("A",), "issues_closed")
    assert (found.places, found.without, found.nobodys, found.whole.percent) == ((), ("A",), 0, None)


def test_shares_that_print_alike_are_no_tie():
    """33.3% of 3,000 and a third are two shares: the printed figure does not decide."""
    near = (group("A", (3000, 999)), group("B", (3, 1)))
    assert places(near, "issues_closed") == [(1, "B", 1, 3), (2, "A", 999, 3000)]


@given(st.lists(st.integers(0, 5).flatmap(lambda total: st.tuples(st.just(total), st.integers(0, total)))))
def test_a_place_says_how_many_are_better(counts):
    """Whatever the counts: a unit's place is one more than the number of units with a better share."""
    groups = [group(f"u{n}", each) for n, each in enumerate(counts)]
    shares = {f"u{n}": Fraction(closed, total) for n, (total, closed) in enumerate(counts) if total}
    expected = {unit: 1 + sum(other > share for other in shares.values()) for unit, share in shares.items()}
    assert {unit: place for place, unit, *_share in places(groups, "issues_closed")} == expected


def test_every_code_has_a_share():
    """Each code names a share the counting rules have, of a whole in which all units are."""
    for by in BEST_IS_MOST:
        assert ranked(TOWN, whole(TOWN), (), by).whole.name == by
