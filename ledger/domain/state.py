"""A record as its history makes it: the only way fields and statuses come about."""

from __future__ import annotations

from gettext import gettext as _
from typing import TYPE_CHECKING, Any

from ledger.domain.ancestry import STRAIGHT, Ancestry
from ledger.domain.approved import content
from ledger.domain.closeout import Attempt, Outcome, SignOff, fingerprint
from ledger.domain.course import OWN, Course, Problem, Request, ends, leaves
from ledger.domain.moves import MOVES, STATUS_ACTS, Act, Status, combined
from ledger.domain.schema import KEPT, VOID
from ledger.domain.ticked import ACTS as TICKING
from ledger.domain.ticked import PART_TABLES, take_in
from ledger.domain.values import put, rows
from ledger.domain.words import listed, said

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ledger.domain.entry import Entry
    from ledger.domain.schema import Schema


#: What makes a measure open again: the issue was not closed by who did not know of it.
_REOPENING = frozenset({"return", "reopen"})
#: What measures can say that a returned or reopened issue is not, until it is reported done again.
_AHEAD = frozenset({Status.DONE, Status.CLOSING, Status.CLOSED, Status.LONGTERM})
#: What an issue counts as for its own acts while its measures give its status.
_BEFORE_OWN = {Status.DONE: Status.ACTIVE, Status.CLOSING: Status.ACTIVE, Status.VOID: Status.PENDING}
#: Acts as entries name them.
_ACTS = {act.value: act for act in Act}


