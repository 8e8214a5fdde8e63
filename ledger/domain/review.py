"""A look-back as its history makes it: planned, drawn, recorded item by item, finished (回头看)."""

from __future__ import annotations

import datetime as dt
import hashlib
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from ledger.domain.schema import VOID, Field, Kind, Lifecycle, Schema, named

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ledger.domain.entry import Entry
    from ledger.domain.state import State

#: What a look-back finds: it holds, it holds for the most part, it came back, it is there in another shape.
#: Source: docs/contract.md §1.
OUTCOMES: Final = ("held", "partial", "rebound", "variant")
#: Why something was drawn: marked by somebody, came back before, its sign-offs in doubt; by chance; or
#: because all of it is looked at. What has several reasons stands under the first.
STRATA: Final = ("flagged", "rebound", "suspect", "random", "rest")
#: What may be looked at again: what is closed; the others on request.
STATUSES: Final = ("closed", "interim", "longterm")
#: Begins the reason for something that is marked; the mark follows.
FLAG: Final = "flag:"

REVIEW = Schema(
    kind="review",
    folder="reviews",
    letter="R",
    by_name=named(
        Field("uid", Kind.LINE, kept=True),
        Field("number", Kind.NUMBER, kept=True),
        Field("formerly", Kind.LIST, kept=True),
        Field("title", Kind.LINE),
        Field("as_of", Kind.DATE, kept=True),
        Field("of", Kind.CODE, ("issue", "measure"), kept=True),
        Field("statuses", Kind.LIST, kept=True),
        Field("unit", Kind.LINE, kept=True),
        Field("category", Kind.LINE, kept=True),
        Field("flags", Kind.LIST, kept=True),
        Field("rate", Kind.LINE, kept=True),
        Field("confidence", Kind.LINE, kept=True),
        Field("seed", Kind.LINE, kept=True),
        Field("population", Kind.NUMBER, kept=True),
        Field("rest", Kind.NUMBER, kept=True),
        Field("size", Kind.NUMBER, kept=True),
        Field("frame", Kind.LINE, kept=True),
        Field("whole", Kind.FLAG, kept=True),
        Field("remark", Kind.TEXT),
    ),
    part="items",
    part_by_name=named(
        Field("uid", Kind.LINE, kept=True),
        Field("number", Kind.NUMBER, kept=True),
        Field("about", Kind.LINE, kept=True),
        Field("subject", Kind.LINE, kept=True),
        Field("stratum", Kind.CODE, STRATA, kept=True),
        Field("reasons", Kind.LIST, kept=True),
        Field("outcome", Kind.CODE, OUTCOMES, kept=True),
        Field("seen_on", Kind.DATE, kept=True),
        Field("methods", Kind.LIST, kept=True),
        Field("reviewer", Kind.LINE, kept=True),
        Field("text", Kind.TEXT, kept=True),
        Field("satisfaction", Kind.LINE, kept=True),
        Field("variant", Kind.LINE, kept=True),
        Field("redo_by", Kind.LINE, kept=True),
        Field("redo_due", Kind.DATE, kept=True),
        Field("remark", Kind.TEXT),
    ),
    lifecycle=Lifecycle(
        "planned",
        MappingProxyType(
            {
                ("planned", "sample"): "drawn",
                ("planned", "void"): VOID,
                ("drawn", "record"): "drawn",
                ("drawn", "finish"): "finished",
                ("drawn", "void"): VOID,
            }
        ),
    ),
)
"""Which fields a review has, in which order, and what kind each is.

Shape: the population is what stood at one of `statuses` on `as_of`, as issues or measures (`of`); `flags`
    are the marks that call for a look; `rest` of it has no reason to be looked at but chance, of which `size`
    are drawn by `seed`; `frame` is the digest of the whole list; `whole` says that all of it was drawn. Of an
    item `subject` is the uid of the issue or measure and `about` what it was called when it was drawn;
    `variant` is the uid of the issue that was made of it.
"""


class Member(NamedTuple):
    """One of a population: an issue or a measure, and why it must be looked at, if it must.

    Shape: `about` is the number people use; `reasons` in the order of STRATA.
    """

    uid: str
    about: str
    reasons: tuple[str, ...] = ()

    @property
    def line(self) -> str:
        """What stands for it in the frame: its uid, and behind a blank why it must be looked at."""
        return f"{self.uid} {','.join(self.reasons)}" if self.reasons else self.uid

    @property
    def stratum(self) -> str:
        """Under which heading it is looked at, before any draw."""
        if not self.reasons:
            return "random"
        return "flagged" if self.reasons[0].startswith(FLAG) else self.reasons[0]

    @property
    def place(self) -> tuple[int, ...]:
        """What sorts it as its number does."""
        return tuple(map(int, self.about.split(".")))


def reasons(flags: Iterable[str], watched: Iterable[str], rebounds: int, *, suspect: bool) -> tuple[str, ...]:
    """Why something must be looked at: marks that are watched, earlier rebounds, sign-offs in doubt."""
    calling = set(watched)
    marks = [f"{FLAG}{each}" for each in sorted(set(flags)) if each in calling]
    return (*marks, *(["rebound"] if rebounds else []), *(["suspect"] if suspect else []))


def frame_text(members: Iterable[Member]) -> str:
    """The population as it is written down: one line each, sorted."""
    return "".join(f"{line}\n" for line in sorted(each.line for each in members))


