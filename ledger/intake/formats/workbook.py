"""A workbook as grids of cells, one a sheet, read once from front to back.

openpyxl opens it in the mode for reading alone, which asks for no memory; merged ranges, which that mode
leaves out, are picked up on the way.
"""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass, field
from gettext import gettext as _
from typing import TYPE_CHECKING, Any

from ledger.errors import RejectedInputError
from ledger.intake.document import Document, Grid
from ledger.intake.formats import sheetcells
from ledger.intake.formats.sheetcells import LONGEST_GAP, MOST_COLUMNS, SheetCells, Styles
from ledger.intake.proposal import Remark
from ledger.intake.reading import clean

if TYPE_CHECKING:
    from collections.abc import Callable

    from ledger.intake.document import Tell, Value

#: Sheets, and rows and cells that hold something, that are read; what is beyond is no ledger.
#: Source: the demand is 30,000 rows.
_MOST_SHEETS, _MOST_ROWS, _MOST_CELLS = 200, 100_000, 3_000_000
#: How often it is told how far it is. Units: rows.
_TELL_EVERY = 500
#: More fills than these tell something that no cell says.
_PLAIN_FILLS = 3


def read(data: bytes, *, on_progress: Tell | None = None) -> Document:
    """The sheets of a workbook as grids, with remarks on what of the shown ones was left out.

    Shape: the hidden sheet of a workbook that went out from a ledger is among them.

    Raises:
        RejectedInputError: it is damaged, or holds more than anybody's ledger.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl tells what it leaves out of styles and extensions
        return _guarded(lambda: _Workbook(data, on_progress or (lambda _done, _total, _what: None)).read())


def _guarded(work: Callable[[], Document]) -> Document:
    try:
        return work()
    except (RejectedInputError, MemoryError):
        raise
    except Exception as error:  # a stranger's file makes openpyxl raise anything
        message = _("the workbook is damaged and cannot be read: {why}")
        why = " ".join(str(error).split())[:120] or type(error).__name__
        hint = _("open it in a spreadsheet program, save it again and import that")
        raise RejectedInputError(message.format(why=why), hint=hint) from error


class _Workbook:
    """One workbook while it is read."""

    def __init__(self, data: bytes, tell: Tell) -> None:
        from openpyxl.reader.excel import ExcelReader
        from openpyxl.styles.stylesheet import apply_stylesheet

        # load_workbook would read a sheet twice where it does not say how large it is.
        opened: Any = ExcelReader(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        opened.read_manifest()
        opened.read_workbook()
        self.archive, self.book = opened.archive, opened.wb
        apply_stylesheet(self.archive, self.book)
        self.sheets = [
            (clean(sheet.name)[0], sheet.state, relation.target)
            for sheet, relation in opened.parser.find_sheets()
            if relation.target in opened.valid_files and "chartsheet" not in relation.Type
        ]
        self.strings = sheetcells.strings(opened)
        self.tell = tell
        self.remarks: list[Remark] = []
        self.cells = _MOST_CELLS
        self.rows = 0

    def read(self) -> Document:
        """All its grids."""
        if len(self.sheets) > _MOST_SHEETS:
            raise _too_large()
        style = Styles.of(self.book)
        grids = tuple(self._grid(*each, style) for each in self.sheets)
        return Document(grids, tuple(self.remarks))

    def _remark(self, code: str, message: str, line: int | None = None) -> None:
        self.remarks.append(Remark(code, message, line))

    def _grid(self, name: str, state: str, path: str, style: Styles) -> Grid:
        reading = _Sheet(name)
        with self.archive.open(path) as source:
            cells = SheetCells(source, self.book, self.strings, style)
            for at, values in cells.rows():
                gap = at - 1 - len(reading.rows)
                if gap > LONGEST_GAP:
                    reading.far = at
                    break
                if gap >= 0:
                    reading.rows.extend(((),) * gap)
                    reading.rows.append(values)
                    self._count(values)
        if reading.far or cells.ended:
            with self.archive.open(path) as source:
                cells.merges = list(sheetcells.merges_in(source))
        hidden = state != "visible"
        if not hidden:
            self._tell_what_was_left(reading, cells, style)
        unread = frozenset((at - 1, place) for at, place in (*cells.errors, *cells.uncounted))
        return Grid(tuple(reading.rows), tuple(cells.merges), reading.name, hidden=hidden, unread=unread)

    def _count(self, values: tuple[Value, ...]) -> None:
        self.cells -= len(values)
        self.rows += 1
        if self.cells < 0 or self.rows > _MOST_ROWS:
            raise _too_large()
        if self.rows % _TELL_EVERY == 0:
            self.tell(self.rows, None, _("rows"))

    def _tell_what_was_left(self, reading: _Sheet, cells: SheetCells, style: Styles) -> None:
        """Say what of a sheet is not among its cells."""
        name = reading.name
        if reading.far:
            message = _("sheet {sheet}: row {row} and below were not read, far below the rest")
            self._remark("far_cells", message.format(sheet=name, row=reading.far))
        if cells.beyond:
            message = _("sheet {sheet}: cells to the right of column {column} were not read")
            self._remark("far_cells", message.format(sheet=name, column=MOST_COLUMNS), cells.beyond)
        if cells.errors:
            message = _("sheet {sheet}: cells that show an error were left empty: {count}")
            words = message.format(sheet=name, count=len(cells.errors))
            self._remark("error_cells", words, cells.errors[0][0])
        if cells.uncounted:
            message = _("sheet {sheet}: formulas whose result is not in the file were left empty: {count}")
            words = message.format(sheet=name, count=len(cells.uncounted))
            self._remark("formulas", words, cells.uncounted[0][0])
        if cells.hidden:
            message = _("sheet {sheet}: hidden rows were read like the others: {count}")
            self._remark("hidden_rows", message.format(sheet=name, count=cells.hidden))
        used = {int(each or 0) for each in cells.styles}
        if len({style.fills[each] for each in used if each < len(style.fills)}) > _PLAIN_FILLS:
            message = _("sheet {sheet}: colours of cells are not read; a status must stand there in words")
            self._remark("colours", message.format(sheet=name))


@dataclass(slots=True)
class _Sheet:
    """The rows of one sheet; `far` is the row that was too far below the others."""

    name: str
    rows: list[tuple[Value, ...]] = field(default_factory=list)
    far: int = 0


def _too_large() -> RejectedInputError:
    message = _("the workbook has more than {rows} rows, {cells} cells or {sheets} sheets")
    hint = _("cut out the part that lists the issues")
    return RejectedInputError(
        message.format(rows=_MOST_ROWS, cells=_MOST_CELLS, sheets=_MOST_SHEETS), hint=hint
    )
