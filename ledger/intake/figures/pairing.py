"""Words that tell which quantities belong together: done and open, times, beginnings of lists.

Everything here errs on the side of silence: a pair that may not belong together is never an alarm.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ledger.intake.figures.sentences import compared

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ledger.intake.figures.sentences import Part, Sentence

#: Of a whole that is not there yet, or not any more.
OPEN = re.compile(
    r"未(?!成年|来)|尚[有余需在]|剩余|剩下|还剩|还有|仅剩|余下|其余|其他的?$|正在|仍[在有需]|还在|待(?![遇业])|推进|在办|持续|长期|继续|进行中|[理改办施]中|不合格|不达标|不满意"
)
#: What is left when the rest is taken away, whatever else is named.
REST = re.compile(r"尚[有余]|剩余|剩下|还剩|仅剩|余下|其余|还有")
#: Of what was done. OPEN goes before it: 未完成 and 正在整改 are open.
DONE = re.compile(
    r"已|完成|办结|销号|到位|处[理置]|解决|化解|核查|查结|通过|合格|[回答]复|整改|办理|落实|结案|清[理退]|达标|成功|拆除|修复|兑现|退还|立行立改|回访|满意|采纳|归还|收回|盘活"
)
#: States and times that make another whole of it.
ELSEWHEN = re.compile(
    r"中有|里有|新增|又|另|再|去年|上年|上月|上季|同期|历年|往年|累计|本月|当月|本季|当年|今年|全年|[0-9一二三四五六七八九十]月(?!底|末|[0-9]{1,2}日)|季度|上半年|下半年|年度|[0-9]{4}年(?![0-9]{1,2}月)|以来|连续|每|同比|环比|计划|预计|拟|应急"
)
#: What is to be, not what is.
TARGET = re.compile(
    r"力争|力求|确保|目标|争取|要求|计划|预计|拟|不低于|以上|由|从|原来|提[升高]|增[长加]|上升|下降|降[低至到]|减少|同比|环比|较|(?<!占)比(?!例|重|率)|应当|须|标准为|考核指标|若|如果|低于|高于|超过"
)
#: What speaks of a whole: all there were, all that were found or handed over.
WHOLE = re.compile(
    r"共|总|合计|应|需|全部|反馈|发现|受理|收到|接收|接到|交办|移交|排查|梳理|查找|查摆|自查|查出|问题|线索|任务|措施|承担|涉及|登记"
    r"|转办|提出|指出|检查|信访"
)
#: What opens a list of parts.
PARTS_OF = re.compile(
    r"^[^,;。]{0,12}?[,:(;。]?\s*(?:[,(]\s*)?(?:其中|包括|包含|涵盖|分为|分别(?:是|为)?|具体(?:是|为))"
)
#: What says that the list is the whole.
WHOLE_LIST = re.compile(r"分别(?:是|为)?|分为|具体(?:是|为)")
#: Words that narrow down what was done, so that 按期办结92件 is not what 办结率 is of.
NARROWED = re.compile(
    r"按期|按时|及时|限期|提前|逾期|超期|首次|初次|当场|当日|当月|本月|如期|一次性?|累计|总体|整体|综合|平均|年度|当年|同期|实质|主动|直接|初步|基本"
)
_ASIDE = "(?:其中|目前|现|全部|实际|的|有)*"
#: How the words of a state begin, so that 分阶段整改问题16个 is none.
STATE_FIRST = re.compile(
    rf"{_ASIDE}(?:截至[^,;。]{{0,10}})?{_ASIDE}(?:{OPEN.pattern}|{DONE.pattern}|阶段性|基本)(?![^,;。]{{0,6}}(?:问题|任务|事项)$)"
)
_ASPECTS = re.compile(r"大?(?:方面|类|领域|环节|层面|板块|部分)")
_NOT_DONE = re.compile(
    r"(?:应|需|须|未|没有|待|正在|尚|不|拟|要|限期|责令|要求|立即|难以|无法|仍|计划|建议|交办|督促)[^,;。]{0,3}$"
)


def is_state(part: Part) -> bool:
    """Whether a quantity says how many are done, or how many are open."""
    return bool(DONE.search(part.words) or OPEN.search(part.words))


def is_open(part: Part) -> bool:
    """Whether it says how many are not done."""
    return bool(OPEN.search(part.words))


def elsewhen(part: Part) -> bool:
    """Whether its words speak of another time or another heap than the words around it."""
    return bool(ELSEWHEN.search(part.label))


def is_done(part: Part, stem: str) -> bool:
    """Whether the quantity says how many were `stem`, as 办结412条 for 办结."""
    at = part.words.rfind(stem)
    if at < 0 or any(narrow not in stem for narrow in NARROWED.findall(part.label)):
        return False
    return not _NOT_DONE.search(part.words[:at]) and not OPEN.search(part.words)


def rivals(earlier: Sequence[Part], whole: Part) -> bool:
    """Whether a count right before a whole may be meant as well: 反馈45个，查摆30个，已整改…."""
    return bool(earlier) and compared(earlier[-1], whole) and not _ASPECTS.match(earlier[-1].noun)


def contiguous(sentence: Sentence, first: Part, second: Part) -> bool:
    """Whether one directly follows the other in a list: at most one stop between them."""
    between = sentence.between(first, second)
    return (
        len(between) <= _APART and sum(between.count(stop) for stop in ",;、:(") <= 1 and "。" not in between
    )


#: Characters two neighbours of a list are apart at most.
_APART = 40
