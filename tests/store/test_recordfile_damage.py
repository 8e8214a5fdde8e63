"""A record that is not whole is refused, by file and line."""

from __future__ import annotations

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.errors import DamageError
from ledger.store.recordfile import LARGEST_BYTES, UnreadableRecordError, parse
from tests.store.conftest import DOCUMENT, LINES
from tests.store.documents import EXPECTED, PATH, SAMPLE, replaced


def test_cut_anywhere() -> None:
    """A record cut at any byte is refused, unless nothing but its last line feed is gone.

    What ends before `head` at the end of a line reads as a record without head and history:
    whoever opens the book refuses that for a record that is not new.
    """
    head = SAMPLE.index(b"\nhead")
    for end in range(len(SAMPLE)):
        try:
            record = parse(SAMPLE[:end], path=PATH)
        except DamageError:
            continue
        if end == len(SAMPLE) - 1:
            assert (record.document, record.lines) == (DOCUMENT, LINES)
        else:
            assert end <= head + 1
            assert (record.lines, "head" in record.document) == ((), False)


@given(st.data())
def test_garbled_bytes_are_damage_or_read(data: st.DataObject) -> None:
    """Whatever happens to the bytes of a file ends in one kind of error, and both ways of reading agree."""
    broken = bytearray(SAMPLE)
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(broken) - 1))
        broken[at : at + data.draw(st.integers(0, 3))] = data.draw(
            st.binary(max_size=3)
            | st.sampled_from([b'"', b"'", b"\n", b"\\", b"]", b'"""', b"#", b"[[x]]\n"])
        )
    try:
        record = parse(bytes(broken), path=PATH)
    except UnreadableRecordError as error:
        assert error.message.startswith(PATH.as_posix())
        return
    whole = tomllib.loads(record.text)
    history = whole.pop("history", {"entries": []})
    assert (record.document, list(record.lines)) == (whole, history["entries"])


@pytest.mark.parametrize(
    ("data", "line", "part"),
    [
        pytest.param(b"", 1, "does not say format = 1", id="empty"),
        pytest.param(replaced("format = 1\n", ""), 1, "does not say format = 1", id="no format"),
        pytest.param(
            replaced("format = 1", "format = true"), 1, "does not say format = 1", id="format is no number"
        ),
        pytest.param(replaced("format = 1", "format = 2"), 1, "newer version (format 2)", id="newer"),
        pytest.param(
            replaced("number = 7", "number = "),
            3,
            "not TOML (this cannot be understood): number =",
            id="syntax",
        ),
        pytest.param(
            replaced("number = 7", "number = 7\nnumber = 8"),
            4,
            "not TOML (a name is given twice): number = 8",
            id="twice",
        ),
        pytest.param(
            replaced("2025-08-17", "2025-02-30"),
            9,
            "not TOML (there is no such date or time): due = 2025-02-30",
            id="no such day",
        ),
        pytest.param(b'format = 1\ntitle = "\xd5\xfb"\n', 2, "byte 20 is not UTF-8", id="gbk"),
        pytest.param(replaced('unit = "', '<<<<<<< HEAD\nunit = "'), 5, "merge conflict", id="marker"),
        pytest.param(replaced("  '{", "=======\n  '{"), 51, "merge conflict", id="half a marker"),
        pytest.param(
            replaced("抽查无漏项", "<<<<<<< HEAD\n甲\n=======\n乙\n>>>>>>> b"),
            8,
            "merge conflict",
            id="in text",
        ),
        pytest.param(replaced("抽查无漏项", "甲\n>>>>>>> b"), 9, "merge conflict", id="one in text"),
        pytest.param(
            replaced("entries = [", "entries = 5\nx = ["), 50, "not a list of entries", id="no list"
        ),
        pytest.param(replaced("  '{", "  5, '{"), 50, "not a list of entries", id="no text"),
        pytest.param(
            replaced("format = 1", "format = 1\nhistory = {x = 1}"), 50, "not TOML", id="two histories"
        ),
        pytest.param(replaced('head = "sha256:41ab"\n', ""), 1, "a history but no head", id="no head"),
        pytest.param(EXPECTED.split("\n[history]")[0].encode(), 12, "a head but no history", id="cut"),
        pytest.param(b"format = 1\nx = " + b"[" * 3000, None, "nested too deep", id="deep"),
        pytest.param(b"format = 1\n" + b"a." * 40000 + b"b = 1\n", None, "nested too deep", id="long key"),
        pytest.param(
            b"format = 1\nx = " + b"9" * 5000 + b"\n", None, "a number is too long", id="long number"
        ),
        pytest.param(b"format = 1\n" + b"#" * LARGEST_BYTES, None, "2097163 bytes", id="large"),
        pytest.param(b'format = 1\nx = "\x00"\n', 2, "a control character", id="control"),
        pytest.param(b'format = 1\nx = "a\n', 2, "is not closed", id="open text"),
        pytest.param(b"format = 1\nx = [1\n", 3, "is not closed", id="open list"),
        pytest.param(b'format = 1\nx = "\\q"\n', 2, "a backslash", id="backslash"),
        pytest.param(b'format = 1\nx = "\\uzzzz"\n', 2, "a backslash", id="code"),
        pytest.param(b"format = 1\nx 5\n", 2, "a sign is missing", id="no sign"),
    ],
)
def test_refused_by_file_and_line(data: bytes, line: int | None, part: str) -> None:
    """A file that cannot be read is named with its line, and never with a traceback."""
    with pytest.raises(UnreadableRecordError) as caught:
        parse(data, path=PATH)
    error = caught.value
    if line is not None or "bytes" in part:
        assert error.line == line
    where = PATH.as_posix() + (f":{error.line}" if error.line is not None else "")
    assert error.message == f"{where}: {error.reason}"
    assert part in error.reason
    assert error.hint


