"""The work itself: notes, evidence, points, results, deadlines that move."""

from __future__ import annotations

from gettext import gettext as _
from typing import TYPE_CHECKING, Any, NamedTuple

from ledger.domain.course import OWN
from ledger.domain.issue import due_home
from ledger.domain.moves import Act, Status
from ledger.domain.remaining import SETTLED
from ledger.errors import NoResultError, NotFoundError, RefusedError, UsageError

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from ledger.domain.acts.draft import Draft


class Decision(NamedTuple):
    """Who decided, a person or body, or a meeting; empty means whoever records."""

    signer: str = ""
    meeting: str = ""

    def parts(self) -> dict[str, Any]:
        """The keys of an entry that say so."""
        return {"signer": self.signer or None, "meeting": self.meeting or None}


ANYBODY = Decision()


def note(
    draft: Draft, key: str, text: str, *, source: Mapping[str, Any] | None = None, period: str = ""
) -> None:
    """Write down what was done (工作记事); the first note starts a pending measure.

    Shape: `source` is the received file it comes from, if it does; `period` the month, as YYYY-MM, that
        a unit reported on with it.
    """
    draft.require(Act.NOTE, key)
    said = {"source": dict(source or {}), "period": period}
    draft.enter("note", key, data={"text": text, **_given(**said)})


def attach(draft: Draft, key: str, evidence: Mapping[str, Any]) -> None:
    """Attach a file that proves something; the same file is attached once.

    Shape: `evidence` has sha256, name, kind, proves and size.

    Raises:
        RefusedError: the file is attached to this target already.
    """
    draft.require(Act.EVIDENCE, key)
    home = draft.state.fields if key == OWN else draft.state.parts[key]
    if any(each["sha256"] == evidence["sha256"] for each in home.get("evidence", ())):
        raise RefusedError(
            _("{id} already has this file: {name}").format(id=draft.name(key), name=evidence["name"]),
            _("a file is attached once; see: ledger show {id}").format(id=draft.name(key)),
        )
    draft.enter("evidence", key, data=dict(evidence))


def add_point(draft: Draft, key: str, text: str) -> int:
    """Add a checkable part to a measure (要点); gives its number."""
    draft.require(Act.POINT, key)
    points = _points(draft, key)
    number = max((int(each["number"]) for each in points), default=0) + 1
    draft.enter("point", key, changes={"points": [*points, {"number": number, "text": text}]})
    return number


def tick_point(draft: Draft, key: str, number: int, *, done: bool = True) -> None:
    """Mark a point as done on the business date, or as open again.

    Raises:
        NotFoundError: the measure has no such point.
    """
    draft.require(Act.POINT, key)
    points = _points(draft, key)
    chosen = next((each for each in points if each["number"] == number), None)
    if chosen is None:
        raise NotFoundError(
            _("{id} has no point {number}").format(id=draft.name(key), number=number),
            _("ledger show {id} shows them").format(id=draft.number),
        )
    chosen.pop("done_on", None)
    if done:
        chosen["done_on"] = draft.context.on
    draft.enter("point", key, changes={"points": points})


def _points(draft: Draft, key: str) -> list[dict[str, Any]]:
    if key == OWN:
        raise UsageError(
            _("points belong to a measure"), _("name one, such as {id}.1").format(id=draft.name())
        )
    return [dict(each) for each in draft.state.parts[key].get("points", ())]


def interim(draft: Draft, key: str, result: str = "", review_on: dt.date | None = None) -> None:
    """Report an interim completion (阶段性完成)."""
    _started(draft)
    draft.require(Act.INTERIM, key)
    draft.enter("interim", key, changes=_given(result=result, review_on=review_on))


def report_done(draft: Draft, key: str, result: str = "") -> None:
    """Report that it is done, with what was achieved (整改成效).

    Raises:
        RefusedError: no result, an open point or name, a missed period, a measure of the issue not done, or
            not possible now.
    """
    _started(draft)
    draft.require(Act.DONE, key)
    home = draft.state.fields if key == OWN else draft.state.parts[key]
    if not (result or home.get("result")):
        hint = _("say what was achieved: ledger done {id} --result TEXT").format(id=draft.name(key))
        raise NoResultError(_("{id} has no result").format(id=draft.name(key)), hint)
    no_open_point(draft, key)
    from ledger.domain.acts.ticking import require_complete  # a note needs none of it

    require_complete(draft, key)
    if key == OWN:
        measures_settled(draft)
    draft.enter("done", key, changes=_given(result=result))


def no_open_point(draft: Draft, key: str) -> None:
    """Refuse while a point of a measure is open.

    Raises:
        RefusedError: points are open; they are named.
    """
    home = {} if key == OWN else draft.state.parts[key]
    left = [
        f"{draft.name(key)}.{each['number']}" for each in home.get("points", ()) if not each.get("done_on")
    ]
    if left:
        message = _("{id} has open points: {points}").format(id=draft.name(key), points=" ".join(left))
        raise RefusedError(message, _("tick them with: ledger point {point} --done").format(point=left[0]))


