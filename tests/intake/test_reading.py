"""Received files: what is read, what is refused, and what is said about it."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.domain.text import clean, visible
from ledger.errors import LedgerError, NotFoundError, RejectedInputError, UsageError
from ledger.intake import read, reading
from ledger.intake.kinds import Kind, kind_of

TEXT = "一、整改情况\n1.关于“台账不全”的问题\n整改情况:一是补齐台账。\n"
NOTHING = io.BytesIO()


def received(path, stdin=NOTHING):
    return reading.receive(path, stdin=stdin)


def text_of(path):
    return reading.decode(received(path).data)


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "gb18030", "gbk"]
)
def test_every_usual_encoding_is_read(tmp_path, encoding):
    """UTF-8, UTF-16 and UTF-32 with their marks, GB18030 and GBK give the same text."""
    marked = {"utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}.get(encoding, b"")
    path = tmp_path / "notice.txt"
    path.write_bytes(marked + TEXT.encode(encoding))
    assert text_of(path)[0] == TEXT


@pytest.mark.parametrize("breaks", ["\r\n", "\r", "\x0b", "\x0c", "\x85", "\u2028", "\u2029"])
def test_every_line_break_is_one(tmp_path, breaks):
    """A form feed, a lone carriage return and Unicode's separators break lines as a line feed does."""
    path = tmp_path / "notice.txt"
    path.write_bytes(TEXT.replace("\n", breaks).encode())
    assert text_of(path) == (TEXT, ())


def test_a_guessed_encoding_is_said(tmp_path):
    """What is not UTF-8 and was read as GB18030 is a remark; UTF-8 is none."""
    path = tmp_path / "notice.txt"
    path.write_bytes(TEXT.encode("gb18030"))
    assert [remark.code for remark in text_of(path)[1]] == ["encoding"]


def test_invisible_characters_are_taken_out_and_counted(tmp_path):
    """Controls, bidirectional marks, zero-width blanks: none stays, and how many is said with the first line."""
    path = tmp_path / "notice.txt"
    path.write_bytes("甲\n乙\x1b[31m\u202e丙\u200b\ufeff丁\x07".encode())
    text, remarks = text_of(path)
    assert text == "甲\n乙[31m丙丁"
    assert [(remark.code, remark.line) for remark in remarks] == [("control_characters", 2)]
    assert "5" in remarks[0].message


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
    """Each kind up to its limit is read; one byte more is refused, from a file and from standard input."""
    for ending, start in ((".txt", b""), (".html", b"<html>"), (".csv", b""), (".docx", b"PK\x03\x04")):
        path = tmp_path / f"notice{ending}"
        kind = kind_of(start, path.name, shown="x")
        limit = reading.LIMITS[kind]
        path.write_bytes(start + b"\n" * (limit - len(start)))
        assert (received(path).kind, len(received(path).data)) == (kind, limit)
        path.write_bytes(start + b"\n" * (limit - len(start) + 1))
        for name, stdin in ((path, NOTHING), ("-", io.BytesIO(path.read_bytes()))):
            with pytest.raises(RejectedInputError, match="larger than"):
                received(name, stdin)


ZIPPED_TEXT = (
    b"PK\x03\x04" + bytes(22) + b"\x08\x00\x00\x00" + b"mimetypeapplication/vnd.oasis.opendocument.text"
)


def compound(*streams):
    """The beginning of a compound file whose directory names these streams."""
    entries = b"".join(name.encode("utf-16-le").ljust(128, b"\x00") for name in streams)
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(512, b"\x00") + entries


