"""The table of guards names what there is, and each kind of guard is flipped."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from tools.flips import flips_of

ROOT = Path(__file__).parents[2]
TABLE = tomllib.loads((ROOT / "tools" / "guards.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("module", TABLE["tests"])
def test_every_module_has_tests_that_are_there(module: str) -> None:
    """A module or a test that moved away is moved in the table too."""
    named = [ROOT / "ledger" / module, *(ROOT / "tests" / name for name in TABLE["tests"][module])]
    assert [path.name for path in named if not path.is_file()] == []


def test_every_kind_of_guard_is_flipped() -> None:
    """One of each: what a flip looks like, and that nothing else is touched."""
    source = """
def f(a, b):
    if a and not b:
        return True
    return [x for x in a if x < 3] or any(b)
"""
    assert [(flip.guard, flip.flip) for flip in flips_of(source)] == [
        ("a and not b", "True"),
        ("a and not b", "False"),
        ("a and not b", "(not b)"),
        ("a and not b", "(a)"),
        ("not b", "(b)"),
        ("return True", "return False"),
        ("[x for x in a if x < 3] or any(b)", "(any(b))"),
        ("[x for x in a if x < 3] or any(b)", "([x for x in a if x < 3])"),
        ("x < 3", "True"),
        ("x < 3", "False"),
        ("x < 3", "(x <= 3)"),
        ("any", "all"),
    ]
