"""A search through an index finds what looking one by one finds, and says where."""

from __future__ import annotations

import random

import pytest

from ledger.domain.acts import working
from ledger.domain.text import fold
from ledger.store import index, query, tables
from tests.issues import issue, measure
from tests.store.invented import WORDS, asked, made_up
from tests.store.shelf import context, note, open_book, put


def by_hand(issues, words) -> list[str]:
    """The issues in any text of which each word stands, found by looking at them one by one."""
    folded = [fold(word) for word in words if fold(word)]
    if not folded:
        return []
    texts = {each.uid: [fold(text) for text in tables.texts(each, ())] for each in issues}
    return [
        uid for uid, found in texts.items() if all(any(word in text for text in found) for word in folded)
    ]


@pytest.mark.parametrize("seed", range(4))
def test_search_finds_what_looking_one_by_one_finds(seed):
    """Any word of one or more characters, any width and case: none missed, none too many (G12)."""
    source = random.Random(seed)
    issues = made_up(seed)
    whole = "".join(text for each in issues for text in tables.texts(each, ()))
    cuts = [source.randrange(len(whole) - 4) for _each in range(150)]
    words = [(whole[at : at + source.randrange(1, 4)],) for at in cuts]
    words += [tuple(source.choices(WORDS, k=2)) for _each in range(30)] + [
        ("%",),
        ("_",),
        ("",),
        ("\n",),
        ("不存在",),
    ]
    with asked(issues) as connection:
        found = [query.matching(connection, each) for each in words]
    assert found == [by_hand(issues, each) for each in words]


def test_a_word_is_not_found_across_two_texts():
    """The end of one text and the beginning of the next make no word."""
    one = issue(1, measure(1, text="末尾台"), measure(2, text="账开头"), title="题")
    with asked([one]) as connection:
        assert query.matching(connection, ["台账"]) == []


def test_a_hit_names_where_it_is(tmp_path):
    """Issue, measure, point or entry of the history; the field or act; the words around it as they were typed."""
    book = open_book(tmp_path)
    draft = put(book, 7, "台账　不全", "修订《公文》办法", "组织培训", unit="综合股", criterion="台账齐全")
    draft.context = context()
    working.add_point(draft, draft.state.measures()[1]["uid"], "培训台账ABC")
    note(book, draft, "四月抽查，台账两处缺页")
    with index.connect(book) as connection:
        hits = query.search(connection, ["台账"])
        narrow = [(hit.id, hit.field) for hit in query.search(connection, ["ａｂｃ", "公文"])]
        across = [hit.field for hit in query.search(connection, ["账不全"])]
    assert [(hit.id, hit.field, hit.excerpt) for hit in hits] == [
        ("7", "title", "台账 不全"),
        ("7", "criterion", "台账齐全"),
        ("7.2", "points", "培训台账ABC"),
        ("7.1", "note", "四月抽查，台账两处缺页 试"),
    ]
    assert (narrow, across) == ([("7.1", "text"), ("7.2", "points")], ["title"])


def test_a_long_text_is_shown_from_the_word_on():
    """An excerpt fits a line and holds the word."""
    one = issue(1, measure(1, text="长" * 300 + "台账" + "尾" * 300), title="题")
    with asked([one]) as connection:
        (hit,) = query.search(connection, ["台账"])
    assert (hit.excerpt.startswith("..."), "台账" in hit.excerpt, len(hit.excerpt) < 60) == (True, True, True)


def test_what_a_measure_inherits_is_found_once():
    """A leader named on the issue is one hit, not one for each measure."""
    one = issue(1, measure(1, text="甲"), measure(2, text="乙", leader="沈某"), title="题", leader="顾某")
    with asked([one]) as connection:
        found = [(hit.id, hit.field) for name in ("顾某", "沈某") for hit in query.search(connection, [name])]
    assert found == [("1", "leader"), ("1.2", "leader")]


def test_a_limit_of_hits_counts_issues():
    """The first issues are shown with all their hits."""
    issues = [issue(number, title="台账", criterion="台账") for number in (1, 2, 3)]
    with asked(issues) as connection:
        found = [(hit.id, hit.field) for hit in query.search(connection, ["台账"], limit=2)]
    assert found == [("1", "title"), ("1", "criterion"), ("2", "title"), ("2", "criterion")]
