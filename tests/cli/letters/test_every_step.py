"""Every step of a letter: on trial, undone, where it is kept, and in which words."""

from __future__ import annotations

import json

import pytest

from ledger.domain.letter import LETTER
from tests.cli.books import book, files, typed, unchanged
from tests.cli.letters.conftest import JULY, JUNE, letter


def test_nothing_is_written_on_trial(town):
    """Every writing command shows its entries and the file, and leaves both alone."""
    unchanged(town, "letter draft --all", **JUNE)
    typed(town, "letter draft 1.1", **JUNE)
    unchanged(town, "letter edit L1 --title x", **JUNE)
    assert "Supervision letter (2025) No. 1" in unchanged(town, "letter sign L1", **JUNE).out
    typed(town, "letter sign L1", **JUNE)
    for line in ("receipt L1", "reply L1 -t x", "withdraw L1 --why x"):
        unchanged(town, f"letter {line}", **JUNE)


def test_every_step_can_be_undone(town):
    """Step by step back to nothing; the history keeps it all, and every check holds."""
    typed(
        town,
        "letter draft 1.1\nletter edit L1 --title x\nletter sign L1\nletter receipt L1\nletter reply L1 -t x\nletter reply L1 --verdict partial",
        **JUNE,
    )
    for stage in ("answered", "signed", "signed", "draft", "draft", "void"):
        typed(town, "undo --yes", **JULY)
        assert letter(1).stage == stage
    assert len(book().find(1, LETTER).entries) == 12
    assert town("check", "--strict", **JULY).code == 0
    assert json.loads(town.ok("letter", "list", "--json", **JULY))["rows"] == []


def test_the_letters_folder_is_all_there_is(town):
    """Drafting and answering touches no issue."""
    before = {name: data for name, data in files().items() if "issues" in name}
    typed(town, "letter draft 1.1\nletter sign L1\nletter reply L1 -t x", **JUNE)
    assert {name: data for name, data in files().items() if "issues" in name} == before


def test_words_are_stored_in_one_form(town):
    """Line ends, blanks at the ends and full-width forms come in as people paste them."""
    town.ok(
        "letter", "draft", "2.1", "--rung", "prompt", "--reason", " one\r\ntwo ", "--contact", "  Gu ", **JUNE
    )
    assert letter(1).text.endswith("late.\none\ntwo")
    assert letter(1).contact == "Gu"
    town.ok("letter", "edit", "L1", "--text", " a\r\nb\n", "--contact", " Lin ", **JUNE)
    assert (letter(1).text, letter(1).contact) == ("a\nb", "Lin")


@pytest.mark.parametrize(
    "words",
    [
        ["draft", "2.1", "--rung", "prompt", "--reason", "a\x00b"],
        ["draft", "2.1", "--rung", "prompt", "--contact", "a\nb"],
        ["draft", "2.1", "--rung", "prompt", "--copy", "a\u202eb"],
        ["draft", "2.1", "--rung", "prompt", "--to", "a\u200bb"],
        ["edit", "L1", "--title", "x" * 2001],
        ["edit", "L1", "--text", "x" * 70000],
        ["sign", "L1", "--number", "a\x1b[31m"],
        ["sign", "L1", "--number", "9" * 2001],
        ["reply", "L2", "--text", "a\ud800b"],
        ["reply", "L2", "--text", "a", "--verdict", "adequate", "--opinion", "a\x07"],
        ["receipt", "L2", "--receiver", "a\tb"],
        ["withdraw", "L2", "--why", "a\x00b"],
    ],
)
def test_hostile_words_are_rejected(town, words):
    """What no text may hold is refused (9) wherever it is typed, and nothing is written."""
    typed(town, "letter draft 1.1\nletter draft 1.2 --rung supervise\nletter sign L2", **JUNE)
    before = files()
    assert town("letter", *words, **JUNE).code == 9
    assert files() == before
