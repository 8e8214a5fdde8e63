"""Records examined one by one for a check; many are shared among several processes."""

from __future__ import annotations

import errno
import os
import re
from functools import lru_cache
from gettext import gettext as _
from typing import TYPE_CHECKING, Final, NamedTuple

from ledger.domain.handedits import compare
from ledger.domain.kinds import schema_of
from ledger.domain.replay import replay
from ledger.domain.rules import Around, Brief, Checked, Fault, Rule, Unreadable, brief_of, look_at
from ledger.errors import DamageError
from ledger.store import entrylines, recordfile, workers
from ledger.store.record import form_of, without_history
from ledger.store.recordfile import RecordText, UnreadableRecordError
from ledger.store.recordreader import Reader

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import PurePosixPath

    from ledger.domain.schema import Schema
    from ledger.store.book import Book


#: What opening answers where no plain file is: a link that leads nowhere or round, a folder, a device.
_NO_FILE = frozenset({errno.ENOENT, errno.ELOOP, errno.EISDIR, errno.EINVAL, errno.ENXIO})
#: From so many records on, several processes share them: looking at one takes longer than reading it.
#: Source: DECISIONS.md D-43.
LEAST: Final = 1_000


class Examined(NamedTuple):
    """What came of looking at records: their faults, what is kept of each, and files that say nothing."""

    faults: list[Fault]
    briefs: list[Brief]
    unreadable: list[Unreadable]


def examine(book: Book, around: Around, rules: Sequence[Rule]) -> Examined:
    """Look at every record of a ledger by itself; nothing of it but its brief is kept in memory."""
    things = [(schema.kind, name) for schema in book.schemas() for name in book.names(schema)]
    many = len(things) >= entrylines.MANY
    if many:
        entrylines.prepare()
    whole = Examined([], [], [])
    for part in workers.spread(lambda some: _some(book, some, around, rules, many=many), things, least=LEAST):
        whole.faults.extend(part.faults)
        whole.briefs.extend(part.briefs)
        whole.unreadable.extend(part.unreadable)
    return whole


def again(book: Book, brief: Brief, around: Around) -> Checked | None:
    """A record read once more, to say where in its file something stands; None when it is gone."""
    place = _Place(book, schema_of(brief.kind))
    try:
        return _checked(place, brief.name, around)
    except (DamageError, OSError):
        return None


class _Place:
    """Where the records of one kind are, and what reads them, one or `many`."""

    def __init__(self, book: Book, schema: Schema, *, many: bool = False) -> None:
        self.many = many
        self.schema = schema
        self.shown = book.shown("", schema)
        self.bytes_of = book.reader(schema)
        self.reader = _reader(schema.kind)


@lru_cache(maxsize=256)
def _reader(kind: str) -> Reader:
    return Reader(form_of(kind))


def _some(
    book: Book, things: Sequence[tuple[str, str]], around: Around, rules: Sequence[Rule], *, many: bool
) -> Examined:
    found = Examined([], [], [])
    places = {kind: _Place(book, schema_of(kind), many=many) for kind in {kind for kind, _name in things}}
    for kind, name in things:
        try:
            record = _checked(places[kind], name, around)
        except FileNotFoundError as error:
            path = places[kind].shown / name
            if os.path.lexists(book.workspace.root / path):  # else somebody took it away meanwhile
                found.unreadable.append(unreadable(path, error))
            continue
        except (DamageError, OSError) as error:
            found.unreadable.append(unreadable(places[kind].shown / name, error))
            continue
        found.faults.extend(look_at(record, rules))
        found.briefs.append(brief_of(record))
    return found


def _checked(place: _Place, name: str, around: Around) -> Checked:
    path, schema = place.shown / name, place.schema
    data = place.bytes_of(name)
    text = recordfile.parse(data, path=path, reader=place.reader)
    if not text.lines:
        raise without_history(text.document, path)
    entries, spelled = entrylines.entries_of(text, many=place.many)
    state = replay(schema, [entry for entry in entries if entry is not None])
    return Checked(
        path=str(path),
        schema=schema,
        document=text.document,
        lines=text.lines,
        entries=entries,
        state=state,
        edits=compare(text.document, state),
        canonical=recordfile.is_canonical(data, text, form_of(schema.kind)),
        comments=() if text.proved else tuple(recordfile.comments(data)),
        line_of_entry=text.line_of,
        line_of_key=_keys_of(text),
        around=around,
        spelled=spelled,
        plain=text.plain,
    )


def _keys_of(text: RecordText) -> Callable[[str, str | None, int], int]:
    return lambda key, part, index: text.line_of_key(key, part=part, index=index)


def unreadable(path: PurePosixPath, error: DamageError | OSError) -> Unreadable:
    """A file that cannot be read, and why."""
    if isinstance(error, UnreadableRecordError):
        return Unreadable(str(path), error.line or 1, error.reason, error.hint)
    if isinstance(error, DamageError):
        line, reason = _without_place(error.message, path.name)
        return Unreadable(str(path), line, reason, error.hint)
    if error.errno in _NO_FILE:
        return unreadable(
            path, UnreadableRecordError(path, 1, _("this is no file but a folder, a link or a device"))
        )
    reason = _("the file cannot be read: {reason}").format(reason=error.strerror or error)
    return Unreadable(str(path), 1, reason, _("see that it may be read"))


def _without_place(message: str, name: str) -> tuple[int, str]:
    """The line and the reason of a message that begins with a path."""
    found = re.match(rf".*?{re.escape(name)}(?::(\d+))?:? ", message)
    if found is None:
        return 1, message
    return int(found[1] or 1), message[found.end() :]
