"""Letters from draft to answer: what they say, their numbers, and what is refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ledger.domain.letter import LETTER
from tests.cli.books import at, book, files, refused, rewrite, typed, unchanged
from tests.cli.letters.conftest import JULY, JUNE, letter, settings, told

FREE = "letter draft 2.1 --rung supervise"


# --- drafts ------------------------------------------------------------------------------------------------


def test_a_letter_says_what_is_late(town):
    """Addressee, each measure with its deadline and lateness, what is asked for, what follows."""
    typed(town, "letter draft 1.1 1.2", **JUNE)
    one = letter(1)
    assert (one.id, one.stage, one.rung, one.form, one.reference) == (
        "L1",
        "draft",
        "supervise",
        "Supervision letter",
        "",
    )
    assert (one.addressee, one.signature) == ("Office", "Willow Town")
    assert one.title == 'Supervision letter on the rectification of "Papers are late"'
    assert one.text.splitlines() == [
        "On 2025-06-30 the following 2 measures, for which Office is responsible, are past their dates:",
        '1. issue 1 "Papers are late", measure 1.1: Rewrite the rules; to be done by 2025-06-15; 15 days late.',
        '2. issue 1 "Papers are late", measure 1.2: Train the clerks; to be done by 2025-06-15; 15 days late.',
    ]
    assert one.demands.splitlines()[1:] == [
        "1. finish the rectification within 10 working days of this letter.",
        "2. answer in writing within 5 working days of this letter, with what proves it.",
    ]
    assert "Call for a talk comes next" in one.consequence
    assert [(each.id, each.days, each.rule) for each in one.grounds] == [
        ("1.1", 15, "late:15"),
        ("1.2", 15, "late:15"),
    ]


def test_all_that_is_called_for(town):
    """One letter a rung and unit; what has nobody is left out and named."""
    answer = told(town, "letter", "draft", "--all", **JUNE)
    assert (answer["ids"], answer["left_out"]) == (["L1", "L2", "L3"], ["4"])
    assert [(letter(n).rung, letter(n).addressee) for n in (1, 2, 3)] == [
        ("supervise", "Office"),
        ("prompt", "Finance"),
        ("reminder", "Office"),
    ]
    assert (letter(3).consequence, letter(3).reply_workdays, letter(2).consequence) == ("", None, "")
    assert town("letter", "draft", "--all", **JUNE).code == 0
    assert len(book().names(LETTER)) == 3


def test_an_issue_means_what_is_called_for_in_it(town):
    """By its id, and to somebody else than its unit where that is said."""
    typed(town, "letter draft 1 4 --to Registry", **JUNE)
    assert [each.id for each in letter(1).grounds] == ["4", "1.1", "1.2"] or sorted(
        each.id for each in letter(1).grounds
    ) == ["1.1", "1.2", "4"]
    assert letter(1).addressee == "Registry"


def test_a_free_letter(town):
    """Of any rung, about what is not late, with a reason, a copy, a contact and a day of one's own."""
    typed(
        town,
        'letter draft 5 3 --rung 约谈通知 --to Lin --reason "As the meeting asked." --copy Registry '
        '--copy Finance --contact "Gu, 1234" --finish-by 2025-08-31',
        **JUNE,
    )
    one = letter(1)
    assert (one.rung, one.addressee, one.copies, one.contact) == (
        "interview",
        "Lin",
        ("Registry", "Finance"),
        "Gu, 1234",
    )
    assert one.text.splitlines()[1:] == [
        '1. issue 5 "No date at all"; no date is set.',
        '2. issue 3 "Keys lost"; to be done by 2025-07-07.',
        "As the meeting asked.",
    ]
    assert "finish the rectification by 2025-08-31." in one.demands
    assert [each.rule for each in one.grounds] == ["", ""]
    assert one.title.endswith('"No date at all" and others, 2 issues in all')


def test_earlier_letters_stand_in_the_next(town):
    """By their numbers on paper; a withdrawn one does not."""
    typed(
        town,
        f"{FREE}\nletter draft 2.1 --rung prompt\nletter sign L1 L2\nletter withdraw L2 --why wrong",
        **JUNE,
    )
    typed(town, "letter draft 2.1 --rung interview", **JULY)
    assert "letters sent before: Supervision letter (2025) No. 1." in letter(3).text


