"""A sheet with one table that may be filled in and come back: title, a line of facts, header, rows."""

from __future__ import annotations

import math
from gettext import gettext as _
from typing import TYPE_CHECKING, Any, Final

from ledger.domain.spreadsheet import letter
from ledger.reports.views import Kind
from ledger.reports.workbooks.cells import Body
from ledger.reports.workbooks.printing import print_on
from ledger.reports.workbooks.rowheights import Rows, lines, placed
from ledger.reports.workbooks.sheets import Look
from ledger.reports.workbooks.styles import FILLED, FORMATS, HEAD, HEAD_FACE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ledger.reports.views import Column
    from ledger.reports.workbooks.cells import Style
    from ledger.reports.workbooks.sheets import Sheet
    from ledger.reports.workbooks.styles import Styles

#: The hidden sheet that keeps the lists cells are chosen from.
LISTS: Final = "_lists"
#: A title, the line under it, then the header.
_HEADER_ROW: Final = 3
_DEFAULT: Final = Look()


def write_table(sheet: Any, given: Sheet, styles: Styles, lists: Mapping[str, Sequence[str]]) -> Body:  # noqa: ANN401
    """Set the sheet up; what its rows are."""
    return _TableSheet(sheet, given, styles, lists).written()


class _TableSheet:
    """One sheet with a table."""

    def __init__(self, sheet: Any, given: Sheet, styles: Styles, lists: Mapping[str, Sequence[str]]) -> None:  # noqa: ANN401
        self.sheet, self.given, self.styles, self.lists = sheet, given, styles, lists
        self.columns = given.table.columns
        self.looks = [given.looks.get(each.key, _DEFAULT) for each in self.columns]
        self.seen = [place for place, look in enumerate(self.looks) if not look.hidden]

    def written(self) -> Body:
        widths = [math.inf if look.hidden else look.width for look in self.looks]
        rows = placed(self.given.table.rows, widths, self.given.merges)
        self._set_up(rows)
        self._merges(rows)
        self._choices(rows)
        body = Body()
        self._heading(body)
        self._rows(body, rows)
        return body

    def _set_up(self, rows: Rows) -> None:
        sheet = self.sheet
        for place, look in enumerate(self.looks):
            dimension = sheet.column_dimensions[letter(place)]
            dimension.width, dimension.hidden = look.width, look.hidden
        sheet.freeze_panes = f"A{_HEADER_ROW + 1}"
        sheet.print_title_rows = f"{_HEADER_ROW}:{_HEADER_ROW}"
        sheet.print_area = f"A1:{letter(len(self.columns) - 1)}{_HEADER_ROW + max(rows.total, 1)}"
        print_on(sheet, landscape=True, foot=self.given.foot)

    def _heading(self, body: Body) -> None:
        of = self.styles.of
        title = of(size=18, bold=True, across="center", down="center", bordered=False, face=HEAD_FACE)
        under = of(across="left", down="center", bordered=False)
        head = of(bold=True, fill=HEAD, across="center", down="center", face=HEAD_FACE)
        heads = [lines(each.heading, look.width) for each, look in zip(self.columns, self.looks, strict=True)]
        body.row([self.given.table.title], [title], 30)
        body.row([self.given.subtitle], [under], 18)
        headings = [each.heading for each in self.columns]
        body.row(headings, [head] * len(self.columns), 10 + 16 * max(heads, default=1))

    def _rows(self, body: Body, rows: Rows) -> None:
        styles = [self._style(each, look) for each, look in zip(self.columns, self.looks, strict=True)]
        nothing = (None,) * len(self.columns)
        heights = iter(rows.heights)
        for row, spread in zip(self.given.table.rows, rows.spread, strict=True):
            body.row(row, styles, next(heights))
            for _more in range(spread - 1):
                body.row(nothing, styles, next(heights))

    def _style(self, column: Column, look: Look) -> Style:
        figure = column.kind is not Kind.TEXT
        return self.styles.of(
            fill=FILLED if look.filled else "",
            across="center" if figure or look.centred else "left",
            form=FORMATS.get(column.kind, "@" if look.filled else ""),
        )

    def _merges(self, rows: Rows) -> None:
        last = letter(max(self.seen, default=0))
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
                    at = letter(column)
                    ranges.append(f"{at}{top + _HEADER_ROW + 1}:{at}{bottom + _HEADER_ROW + 1}")
        self.sheet.merged_cells = ranges

    def _choices(self, rows: Rows) -> None:
        from openpyxl.worksheet.datavalidation import DataValidation

        for place, (column, look) in enumerate(zip(self.columns, self.looks, strict=True)):
            if not rows.total:
                break
            at = f"{letter(place)}{_HEADER_ROW + 1}:{letter(place)}{_HEADER_ROW + rows.total}"
            words = self.lists.get(look.choices, ())
            if words:
                listed = letter(list(self.lists).index(look.choices))
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
