"""Putting together what two copies of a ledger did to one record, where git left it to a person."""

from __future__ import annotations

import contextlib
from gettext import gettext as _
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, NamedTuple

from ledger.domain import threeway
from ledger.domain.acts.draft import Draft
from ledger.domain.confidence import veiled
from ledger.domain.entry import canonical
from ledger.domain.merging import Dispute, Merger, Side
from ledger.domain.replay import replay
from ledger.errors import ConflictError, LedgerError, NotFoundError
from ledger.store import files, recordfile, transaction
from ledger.store import record as records
from ledger.usecases import conflicts, handedits
from ledger.usecases.change import Changed, Desk, Outcome, Work, change

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from ledger.domain.entry import Entry
    from ledger.domain.schema import Schema
    from ledger.domain.state import State
    from ledger.store.book import Book
    from ledger.store.record import Record
    from ledger.usecases.conflicts import Conflict, Found


class Resolved(NamedTuple):
    """One record put together.

    Shape: `disputes` are what a person decided, as they may be told, with `chosen`; both empty where nothing
        was in dispute.
        `overtaken` are acts that have no effect beside what the other copy did, with the ids they were
        done to.
    """

    id: str
    path: PurePosixPath
    disputes: tuple[Dispute, ...]
    chosen: tuple[Side, ...]
    overtaken: tuple[tuple[str, Entry], ...]


class Resolution(NamedTuple):
    """What could be put together, and what waits for somebody to decide, as `named` says it."""

    done: tuple[Resolved, ...]
    still: tuple[str, ...]


def resolve(
    desk: Desk, found: Found, judge: Callable[[Conflict, Dispute], Side | None]
) -> Outcome[Resolution]:
    """Put together every record whose disputes are decided, and tell git; the others stay as they are.

    Shape: `judge` is asked before anything is locked or written, and gives None for what stays open.

    Raises:
        ConflictError: nothing could be put together, because questions are open; they are named.
    """
    ready: list[tuple[Conflict, Merger | None, tuple[Side, ...]]] = []
    still: list[str] = []
    for conflict in found.conflicts:
        merger = _merger(conflict, desk)
        answers = [judge(conflict, each) for each in (merger.disputes if merger else ())]
        chosen = tuple(each for each in answers if each is not None)
        if len(chosen) < len(answers) and merger is not None:
            still += [named(conflict, each) for each in merger.disputes]
        else:
            ready.append((conflict, merger, chosen))
    if still and not ready:
        raise open_questions(still)

    def deed(work: Work) -> Resolution:
        if conflicts.mark(desk.book) != found.mark:
            raise ConflictError(
                _("what git could not merge has changed while this command ran"),
                _("nothing was written; run it again"),
            )
        return Resolution(tuple(_put_together(work, *each) for each in ready), tuple(still))

    outcome = change(desk, "resolve", deed)
    unsaid = "" if desk.dry_run else _tell_git(desk.book, ready, outcome.value.done)
    warnings = (*outcome.warnings, unsaid) if unsaid else outcome.warnings
    return outcome._replace(changed=outcome.files, files=(), warnings=warnings)


def open_questions(still: Sequence[str]) -> ConflictError:
    """What to raise while somebody has to decide."""
    message = _("both copies changed it, and nobody said which counts: {fields}")
    return ConflictError(
        message.format(fields=", ".join(still)),
        _("decide on a terminal, or for all at once with --prefer mine|theirs|later|earlier"),
    )


def named(conflict: Conflict, dispute: Dispute) -> str:
    """A dispute as people name it: 7 unit, 7.2 text."""
    version = conflict.mine or conflict.theirs
    part = version.state.parts.get(dispute.key) if version is not None else None
    number = conflict.id if part is None else f"{conflict.id}.{part.get('number')}"
    return f"{number} {dispute.fields[0]}"


def as_told(schema: Schema, dispute: Dispute) -> Dispute:
    """A dispute with the veil over what is confidential."""
    return dispute._replace(mine=veiled(schema, dispute.mine), theirs=veiled(schema, dispute.theirs))


def _merger(conflict: Conflict, desk: Desk) -> Merger | None:
    """Both histories against each other; nothing where only one side has the record."""
    if conflict.mine is None or conflict.theirs is None:
        return None
    work = Work(desk.book, desk.actor)
    sides = [_history(each, work) for each in (conflict.mine, conflict.theirs)]
    return Merger(conflict.schema, *sides)


def _history(record: Record, work: Work) -> list[Entry]:
    """The entries of one version, edits by hand recorded as in any change.

    Raises:
        ConflictError: it was committed with edits nobody may make by hand.
    """
    try:
        handedits.refuse_protected([record])
    except ConflictError as error:
        hint = _(
            "in the copy where that was done: ledger adopt {id} --put-back, then git commit; merge again"
        )
        number = int(record.state.fields.get("number", 0))
        raise ConflictError(error.message, hint.format(id=record.schema.id_of(number))) from error
    changes = handedits.with_comments(record, handedits.cleaned(record))
    if not changes:
        return list(record.entries)
    draft = Draft(record.state, work.context())
    draft.enter("adopt", set=changes)
    return draft.state.entries


