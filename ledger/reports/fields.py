"""The values of a report by name: what a superior's form or an office's own template can ask for.

Names stay the same from month to month: `facts.org`, `summary.问题.closed`, `overdue` (a list of rows).
"""

from __future__ import annotations

import re
from dataclasses import fields as fields_of
from gettext import gettext as _
from typing import TYPE_CHECKING, Final, NamedTuple

from ledger.domain.text import excerpt
from ledger.errors import UsageError
from ledger.reports.views import Facts, Form, Kind, Paragraph, Table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ledger.reports.views import Block, Cell, Official, Report, Section

#: A table whose first column this is lists records: its rows change from month to month, so that no single
#: cell of it has a name.
RECORDS: Final = "id"
#: Blanks beside a Chinese character, such as those of 责 任 单 位.
_PLACING: Final = re.compile(r"(?<=[^\x00-\x7f]) | (?=[^\x00-\x7f])")
#: The row of a table below the others.
TOTAL: Final = "total"


class Field(NamedTuple):
    """One value of a report and its name."""

    name: str
    value: Cell
    kind: Kind = Kind.TEXT


class Rows(NamedTuple):
    """A table of a report and its name; its columns have the keys of the view."""

    name: str
    table: Table


def fields(report: Report) -> Iterator[Field | Rows]:
    """Everything of a report that has a name, in its order; of two that share one, the first.

    Shape: `title`, `as_of`, `stamp`; `facts.KEY`; of a section `SECTION.KEY` for its facts, `SECTION.text`
        for its paragraphs, `SECTION` and `SECTION.2` … for its tables, `SECTION.ROW.COLUMN` for a cell of
        the row that begins with ROW (`total` for the last one), `SECTION.LABEL` for a box of its forms;
        `form.LABEL` for a box of the first form there is; `official.KEY` and `footnotes.KEY`.
    """
    seen: set[str] = set()
    for each in _all(report):
        if each.name not in seen:
            seen.add(each.name)
            yield each


def value(report: Report, name: str) -> Cell:
    """One value of a report by its name, for a template.

    Raises:
        UsageError: the report has no value of that name.
    """
    for each in fields(report):
        if each.name == name and isinstance(each, Field):
            return each.value
    message = _("the report {kind} has no value {name}").format(kind=report.kind, name=excerpt(str(name)))
    hint = _("ledger report --list-fields {kind} names them").format(kind=report.kind)
    raise UsageError(message, hint)


def label(text: str) -> str:
    """What a box or a row is called: its label without a colon, and without blanks that only place it."""
    return _PLACING.sub("", " ".join(text.split())).rstrip(":：")


def _all(report: Report) -> Iterator[Field | Rows]:
    yield Field("title", report.title)
    yield Field("as_of", report.stamp.as_of, Kind.DATE)
    yield Field("stamp", report.stamp.text)
    yield from _facts("facts", report.facts)
    sections = list(_sections(report.sections))
    for section in sections:
        yield from _section(section)
    first = next((block for section in sections for block in section.blocks if isinstance(block, Form)), None)
    if first is not None:
        yield from _boxes("form", first)
    if report.official is not None:
        yield from _official(report.official)
    for note in report.footnotes:
        yield Field(f"footnotes.{note.key}", note.definition)


def _sections(given: Sequence[Section]) -> Iterator[Section]:
    for section in given:
        yield section
        yield from _sections(section.sections)


def _section(section: Section) -> Iterator[Field | Rows]:
    text = "\n".join(block.text for block in section.blocks if isinstance(block, Paragraph))
    if text:
        yield Field(f"{section.key}.text", text)
    tables = 0
    for block in section.blocks:
        tables += isinstance(block, Table)
        yield from _block(section.key, block, tables)


def _block(key: str, block: Block, number: int) -> Iterator[Field | Rows]:
    if isinstance(block, Facts):
        yield from _facts(key, block)
    elif isinstance(block, Form):
        yield from _boxes(key, block)
    elif isinstance(block, Table):
        name = key if number == 1 else f"{key}.{number}"
        yield Rows(name, block)
        yield from _cells(name, block)


def _facts(key: str, given: Facts) -> Iterator[Field]:
    for each in given.items:
        yield Field(f"{key}.{each.key}", each.value, each.kind)


def _cells(name: str, table: Table) -> Iterator[Field]:
    if not table.columns or table.columns[0].key == RECORDS:
        return
    rows = [(label(str(row[0] or "")), row) for row in table.rows]
    if table.total is not None:
        rows.append((TOTAL, table.total))
    for called, row in rows:
        for column, value in zip(table.columns[1:], row[1:], strict=True):
            if called:
                yield Field(f"{name}.{called}.{column.key}", value, column.kind)


def _boxes(key: str, form: Form) -> Iterator[Field]:
    """The boxes of a form, each named by the label before it."""
    for row in form.rows:
        called = ""
        for each in row:
            if each.label:
                called = label(str(each.value or ""))
            elif called:
                yield Field(f"{key}.{called}", each.value, each.kind)
                called = ""


def _official(given: Official) -> Iterator[Field]:
    for part in fields_of(given):
        value = getattr(given, part.name)
        kind = Kind.DATE if part.name == "date" else Kind.TEXT
        yield Field(f"official.{part.name}", "\n".join(value) if isinstance(value, tuple) else value, kind)
