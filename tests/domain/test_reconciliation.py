"""Two lists of findings held against each other."""

from __future__ import annotations

import random

import pytest

from ledger.domain.likeness import gist
from ledger.domain.reconciliation import FIELDS, Difference, Line, Said, reconcile, reconcile_measures

TOPICS = [
    "食堂采购",
    "公车使用",
    "会议记录",
    "公章管理",
    "低保核查",
    "工程招标",
    "档案归集",
    "值班值守",
    "信访答复",
    "津补贴发放",
]
FAULTS = ["审核把关不严", "台账登记不全", "公示时间不足", "长期无人负责", "超出标准列支", "程序倒置"]


def word(text: str) -> Said:
    return Said(text, frozenset({text}))


def line(number: int, title: str, beside: str = "", counts: bool = True, **said: str) -> Line:
    fields = {
        "title": Said(title, frozenset({gist(title)})),
        **{name: word(text) for name, text in said.items()},
    }
    return Line(str(number), number, title, fields, beside=beside, counts=counts)


def told(found) -> dict[str, object]:
    return {
        "pairs": [(each.ours.id, each.theirs.id) for each in found.matched],
        "different": {
            (each.ours.id, item.field): (item.ours, item.theirs)
            for each in found.different
            for item in each.differences
        },
        "only_ours": [each.id for each in found.only_ours],
        "only_theirs": [each.id for each in found.only_theirs],
    }


OURS = [
    line(1, "公章外借没有登记", unit="党政办", due="2025-06-30"),
    line(2, "会议记录缺页", unit="党建办"),
    line(3, "车辆油耗超标", unit="财务所"),
]


def test_a_list_agrees_with_itself() -> None:
    """Nothing is made up where nothing differs."""
    found = reconcile(OURS, OURS)
    assert found.agrees
    assert [each.ours.id for each in found.equal] == ["1", "2", "3"]
    assert found.fields == ("title", "unit", "due")
    assert found.unsaid == ("leader", "owner", "status")


def test_what_only_one_has_and_where_they_differ() -> None:
    """All three kinds at once, whatever order the lists are in."""
    theirs = [
        line(9, "食堂采购不公开", unit="后勤办"),
        line(1, "会议记录缺页较多", unit="综合办"),
        line(2, "公章外借没有登记", unit="党政办"),
    ]
    assert told(reconcile(OURS, theirs)) == {
        "pairs": [("1", "2"), ("2", "1")],
        "different": {
            ("2", "title"): ("会议记录缺页", "会议记录缺页较多"),
            ("2", "unit"): ("党建办", "综合办"),
        },
        "only_ours": ["3"],
        "only_theirs": ["9"],
    }


def test_what_a_list_does_not_say_is_no_difference_and_what_we_do_not_say_is() -> None:
    """An empty cell of theirs says nothing; a filled one that we lack is to be settled."""
    ours = [line(1, "甲事项久拖不决", unit="党政办"), line(2, "乙事项无人负责")]
    theirs = [line(1, "甲事项久拖不决"), line(2, "乙事项无人负责", unit="党建办")]
    assert told(reconcile(ours, theirs))["different"] == {("2", "unit"): (None, "党建办")}


def test_only_the_fields_asked_for_are_compared() -> None:
    """--fields takes the rest out of sight."""
    theirs = [line(1, "公章外借无人登记", unit="综合办", due="2025-07-31"), *OURS[1:]]
    found = reconcile(OURS, theirs, fields=("due",))
    assert told(found)["different"] == {("1", "due"): ("2025-06-30", "2025-07-31")}
    assert found.fields == ("due",)


def test_other_words_of_one_meaning_are_equal_and_told() -> None:
    """Two phrases for one day are no difference."""
    ours = [Line("1", 1, "甲", {"due": Said("2025-06-30", frozenset({("day", 630)}))})]
    theirs = [Line("1", 1, "甲", {"due": Said("6月底前", frozenset({("day", 630)}))})]
    found = reconcile(ours, theirs)
    assert found.agrees
    assert found.matched[0].reworded == (Difference("due", "2025-06-30", "6月底前"),)


def test_what_was_not_understood_is_named_and_not_compared() -> None:
    """A status that is a story is neither equal nor different."""
    theirs = [line(1, "公章外借没有登记")]
    theirs[0].said["status"] = Said("开展了专项检查", frozenset())  # type: ignore[index]
    found = reconcile(OURS[:1], theirs)
    assert found.agrees
    assert [(each.id, field) for each, field in found.unread] == [("1", "status")]


def test_void_issues_are_missing_nowhere_but_can_be_found() -> None:
    """What was taken off the books is not looked for in their list."""
    ours = [line(1, "公章外借没有登记", counts=False), line(2, "会议记录缺页", counts=False)]
    found = reconcile(ours, [line(1, "会议记录缺页")])
    assert told(found)["pairs"] == [("2", "1")]
    assert found.only_ours == ()


