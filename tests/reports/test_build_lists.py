"""The lists of a plan: which, with which columns, and who signs."""

from __future__ import annotations

import pytest

from ledger import reports
from ledger.domain.lists import COLUMNS, ROWS, USUAL, PlanList
from ledger.domain.plan import Plan
from ledger.reports.views import Table
from tests.office import basis, day, material


def built(issues=None, plan=None, **changes):
    return reports.build(material("lists", issues, basis(**changes), plan=plan))


def table(report, key):
    (found,) = (block for block in report.section(key).blocks if isinstance(block, Table))
    return found


def column(given, key):
    place = [each.key for each in given.columns].index(key)
    return [row[place] for row in given.rows]


def test_the_lists_hold_what_counts():
    """Issues, measures and responsibilities; void ones in none, an issue without measures in the third."""
    report = built()
    problems, measures, responsible = (
        table(report, key) for key in ("problems", "measures", "responsibility")
    )
    assert column(problems, "id") == ["1", "2", "3", "4", "5"]
    assert column(measures, "id") == ["1.1", "1.2", "2.1", "2.2", "2.3", "3.1", "5.1"]
    assert column(responsible, "id") == ["1.1", "1.2", "2.1", "2.2", "2.3", "3.1", "4", "5.1"]
    assert column(measures, "term") == [
        "phased",
        "phased",
        "",
        "immediate, then kept up",
        "",
        "long-term",
        "",
    ]
    assert [(each.wide, each.new_page) for each in report.sections] == [
        (True, False),
        (True, True),
        (True, True),
    ]


def test_an_office_names_its_lists():
    """The lists have the names of the settings, where there are any."""
    named = (USUAL[0]._replace(title="意见清单"), USUAL[1], USUAL[2]._replace(title="时效清单"))
    titles = [each.title for each in built(lists=named).sections]
    assert titles == ["意见清单", "List of measures", "时效清单"]


def test_an_office_has_other_lists():
    """Names, columns, headings and what makes a row are data; an issue shows all its measures in one cell."""
    lists = (
        PlanList("goals", "整改清单", "issue", ("id", "text", "measures"), {"text": "整改措施"}),
        PlanList("gains", "成果清单", "measure", ("id", "title", "result", "status", "evidence")),
    )
    report = built(lists=lists)
    goals, gains = (table(report, key) for key in ("goals", "gains"))
    assert [each.heading for each in goals.columns] == ["no.", "整改措施", "measures"]
    assert goals.rows[1] == (
        "2",
        "2.1 清理往来款。\n逐笔核对。\n2.2 建立月度对账制度。\n2.3 退还多收费用。\n5.1 公开财务收支。",
        4,
    )
    assert gains.rows[1] == ("1.2", "公文办理拖延", "=全员参训", "closed", 1)


@pytest.mark.parametrize("rows", ROWS)
@pytest.mark.parametrize("name", COLUMNS)
def test_every_column_can_stand_in_every_list(rows, name):
    """Whatever makes the rows, each column has a heading and a value of its kind."""
    found = table(built(lists=(PlanList("one", "One", rows, (name,)),)), "one")
    assert found.columns[0].heading
    assert len(found.rows) == {"issue": 5, "measure": 7, "work": 8}[rows]


def test_who_signs_is_a_setting():
    """The block to sign has the office's words; else the principal and a date."""
    assert [each.name for each in built().signatures.items] == ["signed by the principal", "signed on"]
    signed = built(list_signatures=("党委书记", "签字日期")).signatures
    assert [(each.name, each.value) for each in signed.items] == [("党委书记", ""), ("签字日期", "")]


def test_a_version_of_the_plan_says_who_approved_it():
    """Lists of an approved version name the day and the meeting."""
    plan = Plan(2, day("2025-03-28"), "镇党委会第5次会议", "林某")
    facts = {each.key: each.value for each in built(plan=plan).facts.items}
    assert (facts["plan"], facts["approved_on"], facts["meeting"]) == (
        "version 2",
        day("2025-03-28"),
        "镇党委会第5次会议",
    )
