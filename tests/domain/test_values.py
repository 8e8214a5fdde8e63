"""Values of fields as entries set them: each field holds what it is made for, and nothing else."""

from __future__ import annotations

import datetime as dt

import pytest

from ledger.domain.schema import ISSUE
from ledger.domain.values import put

DAY = dt.date(2025, 6, 30)
ROW = {"sha256": "34" * 32, "name": "1.pdf"}
KNOWN = {**ISSUE.part_by_name, **ISSUE.by_name}


def held(name: str, value: object) -> object:
    home: dict = {}
    put(home, KNOWN, name, value)
    return home[name]


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("title", "印章管理不规范", "印章管理不规范"),
        ("criterion", "一\n二", "一\n二"),
        ("kind", "theme", "theme"),
        ("title", "2025-06-30", "2025-06-30"),
        ("due", "2025-06-30", DAY),
        ("due", DAY, DAY),
        ("number", 7, 7),
        ("continuing", True, True),
        ("co_units", ["财务科"], ["财务科"]),
        ("formerly", [3, 9], [3, 9]),
        ("points", [{"text": "造册"}], [{"text": "造册"}]),
        (
            "points",
            [{"number": 1, "text": "造册", "done_on": "2025-06-30"}],
            [{"number": 1, "text": "造册", "done_on": DAY}],
        ),
        (
            "points",
            [{"number": 1, "text": "造册", "done_on": DAY}],
            [{"number": 1, "text": "造册", "done_on": DAY}],
        ),
        ("evidence", [ROW], [ROW]),
        ("colour", {"of": "a later version"}, {"of": "a later version"}),
    ],
)
def test_a_field_holds_what_it_is_made_for(name, value, expected):
    """Texts, dates from ISO text, numbers, flags, lists, tables; a field nobody knows holds anything."""
    assert held(name, value) == expected


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("title", 7),
        ("title", ["印章"]),
        ("kind", DAY),
        ("due", 20250630),
        ("due", "2025-02-30"),
        ("number", "7"),
        ("number", "2025-06-30"),
        ("number", True),
        ("continuing", 1),
        ("co_units", "财务科"),
        ("co_units", [["财务科"]]),
        ("co_units", ["财务科", None]),
        ("points", "造册"),
        ("points", ""),
        ("points", 7),
        ("points", ["造册"]),
        ("points", [{"number": 1}]),
        ("points", [{"number": "1", "text": "造册"}]),
        ("points", [{"number": 1, "text": "造册", "done_on": "2025-02-30"}]),
        ("evidence", ROW),
        ("evidence", [{"name": "1.pdf"}]),
        ("evidence", [{**ROW, "sha256": 7}]),
    ],
)
def test_a_field_holds_nothing_else(name, value):
    """What a field cannot hold is no value of it."""
    with pytest.raises(ValueError):
        held(name, value)


def test_nothing_takes_a_field_away():
    """None removes a field, whether it is there or not."""
    home = {"title": "印章"}
    put(home, KNOWN, "title", None)
    put(home, KNOWN, "due", None)
    assert home == {}


def test_rows_are_nobodys_to_change():
    """What a record holds is not the table it was given."""
    given = [dict(ROW)]
    home: dict = {}
    put(home, KNOWN, "evidence", given)
    given[0]["name"] = "2.pdf"
    assert home["evidence"] == [ROW]
