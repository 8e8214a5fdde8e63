"""One clue from the terminal, from registering to answering."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.books import at, files, record, rewrite, typed, unchanged
from tests.cli.clues.asking import clue, told


def test_a_clue_from_telephone_to_answer(three):
    """Registered, routed, verified, made an issue and answered; each line says what it did."""
    run = three
    said = [
        (result.out, result.err)
        for result in typed(
            run,
            """
            clue route C1 --to Inspection --signer Lin --opinion "at once" --on 2025-06-04
            clue verify C1 --outcome founded --finding "14 of 60" --on 2025-06-20
            clue issue C1 -m "Print receipts" --due 2025-12-31 --on 2025-06-23
            clue feedback C1 -t "told by telephone" --on 2025-06-24
            """,
            **at("2025-07-01"),
        )
    ]
    assert [out for out, _err in said] == [
        "routed: C1\n",
        "verified: C1\n",
        "made an issue: C1 -> 1\n",
        "answered: C1\n",
    ]
    assert said[2][1] == "next: ledger show 1    ledger measure 1 -t ...\n"
    found = clue(1)
    assert (found.stage, found.outcome, found.issue) == ("issue", "founded", record(1).state.fields["uid"])
    assert record(1).entries[0].data["clue"] == found.uid
    assert (record(1).state.fields["title"], record(1).state.fields["unit"]) == (
        "Fines without receipts",
        "Squad",
    )
    assert (found.feedback_on.isoformat(), found.feedback_due) == ("2025-06-24", None)
    assert told(run, "show", "1", **at("2025-07-01"))["issues"][0]["clue"] == "C1"
    assert told(run, "clue", "show", "C1", **at("2025-07-01"))["clues"][0]["issue"] == "1"


def test_a_clue_becomes_an_issue_in_one_batch(three):
    """Both records are written together, and taken back together."""
    run = three
    typed(run, "clue route C1 --to I\nclue verify C1 --outcome founded", **at("2025-06-03"))
    before = files()
    made = told(run, "clue", "issue", "C1", "--title", "Receipts", **at("2025-06-04"))
    assert [each["id"] for each in made["changed"]] == ["C1", "1"]
    assert {entry["batch"] for each in made["changed"] for entry in each["entries"]} == {made["batch"]}
    run.ok("undo", made["batch"], "--yes", **at("2025-06-05"))
    assert (clue(1).stage, clue(1).issue, str(record(1).state.status())) == ("verified", "", "void")
    assert len(files()) == len(before) + 1


def test_the_transfer_has_a_receipt_and_a_result(three):
    """The other body's number, its receipt and what came of it; concluded when that is in."""
    run = three
    typed(
        run,
        """
        clue transfer C2 --to "Discipline commission" --number 2025-7 --within 15wd --on 2025-06-03
        clue receipt C2 --number R-31 --on 2025-06-05
        clue result C2 -t "two people were disciplined" --on 2025-06-30
        """,
        **at("2025-07-01"),
    )
    page = told(run, "clue", "show", "C2", **at("2025-07-01"))["clues"][0]
    expected = {
        "stage": "concluded", "transferred_to": "Discipline commission", "transfer_number": "2025-7",
        "transferred_on": "2025-06-03", "receipt_number": "R-31", "receipt_on": "2025-06-05",
        "result": "two people were disciplined", "concluded_on": "2025-06-30",
    }  # fmt: skip
    assert {name: page[name] for name in expected} == expected
    assert [(each["act"], each["on"]) for each in page["steps"]] == [
        ("add", "2025-06-02"), ("transfer", "2025-06-03"), ("receipt", "2025-06-05"), ("result", "2025-06-30"),
    ]  # fmt: skip


def test_files_come_with_a_clue(town):
    """--file keeps what came with it, in the same command."""
    Path("letter.txt").write_text("to whom it may concern", encoding="utf-8")
    made = told(town, "clue", "add", "Keys lost", "--channel", "letter", "--file", "letter.txt")
    assert [entry["do"] for entry in made["changed"][0]["entries"]] == ["add", "evidence"]
    page = told(town, "clue", "show", "C1")["clues"][0]
    assert [each["name"] for each in page["evidence"]] == ["letter.txt"]


def test_an_issue_gets_the_leader_of_the_clues_unit(three):
    """The unit supplies its leader of that day; who is not listed is pointed out."""
    people = Path("ledgers/2025/people.toml")
    listed = '[[units]]\nname = "Squad"\nleader = "Gu"\n\n[[persons]]\nname = "Gu"\n'
    people.write_text(listed, encoding="utf-8", newline="\n")
    result = three("clue", "route", "C1", "--to", "Squat", **at("2025-06-03"))
    assert "warning: Squat is not in people.toml; near: Squad" in result.err
    typed(three, "clue verify C1 --outcome founded\nclue issue C1", **at("2025-06-04"))
    assert record(1).state.fields["leader"] == "Gu"


def test_limits_follow_the_settings_and_stand_in_the_record(three):
    """Three working days from receipt; the festival on 2 June is none. Later settings change nothing."""
    assert [clue(n).due.isoformat() for n in (1, 2, 3)] == ["2025-06-05", "2025-06-05", "2025-06-05"]
    rewrite(Path("ledgers/2025/ledger.toml"), "within_workdays = 3", "within_workdays = 9")
    assert clue(1).due.isoformat() == "2025-06-05"
    three.ok("clue", "route", "C1", "--to", "I", "--within", "2", **at("2025-06-03"))
    assert clue(1).due.isoformat() == "2025-06-05"


def test_an_office_that_says_nothing_has_no_limits(run):
    """Without [clues] nothing is late."""
    run.ok("init", "2025", "--preset", "simple")
    run.ok("clue", "add", "Keys lost", "--channel", "letter", "--source", "Wen")
    assert (clue(1).due, clue(1).feedback_due) == (None, None)


def test_a_year_without_a_calendar_is_refused(three):
    """Working days nobody has announced are not guessed, and nothing is written."""
    before = files()
    result = three("clue", "route", "C1", "--to", "I", "--within", "20wd", **at("2099-12-20"))
    assert (result.code, "working days of 2099" in result.err or "2099" in result.err) == (4, True)
    assert files() == before


def test_every_writing_command_can_be_tried(three):
    """--dry-run changes nothing."""
    typed(
        three,
        "clue route C1 --to I\nclue verify C1 --outcome partly\nclue transfer C3 --to Court",
        **at("2025-06-03"),
    )
    for line in (
        "clue add New --channel phone",
        "clue route C2 --to I",
        "clue transfer C2 --to Court",
        "clue receipt C3",
        "clue result C3 -t done",
        "clue conclude C1 --result done",
        "clue issue C1",
        "clue feedback C1 -t told",
    ):
        unchanged(three, line, **at("2025-06-04"))


@pytest.mark.parametrize(("lang", "said"), [("en", "routed: C1"), ("zh", "已交办：C1")])
def test_both_languages(three, chinese, lang, said):
    """Words, labels and the names of commands."""
    now = {"lang": lang, **at("2025-06-03")}
    assert three.ok("clue", "route", "C1", "--to", "督察科", **now).strip() == said
    assert three.ok("线索", "查看", "C1", **now)
    three.ok("线索", "核查", "C1", "--outcome", "部分属实", **now)
    three.ok("线索", "登记", "井盖丢失", "--channel", "举报信箱", **now)
    three.ok("线索", "登记", "井盖丢失", "--channel", "扫码反映", **now)
    assert (clue(1).outcome, clue(4).channel, clue(5).channel) == ("partly", "mailbox", "qr")
