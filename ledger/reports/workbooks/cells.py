"""The rows of a sheet as XML: text is never a formula, dates are dates.

Written here and not by openpyxl, which takes ten times as long for each of a million cells.

Source: ECMA-376 part 1, §18.3.1.4 (cells), §18.3.1.73 (rows), §22.9.2.19 (escapes); OWASP "CSV Injection" for
what is marked as text.
"""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from ledger.domain.roundtrip import CELL, shown
from ledger.domain.spreadsheet import guarded, letter

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ledger.reports.views import Cell

#: What Excel would read as a character by its number.
_ESCAPE: Final = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
#: What no XML may hold and `visible` leaves. Source: XML 1.0 §2.2.
_NO_CHARACTER: Final = re.compile("[\ufffe\uffff]")
#: Day 0 of a spreadsheet, and its first day that all programs count alike: before it is a leap day that was
#: none. Source: ECMA-376 part 1, §18.17.4.1.
_DAY_ZERO: Final = dt.date(1899, 12, 30)
_FIRST_DAY: Final = dt.date(1900, 3, 1)
#: So many texts are remembered: the columns of a ledger say the same again and again.
_KEPT: Final = 8192


class Style(NamedTuple):
    """The numbers of a style: for a value, and for text a spreadsheet program would otherwise calculate."""

    usual: int
    quoted: int


#: The style a workbook begins with.
BARE: Final = Style(0, 0)


class Body:
    """The rows of one sheet, written one after another."""

    def __init__(self) -> None:
        self._rows: list[bytes] = []
        self.last = 0

    def row(self, values: Sequence[Cell], styles: Sequence[Style], height: float | None = None) -> None:
        """One row; cells that have a style and no value are there all the same.

        Units: `height` in points; None leaves it to the program that opens the file.
        """
        self.last += 1
        number = self.last
        high = "" if height is None else f' ht="{height}" customHeight="1"'
        cells, letters = [f'<row r="{number}"{high}>'], _letters(len(values))
        for at, (value, style) in enumerate(zip(values, styles, strict=False)):
            place = f'<c r="{letters[at]}{number}" s="'
            if value is None or value == "":
                cells.append(f'{place}{style.usual}"/>')
            elif isinstance(value, str):
                text, quoted = _encoded(value)
                cells.append(f'{place}{style[quoted]}" t="inlineStr">{text}</c>')
            elif isinstance(value, dt.date):
                day = held(value)
                kind = f' t="inlineStr">{_encoded(day)[0]}' if isinstance(day, str) else f"><v>{day:.0f}</v>"
                cells.append(f'{place}{style.usual}"{kind}</c>')
            else:
                cells.append(f'{place}{style.usual}"><v>{value}</v></c>')
        cells.append("</row>")
        self._rows.append("".join(cells).encode())

    def xml(self) -> bytes:
        """All rows, as they stand inside the sheet."""
        return b"".join((b"<sheetData>", *self._rows, b"</sheetData>"))


@lru_cache
def _letters(count: int) -> tuple[str, ...]:
    return tuple(map(letter, range(count)))


def held(value: Cell) -> str | float | None:
    """A value as a cell holds it: text that can be shown, or a number; a day is one too."""
    if isinstance(value, str):
        if len(value) <= CELL // 2 and value.isprintable():
            return value or None
        return _NO_CHARACTER.sub(lambda found: f"\\u{ord(found[0]):04x}", shown(value))
    if isinstance(value, dt.date):
        return value.isoformat() if value < _FIRST_DAY else float((value - _DAY_ZERO).days)
    return None if value is None else float(value)


@lru_cache(maxsize=_KEPT)
def _encoded(value: str) -> tuple[str, bool]:
    """A text inside its cell, and whether a spreadsheet program would calculate it."""
    text = str(held(value) or "")
    if "_x" in text:
        text = _ESCAPE.sub("_x005F_", text)
    for sign, entity in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;")):
        if sign in text:
            text = text.replace(sign, entity)
    kept = ' xml:space="preserve"' if "\n" in text or text != text.strip() else ""
    return f"<is><t{kept}>{text}</t></is>", guarded(value) != value
