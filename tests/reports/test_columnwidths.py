"""How the width of a page is shared among columns."""

from __future__ import annotations

import random

import pytest

from ledger.reports.columnwidths import Need, lies, need, shared


@pytest.mark.parametrize(
    ("heading", "texts", "expected"),
    [
        ("序号", ["1", "1.2"], Need(4, 4, 4)),
        ("时限", ["2025-06-30", "-"], Need(10, 10, 10)),
        ("责任单位", ["党政办"], Need(6, 8, 6)),
        ("问题", ["公文办理拖延"], Need(4, 12, 12)),
        ("text", ["extraordinarily long"], Need(12, 20, 20)),
        ("sha256", ["ab" * 32], Need(12, 64, 64)),
        ("多行", ["一二三\n一二三四五"], Need(6, 10, 10)),
        ("长", ["字" * 500], Need(4, 120, 120)),
        ("空", [], Need(4, 4, 4)),
    ],
)
def test_what_a_column_needs(heading, texts, expected):
    """Words, dates and short names are kept whole; the heading may be broken; very long text asks for no more."""
    assert need(heading, texts) == expected


@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        ([Need(4, 4, 4)] * 14, False),
        ([Need(4, 4, 4)] * 15, True),
        ([Need(4, 120, 120)] * 4, True),
        ([Need(4, 120, 120)] * 3, False),
    ],
)
def test_a_table_lies_when_its_columns_want_more_than_there_is(columns, expected):
    """Long texts want no more than a modest column; many short ones come together too."""
    assert lies(columns, 84) is expected


@pytest.mark.parametrize(
    ("needs", "room", "expected"),
    [
        ([Need(4, 4, 4), Need(4, 4, 4)], 20, [10, 10]),
        ([Need(4, 10, 10), Need(4, 10, 10), Need(4, 100, 100)], 60, [10, 10, 40]),
        ([Need(10, 10, 10), Need(4, 100, 100), Need(4, 100, 100)], 60, [10, 25, 25]),
        ([Need(4, 100, 100)], 60, [60]),
        ([Need(4, 20, 20), Need(4, 120, 120), Need(4, 120, 120)], 60, [20, 20, 20]),
        ([Need(4, 16, 16)] * 4 + [Need(4, 100, 100)], 52, [8, 8, 8, 8, 20]),
    ],
)
def test_who_needs_little_gets_it(needs, room, expected):
    """Columns of short texts are as wide as those; the rest of the room goes to the long ones."""
    assert shared(needs, room) == pytest.approx(expected)


@pytest.mark.parametrize("seed", range(50))
def test_nothing_is_narrower_than_it_has_to_be(seed):
    """All widths together are the room; where there is room for all, every column has what it needs."""
    chance = random.Random(seed)
    needs = [
        Need(least, least + chance.randint(0, 100), 0)
        for least in (chance.randint(4, 12) for _ in range(chance.randint(1, 20)))
    ]
    room = sum(each.least for each in needs) * chance.choice([1, 1.1, 3])
    widths = shared(needs, room)
    assert sum(widths) == pytest.approx(room)
    assert all(wide >= each.least - 1e-6 for wide, each in zip(widths, needs, strict=True))
