"""A ledger whose registers are tried."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.chinese import chinese

__all__ = ["chinese"]

#: A register of the office's own, and one that counts what an office calls so.
OWN = """
[registers.training]
label = "培训台账"

[[registers.training.fields]]
name = "topic"
label = "培训主题"
required = true

[[registers.training.fields]]
name = "hours"
label = "学时"
type = "number"

[[registers.training.fields]]
name = "cost"
label = "经费"
type = "money"
unit = "万元"

[[registers.training.fields]]
name = "open"
label = "公开课"
type = "flag"

[[registers.training.fields]]
name = "teachers"
label = "主讲"
type = "list"

[[registers.training.figures]]
name = "cost"
label = "经费合计"
of = "sum"
fields = "cost"
"""


@pytest.fixture
def office(run):
    """A ledger with two issues, and with a register of its own."""
    run.ok("init", "2025", "--lang", "zh")
    run.ok("add", "公文办理不规范", "-m", "修订办法", "-m", "抽查公文")
    run.ok("add", "档案管理不规范")
    settings = Path("ledgers/2025/ledger.toml")
    settings.write_text(settings.read_text(encoding="utf-8") + OWN, encoding="utf-8")
    return run


@pytest.fixture
def asked(office):
    """Ask something of the ledger, and get its JSON."""

    def ask(*words: str, **options) -> dict:
        return json.loads(office.ok(*words, "--json", **options))

    return ask


@pytest.fixture
def rows(asked):
    """The values of the records of a register, in their order."""

    def listed(kind: str, *words: str) -> list[dict]:
        return [row["values"] for row in asked("register", kind, "list", *words)["rows"]]

    return listed


def contents() -> dict[str, bytes]:
    """Every file of the ledger but its index."""
    folder = Path("ledgers/2025")
    return {
        str(path): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and ".index" not in path.parts
    }
