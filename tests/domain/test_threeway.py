"""What becomes of a value changed in two places."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.domain import threeway
from ledger.domain.threeway import DISPUTED


@pytest.mark.parametrize(
    ("base", "mine", "theirs", "expected"),
    [
        ("a", "a", "a", "a"),
        ("a", "b", "a", "b"),
        ("a", "a", "b", "b"),
        ("a", "b", "b", "b"),
        (None, "b", None, "b"),
        ("a", None, "a", None),
        ("a", "b", "c", DISPUTED),
        (None, "b", "c", DISPUTED),
        ("a", None, "c", DISPUTED),
    ],
)
def test_a_change_of_one_side_is_taken(base, mine, theirs, expected):
    """One side changed: its value; both the same: that; both differently: a person decides."""
    assert threeway.value(base, mine, theirs) is expected


@pytest.mark.parametrize(
    ("base", "mine", "theirs", "expected"),
    [
        ("一。二。三。", "甲。二。三。", "一。二。丙。", "甲。二。丙。"),
        ("一。二。三。", "零。一。二。三。", "一。二。三。四。", "零。一。二。三。四。"),
        ("一。二。三。", "一。三。", "一。二。三。四。", "一。三。四。"),
        ("一。二。三。", "一。甲。三。", "一。甲。三。四。", "一。甲。三。四。"),
        ("一。二。三。", "一。甲。三。", "一。乙。三。", DISPUTED),
        ("一。二。", "一。甲。二。", "一。乙。二。", DISPUTED),
        ("一。二。", "二。", "一改。二。", DISPUTED),
        ("第一行\n第二行\n", "第一行甲\n第二行\n", "第一行\n第二行乙\n", DISPUTED),
        ("一行\n二行\n三行\n", "甲行\n二行\n三行\n", "一行\n二行\n丙行\n", "甲行\n二行\n丙行\n"),
        (None, "甲。", "乙。", DISPUTED),
        ("一。", None, "一。二。", DISPUTED),
        ("一。", None, "一。", None),
        (None, "甲。", None, "甲。"),
    ],
)
def test_texts_merge_sentence_by_sentence(base, mine, theirs, expected):
    """Changes in different sentences are both kept; in the same, or side by side, a person decides."""
    assert threeway.text(base, mine, theirs) == expected
    assert threeway.text(base, theirs, mine) == expected


SENTENCES = st.lists(st.sampled_from(["一。", "二。", "三。", "四\n", "五；"]), max_size=6).map("".join)


@given(SENTENCES, SENTENCES, SENTENCES)
def test_a_merged_text_holds_what_each_side_wrote(base, mine, theirs):
    """Either side may be called mine; a sentence only one side wrote stands in what comes out."""
    merged = threeway.text(base, mine, theirs)
    assert threeway.text(base, theirs, mine) == merged
    if merged is not DISPUTED:
        for side in (mine, theirs):
            new = set(side) - set(base)
            assert new <= set(merged)


@pytest.mark.parametrize(
    ("base", "mine", "theirs", "expected"),
    [
        (["a"], ["a", "b"], ["a", "c"], ["a", "b", "c"]),
        (["a", "b"], ["a"], ["a", "b", "c"], ["a", "c"]),
        (None, ["b"], ["a"], ["a", "b"]),
        (["a"], None, None, None),
        (["b", "a"], ["b", "a"], ["b", "a", "c"], ["b", "a", "c"]),
        (None, ["b", "a"], None, ["b", "a"]),
        (["a", "b"], ["b", "a"], ["a", "b"], ["b", "a"]),
    ],
)
def test_lists_take_what_each_side_put_in_or_took_out(base, mine, theirs, expected):
    """A name one side added is in, one a side took out is out, whichever side is which."""
    assert threeway.members(base, mine, theirs) == expected
    assert threeway.members(base, theirs, mine) == expected


DAY, LATER, LAST = dt.date(2025, 3, 1), dt.date(2025, 3, 8), dt.date(2025, 3, 15)


def point(number, text, done_on=None):
    return {"number": number, "text": text, **({"done_on": done_on} if done_on else {})}


@pytest.mark.parametrize(
    ("base", "mine", "theirs", "expected"),
    [
        ([point(1, "甲")], [point(1, "甲", DAY)], [point(1, "甲")], [point(1, "甲", DAY)]),
        ([point(1, "甲")], [point(1, "甲", LATER)], [point(1, "甲", DAY)], [point(1, "甲", DAY)]),
        (
            [point(1, "甲")],
            [point(1, "甲", DAY), point(2, "乙")],
            [point(1, "甲"), point(2, "丙")],
            [point(1, "甲", DAY), point(2, "丙"), point(3, "乙")],
        ),
        (
            [point(1, "甲")],
            [point(1, "甲"), point(2, "乙")],
            [point(1, "甲", DAY), point(2, "乙")],
            [point(1, "甲", DAY), point(2, "乙")],
        ),
        (
            [point(1, "甲"), point(2, "乙")],
            [point(1, "甲", DAY)],
            [point(1, "甲"), point(2, "乙")],
            [point(1, "甲", DAY)],
        ),
        (
            [point(1, "甲"), point(2, "乙")],
            [point(1, "甲")],
            [point(1, "甲"), point(2, "乙", DAY)],
            DISPUTED,
        ),
        ([point(1, "甲")], [point(1, "乙")], [point(1, "丙")], DISPUTED),
        (
            None,
            [point(1, "甲", DAY)],
            [point(1, "乙"), point(2, "甲")],
            [point(1, "乙"), point(2, "甲", DAY)],
        ),
        ([point(1, "甲")], None, [point(1, "甲")], None),
        (
            [point(1, "甲"), point(2, "乙")],
            [point(1, "甲")],
            [point(1, "甲"), point(2, "乙"), point(3, "丙")],
            [point(1, "甲"), point(3, "丙")],
        ),
        (
            [point(1, "甲。")],
            [point(1, "甲改。")],
            [point(1, "甲。"), point(2, "乙")],
            [point(1, "甲改。"), point(2, "乙")],
        ),
        ([point(1, "甲", DAY)], [point(1, "甲", LATER)], [point(1, "甲", LAST)], DISPUTED),
        ([point(1, "甲", DAY)], [point(1, "甲")], [point(1, "甲", LAST)], DISPUTED),
    ],
)
def test_points_are_told_apart_by_their_numbers(base, mine, theirs, expected):
    """A tick counts once, the first; new points of both sides follow; no tick is lost with a point."""
    assert threeway.points(base, mine, theirs) == expected
    assert threeway.points(base, theirs, mine) == expected


def test_files_of_both_sides_are_kept():
    """Evidence attached on either side is there; attached on both, it is there once."""
    a, b, c = ({"sha256": each, "name": f"{each}.pdf"} for each in "abc")
    assert threeway.evidence([a], [a, b], [a, c, b]) == [a, b, c]
    assert threeway.evidence([a], [], [a]) is None
    assert threeway.evidence([a], [a], []) is None
    assert threeway.evidence(None, [a], None) == [a]
