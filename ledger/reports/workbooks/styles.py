"""How cells look: typefaces, frames and forms of numbers, each made once for a workbook."""

from __future__ import annotations

from typing import Any, Final

from ledger.reports.views import Kind
from ledger.reports.workbooks.cells import Style

#: Typefaces of text and of headings. Source: what offices print such tables in.
FACE: Final = "宋体"
HEAD_FACE: Final = "黑体"
#: Colours of cells that people fill in, and of headings.
FILLED: Final = "FFF8DC"
HEAD: Final = "E7ECF2"
#: How values are shown, by what they are. Source: ECMA-376 part 1, §18.8.31.
FORMATS: Final = {
    Kind.DATE: "yyyy-mm-dd",
    Kind.NUMBER: "0",
    Kind.AMOUNT: "General",
    Kind.PERCENT: '0.0"%"',
}


class Styles:
    """The styles of one workbook."""

    def __init__(self, made: Any) -> None:  # noqa: ANN401 - openpyxl ships no types
        from openpyxl.styles import Border, Side

        self._made = made
        self._known: dict[tuple[object, ...], Style] = {}
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
        face: str = FACE,
    ) -> Style:
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
            self._known[key] = Style(*numbers)
        return self._known[key]
