"""Sheets of a workbook, typed and without any file format: what a table of a view looks like on one."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence

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


@dataclass(frozen=True, slots=True)
class Workbook:
    """A whole workbook.

    Shape: `lists` are the words of each list that cells are chosen from, by its name; they are kept on a
        hidden sheet. `day` is the day it says it was made on, so that the same ledger gives the same bytes.
    """

    title: str
    day: dt.date
    sheets: Sequence[Sheet | Text | Hidden]
    lists: Mapping[str, Sequence[str]] = field(default_factory=lambda: MappingProxyType({}))
