"""Every paper of the demonstration in every form, written once and turned into pages once."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

from ledger import __version__, reports
from ledger.reports.material import Wanted
from ledger.usecases import reading, reporting
from ledger.usecases.sight import Sight
from tests.visual import machine

if TYPE_CHECKING:
    from ledger.reports.views import Report

ROOT = Path(__file__).parents[2]
#: The day of the demonstration's reports.
DAY = dt.date(2025, 6, 30)
#: What some kinds have to be asked for; the others are about everything.
ASKED = {"letter": Wanted("letter", ("L1",)), "lookback": Wanted("lookback", ("R2025-1",))}
#: The forms an office program turns into pages.
OFFICE = tuple(form for form in ("docx", "xlsx") if form in reports.FORMATS)


class Paper(NamedTuple):
    """What a report says, the file it is written to, and its pages as PDF."""

    report: Report
    path: Path
    pdf: Path


@pytest.fixture(scope="session")
def sight(tmp_path_factory) -> Sight:
    """The demonstration's ledger in Chinese on the day of its reports."""
    folder = tmp_path_factory.mktemp("demonstration") / "demo"
    command = [sys.executable, "-m", "ledger", "--lang", "zh", "demo", str(folder)]
    subprocess.run(command, check=True, capture_output=True, env={**os.environ, "PYTHONPATH": str(ROOT)})
    return Sight(reading.open_book(folder, None), DAY, DAY, None)


@pytest.fixture(scope="session")
def written(sight):
    """The papers of one form, by kind."""

    def papers(form: str, folder: Path) -> dict[str, Paper]:
        found = {}
        for kind in reports.KINDS:
            report = reporting.view(sight, ASKED.get(kind, Wanted(kind)), __version__)
            path = folder / f"{kind}-{form}.{form}"
            path.write_bytes(reporting.written(sight, report, form))
            found[kind] = Paper(report, path, path.with_suffix(".pdf"))
        return found

    return papers


@pytest.fixture(scope="session")
def printed(written, tmp_path_factory) -> dict[tuple[str, str], Paper]:
    """Word documents and workbooks of every kind as an office program prints them."""
    folder = tmp_path_factory.mktemp("printed")
    papers = {(kind, form): paper for form in OFFICE for kind, paper in written(form, folder).items()}
    machine.to_pdf([paper.path for paper in papers.values()], folder)
    return papers


@pytest.fixture(scope="session")
def pages(written, tmp_path_factory) -> dict[str, Paper]:
    """The page of every kind, which the browser has not opened yet."""
    return written("html", tmp_path_factory.mktemp("pages"))
