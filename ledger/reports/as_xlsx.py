"""A workbook as .xlsx, ready to print: text is never a formula, and the same workbook gives the same bytes.

The only module that writes with openpyxl.

Source: ECMA-376 part 1, §18 (SpreadsheetML); OWASP "CSV Injection" for what is marked as text.
"""

from __future__ import annotations

import datetime as dt
import io
import math
import re
from decimal import Decimal
from gettext import gettext as _
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from ledger.domain.roundtrip import shown
from ledger.domain.spreadsheet import guarded
from ledger.domain.text import visible
from ledger.reports.archive import Archive
from ledger.reports.rowheights import Rows, lines, placed
from ledger.reports.sheets import Hidden, Look, Sheet, Text
from ledger.reports.views import Kind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ledger.reports.sheets import Workbook
    from ledger.reports.views import Cell, Column

#: The hidden sheet that keeps the lists cells are chosen from.
LISTS: Final = "_lists"
#: What Excel would read as a character by its number. Source: ECMA-376 part 1, §22.9.2.19 (ST_Xstring).
_ESCAPE: Final = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
#: What a sheet's name may not hold, and how long it may be. Source: Excel's own limits.
_SHEET_NAME: Final = re.compile(r"[\[\]:*?/\\']")
_SHEET_NAME_LENGTH: Final = 31
_FACE, _HEAD_FACE = "宋体", "黑体"
_FILLED, _HEAD = "FFF8DC", "E7ECF2"
_FORMATS: Final = {Kind.DATE: "yyyy-mm-dd", Kind.NUMBER: "0", Kind.PERCENT: '0.0"%"'}
_DEFAULT: Final = Look()
#: How wide a sheet of paragraphs is, so that A4 holds it. Units: characters of half width.
_PARAGRAPH: Final = 76
#: A title, the line under it, then the header.
_HEADER_ROW: Final = 3


def render(book: Workbook) -> bytes:
    """The workbook as a file."""
    from openpyxl import Workbook as Made
    from openpyxl.styles import Font
    from openpyxl.utils.indexed_list import IndexedList
    from openpyxl.writer.excel import ExcelWriter

    made = Made(write_only=True)
    made.properties.title = visible(book.title)
    made.properties.creator = "ledger"
    # Widths of columns count in digits of this font.
    made._fonts = IndexedList([Font(name=_FACE, size=11)])
    made._named_styles["Normal"].font = made._fonts[0]
    made.properties.created = made.properties.modified = dt.datetime.combine(book.day, dt.time())
    styles = _Styles(made)
    for each in book.sheets:
        sheet = _in_memory(made.create_sheet(_SHEET_NAME.sub("_", each.name)[:_SHEET_NAME_LENGTH]))
        if isinstance(each, Sheet):
            _Page(sheet, each, styles, book.lists).write()
        elif isinstance(each, Text):
            _text(sheet, each, styles)
        else:
            _hidden(sheet, each)
    if book.lists:
        _hidden(_in_memory(made.create_sheet(LISTS)), Hidden(LISTS, _columns(book.lists)))
    written = io.BytesIO()
    with Archive(written) as archive:
        ExcelWriter(made, archive).write_data()
    return written.getvalue()


def _in_memory(sheet: Any) -> Any:  # noqa: ANN401
    """The sheet, written to memory: where it goes to a temporary file, a full disk goes unnoticed."""
    from openpyxl.worksheet._writer import WorksheetWriter

    class Writer(WorksheetWriter):  # type: ignore[misc]
        def cleanup(self) -> None:
            """Nothing to take away."""

    def begin() -> None:
        if sheet._writer is None:
            sheet._writer = Writer(sheet, io.BytesIO())
            sheet._writer.write_top()

    sheet._get_writer = begin
    return sheet


class _Look(NamedTuple):
    """The numbers of a style: for a value, and for text a spreadsheet program would otherwise calculate."""

    usual: int
    quoted: int


class _Cell:
    """A cell on its way into the file: what openpyxl asks of one, and no more, for there are thousands."""

    __slots__ = ("_value", "column", "data_type", "letter", "parent", "row", "style_id")
    hyperlink = None
    has_style = True
    _comment = None

    def __init__(self, sheet: Any, column: int) -> None:  # noqa: ANN401 - openpyxl ships no types
        from openpyxl.utils import get_column_letter

        self.parent, self.column, self.letter = sheet, column, get_column_letter(column)
        self.row, self.style_id, self.data_type = 0, 0, "n"
        self._value: Cell | float = None

    @property
    def coordinate(self) -> str:
        """Where it stands."""
        return f"{self.letter}{self.row}"

    def put(self, value: Cell, look: _Look) -> _Cell:
        """The cell with a value that is what it is: no text becomes a number, a date or a formula."""
        self.row += 1
        self.style_id = look.usual
        if isinstance(value, str):
            self._value, self.data_type = _ESCAPE.sub("_x005F_", shown(value)), "s"
            if guarded(value) != value:
                self.style_id = look.quoted
        else:
            self._value = float(value) if isinstance(value, Decimal) else value
            self.data_type = "d" if isinstance(value, dt.date) else "n"
        return self


