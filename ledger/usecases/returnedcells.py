"""Which cells of returned sheets were filled in, and whose they are."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, NamedTuple

from ledger.domain.periods import serial_date
from ledger.domain.roundtrip import FILLED, PROGRESS, SHOWN, Audience, Prints, mark, plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from ledger.intake.returned import Returned, ReturnedRow, Said


class Place(NamedTuple):
    """Where something stands in what came back."""

    file: str
    line: int


class Cell(NamedTuple):
    """One cell that differs from how it went out.

    Shape: `home` is the uid of the measure or the issue that owns it; `base` is the mark it went out with;
        `whole` says that it counts for all measures of the issue, `filled` that it may be filled in.
    """

    home: str
    field: str
    said: Said
    base: str
    whole: bool
    filled: bool
    place: Place


@dataclass(slots=True)
class Gathered:
    """What several returned sheets say, taken together.

    Attributes:
        cells: Every cell that was filled in or changed.
        rows: Each row that came back, by its uid.
        strange: Rows that did not go out.
        deleted: Rows that went out and did not come back: uid, number, file.
        unread: Cells that hold what cannot be read: an error, a formula nobody has calculated.
        parted: Rows whose hidden columns belong to another row than what is seen.
    """

    cells: list[Cell] = field(default_factory=list)
    rows: dict[str, list[tuple[Returned, ReturnedRow]]] = field(default_factory=dict)
    strange: list[tuple[Returned, ReturnedRow]] = field(default_factory=list)
    deleted: list[tuple[str, str, str]] = field(default_factory=list)
    unread: list[tuple[Returned, ReturnedRow, str]] = field(default_factory=list)
    parted: list[tuple[Returned, ReturnedRow]] = field(default_factory=list)

    @property
    def is_filled(self) -> bool:
        """Whether anybody has written something: in a cell, or as a row of its own."""
        return bool(self.cells or self.strange)


def gather(sheets: Iterable[Returned]) -> Gathered:
    """The cells that were filled in, over all sheets."""
    found = Gathered()
    for sheet in sheets:
        _sheet(sheet, found)
    return found


def _sheet(sheet: Returned, found: Gathered) -> None:
    spans: dict[tuple[str, str], list[tuple[ReturnedRow, str]]] = {}
    back: dict[str, list[ReturnedRow]] = {}
    for row in coded(sheet):
        back.setdefault(row.uid, []).append(row)
    found.strange += [(sheet, row) for row in back.pop("", ())]
    for uid, several in back.items():
        rows, copies = _copies(several)
        found.strange += [(sheet, row) for row in copies]
        found.rows.setdefault(uid, []).extend((sheet, row) for row in rows)
        found.parted += [(sheet, row) for row in rows if row.parted]
        _rows(sheet, [row for row in rows if not row.parted], found, spans)
    order = {sent.uid: place for place, sent in enumerate(sheet.sent)}
    first = {sent.issue: sent.uid for sent in reversed(sheet.sent)}
    for (issue, name), cells in spans.items():
        cells.sort(key=lambda each: order.get(each[0].uid, len(order)))
        if cells[0][0].uid == first.get(issue, issue) or any(plain(row.cells[name]) for row, _base in cells):
            found.cells += _span(sheet, issue, name, cells)  # else the row that held it is gone, not emptied
    found.deleted += [(sent.uid, sent.id, sheet.file) for sent in sheet.sent if sent.uid not in back]


def _rows(
    sheet: Returned,
    rows: Sequence[ReturnedRow],
    found: Gathered,
    spans: dict[tuple[str, str], list[tuple[ReturnedRow, str]]],
) -> None:
    """The cells of one measure or issue, which has one row unless somebody copied it."""
    audience = Audience(sheet.audience)
    issues = {sent.uid: sent.issue for sent in sheet.sent} if rows else {}
    for row in rows:
        found.unread += [(sheet, row, name) for name in row.unread if name in FILLED[audience]]
        prints = _prints(row)
        for name in (*FILLED[audience], *SHOWN[audience]):
            whole, base = prints.get(name, (False, None))
            if name not in row.cells or base is None or name in row.unread:
                continue
            if len(rows) > 1 and _disagree(rows, name):
                found.cells.append(_cell(sheet, row, name, base))  # what they disagree on is not taken
            elif whole:
                spans.setdefault((issues.get(row.uid, row.uid), name), []).append((row, base))
            elif differs(name, row.cells[name], base):
                found.cells.append(_cell(sheet, row, name, base))


def _prints(row: ReturnedRow) -> Mapping[str, tuple[bool, str]]:
    """The marks of a row's cells; what was done in the month went out empty."""
    return {**Prints.read(row.prints).cells, PROGRESS: (False, mark(""))}


