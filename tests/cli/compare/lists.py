"""Another body's list, and what comparing it says."""

from __future__ import annotations

import json

HEADER = "序号,反馈问题,整改措施,责任单位,责任领导,完成时限,完成情况"


#: As the supervising body has it: one finding reworded and given to another unit, one we do not have.
THEIRS = f"""{HEADER}
1,关于“公章外借没有登记”的问题,建立登记簿,党政办,林某,2025年第二季度,正在整改
2,会议记录缺页较多,补齐记录,综合办,林某,2025年9月底前,已完成整改
3,食堂采购不公开,公开价格,后勤办,王某,长期坚持,未完成
"""


def compared(run, *more: str, file: str = "theirs.csv") -> dict:
    return json.loads(run.ok("compare", file, "--json", *more))


def differences(document: dict) -> dict[tuple[str, str], tuple[str | None, str]]:
    return {
        (pair["ours"]["id"], each["field"]): (each["ours"], each["theirs"])
        for pair in document["different"]
        for each in pair["differences"]
    }
