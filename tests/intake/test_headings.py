"""Which lines are headings of issues, and what their titles are."""

from __future__ import annotations

import pytest

from ledger.intake import heads
from ledger.intake.lines import split


def line(text):
    return split(text)[0]


QUOTED = [
    ("1.关于“学习不深入”的问题", ("学习不深入",)),
    ("1、关于“学习不深入”的问题。", ("学习不深入",)),
    ("１．关于“学习不深入”问题", ("学习不深入",)),
    ("(一)关于“学习不深入”问题的整改情况", ("学习不深入",)),
    ("（3）针对“学习不深入”的问题", ("学习不深入",)),
    ("关于“学习不深入”的问题", ("学习不深入",)),
    ("14.关于“科目混乱”", ("科目混乱",)),
    ("14.关于“科目混乱”。", ("科目混乱",)),
    ('9.关于"值守松散"的问题', ("值守松散",)),
    ("9.关于「值守松散」的问题", ("值守松散",)),
    ("9.关于『值守松散』问题", ("值守松散",)),
    ("2.关于“推进“一河一策”不够有力”的问题", ("推进“一河一策”不够有力",)),
    ('2.关于"推进"一河一策"不够有力"的问题', ('推进"一河一策"不够有力',)),
    ("2.关于“‘三重一大’执行不严”的问题", ("‘三重一大’执行不严",)),
    ("2.关于‘执行不严’的问题", ("执行不严",)),
    ("2.关于“场地不足。器材老化”的问题", ("场地不足。器材老化",)),
    ("2.关于巡察反馈指出的“场地不足”的问题", ("场地不足",)),
    ("2.“场地不足”问题", ("场地不足",)),
    ("1-3.关于“甲不足”“乙不实”“丙不严”的问题", ("甲不足", "乙不实", "丙不严")),
    ("1、2.关于“甲不足”、“乙不实”的问题", ("甲不足", "乙不实")),
    ("4.关于“不作为”“慢作为”的问题", ("“不作为”“慢作为”",)),
    ("5.关于执行“三会一课”制度不严的问题", ("关于执行“三会一课”制度不严的问题",)),
    ("5.关于“三会一课”制度执行不严的问题。", ("关于“三会一课”制度执行不严的问题",)),
    ("5.关于问题线索处置不规范的问题", ("关于问题线索处置不规范的问题",)),
    ("6.关于“场地不足的问题", ("场地不足",)),
    ("6.关于”场地不足”的问题", ("场地不足",)),
    ("7.关于“场地不足”的问题  整改情况:一是…", ("场地不足",)),
    ("7.关于“场地不足”的问题整改情况：一是…", ("场地不足",)),
    ("7.针对“场地不足”问题，①新建场地", ("场地不足",)),
]


@pytest.mark.parametrize(("text", "titles"), QUOTED, ids=[text for text, _ in QUOTED])
def test_the_title_stands_inside_the_outer_quotes(text, titles):
    """The title is what the outer quotes enclose; without such quotes it is the heading as printed."""
    assert heads.quoted(line(text)).titles == titles


NOT_QUOTED = [
    "一是关注“一老一小”问题，增设日间照料点",
    "1.加强学习。围绕“干什么”的问题开展讨论",
    "关于印发“三项制度”的通知",
    "整改情况：一是针对“场地不足”的问题新建场地",
    "第一，“四风”问题有所反弹的原因",
    "1.“一网通办”平台上线运行",
]


@pytest.mark.parametrize("text", NOT_QUOTED)
def test_a_sentence_with_quotes_is_no_heading(text):
    """Quotes and the word 问题 in a sentence do not make it the heading of an issue."""
    found = heads.quoted(line(text))
    assert found is None or found.loose


