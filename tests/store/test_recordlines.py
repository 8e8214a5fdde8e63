"""Where things stand in a file: what a message points at must be there."""

from __future__ import annotations

from pathlib import PurePosixPath

import pytest

from ledger.store.recordfile import RecordText, checked, comments, parse
from ledger.store.recordlines import first_marker, of_entries, of_key, part_at
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


def test_lines_of_entries_with_something_after_them() -> None:
    """A table that somebody put below the history is none of its entries."""
    text = "[history]\nentries = [\n'a',\n'b',\n]\n[other]\nc = 'd'\n"
    assert of_entries(text)[:2] == [3, 4]


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


#: A file with everything that may stand around a measure.
LAYOUT = """\
format = 1
# above the first
[[measures]]
uid = "a"
# in the first
text = "甲"
[[measures.points]]
text = "x"
# above the second, first line
# above the second
[[measures]]
uid = "b"
[[measures.points]]
text = "y"
[[evidence]]
name = "1.pdf"
[history]
# in the history
entries = []
# at the end"""


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (1, None), (2, 0), (3, 0), (4, 0), (5, 0), (8, 0), (9, 1), (10, 1), (11, 1), (14, 1), (16, None),
        (18, None), (20, None),
    ],
)  # fmt: skip
def test_the_part_a_line_stands_in(line: int, expected: int | None) -> None:
    """What stands in a measure, or right above its heading, is that measure's; nothing else is anybody's."""
    assert part_at(LAYOUT, line, "measures") == expected
    assert part_at(LAYOUT, line, None) is None


def test_a_comment_at_the_end_of_a_measure_is_its_own() -> None:
    """Where nothing follows there is no heading it could stand above."""
    assert part_at('[[measures]]\nuid = "a"\n# the end', 3, "measures") == 0


@pytest.mark.parametrize(
    ("key", "part", "index", "expected"),
    [
        ("uid", "measures", 0, 4),
        ("uid", "measures", 1, 12),
        ("text", "measures", 0, 6),
        ("text", "measures", 1, 11),
        ("due", "measures", 0, 3),
        ("due", "measures", 1, 11),
        ("text", "measures.points", 1, 14),
        ("name", None, 0, 1),
    ],
)
def test_the_line_of_a_key_is_that_of_its_own_table(
    key: str, part: str | None, index: int, expected: int
) -> None:
    """A key of another measure, or of something inside it, is not taken for one of its own."""
    assert of_key(LAYOUT, key, part=part, index=index) == expected


@pytest.mark.parametrize(
    ("sign", "valid", "found"),
    [
        ("<<<<<<< HEAD", False, True),
        ("=======", False, True),
        ("||||||| base", False, True),
        (">>>>>>> other", False, True),
        ("<<<<<<< HEAD", True, True),
        (">>>>>>> other", True, True),
        ("=======", True, False),
        ("<<<<<<<", False, True),
        ("<<<<<<<<", False, False),
        (" <<<<<<< HEAD", False, False),
    ],
)
def test_where_git_left_two_versions(sign: str, valid: bool, found: bool) -> None:
    """The first mark is named; in a file that can be read only what nobody writes in a text is one."""
    assert first_marker(f"format = 1\n{sign}\n", valid=valid) == (2 if found else None)
    assert first_marker("format = 1\n", valid=valid) is None


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
