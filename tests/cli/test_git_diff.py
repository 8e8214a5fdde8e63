"""`history --diff A..B`: what changed between two states of a ledger, from git or from the histories themselves."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.repository import git, record, under_git


def diff(run, words: str, *more: str) -> dict:
    return json.loads(run.ok("history", *more, "--diff", words, "--json"))["diff"]


def told(found: dict) -> list[tuple]:
    return [
        (each["id"], each["became"], each["notes"], each["signs"], each["lost"]) for each in found["issues"]
    ]


def fields(found: dict) -> list[tuple]:
    return [tuple(row.values()) for each in found["issues"] for row in each["fields"]]


@pytest.fixture
def life(run) -> None:
    """Three months: an issue, its measure and a note, its closing; each month a commit and a tag."""
    under_git(run)
    run.ok(
        "add",
        "Papers are late",
        "-m",
        "Sign them",
        "--unit",
        "Office",
        "--commit",
        now="2025-03-01T09:00:00+08:00",
    )
    git("tag", "march")
    run.ok("note", "1.1", "-t", "begun", "--commit", now="2025-04-01T09:00:00+08:00")
    run.ok("assign", "1", "--unit", "Finance", "--commit", now="2025-04-02T09:00:00+08:00")
    run.ok("add", "Lights left on", "--commit", now="2025-04-03T09:00:00+08:00")
    git("tag", "april")
    run.ok("close", "1", "--all", "--result", "signed", "--commit", now="2025-05-01T09:00:00+08:00")


APRIL = [
    ("1", "unit", "Office", "Finance"),
    ("1", "status", "pending", "active"),
    ("1.1", "status", "pending", "active"),
]
NEW = [("2", "title", None, "Lights left on"), ("2", "status", None, "pending")]


def test_two_commits(run, life):
    """Fields from what to what, statuses, notes counted, a new issue with its title."""
    found = diff(run, "march..april")
    assert told(found) == [("1", "changed", 1, 0, 0), ("2", "added", 0, 0, 0)]
    assert sorted(fields(found)) == sorted(APRIL + NEW)
    assert found["from"] == {"kind": "commit", "commit": git("rev-parse", "march"), "day": None, "at": None}
    assert found["damaged"] == []


def test_two_days_say_the_same_without_git(run, life):
    """The histories know it as well: the same days, the same differences."""
    by_commits = diff(run, "march..april")
    Path(".git").rename("elsewhere")
    by_days = diff(run, "2025-03-31..2025-04-30")
    assert by_days["issues"] == by_commits["issues"]
    assert by_days["from"] == {"kind": "day", "commit": None, "day": "2025-03-31", "at": None}
    assert diff(run, "2025-03-31 23:00..2025-04-30 23:00")["issues"] == by_commits["issues"]


def test_a_back_dated_note_counts_for_its_day_and_is_known_later(run, life):
    """A day means what held on it; a time what was known then."""
    run.ok("note", "2", "-t", "seen", "--on", "2025-04-04", now="2025-05-02T09:00:00+08:00")
    assert told(diff(run, "2025-04-03..2025-04-05")) == [("2", "changed", 1, 0, 0)]
    assert told(diff(run, "2025-04-03 12:00..2025-04-05 12:00")) == []


def test_up_to_now(run, life):
    """An open end is the files as they are, hand edits and what is not committed included."""
    run.ok("note", "2", "-t", "not committed")
    path = record(1)
    path.write_bytes(path.read_bytes().replace(b'title = "Papers are late"', b'title = "Papers"'))
    found = diff(run, "april..")
    assert told(found) == [("1", "changed", 0, 1, 0), ("2", "changed", 1, 0, 0)]
    assert ("1", "title", "Papers are late", "Papers") in fields(found)
    assert ("1", "status", "active", "closed") in fields(found)


def test_backwards_things_are_gone(run, life):
    """From later to earlier: an issue that is not there, and entries that are not there any more."""
    found = diff(run, "april..march")
    assert told(found) == [("1", "changed", 0, 0, 2), ("2", "gone", 0, 0, 1)]
    assert ("1", "unit", "Finance", "Office") in fields(found)


def test_a_file_under_another_name_is_no_new_issue(run, life):
    """Records are matched by uid: one whose file has another number is neither gone nor new."""
    old = record(2)
    old.rename(old.with_name(old.name.replace("0002-", "0005-")))
    assert told(diff(run, "april..", "2")) == []
    assert told(diff(run, "march..", "5")) == [("2", "added", 0, 0, 0)]


def test_only_the_issues_asked_about(run, life):
    """Ids before or after; a measure is none that could be compared alone (2)."""
    assert [each["id"] for each in diff(run, "march..april", "2")["issues"]] == ["2"]
    assert run("history", "1.1", "--diff", "march..april").code == 2


def test_a_damaged_record_is_named_on_either_side(run, life):
    """What cannot be read is neither new nor gone nor the same: it is named, exit 7; the rest is told."""
    whole = record(1).read_bytes()
    record(1).write_bytes(whole[:-60])
    git("commit", "-q", "-a", "-m", "cut")
    git("tag", "cut")
    record(1).write_bytes(whole)
    for words, side in (("march..cut", "to"), ("cut..", "from")):
        result = run("history", "--diff", words, "--json")
        found = json.loads(result.out)["diff"]
        assert (result.code, [(each["side"], each["file"]) for each in found["damaged"]]) == (
            7, [(side, record(1).as_posix())],
        )  # fmt: skip
        assert "warning: " in result.err
    assert [each["id"] for each in found["issues"]] == []
    record(1).write_bytes(b"x" * 3_000_000)
    assert run("history", "--diff", "2025-03-01..2025-04-30").code == 7


def test_in_a_pipe_rows_and_on_a_terminal_a_table(run, life):
    """Codes and values in TSV; labels and words for a person; nothing changed is said."""
    rows = [line.split("\t") for line in run.ok("history", "--diff", "march..april").splitlines()]
    assert rows[0] == ["id", "became", "field", "was", "now", "title"]
    assert ["1", "changed", "unit", "Office", "Finance", "Papers are late"] in rows
    assert ["1", "changed", "notes", "", "1", "Papers are late"] in rows
    page = run.ok("history", "--diff", "march..april", terminal=True)
    assert [line.split() for line in page.splitlines() if line.startswith("2 ")] == [
        ["2", "new", "Lights", "left", "on"], ["2", "status", "not", "started"],
    ]  # fmt: skip
    assert run("history", "--diff", "april..april", terminal=True).err == "nothing changed\n"


@pytest.mark.parametrize(
    ("words", "code"),
    [("april", 2), ("", 2), ("..april", 2), ("march...april", 2), ("nothing..april", 3), ("--all..april", 3),
     ("2025-02-30..april", 3)],
)  # fmt: skip
def test_what_is_no_pair_of_states_is_refused(run, life, words, code):
    """A sentence and the next step, never a traceback."""
    result = run("history", f"--diff={words}")
    assert (result.code, result.out) == (code, "")
    assert "hint: " in result.err


def test_another_day_beside_it_is_refused(run, life):
    """--as-of would say a third state (2)."""
    assert run("history", "--diff", "march..april", "--as-of", "2025-04-01").code == 2
