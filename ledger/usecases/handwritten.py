"""A record somebody wrote into a file of its own: found, and put on the books."""

from __future__ import annotations

from gettext import gettext as _
from typing import TYPE_CHECKING, Any, NamedTuple

from ledger.domain import handwritten
from ledger.domain.acts import planning
from ledger.domain.schema import ISSUE, Schema
from ledger.errors import RejectedInputError
from ledger.store import files, recordfile
from ledger.store.record import HandwrittenError, Record
from ledger.usecases.fields import unknown_names
from ledger.usecases.handedits import comments, placed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ledger.domain.acts.draft import Draft
    from ledger.domain.handwritten import Handwritten, Refusal
    from ledger.store.book import Book
    from ledger.store.recordfile import RecordText


class Written(NamedTuple):
    """A file without a history, as somebody wrote it. Shape: `path` is relative to the workspace."""

    name: str
    path: str
    schema: Schema
    text: RecordText
    digest: str

    @property
    def number(self) -> object:
        """The number the file asks for."""
        return self.text.document.get("number")


def opened(book: Book, schema: Schema, name: str) -> Record | Written:
    """What a file holds: a record, or what somebody wrote by hand.

    Raises:
        DamageError: it cannot be read; file and line are named.
    """
    try:
        return book.read(name, schema)
    except HandwrittenError:
        data, path = book.raw(name, schema), book.shown(name, schema)
        return Written(name, str(path), schema, recordfile.parse(data, path=path), files.digest(data))


def add(draft: Draft, book: Book, found: Written, number: int, record: Handwritten) -> Mapping[str, Any]:
    """Put a record on the books as its file has it, comments in its remarks; gives its unknown keys.

    Shape: the keys in the form of an entry's ``set``, with the uids the measures were given.

    Raises:
        RejectedInputError: a text holds what no text may hold; file and line are named.
        RefusedError: it has too many measures.
    """
    fields = _received(found, None, record.fields)
    measures = [_received(found, index, each) for index, each in enumerate(record.measures)]
    for index, words in comments(found.text, found.path, found.schema.part):
        home = fields if index is None else measures[index]
        home["remark"] = f"{home['remark']}\n{words}" if home.get("remark") else words
    if found.schema is ISSUE:
        planning.add(draft, number, fields, measures)
    else:
        draft.enter("add", set={"uid": draft.context.new_id(), "number": number, **fields})
    for home in (fields, *measures):
        draft.warnings.extend(unknown_names(book, home))
    extra = dict(zip(draft.state.parts, record.part_extra, strict=True))
    return {**record.extra, **({str(found.schema.part): extra} if any(extra.values()) else {})}


def read(found: Written) -> Handwritten:
    """What a file written by hand holds.

    Raises:
        RejectedInputError: it cannot go on the books; every reason is named with its line.
    """
    record = handwritten.read(found.text.document, found.schema)
    if record.refused:
        reasons = ", ".join(dict.fromkeys(_said(found, each) for each in record.refused))
        message = _("{path} cannot go on the books: {reasons}").format(path=found.path, reasons=reasons)
        raise RejectedInputError(message, _("mend these lines, then run the command again"))
    return record


def _said(found: Written, refusal: Refusal) -> str:
    line = _line(found, refusal.place, refusal.field)
    match refusal.reason:
        case "missing":
            sentence = _("{field} is missing (line {line})")
        case "made":
            sentence = _("{field} comes about by commands only (line {line})")
        case _:
            sentence = _("{field} holds what it cannot hold (line {line})")
    return sentence.format(field=refusal.field, line=line)


def _line(found: Written, index: int | None, name: str) -> int:
    if index is None:
        return found.text.line_of_key(name)
    return found.text.line_of_key(name, part=found.schema.part, index=index)


def _received(found: Written, index: int | None, fields: Mapping[str, Any]) -> dict[str, Any]:
    known = found.schema.by_name if index is None else found.schema.part_by_name
    taken = {}
    for name, value in fields.items():
        try:
            taken[name] = handwritten.received(name, value, known)
        except RejectedInputError as error:
            raise placed(error, found.path, _line(found, index, name), name) from error
    return taken
