"""Clues from the terminal: from registering to answering, lists, counts, and what is refused."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from ledger.domain.clue import CLUE, clue_of
from tests.cli.books import at, book, files, record, refused, rewrite, typed, unchanged

SETTINGS = """
[clues.route]
within_workdays = 3

[clues.verify]
within_days = 60

[clues.feedback]
within_days = 7

[clues.channels]
qr = "扫码反映"
"""


@pytest.fixture
def town(run):
    """A ledger whose clues have limits and a channel of their own."""
    run.ok("init", "2025", "--preset", "simple", "--lang", "en", **at("2025-01-02"))
    settings = Path("ledgers/2025/ledger.toml")
    settings.write_text(settings.read_text(encoding="utf-8") + SETTINGS, encoding="utf-8", newline="\n")
    return run


@pytest.fixture
def three(town):
    """Three clues on 2 June 2025: by telephone from somebody, through the box, and scanned."""
    day = at("2025-06-02")
    typed(
        town,
        """
        clue add "Fines without receipts" --channel phone --source "Mr Wen" --unit Squad
        clue add "Keys lost" --channel mailbox --received-on 2025-05-30
        clue add "Road dug up" --channel qr --unit Roads
        """,
        **day,
    )
    return town


def clue(number: int):
    return clue_of(book().find(number, CLUE).state)


def told(run, *words: str, **options) -> dict:
    return json.loads(run.ok(*words, "--json", **options))


# --- one clue ---------------------------------------------------------------------------------------------


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


# --- what is refused ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "code", "message", "hint"),
    [
        ("clue add Lost --channel drum", 2, "there is no channel drum",
         "there are: letter letter, mailbox complaints box, phone telephone, visit visit, online online, "
         "referral referral, inspection found by inspection, qr 扫码反映"),
        ("clue add Lost --channel phone --received-on 2025-06-10", 4,
         "the clue was received on 2025-06-10, after 2025-06-02, when it is registered",
         "give the day it is registered with --on"),
        ("clue route C9 --to I", 3, "there is no C9", "there are C1 to C3"),
        ("clue route C1", 2, "--to says nothing", "say who is to verify it"),
        ("clue route C1 --to ' '", 2, "--to says nothing", "say who is to verify it"),
        ("clue route 1 --to I", 3, "there is no issue 1: the ledger is empty", "add one with: ledger add TITLE"),
        ("clue route L1 --to I", 3, "there is no L1", "there is none of its kind yet"),
        ("clue verify C1 --outcome founded", 4, "C1 is registered, so verify is not possible",
         "possible now: route, transfer, void"),
        ("clue result C1 -t x", 4, "C1 is registered, so result is not possible",
         "possible now: route, transfer, void"),
        ("clue receipt C1", 4, "C1 is registered, so receipt is not possible",
         "possible now: route, transfer, void"),
        ("clue feedback C1 -t x", 4, "C1 is registered, so feedback is not possible",
         "possible now: route, transfer, void"),
        ("clue issue C1", 4, "C1 is registered, so issue is not possible",
         "possible now: route, transfer, void"),
        ("clue conclude C1 --result x", 4, "C1 is registered, so conclude is not possible",
         "possible now: route, transfer, void"),
        ("clue route C1 --to I --within soon", 2, '"soon" is no length of time',
         "write 7 or 7d for days, 15wd for working days, 3m for months"),
        ("clue route C1 --to I --on 2025-06-01", 4,
         "C1 was received on 2025-06-02; nothing is done about it on 2025-06-01",
         "give a date from 2025-06-02 on with --on"),
        ("clue route C1 --to I --on 2025-06-03", 2, "2025-06-03 has not come yet; today is 2025-06-02",
         "a business date is today or earlier"),
        ("clue route C1 C9 --to I", 3, "there is no C9", "there are C1 to C3"),
        ("clue list --stage draft", 2, "--stage takes no draft",
         "there are: registered, routed, verified, transferred, acknowledged, concluded, issue, void"),
        ("clue list --period soon", 2, '"soon" is not a period',
         "write 2025-Q1, 2025-H1, 2025-06, 2025-W23, 2025 or 2025年第一季度"),
        ("clue stats --per colour", 2, "--per takes no colour",
         "there are: channel, unit, stage, outcome, day, week, month"),
        ("clue show 7", 2, "7 is no clue", "clues are written C12; ledger clue list shows them"),
        ("clue show C9", 3, "there is no C9", "there are C1 to C3"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused(three, line, code, message, hint):
    """This code, message and hint, and not a byte changed."""
    refused(three, line, code, message, hint, **at("2025-06-02"))


def test_twice_is_refused(three):
    """A second transfer, a second issue, a second receipt, a second end."""
    day = at("2025-06-03")
    typed(three, "clue transfer C1 --to Court\nclue route C2 --to I\nclue verify C2 --outcome founded", **day)
    typed(three, "clue receipt C1\nclue issue C2", **day)
    refused(three, "clue transfer C1 --to Police", 4, "C1 is acknowledged, so transfer is not possible",
            "possible now: result, feedback", **day)  # fmt: skip
    refused(three, "clue receipt C1", 4, "C1 is acknowledged, so receipt is not possible",
            "possible now: result, feedback", **day)  # fmt: skip
    refused(
        three, "clue issue C2", 4, "C2 is issue, so issue is not possible", "possible now: feedback", **day
    )
    refused(three, "clue conclude C2 --result x", 4, "C2 is issue, so conclude is not possible",
            "possible now: feedback", **day)  # fmt: skip


def test_several_clues_are_one_command(three):
    """One that cannot leaves all of them."""
    three.ok("clue", "route", "C1", "C2", "--to", "I", **at("2025-06-03"))
    refused(three, "clue verify C1 C2 C3 --outcome partly", 4, "C3 is registered, so verify is not possible",
            "possible now: route, transfer, void", **at("2025-06-04"))  # fmt: skip
    three.ok("clue", "verify", "-", "--outcome", "partly", stdin="C1\nC2\n", **at("2025-06-04"))
    assert [clue(n).stage for n in (1, 2, 3)] == ["verified", "verified", "registered"]


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ("[clues]\nanswer = 3", "clues.answer: one of route, verify, conclude, receipt, result, feedback is expected"),
        ("[clues]\nroute = 3", "clues.route: a table is expected"),
        ("[clues.route]\nwithin_days = 0", "clues.route.within_days: a whole number from 1 to 3660 is expected"),
        ("[clues.route]\nwithin_days = 1\nwithin_workdays = 1", "only one of within_days, within_workdays, within_months"),
        ("[clues.channels]\nphone = \"x\"", "clues.channels.phone: this channel is there already"),
        ("[clues.channels]\n\"电话\" = \"x\"", "clues.channels.电话: a short ASCII name such as"),
        ("[clues.channels]\nqr = \"\"", "clues.channels.qr: text in quotes is expected"),
        ("clues = 1", "clues: a table is expected"),
    ],
)  # fmt: skip
def test_settings_that_cannot_be_are_named(run, wrong, message):
    """File, line, key, and what is expected (7)."""
    run.ok("init", "2025", "--preset", "simple")
    settings = Path("ledgers/2025/ledger.toml")
    text = settings.read_text(encoding="utf-8")
    settings.write_text(
        f"{wrong}\n{text}" if wrong == "clues = 1" else f"{text}\n{wrong}\n", encoding="utf-8"
    )
    result = run("config")
    assert result.code == 7
    assert message in result.err
    assert "ledger.toml:" in result.err


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_what_a_new_file_of_settings_offers_can_be_switched_on(run, lang):
    """The lines about clues a new ledger has as comments are right as they stand."""
    run.ok("init", "2025", "--preset", "simple", "--lang", lang)
    settings = Path("ledgers/2025/ledger.toml")
    text = settings.read_text(encoding="utf-8")
    before, marker, offered = text.partition("# [clues.verify]")
    lines = [line.removeprefix("# ") for line in (marker + offered).splitlines()]
    settings.write_text(before + "\n".join(lines) + "\n", encoding="utf-8", newline="\n")
    run.ok("clue", "add", "Keys lost", "--channel", "qr", "--source", "Wen")
    run.ok("clue", "route", "C1", "--to", "Office")
    assert (clue(1).channel, clue(1).due.isoformat()) == ("qr", "2025-04-30")


# --- lists and counts ------------------------------------------------------------------------------------


@pytest.fixture
def many(three):
    """Seven clues at every stage, in June and July 2025."""
    typed(
        three,
        """
        clue add "A" --channel phone --unit Squad --on 2025-06-10
        clue add "B" --channel phone --unit Roads --source Gu --on 2025-07-01
        clue add "C" --channel visit --on 2025-07-02
        clue add "D" --channel visit --on 2025-07-02
        clue route C1,C2,C3,C4 --to Inspection --on 2025-06-11
        clue verify C1 C2 --outcome founded --on 2025-06-20
        clue verify C3 --outcome unfounded --on 2025-06-24
        clue issue C1 --on 2025-06-23
        clue conclude C3 --on 2025-06-24
        clue transfer C5 --to Court --on 2025-07-03
        clue result C5 -t fined --on 2025-07-10
        void C7 --why "entered twice" --on 2025-07-10
        """,
        **at("2025-07-10"),
    )
    return three


def ids(run, *words: str, now: str = "2025-07-10") -> list[str]:
    return [row["id"] for row in told(run, "clue", "list", *words, **at(now))["rows"]]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("", "C1 C2 C3 C4 C5 C6"),
        ("--open", "C2 C4 C6"),
        ("--stage void", "C7"),
        ("--stage routed --stage verified", "C2 C4"),
        ("--channel phone", "C1 C4 C5"),
        ("--channel telephone --unit Roads", "C5"),
        ("--outcome founded", "C1 C2"),
        ("--outcome unfounded", "C3"),
        ("--period 2025-06", "C1 C3 C4"),
        ("--period 2025-W22", "C2"),
        ("--period 2025-Q3", "C5 C6"),
        ("--late", "C1 C6"),
        ("--period 2024", ""),
        ("receipts squad", "C1"),
        ("RECEIPTS roads", ""),
        ("court", "C5"),
        ("Wen", ""),
    ],
)
def test_lists(many, words, expected):
    """Conditions are joined by and; void ones only when asked for."""
    assert (
        ids(many, *words.split(), now="2025-07-08" if words == "--late" else "2025-07-10") == expected.split()
    )


def test_what_is_late_is_told_with_its_days(many):
    """The step, its last day, and the days since; the longest first where a pipe takes one."""
    rows = told(many, "clue", "list", "--late", **at("2025-08-20"))["rows"]
    assert {row["id"]: row["late"] for row in rows} == {
        "C1": [{"step": "feedback", "due": "2025-06-30", "days": 51}],
        "C4": [{"step": "verify", "due": "2025-08-10", "days": 10}],
        "C5": [{"step": "feedback", "due": "2025-07-17", "days": 34}],
        "C6": [{"step": "route", "due": "2025-07-07", "days": 44}],
    }
    out = many.ok("clue", "list", "--late", **at("2025-08-20"))
    assert [line.split("\t")[9:11] for line in out.splitlines()[1:]] == [
        ["feedback", "51"], ["verify", "10"], ["feedback", "34"], ["route", "44"],
    ]  # fmt: skip


def test_a_list_on_a_terminal(many, terminal):
    """Words instead of codes, and how many there are."""
    result = many("clue", "list", "--channel", "qr", **at("2025-07-10"))
    assert "扫码反映" in result.out
    assert "concluded" in result.out
    assert "1 of 6" in result.err + result.out


def test_an_issue_says_of_which_clue_it_was_made(many, terminal):
    """On its page, as the clue's page names the issue."""
    assert "clue C1" in many.ok("show", "1", **at("2025-07-10"))
    assert "issue 1" in many.ok("clue", "show", "C1", **at("2025-07-10"))


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        (
            "en",
            ("outcome: founded", "channel: telephone", "channel: 扫码反映", "clue: Fines", "given by: ***"),
        ),
        ("zh", ("核查结论: 属实", "渠道: 电话", "渠道: 扫码反映", "线索: Fines", "提供人: ***")),
    ],
)
def test_a_history_calls_things_as_the_trade_does(many, terminal, chinese, lang, said):
    """Fields and codes of a clue in its own words, in both languages."""
    told = many.ok("history", "C1", "C3", lang=lang, **at("2025-07-10"))
    told += many.ok("history", "C3", lang=lang, **at("2025-07-10"))
    assert [words for words in said if words not in told] == []
    page = many.ok("show", "C1", lang=lang, **at("2025-07-10"))
    assert said[0].partition(":")[0] in page


