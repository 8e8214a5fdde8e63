"""Names on issues and measures: a unit brings its leader, and names that are not right are pointed out."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

PEOPLE = """\
[[units]]
name = "Office"
aliases = ["General Office"]

[[units]]
name = "Finance"
leader = "He"

[[persons]]
name = "Gu"
[[persons]]
name = "Lin"
[[persons]]
name = "He"

[[offices]]
unit = "Office"
person = "Gu"
to = 2025-06-30

[[offices]]
unit = "Office"
person = "Lin"
from = 2025-07-01
"""
JULY = {"now": "2025-07-10T09:00:00+08:00"}


@pytest.fixture
def office(run):
    """A ledger whose office changed its leader in the middle of the year."""
    run.ok("init", "t", "--lang", "en")
    Path("ledgers/t/people.toml").write_text(PEOPLE, encoding="utf-8")


def fields(run, id_: str) -> tuple[str, str]:
    """Unit and leader of an issue or a measure."""
    looked = json.loads(run.ok("show", id_, "--json", **JULY))
    found = looked["measures"][0] if "." in id_ else looked["issues"][0]
    return found["unit"], found["leader"]


def test_a_unit_brings_the_leader_it_had_on_that_day(run, office):
    """By its alias too; a leader who is named stays."""
    run.ok("add", "A", "--unit", "General Office", **JULY)
    run.ok("add", "B", "--unit", "Office", "--on", "2025-06-30", **JULY)
    run.ok("add", "C", "--unit", "Office", "--leader", "He", **JULY)
    assert [fields(run, each) for each in "123"] == [("Office", "Lin"), ("Office", "Gu"), ("Office", "He")]


def test_another_unit_brings_another_leader_unless_one_was_named(run, office):
    """What came with the unit goes with it; what somebody said stays."""
    run.ok("add", "A", "-m", "a", "--unit", "Office", **JULY)
    run.ok("add", "B", "--unit", "Office", "--leader", "He", **JULY)
    run.ok("add", "C", "--leader", "Gu", **JULY)
    run.ok("assign", "1", "2", "3", "--unit", "Finance", **JULY)
    assert [fields(run, each) for each in "123"] == [("Finance", "He"), ("Finance", "He"), ("Finance", "Gu")]
    run.ok("assign", "1.1", "--unit", "Office", **JULY)
    assert fields(run, "1.1") == ("Office", "Lin")
    run.ok("edit", "1.1", "--unit", "Finance", **JULY)
    assert fields(run, "1.1") == ("Finance", "He")
    run.ok("measure", "1", "-t", "b", "--unit", "Office", **JULY)
    assert fields(run, "1.2") == ("Office", "Lin")


def test_who_has_left_is_pointed_out(run, office):
    """With who leads now; before that day nothing is said."""
    result = run("add", "A", "--unit", "Office", "--leader", "Gu", **JULY)
    assert result.err.splitlines()[0] == "warning: Gu left office on 2025-06-30; Office is led by Lin"
    assert "warning" not in run("add", "B", "--leader", "Gu", "--on", "2025-06-30", **JULY).err
    assert (
        run("claim", "1", "--leader", "Gus", **JULY).err == "warning: Gus is not in people.toml; near: Gu\n"
    )


def test_a_file_that_contradicts_itself_stops_what_needs_it(run, office):
    """By file and line (7), in config and in check, and nothing is written."""
    Path("ledgers/t/people.toml").write_text(
        PEOPLE.replace("from = 2025-07-01", "from = 2025-06-30"), encoding="utf-8"
    )
    for line in (["config", "--validate"], ["add", "A", "--unit", "Office"]):
        result = run(*line, **JULY)
        assert result.code == 7
        assert "people.toml:24: Office is led by two at one time: Gu and Lin; from 2025-06-30" in result.err
    assert run("check", **JULY).out.startswith("ledgers/t/people.toml:24: Office is led by two at one time")
    assert not list(Path("ledgers/t/issues").glob("*"))


def test_what_is_opened_again_says_who_has_left(run, office):
    """It keeps the names it was closed under, and somebody else may have to be named."""
    run.ok("add", "A", "--unit", "Office", "--on", "2025-06-01", **JULY)
    run.ok("close", "1", "--result", "done", "--on", "2025-06-20", **JULY)
    result = run("reopen", "1", "--why", "again", **JULY)
    assert (result.code, result.err.splitlines()[0]) == (
        0,
        "warning: Gu left office on 2025-06-30; Office is led by Lin",
    )
