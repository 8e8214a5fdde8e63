"""A made-up ledger written out as a sheet in any set of columns, with any habits, comes back as it was."""

from __future__ import annotations

from dataclasses import dataclass

import openpyxl
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.intake.booking import INHERITED, OWN, proposed, saved, text
from tests.intake.writing import cn, mark

#: What a column of each field is called.
HEADERS = {
    "number": ["序号", "序 号", "编号", "问题编号"],
    "category": ["问题类别", "方面", "所属领域"],
    "title": [
        "反馈问题",
        "存在的主要问题",
        "巡察反馈\n问题",
        "整改问题",
        "问题内容",
        "具体问题",
        "审计发现问题",
    ],
    "text": ["整改措施", "具体整改措施", "整改\n措施", "工作举措", "重点措施"],
    "leader": ["责任领导", "牵头领导", "包保领导", "分管领导（签字）"],
    "unit": ["责任单位", "牵头股室", "责任部门", "主责单位（盖章）", "整改责任单位"],
    "co_units": ["配合单位", "协办科室", "配合部门"],
    "owner": ["责任人", "具体责任人", "承办人"],
    "due_text": ["完成时限", "整改\n时限", "截止日期", "计划完成时间", "整改期限"],
    "criterion": ["检验标准", "完成标准"],
    "deliverable": ["工作成果", "佐证材料"],
    "status_text": ["完成情况", "进展情况", "整改状态"],
    "closed_text": ["是否销号", "销号情况"],
    "target": ["整改目标"],
    "remark": ["备注"],
}
#: Columns that may stand under one heading together.
GROUPS = {
    "责任分工": ("leader", "unit", "co_units", "owner"),
    "落实情况": ("status_text", "deliverable", "closed_text"),
}
WORDS = ["台账", "公文", "报销", "采购", "值班", "会议", "合同", "票据", "档案", "消防"]
VALUES = {
    "leader": ["林某", "顾某", "副局长陆某"],
    "unit": ["办公室", "财务科", "项目科、法规科", "各镇（街道）"],
    "co_units": ["人事科", "法规科 信访科", "市直各部门"],
    "owner": ["沈某", "严某", "邵某 2200411"],
    "due_text": ["2025年6月底前", "立行立改", "长期坚持", "2025年底前，并长期坚持", "6.30前", "第三季度"],
    "criterion": ["制度印发", "达到80%以上"],
    "deliverable": ["制度文本", "会议纪要"],
    "status_text": ["已完成", "正在推进", "未启动"],
    "closed_text": ["是", "否"],
    "target": ["管理规范", "群众满意"],
    "remark": ["无", "另行报送"],
}
#: What belongs to the issue however many rows it takes.
OF_THE_ISSUE = ("target", "remark")


@dataclass(frozen=True)
class Written:
    """A ledger: (title, category, its own fields, [(measure, fields)])."""

    issues: tuple
    fields: tuple[str, ...]


@st.composite
def ledgers(draw):
    """Issues with measures; each field is said of all measures of an issue or of each."""
    fields = draw(st.lists(st.sampled_from(sorted(VALUES)), min_size=1, max_size=7, unique=True))
    issues = []
    for n in range(1, draw(st.integers(1, 5)) + 1):
        title = f"{draw(st.sampled_from(WORDS))}{draw(st.sampled_from(['管理不严', '“重建轻管”', '不规范、不及时']))}{n}处"
        count = draw(st.integers(1, 4))
        measures = []
        common = {name: draw(st.sampled_from(VALUES[name])) for name in fields}
        for at in range(count):
            apart = {
                name: draw(st.sampled_from(VALUES[name]))
                for name in fields
                if name in OWN and draw(st.booleans())
            }
            measures.append(
                (
                    f"开展{draw(st.sampled_from(WORDS))}清查{n}{at}轮",
                    {**{k: v for k, v in common.items() if k in OWN}, **apart},
                )
            )
        issues.append((title, None, {k: v for k, v in common.items() if k not in OWN}, measures))
    return Written(tuple(issues), tuple(fields))


@dataclass(frozen=True)
class Habits:
    """How an office keeps its sheet."""

    bands: bool
    totals: bool
    above: bool
    pages: bool
    below: bool
    grouped: bool
    merged: bool
    repeated: bool  # number and title in every row, where nothing is merged
    left: int
    joined: str  # how the measures of one cell are numbered; nothing where each has a row


habits = st.builds(
    Habits, bands=st.booleans(), totals=st.booleans(), above=st.booleans(), pages=st.booleans(), below=st.booleans(),
    grouped=st.booleans(), merged=st.booleans(), repeated=st.booleans(), left=st.integers(0, 2),
    joined=st.sampled_from(["", "", "{n}.", "{n}、", "（{n}）", "({n})", "{o}", "{c}是"]),
)  # fmt: skip


