"""Which light shows on what, today and on days before."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from ledger.domain.course import OWN
from ledger.domain.lights import UNLIT, Lamps, month_ends
from ledger.domain.schema import ISSUE
from ledger.domain.spells import spells
from ledger.usecases.sight import ask

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Collection, Mapping, Sequence

    from ledger.domain.settings import Light, Settings
    from ledger.store.indexfile import Index
    from ledger.usecases.looking import Seen
    from ledger.usecases.sight import Sight


def lamps(seen: Seen, settings: Settings) -> Lamps:
    """The lights of one issue and its measures, as they are or as they were.

    Shape: ask for `shining(key, day, now=True)`.
    """
    return Lamps(spells(ISSUE, seen.state.entries), settings.lights)


def lights_at(
    sight: Sight,
    days: Sequence[dt.date],
    *,
    only: Sequence[str] | None = None,
    tell: Callable[[str], object] | None = None,
) -> Mapping[str, tuple[str | None, ...]]:
    """The light of each issue and measure, by uid, at the end of each of these days; None where none showed.

    Shape: `only` are the uids of the issues that matter, all where it is left out. As the ledger is known
        now: what was written down late is where it belongs; under today's rules.
    """
    lights = sight.book.settings.lights

    def question(asked: Index) -> dict[str, tuple[str | None, ...]]:
        from ledger.store import spellbook

        shown = {}
        for uid, found in spellbook.each(asked, only):
            lit = Lamps(found, lights)
            shown.update({uid if key == OWN else key: lit.codes(key, days) for key in found})
        return shown

    return ask(sight, question, tell=tell)


def times_shown(
    asked: Index, day: dt.date, lights: Sequence[Light], codes: Collection[str]
) -> dict[str, dict[str, int]]:
    """At how many ends of months up to a day each of these lights has shown, by uid of what showed one.

    Shape: of what is open on the last day known, issues and measures; `codes` are codes of lights.
    """
    from ledger.store import spellbook

    found: dict[str, dict[str, int]] = {}
    for uid, courses in spellbook.each(asked):
        lamps = Lamps(courses, lights)
        for key, course in courses.items():
            if course[-1].status in UNLIT:
                continue
            shown = Counter(lamps.codes(key, list(month_ends(course[0].on, day))))
            counted = {code: shown[code] for code in codes if shown[code]}
            if counted:
                found[uid if key == OWN else key] = counted
    return found
