"""The one text of one record: written one way, read back the same, refused when it is not whole."""

from __future__ import annotations

import datetime as dt
import difflib
import tomllib
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ledger.errors import DamageError
from ledger.store import recordfile
from ledger.store.recordfile import (
    LARGEST_BYTES,
    UnreadableRecordError,
    checked,
    is_canonical,
    parse,
    read_toml,
    render,
)
from tests.store.conftest import DOCUMENT, FORM, LINES

if TYPE_CHECKING:
    import random

PATH = PurePosixPath("ledgers/demo/issues/0007-3f9k2mxa.toml")
SAMPLE = checked(DOCUMENT, LINES, FORM, path=PATH)

EXPECTED = """\
format = 1
uid = "01JX8K2M7Q4Z0T5B1C3F9K2MXA"
number = 7
title = "仓库钥匙无人登记"
unit = "后勤科"
criterion = \"""\\
钥匙出入登记率100%。\\
抽查无漏项。\"""
due = 2025-08-17
flags = ["rebound_prone", "two words"]
status = "active"
head = "sha256:41ab"

[[evidence]]
sha256 = "ab12"
name = "登记簿.pdf"
size = 512

[[measures]]
uid = "m1"
number = 1
text = \"""\\
设立登记簿。\\
每周核对一次；\"""
status = "active"

[[measures.points]]
number = 1
text = "买登记簿"
done_on = 2025-03-02

[[measures.points]]
number = 2
text = "定保管人"

[[measures.evidence]]
sha256 = "cd34"
name = "照片.jpg"

[[measures]]
uid = "m2"
number = 2
text = \"""\\
换锁
  东门先换\"""
due = 2025-06-30
status = "pending"

[history]
entries = [
  '{"by":"林某","do":"add","id":"1","note":"it\\u0027s"}',
  '{"by":"林某","do":"note","id":"2"}',
  '{"by":"周某","do":"edit","id":"3","why":"# no comment"}',
]
"""

#: Pieces that have broken writers of TOML before.
AWKWARD = st.lists(
    st.sampled_from(
        [
            *"甲。！？；!?; \t\n\r\\\"'#=“”《》（）　\x00\x0b\x7f\x85\u2028",
            '"""', "'''", "<<<<<<<", "=======", ">>>>>>>", "|||||||", "\n[history]\nentries = [\n", "  '", "',\n]\n",
            "𠀀", "e\u0301", "\\u0041", "\ufeff",
        ]
    ),
    max_size=12,
).map("".join)  # fmt: skip
TEXTS = AWKWARD | st.text(max_size=40)
KEYS = st.sampled_from(["title", "remark", "zeta", "alpha", "a b", "文", "x.y", '"', ""]) | st.text(
    max_size=5
)
SCALARS = (
    TEXTS
    | st.booleans()
    | st.integers(-(2**63), 2**63 - 1)
    | st.floats(allow_nan=False)
    | st.dates()
    | st.datetimes()
    | st.times()
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=6,
)
TABLES = st.dictionaries(KEYS.filter(lambda key: key not in ("history", "format")), VALUES, max_size=5)
ROWS = st.lists(st.dictionaries(KEYS, SCALARS, max_size=3), max_size=2)
ENTRIES = st.lists(
    st.text(st.characters(exclude_characters="'\x7f", exclude_categories=["Cs", "Cc"]), max_size=20),
    max_size=4,
)


@st.composite
def documents(draw: st.DrawFn) -> dict[str, Any]:
    """Any document at all, in the shape of a record or out of it."""
    made: dict[str, Any] = {"format": 1, **draw(TABLES)}
    made["measures"] = [
        {**draw(TABLES), "points": draw(ROWS), "evidence": draw(ROWS)} for _ in range(draw(st.integers(0, 2)))
    ]
    made["evidence"] = draw(ROWS)
    return made


def test_the_one_form() -> None:
    """A record stands in its file exactly as the contract shows it."""
    assert SAMPLE.decode() == EXPECTED


