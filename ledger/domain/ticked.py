"""What of a measure is ticked off one by one: periods of what comes round again, names of a roster."""

from __future__ import annotations

import datetime as dt
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from ledger.domain.text import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

#: A row of a table, as a record holds it.
Row = dict[str, Any]

#: The tables with the key that tells their rows apart.
TABLES: Final[Mapping[str, str]] = MappingProxyType({"roster": "name", "occurrences": "period"})
#: All tables of a measure, in the order in which files show them.
PART_TABLES: Final = ("points", *TABLES, "evidence")
#: The acts that tick off rows, with the table of each.
ACTS: Final[Mapping[str, str]] = MappingProxyType({"roster": "roster", "occur": "occurrences"})
#: What a row says besides its key: the day it was done or excused, and what was done, or why it need not be.
_SAID: Final = ("done_on", "excused_on", "text")
#: What an entry may say became of rows.
DONE, EXCUSED, OPEN = "done", "excused", "open"


class Ticked(NamedTuple):
    """A row: done on a day, excused on a day with the reason, or open."""

    name: str
    done_on: dt.date | None
    excused_on: dt.date | None
    text: str

    @property
    def outcome(self) -> str:
        """What became of it: done, excused or open."""
        if self.done_on is not None:
            return DONE
        return EXCUSED if self.excused_on is not None else OPEN

    @property
    def is_open(self) -> bool:
        """Whether it is neither done nor excused."""
        return self.done_on is None and self.excused_on is None


def keys(table: str) -> tuple[str, ...]:
    """The keys of a row, in the order in which files show them."""
    return (TABLES[table], *_SAID)


def ticked(table: str, rows: Iterable[Mapping[str, Any]]) -> tuple[Ticked, ...]:
    """Rows as the rest of the program reads them."""
    return tuple(
        Ticked(each[TABLES[table]], each.get("done_on"), each.get("excused_on"), each.get("text", ""))
        for each in rows
    )


def progress(rows: Sequence[Ticked]) -> tuple[int, int]:
    """How many are done, of how many; an excused one is not done."""
    return sum(each.done_on is not None for each in rows), len(rows)


def recorded(rows: Iterable[Mapping[str, Any]], key: str = "period") -> set[str]:
    """The keys of the rows that are done or excused."""
    return {str(each[key]) for each in rows if "done_on" in each or "excused_on" in each}


def row_of(table: str, raw: Mapping[str, Any]) -> Row:
    """A row as records hold it, its days read.

    A ValueError: it has no key, holds what it cannot hold, or is done and excused.
    """
    row = dict(raw)
    if not (set(row) <= {*keys(table)} and _is_key(table, row.get(TABLES[table]))):
        raise ValueError(raw)
    for name in ("done_on", "excused_on"):
        if isinstance(row.get(name), str):
            row[name] = dt.date.fromisoformat(row[name])
        if not isinstance(row.get(name, dt.date.min), dt.date):
            raise ValueError(raw)  # noqa: TRY004 - one kind of trouble for whoever applies entries
    text = row.get("text", "")
    if not isinstance(text, str) or ("done_on" in row and "excused_on" in row):
        raise ValueError(raw)
    return row


def rows_of(table: str, value: object) -> list[Row]:
    """A whole table as records hold it, periods in their order.

    A ValueError: it is no table, a row is none, or two have one key.
    """
    if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
        raise ValueError(value)
    rows = [row_of(table, each) for each in value]
    if len({each[TABLES[table]] for each in rows}) < len(rows):
        raise ValueError(value)
    return _in_order(table, rows)


def _is_key(table: str, key: object) -> bool:
    if not isinstance(key, str) or not key:
        return False
    if table == "roster":
        return "\n" not in key
    from ledger.domain.cadence import is_name  # only what comes round needs the calendar

    return is_name(key)


def _in_order(table: str, rows: list[Row]) -> list[Row]:
    """Names as they were listed, periods one after another."""
    if table == "roster" or len(rows) < 2:
        return rows
    from ledger.domain.cadence import begins

    return sorted(rows, key=lambda row: (begins(row["period"]), row["period"]))


def take_in(
    table: str, rows: Sequence[Row], data: Mapping[str, Any], on: dt.date
) -> tuple[list[Row], list[str]]:
    """A table after an act, and the names of a roster it spoke of that are not there.

    Shape: `data` has the keys under ``rows``, what became of them under ``as``, and a ``text``. A row counts
        once, the first: what is done or excused already stays as it is until it is open again.

    A ValueError: it says something else.
    """
    key, became = TABLES[table], data["as"]
    if became not in (DONE, EXCUSED, OPEN):
        raise ValueError(became)
    now = {str(each[key]): each for each in rows}
    missing = []
    for wanted in data["rows"]:
        if table == "roster" and wanted not in now:
            missing.append(wanted)
        elif became != OPEN:
            _record(now, row_of(table, {key: wanted}), data, on)
        elif table == "roster":
            now[wanted] = {key: wanted}
        else:
            now.pop(wanted, None)
    return _in_order(table, list(now.values())), missing


def _record(now: dict[str, Row], row: Row, data: Mapping[str, Any], on: dt.date) -> None:
    (name,) = row.values()
    before = now.get(name, row)
    if not recorded([before], next(iter(row))):
        text = str(data.get("text", ""))
        now[name] = {**row, f"{data['as']}_on": on, **({"text": text} if text else {})}


def joined(table: str, several: Iterable[Iterable[Mapping[str, Any]]]) -> list[Row]:
    """Tables put together: each key once, as the first has it that has it done or excused."""
    key = TABLES[table]
    now: dict[str, Row] = {}
    for rows in several:
        for each in rows:
            if each[key] not in now or not recorded([now[each[key]]], key):
                now[each[key]] = dict(each)
    return _in_order(table, list(now.values()))


def named(words: Iterable[str]) -> list[str]:
    """Names as a roster has them: on one line, without blanks around them, each once."""
    return list(dict.fromkeys(name for each in words if (name := one_line(each))))
