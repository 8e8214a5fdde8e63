"""What is said about a document: numbers that differ, what is missing, what it is not."""

from __future__ import annotations

import pytest

from ledger.intake.proposal import SCHEMA, as_json, as_results
from tests.intake.noticed import read_notice

TWO = (
    "二、整改情况\n1.关于“甲不实”的问题\n整改情况:一是子;二是丑。\n2.关于“乙不严”的问题\n整改情况:一是寅。\n"
)


def remarks(text):
    return [(remark.code, remark.line) for remark in read_notice(text, file="x").warnings]


REMARKED = [
    (f"共反馈2个问题,制定措施3条。\n{TWO}", []),
    (f"共反馈5个问题。\n{TWO}", [("count_issues", 1)]),
    (f"反馈问题5个。\n{TWO}", [("count_issues", 1)]),
    (f"把2个问题细化成7条整改措施。\n{TWO}", [("count_measures", 1)]),
    (f"反馈的3个方面2个问题,其中1个问题已完成。\n{TWO}", []),
    (
        f"反馈的3个方面2个问题。\n{TWO.replace('1.关', '(一)作风方面' + chr(10) + '1.关')}",
        [("count_categories", 1)],
    ),
    (f"巡察组指出两类二个问题,2个问题3条措施全部完成。\n{TWO}", []),
    (f"5个问题9条措施。\n{TWO}", [("count_issues", 1), ("count_measures", 1)]),
    (f"反馈了四个方面十二个问题,制定措施一百二十六条。\n{TWO}", [("count_issues", 1), ("count_measures", 1)]),
    (f"共梳理出问题23个,移交信访件14件、线索3条。\n{TWO}", [("count_issues", 1)]),
    (f"解决历史遗留问题17个,已完成整改25个问题,每一个问题都有着落。\n{TWO}", []),
    (f"发现问题线索8条,查处3人。\n{TWO}", []),
    (TWO.replace("2.关于", "4.关于"), [("numbering_gap", None), ("numbering_gap", None)]),
    (TWO.replace("二是丑", "三是丑"), [("numbering_gap", 2)]),
    (TWO.replace("整改情况:一是寅。\n", ""), [("no_measures", 4)]),
    (TWO.replace("“乙不严”", "“乙不严"), [("unclosed_quote", 4)]),
    (f"{TWO}三、下一步打算\n再解决30个问题,制定措施99条。\n", []),
]


@pytest.mark.parametrize(("text", "expected"), REMARKED, ids=[repr(text[:24]) for text, _ in REMARKED])
def test_what_does_not_add_up_is_said(text, expected):
    """Numbers in the notice's own paragraphs, left-out numbers, issues without measures: one remark, with its line."""
    assert remarks(text) == expected


@pytest.mark.parametrize(
    ("length", "expected"), [(900, []), (990, []), (1_300, [("long_title", 4)])], ids=["short", "long", "cut"]
)
def test_a_title_that_is_cut_is_said(length, expected):
    """What is too long for a title stays below it, and somebody is told that the title is not all of it."""
    title = "乙" * length
    text = TWO.replace("1.关于“甲不实”的问题", "1.甲不实。").replace("2.关于“乙不严”的问题", f"2.{title}。")
    assert remarks(text) == expected
    issue = read_notice(text, file="x").issues[1]
    assert issue.title + issue.fields.get("detail", "").rstrip("。") == title


def test_tasks_picked_from_another_list_leave_no_gap():
    """整改任务（序号七）, （序号十二）: the others are in another document; what leads in is no category."""
    text = (
        "按照要求，现将我区完成的2项任务公示如下：\n整改任务（序号七）：甲不实。\n整改措施：子。\n"
        "整改任务（序号十二）：乙不严。\n整改措施：丑。\n"
    )
    proposal = read_notice(text, file="x")
    assert [(issue.category, issue.title) for issue in proposal.issues] == [
        (None, "甲不实"),
        (None, "乙不严"),
    ]
    assert proposal.warnings == ()


NARRATIVES = [
    (
        "一、突出重点\n(一)聚焦整改。一是开展清查。查处3件。二是建立机制。\n二、优化服务\n(一)提升效能。一是提速。",
        "narrative",
    ),
    ("现将整改情况公布,详见附件。\n附件:整改一览表", "attachment"),
    ("以上问题请各单位整改。", "attachment"),
    ("一是学习不够。二是作风不实。三是纪律不严。", "narrative"),
    ("", "empty"),
]


@pytest.mark.parametrize(("text", "why"), NARRATIVES)
def test_no_issues_are_invented(text, why):
    """Narratives, lists of slogans and lost tables give no issue, and one remark that says why."""
    words = {"narrative": "narrative text", "attachment": "attachment", "empty": "empty"}
    proposal = read_notice(text, file="x")
    assert (proposal.issues, proposal.layout, len(proposal.warnings)) == ((), "narrative", 1)
    assert words[why] in proposal.warnings[0].message


def test_slogans_of_other_regions_are_no_issues():
    """The organisation's own 1. 2. 3., the next steps' 一是 二是: neither issues nor measures."""
    text = (
        "一、组织领导情况\n1.关于“站位”的问题,提高认识。\n2.压实责任。\n"
        + TWO
        + "三、下一步工作打算\n1.关于“丙”的问题\n一是继续。\n"
    )
    assert [issue.title for issue in read_notice(text, file="x").issues] == ["甲不实", "乙不严"]


