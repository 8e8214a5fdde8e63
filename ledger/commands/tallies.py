"""Counts as JSON has them, and shares as people read them."""

from __future__ import annotations

from typing import Any

from ledger.commands import looking
from ledger.domain import rates
from ledger.domain.rates import Count, Tally


def as_json(tally: Tally) -> dict[str, Any]:
    """Counts as codes, with the rates."""
    return {
        "issues": count_json(tally.issues),
        "measures": count_json(tally.measures),
        "overdue": tally.overdue,
        "rates": [
            {
                "name": rate.name,
                "definition": rate.definition,
                "numerator": rate.numerator,
                "denominator": rate.denominator,
                "percent": rate.percent,
            }
            for rate in rates.rates(tally)
        ],
    }


def count_json(count: Count) -> dict[str, Any]:
    """One count: the total, each status, what is late."""
    by_status = {str(status): number for status, number in count.by_status.items()}
    return {"total": count.total, "by_status": by_status, "overdue": count.overdue}


def share(numerator: int, denominator: int) -> str:
    """A share with the two counts it is made of."""
    percent = rates.percent(numerator, denominator)
    return looking.NOTHING if percent is None else f"{percent}% ({numerator}/{denominator})"
