"""Close-out as data: the chain of sign-offs, its attempts, and what a sign-off has seen."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ledger.domain.entry import Entry
    from ledger.domain.limits import Limit


class Need(StrEnum):
    """What a step may require before it can be signed."""

    NOTE = "note"
    RESULT = "result"
    EVIDENCE = "evidence"
    MEETING = "meeting"


class Distinct(StrEnum):
    """What happens when one signer signs two steps of an attempt."""

    OFF = "off"
    WARN = "warn"
    ERROR = "error"


class Outcome(StrEnum):
    """How an attempt at closing stands."""

    OPEN = "open"
    CLOSED = "closed"
    RETURNED = "returned"
    REOPENED = "reopened"


class Step(NamedTuple):
    """One sign-off of the chain (环节).

    Shape: `signers` names the bodies or persons who may sign; empty means whoever records. What waits for it
        longer than its `limit`, from the day it was reported done or last signed, is late.
    """

    code: str
    label: str = ""
    signers: tuple[str, ...] = ()
    requires: tuple[Need, ...] = ()
    #: Where the settings declare it, as ``file:line``; empty when built in.
    place: str = ""
    limit: Limit | None = None


class Chain(NamedTuple):
    """The ordered sign-offs of a ledger.

    Shape: `of` is ``measure`` or ``issue``; `steps` holds one to nine steps with distinct codes.
    """

    of: str
    steps: tuple[Step, ...]
    distinct: Distinct = Distinct.WARN

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of the steps, in order."""
        return tuple(step.code for step in self.steps)


class SignOff:
    """One step signed, and the fingerprint it now stands for."""

    __slots__ = ("entry", "sees", "step")

    def __init__(self, entry: Entry, step: str, sees: str | None) -> None:
        """Take the entry, the code of the step, and the fingerprint."""
        self.entry = entry
        self.step = step
        self.sees = sees


class Attempt:
    """One run through the chain; a returned or reopened one is kept."""

    __slots__ = ("ended", "outcome", "sign_offs", "steps")

    def __init__(self, steps: tuple[str, ...], sign_offs: Iterable[SignOff] = ()) -> None:
        """Begin with the steps, and those signed already."""
        self.steps = steps
        self.sign_offs = list(sign_offs)
        self.outcome = Outcome.OPEN
        self.ended: Entry | None = None

    @property
    def next_step(self) -> str | None:
        """The code of the step to sign next; None when all are signed."""
        done = len(self.sign_offs)
        return self.steps[done] if done < len(self.steps) else None

    def meetings(self) -> frozenset[str]:
        """The meetings that stand in this attempt."""
        return frozenset(each.entry.meeting for each in self.sign_offs if each.entry.meeting)

    def signers(self) -> frozenset[str]:
        """Who has signed in this attempt, as signers, not as recorders."""
        return frozenset(signer_of(each.entry) for each in self.sign_offs)


def signer_of(entry: Entry) -> str:
    """Who decided: the signer, else the meeting, else the recorder."""
    return entry.signer or entry.meeting or entry.by


def fingerprint(content: Mapping[str, Any]) -> str:
    """What a sign-off binds itself to.

    Source: docs/contract.md §2: title, text, points, criterion, deliverable, result, evidence present.
    """
    import hashlib

    from ledger.domain.entry import canonical

    return hashlib.sha256(b"ledger-sees/1\0" + canonical(dict(content)).encode()).hexdigest()
