"""Milestones: what the office itself owes by when, and that one was reached."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.books import refused

DECLARED = """
[[milestones]]
code = "plan"
label = "plan handed in"
within_workdays = 15

[[milestones]]
code = "report"
label = "report handed in"
after = "plan"
within_months = 2

[[milestones]]
code = "assessed"
after = "window"
within_days = 10

[[milestones]]
code = "public"
"""
FEEDBACK = "2025-02-17"


def declare(text: str = DECLARED, *, feedback: str = FEEDBACK) -> None:
    """Declare these milestones; the feedback has its date, the concentrated period its end."""
    path = Path("ledgers/2025/ledger.toml")
    have = path.read_text(encoding="utf-8").replace("[source]", f"[source]\nfeedback_on = {feedback}")
    path.write_text(have.replace("[window]", "[window]\nto = 2025-05-17") + text, encoding="utf-8")


@pytest.fixture
def book(run) -> None:
    """A ledger with milestones."""
    run.ok("init", "2025")
    declare()


def due(run, **options) -> dict[str, tuple]:
    """Since when, by when and how late each milestone is."""
    document = json.loads(run.ok("milestone", "list", "--json", **options))
    return {each["code"]: (each["since"], each["due"], each["days"]) for each in document["milestones"]}


def test_each_counts_from_what_it_says(run, book):
    """Working days after the feedback, days after the concentrated period, months after another, or no date."""
    assert due(run) == {
        "plan": ("2025-02-17", "2025-03-10", -9),
        "report": (None, None, None),
        "assessed": ("2025-05-17", "2025-05-27", -87),
        "public": ("2025-02-17", None, None),
    }


def test_one_that_was_reached_starts_the_next(run, book):
    """The report counts from the day the plan was handed in; how late it was is kept."""
    out = run.ok("milestone", "done", "plan", "--on", "2025-03-12", now="2025-03-20T09:00:00+08:00")
    assert out == "reached on 2025-03-12: plan (milestones:1)\n"
    found = due(run, now="2025-03-20T09:00:00+08:00")
    assert (found["plan"][2], found["report"][:2]) == (2, ("2025-03-12", "2025-05-12"))
    assert run.ok("milestone", "list", "--plain", now="2025-03-20T09:00:00+08:00").splitlines()[:3] == [
        "code\tlabel\tafter\tsince\tlimit\tdue\tdays\ton\tid\tevidence",
        "plan\tplan handed in\tfeedback\t2025-02-17\t15 workday\t2025-03-10\t2\t2025-03-12\tmilestones:1\t0",
        "report\treport handed in\tplan\t2025-03-12\t2 month\t2025-05-12\t-53\t\t\t",
    ]


def test_as_it_was_on_a_day_and_known_at_a_time(run, book):
    """Before it was reached it was open; what was entered later was not known then."""
    run.ok("milestone", "done", "plan", "--on", "2025-02-28", now="2025-03-20T09:00:00+08:00")
    late = "2025-03-20T12:00:00+08:00"
    open_ = ("--as-of", "2025-02-27"), ("--known-at", "2025-03-19")
    for words in open_:
        document = json.loads(run.ok("milestone", "list", "--json", *words, now=late))
        assert document["milestones"][0]["reached"] is None
    document = json.loads(run.ok("milestone", "list", "--json", "--as-of", "2025-02-28", now=late))
    assert document["milestones"][0]["reached"]["on"] == "2025-02-28"


def test_evidence_undo_and_void(run, book):
    """It is a record like any other: evidence is attached, it is undone or taken off the books, and open again."""
    Path("plan.txt").write_text("the plan\n", encoding="utf-8")
    run.ok("milestone", "done", "plan handed in", "--meeting", "Party group 6", "-t", "sent by courier")
    run.ok("evidence", "add", "milestones:1", "plan.txt")
    (plan, *_rest) = json.loads(run.ok("milestone", "list", "--json"))["milestones"]
    assert plan["reached"] == {
        "id": "milestones:1", "on": "2025-03-01", "text": "sent by courier", "evidence": 1,
    }  # fmt: skip
    assert "Party group 6" in run.ok("history", "milestones:1", "--json")
    run.ok("void", "milestones:1", "--why", "sent back unread")
    assert json.loads(run.ok("milestone", "list", "--json"))["milestones"][0]["reached"] is None
    run.ok("milestone", "done", "plan")
    run.ok("undo", "--yes")
    assert json.loads(run.ok("milestone", "list", "--json"))["milestones"][0]["reached"] is None
    assert run("check", "--strict").code == 0


def test_due_shows_what_comes_and_what_is_late(run, book):
    """In its time, and from then on until it is reached; --exit-code counts it."""
    assert "milestones" not in run.ok("due", "--plain", "--today", "2025-02-18")
    rows = run.ok("due", "--plain", "--within", "21", "--today", "2025-02-18").splitlines()
    assert rows[1:] == ["milestones\tplan\tplan handed in\t\t\t\t2025-03-10\t-20\t\t\t"]
    page = run.ok("due", terminal=True, now="2025-03-12T09:00:00+08:00").splitlines()
    assert page[0] == "as of 2025-03-12"
    assert page[-2:] == ["milestones", "  plan  plan handed in  -  2025-03-10  2 days overdue"]
    assert run("due", "--exit-code", "-q", "--today", "2025-03-10").code == 0
    assert run("due", "--exit-code", "-q", "--today", "2025-03-11").code == 10
    run.ok("milestone", "done", "plan", "--today", "2025-03-12")
    assert run("due", "--exit-code", "-q", "--today", "2025-03-12").code == 0


REFUSED = [
    ("milestone done plann", 3, "there is no milestone plann",
     "did you mean plan? there are: plan, report, assessed, public"),
    ("milestone done plan --on 2025-02-16", 4,
     "plan counts from 2025-02-17, so it cannot have been reached on 2025-02-16",
     "give the day with --on, or mend the dates with: ledger config --edit"),
    ("milestone done plan --on 2025-03-02", 2, "2025-03-02 has not come yet; today is 2025-03-01",
     "a business date is today or earlier"),
]  # fmt: skip


@pytest.mark.parametrize(("line", "code", "message", "hint"), REFUSED)
def test_what_cannot_be_is_refused(run, book, line, code, message, hint):
    """An unknown code, a day before it could be reached, a day that has not come: nothing is written."""
    refused(run, line, code, message, hint)


def test_it_is_reached_once(run, book):
    """A second time is refused with the record of the first (4)."""
    run.ok("milestone", "done", "plan")
    refused(
        run,
        "milestone done plan",
        4,
        "plan was reached on 2025-03-01 already (milestones:1)",
        "if that was wrong, take it off the books first: ledger void milestones:1 --why REASON",
    )


def test_a_ledger_without_milestones(run):
    """Nothing is declared, nothing is owed, and what is declared no more is still shown as reached."""
    run.ok("init", "2025")
    assert run("milestone", "list", terminal=True).err == "this ledger declares no milestones\n"
    assert run("milestone", "done", "plan").code == 3
    path = Path("ledgers/2025/ledger.toml")
    before = path.read_text(encoding="utf-8")
    declare()
    run.ok("milestone", "done", "plan")
    path.write_text(before, encoding="utf-8")
    (plan,) = json.loads(run.ok("milestone", "list", "--json"))["milestones"]
    assert (plan["code"], plan["label"], plan["due"], plan["place"]) == ("plan", "plan handed in", None, None)


def test_a_year_without_a_calendar_hides_no_milestone(run):
    """The rest is shown, and that one cannot be counted is said."""
    run.ok("init", "2025")
    declare(feedback="2026-12-20")
    late = "2026-12-28T09:00:00+08:00"
    result = run("milestone", "list", "--json", now=late)
    assert "the working days of 2027 are not known" in result.err
    assert json.loads(result.out)["milestones"][0]["due"] is None
    result = run("due", now=late)
    assert (result.code, "the working days of 2027 are not known" in result.err) == (0, True)


@pytest.mark.parametrize("kind", ["inspection", "audit", "supervision"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_init_brings_the_milestones_of_the_kind_of_inspection(run, kind, lang):
    """The settings a new ledger starts with are right, whatever the kind; without one they are a comment."""
    run.ok("init", "2025", "--inspection", kind, lang=lang)
    found = json.loads(run.ok("milestone", "list", "--json"))["milestones"]
    limits = {each["code"]: each["limit"] for each in found}
    assert (
        limits
        == {
            "inspection": {
                "plan": {"number": 15, "unit": "workday"},
                "meeting": {"number": 1, "unit": "month"},
                "report": {"number": 2, "unit": "month"},
                "leader-report": {"number": 2, "unit": "month"},
                "public": None,
            },
            "audit": {
                "list": {"number": 5, "unit": "workday"},
                "report": {"number": 90, "unit": "day"},
                "public": None,
            },
            "supervision": {"plan": None, "report": {"number": 3, "unit": "month"}, "public": None},
        }[kind]
    )
    assert all(each["label"] for each in found)
    run.ok("init", "bare", lang=lang)
    text = Path("ledgers/bare/ledger.toml").read_text(encoding="utf-8")
    assert json.loads(run.ok("-L", "bare", "milestone", "list", "--json"))["milestones"] == []
    path = Path("ledgers/bare/ledger.toml")
    path.write_text(text.replace("# [[", "[[").replace('# code = "', 'code = "'), encoding="utf-8")
    codes = [
        each["code"] for each in json.loads(run.ok("-L", "bare", "milestone", "list", "--json"))["milestones"]
    ]
    assert codes == ["plan", "meeting", "report", "leader-report", "public"]


def test_an_unknown_kind_of_inspection_is_refused(run):
    """Named with those there are."""
    refused(
        run,
        "init 2025 --inspection circus",
        2,
        "there is no preset circus",
        "there are: inspection, audit, supervision",
    )


def test_reached_in_two_copies_the_first_time_counts(run, book):
    """Two records of one milestone, as a merge brings them: the earlier day is told."""
    run.ok("milestone", "done", "plan", "--on", "2025-02-28")
    (path,) = Path("ledgers/2025/registers/milestones").glob("0001-*.toml")
    kept = path.read_bytes()
    path.unlink()
    run.ok("milestone", "done", "plan", "--on", "2025-02-20")
    (other,) = Path("ledgers/2025/registers/milestones").glob("0001-*.toml")
    other.rename(other.with_name(other.name))
    path.write_bytes(kept)
    assert json.loads(run.ok("milestone", "list", "--json"))["milestones"][0]["reached"]["on"] == "2025-02-20"


def test_a_hand_edit_moves_the_day_and_is_adopted(run, book):
    """The day is a plain field of the record; without it the entry's own day stands in."""
    run.ok("milestone", "done", "plan", "--on", "2025-02-28")
    (path,) = Path("ledgers/2025/registers/milestones").glob("0001-*.toml")
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("on = 2025-02-28\n", "on = 2025-02-27\n", 1), encoding="utf-8")
    run.ok("adopt", "--why", "the stamp says so")
    assert json.loads(run.ok("milestone", "list", "--json"))["milestones"][0]["reached"]["on"] == "2025-02-27"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("on = 2025-02-27\n", "", 1), encoding="utf-8")
    run.ok("adopt", "--why", "nobody knows")
    assert json.loads(run.ok("milestone", "list", "--json"))["milestones"][0]["reached"]["on"] == "2025-02-28"


def test_the_end_of_the_calendar_stops_no_view(run, book):
    """A milestone whose day lies beyond the calendar is told as such, everything else is shown."""
    declare("", feedback="9999-12-25")
    text = (
        Path("ledgers/2025/ledger.toml")
        .read_text(encoding="utf-8")
        .replace(f"feedback_on = {FEEDBACK}\n", "")
    )
    Path("ledgers/2025/ledger.toml").write_text(
        text.replace("[window]\nto = 2025-05-17\nto", "[window]\nto").replace("workdays = 15", "days = 15"),
        encoding="utf-8",
    )
    result = run("due")
    assert (result.code, "that day lies beyond the calendar" in result.err) == (0, True)