def frame_digest(members: Iterable[Member]) -> str:
    """The SHA-256 of the population as it is written down, as any program computes it."""
    return "sha256:" + hashlib.sha256(frame_text(members).encode()).hexdigest()


class Item(NamedTuple):
    """One thing looked at, typed; fields as in `REVIEW`, empty or None where nothing was recorded."""

    uid: str
    number: int
    about: str
    subject: str
    stratum: str
    reasons: tuple[str, ...]
    outcome: str
    seen_on: dt.date | None
    methods: tuple[str, ...]
    reviewer: str
    text: str
    satisfaction: str
    variant: str
    redo_by: str
    redo_due: dt.date | None
    evidence: tuple[Mapping[str, Any], ...]


class Stratum(NamedTuple):
    """What came of one part of a review: how many were drawn, and how many of each outcome.

    Shape: `code` is one of STRATA.
    """

    code: str
    drawn: int
    held: int
    partial: int
    rebound: int
    variant: int

    @property
    def bad(self) -> int:
        """How many close-outs were no good."""
        return self.rebound + self.variant

    @property
    def open(self) -> int:
        """How many have no outcome yet."""
        return self.drawn - self.held - self.partial - self.bad


class Review(NamedTuple):
    """A look-back, typed; fields as in `REVIEW`.

    Shape: `stage` is planned, drawn, finished or void; `plan` is the entry that wrote everything down;
        `items` in the order of their numbers; `head` is the hash of the last of its `entries`.
    """

    id: str
    uid: str
    number: int
    stage: str
    title: str
    as_of: dt.date
    of: str
    statuses: tuple[str, ...]
    unit: str
    category: str
    flags: tuple[str, ...]
    rate: str
    confidence: str
    seed: str
    population: int
    rest: int
    size: int
    frame: str
    whole: bool
    remark: str
    plan: Entry
    drawn_on: dt.date | None
    finished_on: dt.date | None
    items: tuple[Item, ...]
    head: str
    entries: int

    @property
    def strata(self) -> tuple[Stratum, ...]:
        """What came of each part that something was drawn for, in the order of STRATA."""
        found = []
        for code in STRATA:
            outcomes = [each.outcome for each in self.items if each.stratum == code]
            if outcomes:
                found.append(Stratum(code, len(outcomes), *(outcomes.count(each) for each in OUTCOMES)))
        return tuple(found)

    @property
    def open(self) -> tuple[Item, ...]:
        """What has no outcome yet."""
        return tuple(each for each in self.items if not each.outcome)

    @property
    def bound(self) -> int | None:
        """The most that may be bad of what only chance calls for; None while any of it is open, or undrawn.

        Source: `sampling.upper_bound`.
        """
        from ledger.domain.sampling import share, upper_bound

        confidence = share(self.confidence)
        looked = next((each for each in self.strata if each.code in ("random", "rest")), None)
        if looked is None or looked.open or confidence is None or looked.drawn > self.rest:
            return None
        return upper_bound(self.rest, looked.drawn, looked.bad, confidence)


def review_of(state: State) -> Review:
    """The typed view of a review's state."""
    fields = state.fields
    number = int(fields.get("number", 0))
    return Review(
        id=state.schema.id_of(number),
        uid=str(fields.get("uid", "")),
        number=number,
        stage=state.stage,
        title=fields.get("title", ""),
        as_of=fields.get("as_of", dt.date.min),
        of=fields.get("of", "issue"),
        statuses=tuple(fields.get("statuses", ())),
        unit=fields.get("unit", ""),
        category=fields.get("category", ""),
        flags=tuple(fields.get("flags", ())),
        rate=fields.get("rate", ""),
        confidence=fields.get("confidence", ""),
        seed=fields.get("seed", ""),
        population=fields.get("population", 0),
        rest=fields.get("rest", 0),
        size=fields.get("size", 0),
        frame=fields.get("frame", ""),
        whole=fields.get("whole", False),
        remark=fields.get("remark", ""),
        plan=state.entries[0],
        drawn_on=_last(state, "sample"),
        finished_on=_last(state, "finish") if state.stage == "finished" else None,
        items=tuple(_item(part) for part in state.measures() if not state.courses[part["uid"]].unmade),
        head=state.tips[0] if len(state.tips) == 1 else "",
        entries=len(state.entries),
    )


def _last(state: State, act: str) -> dt.date | None:
    from ledger.domain.replay import undone_batches

    undone = undone_batches(state.entries)
    days = [each.on for each in state.entries if each.do == act and each.batch not in undone]
    return days[-1] if days else None


def _item(part: Mapping[str, Any]) -> Item:
    return Item(
        uid=str(part["uid"]),
        number=int(part.get("number", 0)),
        about=part.get("about", ""),
        subject=part.get("subject", ""),
        stratum=part.get("stratum", ""),
        reasons=tuple(part.get("reasons", ())),
        outcome=part.get("outcome", ""),
        seen_on=part.get("seen_on"),
        methods=tuple(part.get("methods", ())),
        reviewer=part.get("reviewer", ""),
        text=part.get("text", ""),
        satisfaction=part.get("satisfaction", ""),
        variant=part.get("variant", ""),
        redo_by=part.get("redo_by", ""),
        redo_due=part.get("redo_due"),
        evidence=tuple(part.get("evidence", ())),
    )
