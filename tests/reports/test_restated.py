"""Corrections to what was sent: which figures are others now, and how they are told."""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal

from ledger.domain.cadence import Span
from ledger.domain.settings import Settings
from ledger.reports import as_json, build, restated
from ledger.reports.restated import Changed, Correction, Figure, Restated
from ledger.reports.views import Kind
from tests.issues import issue, measure
from tests.office import AS_OF, material


def view(*issues):
    """What the monthly status of these issues says, as it is kept."""
    return json.loads(as_json.canonical(as_json.payload(build(material("status", issues)))))


def one(status: str = "active", number: int = 1, due: dt.date | None = None, **changes):
    """An issue with one measure."""
    return issue(number, measure(1, status, due=due), **{"category": "作风建设", **changes})


def test_the_figures_of_a_report():
    """Every number of its counts has a place; those of lists of records are theirs."""
    found = restated.figures(view(one(due=dt.date(2025, 6, 1))))
    assert found["summary", 0, "issues", 1, "total"] == Figure("Overview", "issues", "total", Kind.NUMBER, 1)
    assert found["summary", 1, "closed rate of issues", 1, "percent"].value == Decimal("0.0")
    assert {section for section, *_place in found} == {
        "summary",
        "issues_by_category",
        "measures_by_category",
    }


def test_what_is_the_same_is_no_change():
    """A report against itself has no changed figures, and says so in a sentence."""
    same = Restated("2025-05", AS_OF, view(one()), view(one()))
    assert same.changed == ()
    (section,) = restated.sections(same)
    assert [block.text for block in section.blocks] == [
        "The figures of 2025-05, as of 2025-06-30, are still those that were sent."
    ]


def test_every_changed_figure_with_both_values():
    """What counts otherwise is told where it stands, in numbers as sent and as known now."""
    found = Restated("2025-05", AS_OF, view(one("pending")), view(one("active"))).changed
    assert {(each.figure.section, each.figure.row, each.figure.column, each.was, each.now) for each in found} == {
        (section, row, column, was, now)
        for section, row in (
            ("Overview", "issues"), ("Overview", "measures"), ("Issues by category", "作风建设"),
            ("Issues by category", "total"), ("Measures by category", "作风建设"), ("Measures by category", "total"),
        )
        for column, was, now in (("not started", 1, 0), ("in progress", 0, 1))
    }  # fmt: skip


def test_a_row_that_came_or_went():
    """A category nobody had then has no figure as sent; of another version's view only what both have counts."""
    was, now = view(one()), view(one(), issue(2, title="新", category="财务"))
    new = [each for each in Restated("m", AS_OF, was, now).changed if each.figure.row == "财务"]
    assert new[0] == Changed(Figure("Issues by category", "财务", "total", Kind.NUMBER, 1), None, 1)
    other = Restated("m", AS_OF, was, now, same=False).changed
    assert other
    assert {each.figure.row for each in other}.isdisjoint({"财务"})


def test_the_bridge_adds_up():
    """As sent and corrections make what the next period opens with, in every column."""
    entry = Correction("1.1", "note", AS_OF, "2025-07-05T09:00:00+08:00", "林某")
    found = Restated("2025-05", AS_OF, view(one("pending")), view(one("closed"), one(number=2)), (entry,))
    (section,) = restated.sections(found)
    bridge = section.blocks[1]
    for start in range(0, len(bridge.rows), 3):
        sent, correction, now = (row[1:] for row in bridge.rows[start : start + 3])
        assert tuple(a + b for a, b in zip(sent, correction, strict=True)) == now
    shares = next(b for b in section.blocks[2:] if b.columns[3].kind is Kind.PERCENT)
    assert (
        "Overview",
        "closed rate of issues",
        "per cent",
        Decimal("0.0"),
        "+50.0",
        Decimal("50.0"),
    ) in shares.rows
    assert section.blocks[-1].rows == (("1.1", "note", AS_OF, "2025-07-05 09:00", "林某"),)


def counted(issue):
    """What figures take from an issue on the day of these tests."""
    return restated.counted(issue, Span("2025-06", AS_OF.replace(day=1), AS_OF), Settings().lights)


def test_an_issue_counts_alike():
    """What no figure takes from an issue makes no difference; what one takes does."""
    same = counted(one())
    assert counted(one(remark="记", title="改题")) == same
    assert counted(None) != same
    for changed in (
        one("closed"),
        one(due=dt.date(2025, 6, 1)),
        one(category="财务"),
    ):
        assert counted(changed) != same
