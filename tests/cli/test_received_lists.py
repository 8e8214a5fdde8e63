"""What received lists of clues and of registers have in common."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.books import at

NOW = at("2025-07-01")
#: How to take a list in, and one that it understands.
LISTS = [
    (("clue",), "问题线索,来源渠道,受理日期\n井盖丢失,来访,2025-06-01\n"),
    (("register", "meetings"), "会议日期,会议类型,会议名称\n2025-01-06,推进会,六月推进会\n"),
]


@pytest.fixture(params=LISTS, ids=lambda each: each[0][-1])
def list_of(request, run):
    """A ledger, how a list is taken in, and the words of one."""
    run.ok("init", "2025", "--preset", "simple", "--lang", "en", **NOW)
    return request.param


def test_an_encoding_that_was_guessed_is_said(run, list_of):
    """A list saved by an old program is read, and its reader is told."""
    command, text = list_of
    Path("old.csv").write_bytes(text.encode("gb18030"))
    result = run(*command, "import", "old.csv", **NOW)
    assert (result.code, "entered: 1" in result.out) == (0, True)
    assert "GB18030" in result.err


def test_a_column_of_uids_is_no_field(run, list_of):
    """It is taken for the number a list went out with, and named neither as read nor as left out."""
    command, text = list_of
    head, row = text.splitlines()
    Path("out.csv").write_text(f"{head},uid\n{row},\n", encoding="utf-8")
    result = run(*command, "import", "out.csv", **NOW)
    assert (result.code, "entered: 1" in result.out) == (0, True)
    assert "uid" not in result.err
