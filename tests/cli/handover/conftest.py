"""Two ledgers in which the same people work."""

from __future__ import annotations

from pathlib import Path

import pytest

PEOPLE = """\
[[units]]
name = "Office"
aliases = ["General Office"]
[[units]]
name = "Toll Station"
to = 2025-06-30
successor = "Road Centre"
[[units]]
name = "Road Centre"
[[persons]]
name = "Gu"
aliases = ["Old Gu"]
[[persons]]
name = "Lin"
[[persons]]
name = "Yan"
[[offices]]
unit = "Office"
person = "Yan"
to = 2025-05-31
"""


@pytest.fixture
def two(run):
    """Two ledgers in which the same people work; the first knows them by name."""
    march = {"now": "2025-03-01T09:00:00+08:00"}
    run.ok("init", "a", "--lang", "en", **march)
    run.ok("init", "b", "--lang", "en", **march)
    Path("ledgers/a/people.toml").write_text(PEOPLE, encoding="utf-8")
    run.ok(
        "-L", "a", "add", "Late", "-m", "Rewrite", "-m", "Train", "--leader", "Gu", "--owner", "Yan", **march
    )
    run.ok(
        "-L", "a", "add", "Lost", "--leader", "Lin", "--owner", "Old Gu", "--unit", "Toll Station", **march
    )
    run.ok("-L", "b", "add", "Dust", "--leader", "Lin", "--owner", "Gu", "--co-unit", "Toll Station", **march)
    return run
