"""What the status words in somebody else's sheet say, and whether the ledger says the same.

Such words never move a status: sign-offs do. They are only held against what the ledger has.
"""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from ledger.domain.moves import Status
from ledger.domain.text import fold

if TYPE_CHECKING:
    from collections.abc import Mapping


class Standing(StrEnum):
    """Where something stands, as sheets tell it; `LATE` only says that it is overdue."""

    __hash__ = str.__hash__

    RETURNED = "returned"
    PENDING = "pending"
    ACTIVE = "active"
    INTERIM = "interim"
    LATE = "late"
    UNFINISHED = "unfinished"
    AWAITING = "awaiting"
    CLOSED = "closed"
    DONE = "done"
    LONGTERM = "longterm"
    UNCLOSED = "unclosed"
    VOID = "void"


_S = Status
_BEGUN = frozenset({_S.PENDING, _S.ACTIVE, _S.INTERIM})
#: The statuses of ours that a word leaves possible: many sheets know only two or three words.
#: Source: the vocabularies of twelve published lists and systems; a list without close-out can say
#: no more than 已整改 of what is closed.
POSSIBLE: Mapping[Standing, frozenset[Status]] = MappingProxyType(
    {
        Standing.RETURNED: frozenset({_S.ACTIVE}),
        Standing.PENDING: frozenset({_S.PENDING}),
        Standing.ACTIVE: frozenset({_S.ACTIVE}),
        Standing.INTERIM: frozenset({_S.INTERIM}),
        Standing.LATE: _BEGUN,
        Standing.UNFINISHED: _BEGUN,
        Standing.AWAITING: frozenset({_S.DONE, _S.CLOSING}),
        Standing.CLOSED: frozenset({_S.CLOSED}),
        Standing.DONE: frozenset({_S.DONE, _S.CLOSING, _S.CLOSED}),
        Standing.LONGTERM: frozenset({_S.LONGTERM}),
        Standing.UNCLOSED: frozenset(_S) - {_S.CLOSED, _S.VOID},
        Standing.VOID: frozenset({_S.VOID}),
    }
)

#: What is done to a finding, in the words of sheets.
_DO = "(?:整改|完成|办结|落实|解决|处理|核查处理|核查|办理|整治|治理|推进|实施|执行)"
_WHOLLY = "(?:全部|全面|均|都|已经|业已|已|按期|按时|如期|提前|彻底|完全|直接|总体|整体)*"
_ALREADY = "全部|全面|均|都|已经|业已|已|按期|按时|如期|提前|彻底"
_ENDED = "(?:到位|完毕|完成|结束|清零|达标|见效)"
_DAY = r"(?:[于在]?(?:\d{4}[-年./])?\d{1,2}[-月./]?(?:\d{1,2}[日号]?)?底?前?)?"

