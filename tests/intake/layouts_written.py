"""The rarer layouts of published notices, and the noise pages leave, written out like those of `writing`.

Source of the variations: published notices of environmental tasks, audits, feedback and self-examinations.
"""

from __future__ import annotations

from hypothesis import strategies as st

from tests.intake.writing import CLOSING, PREAMBLE, TITLE, Hand, Issue, Measure, body, cn, mark

FIELDS = {"责任单位": "业务科、办公室", "责任领导": "分管副局长", "完成时限": "2025年9月底前"}
NAMED = {"unit": "业务科、办公室", "leader": "分管副局长", "due_text": "2025年9月底前"}
#: Stops that end the sentence with a finding.
EVIDENCE = [
    "抽查台账12份,有7份未及时更新。2023年以来群众反映18件。",
    "个别科室有畏难情绪,满足于一般性落实。",
    "截至检查时,仍有3项未完成,涉及资金42.6万元。",
    "",
]
evidence = st.sampled_from(EVIDENCE)


def grouped(listed: list[Issue], names: list[str]) -> list[tuple[str, list[Issue]]]:
    """The issues shared out among the aspects, in order."""
    size = -(-len(listed) // len(names))
    groups = [(name, listed[at * size : (at + 1) * size]) for at, name in enumerate(names)]
    return [(name, group) for name, group in groups if group]


def placed(groups: list[tuple[str, list[Issue]]]) -> list[Issue]:
    """The issues with the names of their aspects."""
    return [Issue(issue.title, issue.measures, name) for name, group in groups for issue in group]


def sections(listed: list[Issue], hand: Hand, words: dict[str, str], *, colon: str) -> list[str]:
    """一、整改问题 (一)… 二、重点措施 (一)… with the fields parallel, or one issue with its fields bare."""
    several = len(listed) > 1
    said = [words["issue"], words["measure"], words["unit"], words["due_text"], words["status_text"]]
    lines = []
    for number, word in enumerate(said, start=1):
        lines.append(hand.width(f"{cn(number)}、{word}{colon}"))
        for at, issue in enumerate(listed, start=1):
            text = {
                words["issue"]: issue.title + "。",
                words["measure"]: body(issue, hand, item="{n}."),
                words["unit"]: f"第{at}责任单位",
                words["due_text"]: f"2025年{at}月底前",
                words["status_text"]: f"已完成{at}项。",
            }[word]
            lines.append(hand.width((f"({cn(at)})" if several else "") + text))
    return lines


def accounts(listed: list[Issue], hand: Hand, *, standing: str) -> list[str]:
    """(一)<finding>。 and 该问题已完成整改。一是…二是… below it."""
    lines = []
    for number, issue in enumerate(listed, start=1):
        lines.append(hand.width(f"({cn(number)}){issue.title}。"))
        lines.append(hand.width(standing) + body(issue, hand, item="{c}是"))
    return lines


def tasks(listed: list[Issue], hand: Hand, *, word: str) -> list[str]:
    """整改任务(序号七):… with goal, measures and state on lines of their own."""
    lines = []
    for number, issue in enumerate(listed, start=1):
        lines.append(hand.width(word.format(n=number, c=cn(number)) + issue.title + "。"))
        lines += [hand.width("整改目标:"), hand.width("1、全面达标;"), hand.width("2、长效管护。")]
        lines += [hand.width("整改措施:"), body(issue, hand, item="{n}、")]
        lines += [hand.width("整改完成情况:"), hand.width("1、已通过验收。")]
    return lines


def problems_of_aspects(
    listed: list[Issue], hand: Hand, names: list[str], *, labels: list[str]
) -> tuple[list[str], list[Issue]]:
    """(一)关于…方面存在的问题, 1.<finding>。, (1)(2) below it and short fields behind."""
    groups = grouped(listed, names)
    lines: list[str] = []
    number = 0
    for at, (name, group) in enumerate(groups, start=1):
        lines.append(hand.width(f"({cn(at)})关于{name}存在的问题"))
        for issue in group:
            number += 1
            lines.append(hand.width(f"{number}.{issue.title}。"))
            lines.append(body(issue, hand, item="({n})"))
            lines.extend(hand.width(f"{label}:{FIELDS[label]}") for label in labels)
    return lines, placed([(f"关于{name}存在的问题", group) for name, group in groups])


def three_levels(listed: list[Issue], hand: Hand, names: list[str]) -> tuple[list[str], list[Issue]]:
    """(一)在“…”方面, 1.关于“…”问题的整改, (1)关于“<finding>”的整改。一是…"""
    groups = grouped(listed, names)
    lines: list[str] = []
    for at, (name, group) in enumerate(groups, start=1):
        lines.append(hand.width(f"({cn(at)})在“{name.removesuffix('方面')}”方面"))
        lines.append(hand.width("1.关于“统筹谋划不够”问题的整改"))
        for number, issue in enumerate(group, start=1):
            text = f"({number})关于“{issue.title}”{'问题' if number % 2 else ''}的整改。"
            lines.append(hand.width(text) + body(issue, hand, item="{c}是"))
    return lines, placed([(f"在“{name.removesuffix('方面')}”方面", group) for name, group in groups])


def shared(listed: list[Issue], hand: Hand) -> tuple[list[str], list[Issue]]:
    """1-2.关于“A”“B”的问题: every two issues share the measures of the first."""
    lines: list[str] = []
    given: list[Issue] = []
    for at in range(0, len(listed) - 1, 2):
        first, second = listed[at : at + 2]
        titles = f"{hand.about}“{first.title}”“{second.title}”的问题"
        lines.append(hand.width(f"{at + 1}-{at + 2}.{titles}"))
        lines.append(hand.width(hand.label) + body(first, hand))
        given += [first, Issue(second.title, first.measures)]
    return lines, given


def feedback(
    listed: list[Issue], hand: Hand, names: list[str], *, item: str, behind: list[str]
) -> tuple[str, list[tuple[str, str, str]]]:
    """A feedback document; and category, title and evidence of each finding."""
    lines = ["中共澄江区委第一巡察组关于巡察区档案局党组的反馈意见", hand.width("现将巡察情况反馈如下。")]
    lines.append(hand.width("一、巡察发现的主要问题"))
    expected = []
    for at, (name, group) in enumerate(grouped(listed, names), start=1):
        lines.append(hand.width(f"({cn(at)})在{name}"))
        said = []
        for number, issue in enumerate(group, start=1):
            proof = behind[len(expected) % len(behind)]
            said.append(hand.width(mark(item, number) + issue.title + "。" + proof))
            expected.append((f"在{name}", hand.width(issue.title), hand.width(proof)))
        lines.extend(said if hand.lines or item != "{c}是" else ["".join(said)])
    lines += [
        hand.width("二、意见建议"),
        hand.width("(一)提高站位。"),
        hand.width("(二)压实责任。一是建台账。"),
    ]
    return "\n".join([*lines, "中共澄江区委第一巡察组", "2025年5月6日"]) + "\n", expected


def whole(lines: list[str], hand: Hand) -> str:
    """A notice with nothing around its list but title, preamble and closing."""
    return "\n".join([TITLE, hand.width(PREAMBLE), *lines, *CLOSING]) + "\n"


PAGES = ["- {n} -", "—{n}—", "— {n} —", "第{n}页", "第 {n} 页 共 9 页", "{n}/9", "· {n} ·", "{n}"]
SPAM = ["首页 > 通知公告", "扫一扫在手机打开当前页", "【打印】【关闭】", "上一篇:没有了", "浏览次数:128"]


def noisy(text: str, *, page: str, every: int, blank: int, spam: list[str]) -> str:
    """The text with page numbers, blank lines and a page's own lines between its paragraphs."""
    lines = []
    for at, line in enumerate(text.rstrip("\n").split("\n"), start=1):
        lines.append(line)
        if blank and at % blank == 0:
            lines.append("")
        if at % every == 0:
            lines.append(" " * 20 + page.format(n=at // every))
    return "\n".join([*spam, *lines, *spam]) + "\n"


noises = st.fixed_dictionaries(
    {
        "page": st.sampled_from(PAGES),
        "every": st.integers(4, 30),
        "blank": st.sampled_from([0, 1, 5]),
        "spam": st.lists(st.sampled_from(SPAM), max_size=3, unique=True),
    }
)
one_deed = Measure("开展整治")
