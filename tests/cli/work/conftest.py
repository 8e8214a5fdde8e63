"""Two ledgers to work in: one without a plan, one whose plan is approved."""

from __future__ import annotations

import pytest

from tests.cli.books import ready


@pytest.fixture
def simple(run):
    """A ledger without a plan: issue 1 with two measures, issue 2 with none."""
    ready(run, "init t\nadd 文风不实 -m 甲 -m 乙 --due 2025-06-30\nadd 会议过多")


@pytest.fixture
def planned(run):
    """A ledger whose plan is approved: one issue with two measures."""
    ready(
        run,
        """
        init t --preset five-level
        add 文风不实 -m 甲 -m 乙 --due 2025-06-30 --leader 张某
        claim 1
        plan approve --meeting 党组会
        """,
    )
