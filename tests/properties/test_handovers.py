"""Handovers at random among everything else: earlier days stand, nothing is lost, what has ended keeps its names."""

from __future__ import annotations

import contextlib
import datetime as dt
from collections import Counter
from functools import partial

from hypothesis import given
from hypothesis import strategies as st

from ledger.domain.acts import closing, handing, planning, working
from ledger.domain.acts.closing import SignWords
from ledger.domain.acts.undoing import undo
from ledger.domain.course import OWN
from ledger.domain.handover import OF_PERSONS, OF_UNITS, ROLES, Handover, Holding, holdings
from ledger.domain.moves import Status
from ledger.domain.replay import replay
from ledger.domain.schema import ISSUE
from ledger.errors import LedgerError
from tests.domain.desk import FIRST_DAY, SIMPLE, TWO, TWO_OWN, Desk, opened

SPAN = [FIRST_DAY + dt.timedelta(days) for days in range(-2, 14)]
DAYS = st.sampled_from(SPAN[2:12])
PERSONS = ("顾某", "沈某", "林某")
UNITS = ("综合股", "财务股", "稽查股")
NAMES = st.fixed_dictionaries(
    {
        "leader": st.sampled_from(PERSONS),
        "owner": st.sampled_from(PERSONS),
        "unit": st.sampled_from(UNITS),
        "co_units": st.lists(st.sampled_from(UNITS), unique=True).map(list),
    }
)
#: What may be done to an issue or a measure meanwhile; what the rules refuse is left out.
DEEDS = {
    "note": lambda desk, key, on, _given: desk.do(working.note, key, "推进", on=on),
    "done": lambda desk, key, on, _given: desk.do(working.report_done, key, "已完成", on=on),
    "close": lambda desk, key, on, _given: desk.do(closing.close, key, SignWords(result="已完成"), on=on),
    "reopen": lambda desk, key, on, _given: desk.do(closing.reopen, key, on=on, why="反弹"),
    "void": lambda desk, key, on, _given: desk.do(working.void, key, on=on, why="重复"),
    "assign": lambda desk, key, on, given_: desk.do(planning.assign, key, given_, on=on),
    "assign down": lambda desk, key, on, given_: desk.do(planning.assign, key, given_, on=on, down=True),
    "measure": lambda desk, _key, on, given_: desk.do(
        planning.add_measure, {"text": "补充", **given_}, on=on
    ),
}
DEED = st.tuples(st.sampled_from(sorted(DEEDS)), st.integers(0, 3), DAYS, NAMES)
HANDOVER = st.tuples(st.booleans(), st.permutations(range(3)), DAYS, st.sets(st.sampled_from(sorted(ROLES))))


def do(desk: Desk, name: str, place: int, on: dt.date, names: dict[str, object]) -> None:
    """One deed on the issue, or on one of its measures."""
    keys = [OWN, *desk.state.parts]
    with contextlib.suppress(LedgerError):
        DEEDS[name](desk, keys[place % len(keys)], on, names)


def seen(desk: Desk, on: dt.date | None = None) -> dict[str, dict[str, object]]:
    """Who is responsible for everything, what it inherits filled in, on a day or now."""
    state = replay(ISSUE, desk.entries, as_of=on)
    if "uid" not in state.fields:
        return {}
    names = ("leader", "owner", "unit", "co_units")
    return {key: {name: state.effective(key, name) for name in names} for key in (OWN, *state.parts)}


def held(desk: Desk) -> list[Holding]:
    return list(holdings(desk.state))


def ended(desk: Desk) -> list[str]:
    return [key for key in (OWN, *desk.state.parts) if desk.state.status(key) is Status.CLOSED]


@given(
    st.sampled_from([SIMPLE, TWO, TWO_OWN]),
    NAMES,
    st.lists(DEED, max_size=8),
    HANDOVER,
    st.lists(DEED, max_size=4),
)
def test_a_handover_among_other_deeds(chain, names, before, wish, after):
    """Before its day nothing differs; from then on the giver holds nothing open; closed ones keep their names."""
    desk = opened(chain, measures=2, **names)
    for each in before:
        do(desk, *each)
    units, (first, second, _third), on, chosen = wish
    able = OF_UNITS if units else OF_PERSONS
    giver, taker = (UNITS if units else PERSONS)[first], (UNITS if units else PERSONS)[second]
    handover = Handover(on, giver, taker, tuple(each for each in able if each in chosen) or able)
    then, now, had, closed = {day: seen(desk, day) for day in SPAN}, seen(desk), held(desk), ended(desk)
    went = desk.do(handing.hand_over, handover, partial(str.__eq__, giver), on=on)

    assert desk.state.problems == []
    assert set(went) == {each for each in had if each.name == giver and each.role in handover.roles}
    for day in SPAN:
        later = seen(desk, day)
        assert later.keys() == then[day].keys()
        if day < on:
            assert later == then[day]
        for key, was in then[day].items():
            assert all(
                later[key][name] in (value, exchanged(value, giver, taker)) for name, value in was.items()
            )
    assert not [each for each in held(desk) if each.name == giver and each.role in handover.roles]
    assert roles(had) == roles(held(desk))
    assert {key: seen(desk)[key] for key in closed} == {key: now[key] for key in closed}

    batch = desk.batch
    if went:
        desk.do(undo, batch)
        assert {day: seen(desk, day) for day in SPAN} == then
        desk.do(undo, desk.batch)
    kept = {day: seen(desk, day) for day in SPAN if day < on}
    for name, place, day, given_names in after:
        do(desk, name, place, max(day, on), given_names)
    assert {day: seen(desk, day) for day in SPAN if day < on} == kept
    assert desk.state.problems == []


def exchanged(value: object, giver: str, taker: str) -> object:
    """A value with the taker in the giver's place."""
    if isinstance(value, list):
        return list(dict.fromkeys(taker if each == giver else each for each in value))
    return taker if value == giver else value


def roles(found: list[Holding]) -> Counter[tuple[str, str]]:
    """How many hold what; two co-units of one item may become one."""
    return Counter((each.key, each.role) for each in found if each.role != "co_unit")
