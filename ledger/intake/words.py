"""What offices call the columns and labels of a ledger, and which field each means.

Source: column sets of fifteen ledgers and forms in use, and published notices.
"""

from __future__ import annotations

import re
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from ledger.intake import marks

if TYPE_CHECKING:
    from collections.abc import Mapping

_LISTS = {
    "issue": (
        "反馈问题 巡视反馈问题 巡察反馈问题 督察反馈问题 反馈的问题 存在问题 存在的问题 "
        "存在的主要问题 主要问题 存在的问题或隐患 存在隐患或问题 具体问题 问题内容 问题描述 "
        "问题表述 具体问题表述 问题详情描述 整改问题 问题名称 问题标题 问题事项 问题摘要 "
        "审计发现问题 审计查出问题 发现问题 查摆问题 检查发现问题 突出问题 需整改问题 整改事项 "
        "问题在审计报告中的表述 整改隐患内容"
    ),
    "task": "整改任务 任务 任务内容 工作任务 重点任务 目标任务内容",
    "category": ("问题类别 问题类型 问题分类 反馈类别 类别 方面 领域 所属方面 涉及方面 一级标题 隐患类别"),
    "detail": "具体表现 问题表现 主要表现 表现形式 问题详情 典型事例 情形 具体情况",
    "measure": (
        "整改措施 整改举措 采取的整改措施 已采取的整改措施 细化的整改措施 具体整改措施 重点措施 "
        "工作措施 工作举措 主要措施 具体措施 整改措施及成效 整改落实措施 整改措施和成效 措施 "
        "整改任务(措施) 下步整改措施 整改办法"
    ),
    "account": (
        "整改情况 整改落实情况 整改进展情况 整改进展 整改落实 整改工作情况 整改工作开展情况 "
        "落实情况 整改情况说明 具体整改情况 整改做法 主要做法 整改内容 整改及成效 整改情况及成效"
    ),
    "status_text": (
        "整改结果 完成情况 整改完成情况 整改状态 完成状态 状态 是否完成 是否整改完成 "
        "是否已完成整改 进展情况 目前进展 当前进展 整改进度 进度 目前状态 整改现状 落实状态 "
        "完成进度 任务完成情况 完成与否"
    ),
    "closed_text": "是否销号 销号情况 销号时间 销号结果 销号意见 复查结果 验收结果 验收情况",
    "result": "整改成效 整改效果 取得成效 取得的成效 工作成效 成效",
    "target": "整改目标 目标任务 预期目标 工作目标 整改要求 预期成效 目标要求 目标",
    "criterion": ("检验标准 完成标准 整改标准 整改完成标准 验收标准 工作标准 销号标准 考核标准 评价标准"),
    "deliverable": "工作成果 预期成果 成果体现 成果形式 佐证材料 支撑材料 印证材料 整改成果",
    "leader": (
        "责任领导 牵头领导 包保领导 包案领导 分管领导 责任干部 整改第一责任人 第一责任人 "
        "整改责任领导 主管领导 协助整改工作的领导 牵头责任领导 督办领导 责任班子成员 认领领导"
    ),
    "unit": (
        "责任单位 责任部门 牵头单位 牵头部门 牵头科室 牵头股室 牵头处室 主责单位 责任主体 "
        "整改实施主体 责任站办 整改单位 整改责任单位 责任科室 责任股室 责任处室 责任站所 承办单位 "
        "承办科室 承办股室 主办单位 主办科室 主管部门 整改主体 责任单位(部门) 牵头责任单位 "
        "责任支部 整改部门 被检查单位 责任机构"
    ),
    "co_units": (
        "配合单位 协办单位 配合部门 配合科室 配合股室 配合处室 参与单位 督导单位 协助单位 "
        "协同单位 配合责任单位 配合单位或部门"
    ),
    "owner": (
        "责任人 具体责任人 整改责任人 承办人 联络人 直接责任人 经办人 责任人员 具体承办人 落实人 "
        "整改人 牵头部门责任人"
    ),
    "due_text": (
        "完成时限 整改时限 整改期限 完成时间 计划完成时间 预计完成时间 拟完成时间 截止日期 "
        "截止时间 时间节点 时限 完成期限 时限要求 整改完成时限 整改完成时间 完成日期 办结时限 "
        "整改时间 时间要求 期限 完成时间节点"
    ),
    "amount": "问题金额 涉及金额 整改金额 整改资金 金额",
    "reason": ("未整改到位原因 未完成原因 存在困难 问题原因 原因分析 未整改到位原因及下一步计划 产生原因"),
    "remark": (
        "备注 说明 下一步 下一步打算 下一步工作 下一步计划 下一步安排 下一步工作打算 "
        "下一步工作安排 下步打算 下步工作"
    ),
    "number": "序号 编号 问题编号 任务编号 问题序号 号 序 NO №",
}
#: Field to the words that mean it, as labels before a colon and as headers of a column.
#: `measure` is what will be done or was done; `account` is that too where nothing else is, else the status.
WORDS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {name: tuple(words.split()) for name, words in _LISTS.items()}
)

