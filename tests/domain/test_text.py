"""What may be stored, what may reach a terminal, and how wide it is there."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.domain.text import (
    clean,
    excerpt,
    fit,
    fold,
    halfwidth,
    one_line,
    sentences,
    visible,
    width,
)
from ledger.errors import RejectedInputError

#: What never stands in a stored text, besides tab and line feed, which may.
HIDDEN = [
    *range(0x00, 0x09), *range(0x0B, 0x0D), *range(0x0E, 0x20), *range(0x7F, 0xA0), 0x61C, 0x200B, 0x200E,
    0x200F, *range(0x2028, 0x202F), 0x2060, *range(0x2066, 0x206A), 0xFEFF, 0xE0000, 0xE0041, 0xE007F,
]  # fmt: skip

CLEAN = {
    "公文流程": "公文流程",
    "  两侧空白　\n": "两侧空白",
    "一行\r\n二行\r三行\n四行": "一行\n二行\n三行\n四行",
    "e\u0301": "é",
    "全角，１２３": "全角，１２３",
    "列\t列": "列\t列",
    "👩\u200d🔧 می\u200cخواهم": "👩\u200d🔧 می\u200cخواهم",
    "𠀀𰻝": "𠀀𰻝",
    "": "",
}  # fmt: skip


@pytest.mark.parametrize(("raw", "expected"), CLEAN.items())
def test_a_text_has_one_stored_form(raw: str, expected: str) -> None:
    """NFC, line feeds, no blanks around it, and nothing else is touched."""
    assert expected == clean(raw)


@pytest.mark.parametrize("code", HIDDEN)
def test_what_is_not_seen_is_refused_by_name_and_place(code: int) -> None:
    """An invisible character in a record would hide what it says."""
    with pytest.raises(RejectedInputError) as caught:
        clean(f"第一行\r\n第二{chr(code)}行")
    expected = f"an invisible or control character, U+{code:04X}, stands at line 2, character 3"
    assert expected == caught.value.message


@pytest.mark.parametrize("code", [0xD800, 0xDC80, 0xDFFF])
def test_a_lone_surrogate_is_refused(code: int) -> None:
    """Bytes that are no Unicode cannot be written back to a file."""
    with pytest.raises(RejectedInputError) as caught:
        clean(f"a{chr(code)}")
    expected = f"the text is not valid Unicode at line 1, character 2 (U+{code:04X})"
    assert expected == caught.value.message


def test_a_long_text_is_refused_with_its_size() -> None:
    """The limit counts bytes: 21,845 characters of three bytes fit, one more does not."""
    expected = "整" * 21_845
    assert expected == clean(f" {expected} ")
    with pytest.raises(RejectedInputError) as caught:
        clean("整" * 21_846)
    assert caught.value.message == "the text has 65,538 bytes, the limit is 65,536"


@pytest.mark.timeout(5)
def test_ten_megabytes_are_refused_at_once() -> None:
    """Size is looked at before anything that takes long: marks in bad order are quadratic."""
    with pytest.raises(RejectedInputError):
        clean("\u0301\u0323" * 2_500_000)
    with pytest.raises(RejectedInputError):
        one_line("\u0301\u0323" * 2_500_000)


@given(st.text())
def test_cleaning_twice_changes_nothing(raw: str) -> None:
    """What is stored goes through the same door again when it is edited."""
    try:
        once = clean(raw)
    except RejectedInputError:
        return
    assert once == clean(once) == visible(once) == unicodedata.normalize("NFC", once)


@pytest.mark.parametrize(("raw", "position"), [("a\nb", 2), ("标\t题", 2), ("ab\r\nc", 3)])
def test_a_title_is_one_line(raw: str, position: int) -> None:
    """A line break in a title would break every list it stands in."""
    with pytest.raises(RejectedInputError) as caught:
        one_line(raw)
    expected = f"a line break or a tab stands at character {position} of a one-line text"
    assert expected == caught.value.message


def test_a_title_has_two_thousand_characters_at_most() -> None:
    """The limit of a line counts characters."""
    expected = "题" * 2_000
    assert expected == one_line(expected + "\n")
    with pytest.raises(RejectedInputError) as caught:
        one_line("题" * 2_001)
    assert caught.value.message == "the line has 2,001 characters, the limit is 2,000"


VISIBLE = {
    "plain\t\n": "plain\t\n",
    "\x1b[31m": "\\x1b[31m",
    "\x9b": "\\x9b",
    "a\r": "a\\x0d",
    "\u202e反": "\\u202e反",
    "\U000e0041": "\\U000e0041",
    "\udc80": "\\udc80",
    "\u200d": "\u200d",
}  # fmt: skip


@pytest.mark.parametrize(("raw", "expected"), VISIBLE.items())
def test_what_drives_a_terminal_is_spelt_out(raw: str, expected: str) -> None:
    """No stored or foreign text moves the cursor, colours or reverses a line."""
    assert expected == visible(raw)


@given(st.text())
def test_nothing_shown_drives_a_terminal(raw: str) -> None:
    """Whatever goes in, no control but tab and line feed comes out."""
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", visible(raw))


SENTENCES = {
    "": [],
    "一句": ["一句"],
    "一句。二句！三句": ["一句。", "二句！", "三句"],
    "甲；乙;丙": ["甲；", "乙;", "丙"],
    "真的？！是。。。": ["真的？！", "是。。。"],
    "说“好。对。”了。完": ["说“好。对。”了。", "完"],
    "推进“一河“两岸。”治理。”不够。好": ["推进“一河“两岸。”治理。”不够。", "好"],
    "按《办法；细则》办。完": ["按《办法；细则》办。", "完"],
    "（一）甲（见附件。）乙。丙": ["（一）甲（见附件。）乙。", "丙"],
    "(混用。）完。了": ["(混用。）完。", "了"],
    'a "b; c" d; e': ['a "b; c" d; ', "e"],
    "没有“闭合。下一句。": ["没有“闭合。", "下一句。"],
    "多余”闭合。下一句": ["多余”闭合。", "下一句"],
    "交叉“（甲。”乙。）丙": ["交叉“（甲。”乙。", "）丙"],
    "甲\n乙。\n\n丙": ["甲\n", "乙。\n", "\n", "丙"],
    "行内“未完\n下行。”完": ["行内“未完\n", "下行。", "”完"],
    "甲。  乙": ["甲。  ", "乙"],
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), SENTENCES.items())
def test_sentences_end_outside_quotes(text: str, expected: list[str]) -> None:
    """A sentence a line in a file gives a readable difference; a quotation is not cut."""
    assert expected == sentences(text)


@given(st.text(alphabet='甲a。；;!?\n \t“”‘’"（）()《》[]\r\u2028'))
def test_sentences_joined_are_the_text(text: str) -> None:
    """Cutting loses nothing, and a line break is only ever the end of a part."""
    parts = sentences(text)
    assert text == "".join(parts)
    assert all(part and "\n" not in part[:-1] for part in parts)


@pytest.mark.timeout(5)
def test_many_brackets_are_cut_quickly() -> None:
    """Brackets nobody closes must not make the time grow with their square."""
    text = "(" * 30_000 + "]" * 30_000 + "。"
    assert [text] == sentences(text)


def test_other_ends_may_be_given() -> None:
    """Narratives are cut at full stops alone."""
    assert sentences("甲；乙。丙", ends="。") == ["甲；乙。", "丙"]


WIDTHS = {
    "": 0,
    "abc": 3,
    "整改": 4,
    "𠀀✅㎡": 6,
    "Ａ。": 4,
    "“—…①": 4,
    "e\u0301": 1,
    "\u200d\ufe0f": 0,
    "한글": 4,
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), WIDTHS.items())
def test_width_counts_columns(text: str, expected: int) -> None:
    """Chinese takes two columns, marks none, ambiguous ones one."""
    assert expected == width(text)


FITTED = {
    ("整改", 6): "整改  ",
    ("整改台账", 7): "整改...",
    ("整改台账", 6): "整... ",
    ("整改台账", 4): "... ",
    ("整改台账", 2): "..",
    ("整改台账", 0): "",
    ("整改台账", -1): "",
    ("e\u0301tude", 4): "e\u0301...",
}  # fmt: skip


@pytest.mark.parametrize(("given_", "expected"), FITTED.items())
def test_fit_pads_or_cuts(given_: tuple[str, int], expected: str) -> None:
    """A cell keeps its column, however long its text."""
    assert expected == fit(*given_)


@given(st.text(), st.integers(0, 30))
def test_fit_has_exactly_the_columns(text: str, columns: int) -> None:
    """Tables line up whatever stands in them."""
    assert columns == width(fit(text, columns))


FOLDED = {
    "Ｏffice　Ａ": "officea",
    "张　三": "张三",
    "STRASSE": "strasse",
    "Straße": "strasse",
    "①㎡": "1m2",
    "甲\n乙\t": "甲乙",
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), FOLDED.items())
def test_search_folds_width_case_and_blanks(text: str, expected: str) -> None:
    """A clerk finds 张三 whether it was typed with a blank or not."""
    assert expected == fold(text)


def test_half_width_keeps_places_and_makes_no_digits() -> None:
    """Full-width forms become ASCII one for one; ² and ① are no digits."""
    assert "(7.2)-8 ²①٣，".replace("，", ",") == halfwidth("（７．２）－８　²①٣，")


EXCERPTS = {
    "短": "短",
    "a\n\tb": "a b",
    "\x1b]0;": "\\x1b]0;",
    "字" * 30: "字" * 18 + "...",
    "a" * 10_000_000: "a" * 37 + "...",
}  # fmt: skip


@pytest.mark.parametrize(("raw", "expected"), EXCERPTS.items(), ids=range(len(EXCERPTS)))
def test_a_message_names_only_the_beginning(raw: str, expected: str) -> None:
    """An error about 10 MB of text is still one line, and harmless."""
    assert expected == excerpt(raw)
