"""What figures of the fictional office's ledger are made from, where the program would ask the index."""

from __future__ import annotations

from ledger.domain import rates
from ledger.domain.cadence import Span
from ledger.domain.ranking import USUAL
from ledger.reports.material import Units

#: Units the office knows of; nothing stands under the last.
UNITS = ("党政办", "财政所", "信访办")


def of(kind, issues, as_of):
    """What a report of figures is given besides issues."""
    period = Span(f"{as_of:%Y-%m}", as_of.replace(day=1), as_of)
    if kind == "ranking":
        groups, whole = rates.by(issues, "unit", as_of), rates.tally(issues, as_of)
        return {"period": period, "units": Units(groups, whole, UNITS, USUAL)}
    return {}
