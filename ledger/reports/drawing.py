"""SVG by hand: elements, lengths written the same on every machine, fillings told apart without colour.

Nothing refers to anything: no ids, no addresses, so that several drawings stand in one page as they are.
Source: SVG 1.1 (2nd ed.) §8 paths, §9 shapes; WCAG 2.2 §1.4.1 (not by colour alone), §1.4.11 (contrast 3:1).
"""

from __future__ import annotations

import html
from decimal import ROUND_HALF_EVEN, Decimal
from typing import TYPE_CHECKING, Final, NamedTuple

from ledger.domain.text import fit
from ledger.reports.told import printed

if TYPE_CHECKING:
    from collections.abc import Iterable

#: What lines and letters are drawn in. Source: 15.9 to 1 against white.
INK: Final = "#222"
#: What helps the eye and says nothing.
FAINT: Final = "#ccc"
#: Units: of the drawing, between the lines of a filling.
_STEP: Final = Decimal(6)

Number = int | Decimal


class Filling(NamedTuple):
    r"""How an area is told from the others: a light colour, and lines drawn over it.

    Shape: `lines` has a sign for each way they run: ``/`` ``\`` ``-`` ``|``, and ``.`` for dots.
    """

    colour: str
    lines: str


#: One for each part of a bar, in order; no two that stand beside each other look alike in grey.
FILLINGS: Final = (
    Filling("#9ecae1", ""),
    Filling("#fdd0a2", "/"),
    Filling("#e5e5e5", "."),
    Filling("#a1d99b", "-"),
    Filling("#dadaeb", "\\"),
    Filling("#fcbba1", "|"),
    Filling("#c7e9c0", "/\\"),
    Filling("#d0d1e6", "-|"),
)


def length(value: Number) -> str:
    """A length or a place in a drawing: at most one decimal, never an exponent."""
    rounded = Decimal(value).quantize(Decimal("0.1"), rounding=ROUND_HALF_EVEN)
    return f"{rounded:f}".removesuffix(".0") if rounded else "0"


def escaped(text: str) -> str:
    """Text as it may stand in an element or in an attribute, on one line."""
    return html.escape(one_line(text))


def one_line(text: str) -> str:
    """The text on one line, what would not be seen spelt out."""
    return " ".join(printed(text).split())


def element(name: str, /, *inside: str, **attributes: Number | str) -> str:
    """An element with what stands inside it, which is markup already.

    Shape: ``text_anchor`` becomes ``text-anchor``; texts of attributes are escaped here.
    """
    given = "".join(
        f' {key.replace("_", "-")}="{escaped(value) if isinstance(value, str) else length(value)}"'
        for key, value in attributes.items()
    )
    return f"<{name}{given}>{''.join(inside)}</{name}>" if inside else f"<{name}{given}/>"


def words(text: str, x: Number, y: Number, **attributes: Number | str) -> str:
    """A text with a white edge, so that it reads on any filling."""
    given: dict[str, Number | str] = {"fill": INK, "stroke": "#fff", "stroke_width": 3}
    return element("text", escaped(text), x=x, y=y, paint_order="stroke", **given, **attributes)


def cut(text: str, columns: int) -> str:
    """The text as far as there is room for it."""
    return fit(one_line(text), columns).rstrip()


def line(points: Iterable[tuple[Number, Number]], **attributes: Number | str) -> str:
    """A line through points."""
    places = "L".join(f"{length(x)} {length(y)}" for x, y in points)
    return element("path", d=f"M{places}", fill="none", **attributes)


def area(x: Number, y: Number, wide: Number, high: Number, filling: Filling) -> str:
    """A rectangle with its filling and an edge; nothing where it has no width or height."""
    if not wide or not high:
        return ""
    box = {"x": x, "y": y, "width": wide, "height": high}
    edge = element("rect", **box, fill="none", stroke=INK, stroke_width=1)
    over = "".join(
        _lines(way, (Decimal(x), Decimal(y), Decimal(wide), Decimal(high))) for way in filling.lines
    )
    return element("rect", **box, fill=filling.colour) + over + edge


def _lines(way: str, box: tuple[Decimal, Decimal, Decimal, Decimal]) -> str:
    """The lines of a filling that run one way, each from edge to edge of the box."""
    left, top, wide, high = box
    if way in "-.":
        drawn = [((Decimal(0), at), (wide, at)) for at in _steps(high)]
    elif way == "|":
        drawn = [((at, Decimal(0)), (at, high)) for at in _steps(wide)]
    else:
        drawn = [
            ((max(Decimal(0), at - high), min(at, high)), (min(at, wide), max(Decimal(0), at - wide)))
            for at in _steps(wide + high)
        ]
    if way == "\\":
        drawn = [((wide - x1, y1), (wide - x2, y2)) for (x1, y1), (x2, y2) in drawn]
    d = "".join(
        f"M{length(left + x1)} {length(top + y1)}L{length(left + x2)} {length(top + y2)}"
        for (x1, y1), (x2, y2) in drawn
    )
    if not d:
        return ""
    dotted = {"stroke_width": 2, "stroke_linecap": "round", "stroke_dasharray": "0 5"}
    return element("path", d=d, stroke="#555", **(dotted if way == "." else {"stroke_width": 1}))


def _steps(until: Decimal) -> list[Decimal]:
    """Where lines stand between one edge and the other."""
    return [_STEP * number - _STEP / 2 for number in range(1, int((until + _STEP / 2) / _STEP) + 1)]
