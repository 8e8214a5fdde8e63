"""What somebody changed in a record's file by hand: recorded, put back, or refused with its place."""

from __future__ import annotations

from gettext import gettext as _
from typing import TYPE_CHECKING, Any, NamedTuple

from ledger.domain.course import OWN
from ledger.domain.handedits import fields_of
from ledger.domain.handwritten import received
from ledger.domain.text import clean
from ledger.errors import ConflictError, RejectedInputError
from ledger.store import recordfile, recordlines

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ledger.domain.acts.draft import Context, Draft
    from ledger.store.record import Record

#: So many changed fields are named in one message; `check` names them all.
_NAMED = 12


class PutBack(NamedTuple):
    """A field that says again what the history says; `id` is the issue's or the measure's."""

    id: str
    field: str
    before: object
    after: object


def record_first(draft: Draft, record: Record, context: Context) -> int:
    """Record plain edits before the command that found them; gives how many entries that took.

    Raises:
        ConflictError: the file has comments, or edits nobody may make by hand.
        RejectedInputError: a text holds what no text may hold.
    """
    for line, _text in recordfile.comments(record.text.text.encode()):
        message = _("{path}:{line}: the file has a comment").format(path=record.path, line=line)
        raise ConflictError(message, _("take comments into the remark first: ledger adopt"))
    refuse_protected([record])
    if record.edits.plain:
        own, draft.context = draft.context, context
        draft.enter("adopt", set=cleaned(record))
        draft.context = own
        names = ", ".join(dict.fromkeys(name for _uid, name in fields_of(record.edits.plain)))
        message = _("issue {id} was edited by hand, which is recorded first: {fields}")
        draft.warnings.append(message.format(id=draft.name(), fields=names))
    return len(draft.added)


def refuse_protected(records: Iterable[Record]) -> None:
    """Refuse what nobody may change by hand, naming every such field of every record.

    Raises:
        ConflictError: there is one.
    """
    changed = [(record, uid, name) for record in records for uid, name in record.edits.protected]
    if not changed:
        return
    hint = _("put it back by hand, or with: ledger adopt ID --put-back; then use the command for it")
    if len(changed) == 1:
        ((record, uid, name),) = changed
        message = _("{path}:{line}: {field} was changed by hand").format(
            path=record.path, line=line_of(record, uid, name), field=name
        )
        raise ConflictError(message, hint)
    shown = [f"{record.path}:{line_of(record, uid, name)} {name}" for record, uid, name in changed[:_NAMED]]
    if len(changed) > _NAMED:
        shown.append(_("and {count} more, which ledger check names").format(count=len(changed) - _NAMED))
    raise ConflictError(_("changed by hand: {places}").format(places=", ".join(shown)), hint)


def line_of(record: Record, uid: str | None, name: str) -> int:
    """Where a field stands in the file, of the issue or of the measure of that uid."""
    part = record.schema.part
    rows = record.text.document.get(part, ()) if part else ()
    places = [place for place, row in enumerate(rows) if uid is not None and row.get("uid") == uid]
    if not places:
        return record.text.line_of_key(name)
    return record.text.line_of_key(name, part=part, index=places[0])


def cleaned(record: Record) -> dict[str, Any]:
    """The plain edits of a record as they are recorded: every text through the intake of texts.

    Raises:
        RejectedInputError: a text is too long, or holds what no text may hold; file and line are named.
    """
    plain, schema, part = record.edits.plain, record.schema, record.schema.part or ""
    changes: dict[str, Any] = {}
    for uid, name in fields_of(plain, part):
        home = plain if uid is None else plain[part][uid]
        known = schema.by_name if uid is None else schema.part_by_name
        into = changes if uid is None else changes.setdefault(part, {}).setdefault(uid, {})
        try:
            into[name] = received(name, home[name], known)
        except RejectedInputError as error:
            raise placed(error, str(record.path), line_of(record, uid, name), name) from error
    return changes


def placed(error: RejectedInputError, path: str, line: int, name: str) -> RejectedInputError:
    """The refusal of a text, with the place in the file it stands at."""
    message = _("{path}:{line}: {field}: {reason}")
    return RejectedInputError(
        message.format(path=path, line=line, field=name, reason=error.message), error.hint
    )


def with_comments(record: Record, changes: dict[str, Any]) -> dict[str, Any]:
    """The changes with every comment taken into the remark of the issue or the measure it stands at.

    Raises:
        RejectedInputError: a comment holds what no text may hold.
    """
    rows = record.text.document.get(record.schema.part or "", ())
    for index, text in comments(record.text, str(record.path), record.schema.part):
        uid = None if index is None else str(rows[index]["uid"])
        known = record.state.fields if uid is None else record.state.parts[uid]
        home = changes
        if uid is not None:
            home = changes.setdefault(str(record.schema.part), {}).setdefault(uid, {})
        before = home.get("remark", known.get("remark"))
        home["remark"] = f"{before}\n{text}" if before else text
    return changes


def comments(text: recordfile.RecordText, path: str, part: str | None) -> Iterator[tuple[int | None, str]]:
    """Every comment that says something, with the index of the measure it stands at, or None.

    Raises:
        RejectedInputError: a comment holds what no text may hold.
    """
    for line, said in recordfile.comments(text.text.encode()):
        try:
            words = clean(said)
        except RejectedInputError as error:
            raise placed(error, path, line, "#") from error
        if words:
            yield recordlines.part_at(text.text, line, part), words


def put_back(record: Record) -> list[PutBack]:
    """What the file says again once it is written as the history has it.

    Raises:
        ConflictError: a measure was written into the file, which would be lost.
    """
    part = record.schema.part or ""
    found = []
    for uid, name in record.edits.protected:
        if name == part:
            _no_words_lost(record, uid)
            found.append(PutBack(_id(record, uid), name, None, record.state.parts[str(uid)].get("text")))
            continue
        now, before = _values(record, uid, name)
        found.append(PutBack(_id(record, uid), name, now, before))
    return found


def _no_words_lost(record: Record, uid: str | None) -> None:
    """Only a measure that was taken out is put back; one written into the file stands nowhere else."""
    rows = record.text.document.get(record.schema.part or "")
    given = [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []
    missing = uid in record.state.parts and all(row.get("uid") != uid for row in given)
    if not missing or (rows is not None and len(given) != len(rows)):
        message = _("{path}:{line}: a measure was written into the file by hand").format(
            path=record.path, line=line_of(record, uid, record.schema.part or "")
        )
        raise ConflictError(
            message, _("take it out, and add it with: ledger measure {id}").format(id=_id(record))
        )


def _values(record: Record, uid: str | None, name: str) -> tuple[object, object]:
    """What the file says, and what the history says."""
    document, state = record.text.document, record.state.document()
    if uid is None:
        return document.get(name), state.get(name)
    part = str(record.schema.part)
    given, ours = (
        next((row.get(name) for row in rows if row.get("uid") == uid), None)
        for rows in (document[part], state[part])
    )
    return given, ours


def _id(record: Record, uid: str | None = None) -> str:
    number = record.state.fields.get("number", 0)
    part = record.state.parts.get(uid or OWN)
    return record.schema.id_of(number) if part is None else f"{number}.{part.get('number')}"
