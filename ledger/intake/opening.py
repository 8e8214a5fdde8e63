"""A received file taken apart into a document by the reader of its kind."""

from __future__ import annotations

from dataclasses import replace
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

from ledger.intake.document import Document
from ledger.intake.kinds import Kind

if TYPE_CHECKING:
    from ledger.intake.document import Tell
    from ledger.intake.reading import Received

#: The module of `formats` that reads each kind; plain text needs none.
_READERS: Final = {
    Kind.PAGE: "page",
    Kind.WORD: "word",
    Kind.WORKBOOK: "workbook",
    Kind.TABLE: "delimited",
}
#: Kinds that hold rows, thousands perhaps, and tell how far they are.
ROWS: Final = (Kind.WORKBOOK, Kind.TABLE)


def document(received: Received, tell: Tell) -> tuple[Kind, Document]:
    """What the file holds, and of what kind it turned out to be.

    Shape: the kind is TEXT, PAGE, TABLE, WORD or WORKBOOK; what was done to the file before is among the
        document's remarks.

    Raises:
        RejectedInputError: it cannot be read, or is not to be.
    """
    kind, remarks = received.kind, received.remarks
    if kind is Kind.PACKAGE:
        from ledger.intake.survey import survey

        found = survey(received.data, shown=received.shown)
        kind, remarks = found.kind, remarks + found.remarks
    read = _read(kind, received, tell)
    return kind, replace(read, remarks=(*remarks, *read.remarks)) if remarks else read


def _read(kind: Kind, received: Received, tell: Tell) -> Document:
    if kind in _READERS:
        reader: Any = import_module(f"ledger.intake.formats.{_READERS[kind]}")
        found: Document = reader.read(received.data, **({"on_progress": tell} if kind in ROWS else {}))
        return found
    from ledger.intake.lines import split
    from ledger.intake.reading import decode

    text, remarks = decode(received.data, name=received.shown)
    return Document(tuple(split(text)), remarks)
