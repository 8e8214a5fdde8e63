"""`ledger report letter`: a letter as an official document, the same as `letter show` writes."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.books import refused, typed
from tests.cli.letters.conftest import FREE, JUNE, told


@pytest.fixture
def sent(town):
    """L1 is a draft, L2 was sent."""
    typed(town, f"letter draft 1.1 --rung supervise\n{FREE}\nletter sign L2", **JUNE)
    return town


def test_one_paper_whichever_command_writes_it(sent):
    """`report letter` and `letter show` give the same bytes, on stdout and into a file."""
    shown = sent.ok("letter", "show", "L2", **JUNE)
    assert sent.ok("report", "letter", "L2", **JUNE) == shown
    sent.ok("report", "letter", "L2", "-o", "one.md", **JUNE)
    sent.ok("letter", "show", "L2", "-o", "two.md", **JUNE)
    assert Path("one.md").read_bytes() == Path("two.md").read_bytes() == shown.encode()


def test_nothing_stands_on_it_that_is_not_part_of_it(sent):
    """A letter ends with its signature and date: no checkpoint is printed on it, JSON has it."""
    paper = sent.ok("report", "letter", "L2", **JUNE)
    assert paper.rstrip().endswith("Willow Town<br>2025-06-30")
    view = told(sent, "report", "letter", "L2", **JUNE)
    official = view["official"]
    assert (official["number"], official["date"], official["state"]) == (
        "Supervision letter (2025) No. 1",
        "2025-06-30",
        "",
    )
    assert view["checkpoint"]["entries"] == 2
    assert sent.ok("report", "letter", "L1", **JUNE).splitlines()[0] == "**Draft, not signed**"


@pytest.mark.parametrize(
    ("ids", "code", "message", "hint"),
    [
        ("", 2, "a letter is a document of its own", "name one: ledger report letter L3"),
        ("L1 L2", 2, "a letter is a document of its own", "name one: ledger report letter L3"),
        ("1", 2, "1 is not a letter", "write L3; ledger letter list shows them all"),
        ("L99", 3, "there is no L99", "there are L1 to L2"),
    ],
)
def test_bad_requests(sent, ids, code, message, hint):
    """Which letter is meant has to be said."""
    refused(sent, f"report letter {ids}", code, message, hint, **JUNE)


def test_a_format_there_is_not(sent):
    """The name of the file says which format; one that cannot be written is refused, not filled with Markdown."""
    result = sent("letter", "show", "L2", "-o", "letter.pdf", **JUNE)
    assert (result.code, "reports cannot be written as pdf" in result.err) == (2, True)
    assert not Path("letter.pdf").exists()
