"""Charts as inline SVG: bars, bars made of parts, lines; the table beside each has every figure in full.

Drawn from the view alone, in whole and decimal numbers: the same chart gives the same bytes anywhere.
"""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from itertools import cycle
from typing import TYPE_CHECKING, Final, NamedTuple

from ledger.domain.text import width
from ledger.reports import drawing
from ledger.reports.drawing import FAINT, FILLINGS, INK, area, element, length, words
from ledger.reports.views import Shape

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ledger.reports.drawing import Number
    from ledger.reports.views import Chart, Series

#: Units: of the drawing; a column of text takes 6, a Chinese character 12.
WIDE: Final = 720
_COLUMN: Final = 6
#: Room for the labels of bars on the left, and for the figures at their ends.
_LEFT, _RIGHT = 180, 60
#: How high one bar is, and what stands between the bars of one label and the next.
_BAR, _GAP = 16, 8
#: How high the plot of a line chart is, the room beside it, and beside its first and last point.
_HIGH, _SIDE, _INSET = 220, 40, 24
#: The most labels on a line whose figures are all written beside its points.
_WRITTEN: Final = 24
#: The longest label under a line. Units: columns of text.
_UNDER: Final = 12
#: The longest name in a legend, in columns of text, and how high one of its rows is.
_NAME, _LEGEND = 40, 20
#: How lines are told apart without colour. Source: the stroke-dasharray of SVG.
_DASHES: Final = ("none", "8 4", "2 4", "8 4 2 4")
#: What is drawn at each figure of a line, around its middle.
_POINTS: Final = ("M-4 -4h8v8h-8z", "M0 -5L5 0L0 5L-5 0z", "M-5 4L0 -5L5 4z", "M-5 -4L0 5L5 -4z")
#: From 1 to 2 to 5 to 10, and so on.
_ROUND: Final = (Decimal(2), Decimal("2.5"), Decimal(2))


def drawn(chart: Chart) -> str:
    """The chart as one SVG element; nothing where it has no labels or no figures.

    Shape: bars made of parts have no negative figures.
    """
    if not chart.labels or all(value is None for each in chart.series for value in each.values):
        return ""
    top = _legend_height(chart)
    plot, high = _line(chart, top) if chart.shape is Shape.LINE else _bars(chart, top)
    return element(
        "svg",
        element("title", drawing.escaped(chart.title)),
        element("desc", drawing.escaped(chart.described)),
        _legend(chart),
        plot,
        role="img",
        viewBox=f"0 0 {WIDE} {length(high)}",
        font_size=12,
        font_family="sans-serif",
    )


# --- scales ----------------------------------------------------------------------------------------


class Scale(NamedTuple):
    """Where figures lie between two places of the drawing, with the figures that are marked.

    Shape: `ticks` go up in equal steps, 0 among them; there are at least two.
    """

    ticks: tuple[Decimal, ...]
    start: int
    end: int

    def __call__(self, value: Number) -> Decimal:
        """The place of a figure."""
        low, high = self.ticks[0], self.ticks[-1]
        return self.start + (self.end - self.start) * (value - low) / (high - low)


def ticks(values: Sequence[Number]) -> tuple[Decimal, ...]:
    """Round figures from below the least (or 0) to above the greatest, at most seven.

    Shape: steps are 1, 2 or 5, or ten, a hundred, … times that.
    """
    low, high = Decimal(min([0, *values])), Decimal(max([0, *values]))
    wanted, step = max(high - low, Decimal(1)) / 5, Decimal(1)
    for factor in cycle(_ROUND):
        if step >= wanted:
            break
        step *= factor
    first = (low / step).to_integral_value(ROUND_FLOOR)
    last = max((high / step).to_integral_value(ROUND_CEILING), first + 1)
    return tuple(step * (first + number) for number in range(int(last - first) + 1))


def _figures(chart: Chart) -> list[Number]:
    """How far the bars or lines of a chart reach."""
    rows = [
        [value or 0 for value in row] for row in zip(*(each.values for each in chart.series), strict=True)
    ]
    if chart.shape is Shape.STACKED:
        return [sum(row) for row in rows]
    return [value for row in rows for value in row]


def _said(value: Number) -> str:
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


# --- bars ------------------------------------------------------------------------------------------


