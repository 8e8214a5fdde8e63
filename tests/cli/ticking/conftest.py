"""A measure that comes round each quarter, and one with a roster."""

from __future__ import annotations

import pytest

from tests.cli.books import typed
from tests.cli.ticking.rows import FIRST


@pytest.fixture
def quarters(run):
    """A measure that comes round each quarter of 2025, and one that has to reach three towns by September."""
    typed(
        run,
        """init 2025 --preset simple
        add 印章管理不规范 -m 每季度检查印章 -m 覆盖全部乡镇
        assign 1.1 --every 'quarter to 2025-Q4'
        assign 1.2 --due 2025-09-30
        roster 1.2 --add 柳河镇、桐岭镇，白沙镇""",
        now=FIRST,
    )
    return run
