"""Handing over (交接): what is open goes to somebody else on a day, what has ended keeps its names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ledger.domain.course import OWN
from ledger.domain.handover import ROLES, Handover, Holding, holdings
from ledger.domain.moves import Status
from ledger.domain.replay import undone_batches
from ledger.domain.schema import INHERITED

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterator

    from ledger.domain.acts.draft import Draft


def record(draft: Draft, number: int, handover: Handover) -> None:
    """Put the handover itself on the books."""
    fields = {
        "uid": draft.context.new_id(),
        "number": number,
        "on": handover.on,
        "giver": handover.giver,
        "taker": handover.taker,
        "roles": list(handover.roles),
    }
    draft.enter("add", set=fields)


def hand_over(draft: Draft, handover: Handover, is_giver: Callable[[str], bool]) -> list[Holding]:
    """Hand over what the giver holds of a record; gives what went.

    Shape: `is_giver` knows every spelling of the name. What came to the giver only after the day of the
        handover goes on the day it came. A closed measure that took the name from its issue gets it as its
        own, because what has ended keeps the names it had.
    """
    going = [each for each in holdings(draft.state) if each.role in handover.roles and is_giver(each.name)]
    days: dict[dt.date, dict[str, dict[str, Any]]] = {}
    for each in going:
        field = ROLES[each.role]
        homes = days.setdefault(max(handover.on, _came(draft, each.key, field)), {})
        homes.setdefault(each.key, {})[field] = _after(draft, each, handover.taker, is_giver)
        for uid, own in _kept(draft, field) if each.key == OWN else ():
            homes.setdefault(uid, {})[field] = own
    for day, homes in sorted(days.items()):
        given = {**homes.pop(OWN, {}), **({"measures": homes} if homes else {})}
        data = {"giver": handover.giver, "taker": handover.taker}
        draft.enter("handover", set=given, data=data, on=day)
    return going


def _came(draft: Draft, key: str, field: str) -> dt.date:
    """The latest day on which a record, or a measure, was given the value of a field it has."""
    undone = undone_batches(draft.state.entries)
    days = [
        entry.on
        for entry in draft.state.entries
        if entry.batch not in undone
        and field in (entry.set if key == OWN else entry.set.get("measures", {}).get(key, {}))
    ]
    return max(days, default=draft.state.entries[0].on)


def _after(draft: Draft, holding: Holding, taker: str, is_giver: Callable[[str], bool]) -> object:
    """The value of the field once the taker stands in the giver's place."""
    home = draft.state.fields if holding.key == OWN else draft.state.parts[holding.key]
    value = home[ROLES[holding.role]]
    if isinstance(value, list):
        return list(dict.fromkeys(taker if is_giver(each) else each for each in value))
    return taker


def _kept(draft: Draft, field: str) -> Iterator[tuple[str, Any]]:
    """Closed measures that have a field from their issue, with what it says."""
    if field not in INHERITED:
        return
    for uid, part in draft.state.parts.items():
        if draft.status(uid) is Status.CLOSED and part.get(field) is None:
            yield uid, draft.state.fields[field]
