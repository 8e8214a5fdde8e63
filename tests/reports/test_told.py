"""What a report says, text by text."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest

from ledger import reports
from ledger.reports.told import grid, lost, plain, printed, texts
from ledger.reports.views import (
    Column,
    Fact,
    Facts,
    Footnote,
    Form,
    FormCell,
    Kind,
    Official,
    Paragraph,
    Report,
    Section,
    Stamp,
    Table,
)
from tests.office import AS_OF, basis, material

TABLE = Table(
    (Column("a", "A"), Column("b", "B", Kind.PERCENT, sparse=True), Column("c", "C", sparse=True)),
    (("x", Decimal("60.9"), ""), ("y", None, None)),
    "nothing",
    "T",
    ("sum", None, 0),
)
REPORT = Report(
    kind="status",
    title="Title",
    language="en",
    facts=Facts((Fact("org", "office", "Willow"), Fact("n", "count", 0, Kind.NUMBER))),
    sections=(
        Section(
            "one",
            "One",
            (Paragraph("first\nsecond"), TABLE),
            (
                Section(
                    "in", "", (Form("Form", (1, 1), ((FormCell("label", label=True), FormCell("box")),)),)
                ),
            ),
        ),
        Section("two", "Two", (replace(TABLE, rows=(), total=None),)),
    ),
    footnotes=(Footnote("f", "term", "meaning"),),
    signatures=Facts((Fact("by", "signed by", ""),)),
    stamp=Stamp(AS_OF, None, 0, "", "1", "stamp"),
    official=Official(
        "draft", "〔2025〕3号", "To:", ("annex",), ("contact",), "Office", dt.date(2025, 6, 30), "copies"
    ),
)
TOLD = [
    "draft", "〔2025〕3号", "Title", "To:", "office", "Willow", "count", "0",
    "One", "first\nsecond", "T", "A", "B", "x", "60.9%", "y", "-", "sum", "-",
    "Form", "label", "box", "Two", "T", "nothing",
    "annex", "contact", "Office", "2025-06-30", "copies", "term", "meaning", "signed by", "stamp",
]  # fmt: skip


def test_every_text_is_told_in_order():
    """Head, sections as they lie inside one another, tables row by row, and what closes the document."""
    assert list(texts(REPORT)) == TOLD


LINES = [line for text in TOLD for line in text.split("\n")]


@pytest.mark.parametrize("line", [line for line in LINES if LINES.count(line) == 1])
def test_what_is_left_out_is_found(line):
    """Whichever line a file lacks is named."""
    assert lost(REPORT, [each for each in LINES if each != line]) == line


def test_a_whole_file_lacks_nothing():
    """Whatever else stands in a file; but lines in another order are not what the report says."""
    assert lost(REPORT, ["before", *LINES, "after"]) == ""
    assert lost(REPORT, reversed(LINES)) == "〔2025〕3号"


def test_blanks_make_no_difference():
    """How a file spaces its lines says nothing."""
    spaced = [f"  {line} " for text in TOLD for line in text.split("\n")]
    assert lost(REPORT, spaced) == ""


@pytest.mark.parametrize("kind", reports.KINDS)
def test_markdown_says_all_of_it(kind):
    """The Markdown of every kind holds every text of its view."""
    report = reports.build(material(kind, rests=basis("en")))
    document = reports.render(report, "md").decode().replace("\\", "")
    assert [text for text in texts(report) if text.split("\n")[0] not in document] == []


def test_a_sparse_column_is_printed_where_something_stands_in_it():
    """The values stay what they are; the total is the last row."""
    columns, rows = grid(TABLE)
    assert [each.key for each in columns] == ["a", "b"]
    assert rows == (("x", Decimal("60.9")), ("y", None), ("sum", None))


@pytest.mark.parametrize(
    ("value", "kind", "expected"),
    [
        (None, Kind.TEXT, ""),
        (None, Kind.NUMBER, ""),
        (None, Kind.DATE, "-"),
        (None, Kind.PERCENT, "-"),
        (Decimal("0.0"), Kind.PERCENT, "0.0%"),
        (dt.date(2025, 6, 30), Kind.DATE, "2025-06-30"),
        (-3, Kind.NUMBER, "-3"),
        ("a\r\nb\rc\td", Kind.TEXT, "a\nb\nc\td"),
        ("\x00\u202e\ufffe", Kind.TEXT, "\\x00\\u202e\\ufffe"),
    ],
)
def test_values_as_text(value, kind, expected):
    """Each kind of value has its one form; what nobody would see is spelt out."""
    assert plain(value, kind) == expected
    assert printed(expected) == expected
