"""One line of history: its one spelling, its hash, and what is not an entry."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ledger.domain.entry import TAG, canonical, compose, digest, is_canonical, parse
from ledger.errors import DamageError
from tests.domain.desk import ZONE

PARTS = {
    "id": "01JX0000000000000000000001",
    "batch": "01JX0000000000000000000000",
    "do": "note",
    "on": dt.date(2025, 3, 20),
    "at": dt.datetime(2025, 3, 20, 16, 40, 0, 123456, tzinfo=ZONE),
    "by": "李某",
    "prev": ["9f2c"],
    "target": "01JX0000000000000000000002",
    "data": {"text": "抽查3月公文"},
}
LINE = (
    '{"at":"2025-03-20T16:40:00+08:00","batch":"01JX0000000000000000000000","by":"李某",'
    '"data":{"text":"抽查3月公文"},"do":"note","id":"01JX0000000000000000000001",'
    '"on":"2025-03-20","prev":["9f2c"],"target":"01JX0000000000000000000002"}'
)


def test_an_entry_has_one_spelling():
    """Sorted keys, no blanks, dates ISO, times to the second with their offset; what is empty is left out."""
    entry = compose({**PARTS, "why": "", "signer": None, "set": {}, "was": {}, "meeting": ""})
    assert entry.line == LINE
    bare = compose({**PARTS, "prev": (), "by": ""})
    assert (bare.prev, bare.by) == ((), "")


def test_a_line_reads_back_as_the_entry():
    """Parsing a line gives what was composed."""
    entry = parse(LINE)
    assert entry == compose(PARTS)
    assert (entry.on, entry.by, entry.prev) == (dt.date(2025, 3, 20), "李某", ("9f2c",))
    assert (entry.target, entry.data, entry.set) == (PARTS["target"], {"text": "抽查3月公文"}, {})
    assert entry.instant == dt.datetime(2025, 3, 20, 16, 40, tzinfo=ZONE)
    assert (entry.signer, entry.meeting, entry.why, entry.sees) == (None, None, None, None)


def test_a_character_in_two_escapes_is_whole():
    """JSON may write a character outside the first plane as two escapes."""
    line = LINE.replace("抽查3月公文", r"\ud83d\ude00")
    assert parse(line).data == {"text": "😀"}


def test_the_hash_is_that_of_a_tag_and_the_bytes():
    """An entry's hash is the sha256 of a version tag and the line's own bytes."""
    assert TAG == b"ledger-entry/1\0"
    assert parse(LINE).hash == digest(LINE) == hashlib.sha256(TAG + LINE.encode()).hexdigest()


def test_what_a_toml_literal_cannot_hold_is_escaped():
    """A line never holds an apostrophe, DEL or a control of the second block as such."""
    assert canonical({"a": "it's\x7f\x85\x01"}) == '{"a":"it\\u0027s\\u007f\\u0085\\u0001"}'
    assert json.loads(canonical("'")) == "'"


def test_text_is_nfc():
    """Two spellings of one text give one line."""
    assert canonical({"text": "e\u0301"}) == canonical({"text": "\u00e9"})


def test_tuples_and_lists_are_one():
    """A tuple is written as a list."""
    assert canonical(("a", [1, True, None])) == '["a",[1,true,null]]'


@pytest.mark.parametrize("value", [1.5, {"a": [float("nan")]}, b"bytes", {1, 2}, object])
def test_what_cannot_be_written_is_refused(value):
    """No floats and nothing JSON has no word for."""
    with pytest.raises(DamageError, match="a history entry cannot hold"):
        canonical(value)


values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**18), 10**18)
    | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text("abc一'", min_size=1), inner, max_size=3)
    ),
    max_leaves=8,
)


@given(values)
def test_the_spelling_is_stable(value):
    """Writing what was read gives the same bytes, on one line that fits a TOML literal string."""
    line = canonical(value)
    assert canonical(json.loads(line)) == line
    assert is_canonical(line)


@given(st.text(st.sampled_from("ae\u0301\u0338=\u00e9\n'\u009a\u007f \"\\\\u")), st.booleans())
@example("\n\u0301", False)
@example("\u009a\u0301", False)
@example("e\u0301", True)
def test_a_line_is_known_to_be_in_its_one_spelling(text, as_escapes):
    """Told without spelling every value again, and the same: combining marks, escapes and all."""
    line = json.dumps({"text": text}, ensure_ascii=as_escapes, separators=(",", ":"))
    assert is_canonical(line) == (canonical(json.loads(line)) == line)


@pytest.mark.parametrize(
    "line", ['{"b":1,"a":2}', '{"a": 1}', '["\\u00e9"]', '["\\u0041"]', '["\'"]', "[1] "]
)
def test_another_spelling_is_seen(line):
    """Order, blanks, needless escapes and a bare quote are each told."""
    assert (is_canonical(line), canonical(json.loads(line)) == line) == (False, False)


@pytest.mark.parametrize("line", ["[1.0]", "[1e3]", "[NaN]", '{"a":-Infinity}'])
def test_a_number_with_decimals_is_no_spelling_at_all(line):
    """A float is refused wherever it stands."""
    with pytest.raises(DamageError):
        is_canonical(line)
    assert not set(line) & set("'\n\r\t\x7f")
    assert line == unicodedata.normalize("NFC", line)


WRONG = {
    "no JSON": "{",
    "a list": "[]",
    "a word": '"note"',
    "deeply nested": "[" * 100_000,
    "a long number": LINE.replace('"prev":["9f2c"]', '"prev":["9f2c"],"set":{"number":' + "9" * 5000 + "}"),
    "no id": LINE.replace('"id":', '"ix":'),
    "no parents": LINE.replace('"prev":["9f2c"],', ""),
    "parents a word": LINE.replace('["9f2c"]', '"9f2c"'),
    "a parent no word": LINE.replace('["9f2c"]', "[1]"),
    "a date that does not exist": LINE.replace('"on":"2025-03-20"', '"on":"2025-02-30"'),
    "a time without offset": LINE.replace("+08:00", ""),
    "no time": LINE.replace("2025-03-20T16:40:00+08:00", "gestern"),
    "a name that is a number": LINE.replace('"李某"', "7"),
    "a meeting that is a list": LINE.replace('"target":"01JX0000000000000000000002"', '"meeting":["a"]'),
    "data that is a word": LINE.replace('{"text":"抽查3月公文"}', '"text"'),
    "half a character": LINE.replace("抽查3月公文", r"\ud83d"),
    "half a character in capitals": LINE.replace("抽查3月公文", r"\uD83D"),
    "changes that are a number": LINE.replace('"prev"', '"set":7,"prev"'),
}


@pytest.mark.parametrize("line", WRONG.values(), ids=WRONG)
def test_what_is_not_an_entry_is_named(line):
    """A line that is no entry is damage, shown short and harmless; never a traceback."""
    with pytest.raises(DamageError) as damage:
        parse(line)
    assert damage.value.message.startswith("a line of the history is not an entry: ")
    assert len(damage.value.message) < 110
    assert damage.value.hint
