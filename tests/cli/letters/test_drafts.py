"""Letters drafted: what they say, how a draft is changed, and what is no letter."""

from __future__ import annotations

from pathlib import Path

import pytest

from ledger.domain.letter import LETTER
from tests.cli.books import book, files, refused, rewrite, typed
from tests.cli.letters.conftest import FREE, JULY, JUNE, letter, told


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
