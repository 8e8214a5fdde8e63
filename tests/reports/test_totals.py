"""The last line of a table is the sum of its rows, in every report."""

from __future__ import annotations

from dataclasses import replace

from ledger import reports
from ledger.reports.views import Kind, Table
from tests.office import material, office

#: Every table that ends with a total, in the fictional office.
SUMMED = {
    ("status", "issues_by_category"),
    ("status", "measures_by_category"),
    ("status", "issues_by_unit"),
    ("status", "rebounds"),
    ("ranking", "ranking"),
    ("lookback", "judgement"),
}


def sections(given):
    for each in given:
        yield each
        yield from sections(each.sections)


def totals(issues):
    """By report and section, the counts of each table with a total: of each column, total and sum of rows."""
    found = {}
    for kind in reports.KINDS:
        report = reports.build(material(kind, issues))
        for section in sections(report.sections):
            for table in section.blocks:
                if isinstance(table, Table) and table.total is not None:
                    found[kind, section.key] = dict(counts(table))
    return found


def counts(table):
    """Counts are added up; a place in an order is none, nor is a share."""
    for place, column in enumerate(table.columns):
        if column.kind is Kind.NUMBER and table.total[place] is not None:
            yield column.key, (table.total[place], sum(row[place] for row in table.rows))


def unshared():
    """The issues of the office, each measure serving its own alone."""
    return [
        replace(each, measures=tuple(replace(measure, serves=()) for measure in each.measures))
        for each in office()
    ]


def test_a_total_is_the_sum_of_its_rows():
    """Of every kind, of every column that counts."""
    found = totals(unshared())
    assert set(found) == SUMMED
    assert all(found.values())
    wrong = {
        (*where, key): both
        for where, columns in found.items()
        for key, both in columns.items()
        if both[0] != both[1]
    }
    assert wrong == {}


def test_a_shared_measure_counts_once_in_the_total():
    """It stands under each category it serves, so that there the rows are more; a footnote says so."""
    wrong = {
        (*where, key): both
        for where, columns in totals(office()).items()
        for key, both in columns.items()
        if both[0] != both[1]
    }
    assert wrong == {
        ("status", "measures_by_category", "total"): (7, 8),
        ("status", "measures_by_category", "done"): (1, 2),
    }
    notes = {each.key for each in reports.build(material("status")).footnotes}
    assert "shared" in notes
    assert "shared" not in {each.key for each in reports.build(material("status", unshared())).footnotes}
