"""`point`: what a measure holds that is ticked off one by one."""

from __future__ import annotations

import pytest

from tests.cli.books import day, field, refused, status


def test_points_hold_a_measure_open(run, simple):
    """Points are added, ticked and opened again; while one is open the measure cannot be reported done."""
    assert run.ok("point", "1.1", "--add", "起草", "--add", "印发") == "1.1.1  起草\n1.1.2  印发\n"
    assert (status("1.1"), [each["text"] for each in field("1.1", "points")]) == ("active", ["起草", "印发"])
    hint = "tick them with: ledger point 1.1.1 --done"
    refused(run, "done 1.1 --result 成", 4, "1.1 has open points: 1.1.1 1.1.2", hint)
    assert run.ok("point", "1.1.1", "--on", "2025-02-28") == "ticked off: 1.1\n"
    assert field("1.1", "points")[0] == {"number": 1, "text": "起草", "done_on": day("2025-02-28")}
    assert run.ok("point", "1.1.1", "--open") == "open again: 1.1\n"
    assert "done_on" not in field("1.1", "points")[0]
    run.ok("point", "1.1")
    assert [each["done_on"] for each in field("1.1", "points")] == [day("2025-03-01")] * 2
    run.ok("done", "1.1", "--result", "成")


@pytest.mark.parametrize(
    ("line", "code", "message", "hint"),
    [
        ("point 1.1 --add ''", 2, "a point needs a text", "give it with --add"),
        ("point 1 --add x", 2, "points belong to a measure", "name one, such as 1.1"),
        (
            "point 1 2 --add x",
            2,
            "points are added to one measure at a time",
            "name one measure: ledger point 7.2 --add TEXT",
        ),
        (
            "point 1.1 --add x --add y 1.2",
            2,
            "points are added to one measure at a time",
            "name one measure: ledger point 7.2 --add TEXT",
        ),
        ("point 1.1.1", 3, "1.1 has no point 1", "ledger show 1 shows them"),
        ("point 1.1", 2, "1.1 has no points", "add one with: ledger point 1.1 --add TEXT"),
        ("point 2", 2, "2 has no points", "add one with: ledger point 2.1 --add TEXT"),
    ],
)
def test_points_that_are_not_there(run, simple, line, code, message, hint):
    """A point without a text, on an issue, or that is not there: refused."""
    refused(run, line, code, message, hint)


def test_a_point_never_stands_for_its_measure(run, simple):
    """Only `point` takes the id of a point; elsewhere the measure has to be named."""
    run.ok("point", "1.1", "--add", "起草")
    for line in (
        "void 1.1.1 --why x",
        "note 1.1.1 -t x",
        "close 1.1.1 --result x",
        "done 1.1.1 --result x",
        "extend 1.1.1 --to 2025-09-30 --why x",
        "edit 1.1.1 -t x",
    ):
        refused(run, line, 2, "1.1.1 is a point of measure 1.1", "name the measure: 1.1")
