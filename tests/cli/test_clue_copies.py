"""Two copies of a ledger in which different things were done about one clue, put together."""

from __future__ import annotations

import json
import shlex

import pytest

from ledger.domain.clue import CLUE, clue_of
from tests.cli.books import at, book, typed
from tests.cli.repository import git, somebody

FIRST, SECOND = at("2025-06-03"), at("2025-06-04")


@pytest.fixture
def routed(run):
    """A clue that is being verified, committed."""
    somebody()
    typed(
        run,
        "init 2025 --preset simple --lang en\nclue add Fines --channel phone\nclue route C1 --to Office",
        **at("2025-06-02"),
    )
    git("init", "-q")
    git("add", "ledgers")
    git("commit", "-qm", "begun")
    return run


def together(run, mine: str, theirs: str):
    """What came out when the first was done here on 3 June and the second elsewhere on 4 June."""
    git("checkout", "-qb", "theirs")
    for line in theirs.splitlines():
        run.ok(*shlex.split(line), **SECOND)
    git("add", "ledgers")
    git("commit", "-qm", "theirs")
    git("checkout", "-qb", "mine", "theirs~1")
    for line in mine.splitlines():
        run.ok(*shlex.split(line), **FIRST)
    git("add", "ledgers")
    git("commit", "-qm", "mine")
    git("merge", "theirs", fine=True)
    result = run("resolve", "--prefer", "mine", **at("2025-06-05"))
    run("renumber", **at("2025-06-05"))
    assert result.code == 0, result
    return result, clue_of(book().find(1, CLUE).state)


def faults(run) -> list[tuple[str, str]]:
    """What check says, as rule and message."""
    found = json.loads(run("check", "--json", **at("2025-06-06")).out)["faults"]
    return [(each["rule"], each["message"]) for each in found]


def test_a_clue_transferred_in_both_copies_went_once(routed):
    """The first counts; the other has no effect, is said, and is kept in the history."""
    result, clue = together(routed, "clue transfer C1 --to Court", "clue transfer C1 --to Police")
    assert (clue.stage, clue.transferred_to, clue.transferred_on.isoformat()) == (
        "transferred",
        "Court",
        "2025-06-03",
    )
    assert "without effect beside what the other copy did" in result.err
    assert faults(routed) == []


def test_a_clue_verified_here_and_transferred_there_is_transferred(routed):
    """Both are possible one after the other, so both count."""
    _result, clue = together(routed, "clue verify C1 --outcome founded", "clue transfer C1 --to Police")
    assert (clue.stage, clue.outcome, clue.transferred_to) == ("transferred", "founded", "Police")
    assert faults(routed) == []


def test_a_clue_made_an_issue_in_both_copies_is_pointed_out(routed):
    """Both issues are there, one of them with a number of its own; check says which one the clue names."""
    made = "clue verify C1 --outcome founded\nclue issue C1"
    _result, clue = together(routed, made, made)
    numbers = {record.state.fields["uid"]: record.state.fields["number"] for record in book().records()}
    assert (clue.stage, sorted(numbers.values()), clue.issue in numbers) == ("issue", [1, 2], True)
    (other,) = (number for uid, number in numbers.items() if uid != clue.issue)
    assert faults(routed) == [("clues", f"{other} was made of C1, which does not say so")]
    routed.ok("void", str(other), "--why", "made twice", **at("2025-06-06"))
    assert faults(routed) == []
