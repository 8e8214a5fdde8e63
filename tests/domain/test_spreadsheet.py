"""Cells no spreadsheet program calculates."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.domain.spreadsheet import guarded, unguarded


@pytest.mark.parametrize("first", ["=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"])
def test_what_begins_a_formula_gets_a_quote(first):
    """Every sign that begins a formula, in half or full width, is preceded by a quote."""
    assert guarded(first + "1+1") == "'" + first + "1+1"


@pytest.mark.parametrize("text", ["", "7.2", "a=1", "'90s", "整改", "1-2"])
def test_other_text_stays(text):
    """What is no formula is not touched."""
    assert (guarded(text), unguarded(text)) == (text, text)


@given(st.one_of(st.text(), st.text(alphabet="'=+＝a\t", max_size=6)))
def test_a_guarded_text_comes_back(text):
    """Taking the quote off gives exactly what was there, quotes of its own included."""
    assert unguarded(guarded(text)) == text
