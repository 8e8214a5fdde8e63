"""The figures that documents print of such books, each produced from entries and held against a count of our own."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from tests.cli.registers.conftest import contents

MARK = "\ufeff"


def sheet(name: str, head: str, lines: list[str]) -> str:
    """A file of rows as a clerk would have it."""
    Path(name).write_text("\n".join([head, *lines]) + "\n", encoding="utf-8")
    return name


def entered(office, kind: str, name: str, **options) -> dict:
    """What an import of a file did."""
    return json.loads(office.ok("register", kind, "import", name, "--json", **options))


def figure(office, *words: str) -> dict:
    """The one figure that is asked for."""
    (found,) = json.loads(office.ok("register", *words, "--json"))["figures"]
    return found


def values(found: dict) -> dict:
    """The parts of a figure by what they are of."""
    return {"/".join(part["keys"]): part["value"] for part in found["parts"]}


@pytest.fixture
def people():
    """17 cities, 103 counties and 95 departments, each a group."""
    groups = {"市州": 17, "县市区": 103, "省直部门": 95}
    rows = [
        f'[[units]]\nname = "{group}{number:03}"\ngroup = "{group}"\n'
        for group, count in groups.items()
        for number in range(1, count + 1)
    ]
    Path("ledgers/2025/people.toml").write_text("\n".join(rows), encoding="utf-8")
    return groups


def test_persons_held_to_account_and_excused(office):
    """追责问责449人, 容错免责117人: two books; several at once or one by one, what is void is not counted."""
    forms = ["检讨", "提醒谈话", "诫勉", "通报批评", "党纪处分"]
    lines = [f"2025-{1 + n % 6:02}-10,{forms[n % 5]},第{n}件,{1 + n % 3}" for n in range(200)]
    persons = sum(1 + n % 3 for n in range(200))
    lines.append(f"2025-02-28,立案调查,其余,{449 - persons}")
    name = sheet("追责.csv", "处理日期,处理形式,事由,人数", lines)
    now = {"now": "2025-07-01T09:00:00+08:00"}
    assert len(entered(office, "accountability", name, **now)["added"]) == 201
    office.ok("register", "accountability", "add", "form=诫勉", "persons=30", **now)
    office.ok("void", "accountability:202", "--why", "重复", **now)
    found = figure(office, "accountability", "count", "persons")
    right: Counter[str] = Counter({"立案调查": 449 - persons})
    for n in range(200):
        right[forms[n % 5]] += 1 + n % 3
    codes = {"检讨": "self_criticism", "提醒谈话": "reminder", "诫勉": "admonition", "通报批评": "notice"}
    codes |= {"党纪处分": "party", "立案调查": "case"}
    assert found["total"]["value"] == 449
    assert values(found) == {codes[form]: count for form, count in right.items()}
    assert found["definition"]
    for n in range(117):
        lines = [f"2025-03-{1 + n % 28:02},免责,一人" for n in range(117)]
    assert (
        len(entered(office, "tolerance", sheet("容错.csv", "认定日期,认定结果,事由", lines), **now)["added"])
        == 117
    )
    assert figure(office, "tolerance", "count")["total"]["value"] == 117


def test_duty_lists_signed_and_who_is_missing(office, people):
    """17 + 95 lists signed in mid-year, all of them; at the year's end three are missing, and are named."""
    units = [f"市州{n:03}" for n in range(1, 18)] + [f"省直部门{n:03}" for n in range(1, 96)]
    lines = [f"2024-06-28,2024,年中,{unit},某{at}" for at, unit in enumerate(units)]
    missing = {"市州004", "省直部门001", "省直部门095"}
    lines += [f"2024-12-20,2024,年底,{unit},某" for unit in units if unit not in missing]
    entered(office, "duty_lists", sheet("签字.csv", "签字日期,年度,节点,单位,第一责任人", lines))
    signed = figure(office, "duty_lists", "count", "signed", "round=mid")
    assert (signed["total"]["value"], values(signed)) == (112, {"市州/mid": 17, "省直部门/mid": 95})
    found = figure(
        office, "duty_lists", "count", "coverage", "年度=2024", "节点=年底", "unit.group=市州,省直部门"
    )
    by_group = {part["keys"][2]: part for part in found["parts"]}
    assert [(each["value"], each["expected"]) for each in by_group.values()] == [(16, 17), (93, 95)]
    assert set(by_group["市州"]["missing"] + by_group["省直部门"]["missing"]) == missing
    assert (found["total"]["value"], found["total"]["percent"]) == (109, 97.3)
    nobody = figure(office, "duty_lists", "count", "coverage", "year=2025", "round=mid", "unit.group=市州")
    assert [(part["value"], part["expected"]) for part in nobody["parts"]] == [(0, 17)]


