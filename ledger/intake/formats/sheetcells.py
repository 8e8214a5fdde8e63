"""The cells of one sheet of a workbook, row by row, and what they are formatted to show.

Texts and plain numbers, nearly all there is, are taken from the XML at once; dates, errors and whatever is
rare are left to openpyxl, which knows them.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ledger.intake.reading import clean

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from ledger.intake.document import Value

Range = tuple[int, int, int, int]

#: Columns and merged ranges that are read. Source: the widest form seen has about fifty columns.
MOST_COLUMNS, _MOST_MERGES = 200, 300_000
#: So many empty rows in a run end a sheet: what comes after them was formatted or typed by accident.
LONGEST_GAP = 2_000
#: Formats of Chinese Excel that openpyxl does not know for dates, and those of them without a day.
#: Source: ECMA-376-1 §18.8.30, number formats for zh-cn.
_CHINESE_DATES = frozenset({*range(27, 37), *range(50, 59)})
_CHINESE_MONTHS = frozenset({27, 36, 50, 52, 54, 57})
#: The first number of a format that is a workbook's own. Source: ECMA-376-1 §18.8.30.
_OWN_FORMATS = 164
_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
#: A character that a workbook cannot hold as it is. Source: ECMA-376-1 §22.9.2.19.
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7}):\$?([A-Z]{1,3})\$?([0-9]{1,7})")
_MERGE = re.compile(rb'<(?:\w{1,20}:)?mergeCell\s[^>]{0,40}?ref="([A-Z0-9:$]{5,22})"')
_DIGITS = "0123456789"


@dataclass(frozen=True, slots=True)
class Styles:
    """What the styles of a workbook change about the words of cells.

    Attributes:
        dates: Styles that show a number as a date.
        shown: What other styles make of a value.
        fills: The fill of each style.
    """

    dates: frozenset[int]
    shown: Mapping[int, Callable[[Any], Value]]
    fills: tuple[int, ...]

    @classmethod
    def of(cls, book: Any) -> Styles:  # noqa: ANN401 - openpyxl ships no types
        """The styles of an opened workbook."""
        styles = list(book._cell_styles)
        chinese = {at for at, style in enumerate(styles) if style.numFmtId in _CHINESE_DATES}
        shown = {at: turn for at, style in enumerate(styles) if (turn := _turn(book, style.numFmtId))}
        dates = frozenset(book._date_formats) | chinese
        return cls(dates, shown, tuple(style.fillId for style in styles))


def _turn(book: Any, number: int) -> Callable[[Any], Value] | None:  # noqa: ANN401 - openpyxl ships no types
    """How a number format changes the words of a cell; None where it does not."""
    from openpyxl.styles.numbers import BUILTIN_FORMATS

    own = book._number_formats
    place = number - _OWN_FORMATS
    code = own[place] if 0 <= place < len(own) else BUILTIN_FORMATS.get(number, "")
    bare = _QUOTED.sub("", code).lower()
    if bare.endswith("%"):
        return _percent
    months = "y" in bare and "m" in bare and "d" not in bare and "h" not in bare
    return _month if months or number in _CHINESE_MONTHS else None


def _percent(value: Any) -> Value:  # noqa: ANN401 - a cell's value
    return f"{value * 100:.10g}%" if type(value) in (int, float) else value


def _month(value: Any) -> Value:  # noqa: ANN401 - a cell's value
    return f"{value.year}年{value.month}月" if isinstance(value, dt.date) else value


def cleaned(text: str) -> str:
    """A cell's text without what is not seen."""
    if "_x" in text:
        text = _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text)
    return text if text.isprintable() else clean(text)[0]


def strings(opened: Any) -> list[str]:  # noqa: ANN401 - openpyxl's reader
    """The texts that cells of all sheets share, clean."""
    from openpyxl.xml.constants import SHARED_STRINGS, SHEET_MAIN_NS
    from openpyxl.xml.functions import iterparse

    part = opened.package.find(SHARED_STRINGS)
    if part is None:
        return []
    tag = f"{{{SHEET_MAIN_NS}}}si"
    found = []
    with opened.archive.open(part.PartName[1:]) as source:
        for _event, element in iterparse(source):
            if element.tag == tag:
                found.append(_text(element))
                element.clear()
    return found


def _text(element: Any) -> str:  # noqa: ANN401 - an element
    """The words of a text, those of its parts together; how to pronounce them is left out."""
    if len(element) == 1 and element[0].tag.endswith("}t"):
        return cleaned(element[0].text or "")
    parts = []
    for child in element:
        if child.tag.endswith("}t"):
            parts.append(child.text or "")
        elif child.tag.endswith("}r"):
            parts.extend(each.text or "" for each in child if each.tag.endswith("}t"))
    return cleaned("".join(parts))


