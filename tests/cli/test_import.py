"""`import`: a notice is shown, then taken onto the books whole, once."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ledger.ui import ask
from tests.chinese import chinese  # noqa: F401  a fixture
from tests.cli.books import acts, book, day, field, files, record, refused, statuses, typed

NOTICE = """\
柳河镇党委关于县委第三轮巡察整改情况的通报

根据统一部署，现将整改情况予以公布。

一、作风建设方面
1.关于“会议过多”的问题。
整改情况:一是合并例会，每月不超过四次;二是压缩会议时间。
2.关于“下乡调研不够”的问题。
整改情况:一是制定调研计划;二是带题调研;三是建立台账。

联系电话：0000-1234567；邮政信箱：柳河路1号；电子邮箱：office@example.org。
"""

LABELLED = """\
巡察反馈问题整改清单

1.反馈问题：往来款长期挂账
整改措施：
（1）逐笔核对；
（2）限期清理。
责任单位：财政所
配合单位：经管站、党政办
责任领导：林某
整改目标：账款两清
完成时限：2025年6月底前
进展情况：正在推进

2.反馈问题：公章管理不严
整改措施：
（1）修订制度。
责任单位：党政办
责任领导：顾某
完成时限：立行立改，长期坚持
进展情况：已完成
"""

#: A reader's answer, line for line.
SHOWN = """\
notice.txt   layout: quoted findings   柳河镇党委关于县委第三轮巡察整改情况的通报
2 issues, 5 measures   phone 0000-1234567   e-mail office@example.org   address 柳河路1号
No.\tIssue\tMeasures\tSource
1\t会议过多\t2\tline 6
2\t下乡调研不够\t3\tline 8
"""


@pytest.fixture(autouse=True)
def _notices():
    Path("notice.txt").write_text(NOTICE, encoding="utf-8")
    Path("labelled.txt").write_text(LABELLED, encoding="utf-8")


def test_a_notice_is_read_without_a_ledger(run):
    """--dry-run shows what was understood, needs no ledger and writes nothing; --json in the shape others rely on."""
    before = files()
    assert run("import", "notice.txt", "--dry-run") == (0, SHOWN, "")
    document = json.loads(run.ok("import", "notice.txt", "--dry-run", "--json"))
    assert list(document) == [
        "schema", "file", "layout", "title", "categories", "issues", "reported", "contact", "disclosure", "figures", "warnings",
        "columns", "sha256",
    ]  # fmt: skip
    assert [(each["n"], each["title"], len(each["measures"])) for each in document["issues"]] == [
        (1, "会议过多", 2),
        (2, "下乡调研不够", 3),
    ]
    assert files() == before


def test_a_notice_is_taken_in_whole(run):
    """Every issue comes onto the books with its measures in one batch; the notice's own words are kept as prose."""
    run.ok("init", "t")
    assert run("import", "notice.txt", "--yes", "--on", "2025-02-20") == (
        0,
        "2 issues and 5 measures entered: 1-2\n",
        "next: ledger list    ledger claim ... --leader ...\n",
    )
    assert [(m.id, m.text) for m in record(2).issue.measures] == [
        ("2.1", "制定调研计划"),
        ("2.2", "带题调研"),
        ("2.3", "建立台账"),
    ]
    assert (field("1", "category"), acts(1), statuses("1", "2.3")) == (
        "作风建设方面",
        ["add"],
        ["pending"] * 2,
    )
    assert len({record(n).entries[0].batch for n in (1, 2)}) == 1
    assert str(record(1).entries[0].on) == "2025-02-20"
    prose = {path.name: path.read_text(encoding="utf-8") for path in Path("ledgers/t/prose").iterdir()}
    assert prose["preamble.md"] == "根据统一部署，现将整改情况予以公布。\n"
    assert "0000-1234567" in prose["contact.md"]


def test_what_is_printed_of_an_issue_is_kept(run):
    """Unit, co-units, leader and deadline become fields; what a record has no field for goes into the remark."""
    run.ok("init", "t")
    run.ok("import", "labelled.txt", "--yes")
    assert {
        name: field("1", name)
        for name in ("title", "unit", "co_units", "leader", "due", "due_original", "due_text")
    } == {
        "title": "往来款长期挂账",
        "unit": "财政所",
        "co_units": ["经管站", "党政办"],
        "leader": "林某",
        "due": day("2025-06-30"),
        "due_original": day("2025-06-30"),
        "due_text": "2025年6月底前",
    }
    assert field("1", "remark") == "整改目标：账款两清\n进展情况：正在推进"
    assert [field("2", name) for name in ("term", "continuing", "due_text")] == [
        "immediate",
        True,
        "立行立改，长期坚持",
    ]
    assert [m.text for m in record(1).issue.measures] == ["逐笔核对", "限期清理"]


