"""What a report says, typed and without any format: every renderer prints the same view.

All words are already in the language of the ledger; all values are still values: numbers, dates, shares.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

#: One value; None says there is none. Text may hold line breaks.
Cell = str | int | Decimal | dt.date | None


class Kind(StrEnum):
    """What the values of a column or a fact are, so that each format can print them its own way."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    #: Per cent with one decimal, None where there is nothing to divide by.
    PERCENT = "percent"


@dataclass(frozen=True, slots=True)
class Fact:
    """One named value; an empty text is a place to be filled in by hand."""

    key: str
    name: str
    value: Cell
    kind: Kind = Kind.TEXT


@dataclass(frozen=True, slots=True)
class Facts:
    """Named values that belong together, in order."""

    items: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text."""

    text: str


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table; a `sparse` one may be left out of a page on which nothing stands in it."""

    key: str
    heading: str
    kind: Kind = Kind.TEXT
    sparse: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A grid of values.

    Shape: every row, `total` included, has as many cells as there are `columns`. `empty` is the sentence
        that stands in place of a table without rows.
    """

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    empty: str
    title: str = ""
    total: tuple[Cell, ...] | None = None


Block = Facts | Paragraph | Table


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with what stands under it: its own blocks, then the sections inside it."""

    key: str
    title: str
    blocks: tuple[Block, ...] = ()
    sections: tuple[Section, ...] = ()


@dataclass(frozen=True, slots=True)
class Footnote:
    """What a term used in the report means (口径)."""

    key: str
    term: str
    definition: str


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a printed page can be traced by; `text` says all of it in words.

    Shape: `entries` and `heads` are the checkpoint: how many history entries the figures rest on, and
        one hash over the heads of all records; `version` is the program's.
    """

    as_of: dt.date
    known_at: dt.datetime | None
    entries: int
    heads: str
    version: str
    text: str


@dataclass(frozen=True, slots=True)
class Report:
    """A whole report.

    Shape: `language` is a key of ledger.language.LANGUAGES, and `kind` one of ledger.reports.KINDS;
        `signatures` are places to be filled in by hand.
    """

    kind: str
    title: str
    language: str
    facts: Facts
    sections: tuple[Section, ...]
    footnotes: tuple[Footnote, ...]
    signatures: Facts
    stamp: Stamp

    def section(self, key: str) -> Section | None:
        """The section with that key, however deep it lies; None when there is none."""
        waiting = list(self.sections)
        while waiting:
            found = waiting.pop(0)
            if found.key == key:
                return found
            waiting = [*found.sections, *waiting]
        return None
