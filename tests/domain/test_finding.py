"""Where words stand in a text: the same places whatever the width, case and blanks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.domain.finding import marked, places
from ledger.domain.text import fold

TABLE = {
    ("公文签批", "签批"): "公文[签批]",
    ("ＡＢＣ公文", "abc"): "[ＡＢＣ]公文",
    ("a b\tc", "abc"): "[a b\tc]",
    ("会议，会议", "会议"): "[会议]，[会议]",
    ("aaa", "aa"): "[aaa]",
    ("２０２５年", "2025年"): "[２０２５年]",
    ("（附件）", "(附件)"): "[（附件）]",
    ("ﬁle", "file"): "[ﬁle]",
    ("nothing", "else"): "nothing",
    ("nothing", " "): "nothing",
    ("", "x"): "",
}


@pytest.mark.parametrize(("given_words", "expected"), TABLE.items(), ids=str)
def test_every_place_is_marked(given_words, expected):
    """Square brackets stand around every place, once where places touch."""
    text, word = given_words
    assert marked(text, [word]) == expected


def test_places_of_several_words_are_in_order():
    """Places of all words, from left to right; what touches is one place."""
    assert places("公文签批与公文流转", ["流转", "公文", "签批"]) == ((0, 4), (5, 9))


letters = st.text("公文签批ＡaB （", max_size=12)


@given(text=letters, word=letters)
def test_what_is_marked_is_what_was_looked_for(text, word):
    """Each place folds to words put together; there is one exactly when the folded text holds the word."""
    found = places(text, [word])
    wanted = fold(word)
    assert bool(found) == bool(wanted and wanted in fold(text))
    assert all(wanted in fold(text[begin:end]) for begin, end in found)
