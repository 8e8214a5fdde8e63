"""Made-up records in the form of docs/contract.md §2, for measuring readers without the program.

Everything comes from one seed; no office, person or finding in it exists.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random

#: The letters of Crockford's base 32, as a ULID uses them.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
UNITS = ("办公室", "组织科", "财务科", "项目科", "信访科", "后勤中心", "法规科", "培训科")
PERSONS = ("林某", "顾某", "沈某", "陆某", "严某", "邵某")
CATEGORIES = ("作风建设", "财务管理", "项目管理", "队伍建设", "制度执行")
WORDS = (
    "台账", "责任", "流程", "公文", "签批", "会议", "抽查", "整改", "制度", "合同",
    "报销", "采购", "培训", "谈话", "通报", "清单", "验收", "归档", "走访", "复核",
)  # fmt: skip


#: Further words, two characters each.
_FURTHER = (
    "核查督办问责约谈巡察反馈销号督促公示审批预算决算支出收入资产盘点账实对账挂账清欠押金借款垫付发票"
    "票据印章档案目录借阅销毁保密信息系统权限密码备份网站公众咨询投诉举报信访回访答复时限超期延期催办"
    "督查通知纪要议题决策集体民主班子支部党课学习笔记考核奖惩绩效津贴补贴工资考勤请假值班交接轮岗任免"
    "选拔招聘公示试用编制借调退休慰问工会食堂车辆加油维修租赁房屋土地围墙道路路灯排水绿化垃圾厕所河道"
    "水库防汛消防演练隐患排查安全设备特种检验检测标识警示培育扶持项目立项招标投标评审中标变更签证监理"
    "进度质量结算审计移交运维农田灌溉种子补助低保救助养老托幼医保门诊药品疫苗学校校车食品抽样快检市场"
    "摊位执法文书立案听证复议诉讼执行罚款没收返还公告送达"
)
#: All words, the usual ones first: a word that stands later is met less often.
VOCABULARY = (*WORDS, *(_FURTHER[place : place + 2] for place in range(0, len(_FURTHER), 2)))
#: What hardly any text speaks of.
RARE = ("祠堂", "渡口", "古井", "磨坊")
#: How often a text speaks of it all the same.
_HARDLY = 1 / 2_000
_WEIGHTS = tuple(1 / (place + 3) for place in range(len(VOCABULARY)))
#: What hand-typed text has that a sentence of ours has not.
_ODD = (
    '他说：“按"规定"办”；路径 C:\\台账。', "第一行\n第二行\n\n第四行", "金额１２．５元（含税）", "A/B类100%",
    "'单引号' 与 # 号、= 号", "𠮷野家、㐂、é、ａｂｃ", "见附件<清单>&说明",
)  # fmt: skip


def title(source: random.Random) -> str:
    """A short line, as a finding is called."""
    words = source.choices(VOCABULARY, _WEIGHTS, k=source.randint(3, 6))
    return "".join(words) + source.choice(("不到位", "不及时", "不规范", "不全", "有漏洞", "流于形式"))


def text(source: random.Random, *, words: int) -> str:
    """Sentences of so many words, with commas between some."""
    chosen = source.choices(VOCABULARY, _WEIGHTS, k=words)
    if source.random() < _HARDLY:
        chosen[0] = source.choice(RARE)
    marks = source.choices(("", "", "", "，", "、", "。"), k=words - 1)
    return "".join(word + mark for word, mark in zip(chosen, (*marks, "。"), strict=True))


def odd(source: random.Random) -> str:
    """A text that a writer of files must take care with."""
    return text(source, words=4) + source.choice(_ODD)


def uid(source: random.Random) -> str:
    """A ULID that only looks like one.

    Shape: 26 characters.
    """
    return "01" + "".join(source.choices(ALPHABET, k=24))


def sentence(source: random.Random, *, words: int) -> str:
    """A line of Chinese of about twice as many characters as `words`."""
    return "，".join("".join(source.choices(WORDS, k=4)) for _ in range(max(1, words // 4))) + "。"


def record(source: random.Random, number: int) -> str:
    """One issue with its measures and history, as the file holds it.

    Shape: TOML, 3 to 6 kB of UTF-8, LF.
    """
    issue = uid(source)
    measures = [uid(source) for _ in range(source.randint(2, 4))]
    lines = [
        "format = 1",
        f'uid = "{issue}"',
        f"number = {number}",
        f'title = "{sentence(source, words=8)}"',
        f'category = "{source.choice(CATEGORIES)}"',
        f'unit = "{source.choice(UNITS)}"',
        f'leader = "{source.choice(PERSONS)}"',
        f'criterion = "{sentence(source, words=8)}"',
        'term = "phased"',
        f"due = {dt.date(2025, 6, 30) + dt.timedelta(days=source.randrange(200))}",
        'due_text = "2025年底前"',
        'status = "active"',
    ]
    history = _history(source, measures)
    lines.append(f'head = "sha256:{hashlib.sha256(history[-1].encode()).hexdigest()}"')
    for position, measure in enumerate(measures, start=1):
        first, second = sentence(source, words=12), sentence(source, words=12)
        lines += ["", "[[measures]]", f'uid = "{measure}"', f"number = {position}"]
        lines += ['text = """\\', f"{first}\\", f'{second}"""', 'status = "active"']
    lines += ["", "[history]", "entries = [", *(f"  '{line}'," for line in history), "]", ""]
    return "\n".join(lines)


def _history(source: random.Random, measures: list[str]) -> list[str]:
    lines: list[str] = []
    previous: list[str] = []
    for step in range(source.randint(6, 11)):
        entry = {
            "id": uid(source),
            "batch": uid(source),
            "on": f"2025-03-{step + 1:02d}",
            "at": f"2025-03-{step + 1:02d}T09:02:11+08:00",
            "by": source.choice(PERSONS),
            "do": "note",
            "target": source.choice(measures),
            "prev": previous,
            "data": {"text": sentence(source, words=8)},
        }
        lines.append(json.dumps(entry, ensure_ascii=False, sort_keys=True, separators=(",", ":")))
        previous = [hashlib.sha256(b"ledger-entry/1\0" + lines[-1].encode()).hexdigest()]
    return lines