class SheetCells:
    """The rows of one sheet.

    Attributes:
        merges: The merged ranges met so far; they stand behind the rows.
        ended: So many rows in a run were empty that nothing below is read.
        beyond: The first row with a cell too far to the right.
        hidden: Rows that a filter or a hand has hidden.
        errors: Where cells show an error: row, counted from 1, and index of the column.
        uncounted: The same of formulas whose result is not in the file.
        styles: The styles of cells that hold something.
    """

    def __init__(self, source: Any, book: Any, shared: list[str], styles: Styles) -> None:  # noqa: ANN401 - openpyxl's
        from openpyxl.worksheet._reader import FORMULA_TAG, WorkSheetParser

        self.source = source
        self.parser: Any = WorkSheetParser(
            source,
            shared,
            data_only=True,
            epoch=book.epoch,
            date_formats=styles.dates,
            timedelta_formats=book._timedelta_formats,
        )
        self.shared = shared
        self.style = styles
        self.odd = {str(at) for at in (*styles.dates, *book._timedelta_formats, *styles.shown)}
        self.formula = FORMULA_TAG
        self.columns: dict[str, int] = {}
        self.merges: list[Range] = []
        self.styles: set[str | None] = set()
        self.ended = False
        self.beyond = self.hidden = 0
        self.errors: list[tuple[int, int]] = []
        self.uncounted: list[tuple[int, int]] = []

    def rows(self) -> Iterator[tuple[int, tuple[Value, ...]]]:
        """Number and values of each row that holds something, up to its last such cell."""
        from openpyxl.worksheet._reader import ROW_TAG
        from openpyxl.xml.constants import SHEET_MAIN_NS
        from openpyxl.xml.functions import iterparse

        merge = f"{{{SHEET_MAIN_NS}}}mergeCell"
        at = empty = 0
        for _event, element in iterparse(self.source):
            tag = element.tag
            if tag == ROW_TAG:
                printed = element.get("r")
                at = int(printed) if printed else at + 1
                values = self._values(element, at)
                if values:
                    empty = 0
                    self.hidden += element.get("hidden") in ("1", "true")
                    yield at, values
                else:
                    empty += 1
                element.clear()
                if empty > LONGEST_GAP:
                    self.ended = True
                    return
            elif tag == merge:
                found = _range(element.get("ref", ""))
                if found and len(self.merges) < _MOST_MERGES:
                    self.merges.append(found)

    def _values(self, row: Any, at: int) -> tuple[Value, ...]:  # noqa: ANN401 - an element
        values: list[Value] = []
        place = -1
        for cell in row:
            name = cell.get("r")
            place = self._place(name) if name else place + 1
            if not len(cell):
                continue
            value = self._value(cell, (at, place))
            if value is None or value == "":
                continue
            if place >= MOST_COLUMNS:
                self.beyond = self.beyond or at
                continue
            self.styles.add(cell.get("s"))
            while len(values) < place:
                values.append(None)
            if len(values) == place:
                values.append(value)
        return tuple(values)

    def _place(self, name: str) -> int:
        letters = name.rstrip(_DIGITS)
        place = self.columns.get(letters)
        if place is None:
            place = self.columns[letters] = column(letters)
        return place

    def _value(self, cell: Any, at: tuple[int, int]) -> Value:  # noqa: ANN401 - an element
        kind = cell.get("t")
        if kind == "s" and len(cell) == 1:
            text = cell[0].text
            return self.shared[int(text)] if text else None
        if kind == "inlineStr" and len(cell) == 1:
            return _text(cell[0])
        if kind is None and len(cell) == 1 and cell.get("s") not in self.odd:
            text = cell[0].text
            if text and text.isdecimal():
                return int(text)
        return self._odd(cell, at)

    def _odd(self, cell: Any, at: tuple[int, int]) -> Value:  # noqa: ANN401 - an element
        """A cell as openpyxl reads it: a formula's result, a date, a fraction, an error."""
        read = self.parser.parse_cell(cell)
        value: Value = read["value"]
        if value is None and cell.find(self.formula) is not None:
            self.uncounted.append(at)
        if read["data_type"] == "e":
            self.errors.append(at)
            return None
        if isinstance(value, str):
            return cleaned(value)
        turn = self.style.shown.get(read["style_id"])
        return turn(value) if turn and value is not None else value


def _range(reference: str) -> Range | None:
    """A1:C3 as indexes of rows and columns; None where it is none."""
    found = _REFERENCE.fullmatch(reference)
    if not found:
        return None
    return int(found[2]) - 1, column(found[1]), int(found[4]) - 1, min(column(found[3]), MOST_COLUMNS)


def column(letters: str) -> int:
    """The index of the column that a spreadsheet calls A, B, … AA."""
    at = 0
    for letter in letters:
        at = at * 26 + ord(letter) - 64
    return at - 1


def merges_in(source: Any) -> Iterator[Range]:  # noqa: ANN401 - a file of openpyxl's
    """The merged ranges of a sheet whose rows are not read to the end, found without taking it apart."""
    before = b""
    count = 0
    while (chunk := source.read(1 << 20)) and count < _MOST_MERGES:
        text = before + chunk
        last = 0
        for found in _MERGE.finditer(text):
            last, count = found.end(), count + 1
            merged = _range(found[1].decode())
            if merged:
                yield merged
        before = text[max(last, len(text) - 100) :]
