"""The rarer layouts, written out in any hand and with the noise of any page, are read back as they were."""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.intake import layouts_written as laid
from tests.intake import writing
from tests.intake.noticed import read_notice
from tests.intake.test_round_trip import (
    names_of_aspects,
    straight_inside_straight,
    titles_and_measures,
    written,
)

examples = settings(max_examples=60)
WORDS = [
    {"issue": "整改问题", "measure": "重点措施", "unit": "整改实施主体", "due_text": "完成时限", "status_text": "整改完成情况"},
    {"issue": "整改任务", "measure": "整改措施", "unit": "责任单位", "due_text": "整改时限", "status_text": "完成情况"},
    {"issue": "存在问题", "measure": "整改举措", "unit": "牵头单位", "due_text": "完成时间", "status_text": "整改结果"},
]  # fmt: skip


def fields(proposal, names):
    return [{name: issue.fields.get(name) for name in names} for issue in proposal.issues]


@examples
@given(
    writing.plain_issues,
    writing.hands,
    st.sampled_from(WORDS),
    st.sampled_from(["", ":"]),
    laid.noises,
    st.booleans(),
)
def test_sections_that_are_fields_come_back(listed, hand, words, colon, noise, one):
    """Main sections as fields, (一)(二) parallel through all of them, or one problem with none."""
    listed = listed[: 1 if one else 9]
    text = laid.noisy(laid.whole(laid.sections(listed, hand, words, colon=colon), hand), **noise)
    proposal = read_notice(text, file="x")
    assert titles_and_measures(proposal) == written(listed, hand)
    numbers = range(1, len(listed) + 1)
    expected = [
        {"unit": f"第{at}责任单位", "due_text": f"2025年{at}月底前", "status_text": f"已完成{at}项"}
        for at in numbers
    ]
    assert fields(proposal, ["unit", "due_text", "status_text"]) == expected


STANDINGS = ["该问题已完成整改。", "该问题正在整改。", ""]


@examples
@given(writing.plain_issues, writing.hands, st.sampled_from(STANDINGS), laid.noises)
def test_findings_with_accounts_come_back(listed, hand, standing, noise):
    """(一)<finding>。 and 该问题已完成整改。一是…二是… below."""
    lines = [writing.FOUND, *laid.accounts(listed, hand, standing=standing)]
    proposal = read_notice(laid.noisy(laid.whole(lines, hand), **noise), file="x")
    assert titles_and_measures(proposal) == written(listed, hand)
    assert {issue.fields.get("status_text") for issue in proposal.issues} == {standing.rstrip("。") or None}


TASKS = ["整改任务(序号{c}):", "整改任务{n}:", "整改任务:(序号{n})", "第{n}项整改任务:", "整改任务:"]


@examples
@given(writing.plain_issues, writing.hands, st.sampled_from(TASKS), laid.noises)
def test_tasks_come_back(listed, hand, word, noise):
    """整改任务 numbered in any way, with goal and state as lists of their own."""
    proposal = read_notice(
        laid.noisy(laid.whole(laid.tasks(listed, hand, word=word), hand), **noise), file="x"
    )
    assert titles_and_measures(proposal) == written(listed, hand)
    goal = hand.width("1、全面达标;") + "\n" + hand.width("2、长效管护")
    assert {issue.fields["target"] for issue in proposal.issues} == {goal}


@examples
@given(writing.plain_issues, writing.hands, names_of_aspects, st.permutations(list(laid.FIELDS)), laid.noises)
def test_problems_of_aspects_come_back(listed, hand, names, labels, noise):
    """(一)关于…方面存在的问题 above plain findings with (1)(2) and short fields."""
    hand = dataclasses.replace(hand, lines=True)
    lines, placed = laid.problems_of_aspects(listed, hand, names, labels=labels)
    text = laid.noisy(laid.whole([writing.FOUND, *lines], hand), **noise)
    proposal = read_notice(text, file="x")
    assert titles_and_measures(proposal) == written(placed, hand)
    assert fields(proposal, laid.NAMED) == [laid.NAMED] * len(listed)


@examples
@given(writing.plain_issues, writing.hands, names_of_aspects, laid.noises)
def test_three_levels_come_back(listed, hand, names, noise):
    """(一)在“…”方面, 1.关于“…”问题的整改, (1)关于“…”的整改。: the third level are the issues."""
    hand = dataclasses.replace(hand, quote="“”", lines=False)
    lines, placed = laid.three_levels(listed, hand, names)
    proposal = read_notice(laid.noisy(laid.whole([writing.FOUND, *lines], hand), **noise), file="x")
    assert titles_and_measures(proposal) == written(placed, hand)


