"""How a measure, or the issue itself, has gone: status, attempts at closing, requests, notes."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ledger.domain.closeout import Attempt, Outcome, SignOff
from ledger.domain.moves import Act, Status

if TYPE_CHECKING:
    import datetime as dt

    from ledger.domain.ancestry import Ancestry
    from ledger.domain.entry import Entry

_ENDING = frozenset({"return", "reopen", "void", "longterm"})
_GOVERNING = frozenset({"interim", "done", "sign", "longterm"})


class Problem(NamedTuple):
    """Something in a history that cannot be.

    Shape: `place` is the place of the entry in the order of the file, from 0.
    """

    rule: str
    place: int
    message: str


class Request:
    """A request to extend a deadline or to go long-term."""

    __slots__ = ("entry", "state")

    def __init__(self, entry: Entry) -> None:
        """Take the entry that asked; it has had no answer."""
        self.entry = entry
        self.state = "pending"


class Course:
    """How one measure, or the issue itself, has gone.

    Shape: for an issue `status` is that of its own acts and counts while `governs` is true,
        or when it has no measures; `started` and `returned` lift what its measures say.
    """

    __slots__ = (
        "attempts", "endings", "governs", "last_on", "notes", "rebounds", "reopened", "requests", "returned",
        "started", "status", "unmade",
    )  # fmt: skip

    def __init__(self, status: Status = Status.PENDING) -> None:
        """Begin with nothing done."""
        self.status = status
        self.governs = False
        self.started = False
        self.returned = False
        #: Its making was taken back: it is void, and what was done to it counts for nothing.
        self.unmade = False
        self.last_on: dt.date | None = None
        self.attempts: list[Attempt] = []
        #: What ended an attempt or would have: sign-offs given elsewhere at the same time give way to it.
        self.endings: list[Entry] = []
        self.requests: list[Request] = []
        self.notes: list[Entry] = []
        self.reopened = 0
        #: How often it was opened again because a look-back found that it had come back.
        self.rebounds = 0

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

    def gives_way(self, sign: Entry, ancestry: Ancestry) -> bool:
        """Whether a sign-off counts for nothing beside what was done elsewhere at the same time.

        Source: docs/contract.md §2, Git: return beats sign.
        """
        return not all(ancestry.knew(sign, ending) for ending in self.endings)

    def take_back(self, ending: Entry, ancestry: Ancestry) -> list[Entry]:
        """Take back, and give, the sign-offs that whoever ended the attempt elsewhere did not know of.

        Shape: the attempt is kept as a returned one.

        Source: docs/contract.md §2, Git: never more closed than one complete chain justifies.
        """
        standing = self.standing
        known = [each for each in standing if ancestry.knew(ending, each.entry)]
        if len(known) == len(standing):
            return []
        attempt = self.attempts[-1]
        attempt.outcome, attempt.ended = Outcome.RETURNED, ending
        if known:
            again = [SignOff(each.entry, each.step, each.sees) for each in known]
            self.attempts.append(Attempt(attempt.steps, again))
        self.status = Status.CLOSING if known else Status.DONE
        return [each.entry for each in standing if each not in known]

    def govern(self, entry: Entry, act: Act) -> None:
        """Whether an issue's own acts give its status from now on, or its measures do."""
        if entry.do == "void" or leaves(entry):
            self.governs, self.returned = True, False
        elif entry.data.get("of") == "measure":
            return
        elif entry.do in _GOVERNING:
            self.governs, self.returned = True, False
        elif entry.do in ("return", "reopen"):
            self.governs = act is Act.SEND_BACK
            self.returned = not self.governs
        elif entry.do in ("note", "evidence"):
            self.started = True


def ends(entry: Entry) -> bool:
    """Whether an entry ends an attempt at closing, or a close-out, whatever was signed."""
    return entry.do in _ENDING or leaves(entry)


def leaves(entry: Entry) -> bool:
    """Whether an entry says that its target goes on elsewhere."""
    return entry.do == "merge" or (entry.do == "move" and "to" in entry.data)


#: The key under which a record's own course stands; measures have their uid.
OWN = ""
