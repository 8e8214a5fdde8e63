"""What is refused of a clue, and settings that cannot be."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.books import at, refused, typed
from tests.cli.clues.asking import clue


@pytest.mark.parametrize(
    ("line", "code", "message", "hint"),
    [
        ("clue add Lost --channel drum", 2, "there is no channel drum",
         "there are: letter letter, mailbox complaints box, phone telephone, visit visit, online online, "
         "referral referral, inspection found by inspection, publication comment on a publication, qr 扫码反映"),
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
