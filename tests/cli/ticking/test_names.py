"""`roster`: names a measure has to reach, ticked off one by one."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.books import acts, field, path_of, typed
from tests.cli.ticking.rows import FIRST, JULY, listed, shown


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
