"""Which light shows on what, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger.domain.lights import Lamps
from ledger.domain.schema import ISSUE
from ledger.domain.spells import spells
from ledger.usecases.sight import taken_back

if TYPE_CHECKING:
    from ledger.domain.settings import Settings
    from ledger.usecases.looking import Seen


def lamps(seen: Seen, settings: Settings) -> Lamps:
    """The lights of one issue and its measures, as they are or as they were.

    Shape: ask for `shining(key, day, now=True)`.
    """
    entries = (*seen.state.entries, *taken_back(seen.record, seen.state, seen.undone))
    return Lamps(spells(ISSUE, entries), settings.lights)