#: Too short or too common to be a label in running text; as a column's header they are clear.
_COLUMN_ONLY = (
    "№ 号 序 NO 任务 序号 情形 成效 方面 期限 状态 目标 类别 编号 说明 进度 金额 领域 一级标题 "
    "任务内容 任务编号 发现问题 工作任务 突出问题 重点任务 问题序号 问题编号 目标任务内容"
)
_FIELDS = {marks.flat(word).casefold(): field for field, words in WORDS.items() for word in words}
#: Labels of running text, the longest first, and the field each means.
LABELS = MappingProxyType(
    {
        word: _FIELDS[word]
        for word in sorted(_FIELDS, key=len, reverse=True)
        if word not in _COLUMN_ONLY.split()
    }
)
#: Headers of columns that no notice uses as a label; the first of several is what is taken without an answer.
_HEADERS = {
    "issue": (
        "事故名称 隐患名称 事项名称 问题 隐患 不符合项 问题点 发现的问题 问题或隐患 检查发现的问题 "
        "反馈意见 巡视反馈意见 巡察反馈意见 督察反馈意见"
    ),
    "detail": "问题背景 问题具体表现",
    "category": "二级标题 三级标题 问题大类 问题小类 隐患类型 所属类别",
    "measure": "措施内容 具体任务 整改对策",
    "unit": "被审计单位 被督察单位 被巡察单位 单位 部门 科室 股室 处室 站所 归口部门 所属单位",
    "leader": "领导 班子成员",
    "claimed_leader": "认领领导 认领人 认领责任人 认领责任领导",
    "owner": "人员",
    "status_text": "进展 整改进展状态 完成",
    "done_text": "实际完成时间 实际完成日期 实际完成 实际办结时间 实际整改完成时间 办结时间 办结日期",
    "unit_owner": "责任单位和责任人 责任单位及责任人 责任部门及责任人 责任部门和责任人 责任单位责任人",
    "measure_due": "对应的完成时间 措施完成时限 措施时限",
    "measure_number": "措施序号 任务序号 措施编号 措施号 子任务编号",
    "applied": "已采取的整改措施 已采取的措施 已落实的整改措施 已整改措施",
}
#: What our own export calls its columns in English, without blanks and signs.
_ENGLISH = {
    "number": "issueno", "issue": "issue", "category": "category", "measure_number": "measureno",
    "measure": "measure", "unit": "unit", "co_units": "counits", "leader": "leader", "owner": "owner",
    "criterion": "criterion", "deliverable": "deliverable", "due_text": "due", "status_text": "status",
    "closed_text": "closedon", "result": "result", "remark": "remark",
}  # fmt: skip
_COLUMNS = {
    **_FIELDS,
    **{word: field for field, word in _ENGLISH.items()},
    **{marks.flat(word).casefold(): field for field, words in _HEADERS.items() for word in words.split()},
}
#: What may mean one field or another; the company decides, else a person.
#: Source: tables in use, where 责任主体 names units or persons and 整改要求 an aim or an instruction.
_DOUBTFUL = MappingProxyType({"责任主体": ("unit", "owner"), "整改要求": ("target", "measure")})
#: Columns that ledgers have and a record has no field for.
_UNUSED_WORDS = (
    "整改类型 来源类型 来源详情 严重度 审计报告出具年份 年份 责任类型 原定时限 原定完成时限 时限原文 "
    "逾期天数 工作记事 问题状态 阶段目标 下次复核 statusoftheissue term dueasprinted originalduedate "
    "daysoverdue interimgoal nextreview notes evidence"
)
_UNUSED = frozenset(_UNUSED_WORDS.split())
#: Endings that say what a header means whoever put it together, asked in this order.
_ENDINGS = tuple(
    (re.compile(pattern), field)
    for pattern, field in (
        (r".*(?:图片|照片|附图|地点|依据|来源|等级|职务)", None),
        (r"(?:检查|复查|验收|填表|排查|发生|启动|登记|审核|填报).{0,2}(?:人|时间|日期)|(?:联系)?电话", None),
        (r".*(?:配合|协助|协同|协办|参与|联动).*(?:单位|部门|科室|股室|处室|站所)", "co_units"),
        (r".*(?:单位|部门|科室).{0,3}责任人(?:员)?", "unit_owner"),
        (r".*(?:领导|班子成员|负责同志)", "leader"),
        (r".*(?:责任|承办|经办|落实|联络|联系|负责).{0,2}(?:人|人员|专员)", "owner"),
        (
            r".*(?:牵头|责任|承办|主办|主责|落实|整改|实施|主管).*(?:单位|部门|科室|股室|处室|站所|机构)",
            "unit",
        ),
        (r".*实际.*(?:完成|办结).*", "done_text"),
        (r".*销号.*", "closed_text"),
        (r".*(?:时限|期限|限期|截止.{0,2}|时间节点)", "due_text"),
        (r".*(?:预计|计划|拟|要求|规定|应|完成|办结).*(?:时间|日期)", "due_text"),
        (r".*(?:原因|困难).*", "reason"),
        (r".*(?:进展|进度|状态|完成情况|落实情况|完成与否)", "status_text"),
        (r".*(?:标准)", "criterion"),
        (r".*(?:成效|效果)", "result"),
        (r".*(?:成果|佐证.*|支撑.*材料)", "deliverable"),
        (r".*(?:金额|资金)", "amount"),
        (r".*(?:措施|举措|对策)", "measure"),
        (r".*(?:目标)", "target"),
        (r".*(?:表现|详情)", "detail"),
        (r".*(?:问题|隐患|(?:问题|报告).{0,4}(?:表述|描述|内容))", "issue"),
        (r".*(?:类别|类型|分类|领域)", "category"),
        (r".*(?:序号|编号)", "number"),
        (r".*(?:备注)", "remark"),
    )
)
_PLANNED = re.compile(r"(?:预计|计划|拟定?|要求|规定|应|承诺).{0,8}(?:时间|日期|期限|时限)$")
_ACTUAL = re.compile(r"实际.{0,8}(?:完成|办结|时间|日期)")
#: What was to be done and how far it is, in one column.
_BOTH = re.compile(r".*(?:措施|举措).{0,4}(?:进展|推进|完成|落实)(?:情况)?$")
#: A unit and the person in it, in one column.
_PAIR = re.compile(
    r".*(?:单位|部门|科室|股室|处室|站所)\s*(?:[/、和与及]|及其)\s*(?:具体|直接|整改)?责任人|.*(?:单位|部门|科室|股室|处室|站所)\s*\(责任人\)"
)
_BY_LENGTH = tuple(sorted(_COLUMNS, key=len, reverse=True))
#: What stands behind a person's column and changes nothing.
_NOISE = re.compile(r"(?:及|和|、)?联系(?:电话|方式)(?=\s*$)|[\s:*。、./\\-]|\([^()]*\)|[【】\[\]]")
#: Longer headers are sentences.
_LONGEST = 24


