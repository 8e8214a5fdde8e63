"""The issues a pasted table lists, one a row or over several rows."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ledger.intake import categories, content, marks, table
from ledger.intake.content import OWN_FIELDS
from ledger.intake.heads import titles
from ledger.intake.labels import Said

if TYPE_CHECKING:
    from ledger.intake.lines import Block
    from ledger.intake.proposal import ProposedMeasure
    from ledger.intake.table import Row, Table


@dataclass(slots=True)
class Listed:
    """One issue of a table.

    Attributes:
        number: As printed; None where the cell is empty or no number.
        rows: How many rows it takes.
    """

    title: str
    number: int | None
    category: str | None
    line: int
    column: int
    measures: list[ProposedMeasure] = field(default_factory=list)
    said: Said = field(default_factory=Said)
    rows: int = 1

    @property
    def fields(self) -> dict[str, str]:
        """What is said of the whole issue, as printed."""
        return self.said.fields


@dataclass(frozen=True, slots=True)
class Total:
    """What a row of 小计 or 合计 says, and what the table had listed.

    Attributes:
        printed: Numbers under the columns for problems and measures; None where there are none.
        listed: Problems and measures in the rows it adds up.
    """

    line: int
    printed: tuple[int | None, int | None]
    listed: tuple[int, int]


@dataclass(slots=True)
class Sheet:
    """What a table says.

    Attributes:
        declared: Headings of a category with the number of issues they say they have, and their lines.
        unfilled: Printed names of columns left empty in some rows though not in all, and the first such line.
    """

    issues: list[Listed] = field(default_factory=list)
    totals: list[Total] = field(default_factory=list)
    declared: list[tuple[str, int, int]] = field(default_factory=list)
    unfilled: dict[str, int] = field(default_factory=dict)


#: Columns that are often merged, so that an empty cell may mean the one above.
_MERGED = ("unit", "leader", "owner", "due_text", "co_units")


def read(found: Table, *, category: str | None = None) -> Sheet:
    """The issues of a table in order, with what its own totals say; `category` is the heading above it."""
    sheet = Sheet()
    added = 0
    for row in found.rows:
        heading = table.band(row)
        said = dict(table.by_field(found, row))
        if table.is_total(row):
            grand = row.cells[0].flat.replace(" ", "").startswith(("合", "总", "共", "累"))
            sheet.totals.append(_total(said, row, sheet.issues[0 if grand else added :]))
            added = len(sheet.issues)
        elif heading and "measure" not in said:
            category, declared = _heading(heading)
            if declared is not None:
                sheet.declared.append((category, declared, row.line))
        else:
            category = _one_line(said.pop("category").text) if "category" in said else category
            _take(sheet, said, category)
    _note_unfilled(found, sheet)
    return sheet


def _one_line(text: str) -> str:
    return "".join(part.strip() for part in text.split("\n"))


def _heading(cell: Block) -> tuple[str, int | None]:
    mark = marks.opening(cell.flat)
    return categories.named(_one_line(cell.text[mark.end :] if mark else cell.text))


def _take(sheet: Sheet, said: dict[str, Block], category: str | None) -> None:
    """Add the row to the issue it goes on with, or as a new one."""
    printed = said.pop("number", None)
    heading = said.pop("issue", None)
    title = _title(heading) if heading else ""
    measured = said.pop("measure", None)
    last = sheet.issues[-1] if sheet.issues else None
    fields = Said()
    for name, cell in said.items():
        fields.add(name, cell)
    if last and (title == last.title or (not title and measured)):
        _go_on(last, fields)
    elif heading and title:
        number = marks.number(printed.text.removesuffix(".0")) if printed else None
        last = Listed(title, number, category, *heading.place(0))
        sheet.issues.append(last)
    else:
        return
    _fill(last, measured, fields)


def _fill(issue: Listed, measured: Block | None, fields: Said) -> None:
    """Put what one row says into the issue: of a later row its own fields go to its measures."""
    cell = content.read(measured) if measured else content.Content()
    measures = cell.measures
    if issue.rows > 1:
        measures = [content.with_fields(measure, fields) for measure in measures]
        fields = fields.only(set(fields.fields) - set(OWN_FIELDS))
    issue.measures.extend(measures)
    for said in (fields, cell.said):
        issue.said.join(said)


def _go_on(issue: Listed, fields: Said) -> None:
    """Make ready for another row: what the first row said that this one says too was said of its measures."""
    if issue.rows == 1:
        own = issue.said.only(set(OWN_FIELDS) & set(fields.fields))
        issue.measures = [content.with_fields(measure, own) for measure in issue.measures]
        issue.said = issue.said.only(set(issue.fields) - set(own.fields))
    issue.rows += 1


def _title(cell: Block) -> str:
    mark = marks.opening(cell.flat)
    start = mark.end if mark and mark.style != marks.Style.BULLET else 0
    return next(iter(titles(cell.text[start:])), "")


def _total(said: dict[str, Block], row: Row, issues: list[Listed]) -> Total:
    printed = tuple(marks.number(said[name].text) if name in said else None for name in ("issue", "measure"))
    listed = (len(issues), sum(len(issue.measures) for issue in issues))
    return Total(row.line, (printed[0], printed[1]), listed)


def _note_unfilled(found: Table, sheet: Sheet) -> None:
    for name in _MERGED:
        if name not in found.columns or not any(name in issue.fields for issue in sheet.issues):
            continue
        empty = [issue for issue in sheet.issues if name not in issue.fields and issue.rows == 1]
        if empty:
            sheet.unfilled[found.headers[found.columns.index(name)]] = empty[0].line
