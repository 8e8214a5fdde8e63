"""How a measure, or the issue itself, has gone: status, attempts at closing, requests, notes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from ledger.domain.closeout import Attempt, Outcome, SignOff
from ledger.domain.moves import Status

if TYPE_CHECKING:
    import datetime as dt

    from ledger.domain.entry import Entry


class Problem(NamedTuple):
    """Something in a history that cannot be.

    Shape: `place` is the place of the entry in the order of the file, from 0.
    """

    rule: str
    place: int
    message: str


@dataclass(slots=True, eq=False, repr=False)
class Request:
    """A request to extend a deadline or to go long-term."""

    entry: Entry
    state: str = "pending"


@dataclass(slots=True, eq=False, repr=False)
class Course:
    """How one measure, or the issue itself, has gone.

    Shape: for an issue `status` is that of its own acts and counts while `governs` is true,
        or when it has no measures; `started` and `returned` lift what its measures say.
    """

    status: Status = Status.PENDING
    governs: bool = False
    started: bool = False
    returned: bool = False
    #: Its making was taken back: it is void, and what was done to it counts for nothing.
    unmade: bool = False
    last_on: dt.date | None = None
    attempts: list[Attempt] = field(default_factory=list)
    requests: list[Request] = field(default_factory=list)
    notes: list[Entry] = field(default_factory=list)
    reopened: int = 0

    @property
    def open_attempt(self) -> Attempt | None:
        """The attempt at closing that is under way."""
        last = self.attempts[-1] if self.attempts else None
        return last if last is not None and last.outcome is Outcome.OPEN else None

    @property
    def standing(self) -> list[SignOff]:
        """The sign-offs that count now: of the attempt under way, or of the close-out in force."""
        last = self.attempts[-1] if self.attempts else None
        return last.sign_offs if last is not None and last.outcome in (Outcome.OPEN, Outcome.CLOSED) else []

    def pending_request(self, act: str) -> Request | None:
        """The request of this kind that has had no answer."""
        for request in reversed(self.requests):
            if request.entry.do == act:
                return request if request.state == "pending" else None
        return None


#: The key under which a record's own course stands; measures have their uid.
OWN = ""
