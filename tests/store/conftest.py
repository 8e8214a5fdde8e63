"""A record as the store's tests know it: two measures, points, evidence, three lines of history."""

from __future__ import annotations

import copy
import datetime as dt
from typing import Any

import pytest

from ledger.store.recordfile import Form

FORM = Form(
    fields=(
        "format",
        "uid",
        "number",
        "title",
        "unit",
        "criterion",
        "due",
        "flags",
        "remark",
        "status",
        "head",
    ),
    tables=("evidence",),
    part="measures",
    part_fields=("uid", "number", "text", "due", "status"),
    part_tables=("points", "evidence"),
    rows={"points": ("number", "text", "done_on"), "evidence": ("sha256", "name", "size")},
)

DOCUMENT: dict[str, Any] = {
    "format": 1,
    "uid": "01JX8K2M7Q4Z0T5B1C3F9K2MXA",
    "number": 7,
    "title": "仓库钥匙无人登记",
    "unit": "后勤科",
    "criterion": "钥匙出入登记率100%。抽查无漏项。",
    "due": dt.date(2025, 8, 17),
    "flags": ["rebound_prone", "two words"],
    "status": "active",
    "head": "sha256:41ab",
    "evidence": [{"sha256": "ab12", "name": "登记簿.pdf", "size": 512}],
    "measures": [
        {
            "uid": "m1",
            "number": 1,
            "text": "设立登记簿。每周核对一次；",
            "status": "active",
            "points": [
                {"number": 1, "text": "买登记簿", "done_on": dt.date(2025, 3, 2)},
                {"number": 2, "text": "定保管人"},
            ],
            "evidence": [{"sha256": "cd34", "name": "照片.jpg"}],
        },
        {
            "uid": "m2",
            "number": 2,
            "text": "换锁\n  东门先换",
            "due": dt.date(2025, 6, 30),
            "status": "pending",
        },
    ],
}

LINES = (
    '{"by":"林某","do":"add","id":"1","note":"it\\u0027s"}',
    '{"by":"林某","do":"note","id":"2"}',
    '{"by":"周某","do":"edit","id":"3","why":"# no comment"}',
)


@pytest.fixture
def document() -> dict[str, Any]:
    """A copy of the sample, to be changed freely."""
    return copy.deepcopy(DOCUMENT)
