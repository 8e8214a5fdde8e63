"""`import` of a list: what its columns mean is said with --map or asked, kept under maps/, and found again."""

from __future__ import annotations

from pathlib import Path

import pytest

from ledger.ui import ask, console
from tests.cli.books import field, files, refused

LIST = """\
序号,反馈问题,整改措施,包片意见,责任主体
1,会议过多,合并例会,同意,党政办
2,台账不全,补登台账,再议,财政所
"""
#: Next month's list: the same headers, one more row.
NEXT = LIST + "3,公车登记缺失,修订办法,同意,党政办\n"
MAP = Path("ledgers/t/maps/list.toml")


@pytest.fixture(autouse=True)
def _list(run):
    Path("list.csv").write_text(LIST, encoding="utf-8")
    run.ok("init", "t")


def test_a_column_is_said_once(run):
    """--map is kept with the list's headers; next month's list is read with it, and the preview names it."""
    run.ok("import", "list.csv", "--map", "包片意见=remark", "--yes")
    assert (field("1", "remark"), field("2", "unit")) == ("包片意见：同意", "财政所")
    kept = MAP.read_text(encoding="utf-8")
    assert 'map = [\n  "包片意见=remark",\n]' in kept
    Path("list.csv").write_text(NEXT, encoding="utf-8")
    shown = run("import", "list.csv", "--dry-run")
    assert (shown.err, shown.out.splitlines()[2:]) == ("", [
        "columns as kept in maps/list.toml",
        "against the ledger: 1 new, 2 as they are",
        "+ 3  公车登记缺失   1 measure",
    ])  # fmt: skip
    run.ok("import", "list.csv", "--yes")
    assert (field("3", "remark"), MAP.read_text(encoding="utf-8")) == ("包片意见：同意", kept)


def test_what_is_typed_counts_before_what_is_kept(run):
    """Another --map for the same column takes the place of the kept one; other headers are another list."""
    run.ok("import", "list.csv", "--map", "包片意见=remark", "--yes")
    Path("list.csv").write_text(NEXT, encoding="utf-8")
    run.ok("import", "list.csv", "--map", "包片意见=criterion", "--yes")
    assert (field("3", "criterion"), MAP.read_text(encoding="utf-8").count("包片意见=")) == ("同意", 1)
    Path("list.csv").write_text(
        NEXT.replace("责任主体", "责任单位") + "4,夜巡缺位,排班,同意,党政办\n", encoding="utf-8"
    )
    run.ok("import", "list.csv", "--map", "包片意见=-", "--yes")
    assert (field("4", "criterion"), sorted(path.name for path in MAP.parent.iterdir())) == (
        None, ["list-2.toml", "list.toml"],
    )  # fmt: skip


def test_a_person_is_asked(run, monkeypatch):
    """On a terminal a column nobody understands is asked about, with its cells; the answer is kept."""
    asked = []

    def choose(message, choices, *, flag):
        asked.append((message, flag, next(iter(choices))))
        return "criterion"

    monkeypatch.setattr(ask, "possible", lambda: True)
    monkeypatch.setattr(ask, "choose", choose)
    monkeypatch.setattr(ask, "confirm", lambda _message: True)
    run.ok("import", "list.csv")
    assert asked == [("What stands in column D 包片意见 (同意, 再议)?", "--map", "-")]
    assert (field("2", "criterion"), MAP.exists()) == ("再议", True)
    before = files()
    run.ok("import", "list.csv")
    assert (len(asked), files()) == (1, before)


def test_a_person_sees_what_was_understood(run, monkeypatch):
    """On a terminal the page says what each column was taken for, and what becomes of printed statuses."""
    monkeypatch.setattr(console, "wants_plain", lambda: False)
    Path("list.csv").write_text(
        "序号,反馈问题,整改措施,完成情况\n1,会议过多,合并例会,已完成\n", encoding="utf-8"
    )
    shown = run("import", "list.csv", "--dry-run", lang="zh").out.splitlines()
    assert shown[2] == "各列：A 序号、B 问题、C 整改措施、D 进展情况"
    assert shown[4] == "文中的进展和销号情况记入备注；台账的状态以报完成和审签为准"
    run.ok("import", "list.csv", "--yes")
    assert not any(
        "记入备注" in each for each in run("import", "list.csv", "--dry-run", lang="zh").out.splitlines()
    )


