"""What an office has decided about its ledger, as typed values.

Named tuples, because every run passes here: a dataclass takes ten times as long to set up.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from ledger.domain.closeout import Chain, Step
from ledger.domain.clue import ClueRules
from ledger.domain.defaults import Defaults
from ledger.domain.ladder import Ladder
from ledger.domain.redaction import Redaction
from ledger.domain.workdays import NO_OFFICE_DAYS, OfficeDays

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from ledger.domain.declaration import Declaration
    from ledger.domain.lists import PlanList
    from ledger.domain.milestones import Milestone


class Source(NamedTuple):
    """Where the findings come from: the inspection, its round and team, and its dates."""

    level: str = ""
    round: str = ""
    team: str = ""
    on_site_from: dt.date | None = None
    on_site_to: dt.date | None = None
    feedback_on: dt.date | None = None


class Light(NamedTuple):
    """One colour, what makes it show (any one of its conditions), and what it leads to.

    Shape: `label` is the office's own word; `after` is the code of another light that has shown at `times`
        ends of months; `letter` is the code of a rung of the ladder and `assessment` an amount, both only
        shown; `place` and `places` (by condition) say where in the settings it stands.
    Units: `from_days` days late, negative days left; `time_used` percent of the time from entry to deadline;
        `points_behind` percentage points by which the points ticked lag behind the time used; `returns` times
        sent back from close-out; `months_quiet` months in which nothing was done or told; `missed` periods of
        what repeats that passed without it.
    """

    code: str
    from_days: int | None = None
    place: str = ""
    label: str = ""
    time_used: int | None = None
    points_behind: int | None = None
    returns: int | None = None
    months_quiet: int | None = None
    missed: int | None = None
    after: str = ""
    times: int = 0
    letter: str = ""
    assessment: str = ""
    places: Mapping[str, str] = MappingProxyType({})

    @property
    def only_days(self) -> bool:
        """Whether the days late or left say everything about it."""
        more = (self.time_used, self.points_behind, self.returns, self.months_quiet, self.missed)
        return not self.after and all(each is None for each in more)


#: Green while there is time, yellow in the last week, red once late.
#: Source: the thresholds differ from place to place, so they are data; DECISIONS.md D-20.
LIGHTS = (Light("red", 1), Light("yellow", -7), Light("green", -36500))


class LookBack(NamedTuple):
    """How an office looks back (回头看).

    Shape: `rate` is the tolerable rate of bad close-outs and `confidence` how sure a sample makes, both as
        `sampling.per_cent` writes them; what bears one of `flags` is always looked at.
    Units: `interval_months` from closing, or from the last look-back, to the next; `risk_months` the same for
        what is flagged or came back before; None where an office says nothing: then nothing falls due.
    """

    rate: str = "10%"
    confidence: str = "90%"
    flags: tuple[str, ...] = ("rebound_prone", "variant")
    interval_months: int | None = None
    risk_months: int | None = None


class Notice(NamedTuple):
    """How the office words its public notice (通报), and whom the public may turn to.

    Shape: `style` is ``categories`` or ``flat``, empty for categories where issues have any; `measures` is
        ``ordinal`` (一是…；二是…) or ``numbered`` (（1）…；（2）…); `unfinished` is ``told`` or ``left_out``;
        `report_to` is whom the report upward is addressed to; `opened` and `closed` are the first and last
        day on public view; an empty text or None says nothing.
    """

    title: str = ""
    report_to: str = ""
    style: str = ""
    measures: str = "ordinal"
    unfinished: str = "told"
    signature: str = ""
    date: dt.date | None = None
    phone: str = ""
    hours: str = ""
    address: str = ""
    postcode: str = ""
    email: str = ""
    opened: dt.date | None = None
    closed: dt.date | None = None


class Settings(NamedTuple):
    """A ledger's own rules.

    Shape: `lights` from the strictest on; `workdays` says where the office differs from the public
        calendar; `registers` are those the office declares, read when first asked for; `window_from` and
        `window_to` are the first and last day of the concentrated period; `frozen_reports` are those that
        are frozen where nobody names any, as ``status.md``; `ranked_by` is a key of ranking.BEST_IS_MOST,
        empty for the usual one. `lists` are those the office has of its own making, else none.
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
    deadlines: Defaults = Defaults()
    milestones: tuple[Milestone, ...] = ()
    workdays: OfficeDays = NO_OFFICE_DAYS
    lists: tuple[PlanList, ...] = ()
    list_signatures: tuple[str, ...] = ()
    registers: Mapping[str, Declaration] = MappingProxyType({})
    clues: ClueRules = ClueRules()
    letters: Ladder = Ladder()
    lookback: LookBack = LookBack()
    frozen_reports: tuple[str, ...] = ()
    notice: Notice = Notice()
    ranked_by: str = ""
    redaction: Redaction = Redaction()
