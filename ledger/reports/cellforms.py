"""What of a report goes into which cell of a superior's form, by the map an office keeps for it."""

from __future__ import annotations

import datetime as dt
from difflib import get_close_matches
from gettext import gettext as _
from typing import TYPE_CHECKING

from ledger import language
from ledger.domain.words import dated, listed
from ledger.errors import RejectedInputError
from ledger.intake.formats.cellform import Entry
from ledger.reports import told
from ledger.reports.fields import Field, Rows, fields
from ledger.reports.views import Kind
from ledger.reports.workbooks.cells import held

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ledger.reports.views import Cell, Column, Report
    from ledger.store.cellmaps import CellMap, ListMap


def entries(report: Report, given: CellMap) -> list[Entry]:
    """The cells to fill, in the order of the map.

    Raises:
        RejectedInputError: the report has no value or list of that name, or a list has more rows than the
            form has room for.
    """
    known = {each.name: each for each in fields(report)}
    with language.speaking(report.language):
        found = [_cell(place, name, known, given) for place, name in given.cells.items()]
        for each in given.lists:
            found += _list(each, known, given)
    return found


def _cell(place: str, name: str, known: Mapping[str, Field | Rows], given: CellMap) -> Entry:
    field = known.get(name)
    if not isinstance(field, Field):
        raise _unknown(name, [each.name for each in known.values() if isinstance(each, Field)], given)
    sheet, _bang, cell = place.rpartition("!")
    return _entry((sheet, cell, name), field.value, field.kind, empty=False)


def _list(asked: ListMap, known: Mapping[str, Field | Rows], given: CellMap) -> Iterator[Entry]:
    rows = known.get(asked.name)
    if not isinstance(rows, Rows):
        raise _unknown(asked.name, [each.name for each in known.values() if isinstance(each, Rows)], given)
    places = {column.key: at for at, column in enumerate(rows.table.columns)}
    for key in asked.columns.values():
        if key not in places:
            raise _unknown(f"{asked.name}.{key}", [f"{asked.name}.{each}" for each in places], given)
    if asked.last is not None and len(rows.table.rows) > asked.last - asked.first + 1:
        message = _("{path}: the list {name} has {count} rows, the form has room for {room}").format(
            path=given.path, name=asked.name, count=len(rows.table.rows), room=asked.last - asked.first + 1
        )
        raise RejectedInputError(message, _("add rows to the form, and say in the map where the last one is"))
    for number, row in enumerate(rows.table.rows, asked.first):
        for letters, key in asked.columns.items():
            column: Column = rows.table.columns[places[key]]
            value = row[places[key]]
            place = (asked.sheet, f"{letters}{number}", f"{asked.name}.{key}")
            yield _entry(place, value, column.kind, empty=True)


def _entry(place: tuple[str, str, str], value: Cell, kind: Kind, *, empty: bool) -> Entry:
    """The value for a place: sheet, cell, and what it is called in a message."""
    if isinstance(value, str):
        return Entry(*place, Kind.TEXT, "", str(held(value) or ""), empty)
    if isinstance(value, dt.date):
        number = held(value)
        is_day = isinstance(number, float)
        return Entry(
            *place, Kind.DATE if is_day else Kind.TEXT, f"{number:.0f}" if is_day else "",
            told.printed(dated(value)), empty,
        )  # fmt: skip
    kept = kind if kind is Kind.PERCENT else Kind.NUMBER
    return Entry(*place, kept, "" if value is None else str(value), "", empty)


def _unknown(name: str, names: list[str], given: CellMap) -> RejectedInputError:
    message = _("{path}: the report has no {name}").format(path=given.path, name=name)
    close = get_close_matches(name, names)
    hint = _("what it has is shown by: {command}").format(command="ledger report KIND --list-fields")
    if close:
        hint = _("did you mean {names}?").format(names=listed(close))
    return RejectedInputError(message, hint)
