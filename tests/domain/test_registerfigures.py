"""Figures of a register, each held against a count made by other means."""

from __future__ import annotations

import datetime as dt
import random
from collections import Counter
from types import MappingProxyType

import pytest

from ledger.domain.declaration import Declaration, DeclaredField, FieldType, Figure, Label, words_of
from ledger.domain.entered import Entered
from ledger.domain.registerfigures import RECORDS, Question, Units, counted
from ledger.domain.registerfilters import asked
from ledger.domain.stretch import stretch
from ledger.errors import UsageError

TODAY = dt.date(2025, 12, 31)
FIELDS = {
    each.name: each
    for each in (
        DeclaredField("on", Label("日期", "date"), FieldType.DATE, required=True),
        DeclaredField(
            "form", Label("形式", "form"), FieldType.CODE,
            codes=MappingProxyType({"talk": Label("约谈", "talk"), "admonition": Label("诫勉", "admonition")}),
        ),
        DeclaredField("unit", Label("单位", "unit"), FieldType.UNIT),
        DeclaredField("persons", Label("人数", "persons"), FieldType.NUMBER),
        DeclaredField("amount", Label("金额", "amount"), FieldType.MONEY, unit="wan"),
        DeclaredField("checked_on", Label("检查", "checked"), FieldType.DATE),
        DeclaredField("flag", Label("标记", "flag"), FieldType.FLAG),
        DeclaredField("title", Label("事由", "title")),
    )
}  # fmt: skip
BOOK = Declaration("accountability", Label("追责", "x"), FIELDS, by_word=words_of(FIELDS))
GROUPS = {"市州": ("甲市", "乙市", "丙市"), "省直部门": ("甲厅", "乙厅")}
UNITS = Units(lambda unit: next((g for g, names in GROUPS.items() if unit in names), ""), GROUPS)


def figure(of: str = "records", **more) -> Figure:
    """A figure."""
    return Figure("x", Label(), Label(), of, **more)  # type: ignore[arg-type]


def record(number: int, on: str = "2025-03-01", void: bool = False, **values) -> Entered:
    """A record."""
    day = dt.date.fromisoformat(on) if on else None
    return Entered(f"accountability:{number}", f"U{number}", number, day, values, void=void)


def many() -> list[Entered]:
    """Some hundreds of records, of every kind."""
    chance = random.Random(3)
    return [
        record(
            number,
            f"2025-{chance.randrange(1, 13):02}-15",
            void=chance.random() < 0.1,
            form=chance.choice(["talk", "admonition"]),
            unit=chance.choice(["甲市", "乙市", "甲厅", "不在册"]),
            persons=chance.randrange(1, 9),
            amount=f"{chance.randrange(1, 10**9)}",
        )
        for number in range(1, 401)
    ]


def question(*words: str, period: str = "", by: tuple[str, ...] = ()) -> Question:
    """What somebody asks."""
    conditions = asked(BOOK, words, today=TODAY, names=lambda name: (name,))
    return Question(conditions, stretch(period, today=TODAY), by)


def test_a_sum_by_form_within_a_period():
    """What is void, of another month or of another unit does not count."""
    records = many()
    found = counted(
        BOOK,
        figure("sum", fields=("persons",), by=("form",)),
        records,
        question("unit=甲市", period="2025-Q2"),
        UNITS,
    )
    right: Counter[str] = Counter()
    for each in records:
        if not each.void and each.on.month in (4, 5, 6) and each.values["unit"] == "甲市":
            right[each.values["form"]] += each.values["persons"]
    assert {part.keys[0]: part.value for part in found.parts} == dict(right)
    assert [part.keys[0] for part in found.parts] == ["talk", "admonition"]
    assert found.total.value == sum(right.values()) > 0


def test_money_is_added_up_exactly():
    """Amounts are whole numbers of 元 here; the sum has every digit."""
    records = many()
    found = counted(BOOK, figure("sum", fields=("amount",)), records, question(), UNITS)
    right = sum(int(each.values["amount"]) for each in records if not each.void)
    assert (found.total.value, found.money) == (str(right), "wan")


def test_different_values_of_several_fields():
    """The same pair twice is one."""
    records = many()
    found = counted(
        BOOK, figure("distinct", fields=("unit", "form"), by=("unit.group",)), records, question(), UNITS
    )
    pairs = {(each.values["unit"], each.values["form"]) for each in records if not each.void}
    assert found.total.value == len(pairs) == 8
    assert {part.keys[0]: part.value for part in found.parts} == {"市州": 4, "省直部门": 2, "": 2}


def test_coverage_names_who_is_missing_in_each_group():
    """Of how many that are expected how many occur, and who does not; names nobody expected are said."""
    records = [record(1, unit="甲市"), record(2, unit="甲市"), record(3, unit="甲厅"), record(4, unit="外地")]
    found = counted(BOOK, figure("coverage", fields=("unit",)), records, question(), UNITS)
    assert [(part.keys, part.value, part.expected, part.missing) for part in found.parts] == [
        (("市州",), 1, 3, ("乙市", "丙市")),
        (("省直部门",), 1, 2, ("乙厅",)),
    ]
    assert (found.total.value, found.total.expected, str(found.total.percent)) == (2, 5, "40.0")
    assert found.beyond == ("外地",)