def test_themes_beside_findings_are_left_out():
    """Where findings are stated, what was achieved elsewhere is no issue."""
    text = TWO + "三、整改成效情况\n(一)作风方面\n一是提升效率。办件提速。\n二是改进服务。上门12次。\n"
    assert {issue.kind for issue in read_notice(text, file="x").issues} == {"finding"}


def test_the_documents_own_words_are_kept_by_region():
    """Preamble, organisation, next steps and contact are kept as paragraphs; issues are not among them."""
    text = (
        "甲局关于整改情况的通报\n根据安排。\n一、组织情况\n成立专班。\n"
        + TWO
        + "三、下一步打算\n继续。\n欢迎广大群众监督。\n甲局\n2025年1月1日\n"
    )
    prose = [(passage.name, passage.line, passage.text) for passage in read_notice(text, file="x").prose]
    assert prose == [
        ("preamble", 2, "根据安排。"),
        ("organisation", 3, "一、组织情况\n\n成立专班。"),
        ("next_steps", 10, "三、下一步打算\n\n继续。"),
        ("contact", 12, "欢迎广大群众监督。\n\n甲局\n\n2025年1月1日"),
    ]


def test_shared_measures_carry_one_name():
    """1-2.关于“甲”“乙”: two issues, the same measures under each, under one shared name."""
    text = "二、整改情况\n1-2.关于“甲不实”“乙不严”的问题\n整改情况:一是子;二是丑。\n3.关于“丙不全”的问题\n整改情况:一是寅。\n"
    first, second, third = read_notice(text, file="x").issues
    assert first.measures == second.measures
    assert [each.shared is None for each in (*first.measures, *third.measures)] == [False, False, True]
    assert len({each.shared for each in first.measures}) == 2


def test_every_field_keeps_its_place():
    """Title, category, labelled fields and the fields of a measure: line and column of their first character."""
    text = (
        "二、整改情况\n(一)作风方面\n1.关于“甲不实”的问题\n  责任单位: 子股;完成时限:5月\n"
        "整改措施:1.丑(责任人:寅);2.卯。\n整改结果:已完成\n"
    )
    (issue,) = read_notice(text, file="x").issues
    assert issue.places == {
        "title": (3, 6), "category": (2, 4), "unit": (4, 9), "due_text": (4, 17), "status_text": (6, 6),
    }  # fmt: skip
    lines = text.split("\n")
    for name, (line, column) in issue.places.items():
        said = issue.fields | {"title": issue.title, "category": issue.category}
        assert lines[line - 1][column - 1 :].startswith(said[name])
    assert issue.measures[0].places == {"owner": (5, 14)}


def test_measures_as_results_keep_their_words():
    """What a notice tells was done becomes the result, word for word; a result that is printed stays."""
    text = TWO.replace("一是子;", "一是子(整改成效:好);")
    first, second = as_results(read_notice(text, file="x")).issues[0].measures
    assert [(each.text, each.result) for each in (first, second)] == [("子", "好"), ("丑", "丑")]


def test_the_json_has_the_shape_others_rely_on():
    """Every key of docs/contract.md §5 is there, absent values are null, dates ISO."""
    text = TWO + "联系电话:0399-4411220。公示期:2025年1月2日至1月9日。\n"
    shape = as_json(read_notice(text, file="x.txt"))
    assert shape | {"issues": [], "contact": {}} == {
        "schema": SCHEMA, "file": "x.txt", "sha256": None, "layout": "quoted_findings", "title": None, "categories": [], "issues": [], "contact": {},
        "disclosure": {"from": "2025-01-02", "to": "2025-01-09"}, "figures": [], "warnings": [], "columns": [],
        "reported": True,
    }  # fmt: skip
    assert shape["contact"] == {
        "phone": "0399-4411220",
        "email": None,
        "hours": None,
        "address": None,
        "postcode": None,
    }
    issue = shape["issues"][0]
    assert list(issue) == ["n", "category", "title", "kind", "measures", "fields", "source"]
    assert issue["source"] == {"line": 2, "column": 1, "fields": {"title": {"line": 2, "column": 6}}}
    assert issue["measures"][0] == {
        "text": "子", "lead": "子", "points": [], "shared": None, "due_text": None, "unit": None, "co_units": None, "leader": None,
        "owner": None, "criterion": None, "deliverable": None, "result": None, "status_text": None, "closed_text": None,
        "remark": None, "reason": None, "target": None, "amount": None, "done_text": None, "source": {"line": 3, "column": 8, "fields": {}},
    }  # fmt: skip


def test_the_title_of_another_page_begins_no_notice():
    """下一条:关于…的报告 behind the day is the site's, whatever it is called."""
    text = "关于巡察整改情况的通报\n1.关于“甲不实”的问题\n整改情况:一是子;二是丑。\n2025年5月6日\n下一条:关于巡察整改情况的报告\n"
    assert "several_notices" not in [each.code for each in read_notice(text, file="x").warnings]
