"""What stays on the books when an outcome is recorded again."""

from __future__ import annotations

from tests.cli.books import record


def test_a_variant_that_is_none_after_all_is_said(closed, data):
    """The issue that was made of it stays linked, and the person is told; the same outcome again says nothing."""
    data("lookback", "plan", "--seed", "x")
    data("lookback", "sample", "R2025-1", "--all")
    variant = ("lookback", "record", "R2025-1", "4", "--outcome", "variant")
    assert data(*variant, "--title", "报销手续不合规定")["warnings"] == []
    told = data("lookback", "record", "R2025-1", "4", "--outcome", "held")
    assert [each["message"] for each in told["warnings"]] == [
        "the issue linked to 4 before stays its variant; take that back with ledger undo"
    ]
    assert record(10).issue.variant_of
