"""Markdown in which no field can break out."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from ledger.domain.text import visible
from ledger.reports.as_markdown import Page, cell, table, text
from ledger.reports.views import Column, Fact, Facts, Footnote, Kind, Paragraph, Section, Table

PARSER = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
PAGE = Page("{name}: {value}", "How it is counted", "en")

NASTY = [
    "a|b", "\\|", "a\\", "`code`", "<script>alert(1)</script>", "<br>", "&lt;", "&amp;copy;", "# heading", "#", "x #",
    "- item", "+ item", "* item", "1. item", "23) item", "1.", "===", "---", "***", "> quote", "[a](http://x)", "![i](j)",
    "https://example.org", "www.example.org", "a@example.org", "://", ":---:", "| a | b |", "**bold**", "_a_ __b__", "~~x~~",
    "{{ 7*7 }}", "{% raw %}", "{#id}", "line one\nline two", "a\r\nb", "  \n  # x", "    code", "\tcode", "=1+1", "% title",
    ": term", "[^1]: note", "[a]: /url", "$x^2$", "\x1b[31m", "\u202eabc", "a\u2028b", "整改|台账\n1. 修订", "```\nx\n```", "",
]  # fmt: skip

anything = st.one_of(
    st.sampled_from(NASTY),
    st.text(max_size=40),
    st.text(alphabet="\\|`*_[]()<>#+-=.!~&:@$%^{}1 \n\tw整", max_size=30),
)


def plain(words: str) -> str:
    """What a reader should see of a text: its lines, with <br> between them."""
    lines = visible(words.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")).strip().split("\n")
    return "<br>".join(line.strip(" ") for line in lines)


def seen(token) -> str:
    assert {child.type for child in token.children} <= {"text"}, token
    return "".join(child.content for child in token.children)


def shape(source: str) -> list[str]:
    return [token.type for token in PARSER.parse(source) if token.type != "inline"]


def texts(source: str) -> list[str]:
    return [seen(token) for token in PARSER.parse(source) if token.type == "inline"]


@given(anything)
def test_a_paragraph_reads_as_its_text(words):
    """Whatever a field holds, Markdown reads it as one paragraph of plain text, every character there."""
    source = text(words)
    assert "\n" not in source
    if plain(words):
        assert shape(source) == ["paragraph_open", "paragraph_close"]
        assert texts(source) == [plain(words)]


@given(anything)
def test_a_heading_reads_as_its_text(words):
    """A section's title stays one heading; without a title there is none."""
    source = PAGE.body(Section("s", words, (Paragraph("end"),)))
    heading = ["heading_open", "heading_close"] if words else []
    assert shape(source) == [*heading, "paragraph_open", "paragraph_close"]
    assert texts(source) == [*([plain(words)] if words else []), "end"]


@given(anything, anything, anything)
def test_a_table_keeps_its_cells(heading, one, two):
    """A table has its rows and columns, each cell reading as its text."""
    columns = (Column("a", heading), Column("b", "B"))
    source = table(Table(columns, ((one, two), (two, one)), empty="", total=(one, two)))
    assert shape(source).count("tr_open") == 4
    assert (shape(source).count("th_open"), shape(source).count("td_open")) == (2, 6)
    assert texts(source) == [plain(each) for each in (heading, "B", one, two, two, one, one, two)]


@given(anything, anything)
def test_a_fact_keeps_its_line(name, value):
    """Facts are a list with one plain line each."""
    source = PAGE.facts(Facts((Fact("a", name, value), Fact("b", "end", 1))))
    assert shape(source).count("list_item_open") == 2
    assert shape(source).count("bullet_list_open") == 1
    assert texts(source)[1] == "end: 1"
    if plain(value):
        assert texts(source)[0] == f"{plain(name)}: {plain(value)}".strip()


@given(anything)
def test_a_footnote_keeps_its_line(words):
    """Definitions are a numbered list of plain lines."""

    class Report:
        footnotes = (Footnote("a", "rate", words), Footnote("b", "end", "x"))

    source = PAGE.footnotes(Report)
    assert shape(source).count("list_item_open") == 2
    assert shape(source).count("ordered_list_open") == 1


@pytest.mark.parametrize(
    ("value", "kind", "expected"),
    [
        (None, Kind.TEXT, ""),
        (None, Kind.PERCENT, "-"),
        (None, Kind.DATE, "-"),
        (None, Kind.NUMBER, ""),
        (0, Kind.NUMBER, "0"),
        (-3, Kind.NUMBER, "\\-3"),
        (Decimal("60.9"), Kind.PERCENT, "60.9%"),
        (Decimal("100.0"), Kind.PERCENT, "100.0%"),
        (dt.date(2025, 6, 30), Kind.DATE, "2025-06-30"),
        ("7.2", Kind.TEXT, "7.2"),
        ("关于“文风”的问题。", Kind.TEXT, "关于“文风”的问题。"),
        ("a\nb", Kind.TEXT, "a<br>b"),
        ("a|b", Kind.TEXT, "a\\|b"),
    ],
)
def test_values_by_kind(value, kind, expected):
    """Each kind of value has its one form; ordinary Chinese text is not touched."""
    assert cell(value, kind) == expected


def test_an_empty_table_is_a_sentence():
    """A table without rows says so; a place to be filled in by hand is a line to write on."""
    assert table(Table((Column("a", "A"),), (), "Nothing was closed.")) == "Nothing was closed."
    assert PAGE.facts(Facts((Fact("a", "signed by", ""),))) == r"- signed by: \_\_\_\_\_\_\_\_"


def test_numbers_stand_on_the_right():
    """Columns of numbers and shares are aligned to the right."""
    columns = (Column("a", "A"), Column("b", "B", Kind.NUMBER), Column("c", "C", Kind.PERCENT))
    assert (
        table(Table(columns, (("x", 1, None),), "")) == "| A | B | C |\n| --- | ---: | ---: |\n| x | 1 | - |"
    )


def test_an_empty_sparse_column_is_left_out():
    """A sparse column in which nothing stands is left out; any other stays."""
    columns = (
        Column("a", "A"),
        Column("b", "B", sparse=True),
        Column("c", "C", Kind.NUMBER, sparse=True),
        Column("d", "D"),
    )
    assert table(Table(columns, (("x", "", 0, ""), ("y", "", 1, "")), "")) == (
        "| A | C | D |\n| --- | ---: | --- |\n| x | 0 |  |\n| y | 1 |  |"
    )


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("https://example.org/a", "https\\://example.org/a"),
        ("see www.example.org", "see www\\.example.org"),
        ("a@example.org", "a\\@example.org"),
        ("时间: 9:00", "时间: 9:00"),
    ],
)
def test_nothing_becomes_a_link_by_itself(words, expected):
    """Addresses are escaped where a program would make links of them; other colons and dots stay."""
    assert text(words) == expected
