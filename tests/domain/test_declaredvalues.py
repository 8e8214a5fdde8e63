"""Values of declared fields: as typed, as kept, and what does not fit."""

from __future__ import annotations

import datetime as dt
from types import MappingProxyType

import pytest

from ledger.domain.declaration import DeclaredField, FieldType, Label
from ledger.domain.declaredvalues import misfit, read
from ledger.errors import LedgerError, UsageError

TODAY = dt.date(2025, 7, 1)
CODES = MappingProxyType({"new": Label("新建", "new one"), "revised": Label("修订", "revised")})


def field(kind: str, name: str = "x", **more) -> DeclaredField:
    """A field of a type."""
    codes = CODES if kind == "code" else {}
    return DeclaredField(name, Label("某", "some"), FieldType(kind), codes=codes, **more)


@pytest.mark.parametrize(
    ("kind", "words", "kept"),
    [
        ("text", " one\r\ntwo ", "one\ntwo"),
        ("line", " 张　三 ", "张　三"),
        ("date", "2025年3月1日", "2025-03-01"),
        ("date", "昨天", "2025-06-30"),
        ("number", "1,200", 1200),
        ("number", "１２", 12),
        ("number", "12.0", 12),
        ("serial", "第12期", 12),
        ("money", "2万元", "20000"),
        ("flag", "是", True),
        ("flag", "No", False),
        ("list", "甲、乙，丙;甲", ["甲", "乙", "丙"]),
        ("code", "修订", "revised"),
        ("code", "New One", "new"),
        ("code", "REVISED", "revised"),
        ("link", "7、7.2", ["7", "7.2"]),
    ],
)
def test_what_is_typed_is_kept_in_one_form(kind, words, kept):
    """And what is kept fits the field it was typed into."""
    value = read(field(kind), words, today=TODAY)
    assert value == kept
    assert type(value) is type(kept)
    assert not misfit(field(kind), value)


def test_the_day_a_record_is_of_is_a_date():
    """It is the one field every record has; others are text in the file."""
    assert read(field("date", "on"), "2025-03-01", today=TODAY) == dt.date(2025, 3, 1)


@pytest.mark.parametrize("kind", list(FieldType))
def test_nothing_is_nothing(kind):
    """Blanks are no value of any field."""
    assert read(field(str(kind)), " \u3000", today=TODAY) is None
    assert not misfit(field(str(kind)), None)


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("line", "a\nb"),
        ("line", "a\u202eb"),
        ("date", "2025-02-30"),
        ("date", "soon"),
        ("number", "-1"),
        ("number", "1.5"),
        ("number", "9" * 30),
        ("number", "²"),
        ("serial", "0"),
        ("serial", "99999999999"),
        ("money", "12 apples"),
        ("flag", "perhaps"),
        ("code", "abolished"),
        ("text", "x" * 70_000),
    ],
)
def test_what_does_not_fit_is_refused(kind, words):
    """With a hint, and without a guess."""
    with pytest.raises(LedgerError) as caught:
        read(field(kind), words, today=TODAY)
    assert caught.value.hint


def test_a_code_that_is_not_known_is_refused_with_those_that_are():
    """So that a clerk sees the words of the vocabulary."""
    with pytest.raises(UsageError) as caught:
        read(field("code"), "废止", today=TODAY)
    assert "revised 修订" in caught.value.hint


@pytest.mark.parametrize(
    ("kind", "kept"),
    [
        ("text", 1), ("line", "a\nb"), ("date", "2025-2-1"), ("date", "20250201"), ("date", "x"),
        ("number", "12"), ("number", -1), ("number", True), ("serial", 0), ("money", "1.50"), ("money", 5),
        ("flag", "yes"), ("code", "abolished"), ("code", 1), ("list", "a"), ("list", [1]), ("link", "x"),
        ("unit", ["a"]),
    ],
)  # fmt: skip
def test_what_a_record_keeps_otherwise_does_not_fit(kind, kept):
    """A hand edit, or a declaration that changed since."""
    assert misfit(field(kind), kept)
