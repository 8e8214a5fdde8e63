"""The office's own ladder in ledger.toml: what is understood, and what is refused with file and line."""

from __future__ import annotations

import pytest

from tests.cli.books import typed
from tests.cli.letters.conftest import JUNE, letter, proposed, settings

ROW = '\n[[letters.rungs]]\ncode = "push"\n'


@pytest.mark.parametrize(
    ("text", "key", "reason"),
    [
        ('\n[letters]\nnumber = "No."\n', "letters.number", "a form with {n} once, of {prefix} {series} {year} {n}, is expected"),
        ('\n[letters]\nnumber = "{n} {x}"\n', "letters.number", "a form with {n} once, of {prefix} {series} {year} {n}, is expected"),
        ("\n[letters]\nprefix = 7\n", "letters.prefix", "text in quotes is expected"),
        ('\n[letters]\ncopies = "Gu"\n', "letters.copies", "a list of words is expected"),
        ('\n[[letters.rungs]]\ncode = "督办"\n', "letters.rungs[1].code", 'a short ASCII name such as "unit" is expected'),
        ('\n[[letters.rungs]]\nlabel = "x"\n', "letters.rungs[1].code", 'a short ASCII name such as "unit" is expected'),
        (ROW + "late = -1\n", "letters.rungs[1].late", "a whole number from 0 to 3650 is expected"),
        (ROW + 'before = "7"\n', "letters.rungs[1].before", "a whole number is expected"),
        (ROW + "reply_workdays = 0\n", "letters.rungs[1].reply_workdays", "a whole number from 1 to 3650 is expected"),
        (ROW + "finish_workdays = 9999\n", "letters.rungs[1].finish_workdays", "a whole number from 1 to 3650 is expected"),
        (ROW + "late = true\n", "letters.rungs[1].late", "a whole number is expected"),
        (ROW + 'after = ["unanswered"]\n', "letters.rungs[1].after", "there is no rung below the first"),
        (ROW + ROW.replace("push", "b") + 'after = ["never"]\n', "letters.rungs[2].after",
         "only unanswered, inadequate, unfinished are understood"),
        (ROW + "month_ends = { red = 0 }\n", "letters.rungs[1].month_ends.red", "a whole number from 1 to 3650 is expected"),
        (ROW + "consequence = 1\n", "letters.rungs[1].consequence", "true / false is expected"),
        (ROW + ROW, "letters.rungs", "one to 12 rungs with codes of their own are expected"),
        ("".join(ROW.replace("push", f"r{n}") for n in range(13)), "letters.rungs",
         "one to 12 rungs with codes of their own are expected"),
    ],
)  # fmt: skip
def test_what_is_no_ladder(town, text, key, reason):
    """Refused wherever the settings are read, by file, line and key; nothing is guessed."""
    settings(text)
    result = town("letter", "propose", **JUNE)
    assert (result.code, result.out) == (7, "")
    assert f"{key}: {reason}" in result.err
    assert "ledger.toml:" in result.err


def test_a_ladder_of_two_rungs(town):
    """Its own words, days and lights; what it does not say it does not do."""
    settings(
        '\n[letters]\nprefix = "柳"\n'
        '\n[[letters.rungs]]\ncode = "hint"\nlabel = "提醒单"\nbefore = 3\nlate = 1\nconsequence = false\n'
        '\n[[letters.rungs]]\ncode = "order"\nlabel = "督办单"\nlate = 10\nmonth_ends = { yellow = 1 }\nafter = ["inadequate"]\n'
        "reply_workdays = 2\n"
    )
    assert proposed(town, "2025-06-30") == [
        ("order", None, ["4"], ["month_ends:yellow:1"]),
        ("order", "Office", ["1.1", "1.2", "3"], ["late:10", "late:10", "month_ends:yellow:1"]),
        ("hint", "Finance", ["2.1"], ["late:1"]),
    ]
    typed(town, "letter draft 2.1\nletter sign L1", **JUNE)
    assert (letter(1).form, letter(1).reference, letter(1).reply_by, letter(1).consequence) == (
        "提醒单", "柳提醒单 (2025) No. 1", None, "",
    )  # fmt: skip


def test_a_letter_remembers_its_rung(town):
    """What it depended on stands in it: another ladder next year changes nothing that was sent."""
    typed(town, "letter draft 2.1\nletter sign L1", **JUNE)
    before = letter(1)
    settings('\n[[letters.rungs]]\ncode = "push"\nlabel = "Push"\nlate = 1\n')
    assert letter(1) == before
    assert "Letter of prompting" in town.ok("letter", "list", "--rung", "prompt", **JUNE)
    assert ("push", "Finance", ["2.1"], ["late:1"]) in proposed(town, "2025-06-30")


def test_very_many_measures_are_several_letters(town):
    """Fifty a letter; a long text is cut in it."""
    typed(
        town, "add Many --unit Registry --due 2025-06-01 " + " ".join(f"-m m{n}" for n in range(60)), **JUNE
    )
    typed(town, f"add {'x' * 300} --unit Registry --due 2025-06-01 -m {'y' * 300} --on 2025-06-29", **JUNE)
    found = proposed(town, "2025-06-30", "--unit", "Registry")
    assert [len(each[2]) for each in found] == [50, 11]
    typed(town, "letter draft --all", **JUNE)
    long = [letter(n) for n in (1, 2, 3, 4) if len(letter(n).items) == 11]
    assert "x" * 149 + "…" in long[0].text
    assert "y" * 149 + "…" in long[0].text
