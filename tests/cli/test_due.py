"""`due`: what is overdue, what falls due, what waits for a sign-off."""

from __future__ import annotations

import json

import pytest

pytestmark = pytest.mark.usefixtures("ledger")

PAGE = """\
as of 2025-07-02
overdue
  1.2  Train the clerks   Office   2025-06-30  2 days overdue  extension asked for
due this week
  2.1  Set up an archive  Archive  2025-07-04  2 days left
waiting for a sign-off
  step 2/3 Office check   longest 22 days   3.1 (suspect)
"""


def test_a_person_sees_the_overdue_first(run, terminal):
    """Overdue, then this week, then what waits at which step, with how long."""
    assert run("due") == (0, PAGE, "")


def test_in_chinese(run, terminal, chinese):
    """The same in Chinese, within a span of days; interim work counts from its review date."""
    assert (
        run.ok("due", "--within", "90", lang="zh")
        == """\
截至 2025-07-02
逾期
  1.2  Train the clerks   Office   2025-06-30  逾期 2 天   已申请延期
90 天内到期
  2.1  Set up an archive  Archive  2025-07-04  还有 2 天
  3.2  Halve the rest     Office   2025-09-30  还有 90 天  下次复核
等待审签
  第 2/3 步 Office check   最久 22 天   3.1（存疑）
"""
    )


def test_this_week_ends_on_sunday_and_this_month_on_its_last_day(run, terminal):
    """The rest of the month stands apart from the week; on a last Sunday there is none."""
    run.ok("add", "Late in the month", "--due", "2025-07-31", "--unit", "Office")
    run.ok("add", "On Sunday", "--due", "2025-07-06", "--unit", "Office")
    run.ok("add", "Next month", "--due", "2025-08-01", "--unit", "Office")
    assert run.ok("due").splitlines()[3:8] == [
        "due this week",
        "  2.1  Set up an archive  Archive  2025-07-04  2 days left",
        "  6    On Sunday          Office   2025-07-06  4 days left",
        "due this month",
        "  5    Late in the month  Office   2025-07-31  29 days left",
    ]
    sections = [
        line.split("\t")[0] for line in run.ok("due", "--plain", "--today", "2025-08-31").splitlines()
    ]
    assert sections == ["section", "overdue", "overdue", "overdue", "overdue", "overdue", "waiting"]


def test_a_pipe_gets_codes(run):
    """Tab-separated rows with their section; days are negative while there are some left."""
    assert run.ok("due", lang="zh") == (
        "section	id	text	unit	leader	status	on	days	light	step	until\n"
        "overdue	1.2	Train the clerks	Office	Lin	active	2025-06-30	2	red		\n"
        "week	2.1	Set up an archive	Archive	Shen	active	2025-07-04	-2	yellow		\n"
        "waiting	3.1	Merge meetings	Office		closing	2025-06-10			office	\n"
    )


def test_as_json(run):
    """Codes, dates and whole days; what falls due says into which time."""
    document = json.loads(run.ok("due", "--json"))
    for each in (*document["overdue"], *document["due"], *document["waiting"][0]["items"]):
        assert len(each.pop("uid")) == 26
    assert document == {
        "schema": "ledger/due@1",
        "ledger": "2025",
        "as_of": "2025-07-02",
        "known_at": None,
        "within": None,
        "overdue": [
            {
                "id": "1.2", "text": "Train the clerks", "title": "文风不实", "unit": "Office", "leader": "Lin",
                "status": "active", "on": "2025-06-30", "by_review": False, "days": 2, "light": "red",
                "requested": "extend", "period": None,
            }
        ],
        "due": [
            {
                "id": "2.1", "text": "Set up an archive", "title": "Files in disorder", "unit": "Archive",
                "leader": "Shen", "status": "active", "on": "2025-07-04", "by_review": False, "days": -2,
                "light": "yellow", "requested": None, "period": None, "when": "week",
            }
        ],
        "waiting": [
            {
                "step": "office", "label": "Office check", "place": 2, "of": 3, "longest_days": 22,
                "items": [
                    {
                        "id": "3.1", "text": "Merge meetings", "unit": "Office", "since": "2025-06-10",
                        "suspect": True, "until": None, "days": None,
                    }
                ],
                "limit": None, "late": 0,
            }
        ],
        "sections": [],
        "window": None,
    }  # fmt: skip


@pytest.mark.parametrize(("day", "code"), [("2025-07-02", 10), ("2025-06-30", 0)])
def test_the_exit_code_says_whether_something_is_late(run, day, code):
    """With --exit-code 10 means that something is overdue; on the day itself nothing is."""
    assert run("due", "--exit-code", "--today", day).code == code
    assert run("due", "--exit-code", "--json", "--today", day).code == code
    assert run("due", "--today", day).code == 0


def test_as_it_was(run, terminal):
    """On an earlier day it is what it was then; with nothing to show it says so, beside the data."""
    assert run("due", "--as-of", "2025-04-01") == (
        0,
        "as of 2025-04-01\n",
        "nothing is overdue, nothing falls due, nothing waits\n",
    )
    assert run.ok("due", "--as-of", "2025-06-08").splitlines()[1:] == [
        "due this month",
        "  1.2  Train the clerks  Office  2025-06-30  22 days left",
    ]


def test_what_is_due_today_is_not_late(run, terminal):
    """The day itself is no day too late."""
    line = run.ok("due", "--today", "2025-06-30").splitlines()[2]
    assert line == "  1.2  Train the clerks   Office   2025-06-30  due today    extension asked for"


@pytest.mark.parametrize("columns", [20, 40, 60])
def test_it_fits_any_terminal(run, terminal, chinese, columns):
    """No line is wider than the terminal."""
    from ledger.domain.text import width

    for lang in ("en", "zh"):
        out = run.ok("due", lang=lang, env={"COLUMNS": str(columns)})
        assert [line for line in out.splitlines() if width(line) > columns] == []