def test_a_round_nobody_answered_is_told_when_it_is_asked_for():
    """Otherwise the worst case, nobody at all, would be the one that does not show."""
    coverage = figure("coverage", fields=("unit",), by=("form",))
    records = [record(1, unit="甲市", form="talk")]
    assert [part.keys for part in counted(BOOK, coverage, records, question(), UNITS).parts] == [
        ("talk", "市州"), ("talk", "省直部门"),
    ]  # fmt: skip
    found = counted(BOOK, coverage, records, question("form=诫勉"), UNITS)
    assert [(part.keys, part.value, part.expected) for part in found.parts] == [
        (("admonition", "市州"), 0, 3), (("admonition", "省直部门"), 0, 2),
    ]  # fmt: skip


def test_expected_units_of_a_declaration_win_over_people():
    """Where an office lists them itself."""
    own = figure("coverage", fields=("unit",), expected={"片区": ("东", "西")})
    found = counted(BOOK, own, [record(1, unit="东")], question(), UNITS)
    assert [(part.keys, part.missing) for part in found.parts] == [(("片区",), ("西",))]


def test_another_date_decides_where_a_figure_says_so():
    """What has no such date is in no period, and does not count at all."""
    checked = figure(date="checked_on")
    records = [
        record(1, "2024-05-01", checked_on="2025-02-01"),
        record(2, "2025-02-01"),
        record(3, "2025-01-01", checked_on="2024-12-31"),
    ]
    assert counted(BOOK, checked, records, question(period="2025"), UNITS).total.value == 1
    assert counted(BOOK, checked, records, question(), UNITS).total.value == 2


def test_what_has_no_date_counts_in_no_period():
    """But in all there is."""
    records = [record(1, ""), record(2)]
    assert counted(BOOK, RECORDS, records, question(period="2025"), UNITS).total.value == 1
    assert counted(BOOK, RECORDS, records, question(), UNITS).total.value == 2


def test_other_fields_may_be_asked_for():
    """`--per` counts apart by them."""
    found = counted(BOOK, figure(by=("form",)), many(), question(by=("unit", "form")), UNITS)
    assert found.by == ("unit", "form")
    assert sum(part.value for part in found.parts) == found.total.value


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        (["形式=约谈"], {1, 3}),
        (["form:talk,admonition"], {1, 2, 3}),
        (["persons>=2"], {2, 3}),
        (["amount<1万元"], {1}),
        (["amount>=10000元"], {2, 3}),
        (["on<2025-03-02"], {1}),
        (["unit.group=市州"], {1, 2}),
        (["unit=甲市"], {1}),
        (["flag=yes"], {3}),
        (["flag=no"], {1, 2, 4}),
        (["title=公文"], {2}),
        (["公文"], {2}),
        (["checked_on>2025-01-01"], {3}),
        (["form=talk", "persons=3"], {3}),
    ],
)
def test_conditions(words, meant):
    """By code or label, by size and by day, by the group of a unit, or a word anywhere."""
    records = [
        record(1, form="talk", unit="甲市", persons=1, amount="9999.99"),
        record(2, "2025-03-02", form="admonition", unit="乙市", persons=2, amount="10000", title="公文 迟办"),
        record(
            3,
            "2025-04-01",
            form="talk",
            unit="甲厅",
            persons=3,
            amount="20000",
            flag=True,
            checked_on="2025-02-01",
        ),
        record(4, ""),
    ]
    from ledger.domain.registerfilters import meets

    conditions = question(*words).conditions
    assert {each.number for each in records if meets(each, conditions, UNITS.group_of)} == meant


@pytest.mark.parametrize(
    "word", ["frob=1", "form=废止", "persons=many", "form>talk", "title.group=x", "on>2025-02-30", "form="]
)
def test_a_condition_that_makes_no_sense_is_refused(word):
    """With what could have been meant."""
    with pytest.raises(UsageError) as caught:
        question(word)
    assert caught.value.hint


def test_a_list_counts_under_each_of_its_members():
    """Who taught three courses is in three figures; the total counts each record once."""
    fields = {**FIELDS, "teachers": DeclaredField("teachers", Label("主讲", "teachers"), FieldType.LIST)}
    book = Declaration("training", Label("培训", "x"), fields, by_word=words_of(fields))
    records = [record(1, teachers=["张某", "李某"]), record(2, teachers=["张某"]), record(3)]
    found = counted(book, figure(by=("teachers",)), records, question(), UNITS)
    assert {part.keys[0]: part.value for part in found.parts} == {"张某": 2, "李某": 1, "": 1}
    assert found.total.value == 3
