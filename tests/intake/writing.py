"""Writes a list of problems and measures out as notices of every layout, in every hand.

Source of the variations: published notices: width of punctuation, style of numbering, quotes, order of
labels, measures in one line or on lines of their own, what a web page puts around it all.
"""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import strategies as st

CN = "零一二三四五六七八九十"
CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"


def cn(number: int) -> str:
    """1-99 in Chinese numerals."""
    tens, ones = divmod(number, 10)
    return (CN[tens] if tens > 1 else "") + ("十" if tens else "") + (CN[ones] if ones or not tens else "")


@dataclass(frozen=True)
class Measure:
    text: str
    points: tuple[str, ...] = ()


@dataclass(frozen=True)
class Issue:
    title: str
    measures: tuple[Measure, ...]
    category: str | None = None


@dataclass(frozen=True)
class Hand:
    """How somebody types."""

    wide: bool
    number: str  # of problems
    item: str  # of measures
    quote: str  # around problems
    about: str
    suffix: str
    end: str  # between measures
    label: str
    lines: bool  # each measure on a line of its own
    noise: bool
    indent: str
    category: str

    def width(self, text: str) -> str:
        """The text with punctuation of this hand's width."""
        return text.translate(str.maketrans(",:;()", "，：；（）")) if self.wide else text


NUMBERS = ("{n}.", "{n}、", "{w}．", "{w}、", "{n}. ", "({n})", "({c})")
ITEMS = ("{c}是", "{o}", "({n})", "{n}.", "{n}、", "{w}．", "({n})、", "({c})")
QUOTES = ("“”", '""', "「」", "『』")
ENDS = (";", "。")


def mark(form: str, number: int) -> str:
    """The number in the form."""
    wide = str(number).translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    return form.format(n=number, w=wide, c=cn(number), o=CIRCLED[(number - 1) % 20])


hands = st.builds(
    Hand,
    wide=st.booleans(),
    number=st.sampled_from(NUMBERS[:5]),
    item=st.sampled_from(ITEMS),
    quote=st.sampled_from(QUOTES),
    about=st.sampled_from(["关于", "针对"]),
    suffix=st.sampled_from(["的问题", "问题", "的问题。"]),
    end=st.sampled_from(ENDS),
    label=st.sampled_from(
        ["整改情况:", "整改措施:", "整改落实情况:", "整改进展:", "【整改情况】", "整改情况: "]
    ),
    lines=st.booleans(),
    noise=st.booleans(),
    indent=st.sampled_from(["", "　　", "    "]),
    category=st.sampled_from(["({c})", "{c}、", "第{c}方面:"]),
)

_SUBJECTS = [
    "河道保洁",
    "公文流转",
    "惠企政策",
    "食堂采购",
    "“一网通办”",
    "巡查日志",
    "村级账务",
    "干部“传帮带”",
    "窗口服务",
    "项目验收",
    "“最后一公里”",
]
_FAULTS = [
    "落实不到位",
    "流于形式",
    "管理混乱",
    "进度滞后",
    "不够规范,个别环节缺失",
    "存在短板",
    "把关不严",
    "“以批代管”仍有发生",
    "台账不全",
    "更新不及时",
]
_DEEDS = [
    "修订《{}管理办法(试行)》",
    "开展{}专项排查",
    "对{}逐项核对,补正材料{n}份",
    "追缴{}欠款{n}.6万元",
    "建立{}月调度机制",
    "就{}约谈责任人{n}名",
    "2024年{m}月以来通报{}情况{n}次",
    "推行{}“一事一档;一人一策。”做法",
    "将{}纳入考核,占比{n}.5%",
]
_SLOGANS = ["提升{}水平", "健全{}机制", "加强{}统筹", "深化{}改革", "压实{}责任"]

subjects = st.sampled_from(_SUBJECTS)
faults = st.builds("{}{}".format, subjects, st.sampled_from(_FAULTS))
slogans = st.builds(
    str.format, st.sampled_from(_SLOGANS), st.sampled_from([s for s in _SUBJECTS if "不" not in s])
)
deeds = st.builds(
    lambda form, subject, n: form.format(subject, n=n, m=n % 12 + 1),
    st.sampled_from(_DEEDS),
    subjects,
    st.integers(1, 98),
)
points = st.one_of(st.just(()), st.just(()), st.lists(deeds, min_size=2, max_size=4).map(tuple))
measures = st.lists(st.builds(Measure, deeds, points), min_size=1, max_size=6).map(tuple)
plain_measures = st.lists(st.builds(Measure, deeds), min_size=1, max_size=6).map(tuple)