def test_lists_as_of_a_day(many):
    """What held on 21 June: two verified, nothing concluded, nothing received later."""
    rows = told(many, "clue", "list", "--as-of", "2025-06-21", **at("2025-07-10"))["rows"]
    assert [(row["id"], row["stage"]) for row in rows] == [
        ("C1", "verified"), ("C2", "verified"), ("C3", "routed"), ("C4", "routed"),
    ]  # fmt: skip


def test_counts(many):
    """Received is concluded and open, the void one counts nowhere, and the share says how it is counted."""
    counted = told(many, "clue", "stats", **at("2025-07-10"))
    assert counted["clues"] == {
        "received": 6, "concluded": 3, "open": 3, "transferred": 1, "issues": 1, "late": 2,
    }  # fmt: skip
    (rate,) = counted["rates"]
    assert (rate["numerator"], rate["denominator"], rate["percent"]) == (3, 6, 50.0)
    assert rate["definition"].startswith("concluded clues ÷ clues received")


def test_counts_by_field_and_over_time(many):
    """Groups sum to the whole; per month what came, what went, and what was open at its end."""
    counted = told(many, "clue", "stats", "--per", "channel", "--per", "month", **at("2025-07-10"))
    assert [(each["value"], each["received"], each["concluded"]) for each in counted["by"]] == [
        ("mailbox", 1, 0), ("phone", 3, 2), ("visit", 1, 0), ("qr", 1, 1),
    ]  # fmt: skip
    assert [tuple(each.values()) for each in counted["per"]] == [
        ("month", "2025-05", 1, 0, 1), ("month", "2025-06", 3, 2, 2), ("month", "2025-07", 2, 1, 3),
    ]  # fmt: skip
    weeks = told(many, "clue", "stats", "--per", "week", **at("2025-07-10"))["per"]
    assert (weeks[0]["name"], weeks[-1]["name"], weeks[-1]["open"]) == ("2025-W22", "2025-W28", 3)
    assert sum(each["received"] for each in weeks) == 6
    same = told(many, "clue", "stats", "--by", "channel", **at("2025-07-10"))["by"]
    assert same == counted["by"]


