"""`due` beyond deadlines: limits of steps, reviews, the concentrated period, long texts."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.books import field, last, refused

STEPS = """
[[closeout.steps]]
code = "unit"
label = "Unit"
within_workdays = 5

[[closeout.steps]]
code = "office"
label = "Office check"
within_days = 10

[[closeout.steps]]
code = "group"
label = "Group"
"""


def settle(text: str, **tables: str) -> None:
    """Replace the steps of the ledger by this text, and add lines to tables."""
    path = Path("ledgers/2025/ledger.toml")
    have = path.read_text(encoding="utf-8")
    for name, line in tables.items():
        have = have.replace(f"\n[{name}]\n", f"\n[{name}]\n{line}\n")
    if text:
        start, end = have.index("[[closeout.steps]]"), have.index("# Lights:")
        have = have[:start] + text + "\n" + have[end:]
    path.write_text(have, encoding="utf-8")


def queue(run, **options) -> dict[str, dict]:
    """What waits, by step."""
    return {each["step"]: each for each in json.loads(run.ok("due", "--json", **options))["waiting"]}


@pytest.fixture
def chain(run) -> None:
    """Two issues of which one waits for the unit, one for the office; the limits are 5 working days and 10 days."""
    run.ok("init", "2025")
    settle(STEPS)
    run.ok("add", "Reported on Friday", "--unit", "Office", now="2025-09-19T09:00:00+08:00")
    run.ok("add", "Signed on Monday", "--unit", "Office", now="2025-09-19T09:00:00+08:00")
    run.ok("done", "1", "--result", "kept", now="2025-09-26T09:00:00+08:00")
    run.ok("done", "2", "--result", "kept", now="2025-09-26T09:00:00+08:00")
    run.ok("close", "2", now="2025-09-29T09:00:00+08:00")


def test_what_waits_longer_than_the_limit_of_its_step_is_late(run, chain):
    """Working days run over the holidays and a Sunday worked in lieu; days are days; a step without limit is none."""
    found = queue(run, now="2025-10-11T09:00:00+08:00")
    (unit,), (office,) = found["unit"]["items"], found["office"]["items"]
    assert (found["unit"]["limit"], unit["until"], unit["days"]) == (
        {"number": 5, "unit": "workday"},
        "2025-10-10",
        1,
    )
    assert (found["office"]["limit"], office["until"], office["days"]) == (
        {"number": 10, "unit": "day"},
        "2025-10-09",
        2,
    )
    assert (found["unit"]["late"], found["office"]["late"]) == (1, 1)
    run.ok("close", "2", now="2025-10-10T09:00:00+08:00")
    group = queue(run, now="2026-10-10T09:00:00+08:00")["group"]
    assert (group["limit"], group["late"], group["items"][0]["until"]) == (None, 0, None)


def test_a_person_sees_the_limit_and_what_is_past_it(run, chain):
    """Beside how long the longest waits; each that is past it says by how much."""
    page = run.ok("due", terminal=True, now="2025-10-13T09:00:00+08:00", env={"COLUMNS": "120"}).splitlines()
    assert page[1:] == [
        "waiting for a sign-off",
        "  step 1/3 Unit   longest 17 days   limit 5 working days, 1 past it   1 (3 days overdue)",
        "  step 2/3 Office check   longest 14 days   limit 10 days, 1 past it   2 (4 days overdue)",
    ]
    page = run.ok("due", terminal=True, now="2025-09-30T09:00:00+08:00", env={"COLUMNS": "120"}).splitlines()
    assert page[2] == "  step 1/3 Unit   longest 4 days   limit 5 working days   1"


def test_a_pipe_and_the_exit_code_know_it_too(run, chain):
    """Days past the limit and its last day stand in the row; 10 only once it is past."""
    rows = run.ok("due", "--plain", now="2025-10-11T09:00:00+08:00").splitlines()
    assert rows[1] == "waiting\t1\tReported on Friday\tOffice\t\tdone\t2025-09-26\t1\t\tunit\t2025-10-10"
    assert run("due", "--exit-code", "-q", now="2025-10-09T09:00:00+08:00").code == 0
    assert run("due", "--exit-code", "-q", now="2025-10-10T09:00:00+08:00").code == 10


def test_a_limit_into_an_unknown_year_is_not_guessed(run, chain):
    """The queue is shown without it, and why is said once."""
    run.ok("return", "1", "--why", "again", now="2026-12-29T09:00:00+08:00")
    run.ok("done", "1", "--result", "kept", now="2026-12-29T09:00:00+08:00")
    result = run("due", "--json", now="2026-12-30T09:00:00+08:00")
    items = {each["step"]: each["items"] for each in json.loads(result.out)["waiting"]}
    assert items["unit"][0]["until"] is None
    assert result.err.count("the working days of 2027 are not known") == 1


# --- reviews -----------------------------------------------------------------------------------------------


def reviews(run, **options) -> list[tuple[str, str, int]]:
    """What is to be reviewed, when, and how late that is."""
    sections = json.loads(run.ok("due", "--json", "--within", "40", **options))["sections"]
    found = [each for section in sections if section["code"] == "reviews" for each in section["items"]]
    return [(each["id"], each["on"], each["days"]) for each in found]


@pytest.fixture
def closed(run) -> None:
    """An issue closed on 2025-03-01 that continues, and one that does not."""
    run.ok("init", "2025")
    run.ok("add", "Kept up", "--continuing")
    run.ok("add", "Over and done")
    run.ok("close", "1", "2", "--result", "kept")


def test_what_was_closed_and_continues_is_reviewed_at_the_interval(run, closed):
    """From the close-out on, by the rule of the office; without one nothing is made up."""
    later = "2025-08-25T09:00:00+08:00"
    assert reviews(run, now=later) == []
    settle("", deadlines="continuing_review_months = 6")
    assert reviews(run, now=later) == [("1", "2025-09-01", -7)]
    assert reviews(run, now="2025-07-01T09:00:00+08:00") == []
    assert run("due", "--exit-code", "-q", now="2025-09-01T09:00:00+08:00").code == 0
    assert run("due", "--exit-code", "-q", now="2025-09-02T09:00:00+08:00").code == 10


def test_a_review_is_a_note_and_names_the_next(run, closed):
    """After it the next one is due after the interval, or on the day somebody gives; as it was, it was not yet."""
    settle("", deadlines="continuing_review_months = 6")
    result = run("note", "1", "--reviewed", "-t", "Still kept", now="2025-09-03T09:00:00+08:00")
    assert result.out == "noted: 1\n"
    assert "1 is to be reviewed on 2026-03-03: 6 months from 2025-09-03" in result.err
    assert (last(1).data["reviewed"], str(field("1", "review_on"))) == (True, "2026-03-03")
    assert reviews(run, now="2026-02-20T09:00:00+08:00") == [("1", "2026-03-03", -11)]
    assert run.ok("list", "--plain", "--columns", "id,status").splitlines()[1] == "1\tclosed"
    run.ok("note", "1", "--review-on", "2026-06-30", "-t", "Kept", now="2026-03-02T09:00:00+08:00")
    assert reviews(run, now="2026-06-01T09:00:00+08:00") == [("1", "2026-06-30", -29)]
    document = json.loads(run.ok("due", "--json", "--as-of", "2025-09-02", now="2026-06-01T09:00:00+08:00"))
    assert [each["on"] for each in document["sections"][0]["items"]] == ["2025-09-01"]
    run.ok("undo", "--yes", now="2026-03-02T10:00:00+08:00")
    assert reviews(run, now="2026-02-20T09:00:00+08:00") == [("1", "2026-03-03", -11)]
    assert run("check", "--strict").code == 0


def test_a_review_day_from_before_the_close_out_counts_no_more(run, closed):
    """What was planned while it was worked on is not the next review; reopened it is none at all."""
    settle("", deadlines="continuing_review_months = 6")
    run.ok("add", "Third", "--continuing")
    run.ok("edit", "3", "--review-on", "2025-03-02")
    run.ok("close", "3", "--result", "kept", now="2025-03-05T09:00:00+08:00")
    assert ("3", "2025-09-05", -11) in reviews(run, now="2025-08-25T09:00:00+08:00")
    run.ok("reopen", "3", "--why", "it came back", now="2025-03-06T09:00:00+08:00")
    assert [name for name, *_rest in reviews(run, now="2025-08-25T09:00:00+08:00")] == ["1"]


def test_long_term_work_gets_its_next_review_the_same_way(run):
    """By status it is late past its review; a review moves the day, by rule or as given."""
    run.ok("init", "2025")
    settle("", deadlines="longterm_review_months = 3")
    run.ok("add", "A", "-m", "One")
    run.ok("longterm", "1.1", "--interim-goal", "a third", "--why", "it never ends")
    assert str(field("1.1", "review_on")) == "2025-06-01"
    assert run("due", "--exit-code", "-q", now="2025-06-02T09:00:00+08:00").code == 10
    run.ok("note", "1.1", "--reviewed", "-t", "a tenth so far", now="2025-06-02T09:00:00+08:00")
    assert str(field("1.1", "review_on")) == "2025-09-02"
    assert run("due", "--exit-code", "-q", now="2025-06-02T09:00:00+08:00").code == 0


REFUSED = [
    ("note 2 --reviewed -t kept", 4,
     "2 is neither interim nor long-term, nor closed and continuing, so it has no reviews",
     "write it down without --reviewed and --review-on"),
    ("note 1 --reviewed -t kept", 2, "1: no rule says when the next review is",
     "give it with --review-on, or set continuing_review_months under [deadlines]"),
    ("note 1 --review-on 2025-03-01 -t kept", 4,
     "1: the next review, on 2025-03-01, does not come after this one, on 2025-03-01",
     "give a later day with --review-on"),
    ("note --reviewed -t kept", 2, "a review needs an id and a text",
     "name what was reviewed; the text with --text"),
]  # fmt: skip


@pytest.mark.parametrize(("line", "code", "message", "hint"), REFUSED)
def test_what_is_no_review_is_refused(run, closed, line, code, message, hint):
    """Nothing to review, no rule and no day, a day that does not come after, nothing named."""
    refused(run, line, code, message, hint)


# --- the concentrated period ---------------------------------------------------------------------------------


@pytest.fixture
def period(run) -> None:
    """A concentrated period to 2025-05-17, and work that ends in it, after it, never, or is done."""
    run.ok("init", "2025")
    settle("", window="from = 2025-02-17\nto = 2025-05-17")
    run.ok("add", "In it", "--due", "2025-04-30", "--unit", "Office")
    run.ok("add", "On its last day", "--due", "2025-05-17", "--unit", "Office")
    run.ok("add", "After it", "-m", "One", "-m", "Two", "--due", "2025-06-30", "--unit", "Office")
    run.ok("add", "Undated", "--unit", "Office")
    run.ok("add", "Done", "--due", "2025-04-30")
    run.ok("done", "5", "--result", "kept")


def test_due_says_how_the_work_lies_to_the_concentrated_period(run, period):
    """How long it lasts and how much ends in it, after it, never; what is done is worked on no more."""
    window = json.loads(run.ok("due", "--json"))["window"]
    assert window == {
        "from": "2025-02-17", "to": "2025-05-17", "days_left": 77, "inside": 2, "after": 2, "undated": 1,
    }  # fmt: skip
    wide = {"COLUMNS": "140"}
    assert run.ok("due", terminal=True, env=wide).splitlines()[1] == (
        "concentrated period 2025-02-17..2025-05-17, 77 days left; still worked on: "
        "2 due in it, 2 after it, 1 without a date"
    )
    assert "ended 1 day ago" in run.ok("due", "--today", "2025-05-18", terminal=True, env=wide)
    assert json.loads(run.ok("due", "--json", "--as-of", "2025-02-28"))["window"]["inside"] == 0


def test_what_ends_in_it_and_after_it_is_listed(run, period):
    """--window takes the rest of the period and what comes after it for the times; once it ended only the latter."""
    found = json.loads(run.ok("due", "--window", "--json"))["due"]
    assert [(each["id"], each["when"]) for each in found] == [
        ("1", "window"), ("2", "window"), ("3.1", "after"), ("3.2", "after"),
    ]  # fmt: skip
    page = run.ok("due", "--window", terminal=True)
    assert "due in the concentrated period\n" in page
    assert "due after the concentrated period\n" in page
    document = json.loads(run.ok("due", "--window", "--json", "--today", "2025-05-18"))
    assert [each["id"] for each in document["overdue"]] == ["1", "2"]
    assert [each["when"] for each in document["due"]] == ["after", "after"]


def test_without_a_period_there_is_none_to_look_at(run):
    """--window is refused with the way to give one; both times at once are refused too."""
    run.ok("init", "2025")
    assert json.loads(run.ok("due", "--json"))["window"] is None
    hint = "give it one, as to under [window], with: ledger config --edit"
    refused(run, "due --window", 2, "the concentrated period has no last day", hint)
    refused(run, "due --window --within 3", 2, "--within and --window exclude each other", "give one of them")


def test_long_texts_are_cut_on_a_terminal_alone(run):
    """Two lines a row on a screen, all of it in a pipe."""
    run.ok("init", "2025")
    text = "逐条核对问题清单并建立长效机制，" * 12
    run.ok("add", "A", "-m", text, "--due", "2025-03-02")
    page = run.ok("due", terminal=True, env={"COLUMNS": "80"}).splitlines()
    assert len(page) == 4
    assert page[3].strip().endswith("…")
    assert text in run.ok("due", "--plain")
