"""Rules about what a file shows: its form, its hand edits, its status, its dates and texts."""

from __future__ import annotations

from gettext import gettext as _
from typing import TYPE_CHECKING, Any

from ledger.domain.confidence import veiled
from ledger.domain.course import OWN
from ledger.domain.handedits import fields_of, is_protected
from ledger.domain.replay import undone_batches
from ledger.domain.schema import ISSUE
from ledger.domain.state import State
from ledger.domain.text import excerpt, visible

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping

    from ledger.domain.entry import Entry
    from ledger.domain.rules.subject import Checked, Fault

#: Columns a value may take in a message.
_SHOWN = 30
#: The commands that change what is not changed by hand.
_WAYS = {"due": "ledger extend", "claimed_by": "ledger claim", "claimed_on": "ledger claim"}


def form(record: Checked) -> Iterator[Fault]:
    """A file stands in the one form of a record, so that a change shows as one line."""
    if not record.canonical and not record.comments:
        message = _("the file is not in the form the program writes")
        yield record.fault(1, message, _("the next change of it will put it in order"), warning=True)


def comments(record: Checked) -> Iterator[Fault]:
    """A record has no comments: the next write would lose them."""
    for line, text in record.comments:
        message = _("a comment stands in the record: {text}").format(text=excerpt(text, _SHOWN))
        yield record.fault(line, message, _("take it into the remark with: ledger adopt"), warning=True)


def hand_edits(record: Checked) -> Iterator[Fault]:
    """A field changed by hand is recorded by the next change, or by adopt (手改).

    Source: docs/contract.md §2, "Hand edits".
    """
    part = record.schema.part or ""
    for key, name in fields_of(record.edits.plain, part):
        now = record.edits.plain[part][key][name] if key else _told(record, record.edits.plain, name)
        before = record.state.parts[key].get(name) if key else _told(record, record.state.fields, name)
        message = _("{field} was changed by hand: {before} -> {after}").format(
            field=name, before=_shown(before), after=_shown(now)
        )
        hint = _("record it with: ledger adopt {id}").format(id=record.id)
        yield record.fault(record.line(key, name), message, hint, key=key, warning=True)


def _told(record: Checked, fields: Mapping[str, Any], name: str) -> object:
    return veiled(record.schema, {name: fields.get(name)})[name]


def _shown(value: object) -> str:
    if value is None:
        return "-"
    if isinstance(value, list):
        return excerpt(", ".join(str(_pointed(each)) for each in value), _SHOWN)
    return excerpt(str(value), _SHOWN)


def _pointed(value: object) -> object:
    """What stands for a row: the name or period it is about, else its text."""
    if not isinstance(value, dict):
        return value
    return value.get("name") or value.get("period") or value.get("text", "")


def protected(record: Checked) -> Iterator[Fault]:
    """What only commands may change says what the history says.

    Source: docs/contract.md §2, "Hand edits".
    """
    for key, name in record.edits.protected:
        if name == record.schema.part:
            yield _about_measure(record, key)
        elif name not in ("status", "head"):
            yield _about_field(record, key, name)


def _about_measure(record: Checked, key: str | None) -> Fault:
    if key in record.state.parts:
        message = _("measure {id} was taken out of the file, or stands there twice").format(
            id=record.name_of(key)
        )
        hint = _("put it back as it was; take it off the books with: ledger void {id}")
    else:
        message = _("a measure was written into the file of {id} by hand").format(id=record.id)
        hint = _("take it out; add it with: ledger measure {id}")
    return record.fault(
        record.line(key, record.schema.part or ""), message, hint.format(id=record.name_of(key)), key=key
    )


def _about_field(record: Checked, key: str | None, name: str) -> Fault:
    home, shown = record.state.parts.get(key or OWN, record.state.fields), record.name_of(key)
    if is_protected(record.schema, name, record.state.stage) or name == "evidence":
        message = _("{field} of {id} was changed by hand, which is not adopted")
    else:
        message = _("{field} of {id} holds what it cannot hold")
    if name == "evidence":
        hint = _("put the rows back as they were; attach files with: ledger evidence add {id} FILE")
    elif name in home:
        hint = _("put it back: {field} = {value}")
    else:
        hint = _("take it out again")
    if name in _WAYS:
        hint += _("; then use: {command} {id}")
    value, command = _shown(home.get(name)), _WAYS.get(name, "")
    return record.fault(
        record.line(key, name),
        message.format(field=name, id=shown),
        hint.format(field=name, value=value, command=command, id=shown),
        key=key,
    )


