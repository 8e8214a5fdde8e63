"""The table of guards names what there is, and excuses only guards that stand in the source."""

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


@pytest.mark.parametrize("module", TABLE["equal"])
def test_no_excuse_outlives_its_guard(module: str) -> None:
    """What is said to change nothing is a flip of a guard of today: when that goes, its line goes with it."""
    source = (ROOT / "ledger" / module).read_text(encoding="utf-8")
    flips = [*flips_of(source), *flips_of(source, calls=True)]
    there = {(flip.where, flip.guard, flip.flip) for flip in flips}
    excused = {(each["in"], each["guard"], each["flip"]) for each in TABLE["equal"][module]}
    assert excused - there == set()


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
