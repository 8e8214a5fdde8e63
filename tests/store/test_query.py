"""The conditions put to an index give what reading every issue would give."""

from __future__ import annotations

import datetime as dt
import random

import pytest

from ledger.domain import filters
from ledger.domain.filters import Condition, parse_filter
from ledger.domain.lights import days_late, light
from ledger.domain.moves import Status
from ledger.domain.settings import LIGHTS, Light
from ledger.store import query
from ledger.store.query import Day
from tests.issues import issue, measure
from tests.store.invented import DAY, TODAY, asked, made_up


def as_filter_sees(each) -> dict:
    """An issue as `domain.filters` is asked about it; its measures' units, leaders and owners count for it."""
    days = days_late(each.late_since, TODAY)
    parts = (each, *each.live)
    return {
        **{name: getattr(each, name) for name in filters.FIELDS if hasattr(each, name)},
        **{name: [getattr(part, name) for part in parts] for name in ("unit", "leader", "owner")},
        "term": each.term or None,
        "status": str(each.status),
        "due": each.open_due,
        "overdue": (days or 0) > 0,
        "light": light(days, each.status, LIGHTS),
    }


def measure_as_filter_sees(each, of) -> dict:
    """A measure as `domain.filters` is asked about it."""
    late = each.late_from if of.late_since and Status.VOID not in (each.status, of.status) else None
    days = days_late(late, TODAY)
    home = {
        name: getattr(of, name) for name in ("title", "category", "kind", "flags", "claimed_by", "number")
    }
    return {
        **{name: getattr(each, name) for name in filters.FIELDS if hasattr(each, name)},
        **home,
        "term": each.term or None,
        "status": str(each.status),
        "overdue": (days or 0) > 0,
        "light": light(days, each.status, LIGHTS),
    }


ASKED = (
    "status:active", "status:active,closing", "status:void", "unit:综合", "unit:a股", "unit:工程股,财务", "leader:顾某",
    "leader:lin", "owner:沈", "co_units:Ａ股", "category:财务", "title:台账", "title:abc", "criterion:整改",
    "criterion:①", 'title:"', "title:％", "title:a_b", "term:phased", "term:immediate,longterm", "continuing:yes",
    "continuing:no", "overdue:yes", "overdue:no", "light:red", "light:yellow,green", "light:blue", "flags:key",
    "flags:key,rebound_prone", "kind:theme", "claimed_by:Lin", "number:7", "number>30", "number<=3",
    "due<2025-09-01", "due>=2025-09-01", "due:2025-09-05", "review_on>2025-08-30",
)  # fmt: skip


@pytest.mark.parametrize(
    "words", [*[(word,) for word in ASKED], ("status:active", "unit:综合", "overdue:yes")]
)
@pytest.mark.parametrize("seed", [1, 2])
def test_conditions_mean_what_they_say(words, seed):
    """A condition chooses the issues, and the measures, that `domain.filters` chooses."""
    issues = made_up(seed)
    given = parse_filter(words, today=TODAY)
    chosen = [each.uid for each in issues if filters.matches(given, as_filter_sees(each))]
    parts = [
        part.uid
        for each in issues
        for part in each.measures
        if filters.matches(given, measure_as_filter_sees(part, each))
        and ("void" in words[0] or Status.VOID not in (part.status, each.status))
    ]
    with asked(issues) as connection:
        found = [row.uid for row in query.rows(connection, given, DAY)]
        found_parts = [row.uid for row in query.measure_rows(connection, given, DAY)]
        totals = [query.total(connection, given, DAY), query.total(connection, given, DAY, of="measure")]
    assert (found, found_parts, totals) == (chosen, parts, [len(chosen), len(parts)])


def test_the_conditions_of_these_tests_can_tell():
    """Each condition above is met by some made-up issues and not by others: none is tested for nothing."""
    issues = (*made_up(1), *made_up(2))
    shares = [
        sum(filters.matches(parse_filter((word,), today=TODAY), as_filter_sees(each)) for each in issues)
        for word in ASKED
        if word != "light:blue"
    ]
    assert [share for share in shares if not 0 < share < len(issues)] == []


def test_any_lights_mean_in_a_condition_what_they_mean_on_a_row():
    """Thresholds in any order, twice one code, days far beyond the calendar: row and condition agree."""
    source = random.Random(5)
    issues = made_up(3)
    for _turn in range(30):
        lights = tuple(
            Light(source.choice(("a", "b", "c")), source.choice((-9_999_999, -30, -7, 0, 1, 10, 9_999_999)))
            for _each in range(source.randrange(4))
        )
        day = Day(TODAY, lights)
        with asked(issues) as connection:
            shown = {row.uid: row.light for row in query.rows(connection, (), day)}
            for code in "abc":
                given = (Condition("light", "is", (code,)),)
                found = {row.uid for row in query.rows(connection, given, day)}
                assert found == {uid for uid, each in shown.items() if each == code}


def test_long_term_work_shows_no_light_on_the_day_of_its_review():
    """From the day after it does: row and condition agree."""
    issues = [
        issue(number, measure(1, "longterm", review_on=TODAY - dt.timedelta(days=number - 1)))
        for number in (1, 2)
    ]
    with asked(issues) as connection:
        lights = [row.light for row in query.rows(connection, (), DAY)]
        found = [row.id for row in query.rows(connection, parse_filter(("light:red,yellow,green",)), DAY)]
    assert (lights, found) == ([None, "red"], ["2"])
