"""A page of an official document, line by line, as an office program prints it."""

from __future__ import annotations

import datetime as dt

import pytest

from ledger.reports import as_docx
from ledger.reports.views import Official, Paragraph, Section
from tests.visual import machine
from tests.wordparts import paper, table

pytestmark = pytest.mark.timeout(machine.PATIENCE)


def lines(pdf) -> list[list[str]]:
    """The lines of each page, without the number at its foot."""
    text = machine.run(machine.program("pdftotext"), "-raw", "-enc", "UTF-8", pdf, "-").stdout.decode()
    return [page.splitlines()[:-1] for page in text.split("\f")[:-1]]


@pytest.fixture(scope="module")
def printed(tmp_path_factory):
    """An official document of several pages with a table that lies."""
    folder = tmp_path_factory.mktemp("page")
    running = Section("a", "一、情况", (Paragraph("整改" * 1000), Paragraph("落实" * 1000)))
    annex = Section("b", "附表", (table(20, rows=60),))
    official = Official("", "柳发〔2025〕3号", "各村：", signature="柳河镇党委", date=dt.date(2025, 6, 30))
    document = folder / "page.docx"
    document.write_bytes(as_docx.render(paper(running, annex, official=official)))
    machine.to_pdf([document], folder)
    return document.with_suffix(".pdf")


def test_twenty_two_lines_of_twenty_eight_characters(printed):
    """A page of running text is full as the standard has it. Source: GB/T 9704-2012 §5.2.3."""
    page = lines(printed)[1]
    assert [len(line) for line in page] == [28] * 22


def test_a_table_goes_on_with_its_heading(printed):
    """Every page of a table that lies begins with its heading; after it the document stands upright again."""
    pages = machine.pages(printed)
    lying = [page.text for page in pages if page.lying]
    assert len(lying) > 1
    assert [text.count("栏19") for text in lying] == [1] * len(lying)
    assert not pages[-1].lying
    assert "2025年6月30日" in pages[-1].text
