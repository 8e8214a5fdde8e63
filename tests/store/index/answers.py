"""What the index says."""

from __future__ import annotations

from ledger.store import index
from tests.store.shelf import dump


def said(book) -> dict[str, list[tuple]]:
    with index.connect(book) as connection:
        return dump(connection)
