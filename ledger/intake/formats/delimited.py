"""A CSV or TSV file as one grid of cells.

Seen from spreadsheet programs and databases: commas, semicolons and tabs; cells over several lines in quotes;
a first line sep=;; a quote before what a spreadsheet would calculate, as our own export writes.
"""

from __future__ import annotations

import csv
import io
import re
from gettext import gettext as _
from typing import TYPE_CHECKING

from ledger.domain.spreadsheet import unguarded
from ledger.errors import RejectedInputError
from ledger.intake.document import Document, Grid
from ledger.intake.proposal import Remark
from ledger.intake.reading import decode

if TYPE_CHECKING:
    from ledger.intake.document import Tell

#: Characters a cell may have. Source: the most a cell of a spreadsheet holds.
_LONGEST_CELL = 32_767
#: Rows that hold something, and columns.
_MOST_ROWS, _MOST_COLUMNS = 100_000, 200
_DELIMITERS = ("\t", ",", ";", "|", "，", "；")
#: How much is looked at to tell what stands between cells. Units: characters; rows.
_HEAD, _ROWS = 64_000, 40
_SEPARATOR = re.compile(r"sep=(.)\n", re.IGNORECASE)
_TELL_EVERY = 2_000


def read(data: bytes, *, on_progress: Tell | None = None) -> Document:
    """The file as one grid; its rows are counted as a spreadsheet shows them.

    Raises:
        RejectedInputError: no text, or more than anybody's ledger.
    """
    text, remarks = decode(data)
    named = _SEPARATOR.match(text)
    if named:
        text = text[named.end() :]
    delimiter = named[1] if named else _delimiter(text)
    tell = on_progress or (lambda _done, _total, _what: None)
    rows: list[tuple[str | None, ...]] = [()] if named else []
    filled = 0
    for row in _rows(text, delimiter):
        cells = tuple([unguarded(cell) or None for cell in row[:_MOST_COLUMNS]])
        rows.append(cells if any(cells) else ())
        filled += bool(rows[-1])
        if filled > _MOST_ROWS:
            raise _too_large()
        if filled % _TELL_EVERY == 0:
            tell(filled, None, _("rows"))
    if '"' in text and text.count('"') % 2:
        message = _("a quote is not closed, so that cells may have run together")
        remarks = (*remarks, Remark("unclosed_quote", message))
    return Document((Grid(tuple(rows)),), remarks)


def _rows(text: str, delimiter: str) -> list[list[str]]:
    """The cells of each row.

    Shape: a quote inside a cell that does not begin with one is a character.
    """
    before = csv.field_size_limit(_LONGEST_CELL)
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as error:
        message = _("the table cannot be read: {why}").format(why=error)
        hint = _(
            "a cell is longer than a spreadsheet allows, or a quote is not closed; save the sheet as .xlsx"
        )
        raise RejectedInputError(message, hint=hint) from None
    finally:
        csv.field_size_limit(before)


def _delimiter(text: str) -> str:
    """What stands between the cells: what cuts the rows into most cells, as many in most of them."""
    head = text[:_HEAD]
    best, most = ",", 0.0
    for delimiter in _DELIMITERS:
        if delimiter not in head:
            continue
        rows = []
        before = csv.field_size_limit(_LONGEST_CELL)
        try:
            for row in csv.reader(io.StringIO(head, newline=""), delimiter=delimiter):
                rows.append(len(row))
                if len(rows) == _ROWS:
                    break
        except csv.Error:
            continue
        finally:
            csv.field_size_limit(before)
        usual = max(set(rows), key=rows.count)
        widest = max(rows.count(usual) * usual, max(rows)) if usual > 1 else max(rows)
        if max(rows) > 1 and widest > most:
            best, most = delimiter, float(widest)
    return best


def _too_large() -> RejectedInputError:
    message = _("the table has more than {rows} rows").format(rows=_MOST_ROWS)
    return RejectedInputError(message, hint=_("cut out the part that lists the issues"))
