"""What a report says, typed and without any format: every renderer prints the same view.

All words are already in the language of the ledger; all values are still values: numbers, dates, shares.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

#: One value; None says there is none. Text may hold line breaks.
Cell = str | int | Decimal | dt.date | None


class Kind(StrEnum):
    """What the values of a column or a fact are, so that each format can print them its own way."""

    TEXT = "text"
    NUMBER = "number"
    #: Money in the unit its heading or its row names, exact.
    AMOUNT = "amount"
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


class Style(StrEnum):
    """What a paragraph is, so that each format can set it its own way."""

    #: Running text, its first line two characters in.
    BODY = "body"
    #: From the left edge, such as whom a document is addressed to.
    FLUSH = "flush"
    #: How something is counted, or what else is said beside a table: smaller.
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text."""

    text: str
    style: Style = Style.BODY


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


@dataclass(frozen=True, slots=True)
class FormCell:
    """One box of a form: a label, or a value that may be empty, to be written by hand.

    Shape: it spans `span` of the form's columns; `lines` is how high it is at least, so that there is room
        to write and to sign.
    """

    value: Cell
    label: bool = False
    span: int = 1
    lines: int = 1
    kind: Kind = Kind.TEXT


@dataclass(frozen=True, slots=True)
class Form:
    """A sheet of boxes to be read and signed, such as a close-out form (销号审批表).

    Shape: `widths` says how wide each column is, as parts of the whole; the spans of a row add up to their
        number.
    """

    title: str
    widths: tuple[int, ...]
    rows: tuple[tuple[FormCell, ...], ...]


class Shape(StrEnum):
    """How the figures of a chart are drawn."""

    #: A bar for each label.
    BARS = "bars"
    #: A bar for each label, made of its series.
    STACKED = "stacked"
    #: A line for each series over the labels.
    LINE = "line"


@dataclass(frozen=True, slots=True)
class Series:
    """Figures that belong together in a chart; None where there is none."""

    name: str
    values: tuple[int | Decimal | None, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """Figures to be drawn where a format can; the table beside it has all of them.

    Shape: every series has as many values as there are `labels`. `described` says in a sentence what is seen,
        for who cannot see it.
    """

    key: str
    title: str
    described: str
    shape: Shape
    labels: tuple[str, ...]
    series: tuple[Series, ...]


Block = Facts | Paragraph | Table | Form | Chart


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with what stands under it: its own blocks, then the sections inside it.

    Shape: one without a title has no heading; `new_page` begins a page of its own where there are pages, and
        `wide` wants them lying. `row` is there for a record among others: its title as values, so that a
        format of rows can put all of them into one table, with their facts and the table that has these keys.
    """

    key: str
    title: str
    blocks: tuple[Block, ...] = ()
    sections: tuple[Section, ...] = ()
    new_page: bool = False
    wide: bool = False
    row: tuple[Fact, ...] = ()


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
class Official:
    """What makes a document an official one (公文): its number, whom it goes to, who signs it.

    Shape: every part may be empty; `state` says in words that it is a draft or was withdrawn; `contact` and
        `copies` are whole lines; a draft has no date.
    Source: GB/T 9704-2012 §7 (number, addressee, annexes, signature and date, copies).
    """

    state: str = ""
    number: str = ""
    addressee: str = ""
    annexes: tuple[str, ...] = ()
    contact: tuple[str, ...] = ()
    signature: str = ""
    date: dt.date | None = None
    copies: str = ""


class Remark(NamedTuple):
    """Something to be said beside a report, not in it: what is missing, what was left out.

    Shape: `code` is one that `ledger.reports.remarks.told` words; `names` are files or numbers.
    """

    code: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """A whole report.

    Shape: `language` is a key of ledger.language.LANGUAGES, and `kind` one of ledger.reports.KINDS;
        `signatures` are places to be filled in by hand; `official` is there for what goes out as an official
        document, whose `facts` are then usually none; no format prints `remarks`; `redacted` is the profile
        by which it may leave the office, empty where it may not.
    """

    kind: str
    title: str
    language: str
    facts: Facts
    sections: tuple[Section, ...]
    footnotes: tuple[Footnote, ...]
    signatures: Facts
    stamp: Stamp
    official: Official | None = None
    remarks: tuple[Remark, ...] = ()
    redacted: str = ""

    def section(self, key: str) -> Section | None:
        """The section with that key, however deep it lies; None when there is none."""
        waiting = list(self.sections)
        while waiting:
            found = waiting.pop(0)
            if found.key == key:
                return found
            waiting = [*found.sections, *waiting]
        return None
