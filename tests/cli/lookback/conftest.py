"""A ledger of which most is closed, to look back at."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.cli.conftest import chinese, ledger, terminal, told

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

__all__ = ["chinese", "closed", "data", "ledger", "later", "terminal", "told"]

#: What is found, at which unit, under which heading, and with which mark.
ISSUES = (
    ("会议记录不全", "办公室", "作风", ""),
    ("值班脱岗", "办公室", "作风", "rebound_prone"),
    ("公车私用", "财务股", "纪律", ""),
    ("报销不合规", "财务股", "纪律", ""),
    ("公示不及时", "业务股", "作风", "variant"),
    ("台账缺失", "业务股", "作风", "key"),
    ("群众反映无回音", "业务股", "服务", ""),
    ("窗口态度差", "业务股", "服务", ""),
    ("还没有做", "业务股", "服务", ""),
)
#: The day all but the last are closed on, and the day they are looked back at.
CLOSED, LOOKED = "2025-05-20T09:00:00+08:00", "2025-07-01T09:00:00+08:00"


@pytest.fixture
def later(run) -> Callable[..., Any]:
    """The front door on the day of the look-back."""
    return lambda *words, now=LOOKED, **options: run(*words, now=now, **options)


@pytest.fixture
def closed(run, tmp_path, monkeypatch) -> Path:
    """Nine issues with a measure each, eight of them closed."""
    monkeypatch.chdir(tmp_path)
    run.ok("init", "2025", "--preset", "simple", "--lang", "en")
    for title, unit, category, flag in ISSUES:
        marked = ("--flag", flag) if flag else ()
        run.ok("add", title, "--unit", unit, "--category", category, "-m", f"整改{title}", *marked)
    run.ok("close", "1-8", "--all", "--result", "已整改到位", now=CLOSED)
    return tmp_path


@pytest.fixture
def data(later) -> Callable[..., Any]:
    """What a command that must succeed answers to a program."""

    def ask(*words: str, **options: Any) -> Any:
        result = later(*words, "--json", **options)
        assert result.code == 0, result
        return json.loads(result.out)

    return ask


@pytest.fixture
def drawn(closed, data):
    """Everything that is closed, drawn item by item."""
    data("lookback", "plan", "--seed", "x")
    data("lookback", "sample", "R2025-1", "--all")
    return closed
