"""The figures that published reports print about letters, people, clues, rates and lists, each from entries.

The numbers are those of public reports on how the rule of law, or an inspection, was followed up; everything
else in these ledgers is made up.
"""

from __future__ import annotations

import datetime as dt
import itertools
import json
import os
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

YEAR_END = "2025-12-31T09:00:00+08:00"


@pytest.fixture
def office(run, monkeypatch):
    """A ledger at the end of a year; nobody pulls the plug while thousands of records are written."""
    monkeypatch.setattr(os, "fsync", lambda _file: None)

    def typed(*argv: str, now: str = YEAR_END) -> str:
        return run.ok(*argv, now=now)

    typed("init", "2025", "--preset", "simple", "--lang", "zh")
    return typed


def table(name: str, head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A list as an office sends it."""
    lines = [",".join(head), *(",".join(map(str, row)) for row in rows)]
    Path(name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    return name


def days(count: int) -> Iterable[str]:
    """Days of the year, over and over."""
    first = dt.date(2025, 1, 2)
    return (str(first + dt.timedelta(days=number % 360)) for number in range(count))


def counted(office, *argv: str) -> dict[str, dict[str, Any]]:
    """The figures of a register by their names."""
    found = json.loads(office("register", *argv, "--json"))
    return {each["name"]: each for each in found["figures"]}


def by(figure: dict[str, Any]) -> dict[tuple[str, ...], float]:
    """The parts of a figure by what they are of."""
    return {tuple(part["keys"]): part["value"] for part in figure["parts"]}


def grouped(groups: dict[str, Sequence[str]]) -> None:
    """The units of an office with the group each belongs to."""
    rows = [(unit, group) for group, units in groups.items() for unit in units]
    text = "".join(f'[[units]]\nname = "{unit}"\ngroup = "{group}"\n\n' for unit, group in rows)
    Path("ledgers/2025/people.toml").write_text(text, encoding="utf-8")


def test_letters_of_supervision_are_counted(office):
    """33 letters of supervision: one a unit that is late, each with its number; a withdrawn one counts apart."""
    rows = ((n, f"督察发现的第{n}个问题", f"第{n}镇", "2025-06-30") for n in range(1, 36))
    table("issues.csv", ("序号", "反馈问题", "责任单位", "完成时限"), rows)
    office("import", "issues.csv", "--yes", now="2025-04-01T09:00:00+08:00")
    day = "2025-07-18T09:00:00+08:00"
    before = json.loads(office("letter", "propose", "--json", now="2025-06-30T09:00:00+08:00"))["proposals"]
    assert "supervise" not in {each["rung"] for each in before}
    office("letter", "draft", "--all", now=day)
    office("letter", "sign", *(f"L{n}" for n in range(1, 35)), "--signer", "林某", now=day)
    office("letter", "withdraw", "L34", "--why", "已办结", now=day)
    told = json.loads(office("letter", "stats", "--per", "rung", "--json"))
    assert (told["letters"]["sent"], told["letters"]["drafts"], told["letters"]["withdrawn"]) == (33, 1, 1)
    (rung,) = told["per"]
    assert (rung["value"], rung["sent"]) == ("supervise", 33)
    listed = json.loads(office("letter", "list", "--json"))["rows"]
    numbers = [each["reference"] for each in listed if each["reference"]]
    assert len(set(numbers)) == len(numbers) == 34


def test_people_held_to_account_and_people_excused(office):
    """449 held to account, 117 excused, in two books: persons are summed by form, void entries left out."""
    forms = ("批评教育", "提醒谈话", "诫勉", "党纪处分", "政务处分", "立案调查")
    rows = [
        (day, form, 3, f"第{n}件")
        for n, (day, form) in enumerate(zip(days(149), itertools.cycle(forms), strict=False))
    ]
    rows.append(("2025-12-20", "通报批评", 2, "逾期未改"))
    rows.append(("2025-12-21", "通报批评", 9, "重复登记"))
    table("people.csv", ("处理日期", "处理形式", "人数", "事由"), rows)
    office("register", "accountability", "import", "people.csv", "--yes")
    assert counted(office, "accountability", "count")["persons"]["total"]["value"] == 458
    office("void", "accountability:151", "--why", "重复登记")
    persons = counted(office, "accountability", "count")["persons"]
    assert persons["total"]["value"] == 449
    by_form = Counter(form for _day, form, *_rest in rows[:149])
    assert by(persons)["criticism",] == 3 * by_form["批评教育"]
    assert sum(by(persons).values()) == 449
    assert counted(office, "accountability", "count")["cases"]["total"]["value"] == by_form["立案调查"]

    excused = ((day, "免责", 1, f"改革中的第{n}件失误") for n, day in enumerate(days(117)))
    table("excused.csv", ("认定日期", "认定结果", "人数", "事由"), excused)
    office("register", "tolerance", "import", "excused.csv", "--yes")
    assert counted(office, "tolerance", "count")["persons"]["total"]["value"] == 117
    assert counted(office, "accountability", "count")["persons"]["total"]["value"] == 449


def test_clues_received_are_those_concluded_and_those_open(office):
    """6751 = 6582 + 169: what was received is what has been verified and concluded, and what is being verified."""
    head = (
        "线索",
        "渠道",
        "收到日期",
        "承办单位",
        "交办日期",
        "核查结论",
        "核查日期",
        "办理结果",
        "办结日期",
    )
    rows = (
        (f"第{n}条", "电话", day, "督察科", day, *(("属实", day, "已整改", day) if n <= 6582 else ("",) * 4))
        for n, day in enumerate(days(6751), 1)
    )
    table("clues.csv", head, rows)
    office("clue", "import", "clues.csv", "--yes")
    told = json.loads(office("clue", "stats", "--per", "month", "--json"))
    clues = told["clues"]
    assert (clues["received"], clues["concluded"], clues["open"]) == (6751, 6582, 169)
    assert clues["received"] == clues["concluded"] + clues["open"]
    (rate,) = told["rates"]
    assert (rate["numerator"], rate["denominator"], rate["percent"]) == (6582, 6751, 97.5)
    assert sum(each["received"] for each in told["per"]) == 6751


def test_a_rate_of_thousands_has_one_decimal(office):
    """1503 of 1786 put right are 84.2 %, by the entries that closed them; 84.15 rounds up."""
    rows = ((n, f"自查发现的第{n}个问题", f"第{n % 17}股", "2025-06-30") for n in range(1, 1787))
    table("issues.csv", ("序号", "反馈问题", "责任单位", "完成时限"), rows)
    office("import", "issues.csv", "--yes", now="2025-04-01T09:00:00+08:00")
    office("close", "1-1503", "--result", "已整改到位", "--signer", "林某", now="2025-06-20T09:00:00+08:00")
    told = json.loads(office("stats", "--json"))
    rate = next(each for each in told["rates"] if each["name"] == "issues_closed")
    assert (rate["numerator"], rate["denominator"], rate["percent"]) == (1503, 1786, 84.2)
    before = json.loads(office("stats", "--json", "--as-of", "2025-06-19"))
    assert (before["issues"]["by_status"]["closed"], before["issues"]["total"]) == (0, 1786)
    page = office("report", "status")
    assert ("1786" in page, "84.2" in page) == (True, True)
    Path("said.txt").write_text("自查问题1786个，整改1503个，整改率84.2%。\n", encoding="utf-8")
    assert json.loads(office("figures", "said.txt", "--json"))["counts"]["ok"] == 1


def test_signed_duty_lists_and_who_is_missing(office):
    """17 cities and 95 departments signed their duty lists, in mid-year and at its end; who did not is named."""
    cities, departments = [f"第{n}市" for n in range(1, 18)], [f"第{n}厅" for n in range(1, 96)]
    grouped({"市州": cities, "省直部门": departments})
    head = ("签字日期", "年度", "节点", "单位", "第一责任人")
    mid = [("2025-07-08", 2025, "年中", unit, f"{unit}长") for unit in (*cities, *departments)]
    table("mid.csv", head, mid)
    office("register", "duty_lists", "import", "mid.csv", "--yes")
    signed = counted(office, "duty_lists", "count", "round=mid")["signed"]
    assert by(signed) == {("市州", "mid"): 17, ("省直部门", "mid"): 95}
    late = [("2025-12-30", 2025, "年底", unit, f"{unit}长") for unit in (*cities[:-1], *departments)]
    table("end.csv", head, late)
    office("register", "duty_lists", "import", "end.csv", "--yes")
    coverage = counted(office, "duty_lists", "count")["coverage"]
    missing = {tuple(map(str, part["keys"])): part["missing"] for part in coverage["parts"]}
    assert {keys: names for keys, names in missing.items() if names} == {("2025", "end", "市州"): ["第17市"]}
    assert len(missing) == 4
    office("register", "duty_lists", "import", "end.csv", "--yes")
    assert counted(office, "duty_lists", "count")["signed"]["total"]["value"] == 112 + 111


def test_duty_reports_cover_everybody(office):
    """34 principals of cities, 206 of counties, 95 of departments reported on their duties: all of them."""
    cities, counties = [f"第{n}市" for n in range(1, 18)], [f"第{n}县" for n in range(1, 104)]
    departments = [f"第{n}厅" for n in range(1, 96)]
    grouped({"市州": cities, "县市区": counties, "省直部门": departments})
    rows = [
        ("2025-12-10", 2025, unit, f"{unit}{post[0]}", post)
        for unit in (*cities, *counties)
        for post in ("党委（党组）主要负责人", "政府（行政）主要负责人")
    ]
    rows += [("2025-12-11", 2025, unit, f"{unit}首", "政府（行政）主要负责人") for unit in departments]
    table("reports.csv", ("述法日期", "年度", "单位", "述法人", "职务类别"), rows)
    office("register", "duty_reports", "import", "reports.csv", "--yes")
    figures = counted(office, "duty_reports", "count")
    assert by(figures["persons"]) == {("市州",): 34, ("县市区",): 206, ("省直部门",): 95}
    parts = {part["keys"][-1]: part for part in figures["coverage"]["parts"]}
    assert {
        name: (part["value"], part["expected"], part["percent"], part["missing"])
        for name, part in parts.items()
    } == {
        "市州": (17, 17, 100.0, []),
        "县市区": (103, 103, 100.0, []),
        "省直部门": (95, 95, 100.0, []),
    }
