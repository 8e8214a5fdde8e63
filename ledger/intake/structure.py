"""How a notice is built: the regions between its main headings.

Seen in published notices: 一、 who organised the rectification; 二、 what was rectified; 三、 the next
steps; then how to object. The same 一是 or 1. marks a measure in one region and a slogan in another, so
what a mark means is decided by the region it stands in.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from ledger.intake.furniture import is_date_line
from ledger.intake.marks import Style
from ledger.intake.title import ORGAN

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from ledger.intake.lines import Line


class Role(StrEnum):
    """What a region of a notice is about."""

    PREAMBLE = "preamble"
    ORGANISATION = "organisation"
    FINDINGS = "findings"
    NEXT_STEPS = "next_steps"
    ADVICE = "advice"
    CONTACT = "contact"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Region:
    """The lines from one main heading up to the next.

    Attributes:
        heading: The main heading's line; None before the first one.
        lines: The lines below it.
    """

    role: Role
    heading: Line | None
    lines: tuple[Line, ...]


#: What main headings say, asked in this order. Source: published notices.
_ROLES = (
    (
        Role.ADVICE,
        r"(?:意见(?:和|及|与)?建议|(?:整改|审计|工作|巡[视察])(?:的?(?:意见|建议|要求))+|原因(?:分析|剖析)?)$",
    ),
    (Role.NEXT_STEPS, r"下一?步|下一?阶段|今后|后续|下段|努力方向|工作(?:打算|安排|计划)$"),
    (
        Role.CONTACT,
        r"(?:意见|信息)?(?:反馈|监督|联系|举报|受理)(?:的)?(?:方式|渠道|电话|途径)|公示(?:时间|期限|期)|公开期限|社会监督|意见反馈$",
    ),
    (
        Role.ORGANISATION,
        r"主体责任(?!.{0,12}方面)|组织(?!路线|建设|生活|力|体系|关系).{0,14}(?:情况|领导|推进|实施|部署|落实|整改|工作)|部署|(?:总体|基本|整体|有关)情况|概况"
        r"|提高.{0,6}(?:站位|认识)|思想认识|政治站位|主要做法|工作机制|整改(?:工作)?(?:推进|开展)|压实.{0,6}责任(?!.{0,12}方面)|担当.{0,8}责任",
    ),
    (
        Role.FINDINGS,
        r"整改.{0,8}(?:落实|进展|情况|成效|完成|结果|任务|措施)|(?:反馈|存在|发现|主要|突出|具体|指出).{0,10}问题|问题.{0,12}整改|反馈意见|整改事项|整改$",
    ),
)
_COMPILED = tuple((role, re.compile(words)) for role, words in _ROLES)
#: A signature without a day below it: the name of a body and nothing else.
_SIGNATURE = re.compile(r"[^,。;:、“”()0-9\s]{3,}")
_SIGNATURE_LENGTH = 30
#: How headings of single problems end, which are no main headings.
_PROBLEM = re.compile(r"(?:的问题|[”\"]的?问题)(?:的?整改(?:落实|进展|完成|工作)?(?:情况|结果)?)?$")
#: A heading is short and no sentence.
_HEADING_LENGTH = 60
_FULL_STOP = re.compile(r"[。!?](?=.)")
_ASPECT = re.compile(
    r"(?<![一二三四五六七八九十0-9几各多个])方面|领域(?=$|[(:,。;、\s]|的?(?:存在|问题|整改))"
)
_NEXT = re.compile(r"(?:下一?步|下一?阶段|今后)[,将我]")
#: The sentence a notice closes with, below what was done about its last issue.
_GOES_ON = re.compile(r"[^,。;:]{2,14}将(?:持续|继续|进一步)")
#: What is asked for, below the problems a document states.
_ASKS = re.compile(r"(?:针对|对|就)?(?:以上|上述)(?:[0-9]{1,3}个|发现的?)?问题[,:]?(?:请|望|要求|现?提出)")
_LABELLED = re.compile(r"(?:[^,。;:]{0,8}问题[^,。;:]{0,4}|整改.{2,4}|责任.{1,4}|[^,。;:]{2,4}时限)\s*:")
_LEADS_TO_END = re.compile(
    r"(?:欢迎|敬请)(?:广大|社会|全体|各界|干部|群众|公众|大家|监督)|(?:公示|公开|公布)(?:期间|期限|时间|期)\s*(?:[,:为自从如内(]|[0-9])"
    r"|(?:联系|监督|举报|咨询|反映)(?:电话|方式)\s*:|(?:电子邮箱|电子邮件|邮政信箱|通信地址|通讯地址|联系地址|联系人)\s*:|如(?:有|对).{0,20}(?:意见|异议|建议)"
)


def role_of(line: Line) -> Role | None:
    """What a main heading (一、…) announces; None where the line is none or says none of it."""
    mark = line.mark
    if not mark or mark.style != Style.SECTION or not is_heading(line.flat[mark.end :]):
        return None
    words = line.flat[mark.end :].rstrip("。:;,. ")
    if _PROBLEM.search(words) or re.match(r"(?:关于|针对)[“\"]", words):
        return None
    found = next((role for role, pattern in _COMPILED if pattern.search(words)), None)
    return None if found == Role.ORGANISATION and _ASPECT.search(words) else found


def is_heading(flat_text: str) -> bool:
    """Whether the text is short enough to be a heading and is no sentence followed by another."""
    return 0 < len(flat_text) <= _HEADING_LENGTH and not _FULL_STOP.search(flat_text)


def is_aspect(flat_text: str) -> bool:
    """Whether a heading names an aspect (…方面, …领域), not a number of them (三个方面)."""
    return bool(_ASPECT.search(flat_text))


def begins_end(line: Line) -> bool:
    """Whether the line belongs to the closing part: how to object, or the day under the signature."""
    mark = line.mark
    return bool(_LEADS_TO_END.match(line.flat, mark.end if mark else 0)) or is_date_line(line)


def _is_item(line: Line) -> bool:
    """Whether the line is part of a list or carries a label, so that the closing part comes later."""
    return bool(line.mark or _LABELLED.match(line.flat)) and not begins_end(line)


def regions(
    lines: Sequence[Line],
    *,
    behind_tables: Collection[int] = (),
    whole: Sequence[tuple[int, int]] = (),
) -> list[Region]:
    """The notice cut at its main headings, behind its tables, at the closing paragraph and at the signature.

    Shape: every line is in exactly one region, in order; the first is the preamble where the
        lines do not begin with a heading. `behind_tables` are numbers of lines where a table ended,
        `whole` the indexes of lines that state problems together, first and behind the last.
    """
    cuts = list(_cuts(lines, sorted(behind_tables)))
    for start, end in whole:
        behind = [cut for cut in cuts if cut[0] == end] or [(end, Role.OTHER, False)]
        cuts = (
            [cut for cut in cuts if cut[0] < start]
            + [(start, Role.FINDINGS, False)]
            + (behind if end < len(lines) else [])
            + [cut for cut in cuts if cut[0] > end]
        )
    if not cuts or cuts[0][0] != 0:
        cuts.insert(0, (0, Role.PREAMBLE, False))
    found = []
    for (start, role, headed), end in zip(cuts, [*(cut[0] for cut in cuts[1:]), len(lines)], strict=True):
        heading = lines[start] if headed else None
        found.append(Region(role, heading, tuple(lines[start + headed : end])))
    return found


def _cuts(lines: Sequence[Line], behind: list[int]) -> Iterator[tuple[int, Role, bool]]:
    """Where regions begin: index, role, and whether that line is a heading."""
    last_item = max((at for at, line in enumerate(lines) if _is_item(line)), default=-1)
    steps = _last_list(lines)
    ended = False
    for at, line in enumerate(lines):
        role = role_of(line)
        if role:
            ended = role == Role.CONTACT
            yield at, role, True
        elif not ended and (at > last_item or _leads(line, at, steps)) and _NEXT.match(line.flat):
            yield at, Role.NEXT_STEPS, False
        elif not ended and _ASKS.match(line.flat):
            yield at, Role.ADVICE, False
        elif not ended and at > last_item and _closes_with(lines, at):
            yield at, Role.NEXT_STEPS, False
        elif not ended and at > last_item and _closes(lines, at):
            ended = True
            yield at, Role.CONTACT, False
        elif behind and line.number >= behind[0]:
            yield at, Role.OTHER, False
        while behind and line.number >= behind[0]:
            behind.pop(0)


def _closes_with(lines: Sequence[Line], at: int) -> bool:
    """Whether the line is the notice's closing sentence, not the first below a heading."""
    above = lines[at - 1].flat if at else ""
    return bool(_GOES_ON.match(lines[at].flat)) and above.endswith("。") and not above.endswith("问题。")