def test_a_field_that_is_none_is_told_with_those_there_are(run):
    """What may stand behind the = is listed as it may be typed, by code and by word."""
    result = run("import", "list.csv", "--map", "C=x", lang="zh")
    assert (result.code, "unit 责任单位、co_units 配合单位" in result.err) == (2, True)


def test_nobody_is_asked_in_a_pipe(run):
    """Without a terminal the column is left out and named."""
    result = run("import", "list.csv", "--yes")
    assert (result.code, MAP.exists()) == (0, False)
    run.ok("undo", "--yes")
    assert "包片意见" in run("import", "list.csv", "--dry-run").err


@pytest.mark.parametrize("spec", ["包片意见", "=unit", "包片意见=nothing", ""])
def test_a_map_that_is_none(run, spec):
    """What --map cannot be is said before anything is read."""
    before = files()
    result = run("import", "gone.csv", "--map", spec, "--yes")
    assert (result.code, result.out, files()) == (2, "", before)


@pytest.mark.parametrize(
    "text", ["format = 2\nmap = []\nheaders = []\n", "map = 7\n", "format = 1\n", "no toml"]
)
def test_a_kept_map_that_is_damaged(run, text):
    """A file under maps/ that is no map is named; nothing is written."""
    MAP.parent.mkdir(exist_ok=True)
    MAP.write_text(text, encoding="utf-8")
    before = files()
    result = run("import", "list.csv", "--yes")
    assert (result.code, files()) == (7, before)
    assert "maps/list.toml" in result.err


def test_choices_that_are_none(run):
    """Numbers the document does not have, and words that are no numbers."""
    refused(
        run,
        "import list.csv --yes --skip 3",
        3,
        "the document has no issue 3",
        "it has 2; --dry-run shows them",
    )
    refused(
        run,
        "import list.csv --yes --only 1.2",
        2,
        "--only takes numbers of issues, not 1.2",
        "write them as 1-5,7",
    )
    for flag, word, hint in (
        ("--only", "a", "write them as 1-5,7"),
        ("--skip", "0", "write them as 1-5,7"),
        ("--match a=1", "a", "write them as 3=7, or as 3=new"),
        ("--match 1=a", "a", "write them as 3=7, or as 3=new"),
    ):
        typed = flag if "=" in flag else f"{flag} {word}"
        message = f"{flag.split()[0]} takes numbers of issues, not {word}"
        refused(run, f"import list.csv --yes {typed}", 2, message, hint)


def test_headers_nobody_knows(run):
    """A list that only its kept map makes one is found again by its headers; another like it is not."""
    strange = LIST.replace("反馈问题", "甲栏").replace("整改措施", "乙栏").replace("责任主体", "丙栏")
    Path("list.csv").write_text(strange, encoding="utf-8")
    run.ok("import", "list.csv", "--map", "甲栏=issue", "--map", "乙栏=measure", "--yes")
    before = files()
    assert run("import", "list.csv", "--yes").out == "nothing new: the ledger has all of it\n"
    assert files() == before
    Path("list.csv").write_text(strange + "3,公车登记缺失,修订办法,同意,党政办\n", encoding="utf-8")
    assert "columns as kept in maps/list.toml" in run.ok("import", "list.csv", "--dry-run")
    run.ok("import", "list.csv", "--yes")
    assert field("3", "title") == "公车登记缺失"
    Path("list.csv").write_text(strange.replace("丙栏", "丁栏"), encoding="utf-8")
    assert "0 issues, 0 measures" in run.ok("import", "list.csv", "--yes")