@examples
@given(writing.issues, writing.hands, laid.noises)
def test_shared_measures_come_back(listed, hand, noise):
    """1-2.关于“…”“…”的问题: both issues with the same measures under one name."""
    assume(len(listed) > 1)
    hand = dataclasses.replace(hand, quote="“”")
    lines, given_ = laid.shared(listed, hand)
    proposal = read_notice(laid.noisy(writing.around(lines, hand), **noise), file="x")
    assert titles_and_measures(proposal) == written(given_, hand)
    assert all(measure.shared for issue in proposal.issues for measure in issue.measures)


@examples
@given(
    writing.plain_issues,
    writing.hands,
    names_of_aspects,
    st.sampled_from(["{c}是", "{n}.", "{n}、", "({n})"]),
    st.lists(laid.evidence, min_size=1, max_size=3),
    laid.noises,
)
def test_feedback_comes_back(listed, hand, names, item, behind, noise):
    """What inspectors feed back: findings with their evidence, no measures, one remark that says so."""
    text, expected = laid.feedback(listed, hand, names, item=item, behind=behind)
    proposal = read_notice(laid.noisy(text, **noise), file="x")
    found = [(issue.category, issue.title, issue.fields.get("detail", "")) for issue in proposal.issues]
    assert [(a, b, c.rstrip("。")) for a, b, c in found] == [(a, b, c.rstrip("。")) for a, b, c in expected]
    assert not any(issue.measures for issue in proposal.issues)
    assert [remark.code for remark in proposal.warnings] == ["findings_only"]


@examples
@given(
    writing.issues,
    writing.hands,
    names_of_aspects,
    laid.noises,
    st.sampled_from(["quoted", "aspects", "labelled"]),
)
def test_noise_changes_nothing(listed, hand, names, noise, kind):
    """Page numbers of every style, blank lines, a page's own lines: as if they were not there."""
    assume(not straight_inside_straight(hand, listed))
    if kind == "quoted":
        lines, placed = writing.quoted(listed, hand), listed
    elif kind == "aspects":
        lines, placed = writing.by_aspect(listed, hand, names)
    else:
        order = ["整改措施", *laid.FIELDS]
        lines = writing.labelled(listed, hand, laid.FIELDS, order=order, word="问题{n}:")
        placed = listed
    proposal = read_notice(laid.noisy(writing.around(lines, hand), **noise), file="x")
    assert titles_and_measures(proposal) == written(placed, hand)


@examples
@given(
    writing.plain_issues,
    writing.hands,
    names_of_aspects,
    st.sampled_from(["sections", "accounts", "tasks", "problems", "levels"]),
    st.integers(28, 44),
    st.sampled_from(["", "　　", "    "]),
    st.sampled_from([None, 22, 35]),
)
def test_wrapped_layouts_come_back(listed, hand, names, kind, characters, indent, page):
    """Any of the rarer layouts broken at a fixed width, indented or not."""
    hand = dataclasses.replace(hand, quote="“”", lines=False, indent="")
    lines, placed = {
        "sections": lambda: (laid.sections(listed, hand, WORDS[0], colon=":"), listed),
        "accounts": lambda: ([writing.FOUND, *laid.accounts(listed, hand, standing=STANDINGS[0])], listed),
        "tasks": lambda: (laid.tasks(listed, hand, word=TASKS[0]), listed),
        "problems": lambda: laid.problems_of_aspects(listed, hand, names, labels=list(laid.FIELDS)),
        "levels": lambda: laid.three_levels(listed, hand, names),
    }[kind]()
    text = writing.wrapped(laid.whole(lines, hand), 2 * characters, indent=indent, page=page)
    assume(len(text.split("\n")) > 24)
    assert titles_and_measures(read_notice(text, file="x")) == written(placed, hand)


@pytest.mark.parametrize("form", ["关于“{}”的问题", "{}"])
def test_a_document_of_one_kind_is_not_the_other(form):
    """The same list is findings under 反馈意见 and rectified issues under 整改情况的通报."""
    lines = f"一、存在的主要问题\n(一)作风方面\n1.{form.format('甲不实')}。检查发现3起。\n2.{form.format('乙不严')}。涉及4人。\n二、意见建议\n1.整改。"
    stated = read_notice("关于巡察甲局的反馈意见\n" + lines, file="x")
    told = read_notice(
        "甲局关于巡察整改情况的通报\n" + lines.replace("存在的主要问题", "问题整改情况"), file="x"
    )
    assert [len(issue.measures) for issue in stated.issues] == [0, 0]
    assert [issue.fields["detail"] for issue in stated.issues] == ["检查发现3起", "涉及4人"]
    assert [len(issue.measures) for issue in told.issues] == [1, 1]
