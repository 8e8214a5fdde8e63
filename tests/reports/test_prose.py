"""The office's own paragraphs: text with headings and figures, and nothing else."""

from __future__ import annotations

import pytest

from ledger import language
from ledger.domain.entered import Entered
from ledger.errors import RejectedInputError
from ledger.reports import prose, prosefigures
from ledger.reports.material import Registered
from ledger.store import registers
from tests.office import basis, day, material

PLACE = "ledgers/2025/prose/organisation.md"


def filled(text, **given):
    """The texts of a file with its figures put in, in the fictional office."""
    values = prosefigures.values(material("notice", rests=basis("zh"), **given))
    return [each.text for each in prose.filled(prose.passages(text, PLACE), values, PLACE)]


def meetings():
    """Three meetings of two types."""
    kept = [("group", 1), ("group", 2), ("committee", 3)]
    records = tuple(
        Entered(f"meetings/{n}", f"m{n}", n, day("2025-05-01"), {"on": day("2025-05-01"), "type": kind})
        for kind, n in kept
    )
    return (Registered(registers.shipped("meetings"), records),)


def test_headings_and_paragraphs():
    """# and ## are headings; lines below each other are one paragraph, an empty line ends it; numbers are text."""
    text = "# 主体责任\n镇党委高度重视，\n扛起责任。\n\nAll of\nit.\n## 机制\n\n1.成立专班。\n一是建账；二是销号。\n（一）明确分工\n"
    assert prose.passages(text, PLACE) == (
        (1, "主体责任", 1), (0, "镇党委高度重视，扛起责任。", 2), (0, "All of it.", 5), (2, "机制", 7),
        (0, "1.成立专班。一是建账；二是销号。（一）明确分工", 9),
    )  # fmt: skip


@pytest.mark.parametrize(
    "line",
    ["- 一项", "* 一项", "+ 一项", "> 引用", "```", "| 甲 | 乙 |", "<b>粗</b>", "![图](a.png)", "### 三级", "#标题", "====", "---",
     "有**重点**的", "见[附件](a.docx)", "{% if x %}", "{# 注 #}"],
)  # fmt: skip
def test_other_markdown_is_refused(line):
    """Whatever Markdown would not take for text is refused with file and line, so that nothing is printed by mistake."""
    with pytest.raises(RejectedInputError) as caught:
        prose.passages(f"第一段。\n\n{line}\n", PLACE)
    assert caught.value.message == f"{PLACE}:3: only headings (# and ##) and paragraphs stand in prose"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{{ issues.total }}个问题，销号{{issues.closed}}个，逾期{{ issues.overdue }}个", "5个问题，销号1个，逾期2个"),
        ("措施{{ measures.total }}条，长期推进{{ measures.longterm }}条", "措施7条，长期推进1条"),
        ("销号率{{ percent(issues.closed, issues.total) }}", "销号率20.0%"),
        ("无{{ percent(0, 0) }}", "无-"),
        ("{{ org }}接受{{ source.team }}检查，截至{{ day }}", "柳河镇党委接受第二巡察组检查，截至2025年6月30日"),
        ('开会{{ count("meetings") }}次，其中领导小组会{{ count("meetings", type="group") }}次', "开会3次，其中领导小组会2次"),
        ("党委会{{ count('meetings', type='党委（党组）会') }}次", "党委会1次"),
        ("函{{ letters.sent }}件、线索{{ clues.received }}条", "函0件、线索0条"),
        ("一个 { 括号 } 不是数字", "一个 { 括号 } 不是数字"),
    ],
)  # fmt: skip
def test_figures(text, said):
    """Every figure there is, as it is counted on the day of the report."""
    with language.speaking("zh"):
        assert filled(text, registers=meetings()) == [said]


@pytest.mark.parametrize(
    ("figure", "reason"),
    [
        ("{{ isues.total }}", "'isues' is undefined"),
        ("{{ issues.finished }}", "has no attribute 'finished'"),
        ('{{ count("meetngs") }}', "there is no register meetngs"),
        ('{{ count("meetings", colour="red") }}', "meetings has no field colour"),
        ('{{ count("meetings", "nights") }}', "meetings has no figure nights"),
        ("{{ 1 + }}", "is more than a name or a call"),
        ("{{ issues.total | upper }}", "is more than a name or a call"),
        ("{{ issues['total'] }}", "is more than a name or a call"),
        ("{{ count.__globals__ }}", "the figure cannot be put in"),
        ("{{ range(9) }}", "'range' is undefined"),
        ("{{ issues.total", "the figure cannot be put in"),
    ],
)
def test_what_is_no_figure_is_refused(figure, reason):
    """A name nobody knows, more than a name, an attempt to reach further: file and line, and nothing is written."""
    with pytest.raises(RejectedInputError) as caught:
        filled(f"# 标题\n\n第一段。\n\n共{figure}个。", registers=meetings())
    assert caught.value.message.startswith(f"{PLACE}:5: ")
    assert reason in caught.value.message
    assert caught.value.hint
