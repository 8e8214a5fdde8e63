"""What is typed that makes no sense."""

from __future__ import annotations

import pytest

from tests.cli.bad_input.child import UNIX, child, environment
from tests.cli.books import files, path_of, refused

# --- what is typed --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "code", "message", "hint"),
    [
        ("show 31", 3, "there is no issue 31 (there are 1-7)", "ledger list shows them all; did you mean 3?"),
        ("note 31 -t x", 3, "there is no issue 31 (there are 1-7)", "ledger list shows them all; did you mean 3?"),
        ("note 7.9 -t x", 3, "issue 7 has no measure 9", "it has 1-2"),
        ("point 7.1.4", 3, "7.1 has no point 4", "ledger show 7 shows them"),
        ("note 1 2 31 -t x", 3, "there is no issue 31 (there are 1-7)", "ledger list shows them all; did you mean 3?"),
        ("close 5-9 --result x", 3, "there is no issue 8 (there are 1-7)", "ledger list shows them all"),
        ("note 0 -t x", 2, '"0" is not a number of this ledger',
         "write 7, 7.2, 7.2.1, 3-9, 7.1-7.3, L3, C12, R2025-1 or meetings:5"),
        ("note 1-99999 -t x", 2, "the ranges name more than 10,000 things at once",
         "give smaller ranges, one command after another"),
        ("reopen 7.1 --why x", 4, "7.1 is done, so reopen is not possible", "possible now: note, close, return, longterm"),
        ("return 1 --why x", 4, "1 is pending, so return is not possible", "possible now: note, interim, done, longterm"),
        ("interim 7.1", 4, "7.1 is done, so interim is not possible", "possible now: note, close, return, longterm"),
        ("note 1 -t x --on 2025-02-30", 2, "the date 2025-02-30 does not exist", "2025-02 has the days 1-28"),
        ("note 1 -t x --on 2025-03-02", 2, "2025-03-02 has not come yet; today is 2025-03-01", "a business date is today or earlier"),
        ("note 1 -t x --on 明天", 2, "2025-03-02 has not come yet; today is 2025-03-01", "a business date is today or earlier"),
        ("extend 7 --to 2025-13-01 --why x", 2, "the date 2025-13-01 does not exist", "a year has the months 1-12"),
    ],
)  # fmt: skip
def test_what_makes_no_sense(run, ledger, line, code, message, hint):
    """An unknown id, a move that is not allowed, a date that cannot be: one message, a hint, nothing written."""
    refused(run, line, code, message, hint)


@pytest.mark.parametrize(
    ("typed_ids", "answer"),
    [
        ("７．２", "7.2"),
        ("7-2", "7.2"),
        ("7.1-7.2", "7.1 7.2"),
        ("1,3、5", "1 3 5"),
        ("2-4", "2 3 4"),
        ("07.02 7.2", "7.2"),
    ],
)
def test_ids_as_people_type_them(run, ledger, typed_ids, answer):
    """Full-width digits, 7-2 for a measure, ranges and lists are understood; what is named twice counts once."""
    assert run("note", *typed_ids.split(), "-t", "x") == (0, f"noted: {answer}\n", "")


def test_refusals_in_chinese(run, ledger, chinese):
    """The same in Chinese, codes of statuses and acts in words."""
    result = run("reopen", "7.1", "--why", "x", lang="zh")
    assert (result.code, result.err) == (
        4,
        "错误: 7.1 现为已完成待销号，不能重启\n提示: 现在可以：记事、销号、退回、转长期\n",
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a\x1b[31mred", "an invisible or control character, U+001B, stands at line 1, character 2"),
        ("a\x00b", "an invisible or control character, U+0000, stands at line 1, character 2"),
        ("a\x07", "an invisible or control character, U+0007, stands at line 1, character 2"),
        ("\u202eflip", "an invisible or control character, U+202E, stands at line 1, character 1"),
        ("zero\u200bwidth", "an invisible or control character, U+200B, stands at line 1, character 5"),
        ("ab\udcff", "the text is not valid Unicode at line 1, character 3 (U+DCFF)"),
    ],
)
def test_text_nobody_can_see(run, ledger, text, message):
    """Control bytes, escape sequences, marks that turn text around, half a character: rejected (9) wherever they stand."""
    before = files()
    for argv in (
        ("add", text),
        ("add", "x", "-m", text),
        ("add", "x", "--unit", text),
        ("note", "7.1", "-t", text),
        ("note", "-t", text),
        ("done", "7.2", "--result", text),
        ("edit", "7", "--why", text, "--title", "y"),
        ("close", "7", "--meeting", text, "--result", "x", "--all"),
        ("note", "7", "-t", "x", "--by", text),
        ("init", "u", "--org", text),
    ):
        result = run(*argv)
        assert (result.code, result.out) == (9, ""), (argv, result)
        first, second, *rest = result.err.splitlines()
        assert (first, second.startswith("hint: "), rest) == (f"error: {message}", True, []), argv
    assert files() == before


def test_a_line_break_in_a_title(run, ledger):
    """A title and a name stand on one line; a note may have several."""
    refused(
        run, "add 'a\nb'", 9, "a line break or a tab stands at character 2 of a one-line text",
        "keep titles and names on one line",
    )  # fmt: skip
    run.ok("note", "1", "-t", "a\nb")


def test_ten_megabytes_of_text(run, ledger):
    """A text as long as a book is rejected at once; a record never grows beyond what is read."""
    text = "长" * (10 * 1024 * 1024 // 3)
    before = files()
    for argv, what in (
        (("add", text), "the line has 3,495,253 characters, the limit is 2,000"),
        (("note", "7", "-t", text), "the text has 10,485,759 bytes, the limit is 65,536"),
    ):
        result = run(*argv)
        assert (result.code, result.out, result.err.splitlines()[0]) == (9, "", f"error: {what}")
    result = run("import", "-", "--yes", stdin=text)
    assert (result.code, "larger than 8 MB" in result.err) == (9, True)
    assert files() == before


def test_a_record_has_a_largest_size(run, ledger):
    """The note that would make a record too large to be read is refused (4); what there was stays usable."""
    for argv in [("note", "1", "-t", "长" * 21_000)] * 34:
        result = run(*argv)
        if result.code:
            break
    assert (result.code, result.err.splitlines()[0]) == (
        4,
        "error: issue 1 would become larger than a record may be",
    )
    assert path_of(1).stat().st_size <= 2 * 1024 * 1024
    run.ok("note", "1", "-t", "x")


@UNIX
def test_bytes_that_are_no_text_on_the_command_line(ledger):
    """What the shell hands over that is not UTF-8 is rejected (9), under any locale."""
    before = files()
    for language in ("C.UTF-8", "C"):
        result = child("add", b"a\xffb", env=environment(LANG=language, PYTHONUTF8="0"))
        assert (result.returncode, result.stdout) == (9, b"")
        assert result.stderr.startswith(b"error: the text is not valid Unicode at line 1, character 2")
    assert files() == before
