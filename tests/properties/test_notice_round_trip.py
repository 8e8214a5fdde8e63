"""A notice, whatever stands in the ledger, is imported as the issues and results it printed, or says that it is not."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from ledger import reports
from ledger.domain.settings import Notice
from tests.intake.noticed import read_notice
from tests.issues import issue, measure
from tests.office import basis, material

examples = settings(max_examples=60)

PLAIN = [
    "修订公文办理办法",
    "组织全员培训2次",
    "收回多付款项3.5万元",
    "《会议制度》印发执行",
    "建立“一人一档”",
    "2025年3月完成清查",
]
NASTY = [
    "二是抓好落实", "（2）逐项核查", "；另行通报", "。", "①", "1.完善制度", "第一，", "完成时限：6月底", "整改措施：见下", "目前已完成整改",
    "附件：清单", "*星号*", "_下划线_", "<b>", "&amp;", "\\", "|", "#", "（一）", "一、组织领导情况", "“未合", "合”", '"', "\n", "关于“甲”的问题", "一是", "！",
    "2025.3.1", "12.", "、", "二、下一步打算", "联系电话：", "2026年1月8日",
]  # fmt: skip
TITLES = ["会议过多", "“一把手”监督不够有力", "台账不实、更新不及时", "制度执行打折扣"]
NASTY_TITLES = [
    "“未合",
    "甲”的问题",
    "关于公文的问题",
    "落实；不力",
    "1.编号",
    '直"引号"',
    "问题“甲”“乙”",
    "不严。不实",
    "*强调*不够",
]


def texts(parts, most=4):
    return st.lists(st.sampled_from(parts), min_size=1, max_size=most).map("，".join)


@st.composite
def ledgers(draw, titles, results, categories=("", "作风建设", "财务管理", "党的建设方面")):
    """Issues with measures of which some have a result; titles differ, as those of one office do."""
    made = []
    for number in range(1, draw(st.integers(1, 5)) + 1):
        measures = [
            measure(at, "closed", text="将要做的事", result=draw(st.one_of(st.just(""), results, results)))
            for at in range(1, draw(st.integers(0, 4)) + 1)
        ]
        named = draw(titles) + (f"{number}处" if draw(st.booleans()) else "")
        made.append(
            issue(
                number,
                *measures,
                title=named,
                category=draw(st.sampled_from(categories)),
                **({} if measures else {"status": draw(st.sampled_from(["active", "longterm", "closed"]))}),
            )
        )
    return tuple(made)


wanted = st.builds(
    Notice, style=st.sampled_from(["", "flat"]), measures=st.sampled_from(["ordinal", "numbered"])
)


def printed(report, issues):
    """What the notice printed: the ids, titles and results in its order."""
    order = [
        section.key.removeprefix("issue_")
        for top in report.sections
        for outer in (top, *top.sections)
        for section in outer.sections
        if section.key.startswith("issue_")
    ]
    by_id = {each.id: each for each in issues}
    found = {name: [each.result for each in by_id[name].live if each.result] for name in dict.fromkeys(order)}
    return [
        (name, by_id[name].title, [each.rstrip("；;。，,、. \n") for each in results])
        for name, results in found.items()
    ]


def made(issues, notice):
    """The notice, what it printed, and what comes back from its Markdown."""
    report = reports.build(material("notice", issues, basis("zh", notice=notice)))
    document = reports.render(report, "md").decode()
    back = [
        (each.title, [one.text for one in each.measures]) for each in read_notice(document, file="x").issues
    ]
    other = {name for each in report.remarks if each.code == "reads_otherwise" for name in each.names}
    return printed(report, issues), back, other


@examples
@given(ledgers(st.sampled_from(TITLES), texts(PLAIN)), wanted)
def test_what_offices_write_comes_back(issues, notice):
    """Ordinary titles and results: every issue and every result is read as it is, in either form and numbering."""
    said, back, other = made(issues, notice)
    assert other == set()
    assert back == [(title, results) for _name, title, results in said]


@examples
@given(ledgers(st.sampled_from([*TITLES, *NASTY_TITLES]), texts([*PLAIN, *NASTY])), wanted)
def test_what_does_not_come_back_is_named(issues, notice):
    """Whatever stands in titles and results: an issue the notice does not name as doubtful is read as it is."""
    said, back, other = made(issues, notice)
    if len(back) != len(said):
        assert other == {name for name, _title, _results in said}
        return
    differing = {
        name for (name, title, results), read in zip(said, back, strict=True) if read != (title, results)
    }
    assert differing == other


@examples
@given(ledgers(st.sampled_from(TITLES), texts(PLAIN, 2), ("思想建设方面", "组织建设方面")))
def test_themes_come_back(issues):
    """Themes under their headings, with what was done behind each: as many of them as sentences give back."""
    themes = tuple(replace(each, kind="theme") for each in issues)
    report = reports.build(material("notice", themes, basis("zh")))
    document = reports.render(report, "md").decode()
    back = {
        (each.title, tuple(one.text for one in each.measures))
        for each in read_notice(document, file="x").issues
    }
    other = {name for each in report.remarks if each.code == "reads_otherwise" for name in each.names}
    said = {
        (each.title, tuple(one.result for one in each.live if one.result))
        for each in themes
        if each.id not in other
    }
    assert said <= back