@pytest.mark.parametrize(
    "history", ["5", "{entries = ['x'], other = 1}", "{other = ['x']}", "[{entries = ['x']}]"]
)
def test_a_history_is_its_entries_and_nothing_else(history: str) -> None:
    """Whatever else stands in its place is named, and dropped by no write."""
    with pytest.raises(UnreadableRecordError) as caught:
        parse(f"format = 1\nhead = 'h'\nhistory = {history}\n".encode(), path=PATH)
    assert "not a list of entries" in caught.value.reason


def test_what_somebody_wrote_needs_no_format() -> None:
    """A file begun by hand is read without one; adopting it writes it."""
    assert parse('title = "甲"\n'.encode(), path=PATH).document == {"title": "甲"}


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ('format = 2\ntitle = "甲"\n', "written by a newer version (format 2)"),
        ('format = 0\ntitle = "甲"\n', "does not say format = 1"),
        ('format = "1"\ntitle = "甲"\n', "does not say format = 1"),
        ('format = true\ntitle = "甲"\n', "does not say format = 1"),
        ('uid = "01JX"\ntitle = "甲"\n', "does not say format = 1"),
        ("title = \"甲\"\n[history]\nentries = ['x']\n", "does not say format = 1"),
    ],
)
def test_another_format_is_named(text: str, part: str) -> None:
    """Newer ones ask for a newer program; whatever else is none of ours."""
    with pytest.raises(UnreadableRecordError) as caught:
        parse(text.encode(), path=PATH)
    assert part in caught.value.reason


def test_a_line_of_signs_is_not_a_conflict() -> None:
    """A row of seven equals signs in somebody's text is text as long as the file can be read."""
    data = replaced("抽查无漏项", "甲 >>>>>>> x\n=======\n乙")
    assert "=======" in parse(data, path=PATH).document["criterion"]


def test_an_excerpt_cannot_drive_a_terminal() -> None:
    """What a message shows of a broken line holds no control character."""
    with pytest.raises(DamageError) as caught:
        parse(b"format = 1\nx = \x1b[31m\n", path=PATH)
    assert "\x1b" not in caught.value.message
