"""Taking a command back by a new entry that names it."""

from __future__ import annotations

from gettext import gettext as _
from typing import TYPE_CHECKING, Any

from ledger.domain.moves import STATUS_ACTS
from ledger.domain.replay import undone_batches
from ledger.errors import NotFoundError, RefusedError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ledger.domain.acts.draft import Draft
    from ledger.domain.entry import Entry

#: A batch that fixed the plan is not taken back: the plan is revised instead.
_FIXED = frozenset({"approve"})


def undo(draft: Draft, batch: str) -> None:
    """Take a batch back in this record.

    Shape: what the batch added becomes void; everything else is as before it.

    Raises:
        NotFoundError: the record has no such batch.
        RefusedError: it was taken back already, or something later builds on it.
    """
    entries = draft.state.entries
    mine = [entry for entry in entries if entry.batch == batch]
    if not mine:
        raise NotFoundError(_("issue {id} has no change of that name").format(id=draft.name()))
    if batch in undone_batches(entries):
        raise RefusedError(_("that change has been taken back already"))
    if any(entry.do in _FIXED for entry in mine):
        raise RefusedError(_("an approved plan is not taken back"), _("revise it and approve a new version"))
    _nothing_builds_on_it(draft, mine, entries)
    draft.enter("undo", data={"batch": batch})


def _nothing_builds_on_it(draft: Draft, mine: list[Entry], entries: Iterable[Entry]) -> None:
    everything = list(entries)
    undone = undone_batches(everything)
    last = max(everything.index(entry) for entry in mine)
    touched = {field for entry in mine for field in _fields(entry.set)}
    moved = {entry.target for entry in mine if not _asks(entry)}
    made = {
        uid
        for entry in mine
        if entry.do in ("add", "measure", "split", "move")
        for uid in entry.set.get("measures", {})
    }
    for later in everything[last + 1 :]:
        if later.do == "undo" or later.batch in undone:
            continue
        clash = touched & set(_fields(later.set)) or (_moves(later) and later.target in moved | made)
        if clash or (any(entry.do == "add" for entry in mine) and _moves(later)):
            message = _("issue {id} has changed since: {act} on {on}").format(
                id=draft.name(), act=later.do, on=later.on
            )
            raise RefusedError(message, _("take that back first, newest first: ledger undo"))


def _moves(entry: Entry) -> bool:
    return entry.do in STATUS_ACTS and not _asks(entry)


def _asks(entry: Entry) -> bool:
    return "request" in entry.data or "refuse" in entry.data


def _fields(changes: Any) -> Iterable[tuple[str, str]]:
    for name, value in changes.items():
        if name == "measures":
            yield from ((uid, field) for uid, fields in value.items() for field in fields)
        else:
            yield "", name
