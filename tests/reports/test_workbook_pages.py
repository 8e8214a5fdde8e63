"""How reports come to stand on sheets: what goes where, how wide and how high, and what no sheet may do."""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import replace

import openpyxl
import pytest

from ledger import reports
from ledger.reports import as_xlsx, build_workbook
from ledger.reports.views import (
    Column,
    Fact,
    Facts,
    Form,
    FormCell,
    Kind,
    Official,
    Paragraph,
    Report,
    Section,
    Stamp,
    Table,
)
from ledger.reports.workbooks import widths
from ledger.reports.workbooks.rowheights import HIGHEST
from ledger.reports.workbooks.writing import sheet_name
from tests.issues import issue, measure
from tests.office import material

DAY = dt.date(2025, 6, 30)
LIST = Table((Column("id", "no."), Column("n", "count", Kind.NUMBER)), (("1", 2), ("2", 3)), "none")
NARROW = Table((Column("what", "what"),), (("a",),), "none", title="Second")


def report(*sections: Section, **given) -> Report:
    """A report with these sections."""
    values = {
        "kind": "status", "title": "T", "language": "en", "facts": Facts((Fact("on", "on", DAY, Kind.DATE),)),
        "footnotes": (), "signatures": Facts((Fact("by", "signed by", ""),)),
        "stamp": Stamp(DAY, None, 1, "ab", "1", "As of then."), **given,
    }  # fmt: skip
    return Report(sections=sections, **values)


def opened(view: Report):
    return openpyxl.load_workbook(io.BytesIO(as_xlsx.render(view)))


def texts(sheet) -> list[object]:
    """The values of a sheet in order."""
    return [cell.value for row in sheet.iter_rows() for cell in row if cell.value is not None]


def test_which_sheet_says_what():
    """Title, facts, the first section and all that is text on the first sheet; every other table on its own, signed."""
    book = opened(
        report(
            Section("a", "A", (LIST, NARROW)),
            Section("b", "B: *?", (LIST,)),
            Section("c", "C", (Paragraph("Only text."),)),
            Section("d", "B: *?", (LIST,), (Section("e", "E", (NARROW,)),)),
        )
    )
    assert book.sheetnames == ["T", "B_ __", "B_ __ (2)"]
    grid = ["no.", "count", "1", 2, "2", 3]
    second = ["Second", "what", "a"]
    sign = "signed by: ________"
    assert [texts(sheet) for sheet in book.worksheets] == [
        ["T", "on: 2025-06-30", "A", *grid, *second, "C", "\u3000\u3000Only text.", sign, "As of then."],
        ["B: *?", "T    on: 2025-06-30", *grid, sign],
        ["B: *?", "T    on: 2025-06-30", *grid, "E", *second, sign],
    ]


def test_an_official_document():
    """State and number, whom it goes to, annexes, signature and date at the right edge, copies."""
    paper = Official(
        "draft", "No. 1", "To all:", ("Annex 1",), ("Phone 1",), "The office", DAY, "Copies: none"
    )
    book = opened(report(Section("a", "", (Paragraph("Text."),)), official=paper))
    assert texts(book.worksheets[0]) == [
        "draft", "No. 1", "T", "To all:", "on: 2025-06-30", "\u3000\u3000Text.", "Annex 1", "Phone 1", "The office",
        "2025-06-30", "Copies: none", "signed by: ________", "As of then.",
    ]  # fmt: skip
    (signature,) = [cell for row in book.worksheets[0] for cell in row if cell.value == "The office"]
    assert signature.alignment.horizontal == "right"


def form(number: int) -> Section:
    """A form of one record on a page of its own."""
    label = FormCell("unit", label=True)
    rows = (
        (label, FormCell("Office"), FormCell("due", label=True), FormCell(DAY, kind=Kind.DATE)),
        (FormCell("opinion", label=True), FormCell("", span=3, lines=5)),
    )
    return Section(f"form-{number}", "", (Form(f"Form {number}", (1, 2, 1, 2), rows),), new_page=True)


def test_hundreds_of_forms():
    """They stand on one sheet, each on a page of its own, none smaller than it is, boxes merged and high enough."""
    book = opened(report(*map(form, range(1, 301))))
    (sheet,) = book.worksheets
    assert len(sheet.row_breaks.brk) == 299
    assert not sheet.sheet_properties.pageSetUpPr.fitToPage
    titles = {f"Form {number}" for number in range(1, 301)}
    starts = [row[0].row for row in sheet.iter_rows() if row[0].value in titles]
    assert [each.id + 1 for each in sheet.row_breaks.brk] == [row - 1 for row in starts[1:]]
    first = starts[0]
    assert [cell.value for cell in sheet[first + 1] if cell.value is not None][:3] == [
        "unit",
        "Office",
        "due",
    ]
    assert f"B{first + 2}:E{first + 2}" in map(str, sheet.merged_cells.ranges)
    assert sheet.row_dimensions[first + 2].height >= 5 * 15
    assert sum(each.width for each in sheet.column_dimensions.values()) == widths.WHOLE


