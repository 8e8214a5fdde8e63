"""Approved plans (整改方案): which records stood how, and what changed between two."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from gettext import gettext as _
from typing import TYPE_CHECKING, Any

from ledger.domain.course import OWN
from ledger.domain.moves import Status
from ledger.errors import DamageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ledger.domain.state import State

FORMAT = 1

#: What a plan lays down, in the order of a record; results, claims and remarks are not part of it.
#: Source: docs/contract.md §1.
_ISSUE = (
    "number", "kind", "title", "category", "unit", "co_units", "leader", "owner", "criterion", "deliverable",
    "term", "continuing", "due", "due_text", "interim_goal", "review_on",
)  # fmt: skip
_MEASURE = (
    "text", "points", "unit", "co_units", "leader", "owner", "criterion", "deliverable", "term", "continuing",
    "due", "due_text", "interim_goal", "review_on", "recurrence", "roster", "serves",
)  # fmt: skip

#: What stands in place of a field when a whole issue or measure came or went.
ADDED, REMOVED = "added", "removed"


@dataclass(frozen=True, slots=True)
class Plan:
    """An approved version of the plan.

    Shape: `heads` leads from an issue's uid to the head its history had, written as in a record.
    """

    version: int
    on: dt.date
    meeting: str
    by: str
    heads: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PlanChange:
    """One thing that differs between two plans.

    Shape: `id` is the number people use (``7``, ``7.2``); `field` is a field's name, or
        ``added`` or ``removed`` with the title or text; None means there is no value.
    """

    id: str
    field: str
    before: Any
    after: Any


def as_document(plan: Plan) -> dict[str, Any]:
    """The plan as its file shows it."""
    document: dict[str, Any] = {"format": FORMAT, "version": plan.version, "on": plan.on}
    document.update({name: value for name, value in (("meeting", plan.meeting), ("by", plan.by)) if value})
    document["heads"] = dict(sorted(plan.heads.items()))
    return document


def plan_of(document: Mapping[str, Any]) -> Plan:
    """The plan a file shows.

    Raises:
        DamageError: a value is missing or cannot be what it should be.
    """
    version, on, heads = document.get("version"), document.get("on"), document.get("heads", {})
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        raise _not_a_plan("version")
    if not isinstance(on, dt.date):
        raise _not_a_plan("on")
    if not isinstance(heads, dict) or not all(isinstance(head, str) for head in heads.values()):
        raise _not_a_plan("heads")
    words = {name: document.get(name, "") for name in ("meeting", "by")}
    for name, value in words.items():
        if not isinstance(value, str):
            raise _not_a_plan(name)
    return Plan(version, on, words["meeting"], words["by"], dict(heads))


def _not_a_plan(name: str) -> DamageError:
    return DamageError(
        _("the plan's {field} is missing or is not what it should be").format(field=name),
        _("plans are written by ledger plan approve; take the file from git, or from a copy that is whole"),
    )


def diff(before: Mapping[str, State], after: Mapping[str, State]) -> list[PlanChange]:
    """What changed in the plan: issues and measures that came or went, and fields, by issue number.

    Shape: both lead from an issue's uid to its state.
    """
    uids = sorted({**before, **after}, key=lambda uid: (_number(after.get(uid) or before[uid]), uid))
    return [change for uid in uids for change in _issue_changes(before.get(uid), after.get(uid))]


def _number(state: State) -> int:
    return int(state.fields.get("number", 0))


def _issue_changes(before: State | None, after: State | None) -> Iterator[PlanChange]:
    old = before if before is not None and _counts(before, OWN) else None
    new = after if after is not None and _counts(after, OWN) else None
    if new is None:
        if old is not None:
            yield PlanChange(str(_number(old)), REMOVED, old.fields.get("title"), None)
        return
    name = str(_number(new))
    if old is None:
        yield PlanChange(name, ADDED, None, new.fields.get("title"))
    else:
        yield from _field_changes(name, _ISSUE, old.fields, new.fields)
    yield from _measure_changes(name, old, new)


def _measure_changes(name: str, old: State | None, new: State) -> Iterator[PlanChange]:
    for part in [*new.measures(), *_gone(old, new)]:
        uid, shown = part["uid"], f"{name}.{part.get('number', 0)}"
        was = old.parts[uid] if old is not None and uid in old.parts and _counts(old, uid) else None
        now = part if uid in new.parts and _counts(new, uid) else None
        if was is not None and now is not None:
            yield from _field_changes(shown, _MEASURE, was, now)
        elif now is not None:
            yield PlanChange(shown, ADDED, None, now.get("text"))
        elif was is not None:
            yield PlanChange(shown, REMOVED, was.get("text"), None)


def _gone(old: State | None, new: State) -> list[dict[str, Any]]:
    return [part for part in old.measures() if part["uid"] not in new.parts] if old is not None else []


def _counts(state: State, key: str) -> bool:
    return state.status(key) is not Status.VOID


def _field_changes(
    name: str, fields: tuple[str, ...], old: Mapping[str, Any], new: Mapping[str, Any]
) -> Iterator[PlanChange]:
    for each in fields:
        was, now = _value(each, old), _value(each, new)
        if was != now:
            yield PlanChange(name, each, was, now)


def _value(name: str, home: Mapping[str, Any]) -> object:
    value = home.get(name)
    if name == "points" and value:
        return tuple(point.get("text") for point in value)
    if name == "roster" and value:
        return tuple(each["name"] for each in value)
    if isinstance(value, list):
        return tuple(value) or None
    return value if value not in ("", False) else None