def test_counts_as_of_a_day_and_as_known(many):
    """As of 30 June nothing of July is there; known then, nothing that was recorded later."""
    then = told(many, "clue", "stats", "--as-of", "2025-06-30", **at("2025-07-10"))["clues"]
    assert (then["received"], then["concluded"], then["open"]) == (4, 2, 2)
    known = told(many, "clue", "stats", "--known-at", "2025-06-03", **at("2025-07-10"))["clues"]
    assert (known["received"], known["concluded"], known["open"]) == (3, 0, 3)


def test_counts_in_a_pipe_and_on_a_terminal(many, terminal):
    """A table for people, with the share as numerator and denominator."""
    out = many.ok("clue", "stats", **at("2025-07-10"))
    assert "50.0% (3/6)" in out
    assert "as of 2025-07-10" in out
    assert "telephone" in many.ok("clue", "stats", "--per", "channel", **at("2025-07-10"))


def test_an_empty_book_counts_nothing(town):
    """No clue, no share."""
    counted = told(town, "clue", "stats", "--per", "week", "--per", "unit")
    assert (counted["clues"]["received"], counted["rates"][0]["percent"], counted["per"]) == (0, None, [])
    assert ids(town) == []


# --- received lists ----------------------------------------------------------------------------------------

LIST = """\
序号,问题线索,来源渠道,举报人,受理日期,承办单位,交办日期,核查结论,核查情况,办理结果,办结日期,电话号码
1,井盖丢失,来访,李四,2025-06-01,市政科,2025-06-02,属实,现场核实,已补装,2025年6月10日,13800000000
2,乱收费,扫码反映,,2025/6/3,督察科,,不属实,未发现,,2025-06-20,
3,占道经营,网络,,2025-06-05,,,,,,,
"""


