"""Where things stand in a file: what a message points at must be there."""

from __future__ import annotations

from pathlib import PurePosixPath

import pytest

from ledger.store.recordfile import RecordText, checked, comments, parse
from tests.store.conftest import DOCUMENT, FORM, LINES

PATH = PurePosixPath("x.toml")
SAMPLE = checked(DOCUMENT, LINES, FORM, path=PATH)
ROWS = SAMPLE.decode().split("\n")


def row(record: RecordText, line: int) -> str:
    return record.text.split("\n")[line - 1]


@pytest.mark.parametrize("index", [0, 1, 2, -1])
def test_line_of_an_entry(index: int) -> None:
    """The line named for an entry is the line that holds it."""
    record = parse(SAMPLE, path=PATH)
    assert row(record, record.line_of(index)) == f"  '{LINES[index]}',"


def test_line_of_an_entry_in_another_layout() -> None:
    """Entries are found where another program put them, several lines and comments included."""
    data = b'format = 1\nhead = "h"\n[history] # x\nentries = ["a", # [history]\n\n"""b\n""", \'c\']\n'
    record = parse(data, path=PATH)
    assert [record.line_of(index) for index in range(3)] == [4, 6, 7]


def test_line_of_no_entry_is_the_first() -> None:
    """Where there is no such entry the file is named at its first line."""
    assert parse(b"format = 1\n", path=PATH).line_of(0) == 1


@pytest.mark.parametrize(
    ("key", "part", "index", "expected"),
    [
        ("status", None, 0, 'status = "active"'),
        ("criterion", None, 0, 'criterion = """\\'),
        ("text", "measures", 0, 'text = """\\'),
        ("due", "measures", 1, "due = 2025-06-30"),
        ("due", "measures", 0, "[[measures]]"),
        ("remark", None, 0, "format = 1"),
        ("text", "measures.points", 1, 'text = "定保管人"'),
        ("entries", "history", 0, "entries = ["),
    ],
)
def test_line_of_a_key(key: str, part: str | None, index: int, expected: str) -> None:
    """The line named for a field is the line where it begins; without it, where its table begins."""
    record = parse(SAMPLE, path=PATH)
    assert row(record, record.line_of_key(key, part=part, index=index)) == expected


def test_a_key_inside_a_text_is_text() -> None:
    """A line of text that looks like a field or a table is not taken for one."""
    text = "甲\nstatus = 1\n[[measures]]\n乙"
    document = {"format": 1, "criterion": text, "status": "active", "head": "h"}
    record = parse(checked(document, ("e",), FORM), path=PATH)
    assert record.line_of_key("status") == 7
    assert record.line_of(0) == 12


def test_comments_are_found_outside_strings() -> None:
    """Every comment is found, wherever it stands, and nothing else is taken for one."""
    text = (
        '# first\nformat = 1 # 第二\nx = "# no"\ny = \'# no\'\nz = """\n# no "" \\""" # no\n"""# third\n'
        "w = '''\n# no ''' # fourth\n[a] # fifth\n"
    )
    expected = [(1, "first"), (2, "第二"), (7, "third"), (9, "fourth"), (10, "fifth")]
    assert comments(text.encode()) == expected


def test_our_own_form_has_no_comments() -> None:
    """A sign in a field or in the history is no comment: a write is not refused for it."""
    document = {**DOCUMENT, "remark": '# 甲。\n# "乙" #', "title": "#1"}
    assert comments(checked(document, LINES, FORM)) == []
