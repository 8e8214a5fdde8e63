"""Taking a received document onto the books: held against them, shown, then entered in one change."""

from __future__ import annotations

from ledger.usecases.importing.comparing import Choices, Comparison, New, Revised, compare
from ledger.usecases.importing.entering import Taken, take_in
from ledger.usecases.importing.revising import Change

__all__ = ["Change", "Choices", "Comparison", "New", "Revised", "Taken", "compare", "take_in"]
