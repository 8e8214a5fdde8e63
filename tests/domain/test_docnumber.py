"""Numbers of documents: which are the same, and which comes next."""

from __future__ import annotations

import pytest

from ledger.domain.docnumber import folded, following, is_form
from ledger.domain.ladder import NUMBERS


@pytest.mark.parametrize(
    "number",
    [
        "督办函〔2025〕7号",
        "督办函[2025]7号",
        "督办函（2025） 7号",
        "督办函【2025】第7号",
        "督办函〔２０２５〕００７号",
        " 督办函 〔2025〕07号 ",
    ],
)
def test_one_number_in_many_spellings(number):
    """Blanks, width, brackets, 第 and leading zeros make no other number."""
    assert folded(number) == "督办函〔2025〕7号"


@pytest.mark.parametrize(
    "number", ["督办函〔2025〕70号", "督办函〔2024〕7号", "整改函〔2025〕7号", "督办函〔2025〕7-1号"]
)
def test_other_numbers_stay_others(number):
    """A digit, a year or a series more or less is another number."""
    assert folded(number) != folded("督办函〔2025〕7号")


def test_the_next_number_follows_the_last_of_its_series():
    """Gaps stay gaps, other years and series do not count, however a number is spelt."""
    given = [
        "督办函〔2025〕2号",
        "督办函[2025]第09号",
        "督办函〔2024〕30号",
        "提示函〔2025〕50号",
        "口头",
        "督办函〔2025〕号",
    ]
    assert following(NUMBERS["zh"], given, prefix="", series="督办函", year=2025) == "督办函〔2025〕10号"
    assert following(NUMBERS["zh"], given, prefix="", series="督办函", year=2026) == "督办函〔2026〕1号"
    assert following(NUMBERS["zh"], given, prefix="柳", series="督办函", year=2025) == "柳督办函〔2025〕1号"


@pytest.mark.parametrize(
    ("form", "given", "wanted"),
    [
        ("{series} No. {n} of {year}", "Order No. 10 of 2025", "Order No. 11 of 2025"),
        ("〔{year}〕第{n}号", "[2025]3号", "〔2025〕第4号"),
        ("{year}{n}", "202512", "202513"),
        ("{n}", "8", "9"),
    ],
)
def test_any_form_can_be_counted(form, given, wanted):
    """What stands before and behind the number is the office's own."""
    assert following(form, [given], prefix="", series="Order", year=2025) == wanted


@pytest.mark.parametrize("form", ["{n}", "{prefix}{series}〔{year}〕{n}号", "No. {n}", "{{x}} {n}"])
def test_a_form_with_one_place_for_the_number(form):
    """Everything else may be left out."""
    assert is_form(form)


@pytest.mark.parametrize(
    "form",
    [
        "",
        "督办函",
        "{year}",
        "{n}{n}",
        "{x}{n}",
        "{n",
        "n}",
        "{}{n}",
        "{n:03}",
        "{n!r}",
        "{n.real}",
        "{n[0]}",
        "{0}{n}",
    ],
)
def test_what_is_no_form(form):
    """No place for the number, two of them, or a place nobody fills."""
    assert not is_form(form)
