"""Splitting, merging and moving measures and issues; what leaves a place stays there as void."""

from __future__ import annotations

from gettext import gettext as _
from typing import TYPE_CHECKING, Any

from ledger.domain.acts.planning import next_number, reason_if_approved, room
from ledger.domain.course import OWN
from ledger.domain.issue import due_home
from ledger.domain.moves import Act, Status
from ledger.domain.schema import DUE_KEYS, INHERITED
from ledger.domain.ticked import TABLES, joined
from ledger.errors import RefusedError, UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ledger.domain.acts.draft import Draft

#: What a new measure made of another one takes along.
_KEPT = (*INHERITED, *DUE_KEYS, "continuing", "interim_goal", "review_on", "serves")
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
    reason_if_approved(draft)
    room(draft, len(texts) - 1)
    kept = {name: value for name, value in draft.state.parts[key].items() if name in _KEPT}
    kept.update(_from_now_on(draft, key))
    parts: dict[str, dict[str, Any]] = {key: {"text": texts[0]}}
    for offset, text in enumerate(texts[1:]):
        uid = draft.context.new_id()
        parts[uid] = {**kept, "uid": uid, "number": next_number(draft) + offset, "text": text}
    arrives = _ARRIVES.get(draft.status(key), Status.ACTIVE)
    draft.enter("split", key, set={"measures": parts}, data={"status": str(arrives)})


def _from_now_on(draft: Draft, key: str) -> dict[str, str]:
    """How often a new measure is done that comes of another: what was missed before is not its own."""
    stored = draft.state.parts[key].get("recurrence")
    if not stored:
        return {}
    from ledger.domain.recurrence import recurrence_of  # few measures come round

    left = recurrence_of(stored).since(draft.context.on)
    return {"recurrence": str(left)} if left else {}


def merge_measures(draft: Draft, key: str, others: Sequence[str]) -> None:
    """Make one measure of several of the same issue; the others become void.

    What it takes over: their texts, points, rosters, periods and evidence, and how often the first is done.

    Raises:
        UsageError: a measure is named twice, or there is nothing to merge.
        RefusedError: one of them is closed or void, or a reason is missing.
    """
    every = (key, *others)
    if len(set(every)) < max(len(every), 2):
        raise UsageError(_("merging needs two different measures"), _("name each once"))
    for each in every:
        draft.require(Act.MERGE, each)
    reason_if_approved(draft)
    homes = [draft.state.parts[each] for each in every]
    points = [dict(point) for home in homes for point in home.get("points", ())]
    files = {row["sha256"]: dict(row) for home in reversed(homes) for row in home.get("evidence", ())}
    changes = {
        "text": "\n".join(home["text"] for home in homes if home.get("text")),
        "points": [{**point, "number": index} for index, point in enumerate(points, 1)],
        "recurrence": next((home["recurrence"] for home in homes if home.get("recurrence")), None),
        **{table: joined(table, [home.get(table, ()) for home in homes]) for table in TABLES},
        "evidence": list(reversed(files.values())),
    }
    draft.enter("edit", key, changes={name: value for name, value in changes.items() if value})
    for each in others:
        draft.enter("merge", each, data={"into": key})


def move_measure(home: Draft, key: str, goal: Draft) -> str:
    """Take a measure to another issue; gives its new uid there.

    What it carries: its fields, those it inherits, points, roster, periods, evidence and status. Its
    sign-offs stay behind, so a measure reported done or under sign-off arrives as active.

    Raises:
        RefusedError: the measure or the other issue is closed or void, or a reason is missing.
    """
    home.require(Act.MOVE, key)
    goal.require(Act.MEASURE)
    for draft in (home, goal):
        reason_if_approved(draft)
    if goal.state.fields.get("uid") == home.state.fields.get("uid"):
        raise RefusedError(
            _("{id} is in issue {number} already").format(id=home.name(key), number=home.number),
            _("name another issue with --to"),
        )
    room(goal)
    part, dates = home.state.parts[key], due_home(home.state, key)
    status = _ARRIVES.get(home.status(key), Status.ACTIVE)
    uid = goal.context.new_id()
    carried = {name: home.state.effective(key, name) for name in INHERITED}
    carried.update({name: dates.get(name) for name in DUE_KEYS})
    fields = {**part, **carried}
    fields.update(uid=uid, number=next_number(goal))
    fields["serves"] = [each for each in part.get("serves", ()) if each != goal.state.fields["uid"]] or None
    origin = {"issue": home.state.fields["uid"], "measure": key}
    given = {name: value for name, value in fields.items() if value is not None}
    goal.enter("move", uid, set={"measures": {uid: given}}, data={"from": origin, "status": str(status)})
    home.enter("move", key, data={"to": {"issue": goal.state.fields["uid"], "measure": uid}})
    return uid


def merge_issue(home: Draft, other: Draft) -> None:
    """Take another issue's measures over; the other issue becomes void.

    Raises:
        UsageError: both are the same issue.
        RefusedError: one of them, or a measure of the other, is closed or void, or a reason is missing.
    """
    if home.state.fields.get("uid") == other.state.fields.get("uid"):
        raise UsageError(_("merging needs two different issues"), _("name each once"))
    for draft in (home, other):
        draft.require(Act.MERGE)
        reason_if_approved(draft)
    for part in other.state.measures():
        if other.status(part["uid"]) is not Status.VOID:
            move_measure(other, part["uid"], home)
    other.enter("merge", OWN, data={"into": home.state.fields["uid"]})