def test_reads_back_the_same() -> None:
    """Reading gives the document without its history, and the entries as they are hashed."""
    record = parse(SAMPLE, path=PATH)
    assert (record.document, record.lines, record.crlf) == (DOCUMENT, LINES, False)


@given(TEXTS)
@example("第一句。 \n\n 第二句；\t第三句\\")
@example('he said "no"; she said """yes"""')
@example("\n;\n")
@example(" ;  ;x")
@example("甲\n<<<<<<< HEAD\n乙\n=======\n丙\n>>>>>>> b")
@example(";<<<<<<< ;>>>>>>>")
@example("<<<<<<< a\n")
@example("a;\r\nb;")
def test_every_text_reads_back(text: str) -> None:
    """Whatever somebody writes is kept to the letter, by our reader and by the standard one."""
    data = checked({"format": 1, "remark": text}, (), FORM)
    assert parse(data, path=PATH).document["remark"] == text
    assert tomllib.loads(data.decode())["remark"] == text


@given(documents(), ENTRIES)
def test_every_document_reads_back(document: dict[str, Any], lines: list[str]) -> None:
    """Unknown keys and values of every kind are kept, and the form of what was read is the form written."""
    data = checked(document, lines, FORM)
    expected = {**document, "history": {"entries": lines}}
    assert tomllib.loads(data.decode()) == expected
    quick = recordfile._quickly(data.decode())  # noqa: SLF001
    assert quick == (document, tuple(lines))
    assert data == render(quick[0], quick[1], FORM).encode()


@given(documents(), st.randoms(use_true_random=False))
def test_equal_documents_give_equal_bytes(document: dict[str, Any], chance: random.Random) -> None:
    """The order in which keys happen to lie in memory does not show in a file."""
    keys = list(document)
    chance.shuffle(keys)
    assert render({key: document[key] for key in keys}, (), FORM) == render(document, (), FORM)


def test_unknown_keys_follow_the_known_sorted(document: dict[str, Any]) -> None:
    """A key of a newer or a curious hand comes last and stays."""
    document = {"zeta": 1, "alpha": {"b": [1, {"c": "甲。乙"}]}, **document}
    text = render(document, LINES, FORM)
    head = text.split("\n\n", 1)[0].splitlines()
    assert head[-2:] == ['alpha = { b = [1, { c = "甲。乙" }] }', "zeta = 1"]


@given(
    st.lists(st.sampled_from(["甲乙", "丙。", "丁！", "“戊。”", "己；", "庚 "]), min_size=1, max_size=8).map(
        "".join
    )
)
def test_one_sentence_a_line(text: str) -> None:
    """A changed sentence changes its own line: no line holds the end of one and the start of another."""
    from ledger.domain.text import sentences

    shown = render({"format": 1, "remark": text}, None, FORM).split("remark = ", 1)[1]
    lines = shown.removeprefix('"""\\\n').rstrip("\n").split("\\\n")
    assert len(lines) == max(len(sentences(text)), 1)


def test_an_entry_adds_one_line(document: dict[str, Any]) -> None:
    """A new entry shows in a diff as one line, beside the head and the fields it changes."""
    document["head"] = "sha256:99ff"
    after = render(document, (*LINES, '{"do":"note","id":"4"}'), FORM)
    diff = list(difflib.unified_diff(EXPECTED.splitlines(), after.splitlines(), lineterm="", n=0))
    changed = [line for line in diff if line[0] in "+-" and line[:3] not in ("+++", "---")]
    assert changed == ['-head = "sha256:41ab"', '+head = "sha256:99ff"', '+  \'{"do":"note","id":"4"}\',']


def test_without_history() -> None:
    """A plan has no history of its own: no empty one is written."""
    assert render({"format": 1, "number": 2}, None, FORM) == "format = 1\nnumber = 2\n"


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


def test_history_inside_a_text_is_text() -> None:
    """The words that open a history may stand in a field without being taken for one."""
    text = "甲\n[history]\nentries = [\n  'x',\n]\n"
    data = checked({"format": 1, "remark": text, "head": "h"}, ("e",), FORM)
    record = parse(data, path=PATH)
    assert (record.document["remark"], record.lines) == (text, ("e",))