def test_a_received_list_is_entered_with_what_was_done(town):
    """Each act is dated with its day; the same list again adds nothing; what no column means is named."""
    Path("clues.csv").write_text(LIST, encoding="utf-8")
    result = town("clue", "import", "clues.csv", **at("2025-07-01"))
    assert (result.code, result.out) == (0, "entered: 3; there already: 0\n")
    assert "columns left out: 电话号码" in result.err
    assert "李四" not in result.out + result.err
    first, second, third = clue(1), clue(2), clue(3)
    assert (first.stage, first.source, first.concluded_on.isoformat()) == ("concluded", "李四", "2025-06-10")
    assert [(e.do, e.on.isoformat()) for e in book().find(1, CLUE).entries] == [
        ("add", "2025-06-01"), ("route", "2025-06-02"), ("verify", "2025-06-10"), ("conclude", "2025-06-10"),
    ]  # fmt: skip
    assert (second.stage, second.outcome, second.channel) == ("concluded", "unfounded", "qr")
    assert (third.stage, third.due.isoformat()) == ("registered", "2025-06-10")
    again = told(town, "clue", "import", "clues.csv", **at("2025-07-02"))
    assert (again["added"], again["same"], again["changed"]) == ([], 3, [])
    then = told(town, "clue", "stats", "--as-of", "2025-06-15", **at("2025-07-02"))["clues"]
    assert (then["received"], then["concluded"], then["open"]) == (3, 1, 2)


