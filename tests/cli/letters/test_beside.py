"""Letters on the pages of what they are about, and as records of their own."""

from __future__ import annotations

from tests.cli.books import at, typed
from tests.cli.letters.conftest import JULY, JUNE, told

SENT = "letter draft 1.1\nletter draft 1 --rung prompt\nletter sign L1"


def test_an_issue_names_its_letters(town):
    """On its page and on that of each measure, with how it stands and by when an answer is asked for."""
    typed(town, SENT, **JUNE)
    shown = " ".join(town("show", "1", terminal=True, **JULY).out.split())
    assert (
        "L1 Supervision letter (2025) No. 1 waiting for an answer 2025-07-07; L2 Letter of prompting draft"
        in shown
    )
    alone = " ".join(town("show", "1.2", terminal=True, **JULY).out.split())
    assert "L2 Letter of prompting draft" in alone
    assert "L1" not in alone


def test_programs_get_them_too(town):
    """Each with the measure it is about; void ones are left out, withdrawn ones are not."""
    typed(
        town,
        f"{SENT}\nletter withdraw L2 --why wrong\nletter draft 1.2 --rung listing\nvoid L3 --why x",
        **JUNE,
    )
    (issue,) = told(town, "show", "1", **JULY)["issues"]
    assert issue["letters"] == []
    first, second = issue["measures"]
    assert [(each["id"], each["standing"], each["reply_by"]) for each in first["letters"]] == [
        ("L1", "awaiting", "2025-07-07"),
        ("L2", "withdrawn", None),
    ]
    assert [each["id"] for each in second["letters"]] == ["L2"]
    assert (
        "1.1\tletter\tL1 Supervision letter Supervision letter (2025) No. 1 awaiting 2025-07-07"
        in town.ok("show", "1.1", **JULY)
    )


def test_an_issue_shows_its_letters_as_of_a_day(town):
    """Before the letter there was none."""
    typed(town, "letter draft 3", **JULY)
    assert told(town, "show", "3", "--as-of", "2025-06-30", **JULY)["issues"][0]["letters"] == []
    assert told(town, "show", "3", **JULY)["issues"][0]["letters"][0]["id"] == "L1"


def test_the_page_of_a_letter(town):
    """What it is, about what and by which rule, its text, and what was answered."""
    typed(town, "letter draft 1\nletter sign L1 --signer Lin\nletter receipt L1 --receiver Gu", **JUNE)
    typed(town, 'letter reply L1 -t "half of it" --verdict inadequate --opinion "no dates"', **JULY)
    shown = " ".join(town("show", "L1", terminal=True, **at("2025-07-02")).out.split())
    for words in (
        "answer not adequate",
        "1.1 (from 15 days late), 1.2 (from 15 days late)",
        "answer by 2025-07-07",
        "signer Lin",
        "arrived on 2025-06-30; Gu",
        "2025-07-01 half of it; not adequate; no dates",
        "measure 1.1: Rewrite the rules",
    ):
        assert words in shown
    typed(town, "letter withdraw L1 --why 'sent twice'", **at("2025-07-02"))
    assert "withdrawn on 2025-07-02: sent twice" in town("show", "L1", terminal=True, **at("2025-07-02")).out
