"""A list of two findings as offices write it, and what it says."""

from __future__ import annotations

from tests.intake.booking import book, proposed

HEADER = ["序号", "反馈问题", "整改措施", "责任单位", "责任人", "完成时限", "完成情况"]
ONE = [1, "甲不实", "子", "办公室", "顾某", "6月底", "已完成"]
TWO = [2, "乙不严", "丑", "财务科", "沈某", "7月底", "未启动"]
FIELDS = {"unit": "办公室", "owner": "顾某", "due_text": "6月底", "status_text": "已完成"}
MORE = {"unit": "财务科", "owner": "沈某", "due_text": "7月底", "status_text": "未启动"}
BOTH = [("甲不实", None, FIELDS, [("子", {})]), ("乙不严", None, MORE, [("丑", {})])]


def sheet(*rows, merges=(), name="台账"):
    return proposed(book((name, rows), merges=merges))