def test_a_list_with_a_cell_nobody_understands_is_left_whole(town):
    """Every wrong cell is named by row and column, and nothing is entered (9)."""
    Path("clues.csv").write_text(
        "问题线索,来源渠道,受理日期,办结日期\n甲,敲鼓,2025-06-01,\n乙,电话,六月,\n丙,电话,2025-06-02,2025-06-03\n丁,电话,2026-06-02,\n",
        encoding="utf-8",
    )
    before = files()
    result = town("clue", "import", "clues.csv", **at("2025-07-01"))
    assert (result.code, files()) == (9, before)
    for place in (
        "row 2, column 来源渠道: 敲鼓",
        "row 3, column 受理日期",
        "row 4, column routed_to 核查单位",
        "outcome 核查结论",
    ):
        assert place in result.err


def test_a_list_may_be_said_what_its_columns_mean(town):
    """--map names a column, as for every list; a day in the future is refused."""
    Path("clues.tsv").write_text("What\tHow\tWhen\nKeys lost\tletter\t2025-06-02\n", encoding="utf-8")
    words = [
        "clue",
        "import",
        "clues.tsv",
        "--map",
        "What=title",
        "--map",
        "How=channel",
        "--map",
        "When=received_on",
    ]
    assert told(town, *words, **at("2025-07-01"))["added"] == ["C1"]
    assert town(*words[:-1], "When=day", **at("2025-07-01")).code == 2
    Path("clues.tsv").write_text("title\tchannel\treceived_on\nKeys\tletter\t2025-08-02\n", encoding="utf-8")
    assert town("clue", "import", "clues.tsv", **at("2025-07-01")).code == 9
    assert town("clue", "import", "none.csv").code == 3


def test_the_figures_a_bulletin_prints(run, monkeypatch):
    """6,751 received, 6,582 concluded, 169 open, and the share of them: 97.5 %."""
    monkeypatch.setattr(os, "fsync", lambda _file: None)  # nobody pulls the plug here
    run.ok("init", "2025", "--preset", "simple")
    rows = ["title,channel,received_on,routed_to,outcome,result,concluded_on"]
    rows += [f"{n},phone,2025-01-{n % 28 + 1:02},I,founded,done,2025-02-{n % 28 + 1:02}" for n in range(6582)]
    rows += [f"{n},visit,2025-02-{n % 28 + 1:02},,,," for n in range(6582, 6751)]
    Path("clues.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    run.ok("clue", "import", "clues.csv")
    counted = told(run, "clue", "stats", "--per", "month")
    assert counted["clues"]["received"] == 6751
    assert (counted["clues"]["concluded"], counted["clues"]["open"]) == (6582, 169)
    assert (counted["rates"][0]["numerator"], counted["rates"][0]["percent"]) == (6582, 97.5)
    assert [tuple(each.values())[1:] for each in counted["per"]] == [
        ("2025-01", 6582, 0, 6582), ("2025-02", 169, 6582, 169),
    ]  # fmt: skip


def test_what_falls_due_of_clues_is_told_by_due(many):
    """Every step with a last day, whatever else lies in the folder."""
    found = told(many, "due", "--within", "60", **at("2025-07-10"))["sections"]
    (section,) = (each for each in found if each["code"] == "clues")
    assert sorted((each["id"], each["on"], each["days"]) for each in section["items"]) == [
        ("C1", "2025-06-30", 10), ("C4", "2025-08-10", -31), ("C5", "2025-07-17", -7), ("C6", "2025-07-07", 3),
    ]  # fmt: skip
    then = told(many, "due", "--within", "60", "--as-of", "2025-06-05", **at("2025-07-10"))["sections"]
    assert {each["id"] for each in then[0]["items"] if each["id"].startswith("C")} == {"C1", "C2", "C3"}


def test_the_limits_of_a_clue_are_no_deadlines_of_a_plan(three):
    """`check` asks neither for the original of a clue's deadline nor that the findings came before it."""
    three.ok("clue", "route", "C2", "--to", "Squad", "--within", "5", **at("2025-06-02"))
    rewrite(Path("ledgers/2025/ledger.toml"), "[source]\n", "[source]\nfeedback_on = 2025-07-01\n")
    assert three.ok("check", **at("2025-07-02")) == ""
