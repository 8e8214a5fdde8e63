"""What crosses between processes: every type comes back equal, nothing of a wrong type comes through."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping  # noqa: TC003 - hints are resolved at run time
from dataclasses import dataclass, field, make_dataclass
from enum import StrEnum
from typing import Any, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.intake import proposal, wire


class Colour(StrEnum):
    RED = "red"
    GREEN = "green"


@dataclass(frozen=True, slots=True)
class Leaf:
    number: int
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Tree:
    value: str | int | float | bool | dt.date | dt.datetime | dt.time | dt.timedelta | None
    day: dt.date | None = None
    colour: Colour = Colour.RED
    word: Literal["a", "b"] = "a"
    pair: tuple[int, str] = (1, "")
    points: tuple[str, ...] = ()
    leaves: tuple[Leaf, ...] = ()
    either: Leaf | Tree | None = None
    names: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    fields: Mapping[str, str] = field(default_factory=dict)
    cells: Mapping[str, str | dt.date | None] = field(default_factory=dict)
    any: Any = None
    ratio: float = 0.0


texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=5)
days = st.dates()
values = st.one_of(
    texts, st.integers(), st.floats(allow_nan=False), st.booleans(), days, st.datetimes(), st.times(), st.none(),
    st.timedeltas(min_value=dt.timedelta(days=-9999), max_value=dt.timedelta(days=9999)).map(
        lambda lapse: dt.timedelta(days=lapse.days, seconds=lapse.seconds)
    ),
)  # fmt: skip
leaves = st.builds(Leaf, st.integers(), st.none() | texts)
trees = st.recursive(
    st.builds(Tree, values),
    lambda inner: st.builds(
        Tree,
        values,
        st.none() | days,
        st.sampled_from(Colour),
        st.sampled_from(["a", "b"]),
        st.tuples(st.integers(), texts),
        st.lists(texts, max_size=3).map(tuple),
        st.lists(leaves, max_size=3).map(tuple),
        st.none() | leaves | inner,
        st.dictionaries(texts, st.tuples(st.integers(), st.integers()), max_size=2),
        st.dictionaries(texts, texts, max_size=2),
        st.dictionaries(texts, st.none() | texts | days, max_size=2),
        st.none() | st.lists(st.integers(), max_size=2) | st.dictionaries(texts, texts, max_size=2),
        st.floats(allow_nan=False),
    ),
    max_leaves=4,
)


@given(trees)
def test_what_crosses_comes_back_equal(tree):
    """Every value of every type, through JSON and back: the same, with the same types."""
    back = wire.unpack(json.loads(json.dumps(wire.pack(tree))), Tree)
    assert back == tree
    assert type(back.value) is type(tree.value)


def test_a_whole_proposal_crosses():
    """The proposal of a notice is the same on both sides, with its dates, mappings and places."""
    from tests.intake.noticed import read_notice

    found = read_notice(
        "一、情况\n1.关于“甲”的问题\n整改情况:一是乙。\n公开期限:2025年1月8日至1月20日\n", file="x"
    )
    assert wire.unpack(json.loads(json.dumps(wire.pack(found))), proposal.Proposal) == found
    assert found.issues
    assert found.disclosure.start


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=20,
)


@given(json_values)
def test_nonsense_never_comes_through(data):
    """Any JSON is a value of the right types, or WireError: never another error."""
    for kind in (Tree, Leaf, proposal.Proposal):
        try:
            found = wire.unpack(data, kind)
        except wire.WireError:
            continue
        assert isinstance(found, kind)


@given(trees, st.data())
def test_one_wrong_value_is_noticed(tree, data):
    """Where one value of a packed tree is put in another's place, it comes back typed as declared or not at all."""
    packed = wire.pack(tree)
    at = data.draw(st.integers(0, len(packed) - 1))
    packed[at] = data.draw(json_values)
    try:
        back = wire.unpack(json.loads(json.dumps(packed)), Tree)
    except wire.WireError:
        return
    assert isinstance(back.day, dt.date | None)
    assert isinstance(back.colour, Colour)
    assert all(isinstance(leaf, Leaf) for leaf in back.leaves)
    assert all(isinstance(each, str) for each in back.points)
    assert all(isinstance(each, str) for each in back.fields.values())


@pytest.mark.parametrize("pair", [[[], 1], [{}, 1], [1, 1], [None, 1], ["str"], "str", ["set", 1]])
def test_a_pair_without_a_type_is_refused(pair):
    """Of several types the value is a pair of a type's name and what was packed; a list is no name."""
    with pytest.raises(wire.WireError):
        wire.unpack([pair, *wire.pack(Tree(1))[1:]], Tree)


def test_a_type_seen_once_is_not_believed_twice():
    """After a good value of a class, a bad one of the same class is refused all the same."""
    assert wire.unpack([1, "a"], Leaf) == Leaf(1, "a")
    for bad in ([1, 2], [True, "a"], ["1", "a"], [1], [1, "a", 2], {"number": 1}, None):
        with pytest.raises(wire.WireError):
            wire.unpack(bad, Leaf)


def test_what_does_not_cross_is_a_fault_of_ours():
    """A field of a type that JSON cannot say is told at once, not when a file comes."""
    odd = make_dataclass("Odd", [("x", set)], frozen=True)
    with pytest.raises(TypeError):
        wire.pack(odd(set()))