def _copies(rows: Sequence[ReturnedRow]) -> tuple[Sequence[ReturnedRow], Sequence[ReturnedRow]]:
    """Rows of one hidden mark: the row itself, and copies of it that say another measure.

    A copied row brings its hidden columns along. Where no row has the measure that went out, all are kept:
    they disagree, and nothing is taken of what they say differently.
    """
    if len(rows) == 1:
        return rows, ()
    own = [row for row in rows if not _is_another(row)]
    copies = [replace(row, uid="") for row in rows if _is_another(row)]
    return (own, copies) if own else (rows, ())


def _disagree(rows: Iterable[ReturnedRow], name: str) -> bool:
    """Whether rows of one hidden mark say different things."""
    return len({plain(row.cells.get(name)) for row in rows}) > 1


def _is_another(row: ReturnedRow) -> bool:
    _whole, base = _prints(row).get("text", (False, None))
    return base is not None and "text" in row.cells and differs("text", row.cells["text"], base)


def coded(sheet: Returned) -> Iterator[ReturnedRow]:
    """The rows, with the words of lists as the codes they stand for; a word that is in none as it is."""
    codes = {(name, word): code for name, word, code in sheet.words}
    for row in sheet.rows:
        known = {name: codes.get((name, plain(value)), value) for name, value in row.cells.items()}
        yield replace(row, cells=known)


def _cell(sheet: Returned, row: ReturnedRow, name: str, base: str, issue: str = "") -> Cell:
    """The cell as it came back; of the `issue` where it counts for all of its measures."""
    filled = name in FILLED[Audience(sheet.audience)]
    place = Place(sheet.file, row.line)
    return Cell(issue or row.uid, name, row.cells[name], base, bool(issue), filled, place)


def _span(sheet: Returned, issue: str, name: str, rows: Sequence[tuple[ReturnedRow, str]]) -> list[Cell]:
    """What the cell of a whole issue says, or its rows one by one where somebody took it apart.

    The row that went out first speaks for all where it is still merged with the others, where all say the
    same, and where the others are empty and were not: that is what taking a merged cell apart leaves behind.
    """
    first, base = rows[0]
    said = [plain(row.cells[name]) for row, _base in rows]
    alone = said[0] and not any(said[1:]) and base == mark("") and name not in first.spans
    if len({text for text in said if text}) <= 1 and (said[0] or not any(said)) and not (alone and rows[1:]):
        if differs(name, first.cells[name], base):
            return [_cell(sheet, first, name, base, issue)]
        return []
    return [
        _cell(sheet, row, name, base)
        for (row, base), text in zip(rows, said, strict=True)
        if text and differs(name, row.cells[name], base)
    ]


def differs(name: str, said: Said, base: str) -> bool:
    """Whether a cell says something else than when it went out."""
    return mark(as_text(name, said)).removesuffix("x") != base.removesuffix("x")


def as_text(name: str, said: Said) -> str:
    """What a cell says; a day that lost its format is a day again."""
    day = serial_date(str(said)) if name == "due" else None
    if day:
        return day.isoformat()
    if isinstance(said, float) and said.is_integer():
        return str(int(said))
    return plain(said)
