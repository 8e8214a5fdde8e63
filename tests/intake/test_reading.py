"""Received files: what is read, what is refused, and what is said about it."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.domain.text import clean, visible
from ledger.errors import LedgerError, NotFoundError, RejectedInputError, UsageError
from ledger.intake import read, reading

TEXT = "一、整改情况\n1.关于“台账不全”的问题\n整改情况:一是补齐台账。\n"
NOTHING = io.BytesIO()


def received(path, stdin=NOTHING):
    return reading.receive(path, stdin=stdin)


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "gb18030", "gbk"]
)
def test_every_usual_encoding_is_read(tmp_path, encoding):
    """UTF-8, UTF-16 and UTF-32 with their marks, GB18030 and GBK give the same text."""
    marked = {"utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}.get(encoding, b"")
    path = tmp_path / "notice.txt"
    path.write_bytes(marked + TEXT.encode(encoding))
    assert received(path).text == TEXT


@pytest.mark.parametrize("breaks", ["\r\n", "\r", "\x0b", "\x0c", "\x85", "\u2028", "\u2029"])
def test_every_line_break_is_one(tmp_path, breaks):
    """A form feed, a lone carriage return and Unicode's separators break lines as a line feed does."""
    path = tmp_path / "notice.txt"
    path.write_bytes(TEXT.replace("\n", breaks).encode())
    assert received(path) == reading.Received(str(path), TEXT)


def test_a_guessed_encoding_is_said(tmp_path):
    """What is not UTF-8 and was read as GB18030 is a remark; UTF-8 is none."""
    path = tmp_path / "notice.txt"
    path.write_bytes(TEXT.encode("gb18030"))
    assert [remark.code for remark in received(path).remarks] == ["encoding"]


def test_invisible_characters_are_taken_out_and_counted(tmp_path):
    """Controls, bidirectional marks, zero-width blanks: none stays, and how many is said with the first line."""
    path = tmp_path / "notice.txt"
    path.write_bytes("甲\n乙\x1b[31m\u202e丙\u200b\ufeff丁\x07".encode())
    found = received(path)
    assert found.text == "甲\n乙[31m丙丁"
    assert [(remark.code, remark.line) for remark in found.remarks] == [("control_characters", 2)]
    assert "5" in found.remarks[0].message


@given(st.text())
def test_what_is_read_can_be_kept(text):
    """Whatever comes in as UTF-8 text: nothing stays that a record refuses."""
    try:
        found, _remarks = reading.decode(text.encode("utf-8", "ignore"), name="x")
    except RejectedInputError:
        return
    assert visible(found) == found
    clean(found)


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(data):
    """Bytes of any kind are text or a refusal, never a traceback."""
    try:
        text, _remarks = reading.decode(data, name="x")
    except RejectedInputError as error:
        assert error.message
        assert error.hint
    else:
        assert visible(text) == text


def test_standard_input_is_read_as_a_dash(tmp_path, monkeypatch):
    """The name - is standard input, even where a file has that name."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "-").write_text("other", encoding="utf-8")
    proposal = read("-", stdin=io.BytesIO(TEXT.encode()))
    assert (proposal.file, [issue.title for issue in proposal.issues]) == ("-", ["台账不全"])


def test_the_largest_text_is_read_and_one_byte_more_is_not(tmp_path):
    """8 MB are read; 8 MB and one byte are refused, from a file and from standard input."""
    path = tmp_path / "notice.txt"
    path.write_bytes(b"\n" * reading.LIMIT_BYTES)
    assert len(received(path).text) == reading.LIMIT_BYTES
    path.write_bytes(b"\n" * (reading.LIMIT_BYTES + 1))
    for name, stdin in ((path, NOTHING), ("-", io.BytesIO(path.read_bytes()))):
        with pytest.raises(RejectedInputError, match="larger than 8 MB"):
            received(name, stdin)


REFUSED = [
    ("notice.docx", b"PK\x03\x04", "not of a kind that is read"),
    ("notice.xlsx", b"PK\x03\x04", "not of a kind that is read"),
    ("notice.html", b"<html>", "not of a kind that is read"),
    ("notice.txt", b"PK\x03\x04rest", "Word, Excel"),
    ("notice.txt", b"\xd0\xcf\x11\xe0rest", "Word 97"),
    ("notice.txt", b"%PDF-1.7", "PDF"),
    ("notice.txt", b"{\\rtf1", "RTF"),
    ("notice.md", b" \n<!DOCTYPE html><html>", "web page"),
    ("notice.txt", b"a\x00b", "zero byte at 2"),
    ("notice.txt", b"\xff\xff\xff\xff", "encodings that are read"),
    ("notice.txt", bytes(range(1, 256)), "encodings that are read"),
]


@pytest.mark.parametrize(("name", "data", "words"), REFUSED)
def test_what_is_no_text_is_refused_by_name(tmp_path, name, data, words):
    """A workbook, a page, a picture, bytes in no known encoding: refused, with what to do."""
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(RejectedInputError, match=words) as caught:
        received(path)
    assert caught.value.hint


def test_a_missing_file_and_a_folder_are_told_apart(tmp_path):
    """No such file is 3; a folder is a usage error; a name no file can have is no traceback."""
    with pytest.raises(NotFoundError, match="there is no file"):
        received(tmp_path / "missing.txt")
    with pytest.raises(UsageError, match="is a folder"):
        received(tmp_path)
    with pytest.raises(LedgerError):
        received("x" * 5000 + ".txt")
    with pytest.raises(LedgerError):
        received("a\x00b.txt")


def test_a_name_without_an_ending_is_text(tmp_path):
    """Files without an ending, and endings in capitals, are read."""
    for name in ("notice", "NOTICE.TXT", "notice.Md"):
        path = tmp_path / name
        path.write_text(TEXT, encoding="utf-8")
        assert received(path).text == TEXT