#: One clause each, in whole. Source: as POSSIBLE; and what people write in such columns.
_WORDS = tuple(
    (standing, re.compile("|".join(f"(?:{form})" for form in forms)))
    for standing, forms in {
        Standing.VOID: ("(?:已)?(?:作废|撤销|取消)", "不再整改", "不予整改", "void", "cancell?ed"),
        Standing.RETURNED: (
            f"(?:已)?(?:退回|驳回)(?:重做|补充|重新|继续)?{_DO}?",
            "(?:审核|验收|复查|复核|查验|销号|评估)(?:未通过|不通过|不合格|未合格)",
            "未通过(?:审核|验收|复查|复核|查验)?",
            f"{_DO}(?:不合格|不到位|不彻底|不达标|质量不高)|不合格|不达标",
            "(?:出现|问题)?反弹(?:回潮)?(?:重新?整?改)?|需?重新整改|需?补充整改|返工|回炉.*",
            "returned|rejected",
        ),
        Standing.AWAITING: (
            "(?:等?待|申请|提请|报请|提交)(?:销号|审核|验收|复查|复核|查验|审批|审签|认定|评估|核查)(?:中)?",
            "(?:已)?(?:提交|上报|报送)(?:整改)?(?:报告|材料|销号申请|申请)",
            "(?:已)?申请(?:销号|验收|重启)",
            "(?:销号|验收|复核)?(?:审核|审批|审签|验收|复核|查验|会签|公示)中",
            f"{_WHOLLY}{_DO}{_ENDED}?(?:等?待|并?申请)(?:销号|验收|审核|复查|复核)",
            "awaitingclose-out|inclose-out|closing|awaitingreview|underreview",
        ),
        Standing.UNCLOSED: ("(?:[尚暂还]?未|没有?|不予?)(?:完成)?(?:销号|闭环|结案|归档).*", "notclosed"),
        Standing.CLOSED: (
            f"{_WHOLLY}{_DAY}{_WHOLLY}(?:{_DO}{_ENDED}?)?(?:并|且)?{_WHOLLY}(?:完成)?(?:销号|闭环|结案|归档)(?:完成|处理|管理)?",
            "(?:同意|准予|予以|已批准)销号",
            "closed",
        ),
        Standing.INTERIM: (
            "(?:已)?阶段性?(?:已)?(?:完成|办结|整改|落实|销号|达标)(?:整改|到位|任务|目标)?.*",
            f"(?:已)?(?:基本|大体|初步|总体基本){_DO}{_ENDED}?(?:整改)?(?:任务)?(?:[并且]?取得阶段性.*)?(?:[并且]?(?:持续|长期){_DO}?.*)?",
            "(?:已)?取得(?:了)?(?:阶段性|初步|明显|较大)(?:整改)?(?:成果|成效|进展)(?:[并且](?:持续|长期).*)?",
            "interim|largely(?:done|completed)",
        ),
        Standing.PENDING: (
            "(?:[尚暂还]?未|没有?)(?:正式)?(?:启动|开始|开展|着手|下发|认领|分办)(?:整改|办理)?",
            "(?:等?待|拟)(?:整改|启动|下发|确认|办理|处理|分办|认领|开展|落实|推进)",
            "notstarted|pending|todo",
        ),
        Standing.LATE: (
            f"(?:已|严重)?(?:逾期|超期|超时|超时限|过期)(?:\\d+天|未完|未?{_DO}?{_ENDED}?|尚未{_DO}{_ENDED}?|中)",
            "(?:已)?(?:超过|超出)(?:整改|完成|规定)?(?:时限|期限)",
            f"未(?:按期|按时|如期|在(?:规定)?(?:时限|期限)内){_DO}{_ENDED}?",
            "(?:进度|进展|推进)?(?:严重|明显)?(?:滞后|落后)",
            "overdue|late",
        ),
        Standing.UNFINISHED: (
            f"(?:[尚暂还仍]?未|没有?|暂?无法)(?:全部|全面|完全|彻底|最终)?{_DO}(?:{_ENDED}|整改|任务)?",
            f"(?:[尚暂还仍]?未)(?:到位|达标|见效)|{_DO}未(?:到位|完成|达标|结束)",
            "(?:整改|办理)?(?:已)?(?:申请|批准)?延期(?:整改|完成|办理)?",
            "open|notdone|notcompleted?|incomplete|unfinished",
        ),
        Standing.ACTIVE: (
            f"(?:仍|还|目前|现)?(?:正在?|在)(?:抓紧|积极|全力|加快|有序|持续|按计划)?(?:{_DO}|进行|核查|建设|施工|调查|制定|协调)(?:{_DO}|当中|之中|中|过程中)?",
            f"(?:{_DO}|进行|核查|建设|施工|调查|协调)(?:整改)?(?:之中|当中|过程中|中)",
            "(?:已)(?:经)?(?:启动|开展|部署|着手|开始|推进|受理)(?:整改|办理|推进|实施)?",
            f"(?:已)?(?:部分){_DO}(?:{_ENDED}|整改)?",
            "(?:按|按照)?(?:计划|序时进度|时序进度|序时|时序|节点|进度|有序|稳步|加快|积极|抓紧)(?:有序|稳步|正常)?(?:推进|整改|办理|进行|实施)(?:中)?",
            "inprogress|active|ongoing|started|underway",
        ),
        Standing.DONE: (
            f"{_WHOLLY}{_DAY}{_WHOLLY}{_DO}(?:{_ENDED}|整改|任务|工作)(?:了)?",
            f"(?:{_ALREADY}){_DAY}{_WHOLLY}{_DO}(?:了)?|{_WHOLLY}{_DAY}{_WHOLLY}(?:完成|办结|解决)(?:了)?",
            f"{_WHOLLY}(?:整改)?{_ENDED}|已(?:全部)?(?:改|改正|纠正|退缴|清退|追缴|拆除|关停|清零)",
            "(?:审核|验收|复查|复核|查验)?(?:已)?(?:通过|合格)(?:验收|审核|复查)?|达标|已达标",
            "done|completed?|finished|rectified|resolved",
        ),
        Standing.LONGTERM: (
            f"(?:需|须|转|转入|纳入|并|且|已|列入)*(?:长期|持续|常态化?|长效)(?:性|地)?(?:{_DO}|坚持|抓好|抓|管理|管控|保持|巩固|深化|坚持整改|任务)*(?:中|阶段)?",
            "常抓不懈|久久为功|长期坚持.*",
            "long-?term|continuing",
        ),
    }.items()
)  # fmt: skip