def test_history_in_another_spelling_is_read() -> None:
    """A history that another program laid out differently says the same."""
    other = 'format = 1\nhead = "h"\nhistory.entries = ["a", """b"""]\n'
    record = parse(other.encode(), path=PATH)
    assert (record.document, record.lines) == ({"format": 1, "head": "h"}, ("a", "b"))
    assert not is_canonical(other.encode(), record, FORM)


def test_line_ends_of_a_checkout() -> None:
    """A checkout with CRLF holds the same record, in the one form."""
    data = SAMPLE.replace(b"\n", b"\r\n")
    record = parse(data, path=PATH)
    assert (record.document, record.lines, record.crlf) == (DOCUMENT, LINES, True)
    assert is_canonical(data, record, FORM)


def test_byte_order_mark() -> None:
    """A mark that an editor put in front is read over, but it is not the one form."""
    data = b"\xef\xbb\xbf" + SAMPLE
    record = parse(data, path=PATH)
    assert record.document == DOCUMENT
    assert not is_canonical(data, record, FORM)


@pytest.mark.parametrize(
    ("old", "new"),
    [("number = 7", "number = 0x7"), ('unit = "后勤科"\n', ""), ("\n[[evidence]]", "[[evidence]]")],
)
def test_is_canonical_sees_another_spelling(old: str, new: str) -> None:
    """The one form is one: another spelling of the same, or keys out of order, are not it."""
    assert is_canonical(SAMPLE, parse(SAMPLE, path=PATH), FORM)
    data = EXPECTED.replace(old, new).encode()
    if not new:
        data = data.replace(b"format = 1\n", 'format = 1\nunit = "后勤科"\n'.encode())
    assert not is_canonical(data, parse(data, path=PATH), FORM)


def replaced(old: str, new: str) -> bytes:
    return EXPECTED.replace(old, new, 1).encode()


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


@pytest.mark.parametrize("lines", [("it's",), ("a\nb",), ("a\x7f",), ("x', 'y",)])
def test_entries_that_do_not_fit_are_not_written(lines: tuple[str, ...]) -> None:
    """A line that a literal string cannot hold never reaches a file."""
    with pytest.raises(DamageError):
        checked({"format": 1}, lines, FORM, path=PATH)


@pytest.mark.parametrize(
    "document",
    [{"format": 1, "title": "\ud800"}, {"format": 1, "flags": ("a",)}, {"format": 1, "x": float("nan")}],
)
def test_what_does_not_read_back_is_not_written(document: dict[str, Any]) -> None:
    """A record that would come back as something else is refused before anything is written."""
    with pytest.raises(DamageError):
        checked(document, (), FORM, path=PATH)


def test_what_git_would_take_for_a_conflict_is_not_written(monkeypatch: pytest.MonkeyPatch) -> None:
    """Should the writer ever begin a line with such a mark, its work is refused though it reads back."""
    text = 'format = 1\nremark = """\n甲\n<<<<<<< HEAD\n乙"""\n'
    monkeypatch.setattr(recordfile, "render", lambda *_given: text)
    with pytest.raises(DamageError):
        checked({"format": 1, "remark": "甲\n<<<<<<< HEAD\n乙"}, None, FORM, path=PATH)


def test_a_document_without_history_is_written_as_it_is() -> None:
    """Settings and plans have none; nothing of one is made up."""
    data = checked({"format": 1, "title": "甲"}, None, FORM, path=PATH)
    assert (data, parse(data, path=PATH).lines) == ('format = 1\ntitle = "甲"\n'.encode(), ())


def test_other_files_share_the_reader() -> None:
    """Settings are read with the same limits and the same messages, without a format of their own."""
    assert read_toml(b"a = 2025-03-01\n", path=PATH) == {"a": dt.date(2025, 3, 1)}
    with pytest.raises(UnreadableRecordError) as caught:
        read_toml(b"a = 1\n<<<<<<< HEAD\n", path=PATH)
    assert caught.value.line == 2
