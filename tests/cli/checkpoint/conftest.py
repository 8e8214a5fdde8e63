"""A ledger with work on it, and its checkpoint kept outside."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture
def book(run) -> Path:
    """Two issues with work on them, an approved plan, a note of the office."""
    run.ok("init", "2025", "--no-input", "--title", "柳林镇整改台账", "--preset", "five-level")
    run.ok("add", "公章外借没有登记", "--unit", "党政办", "--leader", "林某", "-m", "建立登记簿")
    run.ok("add", "会议记录缺页", "--leader", "林某", "-m", "补齐")
    run.ok("claim", "1-2")
    run.ok("plan", "approve", "--meeting", "党组会")
    run.ok("note", "1.1", "-t", "清点公章3枚")
    run.ok("note", "-t", "召开动员会")
    return Path("ledgers/2025")


@pytest.fixture
def kept(run, book) -> Path:
    """The checkpoint of the book, kept outside."""
    run.ok("checkpoint", "-o", "kept.txt")
    run.ok("checkpoint", "--short", "-o", "short.txt")
    return Path("kept.txt")
