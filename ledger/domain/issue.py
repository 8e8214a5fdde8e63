"""Issues and measures as the rest of the program reads them: frozen, typed, inheritance resolved."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from ledger.domain.closeout import Outcome
from ledger.domain.course import OWN
from ledger.domain.lateness import OPEN, REVIEWED, WORKING, late_from
from ledger.domain.moves import Status
from ledger.domain.schema import DUE_KEYS
from ledger.domain.ticked import ticked
from ledger.domain.withheld import withheld_of

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping

    from ledger.domain.cadence import Period
    from ledger.domain.closeout import Attempt, SignOff
    from ledger.domain.recurrence import Recurrence
    from ledger.domain.state import State
    from ledger.domain.ticked import Ticked
    from ledger.domain.withheld import Withheld


class Evidence(NamedTuple):
    """A file that proves something, by its SHA-256. Units: `size` in bytes."""

    sha256: str
    name: str
    kind: str
    proves: str
    size: int


class Point(NamedTuple):
    """A checkable part of a measure; done once it has a date."""

    number: int
    text: str
    done_on: dt.date | None


class Note(NamedTuple):
    """A dated line of what was done (工作记事)."""

    on: dt.date
    by: str
    text: str


class Signature(NamedTuple):
    """One step signed: when, by whom, in which words; `suspect` when its matter has changed since.

    Shape: `signer` is empty when a meeting signed; whoever recorded it signs where neither is named.
    """

    step: str
    on: dt.date
    signer: str
    meeting: str
    by: str
    opinion: str
    suspect: bool


class CloseOut(NamedTuple):
    """One run through the chain, kept when it was returned or reopened.

    Shape: `ended_on` and `why` say when and why it was returned or reopened; `signatures` are the
        steps signed, of all `steps`.
    """

    outcome: Outcome
    steps: tuple[str, ...]
    ended_on: dt.date | None
    why: str
    signatures: tuple[Signature, ...]


@dataclass(frozen=True, slots=True, repr=False)
class Target:
    """What an issue and a measure have in common; only those two are ever made.

    Shape: `id` is the number people use (``7``, ``7.2``); values a measure inherits are filled
        in; `signed` of `steps` sign-offs stand in the attempt under way or in the close-out in
        force; `next_step` is the code to sign next, None unless closing; `closeouts` are all runs
        through the chain, the oldest first; `void_why` says why it was made void; `rebounds` counts the
        look-backs that found it had come back, those of its measures in an issue; `withheld` is None for what
        may be published; of a withheld issue all measures are.
    """

    id: str
    uid: str
    number: int
    status: Status
    unit: str
    co_units: tuple[str, ...]
    leader: str
    owner: str
    criterion: str
    deliverable: str
    result: str
    term: str
    continuing: bool
    due: dt.date | None
    due_original: dt.date | None
    due_text: str
    interim_goal: str
    review_on: dt.date | None
    remark: str
    evidence: tuple[Evidence, ...]
    notes: tuple[Note, ...]
    signed: int
    steps: int
    next_step: str | None
    since: dt.date | None
    closed_on: dt.date | None
    suspect: bool
    reopened: int
    rebounds: int
    rejected: int
    requested: str
    closeouts: tuple[CloseOut, ...]
    void_why: str
    withheld: Withheld | None

    def __repr__(self) -> str:
        """What kind of thing it is, and its number."""
        return f"{type(self).__name__}({self.id})"

    @property
    def awaited(self) -> Period | None:
        """The earliest period of what comes round again that is neither done nor excused."""
        return None

    @property
    def late_from(self) -> dt.date | None:
        """The date after which it is overdue: due while worked on, review date while interim or long-term."""
        return late_from(self.status, self.due, self.review_on, self.awaited)

    @property
    def late_by(self) -> str:
        """What sets the date from which it is late: ``due``, ``review``, or the end of a ``period``."""
        if self.awaited is not None and self.awaited.last == self.late_from:
            return "period"
        return "review" if self.status in REVIEWED else "due"

    @property
    def falls_due(self) -> dt.date | None:
        """The earliest date by which something of it is to be done, as long as it is."""
        due = self.due if self.status in OPEN else None
        if self.awaited is None or self.status not in (WORKING | REVIEWED):
            return due
        return self.awaited.last if due is None else min(due, self.awaited.last)

    def overdue_days(self, today: dt.date) -> int:
        """How many days it is late on `today`; 0 when it is not."""
        late = self.late_from
        return max((today - late).days, 0) if late is not None else 0


@dataclass(frozen=True, slots=True, repr=False)
class Measure(Target):
    """What will be done about an issue (措施).

    Shape: `serves` holds the uids of further issues it counts for; `occurrences` are the periods that are
        recorded, in their order, `roster` the names it has to reach.
    """

    text: str
    points: tuple[Point, ...]
    recurrence: Recurrence | None
    occurrences: tuple[Ticked, ...]
    roster: tuple[Ticked, ...]
    serves: tuple[str, ...]
    issue_uid: str

    @property
    def awaited(self) -> Period | None:
        """The earliest period of what comes round again that is neither done nor excused."""
        if self.recurrence is None:
            return None
        from ledger.domain.recurrence import earliest_open  # few measures come round

        return earliest_open(self.recurrence, {each.name for each in self.occurrences})

    @property
    def expects(self) -> bool:
        """Whether what comes round again is still to be done: while it is worked on, interim or long-term."""
        return self.recurrence is not None and self.status in WORKING | REVIEWED


@dataclass(frozen=True, slots=True, repr=False)
class Issue(Target):
    """A finding, with its measures in the order of their numbers.

    Shape: `variant_of` is the uid of the issue of which it is a hidden variant, behind the name of its ledger
        and a slash where that is another one; empty when it is none.
    """

    title: str
    category: str
    kind: str
    flags: tuple[str, ...]
    formerly: tuple[int, ...]
    variant_of: str
    claimed_by: str
    claimed_on: dt.date | None
    plan: int
    head: str
    entries: int
    measures: tuple[Measure, ...]

    @property
    def live(self) -> tuple[Measure, ...]:
        """The measures that count: void ones left out."""
        return tuple(each for each in self.measures if each.status is not Status.VOID)

    @property
    def open_due(self) -> dt.date | None:
        """The earliest date in force of what is still open; its own without measures."""
        if self.status not in OPEN:
            return None
        dues = [due for each in self.live if (due := each.falls_due)]
        return min(dues) if dues else (None if self.live else self.due)

    @property
    def late_since(self) -> dt.date | None:
        """The earliest date after which something in it is overdue."""
        if self.status in (Status.CLOSED, Status.VOID):
            return None
        if not self.live:
            return self.late_from
        if self.status in (Status.DONE, Status.CLOSING) and self.steps:
            return None
        return min((late for each in self.live if (late := each.late_from)), default=None)

    def days_late(self, today: dt.date) -> int:
        """How many days the latest part of it is late on `today`; 0 when nothing is."""
        late = self.late_since
        return max((today - late).days, 0) if late is not None else 0


def issue_of(state: State) -> Issue:
    """The typed view of a record's state."""
    fields = state.fields
    number = int(fields.get("number", 0))
    uid = str(fields.get("uid", ""))
    measures = tuple(_measure(state, part, number, uid) for part in state.measures())
    own = _target(state, OWN, fields, str(number))
    own["rebounds"] += sum(each.rebounds for each in measures if each.status is not Status.VOID)
    return Issue(
        **own,
        title=fields.get("title", ""),
        category=fields.get("category", ""),
        kind=fields.get("kind", "finding"),
        flags=tuple(fields.get("flags", ())),
        formerly=tuple(fields.get("formerly", ())),
        variant_of=fields.get("variant_of", ""),
        claimed_by=fields.get("claimed_by", ""),
        claimed_on=fields.get("claimed_on"),
        plan=max(state.plan_versions, default=0),
        head=state.tips[0] if len(state.tips) == 1 else "",
        entries=len(state.entries),
        measures=measures,
    )


