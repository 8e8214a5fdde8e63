"""Counting rules: what counts, what is late, every rate."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.domain import rates
from ledger.domain.moves import Status
from ledger.errors import UsageError
from tests.issues import issue, measure

TODAY = dt.date(2025, 6, 30)
EARLIER, LATER = dt.date(2025, 6, 20), dt.date(2025, 7, 10)
STATUSES = [str(status) for status in Status]


def counts(**statuses):
    return {status: statuses.get(str(status), 0) for status in rates.COUNTED}


@pytest.mark.parametrize(
    ("numerator", "denominator", "expected"),
    [
        (0, 0, None),
        (0, 7, "0.0"),
        (7, 7, "100.0"),
        (14, 23, "60.9"),
        (1503, 1786, "84.2"),
        (412, 515, "80.0"),
        (1, 16, "6.3"),  # 6.25: half goes up
        (1, 80, "1.3"),  # 1.25: half goes up, not to even
        (3, 80, "3.8"),  # 3.75
        (1999, 2000, "99.9"),  # 99.95 would round to 100.0, but one is open
        (9999, 10000, "99.9"),
        (1, 3000, "0.0"),
    ],
)
def test_percent(numerator, denominator, expected):
    """Half-up to one decimal; 100.0 only when nothing is left; nothing to divide by gives none."""
    assert rates.percent(numerator, denominator) == (None if expected is None else Decimal(expected))


@given(st.integers(0, 10**6), st.integers(1, 10**6))
def test_percent_is_the_nearest_tenth_below_the_whole(numerator, denominator):
    """A percentage is within half a tenth of the share, except that 100.0 is kept for the whole."""
    numerator = min(numerator, denominator)
    shown = Fraction(rates.percent(numerator, denominator))
    exact = Fraction(100 * numerator, denominator)
    assert (shown == 100) == (numerator == denominator)
    assert -Fraction(1, 20) < shown - exact <= Fraction(1, 20) or shown == Fraction(999, 10)


def test_tally_counts_each_status_and_leaves_void_out():
    """Void issues, their measures and void measures count nowhere; every other status has its count."""
    issues = (
        issue(1, measure(1, "closed"), measure(2, "closed")),
        issue(2, measure(1, "active"), measure(2, "void")),
        issue(3, measure(1, "longterm")),
        issue(4, measure(1, "pending"), status="void"),
        issue(5),
    )
    got = rates.tally(issues, TODAY)
    assert (got.issues.total, got.measures.total) == (4, 4)
    assert got.issues.by_status == counts(closed=1, active=1, longterm=1, pending=1)
    assert got.measures.by_status == counts(closed=2, active=1, longterm=1)
    assert got.overdue == 0


@pytest.mark.parametrize(
    ("status", "due", "review_on", "late"),
    [
        ("pending", EARLIER, None, True),
        ("active", EARLIER, None, True),
        ("active", TODAY, None, False),
        ("active", LATER, EARLIER, False),
        ("active", None, None, False),
        ("interim", EARLIER, None, False),
        ("interim", EARLIER, LATER, False),
        ("interim", LATER, EARLIER, True),
        ("longterm", EARLIER, None, False),
        ("longterm", None, EARLIER, True),
        ("done", EARLIER, EARLIER, False),
        ("closing", EARLIER, EARLIER, False),
        ("closed", EARLIER, EARLIER, False),
        ("void", EARLIER, EARLIER, False),
    ],
)
def test_what_is_overdue(status, due, review_on, late):
    """Past its due date while pending or active, past its review date while interim or long-term; nothing else."""
    alone = issue(1, status=status, due=due, review_on=review_on)
    within = issue(2, measure(1, status, due=due, review_on=review_on))
    assert [bool(rates.overdue(each, TODAY)) for each in (alone, within)] == [late, late]
    assert rates.tally((alone, within), TODAY).overdue == 2 * late
    assert rates.tally((alone, within), TODAY).measures.overdue == late


def test_late_measures_of_one_issue_are_each_on_the_list():
    """Overdue work is counted by measure, overdue issues by issue."""
    late = issue(1, measure(1, "active", due=EARLIER), measure(2, due=EARLIER), measure(3, due=LATER))
    got = rates.tally((late,), TODAY)
    assert (got.overdue, got.measures.overdue, got.issues.overdue) == (2, 2, 1)
    assert [each.id for each in rates.overdue(late, TODAY)] == ["1.1", "1.2"]


def test_nothing_is_late_in_what_is_signed_off():
    """An issue closed, or under its own sign-offs, is not made late by a long-term measure in it."""
    inside = measure(1, "longterm", review_on=EARLIER)
    closed, closing = issue(1, inside, status="closed"), issue(2, inside, status="closing", steps=1)
    assert [rates.overdue(each, TODAY) for each in (closed, closing)] == [(), ()]
    assert rates.tally((closed, closing), TODAY).measures.overdue == 0


def test_rates_of_a_ledger():
    """Closed rate = closed ÷ all; settled rate adds long-term; interim and done raise neither."""
    issues = (
        issue(1, measure(1, "closed")),
        issue(2, measure(1, "longterm")),
        issue(3, measure(1, "interim"), measure(2, "closed")),
        issue(4, measure(1, "done")),
        issue(5, measure(1, "void")),
    )
    got = [
        (each.name, each.numerator, each.denominator, each.percent)
        for each in rates.rates(rates.tally(issues, TODAY))
    ]
    assert got == [
        ("issues_closed", 1, 4, Decimal("25.0")),
        ("issues_settled", 2, 4, Decimal("50.0")),
        ("measures_closed", 2, 5, Decimal("40.0")),
        ("measures_settled", 3, 5, Decimal("60.0")),
    ]


def test_rates_of_nothing():
    """An empty ledger has rates without a percentage."""
    assert [each.percent for each in rates.rates(rates.tally((), TODAY))] == [None] * 4


def test_a_continuing_measure_counts_as_closed():
    """A closed measure that is continued counts as closed."""
    got = rates.tally((issue(1, measure(1, "closed", continuing=True)),), TODAY)
    assert rates.rates(got)[2].percent == Decimal("100.0")


def test_a_shared_measure_counts_for_each_issue_and_once_in_totals():
    """A measure that serves other issues stands under each of them, once in a category, once in the total."""
    issues = (
        issue(1, measure(1, "closed", serves=("i1", "i2", "i3", "i4", "gone")), category="A"),
        issue(2, measure(1, "active"), category="A"),
        issue(3, category="B", status="active"),
        issue(4, category="C", status="void"),
    )
    ids = {uid: [each.id for each in found] for uid, found in rates.measures_by_issue(issues).items()}
    assert ids == {"i1": ["1.1"], "i2": ["2.1", "1.1"], "i3": ["1.1"]}
    assert rates.tally(issues, TODAY).measures.total == 2
    groups = [
        (each.value, each.tally.issues.total, each.tally.measures.total)
        for each in rates.by(issues, "category", TODAY)
    ]
    assert groups == [("A", 2, 2), ("B", 1, 1)]


def test_groups_follow_the_measures_own_unit():
    """A measure is counted under its own unit, the issue under the issue's; order is that of appearance."""
    issues = (
        issue(2, measure(1, "closed", unit="Finance"), measure(2, "active"), unit="Office"),
        issue(3, measure(1, "active", due=EARLIER)),
    )
    got = [
        (
            each.value,
            each.tally.issues.total,
            each.tally.measures.total,
            each.tally.measures.closed,
            each.tally.overdue,
        )
        for each in rates.by(issues, "unit", TODAY)
    ]
    assert got == [("Office", 1, 1, 0, 0), ("Finance", 0, 1, 1, 0), ("", 1, 1, 0, 1)]


