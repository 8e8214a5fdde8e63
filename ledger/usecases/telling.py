"""What happened to an issue or a measure, entry by entry, and in which command."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ledger.domain.confidence import veiled
from ledger.domain.course import OWN
from ledger.domain.replay import undone_batches
from ledger.domain.schema import CHRONICLE, ISSUE
from ledger.store import chronology
from ledger.usecases.looking import Chosen, Looked
from ledger.usecases.sight import ask

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from ledger.domain.entry import Entry
    from ledger.domain.state import State
    from ledger.store.chronology import Batch
    from ledger.usecases.sight import Sight

#: Fields that say nothing to a reader of a history: they name what everything else is about.
_SILENT = frozenset({"uid", "number"})


@dataclass(frozen=True, slots=True)
class Change:
    """One field that an entry set: `was` and `now` are values as entries hold them, None for nothing."""

    id: str
    field: str
    was: Any
    now: Any


@dataclass(frozen=True, slots=True)
class Told:
    """One entry as it is told.

    Shape: `id` is the issue or measure it is about; `act` a code of the acts, ``close`` for the last
        sign-off, ``request`` or ``refuse`` for a request and its refusal; `signed` of `steps` sign-offs
        stood after a sign-off, 0 for other acts; `undone` when it was taken back; `overtaken` when it moved
        nothing beside what another copy of the ledger did at the same time.
    """

    entry: Entry
    id: str
    act: str
    changes: tuple[Change, ...]
    signed: int
    steps: int
    undone: bool
    overtaken: bool


def told(chosen: Chosen | Looked) -> tuple[Told, ...]:
    """The entries about an issue, one of its measures, or a record of another kind; the newest last.

    Shape: of a measure also the entries about its issue that set a field of the measure, or take back
        what was done to it.
    """
    seen, key = (chosen, OWN) if isinstance(chosen, Looked) else (chosen.seen, chosen.key)
    state = seen.state
    signs = _signs(state)
    known = {entry.hash for entry in seen.record.entries}
    batches = {entry.batch for entry in state.entries if _concerns(entry, key)}
    return tuple(
        _told(state, entry, signs, undone=entry.batch in seen.undone)
        for entry in state.entries
        if entry.hash in known and (_concerns(entry, key) or entry.data.get("batch") in batches)
    )


def _concerns(entry: Entry, key: str) -> bool:
    return key == OWN or entry.target == key or key in entry.set.get("measures", {})


def _signs(state: State) -> dict[str, tuple[int, int]]:
    """How many sign-offs of how many stood after each that counts, by the hash of its entry."""
    found: dict[str, tuple[int, int]] = {}
    for course in state.courses.values():
        for attempt in course.attempts:
            for place, each in enumerate(attempt.sign_offs, 1):
                found.setdefault(each.entry.hash, (place, len(attempt.steps)))
    return found


def _told(state: State, entry: Entry, signs: Mapping[str, tuple[int, int]], *, undone: bool) -> Told:
    signed, steps = signs.get(entry.hash, (0, 0))
    return Told(
        entry=entry,
        id=_name(state, entry.target or OWN),
        act=_act(entry, last=bool(steps) and signed == steps),
        changes=tuple(_changes(state, entry)),
        signed=signed,
        steps=steps,
        undone=undone,
        overtaken=entry in state.overtaken,
    )


def _act(entry: Entry, *, last: bool) -> str:
    if "request" in entry.data:
        return "request"
    if "refuse" in entry.data:
        return "refuse"
    if entry.do == "sign" and last:
        return "close"
    if entry.do == "return" and entry.data.get("to"):
        return "send_back"
    if entry.do == "edit" and entry.data.get("erratum"):
        return "erratum"
    return entry.do


def _changes(state: State, entry: Entry) -> Iterator[Change]:
    part = state.schema.part or ""
    for field, now in entry.set.items():
        if field != part and field not in _SILENT:
            was = veiled(state.schema, entry.was).get(field)
            yield Change(_name(state, OWN), field, was, veiled(state.schema, {field: now})[field])
    before = entry.was.get(part, {})
    for uid, fields in entry.set.get(part, {}).items():
        for field, now in fields.items():
            if field not in _SILENT:
                yield Change(_name(state, uid), field, before.get(uid, {}).get(field), now)


def _name(state: State, key: str) -> str:
    name = state.schema.id_of(int(state.fields.get("number", 0)))
    return name if key == OWN else f"{name}.{state.parts.get(key, {}).get('number', '?')}"


def last_batches(
    sight: Sight, limit: int, *, tell: Callable[[str], object] | None = None
) -> tuple[Batch, ...]:
    """The commands that were recorded last, on whatever kind of record; the newest last."""
    found = ask(sight, lambda asked: chronology.batches(asked, limit), tell=tell)
    newest = sorted([*found, *_of_others(sight)], key=lambda each: each.batch)
    return tuple(newest[-limit:] if limit else ())


def _of_others(sight: Sight) -> Iterator[Batch]:
    """The commands on all that is no issue, which the index does not have."""
    others = (schema for schema in sight.book.schemas() if schema is not ISSUE)
    for record in (record for schema in others for record in sight.book.records(schema)):
        undone = undone_batches(record.entries)
        schema = record.state.schema
        name = schema.id_of(int(record.state.fields.get("number", 0)))
        for entry in record.entries:
            if _known(entry, sight):
                act = "note" if entry.do == "add" and schema is CHRONICLE else entry.do
                yield chronology.Batch(
                    entry.batch, entry.at, entry.by, (act,), (name,), entry.batch in undone
                )


def _known(entry: Entry, sight: Sight) -> bool:
    in_time = sight.as_of is None or entry.on <= sight.as_of
    return in_time and (sight.known_at is None or entry.instant <= sight.known_at)
