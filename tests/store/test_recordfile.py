"""The one text of one record: written one way, read back the same."""

from __future__ import annotations

import datetime as dt
import difflib
import tomllib
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ledger.errors import DamageError
from ledger.store import recordfile
from ledger.store.recordfile import UnreadableRecordError, checked, parse, read_toml, render
from tests.store.conftest import DOCUMENT, FORM, LINES

if TYPE_CHECKING:
    import random
from tests.store.documents import ENTRIES, EXPECTED, PATH, SAMPLE, TEXTS, documents


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
