"""The quick reader gives what the TOML reader gives, and calls proved only what our writer would write."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ledger.errors import DamageError
from ledger.store import recordfile
from ledger.store.recordfile import RecordText, checked, is_canonical, parse, render
from ledger.store.recordreader import Reader
from tests.store.conftest import DOCUMENT, FORM, LINES
from tests.store.documents import ENTRIES, EXPECTED, PATH, TEXTS, documents

READER = Reader(FORM)

#: Values as records hold them: sentences, names, dates, numbers, lists of names.
WORDS = st.text(st.sampled_from("甲乙丙。；！，“”（）a !;"), min_size=1, max_size=20)
ORDINARY = (
    WORDS | st.dates(dt.date(1000, 1, 1)) | st.integers(1, 10**17) | st.lists(WORDS, min_size=1, max_size=3)
)


def table(*keys: str) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({}, optional=dict.fromkeys(keys, ORDINARY))


@st.composite
def records(draw: st.DrawFn) -> dict[str, Any]:
    """A document that holds nothing but what a record holds."""
    made = {"format": 1, "head": "sha256:41ab", **draw(table("title", "unit", "due", "flags", "remark"))}
    made["evidence"] = draw(st.lists(table("sha256", "name", "size"), max_size=2))
    made["measures"] = [
        {
            **draw(table("uid", "number", "text", "due")),
            "points": draw(st.lists(table("number", "text"), max_size=2)),
            "evidence": draw(st.lists(table("sha256", "name"), max_size=1)),
        }
        for _ in range(draw(st.integers(0, 2)))
    ]
    for home in (made, *made["measures"]):
        for name in ("points", "evidence", "measures"):
            if not home.get(name, True):
                del home[name]
    return made


def said(data: bytes, reader: Reader | None) -> object:
    """What is read, told apart by kind (1 is not true), or why nothing is."""
    try:
        record = parse(data, path=PATH, reader=reader)
    except DamageError as error:
        return error.message, error.hint
    return repr(record[:4])


def proved(data: bytes) -> RecordText | None:
    try:
        record = parse(data, path=PATH, reader=READER)
    except DamageError:
        return None
    return record if record.proved else None


def holds(data: bytes) -> None:
    """Both readers say the same, and what is proved is what the writer makes."""
    assert said(data, READER) == said(data, None)
    record = proved(data)
    if record is not None:
        assert render(record.document, record.lines, FORM).encode() == data.replace(b"\r\n", b"\n")


def test_our_own_form_is_proved() -> None:
    """The sample, with all that a record can hold, needs no TOML reader and no second writing."""
    record = proved(EXPECTED.encode())
    assert record is not None
    assert (record.document, record.lines) == (DOCUMENT, LINES)


@given(records(), ENTRIES.filter(bool))
def test_what_the_program_writes_is_proved(document: dict[str, Any], lines: list[str]) -> None:
    """The quick way is the usual way: a record of ordinary values takes it."""
    data = checked(document, lines, FORM, path=PATH)
    record = proved(data)
    assert record is not None
    assert (repr(record.document), record.lines) == (repr(parse(data, path=PATH).document), tuple(lines))


@given(documents(), ENTRIES)
def test_any_document_reads_the_same(document: dict[str, Any], lines: list[str]) -> None:
    """Whatever stands in a file, both readers agree; most of it is no record."""
    holds(render({**document, "head": "x"} if lines else document, lines, FORM).encode("utf-8", "replace"))


@given(st.data())
def test_garbled_files_read_the_same(data: st.DataObject) -> None:
    """A few bytes taken out, put in or doubled anywhere: nothing is read otherwise than by TOML."""
    text = EXPECTED
    for _ in range(data.draw(st.integers(1, 3))):
        start = data.draw(st.integers(0, len(text)))
        end = min(len(text), start + data.draw(st.integers(0, 30)))
        piece = data.draw(
            st.sampled_from(
                [*"\n\"\\[]=# \t'", "\\\n", '"""', "\n\n", "[[measures]]\n", "[[evidence]]\n", "number = 1\n"]
            )
            | st.just(text[start:end])
            | TEXTS
        )
        text = text[:start] + piece + text[end if data.draw(st.booleans()) else start :]
    holds(text.encode("utf-8", "replace"))


