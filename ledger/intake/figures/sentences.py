"""Sentences as a row of quantities, each with the words before and behind it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ledger.intake.figures.quantities import Quantity, quantities

if TYPE_CHECKING:
    from collections.abc import Iterator

_SENTENCE = re.compile(r"[^。!?\n]+")
_STOPS = ',;、:()[]。"“”|'
_STOP = re.compile(r"[,;、:()\[\]。\"“”|]")
#: Longest label or noun that is looked at; what is longer is cut off at the far end.
_LONGEST = 40
#: How far back words are looked for.
_NEAR = 200
#: What is counted, so that 12个单位 and 15个问题 are never compared. Longer words first.
_NOUNS = (
    "问题线索", "问题", "线索", "案件", "案卷", "案例", "措施", "举措", "任务", "单位", "部门", "企业",
    "项目", "人员", "干部", "党员", "职工", "群众", "事项", "隐患", "点位", "信访件", "信访", "工单",
    "文件", "制度", "学校", "医院", "建议", "意见", "提案", "议案", "会议", "岗位", "风险点", "培训",
    "合同", "资金", "房屋", "农户", "台账", "报告", "通报", "督办函", "提示函", "通知书", "支部",
    "社区", "乡镇", "街道", "行政村", "纠纷", "证照", "车辆", "船舶", "河道", "图斑", "违建", "窗口",
    "系统", "事故", "处罚", "课程", "志愿者", "律师", "调解员", "公证",
)  # fmt: skip
_NOUN = re.compile("|".join(sorted(_NOUNS, key=len, reverse=True)))


@dataclass(frozen=True, slots=True)
class Part:
    """A quantity in its sentence.

    Attributes:
        lead: All words between the quantity before it, or the start of the sentence, and it.
        label: Of these, what stands behind the last stop.
        noun: What stands behind its measure word, up to a stop or the next quantity.
        words: Label and noun: all the words of its own.
        nouns: What it says it counts.
    """

    quantity: Quantity
    lead: str
    label: str
    noun: str
    words: str
    nouns: tuple[str, ...]

    @property
    def is_count(self) -> bool:
        """Whether it counts or measures something exactly."""
        return self.quantity.countable and not self.quantity.near


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a paragraph that has quantities.

    Attributes:
        flat: The whole paragraph in one width; places are counted in it.
        start: Where the sentence begins.
        end: Where it ends.
    """

    flat: str
    start: int
    end: int
    parts: tuple[Part, ...]

    def before(self, at: int) -> str:
        """The words of the sentence before a place, the nearest of them."""
        return self.flat[max(self.start, at - _NEAR) : at]

    def opens_with(self, *words: str) -> bool:
        """Whether the sentence begins with one of these words."""
        return self.flat[self.start : self.start + _LONGEST].lstrip(" ,").startswith(words)

    def between(self, first: Part, second: Part) -> str:
        """The words from one quantity to a later one."""
        return self.flat[first.quantity.end : second.quantity.start]

    def clause_start(self, part: Part) -> int:
        """Where the words of a quantity begin."""
        return part.quantity.start - len(part.label)


def sentences(flat: str) -> Iterator[Sentence]:
    """The sentences of a paragraph that hold a quantity."""
    found = quantities(flat)
    at = 0
    for sentence in _SENTENCE.finditer(flat) if found else ():
        first = at
        while at < len(found) and found[at].start < sentence.end():
            at += 1
        if at > first:
            inside = found[first:at]
            yield Sentence(
                flat, sentence.start(), sentence.end(), tuple(_parts(flat, inside, *sentence.span()))
            )


def _parts(flat: str, inside: list[Quantity], start: int, end: int) -> Iterator[Part]:
    starts = [*(each.start for each in inside[1:]), end]
    before = start
    for quantity, following in zip(inside, starts, strict=True):
        lead = flat[before : quantity.start]
        label, noun = _behind_last_stop(lead), _up_to_stop(flat, quantity.end, following)
        words = f"{label} {noun}"
        yield Part(quantity, lead, label, noun, words, tuple(_NOUN.findall(words)))
        before = quantity.end


def _behind_last_stop(lead: str) -> str:
    lead = lead[-_LONGEST:]
    core = lead.rstrip(" :(")
    at = max(core.rfind(stop) for stop in _STOPS)
    return lead[at + 1 :].lstrip()


def _up_to_stop(flat: str, start: int, end: int) -> str:
    end = min(end, start + _LONGEST)
    stop = _STOP.search(flat, start, end)
    return flat[start : stop.start() if stop else end].strip()


def compared(first: Part, second: Part) -> bool:
    """Whether two quantities may count the same things: one measure word, no noun against another."""
    ones, others = first.nouns, second.nouns
    if first.quantity.unit != second.quantity.unit:
        return False
    return not ones or not others or any(one in other or other in one for one in ones for other in others)