def open_measures(draft: Draft) -> list[str]:
    """The uids of an issue's measures that are not settled, in order of number."""
    return [part["uid"] for part in draft.state.measures() if draft.status(part["uid"]) not in SETTLED]


def measures_settled(draft: Draft) -> None:
    """Refuse while the issue has measures that are not settled; they are named.

    Raises:
        RefusedError: a measure is open, or the issue is closed measure by measure.
    """
    if draft.state.parts and draft.context.settings.chain.of == "measure":
        names = " ".join(draft.name(uid) for uid in open_measures(draft)) or draft.name() + ".1"
        message = _("issue {id} is closed measure by measure").format(id=draft.name())
        raise RefusedError(message, _("report its measures: {names}").format(names=names))
    left = open_measures(draft)
    if left:
        names = " ".join(draft.name(uid) for uid in left)
        message = _("issue {id} has measures that are not done: {names}").format(id=draft.name(), names=names)
        raise RefusedError(
            message,
            _("report them first, or take them along with: ledger close {id} --all").format(id=draft.name()),
        )


def extend(draft: Draft, key: str, due: dt.date, due_text: str = "", decided: Decision = ANYBODY) -> None:
    """Move a deadline; the original one stays on record.

    Raises:
        RefusedError: closed, void, no reason given, or the plan is still a draft.
    """
    _started(draft)
    draft.require(Act.EXTEND, key)
    _reason(draft, key)
    dates = due_home(draft.state, key)
    if dates.get("due") == due:
        raise RefusedError(
            _("{id} is due on {due} already").format(id=draft.name(key), due=due),
            _("give another date with --to"),
        )
    original = dates.get("due_original") or dates.get("due") or due
    home = draft.state.fields if key == OWN else draft.state.parts[key]
    changes: dict[str, Any] = {"due": due, "due_original": original, "due_text": due_text or None}
    if home.get("due_original") is not None:
        del changes["due_original"]
    if not due_text and "due_text" not in home:
        del changes["due_text"]
    draft.enter("extend", key, changes=changes, **decided.parts())


def make_longterm(
    draft: Draft, key: str, goal: str, review_on: dt.date | None, decided: Decision = ANYBODY
) -> None:
    """Turn it into long-term work, with an interim goal and the next review.

    Raises:
        RefusedError: not possible now, or no reason, goal or review date given.
    """
    _started(draft)
    if not goal or review_on is None:
        message = _("{id}: long-term work needs an interim goal and a review date")
        raise RefusedError(
            message.format(id=draft.name(key)), _("give them with --interim-goal and --review-on")
        )
    draft.require(Act.LONGTERM, key)
    _reason(draft, key)
    changes = {"term": "longterm", "interim_goal": goal, "review_on": review_on}
    draft.enter("longterm", key, changes=changes, **decided.parts())


def ask_for(draft: Draft, act: Act, key: str, wish: Mapping[str, Any]) -> None:
    """Put in a request to extend or to go long-term; no field changes.

    Raises:
        RefusedError: not possible now, no reason given, or such a request is waiting for its answer.
    """
    _started(draft)
    draft.require(act, key)
    _reason(draft, key)
    if draft.state.courses[key].pending_request(str(act)):
        message = _("a request on {id} is waiting for its answer").format(id=draft.name(key))
        raise RefusedError(message, _("answer it with --approve or --refuse"))
    draft.enter(str(act), key, data={"request": dict(wish)})


def refuse_request(draft: Draft, act: Act, key: str, decided: Decision = ANYBODY) -> None:
    """Refuse the waiting request; nothing else changes.

    Raises:
        RefusedError: there is no request.
    """
    if not draft.state.courses[key].pending_request(str(act)):
        raise RefusedError(
            _("there is no request on {id}").format(id=draft.name(key)),
            _("ask with --request, or decide at once with --approve"),
        )
    draft.enter(str(act), key, data={"refuse": True}, **decided.parts())


def void(draft: Draft, key: str) -> None:
    """Take it off the books, with the reason; it stays readable and its number is not used again.

    Raises:
        RefusedError: closed, or no reason given.
    """
    draft.require(Act.VOID, key)
    _reason(draft, key)
    if key == OWN and draft.state.schema.lifecycle is None:
        for part in draft.state.measures():
            if draft.status(part["uid"]) is not Status.VOID:
                draft.require(Act.VOID, part["uid"])
                draft.enter("void", part["uid"])
    draft.enter("void", key)


def _reason(draft: Draft, key: str) -> None:
    if not draft.context.why:
        raise RefusedError(_("{id}: a reason is needed").format(id=draft.name(key)), _("give it with --why"))


def _started(draft: Draft) -> None:
    """Work on a plan starts when the plan is approved (docs/contract.md §2)."""
    if draft.context.settings.plan_required and not draft.approved:
        message = _("issue {id} is not in an approved plan yet").format(id=draft.name())
        raise RefusedError(message, _("approve the plan first: ledger plan approve --meeting NAME"))


def _given(**values: object) -> dict[str, object]:
    return {name: value for name, value in values.items() if value}
