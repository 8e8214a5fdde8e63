"""The papers of the demonstration: its ledger in Chinese, on the day of its reports."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from ledger import __version__
from ledger.reports.material import Wanted
from ledger.usecases import reading, reporting
from ledger.usecases.sight import Sight

if TYPE_CHECKING:
    from ledger.reports.views import Report

ROOT = Path(__file__).parents[2]
#: The day of the demonstration's reports.
DAY = dt.date(2025, 6, 30)
#: What some kinds have to be asked for; the others are about everything.
ASKED = {
    "dossier": Wanted("dossier", ("6",)),
    "letter": Wanted("letter", ("L1",)),
    "lookback": Wanted("lookback", ("R2025-1",)),
    "register": Wanted("register", register="meetings"),
}


class Paper(NamedTuple):
    """What a report says, the file it is written to, and its pages as PDF."""

    report: Report
    path: Path
    pdf: Path


def ledger(folder: Path) -> Sight:
    """The ledger, made in a folder that is not there yet."""
    command = [sys.executable, "-m", "ledger", "--lang", "zh", "demo", str(folder)]
    subprocess.run(command, check=True, capture_output=True, env={**os.environ, "PYTHONPATH": str(ROOT)})
    return Sight(reading.open_book(folder, None), DAY, DAY, None)


def paper(sight: Sight, kind: str, form: str, folder: Path) -> Paper:
    """One paper, written into a folder; not printed yet."""
    report = reporting.view(sight, ASKED.get(kind, Wanted(kind)), __version__)
    path = folder / f"{kind}-{form}.{form}"
    path.write_bytes(reporting.written(sight, report, form))
    return Paper(report, path, path.with_suffix(".pdf"))
