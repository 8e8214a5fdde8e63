"""What a report is made from: whose ledger, what was asked for, and the records that takes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence

    from ledger.domain.cadence import Span
    from ledger.domain.casefile import Extension, Setback
    from ledger.domain.clue import Clue
    from ledger.domain.declaration import Declaration
    from ledger.domain.entered import Entered
    from ledger.domain.entry import Entry
    from ledger.domain.issue import Evidence, Issue, Target
    from ledger.domain.letter import Letter
    from ledger.domain.plan import Plan
    from ledger.domain.rates import Group, Tally
    from ledger.domain.registerfigures import Counted
    from ledger.domain.review import Review
    from ledger.reports.basis import Basis, Recorded
    from ledger.reports.prose import Passage
    from ledger.reports.restated import Restated
    from ledger.reports.standing import History, Standing


class Wanted(NamedTuple):
    """Which report somebody asks for.

    Shape: `kind` is one of ledger.reports.KINDS; `ids` are those of the records it is about (``7``, ``7.2``,
        ``L3``, ``R2025-1``), none for all; `register` the name of a register; `plan` the version of a plan,
        None for the one in force; `period` the words for a period and `rate` what is ranked by, empty for
        the usual ones; `redact` is the profile of what leaves the office, empty for the office's own papers.
    """

    kind: str
    ids: tuple[str, ...] = ()
    register: str = ""
    plan: int | None = None
    period: str = ""
    rate: str = ""
    redact: str = ""


class Case(NamedTuple):
    """One issue or measure, with what its history says besides its fields.

    Shape: `target` is the issue itself or one of its measures; `done_on` the day it was last reported done.
    """

    issue: Issue
    target: Target
    done_on: dt.date | None = None
    extensions: tuple[Extension, ...] = ()
    setbacks: tuple[Setback, ...] = ()


class Filed(NamedTuple):
    """A file of evidence of an issue or a measure, and what became of it on the disk.

    Shape: `state` is ``kept``, ``missing``, or ``changed`` when its size, or where that was read its content,
        is no longer what was taken in.
    """

    case: Case
    evidence: Evidence
    added_on: dt.date | None
    state: Literal["kept", "missing", "changed"]


class Event(NamedTuple):
    """One entry of a history as it is told.

    Shape: `id` is what it is about; `act` a code of the acts; `changes` are what it is about, the field, the
        value before and after; `counts` is false where it was taken back or overtaken.
    """

    entry: Entry
    id: str
    act: str
    changes: tuple[tuple[str, str, Any, Any], ...]
    counts: bool


class Content(NamedTuple):
    """One file of a dossier.

    Shape: `what` says what it is, `about` what it belongs to.
    Units: `size` in bytes.
    """

    path: str
    what: str
    about: str
    size: int
    sha256: str


class Registered(NamedTuple):
    """Records of one register that are not void."""

    declaration: Declaration
    records: tuple[Entered, ...]


class Listed(NamedTuple):
    """A register as a report of its own lists it.

    Shape: `records` are those of the period that are not void, by their dates; `every` all there were, void
        ones too; `ids` lead from the uid of what they refer to to its id.
    """

    declaration: Declaration
    records: tuple[Entered, ...]
    every: tuple[Entered, ...]
    ids: Mapping[str, str]
    figures: tuple[Counted, ...]


class Units(NamedTuple):
    """The units and what is counted of each, to be ranked.

    Shape: `names` are all there are, `rate` is a key of ranking.BEST_IS_MOST.
    """

    groups: tuple[Group, ...]
    whole: Tally
    names: tuple[str, ...]
    rate: str


class LookedBack(NamedTuple):
    """A look-back, with what everything it names is called now, and the letters sent about it since.

    Shape: `called` leads from the uid of an issue or a measure to its id and its text.
    """

    review: Review
    called: Mapping[str, tuple[str, str]]
    letters: tuple[Letter, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """Everything a report may say: nothing is read while it is put together.

    Shape: `issues` are all there were on the day, void ones included, or those that what was asked for
        belongs to; what only some reports need is there for those alone: `cases` for forms and catalogues,
        `filed` their evidence, `events` their history, `contents` the files of a dossier, `registers` with
        what they have about these, or whole, `listed` one by itself, `letters`, `clues` and `reviews`,
        `prose` the office's own paragraphs by file, `restated` what became of the figures sent before.
        Reports that the index answers read no record: they have `heads` in place of issues, and `period`
        where they are of one. `plan` is the version asked for.
    Units: `workdays` working days in the window of the notice, None where they are not known.
    """

    wanted: Wanted
    basis: Basis
    issues: tuple[Issue, ...] = ()
    cases: tuple[Case, ...] = ()
    filed: tuple[Filed, ...] = ()
    events: tuple[Event, ...] = ()
    contents: tuple[Content, ...] = ()
    registers: tuple[Registered, ...] = ()
    letters: tuple[Letter, ...] = ()
    listed: Listed | None = None
    lookback: LookedBack | None = None
    clues: tuple[Clue, ...] = ()
    prose: Mapping[str, tuple[Passage, ...]] = field(default_factory=dict)
    workdays: int | None = None
    reviews: tuple[Review, ...] = ()
    heads: tuple[Recorded, ...] = ()
    period: Span | None = None
    units: Units | None = None
    plan: Plan | None = None
    restated: Restated | None = None
    standing: Standing | None = None
    history: History | None = None

    @property
    def recorded(self) -> Sequence[Recorded]:
        """The records the report rests on."""
        return self.heads or self.issues