def _bars(chart: Chart, top: int) -> tuple[str, int]:
    """A row of bars for each label from `top` on, and where they end."""
    scale = Scale(ticks(_figures(chart)), _LEFT, WIDE - _RIGHT)
    stacked = chart.shape is Shape.STACKED
    high = _BAR * (1 if stacked else len(chart.series))
    bottom = top + (high + _GAP) * len(chart.labels)
    parts = _stacked if stacked else _beside
    rows = []
    for place, label in enumerate(chart.labels):
        y = top + (high + _GAP) * place
        name = words(
            drawing.cut(label, (_LEFT - 12) // _COLUMN), _LEFT - 8, y + high // 2 + 4, text_anchor="end"
        )
        values = [each.values[place] for each in chart.series]
        rows.append(element("g", element("title", drawing.escaped(label)), name, parts(values, scale, y)))
    return _upright(scale, top, bottom) + "".join(rows), bottom + 20


def _upright(scale: Scale, top: int, bottom: int) -> str:
    """The marks of the scale under bars."""
    return "".join(
        drawing.line(((scale(tick), top - 4), (scale(tick), bottom)), stroke=FAINT if tick else INK)
        + words(length(tick), scale(tick), bottom + 14, text_anchor="middle")
        for tick in scale.ticks
    )


def _beside(values: Sequence[Number | None], scale: Scale, y: int) -> str:
    """One bar under another, each with its figure at the end."""
    drawings = []
    for number, value in enumerate(values):
        at = y + _BAR * number
        start, end = sorted((scale(0), scale(value or 0)))
        drawings.append(area(start, at + 1, end - start, _BAR - 2, FILLINGS[number % len(FILLINGS)]))
        drawings.append(words("-" if value is None else _said(value), end + 4, at + 12))
    return "".join(drawings)


def _stacked(values: Sequence[Number | None], scale: Scale, y: int) -> str:
    """One bar of several parts, each with its figure where there is room, and their sum at the end."""
    drawings, total = [], Decimal(0)
    for number, value in enumerate(values):
        start, end = scale(total), scale(total + (value or 0))
        drawings.append(area(start, y + 1, end - start, _BAR - 2, FILLINGS[number % len(FILLINGS)]))
        said = _said(value or 0)
        if len(values) > 1 and end - start > _COLUMN * len(said) + 4:
            drawings.append(words(said, (start + end) / 2, y + 12, text_anchor="middle"))
        total += value or 0
    return "".join(drawings) + words(_said(total), scale(total) + 4, y + 12)


# --- lines -----------------------------------------------------------------------------------------


def _line(chart: Chart, top: int) -> tuple[str, int]:
    """A line for each series from `top` on, and where the drawing ends."""
    scale = Scale(ticks(_figures(chart)), top + _HIGH, top + 16)
    count = len(chart.labels)
    first = _SIDE + _INSET
    room = Decimal(WIDE - 2 * first) / max(count - 1, 1)
    across = [first + room * place if count > 1 else Decimal(WIDE) / 2 for place in range(count)]
    level = "".join(
        drawing.line(((_SIDE, scale(tick)), (WIDE - _SIDE, scale(tick))), stroke=FAINT if tick else INK)
        + words(length(tick), _SIDE - 6, scale(tick) + 4, text_anchor="end")
        for tick in scale.ticks
    )
    lines = (_series(each, number, across, scale) for number, each in enumerate(chart.series))
    return level + _under(chart, across, room, top + _HIGH + 16) + "".join(lines), top + _HIGH + 24


def _under(chart: Chart, across: Sequence[Decimal], room: Decimal, y: int) -> str:
    """The labels under a line: all of them, or every second, third … up to the last where they are many."""
    longest = max(min(width(label), _UNDER) for label in chart.labels) * _COLUMN + _COLUMN
    every = int((longest / room).to_integral_value(ROUND_CEILING))
    last = len(chart.labels) - 1
    return "".join(
        element(
            "g",
            element("title", drawing.escaped(label)),
            words(drawing.cut(label, _UNDER), across[place], y, text_anchor="middle"),
        )
        for place, label in enumerate(chart.labels)
        if (last - place) % every == 0
    )


def _series(series: Series, number: int, across: Sequence[Decimal], scale: Scale) -> str:
    """One line with its points and figures; it is broken where there is no figure."""
    runs: list[list[tuple[Decimal, Decimal]]] = [[]]
    for x, value in zip(across, series.values, strict=True):
        if value is None:
            runs.append([])
        else:
            runs[-1].append((x, scale(value)))
    known = [(x, value) for x, value in zip(across, series.values, strict=True) if value is not None]
    told = known if len(across) <= _WRITTEN else known[-1:]
    beside = -9 if number % 2 == 0 else 17
    return "".join(
        (
            *(_stroke(run, number) for run in runs if len(run) > 1),
            *(_point(x, scale(value), number) for x, value in known),
            *(words(_said(value), x, scale(value) + beside, text_anchor="middle") for x, value in told),
        )
    )


def _stroke(points: Sequence[tuple[Decimal, Decimal]], number: int) -> str:
    dashes = _DASHES[number % len(_DASHES)]
    return drawing.line(points, stroke=INK, stroke_width=2, stroke_dasharray=dashes)


def _point(x: Number, y: Number, number: int) -> str:
    colour = FILLINGS[number % len(FILLINGS)].colour
    return element(
        "path",
        d=_POINTS[number % len(_POINTS)],
        transform=f"translate({length(x)} {length(y)})",
        fill=colour,
        stroke=INK,
    )


# --- what is what ----------------------------------------------------------------------------------


def _legend(chart: Chart) -> str:
    """Which filling or line is which series; nothing where there is one."""
    sample = _line_sample if chart.shape is Shape.LINE else _area_sample
    return "".join(
        element(
            "g",
            element("title", drawing.escaped(each.name)),
            sample(x, y, number),
            words(drawing.cut(each.name, _NAME), x + 32, y + 12),
        )
        for number, (each, (x, y)) in enumerate(zip(chart.series, _legend_places(chart), strict=False))
    )


def _area_sample(x: int, y: int, number: int) -> str:
    return area(x, y + 1, 26, _BAR - 2, FILLINGS[number % len(FILLINGS)])


def _line_sample(x: int, y: int, number: int) -> str:
    return _stroke([(Decimal(x), Decimal(y + 8)), (Decimal(x + 26), Decimal(y + 8))], number) + _point(
        x + 13, y + 8, number
    )


def _legend_places(chart: Chart) -> list[tuple[int, int]]:
    """Where each entry of the legend begins: beside each other as far as there is room."""
    if len(chart.series) < 2:
        return []
    places, x, y = [], 8, 0
    for each in chart.series:
        room = 32 + _COLUMN * min(width(each.name), _NAME) + 16
        if x + room > WIDE and x > 8:
            x, y = 8, y + _LEGEND
        places.append((x, y))
        x += room
    return places


def _legend_height(chart: Chart) -> int:
    places = _legend_places(chart)
    return places[-1][1] + _LEGEND + _GAP if places else _GAP
