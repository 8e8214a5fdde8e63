"""Records that a report tells one by one, gathered into tables: a row each, and the rows of what they have.

A ledger is printed so: what a record is, above the measures that belong to it, all in the same columns.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final, NamedTuple

from ledger.reports.views import Column, Facts, Table
from ledger.reports.workbooks.layout import Records

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ledger.reports.views import Cell, Fact, Section

#: Between two headings of one column.
_OR: Final = " / "


class Gathered(NamedTuple):
    """The table of all records, and the further tables of all of them."""

    records: Records
    others: tuple[Table, ...]


def gather(sections: Sequence[Section]) -> Gathered:
    """The records of a report that has any (`Section.row`), under the headings of its sections."""
    found = [(each.title, list(_records(each))) for each in sections]
    records = [each for _title, inside in found for each in inside]
    columns = _columns(records)
    rows = _Rows(columns)
    parts = tuple((title, *rows.of(inside)) for title, inside in found)
    return Gathered(Records(columns, parts), _others(records))


def _records(section: Section) -> Iterator[Section]:
    if section.row:
        yield section
    for each in section.sections:
        yield from _records(each)


def _facts(record: Section) -> list[Fact]:
    """What a record says of itself, its row first."""
    inside = (each for block in record.blocks if isinstance(block, Facts) for each in block.items)
    return [*record.row, *inside]


def parts_of(record: Section) -> Table | None:
    """The table of a record whose rows have the columns of its own row, such as its measures."""
    keys = {each.key for each in record.row}
    tables = (each for each in record.blocks if isinstance(each, Table))
    return next((each for each in tables if keys <= {column.key for column in each.columns}), None)


def _columns(records: Sequence[Section]) -> tuple[Column, ...]:
    """The columns of all records: their rows', what they alone say, what is said of their parts too.

    Shape: a column in which nothing stands is left out where it may be.
    """
    own: dict[str, Column] = {}
    parts: dict[str, Column] = {}
    used: set[str] = set()
    for record in records:
        for fact in _facts(record):
            used.add(fact.key)
            own.setdefault(fact.key, Column(fact.key, fact.name, fact.kind))
        table = parts_of(record)
        for at, column in enumerate(table.columns if table else ()):
            parts.setdefault(column.key, column)
            if table and column.key not in used and (not column.sparse or _stands(table, at)):
                used.add(column.key)
    first = [each.key for each in records[0].row]
    alone = [key for key in own if key not in parts and key not in first]
    keys = [*first, *alone, *(key for key in parts if key in used and key not in first)]
    return tuple(_column(own.get(key), parts.get(key)) for key in keys)


def _stands(table: Table, at: int) -> bool:
    """Whether anything stands in a column."""
    return any(row[at] not in (None, "", 0) for row in table.rows)


def _column(own: Column | None, part: Column | None) -> Column:
    """One column for a record and its parts, headed by what it is to either."""
    if own is None or part is None:
        one = own or part
        assert one is not None
        return one
    if own.heading == part.heading:
        return own
    return replace(own, heading=f"{own.heading}{_OR}{part.heading}")


class _Rows:
    """Rows in the columns of all records."""

    def __init__(self, columns: Sequence[Column]) -> None:
        self._place = {each.key: at for at, each in enumerate(columns)}

    def of(self, records: Sequence[Section]) -> tuple[list[tuple[Cell, ...]], frozenset[int]]:
        """The rows of records and their parts, and which are the records."""
        rows: list[tuple[Cell, ...]] = []
        whole = []
        for record in records:
            whole.append(len(rows))
            facts = _facts(record)
            rows.append(self._row([each.key for each in facts], [each.value for each in facts]))
            table = parts_of(record)
            if table is not None:
                keys = [each.key for each in table.columns]
                rows.extend(self._row(keys, row) for row in table.rows)
        return rows, frozenset(whole)

    def _row(self, keys: Sequence[str], values: Sequence[Cell]) -> tuple[Cell, ...]:
        row: list[Cell] = [None] * len(self._place)
        for key, value in zip(keys, values, strict=True):
            if key in self._place:
                row[self._place[key]] = value
        return tuple(row)


def _others(records: Sequence[Section]) -> tuple[Table, ...]:
    """The further tables of all records, those of one title together."""
    found: dict[str, list[Table]] = {}
    for record in records:
        shared = parts_of(record)
        for each in record.blocks:
            if isinstance(each, Table) and each is not shared:
                found.setdefault(each.title, []).append(each)
    return tuple(
        replace(tables[0], rows=tuple(row for each in tables for row in each.rows))
        for tables in found.values()
    )
