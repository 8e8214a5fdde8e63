"""Many lines of history are read as one by one, and called well spelt only when they are."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ledger.domain.entry import Entry, canonical, is_canonical, parse
from ledger.domain.plain import is_plain
from ledger.errors import DamageError
from ledger.store.entrylines import entries_of
from ledger.store.recordfile import RecordText

PARTS: dict[str, Any] = {
    "at": "2025-03-01T09:30:00+08:00", "batch": "B1", "by": "林某", "do": "edit", "id": "E1", "on": "2025-03-01",
    "prev": ["ab"], "set": {"title": "签批", "measures": {"M1": {"number": 1, "text": "设立登记簿"}}},
    "was": {"title": None}, "why": "it's \"so\"\\\n", "data": {"flags": ["a", True], "count": -3},
}  # fmt: skip

values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**70), 2**70) | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text("abc一'\"", max_size=3), inner, max_size=3)
    ),
    max_leaves=6,
)


def alone(line: str) -> Entry | None:
    try:
        return parse(line)
    except DamageError:
        return None


def spelt(line: str) -> bool:
    try:
        return is_canonical(line)
    except (DamageError, ValueError, RecursionError):
        return False


def agrees(line: str) -> None:
    """The same entry as alone; well spelt only where that is so."""
    [entry], spelled = entries_of(RecordText({}, (line,), line, plain=is_plain(line)))
    assert repr(entry) == repr(alone(line))
    assert not spelled or spelt(line)


def test_a_line_of_ours_is_well_spelt() -> None:
    """Every kind of value, quotes and all: the quick way is the usual way."""
    line = canonical(PARTS)
    assert entries_of(RecordText({}, (line, line), line, plain=True)) == ((parse(line),) * 2, True)


def test_a_line_that_is_none_is_in_its_place() -> None:
    """One bad line does not hide the others."""
    line = canonical(PARTS)
    entries, spelled = entries_of(RecordText({}, (line, "x", line), line, plain=True))
    assert (entries, spelled) == ((parse(line), None, parse(line)), False)


def test_text_that_is_not_plain_is_looked_at_slowly() -> None:
    """A combining mark may have another spelling, which only the slow way sees."""
    line = canonical(PARTS).replace("林某", "e\u0301")
    assert not is_canonical(line)
    agrees(line)


@given(st.sampled_from(sorted(PARTS)), values)
@example("data", {"x": 1.5})
@example("data", {"x": 2**64})
@example("data", {"x": -0.0})
@example("set", [["a", 1]])
@example("why", None)
@example("at", "2025-03-01T09:30:00")
@example("on", "2025-3-1")
@example("prev", [1])
def test_any_value_in_any_place(name: str, value: object) -> None:
    """Numbers with decimals, numbers too long, wrong kinds: whatever stands there, both ways agree."""
    parts = {**PARTS, name: value}
    agrees(json.dumps(parts, ensure_ascii=False, sort_keys=True, separators=(",", ":")))
    agrees(json.dumps(parts))


@given(values)
def test_what_our_encoder_gives_is_well_spelt(value: object) -> None:
    """Whatever can be written in an entry is spelt as we spell it, byte for byte."""
    try:
        line = canonical({**PARTS, "data": {"x": value}})
    except DamageError:
        return
    if is_plain(line):
        assert entries_of(RecordText({}, (line,), line, plain=True))[1]
    agrees(line)


@given(st.data())
def test_garbled_lines(data: st.DataObject) -> None:
    """A few characters taken out, put in or doubled anywhere."""
    line = canonical(PARTS)
    for _ in range(data.draw(st.integers(1, 2))):
        start = data.draw(st.integers(0, len(line)))
        end = min(len(line), start + data.draw(st.integers(0, 12)))
        piece = data.draw(
            st.sampled_from([*' "\\,:{}[]0-.eE\t', "\\u0041", "\\/", "null"]) | st.just(line[start:end])
        )
        line = line[:start] + piece + line[end if data.draw(st.booleans()) else start :]
    agrees(line)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"by":"林某"', '"by": "林某"'),
        ('"by":"林某"', '"by":"\\u6797某"'),
        ('"by":"林某"', '"by":"林某","by":"林某"'),
        ('"by":"林某"', '"zz":1,"by":"林某"'),
        ('"count":-3', '"count":-3.0'),
        ('"count":-3', '"count":-0'),
        ('{"at"', ' {"at"'),
    ],
)
def test_another_spelling_is_seen(old: str, new: str) -> None:
    """Blanks, escapes, doubles, unknown keys out of order, decimals: none is well spelt."""
    line = canonical(PARTS)
    assert old in line
    [_entry], spelled = entries_of(RecordText({}, (line.replace(old, new),), line, plain=True))
    assert not spelled
