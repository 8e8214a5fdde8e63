"""The settings a new ledger starts with: simple, a plan with five levels, a plan with one."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_HEAD = """\
# {about}
format = 1
title = {title}
org = {org}
language = "{language}"

# 巡视巡察或审计的来源; 反馈日期是推算“反馈后3个月内”等时限的起点
[source]
# level = "县委"
# round = "第三轮"
# team = "第二巡察组"
# on_site_from = 2025-01-06
# on_site_to = 2025-02-28
# feedback_on = 2025-03-17

# 集中整改期
[window]
# from = 2025-03-17
# to = 2025-06-16

[plan]
required = {required}
# year = 2025                      # 时限里没有写年份时用这一年

[deadlines]
# immediate_days = 30              # 立行立改: 反馈后多少天内
"""

_LIGHTS = """
# 亮灯: from_days 是逾期天数, 负数是还剩的天数; 从最严到最宽
[[lights]]
code = "red"
from_days = 1

[[lights]]
code = "yellow"
from_days = -7

[[lights]]
code = "green"
from_days = -36500
"""

_SIMPLE = """
# 销号: 每个问题一次审签
[closeout]
of = "issue"
distinct = "off"

[[closeout.steps]]
code = "close"
label = "销号"
"""

_SINGLE = """
# 销号: 解决一个、销号一个, 每个问题由领导小组审定一次
[closeout]
of = "issue"
distinct = "off"

[[closeout.steps]]
code = "group"
label = "领导小组审定"
requires = ["result"]
"""

_FIVE = """
# 销号: 每条措施五个环节; signers 写明谁能签, 空着就是由记录人签;
# requires 可以写 note result evidence meeting
[closeout]
of = "measure"
distinct = "warn"                  # 同一人签两个环节: off | warn | error

[[closeout.steps]]
code = "unit"
label = "责任单位集体研究"
requires = ["result"]

[[closeout.steps]]
code = "leader"
label = "分管领导审核把关"

[[closeout.steps]]
code = "office"
label = "整改办查验评估"

[[closeout.steps]]
code = "group"
label = "领导小组审核认定"

[[closeout.steps]]
code = "committee"
label = "党委（党组）会审议通过"
"""

#: name -> (what it is for, plan required, close-out part).
#: Source: docs/contract.md §2-§3; the five levels and the single one are those of published notices.
PRESETS: Mapping[str, tuple[str, bool, str]] = {
    "simple": ("小单位: 不要求方案, 每个问题销号一次", False, _SIMPLE),
    "five-level": ("方案须经批准, 每条措施五级审签", True, _FIVE),
    "single-level": ("方案须经批准, 每个问题一级审定", True, _SINGLE),
}

#: The people file of a new ledger.
PEOPLE = """\
# 单位和人员。都不写, 就不核对姓名。
#
# [[units]]
# name = "办公室"
# leader = "张某"
# aliases = ["局办公室"]
#
# [[persons]]
# name = "张某"
"""


def settings_text(preset: str, *, org: str, title: str, language: str) -> str:
    """The text of a new ``ledger.toml``; from then on it is the user's own."""
    about, required, closeout = PRESETS[preset]
    head = _HEAD.format(
        about=about, title=_quoted(title), org=_quoted(org), language=language, required=str(required).lower()
    )
    return head + closeout + _LIGHTS


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
