"""What an office has decided about its ledger, as typed values.

Named tuples, because every run passes here: a dataclass takes ten times as long to set up.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from ledger.domain.closeout import Chain, Step
from ledger.domain.clue import ClueRules

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping


class Source(NamedTuple):
    """Where the findings come from: the inspection, its round and team, and its dates."""

    level: str = ""
    round: str = ""
    team: str = ""
    on_site_from: dt.date | None = None
    on_site_to: dt.date | None = None
    feedback_on: dt.date | None = None


class Light(NamedTuple):
    """One colour and the days late from which it shows; negative days are days still left."""

    code: str
    from_days: int
    place: str = ""


#: Green while there is time, yellow in the last week, red once late.
#: Source: the thresholds differ from place to place, so they are data; DECISIONS.md D-20.
LIGHTS = (Light("red", 1), Light("yellow", -7), Light("green", -36500))


class Settings(NamedTuple):
    """A ledger's own rules.

    Shape: `lights` from the most late to the least; `workdays` holds the days on which the
        office differs from the public calendar.
    Units: `immediate_days` whole days from feedback for 立行立改; None means no date is made.
    """

    title: str = ""
    org: str = ""
    language: str = ""
    source: Source = Source()
    window_from: dt.date | None = None
    window_to: dt.date | None = None
    plan_required: bool = False
    chain: Chain = Chain("issue", (Step("close"),))
    lights: tuple[Light, ...] = LIGHTS
    plan_submitted_on: dt.date | None = None
    default_year: int | None = None
    immediate_days: int | None = None
    workdays: Mapping[dt.date, bool] = MappingProxyType({})
    list_titles: Mapping[str, str] = MappingProxyType({})
    clues: ClueRules = ClueRules()
