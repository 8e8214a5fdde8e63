"""A page of lines and tables: how high its rows are, what is merged, what is repeated."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Final

from ledger.domain.spreadsheet import letter
from ledger.reports.views import Kind
from ledger.reports.workbooks.cells import Body
from ledger.reports.workbooks.printing import print_on
from ledger.reports.workbooks.rowheights import HIGHEST, LINE, ROOM, lines
from ledger.reports.workbooks.sheets import Line, Tone
from ledger.reports.workbooks.styles import FORMATS, HEAD, HEAD_FACE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ledger.reports.views import Cell
    from ledger.reports.workbooks.cells import Style
    from ledger.reports.workbooks.sheets import Box, Grid, Page
    from ledger.reports.workbooks.styles import Styles

#: How each tone looks, besides what a value asks for.
_TONES: Final[Mapping[Tone, Mapping[str, Any]]] = {
    Tone.TITLE: {
        "size": 18, "bold": True, "across": "center", "down": "center", "bordered": False, "face": HEAD_FACE,
    },
    Tone.HEADING: {"size": 13, "bold": True, "down": "center", "bordered": False, "face": HEAD_FACE},
    Tone.TEXT: {"bordered": False},
    Tone.NOTE: {"size": 9, "bordered": False},
    Tone.CENTRED: {"across": "center", "bordered": False},
    Tone.RIGHT: {"across": "right", "bordered": False},
    Tone.HEAD: {"bold": True, "fill": HEAD, "across": "center", "down": "center", "face": HEAD_FACE},
    Tone.VALUE: {"down": "center"},
    Tone.FIELD: {"down": "center"},
    Tone.BAND: {"bold": True, "size": 12, "down": "center", "face": HEAD_FACE},
    Tone.SHADED: {"bold": True, "fill": HEAD, "down": "center"},
}  # fmt: skip
#: How large a page of forms is printed. Units: per cent.
_WHOLE: Final = 88
#: A header further down than this is not kept in sight: nothing would be left to scroll.
_IN_SIGHT: Final = 8


def write_page(sheet: Any, given: Page, styles: Styles) -> Body:  # noqa: ANN401 - openpyxl ships no types
    """Set the sheet up; what its rows are."""
    return _PageSheet(sheet, given, styles).written()


class _PageSheet:
    """One page on its way into a sheet."""

    def __init__(self, sheet: Any, given: Page, styles: Styles) -> None:  # noqa: ANN401
        self.sheet, self.given, self.styles = sheet, given, styles
        self.body = Body()
        self.merges: list[str] = []

    def written(self) -> Body:
        for at, width in enumerate(self.given.widths):
            self.sheet.column_dimensions[letter(at)].width = width
        for part in self.given.parts:
            if isinstance(part, Line):
                self._line(part)
            else:
                self._grid(part)
        self.sheet.merged_cells = self.merges
        print_on(self.sheet, landscape=self.given.landscape, foot=self.given.foot)
        if self.given.whole:
            # Pages that are made to fit have no breaks of their own in some programs.
            self.sheet.sheet_properties.pageSetUpPr.fitToPage = False
            self.sheet.page_setup.scale = _WHOLE
        last = letter(len(self.given.widths) - 1)
        self.sheet.print_area = f"A1:{last}{max(self.body.last, 1)}"
        return self.body

    def _style(self, tone: Tone, kind: Kind) -> Style:
        look = dict(_TONES[tone])
        if kind is not Kind.TEXT and tone in (Tone.VALUE, Tone.SHADED):
            look["across"] = "center"
        return self.styles.of(form=FORMATS.get(kind, ""), **look)

    def _line(self, given: Line) -> None:
        from openpyxl.worksheet.pagebreak import Break

        first = self.body.last + 1
        if given.breaks and first > 1:
            self.sheet.row_breaks.append(Break(id=first - 1))
        if given.header:
            self.sheet.print_title_rows = f"{first}:{first}"
            if first <= _IN_SIGHT:
                self.sheet.freeze_panes = f"A{first + 1}"
        values: list[Cell] = []
        styles: list[Style] = []
        high = 0.0
        for box in given.boxes:
            width = sum(self.given.widths[len(values) : len(values) + box.span])
            high = max(high, self._height(box, width))
            values += [box.value, *(None,) * (box.span - 1)]
            styles += [self._style(box.tone, box.kind)] * box.span
        parts = self._put(values, styles, high)
        at = 0
        for box in given.boxes:
            self._merge(at, at + box.span - 1, first, first + parts - 1)
            at += box.span

    def _height(self, box: Box, width: float) -> float:
        """What a box needs; larger type takes more of it."""
        larger: float = _TONES[box.tone].get("size", 11) / 11
        text = box.value if isinstance(box.value, str) else ""
        return LINE * larger * max(lines(text, width / larger), box.lines) + ROOM

    def _put(self, values: Sequence[Cell], styles: Sequence[Style], high: float) -> int:
        """A row, or as many as it has to be spread over; says how many."""
        parts = max(math.ceil(high / HIGHEST), 1)
        each = round(high / parts, 1)
        self.body.row(values, styles, each)
        for _more in range(parts - 1):
            self.body.row((None,) * len(values), styles, each)
        return parts

    def _merge(self, left: int, right: int, top: int, bottom: int) -> None:
        if (left, top) != (right, bottom):
            self.merges.append(f"{letter(left)}{top}:{letter(right)}{bottom}")

    def _grid(self, given: Grid) -> None:
        usual = [self._style(Tone.VALUE, kind) for kind in given.kinds]
        shaded = [self._style(Tone.SHADED, kind) for kind in given.kinds]
        widths = self.given.widths
        # What surely fits on one line is not measured: that is most of a million cells.
        short = [width / 2 - 1 for width in widths]
        for number, row in enumerate(given.rows):
            most = 1
            for value, width, enough in zip(row, widths, short, strict=False):
                if isinstance(value, str) and (len(value) > enough or "\n" in value):
                    most = max(most, lines(value, width))
            top = self.body.last + 1
            parts = self._put(row, shaded if number in given.shaded else usual, LINE * most + ROOM)
            if parts > 1:
                for at in range(len(row)):
                    self._merge(at, at, top, top + parts - 1)