def test_an_extended_deadline_names_both_days(town):
    """The day of the plan, and the one in force."""
    typed(town, f"extend 2.1 --to 2025-07-31 --why agreed\n{FREE}", **JUNE)
    assert "to be done by 2025-06-28; moved to 2025-07-31." in letter(1).text


def test_the_letter_speaks_the_language_of_the_ledger(town):
    """Whatever is spoken at the terminal."""
    rewrite(Path("ledgers/2025/ledger.toml"), 'language = "en"', 'language = "zh"')
    typed(town, "letter draft 2.1", lang="en", **JUNE)
    assert letter(1).title == "关于“Old debts”问题整改的整改提示函"
    assert "原定2025年6月28日前完成；已逾期2天。" in letter(1).text
    shown = town.ok("letter", "show", "L1", lang="en", **JUNE)
    assert "草稿，未签发" in shown and "Finance：" in shown


def test_a_second_letter_that_says_the_same_is_remarked_on(town):
    """It is drafted; somebody may want it."""
    typed(town, FREE, **JUNE)
    assert "warning: L1 says the same of 2.1 and waits" in town(*FREE.split(), **JUNE).err


@pytest.mark.parametrize(
    ("line", "code", "message", "hint"),
    [
        ("letter draft", 2, "no measure is named", "name them, or take all that is called for with --all"),
        ("letter draft --all --rung prompt", 2, "--all takes what the rules call for", "leave out --rung, or name measures"),
        ("letter draft --rung prompt", 2, "no measure is named", "name them, or take all that is called for with --all"),
        ("letter draft 5", 4, "no rule calls for a letter about 5",
         "ledger letter propose shows what is called for; --rung RUNG writes one all the same"),
        ("letter draft 1.1 5 2.1", 4, "no rule calls for a letter about 5",
         "ledger letter propose shows what is called for; --rung RUNG writes one all the same"),
        ("letter draft 4", 4, "nobody is responsible for 4, so there is nobody to write to",
         "say who with --to NAME, or: ledger assign 4 --unit NAME"),
        ("letter draft 4 --rung prompt", 4, "nobody is responsible for 4, so there is nobody to write to",
         "say who with --to NAME, or: ledger assign 4 --unit NAME"),
        ("letter draft 2.1 --to Financ", 4, "Financ is not in people.toml", "did you mean Finance?"),
        ("letter draft 2.1 --rung prompt --to Xyz", 4, "Xyz is not in people.toml", "add it there, or correct it"),
        ("letter draft 9 --rung prompt", 3, "there is no issue 9 (there are 1-5)",
         "ledger list shows them all"),
        ("letter draft 1.9 --rung prompt", 3, "issue 1 has no measure 9", "it has 1-2"),
        ("letter draft L1", 2, "L1 is not an issue, a measure or a point", "write 7, 7.2 or 7.2.1"),
    ],
)  # fmt: skip
def test_what_is_no_letter(town, line, code, message, hint):
    """To nobody, to a stranger, about nothing: refused by name, and nothing is written."""
    refused(town, line, code, message, hint, **JUNE)


@pytest.mark.parametrize(
    ("before", "word"),
    [
        ("done 2.1 --result x\ndone 2 --result x\nclose 2", "closed"),
        ("void 2.1 --why twice", "void"),
        ("void 2 --why twice", "void"),
    ],
)
def test_what_is_over_is_not_written_about(town, before, word):
    """A measure that is closed or void, or whose issue is."""
    typed(town, before, **JUNE)
    hint = "ledger letter propose shows what letters are called for"
    refused(town, FREE, 4, f"2.1 is {word}; there is nothing to write about it", hint, **JUNE)


