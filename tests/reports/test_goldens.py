"""Every kind of report in every format, from the demonstration ledger: reviewed, and kept as it was."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from ledger import reports
from tests import renditions

#: What a kind is asked for, where it needs saying.
ASKED = {
    "extension": ["16.1", "5.1"],
    "letter": ["L1"],
    "lookback": ["R2025-1"],
    "register": ["meetings"],
    "dossier": ["6"],
}
#: How a file is read for review; text is kept as it is.
READ = {"docx": renditions.document, "xlsx": renditions.workbook, "zip": renditions.archive}
#: What is drawn anew for every demonstration: identities and hashes over them.
_DRAWN = re.compile(r"\b[0-9a-f]{16,64}\b")
#: How long what holds them is, once packed: sizes in the catalogue of a dossier.
_SIZES = re.compile(r"(?<![0-9-])[0-9]{4,6}(?![0-9年.-])")
#: The looks of a page: they are kept with one of the pages, templates/report.css has them too.
_LOOKS = re.compile(r"(?<=<style>\n).*?(?=\n</style>)", re.DOTALL)
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def demo(tmp_path_factory) -> Path:
    """The demonstration in Chinese, played once."""
    folder = tmp_path_factory.mktemp("demo") / "demo"
    command = [sys.executable, "-m", "ledger", "--lang", "zh", "--no-input", "demo", str(folder)]
    subprocess.run(
        command, check=True, capture_output=True, cwd=ROOT, env={**os.environ, "LC_ALL": "C.UTF-8"}
    )
    return folder


@pytest.mark.parametrize(
    ("kind", "form"), [(kind, form) for kind in reports.KINDS for form in reports.formats(kind)]
)
def test_a_report_is_as_it_was_reviewed(kind, form, demo, run, golden):
    """Whatever changes in a document is seen in a diff, and read, before it leaves."""
    output = Path(f"{kind}.{form}")
    asked = [*ASKED.get(kind, []), "--as-of", "2025-06-30", "-o", str(output)]
    result = run("-C", str(demo), "report", kind, *asked)
    assert result.code == 0, result.err
    data = output.read_bytes()
    said = READ[form](data) if form in READ else data.decode()
    said = _DRAWN.sub("<drawn>", said)
    if kind != "status":
        said = _LOOKS.sub("...", said)
    if kind == "dossier":
        said = _SIZES.sub("<size>", said)
    golden(f"demo/{kind}.{form}{'.txt' if form in READ else ''}", said)
