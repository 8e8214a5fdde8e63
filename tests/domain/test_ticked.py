"""Rows that are ticked off: what one can hold, what an act makes of a table, and how far it is."""

from __future__ import annotations

import datetime as dt

import pytest

from ledger.domain.ticked import joined, progress, rows_of, take_in, ticked

DAY = dt.date(2025, 6, 10)
DONE = {"name": "柳河镇", "done_on": DAY, "text": "已验收"}
EXCUSED = {"name": "桐岭镇", "excused_on": DAY, "text": "已撤并"}


def test_rows_are_read():
    """Days come as dates or as ISO text; names keep their order, periods get theirs; rows are copies."""
    given = [{"name": "乙", "done_on": "2025-06-10"}, {"name": "甲"}]
    assert rows_of("roster", given) == [{"name": "乙", "done_on": DAY}, {"name": "甲"}]
    assert given[0]["done_on"] == "2025-06-10"
    periods = [{"period": "2025-Q2"}, {"period": "2025-01"}, {"period": "2024"}]
    assert [each["period"] for each in rows_of("occurrences", periods)] == ["2024", "2025-01", "2025-Q2"]


@pytest.mark.parametrize(
    ("table", "value"),
    [
        ("roster", None),
        ("roster", {"name": "甲"}),
        ("roster", ["甲"]),
        ("roster", [{"name": "甲"}, "乙"]),
        ("roster", [{}]),
        ("roster", [{"name": ""}]),
        ("roster", [{"name": 3}]),
        ("roster", [{"name": "甲\n乙"}]),
        ("roster", [{"name": "甲", "number": 1}]),
        ("roster", [{"name": "甲", "period": "2025"}]),
        ("roster", [{"name": "甲", "done_on": 5}]),
        ("roster", [{"name": "甲", "done_on": "soon"}]),
        ("roster", [{"name": "甲", "excused_on": True}]),
        ("roster", [{"name": "甲", "text": 5}]),
        ("roster", [{"name": "甲", "done_on": DAY, "excused_on": DAY}]),
        ("roster", [{"name": "甲"}, {"name": "甲", "done_on": DAY}]),
        ("occurrences", [{"period": "2025Q1"}]),
        ("occurrences", [{"period": "Q1"}]),
        ("occurrences", [{"name": "2025-Q1"}]),
        ("occurrences", [{"period": "2025-Q1"}, {"period": "2025-Q1"}]),
    ],
)
def test_what_is_no_table(table, value):
    """Whatever a history or a hand could write there that cannot be is a ValueError, and nothing else."""
    with pytest.raises(ValueError):  # noqa: PT011 - the rule is about its kind
        rows_of(table, value)


def test_what_became_of_rows():
    """Done, excused or open; an excused one is not done."""
    rows = ticked("roster", [DONE, EXCUSED, {"name": "白沙镇"}])
    assert [(each.outcome, each.is_open) for each in rows] == [
        ("done", False),
        ("excused", False),
        ("open", True),
    ]
    assert progress(rows) == (1, 3)


def test_an_act_is_taken_in():
    """Rows that are done or excused stay as they are; open takes that back; strange names are told."""
    rows = [DONE, EXCUSED, {"name": "白沙镇"}]
    data = {"rows": ["柳河镇", "桐岭镇", "白沙镇", "无名镇"], "as": "done"}
    later = DAY + dt.timedelta(days=1)
    assert take_in("roster", rows, data, later) == (
        [DONE, EXCUSED, {"name": "白沙镇", "done_on": later}],
        ["无名镇"],
    )
    assert take_in("roster", rows, {"rows": ["柳河镇"], "as": "open"}, DAY)[0][0] == {"name": "柳河镇"}
    once = [{"period": "2025-Q1", "done_on": DAY}]
    again = {"rows": ["2025-Q1", "2024-Q4"], "as": "excused", "text": "停办"}
    assert take_in("occurrences", once, again, later) == (
        [{"period": "2024-Q4", "excused_on": later, "text": "停办"}, once[0]],
        [],
    )
    assert take_in("occurrences", once, {"rows": ["2025-Q1", "2025-Q2"], "as": "open"}, DAY) == ([], [])


def test_tables_put_together():
    """Each name once, the first that has it done or excused."""
    other = {"name": "柳河镇", "done_on": DAY + dt.timedelta(days=1)}
    assert joined("roster", [[{"name": "柳河镇"}, EXCUSED], [DONE], [other, {"name": "桐岭镇"}]]) == [
        DONE,
        EXCUSED,
    ]
