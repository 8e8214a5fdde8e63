"""A whole record written by hand: whatever stands in it is taken, or named as what keeps it off the books."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.domain.acts import planning
from ledger.domain.handwritten import Handwritten, Refusal, is_handwritten, read, received
from ledger.domain.schema import CHRONICLE, ISSUE
from ledger.errors import RejectedInputError
from tests.domain.desk import Desk

FULL = {
    "format": 1,
    "number": 4,
    "title": "会议过多",
    "unit": "",
    "term": "phased",
    "due": dt.date(2025, 6, 30),
    "status": "pending",
    "kind": "finding",
    "box": 12,
    "measures": [
        {"text": "合并", "points": [{"text": "一"}], "colour": "", "status": "pending"},
        {"text": "压缩", "number": 1},
    ],
}


def test_a_whole_record():
    """Fields and unknown keys are told apart; empty ones are left out; measures get the first free numbers."""
    assert read(FULL, ISSUE) == Handwritten(
        number=4,
        fields={
            "title": "会议过多",
            "term": "phased",
            "due": dt.date(2025, 6, 30),
            "kind": "finding",
        },
        measures=(
            {"text": "合并", "points": [{"number": 1, "text": "一"}], "number": 2},
            {"text": "压缩", "number": 1},
        ),
        extra={"box": 12},
        part_extra=({"colour": ""}, {}),
        refused=(),
    )


@pytest.mark.parametrize(
    ("change", "refused"),
    [
        ({"title": None}, Refusal(None, "title", "missing")),
        ({"uid": "01JX"}, Refusal(None, "uid", "made")),
        ({"formerly": [3]}, Refusal(None, "formerly", "made")),
        ({"claimed_by": "林某"}, Refusal(None, "claimed_by", "made")),
        ({"status": "closed"}, Refusal(None, "status", "made")),
        ({"evidence": [{"sha256": "00"}]}, Refusal(None, "evidence", "made")),
        ({"term": "soon"}, Refusal(None, "term", "value")),
        ({"number": True}, Refusal(None, "number", "value")),
        ({"title": "一\n二"}, Refusal(None, "title", "value")),
        ({"measures": "合并"}, Refusal(None, "measures", "value")),
        ({"measures": [{"text": "x", "status": "done"}]}, Refusal(0, "status", "made")),
        ({"measures": [{"number": 2}]}, Refusal(0, "text", "missing")),
    ],
)
def test_what_keeps_it_off_the_books(change, refused):
    """What only commands make, what is missing and what cannot be is named."""
    document = {name: value for name, value in {**FULL, **change}.items() if value is not None}
    assert refused in read(document, ISSUE).refused


def test_a_note_of_the_office():
    """A chronicle needs its day and its text, and has no measures."""
    assert read({"text": "例会", "on": dt.date(2025, 3, 1)}, CHRONICLE).refused == ()
    assert read({"measures": []}, CHRONICLE) == Handwritten(
        None, {}, (), {"measures": []}, (), (Refusal(None, "on", "missing"), Refusal(None, "text", "missing"))
    )


def test_a_cut_record_is_not_handwritten():
    """What has a uid or a head was made by the program; an empty file by nobody."""
    found = [
        is_handwritten(each) for each in ({"title": "x"}, {"format": 1}, {"uid": "x"}, {"head": "x"}, {})
    ]
    assert found == [True, True, False, False, False]


def test_texts_go_through_the_intake():
    """A text is cleaned by the kind of its field, also inside lists and points; everything else stays."""
    known = ISSUE.part_by_name
    assert [
        received("text", " a\r\nb ", known),
        received("unit", " a ", known),
        received("unit", " ", known),
        received("co_units", [" a "], known),
        received("points", [{"number": 1, "text": " a\rb "}], known),
        received("due", dt.date(2025, 1, 1), known),
        received("continuing", True, known),
    ] == ["a\nb", "a", None, ["a"], [{"number": 1, "text": "a\nb"}], dt.date(2025, 1, 1), True]
    for name, value in (("text", "\x1b"), ("unit", "a\nb"), ("co_units", ["\u202e"]), ("unit", "x" * 2001)):
        with pytest.raises(RejectedInputError):
            received(name, value, known)


values = st.one_of(
    st.booleans(),
    st.integers(-2, 3),
    st.floats(allow_nan=False),
    st.text("ab\n甲 ", max_size=3),
    st.dates(dt.date(2025, 1, 1), dt.date(2025, 2, 1)),
    st.lists(st.text("ab", max_size=2), max_size=2),
    st.lists(
        st.dictionaries(st.sampled_from(["number", "text"]), st.integers(0, 2) | st.text("a", max_size=2))
    ),
)
rows = st.dictionaries(st.sampled_from([*ISSUE.part_by_name, "points", "evidence", "status", "zz"]), values)
documents = st.dictionaries(st.sampled_from([*ISSUE.by_name, "status", "evidence", "zz"]), values)


@given(documents, st.lists(rows, max_size=3) | values)
def test_what_is_not_refused_makes_a_record(document, measures):
    """Whatever is in a file: it is refused with reasons, or gives a record whose history has no problem."""
    record = read({**document, "measures": measures}, ISSUE)
    if not record.refused:
        draft = Desk().draft()
        planning.add(draft, 1, record.fields, record.measures)
        assert draft.state.problems == []
        assert len(draft.state.parts) == len(measures)