@lru_cache(maxsize=16_384)
def column(header: str, *, exactly: bool = False) -> str | None:
    """The field a column's header means; None when it is none we know.

    Seen in workbooks: blanks and line breaks inside a header, 整改 or 具体 before it, (签字) behind it;
    `exactly` allows only the blanks and the brackets.
    """
    if len(header) > 4 * _LONGEST:
        return None
    flat = marks.flat(header.replace("\n", "")).casefold()
    if _PAIR.fullmatch(flat):
        return "unit_owner"
    for words in (marks.bare(flat), _NOISE.sub("", flat)):
        if words in _COLUMNS:
            return _COLUMNS[words]
    words = _NOISE.sub("", flat)
    if exactly or not 0 < len(words) <= _LONGEST or words in _UNUSED:
        return None
    if _PLANNED.match(words) or _ACTUAL.match(words):
        return "due_text" if _PLANNED.match(words) else "done_text"
    if _BOTH.match(words):
        return "account"
    ends = next((words[at:] for at in range(len(words) - 2) if words[at:] in _COLUMNS), None)
    if ends:
        return _COLUMNS[ends]
    composed = next(((field,) for pattern, field in _ENDINGS if pattern.fullmatch(words)), None)
    if composed:
        return composed[0]
    holds = next((word for word in _BY_LENGTH if len(word) > 2 and word in words), None)
    return _COLUMNS[holds] if holds else None


def candidates(header: str) -> tuple[str, ...]:
    """The fields a column's header may mean, the likeliest first; empty when it is none we know."""
    doubtful = _DOUBTFUL.get(_NOISE.sub("", marks.flat(header)))
    found = column(header)
    return doubtful or ((found,) if found else ())


def is_exact(header: str) -> bool:
    """Whether a text is one of the words for a column, blanks aside."""
    return marks.bare(header) in _COLUMNS


def is_unused(header: str) -> bool:
    """Whether a column is one that ledgers have and a record has no field for."""
    words = _NOISE.sub("", marks.flat(header)).casefold()
    return words in _UNUSED or any(field is None and pattern.fullmatch(words) for pattern, field in _ENDINGS)


def names(text: str) -> tuple[str, ...]:
    """The units or persons a cell lists, as printed."""
    parts = re.split(r"[、;；,，\s]+", text.strip())
    return tuple(part for part in parts if part)