@given(TEXTS)
@example("甲。乙。")
@example("甲。\n乙")
@example("“甲。乙”")
@example("甲。=======")
@example('甲。"乙"。\\丙')
def test_any_text_reads_the_same(text: str) -> None:
    """Sentences, quotes, escapes, signs of git: a text alone in its field."""
    holds(render({"format": 1, "title": text, "head": "x"}, LINES, FORM).encode("utf-8", "replace"))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("number = 7", "number = 0x7"),
        ("number = 7", "number  = 7"),
        ("number = 7", "number = 07"),
        ("number = 7", "number = 7 # seven"),
        ("due = 2025-08-17", "due = 2025-02-30"),
        ("due = 2025-08-17", "due = 2025-08-17T00:00:00"),
        ('unit = "后勤科"', "unit = '后勤科'"),
        ('unit = "后勤科"', 'unit = "\\u540e勤科"'),
        ('unit = "后勤科"', 'unit = "后勤科。二科"'),
        ('unit = "后勤科"', 'unit = """后勤科"""'),
        ('unit = "后勤科"\n', 'unit = "后勤科"\nzeta = 1\n'),
        ('unit = "后勤科"\n', 'unit = "后勤科"\nunit = "后勤科"\n'),
        ("100%。\\\n", "100%。\\\n  "),
        ("100%。\\\n抽", "100%。抽"),
        ("钥匙出入", "钥匙\\\n出入"),
        ('["rebound_prone", "two words"]', '["rebound_prone","two words"]'),
        ('["rebound_prone", "two words"]', '["rebound_prone", "two words",]'),
        ("[[measures.points]]\nnumber = 1", "[[measures.evidence]]\nname = 1\n\n[[measures.points]]\nnumber = 1"),
        ("[[evidence]]", "[[measures]]\n\n[[evidence]]"),
        ("[[evidence]]", "[[measures.points]]\n\n[[evidence]]"),
        ("[[measures]]", "[[measures.points]]\nnumber = 1\n\n[[measures]]"),
        ("[[evidence]]", "[[others]]\n\n[[evidence]]"),
        ("\n[[evidence]]", "[[evidence]]"),
        ("\n[[evidence]]", "\n\n[[evidence]]"),
        ("\n[history]", "[history]"),
        ("\n[history]", "\n\n[history]"),
        ("format = 1", "\ufeffformat = 1"),
        ("'{\"by\":\"林某\",\"do\":\"note\"", "\"{'by':'林某','do':'note'"),
        ("entries = [\n", "entries = [\n\n"),
        ("entries = [\n  '", "entries = [\n '"),
        ("100%。\\\n抽", "100%。\\\n=======抽"),
        ('"id":"2"}\',', '"id":"2"}\', \'x\','),
        ('"id":"2"}\',', '"id":"\n2"}\','),
        ('"id":"2"}\',', '"id":"\x7f2"}\','),
        ("comment\"}',\n]\n", "comment\"}'\n]\n"),
        ("comment\"}',\n]\n", "comment\"}',\n]\n\n"),
    ],
)  # fmt: skip
def test_another_spelling_is_not_proved(old: str, new: str) -> None:
    """Each way to say the same otherwise, or something else, is left to the TOML reader."""
    assert old in EXPECTED
    for text in (EXPECTED, EXPECTED.replace("仓库钥匙", "仓库\u202e钥匙")):
        assert proved(text.encode()) is not None
        data = text.replace(old, new, 1).encode()
        assert proved(data) is None
        holds(data)


def test_what_is_not_seen_is_not_plain() -> None:
    """The form may be ours where a text is not harmless: the two are known apart."""
    seen = proved(EXPECTED.encode())
    hidden = proved(EXPECTED.replace("仓库钥匙", "仓库\u202e钥匙").encode())
    assert seen is not None
    assert hidden is not None
    assert (seen.plain, hidden.plain) == (True, False)


def test_line_ends_of_a_checkout_are_proved_too() -> None:
    """Git may have changed them; the form is the same."""
    data = EXPECTED.replace("\n", "\r\n").encode()
    record = proved(data)
    assert record is not None
    assert (record.crlf, is_canonical(data, record, FORM)) == (True, True)


def test_a_proved_file_is_canonical_without_writing_it_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """That is what makes a check quick."""
    monkeypatch.setattr(recordfile, "render", None)
    record = parse(EXPECTED.encode(), path=PATH, reader=READER)
    assert is_canonical(EXPECTED.encode(), record, FORM)
