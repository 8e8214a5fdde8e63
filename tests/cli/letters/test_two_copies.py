"""Letters in two copies of a ledger: what git merges, and what check and resolve say of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from ledger.domain.letter import LETTER
from tests.cli.books import at, book, typed
from tests.cli.letters.conftest import JULY, JUNE, letter
from tests.cli.repository import git, somebody


@pytest.fixture
def copies(town):
    """Two branches of one ledger; gives what does some lines on each and merges them."""
    somebody()
    typed(town, "letter draft 1.1", **JUNE)
    git("init", "-q", "-b", "main")
    Path(".gitignore").write_text(".state/\n.index/\n", encoding="utf-8")
    git("add", ".")
    git("commit", "-qm", "begun")

    def merge(mine: str, theirs: str) -> None:
        git("checkout", "-qb", "theirs")
        typed(town, theirs, **JULY)
        git("add", ".")
        git("commit", "-qm", "theirs")
        git("checkout", "-q", "main")
        typed(town, mine, **JULY)
        git("add", ".")
        git("commit", "-qm", "mine")
        git("merge", "-q", "theirs", fine=True)

    return merge


def test_one_number_on_two_papers(town, copies):
    """Both copies signed another letter with the next number: check names it, renumber leaves it alone."""
    copies(
        "letter draft 2.1 --rung supervise\nletter sign L2",
        "letter draft 1.2 --rung supervise\nletter sign L2",
    )
    said = town("check", **JULY)
    assert (said.code, said.out.count("number 2 is that of"), said.out.count("No. 1 is that of")) == (7, 1, 1)
    typed(town, "renumber", **JULY)
    assert [letter(n).reference[-5:] for n in (2, 3)] == ["No. 1", "No. 1"]
    assert "letter-numbers" in town("check", "--json", **JULY).out
    typed(
        town,
        "letter withdraw L3 --why 'did not go out'\nletter draft 1.2 --rung interview\nletter sign L4",
        **JULY,
    )
    assert town("check", **JULY).code == 0
    assert "warning" in town("check", **JULY).out


def test_answered_here_and_withdrawn_there(town, copies):
    """One letter, two deeds: put together, the history keeps both and every chain holds."""
    copies("letter sign L1\nletter reply L1 -t soon", "letter withdraw L1 --why wrong")
    typed(town, "resolve", **JULY)
    assert len(book().find(1, LETTER).entries) == 5
    assert town("check", **JULY).code == 0
    assert letter(1).stage in ("withdrawn", "answered")


def test_signed_in_both_copies(town, copies):
    """It is signed once: the first signature and one number count."""
    copies("letter sign L1", 'letter sign L1 --number "W 7"')
    typed(town, "resolve --prefer mine", **JULY)
    assert (letter(1).stage, town("check", **JULY).code) == ("signed", 0)
    assert town("letter", "sign", "L1", **JULY).code == 4
    typed(town, "letter reply L1 -t soon", **at("2025-07-02"))


def test_edited_here_and_signed_there(town, copies):
    """What was signed and what it says now differ: that is pointed out."""
    copies('letter edit L1 --title "Another"', "letter sign L1")
    typed(town, "resolve", **JULY)
    assert letter(1).stage == "signed"
    if letter(1).title == "Another":
        assert "says something else than when it was signed: title" in town("check", **JULY).out
