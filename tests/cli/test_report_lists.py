"""`ledger report lists`: the lists as an office has them, as they are or as a plan was approved."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import town


@pytest.fixture
def ledger(run):
    return town.start(run)


def settle(*lines):
    settings = Path("ledgers/2025/ledger.toml")
    first = len(settings.read_text(encoding="utf-8").splitlines()) + 1
    with settings.open("a", encoding="utf-8") as file:
        file.write("\n".join(lines) + "\n")
    return first


def test_the_lists_of_the_settings(run, ledger):
    """Which lists there are, in which order, with which columns and signatures, is in ledger.toml."""
    settle(
        "[lists]",
        'signatures = ["Secretary"]',
        'problems = "Findings"',
        "[lists.time]",
        'title = "Time limits"',
        'rows = "measure"',
        'columns = ["id", "due"]',
        "[lists.time.headings]",
        'due = "by when"',
    )
    document = run.ok("report", "lists", now=town.JUNE)
    assert [line for line in document.splitlines() if line.startswith("## ")] == [
        "## Findings",
        "## Time limits",
    ]
    assert "| no. | by when |\n| --- | --- |\n| 1.1 | 2025-06-15 |\n| 1.2 | 2025-06-15 |" in document
    assert "- Secretary: " in document


@pytest.mark.parametrize(
    ("lines", "at", "words"),
    [
        (["[lists.problems]", 'columns = ["id", "mood"]'], 1, "columns: there is no column mood"),
        (["[lists.problems]", "columns = []", "rows = 1"], 2, "rows: text in quotes is expected"),
        (["[lists.problems]", 'rows = "unit"'], 1, "rows: one of issue, measure, work is expected"),
        (["[lists.gains]", 'columns = ["id"]'], 0, "gains: a title is expected"),
        (["[lists.gains]", 'title = "Own"'], 0, "gains: one to 16 columns, each once, are expected"),
        (["[lists.problems]", 'columns = ["id", "id"]'], 1, "columns: one to 16 columns"),
        (["[lists.problems.headings]", 'mood = "x"'], 0, "headings: there is no column mood"),
        (["[lists]", 'gains = "Gains"'], 1, "gains: a table [lists.gains] is expected"),
        (["[lists]", "problems = 3"], 1, "problems: text in quotes is expected"),
        (["[lists]", 'signatures = "x"'], 1, "signatures: a list of words is expected"),
    ],
)
def test_a_setting_that_is_wrong(run, ledger, lines, at, words):
    """What the settings say of lists is checked, and a fault named with its line."""
    line = settle(*lines) + at
    result = run("report", "lists", now=town.JUNE)
    assert (result.code, result.out) == (7, "")
    assert f"ledger.toml:{line}: lists." in result.err
    assert words in result.err


def test_a_version_of_the_plan(run):
    """--plan N gives what was approved, whatever has changed since; a version there is not is not found."""
    june = {"now": "2025-06-21T09:00:00+08:00"}
    run.ok("init", "2025", "--title", "Willow Town", **june)
    run.ok("add", "Old debts | unpaid", "-m", "Check each one", "--leader", "Lin", **june)
    run.ok("claim", "1", **june)
    run.ok("plan", "approve", "--meeting", "Group 5", **june)
    approved = run.ok("report", "lists", "--plan", "1", **june)
    run.ok("edit", "1", "--title", "Debts", "--why", "clearer", now=town.JUNE)
    run.ok("add", "A new one", now=town.JUNE)
    assert run.ok("report", "lists", "--plan", "1", now=town.JUNE) == approved
    assert "Old debts \\| unpaid" in approved
    assert "- approved on: 2025-06-21\n- approved by: Group 5" in approved
    assert "Debts" in run.ok("report", "lists", now=town.JUNE)
    missing = run("report", "lists", "--plan", "2", now=town.JUNE)
    assert (missing.code, missing.out) == (3, "")
    assert "there is no plan v2" in missing.err