class _Stream:
    """The rows of a sheet, written one after another by the same cells."""

    def __init__(self, sheet: Any, columns: int) -> None:  # noqa: ANN401
        self.sheet = sheet
        self.cells = [_Cell(sheet, column) for column in range(1, columns + 1)]
        # Cells come as they are to be written; openpyxl would make each of them once more.
        sheet._values_to_row = lambda cells, _row: cells

    def row(self, values: Sequence[Cell], looks: Sequence[_Look]) -> None:
        """One row; cells that have a look and no value are there all the same."""
        self.sheet.append(list(map(_Cell.put, self.cells, values, looks)))
        for cell in self.cells[len(values) :]:
            cell.row += 1


#: The style a workbook begins with.
_BARE: Final = _Look(0, 0)


class _Styles:
    """Styles of cells, each made once."""

    def __init__(self, made: Any) -> None:  # noqa: ANN401 - openpyxl ships no types
        from openpyxl.styles import Border, Side

        self._made = made
        self._known: dict[tuple[object, ...], _Look] = {}
        thin = Side(style="thin", color="808080")
        self._border = Border(left=thin, right=thin, top=thin, bottom=thin)
        self._plain = Border()

    def of(  # noqa: PLR0913 - what a style is made of
        self,
        *,
        size: float = 11,
        bold: bool = False,
        fill: str = "",
        across: str = "left",
        down: str = "top",
        form: str = "",
        bordered: bool = True,
        face: str = _FACE,
    ) -> _Look:
        """The style that has all this."""
        key = (size, bold, fill, across, down, form, bordered, face)
        if key not in self._known:
            from openpyxl.cell import WriteOnlyCell
            from openpyxl.styles import Alignment, Font, PatternFill

            numbers = []
            for quoted in (False, True):
                cell = WriteOnlyCell(self._made.worksheets[0])
                cell.font = Font(name=face, size=size, bold=bold)
                cell.alignment = Alignment(horizontal=across, vertical=down, wrap_text=True)
                cell.border = self._border if bordered else self._plain
                if fill:
                    cell.fill = PatternFill("solid", fgColor=fill)
                if form:
                    cell.number_format = form
                if quoted:
                    cell.quotePrefix = True
                numbers.append(cell.style_id)
            self._known[key] = _Look(*numbers)
        return self._known[key]