def test_forms_and_tables_on_one_sheet():
    """The sheet is divided wherever a form or a table is; each is as wide as the page."""
    other = Form("Other", (1, 1), ((FormCell("a", label=True), FormCell("b")),))
    (sheet,) = opened(report(replace(form(1), blocks=(*form(1).blocks, LIST, other)))).worksheets
    rows = {row[0].value: [cell.value for cell in row if cell.value is not None] for row in sheet.iter_rows()}
    assert (rows["unit"][:3], rows["no."], rows["1"], rows["a"]) == (
        ["unit", "Office", "due"],
        ["no.", "count"],
        ["1", 2],
        ["a", "b"],
    )
    ends = {str(each).split(":")[1].rstrip("0123456789") for each in sheet.merged_cells.ranges}
    assert openpyxl.utils.get_column_letter(sheet.max_column) in ends


def test_the_book_is_one_table():
    """An issue is a shaded row, its measures below in the same columns; the issue without measures is there too."""
    view = reports.build(material("book"))
    book = openpyxl.load_workbook(io.BytesIO(as_xlsx.render(view)))
    assert [len(book.worksheets), *book.sheetnames[1:]] == [3, "Sign-offs", "Evidence"]
    rows = [row for row in book.worksheets[0].iter_rows() if row[0].value in ("1", "1.1", "1.2", "4")]
    assert [(row[0].value, bool(row[0].font.b)) for row in rows] == [
        ("1", True),
        ("1.1", False),
        ("1.2", False),
        ("4", True),
    ]
    heads = next(row for row in book.worksheets[0].iter_rows(values_only=True) if row[0] == "no.")
    assert heads[1] == "issue / measure"
    assert len([each for each in heads if each]) == len({each for each in heads if each})
    due = heads.index("due")
    assert [row[due].value.date().isoformat() for row in rows[:3]] == ["2025-06-15"] * 3


def test_an_empty_ledger():
    """Every kind is a workbook with its sentences, and no sheet without rows to print."""
    for kind in reports.KINDS:
        if kind in ("letter", "lookback"):
            continue
        view = reports.build(material(kind, []))
        for sheet in openpyxl.load_workbook(io.BytesIO(as_xlsx.render(view))).worksheets:
            assert texts(sheet)


def test_long_and_odd_texts():
    """200 measures, a title of 2,000 characters, a text higher than a row can be, every escape: nothing is lost."""
    odd = "=1+1 <b>&amp; _x0041_ \u202e|*[x](y) {{ 7 }}\n第二行 \ufffe \ud800"
    parts = tuple(measure(number, text=f"{odd} {number}") for number in range(1, 200))
    long = measure(200, text="整改" * 3_000)
    view = reports.build(material("book", [issue(1, *parts, long, title="题" * 2_000)]))
    (sheet,) = openpyxl.load_workbook(io.BytesIO(as_xlsx.render(view))).worksheets
    assert max(each.height or 0 for each in sheet.row_dimensions.values()) <= HIGHEST
    found = texts(sheet)
    assert ("题" * 2_000 in found, "整改" * 3_000 in found) == (True, True)
    spread = {
        each.min_row: each.max_row for each in sheet.merged_cells.ranges if each.min_col == each.max_col == 1
    }
    assert {sheet.cell(row, 1).value for row in spread} == {"1", "1.200"}
    assert all(end > start for start, end in spread.items())


@pytest.mark.parametrize(
    ("given", "fitted"),
    [
        ([10.0, 20.0], [30.0, 60.0]),
        ([50.0, 60.0], [50.0, 60.0]),
        ([10.0, 300.0, 300.0], [10.0, 100.0, 100.0]),
        ([10.0] * 21, [10.0] * 21),
        ([20.0] * 30, [12.0] * 30),
    ],
)
def test_widths(given, fitted):
    """A narrow table fills the page, of a wide one the widest columns give way, down to what a date needs."""
    assert widths.fitted(given) == fitted


def test_where_columns_of_forms_end():
    """They fill the page, in whole units, no two at one place."""
    assert widths.parts((1, 2, 1, 2), 60) == [10, 30, 40, 60]
    assert widths.parts((1, 1000), 10) == [1, 10]
    assert widths.parts((1000, 1, 1), 10) == [8, 9, 10]


@pytest.mark.parametrize(
    ("wanted", "name"),
    [
        ("", "_"), ("a/b", "a_b"), ("'x'", "_x_"), ("字" * 40, "字" * 31), ("T", "T (2)"), ("t", "t (2)"),
        ("long" * 10, ("long" * 10)[:31]), ("𠀀" * 20, "𠀀" * 15),
    ],
)  # fmt: skip
def test_names_of_sheets(wanted, name):
    """At most 31 units, none of the signs a name may not have, no two that differ in case alone."""
    assert sheet_name(wanted, {"t"}) == name


def test_the_builder_reads_nothing_else():
    """The same view gives the same workbook."""
    view = report(Section("a", "A", (LIST,)))
    assert build_workbook.build(view) == build_workbook.build(view)