class State:
    """What a record holds after the entries applied so far.

    Attributes:
        schema: The shape of the record.
        fields: The record's own plain fields, evidence included.
        parts: Its measures by uid, in the order of creation.
        courses: How each measure (by uid) and the record itself (`OWN`) has gone.
        problems: What in the history could not be.
        tips: The hashes nothing has been linked to yet.
        overtaken: Acts that moved nothing, because of what was done elsewhere at the same time.
        stage: Where the record itself is in the lifecycle of its kind; empty for a kind that has none.
    """

    def __init__(self, schema: Schema, ancestry: Ancestry = STRAIGHT) -> None:
        """Start with nothing; `ancestry` says which entries were written in different places at once."""
        self.schema = schema
        self._ancestry = ancestry
        self.fields: dict[str, Any] = {}
        self.parts: dict[str, dict[str, Any]] = {}
        self.courses: dict[str, Course] = {OWN: Course()}
        self.problems: list[Problem] = []
        self.tips: list[str] = []
        self.overtaken: list[Entry] = []
        self.entries: list[Entry] = []
        self.plan_versions: list[int] = []
        self.stage = schema.lifecycle.first if schema.lifecycle else ""

    # -- applying ---------------------------------------------------------------------

    def apply(self, entry: Entry, *, undone: bool = False) -> None:
        """Take one more entry in.

        An undone entry leaves no trace but the measures it made, which are void.
        """
        index = len(self.entries)
        self.entries.append(entry)
        self.tips = [tip for tip in self.tips if tip not in entry.prev]
        self.tips.append(entry.hash)
        if undone:
            self._keep_created(entry)
            return
        try:
            self._take_in(entry, index)
        except (AttributeError, KeyError, TypeError, ValueError):
            self._problem("history-entry", index, _("the entry holds something that cannot be"))

    def _take_in(self, entry: Entry, index: int) -> None:
        if (entry.do == "add") is not (index == 0):
            self._problem("history-act", index, _("a history begins with add, once"))
        before = self._valid_sign_offs() if entry.data.get("erratum") else []
        self._assign(entry.set, entry)
        self._act(entry, index)
        for key, sign_off in before:
            sign_off.sees = self.fingerprint(key)

    def _assign(self, changes: Mapping[str, Any], entry: Entry) -> list[str]:
        created = []
        for name, value in changes.items():
            if name != self.schema.part:
                put(self.fields, self.schema.by_name, name, value)
                continue
            for uid, part_changes in value.items():
                home = self.parts.get(uid)
                if home is None:
                    home = self.parts[uid] = {"uid": uid}
                    status = Status(entry.data["status"]) if "status" in entry.data else Status.PENDING
                    self.courses[uid] = Course(status=status)
                    created.append(uid)
                for part_name, part_value in part_changes.items():
                    if part_name != "uid":
                        put(home, self.schema.part_by_name, part_name, part_value)
        return created

    def _keep_created(self, entry: Entry) -> None:
        if entry.do == "add":
            self._assign(entry.set, entry)
            for course in self.courses.values():
                course.status, course.governs, course.unmade = Status.VOID, True, True
            self.stage = VOID if self.stage else ""
            return
        if self.schema.part is None:
            return
        made = {
            uid: given for uid, given in entry.set.get(self.schema.part, {}).items() if uid not in self.parts
        }
        for uid in self._assign({self.schema.part: made}, entry):
            self.courses[uid].status, self.courses[uid].unmade = Status.VOID, True

    def _act(self, entry: Entry, index: int) -> None:
        if entry.do == "approve":
            self.plan_versions.append(int(entry.data.get("plan", 0)))
        key = entry.target or OWN
        course = self.courses.get(key)
        if course is None:
            self._problem("history-target", index, _("the entry names a measure that is not there"))
            return
        if course.unmade:
            return
        if self.schema.lifecycle is not None:
            self._advance(entry, index, course)
            return
        if entry.do == "confirm":
            for sign_off in course.standing:
                if self._ancestry.knew(entry, sign_off.entry):
                    sign_off.sees = entry.sees
        if "request" in entry.data:
            course.requests.append(Request(entry))
            return
        if "refuse" in entry.data:
            self._answer(course, entry.do, "refused")
            return
        self._move(entry, index, key, course)

    def _advance(self, entry: Entry, index: int, course: Course) -> None:
        """Take in an act on a record of a kind that has stages of its own."""
        if entry.do in ("note", "evidence"):
            self._take(entry, index, entry.target or OWN, course)
        elif self.moves(entry.do):
            after = self.schema.lifecycle.moves.get((self.stage, entry.do)) if self.schema.lifecycle else None
            if after is None:
                message = _("{act} is not possible from {status}").format(
                    act=said("act", entry.do), status=said("stage", self.stage)
                )
                self._problem("history-move", index, message)
                return
            self._date(entry, index, course)
            self.stage = after

    def _move(self, entry: Entry, index: int, key: str, course: Course) -> None:
        act = self._act_of(entry, course)
        if act is None:
            self._problem("history-act", index, _("the act {act} is not known").format(act=entry.do))
            return
        if entry.do == "sign" and course.gives_way(entry, self._ancestry):
            self.overtaken.append(entry)
            return
        now = self.status_before(key)
        if ends(entry):
            course.endings.append(entry)
            if (now, act) not in MOVES:
                self.overtaken += course.take_back(entry, self._ancestry)
                now = self.status_before(key)
        if key != OWN and entry.do in _REOPENING:
            self._open_again(entry)
        after = MOVES.get((now, act))
        if after is None:
            message = _("{act} is not possible from {status}").format(
                act=said("act", entry.do), status=said("status", now)
            )
            self._problem("history-move", index, message)
            return
        if entry.do in STATUS_ACTS:
            self._date(entry, index, course)
        if not self._take(entry, index, key, course):
            return
        course.status = Status.VOID if leaves(entry) else after
        if key == OWN:
            course.govern(entry, act)

    def _open_again(self, entry: Entry) -> None:
        """Take back, and give, the issue's own sign-offs by who did not know that a measure is open again."""
        own = self.courses[OWN]
        own.endings.append(entry)
        if own.status in (Status.CLOSING, Status.CLOSED):
            self.overtaken += own.take_back(entry, self._ancestry)

    def _date(self, entry: Entry, index: int, course: Course) -> None:
        if course.last_on is not None and entry.on < course.last_on:
            message = _("{act} is dated {on}, before {last}").format(
                act=said("act", entry.do), on=entry.on, last=course.last_on
            )
            self._problem("history-dates", index, message)
        course.last_on = max(entry.on, course.last_on or entry.on)

    def _act_of(self, entry: Entry, course: Course) -> Act | None:
        if entry.do == "sign":
            attempt = course.open_attempt
            left = (
                len(attempt.steps) - len(attempt.sign_offs) if attempt else len(entry.data.get("steps", ()))
            )
            return Act.CLOSE if left == 1 else Act.SIGN
        if entry.do == "return":
            return Act.SEND_BACK if entry.data.get("to") else Act.RETURN
        if entry.do == "edit" and entry.data.get("erratum"):
            return Act.ERRATUM
        return _ACTS.get(entry.do)

    def _take(self, entry: Entry, index: int, key: str, course: Course) -> bool:
        """Whether the entry could be what it says."""
        match entry.do:
            case "sign":
                return self._sign(entry, index, course)
            case "return":
                return self._return(entry, index, course)
            case "reopen":
                course.reopened += 1
                course.rebounds += "review" in entry.data
                if course.attempts:
                    course.attempts[-1].outcome, course.attempts[-1].ended = Outcome.REOPENED, entry
            case "note":
                course.notes.append(entry)
            case "evidence":
                home = self.fields if key == OWN else self.parts[key]
                row = {name: value for name, value in entry.data.items() if name != "of"}
                home["evidence"] = [*home.get("evidence", ()), *rows([row], "sha256")]
            case "occur" | "roster":
                self._tick(entry, index, key)
            case "extend" | "longterm":
                self._answer(course, entry.do, "approved")
        if ends(entry):
            self._lapse(course, entry)
        return True

    def _tick(self, entry: Entry, index: int, key: str) -> None:
        table, home = TICKING[entry.do], self.parts[key]
        rows_now, missing = take_in(table, home.get(table, ()), entry.data, entry.on)
        home.pop(table, None)
        if rows_now:
            home[table] = rows_now
        if missing:
            message = _("the roster has no {names}").format(names=listed(missing))
            self._problem("history-roster", index, message)

    def _sign(self, entry: Entry, index: int, course: Course) -> bool:
        attempt = course.open_attempt
        if attempt is None:
            attempt = Attempt(tuple(entry.data.get("steps", ())))
            course.attempts.append(attempt)
        if entry.data.get("step") != attempt.next_step:
            message = _("step {step} is signed where {expected} comes next").format(
                step=entry.data.get("step"), expected=attempt.next_step
            )
            self._problem("history-steps", index, message)
            return False
        attempt.sign_offs.append(SignOff(entry, str(entry.data["step"]), entry.sees))
        if attempt.next_step is None:
            attempt.outcome = Outcome.CLOSED
        return True

    def _return(self, entry: Entry, index: int, course: Course) -> bool:
        attempt, to = course.open_attempt, entry.data.get("to")
        if to and (attempt is None or all(each.step != to for each in attempt.sign_offs)):
            self._problem("history-steps", index, _("step {step} was not signed").format(step=to))
            return False
        if attempt is None:
            return True
        attempt.outcome, attempt.ended = Outcome.RETURNED, entry
        if to:
            kept = attempt.sign_offs[: attempt.steps.index(to)]
            again = [SignOff(each.entry, each.step, each.sees) for each in kept]
            course.attempts.append(Attempt(attempt.steps, again))
        return True

    def _lapse(self, course: Course, entry: Entry) -> None:
        attempt = course.open_attempt
        if attempt is not None:
            attempt.outcome, attempt.ended = Outcome.RETURNED, entry

    def _answer(self, course: Course, act: str, answer: str) -> None:
        request = course.pending_request(act)
        if request is not None:
            request.state = answer

    def _problem(self, rule: str, index: int, message: str) -> None:
        self.problems.append(Problem(rule, index, message))

    # -- asking -----------------------------------------------------------------------

    def moves(self, act: str) -> bool:
        """Whether an act gives the record another status, or another stage of its lifecycle."""
        return act in (STATUS_ACTS if self.schema.lifecycle is None else self.schema.lifecycle.acts)

    def status(self, key: str = OWN) -> Status:
        """Where a measure (by uid), or the record itself, stands."""
        course = self.courses[key]
        if key != OWN or course.governs or not self.parts:
            return course.status
        derived = combined(self.courses[uid].status for uid in self.parts)
        lifted = derived is Status.PENDING and (course.started or course.returned)
        return Status.ACTIVE if lifted or (course.returned and derived in _AHEAD) else derived

    def status_before(self, key: str) -> Status:
        """The status an act on `key` starts from.

        An issue that its measures have brought to done still needs its own report, so for its own
        acts it counts as active until then; one whose measures are all void can be given others.
        """
        status = self.status(key)
        if key == OWN and self.parts and not self.courses[OWN].governs:
            return _BEFORE_OWN.get(status, status)
        return status

    def measures(self) -> list[dict[str, Any]]:
        """The measures in the order of their numbers."""
        return sorted(self.parts.values(), key=lambda part: (part.get("number", 0), part["uid"]))

    def effective(self, key: str, name: str) -> Any:  # noqa: ANN401 - what the field's kind says
        """A measure's own value of a field, or what it inherits from the issue.

        Shape: `name` is one of INHERITED.
        """
        own = None if key == OWN else self.parts[key].get(name)
        return self.fields.get(name) if own is None else own

    def fingerprint(self, key: str) -> str:
        """The hash of what a sign-off on `key` would approve now."""
        return fingerprint(content(self, key))

    def suspects(self, key: str) -> list[SignOff]:
        """Standing sign-offs whose matter has changed since they were given."""
        standing = self.courses[key].standing
        if not standing:
            return []
        now = self.fingerprint(key)
        return [each for each in standing if each.sees != now]

    def _valid_sign_offs(self) -> list[tuple[str, SignOff]]:
        return [
            (key, each)
            for key, course in self.courses.items()
            for each in course.standing
            if each not in self.suspects(key)
        ]

    def document(self) -> dict[str, Any]:
        """The record's plain fields as a file shows them, with statuses and head."""
        document: dict[str, Any] = {"format": 1}
        document.update(_ordered(self.fields, self.schema.shown(self.fields)))
        if self.stage not in ("", KEPT):
            document["status"] = self.stage
        elif self.schema.part is not None:
            document["status"] = str(self.status())
        if len(self.tips) == 1:
            document["head"] = "sha256:" + self.tips[0]
        if self.fields.get("evidence"):
            document["evidence"] = [dict(each) for each in self.fields["evidence"]]
        if self.schema.part is not None and self._shown_parts():
            document[self.schema.part] = [self._part_document(part) for part in self._shown_parts()]
        return document

    def _shown_parts(self) -> list[dict[str, Any]]:
        """The measures; of a record with stages none that was taken back: no status would say so."""
        every = self.measures()
        return [
            each for each in every if self.schema.lifecycle is None or not self.courses[each["uid"]].unmade
        ]

    def _part_document(self, part: dict[str, Any]) -> dict[str, Any]:
        document = _ordered(part, self.schema.part_by_name)
        if self.schema.lifecycle is None:
            document["status"] = str(self.status(part["uid"]))
        for table in PART_TABLES:
            if part.get(table):
                document[table] = [dict(each) for each in part[table]]
        return document


def _ordered(values: Mapping[str, Any], names: Iterable[str]) -> dict[str, Any]:
    return {name: values[name] for name in names if name in values}