def test_a_notice_is_taken_in_once(run):
    """The same notice again changes no byte and says so; after `undo` it may come again."""
    run.ok("init", "t")
    run.ok("import", "notice.txt", "--yes")
    before = files()
    assert run("import", "notice.txt") == (0, "nothing new: the ledger has all of it\n", "")
    assert json.loads(run.ok("import", "notice.txt", "--json"))["numbers"] == []
    assert files() == before
    run.ok("undo", "--yes")
    assert run.ok("import", "notice.txt", "--yes") == "2 issues and 5 measures entered: 3-4\n"


def test_an_issue_somebody_entered_is_the_notices(run):
    """What has the notice's title already is that issue: it gains the measures and keeps what it says."""
    run.ok("init", "t")
    run.ok("add", "下乡调研 不够", "--category", "作风")
    assert run("import", "notice.txt", "--yes") == (
        0,
        "1 issues and 2 measures entered: 2-2\nchanged: 1.1 1.2 1.3\n",
        "warning: 1 category stays as it is; the document says otherwise\n"
        "next: ledger list    ledger claim ... --leader ...\n",
    )
    assert [(m.id, m.text) for m in record(1).issue.measures][0] == ("1.1", "制定调研计划")
    assert field("1", "category") == "作风"
    assert acts(1) == ["add", "measure", "measure", "measure"]
    before = files()
    assert run.ok("import", "notice.txt", "--yes") == "nothing new: the ledger has all of it\n"
    assert files() == before


def test_nothing_is_taken_in_unasked(run, monkeypatch):
    """Without --yes a person sees the issues and may say no; nobody there, or --json: --yes is named."""
    run.ok("init", "t")
    hint = "give --yes; questions are asked only on a terminal and without --no-input"
    refused(run, "import notice.txt", 2, "--yes is missing", hint)
    before = files()
    assert json.loads(run("import", "notice.txt", "--json").err)["error"]["message"] == "--yes is missing"
    monkeypatch.setattr(ask, "possible", lambda: True)
    monkeypatch.setattr(ask, "confirm", lambda _message: False)
    assert run("import", "notice.txt") == (0, SHOWN, "nothing was changed\n")
    assert files() == before
    monkeypatch.setattr(ask, "confirm", lambda _message: True)
    assert run.ok("import", "notice.txt").endswith("2 issues and 5 measures entered: 1-2\n")


def test_text_without_findings_gives_no_issue(run, chinese):  # noqa: F811
    """A text that states no finding gives 0 issues, says so, and is no error (docs/contract.md §4)."""
    Path("letter.txt").write_text("通知\n\n下周一上午开会。\n", encoding="utf-8")
    run.ok("init", "t")
    before = files()
    result = run("import", "letter.txt")
    assert (result.code, result.out.splitlines()[1]) == (0, "0 issues, 0 measures")
    assert result.err.startswith("warning: ")
    assert run("import", "letter.txt", "--yes", lang="zh").out.splitlines()[1] == "0 个问题，0 条措施"
    assert files() == before


def test_stdin_and_json(run):
    """- reads the notice from stdin; --json says what came onto the books."""
    run.ok("init", "t")
    document = json.loads(run.ok("导入", "-", "--yes", "--json", stdin=NOTICE))
    assert (document["schema"], document["numbers"], document["measures"]) == ("ledger/import@1", [1, 2], 5)
    assert len(document["changed"]) == 2


@pytest.mark.parametrize(
    ("name", "data", "code", "words"),
    [
        ("gone.txt", None, 3, "there is no file gone.txt"),
        (".", None, 3, "there is no workbook in ."),
        ("a.docx", b"PK\x03\x04", 9, "a.docx is damaged: it cannot be unpacked"),
        (
            "a.log",
            b"1",
            9,
            "a.log is not of a kind that is read: .txt, .md, .html, .docx, .xlsx, .csv and .tsv are",
        ),
        ("a.txt", b"\x00\x01", 9, "a.txt is not text: it holds a zero byte at 1"),
        (
            "a.txt",
            b"1" * (8 * 1024 * 1024 + 1),
            9,
            "a.txt is larger than 8 MB, which is the most that is read",
        ),
    ],
)
def test_what_is_no_notice(run, name, data, code, words):
    """No file, a folder, another kind of file, something far too large: refused in one sentence, with a hint."""
    run.ok("init", "t")
    if data is not None:
        Path(name).write_bytes(data)
    before = files()
    result = run("import", name, "--yes")
    assert (result.code, result.out, result.err.splitlines()[0]) == (code, "", f"error: {words}")
    assert result.err.splitlines()[1].startswith("hint: ")
    assert files() == before


def test_an_import_is_one_change(run):
    """One command, one batch: `undo` takes it all back."""
    run.ok("init", "t")
    typed(run, "import notice.txt --yes\nundo --yes")
    assert statuses("1", "2") == ["void", "void"]
    assert book().numbers() == [1, 2]