LABELLED = [
    ("问题1:落实不彻底", 1, 1, ("落实不彻底",)),
    ("问题１：落实不彻底。", 1, 1, ("落实不彻底",)),
    ("问题九:落实不彻底", 9, 9, ("落实不彻底",)),
    ("问题十二：落实不彻底", 12, 12, ("落实不彻底",)),
    ("【问题一】落实不彻底", 1, 1, ("落实不彻底",)),
    ("[问题 3] 落实不彻底", 3, 3, ("落实不彻底",)),
    ("反馈问题2：落实不彻底", 2, 2, ("落实不彻底",)),
    ("问题2、落实不彻底", 2, 2, ("落实不彻底",)),
    ("问题2 落实不彻底", 2, 2, ("落实不彻底",)),
    ("1.反馈问题：落实不彻底", 0, 0, ("落实不彻底",)),
    ("问题描述：落实不彻底", 0, 0, ("落实不彻底",)),
    ("问题2：关于“落实不彻底”的问题", 2, 2, ("落实不彻底",)),
    ("问题2：“落实不彻底”", 2, 2, ("落实不彻底",)),
    ("问题2：落实不彻底。整改措施：1.甲；2.乙。", 2, 2, ("落实不彻底",)),
    ("问题3-4：甲不实；乙不严", 3, 4, ("甲不实", "乙不严")),
    ("问题3、4：“甲不实”“乙不严”", 3, 4, ("甲不实", "乙不严")),
    ("问题5：", 5, 5, ()),
    ("问题（序号3）：落实不彻底", 3, 3, ("落实不彻底",)),
    ("第4个问题：落实不彻底", 4, 4, ("落实不彻底",)),
    ("问题一百零二：落实不彻底", 102, 102, ("落实不彻底",)),
]


@pytest.mark.parametrize(("text", "first", "last", "titles"), LABELLED, ids=[row[0] for row in LABELLED])
def test_a_labelled_problem_is_a_heading(text, first, last, titles):
    """问题N: in every way of writing it; the title goes up to the next label."""
    head = heads.labelled(line(text))
    assert (head.first, head.last, head.titles) == (first, last, titles)


TASKS = [
    ("整改任务：河道淤积", 0, False),
    ("整改任务（序号七）：河道淤积", 7, True),
    ("整改任务：（序号七）河道淤积", 7, True),
    ("整改任务七：河道淤积", 7, False),
    ("第7项整改任务：河道淤积。", 7, True),
    ("任务12. 河道淤积", 12, False),
    ("【整改任务3】：河道淤积", 3, False),
]


@pytest.mark.parametrize(("text", "first", "picked"), TASKS, ids=[row[0] for row in TASKS])
def test_a_task_is_a_heading(text, first, picked):
    """整改任务 with its number in every place; 序号七 and 第7项 count in another list."""
    head = heads.task(line(text))
    assert (head.first, head.picked, head.titles) == (first, picked, ("河道淤积",))


def test_a_task_in_a_sentence_is_no_heading():
    """任务 without a number is a word like any other."""
    assert heads.task(line("任务：分解到人")) is None
    assert heads.task(line("任务繁重，时间紧迫")) is None


@pytest.mark.parametrize(
    "text", ["问题整改情况", "问题线索3条已移送", "问题较多的单位：甲、乙", "整改问题清单"]
)
def test_other_uses_of_the_word_are_no_heading(text):
    """A line that only begins with the word 问题 is no heading."""
    assert heads.labelled(line(text)) is None


PLAIN = [
    ("1.预算不细", "预算不细", ""),
    ("(一)预算不细。该问题已完成整改。", "预算不细", "该问题已完成整改。"),
    ("3、预算不细。整改措施:修订办法", "预算不细", "整改措施:修订办法"),
    ("3.预算不细,“一支笔。”审批:1.修订办法", "预算不细,“一支笔。”审批", "1.修订办法"),
]


@pytest.mark.parametrize(("text", "title", "rest"), PLAIN)
def test_a_plain_heading_is_the_first_sentence(text, title, rest):
    """Without quotes or label the heading is the sentence behind the number."""
    head = heads.plain(line(text))
    assert (head.titles, text[head.end :]) == ((title,), rest)
