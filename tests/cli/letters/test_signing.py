"""Letters signed: their numbers and days, and what cannot be done to a letter."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.books import at, refused, typed
from tests.cli.letters.conftest import FREE, JULY, JUNE, letter, settings


def test_signing_gives_number_and_days(town):
    """The next number of the rung and year; the days in working days from signing, and the demands name them."""
    typed(town, "letter draft 1.1 --on 2025-06-30\nletter sign L1 --signer Lin --on 2025-06-30", **JULY)
    one = letter(1)
    assert (one.stage, one.reference, one.signer) == ("signed", "Supervision letter (2025) No. 1", "Lin")
    assert (str(one.signed_on), str(one.reply_by), str(one.finish_by)) == (
        "2025-06-30",
        "2025-07-07",
        "2025-07-14",
    )
    assert one.demands.splitlines()[1:] == [
        "1. finish the rectification by 2025-07-14.",
        "2. answer in writing by 2025-07-07, with what proves it.",
    ]


def test_holidays_and_worked_weekends_count(town):
    """Signed on 29 September 2025, five working days end on 13 October: the holiday is left out, a worked Saturday is not."""
    typed(town, f"{FREE}\nletter sign L1", **at("2025-09-29"))
    assert str(letter(1).reply_by) == "2025-10-13"


def test_demands_in_own_words_stay(town):
    """What somebody wrote is not overwritten; the paper names the days below it."""
    typed(town, f'{FREE}\nletter edit L1 --demands "Report to us."\nletter sign L1', **JUNE)
    assert letter(1).demands == "Report to us."
    assert "To be answered by: 2025-07-07" in town.ok("letter", "show", "L1", **JUNE)


def test_numbers_go_on_in_their_series(town):
    """By rung and year; the office's own takes its place in the series; gaps stay."""
    typed(
        town,
        """
        letter draft 1.1 --rung supervise
        letter draft 1.2 --rung supervise
        letter draft 2.1 --rung supervise
        letter draft 3 --rung prompt
        letter sign L1 L2
        letter withdraw L2 --why wrong
        letter sign L3 --number "Supervision letter [2025] No. 007"
        letter sign L4
        """,
        **JUNE,
    )
    typed(town, "letter draft 3 --rung supervise\nletter sign L5", **JULY)
    typed(town, "letter draft 5 --rung supervise\nletter sign L6", **at("2025-12-30"))
    assert [letter(n).reference.removeprefix("Supervision letter ") for n in range(1, 7)] == [
        "(2025) No. 1", "(2025) No. 2", "[2025] No. 007", "Letter of prompting (2025) No. 1", "(2025) No. 8", "(2025) No. 9",
    ]  # fmt: skip


@pytest.mark.parametrize("spelt", ["Supervision letter (2025) No. 1", "supervision  letter 〔2025〕 no. 01"])
@pytest.mark.parametrize("end", ["", "letter withdraw L1 --why wrong", "undo --yes"])
def test_a_number_is_given_once(town, spelt, end):
    """However it is spelt, to a withdrawn letter too, and to one whose signature was undone."""
    typed(town, f"letter draft 1.1\nletter draft 2.1\nletter sign L1\n{end}", **JUNE)
    message, hint = (
        "the number {} was given to L1",
        "a number is given once; leave out --number for the next one",
    )
    refused(town, f'letter sign L2 --number "{spelt}"', 4, message.format(spelt), hint, **JUNE)
    typed(town, "letter sign L2", **JUNE)
    assert letter(2).reference == "Letter of prompting (2025) No. 1"


def test_what_was_undone_keeps_its_own_number(town):
    """Signed again it gets the number that was its own; another letter goes past it."""
    typed(town, "letter draft 1.1\nletter draft 1.2 --rung supervise\nletter sign L1\nundo --yes", **JUNE)
    typed(town, "letter sign L2\nletter sign L1", **JUNE)
    assert [letter(n).reference[-5:] for n in (1, 2)] == ["No. 3", "No. 2"]


def test_an_office_has_its_own_form_of_numbers(town):
    """Prefix, series and form stand in the settings; rungs with one series share it."""
    settings(
        '\n[letters]\nprefix = "WT-"\nnumber = "{prefix}{series}/{year}/{n}"\ncontact = "Gu"\ncopies = ["Registry"]\n'
        '\n[[letters.rungs]]\ncode = "a"\nlabel = "Note"\nseries = "X"\nlate = 1\n'
        '\n[[letters.rungs]]\ncode = "b"\nlabel = "Order"\nseries = "X"\nlate = 15\nreply_workdays = 1\n'
    )
    typed(town, "letter draft --all\nletter sign L1 L2", **JUNE)
    assert [letter(n).reference for n in (1, 2)] == ["WT-X/2025/1", "WT-X/2025/2"]
    assert [
        (letter(n).rung, letter(n).contact, letter(n).copies, str(letter(n).reply_by)) for n in (1, 2)
    ] == [
        ("b", "Gu", ("Registry",), "2025-07-01"),
        ("a", "Gu", ("Registry",), "None"),
    ]


