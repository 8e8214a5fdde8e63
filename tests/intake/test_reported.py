"""Whether a document tells what was done: by its labels first, then by its headings and its title."""

from __future__ import annotations

import pytest

from tests.intake.noticed import read_notice

DONE = "一是修订办法；二是开展培训。"


def notice(title, heading, label):
    issues = "".join(f"{n}.关于“会议过多{n}”的问题\n{label}{DONE}\n" for n in (1, 2))
    return f"{title}\n{heading}\n{issues}"


@pytest.mark.parametrize(
    ("title", "heading", "label", "reported"),
    [
        ("某局关于巡察整改进展情况的通报", "二、反馈问题整改落实情况", "整改情况：", True),
        ("某局关于巡察整改进展情况的通报", "二、反馈问题整改落实情况", "", True),
        ("某局关于巡察整改进展情况的通报", "二、反馈问题", "", True),
        ("某局工作", "二、反馈问题整改落实情况", "", True),
        ("某局关于巡察整改进展情况的通报", "二、反馈问题整改落实情况", "整改措施：", False),
        ("某局巡察整改方案", "二、整改任务", "整改措施：", False),
        ("某局巡察整改方案", "二、反馈问题和措施", "", False),
        ("某局巡察整改方案", "二、反馈问题和措施", "整改情况：", True),
    ],
)
def test_what_was_done(title, heading, label, reported):
    """The whole table: a label decides, else a heading or the title that says 情况, 进展, 成效 or 结果."""
    found = read_notice(notice(title, heading, label), file="x")
    assert [len(each.measures) for each in found.issues] == [2, 2]
    assert found.reported is reported


def test_nothing_found_reports_nothing():
    """Text without problems has nothing that was done about them."""
    assert read_notice("某局关于整改进展情况的通报\n一切正常。", file="x").reported is False


@pytest.mark.parametrize(
    ("line", "text"),
    [
        (r"\*星\* \_线\_ \[框\] \| \# \` \~ \$ \^ \{x\} a\@b.cn", "*星* _线_ [框] | # ` ~ $ ^ {x} a@b.cn"),
        (r"反\\斜杠", "反\\斜杠"),
        ("&lt;甲&gt; &amp;amp; 乙", "<甲> &amp; 乙"),
        ("**粗**和__重__", "粗和重"),
    ],
)
def test_signs_of_markdown_are_taken_off(line, text):
    """What Markdown writes so that it is no markup is read as the sign it stands for, once."""
    found = read_notice(notice("某局整改情况通报", "二、整改情况", "").replace("会议过多1", line), file="x")
    assert found.issues[0].title.replace("的问题", "") == text


def test_a_line_that_markdown_breaks():
    """<br> ends a line, as it does on paper; the row of a table stays one."""
    found = read_notice(
        notice("某局整改情况通报", "二、整改情况", "").replace("修订办法", "修订办法<br>并印发"), file="x"
    )
    assert found.issues[0].measures[0].text == "修订办法\n并印发"
