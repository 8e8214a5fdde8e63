"""What a sign-off approves: its fingerprint tells later whether that has changed since."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ledger.domain.course import OWN
from ledger.domain.moves import Status

if TYPE_CHECKING:
    from ledger.domain.state import State


def content(state: State, key: str) -> dict[str, Any]:
    """What a sign-off on `key` approves.

    Shape: what a measure has none of is left out where sign-offs were given before there was such a thing, so
        that their fingerprints stay what they are.

    Source: docs/contract.md §2.
    """
    found = {"title": state.fields.get("title"), **_approved(state, key)}
    if key == OWN:
        live = [part["uid"] for part in state.measures() if state.status(part["uid"]) is not Status.VOID]
        found["measures"] = {uid: _approved(state, uid) for uid in live}
    return found


def _approved(state: State, key: str) -> dict[str, Any]:
    home = state.fields if key == OWN else state.parts[key]
    return {
        "text": home.get("text"),
        "points": [[each.get("text"), each.get("done_on")] for each in home.get("points", ())],
        "criterion": state.effective(key, "criterion"),
        "deliverable": home.get("deliverable"),
        "result": home.get("result"),
        "evidence": sorted(each["sha256"] for each in home.get("evidence", ())),
        **_repeated(home),
    }


def _repeated(home: dict[str, Any]) -> dict[str, Any]:
    """How often a measure is done, and the names it has to reach; a period done later is no change."""
    found: dict[str, Any] = {}
    if home.get("recurrence"):
        found["recurrence"] = home["recurrence"]
    if home.get("roster"):
        found["roster"] = [
            [each["name"], each.get("done_on"), each.get("excused_on")] for each in home["roster"]
        ]
    return found
