"""The ledger that is kept up."""

from __future__ import annotations

import pytest

from tests.cli.books import (
    ready,
)


@pytest.fixture
def ledger(run):
    """Two issues; the first has two measures."""
    ready(run, "init t\nadd 文风不实 -m 甲 -m 乙 --unit 办公室 --due 2025-06-30\nadd 会议过多")