def _measure(state: State, part: Mapping[str, Any], issue_number: int, issue_uid: str) -> Measure:
    uid = str(part["uid"])
    points = tuple(
        Point(int(each.get("number", index)), str(each.get("text", "")), each.get("done_on"))
        for index, each in enumerate(part.get("points", ()), 1)
    )
    return Measure(
        **_target(state, uid, part, f"{issue_number}.{part.get('number', 0)}"),
        text=part.get("text", ""),
        points=points,
        recurrence=_recurrence(part.get("recurrence")),
        occurrences=ticked("occurrences", part.get("occurrences", ())),
        roster=ticked("roster", part.get("roster", ())),
        serves=tuple(part.get("serves", ())),
        issue_uid=issue_uid,
    )


def _recurrence(stored: str | None) -> Recurrence | None:
    if not stored:
        return None
    from ledger.domain.recurrence import recurrence_of  # few measures come round

    return recurrence_of(stored)


def due_home(state: State, key: str) -> Mapping[str, Any]:
    """Where the deadline in force stands: with a measure that has one of its own, else with its issue."""
    home = state.fields if key == OWN else state.parts[key]
    return home if key == OWN or any(name in home for name in DUE_KEYS) else state.fields


def _target(state: State, key: str, home: Mapping[str, Any], name: str) -> dict[str, Any]:
    course = state.courses[key]
    dates = due_home(state, key)
    attempt = course.attempts[-1] if course.attempts else None
    current = attempt if attempt and attempt.outcome in (Outcome.OPEN, Outcome.CLOSED) else None
    closed = current.sign_offs[-1].entry.on if current and current.outcome is Outcome.CLOSED else None
    suspects = state.suspects(key)
    pending = [act for act in ("extend", "longterm") if course.pending_request(act)]
    return {
        "id": name,
        "uid": str(home.get("uid", "")),
        "number": int(home.get("number", 0)),
        "status": state.status(key),
        "unit": state.effective(key, "unit") or "",
        "co_units": tuple(state.effective(key, "co_units") or ()),
        "leader": state.effective(key, "leader") or "",
        "owner": state.effective(key, "owner") or "",
        "criterion": state.effective(key, "criterion") or "",
        "deliverable": home.get("deliverable", ""),
        "result": home.get("result", ""),
        "term": state.effective(key, "term") or "",
        "continuing": bool(home.get("continuing", False)),
        "due": dates.get("due"),
        "due_original": dates.get("due_original"),
        "due_text": dates.get("due_text", ""),
        "interim_goal": home.get("interim_goal", ""),
        "review_on": home.get("review_on"),
        "remark": home.get("remark", ""),
        "evidence": _evidence(home.get("evidence", ())),
        "notes": tuple(Note(each.on, each.by, str(each.data.get("text", ""))) for each in course.notes),
        "signed": len(current.sign_offs) if current else 0,
        "steps": len(current.steps) if current else 0,
        "next_step": current.next_step if current else None,
        "since": course.last_on,
        "closed_on": closed,
        "suspect": bool(suspects),
        "reopened": course.reopened,
        "rebounds": course.rebounds,
        "rejected": sum(1 for each in course.attempts if each.outcome is Outcome.RETURNED),
        "requested": pending[0] if pending else "",
        "closeouts": tuple(_closeout(each, suspects) for each in course.attempts),
        "void_why": _void_why(state, key) if course.status is Status.VOID else "",
        "withheld": _withheld(state, key),
    }


