"""Numbers as lists print them."""

from __future__ import annotations

import pytest

from ledger.domain.numerals import chinese
from ledger.intake.formats.numberforms import numeral
from ledger.intake.marks import number

FORMS = [
    ("decimal", 7, "7"), ("decimalZero", 7, "07"), ("decimalFullWidth", 12, "１２"), ("chineseCounting", 10, "十"),
    ("chineseCountingThousand", 21, "二十一"), ("japaneseCounting", 105, "一百零五"), ("chineseLegalSimplified", 12, "壹拾贰"),
    ("ideographDigital", 105, "一〇五"), ("decimalEnclosedCircle", 20, "⑳"), ("decimalEnclosedCircle", 50, "㊿"),
    ("decimalEnclosedCircle", 51, "51"), ("decimalEnclosedFullstop", 3, "⒊"), ("decimalEnclosedParen", 20, "⒇"),
    ("ideographTraditional", 3, "丙"), ("ideographTraditional", 11, "11"), ("ideographZodiac", 12, "亥"),
    ("ideographZodiacTraditional", 13, "丙子"), ("upperLetter", 27, "AA"), ("lowerLetter", 0, "0"), ("lowerRoman", 1994, "mcmxciv"),
    ("upperRoman", 4, "IV"), ("none of these", 5, "5"), ("chineseCounting", 10_000, "10000"), ("chineseCounting", 0, "零"),
]  # fmt: skip


@pytest.mark.parametrize(("form", "value", "shown"), FORMS)
def test_a_number_in_its_form(form, value, shown):
    """As Word prints it; in digits where the form has no sign for it."""
    assert numeral(form, value) == shown


def test_what_is_printed_is_read_back():
    """The engine's own reading of Chinese numerals gives the number back."""
    assert [number(chinese(value)) for value in range(1, 100)] == list(range(1, 100))
