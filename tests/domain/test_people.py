"""Who may be named, who leads a unit on a day, and what is said of names that are not right."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from ledger.domain.namebook import slips
from ledger.domain.people import Office, People, Person, Unit


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def listed() -> People:
    return People(
        [
            Unit("办公室", ("局办",), group="市局"),
            Unit("财务股", leader="何某", group="市局"),
            Unit("收费站", ends=day("2024-12-31"), successor="路政所"),
            Unit("养护站", ends=day("2024-12-31"), successor="路政所"),
            Unit("路政所", ("路政",), begins=day("2025-01-01"), ends=day("2025-06-30"), successor="公路中心"),
            Unit("公路中心", begins=day("2025-07-01")),
            Unit("老档案室", ends=day("2023-12-31")),
        ],
        [Person("张某", ("老张",)), Person("李某"), Person("何某"), Person("沈青")],
        [
            Office("老张", "局办", "主任", begins=day("2023-01-01"), ends=day("2025-06-30")),
            Office("李某", "办公室", "主任", begins=day("2025-07-01")),
            Office("沈青", "办公室", "副主任", leads=False, begins=day("2023-01-01"), ends=day("2024-12-31")),
        ],
    )


def test_a_name_means_what_is_listed():
    """Aliases lead to the full name, inner blanks do not count, what nobody listed stays as it is."""
    people = listed()
    assert [people.full(each) for each in ("局办", "张　某", "老 张", "王某")] == [
        "办公室",
        "张某",
        "张某",
        "王某",
    ]
    assert people.spelled("老张") == ("张某", "老张")
    assert people.spelled("王某") == ("王某",)
    assert [people.is_unit(each) for each in ("局办", "张某")] == [True, False]
    assert not People()
    assert People(units=[Unit("x")])


def test_a_unit_is_led_by_whoever_held_the_office_on_the_day():
    """First and last day included; a unit without offices is led by the one its row names, always."""
    people = listed()
    assert [people.leader_of("局办", day(on)) for on in ("2022-12-31", "2023-01-01", "2025-06-30")] == [
        "",
        "张某",
        "张某",
    ]
    assert people.leader_of("办公室", day("2025-07-01")) == "李某"
    assert people.leader_of("办公室") == "李某"
    assert {people.leader_of("财务股", day(on)) for on in ("1999-01-01", "2030-01-01")} == {"何某"}
    assert people.leader_of("没有的") == ""
    assert [people.ever_led("办公室", name) for name in ("张某", "李某", "沈青")] == [True, True, False]


def test_a_unit_is_answerable_for_those_it_succeeded():
    """Through every renaming and merger; the old name stands for itself alone."""
    people = listed()
    assert people.answerable_for("公路中心") == ("公路中心", "路政所", "收费站", "养护站")
    assert people.answerable_for("路政") == ("路政所", "收费站", "养护站")
    assert people.answerable_for("收费站") == ("收费站",)


def test_units_of_a_group_on_a_day():
    """Coverage is asked of the units there are, in the order of the file."""
    people = listed()
    assert people.groups == {"市局": ("办公室", "财务股")}
    assert people.group_of("局办") == "市局"
    assert people.group_of("路政所") == ""
    assert people.units_on(day("2025-06-30")) == ("办公室", "财务股", "路政所")
    assert people.units_on(day("2025-07-01")) == ("办公室", "财务股", "公路中心")
    assert people.units_on(day("2025-07-01"), "市局") == ("办公室", "财务股")


def test_names_are_pointed_out():
    """Nobody listed it, or it is no longer in office on the day; each once."""
    on = day("2025-07-01")
    assert listed().remarks(["李某", "张某某", "张某某"], on) == ["张某某 is not in people.toml; near: 张某"]
    assert listed().remarks(["老张"], on) == ["张某 left office on 2025-06-30; 办公室 is led by 李某"]
    assert listed().remarks(["沈青"], on) == ["沈青 left office on 2024-12-31"]
    assert listed().remarks(["收费站"], on) == ["收费站 was succeeded by 路政所 after 2024-12-31"]
    assert listed().remarks(["老档案室"], on) == ["老档案室 has ended on 2023-12-31"]
    assert listed().remarks(["张某", "收费站", "何某"], day("2024-12-31")) == []
    assert People().remarks(["王某"], on) == []


def test_a_list_that_holds_has_no_slips():
    """Two leaders one after the other, a deputy beside them, a merger of two."""
    assert list(slips(listed())) == []


DAYS = st.one_of(st.none(), st.dates(dt.date(2025, 1, 1), dt.date(2025, 1, 20)))


@given(st.lists(st.tuples(DAYS, DAYS), max_size=4))
def test_two_leaders_are_found_exactly_where_a_day_has_two(terms):
    """Day by day, by counting."""
    offices = [Office("张某", "办公室", begins=first, ends=last) for first, last in terms]
    people = People([Unit("办公室")], [Person("张某")], offices)
    window = [dt.date(2024, 12, 31) + dt.timedelta(days) for days in range(23)]
    double = any(sum(each.held(on) for each in offices) > 1 for on in window)
    backwards = any(first and last and last < first for first, last in terms)
    found = [each.message for each in slips(people)]
    assert any("led by two" in each for each in found) is double
    assert any("before the first" in each for each in found) is backwards