def _title(issue: Issue) -> str:
    return issue.title


issues = st.lists(st.builds(Issue, faults, measures), min_size=1, max_size=10, unique_by=_title)
plain_issues = st.lists(st.builds(Issue, faults, plain_measures), min_size=2, max_size=10, unique_by=_title)
aspects = st.sampled_from(
    ["贯彻上级部署方面", "主责主业方面", "基层党建方面", "作风建设方面", "选人用人方面"]
)


def body(issue: Issue, hand: Hand, *, item: str | None = None) -> str:
    """The measures of an issue, numbered in this hand."""
    form = item or hand.item
    inner = "{o}" if "({n})" in form else "({n})"
    parts = []
    for number, measure in enumerate(issue.measures, start=1):
        text = mark(form, number) + measure.text
        if measure.points:
            text += "。" + ";".join(
                mark(inner, at) + point for at, point in enumerate(measure.points, start=1)
            )
        parts.append(text)
    glue = hand.end + ("\n" + hand.indent if hand.lines else "")
    return hand.width(glue.join(parts) + "。")


HEAD = [
    "首页 > 政务公开 > 公示公告",
    "发布时间:2025-05-06 09:30  来源:区档案局  浏览次数:21  字体:[大 中 小]  打印  关闭",
]
TITLE = "中共澄江区档案局党组关于区委巡察整改进展情况的通报"
PREAMBLE = "根据区委统一部署,区委第一巡察组对区档案局党组开展了巡察,并反馈了意见。现将整改进展情况公布如下。"
ORGANISED = [
    "一、组织整改情况",
    "1.统一思想。召开会议,研究“关于整改”的问题清单。",
    "2.压实责任。一是明确分工;二是挂图作战。",
]
FOUND = "二、巡察反馈问题整改落实情况"
NEXT = ["三、下一步工作打算", "一是持续用力,推动“关于作风”的问题见底清零。", "二是举一反三。"]
CLOSING = [
    "欢迎广大干部群众监督。公开期限:2025年5月6日至5月26日。联系电话:0599-3300121(工作日8:30—17:00);电子邮箱:cjda@example.org。",
    "中共澄江区档案局党组",
    "2025年5月6日",
]
FOOT = ["【打印本页】 【关闭窗口】", "主办:澄江区人民政府 承办:澄江区大数据中心", "闽ICP备00000000号"]


def around(inner: list[str], hand: Hand) -> str:
    """A whole notice around its list of problems."""
    paragraphs = [PREAMBLE, *ORGANISED, FOUND, *inner, *NEXT, CLOSING[0]]
    text = [TITLE, *(hand.indent + hand.width(line) for line in paragraphs), *CLOSING[1:]]
    return "\n".join([*HEAD, *text, *FOOT] if hand.noise else text) + "\n"


def quoted(listed: list[Issue], hand: Hand, *, start: int = 1) -> list[str]:
    """1.关于“…”的问题, and what was done below it."""
    lines = []
    for number, issue in enumerate(listed, start=start):
        title = f"{hand.about}{hand.quote[0]}{issue.title}{hand.quote[1]}{hand.suffix}"
        lines.append(hand.width(mark(hand.number, number) + title))
        lines.append(hand.width(hand.label) + ("\n" + hand.indent if hand.lines else "") + body(issue, hand))
    return lines


def labelled(
    listed: list[Issue], hand: Hand, fields: dict[str, str], *, order: list[str], word: str
) -> list[str]:
    """问题1:…, and labelled fields in any order below it."""
    lines = []
    for number, issue in enumerate(listed, start=1):
        lines.append(hand.width(word.format(n=number, c=cn(number)) + issue.title))
        for label in order:
            said = "\n" * hand.lines + body(issue, hand) if label == "整改措施" else fields[label]
            lines.append(hand.width(f"{label}:{said}"))
    return lines


