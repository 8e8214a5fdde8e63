"""`import` where a list and the ledger disagree on how far things are: told, and nothing is moved by it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.chinese import chinese  # noqa: F401  a fixture
from tests.cli.books import status, typed

HEADER = "序号,问题,整改措施,责任单位,完成情况,是否销号\n"
ROWS = (
    "1,接待群众态度生硬,开展窗口服务培训,便民中心,{},否\n"
    "2,台账登记不全,补登前年以来的台账,党政办,{},否\n"
    "3,公车使用登记缺失,修订公车管理办法,党政办,{},否\n"
)


def write(*words: str) -> None:
    Path("list.csv").write_text(HEADER + ROWS.format(*words), encoding="utf-8", newline="\n")


def statuses(run) -> list[tuple[str, str, str, str]]:
    told = json.loads(run.ok("import", "list.csv", "--dry-run", "--json"))["statuses"]
    return [(each["id"], each["words"], each["told"], each["status"]) for each in told]


@pytest.fixture(autouse=True)
def _first(run):
    write("未启动", "未启动", "未启动")
    typed(run, "init t\nimport list.csv --yes\nnote 1 --text began")


def test_a_status_told_otherwise_is_named(run):
    """The list says 已完成, the ledger in progress; what agrees is not named, and nothing moves."""
    write("已完成", "未启动", "正在推进")
    assert statuses(run) == [
        ("1", "已完成；否", "awaiting", "active"),
        ("3", "正在推进；否", "active", "pending"),
    ]
    page = run("import", "list.csv", "--dry-run")
    assert "line 2: the document says 已完成；否, the ledger in progress: 1" in page.err
    before = [status(str(n)) for n in (1, 2, 3)]
    entered = run("import", "list.csv", "--yes")
    assert "the document says 正在推进；否, the ledger not started: 3" in entered.err
    assert [status(str(n)) for n in (1, 2, 3)] == before


def test_on_a_terminal_it_is_one_of_the_things_to_look_at(run):
    """It counts among what is to be looked at, in the words of the language in force."""
    write("已完成", "已完成", "未启动")
    page = run("import", "list.csv", "--dry-run", terminal=True).out
    assert "2 things to look at" in page


def test_in_chinese(run, chinese):  # noqa: F811
    """清单和台账说法不一，用中文说。"""
    write("已完成", "未启动", "未启动")
    assert "文件写“已完成；否”，台账为“正在推进”：1" in run("import", "list.csv", "--dry-run", lang="zh").err


def test_words_that_say_no_status_are_not_held_against_it(run):
    """A story, a dash, an empty cell: no guess is made of them."""
    write("详见附件三的情况说明", "—", "")
    assert statuses(run) == []


def test_a_measure_is_held_against_the_measure(run):
    """A list with its own status for each measure: the ids are those of the measures."""
    head = "序号,问题,整改措施,措施完成情况\n"
    rows = "1,值班记录缺页,补齐记录,{}\n,,每周抽查,{}\n"
    path = Path("parts.csv")
    path.write_text(head + rows.format("未启动", "未启动"), encoding="utf-8", newline="\n")
    typed(run, "import parts.csv --yes")
    path.write_text(head + rows.format("已完成", "未启动"), encoding="utf-8", newline="\n")
    told = json.loads(run.ok("import", "parts.csv", "--dry-run", "--json"))["statuses"]
    assert [(each["id"], each["told"]) for each in told] == [("4.1", "done")]


def test_thousands_of_one_kind_are_one_sentence(run):
    """Of many issues some are named and the rest counted; in JSON all of them stand."""
    rows = "".join(f"{n},第{n}项档案缺少签字,补签第{n}项,档案科,{{}},\n" for n in range(1, 41))
    path = Path("many.csv")
    path.write_text(HEADER + rows.replace("{}", "未启动"), encoding="utf-8", newline="\n")
    typed(run, "import many.csv --yes")
    path.write_text(HEADER + rows.replace("{}", "已完成"), encoding="utf-8", newline="\n")
    said = [
        line for line in run("import", "many.csv", "--dry-run").err.splitlines() if "document says" in line
    ]
    assert len(said) == 1
    assert said[0].endswith("(and 28 more)")
    assert len(json.loads(run.ok("import", "many.csv", "--dry-run", "--json"))["statuses"]) == 40
