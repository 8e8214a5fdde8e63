"""Letters listed and counted, as they are and as they were, and shown."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.books import at, refused, typed
from tests.cli.letters.conftest import JULY, JUNE, told

#: L1 is answered in time, L2 late, L3 is waited for, L4 needs no answer, L5 was withdrawn, L6 is a draft, L7 a draft taken
#: back, L8 void.
YEAR = (
    ("2025-06-30", "letter draft 1.1 --rung supervise\nletter draft 2.1 --rung supervise\nletter sign L1 L2"),
    ("2025-07-01", "letter draft 1.2 --rung prompt\nletter draft 3 --rung reminder\nletter sign L3 L4"),
    (
        "2025-07-02",
        "letter reply L1 -t soon --verdict adequate\nletter draft 5 --rung supervise\nletter sign L5",
    ),
    ("2025-07-03", "letter withdraw L5 --why wrong\nletter draft 5 --rung interview"),
    (
        "2025-07-04",
        "letter draft 5 --rung prompt\nletter withdraw L7 --why wrong\nletter draft 5 --rung listing\nvoid L8 --why x",
    ),
    ("2025-07-08", "letter reply L2 -t late"),
)
LAST = at("2025-07-08")


@pytest.fixture
def year(town):
    """Eight letters, each at another stage."""
    for day, lines in YEAR:
        typed(town, lines, **at(day))
    return town


def ids(run, *words: str, **options) -> list[str]:
    return [row["id"] for row in told(run, "letter", "list", *words, **{**LAST, **options})["rows"]]


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("", "L1 L2 L3 L4 L5 L6 L7"),
        ("--rung supervise", "L1 L2 L5"),
        ("--rung 督办函", "L1 L2 L5"),
        ("--unit Office", "L1 L3 L4"),
        ("--unit 'General office'", "L1 L3 L4"),
        ("--unanswered", "L3"),
        ("--period 2025-06", "L1 L2"),
        ("--period 2025-07", "L3 L4 L5 L6 L7"),
        ("--period 2025-Q2", "L1 L2"),
        ("--period 2025-07-01..2025-07-01", "L3 L4"),
        ("--rung prompt --unit Registry", "L7"),
        ("--as-of 2025-07-01", "L1 L2 L3 L4"),
        ("--as-of 2025-07-07 --unanswered", "L2 L3"),
        ("--as-of 2025-06-29", ""),
        ("--known-at 2025-07-02T12:00", "L1 L2 L3 L4 L5"),
    ],
)
def test_which_letters(year, words, wanted):
    """By rung, unit, answer and period, on any day; void ones never."""
    import shlex

    assert ids(year, *shlex.split(words)) == wanted.split()


def test_how_each_stands(year):
    """In one word, with the days an answer is late or has left."""
    rows = told(year, "letter", "list", **LAST)["rows"]
    assert [(row["standing"], row["days"]) for row in rows] == [
        ("answered", None), ("answered", None), ("awaiting", 0), ("sent", None), ("withdrawn", None), ("draft", None), ("withdrawn", None),
    ]  # fmt: skip
    later = told(year, "letter", "list", **at("2025-07-20"))["rows"]
    assert [(row["standing"], row["days"]) for row in later[:3]] == [
        ("unfinished", None),
        ("unfinished", None),
        ("unanswered", 12),
    ]


def test_a_pipe_gets_rows(year):
    """One a letter, codes and days, nothing cut."""
    lines = [line.split("\t") for line in year.ok("letter", "list", **LAST).splitlines()]
    assert lines[0] == [
        "id", "rung", "reference", "addressee", "title", "standing", "drafted_on", "signed_on", "reply_by", "answered_on",
        "verdict", "days",
    ]  # fmt: skip
    assert lines[3] == [
        "L3", "prompt", "Letter of prompting (2025) No. 1", "Office",
        'Letter of prompting on the rectification of "Papers are late"', "awaiting", "2025-07-01", "2025-07-01", "2025-07-08",
        "", "", "0",
    ]  # fmt: skip


def test_a_person_sees_a_table(year, chinese):
    """In words, in either language."""
    shown = year("letter", "list", terminal=True, **LAST).out
    assert "not answered" not in shown
    assert all(word in shown for word in ("L3", "waiting", "withdrawn", "2025-07-08"))
    assert "待回复" in year("letter", "list", terminal=True, lang="zh", **LAST).out


# --- counts --------------------------------------------------------------------------------------------------


def counts(run, *words: str, **options) -> dict:
    return told(run, "letter", "stats", *words, **{**LAST, **options})


def test_the_counts(year):
    """Sent are those out that stand; of them asked = answered + awaited + late; drafts and withdrawn apart."""
    found = counts(year)
    assert found["letters"] == {
        "sent": 4, "asked": 3, "answered": 2, "awaited": 1, "late": 0, "drafts": 1, "withdrawn": 1,
    }  # fmt: skip
    (rate,) = found["rates"]
    assert (rate["name"], rate["numerator"], rate["denominator"], rate["percent"]) == (
        "answered_in_time",
        1,
        2,
        50.0,
    )
    assert "÷" in rate["definition"]


def test_the_counts_on_another_day(year):
    """What was not yet answered was awaited, then late."""
    assert counts(year, "--as-of", "2025-07-01")["letters"]["awaited"] == 3
    (rate,) = counts(year, "--as-of", "2025-07-01")["rates"]
    assert (rate["numerator"], rate["denominator"], rate["percent"]) == (0, 0, None)
    found = counts(year, **at("2025-07-09"))
    assert (found["letters"]["late"], found["rates"][0]["percent"]) == (1, 33.3)


@pytest.mark.parametrize(
    ("per", "wanted"),
    [
        ("rung", {"supervise": 2, "prompt": 1, "reminder": 1, "interview": 0}),
        ("addressee", {"Office": 3, "Finance": 1, "Registry": 0}),
        ("month", {"2025-06": 2, "2025-07": 2}),
        ("week", {"2025-W27": 4}),
        ("quarter", {"2025-Q2": 2, "2025-Q3": 2}),
        ("year", {"2025": 4}),
    ],
)
def test_counts_per_something(year, per, wanted):
    """Each letter in one group, so that the groups sum to the whole."""
    rows = counts(year, "--per", per)["per"]
    assert {row["value"]: row["sent"] for row in rows} == wanted


def test_counts_of_a_period(year):
    """As `letter list` chooses them."""
    assert counts(year, "--period", "2025-06")["letters"]["sent"] == 2
    assert counts(year, "--rung", "supervise", "--unit", "Office")["letters"]["sent"] == 1


def test_counts_in_a_pipe_and_on_a_screen(year):
    """Figures a line, groups a line; the definition is for people."""
    assert "sent\t4" in year.ok("letter", "stats", **LAST)
    assert "supervise\t2\t2\t2\t0\t0\t0\t1\t50.0% (1/2)" in year.ok(
        "letter", "stats", "--per", "rung", **LAST
    )
    assert "Supervision" in year("letter", "stats", "--per", "rung", terminal=True, **LAST).out


def test_what_cannot_be_counted_by(year):
    """Those there are are named."""
    hint = "there are: rung, addressee, week, month, quarter, year"
    refused(year, "letter stats --per colour", 2, "--per takes no colour", hint, **LAST)


def test_thirty_three_letters(town):
    """A figure as such books print it (督办函33件) comes from the entries."""
    drafts = [f"letter draft {each} --rung supervise" for each in ("1.1", "1.2", "2.1")]
    typed(town, "\n".join(drafts * 11), **JUNE)
    typed(town, "letter sign " + " ".join(f"L{n}" for n in range(1, 34)), **JUNE)
    typed(town, "letter draft 3 --rung prompt\nletter sign L34\nletter draft 3 --rung supervise", **JUNE)
    found = counts(town, "--rung", "督办函", **JULY)
    assert found["letters"]["sent"] == 33
    assert ids(town, **JULY)[-1] == "L35"
    rows = told(town, "letter", "list", "--rung", "supervise", **JULY)["rows"]
    wanted = {None, *(f"Supervision letter (2025) No. {n}" for n in range(1, 34))}
    assert {row["reference"] for row in rows} == wanted


# --- shown -----------------------------------------------------------------------------------------------------


def test_the_paper(year):
    """Number, heading, addressee, text, contact, who sends it, the day: in Markdown, into a file too."""
    shown = year.ok("letter", "show", "L2", **LAST)
    assert shown.splitlines()[0] == "Supervision letter (2025) No. 2"
    for words in ("# Supervision letter on the rectification of", "Finance:", "Willow Town<br>2025-06-30"):
        assert words in shown
    year.ok("letter", "show", "L2", "-o", "l.md", **LAST)
    assert Path("l.md").read_text(encoding="utf-8") == shown
    assert json.loads(year.ok("letter", "show", "L2", "-o", "l.md", "--json", **LAST))["file"] == "l.md"


def test_a_person_reads_it_without_markup(town):
    """On a terminal there is no Markdown, and its lines fit."""
    typed(town, "letter draft 2.1", **JUNE)
    shown = town("letter", "show", "L1", terminal=True, env={"COLUMNS": "60"}, **JUNE).out
    lines = shown.splitlines()
    assert lines[:3] == ["Draft, not signed", "", "________"]
    assert lines[4].startswith("Letter of prompting on the rectification of")
    assert "Willow Town\n________\n" in shown
    assert not any(mark in shown for mark in ("**", "<br>", "\\", "#"))
    assert all(len(line) <= 60 for line in lines)


def test_who_has_nothing_left_to_do_is_told_of_no_next_step(year):
    """An answered letter has none; a draft and a signed one have."""
    said = {name: year("letter", "show", name, terminal=True, **LAST).err for name in ("L2", "L3", "L6")}
    assert {name: "next:" in words for name, words in said.items()} == {"L2": False, "L3": True, "L6": True}


@pytest.mark.parametrize(
    ("name", "words"),
    [("L6", "**Draft, not signed**"), ("L5", "**Withdrawn on 2025-07-03**"), ("L8", "**Void**")],
)
def test_what_does_not_stand_says_so(year, name, words):
    """On its first line, so that nobody sends it."""
    assert year.ok("letter", "show", name, **LAST).splitlines()[0] == words


def test_markup_in_a_text_is_text(town):
    """What somebody writes cannot become markup."""
    typed(town, "letter draft 2.1", **JUNE)
    town.ok("letter", "edit", "L1", "--title", "# <b>x</b> *y*", "--text", "- one\n[z](u)", **JUNE)
    shown = town.ok("letter", "show", "L1", **JUNE)
    for words in (r"# \# &lt;b&gt;x&lt;/b&gt; \*y\*", r"\- one", r"\[z\](u)"):
        assert words in shown


def test_as_it_was(year):
    """A letter on an earlier day; before it was drafted there was none."""
    assert told(year, "letter", "show", "L1", "--as-of", "2025-07-01", **LAST)["standing"] == "awaiting"
    hint = "ledger history L3 shows when it was entered"
    line = "letter show L3 --as-of 2025-06-30"
    refused(year, line, 3, "there was no L3 on 2025-06-30", hint, **LAST)
    assert year("letter", "show", "L1", "L2", **LAST).code == 2


def test_every_record_command_takes_letters(year):
    """Notes, evidence, history, show: one engine."""
    typed(year, "note L3 -t called", **LAST)
    assert "called" in year.ok("show", "L3", **LAST)
    assert "called" in year.ok("history", "L3", **LAST)
    assert year("check", "--strict", **LAST).code == 0


def test_chinese_words_for_what_is_counted_by(year):
    """As the codes: 级别 is rung, 月 is month."""
    wanted = counts(year, "--per", "rung", "--per", "month")["per"]
    assert counts(year, "--per", "级别", "--per", "月")["per"] == wanted