def test_a_draft_can_be_changed(town):
    """By the command and by hand; an empty value takes a part away."""
    typed(
        town,
        f'{FREE}\nletter edit L1 --title "On debts" --to "General office" --copy Registry --contact Gu '
        '--signature Mayor --finish-by 2025-07-31 --remark soon --demands "Report." --consequence ""',
        **JUNE,
    )
    one = letter(1)
    assert (one.title, one.addressee, one.copies, one.contact, one.signature) == (
        "On debts", "Office", ("Registry",), "Gu", "Mayor",
    )  # fmt: skip
    assert (str(one.finish_by), one.remark, one.demands, one.consequence) == (
        "2025-07-31",
        "soon",
        "Report.",
        "",
    )
    path = next(Path("ledgers/2025/letters").iterdir())
    rewrite(path, 'title = "On debts"', 'title = "On old debts"')
    typed(town, "adopt", **JUNE)
    assert letter(1).title == "On old debts"


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ('addressee = "Finance"', 'addressee = "Office"', "addressee"),
        ('title = "', 'title = "Another ', "title"),
        ("the following", "the next", "text"),
        ('signature = "Willow Town"\n', "", "signature"),
        ('status = "signed"\n', 'remark = "late"\nstatus = "signed"\n', "remark"),
    ],
)
def test_a_signed_letter_is_not_changed_by_hand(town, old, new, field):
    """What stands in the file of a letter that went out is held against its history, and never adopted."""
    typed(town, f"{FREE}\nletter sign L1", **JUNE)
    path = next(Path("ledgers/2025/letters").iterdir())
    rewrite(path, old, new)
    assert f"{field} of L1 was changed by hand, which is not adopted" in town("check", **JUNE).out
    before = files()
    assert town("adopt", **JUNE).code == 6
    assert files() == before


@pytest.mark.parametrize(
    ("line", "code", "message", "hint"),
    [
        ("letter edit L1", 2, "nothing to change was given", "ledger letter edit --help lists the fields"),
        ('letter edit L1 --title ""', 4, "a letter needs a title and a text", "give it with --title"),
        ('letter edit L1 --to ""', 4, "a letter is written to somebody", "say to whom with --to NAME"),
        ("letter edit L1 --to Offic", 4, "Offic is not in people.toml", "did you mean Office?"),
        (f'{FREE} --to ""', 4, "a letter is written to somebody", "say to whom with --to NAME"),
        ("letter edit 1 --title x", 2, "1 is not a letter", "write L3; ledger letter list shows them all"),
        ("letter edit L2 --title x", 3, "there is no L2", "there are L1 to L1"),
        ("letter edit L1,L2 --title x", 2, "L1,L2 means several", "name one of them"),
    ],
)
def test_what_is_no_change(town, line, code, message, hint):
    """Nothing said, nobody written to, no letter."""
    typed(town, FREE, **JUNE)
    refused(town, line, code, message, hint, **JUNE)


# --- signing -------------------------------------------------------------------------------------------------


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


# --- answers -------------------------------------------------------------------------------------------------


def test_several_answers(town):
    """Each with its files, day and verdict; the first says whether it was in time, the newest how good it is."""
    Path("list.txt").write_text("ten of twelve", encoding="utf-8")
    typed(town, f"{FREE}\nletter sign L1\nletter receipt L1 --receiver Lin", **JUNE)
    typed(
        town,
        'letter reply L1 -t "half of it" --file list.txt --verdict partial --opinion "two are missing" --signer Lin',
        **JULY,
    )
    typed(town, "letter reply L1 -t all", **at("2025-07-20"))
    one = letter(1)
    first, second = one.replies
    assert one.receipt is not None and (str(one.receipt.on), one.receipt.by) == ("2025-06-30", "Lin")
    assert (first.text, len(first.files), first.verdict, first.opinion, first.judged_by) == (
        "half of it",
        1,
        "partial",
        "two are missing",
        "Lin",
    )
    assert (second.verdict, str(second.on), one.in_time, one.verdict, one.stage) == (
        None,
        "2025-07-20",
        True,
        None,
        "answered",
    )
    typed(town, "letter reply L1 --verdict 合格", **at("2025-07-21"))
    assert (letter(1).verdict, letter(1).replies[0].verdict) == ("adequate", "partial")
    assert next(Path("ledgers/2025/evidence").rglob("*.txt")).read_text(encoding="utf-8") == "ten of twelve"


