"""Fixtures of the commands' tests."""

from __future__ import annotations

from tests.chinese import chinese
from tests.seen import ledger, terminal, told

__all__ = ["chinese", "ledger", "terminal", "told"]
