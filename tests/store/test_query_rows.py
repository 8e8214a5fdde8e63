"""Rows and counts of an index are those of the counting rules, and nothing that was typed is run."""

from __future__ import annotations

import datetime as dt

import pytest

from ledger.domain import rates
from ledger.domain.filters import Condition
from ledger.domain.moves import Status
from ledger.errors import UsageError
from ledger.store import query
from ledger.store.query import Shown
from tests.issues import issue, measure
from tests.store.invented import DAY, TODAY, asked, made_up


def test_a_row_has_the_shape_of_the_contract():
    """One issue, every column of `list --json` (contract §5)."""
    one = issue(
        7,
        measure(1, "active", text="甲", due=dt.date(2025, 8, 22), due_text="八月"),
        measure(2, "closed", text="乙"),
        measure(3, "void", text="丙"),
        title="台账不全",
        category="作风建设",
        unit="综合股",
        due=dt.date(2025, 12, 31),
        criterion="全",
    )
    with asked([one]) as connection:
        (row,) = query.rows(connection, (), DAY, Shown(more=("criterion", "remark")))
    counts = dict.fromkeys(map(str, Status), 0) | {"total": 2, "active": 1, "closed": 1, "void": 1}
    assert row._asdict() == {
        "id": "7",
        "uid": "i7",
        "title": "台账不全",
        "category": "作风建设",
        "unit": "综合股",
        "leader": None,
        "owner": None,
        "term": None,
        "continuing": False,
        "status": "active",
        "due": dt.date(2025, 8, 22),
        "due_text": "八月",
        "overdue_days": 10,
        "light": "red",
        "measures": counts,
        "rebounds": 0,
        "suspect": False,
        "signed": 0,
        "steps": 0,
        "next_step": None,
        "more": {"criterion": "全", "remark": None},
    }


def test_a_measure_row_says_what_it_inherits():
    """A measure shows the unit and deadline of its issue where it has none, and its issue's title."""
    one = issue(
        7, measure(1, "active", text="甲"), title="台账不全", unit="综合股", due=dt.date(2025, 9, 4), category="作风"
    )  # fmt: skip
    with asked([one]) as connection:
        (row,) = query.measure_rows(connection, (), DAY, Shown(more=("points_total",)))
    shown = (
        row.id,
        row.text,
        row.title,
        row.category,
        row.unit,
        row.due,
        row.overdue_days,
        row.light,
        row.more,
    )
    expected = (
        "7.1",
        "甲",
        "台账不全",
        "作风",
        "综合股",
        dt.date(2025, 9, 4),
        0,
        "yellow",
        {"points_total": 0},
    )
    assert shown == expected


@pytest.mark.parametrize("seed", range(6))
def test_counts_are_those_of_the_counting_rules(seed):
    """Totals, statuses, what is late, and by unit, category, leader and term, as `domain.rates` counts them."""
    issues = made_up(seed)
    with asked(issues) as connection:
        assert query.counts(connection, TODAY) == rates.tally(issues, TODAY)
        for field in rates.FIELDS:
            assert query.counts_by(connection, field, TODAY) == rates.by(issues, field, TODAY)


def test_counting_by_something_else_is_refused():
    """A field nobody counts by is named, with those there are."""
    with asked([]) as connection, pytest.raises(UsageError, match="nothing can be counted by owner"):
        query.counts_by(connection, "owner", TODAY)


@pytest.mark.parametrize("seed", range(4))
def test_measures_of_others_that_serve_an_issue_count_for_it(seed):
    """The measures of a row are those that count for the issue, shared ones among them (contract §2)."""
    issues = made_up(seed)
    serving = rates.measures_by_issue(issues)
    with asked(issues) as connection:
        found = {row.uid: row.measures["total"] for row in query.rows(connection, (), DAY)}
    assert {uid: found[uid] for uid in serving} == {uid: len(each) for uid, each in serving.items()}


@pytest.mark.parametrize("seed", range(4))
def test_what_is_late_is_what_the_counting_rules_say(seed):
    """Overdue work: late measures and late issues without any, the longest late first."""
    issues = made_up(seed)
    late = [part for each in issues for part in rates.overdue(each, TODAY) if each.status is not Status.VOID]
    with asked(issues) as connection:
        found = query.overdue(connection, DAY)
    assert sorted(row.uid for row in found) == sorted(part.uid for part in late)
    days = [row.overdue_days for row in found]
    assert (days, len(days) > 3) == (sorted(days, reverse=True), True)


def test_what_falls_due_counts_both_days():
    """Due from one day to another: both are in, the day before and the day after are not."""
    days = [TODAY + dt.timedelta(days=each) for each in (-1, 0, 7, 8)]
    parts = [measure(number, "active", due=day) for number, day in enumerate(days, 1)]
    alone = issue(2, status="pending", due=days[1])
    done = issue(3, measure(1, "done", due=days[1]))
    with asked([issue(1, *parts), alone, done]) as connection:
        found = query.due_between(connection, days[1], days[2], DAY)
    assert [row.id for row in found] == ["1.2", "2", "1.3"]


@pytest.mark.parametrize("name", ["due", "title", "unit", "overdue", "status", "closed_on"])
def test_sorting_puts_what_has_no_value_last(name):
    """Ascending and, with a minus, descending; no value is last both times; numbers decide between equals."""
    issues = made_up(9)
    value = {
        "due": lambda each: each.open_due,
        "overdue": lambda each: each.late_since,
        "status": lambda each: list(Status).index(each.status),
    }.get(name, lambda each: getattr(each, name) or None)
    known = [each for each in issues if value(each) is not None]
    last = [each.uid for each in issues if value(each) is None]
    with asked(issues) as connection:
        up = [row.uid for row in query.rows(connection, (), DAY, Shown(sort=(name,)))]
        down = [row.uid for row in query.rows(connection, (), DAY, Shown(sort=(f"-{name}",)))]
    assert up == [each.uid for each in sorted(known, key=value)] + last
    assert down == [each.uid for each in sorted(known, key=value, reverse=True)] + last


def test_a_limit_gives_the_first(tmp_path):
    """A limit cuts the list, not the total."""
    issues = made_up(1)
    with asked(issues) as connection:
        found = [row.id for row in query.rows(connection, (), DAY, Shown(limit=3))]
        assert (found, query.total(connection, (), DAY)) == (["1", "2", "3"], len(issues))


HOSTILE = ('uid" FROM issue; DROP TABLE issue; --', "1) OR (1", "load_extension('x')", "rowid", "", "*")


@pytest.mark.parametrize("typed", HOSTILE)
def test_what_was_typed_never_becomes_sql(typed):
    """A column or a field that is not ours is refused; a value is only ever a value (RELIABILITY E9)."""
    issues = made_up(1)
    with asked(issues) as connection:
        for shown in (Shown(sort=(typed,)), Shown(more=(typed,))):
            with pytest.raises(UsageError, match="there is no column"):
                query.rows(connection, (), DAY, shown)
        with pytest.raises(UsageError, match="there is no field"):
            query.rows(connection, (Condition(typed, "is", ("x",)),), DAY)
        for field in ("title", "unit", "status", "flags", "light", "text"):
            query.rows(connection, (Condition(field, "is", (typed,)),), DAY)
        assert query.total(connection, (), DAY) == len(issues)
