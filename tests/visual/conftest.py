"""Every paper of the demonstration in every form, written once and turned into pages once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ledger import reports
from tests.visual import demonstration, machine

if TYPE_CHECKING:
    from ledger.usecases.sight import Sight
    from tests.visual.demonstration import Paper

#: The forms an office program turns into pages.
OFFICE = tuple(form for form in ("docx", "xlsx") if form in reports.FORMATS)


@pytest.fixture(scope="session")
def sight(tmp_path_factory) -> Sight:
    """The demonstration's ledger."""
    return demonstration.ledger(tmp_path_factory.mktemp("demonstration") / "demo")


@pytest.fixture(scope="session")
def printed(sight, tmp_path_factory) -> dict[tuple[str, str], Paper]:
    """Word documents and workbooks of every kind as an office program prints them."""
    folder = tmp_path_factory.mktemp("printed")
    papers = {
        (kind, form): demonstration.paper(sight, kind, form, folder)
        for form in OFFICE
        for kind in reports.KINDS
    }
    machine.to_pdf([paper.path for paper in papers.values()], folder)
    return papers


@pytest.fixture(scope="session")
def pages(sight, tmp_path_factory) -> dict[str, Paper]:
    """The page of every kind, which the browser has not opened yet."""
    folder = tmp_path_factory.mktemp("pages")
    return {kind: demonstration.paper(sight, kind, "html", folder) for kind in reports.KINDS}
