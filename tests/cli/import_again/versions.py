"""A document and its later versions."""

from __future__ import annotations

from pathlib import Path

FIRST = """\
青石镇巡察反馈问题整改清单

一、作风建设方面
1.反馈问题：接待群众态度生硬
整改措施：
（1）开展窗口服务培训。
（2）公布投诉电话，每周汇总。
责任单位：便民中心
责任领导：何某
完成时限：2025年6月底前
进展情况：正在制定方案

2.反馈问题：台账登记不全
整改措施：
（1）补登2023年以来的台账。
责任单位：党政办
完成时限：2025年5月底前
进展情况：正在整理旧台账

3.反馈问题：公车使用登记缺失
整改措施：
（1）修订公车管理办法。
责任单位：党政办
"""


def write(text: str, name: str = "list.txt") -> None:
    Path(name).write_text(text, encoding="utf-8", newline="\n")


def version(*pairs: tuple[str, str]) -> None:
    """A later version: the first with some words changed."""
    text = FIRST
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new, 1)
    write(text)


def again(run, *more: str, **options):
    """Take the document in again; gives what was said, data and talk."""
    result = run("import", "list.txt", "--yes", *more, **options)
    assert result.code == 0, result
    return result


NOTHING = "nothing new: the ledger has all of it\n"
