"""Every Word document and workbook as an office program prints it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import openpyxl
import pytest

from ledger import reports
from ledger.reports.told import texts
from tests.visual import judging, machine
from tests.visual.conftest import OFFICE
from tests.visual.machine import squeezed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.visual.demonstration import Paper

pytestmark = pytest.mark.timeout(machine.PATIENCE)


@pytest.mark.parametrize("form", OFFICE)
@pytest.mark.parametrize("kind", reports.KINDS)
def test_a_paper_prints_whole(kind, form, printed):
    """Printed it is whole, on A4, no page empty, nothing over an edge, in Chinese typefaces."""
    paper = printed[kind, form]
    seen = machine.pages(paper.pdf)
    judging.sound(seen)
    judging.sane(paper.report, seen)
    judging.chinese(machine.typefaces(paper.pdf))
    assert judging.missing(said(paper), seen) == []
    assert [page.text for page in seen if "###" in page.text] == []
    assert machine.overlapping(paper.pdf) == []


def test_what_runs_into_something_else_is_noticed(tmp_path):
    """Text that stands on other text does not pass: the test above can fail."""
    page = tmp_path / "over.html"
    page.write_text("<p style='margin:0'>above</p><p style='margin:-12px 0'>below</p>", encoding="utf-8")
    machine.browse(page, tmp_path / "over.pdf")
    assert machine.overlapping(tmp_path / "over.pdf") == [("above", "below")]


@pytest.mark.parametrize("kind", reports.KINDS if "xlsx" in OFFICE else ())
def test_a_row_stays_on_its_page(kind, printed):
    """A workbook is as wide as its page: what stands in one row of a sheet stands on one page."""
    paper = printed[kind, "xlsx"]
    seen = [page.text for page in machine.pages(paper.pdf)]
    broken = [row for row in rows(paper) if not any(all(each in page for each in row) for page in seen)]
    assert broken == []


def said(paper: Paper) -> Iterator[str]:
    """What a paper says: its report; of a workbook its cells, for it puts some things into columns of their own."""
    if paper.path.suffix == ".xlsx":
        yield from (cell for row in rows(paper) for cell in row)
    else:
        yield from texts(paper.report)


def rows(paper: Paper) -> Iterator[list[str]]:
    """The lines of text in each row of a workbook's sheets, as far as they are shown."""
    for sheet in openpyxl.load_workbook(paper.path):
        for row in sheet.iter_rows() if sheet.sheet_state == "visible" else ():
            lines = (line for cell in row if isinstance(cell.value, str) for line in cell.value.split("\n"))
            yield [squeezed(line) for line in lines if squeezed(line)]


@pytest.mark.parametrize("kind", reports.KINDS if "docx" in OFFICE else ())
def test_what_is_wide_lies(kind, printed):
    """A Word document has lying pages where a part of it is wide."""
    paper = printed[kind, "docx"]
    assert any(page.lying for page in machine.pages(paper.pdf)) >= judging.wide(paper.report)
