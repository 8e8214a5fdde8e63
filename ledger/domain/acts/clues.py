"""What is done about a clue: registered, routed, verified, transferred, concluded, answered (线索).

Every act is dated and says who decided; which may follow which is the table in `domain.clue`.
"""

from __future__ import annotations

from gettext import gettext as _
from typing import TYPE_CHECKING, Any, NamedTuple

from ledger.domain.acts.working import ANYBODY, Decision
from ledger.errors import RefusedError, UsageError

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from ledger.domain.acts.draft import Draft
    from ledger.domain.limits import Limit
    from ledger.domain.workdays import IsWorkday


class Handling(NamedTuple):
    """What an act on a clue goes by, besides the clue: how working days are counted, and who decided.

    Shape: `within` is a limit for the next step that goes before the settings'; `opinion` is what was said
        when it was decided.
    """

    is_workday: IsWorkday
    decided: Decision = ANYBODY
    opinion: str = ""
    within: Limit | None = None


def register(draft: Draft, number: int, fields: Mapping[str, Any], handling: Handling) -> None:
    """Put a clue on the books.

    Raises:
        RefusedError: received after the day it is registered on.
        UsageError: it has no title.
    """
    if not fields.get("title"):
        raise UsageError(_("a clue needs a title"), _("say what it is about: ledger clue add TITLE"))
    received = fields.get("received_on") or draft.context.on
    if received > draft.context.on:
        message = _("the clue was received on {received}, after {on}, when it is registered")
        raise RefusedError(
            message.format(received=received, on=draft.context.on),
            _("give the day it is registered with --on"),
        )
    given = {name: value for name, value in fields.items() if value is not None}
    known = {"uid": draft.context.new_id(), "number": number, **given, "received_on": received}
    _enter(draft, "add", handling, known, _After("route", received))


def route(draft: Draft, to: str, handling: Handling) -> None:
    """Hand it to the unit or person who is to verify it (归口); a verified one goes back for another look.

    Raises:
        RefusedError: it is transferred or concluded, or dated before it was received.
    """
    draft.require("route")
    changes = {"routed_to": to, "routed_on": draft.context.on}
    open_again = dict.fromkeys(("outcome", "finding", "verified_on"))
    _enter(draft, "route", handling, {**changes, **open_again}, _After("verify"))


def verify(draft: Draft, outcome: str, finding: str, handling: Handling) -> None:
    """Say what the verification came to (核查): founded, partly or unfounded.

    Raises:
        RefusedError: it was not routed to anybody.
    """
    draft.require("verify")
    changes = {"outcome": outcome, "finding": finding or None, "verified_on": draft.context.on}
    _enter(draft, "verify", handling, changes, _After("conclude"))


def transfer(draft: Draft, to: str, number: str, handling: Handling) -> None:
    """Hand it to another body (移送); that is done once.

    Raises:
        RefusedError: it was transferred before, or is concluded.
    """
    draft.require("transfer")
    changes = {"transferred_to": to, "transfer_number": number or None, "transferred_on": draft.context.on}
    _enter(draft, "transfer", handling, changes, _After("receipt", answer=True))


def receipt(draft: Draft, number: str, handling: Handling) -> None:
    """The body it went to confirms that it has it (回执).

    Raises:
        RefusedError: it was not transferred, or confirmed before.
    """
    draft.require("receipt")
    changes = {"receipt_number": number or None, "receipt_on": draft.context.on}
    _enter(draft, "receipt", handling, changes, _After("result"))


def result(draft: Draft, text: str, handling: Handling) -> None:
    """The body it went to says what came of it (移送结果); with that it is concluded.

    Raises:
        RefusedError: it was not transferred.
    """
    draft.require("result")
    _enter(
        draft, "result", handling, {"result": text, "concluded_on": draft.context.on}, _After("", answer=True)
    )


def conclude(draft: Draft, text: str, handling: Handling) -> None:
    """Say what was done about it, and that nothing is left (办结).

    Raises:
        RefusedError: it was not verified; or it was found true and nobody says what was done.
    """
    draft.require("conclude")
    if not text and draft.state.fields.get("outcome") != "unfounded":
        message = _("{id} was found true: what was done about it is missing").format(id=draft.name())
        raise RefusedError(message, _("give it with --result"))
    changes = {"result": text or None, "concluded_on": draft.context.on}
    _enter(draft, "conclude", handling, changes, _After("", answer=True))


def make_issue(draft: Draft, uid: str, handling: Handling) -> None:
    """The clue is now an issue of the ledger, by its uid (立账).

    Raises:
        RefusedError: not verified, found untrue, or made an issue before.
    """
    draft.require("issue")
    if draft.state.fields.get("outcome") == "unfounded":
        message = _("{id} was found untrue, so no issue is made of it").format(id=draft.name())
        raise RefusedError(message, _("conclude it: ledger clue conclude {id}").format(id=draft.name()))
    _enter(
        draft, "issue", handling, {"issue": uid, "concluded_on": draft.context.on}, _After("", answer=True)
    )


def feedback(draft: Draft, text: str, handling: Handling) -> None:
    """Tell whoever gave it what came of it (反馈).

    Raises:
        RefusedError: nothing came of it yet.
    """
    draft.require("feedback")
    changes = {"feedback": text, "feedback_on": draft.context.on, "feedback_due": None}
    _enter(draft, "feedback", handling, changes)


class _After(NamedTuple):
    """What follows from an act.

    Shape: `step` is what has to be done next, "" for nothing; `since` the day its limit runs from, else that
        of the act; `answer` says that whoever gave the clue is to be answered now.
    """

    step: str
    since: dt.date | None = None
    answer: bool = False


def _enter(
    draft: Draft, act: str, handling: Handling, changes: Mapping[str, Any], after: _After | None = None
) -> None:
    """Add the entry, with the last days that follow from it: replay never reads settings (D-15)."""
    _not_before_received(draft, act)
    said = dict(changes)
    if after is not None:
        said["due"] = _last_day(draft, after.step, handling, after.since)
        if after.answer and _awaits_answer(draft):
            said["feedback_due"] = _last_day(draft, "feedback", handling._replace(within=None))
    draft.enter(
        act,
        set=_changed(draft, said),
        data={"opinion": handling.opinion} if handling.opinion else {},
        **handling.decided.parts(),
    )


def _not_before_received(draft: Draft, act: str) -> None:
    received = draft.state.fields.get("received_on")
    if act != "add" and received is not None and draft.context.on < received:
        message = _("{id} was received on {received}; nothing is done about it on {on}")
        raise RefusedError(
            message.format(id=draft.name(), received=received, on=draft.context.on),
            _("give a date from {last} on with --on").format(last=received),
        )


def _awaits_answer(draft: Draft) -> bool:
    """Whether somebody gave it who has not been answered; nobody answers an anonymous letter."""
    return bool(draft.state.fields.get("source")) and "feedback_on" not in draft.state.fields


def _last_day(draft: Draft, step: str, handling: Handling, since: dt.date | None = None) -> dt.date | None:
    limit = handling.within if handling.within and step else draft.context.settings.clues.within.get(step)
    return limit.end(since or draft.context.on, handling.is_workday) if limit else None


def _changed(draft: Draft, said: Mapping[str, Any]) -> dict[str, Any]:
    """What is really different; what is taken away and was not there says nothing."""
    held = draft.state.fields
    return {name: value for name, value in said.items() if value is not None or name in held}
