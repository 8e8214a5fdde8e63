"""What the columns of one table mean, each in the company of the others.

Seen in ledgers in use: 整改任务 is the finding of an environmental list and the measure of another, 整改情况
the measures of a notice and the status of a table, 责任主体 a unit or a person; two columns of deadlines
(要求 and 实际), of units (牵头 and 责任), of problems (标题 and 描述); one column a status, ticked.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ledger.intake import marks, words

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

#: Fields whose texts may stand in several columns; what is in the later ones is added.
_MANY = frozenset(
    {"status_text", "remark", "detail", "reason", "deliverable", "criterion", "result", "closed_text"}
)
#: Which of two columns is the one, by what its header has in it: the first that matches wins.
_RANKS = {
    "issue": (r"标题|名称|摘要", r"具体.*问题", r"^(?!.*(?:表述|描述|内容|详情))", r""),
    "unit": (r"牵头|主责|主办|承办", r"责任|整改|落实|实施", r"^(?!.*主管)", r""),
    "owner": (r"直接责任|^责任|整改责任|具体责任", r"责任", r""),
    "leader": (r"第一责任|责任领导|牵头", r""),
    "due_text": (r"时限|期限|截止|节点", r"预计|计划|拟", r""),
    "amount": (r"问题|涉及", r""),
    "measure": (r"^(?!.*应急)", r""),
}
#: Where the column that is not the one goes.
_SECOND = {"issue": "detail", "due_text": "done_text", "category": "group"}
_PERSON = re.compile(r"[\u4e00-\u9fff·]{2,4}(?:[、,;\s]+[\u4e00-\u9fff·]{2,4})*")
_UNIT_END = "局部办科室股处站所队司院校会委心镇乡村组厅社区园行部门位"
#: Headers that mean something only together with the one above them.
_PARTS = frozenset(
    [
        "牵头",
        "配合",
        "主办",
        "协办",
        "主责",
        "责任",
        "协助",
        "参与",
        "姓名",
        "名称",
        "内容",
        "人员",
        "时间",
        "日期",
        "情况",
    ]
)
#: Headers of columns that ask for a state, as against an account: 进展情况 beside 完成状态.
_ASKS_STATE = re.compile("状态|是否|与否")
#: Characters shown of a cell.
_SHOWN = 40
#: A header that is a status itself, its cells ticked.
_STATE = re.compile(
    r"(?:已|未|基本|全部|部分|阶段性|正在|持续|长期|尚未|暂未)(?:完成|整改|启动|推进|开展|落实|办结|销号|坚持|进行|到位)*(?:到位|完成|中)?"
    r"|(?:整改|推进|进行|办理)中|逾期|超期|超时"
)


@dataclass(frozen=True, slots=True)
class Meaning:
    """What one column means.

    Attributes:
        field: None where its cells are left alone.
        candidates: What it may mean by its header alone.
        asked: Somebody should say.
        tick: The status a tick in the column stands for.
        samples: A few of its cells.
    """

    field: str | None
    candidates: tuple[str, ...] = ()
    asked: bool = False
    tick: str | None = None
    samples: tuple[str, ...] = ()


def meanings(
    headers: Sequence[str],
    *,
    samples: Callable[[int], Sequence[str]] | None = None,
    answers: Callable[[int], tuple[str | None] | None] | None = None,
) -> tuple[Meaning, ...]:
    """What each column of a table means.

    Args:
        headers: As printed, the levels of a header of several rows from the top down, a line each.
        samples: A few of a column's cells, where its header leaves it open.
        answers: What a person said a column means, as a tuple of it; None where nobody said.
    """
    return _Table(headers, samples or (lambda _at: ()), answers or (lambda _at: None)).settle()


def is_state(header: str) -> bool:
    """Whether a header is a status, its cells ticked."""
    return bool(_STATE.fullmatch(marks.bare(header)))


def field_of(levels: Sequence[str]) -> tuple[str, ...]:
    """The fields a header may mean; of several levels the lowest that says it, with those above to help."""
    leaf, *above = reversed(levels)
    found = words.candidates(leaf)
    parent = above[0] if above else ""
    if not found and words.is_unused(leaf):
        return ()
    if parent and (not found or is_part(leaf)):
        found = words.candidates(leaf + parent) or words.candidates(parent + leaf) or found
    return found


def is_part(leaf: str) -> bool:
    """Whether a header only says which of what stands above it: 牵头, 姓名."""
    return marks.bare(leaf) in _PARTS


class _Table:
    """The columns of one table while they are settled."""

    def __init__(
        self,
        headers: Sequence[str],
        samples: Callable[[int], Sequence[str]],
        answers: Callable[[int], tuple[str | None] | None],
    ) -> None:
        self.headers = headers
        self.samples = samples
        self.answers = [answers(at) for at in range(len(headers))]
        self.candidates = [field_of(header.split("\n")) if header else () for header in headers]
        self.fields: list[str | None] = [found[0] if found else None for found in self.candidates]
        self.asked = [False] * len(headers)
        self.ticks: list[str | None] = [None] * len(headers)

    def settle(self) -> tuple[Meaning, ...]:
        for at, answer in enumerate(self.answers):
            if answer:
                self.fields[at] = answer[0]
        self._tick()
        self._by_company()
        self._told()
        self._doubtful()
        for name in [name for name, count in Counter(self.fields).items() if name and count > 1]:
            self._several(name)
        self._unknown()
        shown = [tuple(each[:_SHOWN] for each in self.samples(at)) for at in range(len(self.headers))]
        return tuple(map(Meaning, self.fields, self.candidates, self.asked, self.ticks, shown))

    def _open(self, name: str) -> list[int]:
        """The columns taken for `name` that nobody has answered for."""
        return [at for at, each in enumerate(self.fields) if each == name and not self.answers[at]]

    def _tick(self) -> None:
        states = [at for at, header in enumerate(self.headers) if is_state(header.split("\n")[-1])]
        if len(states) < 2:
            return
        for at in states:
            if not self.answers[at]:
                self.fields[at], self.ticks[at] = None, marks.bare(self.headers[at].split("\n")[-1])
                self.candidates[at] = ("status_text",)

    def _by_company(self) -> None:
        """Settle what means different things beside different columns."""
        issue, measure = "issue" in self.fields, "measure" in self.fields
        asked = "task" in self.fields
        if not (issue or asked or "account" in self.fields) and self.fields.count("target") and not measure:
            for at in self._open("target")[:1]:
                self.fields[at], issue = "issue", True
        changed = {
            "task": "issue" if not issue else "target" if measure else "measure",
            "account": "status_text" if measure or (issue and asked) else "measure",
            "applied": "result" if measure else "measure",
        }
        for at, name in enumerate(self.fields):
            self.fields[at] = changed.get(name or "", name)

    def _told(self) -> None:
        """Of several columns of how things stand keep the one that asks for a state; the others tell more."""
        found = self._open("status_text")
        states = [at for at in found if _ASKS_STATE.search(marks.bare(self.headers[at].rpartition("\n")[2]))]
        for at in found if len(states) == 1 else ():
            if at not in states:
                self.fields[at] = "result"

    def _doubtful(self) -> None:
        for at, found in enumerate(self.candidates):
            if len(found) < 2 or self.answers[at]:
                continue
            if found == ("unit", "owner"):
                self._unit_or_owner(at)
            elif found == ("target", "measure"):
                others = self.fields[:at] + self.fields[at + 1 :]
                self.fields[at] = "measure" if "measure" not in others else "target"
                self.asked[at] = "target" in others

    def _unit_or_owner(self, at: int) -> None:
        others = self.fields[:at] + self.fields[at + 1 :]
        if "owner" in others or "unit" in others:
            self.fields[at] = "unit" if "owner" in others else "owner"
            return
        cells = [marks.bare(cell) for cell in self.samples(at) if cell]
        units = sum(cell[-1] in _UNIT_END for cell in cells if cell)
        persons = sum(bool(_PERSON.fullmatch(cell)) and cell[-1] not in _UNIT_END for cell in cells)
        self.fields[at] = "owner" if persons > units else "unit"
        self.asked[at] = bool(units and persons) or not cells

    def _several(self, name: str) -> None:
        """Of several columns for one field keep the likeliest, and find the others a place."""
        found = self._open(name)
        if name in _MANY or not found:
            return
        answered = len([each for each in self.fields if each == name]) > len(found)
        ranked = sorted(found, key=lambda at: (self._rank(name, at), at))
        for at in ranked[0 if answered else 1 :]:
            self.fields[at] = self._place(name, at)

    def _rank(self, name: str, at: int) -> int:
        header = marks.bare(self.headers[at].rpartition("\n")[2])
        patterns = _RANKS.get(name, ("",))
        return next(rank for rank, pattern in enumerate(patterns) if re.search(pattern, header))

    def _place(self, name: str, at: int) -> str | None:
        """Where a further column of a field goes; None when nowhere."""
        header = marks.bare(self.headers[at])
        if name == "number":
            return "measure_number" if "任务" in header and "measure_number" not in self.fields else None
        if name == "unit":
            lead = any("牵头" in self.headers[each] for each in self._open("unit"))
            return "co_units" if lead and "责任" in header and "co_units" not in self.fields else None
        second = _SECOND.get(name)
        return None if second in self.fields and second not in _MANY else second

    def _unknown(self) -> None:
        for at, header in enumerate(self.headers):
            unknown = not self.candidates[at] and not self.answers[at] and not self.ticks[at]
            if unknown and header and not words.is_unused(header.split("\n")[-1]):
                self.asked[at] = any(self.samples(at))
