"""Every Word document and workbook as an office program prints it."""

from __future__ import annotations

import pytest

from ledger import reports
from tests.visual import judging, machine
from tests.visual.conftest import OFFICE

pytestmark = pytest.mark.timeout(machine.PATIENCE)


@pytest.mark.parametrize("form", OFFICE)
@pytest.mark.parametrize("kind", reports.KINDS)
def test_a_paper_prints_whole(kind, form, printed):
    """Printed it is whole, on A4, no page empty, nothing over the edge, in Chinese typefaces."""
    paper = printed[kind, form]
    seen = machine.pages(paper.pdf)
    judging.sound(seen)
    judging.sane(paper.report, seen)
    judging.chinese(machine.typefaces(paper.pdf))
    assert judging.missing(paper.report, seen) == []


@pytest.mark.parametrize("kind", reports.KINDS if "docx" in OFFICE else ())
def test_what_is_wide_lies(kind, printed):
    """A Word document has lying pages where a part of it is wide."""
    paper = printed[kind, "docx"]
    assert any(page.lying for page in machine.pages(paper.pdf)) >= judging.wide(paper.report)