def _put_together(
    work: Work, conflict: Conflict, merger: Merger | None, chosen: tuple[Side, ...]
) -> Resolved:
    book = work.book
    version = conflict.mine or conflict.theirs
    if version is None:
        raise NotFoundError(_("git has no version of {id}").format(id=conflict.id))
    if merger is None:
        state = replay(conflict.schema, _history(version, work))
    else:
        state = merger.settled(chosen, work.actor.by, work.actor.at)
    document = records.with_extra(state.document(), _extra(conflict), conflict.schema.part)
    name = records.file_name(int(state.fields.get("number", 0)), str(state.fields["uid"]))
    shown = book.shown(name, conflict.schema)
    lines = [entry.line for entry in state.entries]
    data = recordfile.checked(document, lines, records.form_of(conflict.schema.kind), path=shown)
    folder = book.folder / conflict.schema.folder
    before = _text(folder / name)
    _write(work, folder / name, data)
    for path in conflict.paths:
        if path.name != name:
            _write(work, folder / path.name, None)
    added = _joined(state, merger) if merger else tuple(state.entries[len(version.entries) :])
    work.told.append(Changed(conflict.id, (conflict.id,), shown, added, before, data.decode()))
    disputes = tuple(as_told(conflict.schema, each) for each in merger.disputes) if merger else ()
    return Resolved(conflict.id, shown, disputes, chosen, _newly_overtaken(conflict, merger, state))


def _newly_overtaken(
    conflict: Conflict, merger: Merger | None, state: State
) -> tuple[tuple[str, Entry], ...]:
    """What had an effect in one copy and has none now."""
    if merger is None:
        return ()
    before = {entry.hash for side in (merger.mine, merger.theirs) for entry in side.overtaken}
    rows = ((state.parts.get(entry.target or ""), entry) for entry in state.overtaken)
    return tuple(
        (conflict.id if part is None else f"{conflict.id}.{part.get('number')}", entry)
        for part, entry in rows
        if entry.hash not in before
    )


def _joined(state: State, merger: Merger) -> tuple[Entry, ...]:
    """The entry that joins the two, where one had to be made."""
    return (state.entries[-1],) if len(merger.union.tips) > 1 else ()


def _write(work: Work, path: Path, data: bytes | None) -> None:
    expected = files.digest_at(path)
    if data is None and expected is None:
        return
    place = PurePosixPath(path.relative_to(work.book.workspace.ledgers).as_posix())
    work.extra_files.append(transaction.Change(place, data, expected))


def _text(path: Path) -> str:
    with contextlib.suppress(FileNotFoundError):
        return files.read(path).decode(errors="replace")
    return ""


def _extra(conflict: Conflict) -> dict[str, Any]:
    """Keys no version of ours knows: changes of one side are taken, of two the same one in every copy."""
    part = conflict.schema.part
    sides = [version.edits.extra for version in (conflict.mine, conflict.theirs) if version is not None]
    base = {} if conflict.base is None else conflict.base.edits.extra
    extras = [base, sides[0], sides[-1]]
    merged = _of_both(*({key: value for key, value in each.items() if key != part} for each in extras))
    if part is not None:
        rows = [each.get(part, {}) for each in extras]
        uids = sorted({uid for each in rows for uid in each})
        merged[part] = {uid: _of_both(*(each.get(uid, {}) for each in rows)) for uid in uids}
    return merged


def _of_both(base: Mapping[str, Any], mine: Mapping[str, Any], theirs: Mapping[str, Any]) -> dict[str, Any]:
    merged: dict[str, Any] = {}
    for key in dict.fromkeys([*mine, *theirs]):
        value = threeway.value(base.get(key), mine.get(key), theirs.get(key))
        if value is threeway.DISPUTED:
            value = max((each[key] for each in (mine, theirs) if key in each), key=_spelled)
        if value is not None:
            merged[key] = value
    return merged


def _spelled(value: object) -> str:
    try:
        return canonical(value)
    except LedgerError:
        return repr(value)


def _tell_git(
    book: Book, ready: Sequence[tuple[Conflict, Merger | None, tuple[Side, ...]]], done: Sequence[Resolved]
) -> str:
    """Say to git that the conflicts are settled: what was written is in its index, old names are not.

    Shape: gives why git could not be told, as a sentence; the records are put together all the same.
    """
    try:
        repo = conflicts.repository(book)
        kept = [repo.relative(book.workspace.root / each.path) for each in done]
        gone = [path for conflict, _merger, _chosen in ready for path in conflict.paths if path not in kept]
        repo.add(kept)
        repo.forget(gone)
    except (LedgerError, OSError) as error:
        message = _(
            "the records are put together, but git was not told ({reason}); say git add on their files"
        )
        reason = error.message if isinstance(error, LedgerError) else error.strerror or error
        return message.format(reason=reason)
    return ""


def by_rule(prefer: str) -> Callable[[Conflict, Dispute], Side | None]:
    """Who counts by a rule: `mine`, `theirs`, or the value that was recorded `later` or `earlier`."""

    def judge(_conflict: Conflict, dispute: Dispute) -> Side | None:
        if prefer in ("mine", "theirs"):
            return Side(prefer)
        mine, theirs = dispute.mine_by, dispute.theirs_by
        if mine is None or theirs is None:
            return None
        is_later = (mine.instant, mine.hash) > (theirs.instant, theirs.hash)
        return Side.MINE if is_later is (prefer == "later") else Side.THEIRS

    return judge