def test_duty_reports_and_their_coverage(office, people):
    """34 + 206 + 95 principals: two of each city and county, one of each department; every unit is covered."""
    lines = [
        f"2024-12-2{who},2024,{group}{n:03},{group}{n}的{who}号,{'党委（党组）主要负责人' if who == 1 else '政府（行政）主要负责人'}"
        for group in ("市州", "县市区")
        for n in range(1, people[group] + 1)
        for who in (1, 2)
    ]
    lines += [f"2024-12-25,2024,省直部门{n:03},某人{n},党委（党组）主要负责人" for n in range(1, 96)]
    lines.append("2024-12-31,2024,省直部门001,某人1,党委（党组）主要负责人")
    entered(office, "duty_reports", sheet("述法.csv", "述法日期,年度,单位,述法人,职务类别", lines))
    persons = figure(office, "duty_reports", "count", "persons", "--period", "2024")
    assert values(persons) == {"市州": 34, "县市区": 206, "省直部门": 95}
    assert persons["total"]["value"] == 335
    coverage = figure(office, "duty_reports", "count", "coverage", "year=2024")
    assert [(part["value"], part["expected"], part["missing"]) for part in coverage["parts"]] == [
        (17, 17, []), (103, 103, []), (95, 95, []),
    ]  # fmt: skip
    assert coverage["total"]["percent"] == 100.0


def test_bulletins_by_series(office):
    """督察简报12期, 月通报6件: numbered by themselves, in each series from 1."""
    for month in range(1, 13):
        office.ok("register", "bulletins", "add", "series=法治督察简报", "--on", f"2024-{month:02}-05")
        if month % 2:
            office.ok("register", "bulletins", "add", "series=月通报", "--on", f"2024-{month:02}-28")
    found = figure(office, "bulletins", "count", "--period", "2024")
    assert values(found) == {"法治督察简报": 12, "月通报": 6}
    rows = json.loads(office.ok("register", "bulletins", "list", "series=月通报", "--json"))["rows"]
    assert [each["values"]["issue_no"] for each in rows] == [1, 2, 3, 4, 5, 6]


def test_meetings_by_type(office):
    """先后召开10余次党委会、领导小组会、推进会、工作专班会."""
    for number, kind in enumerate(
        ["党委（党组）会"] * 4 + ["领导小组会"] * 5 + ["推进会"] * 3 + ["工作专班会"] * 2
    ):
        office.ok("register", "meetings", "add", f"type={kind}", f"title=第{number}次", "--on", "2025-02-01")
    found = figure(office, "meetings", "count", "--period", "2025-Q1")
    assert values(found) == {"committee": 4, "group": 5, "progress": 3, "team": 2}
    assert found["total"]["value"] == 14
    assert figure(office, "meetings", "count", "--period", "2024")["total"]["value"] == 0


