"""Plain text: nothing unseen, nothing with a second spelling, neither as it stands nor as an escape."""

from __future__ import annotations

import unicodedata

import pytest

from ledger.domain.plain import is_plain
from ledger.domain.text import visible


def test_plain_characters_are_seen_and_stand_for_themselves():
    """Of all characters there are: none of the plain ones is hidden, joins with one before it or reorders."""
    plain = [chr(code) for code in range(0x110000) if is_plain(chr(code)) and code != ord("\\")]
    joining = {
        chr(int(parts[1], 16))
        for code in range(0x110000)
        if len(parts := unicodedata.decomposition(chr(code)).split()) == 2 and not parts[0].startswith("<")
    }
    hangul = {chr(code) for code in (*range(0x1161, 0x1176), *range(0x11A8, 0x11C3))}
    assert [each for each in plain if visible(each) != each] == []
    assert [each for each in plain if unicodedata.normalize("NFC", each) != each] == []
    assert [each for each in plain if unicodedata.combining(each) or each in joining | hangul] == []
    assert len(plain) > 30_000


@pytest.mark.parametrize(
    "text", ["", "会议记录缺页。\n", "a b\tc"[:3], r"\"\\\n\t\u0027", "①“《》…—·≥→℃", "（１）　", "\\\n"]
)
def test_what_offices_write_is_plain(text):
    """Chinese and Latin text with its punctuation, and the escapes of quotes and ends of lines."""
    assert is_plain(text)


@pytest.mark.parametrize(
    "text",
    ["\u202e", "e\u0301", "\x7f", "\x85", "\ufeff", "\u200b", "\r", r"\u202e", r"\b", r"\U0000202e"],
)
def test_what_may_deceive_is_not(text):
    """Bidirectional marks, combining marks, controls and invisible characters, written out or escaped."""
    assert not is_plain(text)
