"""What somebody wrote by hand, as it may go on the books: a whole record, or the texts of fields."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from ledger.domain import handedits
from ledger.domain.register import FOLDER
from ledger.domain.schema import Kind
from ledger.domain.text import clean, one_line

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ledger.domain.schema import Field, Schema

#: What a new record never brings along: its history makes these. Source: docs/contract.md §2, "Hand edits".
_MADE = frozenset({"uid", "head", "formerly", "due_original", "claimed_by", "claimed_on", "evidence"})
#: What a record of each kind cannot do without.
_NEEDED = {"issue": ("title",), "chronicle": ("on", "text")}
#: A file that has one of these was written by the program, and has lost its history.
_OURS = frozenset({"uid", "head", "history"})
#: What stands in a record without being one of its fields.
_OTHER = frozenset({"head", "status", "evidence", *handedits.ROWS})
_PENDING = "pending"

Reason = Literal["missing", "made", "value"]


class Refusal(NamedTuple):
    """Why a file cannot go on the books.

    Shape: `place` counts the measures of the file from 0, and is None for the record itself; the field is
        missing, is made by commands only, or holds what it cannot hold.
    """

    place: int | None
    field: str
    reason: Reason


class Handwritten(NamedTuple):
    """A record somebody wrote into a file of its own.

    Shape: `number` is the one the file asks for; each of `measures` has its own under ``number``;
        `extra` are unknown keys, `part_extra` those of each measure.
    """

    number: int | None
    fields: Mapping[str, Any]
    measures: tuple[Mapping[str, Any], ...]
    extra: Mapping[str, Any]
    part_extra: tuple[Mapping[str, Any], ...]
    refused: tuple[Refusal, ...]


def is_handwritten(document: Mapping[str, Any]) -> bool:
    """Whether a record's file without a history was begun by a person, not cut short."""
    return bool(document) and not _OURS & document.keys()


def read(document: Mapping[str, Any], schema: Schema) -> Handwritten:
    """A new record as its file has it, and everything that keeps it from going on the books.

    Shape: measures without a number get the first ones that are free.
    """
    refused: list[Refusal] = []
    top = {name: value for name, value in document.items() if name not in ("format", schema.part)}
    fields, extra = _read(top, schema.by_name, None, refused)
    rows = document.get(schema.part, []) if schema.part else []
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        refused.append(Refusal(None, str(schema.part), "value"))
        rows = []
    parts = [_read(row, schema.part_by_name, index, refused) for index, row in enumerate(rows)]
    needed = _NEEDED.get(schema.kind, ("on",) if schema.folder.startswith(FOLDER) else ())
    refused.extend(Refusal(None, name, "missing") for name in needed if name not in fields)
    number = fields.pop("number", None)
    measures = _numbered([fields for fields, _extra in parts], refused)
    return Handwritten(number, fields, measures, extra, tuple(extra for _f, extra in parts), tuple(refused))


def _read(
    given: Mapping[str, Any], known: Mapping[str, Field], index: int | None, refused: list[Refusal]
) -> tuple[dict[str, Any], dict[str, Any]]:
    """The fields of a record or a measure, and what else stands there."""
    fields: dict[str, Any] = {}
    extra: dict[str, Any] = {}
    for name, value in given.items():
        plain = handedits.value_of(value)
        if name not in known and name not in _OTHER:
            extra[name] = value
        elif plain is None or (isinstance(plain, str) and not plain.strip()):
            continue
        elif name in _MADE or (name == "status" and plain != _PENDING):
            refused.append(Refusal(index, name, "made"))
        elif name in handedits.ROWS and index is not None:
            rows = handedits.rows_of(name, value)
            if rows is None:
                refused.append(Refusal(index, name, "value"))
            else:
                fields[name] = rows
        elif name in known and handedits.fits(known[name], value):
            fields[name] = plain
        elif name != "status":
            refused.append(Refusal(index, name, "value"))
    return fields, extra


def _numbered(rows: list[dict[str, Any]], refused: list[Refusal]) -> tuple[Mapping[str, Any], ...]:
    given = [row["number"] for row in rows if "number" in row]
    free = (number for number in itertools.count(1) if number not in given)
    for place, row in enumerate(rows):
        if "text" not in row:
            refused.append(Refusal(place, "text", "missing"))
        if "number" not in row:
            row["number"] = next(free)
        elif given.count(row["number"]) > 1:
            refused.append(Refusal(place, "number", "value"))
    return tuple(rows)


def received(name: str, value: object, known: Mapping[str, Field]) -> object:
    """A value as the intake of text gives it: what a person typed into a file is text from outside too.

    Raises:
        RejectedInputError: a text is too long, or holds what no text may hold.
    """
    if isinstance(value, str):
        shape = known.get(name)
        long = shape is not None and shape.kind in (Kind.TEXT, Kind.DECLARED)
        return (clean(value) if long else one_line(value)) or None
    if isinstance(value, list):
        return [_received_row(each) for each in value]
    return value


def _received_row(row: object) -> object:
    if isinstance(row, dict):
        return {name: clean(value) if isinstance(value, str) else value for name, value in row.items()}
    return one_line(row) if isinstance(row, str) else row