def _leads(line: Line, at: int, steps: tuple[int, int]) -> bool:
    """Whether the line stands right above the last list and leads to it: 下一步,重点做好以下工作:."""
    return steps[0] < at < steps[1] and line.flat.rstrip().endswith(":")


def _last_list(lines: Sequence[Line]) -> tuple[int, int]:
    """The last item before the last list, and the first of that list; equal where nothing stands between.

    Shape: indexes; the list is one whose numbers run from 1 to its end in one style.
    """
    first = len(lines)
    value, style = 0, None
    for at in range(len(lines) - 1, -1, -1):
        mark = lines[at].mark
        if not _is_item(lines[at]):
            continue
        if mark is None or (value and (mark.style != style or mark.value != value - 1)):
            break
        first, value, style = at, mark.value, mark.style
        if value == 1:
            break
    if value != 1:
        return first, first
    return max((at for at in range(first) if _is_item(lines[at])), default=-1), first


def _closes(lines: Sequence[Line], at: int) -> bool:
    """Whether the closing part begins here; a signature is the short line above its day, or the last one."""
    line = lines[at]
    if begins_end(line):
        return True
    if at + 1 == len(lines):
        named = bool(_SIGNATURE.fullmatch(line.flat) and ORGAN.search(line.flat))
        return named and len(line.flat) <= _SIGNATURE_LENGTH
    return is_date_line(lines[at + 1]) and is_heading(line.flat) and not re.search(r"[。;]", line.flat)


def heading_words(region: Region) -> str | None:
    """What the region's main heading says, without its numbering."""
    if region.heading is None:
        return None
    mark = region.heading.mark
    return region.heading.text[mark.end if mark else 0 :].strip(" 　。：:")
