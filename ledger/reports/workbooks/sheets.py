"""Sheets of a workbook, typed and without any file format: what a table of a view looks like on one."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from types import MappingProxyType
from typing import TYPE_CHECKING

from ledger.reports.views import Kind

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence, Set

    from ledger.reports.views import Cell, Table


@dataclass(frozen=True, slots=True)
class Look:
    """How one column looks.

    Units: `width` in characters of half width.

    Attributes:
        filled: Whether people fill it in; such cells have a colour of their own.
        hidden: Whether it is for the program alone.
        choices: The name of the list its cells are chosen from; empty for none.
        strict: Whether nothing else may stand there.
        centred: Whether its values stand in the middle.
    """

    width: float = 12
    filled: bool = False
    hidden: bool = False
    choices: str = ""
    strict: bool = False
    centred: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet with one table, ready to print.

    Shape: `merges` are (column, first row, last row), counted from 0 among the table's rows; `looks`
        by the key of the column. `foot` stands at the foot of every page.
    """

    name: str
    table: Table
    looks: Mapping[str, Look] = field(default_factory=lambda: MappingProxyType({}))
    merges: Sequence[tuple[int, int, int]] = ()
    subtitle: str = ""
    foot: str = ""


@dataclass(frozen=True, slots=True)
class Text:
    """A sheet of paragraphs, such as how a form is filled in; the first is its title."""

    name: str
    paragraphs: Sequence[str]


@dataclass(frozen=True, slots=True)
class Hidden:
    """A sheet nobody sees: rows of values, for the program to read again."""

    name: str
    rows: Sequence[Sequence[Cell]]


class Tone(Enum):
    """What a box of a page is, so that it looks like it."""

    TITLE = "title"
    HEADING = "heading"
    TEXT = "text"
    NOTE = "note"
    #: Text in the middle, and text at the right edge.
    CENTRED = "centred"
    RIGHT = "right"
    #: What a column, or a box of a form, is for.
    HEAD = "head"
    #: A value in a frame; beside its name; where it stands for what follows under it, or is a total.
    VALUE = "value"
    FIELD = "field"
    SHADED = "shaded"
    #: What the rows below have in common.
    BAND = "band"


@dataclass(frozen=True, slots=True)
class Box:
    """A value on a page, over `span` of its columns, with room for so many `lines` at least."""

    value: Cell
    tone: Tone = Tone.TEXT
    kind: Kind = Kind.TEXT
    span: int = 1
    lines: int = 1


@dataclass(frozen=True, slots=True)
class Line:
    """Boxes beside each other.

    Shape: a `header` is repeated on every page and stays in sight; `breaks` begins a page.
    """

    boxes: tuple[Box, ...]
    header: bool = False
    breaks: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """Rows of a table, a value a column of the page; those of `shaded`, counted from 0, stand out."""

    kinds: Sequence[Kind]
    rows: Sequence[Sequence[Cell]]
    shaded: Set[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Page:
    """A sheet to be printed: lines and tables one under the other.

    Shape: `widths` are those of its columns. `whole` pages are as wide as paper is and are broken where the
        lines say so; others are made as small as their width asks. `foot` stands at the foot of every page.
    Units: `widths` in characters of half width.
    """

    name: str
    widths: Sequence[float]
    parts: Sequence[Line | Grid]
    landscape: bool = False
    whole: bool = False
    foot: str = ""


@dataclass(frozen=True, slots=True)
class Workbook:
    """A whole workbook.

    Shape: `lists` are the words of each list that cells are chosen from, by its name; they are kept on a
        hidden sheet. `day` is the day it says it was made on, so that the same ledger gives the same bytes.
    """

    title: str
    day: dt.date
    sheets: Sequence[Sheet | Page | Text | Hidden]
    lists: Mapping[str, Sequence[str]] = field(default_factory=lambda: MappingProxyType({}))
