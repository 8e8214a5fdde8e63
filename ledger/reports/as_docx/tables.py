"""Tables and forms in Word: widths by what stands in them, headings on every page, rows kept whole."""

from __future__ import annotations

from dataclasses import replace
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, Final

from ledger.domain.text import width
from ledger.reports.as_docx.styles import FORM_SIZES, TABLE_SIZES
from ledger.reports.as_docx.text import paragraph
from ledger.reports.columnwidths import MARGINS, Need, lies, need, shared
from ledger.reports.told import grid, plain, printed
from ledger.reports.views import FormCell, Kind
from ledger.reports.workbooks.rowheights import lines

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ledger.reports.as_docx.page import Page
    from ledger.reports.views import Facts, Form, Table

#: How high a line is, as a part of the size of its type; some typefaces take this much.
_LINE: Final = 1.45
#: What a row has above and below its text. Units: twentieths of a point.
_ROW: Final = 50
#: What stands above and below a form on its page: titles, notes, the stamp. Units: likewise.
_AROUND_A_FORM: Final = 1400
_BORDERS: Final = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
_FILLED: Final = '<w:shd w:val="clear" w:color="auto" w:fill="F2F2F2"/>'
#: A value of a group of facts that is longer has a row of its own. Units: half characters.
_SHORT: Final = 24


class Sheet:
    """A table of a report, measured once: whether it has to lie, and how it is written."""

    def __init__(self, given: Table) -> None:
        """Measure what is printed of the table, which has rows."""
        columns, rows = grid(given)
        kinds = [each.kind for each in columns]
        self.heads = [printed(each.heading) for each in columns]
        self.rows = [tuple(map(plain, row, kinds)) for row in rows]
        self.needs = list(map(need, self.heads, zip(*self.rows, strict=True)))
        self.looks = ["Text" if kind is Kind.TEXT else "Figure" for kind in kinds]
        self.total = given.total is not None

    def lies(self, upright: Page) -> bool:
        """Whether it is too wide for an upright page."""
        return lies(self.needs, _room(upright.width, TABLE_SIZES[0]))

    def written(self, page: Page) -> str:
        """The table for a page of this kind."""
        size = self._size(page)
        widths = shared(
            [Need(each.least + MARGINS, each.most + MARGINS, each.texts) for each in self.needs],
            _room(page.width, size),
        )
        twips = _in_twips(widths, page.width)
        heads = [f"TableHead{size}"] * len(twips)
        styles = [f"Table{look}{size}" for look in self.looks]
        most = page.height - _height(self.heads, widths, size)
        made = [_row(_cells(self.heads, heads, twips, _FILLED, _WITH_NEXT), _HEADER)]
        last = len(self.rows)
        for number, row in enumerate(self.rows, 1):
            looks = heads if self.total and number == last else styles
            together = _WITH_NEXT if self.total and number == last - 1 else ""
            fits = _height(row, widths, size) < most
            made.append(_row(_cells(row, looks, twips, more=together), _WHOLE if fits else ""))
        return _table(twips, made)

    def _size(self, page: Page) -> int:
        """The largest type in which nothing has to be broken that belongs together."""
        least = sum(each.least + MARGINS for each in self.needs)
        fitting = (size for size in TABLE_SIZES if least <= _room(page.width, size))
        return next(fitting, TABLE_SIZES[-1])


def _height(row: Sequence[str], widths: Sequence[float], size: int) -> float:
    """How high a row is at most. Units: twentieths of a point."""
    most = max(lines(text, wide - MARGINS) for text, wide in zip(row, widths, strict=True))
    return most * size * 10 * _LINE + _ROW


def form(given: Form, page: Page) -> str:
    """The boxes of a form: labels in the middle, room to write and to sign; on one page where that can be."""
    twips = _in_twips(given.widths, page.width)
    rows = [_Row(row, twips) for row in given.rows]
    room = page.height - _AROUND_A_FORM
    fitting = (size for size in FORM_SIZES if sum(row.height(size) for row in rows) <= room)
    size = next(fitting, FORM_SIZES[1])
    return _table(twips, [row.written(size, page) for row in rows])


