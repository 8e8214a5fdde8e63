"""Back through a history: what gave a status, and what changed since a sign-off."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ledger.domain.approved import content
from ledger.domain.state import State

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ledger.domain.closeout import SignOff
    from ledger.domain.entry import Entry


@dataclass(frozen=True, slots=True)
class Since:
    """One change of what a sign-off approved, made after it.

    Shape: `names` are the parts of the matter that changed: fields, ``points``, ``evidence``; for a
        sign-off on a whole issue ``measures`` stands for all that changed in its measures.
    """

    entry: Entry
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Doubt:
    """A suspect sign-off, and what was changed after it, oldest first."""

    sign_off: SignOff
    since: tuple[Since, ...]


def turning_point(state: State, undone: frozenset[str], key: str) -> Entry | None:
    """The entry that gave a target the status it has; nothing when it has had no other.

    Shape: `undone` are the batches that no longer count. For an issue whose measures give its status the
        entry may be about one of them.
    """
    found: Entry | None = None
    before = None
    for entry, then in _again(state, undone):
        now = then.status(key) if key in then.courses else None
        if now != before:
            found, before = entry, now
    return found


def stage_entry(state: State, undone: frozenset[str]) -> Entry | None:
    """The entry that gave a record of a kind with stages the one it has; of others the first."""
    found: Entry | None = None
    before: str | None = None
    for entry, then in _again(state, undone):
        if then.stage != before or found is None:
            found, before = entry, then.stage
    return found


def doubts(state: State, undone: frozenset[str], key: str) -> tuple[Doubt, ...]:
    """The suspect sign-offs on a target, in the order of the steps, each with what changed since.

    Source: docs/contract.md §2: a sign-off binds itself to what it saw.
    """
    suspects = state.suspects(key)
    if not suspects:
        return ()
    course = _course(state, undone, key)
    return tuple(Doubt(each, _since(course, each)) for each in suspects)


def _again(state: State, undone: frozenset[str]) -> Iterator[tuple[Entry, State]]:
    """The entries of a state, each with the state as it was right after it."""
    then = State(state.schema)
    for entry in state.entries:
        then.apply(entry, undone=entry.batch in undone)
        yield entry, then


def _course(state: State, undone: frozenset[str], key: str) -> list[tuple[Entry, str, dict[str, Any]]]:
    """Each entry with the fingerprint and the matter of the target right after it."""
    return [
        (entry, then.fingerprint(key), content(then, key))
        for entry, then in _again(state, undone)
        if key in then.courses
    ]


def _since(course: list[tuple[Entry, str, dict[str, Any]]], sign_off: SignOff) -> tuple[Since, ...]:
    seen = [place for place, (_entry, mark, _content) in enumerate(course) if mark == sign_off.sees]
    if not seen:
        return ()
    last = seen[-1]
    found = []
    for (_before, _mark, old), (entry, _now, new) in zip(course[last:], course[last + 1 :], strict=False):
        names = tuple(name for name in {**new, **old} if new.get(name) != old.get(name))
        if names:
            found.append(Since(entry, names))
    return tuple(found)