def status(record: Checked) -> Iterator[Fault]:
    """A status is what the history makes of it.

    Source: docs/contract.md §2: of derived state only `status` and `head` are stored.
    """
    for key, name in record.edits.protected:
        if name == "status":
            message = _("status does not fit the history, which makes it {status}{entry}").format(
                status=record.state.stage or record.state.status(key or OWN), entry=_made_by(record, key)
            )
            hint = _("put it back; a status changes by commands only; see: ledger history {id}")
            yield record.fault(record.line(key, name), message, hint.format(id=record.name_of(key)), key=key)


def _made_by(record: Checked, key: str | None) -> str:
    """The entry that last changed a status, as it is named behind it."""
    undone = undone_batches(record.state.entries)
    now, last = State(record.schema), record.state.entries[0]
    for entry in record.state.entries:
        before = _status(now, key or OWN)
        now.apply(entry, undone=entry.batch in undone)
        if _status(now, key or OWN) != before:
            last = entry
    return _(" (entry {number}, {on})").format(number=record.entries.index(last) + 1, on=last.on)


def _status(state: State, key: str) -> str:
    return str(state.status(key)) if key in state.courses and state.entries else ""


def feedback(record: Checked) -> Iterator[Fault]:
    """No deadline lies before the day the findings were fed back."""
    settings = record.around.settings
    day = settings.source.feedback_on if settings else None
    if day is None or record.schema is not ISSUE:
        return
    for key, home in record.homes():
        due = home.get("due")
        if due is not None and due < day:
            message = _("{id} is due on {due}, before the findings were fed back on {day}").format(
                id=record.name_of(key), due=due, day=day
            )
            hint = _("look at the year; move it with: ledger extend {id}").format(id=record.name_of(key))
            yield record.fault(record.line(key, "due"), message, hint, key=key, warning=True)


def original_deadline(record: Checked) -> Iterator[Fault]:
    """An original deadline is there once plans are fixed, and is written once.

    Source: docs/contract.md §2.
    """
    yield from _rewritten(record)
    settings = record.around.settings
    if record.schema is not ISSUE or settings is None:
        return
    if settings.plan_required and not record.state.plan_versions:
        return
    for key, home in record.live():
        if home.get("due") and not home.get("due_original"):
            message = _("{id} has a deadline but no original one").format(id=record.name_of(key))
            hint = _("set it anew with: ledger extend {id}").format(id=record.name_of(key))
            yield record.fault(record.line(key, "due"), message, hint, key=key, warning=True)


def _rewritten(record: Checked) -> Iterator[Fault]:
    undone: Container[str] | None = None
    for index, entry in enumerate(record.history):
        if not entry.was:
            continue
        for key, before, after in _originals(entry, record.schema.part or ""):
            if before is not None and before != after:
                undone = undone_batches(record.state.entries) if undone is None else undone
                if entry.batch in undone:
                    break
                message = _("the original deadline was changed from {before} to {after}").format(
                    before=before, after=after or "-"
                )
                hint = _("take that back with: ledger undo {batch}").format(batch=entry.batch)
                yield record.fault(record.line_of_entry(index), message, hint, key=key)


def _originals(entry: Entry, part: str) -> Iterator[tuple[str | None, object, object]]:
    for key, name in fields_of(entry.set, part):
        if name == "due_original":
            now = entry.set[part][key] if key else entry.set
            was = entry.was.get(part, {}).get(key, {}) if key else entry.was
            yield key, was.get(name), now.get(name)


def text(record: Checked) -> Iterator[Fault]:
    """No text holds what is not seen or drives a terminal: controls, bidirectional marks, tags."""
    if record.plain:
        return
    for key, name, index, value in _texts(record):
        if visible(value) != value:
            line = record.line(key, name) if name else record.line_of_entry(index)
            message = _("a character that is not seen stands here: {text}").format(
                text=excerpt(_around(value), _SHOWN)
            )
            hint = _("take it out with: ledger edit {id}").format(id=record.name_of(key))
            yield record.fault(line, message, hint, key=key, warning=True)


def _around(value: str) -> str:
    """The text from a little before the first character that is not seen."""
    first = next(index for index, each in enumerate(value) if visible(each) != each)
    return value[max(first - 6, 0) :]


def _texts(record: Checked) -> Iterator[tuple[str | None, str, int, str]]:
    """Every text with the measure and field it stands in, or with the place of its entry."""
    for name, value in record.document.items():
        if name != record.schema.part:
            for each in _strings(value):
                yield None, name, 0, each
    for key, row in record.rows.items():
        for name, value in record.document[record.schema.part or ""][row].items():
            for each in _strings(value):
                yield key, name, 0, each
    for index, entry in enumerate(record.entries):
        if entry is not None:
            for each in _strings([entry.by, entry.signer, entry.meeting, entry.why, dict(entry.data)]):
                yield entry.target, "", index, each


def _strings(value: object) -> Iterable[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [text for each in value.values() for text in _strings(each)]
    if isinstance(value, list):
        return [text for each in value for text in _strings(each)]
    return ()
