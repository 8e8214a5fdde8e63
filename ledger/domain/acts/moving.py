"""Splitting, merging and moving measures and issues; what leaves a place stays there as void."""

from __future__ import annotations

from gettext import gettext as _
from typing import TYPE_CHECKING, Any

from ledger.domain.acts.planning import _reason_if_approved, next_number
from ledger.domain.course import OWN
from ledger.domain.moves import Act, Status
from ledger.domain.schema import DUE_KEYS, INHERITED
from ledger.errors import RefusedError, UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ledger.domain.acts.draft import Draft

#: Where a measure goes on when it arrives elsewhere: sign-offs do not travel with it.
_ARRIVES = {Status.PENDING: Status.PENDING, Status.INTERIM: Status.INTERIM, Status.LONGTERM: Status.LONGTERM}


def split_measure(draft: Draft, key: str, texts: Sequence[str]) -> None:
    """Make several measures of one: the first text stays, each other becomes a new measure.

    Raises:
        UsageError: fewer than two texts.
        RefusedError: the measure is closed or void, or a reason is missing.
    """
    if len(texts) < 2:
        raise UsageError(_("splitting needs at least two texts"), _("give --text once for each part"))
    draft.require(Act.SPLIT, key)
    _reason_if_approved(draft)
    part = draft.state.parts[key]
    kept = {
        name: value for name, value in part.items() if name in (*INHERITED, *DUE_KEYS, "continuing", "serves")
    }
    parts: dict[str, dict[str, Any]] = {key: {"text": texts[0]}}
    for offset, text in enumerate(texts[1:]):
        uid = draft.context.new_id()
        parts[uid] = {**kept, "uid": uid, "number": next_number(draft) + offset, "text": text}
    arrives = _ARRIVES.get(draft.status(key), Status.ACTIVE)
    draft.enter("split", key, set={"measures": parts}, data={"status": str(arrives)})


def merge_measures(draft: Draft, key: str, others: Sequence[str]) -> None:
    """Make one measure of several of the same issue: texts are joined, the others become void.

    Raises:
        RefusedError: one of them is closed or void, or a reason is missing.
    """
    for each in (key, *others):
        draft.require(Act.MERGE, each)
    _reason_if_approved(draft)
    part = draft.state.parts[key]
    text = "\n".join(draft.state.parts[each].get("text", "") for each in (key, *others))
    points = [dict(point) for each in (key, *others) for point in draft.state.parts[each].get("points", ())]
    changes: dict[str, Any] = {"text": text}
    if points:
        changes["points"] = [{**point, "number": index} for index, point in enumerate(points, 1)]
    draft.enter("edit", key, changes=changes, why=draft.context.why or _("merged"))
    for each in others:
        draft.enter("merge", each, data={"into": part["uid"]})


def move_measure(home: Draft, key: str, goal: Draft) -> str:
    """Take a measure to another issue; gives its new uid there.

    What it carries: its fields, points, evidence and status. Its sign-offs stay behind, so a
    measure under sign-off arrives as active.

    Raises:
        RefusedError: the measure or the other issue is closed or void, or a reason is missing.
    """
    home.require(Act.MOVE, key)
    goal.require(Act.MEASURE)
    _reason_if_approved(home)
    if goal.state.fields.get("uid") == home.state.fields.get("uid"):
        raise RefusedError(
            _("{id} is in issue {number} already").format(id=home.name(key), number=home.number)
        )
    part = dict(home.state.parts[key])
    status = _ARRIVES.get(home.status(key), Status.ACTIVE)
    uid = goal.context.new_id()
    carried = {name: home.state.effective(key, name) for name in INHERITED}
    fields = {**part, **{name: value for name, value in carried.items() if value is not None}}
    fields.update(uid=uid, number=next_number(goal))
    origin = {"issue": home.state.fields["uid"], "measure": key}
    goal.enter("move", uid, set={"measures": {uid: fields}}, data={"from": origin, "status": str(status)})
    home.enter("move", key, data={"to": {"issue": goal.state.fields["uid"], "measure": uid}})
    return uid


def merge_issue(home: Draft, other: Draft) -> None:
    """Take another issue's measures over; the other issue becomes void.

    Raises:
        RefusedError: one of them, or a measure of the other, is closed or void.
    """
    home.require(Act.MERGE)
    other.require(Act.MERGE)
    _reason_if_approved(home)
    for part in other.state.measures():
        if other.status(part["uid"]) is not Status.VOID:
            move_measure(other, part["uid"], home)
    other.enter("merge", OWN, data={"into": home.state.fields["uid"]})
