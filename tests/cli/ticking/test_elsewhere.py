"""What was ticked off by hand, in two copies, in a workbook."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.cli.books import field, path_of, rewrite, status, typed
from tests.cli.repository import git, under_git
from tests.cli.ticking.rows import FIRST, JULY, listed
from tests.returning import Book as Workbook


def test_rows_edited_by_hand_are_adopted(quarters):
    """A name ticked off in the file, a period written into it, and another rhythm are taken as they are."""
    rewrite(path_of(1), 'name = "桐岭镇"\n', 'name = "桐岭镇"\ndone_on = 2025-05-06\n')
    rewrite(
        path_of(1),
        'status = "pending"\n\n[[measures]]',
        'status = "pending"\n\n[[measures.occurrences]]\nperiod = "2025-Q1"\ndone_on = 2025-03-30\n\n[[measures]]',
    )
    assert "occurrences was changed by hand: - -> 2025-Q1" in quarters("check", "--today", JULY).out
    quarters.ok("adopt", "1", "--today", JULY)
    assert listed(quarters)["1.2"]["roster"] == {"done": 1, "total": 3}
    assert listed(quarters)["1.1"]["awaited"] == "2025-Q2"
    assert quarters("check", "--today", JULY).code == 0


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('recurrence = "quarterly from 2025-Q1 to 2025-Q4"', 'recurrence = "now and then"'),
        ('name = "桐岭镇"', 'name = "柳河镇"'),
        ('name = "桐岭镇"', 'name = "桐岭镇"\ndone_on = "soon"'),
        ('name = "桐岭镇"', 'name = "桐岭镇"\ndone_on = 2025-01-07\nexcused_on = 2025-01-07'),
        ('name = "桐岭镇"', 'named = "桐岭镇"'),
        ("[[measures.roster]]\nname", "[[measures.occurrences]]\nperiod"),
    ],
)
def test_what_cannot_be_written_by_hand(quarters, old, new):
    """What a row or a field cannot hold is refused with its place, and adopted by nobody."""
    rewrite(path_of(1), old, new)
    assert quarters("adopt", "1", "--today", JULY).code == 6
    assert quarters("check", "--today", JULY).code == 7


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
def test_two_copies_tick_off(run, monkeypatch):
    """What either copy ticked off counts; the same name and period once, done before excused, the first."""
    Path("mine").mkdir()
    monkeypatch.chdir("mine")
    under_git(run, "--preset", "simple")
    lines = """add 甲 -m 每季度检查 -m 全覆盖
    edit 1.1 --every 'quarter from 2025-Q1'
    roster 1.2 --add 柳河镇,桐岭镇,白沙镇"""
    typed(run, lines, now=FIRST)
    git("add", "-A")
    git("commit", "-q", "-m", "x")
    git("clone", "-q", ".", "../theirs")

    def act(lines: str, now: str, by: str) -> None:
        typed(run, lines, now=now, by=by)
        git("add", "-A")
        git("commit", "-q", "-m", by)

    act(
        "roster 1.2 柳河镇 桐岭镇 -t 甲\noccur 1.1 -p 2025-Q1 --excuse --why 停办\nroster 1.2 --add 河口镇",
        "2025-04-03T12:00:00+08:00",
        "林某",
    )
    monkeypatch.chdir("../theirs")
    act(
        "roster 1.2 桐岭镇 白沙镇 -t 乙 --on 2025-04-01\noccur 1.1 -p 2025-Q1 -t 抽查\noccur 1.1",
        "2025-04-03T18:00:00+08:00",
        "顾某",
    )
    monkeypatch.chdir("../mine")
    git("fetch", "-q", "../theirs", "main")
    git("merge", "FETCH_HEAD", fine=True)
    assert run("resolve").code == 0
    rows = [(each["name"], str(each.get("done_on")), each.get("text")) for each in field("1.2", "roster")]
    assert rows == [
        ("柳河镇", "2025-04-03", "甲"),
        ("桐岭镇", "2025-04-01", "乙"),
        ("白沙镇", "2025-04-01", "乙"),
        ("河口镇", "None", None),
    ]
    assert [(each["period"], each.get("text")) for each in field("1.1", "occurrences")] == [
        ("2025-Q1", "抽查"),
        ("2025-Q2", None),
    ]
    assert run("check").code == 0


def test_a_workbook_goes_out_and_comes_back(quarters):
    """The column of periods and names only shows; what a rule forbids is left, and nothing is lost."""
    quarters.ok("roster", "1.2", "柳河镇", "--today", JULY)
    quarters.ok("export", "xlsx", "-o", "out", "--split", "unit", "--today", JULY)
    (path,) = Path("out").glob("*.xlsx")
    sheet = Workbook(path)
    column, row = sheet.column("periods and names"), sheet.row("1.2")
    assert sheet.sheet.cell(row, column).value == "done 1/3"
    sheet.sheet.cell(row, column).value = "done 3/3"
    sheet.sheet.cell(row, sheet.column("status")).value = "done, awaiting close-out"
    sheet.sheet.cell(row, sheet.column("result")).value = "成"
    sheet.book.save(path)
    before = path_of(1).read_bytes()
    result = quarters("import", str(path), "--yes", "--today", JULY)
    assert (result.code, "1.2: 1 of 3 are done" in result.err + result.out) == (4, True)
    assert path_of(1).read_bytes() == before
    assert status("1.2") == "active"
