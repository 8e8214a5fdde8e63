"""Taking a command back by a new entry that names it."""

from __future__ import annotations

from gettext import gettext as _
from typing import TYPE_CHECKING

from ledger.domain.course import OWN
from ledger.domain.frozen import FREEZE
from ledger.domain.handedits import fields_of
from ledger.domain.replay import replay, undone_batches, up_to
from ledger.domain.state import State
from ledger.domain.ticked import ACTS
from ledger.domain.words import said
from ledger.errors import NotFoundError, RefusedError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ledger.domain.acts.draft import Draft
    from ledger.domain.entry import Entry
    from ledger.domain.frozen import FrozenHead

#: What is not taken back: others have built on it, here or in another copy of the ledger.
_FIXED = frozenset({"approve", "resolve", "renumber"})


def undo(draft: Draft, batch: str, frozen: Sequence[FrozenHead] = ()) -> None:
    """Take a batch back in this record.

    Shape: what the batch added becomes void; everything else is as before it. `frozen` says where the history
        ended in every period that was frozen.

    Raises:
        NotFoundError: the record has no such batch.
        RefusedError: it was taken back already, stands in a frozen period, or something later builds on it.
    """
    entries = draft.state.entries
    mine = [entry for entry in entries if entry.batch == batch]
    if not mine:
        raise NotFoundError(
            _("issue {id} has no change of that name").format(id=draft.name()), _("ledger history shows them")
        )
    if batch in undone_batches(entries):
        raise RefusedError(
            _("that change has been taken back already"), _("ledger history shows what counts")
        )
    _can_be_taken_back(mine)
    _not_frozen(draft, mine, frozen)
    _nothing_builds_on_it(draft, mine)
    draft.enter("undo", data={"batch": batch})
    _take_back(draft)


def _can_be_taken_back(mine: list[Entry]) -> None:
    done = {entry.do for entry in mine} & _FIXED
    if "approve" in done:
        raise RefusedError(_("an approved plan is not taken back"), _("revise it and approve a new version"))
    if done:
        message = _("what two copies of the ledger have settled is not taken back")
        raise RefusedError(message, _("change what is not right with: ledger edit"))


def _not_frozen(draft: Draft, mine: list[Entry], frozen: Sequence[FrozenHead]) -> None:
    """What a report that was sent rests on is not taken back.

    Shape: a report rests on what was written down by then of days up to its own, and on an undo of such.
    Source: docs/contract.md §2.
    """
    if draft.state.schema is FREEZE:
        message = _("what is frozen is not taken back: {name}").format(name=draft.state.fields["title"])
        raise RefusedError(message, _("write a further issue: ledger freeze PERIOD --reissue --why REASON"))
    entries = draft.state.entries
    first = min((entry.on for entry in (*mine, *_taken_back_by(mine, entries))), default=None)
    for each in frozen:
        known = {entry.hash for entry in up_to(entries, each.head)}
        if first is not None and first <= each.as_of and any(entry.hash in known for entry in mine):
            message = _("{id} stands in the reports of {name} with it, which are frozen")
            hint = _("say what is right with a new entry: the next report tells it as a correction")
            raise RefusedError(message.format(id=draft.name(), name=each.name), hint)


def _take_back(draft: Draft) -> None:
    before = len(draft.state.problems)
    draft.state = replay(draft.state.schema, draft.state.entries)
    if len(draft.state.problems) > before:
        raise _changed_since(draft, draft.state.entries[draft.state.problems[-1].place])


def _nothing_builds_on_it(draft: Draft, mine: list[Entry]) -> None:
    entries = draft.state.entries
    last = max(entries.index(entry) for entry in mine)
    concerned = [*mine, *_taken_back_by(mine, entries)]
    touched = {field for entry in concerned for field in (*fields_of(entry.set), *_rows_of(entry))}
    targets = {
        key
        for entry in concerned
        if not _asks(entry)
        for key in (entry.target or OWN, *entry.set.get("measures", {}))
    }
    whole = any(entry.do == "add" for entry in concerned)
    for later, moved, created in _later(draft.state, last):
        clash = touched & set(fields_of(later.set)) or moved & targets
        if clash or (whole and created):
            raise _changed_since(draft, later)


def _rows_of(entry: Entry) -> Iterator[tuple[str | None, str]]:
    """The table an act added a row to or ticked one off in: a later change of the whole table built on it."""
    table = "evidence" if entry.do == "evidence" else ACTS.get(entry.do)
    if table:
        yield entry.target, table


def _taken_back_by(mine: Iterable[Entry], entries: Iterable[Entry]) -> Iterator[Entry]:
    """What comes back when an undo is itself taken back."""
    batches = {str(entry.data.get("batch")) for entry in mine if entry.do == "undo"}
    if batches:
        found = [entry for entry in entries if entry.batch in batches]
        yield from found
        yield from _taken_back_by(found, entries)


def _later(state: State, last: int) -> Iterator[tuple[Entry, set[str], bool]]:
    """Entries in force after a place, whose status each changed, and whether it made a measure."""
    undone = undone_batches(state.entries)
    now = State(state.schema)
    for index, entry in enumerate(state.entries):
        key, parts = entry.target or OWN, len(now.parts)
        before = _status(now, key)
        now.apply(entry, undone=entry.batch in undone)
        if index > last and entry.batch not in undone:
            moved = {key} if _status(now, key) != before or _signs(entry) else set()
            yield entry, moved, len(now.parts) > parts


def _status(state: State, key: str) -> str:
    return str(state.status(key)) if key in state.courses else ""


def _signs(entry: Entry) -> bool:
    """Whether an entry moves a close-out on, though the status may keep its name."""
    return entry.do in ("sign", "return")


def _changed_since(draft: Draft, later: Entry) -> RefusedError:
    message = _("issue {id} has changed since: {act} on {on}")
    return RefusedError(
        message.format(id=draft.name(), act=said("act", later.do), on=later.on),
        _("take that back first, newest first: ledger undo"),
    )


def _asks(entry: Entry) -> bool:
    return "request" in entry.data or "refuse" in entry.data
