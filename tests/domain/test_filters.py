"""What somebody asks a list for."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.domain.filters import FIELDS, Condition, matches, parse_filter
from ledger.errors import RejectedInputError, UsageError

TODAY = dt.date(2026, 1, 15)
NAMES = {"状态": "status", "责任单位": "unit"}
LABELS = {"status": {"正在推进": "active", "已销号": "closed"}}

TABLE = {
    "status:active,closing": Condition("status", "is", ("active", "closing")),
    "status=active": Condition("status", "is", ("active",)),
    "Status:ACTIVE": Condition("status", "is", ("active",)),
    "status:active,active": Condition("status", "is", ("active",)),
    "status：active，closing、done": Condition("status", "is", ("active", "closing", "done")),
    "status:已销号": Condition("status", "is", ("closed",)),
    "状态:正在推进": Condition("status", "is", ("active",)),
    "责任单位：办公室": Condition("unit", "is", ("办公室",)),
    "unit:办公室、财务股": Condition("unit", "is", ("办公室", "财务股")),
    "due<2026-03-01": Condition("due", "<", (dt.date(2026, 3, 1),)),
    "due＜2026年3月1日": Condition("due", "<", (dt.date(2026, 3, 1),)),
    "due>=2026-03-01": Condition("due", ">=", (dt.date(2026, 3, 1),)),
    "due＞＝3月1日": Condition("due", ">=", (dt.date(2026, 3, 1),)),
    "due<=today": Condition("due", "<=", (TODAY,)),
    "due:2026-03-01": Condition("due", "is", (dt.date(2026, 3, 1),)),
    "review:2026-03-01": Condition("review_on", "is", (dt.date(2026, 3, 1),)),
    "term:longterm": Condition("term", "is", ("longterm",)),
    "kind:theme": Condition("kind", "is", ("theme",)),
    "flag:rebound_prone": Condition("flags", "is", ("rebound_prone",)),
    "light:red": Condition("light", "is", ("red",)),
    "number>７": Condition("number", ">", (7,)),
    "number:7,8": Condition("number", "is", (7, 8)),
    "overdue:yes": Condition("overdue", "is", (True,)),
    "continuing:否": Condition("continuing", "is", (False,)),
    "公文": Condition("text", "has", ("公文",)),
    "  公文 流程 ": Condition("text", "has", ("公文 流程",)),
    "9:30": Condition("text", "has", ("9:30",)),
    "关于：公文": Condition("text", "has", ("关于：公文",)),
    "title:a:b": Condition("title", "is", ("a:b",)),
}  # fmt: skip


@pytest.mark.parametrize(("word", "expected"), TABLE.items())
def test_a_word_is_the_condition_it_says(word: str, expected: Condition) -> None:
    """Half and full width, English and the office's own words ask the same thing."""
    assert (expected,) == parse_filter([word], today=TODAY, names=NAMES, labels=LABELS)


def test_words_keep_their_order_and_blanks_ask_nothing() -> None:
    """Every word is one condition more."""
    found = parse_filter(["公文", " ", "number:7"])
    assert [condition.field for condition in found] == ["text", "number"]


WRONG = {
    "statsu:active": ("there is no field statsu", "did you mean status?"),
    "status:actve": ("there is no status actve", "did you mean active?"),
    "term:forever": ("there is no term forever", "there are: immediate, phased, longterm"),
    "due<2026-02-30": ("the date 2026-02-30 does not exist", "2026-02 has the days 1-28"),
    "due<3月1日": ('"3月1日" is not a date', "write 2025-06-30, 2025年6月30日, 6月30日, today, +7d or +15wd"),
    "due<2026-01-01,2026-02-01": (
        "due< takes one value",
        "give two conditions, for instance due>=2026-01-01 due<2026-03-01",
    ),
    "unit<办公室": ("unit has no order, so < says nothing about it", "write unit:VALUE"),
    "number:七": ("number takes a number, not 七", "write for instance number:7 or number<=20"),
    "number:²": ("number takes a number, not ²", "write for instance number:7 or number<=20"),
    "overdue:maybe": ("overdue takes yes or no, not maybe", "write overdue:yes or overdue:no"),
    "status:": ("nothing stands after status:", "write for instance status:active or due<2026-03-01"),
    "status:,": ("nothing stands after status:", "write for instance status:active or due<2026-03-01"),
}  # fmt: skip


@pytest.mark.parametrize(("word", "expected"), WRONG.items())
def test_what_cannot_be_asked_is_refused_with_a_way_out(word: str, expected: tuple[str, str]) -> None:
    """A misspelt field must not give an empty list that looks like an answer."""
    with pytest.raises(UsageError) as caught:
        parse_filter([word])
    assert expected == (caught.value.message, caught.value.hint)


def test_a_field_nothing_is_like_lists_them_all() -> None:
    """Somebody who guesses wildly sees what there is."""
    with pytest.raises(UsageError) as caught:
        parse_filter(["xyzzy:1"])
    assert caught.value.hint == "there are: " + ", ".join(FIELDS)


@pytest.mark.parametrize("word", ["title:\x1b[31m", "\u202e", "unit:a\nb", "\udc80"])
def test_values_are_clean(word: str) -> None:
    """What no stored text holds is not looked for."""
    with pytest.raises(RejectedInputError):
        parse_filter([word])


ROW = {
    "number": 7,
    "uid": "01JX8K2M7Q4Z0T5B1C3F9K2MXA",
    "title": "公文　流程不严",
    "unit": "办公室",
    "co_units": ["财务股", "人事股"],
    "status": "active",
    "due": dt.date(2026, 3, 1),
    "flags": ["rebound_prone", "repeat"],
    "overdue": True,
    "measures": ["修订办法", "Train Staff"],
    "review_on": None,
}
ASKED = {
    "number:7": True,
    "number:8": False,
    "number<8": True,
    "number>=8": False,
    "title:公文流程": True,
    "unit:办公室,财务股": True,
    "unit:办公": True,
    "co_units:人事股": True,
    "co_units:办公室": False,
    "status:active,done": True,
    "status:done": False,
    "due<2026-03-01": False,
    "due<=2026-03-01": True,
    "due>2026-02-28": True,
    "due:2026-03-01": True,
    "review_on<2027-01-01": False,
    "leader:张": False,
    "flag:repeat": True,
    "flag:rebound": False,
    "overdue:yes": True,
    "overdue:no": False,
    "continuing:no": True,
    "continuing:yes": False,
    "流程": True,
    "ＴＲＡＩＮ": True,
    "rebound_prone": False,
    "01JX8K2M7Q4Z0T5B1C3F9K2MXA": False,
}  # fmt: skip


@pytest.mark.parametrize(("word", "expected"), ASKED.items())
def test_a_row_meets_what_it_meets(word: str, expected: bool) -> None:
    """Texts match where they occur, codes whole; what is absent meets nothing but a no."""
    assert expected == matches(parse_filter([word]), ROW)


@given(st.lists(st.sampled_from(sorted(ASKED)), max_size=5))
def test_every_condition_must_be_met(words: list[str]) -> None:
    """Words narrow a list, never widen it."""
    assert all(ASKED[word] for word in words) == matches(parse_filter(words), ROW)


@given(st.text(max_size=30))
def test_no_text_breaks_the_reader(text: str) -> None:
    """Whatever is typed is a condition or one of our refusals."""
    try:
        found = parse_filter([text], today=TODAY)
    except (UsageError, RejectedInputError):
        return
    assert len(found) == bool(text.strip())
