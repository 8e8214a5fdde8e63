"""How wide the columns of a page are, by what stands in them, so that A4 holds them and can be read.

Units: characters of half width, everywhere.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ledger.reports.views import Kind
from ledger.reports.workbooks.rowheights import broadest

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ledger.reports.views import Cell, Column

#: What A4 holds upright and lying in 11 point type. Source: measured with LibreOffice and the margins of
#: `printing`.
UPRIGHT: Final = 90.0
LYING: Final = 136.0
#: The same where nothing is made smaller to fit, with room for a typeface that is wider than ours.
WHOLE: Final = 82
WHOLE_LYING: Final = 124
#: The widest a page may be: printed as wide as A4 lying, its type is still 7 point.
_WIDEST: Final = 210.0
#: A column is no narrower than its floor, text no wider than this before it is broken.
_FLOOR: Final = {Kind.TEXT: 7.0, Kind.NUMBER: 6.0, Kind.AMOUNT: 6.0, Kind.DATE: 12.0, Kind.PERCENT: 8.0}
_LONGEST_LINE: Final = 60
#: What a column has beside its text.
_BESIDE: Final = 2.0
#: Headings may be broken; so much of one stands on a line.
_HEADING: Final = 8
#: Rows looked at of a long table.
_SAMPLE: Final = 400


def wanted(columns: Sequence[Column], rows: Sequence[Sequence[Cell]]) -> list[float]:
    """How wide each column would be if there were room."""
    seen = rows[:: max(len(rows) // _SAMPLE, 1)]
    return [_wanted(column, [row[at] for row in seen]) for at, column in enumerate(columns)]


def _wanted(column: Column, values: Sequence[Cell]) -> float:
    heading = min(broadest(column.heading), _HEADING)
    longest = max((_longest(value) for value in values if value is not None), default=0)
    return max(_FLOOR[column.kind], heading + _BESIDE, longest + _BESIDE)


def _longest(value: Cell) -> int:
    text = str(value)
    if len(text) > _LONGEST_LINE:
        return _LONGEST_LINE
    return min(max(map(broadest, text.split("\n"))), _LONGEST_LINE)


def fitted(widths: Sequence[float]) -> list[float]:
    """The widths as the page takes them: the widest columns give way, a page that is too narrow is filled."""
    total = sum(widths)
    if total < UPRIGHT:
        return [round(each * UPRIGHT / total, 1) for each in widths]
    if total > _WIDEST:
        most = _level(widths)
        return [round(min(each, most), 1) for each in widths]
    return list(widths)


def _level(widths: Sequence[float]) -> float:
    """The width that no column may pass, so that all of them together are as wide as a page may be."""
    left, columns = _WIDEST, sorted(widths)
    for number, each in enumerate(columns):
        share = left / (len(columns) - number)
        if each > share:
            return max(share, _FLOOR[Kind.DATE])
        left -= each
    return columns[-1]


def parts(given: Sequence[float], total: int) -> list[int]:
    """Where columns of these widths end when they fill a page of whole units; no two at one place."""
    ends: list[int] = []
    whole, so_far = sum(given), 0.0
    for number, each in enumerate(given, 1):
        so_far += each
        least = (ends[-1] if ends else 0) + 1
        most = total - (len(given) - number)
        ends.append(min(max(round(so_far * total / whole), least), most))
    return ends
