"""Working days wherever a date is typed: +15wd, by the public calendar and the office's own days."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.books import field, last, refused

AUTUMN = "2025-09-29T09:00:00+08:00"


@pytest.fixture
def book(run) -> None:
    """A small ledger with an issue and a measure."""
    run.ok("init", "2025")
    run.ok("add", "Files in disorder", "-m", "Set up an archive")


TYPED = [
    ("assign 1 --due +15wd", "1", "due", "2025-10-27"),
    ("assign 1 --due +1wd", "1", "due", "2025-09-30"),
    ("assign 1 --due 2025年9月30日起7个工作日内", "1", "due", "2025-10-16"),
    ("edit 1.1 --review-on +7wd", "1.1", "review_on", "2025-10-15"),
    ("edit 1.1 --review-on +2d", "1.1", "review_on", "2025-10-01"),
]


@pytest.mark.parametrize(("line", "word", "name", "expected"), TYPED)
def test_working_days_are_counted_from_today(run, book, line, word, name, expected):
    """Today is not counted, the eight days off of October are not, the Saturday worked in lieu is."""
    run.ok(*line.split(), now=AUTUMN)
    assert str(field(word, name)) == expected


def test_back_from_today(run, book):
    """-5wd is a business date, also behind the holidays; `--on` takes it."""
    run.ok("note", "1", "-t", "seen", "--on", "-5wd", now="2025-10-13T09:00:00+08:00")
    assert str(last(1).on) == "2025-09-29"


def test_lists_and_views_take_them_too(run, book):
    """Filters, their options, --today and --as-of count working days."""
    run.ok("assign", "1", "--due", "2025-10-11", now=AUTUMN)
    for words in (("due<=+5wd",), ("--due-before", "+5wd"), ("due:+4wd",)):
        assert len(run.ok("list", *words, "--plain", now=AUTUMN).splitlines()) == 2, words
    assert len(run.ok("list", "due<+4wd", "--plain", now=AUTUMN).splitlines()) == 1
    for words in (("--as-of=-5wd",), ("--as-of", "-5wd"), ("--today", "-5wd")):
        document = run.ok("list", "--json", *words, now="2025-10-13T09:00:00+08:00")
        assert json.loads(document)["as_of"] == "2025-09-29"


def test_the_offices_own_days_count(run, book):
    """workdays.toml holds for every ledger, [workdays] of the ledger wins."""
    Path("workdays.toml").write_text("2025-09-30 = false\n2025-10-09 = false\n", encoding="utf-8")
    run.ok("edit", "1.1", "--review-on", "+1wd", now=AUTUMN)
    assert str(field("1.1", "review_on")) == "2025-10-10"
    path = Path("ledgers/2025/ledger.toml")
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("[workdays]\n", "[workdays]\n2025-10-09 = true\n"), encoding="utf-8")
    run.ok("edit", "1.1", "--review-on", "+1wd", now=AUTUMN)
    assert str(field("1.1", "review_on")) == "2025-10-09"


LATE = "2026-12-30T09:00:00+08:00"
HINT = (
    "once they are announced, write them into workdays.toml beside ledgers/: "
    "whole = [2027], then each day off as 2027-01-01 = false and each worked weekend day as = true"
)


@pytest.mark.parametrize(
    "line", ["assign 1 --due +5wd", "edit 1.1 --review-on +5wd", "list due<+5wd", "due --as-of +5wd"]
)
def test_a_year_without_a_calendar_is_refused(run, book, line):
    """Nothing is guessed and nothing written (4); the way to supply the year is said."""
    refused(run, line, 4, "the working days of 2027 are not known; those of 2004 to 2026 are", HINT, now=LATE)


def test_one_day_of_that_year_does_not_make_it_known(run, book):
    """A day the office closes in 2027 says nothing of the others."""
    Path("workdays.toml").write_text("2027-02-05 = false\n", encoding="utf-8")
    assert run("assign", "1", "--due", "+5wd", now=LATE).code == 4


def test_outside_a_ledger_the_public_calendar_counts(run, tmp_path):
    """Where there is no ledger yet, a date still is one; what the command needs it says itself."""
    result = run("list", "--as-of", "+1wd")
    assert (result.code, "is not a date" in result.err) == (3, False)


def test_check_names_the_shared_file_when_it_is_wrong(run, book):
    """A year said to be whole that lacks holidays is a fault of workdays.toml and not of the ledger's settings."""
    Path("workdays.toml").write_text("# mine\nwhole = [2027]\n", encoding="utf-8")
    result = run("check")
    assert result.code == 7
    assert result.out.startswith("workdays.toml:2: ")
    assert "2027 has 0 days off from Monday to Friday; a whole year has at least 13" in result.out
    assert "ledger config --edit" not in result.out
