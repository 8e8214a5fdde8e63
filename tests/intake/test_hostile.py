"""Texts nobody would send: no traceback, no hang, nothing invented."""

from __future__ import annotations

import json
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.domain.text import one_line
from ledger.intake.proposal import as_json
from tests.intake.noticed import read_notice

#: What the rules look for, so that random text meets them.
PIECES = [
    "一、", "二、", "(一)", "（一）", "1.", "1、", "2.", "(1)", "①", "②", "一是", "二是", "第一方面:", "1-3.", "关于", "针对", "“", "”", '"', "‘", "’",
    "「", "」", "的问题", "问题", "问题1:", "【问题一】", "整改情况:", "整改措施:", "责任单位:", "完成时限:", "整改结果:", "方面", "(3项)", "。", "；", ";", "，",
    "\n", "\n\n", "\t", " ", "　", "|", "序号\t反馈问题\t整改措施\t责任单位\n", "小计\t", "整改落实情况", "下一步", "欢迎广大", "联系电话:", "027-87238088",
    "2025年1月8日", "至", "公开期限:", "甲", "不到位", "落实", "《", "》", "(", ")", "a@b.cn", "---\n", "# ", "**", "<br>",
]  # fmt: skip
texts = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=6)), max_size=60).map("".join)


@settings(max_examples=300)
@given(texts)
def test_any_text_gives_a_proposal(text):
    """Whatever the text: numbered issues whose titles fit a record, places inside the document, valid JSON."""
    proposal = read_notice(text, file="x")
    lines = text.count("\n") + 1
    assert [issue.n for issue in proposal.issues] == list(range(1, len(proposal.issues) + 1))
    for issue in proposal.issues:
        assert issue.title
        assert "\n" not in issue.title
        assert "\t" not in issue.title
        assert 1 <= issue.line <= lines
        assert all(1 <= measure.line <= lines and measure.column >= 1 for measure in issue.measures)
    assert bool(proposal.issues) != ("no_issues" in [remark.code for remark in proposal.warnings])
    json.loads(json.dumps(as_json(proposal)))


@given(texts)
def test_one_line_fields_fit_a_record(text):
    """Units, leaders, owners, deadlines and categories are one line, as a record wants them."""
    for issue in read_notice(text, file="x").issues:
        short = [
            issue.category,
            *(issue.fields.get(name) for name in ("unit", "leader", "owner", "due_text")),
        ]
        for measure in issue.measures:
            short += [measure.unit, measure.leader, measure.owner, measure.due_text]
        for value in filter(None, short):
            assert "\n" not in value
            assert "\t" not in value
            if value.isprintable():
                one_line(value)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n",
        " ",
        "甲",
        "“",
        "”",
        '"',
        "(",
        "\t",
        "|",
        "1.",
        "一是",
        "问题1:",
        "关于“",
        "\ufeff",
        "---\n---\n",
    ],
)
def test_next_to_nothing_gives_no_issues_and_says_so(text):
    """Empty text, one character, a lone quote: no issue, one remark."""
    proposal = read_notice(text, file="x")
    assert (proposal.issues, [remark.code for remark in proposal.warnings]) == ((), ["no_issues"])


def seconds(text):
    """How long reading takes, in seconds of this process."""
    start = time.process_time()
    read_notice(text, file="x")
    return time.process_time() - start


REPEATED = {
    "issues": "1.关于“甲”的问题\n整改情况:一是乙;二是丙。\n",
    "labels": "问题1:甲\n整改措施:1.乙;2.丙。\n责任单位:丁\n",
    "items": "一是做好工作;",
    "lines": "这是一行普通文字,没有什么结构。\n",
    "quotes": "“",
    "pairs": "“”（）《》",
    "numbers": "(1)",
    "abouts": "。1.关于“甲",
    "labels in a line": "整改措施:甲。",
    "spaces": " ",
    "digits": "1",
    "letters": "a",
    "dots": "a.b.",
    "ats": "a@",
    "buttons": "打印正文",
    "tabs": "甲\t",
    "bars": "|",
    "aspects": "(一)甲方面\n",
    "open cells": '"甲\t乙\n',
}


@pytest.mark.parametrize("unit", REPEATED.values(), ids=REPEATED)
def test_time_grows_with_the_text_and_no_faster(unit):
    """Four times the text takes about four times as long, whatever it repeats (quadratic: sixteen times)."""
    size = 40_000 // len(unit)
    short = min(seconds("x" + unit * size + "x") for _ in range(3))
    assert seconds("x" + unit * (4 * size) + "x") < 9 * short + 0.2


def test_boxes_below_the_date_take_no_time():
    """A row of 【】 below the day of a notice may be cut in one way alone, or in more ways than anybody waits for."""
    assert seconds("甲局整改情况的通报\n2026年1月8日\n" + "【甲】" * 70 + "x") < 2


@pytest.mark.slow
def test_a_hundred_thousand_lines_are_read_in_seconds():
    """100,000 lines with 1,000 issues among them are no trouble."""
    issue = REPEATED["issues"] + REPEATED["lines"] * 98
    began = time.process_time()
    proposal = read_notice(issue * 1_000, file="x")
    assert len(proposal.issues) == 1_000
    assert time.process_time() - began < 15