class Sheet:
    """Rows and merges of one sheet while it is written."""

    def __init__(self, ledger, hand, draw):
        self.ledger, self.hand = ledger, hand
        order = draw(st.permutations([*ledger.fields]))
        self.fields = ["number", "title", "text", *order]
        self.names = {name: draw(st.sampled_from(HEADERS[name])) for name in self.fields}
        self.categories = draw(
            st.lists(
                st.sampled_from(["政治建设", "作风建设", "选人用人"]), min_size=1, max_size=3, unique=True
            )
        )
        self.rows, self.merges = [], []
        if hand.grouped:
            grouped = [each for members in GROUPS.values() for each in order if each in members]
            self.fields = [
                "number",
                "title",
                "text",
                *[each for each in order if each not in grouped],
                *grouped,
            ]

    def row(self, cells):
        self.rows.append([None] * self.hand.left + list(cells))
        return len(self.rows)

    def merge(self, top, left, bottom, right):
        if self.hand.merged and (top, left) != (bottom, right):
            self.merges.append((top, left + 1 + self.hand.left, bottom, right + 1 + self.hand.left))

    def header(self):
        if not self.hand.grouped:
            self.row([self.names[name] for name in self.fields])
            return
        heads = [
            next((head for head, members in GROUPS.items() if name in members), None) for name in self.fields
        ]
        heads = [head if heads.count(head) > 1 else None for head in heads]
        first = [
            head if head and heads.index(head) == at else None if head else self.names[name]
            for at, (head, name) in enumerate(zip(heads, self.fields, strict=True))
        ]
        top = self.row(first)
        if not any(heads):
            return
        self.row([self.names[name] if head else None for head, name in zip(heads, self.fields, strict=True)])
        for at, head in enumerate(heads):
            if head is None:
                self.merge(top, at, top + 1, at)
            elif heads.index(head) == at:
                self.merge(top, at, top, at + heads.count(head) - 1)

    def write(self):
        width = len(self.fields)
        if self.hand.above:
            self.row(["附件1"])
            self.merge(self.row(["某县某局巡察反馈意见整改台账"]), 0, len(self.rows), width - 1)
            self.row(["填报单位：某局", None, "填报时间：2025年5月"])
        self.header()
        size = -(-len(self.ledger.issues) // len(self.categories))
        for at, issue in enumerate(self.ledger.issues):
            if self.hand.bands and at % size == 0:
                place = self.row([f"{cn(at // size + 1)}、{self.categories[at // size]}方面"])
                self.merge(place, 0, place, width - 1)
            if self.hand.pages and at and at % 2 == 0:
                self.row(["第1页"])
                self.header()
            self.issue(at + 1, issue)
            if self.hand.totals and ((at + 1) % size == 0 or at + 1 == len(self.ledger.issues)):
                self.row(["小计"])
        if self.hand.totals:
            self.row(
                [
                    None,
                    "合计",
                    f"{len(self.ledger.issues)}个问题，{sum(len(each[3]) for each in self.ledger.issues)}条措施",
                ]
            )
        if self.hand.below:
            self.row([])
            self.row(["备注：本表每月更新。"])
        return self

    def issue(self, number, issue):
        title, _category, fields, measures = issue
        if self.hand.joined and len(measures) > 1 and all(own == measures[0][1] for _words, own in measures):
            marks = [mark(self.hand.joined, at) for at in range(1, len(measures) + 1)]
            words = "；\n".join(one + text for one, (text, _own) in zip(marks, measures, strict=True)) + "。"
            measures = [(words, measures[0][1])]
        top = len(self.rows) + 1
        for at, (words, own) in enumerate(measures):
            first = at == 0 or (self.hand.repeated and not self.hand.merged)
            said = {"number": number if first else None, "title": title if first else None, "text": words}
            said |= {name: fields[name] if first else None for name in fields}
            self.row([{**said, **own}[name] for name in self.fields])
        bottom = len(self.rows)
        if bottom > top and self.hand.merged:
            for at, name in enumerate(self.fields):
                same = name in ("number", "title", *OF_THE_ISSUE) or (
                    name in OWN and len({own[name] for _words, own in measures}) == 1
                )
                if same:
                    self.merge(top, at, bottom, at)

    def categories_of(self):
        size = -(-len(self.ledger.issues) // len(self.categories))
        return [
            f"{self.categories[at // size]}方面" if self.hand.bands else None
            for at in range(len(self.ledger.issues))
        ]

    def book(self):
        made = openpyxl.Workbook()
        page = made.active
        for row in self.rows:
            page.append(row or [None])
        for top, left, bottom, right in self.merges:
            page.merge_cells(start_row=top, start_column=left, end_row=bottom, end_column=right)
        return saved(made)


def effective(proposal):
    """(title, category, fields of the issue, [(measure, all that holds for it)]) of every issue."""
    told = []
    for issue in proposal.issues:
        measures = []
        for each in issue.measures:
            alone = len(issue.measures) == 1
            own = {
                name: getattr(each, name) or (issue.fields.get(name) if name in INHERITED or alone else None)
                for name in OWN
            }
            # a status the issue's merged cell says of all its rows
            own |= {name: issue.fields[name] for name in OWN if own[name] is None and name in issue.fields}
            measures.append((each.text, {name: value for name, value in own.items() if value}))
        told.append(
            (issue.title, issue.category, {k: v for k, v in issue.fields.items() if k not in OWN}, measures)
        )
    return told


def expected(sheet):
    return [
        (title, category, fields, measures)
        for (title, _none, fields, measures), category in zip(
            sheet.ledger.issues, sheet.categories_of(), strict=True
        )
    ]


@settings(max_examples=150, deadline=None)
@given(ledgers(), habits, st.data())
def test_a_workbook_gives_the_ledger_back(ledger, hand, data):
    """Whatever its columns, merges, bands, totals, pages and headings: the same issues, measures and fields."""
    sheet = Sheet(ledger, hand, data.draw).write()
    assert effective(proposed(sheet.book())) == expected(sheet)


@settings(max_examples=150, deadline=None)
@given(
    ledgers(),
    habits,
    st.sampled_from([",", "\t", ";"]),
    st.sampled_from(["utf-8", "utf-8-sig", "gb18030", "utf-16"]),
    st.data(),
)
def test_a_csv_file_gives_the_ledger_back(ledger, hand, delimiter, encoding, data):
    """The same without merges."""
    sheet = Sheet(ledger, hand, data.draw).write()
    assert effective(proposed(text(sheet.rows, delimiter=delimiter, encoding=encoding))) == expected(sheet)
