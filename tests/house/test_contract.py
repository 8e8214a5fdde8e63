"""docs/contract.md is true about what is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tools import catalogue

ROOT = Path(__file__).parents[2]
CONTRACT = (ROOT / "docs/contract.md").read_text(encoding="utf-8")

#: What the contract promises for later. A command leaves this set when it is built; a test says when one is forgotten.
LATER = {
    "pack", "rollup",
}  # fmt: skip


def promised() -> set[str]:
    """First words of every command in the table of §3."""
    start = CONTRACT.index("| group | commands |")
    table = CONTRACT[start : CONTRACT.index("Every command has a Chinese name")]
    cells = [
        line.split("|", 2)[2].replace("｜", "/") for line in table.splitlines()[2:] if line.startswith("|")
    ]
    found: set[str] = set()
    for cell in cells:
        bare = re.sub(r"\([^()]*(?:\([^()]*\)[^()]*)*\)", "", cell)
        found.update(match[1] for match in re.finditer(r"`([a-z]+)(?: [^`]*)?`", bare))
    return found - {"ledger"}


def test_every_promised_command_is_there():
    """Every command of the contract's tables exists, but for those known to come later."""
    names = {name.split()[0] for name in catalogue.commands()}
    assert sorted(promised() - LATER - names) == []


def test_no_command_is_later_than_it_is():
    """A command that exists is not in the list of what comes later, and the list names only promised ones."""
    names = {name.split()[0] for name in catalogue.commands()}
    assert sorted(LATER & names) == []
    assert sorted(LATER - promised()) == []


def test_no_command_is_there_unpromised():
    """Every command of the program stands in the contract."""
    names = {name.split()[0] for name in catalogue.commands()}
    assert sorted(names - promised()) == []


@pytest.mark.parametrize(
    "name", ["add", "measure", "assign", "close", "undo", "import", "check", "sql", "plan"]
)
def test_the_table_is_read_whole(name):
    """The reader of the table sees commands from every row (so that the tests above can fail)."""
    assert name in promised()


def test_every_command_has_a_chinese_name_of_its_own():
    """Beside its English name a command has one Chinese name, and no two have the same."""
    groups: dict[str, list[str]] = {}
    for name, others in catalogue.commands().items():
        groups.setdefault(name.rpartition(" ")[0], []).extend(others)
    for names in groups.values():
        assert [name for name in names if not re.fullmatch(r"[\u4e00-\u9fff]+", name)] == []
        assert len(set(names)) == len(names)