#: √ and its like in a column whose header is the status; 是 and 否 under 是否完成.
_YES = frozenset(["是", "√", "✓", "✔", "☑", "v", "y", "yes"])
_NO = frozenset(["否", "×", "✗", "✘", "x", "n", "no"])
_SHARE = re.compile(
    r"(?:已?(?:完成|整改|推进|进度|完成率|整改率|完成进度)(?:至|到|约|为)?)?(\d{1,3}(?:\.\d{1,4})?)%"
)
_ALL = 100
#: How many sign-offs there are: 销号审核中 2/5.
_STEPS = re.compile(r"[(]?\d{1,2}/\d{1,2}[)]?$")
_PARTS = re.compile(r"[,;:。、()\[\]【】/\n→]+")
#: Longer than any status, and than any clause that is one; the rest tells a story.
_LONGEST = 300
_LONGEST_CLAUSE = 30
#: A story behind a status that may take it back.
_BUT = re.compile("未|尚|仍|还|正在|待|不|但|除|拟|将|部分|其余|剩余")
_FRONT = re.compile(
    "(?:目前|当前|现阶段|现已|截至目前|整改|完成|进展|办理|销号)?(?:状态|情况|结果|进度)(?:为|是)?|目前|当前|现阶段|截至目前|该问题|此项|本项"
)
#: What is no status and gainsays none: a day, what kind it is, the name of the column.
_ASIDE = re.compile(
    "含.*|立[行整查知说]立改|即[知查改行]即[改销行]|边[查督]边改|限期整改|分阶段(?:整改)?|(?:目前|当前|整改|完成|进展|办理|销号)?(?:状态|情况|结果|进度)|目前|当前"
)
_BARE_DAY = re.compile(
    r"(?:于|自)?(?:\d{4}[-年./]?)?\d{1,2}[-月./]?(?:\d{1,2}[日号]?)?(?:底|前|底前)?|剩余\d+天(?:以上)?|\d+天"
)


@lru_cache(maxsize=1024)
def standing(words: str, *, closing: bool = False) -> Standing | None:
    """What the printed words of a status column say; None when they say no status.

    Shape: of several clauses one says more than the others and is taken (已整改,待验收 is
        awaiting); where they gainsay each other (已完成,正在推进) there is none. A status that a story
        follows counts unless the story may take it back (已完成,但仍有1项). `closing` when the column
        asks 是否销号, whose 是, √ or date mean closed.
    """
    said = _STEPS.sub("", fold(words))
    if not said or len(said) > _LONGEST:
        return None
    if said in _YES:
        return Standing.CLOSED if closing else Standing.DONE
    if said in _NO:
        return Standing.UNCLOSED if closing else Standing.UNFINISHED
    if share := _SHARE.fullmatch(said):
        return _of_share(float(share[1]))
    if closing and _BARE_DAY.fullmatch(said) and said[0].isdigit():
        return Standing.CLOSED
    clauses = [part for part in _PARTS.split(said) if part and not _is_aside(part)]
    found = [(part, _clause(part)) for part in clauses]
    told = [each for _part, each in found if each]
    if not found or found[0][1] is None:
        return None
    if any(each is None and _BUT.search(part) for part, each in found):
        return None
    chosen = _together(told)
    if closing and chosen is Standing.DONE and _is_verdict(said):
        return Standing.CLOSED
    return chosen


def agrees(told: Standing, status: Status, *, continuing: bool = False, late: bool = False) -> bool:
    """Whether a status of ours is what the words say.

    Shape: what continues after its date may be called long-term; what is called late must be `late`.
    """
    if told is Standing.LONGTERM and continuing and status in POSSIBLE[Standing.DONE]:
        return True
    if told is Standing.LATE and not late:
        return False
    return status in POSSIBLE[told]


def _is_aside(part: str) -> bool:
    return bool(_BARE_DAY.fullmatch(part) or _ASIDE.fullmatch(part))


def _clause(part: str) -> Standing | None:
    if len(part) > _LONGEST_CLAUSE:
        return None
    front = _FRONT.match(part)
    rest = part[front.end() :] if front and front.end() < len(part) else part
    for words in dict.fromkeys((part, rest)):
        for told, forms in _WORDS:
            if forms.fullmatch(words):
                return told
    return None


def _together(told: list[Standing]) -> Standing | None:
    """What several clauses say together; that it goes on, or is late, gainsays nothing beside it."""
    firm = [each for each in told if each not in (Standing.LONGTERM, Standing.LATE)] or told
    possible = frozenset.intersection(*(POSSIBLE[each] for each in firm))
    return next((each for each in (*firm, *Standing) if possible and POSSIBLE[each] == possible), None)


def _of_share(percent: float) -> Standing | None:
    if percent > _ALL:
        return None
    if percent == _ALL:
        return Standing.DONE
    return Standing.ACTIVE if percent else Standing.PENDING


def _is_verdict(said: str) -> bool:
    """Whether the words are the outcome of a second look (复查结果: 合格), which closes."""
    return said.endswith(("合格", "通过", "达标"))
