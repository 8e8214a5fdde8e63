"""Money: decimal text in 元, exact, whatever unit it is typed or shown in."""

from __future__ import annotations

import random
from decimal import Decimal

import pytest

from ledger.domain import amounts
from ledger.errors import UsageError


@pytest.mark.parametrize(
    ("words", "unit", "kept"),
    [
        ("101510万元", "yuan", "1015100000"),
        ("101510", "wan", "1015100000"),
        ("101,510 万元", "yi", "1015100000"),
        ("10.151亿", "yuan", "1015100000"),
        ("3", "yuan", "3"),
        ("3.50", "yuan", "3.5"),
        ("３．５０元", "wan", "3.5"),
        ("¥1,234.05", "yuan", "1234.05"),
        ("0.000001", "wan", "0.01"),
        ("三十万元", "wan", "300000"),
        ("人民币五百元整", "wan", "500"),
        ("0", "wan", "0"),
        ("1.5百万元", "wan", "1500000"),
    ],
)
def test_an_amount_is_read_exactly(words, unit, kept):
    """A unit that is said counts, else the unit of the field; no digit is lost."""
    assert amounts.amount(words, unit) == kept
    assert amounts.is_kept(kept)


@pytest.mark.parametrize(
    "words",
    ["", "x", "12万人", "1,23", "-5", "1e5", "0.001元", "1.2.3", "9" * 19, "NaN", "十", "0.0000001万"],
)
def test_what_is_no_amount_is_refused(words):
    """Nothing is guessed, rounded or cut off."""
    with pytest.raises(UsageError) as caught:
        amounts.amount(words, "yuan")
    assert caught.value.hint


@pytest.mark.parametrize("value", [5, "05", "1.50", "1.", ".5", "-1", "1,000", "1e3", "", None])
def test_only_the_one_spelling_is_kept(value):
    """Two ways to write one amount would be two values in a history."""
    assert not amounts.is_kept(value)


@pytest.mark.parametrize(
    ("kept", "unit", "shown"),
    [("1015100000", "wan", "101510"), ("0.01", "wan", "0.000001"), ("500", "wan", "0.05"), ("0", "yi", "0")],
)
def test_it_is_shown_in_the_unit_of_its_field(kept, unit, shown):
    """Exact, without needless zeros and never with an exponent."""
    assert amounts.shown(kept, unit) == shown


def test_what_is_shown_reads_back_and_sums_are_exact():
    """Whatever the unit, for amounts of every size; no float could add these up."""
    chance = random.Random(7)
    fen = [chance.randrange(10 ** chance.randrange(1, 17)) for _each in range(500)]
    kept = [amounts.amount(f"{each // 100}.{each % 100:02}") for each in fen]
    for unit in amounts.UNITS:
        assert [amounts.amount(amounts.shown(each, unit), unit) for each in kept] == kept
    assert Decimal(amounts.total(kept)) * 100 == sum(fen)
    assert amounts.total([]) == "0"
