"""The ledger a list is held against."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.compare.lists import THEIRS


@pytest.fixture
def book(run) -> Path:
    """Three issues; work on the first has begun."""
    run.ok("init", "2025", "--no-input", "--title", "柳林镇整改台账", "--lang", "zh")
    run.ok(
        "add",
        "公章外借没有登记",
        "--unit",
        "党政办",
        "--leader",
        "林某",
        "--due",
        "2025年6月底前",
        "-m",
        "建立登记簿",
    )
    run.ok(
        "add", "会议记录缺页", "--unit", "党建办", "--leader", "林某", "--due", "2025-09-30", "-m", "补齐记录"
    )
    run.ok("add", "车辆油耗超标", "--unit", "财务所", "-m", "逐车核算")
    run.ok("note", "1.1", "-t", "登记簿已印好")
    Path("theirs.csv").write_text(THEIRS, encoding="utf-8")
    return Path("ledgers/2025")
