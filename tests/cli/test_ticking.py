"""`occur` and `roster`: what comes round again, and names a measure has to reach."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.chinese import chinese  # noqa: F401  a fixture
from tests.cli.books import acts, field, path_of, record, rewrite, status, typed
from tests.cli.repository import git, under_git
from tests.returning import Book as Workbook

FIRST = "2025-01-06T09:00:00+08:00"
JULY = "2025-07-05"


@pytest.fixture
def quarters(run):
    """A measure that comes round each quarter of 2025, and one that has to reach three towns by September."""
    typed(
        run,
        """init 2025 --preset simple
        add 印章管理不规范 -m 每季度检查印章 -m 覆盖全部乡镇
        assign 1.1 --every 'quarter to 2025-Q4'
        assign 1.2 --due 2025-09-30
        roster 1.2 --add 柳河镇、桐岭镇，白沙镇""",
        now=FIRST,
    )
    return run


def shown(run, word: str, day: str = JULY) -> dict:
    """A measure as `show --json` has it."""
    (found,) = json.loads(run.ok("show", word, "--json", "--today", day))["measures"]
    return found


def listed(run, day: str = JULY, *more: str) -> dict[str, dict]:
    """Measures as `list --json` has them, by id."""
    rows = json.loads(run.ok("list", "--measures", "--json", "--today", day, *more))["rows"]
    return {each["id"]: each for each in rows}


# -- what comes round again -------------------------------------------------------------------------------


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


# -- names ------------------------------------------------------------------------------------------------------


def test_names_typed_from_a_file_and_as_a_group(quarters):
    """A list, @FILE with one a line, and a group of people.toml; each name once."""
    Path("towns.txt").write_text("河口镇\n\n 石桥镇 \n河口镇\n", encoding="utf-8")
    people = Path("ledgers/2025/people.toml")
    rows = '[[units]]\nname = "{}"\ngroup = "县直部门"\n'
    people.write_text("".join(map(rows.format, ["财政局", "审计局"])), encoding="utf-8")
    typed(quarters, "measure 1 -t 全覆盖 --roster 县直部门 --roster @towns.txt --roster 财政局", now=FIRST)
    assert [each["name"] for each in field("1.3", "roster")] == ["财政局", "审计局", "河口镇", "石桥镇"]


def test_progress_stands_in_lists_and_exports(quarters):
    """2/3 in show, list, CSV and the JSON of exports; a name is found by search."""
    quarters.ok("roster", "1.2", "白沙镇", "柳河镇", "-t", "已验收", "--on", "2025-06-10", "--today", JULY)
    assert listed(quarters)["1.2"]["roster"] == {"done": 2, "total": 3}
    assert listed(quarters)["1.1"]["roster"] is None
    found = shown(quarters, "1.2")["roster"]
    assert (found["done"], found["total"], found["names"][1]) == (
        2, 3, {"name": "桐岭镇", "outcome": "open", "on": None, "text": None},
    )  # fmt: skip
    assert "1.2\troster\t2/3\n1.2\tname\t柳河镇 done 2025-06-10 已验收\n" in quarters.ok("show", "1.2")
    assert ",done 2/3," in quarters.ok("export", "csv", "--today", JULY)
    assert "1.2" in quarters.ok("search", "白沙镇", "--today", JULY)
    assert quarters.ok("list", "--measures", "--columns", "id,roster", "--today", JULY) == (
        "id\troster\n1.1\t\n1.2\t2/3\n"
    )
    assert "done 2/3" in quarters.ok("report", "book", "--today", JULY)


def test_all_the_rest_at_once(quarters):
    """--all ticks off what is open; then there is nothing left to."""
    quarters.ok("roster", "1.2", "桐岭镇", "--excuse", "--why", "已撤并", "--today", JULY)
    assert quarters.ok("roster", "1.2", "--all", "--today", JULY) == "1.2  柳河镇, 白沙镇  done\n"
    assert quarters("roster", "1.2", "--all", "--today", JULY).code == 2
    assert [("done_on" in each, "excused_on" in each) for each in field("1.2", "roster")] == [
        (True, False),
        (False, True),
        (True, False),
    ]
    assert quarters.ok("done", "1.2", "--result", "成", "--today", JULY)


def test_files_prove_what_was_ticked_off(quarters):
    """A file given with it is evidence of the measure that says what it proves; undo takes back both."""
    Path("照片.txt").write_text("a", encoding="utf-8")
    quarters.ok("roster", "1.2", "柳河镇", "白沙镇", "--evidence", "照片.txt", "--today", JULY)
    assert acts(1)[-2:] == ["roster", "evidence"]
    assert field("1.2", "evidence")[0]["proves"] == "柳河镇, 白沙镇"
    quarters.ok("undo", "--yes", "--today", JULY)
    assert (field("1.2", "evidence"), [len(each) for each in field("1.2", "roster")]) == (None, [1, 1, 1])


def test_a_dry_run_writes_nothing(quarters):
    """It shows the entry and what the file would say."""
    before = path_of(1).read_bytes()
    told = quarters.ok("roster", "1.2", "柳河镇", "--dry-run", "--today", JULY)
    assert ('"rows":["柳河镇"]' in told, "+done_on = 2025-07-05" in told) == (True, True)
    assert path_of(1).read_bytes() == before


def test_as_json(quarters):
    """The names, and what every change says."""
    found = json.loads(quarters.ok("roster", "1.2", "--all", "--json", "--today", JULY))
    assert (found["schema"], found["names"]) == ("ledger/roster@1", ["柳河镇", "桐岭镇", "白沙镇"])
    found = json.loads(quarters.ok("occur", "1.1", "--json", "--today", JULY))
    assert found["changed"][0]["entries"][0]["data"] == {"as": "done", "rows": ["2025-Q3"]}


def test_in_chinese(quarters, chinese):  # noqa: F811
    """页面、命令和拒绝都说中文。"""
    quarters.ok("期次", "1.1", "-p", "一季度", "-t", "抽查", "--on", "2025-03-28", "--today", JULY, lang="zh")
    page = quarters("show", "1.1", "--today", JULY, terminal=True, lang="zh").out
    assert "频次 每季度，2025-Q1 至 2025-Q4；已完成 1 期；漏 2025-Q2；下一期 2025-Q3" in "".join(
        line.strip() + " " for line in page.splitlines()
    ).replace("； ", "；")
    refused = quarters("对象", "1.2", "桐岭乡", "--today", JULY, lang="zh")
    assert refused.err == "错误: 1.2 的对象名单中没有桐岭乡\n提示: 相近的有：桐岭镇\n"


# -- by hand, in two copies, in a workbook ------------------------------------------------------------------------


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
