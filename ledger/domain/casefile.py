"""What the papers of one case say besides its fields: extensions, setbacks, completion, from its history."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeAlias, cast

from ledger.domain.course import OWN
from ledger.domain.schema import DUE_KEYS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ledger.domain.entry import Entry
    from ledger.domain.state import State

#: What was asked for: a later date, or to go on as long-term work.
Act: TypeAlias = Literal["extend", "longterm"]
#: How a request stands.
Answer: TypeAlias = Literal["pending", "approved", "refused"]


class Terms(NamedTuple):
    """Until when something is to go on: a date of its own, or an interim goal with the next review."""

    due: dt.date | None = None
    due_text: str = ""
    interim_goal: str = ""
    review_on: dt.date | None = None


class Said(NamedTuple):
    """Who said something, when, and why.

    Shape: `signer` is who decided, `meeting` where; `by` who recorded it.
    """

    on: dt.date
    by: str
    signer: str = ""
    meeting: str = ""
    why: str = ""


class Extension(NamedTuple):
    """A deadline moved, or asked to be moved (延期, 转长期).

    Shape: `was` is the deadline before. `asked` and `request` are what was asked for and by whom, None where
        it was decided at once; `granted` and `decision` what was decided, None while that is open; a refusal
        grants nothing. `inherited` is what was decided of the issue and counts for its measure.
    """

    act: Act
    answer: Answer
    was: dt.date | None
    asked: Terms | None
    request: Said | None
    granted: Terms | None
    decision: Said | None
    inherited: bool = False

    @property
    def first(self) -> Said:
        """What was said first of it: the request, else the decision."""
        said = self.request or self.decision
        assert said is not None
        return said


class Setback(NamedTuple):
    """Sent back from close-out, or opened again; `to` is the step it went back to, empty for all of them."""

    act: Literal["return", "reopen"]
    said: Said
    to: str


def extensions(state: State, undone: frozenset[str], key: str) -> tuple[Extension, ...]:
    """Every request and every decision about the deadline of a measure (by uid) or the record itself (`OWN`).

    Shape: in the order they were made; for a measure also what was decided of the issue's deadline, as long
        as it had none of its own.
    """
    found: list[Extension] = []
    due: dict[str, dt.date | None] = {OWN: None, key: None}
    own = key == OWN
    for entry in _counting(state, undone):
        about = entry.target or OWN
        meant = about == key or (about == OWN and entry.do == "extend" and not own)
        if meant and entry.do in ("extend", "longterm"):
            last = len(found)
            _take(found, entry, _set(state, entry, about), due[key if own else OWN])
            if about != key:
                found[last:] = [each._replace(inherited=True) for each in found[last:]]
        for home in due:
            given = _set(state, entry, home)
            if "due" in given:
                due[home] = _day(given["due"])
        own = own or any(name in _set(state, entry, key) for name in DUE_KEYS)
    return tuple(found)


def _take(found: list[Extension], entry: Entry, given: Mapping[str, Any], was: dt.date | None) -> None:
    """Add a request, or put a decision to the request it answers."""
    act, said = cast("Act", entry.do), _said(entry)
    if "request" in entry.data:
        found.append(Extension(act, "pending", was, _terms(entry.data["request"]), said, None, None))
        return
    granted = None if "refuse" in entry.data else _terms(given)
    answer: Answer = "approved" if granted else "refused"
    for place, each in enumerate(found):
        if each.act == act and each.answer == "pending":
            found[place] = each._replace(answer=answer, granted=granted, decision=said)
            return
    found.append(Extension(act, answer, was, None, None, granted, said))


def setbacks(state: State, undone: frozenset[str], key: str) -> tuple[Setback, ...]:
    """Every time it was sent back or opened again, the first first."""
    return tuple(
        Setback(cast("Any", entry.do), _said(entry), str(entry.data.get("to", "")))
        for entry in _counting(state, undone)
        if entry.do in ("return", "reopen") and (entry.target or OWN) == key
    )


def added_on(state: State, undone: frozenset[str], key: str) -> Mapping[str, dt.date]:
    """The day each file of evidence was first put beside a measure or the record itself, by its digest."""
    found: dict[str, dt.date] = {}
    for entry in _counting(state, undone):
        if (entry.target or OWN) == key and entry.do == "evidence":
            given = [entry.data]
        else:
            given = list(_set(state, entry, key).get("evidence") or ())
        for row in given:
            found.setdefault(str(row.get("sha256", "")), entry.on)
    return found


def done_on(state: State, undone: frozenset[str], key: str) -> dt.date | None:
    """The day it was last reported done; None where it was not, or was sent back since."""
    day = None
    for entry in _counting(state, undone):
        if (entry.target or OWN) == key and entry.do in ("done", "return", "reopen"):
            day = entry.on if entry.do == "done" else (day if entry.data.get("to") else None)
    return day


def _counting(state: State, undone: frozenset[str]) -> Iterator[Entry]:
    return (each for each in state.entries if each.batch not in undone and each not in state.overtaken)


def _set(state: State, entry: Entry, key: str) -> Mapping[str, Any]:
    given = entry.set if key == OWN else entry.set.get(state.schema.part or "", {}).get(key, {})
    return given if isinstance(given, dict) else {}


def _said(entry: Entry) -> Said:
    return Said(entry.on, entry.by, entry.signer or "", entry.meeting or "", entry.why or "")


def _terms(given: Mapping[str, Any]) -> Terms:
    return Terms(
        due=_day(given.get("due")),
        due_text=str(given.get("due_text") or ""),
        interim_goal=str(given.get("interim_goal") or ""),
        review_on=_day(given.get("review_on")),
    )


def _day(value: object) -> dt.date | None:
    try:
        return dt.date.fromisoformat(str(value))
    except ValueError:
        return None
