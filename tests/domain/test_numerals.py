"""Chinese numerals are read in one place."""

from __future__ import annotations

import pytest

from ledger.domain import numerals
from ledger.intake import marks


@pytest.mark.parametrize("thousands", range(10))
def test_what_is_written_is_read(thousands):
    """Every number that lists print in characters is read back, and by the marks where they count so far."""
    for value in range(max(1, 1000 * thousands), 1000 * (thousands + 1)):
        written = numerals.chinese(value)
        assert numerals.whole(written) == value
        assert marks.number(written) == (value if value < 1000 else None)


@pytest.mark.parametrize(
    ("word", "value"), [("两百", 200), ("三百二", 320), ("九万九千九百九十九", 99_999), ("一万零五", 10_005)]
)
def test_as_people_write(word, value):
    """两 for 二, the short form of the last place, a gap, and 万."""
    assert numerals.whole(word) == value


@pytest.mark.parametrize(("word", "printed"), [("二〇二五", "2025"), ("二○二五", "2025"), ("〇五", "05")])
def test_digit_by_digit(word, printed):
    """A year has a digit for each character; a nought in front stays."""
    assert numerals.digits(word) == printed


@pytest.mark.parametrize("word", ["", "十x", "abc", "三点五"])
def test_what_is_no_numeral(word):
    """Anything else has no value."""
    assert numerals.whole(word) is None
    assert numerals.digits(word) is None


def test_the_numbering_of_documents():
    """The whole table, at the places where it turns: 一、（一）1.（1）① 一是, to 九十九是 and beyond what has a sign."""
    forms = (
        numerals.section,
        numerals.aspect,
        numerals.item,
        numerals.bracketed,
        numerals.circled,
        numerals.firstly,
    )
    assert {number: [form(number) for form in forms] for number in (1, 9, 10, 11, 20, 36, 50, 51, 99)} == {
        1: ["一、", "（一）", "1.", "（1）", "①", "一是"],
        9: ["九、", "（九）", "9.", "（9）", "⑨", "九是"],
        10: ["十、", "（十）", "10.", "（10）", "⑩", "十是"],
        11: ["十一、", "（十一）", "11.", "（11）", "⑪", "十一是"],
        20: ["二十、", "（二十）", "20.", "（20）", "⑳", "二十是"],
        36: ["三十六、", "（三十六）", "36.", "（36）", "㊱", "三十六是"],
        50: ["五十、", "（五十）", "50.", "（50）", "㊿", "五十是"],
        51: ["五十一、", "（五十一）", "51.", "（51）", "（51）", "五十一是"],
        99: ["九十九、", "（九十九）", "99.", "（99）", "（99）", "九十九是"],
    }


@pytest.mark.parametrize(
    ("form", "style"),
    [
        (numerals.section, marks.Style.SECTION),
        (numerals.aspect, marks.Style.CN_PAREN),
        (numerals.item, marks.Style.ARABIC),
        (numerals.bracketed, marks.Style.PAREN),
        (numerals.firstly, marks.Style.ORDINAL),
    ],
)
def test_what_numbers_a_document_is_read_back(form, style):
    """Every mark up to 99 is read as what it is, with its value."""
    found = [marks.opening(marks.flat(f"{form(number)}完成")) for number in range(1, 100)]
    assert [(each.style, each.value) for each in found] == [(style, number) for number in range(1, 100)]


def test_circles_are_read_back():
    """As far as the marks know them: ㉟."""
    found = [marks.opening(f"{numerals.circled(number)}完成") for number in range(1, 36)]
    assert [(each.style, each.value) for each in found] == [
        (marks.Style.CIRCLED, number) for number in range(1, 36)
    ]