@pytest.mark.parametrize(
    ("by", "pairs"),
    [
        ("number", [("1", "1"), ("2", "2")]),
        ("title", [("1", "2"), ("2", "1")]),
        ("", [("1", "2"), ("2", "1")]),
    ],
)
def test_what_is_matched_by(by, pairs) -> None:
    """By number alone, by title alone, or by all that is alike, where titles come first."""
    ours = [line(1, "公章外借没有登记"), line(2, "会议记录缺页")]
    theirs = [line(1, "会议记录缺页"), line(2, "公章外借没有登记")]
    assert told(reconcile(ours, theirs, by=by))["pairs"] == pairs


def test_a_number_helps_where_words_are_somewhat_alike() -> None:
    """A retitled issue keeps its place; another finding at that place is another finding."""
    ours = [line(1, "学习贯彻不深入"), line(2, "食堂采购不公开")]
    theirs = [line(1, "理论学习走形式、贯彻不够"), line(2, "三公经费超预算")]
    assert told(reconcile(ours, theirs))["pairs"] == [("1", "1")]


def test_measures_tell_where_titles_do_not() -> None:
    """A finding told in other words is known by what is done about it."""
    beside = "修订食堂采购办法并逐项公示价格、每季度抽查一次供应商"
    ours = [line(5, "食堂采购不公开", beside=beside), line(6, "公章外借没有登记", beside="建立登记簿")]
    theirs = [line(1, "后勤保障存在漏洞", beside=beside + "并通报")]
    assert told(reconcile(ours, theirs))["pairs"] == [("5", "1")]


def test_equal_titles_go_by_their_numbers() -> None:
    """Two findings of one title are told apart by their numbers, else by their order."""
    ours = [line(1, "同样的问题", unit="甲办"), line(2, "同样的问题", unit="乙办")]
    theirs = [line(2, "同样的问题", unit="乙办"), line(1, "同样的问题", unit="甲办")]
    assert reconcile(ours, theirs).agrees
    moved = [each._replace(number=each.number + 10) for each in reversed(theirs)]
    assert reconcile(ours, moved).agrees


def test_measures_are_compared_within_their_issues() -> None:
    """A measure under another finding is another measure, whatever it says."""
    issues = [(OURS[0], line(7, "公章外借没有登记")), (OURS[1], line(8, "会议记录缺页"))]

    def measure(issue: int, number: int, text: str, unit: str) -> Line:
        return line(number, text, unit=unit)._replace(id=f"{issue}.{number}", under=str(issue))

    ours = [
        measure(1, 1, "建立登记簿", "甲办"),
        measure(2, 1, "补齐记录", "乙办"),
        measure(2, 2, "明确专人", "乙办"),
    ]
    theirs = [
        measure(7, 1, "建立登记簿并公示", "甲办"),
        measure(8, 1, "明确专人", "丙办"),
        measure(7, 2, "补齐记录", "乙办"),
    ]
    assert told(reconcile_measures(issues, ours, theirs)) == {
        "pairs": [("1.1", "7.1"), ("2.2", "8.1")],
        "different": {
            ("1.1", "title"): ("建立登记簿", "建立登记簿并公示"),
            ("2.2", "unit"): ("乙办", "丙办"),
        },
        "only_ours": ["2.1"],
        "only_theirs": ["7.2"],
    }


@pytest.mark.parametrize("seed", range(40))
def test_so_many_edits_are_so_many_differences(seed: int) -> None:
    """Of a shuffled, renumbered copy with k cells changed, rows taken out and rows put in, each is found."""
    chance = random.Random(seed)
    ours = [
        line(
            n, f"{chance.choice(TOPICS)}{chance.choice(FAULTS)}（第{n}号）",
            unit=chance.choice("甲乙丙") + "办", leader="张某", due=f"2025-0{chance.randint(1, 9)}-01",
        )
        for n in range(1, chance.randint(5, 60))
    ]  # fmt: skip
    gone = set(chance.sample([each.id for each in ours], chance.randint(0, 3)))
    theirs = [each for each in ours if each.id not in gone]
    edits = set()
    for at in range(len(theirs)):
        for field in ("unit", "leader", "due"):
            if chance.random() < 0.1:
                said = {**theirs[at].said, field: word(theirs[at].said[field].text + "改")}
                theirs[at] = theirs[at]._replace(said=said)
                edits.add((theirs[at].id, field))
    strangers = [line(900 + n, f"凭空多出的第{n}件怪事物") for n in range(chance.randint(0, 3))]
    renumbered = {each.id: each for each in theirs}
    shuffled = [*theirs, *strangers]
    chance.shuffle(shuffled)
    shuffled = [each._replace(number=n) for n, each in enumerate(shuffled, 1)]
    found = reconcile(ours, shuffled, fields=FIELDS)
    assert set(told(found)["different"]) == edits
    assert {each.id for each in found.only_ours} == gone
    assert {each.id for each in found.only_theirs} == {each.id for each in strangers}
    assert len(found.matched) == len(renumbered)