@pytest.mark.parametrize(
    ("line", "code", "message", "hint"),
    [
        ("letter sign L1", 4, "L1 is signed, so sign is not possible", "possible now: receipt, reply, withdraw"),
        ("letter sign L1 L2 --number x", 2, "one number is for one letter", "sign them one by one, or leave out --number"),
        ("letter sign L2 --on 2025-06-29", 4, "L2 was drafted on 2025-06-30; sign cannot be dated 2025-06-29",
         "give a date from 2025-06-30 on with --on"),
        ("letter edit L1 --title x", 4, "L1 is signed; what it says cannot be changed any more",
         "withdraw it and draft another: ledger letter withdraw L1 --why REASON"),
        ("letter reply L2 -t x", 4, "L2 is draft, so reply is not possible", "possible now: sign, withdraw, void"),
        ("letter receipt L2", 4, "L2 is draft, so receipt is not possible", "possible now: sign, withdraw, void"),
        ("letter reply L1 -t x --on 2025-06-29", 4, "L1 was last changed on 2025-06-30; reply cannot be dated 2025-06-29",
         "give a date from 2025-06-30 on with --on"),
        ("letter reply L1 --verdict adequate", 4, "L1 is signed, so judge is not possible", "possible now: receipt, reply, withdraw"),
        ("letter reply L1", 2, "an answer needs a text or a file, a judgement a verdict",
         "give --text TEXT, --file FILE or --verdict VERDICT"),
        ("letter reply L1 -t x --opinion y", 2, "an opinion goes with a verdict", "give it with --verdict"),
        ("letter withdraw L1", 4, "L1: a reason is needed", "give it with --why"),
        ("letter withdraw L1 L9 --why x", 3, "there is no L9", "there are L1 to L2"),
        ("void L1 --why x", 4, "L1 is signed, so void is not possible", "possible now: receipt, reply, withdraw"),
        ("letter sign 1", 2, "1 is not a letter", "write L3; ledger letter list shows them all"),
    ],
)  # fmt: skip
def test_what_cannot_be_done_to_a_letter(town, line, code, message, hint):
    """L1 is signed, L2 a draft: refused by rule with a hint, and nothing is written."""
    typed(town, "letter draft 1.1\nletter draft 2.1\nletter sign L1", **JUNE)
    refused(town, line, code, message, hint, **JULY)


def test_a_withdrawn_letter_is_at_its_end(town):
    """Neither signed nor answered nor taken back once more."""
    typed(town, "letter draft 1.1\nletter sign L1\nletter withdraw L1 --why wrong", **JUNE)
    for act, line in (
        ("sign", "sign L1"),
        ("reply", "reply L1 -t x"),
        ("receipt", "receipt L1"),
        ("withdraw", "withdraw L1 --why x"),
    ):
        refused(
            town,
            f"letter {line}",
            4,
            f"L1 is withdrawn, so {act} is not possible",
            "possible now: nothing",
            **JULY,
        )
    assert (letter(1).reference, letter(1).withdrawn_why) == ("Supervision letter (2025) No. 1", "wrong")


def test_a_letter_about_what_is_settled_by_now_is_not_signed(town):
    """It was drafted before; it is withdrawn, and the rest drafted again."""
    typed(town, "letter draft 1.1 1.2\nvoid 1.2 --why twice", **JUNE)
    hint = "withdraw it and draft another: ledger letter withdraw L1 --why REASON"
    refused(town, "letter sign L1", 4, "L1 is about 1.2, which is void by now", hint, **JUNE)


def test_a_day_for_the_work_that_is_past(town):
    """It is put right before signing."""
    typed(town, f"{FREE} --finish-by 2025-07-01", **JUNE)
    message, hint = (
        "L1 asks for the work by 2025-07-01, which is past",
        "ledger letter edit L1 --finish-by DATE",
    )
    refused(town, "letter sign L1", 4, message, hint, **at("2025-07-02"))


def test_a_year_without_a_calendar(town):
    """Nobody guesses: refused with the way to supply it; once it is supplied, counted."""
    typed(town, FREE, **at("2031-06-30"))
    result = town("letter", "sign", "L1", **at("2031-06-30"))
    assert (result.code, "2031" in result.err, "workdays.toml" in result.err) == (4, True, True)
    off = [f"2031-{month:02}-{day:02} = false" for month in (1, 10) for day in range(6, 18)]
    Path("workdays.toml").write_text("\n".join(["whole = [2031]", *off, ""]), encoding="utf-8", newline="\n")
    typed(town, "letter sign L1", **at("2031-06-30"))
    assert str(letter(1).reply_by) == "2031-07-07"


def test_nobody_knows_who_signs(town):
    """A signature is recorded by somebody."""
    typed(town, FREE, **JUNE)
    result = town("letter", "sign", "L1", env={"TAIZHANG_ACTOR": None}, **JUNE)
    assert result.code == 4 or "--by" in result.err
