"""Two ledgers to close in: one sign-off an issue, or five a measure."""

from __future__ import annotations

import pytest

from tests.cli.books import ready


@pytest.fixture
def simple(run):
    """One sign-off an issue: issue 1 with two measures, issue 2 with none."""
    ready(run, "init t\nadd 文风不实 -m 甲 -m 乙\nadd 会议过多")


@pytest.fixture
def levels(run):
    """Five sign-offs a measure; issue 1 has three measures, all reported done, issue 2 one that is not."""
    ready(
        run,
        """
        init t --preset five-level
        add 文风不实 -m 甲 -m 乙 -m 丙 --leader 张某
        add 会议过多 -m 丁 --leader 张某
        claim 1-2
        plan approve --meeting 党组会
        done 1.1-1.3 --result 成
        """,
    )
