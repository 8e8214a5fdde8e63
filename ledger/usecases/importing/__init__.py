"""Taking a received document onto the books: held against them, shown, then entered in one change."""

from __future__ import annotations

from ledger.usecases.importing.comparing import Choices, Comparison, New, Revised, compare
from ledger.usecases.importing.entering import Taken, take_in
from ledger.usecases.importing.revising import Change
from ledger.usecases.importing.statuses import Otherwise

__all__ = ["Change", "Choices", "Comparison", "New", "Otherwise", "Revised", "Taken", "compare", "take_in"]