def test_regulations_issued_and_cleared(office, asked):
    """出台制度745件, 清理397件; the same file again changes nothing."""
    lines = [f"2025-01-{1 + n % 28:02},{'新建' if n % 3 else '修订'},制度{n}" for n in range(745)]
    lines += [f"2025-02-{1 + n % 28:02},{'废止' if n % 2 else '清理'},旧制度{n}" for n in range(397)]
    name = sheet("制度.csv", "印发日期,类别,制度名称", lines)
    assert len(entered(office, "regulations", name)["added"]) == 745 + 397
    before = contents()
    assert entered(office, "regulations", name) | {"batch": ""} == {
        **entered(office, "regulations", name), "batch": "", "added": [], "edited": [], "same": 1142,
    }  # fmt: skip
    assert contents() == before
    found = {each["name"]: each for each in asked("register", "regulations", "count")["figures"]}
    assert (found["issued"]["total"]["value"], found["cleared"]["total"]["value"]) == (745, 397)
    assert values(found["issued"]) == {"new": 496, "revised": 249}
    office.ok("register", "regulations", "edit", "3", "checked_on=2025-02-20", "checked=执行到位")
    checked = figure(office, "regulations", "count", "checked", "--period", "2025-02")
    assert checked["total"]["value"] == 1


def test_visits_by_level_from_sums_of_times(office):
    """省、市、县三级共实地督导督察6557次: a row may stand for many, one that does not say for one."""
    lines = ["2025-01-05,四不两直,省级,甲单位,157", "2025-01-06,四不两直,市级,甲单位,1400"]
    lines += ["2025-01-31,明察暗访,县级,乙单位,4999", "2025-02-01,明察暗访,县级,丙单位,"]
    entered(office, "visits", sheet("督查.csv", "日期,方式,层级,被督查单位,次数", lines))
    found = figure(office, "visits", "count", "times")
    assert (found["total"]["value"], values(found)) == (6557, {"province": 157, "city": 1400, "county": 5000})
    assert figure(office, "visits", "count", "units")["total"]["value"] == 3


def test_money_of_a_register_of_the_office(office):
    """涉案金额101510万元, added up of parts that no float holds."""
    for cost in ("101509.7万元", "0.1万元", "0.2万元"):
        office.ok("register", "training", "add", "topic=a", f"经费={cost}")
    found = figure(office, "training", "count")
    assert (found["total"]["value"], found["unit"]) == ("1015100000", "wan")
    assert "101510 万元" in office.ok("register", "training", "count", terminal=True, lang="zh")


def test_every_figure_is_told_with_how_it_is_counted(office):
    """On a terminal in words; in a pipe as rows."""
    office.ok("register", "meetings", "add", "type=推进会", "title=甲")
    seen = office.ok("register", "meetings", "count", terminal=True, lang="zh")
    assert "口径" in seen and "推进会" in seen and "1 次" in seen
    lines = [line.split("\t") for line in office.ok("register", "meetings", "count").splitlines()]
    assert lines == [
        ["figure", "by", "value", "expected", "percent", "missing"],
        ["held", "", "1", "", "", ""],
        ["held", "progress", "1", "", "", ""],
    ]


def test_what_was_true_then_is_counted_then(office):
    """As of a day, and as known at a time."""
    office.ok("register", "meetings", "add", "type=推进会", "title=甲", "--on", "2025-01-10")
    office.ok(
        "register",
        "meetings",
        "add",
        "type=推进会",
        "title=乙",
        "--on",
        "2025-02-10",
        now="2025-03-05T09:00:00+08:00",
    )
    total = lambda *more: figure(office, "meetings", "count", *more)["total"]["value"]  # noqa: E731
    assert (total(), total("--as-of", "2025-01-31"), total("--as-of", "2025-01-09")) == (2, 1, 0)
    assert total("--known-at", "2025-03-02") == 1


def test_meetings_are_counted_by_what_they_were_about(office):
    """By the ids people use, whatever a record keeps."""
    office.ok("register", "meetings", "add", "type=推进会", "title=甲", "links=1.2,2")
    office.ok("register", "meetings", "add", "type=推进会", "title=乙", "links=2")
    assert values(figure(office, "meetings", "count", "held", "--per", "links")) == {"1.2": 1, "2": 2}
    assert "1.2" in office.ok("register", "meetings", "count", "--per", "涉及问题", terminal=True, lang="zh")
