"""One sheet of a report, laid out: headings, text, facts, tables and forms one under the other.

Tables share the columns of the sheet, so that a figure stands in a cell of its own; only where there are
forms the sheet is divided as they ask, and cells are merged.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from ledger.reports import told
from ledger.reports.views import Facts, Form, Paragraph, Style, Table
from ledger.reports.workbooks import widths
from ledger.reports.workbooks.sheets import Box, Grid, Line, Page, Tone

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence, Set

    from ledger.reports.views import Cell, Column

#: How much of a page the names of facts take. Units: characters of half width.
_NAMES: Final = 18
_STYLES: Final = {Style.BODY: Tone.TEXT, Style.FLUSH: Tone.TEXT, Style.NOTE: Tone.NOTE}
#: Running text begins so far in.
_INDENT: Final = "\u3000\u3000"


class Said(NamedTuple):
    """A line over the whole width; `breaks` begins a page with it."""

    text: str
    tone: Tone = Tone.TEXT
    breaks: bool = False


class Records(NamedTuple):
    """A table of records with what belongs to each of them below it.

    Shape: `parts` are a heading over all columns each, its rows, and which of them are records.
    """

    columns: tuple[Column, ...]
    parts: Sequence[tuple[str, Sequence[tuple[Cell, ...]], Set[int]]]


Item = Said | Facts | Paragraph | Table | Form | Records


def page(name: str, items: Sequence[Item], *, wide: bool = False, foot: str = "") -> Page:
    """The items as a sheet; `wide` wants it lying."""
    if any(isinstance(each, Form) for each in items):
        total = float(widths.WHOLE_LYING if wide else widths.WHOLE)
        laid: _Shared = _Divided(items, int(total))
    else:
        laid = _Shared(items)
        total = sum(laid.widths)
    lines = tuple(laid.all(items))
    return Page(
        name,
        laid.widths,
        lines,
        landscape=wide or total > (widths.UPRIGHT + widths.LYING) / 2,
        whole=isinstance(laid, _Divided),
        foot=foot,
    )


class _Shared:
    """A sheet whose columns are those of its tables."""

    def __init__(self, items: Sequence[Item]) -> None:
        grids = [each for each in items if isinstance(each, (Table, Records))]
        tables = [_columns_and_rows(each) for each in grids]
        shown = [widths.wanted(columns, rows) for columns, rows in tables if rows]
        most = max(map(len, shown), default=0)
        asked = [max(each[at] for each in shown if at < len(each)) for at in range(most)]
        if len(asked) < 2:  # noqa: PLR2004 - a name and a value beside it
            asked = [_NAMES, widths.UPRIGHT - _NAMES]
        self.widths = widths.fitted(asked)
        # The header of the only table is repeated; of several, one would stand over the rows of another.
        self.alone = len(shown) == 1

    def all(self, items: Sequence[Item]) -> Iterator[Line | Grid]:
        """The lines of all items; between two frames something is left free."""
        framed = False
        for item in items:
            frame = isinstance(item, (Table, Records, Facts, Form))
            if framed and (frame or isinstance(item, Said) and item.tone is Tone.HEADING):
                yield self._across("", Tone.NOTE)
            yield from self.lines(item)
            framed = frame

    def lines(self, item: Item) -> Iterator[Line | Grid]:
        """The lines of one item."""
        if isinstance(item, Said):
            yield self._across(item.text, item.tone, breaks=item.breaks)
        elif isinstance(item, Paragraph):
            indent = _INDENT if item.style is Style.BODY else ""
            yield self._across(indent + item.text, _STYLES[item.style])
        elif isinstance(item, Facts):
            yield from self._facts(item)
        elif isinstance(item, Form):
            yield from self._form(item)
        elif isinstance(item, Table):
            yield from self._table(item)
        else:
            yield from self._records(item)

    def _across(self, text: str, tone: Tone, *, breaks: bool = False) -> Line:
        return Line((Box(text, tone, span=len(self.widths)),), breaks=breaks)

    def _facts(self, given: Facts) -> Iterator[Line]:
        names, so_far = 1, self.widths[0]
        while so_far < _NAMES and names < len(self.widths) - 1:
            so_far += self.widths[names]
            names += 1
        for each in given.items:
            value = Box(each.value, Tone.FIELD, each.kind, span=len(self.widths) - names)
            yield Line((Box(each.name, Tone.HEAD, span=names), value))

    def _table(self, given: Table) -> Iterator[Line | Grid]:
        if given.title:
            yield self._across(given.title, Tone.HEADING)
        if not given.rows:
            yield self._across(given.empty, Tone.TEXT)
            return
        columns, rows = told.grid(given)
        spans = self.spans(columns)
        heads = (Box(each.heading, Tone.HEAD, span=span) for each, span in zip(columns, spans, strict=True))
        yield Line(tuple(heads), header=self.alone)
        total = frozenset() if given.total is None else frozenset((len(rows) - 1,))
        yield from self._rows(columns, rows, total, spans)

    def spans(self, columns: Sequence[Column]) -> list[int]:
        """How many columns of the sheet each column of a table takes."""
        return [1] * len(columns)

    def _rows(
        self,
        columns: Sequence[Column],
        rows: Sequence[Sequence[Cell]],
        shaded: Set[int],
        spans: Sequence[int],
    ) -> Iterator[Line | Grid]:
        kinds = [each.kind for each in columns]
        if set(spans) == {1}:
            yield Grid(kinds, rows, shaded)
            return
        for number, row in enumerate(rows):
            tone = Tone.SHADED if number in shaded else Tone.VALUE
            cells = zip(row, kinds, spans, strict=True)
            yield Line(tuple(Box(value, tone, kind, span) for value, kind, span in cells))

    def _records(self, given: Records) -> Iterator[Line | Grid]:
        yield Line(tuple(Box(each.heading, Tone.HEAD) for each in given.columns), header=True)
        kinds = [each.kind for each in given.columns]
        for title, rows, shaded in given.parts:
            if title:
                yield self._across(title, Tone.BAND)
            yield Grid(kinds, rows, shaded)

    def _form(self, given: Form) -> Iterator[Line]:
        if given.title:
            yield self._across(given.title, Tone.TITLE)
        ends = self.ends(given.widths)
        for row in given.rows:
            boxes, column, reached = [], 0, 0
            for each in row:
                column += each.span
                end = ends[column - 1]
                tone = Tone.HEAD if each.label else Tone.FIELD
                boxes.append(Box(each.value, tone, each.kind, end - reached, each.lines))
                reached = end
            yield Line(tuple(boxes))

    def ends(self, given: Sequence[float]) -> list[int]:
        """How many columns of the sheet end with each column of a block."""
        return list(range(1, len(given) + 1))


class _Divided(_Shared):
    """A sheet divided wherever one of its forms or tables is."""

    def __init__(self, items: Sequence[Item], total: int) -> None:
        self._total = total
        self._wanted: dict[tuple[str, ...], list[float]] = {}
        for item in items:
            if isinstance(item, Table) and item.rows:
                columns, rows = told.grid(item)
                known = self._wanted.get(_keys(columns), [0.0] * len(columns))
                found = widths.wanted(columns, rows)
                self._wanted[_keys(columns)] = list(map(max, known, found))
        asked = [each.widths for each in items if isinstance(each, Form)] + list(self._wanted.values())
        cuts = {_NAMES, total}.union(*(widths.parts(each, total) for each in asked))
        self._cuts = sorted(cuts)
        self.widths = [float(end - start) for start, end in zip([0, *self._cuts], self._cuts, strict=False)]
        self.alone = False

    def ends(self, given: Sequence[float]) -> list[int]:
        return [self._cuts.index(end) + 1 for end in widths.parts(given, self._total)]

    def spans(self, columns: Sequence[Column]) -> list[int]:
        ends = self.ends(self._wanted[_keys(columns)])
        return [end - start for start, end in zip([0, *ends], ends, strict=False)]


def _keys(columns: Sequence[Column]) -> tuple[str, ...]:
    return tuple(each.key for each in columns)


def _columns_and_rows(given: Table | Records) -> tuple[Sequence[Column], Sequence[Sequence[Cell]]]:
    if isinstance(given, Table):
        return told.grid(given)
    return given.columns, [row for _title, rows, _shaded in given.parts for row in rows]
