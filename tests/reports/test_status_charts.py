"""Charts of the monthly status: what they draw stands as figures in a table beside them."""

from __future__ import annotations

import pytest

from ledger import reports
from ledger.domain.changes import changes
from ledger.reports.standing import History
from ledger.reports.views import Chart, Series, Shape, Table
from tests.issues import issue
from tests.office import AS_OF, day, material

ENDS = ((day("2025-04-30"), 3), (day("2025-05-31"), 6), (AS_OF, 4))
#: What a chart draws that the table says in two columns.
WORKED_OUT = {"open issues": lambda cells: cells["total"] - cells["closed"]}


def status(issues=None):
    history = History(changes((), AS_OF.replace(day=1), AS_OF), {}, ENDS)
    return reports.build(material("status", issues, history=history))


def beside(report, key):
    """The chart of a section, and the table it stands beside."""
    (table,) = (each for each in report.section(key).blocks if isinstance(each, Table))
    (chart,) = (each for each in report.section(key).blocks if isinstance(each, Chart))
    return table, chart


def drawn(chart):
    return chart.key, chart.shape, chart.labels, {each.name: each.values for each in chart.series}


def test_progress_stacks_the_statuses_of_each_category():
    """A bar is a category, its parts are its issues by status; no status is left out."""
    categories = ("作风建设", "财务管理", "项目管理", "(no category)")
    assert drawn(beside(status(), "issues_by_category")[1]) == (
        "progress",
        Shape.STACKED,
        categories,
        {
            "closed": (1, 0, 0, 0),
            "in close-out": (0, 0, 0, 0),
            "done, awaiting close-out": (0, 1, 0, 0),
            "interim": (0, 0, 0, 0),
            "in progress": (0, 1, 0, 0),
            "not started": (0, 0, 0, 1),
            "long-term": (0, 0, 1, 0),
        },
    )


def test_units_show_what_is_open_and_late():
    """Two bars a unit: what is not closed, and in how many of them anything is late."""
    assert drawn(beside(status(), "issues_by_unit")[1]) == (
        "units",
        Shape.BARS,
        ("党政办", "财政所", "审计站", "建设办"),
        {"open issues": (1, 1, 1, 1), "overdue": (1, 1, 0, 0)},
    )


def test_open_issues_over_time_are_a_line():
    """One point an end of month, with the first and the last said in words."""
    table, chart = beside(status(), "trend")
    assert chart.shape is Shape.LINE
    assert table.rows == ENDS
    assert chart.labels == tuple(on.isoformat() for on, _count in ENDS)
    assert chart.series == (Series("open issues", (3, 6, 4)),)
    assert chart.described == "From 2025-04-30 to 2025-06-30 the number of open issues went from 3 to 4."


def test_what_came_back_by_category():
    """Two bars a category, issues and measures, of categories in which anything came back alone."""
    assert drawn(beside(status(), "rebounds")[1]) == (
        "rebounds",
        Shape.BARS,
        ("作风建设",),
        {"issues": (0,), "measures": (1,)},
    )


def test_a_year_of_months_ahead_is_drawn():
    """Of fourteen months with anything due twelve are drawn, and said; the table has all fourteen."""
    months = [f"{2025 + (6 + place) // 12}-{(6 + place) % 12 + 1:02}" for place in range(14)]
    given = [issue(number, due=day(f"{month}-15")) for number, month in enumerate(months, 1)]
    table, chart = beside(status([*given, issue(15, due=day("2025-07-16"))]), "ahead")
    assert table.rows == (("2025-07", 2), *((month, 1) for month in months[1:]))
    assert drawn(chart) == (
        "deadlines_ahead",
        Shape.BARS,
        tuple(months[:12]),
        {"falls due": (2, *[1] * 11)},
    )
    assert chart.described == "13 fall due from 2025-07 to 2026-06."


@pytest.mark.parametrize("key", ["issues_by_category", "issues_by_unit", "trend", "ahead", "rebounds"])
def test_every_figure_of_a_chart_stands_in_the_table_beside_it(key):
    """A chart says nothing of its own: each series is a column of the table, row by row."""
    table, chart = beside(status(), key)
    keys = [each.key for each in table.columns]
    headings = {each.heading: each.key for each in table.columns}
    rows = [dict(zip(keys, row, strict=True)) for row in table.rows]
    assert chart.labels == tuple(str(row[keys[0]]) for row in rows)
    for series in chart.series:
        if series.name in headings:
            column = tuple(row[headings[series.name]] for row in rows)
        else:
            column = tuple(map(WORKED_OUT[series.name], rows))
        assert series.values == column


def test_nothing_is_drawn_where_there_is_nothing():
    """A ledger without issues has no empty chart: only what its past was is drawn."""
    sections = status(()).sections
    charts = [block.key for each in sections for block in each.blocks if isinstance(block, Chart)]
    assert charts == ["open_over_time"]