class _Page:
    """One sheet with a table: its title, a line of facts, the header, the rows."""

    def __init__(self, sheet: Any, given: Sheet, styles: _Styles, lists: Mapping[str, Sequence[str]]) -> None:  # noqa: ANN401
        self.sheet, self.given, self.styles, self.lists = sheet, given, styles, lists
        self.columns = given.table.columns
        self.looks = [given.looks.get(each.key, _DEFAULT) for each in self.columns]
        self.seen = [place for place, look in enumerate(self.looks) if not look.hidden]

    def write(self) -> None:
        """Set the page up, then stream its rows."""
        widths = [math.inf if look.hidden else look.width for look in self.looks]
        rows = placed(self.given.table.rows, widths, self.given.merges)
        self._set_up(rows)
        stream = _Stream(self.sheet, len(self.columns))
        self._heading(stream)
        self._rows(stream, rows)
        self._merges(rows)
        self._choices(rows)

    def _set_up(self, rows: Rows) -> None:
        from openpyxl.utils import get_column_letter

        sheet = self.sheet
        for place, look in enumerate(self.looks, 1):
            dimension = sheet.column_dimensions[get_column_letter(place)]
            dimension.width, dimension.hidden = look.width, look.hidden
        sheet.freeze_panes = f"A{_HEADER_ROW + 1}"
        sheet.print_title_rows = f"{_HEADER_ROW}:{_HEADER_ROW}"
        sheet.print_area = f"A1:{get_column_letter(len(self.columns))}{_HEADER_ROW + max(rows.total, 1)}"
        _print_on(sheet, landscape=True, foot=self.given.foot)
        heads = [lines(each.heading, look.width) for each, look in zip(self.columns, self.looks, strict=True)]
        sheet.row_dimensions[1].height, sheet.row_dimensions[2].height = 30, 18
        sheet.row_dimensions[_HEADER_ROW].height = 10 + 16 * max(heads, default=1)
        for number, height in enumerate(rows.heights, _HEADER_ROW + 1):
            sheet.row_dimensions[number].height = height

    def _heading(self, stream: _Stream) -> None:
        of = self.styles.of
        title = of(size=18, bold=True, across="center", down="center", bordered=False, face=_HEAD_FACE)
        under = of(across="left", down="center", bordered=False)
        head = of(bold=True, fill=_HEAD, across="center", down="center", face=_HEAD_FACE)
        stream.row([self.given.table.title], [title])
        stream.row([self.given.subtitle], [under])
        stream.row([each.heading for each in self.columns], [head] * len(self.columns))

    def _rows(self, stream: _Stream, rows: Rows) -> None:
        looks = [self._style(each, look) for each, look in zip(self.columns, self.looks, strict=True)]
        nothing = (None,) * len(self.columns)
        for row, spread in zip(self.given.table.rows, rows.spread, strict=True):
            stream.row(row, looks)
            for _more in range(spread - 1):
                stream.row(nothing, looks)

    def _style(self, column: Column, look: Look) -> _Look:
        figure = column.kind is not Kind.TEXT
        return self.styles.of(
            fill=_FILLED if look.filled else "",
            across="center" if figure or look.centred else "left",
            form=_FORMATS.get(column.kind, "@" if look.filled else ""),
        )

    def _merges(self, rows: Rows) -> None:
        from openpyxl.utils import get_column_letter as letter

        last = letter(max(self.seen, default=0) + 1)
        ranges = [f"A1:{last}1", f"A2:{last}2"] if last != "A" else []
        together = {(column, first): end for column, first, end in self.given.merges}
        inside = {(column, row) for column, first, end in self.given.merges for row in range(first, end + 1)}
        for column in self.seen:
            for row, spread in enumerate(rows.spread):
                end = together.get((column, row))
                if end is None and ((column, row) in inside or spread == 1):
                    continue
                top, bottom = rows.first[row], rows.first[end if end is not None else row]
                bottom += rows.spread[end if end is not None else row] - 1
                if bottom > top:
                    at = letter(column + 1)
                    ranges.append(f"{at}{top + _HEADER_ROW + 1}:{at}{bottom + _HEADER_ROW + 1}")
        self.sheet.merged_cells = ranges

    def _choices(self, rows: Rows) -> None:
        from openpyxl.utils import get_column_letter as letter
        from openpyxl.worksheet.datavalidation import DataValidation

        for place, (column, look) in enumerate(zip(self.columns, self.looks, strict=True), 1):
            if not rows.total:
                break
            at = f"{letter(place)}{_HEADER_ROW + 1}:{letter(place)}{_HEADER_ROW + rows.total}"
            words = self.lists.get(look.choices, ())
            if words:
                listed = letter(list(self.lists).index(look.choices) + 1)
                rule = DataValidation(
                    type="list",
                    formula1=f"'{LISTS}'!${listed}$1:${listed}${len(words)}",
                    allow_blank=True,
                    showErrorMessage=look.strict,
                    errorTitle=column.heading[:32],
                    error=_("Choose one of the list."),
                )
                rule.add(at)
                self.sheet.data_validations.append(rule)


def _print_on(sheet: Any, *, landscape: bool, foot: str) -> None:  # noqa: ANN401
    """A4, as wide as the page, with page numbers."""
    sheet.page_setup.orientation = "landscape" if landscape else "portrait"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4 if hasattr(sheet, "PAPERSIZE_A4") else "9"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_options.horizontalCentered = True
    margins = sheet.page_margins
    margins.left = margins.right = 0.4
    margins.top, margins.bottom, margins.header, margins.footer = 0.5, 0.6, 0.2, 0.25
    sheet.oddFooter.left.text = foot.replace("&", "&&")
    sheet.oddFooter.left.size = 8
    sheet.oddFooter.right.text = _("page {page} of {pages}").format(page="&P", pages="&N")
    sheet.oddFooter.right.size = 8


def _text(sheet: Any, given: Text, styles: _Styles) -> None:  # noqa: ANN401
    sheet.column_dimensions["A"].width = _PARAGRAPH
    _print_on(sheet, landscape=False, foot="")
    stream = _Stream(sheet, 1)
    title = styles.of(size=14, bold=True, across="center", bordered=False, face=_HEAD_FACE)
    plain = styles.of(bordered=False)
    for number, text in enumerate(given.paragraphs, 1):
        sheet.row_dimensions[number].height = 8 + 16 * lines(text, _PARAGRAPH)
        stream.row([text], [title if number == 1 else plain])


def _hidden(sheet: Any, given: Hidden) -> None:  # noqa: ANN401
    sheet.sheet_state = "hidden"
    stream = _Stream(sheet, max(map(len, given.rows), default=0))
    for row in given.rows:
        stream.row(row, [_BARE] * len(row))


def _columns(lists: Mapping[str, Sequence[str]]) -> list[tuple[Cell, ...]]:
    longest = max(map(len, lists.values()), default=0)
    return [
        tuple(words[row] if row < len(words) else None for words in lists.values()) for row in range(longest)
    ]