def test_an_answer_in_a_file_alone(town):
    """The paper says it all."""
    Path("answer.txt").write_text("done", encoding="utf-8")
    typed(town, f"{FREE}\nletter sign L1\nletter reply L1 --file answer.txt", **JUNE)
    assert (letter(1).replies[0].text, len(letter(1).replies[0].files)) == ("", 1)
    assert town("letter", "reply", "L1", "--file", "gone.txt", **JULY).code != 0


def test_nothing_is_written_on_trial(town):
    """Every writing command shows its entries and the file, and leaves both alone."""
    unchanged(town, "letter draft --all", **JUNE)
    typed(town, "letter draft 1.1", **JUNE)
    unchanged(town, "letter edit L1 --title x", **JUNE)
    assert "Supervision letter (2025) No. 1" in unchanged(town, "letter sign L1", **JUNE).out
    typed(town, "letter sign L1", **JUNE)
    for line in ("receipt L1", "reply L1 -t x", "withdraw L1 --why x"):
        unchanged(town, f"letter {line}", **JUNE)


def test_every_step_can_be_undone(town):
    """Step by step back to nothing; the history keeps it all, and every check holds."""
    typed(
        town,
        "letter draft 1.1\nletter edit L1 --title x\nletter sign L1\nletter receipt L1\nletter reply L1 -t x\nletter reply L1 --verdict partial",
        **JUNE,
    )
    for stage in ("answered", "signed", "signed", "draft", "draft", "void"):
        typed(town, "undo --yes", **JULY)
        assert letter(1).stage == stage
    assert len(book().find(1, LETTER).entries) == 12
    assert town("check", "--strict", **JULY).code == 0
    assert json.loads(town.ok("letter", "list", "--json", **JULY))["rows"] == []


def test_the_letters_folder_is_all_there_is(town):
    """Drafting and answering touches no issue."""
    before = {name: data for name, data in files().items() if "issues" in name}
    typed(town, "letter draft 1.1\nletter sign L1\nletter reply L1 -t x", **JUNE)
    assert {name: data for name, data in files().items() if "issues" in name} == before


def test_words_are_stored_in_one_form(town):
    """Line ends, blanks at the ends and full-width forms come in as people paste them."""
    town.ok(
        "letter", "draft", "2.1", "--rung", "prompt", "--reason", " one\r\ntwo ", "--contact", "  Gu ", **JUNE
    )
    assert letter(1).text.endswith("late.\none\ntwo")
    assert letter(1).contact == "Gu"
    town.ok("letter", "edit", "L1", "--text", " a\r\nb\n", "--contact", " Lin ", **JUNE)
    assert (letter(1).text, letter(1).contact) == ("a\nb", "Lin")


@pytest.mark.parametrize(
    "words",
    [
        ["draft", "2.1", "--rung", "prompt", "--reason", "a\x00b"],
        ["draft", "2.1", "--rung", "prompt", "--contact", "a\nb"],
        ["draft", "2.1", "--rung", "prompt", "--copy", "a\u202eb"],
        ["draft", "2.1", "--rung", "prompt", "--to", "a\u200bb"],
        ["edit", "L1", "--title", "x" * 2001],
        ["edit", "L1", "--text", "x" * 70000],
        ["sign", "L1", "--number", "a\x1b[31m"],
        ["sign", "L1", "--number", "9" * 2001],
        ["reply", "L2", "--text", "a\ud800b"],
        ["reply", "L2", "--text", "a", "--verdict", "adequate", "--opinion", "a\x07"],
        ["receipt", "L2", "--receiver", "a\tb"],
        ["withdraw", "L2", "--why", "a\x00b"],
    ],
)
def test_hostile_words_are_rejected(town, words):
    """What no text may hold is refused (9) wherever it is typed, and nothing is written."""
    typed(town, "letter draft 1.1\nletter draft 1.2 --rung supervise\nletter sign L2", **JUNE)
    before = files()
    assert town("letter", *words, **JUNE).code == 9
    assert files() == before
