"""Ledgers before the work begins."""

from __future__ import annotations

import pytest

from tests.cli.books import (
    ready,
)


@pytest.fixture
def simple(run):
    """A ledger without a plan."""
    run.ok("init", "t")


@pytest.fixture
def planned(run):
    """A ledger with a plan to approve; two issues with two measures each."""
    ready(
        run,
        """
        init t --preset five-level
        add 文风不实 -m 甲 -m 乙 --unit 办公室 --leader 张某 --due 2025-06-30
        add 会议过多 -m 甲 -m 乙 --unit 办公室 --leader 张某 --due 2025-06-30
        """,
    )
