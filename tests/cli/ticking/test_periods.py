"""`occur`: what comes round again, recorded, missed and excused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.books import field, path_of, record, typed
from tests.cli.ticking.rows import FIRST, JULY, listed, shown


def test_a_period_is_that_of_the_day(quarters):
    """Without --period the one in which the business date lies is recorded."""
    assert (
        quarters.ok("occur", "1.1", "-t", "抽查40份", "--on", "2025-03-28", "--today", JULY) == "done: 1.1\n"
    )
    assert field("1.1", "occurrences") == [
        {"period": "2025-Q1", "done_on": record(1).entries[-1].on, "text": "抽查40份"}
    ]
    assert 'period = "2025-Q1"\ndone_on = 2025-03-28\ntext = "抽查40份"\n' in path_of(1).read_text("utf-8")


def test_late_until_it_is_recorded(quarters):
    """What was missed is overdue from the day after its end; a late record keeps its day and ends it."""
    assert [listed(quarters, day)["1.1"]["overdue_days"] for day in ("2025-03-31", "2025-04-01", "2025-04-11")] == [
        0, 1, 11,
    ]  # fmt: skip
    typed(quarters, "occur 1.1 -p 2025-Q1", now="2025-04-10T09:00:00+08:00")
    before, after = (listed(quarters, JULY, "--as-of", day)["1.1"] for day in ("2025-04-09", "2025-04-10"))
    assert (before["overdue_days"], before["awaited"]) == (9, "2025-Q1")
    assert (after["overdue_days"], after["awaited"], after["due"]) == (0, "2025-Q2", "2025-06-30")
    known = listed(quarters, JULY, "--as-of", "2025-04-10", "--known-at", "2025-04-01")["1.1"]
    assert (known["overdue_days"], known["awaited"]) == (10, "2025-Q1")


def test_the_page_says_what_is_done_missed_and_next(quarters):
    """Also the rows of a pipe, and JSON."""
    quarters.ok("occur", "1.1", "-p", "2025年一季度", "-t", "抽查", "--on", "2025-03-28", "--today", JULY)
    found = shown(quarters, "1.1", "2025-07-05")
    assert found["recurrence"] == {
        "every": "quarterly", "from": "2025-Q1", "to": "2025-Q4",
        "next": {"period": "2025-Q3", "by": "2025-09-30"}, "missed": ["2025-Q2"],
    }  # fmt: skip
    assert found["occurrences"] == [
        {"period": "2025-Q1", "outcome": "done", "on": "2025-03-28", "text": "抽查"}
    ]
    page = quarters("show", "1.1", "--today", JULY, terminal=True).out
    assert "1 period done; missed 2025-Q2; next 2025-Q3 by" in " ".join(page.split())
    rows = quarters.ok("show", "1.1", "--today", JULY)
    for row in ("recurrence\tquarterly 2025-Q1 2025-Q4", "missed\t2025-Q2", "next\t2025-Q3 2025-09-30"):
        assert f"1.1\t{row}\n" in rows


def test_due_names_the_period(quarters):
    """In the agenda the period stands beside its end, whether it is late or falls due."""
    (row,) = json.loads(quarters.ok("due", "--json", "--within", "10", "--today", "2025-03-25"))["due"]
    assert (row["id"], row["on"], row["period"], row["by_review"]) == ("1.1", "2025-03-31", "2025-Q1", False)
    (row,) = json.loads(quarters.ok("due", "--json", "--today", "2025-04-02"))["overdue"]
    assert (row["period"], row["days"]) == ("2025-Q1", 2)
    assert "overdue: 1.1 was to be done for 2025-Q1" in quarters.ok("explain", "1.1", "--today", "2025-04-02")


def test_long_term_work_is_late_by_period_and_by_review(quarters):
    """The earlier of the two dates counts, and is called what it is."""
    typed(
        quarters,
        "longterm 1.1 --interim-goal 一半 --review-on 2025-02-28 --why 长期工作",
        now="2025-01-20T09:00:00+08:00",
    )
    (row,) = json.loads(quarters.ok("due", "--json", "--today", "2025-03-03"))["overdue"]
    assert (row["on"], row["by_review"], row["period"]) == ("2025-02-28", True, None)
    typed(quarters, "edit 1.1 --review-on 2025-12-31", now="2025-03-03T09:00:00+08:00")
    (row,) = json.loads(quarters.ok("due", "--json", "--today", "2025-04-03"))["overdue"]
    assert (row["on"], row["by_review"], row["period"]) == ("2025-03-31", False, "2025-Q1")


def test_several_measures_and_periods_at_once(quarters):
    """One command, one batch; one that cannot be stops all of it."""
    typed(quarters, "edit 1.2 --every 每月", now=FIRST)
    result = quarters("occur", "1.1", "1.2", "-p", "2025-Q1", "--today", JULY)
    assert (result.code, field("1.1", "occurrences")) == (4, None)
    assert "2025-Q1 is no period of 1.2, which is monthly from 2025-01" in result.err
    quarters.ok("occur", "1.1", "-p", "2025-Q1", "-p", "一季度", "-p", "2025-Q2", "--today", JULY)
    assert [each["period"] for each in field("1.1", "occurrences")] == ["2025-Q1", "2025-Q2"]


def test_all_that_was_missed_is_excused_at_once(quarters):
    """With the reason; nothing missed is refused."""
    quarters.ok("occur", "1.1", "--missed", "--excuse", "--why", "机构合并", "--today", JULY)
    assert [(each["period"], each["text"]) for each in field("1.1", "occurrences")] == [
        ("2025-Q1", "机构合并"),
        ("2025-Q2", "机构合并"),
    ]
    assert quarters("occur", "1.1", "--missed", "--today", JULY).code == 4


def test_done_is_refused_while_something_is_missing(quarters):
    """Names and periods are named, with the command that mends it; a closed one is late no more."""
    result = quarters("done", "1.1", "--result", "成", "--today", JULY)
    assert (result.code, result.err.splitlines()[0]) == (4, "error: 1.1 was not done in 2025-Q1, 2025-Q2")
    result = quarters("done", "1.2", "--result", "成", "--today", JULY)
    assert (result.code, result.err.splitlines()[0]) == (
        4,
        "error: 1.2: 0 of 3 are done; open: 柳河镇, 桐岭镇, 白沙镇",
    )
    page = quarters.ok("explain", "1", "--today", JULY)
    quarters.ok("occur", "1.1", "--missed", "--today", JULY)
    told = quarters("done", "1.1", "--result", "成", "--today", JULY)
    assert "1.1 has 2 more periods to come, up to 2025-Q4" in told.err
    assert listed(quarters, "2026-05-01")["1.1"]["overdue_days"] == 0
    assert page


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("occur 1.1 -p 2025-13", 2),
        ("occur 1.1 -p 2025-03", 4),
        ("occur 1.1 -p 2026-Q1", 4),
        ("occur 1.1 -p 2025-Q4", 4),
        ("occur 1.1 -p 2025-Q1 --missed", 2),
        ("occur 1.1 --excuse", 4),
        ("occur 1.1 --excuse --open --why x", 2),
        ("occur 1.1 --excuse --why x -t done", 2),
        ("occur 1.1 --open", 4),
        ("occur 1.2", 2),
        ("occur 1", 2),
        ("occur 1.9", 3),
        ("occur 1.1 --evidence nowhere.pdf", 3),
        ("edit 1 --every 每月", 2),
        ("assign 1 --every 每月", 2),
        ("edit 1.1 --every 有时", 2),
        ("edit 1.1 --every 'quarter from 2026-Q1 to 2025-Q1'", 2),
        ("roster 1.2 桐岭乡", 3),
        ("roster 1.2", 2),
        ("roster 1.2 柳河镇 --all", 2),
        ("roster 1.2 柳河镇 --add 河口镇", 2),
        ("roster 1.2 --add 柳河镇", 4),
        ("roster 1.2 --add ，", 2),
        ("roster 1.2 --add @nowhere.txt", 3),
        ("roster 1.2 --drop 河口镇", 3),
        ("roster 1.1 柳河镇", 2),
        ("roster 1 --add 柳河镇", 2),
        ("roster 1.1 1.2", 2),
        ("roster 1.2 柳河镇 --on 2025-08-01", 2),
    ],
)
def test_what_cannot_be_is_refused(quarters, line, code):
    """By its rule, with a hint, and nothing is written."""
    import shlex

    before = path_of(1).read_bytes()
    result = quarters(*shlex.split(line), "--today", JULY)
    assert (result.code, "hint: " in result.err, result.out) == (code, True, "")
    assert path_of(1).read_bytes() == before


def test_a_deadline_phrase_says_how_often(quarters):
    """每季度 typed as a deadline of a measure, or printed in a list, sets how often; the phrase stays."""
    typed(quarters, "measure 1 -t 调度 --due 每半年", now=FIRST)
    assert (field("1.3", "recurrence"), field("1.3", "due_text")) == ("half-yearly from 2025-H1", "每半年")
    head = "序号,反馈问题,整改措施,完成时限\n"
    rows = "1,台账登记不全,补登台账,2025年6月底前\n2,公车使用混乱,检查用车,每月\n3,会议过多,合并例会,长期坚持、每年年中、年底\n"
    Path("list.csv").write_text(head + rows, encoding="utf-8")
    quarters.ok("import", "list.csv", "--yes", "--today", "2025-02-10")
    assert [field(f"{number}.1", "recurrence") for number in (2, 3, 4)] == [
        None,
        "monthly from 2025-02",
        "half-yearly from 2025-H1",
    ]
    assert record(3).state.parts and "recurrence" not in record(3).state.fields
    before = path_of(3).read_bytes()
    quarters.ok("import", "list.csv", "--yes", "--today", "2025-05-10")
    assert path_of(3).read_bytes() == before


def test_a_later_version_says_otherwise(quarters):
    """A printed deadline that comes round otherwise changes how often; the same words change nothing."""
    head = "序号,反馈问题,整改措施,完成时限\n"
    Path("list.csv").write_text(head + "1,公车使用混乱,检查用车,每月\n", encoding="utf-8")
    quarters.ok("import", "list.csv", "--yes", "--today", "2025-02-10")
    Path("list.csv").write_text(head + "1,公车使用混乱,检查用车,每月，长期坚持\n", encoding="utf-8")
    quarters.ok("import", "list.csv", "--yes", "--today", "2025-05-10")
    assert field("2.1", "recurrence") == "monthly from 2025-02"
    Path("list.csv").write_text(head + "1,公车使用混乱,检查用车,每季度\n", encoding="utf-8")
    quarters.ok("import", "list.csv", "--yes", "--today", "2025-05-10")
    assert field("2.1", "recurrence") == "quarterly from 2025-Q2"