def test_terms_stand_in_their_own_order():
    """Groups by term are immediate, phased, long-term, then what has none."""
    issues = (issue(1), issue(2, term="longterm"), issue(3, term="immediate"))
    assert [each.value for each in rates.by(issues, "term", TODAY)] == ["immediate", "longterm", ""]


def test_nothing_else_can_be_grouped_by():
    """An unknown field is refused by name, with the fields there are."""
    with pytest.raises(UsageError, match="title") as caught:
        rates.by((), "title", TODAY)
    assert caught.value.hint == "there are: unit, category, leader, term"


days = st.one_of(st.none(), st.sampled_from([EARLIER, TODAY, LATER]))
names = st.sampled_from(["", "A", "B", "C"])
measures = st.builds(
    lambda **fields: fields,
    status=st.sampled_from(STATUSES),
    unit=names,
    leader=names,
    term=st.sampled_from(["", "immediate", "phased", "longterm"]),
    due=days,
    review_on=days,
    serves=st.lists(st.sampled_from(["i1", "i2", "i3", "i4"]), unique=True, max_size=3).map(tuple),
)
ledgers = st.lists(
    st.tuples(st.lists(measures, max_size=4), names, names, st.sampled_from([None, None, *STATUSES]), days),
    max_size=4,
).map(
    lambda rows: tuple(
        issue(
            number,
            *(measure(n, **fields) for n, fields in enumerate(parts, 1)),
            category=category,
            unit=unit,
            status=status,
            due=due,
        )
        for number, (parts, category, unit, status, due) in enumerate(rows, 1)
    )
)


@given(ledgers, st.sampled_from(rates.FIELDS))
def test_parts_sum_to_the_whole(issues, field):
    """Statuses sum to totals; groups sum to the ledger, category rows to it plus what is shared between them."""
    whole = rates.tally(issues, TODAY)
    for count in (whole.issues, whole.measures):
        assert sum(count.by_status.values()) == count.total
    groups = [each.tally for each in rates.by(issues, field, TODAY)]
    for status in rates.COUNTED:
        assert sum(each.issues.by_status[status] for each in groups) == whole.issues.by_status[status]
    assert sum(each.issues.overdue for each in groups) == whole.issues.overdue
    shared = 0
    if field == "category":
        categories = {each.uid: each.category for each in rates.counting(issues)}
        for each in rates.counting(issues):
            for part in each.live:
                shared += len({categories[uid] for uid in (each.uid, *part.serves) if uid in categories}) - 1
    assert sum(each.measures.total for each in groups) == whole.measures.total + shared
    if not shared:
        assert sum(each.overdue for each in groups) == whole.overdue


@given(ledgers)
def test_overdue_is_the_length_of_the_list(issues):
    """The overdue figure is what a list of overdue work would hold."""
    listed = [part for each in rates.counting(issues) for part in rates.overdue(each, TODAY)]
    assert rates.tally(issues, TODAY).overdue == len(listed)
    assert all(part.status is not Status.VOID for part in listed)


@given(ledgers)
def test_a_rate_is_full_only_when_nothing_is_open(issues):
    """100.0 is printed only when nothing is open; the closed rate is never above the settled one."""
    for rate in rates.rates(rates.tally(issues, TODAY)):
        assert (rate.percent == 100) == (rate.denominator > 0 and rate.numerator == rate.denominator)
    closed, settled = rates.rates(rates.tally(issues, TODAY))[2:]
    assert (closed.percent or 0) <= (settled.percent or 0)
