"""A workbook of ours that came back filled in: its cells by row and field, however it was moved about.

It is known by its hidden sheet. Rows are known by a hidden column, or by their number where that is gone;
columns by their headings. What the cells mean, and what of it is taken, is decided elsewhere.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence  # noqa: TC003
from dataclasses import dataclass, field
from gettext import gettext as _

from ledger.domain.roundtrip import FORM, ROWS, SHEET, plain
from ledger.errors import RejectedInputError
from ledger.intake.document import Document, Grid, Value

#: What a cell of a returned row holds, as far as anything is made of it.
Said = str | int | float | bool | dt.date | dt.datetime | None
#: So many headings have to stand in one row for it to be the header.
_ENOUGH = 3
_BLANKS = re.compile(r"\s+")
_NUMBER = re.compile(r"[0-9]{1,9}(\.[0-9]{1,9})?")


@dataclass(frozen=True, slots=True)
class SentRow:
    """A row as it went out.

    Attributes:
        uid: Of the measure, or of the issue where it has none.
        id: The number people use.
        issue: The uid of the issue.
        prints: Its fingerprint; see `domain.roundtrip.Prints`.
        head: The hash its issue's history ended with; empty where it had two ends.
    """

    uid: str
    id: str
    issue: str
    prints: str
    head: str = ""


@dataclass(frozen=True, slots=True)
class ReturnedRow:
    """A row as it came back.

    Attributes:
        uid: As above; empty for a row that did not go out.
        line: Where it stands on the sheet, counted from 1.
        number: The number of the issue it stands under, as far as the sheet says.
        prints: Its fingerprint.
        cells: What is in it, by field.
        spans: Fields whose cell is merged with cells below it.
        unread: Fields whose cell holds what cannot be read: an error, a formula nobody has calculated.
        parted: The number people see in it is another row's: it was moved without its hidden columns.
    """

    uid: str
    line: int
    number: str
    prints: str
    cells: Mapping[str, Said]
    spans: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()
    parted: bool = False


@dataclass(frozen=True, slots=True)
class Returned:
    """A workbook that came back.

    Attributes:
        file: Its name.
        ledger: The name of the ledger it came from.
        audience: `office` or `unit`.
        period: The month reported on, as YYYY-MM.
        as_of: The day it was made for, ISO.
        units: All units that were sent one with it.
        words: What the words of lists mean: field, word, code.
        sent: The rows that went out.
        rows: Those that came back.
        gone: Headings of columns that are no longer there.
    """

    file: str
    ledger: str
    audience: str
    unit: str
    period: str
    as_of: str
    units: tuple[str, ...] = ()
    words: tuple[tuple[str, str, str], ...] = ()
    sent: tuple[SentRow, ...] = ()
    rows: tuple[ReturnedRow, ...] = ()
    gone: tuple[str, ...] = ()


@dataclass(slots=True)
class _Facts:
    """What the hidden sheet says."""

    said: dict[str, str] = field(default_factory=dict)
    units: list[str] = field(default_factory=list)
    words: list[tuple[str, str, str]] = field(default_factory=list)
    columns: list[tuple[str, str]] = field(default_factory=list)
    sent: list[SentRow] = field(default_factory=list)


def recognised(document: Document, *, file: str) -> Returned | None:
    """The workbook as one of ours that came back; None when it never was ours.

    Raises:
        RejectedInputError: a newer version made it, or its hidden sheet or its header is broken.
    """
    grids = [part for part in document.parts if isinstance(part, Grid)]
    hidden = next((grid for grid in grids if grid.name == SHEET), None)
    if hidden is None:
        return None
    facts = _facts(hidden)
    _readable(facts, file)
    found = next(filter(None, (_header(grid, facts) for grid in grids if grid is not hidden)), None)
    if found is None:
        message = _("{file}: the header of the sheet is not found").format(file=file)
        raise RejectedInputError(message, _("put the headings back as they were sent, in one row"))
    grid, at, places = found
    return Returned(
        file=file,
        ledger=facts.said.get("ledger", ""),
        audience=facts.said["audience"],
        unit=facts.said.get("unit", ""),
        period=facts.said["period"],
        as_of=facts.said.get("as_of", ""),
        units=tuple(facts.units),
        words=tuple(facts.words),
        sent=tuple(facts.sent),
        rows=tuple(_rows(grid, at, places, facts)),
        gone=tuple(
            heading for heading, key in facts.columns if key not in places and key not in ("uid", "prints")
        ),
    )


def _facts(grid: Grid) -> _Facts:
    facts = _Facts()
    rows = iter(grid.rows)
    for row in rows:
        words = [plain(value) for value in row]
        match words:
            case [name, *_rest] if name == ROWS:
                break
            case ["units", unit, *_rest]:
                facts.units.append(unit)
            case ["units"]:
                facts.units.append("")
            case ["word", name, word, code, *_rest]:
                facts.words.append((name, word, code))
            case ["column", heading, key, *_rest]:
                facts.columns.append((heading, key))
            case [name, said, *_rest] if name:
                facts.said[name] = said
    for row in rows:
        words = [*(plain(value) for value in row), "", "", "", "", ""]
        if words[0]:
            facts.sent.append(SentRow(*words[:5]))
    return facts


def _readable(facts: _Facts, file: str) -> None:
    form = facts.said.get("form", "")
    if form.isdecimal() and int(form) > FORM:
        message = _("{file} was made by a newer version of the program").format(file=file)
        raise RejectedInputError(message, _("update the program, then import it"))
    audience, period = facts.said.get("audience"), facts.said.get("period", "")
    if audience not in ("office", "unit") or not re.fullmatch(r"(?!0000)[0-9]{4}-(0[1-9]|1[0-2])", period):
        message = _("{file}: its hidden sheet {sheet} was changed").format(file=file, sheet=SHEET)
        raise RejectedInputError(message, _("fill in a fresh copy: ledger export xlsx"))


def _header(grid: Grid, facts: _Facts) -> tuple[Grid, int, dict[str, int]] | None:
    """The row with the headings, and where each field stands."""
    keys = {_squeezed(heading): key for heading, key in facts.columns}
    best: dict[str, int] = {}
    at = -1
    for number, row in enumerate(grid.rows[:200]):
        places: dict[str, int] = {}
        for place, value in enumerate(row):
            key = keys.get(_squeezed(value)) if isinstance(value, str) else None
            if key is not None:
                places.setdefault(key, place)
        if len(places) > len(best):
            best, at = places, number
    return (grid, at, best) if len(best) >= _ENOUGH else None


def _squeezed(value: object) -> str:
    return _BLANKS.sub("", plain(value))


def _rows(grid: Grid, at: int, places: Mapping[str, int], facts: _Facts) -> list[ReturnedRow]:
    by_uid = {sent.uid: sent for sent in facts.sent}
    by_id = {sent.id: sent for sent in facts.sent}
    header = {_squeezed(heading) for heading, _key in facts.columns}
    found = []
    number = ""
    merged = {(top, left) for top, left, bottom, _right in grid.merges if bottom > top}
    for index, row in enumerate(grid.rows[at + 1 :], at + 1):
        cells = {key: _value(row, place) for key, place in places.items()}
        unread = tuple(key for key, place in places.items() if (index, place) in grid.unread)
        if not unread and not any(plain(value) for value in cells.values()):
            continue
        said = {_squeezed(value) for value in row if value is not None}
        if len(said & header) >= _ENOUGH:
            continue  # the header once more, as printed pages have it
        uid, prints = plain(cells.pop("uid", "")), plain(cells.pop("prints", ""))
        told, called = cells.pop("number", None), cells.pop("id", None)
        here, name = _figure(told), _figure(called)
        number = here or name.partition(".")[0] or number
        sent = by_uid.get(uid) or (by_id.get(name or here) if not uid else None)
        found.append(
            ReturnedRow(
                uid=sent.uid if sent else uid,
                line=grid.line + index,
                number=number,
                prints=prints or (sent.prints if sent else ""),
                cells=cells,
                spans=tuple(key for key in cells if (index, places[key]) in merged),
                unread=unread,
                parted=sent is not None and not _is_of(sent, told, called),
            )
        )
    return found


def _value(row: Sequence[Value], place: int) -> Said:
    value = row[place] if place < len(row) else None
    return str(value) if isinstance(value, dt.time | dt.timedelta) else value


def _is_of(sent: SentRow, number: Said, name: Said) -> bool:
    """Whether the numbers people see in a row are those of the row its hidden columns mean."""
    return _is(name, sent.id) and _is(number, sent.id.partition(".")[0])


def _is(value: Said, name: str) -> bool:
    """Whether a cell says this number, if it says any; a program may have made a number of 2.10."""
    if isinstance(value, float) and _NUMBER.fullmatch(name):
        return value == float(name)
    return _figure(value) in ("", name)


def _figure(value: Said) -> str:
    """A number as people write it: 7 for 7.0."""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else plain(value)