def _closeout(attempt: Attempt, suspects: Iterable[SignOff]) -> CloseOut:
    doubted = {id(each) for each in suspects}
    signatures = tuple(
        Signature(
            step=each.step,
            on=each.entry.on,
            signer=each.entry.signer or ("" if each.entry.meeting else each.entry.by),
            meeting=each.entry.meeting or "",
            by=each.entry.by,
            opinion=str(each.entry.data.get("opinion", "")),
            suspect=id(each) in doubted,
        )
        for each in attempt.sign_offs
    )
    ended = attempt.ended
    return CloseOut(
        attempt.outcome,
        attempt.steps,
        ended.on if ended else None,
        (ended.why or "") if ended else "",
        signatures,
    )


def _withheld(state: State, key: str) -> Withheld | None:
    """Whether it may be published: a measure not where its issue may not."""
    own = state.fields if key == OWN else state.parts[key]
    found = withheld_of(str(own.get("withheld", "")), None if key == OWN else key, state.entries)
    return found or (_withheld(state, OWN) if key != OWN else None)


def _void_why(state: State, key: str) -> str:
    leaving = ("void", "move", "merge")
    whys = (
        each.why for each in reversed(state.entries) if each.do in leaving and (each.target or OWN) == key
    )
    return next(whys, None) or ""


def _evidence(rows: Iterable[Mapping[str, Any]]) -> tuple[Evidence, ...]:
    return tuple(
        Evidence(
            sha256=str(each.get("sha256", "")),
            name=str(each.get("name", "")),
            kind=str(each.get("kind", "")),
            proves=str(each.get("proves", "")),
            size=int(each.get("size", 0)),
        )
        for each in rows
    )