KINDS = [
    ("notice.txt", "一、".encode(), Kind.TEXT),
    ("notice", "一、".encode(), Kind.TEXT),
    ("-", b"", Kind.TEXT),
    ("NOTICE.MD", b"# a", Kind.TEXT),
    ("notice.docx", "一、".encode(), Kind.TEXT),
    ("list.csv", b"a,b", Kind.TABLE),
    ("-", '台账,,\n序号,问题,措施\n1,甲,"乙,\n丙"\n2,丁,戊\n'.encode(), Kind.TABLE),
    ("-", "序号,问题,措施\n1,甲,乙\n".encode("utf-16"), Kind.TABLE),
    ("list", "序号,问题,措施\n1,甲,乙\n".encode("gb18030"), Kind.TABLE),
    ("-", "序号,反馈问题,整改措施\n1,台账不全,补齐台账\n".encode(), Kind.TABLE),
    ("-", "一、情况,问题,措施\n1.甲,乙。\n2.丙,丁,戊,己。\n".encode(), Kind.TEXT),
    ("-", "序号,问题,措施".encode(), Kind.TEXT),
    ("-", "序号\t问题\t措施\n1\t甲\t乙\n".encode(), Kind.TEXT),
    ("list.txt", "序号,问题,措施\n1,甲,乙\n".encode(), Kind.TEXT),
    ("list.tsv", b"a\tb", Kind.TABLE),
    ("list.xls", b"a\tb", Kind.TABLE),
    ("list.xls", b"<html><table>", Kind.PAGE),
    ("notice.doc", b"\xff\xfe" + "<html xmlns:w='x'>".encode("utf-16-le"), Kind.PAGE),
    ("notice.txt", b" \n<!DOCTYPE html><html>", Kind.PAGE),
    ("notice.txt", b"<!-- saved from a page -->\n<html>", Kind.PAGE),
    ("notice.htm", b"plain", Kind.PAGE),
    ("-", b"<?xml version='1.0'?><html xmlns='x'>", Kind.PAGE),
    ("-", b"PK\x03\x04", Kind.PACKAGE),
    ("notice.txt", b"PK\x03\x04", Kind.PACKAGE),
    ("notice.odt", ZIPPED_TEXT, Kind.WRITING),
    ("list.ods", ZIPPED_TEXT.replace(b"text", b"spreadsheet"), Kind.SHEETS),
    ("-", compound("Root Entry", "WordDocument"), Kind.WRITING),
    ("-", compound("Root Entry", "Workbook"), Kind.SHEETS),
    ("notice.wps", compound("Root Entry"), Kind.WRITING),
    ("list.et", compound("Root Entry"), Kind.SHEETS),
    ("notice.txt", b"{\\rtf1", Kind.WRITING),
    ("list.xml", b"<?xml version='1.0'?>\n<?mso-application progid='Excel.Sheet'?>", Kind.SHEETS),
]


@pytest.mark.parametrize(("name", "data", "kind"), KINDS)
def test_the_kind_is_found_by_content_and_then_by_ending(name, data, kind):
    """What a file holds says how it is read; its ending counts only where a text could be several things."""
    assert kind_of(data, name, shown=name) == kind


@pytest.mark.parametrize("path", sorted(Path(__file__).with_name("notices").glob("*.[tm]*")), ids=str)
def test_a_notice_without_an_ending_is_text(path):
    """No notice of ours is taken for rows of fields when it comes through a pipe."""
    assert kind_of(path.read_bytes(), "-", shown="-") == Kind.TEXT


REFUSED = [
    ("notice.txt", b"%PDF-1.7", "PDF"),
    ("notice.docx", b"\x89PNG", "PNG"),
    ("scan.jpg", b"\xff\xd8\xff", "JPEG"),
    ("scan.bmp", b"BM\x00\x00", "BMP"),
    ("notices.rar", b"Rar!\x1a\x07\x01", "RAR"),
    ("notices.7z", b"7z\xbc\xaf\x27\x1c", "7z"),
    ("notice.xml", b"<?xml version='1.0'?><a/>", "XML"),
    ("notice.msg", compound("Root Entry", "__properties_version1.0"), "OLE"),
    ("notice.docx", compound("Root Entry", "EncryptionInfo", "EncryptedPackage"), "password"),
    ("list.xls", compound("Root Entry", "Workbook", "_VBA_PROJECT"), "macros"),
    ("program.log", b"text", "not of a kind that is read"),
    ("notice.py", b"text", "not of a kind that is read"),
]


@pytest.mark.parametrize(("name", "data", "words"), REFUSED)
def test_what_is_not_read_is_refused_by_name(tmp_path, name, data, words):
    """A scan, an archive, a protected file, one with macros: refused by its name, with what to do."""
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(RejectedInputError, match=words) as caught:
        received(path)
    assert caught.value.hint


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"a\x00b", "zero byte at 2"),
        (b"\xff\xff\xff\xff", "encodings that are read"),
        (bytes(range(1, 256)), "encodings that are read"),
    ],
)
def test_what_is_no_text_is_refused(data, words):
    """Bytes in no known encoding are refused, with what to do."""
    with pytest.raises(RejectedInputError, match=words) as caught:
        reading.decode(data)
    assert caught.value.hint


@pytest.mark.parametrize("text", ["BMW项目整改", "MZ-12号设备", "RIFF"])
def test_a_text_may_begin_like_a_picture(text):
    """Two letters that some kind of file begins with do not make a text such a file."""
    assert kind_of(text.encode(), "a.txt", shown="a") == Kind.TEXT


@pytest.mark.parametrize(
    ("declared", "encoding"), [("gb2312", "gbk"), ("GBK ", "gb18030"), ("Big5", "big5"), ("utf-8", "utf-8")]
)
def test_the_encoding_a_page_declares_is_believed_where_it_fits(declared, encoding):
    """A declared encoding is no guess; one that is not known, or does not fit, is passed over."""
    text = "台賬不全" if encoding == "big5" else "台账不全"
    assert reading.decode(text.encode(encoding), declared=declared) == (text, ())
    assert reading.decode(TEXT.encode("gb18030"), declared="unicode_escape")[0] == TEXT


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
        assert text_of(path)[0] == TEXT
