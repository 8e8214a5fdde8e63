"""What an office has decided about its ledger, as typed values."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ledger.domain.closeout import Chain, Step

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Source:
    """Where the findings come from: the inspection, its round and team, and its dates."""

    level: str = ""
    round: str = ""
    team: str = ""
    on_site_from: dt.date | None = None
    on_site_to: dt.date | None = None
    feedback_on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Light:
    """One colour and the days late from which it shows; negative days are days still left."""

    code: str
    from_days: int
    place: str = ""


#: Green while there is time, yellow in the last week, red once late.
#: Source: the thresholds differ from place to place, so they are data; DECISIONS.md D-20.
LIGHTS = (Light("red", 1), Light("yellow", -7), Light("green", -36500))


@dataclass(frozen=True, slots=True)
class Settings:
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
    default_year: int | None = None
    immediate_days: int | None = None
    workdays: Mapping[dt.date, bool] = field(default_factory=dict)
    list_titles: Mapping[str, str] = field(default_factory=dict)