def aspects_counted(listed: list[Issue], hand: Hand, names: list[str]) -> tuple[list[str], list[Issue]]:
    """Aspects with the number of their problems, problems numbered through, measures on lines."""
    lines: list[str] = []
    placed: list[Issue] = []
    size = max(2, -(-len(listed) // len(names)))
    for at, name in enumerate(names, start=1):
        group = listed[(at - 1) * size : at * size]
        if not group:
            break
        lines.append(hand.width(f"第{cn(at)}方面:{name}({len(group)}项)"))
        for issue in group:
            placed.append(Issue(issue.title, issue.measures, name))
            lines.append(f"{len(placed)}." + hand.width(issue.title))
            lines.append(body(issue, hand, item="({n})"))
    return lines, placed


def by_aspect(listed: list[Issue], hand: Hand, names: list[str]) -> tuple[list[str], list[Issue]]:
    """(一)…方面, and quoted problems below, each aspect beginning at 1 again."""
    lines: list[str] = []
    placed: list[Issue] = []
    size = -(-len(listed) // len(names))
    for at, name in enumerate(names, start=1):
        group = listed[(at - 1) * size : at * size]
        if not group:
            break
        lines.append(hand.width(f"({cn(at)}){name}"))
        lines.extend(quoted(group, hand))
        placed.extend(Issue(issue.title, issue.measures, name) for issue in group)
    return lines, placed


def themes(listed: list[Issue], hand: Hand, names: list[str]) -> tuple[list[str], list[Issue]]:
    """(一)…方面, and 一是 <lead>。<sentence>。<sentence>。 below."""
    lines: list[str] = []
    placed: list[Issue] = []
    size = -(-len(listed) // len(names))
    for at, name in enumerate(names, start=1):
        group = listed[(at - 1) * size : at * size]
        if not group:
            break
        lines.append(hand.width(f"({cn(at)}){name}"))
        for number, issue in enumerate(group, start=1):
            said = "".join(f"{measure.text}。" for measure in issue.measures)
            lines.append(hand.width(f"{cn(number)}是{issue.title}。{said}"))
            placed.append(Issue(issue.title, issue.measures, name))
    return lines, placed


COLUMNS = ["序号", "反馈问题", "整改措施", "责任领导", "责任单位", "完成时限", "完成情况"]


def table(
    listed: list[Issue], hand: Hand, *, every: int, quoted_cells: bool, columns: list[str], names: list[str]
) -> tuple[list[str], list[Issue]]:
    """A pasted table with bands, subtotals, and the header again every so many rows."""
    said = {"责任领导": "赵副局长", "责任单位": "档案科", "完成时限": "2025年6月底前", "完成情况": "已完成"}
    lines = ["\t".join(columns)]
    placed: list[Issue] = []
    size = -(-len(listed) // len(names))
    for at, name in enumerate(names, start=1):
        group = listed[(at - 1) * size : at * size]
        if not group:
            break
        lines.append(f"{cn(at)}、{name}({len(group)}个)")
        for issue in group:
            placed.append(Issue(issue.title, issue.measures, name))
            cell = body(issue, hand, item="{n}.")
            if quoted_cells and "\n" in cell and '"' not in cell:
                cell = f'"{cell}"'
            cells = said | {"序号": str(len(placed)), "反馈问题": issue.title, "整改措施": cell}
            lines.append("\t".join(cells[column] for column in columns))
            if len(placed) % every == 0:
                lines.append("\t".join(columns))
        total = {
            "序号": "小计",
            "反馈问题": str(len(group)),
            "整改措施": str(sum(len(i.measures) for i in group)),
        }
        lines.append("\t".join(total.get(column, "") for column in columns))
    return lines, placed


def columns(character: str) -> int:
    """Columns a character takes in the fixed-width type notices are pasted from."""
    return 1 if character.isascii() else 2


def wrapped(text: str, width: int, *, indent: str, page: int | None) -> str:
    """The notice with its paragraphs broken at so many columns, and a page number every so many lines."""
    lines: list[str] = []
    for paragraph in text.rstrip("\n").split("\n"):
        line, used = indent, sum(map(columns, indent))
        for character in paragraph.strip():
            if used + columns(character) > width and character not in "。，；：、,;:.）)”》":
                lines.append(line)
                line, used = "", 0
            line += character
            used += columns(character)
        lines.append(line)
    if page:
        for number, at in enumerate(range(page, len(lines), page + 1), start=1):
            lines.insert(at, f"- {number} -")
    return "\n".join(lines) + "\n"
