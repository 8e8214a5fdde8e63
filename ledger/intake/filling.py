"""Cells left empty because they were merged once: which mean the same as above, and which are only said.

Within an issue the rows themselves tell (see `rows`); here it is about columns filled once for many issues.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ledger.intake.rows import Listing
    from ledger.intake.table import Table

#: Columns that are often merged, so that an empty cell may mean the one above.
_MERGED = ("unit", "leader", "owner", "due_text")
#: Columns that a unit or a leader fills once for all rows below.
_FILLED_ONCE = ("unit", "leader")


def fill(found: Table, listing: Listing) -> None:
    """Settle the empty cells of a table in which no merge is known."""
    _fill_down(found, listing)
    _note_unfilled(found, listing)


def _fill_down(found: Table, listing: Listing) -> None:
    """Take empty cells for the same as above where a column is plainly filled once for all rows below.

    Shape: no cell repeats the one above, and at least as many are empty as are filled.
    """
    for name in _FILLED_ONCE:
        if name not in found.columns or not listing.issues or name not in listing.issues[0].fields:
            continue
        said = [issue.fields.get(name) for issue in listing.issues]
        printed = [text for text in said if text]
        own = any(getattr(each, name) for issue in listing.issues for each in issue.measures)
        repeats = any(text and text == before for before, text in zip(said, said[1:], strict=False))
        if own or repeats or not 2 <= len(said) - len(printed) >= len(printed):
            continue
        above = ""
        for issue in listing.issues:
            above = issue.fields.get(name, above)
            if name not in issue.fields:
                listing.filled.setdefault(found.headers[found.columns.index(name)], issue.line)
                issue.fields[name] = above


def _note_unfilled(found: Table, listing: Listing) -> None:
    for name in _MERGED:
        if name not in found.columns or not any(name in issue.fields for issue in listing.issues):
            continue
        empty = [issue for issue in listing.issues if name not in issue.fields and issue.rows == 1]
        if empty:
            listing.unfilled[found.headers[found.columns.index(name)]] = empty[0].line
