"""Pages fit the screen they are made for, lose no word, and line up where 中文 takes two columns."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.domain.text import width as columns_of
from ledger.ui import page
from ledger.ui.console import Toned

words = st.text("整改台账abc ，。（7.2）", max_size=60).map(lambda text: " ".join(text.split()))
widths = st.integers(20, 120)


def written(lines):
    return ["".join(map(str, line)).rstrip() for line in lines]


def letters(lines):
    """What is written, without blanks: wrapping may change nothing else."""
    return "".join("".join(lines).split())


def test_a_head_has_its_light_at_the_far_end():
    """Words at the left, a few at the right end of the same line; colour takes no room."""
    lines = list(page.spread("7  文风不实", [Toned("红", "bad"), "  逾期 15 天"], 40))
    assert lines == [("7  文风不实" + " " * 15, Toned("红", "bad"), "  逾期 15 天")]
    assert page.line_width(lines[0]) == 40


def test_a_long_head_goes_on_under_itself():
    """What does not fit beside the words stands on a line of its own."""
    lines = written(page.spread("7  公文签批流程执行不到位", ["逾期 15 天"], 20, indent="   "))
    assert lines == ["7  公文签批流程执行", "   不到位", "          逾期 15 天"]


def test_facts_share_lines_as_long_as_they_fit():
    """Empty facts are left out; a long one has lines of its own and hangs under its value."""
    facts = [
        ("unit", "Office"),
        ("owner", ""),
        ("leader", "Lin"),
        ("criterion", "every paper is signed by two"),
    ]
    assert written(page.facts(facts, 34, indent="  ")) == [
        "  unit Office   leader Lin",
        "  criterion every paper is signed",
        "            by two",
    ]


def test_rows_stand_under_one_another():
    """The flexible cell is wrapped in its column; the others stay whole, empty columns take no room."""
    rows = [
        ("7.1", "修订公文管理办法并印发执行到位", "已销号", ""),
        ("7.12", "培训", Toned("正在推进", "warn"), ""),
    ]
    lines = [line for lines in page.grid(rows, 40, indent="  ") for line in lines]
    assert written(lines) == [
        "  7.1   修订公文管理办法并印发  已销号",
        "        执行到位",
        "  7.12  培训                    正在推进",
    ]
    assert Toned("正在推进", "warn") in lines[2]


def test_rows_without_room_put_their_cells_below():
    """On a narrow screen what stands behind the wrapped cell stands below it."""
    rows = [("7.1", "修订公文管理办法并印发执行到位", "已销号", "2025-06-30")]
    lines = [line for lines in page.grid(rows, 26, indent="  ") for line in lines]
    assert written(lines) == [
        "  7.1  修订公文管理办法并",
        "       印发执行到位",
        "    已销号  2025-06-30",
    ]


@pytest.mark.parametrize("tone", [None, "bad"])
@given(left=words, right=words, width=widths)
def test_a_head_fits_and_loses_nothing(tone, left, right, width):
    """No line is wider than the screen, and every letter is there."""
    parts = [] if not right else [Toned(right, tone) if tone else right]
    lines = written(page.spread(left, parts, width, indent="   "))
    assert max(map(columns_of, lines)) <= width
    assert letters(lines) == letters([left, right])


@given(pairs=st.lists(st.tuples(words.filter(bool).map(lambda text: text[:16]), words)), width=widths)
def test_facts_fit_and_lose_nothing(pairs, width):
    """No line is wider than the screen, and every fact with a value is there."""
    lines = written(page.facts(pairs, width, indent="   "))
    assert max(map(columns_of, lines), default=0) <= width
    assert letters(lines) == letters([name + value for name, value in pairs if value])


@given(
    rows=st.lists(st.tuples(words.map(lambda text: text[:6]), words, words.map(lambda text: text[:9]))),
    width=widths,
)
def test_rows_fit_and_lose_nothing(rows, width):
    """No line is wider than the screen; each row has its lines, with every letter of its cells."""
    laid = [written(lines) for lines in page.grid(rows, width, indent="  ")]
    assert max((columns_of(line) for lines in laid for line in lines), default=0) <= width
    assert [sorted(letters(lines)) for lines in laid] == [sorted(letters(row)) for row in rows]


@given(
    st.lists(st.tuples(words, words.filter(bool), words), min_size=1, max_size=5), widths, st.integers(1, 3)
)
def test_rows_are_cut_to_so_many_lines(rows, width, most):
    """No row has more lines than asked for where its cells fit beside one another, and a cut one says so."""
    whole = list(page.grid(rows, width))
    cut = list(page.grid(rows, width, most=most))
    for row, all_lines, lines in zip(rows, whole, cut, strict=True):
        assert max(columns_of(line) for line in written(lines)) <= width
        if len(all_lines) > most + 3:
            assert "…" in "".join(written(lines))
        if len(all_lines) <= most:
            assert lines == all_lines
        assert letters(written(lines)).count("…") <= 1 + "".join(row).count("…")
