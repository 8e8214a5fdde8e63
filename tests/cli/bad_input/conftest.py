"""The ledger nothing bad gets into."""

from __future__ import annotations

import pytest

from tests.cli.books import ready


@pytest.fixture
def ledger(run):
    """Seven issues; the seventh has two measures and a little history."""
    others = "\n".join(f"add 问题{number}" for number in range(1, 7))
    ready(
        run,
        f"init t\n{others}\nadd 文风不实 -m 甲 -m 乙 --due 2025-06-30\nnote 7.1 -t 抽查3月公文\ndone 7.1 --result 成",
    )
