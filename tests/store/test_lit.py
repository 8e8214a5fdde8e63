"""Lights by more than days in lists: rows, conditions and orders say what the rules say of the histories."""

from __future__ import annotations

import datetime as dt
import random

import pytest

from ledger.domain.course import OWN
from ledger.domain.filters import Condition
from ledger.domain.issue import issue_of
from ledger.domain.lights import UNLIT, Lamps
from ledger.domain.schema import ISSUE
from ledger.domain.settings import Light
from ledger.domain.spells import spells
from ledger.store import index, lists
from ledger.store.listed import Day
from ledger.store.lists import Shown
from tests.properties.test_spells import happened

CODES = ("red", "orange", "yellow", "blue")
WHEN = dt.date(2025, 5, 15)


def lights(seed: int) -> tuple[Light, ...]:
    """Four lights, each by rules of its own, the last for all that has a date."""
    source = random.Random(seed)
    rules = (
        {"time_used": source.choice((80, 120))},
        {"returns": 1},
        {"months_quiet": source.choice((1, 2))},
        {"points_behind": source.choice((5, 60))},
        {"after": "blue", "times": source.choice((1, 2))},
        {"from_days": source.choice((1, 10))},
    )
    made = [Light(code, **{**source.choice(rules), **source.choice(rules)}) for code in CODES[:3]]
    return (*made, Light("blue", -400))


def remembered(count: int = 40):
    """An index of many histories, and what the rules say of each of its issues and measures."""
    desks = [happened(seed)[0] for seed in range(count)]
    issues = [(issue_of(desk.state), desk.entries) for desk in desks]
    return index.memory(issues), {issue.uid: spells(ISSUE, entries) for issue, entries in issues}


def expected(known, chosen) -> dict[str, str | None]:
    """The light of every issue and measure."""
    found = {}
    for uid, each in known.items():
        lamps = Lamps(each, chosen)
        for key in each:
            shown = lamps.shining(key, WHEN, now=True)
            found[uid if key == OWN else key] = shown.light.code if shown else None
    return found


@pytest.mark.parametrize("seed", range(6))
def test_rows_conditions_and_orders_say_what_the_rules_say(seed):
    """Of issues and of measures: the light of a row, what a condition finds, and the strictest first."""
    chosen = lights(seed)
    day = Day(WHEN, chosen)
    connection, known = remembered()
    right = expected(known, chosen)
    with connection:
        for find in (lists.rows, lists.measure_rows):
            rows = find(connection, (), day)
            assert {row.uid: row.light for row in rows} == {row.uid: right[row.uid] for row in rows}
            for code in CODES:
                asked = (Condition("light", "is", (code,)),)
                found = {row.uid for row in find(connection, asked, day)}
                assert found == {row.uid for row in rows if right[row.uid] == code}
                of = "issue" if find is lists.rows else "measure"
                assert lists.total(connection, asked, day, of=of) == len(found)
            order = [row.light for row in find(connection, (), day, Shown(("light",)))]
            places = [CODES.index(code) if code else len(CODES) for code in order]
            assert places == sorted(places)


def test_these_histories_show_every_light():
    """Nothing above is tested for nothing: every colour shows somewhere, and somewhere none."""
    connection, known = remembered()
    connection.close()
    shown = {code for seed in range(6) for code in expected(known, lights(seed)).values()}
    assert shown == {*CODES, None}


def test_what_is_closed_is_not_even_looked_at():
    """A list of closed issues reads no spells."""
    connection, _known = remembered()
    asked = (Condition("status", "is", tuple(str(each) for each in UNLIT)),)
    with connection:
        connection.set_authorizer(lambda _what, table, *_more: int(table == "spell"))
        assert {row.light for row in lists.rows(connection, asked, Day(WHEN, lights(0)))} == {None}
