"""What letters the rules call for, on which day, and that each is called for once."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.books import at, files, refused, typed
from tests.cli.letters.conftest import JULY, JUNE, proposed, settings, told

ALL = [
    ("supervise", None, ["4"], ["late:15"]),
    ("supervise", "Office", ["1.1", "1.2"], ["late:15", "late:15"]),
    ("prompt", "Finance", ["2.1"], ["late:1"]),
    ("reminder", "Office", ["3"], ["before:7"]),
]


def test_one_letter_a_rung_and_unit(town):
    """The highest rung first; the measures of a unit together; nothing is written."""
    before = files()
    assert proposed(town, "2025-06-30") == ALL
    assert files() == before


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        (["--rung", "supervise"], ALL[:2]),
        (["--rung", "督办函"], ALL[:2]),
        (["--rung", "Supervision LETTER"], ALL[:2]),
        (["--unit", "Office"], [ALL[1], ALL[3]]),
        (["--unit", "General office"], [ALL[1], ALL[3]]),
        (["--unit", "Office", "--rung", "reminder"], [ALL[3]]),
        (["--unit", "Registry"], []),
    ],
)
def test_filters(town, words, wanted):
    """By rung, in code or in name, and by unit, under its other names too."""
    assert proposed(town, "2025-06-30", *words) == wanted


def test_the_days_before(town):
    """Nothing is called for long before; each day brings what its rules say."""
    assert proposed(town, "2025-05-24") == []
    assert proposed(town, "2025-06-08") == [
        ("prompt", None, ["4"], ["late:1"]),
        ("reminder", "Office", ["1.1", "1.2"], ["before:7", "before:7"]),
    ]


def test_a_pipe_gets_rows(town):
    """A row each measure, with the place of the rule."""
    settings('\n[[letters.rungs]]\ncode = "push"\nlabel = "Push"\nlate = 2\n')
    lines = town.ok("letter", "propose", **JUNE).splitlines()
    assert lines[0].split("\t") == ["rung", "unit", "id", "text", "due", "days", "rule", "place"]
    path, number = lines[1].split("\t")[-1].split(":")
    written = Path("ledgers/2025", path).read_text(encoding="utf-8").splitlines()
    assert written[int(number) - 1] == 'code = "push"'
    assert [line.split("\t")[2] for line in lines[1:]] == ["4", "2.1", "1.1", "1.2"]


def test_a_person_reads_why(town):
    """On a terminal each measure stands with its reason, and each letter with where its rule stands."""
    shown = town("letter", "propose", terminal=True, **JUNE).out
    for words in (
        "Supervision letter   Office",
        "from 15 days late",
        "7 days before the date",
        "the ladder that ships",
    ):
        assert words in shown
    assert "nobody is responsible" in shown


@pytest.mark.parametrize("stage", ["drafted", "signed", "answered well", "answered in part"])
def test_what_was_proposed_is_not_proposed_again(town, stage):
    """While a letter is drafted, out or answered, its rung is not called for again for that deadline."""
    typed(town, "letter draft 1.1 1.2", **JUNE)
    if stage != "drafted":
        typed(town, "letter sign L1", **JUNE)
    if stage.startswith("answered"):
        verdict = "adequate" if stage.endswith("well") else "partial"
        typed(town, f"letter reply L1 -t soon --verdict {verdict}", **JULY)
    for day in ("2025-06-30", "2025-07-01", "2025-07-07"):
        assert ("supervise", "Office") not in [each[:2] for each in proposed(town, day)]


@pytest.mark.parametrize("end", ["letter withdraw L1 --why wrong", "void L1 --why wrong", "undo --yes"])
def test_what_was_taken_back_is_proposed_again(town, end):
    """Withdrawn, void or undone, a draft holds nothing back."""
    typed(town, f"letter draft 1.1 1.2\n{end}", **JUNE)
    assert proposed(town, "2025-06-30") == ALL


def test_a_signed_letter_that_was_withdrawn_is_proposed_again(town):
    """Its number stays, its matter is free."""
    typed(town, "letter draft 1.1 1.2\nletter sign L1\nletter withdraw L1 --why wrong", **JUNE)
    assert proposed(town, "2025-06-30") == ALL


def test_not_answered_in_time_the_next_rung_is_proposed(town):
    """Five working days from Monday 30 June are Monday 7 July: on that day there is still time."""
    typed(town, "letter draft 1.1\nletter sign L1", **JUNE)
    assert [each for each in proposed(town, "2025-07-07") if each[2] == ["1.1"]] == []
    assert proposed(town, "2025-07-08")[0] == ("interview", "Office", ["1.1"], ["unanswered:L1"])
    assert town("letter", "list", **at("2025-07-08")).out.count("\n") == 2  # proposed, not taken


def test_answered_badly_the_next_rung_is_proposed_at_once(town):
    """Judged later, too; a better answer takes it back."""
    typed(town, "letter draft 1.1\nletter sign L1", **JUNE)
    typed(town, "letter reply L1 -t never", **JULY)
    assert [each for each in proposed(town, "2025-07-01") if each[2] == ["1.1"]] == []
    typed(town, "letter reply L1 --verdict inadequate", **at("2025-07-02"))
    assert proposed(town, "2025-07-02")[0] == ("interview", "Office", ["1.1"], ["inadequate:L1"])
    typed(town, "letter reply L1 -t soon --verdict adequate", **at("2025-07-03"))
    assert [each for each in proposed(town, "2025-07-03") if each[2] == ["1.1"]] == []


def test_answered_well_and_not_done_the_next_rung_is_proposed(town):
    """An answer is not the work: past the day for the work, ten working days, it climbs."""
    typed(town, "letter draft 1.1\nletter sign L1\nletter reply L1 -t soon --verdict adequate", **JUNE)
    assert [each for each in proposed(town, "2025-07-14") if each[2] == ["1.1"]] == []
    assert proposed(town, "2025-07-15")[0] == ("interview", "Office", ["1.1"], ["unfinished:L1"])


def test_what_is_done_is_pushed_no_more(town):
    """Reported done or closed, no rung is called for, answered or not."""
    typed(town, "letter draft 1.1 1.2\nletter sign L1\ndone 1.1 --result done", **JUNE)
    assert "1.1" not in str(proposed(town, "2025-07-31"))


def test_a_moved_deadline_begins_anew(town):
    """Late again by its new date, the mildest rung is called for again."""
    typed(town, "letter draft 2.1\nletter sign L1\nextend 2.1 --to 2025-07-31 --why agreed", **JUNE)
    assert "2.1" not in str(proposed(town, "2025-07-20"))
    assert ("prompt", "Finance", ["2.1"], ["late:1"]) in proposed(town, "2025-08-01")


def test_what_has_no_date_climbs_once_it_was_written_to(town):
    """A free letter that was not answered calls for the next rung."""
    typed(town, "letter draft 5 --rung supervise\nletter sign L1", **JUNE)
    assert proposed(town, "2025-07-08", "--unit", "Registry") == [
        ("interview", "Registry", ["5"], ["unanswered:L1"])
    ]


def test_twice_red_at_a_month_end_calls_for_a_talk(town):
    """Due on 15 June: red at the end of June and of July."""
    assert ("interview", "Office", ["1.1", "1.2"], ["month_ends:red:2"] * 2) not in proposed(
        town, "2025-07-30"
    )
    assert ("interview", "Office", ["1.1", "1.2"], ["month_ends:red:2"] * 2) in proposed(town, "2025-07-31")


def test_as_of_and_known_at(town):
    """What was proposed on a day, by what was known then: a letter recorded later held nothing back."""
    typed(town, "letter draft --all --on 2025-06-30", **at("2025-07-03"))
    assert proposed(town, "2025-06-29", "--unit", "Office")[0][0] == "prompt"
    assert [each[1] for each in proposed(town, "2025-06-30")] == [None]
    assert proposed(town, "2025-06-30", "--known-at", "2025-07-02") == ALL


def test_an_unknown_rung_is_refused(town):
    """The rungs there are are named."""
    codes = "reminder 工作提示, prompt 整改提示函, supervise 督办函, interview 约谈通知, criticism 通报批评, listing 挂牌督办"
    refused(town, "letter propose --rung nosuch", 2, "there is no rung nosuch", f"there are: {codes}", **JUNE)


def test_nothing_is_called_for(town):
    """That is said, and is no error."""
    result = town("letter", "propose", "--as-of", "2025-03-01", terminal=True, **JUNE)
    assert (result.code, "no letter is called for" in result.err) == (0, True)
    assert told(town, "letter", "propose", "--as-of", "2025-03-01", **JUNE)["proposals"] == []
