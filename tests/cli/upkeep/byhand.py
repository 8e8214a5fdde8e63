"""What somebody writes into a file by hand."""

from __future__ import annotations

from pathlib import Path

from tests.cli.books import (
    path_of,
    rewrite,
)


def write_comment(number: int, text: str = "# 领导批示：抓紧") -> None:
    rewrite(path_of(number), "\nstatus =", f"\n{text}\nstatus =")


NEW = """\
# 主任批示
title = "会议过多且长"
unit = "综合科"
due = 2025-07-01
x_box = 12

[[measures]]
text = "合并会议"
points = [{text = "一"}, {text = "二"}]
colour = "red"

[[measures]]
number = 1
text = "压缩时间"
"""


def write_new(text: str = NEW, name: str = "新问题.toml") -> Path:
    path = Path("ledgers/t/issues") / name
    path.write_text(text, encoding="utf-8", newline="\n")
    return path
