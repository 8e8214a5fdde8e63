"""`ledger report` as a Word document: into a file or a pipe, never onto a terminal, never half."""

from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path

import docx
import pytest

from tests import town
from tests.conftest import isolated


@pytest.fixture
def ledger(run):
    return town.start(run)


def test_a_word_document(run, ledger):
    """The ending of the file asks for it; its text is that of the ledger."""
    written = run("report", "status", "-o", "june.docx", now=town.JUNE)
    assert written == (0, "", "written: june.docx\n")
    document = docx.Document("june.docx")
    assert [each.text for each in document.paragraphs if each.style.name == "Title"] == [
        "Willow Town: monthly status"
    ]
    rows = [[cell.text for cell in row.cells] for row in document.tables[0].rows]
    assert rows[1] == ["issues", "3", "1", "0", "0", "0", "1", "0", "1", "1"]


def test_the_same_bytes_whatever_the_day_the_zone_and_the_screen(run, ledger):
    """A document of a day is the same next year, elsewhere, and on a Chinese screen."""
    run.ok("report", "book", "--as-of", "2025-06-30", "-o", "one.docx", now=town.JUNE)
    other = {"LANG": "zh_CN.UTF-8", "TZ": "America/New_York"}
    run.ok(
        "report",
        "book",
        "--as-of",
        "2025-06-30",
        "-o",
        "two.docx",
        now="2027-01-01T00:00:00Z",
        lang="zh",
        env=other,
    )
    assert Path("one.docx").read_bytes() == Path("two.docx").read_bytes()


def test_into_a_pipe(run, ledger):
    """Without -o, and with `-o -`, a pipe gets the bytes of the file, and nothing is said beside them."""
    run.ok("report", "lists", "--as-of", "2025-06-30", "-o", "lists.docx", now=town.JUNE)
    kept = {name: value for name, value in isolated(Path.cwd()).items() if value is not None}
    command = [sys.executable, "-m", "ledger", "report", "lists", "--as-of", "2025-06-30", "--format", "docx"]
    root = {"PYTHONPATH": str(Path(__file__).resolve().parents[2])}
    piped = subprocess.run([*command, "-o", "-"], env=kept | root, capture_output=True, check=True)
    assert (piped.stdout, piped.stderr) == (Path("lists.docx").read_bytes(), b"")
    assert docx.Document(io.BytesIO(piped.stdout)).tables


@pytest.mark.parametrize("output", [(), ("-o", "-")])
def test_not_onto_a_terminal(run, ledger, output):
    """Nobody can read it there: refused, and the hint says what to do."""
    refused = run("report", "status", "--format", "docx", *output, now=town.JUNE, terminal=True)
    assert (refused.code, refused.out) == (2, "")
    assert "docx is no text: a terminal cannot show it" in refused.err
    assert "-o report.docx" in refused.err


@pytest.mark.parametrize(
    ("name", "code", "said"),
    [
        ("nowhere/june.docx", 3, "there is no folder nowhere"),
        ("taken.docx", 2, "taken.docx is not a file"),
        ("june.doc", 2, "reports cannot be written as doc"),
    ],
)
def test_where_it_cannot_be_written(run, ledger, name, code, said):
    """One message, and no file, whole or half."""
    Path("taken.docx").mkdir()
    before = sorted(Path().rglob("*.doc*"))
    refused = run("report", "status", "-o", name, now=town.JUNE)
    assert (refused.code, refused.out) == (code, "")
    assert said in refused.err
    assert sorted(Path().rglob("*.doc*")) == before


def test_an_empty_ledger_has_a_document_too(run):
    """Nothing in it: sentences instead of tables."""
    run.ok("init", "t", "--title", "Willow", "--lang", "en")
    run.ok("report", "book", "-o", "book.docx", now=town.JUNE)
    run.ok("report", "lists", "-o", "lists.docx", now=town.JUNE)
    assert "There are no issues yet." in [each.text for each in docx.Document("lists.docx").paragraphs]
    assert docx.Document("book.docx").paragraphs[0].text.startswith("Willow")


def test_an_issue_with_two_hundred_measures(run, ledger):
    """All of them are there, a row each."""
    measures = [word for number in range(200) for word in ("-m", f"measure number {number}")]
    run.ok("add", "A long one", *measures, now=town.JUNE)
    run.ok("report", "lists", "-o", "lists.docx", now=town.JUNE)
    document = docx.Document("lists.docx")
    told = "\n".join(each.text or "" for each in document.element.body.iter("{*}t")).split("\n")
    assert [f"measure number {number}" in told for number in range(200)] == [True] * 200
