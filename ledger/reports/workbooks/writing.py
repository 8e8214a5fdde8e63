"""A workbook as .xlsx, ready to print: text is never a formula, and the same workbook gives the same bytes.

openpyxl makes everything around the rows; the rows themselves are ours (`cells`).

Source: ECMA-376 part 1, §18 (SpreadsheetML).
"""

from __future__ import annotations

import datetime as dt
import io
import re
from typing import TYPE_CHECKING, Any, Final

from ledger.domain.text import visible
from ledger.reports.archive import Archive
from ledger.reports.workbooks.cells import BARE, Body
from ledger.reports.workbooks.pages import write_page
from ledger.reports.workbooks.printing import print_on
from ledger.reports.workbooks.rowheights import lines
from ledger.reports.workbooks.sheets import Hidden, Page, Sheet, Text
from ledger.reports.workbooks.styles import FACE, HEAD_FACE, Styles
from ledger.reports.workbooks.tables import LISTS, write_table

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ledger.reports.views import Cell
    from ledger.reports.workbooks.sheets import Workbook

#: What a sheet's name may not hold, and how long it may be. Source: Excel's own limits.
_SHEET_NAME: Final = re.compile(r"[\[\]:*?/\\'\x00-\x1f]")
_SHEET_NAME_LENGTH: Final = 31
#: How wide a sheet of paragraphs is, so that A4 holds it. Units: characters of half width.
_PARAGRAPH: Final = 76
#: Where the rows of a sheet stand in what openpyxl writes.
_ROWS: Final = re.compile(rb"<sheetData\s*/>|<sheetData></sheetData>")


def write(book: Workbook) -> bytes:
    """The workbook as a file."""
    from openpyxl import Workbook as Made
    from openpyxl.styles import Font
    from openpyxl.utils.indexed_list import IndexedList
    from openpyxl.writer.excel import ExcelWriter

    made = Made(write_only=True)
    made.properties.title = visible(book.title)
    made.properties.creator = "ledger"
    # Widths of columns count in digits of this font.
    made._fonts = IndexedList([Font(name=FACE, size=11)])
    made._named_styles["Normal"].font = made._fonts[0]
    made.properties.created = made.properties.modified = dt.datetime.combine(book.day, dt.time())
    styles = Styles(made)
    taken: set[str] = set()
    for each in book.sheets:
        sheet = made.create_sheet(sheet_name(each.name, taken))
        if isinstance(each, Sheet):
            _attach(sheet, write_table(sheet, each, styles, book.lists))
        elif isinstance(each, Page):
            _attach(sheet, write_page(sheet, each, styles))
        elif isinstance(each, Text):
            _attach(sheet, _text(sheet, each, styles))
        else:
            _attach(sheet, _hidden(sheet, each))
    if book.lists:
        sheet = made.create_sheet(LISTS)
        _attach(sheet, _hidden(sheet, Hidden(LISTS, _columns(book.lists))))
    written = io.BytesIO()
    with Archive(written) as archive:
        ExcelWriter(made, archive).write_data()
    return written.getvalue()


def sheet_name(wanted: str, taken: set[str]) -> str:
    """A name a sheet may have and none of `taken` has, whatever its case; it is added to them."""
    plain = visible(_SHEET_NAME.sub("_", " ".join(wanted.split()))) or "_"
    name, number = _cut(plain, _SHEET_NAME_LENGTH), 1
    while name.casefold() in taken:
        number += 1
        end = f" ({number})"
        name = _cut(plain, _SHEET_NAME_LENGTH - len(end)) + end
    taken.add(name.casefold())
    return name


def _cut(text: str, most: int) -> str:
    """The text in so many units of UTF-16, which is what spreadsheet programs count."""
    return text.encode("utf-16-le")[: 2 * most].decode("utf-16-le", "ignore")


class _File(io.BytesIO):
    """A sheet as openpyxl writes it, with our rows in it; a file on the disk would fill it unnoticed."""

    def __init__(self, body: Body) -> None:
        super().__init__()
        self._body = body

    def getvalue(self) -> bytes:
        """The whole sheet."""
        before, after = _ROWS.split(super().getvalue(), maxsplit=1)
        return b"".join((before, self._body.xml(), after))


def _attach(sheet: Any, body: Body) -> None:  # noqa: ANN401 - openpyxl ships no types
    """Let the sheet be written with these rows."""
    from openpyxl.worksheet._writer import WorksheetWriter

    class Writer(WorksheetWriter):  # type: ignore[misc]
        def cleanup(self) -> None:
            """Nothing to take away."""

    sheet._writer = Writer(sheet, _File(body))
    sheet._writer.write_top()


def _text(sheet: Any, given: Text, styles: Styles) -> Body:  # noqa: ANN401
    sheet.column_dimensions["A"].width = _PARAGRAPH
    print_on(sheet, landscape=False, foot="")
    body = Body()
    title = styles.of(size=14, bold=True, across="center", bordered=False, face=HEAD_FACE)
    plain = styles.of(bordered=False)
    for number, text in enumerate(given.paragraphs, 1):
        body.row([text], [title if number == 1 else plain], 8 + 16 * lines(text, _PARAGRAPH))
    return body


def _hidden(sheet: Any, given: Hidden) -> Body:  # noqa: ANN401
    sheet.sheet_state = "hidden"
    body = Body()
    for row in given.rows:
        body.row(row, [BARE] * len(row))
    return body


def _columns(lists: Mapping[str, Sequence[str]]) -> list[tuple[Cell, ...]]:
    longest = max(map(len, lists.values()), default=0)
    return [
        tuple(words[row] if row < len(words) else None for words in lists.values()) for row in range(longest)
    ]
