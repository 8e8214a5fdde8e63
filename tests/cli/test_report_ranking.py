"""`ledger report ranking`: units in order by one share, on one day."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import town


@pytest.fixture
def ledger(run):
    town.start(run)
    Path("ledgers/2025/people.toml").write_text(
        "format = 1\n"
        + "".join(f'[[units]]\nname = "{name}"\n' for name in ("Office", "Finance", "Works", "Post"))
    )


def rows(document):
    lines = [line for line in document.splitlines() if line.startswith("| ")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


def test_units_in_order(run, ledger):
    """The best first, ties share a place; what is not ranked is named; the total is that of the ledger."""
    document = run.ok("report", "ranking", now=town.JUNE)
    assert rows(document) == [
        ["1", "Office", "1", "1", "100.0%"],
        ["2", "Finance", "0", "1", "0.0%"],
        ["2", "Works", "0", "1", "0.0%"],
        ["", "total", "1", "3", "33.3%"],
    ]
    assert "Not ranked, since nothing stands under them: Post." in document
    assert "period: 2025, no. 6" in document
    assert "closed issues ÷ all issues" in document


def test_another_share_by_option_or_setting(run, ledger):
    """--rate says by what, in either language; without it the settings do."""
    late = [
        ["1", "Office", "0", "2", "0.0%"],
        ["1", "Works", "0", "1", "0.0%"],
        ["3", "Finance", "1", "2", "50.0%"],
        ["", "total", "1", "5", "20.0%"],
    ]
    assert rows(run.ok("report", "ranking", "--rate", "measures_overdue", now=town.JUNE)) == late
    assert rows(run.ok("report", "ranking", "--rate", "措施逾期率", now=town.JUNE)) == late
    settings = Path("ledgers/2025/ledger.toml")
    settings.write_text(settings.read_text() + '\n[ranking]\nrate = "measures_overdue"\n')
    assert rows(run.ok("report", "ranking", now=town.JUNE)) == late


def test_a_period_that_is_over(run, ledger):
    """A month that is over is told as its last day was; the same as with --as-of."""
    may = run.ok("report", "ranking", "--period", "2025-05", "--rate", "measures_closed", now=town.JUNE)
    assert rows(may)[0] == ["1", "Office", "1", "2", "50.0%"]
    assert may == run.ok(
        "report", "ranking", "--as-of", "2025-05-31", "--rate", "measures_closed", now=town.JUNE
    )


@pytest.mark.parametrize(
    ("argv", "code", "message"),
    [
        (("--rate", "luck"), 2, "units cannot be ranked by luck"),
        (("--period", "2025-08"), 2, "2025-08 has not begun"),
        (("--period", "2025-05", "--as-of", "2025-06-10"), 2, "2025-05 was over on 2025-06-10"),
        (("Office",), 2, "the report ranking takes no ids"),
    ],
)
def test_what_cannot_be_ranked(run, ledger, argv, code, message):
    """A share, a period or a word that does not belong is refused."""
    result = run("report", "ranking", *argv, now=town.JUNE)
    assert (result.code, result.out) == (code, "")
    assert message in result.err


def test_a_setting_that_is_none(run, ledger):
    """An unknown share in the settings is named with its line."""
    settings = Path("ledgers/2025/ledger.toml")
    settings.write_text(settings.read_text() + '\n[ranking]\nrate = "luck"\n')
    line = len(settings.read_text().splitlines())
    result = run("report", "ranking", now=town.JUNE)
    assert result.code == 7
    assert f"ledger.toml:{line}: ranking.rate: one of issues_closed, " in result.err
