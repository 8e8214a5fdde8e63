"""`ledger figures`: what a document prints of numbers, without a ledger."""

from __future__ import annotations

import json
from pathlib import Path

import docx
import openpyxl
import pytest

from ledger.ui import console

TEXT = """\
一、工作开展情况
本月排查隐患268处，整改247处，整改率92.2%；受理信访515件，办结412件，办结率80.1%。
调解纠纷4577件，成功4418件，成功率96%。群众满意率97%。
公示期：2025年9月1日至9月12日（10个工作日）。
"""


@pytest.fixture
def report() -> Path:
    path = Path("report.txt")
    path.write_text(TEXT, encoding="utf-8")
    return path


def rows(out: str) -> list[list[str]]:
    return [line.split("\t") for line in out.splitlines()]


def test_alarms_come_first_and_a_last_line_sums_up(run, report):
    """In a pipe one row a claim with its sum; the line that sums up is talk."""
    result = run("figures", report)
    assert result.code == 0
    assert rows(result.out) == [
        ["Source", "Verdict", "As printed", "Computed anew"],
        ["line 2", "wrong", "受理信访515件，办结412件，办结率80.1%", "412 ÷ 515 = 80.0%, printed 80.1%"],
        [
            "line 3",
            "truncated",
            "调解纠纷4577件，成功4418件，成功率96%",
            "4418 ÷ 4577 = 96.5%, printed 96%: cut off, not rounded",
        ],
        ["line 3", "unclear", "群众满意率97%", "what it comes from is not told"],
        ["line 2", "ok", "本月排查隐患268处，整改247处，整改率92.2%", "247 ÷ 268 = 92.2%"],
        [
            "line 4",
            "ok",
            "公示期：2025年9月1日至9月12日（10个工作日",
            "2025-09-01 to 2025-09-12: 10 working days, both ends counted",
        ],
    ]
    assert result.err == "figures: 5; ok 2, wrong 1, truncated 1, unclear 1\n"


def test_in_chinese(run, report):
    """Headings, verdicts and words are Chinese; the sum is the same."""
    result = run("figures", report, lang="zh")
    assert rows(result.out)[:2] == [
        ["出处", "结论", "原文", "重算"],
        ["第 2 行", "不符", "受理信访515件，办结412件，办结率80.1%", "412 ÷ 515 = 80.0%，文中为 80.1%"],
    ]
    assert result.err == "5 处数字：相符 2、不符 1、舍尾 1、无法核对 1\n"


def test_the_verdict_is_coloured_and_said(run, report):
    """On a terminal colour repeats the word."""
    out = run("figures", report, terminal=True, env={"NO_COLOR": None, "TERM": "xterm"}).out
    assert "\x1b[31mwrong" in out
    assert "\x1b[33mtruncated" in out


@pytest.mark.parametrize(("text", "code"), [(TEXT, 10), ("群众满意率97%。", 0), ("今天开会。", 0)])
def test_exit_code_tells_of_alarms(run, text, code):
    """10 only with --exit-code, and only where something is wrong or cut off."""
    assert run("figures", "-", "--exit-code", stdin=text).code == code
    assert run("figures", "-", stdin=text).code == 0


def test_nothing_to_check(run):
    """A text without such figures says so; a pipe gets the header alone."""
    result = run("figures", "-", stdin="今天开会，12人参加。")
    assert result.out == "Source\tVerdict\tAs printed\tComputed anew\n"
    assert result.err == "no figures were found that could be held against each other\n"


def test_json(run, report):
    """One document with the claims in the order of the text."""
    found = json.loads(run.ok("figures", report, "--json"))
    assert [(each["line"], each["verdict"]) for each in found["claims"]] == [
        (2, "ok"),
        (2, "wrong"),
        (3, "truncated"),
        (3, "unclear"),
        (4, "ok"),
    ]
    assert found["counts"] == {"ok": 2, "wrong": 1, "truncated": 1, "unclear": 1}
    assert (found["file"], found["claims"][1]["expected"]) == ("report.txt", 80.0)


def test_every_format_that_is_read(run):
    """The same sentence is checked in Markdown, a web page, a Word document, a workbook and a CSV file."""
    words = "受理信访515件，办结412件，办结率80.1%。"
    Path("a.md").write_text(f"# 情况\n\n{words}\n", encoding="utf-8")
    Path("a.html").write_text(f"<html><body><p>{words}</p></body></html>", encoding="utf-8")
    Path("a.csv").write_text(f"单位,情况\n甲镇,{words}\n", encoding="utf-8")
    document = docx.Document()
    document.add_paragraph(words)
    document.save("a.docx")
    book = openpyxl.Workbook()
    book.active.append(["单位", "情况"])
    book.active.append(["甲镇", words])
    book.save("a.xlsx")
    for name in ("a.md", "a.html", "a.csv", "a.docx", "a.xlsx"):
        found = json.loads(run.ok("figures", name, "--json"))
        assert [(each["verdict"], each["printed"]) for each in found["claims"]] == [("wrong", 80.1)], name


def test_what_is_not_read(run):
    """A missing file is 3, a folder 2, something that is no document 9."""
    Path("folder").mkdir()
    Path("a.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    assert run("figures", "none.txt").code == 3
    assert run("figures", "folder").code == 2
    assert run("figures", "a.png").code == 9


def test_the_importer_checks_too(run):
    """A proposal has the claims of its document, and a warning for each alarm."""
    text = "关于整改情况的通报\n一、整改情况\n1.关于“台账不全”的问题。整改情况：一是补登台账。排查515件，办结412件，办结率80.1%。\n"
    found = json.loads(run.ok("import", "-", "--dry-run", "--json", stdin=text))
    assert [(each["kind"], each["verdict"]) for each in found["figures"]] == [("ratio", "wrong")]
    [warning] = [each for each in found["warnings"] if each["code"] == "figure_wrong"]
    assert warning["line"] == 3
    assert "412 ÷ 515 = 80.0%, printed 80.1%" in warning["message"]


@pytest.mark.parametrize("is_terminal", [True, False])
def test_an_alarm_is_told_once(run, monkeypatch, is_terminal):
    """On the page of an import, and in a pipe, a figure that does not hold stands once, among the remarks."""
    monkeypatch.setattr(console, "wants_plain", lambda: not is_terminal)
    shown = run("import", "-", "--dry-run", stdin="受理515件，办结412件，办结率80.1%。\n")
    assert (shown.out + shown.err).count("412 ÷ 515") == 1
    assert ("figures held against each other: wrong 1" in shown.out) == is_terminal
