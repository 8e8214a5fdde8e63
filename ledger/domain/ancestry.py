"""Which entries of a history came before which, when it was written in two places at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ledger.domain.entry import Entry


class Ancestry:
    """Who knew of what: the entries before each entry, along its links."""

    def __init__(self, pasts: Mapping[str, int], places: Mapping[str, int]) -> None:
        """Take a set of places for each hash, as the bits of a number, and the place of each."""
        self._pasts = pasts
        self._places = places

    def knew(self, later: Entry, earlier: Entry) -> bool:
        """Whether whoever wrote `later` had `earlier` before them.

        Shape: entries that were not there when this was made come after all others.
        """
        past = self._pasts.get(later.hash)
        return past is None or bool(past >> self._places[earlier.hash] & 1)


#: Of a history in which every entry follows the one before it.
STRAIGHT = Ancestry({}, {})


def ancestry_of(entries: Sequence[Entry]) -> Ancestry:
    """Who knew of what in a history.

    Shape: `entries` have parents before children; missing parents are left out.
    """
    pasts: dict[str, int] = {}
    places: dict[str, int] = {}
    for place, entry in enumerate(entries):
        past = 0
        for parent in entry.prev:
            if parent in places:
                past |= pasts[parent] | 1 << places[parent]
        pasts[entry.hash] = past
        places[entry.hash] = place
    return Ancestry(pasts, places)