def facts(given: Facts, page: Page) -> str:
    """Named values as a form, kept together: two beside one another where both are short."""
    rows: list[tuple[FormCell, ...]] = []
    waiting: tuple[FormCell, ...] = ()
    for each in given.items:
        text = plain(each.value, each.kind)
        short = "\n" not in text and width(text) <= _SHORT
        pair = (FormCell(each.name, label=True), FormCell(each.value, kind=each.kind))
        if short and waiting:
            rows.append((*waiting, *pair))
            waiting = ()
            continue
        rows += [_alone(one) for one in (waiting, () if short else pair) if one]
        waiting = pair if short else ()
    rows += [_alone(waiting)] if waiting else []
    twips, size = _in_twips(_PAIRS, page.width), FORM_SIZES[0]
    ties = [_WITH_NEXT] * (len(rows) - 1) + [""]
    return _table(
        twips, [_Row(row, twips).written(size, page, tie) for row, tie in zip(rows, ties, strict=True)]
    )


#: How wide two names with their values are beside one another.
_PAIRS: Final = (4, 8, 4, 8)


def _alone(pair: tuple[FormCell, ...]) -> tuple[FormCell, ...]:
    label, value = pair
    return (label, replace(value, span=3))


class _Row:
    """A row of a form, measured once: how wide its boxes are and how high it has to be."""

    def __init__(self, row: Sequence[FormCell], twips: Sequence[int]) -> None:
        """Lay the boxes side by side."""
        ends = list(accumulate((each.span for each in row), initial=0))
        self.row, self.wide = row, [sum(twips[left:right]) for left, right in pairwise(ends)]
        self.texts = [plain(each.value, each.kind) for each in row]

    def height(self, size: int) -> float:
        """How high it is at most. Units: twentieths of a point."""
        rooms = [_room(wide, size) - MARGINS for wide in self.wide]
        texts = (lines(text, room) for text, room in zip(self.texts, rooms, strict=True))
        return max(*texts, *(each.lines for each in self.row)) * size * 10 * _LINE + _ROW

    def written(self, size: int, page: Page, more: str = "") -> str:
        """The row in type of that size, kept whole where a page can hold it."""
        boxes = [
            f'<w:tc><w:tcPr><w:tcW w:w="{wide}" w:type="dxa"/>{_shape(each)}</w:tcPr>'
            f"{paragraph(_style(each, size), text, more)}</w:tc>"
            for each, text, wide in zip(self.row, self.texts, self.wide, strict=True)
        ]
        least = round(max(each.lines for each in self.row) * size * 10 * _LINE + _ROW)
        whole = _WHOLE if self.height(size) < page.height else ""
        return _row(boxes, f'{whole}<w:trHeight w:val="{least}" w:hRule="atLeast"/>')


def _shape(each: FormCell) -> str:
    span = f'<w:gridSpan w:val="{each.span}"/>' if each.span > 1 else ""
    return span + ('<w:vAlign w:val="center"/>' if each.label or each.lines == 1 else "")


def _style(each: FormCell, size: int) -> str:
    return f"Form{'Label' if each.label else 'Text'}{size}"


#: The heading of a table stays with its first row, the total with the last; a group of facts stays together.
_WITH_NEXT: Final = "<w:keepNext/>"
#: A row is not broken between two pages; the heading stands on each of them.
_WHOLE: Final = "<w:cantSplit/>"
_HEADER: Final = "<w:cantSplit/><w:tblHeader/>"


def _table(twips: Sequence[int], rows: Sequence[str]) -> str:
    grid = "".join(f'<w:gridCol w:w="{wide}"/>' for wide in twips)
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(twips)}" w:type="dxa"/><w:tblBorders>{_BORDERS}</w:tblBorders>'
        '<w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="60" w:type="dxa"/>'
        '<w:right w:w="60" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


def _row(cells: Sequence[str], properties: str) -> str:
    told = f"<w:trPr>{properties}</w:trPr>" if properties else ""
    return f"<w:tr>{told}{''.join(cells)}</w:tr>"


def _cells(
    texts: Sequence[str], styles: Sequence[str], twips: Sequence[int], filled: str = "", more: str = ""
) -> list[str]:
    return [
        f'<w:tc><w:tcPr><w:tcW w:w="{wide}" w:type="dxa"/>{filled}<w:vAlign w:val="center"/></w:tcPr>'
        f"{paragraph(style, text, more)}</w:tc>"
        for text, style, wide in zip(texts, styles, twips, strict=True)
    ]


def _room(twips: int, size: int) -> float:
    """How much of that type stands on a line. Units: half characters; `size` in half points."""
    return twips / (size * 5)


def _in_twips(widths: Sequence[float], whole: int) -> list[int]:
    """Widths in whole units that together are `whole`."""
    places = [round(sum(widths[:at]) * whole / sum(widths)) for at in range(len(widths) + 1)]
    return [right - left for left, right in pairwise(places)]
