"""`ledger stats`: counts and rates, for people and for programs."""

from __future__ import annotations

import json

import pytest

from tests import town
from tests.chinese import chinese  # noqa: F401  a fixture

STATUSES = ["pending", "active", "interim", "done", "closing", "closed", "longterm"]


@pytest.fixture
def ledger(run):
    return town.start(run)


def counted(run, *argv, now=town.JUNE):
    return json.loads(run.ok("stats", "--json", *argv, now=now))


def by_status(**given):
    return {status: given.get(status, 0) for status in STATUSES}


def test_json_agrees_with_a_count_by_hand(run, ledger):
    """On 30 June: three issues, five measures, of which two are closed and one is late; void counts nowhere."""
    found = counted(run)
    assert list(found) == [
        "schema",
        "ledger",
        "as_of",
        "known_at",
        "issues",
        "measures",
        "overdue",
        "rates",
        "lights",
        "by",
        "period",
        "rebounds",
    ]
    assert (found["schema"], found["ledger"], found["as_of"]) == ("ledger/stats@1", "2025", "2025-06-30")
    assert found["issues"] == {
        "total": 3,
        "by_status": by_status(closed=1, active=1, longterm=1),
        "overdue": 1,
    }
    assert found["measures"] == {
        "total": 5,
        "by_status": by_status(closed=2, active=1, pending=1, longterm=1),
        "overdue": 1,
    }
    assert (found["overdue"], found["by"], found["period"]) == (1, [], None)
    assert [tuple(each.values()) for each in found["lights"]] == [
        ("red", 1, 1),
        ("yellow", 0, 0),
        ("green", 0, 1),
    ]
    assert [
        (rate["name"], rate["numerator"], rate["denominator"], rate["percent"]) for rate in found["rates"]
    ] == [
        ("issues_closed", 1, 3, 33.3),
        ("issues_settled", 2, 3, 66.7),
        ("measures_closed", 2, 5, 40.0),
        ("measures_settled", 3, 5, 60.0),
    ]
    assert found["rates"][0]["definition"] == "closed issues ÷ all issues; void ones count nowhere"


def test_an_earlier_day_is_counted_as_it_was(run, ledger):
    """As of 31 May one measure was closed, nothing late, nothing void and nothing long-term."""
    found = counted(run, "--as-of", "2025-05-31")
    assert found["as_of"] == "2025-05-31"
    assert found["issues"] == {"total": 4, "by_status": by_status(active=1, pending=3), "overdue": 0}
    assert found["measures"]["by_status"] == by_status(closed=1, pending=4)
    assert found["rates"][2]["percent"] == 20.0


def test_what_was_known_then(run, ledger):
    """Known at 1 June says nothing of what was recorded later, even for a later day."""
    found = counted(run, "--known-at", "2025-06-01", "--as-of", "2025-06-30")
    assert found["measures"]["by_status"] == by_status(closed=1, pending=4)
    assert found["overdue"] == 2


@pytest.mark.parametrize("flag", ["--per", "--by"])
def test_groups(run, ledger, flag):
    """By category a shared measure stands under each it serves; the totals hold it once."""
    found = counted(run, flag, "category")
    assert [
        (group["field"], group["value"], group["issues"]["total"], group["measures"]["total"])
        for group in found["by"]
    ] == [
        ("category", "Conduct", 1, 2),
        ("category", "Money", 1, 2),
        ("category", "Works", 1, 2),
    ]
    assert found["measures"]["total"] == 5
    assert found["by"][1]["overdue"] == 1
    assert [rate["percent"] for rate in found["by"][0]["rates"]] == [100.0] * 4


def test_rows_for_a_pipe(run, ledger):
    """In a pipe: TSV with the day in its heading, every rate with its numerator and denominator."""
    assert run.ok("stats", now=town.JUNE).splitlines() == [
        "as of 2025-06-30\tissues\tmeasures",
        "total\t3\t5",
        "closed\t1\t2",
        "in close-out\t0\t0",
        "done, awaiting close-out\t0\t0",
        "interim\t0\t0",
        "in progress\t1\t1",
        "not started\t0\t1",
        "long-term\t1\t1",
        "overdue\t1\t1",
        "light: red\t1\t1",
        "light: yellow\t0\t0",
        "light: green\t0\t1",
        "closed rate: closed ÷ all\t33.3% (1/3)\t40.0% (2/5)",
        "settled rate: closed and long-term ÷ all\t66.7% (2/3)\t60.0% (3/5)",
    ]


def test_rows_of_groups(run, ledger):
    """Grouped rows name the field and the day, and what has no value."""
    assert run.ok("stats", "--per", "leader", now=town.JUNE).splitlines() == [
        "leader, 2025-06-30\tissues closed ÷ all\tissues long-term\tmeasures closed ÷ all\tmeasures long-term\toverdue",
        "Lin\t100.0% (1/1)\t0\t100.0% (2/2)\t0\t0",
        "-\t0.0% (0/2)\t1\t0.0% (0/3)\t1\t1",
    ]


def test_an_empty_ledger(run):
    """Nothing entered yet: zeros, no percentage, no error."""
    run.ok("init", "2025")
    found = counted(run)
    assert (found["issues"]["total"], found["overdue"]) == (0, 0)
    assert [rate["percent"] for rate in found["rates"]] == [None] * 4
    assert run.ok("stats", "--per", "unit").count("\n") == 1


def test_bad_requests(run, ledger):
    """An unknown field is a usage error that names the fields; no ledger at all is not found."""
    result = run("stats", "--per", "title")
    assert (result.code, result.err) == (
        2,
        "error: nothing can be counted by title\nhint: there are: unit, category, leader, term\n",
    )
    assert run("stats", "-L", "nope").code == 3


def test_chinese(run, ledger, chinese):  # noqa: F811
    """In Chinese the command is 统计, and its words are the trade's."""
    assert run.ok("统计", now=town.JUNE, lang="zh").startswith("截至 2025-06-30\t问题\t措施\n合计\t3\t5\n")
