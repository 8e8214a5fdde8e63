"""A register on paper: every record with what it says, every figure with how it is counted."""

from __future__ import annotations

import datetime as dt
import io
from decimal import Decimal

import openpyxl

from ledger import reports
from ledger.domain.cadence import Span
from ledger.domain.registerfigures import Units
from ledger.reports.basis import checkpoint
from ledger.reports.views import Fact, Kind, Paragraph, Table
from tests import cases
from tests.office import basis, material

NAMES = {"市州": ("甲市", "乙市"), "部门": ("丙厅",)}


def built(given=None, spoken="en", **more):
    listed = given or cases.listed("accountability", cases.kept())
    return reports.build(material("register", rests=basis(spoken), listed=listed, **more))


def table(report, key) -> Table:
    return next(block for block in report.section(key).blocks if isinstance(block, Table))


def shown(report, key) -> list[dict]:
    """The rows by the keys of their columns, without what is not there."""
    found = table(report, key)
    keys = [each.key for each in found.columns]
    return [
        {key: value for key, value in zip(keys, row, strict=True) if value not in (None, "")}
        for row in found.rows
    ]


def signed_by(*rows):
    """Duty lists: who signed, in which year and round."""
    return tuple(
        cases.entered("duty_lists", number, "2025-06-20", {"unit": unit, "year": year, "round": "mid"})
        for number, (unit, year) in enumerate(rows, 1)
    )


def units() -> Units:
    group_of = {name: group for group, names in NAMES.items() for name in names}
    return Units(lambda name: group_of.get(name, ""), NAMES)


def test_records_by_their_dates_in_words():
    """Codes as words, amounts as numbers of their unit, links as ids; what is void is not there."""
    assert shown(built(), "records") == [
        {
            "id": "2", "on": dt.date(2025, 4, 11), "form": "reminder", "person": "严某", "persons": 1,
            "unit": "党政办", "title": "办文|超期", "links": "1",
        },
        {
            "id": "1", "on": dt.date(2025, 5, 10), "form": "summons to a talk", "persons": 2, "unit": "财政所",
            "title": "=清理不力", "amount": Decimal("3.50005"), "links": "2, 2.1, ?gone",
        },
    ]  # fmt: skip


def test_every_declared_field_has_a_column():
    """In the order of the declaration, with labels in the language of the ledger; money with its unit."""
    listed = cases.listed("accountability", cases.kept())
    columns = table(built(listed, "zh"), "records").columns
    assert [each.key for each in columns] == ["id", *listed.declaration.fields]
    assert [each.heading for each in columns if each.key in ("on", "amount")] == [
        "处理日期",
        "涉及金额（万元）",
    ]
    kinds = {each.key: each.kind for each in columns}
    assert (kinds["on"], kinds["persons"], kinds["amount"], kinds["title"]) == (
        Kind.DATE, Kind.NUMBER, Kind.AMOUNT, Kind.TEXT,
    )  # fmt: skip
    assert {each.key for each in columns if not each.sparse} == {"id", "on", "form", "persons"}


def test_figures_with_their_parts_and_definitions():
    """The whole first, then its parts; amounts in their unit; the definition of each is a footnote."""
    report = built()
    assert shown(report, "figures") == [
        {"figure": "persons held to account", "of": "total", "value": 3},
        {"figure": "persons held to account", "of": "reminder", "value": 1},
        {"figure": "persons held to account", "of": "summons to a talk", "value": 2},
        {"figure": "cases opened", "value": 0},
        {"figure": "amount involved", "value": Decimal("3.50005"), "unit": "10k yuan"},
    ]
    figures = cases.listed("accountability", ()).declaration.figures
    assert [(each.key, each.definition) for each in report.footnotes] == [
        (each.name, each.definition.en) for each in figures
    ]


def test_coverage_says_who_is_missing():
    """Of how many, which share, and by name who is not there; who was not expected is said, too."""
    rows = signed_by(("甲市", 2025), ("丙厅", 2025), ("外单位", 2025))
    report = built(cases.listed("duty_lists", rows, units()))
    coverage = [row for row in shown(report, "figures") if row["figure"] == "coverage"]
    assert coverage == [
        {
            "figure": "coverage", "of": "total", "value": 2, "expected": 3, "percent": Decimal("66.7"), "missing": "乙市",
        },
        {
            "figure": "coverage", "of": "2025 / mid-year / 市州", "value": 1, "expected": 2,
            "percent": Decimal("50.0"), "missing": "乙市",
        },
        {
            "figure": "coverage", "of": "2025 / mid-year / 部门", "value": 1, "expected": 1,
            "percent": Decimal("100.0"),
        },
    ]  # fmt: skip
    notes = [each.text for each in report.section("figures").blocks if isinstance(each, Paragraph)]
    assert notes == ["not expected: 外单位"]
    assert report.footnotes[-1].key == "percent"


def test_nobody_is_expected():
    """Without groups there is nothing a coverage could be of, and that is said."""
    report = built(cases.listed("duty_lists", signed_by(("甲市", 2025))))
    assert [(row["figure"], row["of"]) for row in shown(report, "figures")] == [
        ("lists signed", "total"),
        ("lists signed", "(nothing said) / mid-year"),
    ]
    notes = [each.text for each in report.section("figures").blocks if isinstance(each, Paragraph)]
    assert notes == ["Nobody is expected: no unit has a group in people.toml."]


def test_the_head_and_the_stamp():
    """What it is called, of which period, how much is in it; the stamp rests on void records as well."""
    span = Span("2025-05", dt.date(2025, 5, 1), dt.date(2025, 5, 31))
    report = built(spoken="zh", period=span)
    assert report.title == "柳河镇巡察整改台账 追责问责"
    assert report.facts.items[-2:] == (
        Fact("period", "期次", "2025年第5期"),
        Fact("records", "条数", 2, Kind.NUMBER),
    )
    mark = checkpoint(cases.kept())
    assert (report.stamp.entries, report.stamp.heads) == (6, mark.heads)


def test_an_amount_is_a_number_in_a_workbook_and_shown_exactly():
    """3.50005 is not printed as 4; beside counts as well."""
    book = openpyxl.load_workbook(io.BytesIO(reports.render(built(), "xlsx")))
    found = [
        (sheet.title, cell.value, cell.number_format)
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell.value, float)
    ]
    assert found == [("Records", 3.50005, "General"), ("Figures", 3.50005, "General")]
