"""Text that lines up: filling, cutting, wrapping and tables where 中文 takes two columns a character."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.domain.text import visible, width
from ledger.ui.table import NOT_FIRST, NOT_LAST, Column, Toned, aligned, cut, fitted, head, pad, wrap

TEXT = st.text(st.sampled_from("ab 1.,（）《》“”，。整改措施-·e\u0301👨"), max_size=60)


@pytest.mark.parametrize(
    ("text", "columns", "right", "expected"),
    [
        ("整改", 6, False, "整改  "),
        ("整改", 6, True, "  整改"),
        ("abc", 2, False, "abc"),
        ("", 2, False, "  "),
    ],
)
def test_padding_counts_columns(text, columns, right, expected):
    """Filling up counts columns of the screen and never takes anything away."""
    assert pad(text, columns, right=right) == expected


@pytest.mark.parametrize(
    ("text", "columns", "expected"),
    [("整改措施", 8, "整改措施"), ("整改措施", 7, "整改..."), ("整改措施", 6, "整..."), ("abcdef", 5, "ab..."), ("整改", 2, ".."), ("整改", 0, "")],
)  # fmt: skip
def test_cutting_says_that_something_is_missing(text, columns, expected):
    """A cut text ends in dots and is never wider than asked."""
    assert cut(text, columns) == expected


@given(TEXT, st.integers(0, 30))
def test_a_head_is_the_longest_beginning_that_fits(text, columns):
    """The beginning kept fits, and one character more would not."""
    kept = head(text, columns)
    assert text.startswith(kept)
    assert width(kept) <= columns
    assert kept == text or width(text[: len(kept) + 1]) > columns


@pytest.mark.parametrize(
    ("text", "columns", "lines"),
    [
        ("", 10, [""]),
        ("整改台账", 10, ["整改台账"]),
        ("整改台账管理", 8, ["整改台账", "管理"]),
        ("已完成整改，待销号", 10, ["已完成整", "改，待销号"]),
        ("见《整改方案》附件", 6, ["见《整", "改方", "案》附", "件"]),
        ("use ledger list 查看全部", 12, ["use ledger", "list 查看全", "部"]),
        ("a-very-long-word 整改", 6, ["a-very", "-long-", "word", "整改"]),
        ("两  blanks", 4, ["两", "blan", "ks"]),
    ],
)
def test_lines_break_where_chinese_and_english_may(text, columns, lines):
    """Lines break at blanks and between 汉字; no closing mark begins a line, no opening mark ends one."""
    assert wrap(text, columns) == lines


@given(TEXT, st.integers(2, 30))
def test_wrapping_loses_nothing_and_fits(text, columns):
    """Whatever the text, every line fits, and only blanks are dropped."""
    lines = wrap(text, columns)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(width(line) <= columns for line in lines)


@given(st.text(st.sampled_from("整改措施，。《》“”"), max_size=40), st.integers(8, 30))
def test_marks_stand_where_they_may(text, columns):
    """Unless marks alone fill a line, none stands where it may not."""
    lines = wrap(text, columns)
    for before, after in zip(lines, lines[1:], strict=False):
        run = "".join(before[-1:] + after[:1])
        broken = after[:1] in NOT_FIRST or before[-1:] in NOT_LAST
        if broken:
            piece = text[max(text.find(run) - columns, 0) : text.find(run) + columns]
            assert sum(each in NOT_FIRST or each in NOT_LAST for each in piece) >= 2


COLUMNS = (Column("序号", whole=True), Column("问题"), Column("天数", align="right"))


def test_columns_line_up():
    """Cells stand under their heading whatever characters they are made of; numbers stand at the right."""
    rows = [("7", "文风不实", "15"), ("12.1", "a", "9"), ("", "", "")]
    assert list(aligned(COLUMNS, rows, None)) == [
        "序号  问题      天数",
        "7     文风不实    15",
        "12.1  a            9",
        "",
    ]


def test_a_table_fits_the_screen():
    """Where the screen is narrow the widest column is cut first, ids last."""
    rows = [("7", "文风不实作风不严谨责任未压实", "15")]
    assert list(aligned(COLUMNS, rows, 24)) == [
        "序号  问题          天数",
        "7     文风不实...     15",
    ]


def test_colour_takes_no_room():
    """A toned cell is painted after it was filled up, so that columns still line up."""
    rows = [("7", Toned("红", "bad"), "15")]
    shown = list(aligned(COLUMNS, rows, None, lambda text, tone: f"<{tone}:{text}>"))
    assert shown[1] == "7     <bad:红  >    15"
    assert list(aligned(COLUMNS, rows, None))[1] == "7     红      15"


@given(st.lists(st.tuples(TEXT, TEXT, TEXT), max_size=5), st.integers(9, 60))
def test_no_line_is_wider_than_the_screen(rows, columns):
    """Whatever the cells, no line of a table is wider than asked."""
    shown = [tuple(visible(cell) for cell in row) for row in rows]
    assert all(width(line) <= columns for line in aligned(COLUMNS, shown, columns))


@pytest.mark.parametrize(
    ("widths", "whole", "room", "expected"),
    [
        ([5, 30], [False, False], 40, [5, 30]),
        ([5, 30], [False, False], 25, [5, 20]),
        ([20, 30], [True, False], 30, [20, 10]),
        ([20, 30], [True, False], 20, [12, 8]),
        ([3, 3], [False, False], 2, [1, 1]),
    ],
)
def test_the_widest_column_gives_first(widths, whole, room, expected):
    """Columns give in order of width down to a floor, whole ones only when the others cannot."""
    assert fitted(widths, whole, room) == expected
