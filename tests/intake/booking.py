"""Writes rows out as workbooks and CSV files, for the tests of what reads them."""

from __future__ import annotations

import csv
import io

import openpyxl

from ledger.intake.formats import delimited, workbook
from ledger.intake.sheets import read_sheets


def book(*sheets, merges=(), widths=None):
    """The bytes of a workbook: (name, rows) a sheet; `merges` are ranges of the first sheet."""
    made = openpyxl.Workbook()
    made.remove(made.active)
    for name, rows in sheets:
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    for each in merges:
        made.worksheets[0].merge_cells(each)
    return saved(made)


def saved(made):
    """The bytes of an openpyxl workbook."""
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def text(rows, *, delimiter=",", encoding="utf-8-sig"):
    """The bytes of a CSV file."""
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter).writerows(
        [["" if cell is None else cell for cell in row] for row in rows]
    )
    return out.getvalue().encode(encoding)


def proposed(data, *mapping):
    """What the bytes of a workbook or a CSV file propose."""
    document = (workbook if data[:2] == b"PK" else delimited).read(data)
    return read_sheets(document, file="x", mapping=mapping)


OWN = (
    "unit",
    "co_units",
    "leader",
    "owner",
    "due_text",
    "criterion",
    "deliverable",
    "result",
    "status_text",
    "closed_text",
)
#: What a measure takes from its issue.
INHERITED = ("unit", "co_units", "leader", "owner", "due_text", "criterion")


def told(proposal):
    """(title, category, fields, [(measure, own fields)]) of every issue."""
    return [
        (
            issue.title,
            issue.category,
            dict(issue.fields),
            [
                (each.text, {name: getattr(each, name) for name in OWN if getattr(each, name)})
                for each in issue.measures
            ],
        )
        for issue in proposal.issues
    ]


def codes(proposal):
    """The codes of its remarks, in order."""
    return [remark.code for remark in proposal.warnings]
