"""Every question to an index, in one place for who asks several; `lists` alone starts faster."""

from __future__ import annotations

from ledger.store.chronology import Batch, Event, batches, history
from ledger.store.counting import counts, counts_by
from ledger.store.listed import Day, MeasureRow, Row
from ledger.store.lists import (
    ALL,
    Shown,
    Waiting,
    due_between,
    measure_rows,
    numbers,
    overdue,
    rows,
    total,
    waiting,
)
from ledger.store.searching import Hit, matching, search

__all__ = [
    "ALL", "Batch", "Day", "Event", "Hit", "MeasureRow", "Row", "Shown", "Waiting", "batches",
    "counts", "counts_by", "due_between", "history", "matching", "measure_rows", "numbers", "overdue",
    "rows", "search", "total", "waiting",
]  # fmt: skip
