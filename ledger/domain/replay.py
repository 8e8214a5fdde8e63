"""From a history to the record, as it is or as it was: never from settings."""

from __future__ import annotations

from gettext import gettext as _
from typing import TYPE_CHECKING

from ledger.domain.ancestry import ancestry_of
from ledger.domain.course import Problem
from ledger.domain.state import State

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Sequence

    from ledger.domain.entry import Entry
    from ledger.domain.schema import Schema


def replay(
    schema: Schema,
    entries: Sequence[Entry],
    *,
    as_of: dt.date | None = None,
    known_at: dt.datetime | None = None,
) -> State:
    """The record its history makes.

    Shape: with `as_of`, entries of later business dates are left out; with `known_at`, those
        recorded later. An undone batch is left out at every date once its undoing is known.

    Source: docs/contract.md §2.
    """
    ordered = causal(entries)
    state = _applied(schema, ordered, as_of, known_at)
    if not is_chain(ordered):
        excused = [each for each in state.problems if _is_overtaken(state, each)]
        state.problems = [each for each in state.problems if each not in excused]
        overtaken = [state.entries[each.place] for each in excused if each.rule != "history-dates"]
        state.overtaken += [entry for entry in overtaken if state.moves(entry.do)]
    state.problems = [*link_problems(entries), *_placed(state, state.problems, entries)]
    return state


def _applied(
    schema: Schema,
    ordered: Sequence[Entry],
    as_of: dt.date | None = None,
    known_at: dt.datetime | None = None,
) -> State:
    """Entries in the order of replay taken in one by one; acts that were overtaken are problems still."""
    state = State(schema) if is_chain(ordered) else State(schema, ancestry_of(ordered))
    known = [entry for entry in ordered if known_at is None or entry.instant <= known_at]
    undone = undone_batches(known)
    for entry in known:
        if as_of is None or entry.on <= as_of:
            state.apply(entry, undone=entry.batch in undone)
    return state


def _is_overtaken(state: State, problem: Problem) -> bool:
    """Whether an act could be where it was done, and only what was done elsewhere meanwhile forbids it.

    Shape: such an act has no effect and is no problem; what it set and said is kept. It is the last of what
        its maker knew, so that those overtaken before it need not be told apart once more.
    """
    entry = state.entries[problem.place]
    own = causal(up_to(state.entries, entry.hash))
    if len(own) == len(state.entries):
        return False
    problems = [*link_problems(own), *_applied(state.schema, own).problems]
    return all(each.place != own.index(entry) for each in problems)


def _placed(state: State, problems: Sequence[Problem], entries: Sequence[Entry]) -> list[Problem]:
    """Problems with the places their entries have in the file, not in the order of replay."""
    if not problems:
        return []
    places = {entry.hash: index for index, entry in enumerate(entries)}
    return [each._replace(place=places[state.entries[each.place].hash]) for each in problems]


def undone_batches(entries: Iterable[Entry]) -> frozenset[str]:
    """The batches that an undo in force has taken back; an undo can be undone."""
    undone: set[str] = set()
    for entry in reversed(list(entries)):
        if entry.do == "undo" and entry.batch not in undone:
            undone.add(str(entry.data.get("batch", "")))
    return frozenset(undone)


def causal(entries: Sequence[Entry]) -> list[Entry]:
    """Entries with parents before children, then by time of recording, then by id."""
    if is_chain(entries):
        return list(entries)
    waiting = sorted(
        {entry.hash: entry for entry in entries}.values(), key=lambda entry: (entry.instant, entry.id)
    )
    present = {entry.hash for entry in waiting}
    placed: set[str] = set()
    ordered: list[Entry] = []
    while waiting:
        ready = next((entry for entry in waiting if _is_ready(entry, present, placed)), waiting[0])
        waiting.remove(ready)
        placed.add(ready.hash)
        ordered.append(ready)
    return ordered


def _is_ready(entry: Entry, present: set[str], placed: set[str]) -> bool:
    return all(parent in placed or parent not in present for parent in entry.prev)


def is_chain(entries: Sequence[Entry]) -> bool:
    """Whether each entry follows the one before it, and nothing was written in two places at once."""
    last: tuple[str, ...] = ()
    for entry in entries:
        if entry.prev != last:
            return False
        last = (entry.hash,)
    return True


def link_problems(entries: Sequence[Entry]) -> list[Problem]:
    """Links of the history that do not hold: a parent missing, a second beginning, a double."""
    if is_chain(entries):
        return []
    problems: list[Problem] = []
    seen: set[str] = set()
    for index, entry in enumerate(entries):
        if entry.hash in seen:
            problems.append(Problem("history-links", index, _("the entry stands twice")))
        elif index and not entry.prev:
            problems.append(Problem("history-links", index, _("the entry is linked to nothing before it")))
        elif any(parent not in seen for parent in entry.prev):
            problems.append(
                Problem("history-links", index, _("the entry before it is missing or was changed"))
            )
        seen.add(entry.hash)
    return problems


def up_to(entries: Sequence[Entry], head: str) -> list[Entry]:
    """The entries that `head` stands for: itself and all before it.

    Shape: `head` is a hash with or without ``sha256:``; empty when it is not in the history.
    """
    by_hash = {entry.hash: entry for entry in entries}
    wanted: set[str] = set()
    todo = [head.removeprefix("sha256:")]
    while todo:
        current = todo.pop()
        if current in by_hash and current not in wanted:
            wanted.add(current)
            todo.extend(by_hash[current].prev)
    return [entry for entry in entries if entry.hash in wanted]
