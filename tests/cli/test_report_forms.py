"""`ledger report --form`: a superior's workbook by a saved map, an office's own Word form in a sandbox."""

from __future__ import annotations

from pathlib import Path

import docx
import openpyxl
import pytest
from openpyxl.styles import Font

from ledger.reports.archive import packed, unpacked
from tests import town

MAP = Path("ledgers/2025/maps/superior.toml")
CELLS = """format = 1
[cells]
B3 = "facts.org"
B5 = "summary.issues.total"
"Sum!B8" = "facts.as_of"
C8 = "facts.as_of"
B9 = "summary.2.closed rate of issues.percent"
C9 = "summary.2.closed rate of issues.percent"
[[rows]]
list = "overdue"
sheet = "Late"
first = 2
last = 3
columns = { A = "id", B = "text" }
"""


@pytest.fixture
def ledger(run):
    town.start(run)
    MAP.parent.mkdir(exist_ok=True)
    MAP.write_text(CELLS, encoding="utf-8")
    superior().save("superior.xlsx")


def superior():
    """A superior's form: merged cells, a formula, formats, a second sheet, and how it is printed."""
    book = openpyxl.Workbook()
    book.calculation.fullCalcOnLoad = False
    sheet = book.active
    sheet.title = "Sum"
    sheet["A1"], sheet["A3"], sheet["A5"], sheet["B7"] = "Return", "office", "issues", "=B5*2"
    sheet["A1"].font = Font(size=20, bold=True)
    sheet.merge_cells("A1:E1")
    sheet.merge_cells("B3:C3")
    sheet["B8"].number_format = 'yyyy"年"m"月"d"日"'
    sheet["B9"].number_format = "0.0%"
    sheet.column_dimensions["A"].width = 33
    sheet.page_setup.orientation = "landscape"
    other = book.create_sheet("Late")
    other.append(["no.", "measure"])
    other["A5"] = "note"
    return book


def filled(run, *more: str):
    """The form filled in, as openpyxl reads it."""
    result = run("report", "status", "--form", "superior.xlsx", "-o", "out.xlsx", *more, now=town.JUNE)
    assert result == (0, "", "written: out.xlsx\n")
    return openpyxl.load_workbook("out.xlsx")


def test_mapped_cells_are_filled_and_nothing_else(run, ledger):
    """Numbers, days and shares stand as the form shows them; styles, merges, widths and formulas stay."""
    book = filled(run)
    values = {cell.coordinate: cell.value for row in book["Sum"] for cell in row if cell.value is not None}
    day = values.pop("B8")
    assert day.date().isoformat() == "2025-06-30"
    assert values == {
        "A1": "Return", "A3": "office", "B3": "Willow Town Office", "A5": "issues", "B5": 3, "B7": "=B5*2",
        "C8": "2025-06-30", "B9": 0.333, "C9": 33.3,
    }  # fmt: skip
    assert [[cell.value for cell in row] for row in book["Late"]] == [
        ["no.", "measure"], ["2.1", "Check each one"], [None, None], [None, None], ["note", None],
    ]  # fmt: skip
    sheet = book["Sum"]
    assert (sheet["A1"].font.size, sheet.column_dimensions["A"].width, sheet.page_setup.orientation) == (
        20,
        33,
        "landscape",
    )
    assert sorted(map(str, sheet.merged_cells.ranges)) == ["A1:E1", "B3:C3"]
    before, after = unpacked(Path("superior.xlsx").read_bytes()), unpacked(Path("out.xlsx").read_bytes())
    changed = {name for name in before if before[name] != after[name]}
    assert (before.keys(), changed) == (
        after.keys(),
        {"xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml"},
    )


def test_what_formulas_gave_is_forgotten(run, ledger):
    """A result the form kept is of other figures: it is taken out, and the workbook counted anew when opened."""
    parts = unpacked(Path("superior.xlsx").read_bytes())
    sheet = parts["xl/worksheets/sheet1.xml"].replace(b"<f>B5*2</f><v />", b"<f>B5*2</f><v>14</v>")
    sheet = sheet.replace(b"<f>B5*2</f><v></v>", b"<f>B5*2</f><v>14</v>").replace(
        b"<f>B5*2</f><v/>", b"<f>B5*2</f><v>14</v>"
    )
    assert b"<v>14</v>" in sheet
    Path("superior.xlsx").write_bytes(packed({**parts, "xl/worksheets/sheet1.xml": sheet}))
    filled(run)
    after = unpacked(Path("out.xlsx").read_bytes())
    assert b"<v>14</v>" not in after["xl/worksheets/sheet1.xml"]
    assert b'fullCalcOnLoad="1"' in after["xl/workbook.xml"]


def test_a_form_gives_the_same_bytes(run, ledger):
    """Again and on another day, in another language, the file is the same."""
    filled(run, "--as-of", "2025-06-30")
    first = Path("out.xlsx").read_bytes()
    run.ok(
        "report", "status", "--form", "superior.xlsx", "--as-of", "2025-06-30", "-o", "again.xlsx", lang="zh"
    )
    assert Path("again.xlsx").read_bytes() == first


def test_text_is_no_formula_in_a_form_either(run, ledger):
    """What a program would calculate is marked as text."""
    MAP.write_text(
        'format = 1\n[[rows]]\nlist = "closed"\nsheet = "Late"\nfirst = 2\ncolumns = { A = "result" }\n'
    )
    book = filled(run, "--as-of", "2025-05-31")
    cell = book["Late"]["A2"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == ("=in force", "s", True)


@pytest.mark.parametrize(
    ("text", "code", "words"),
    [
        ('[cells]\nC3 = "facts.org"\n', 9, "facts.org cannot be written into C3 of the form: it lies in a merged cell"),
        ('[cells]\nB7 = "facts.org"\n', 9, "facts.org cannot be written into B7 of the form: it holds a formula"),
        ('[cells]\n"Other!B7" = "facts.org"\n', 3, "the form has no sheet Other, where facts.org is to stand"),
        ('[cells]\nB0 = "facts.org"\n', 9, "cannot be written into B0 of the form: there is no such cell"),
        ('[cells]\nXFE1 = "facts.org"\n', 9, "there is no such cell"),
        ('[cells]\nB7 = "facts.orgs"\n', 9, "maps/superior.toml: the report has no facts.orgs"),
        ('[cells]\nB7 = "overdue"\n', 9, "the report has no overdue"),
        ('[[rows]]\nlist = "overdue"\nsheet = "Late"\nfirst = 5\ncolumns = { A = "id" }\n', 9, "overdue.id cannot be written into Late!A5 of the form: something stands there"),
        ('[[rows]]\nlist = "overdue"\nfirst = 5\ncolumns = { A = "nope" }\n', 9, "the report has no overdue.nope"),
        ('[[rows]]\nlist = "closed"\nfirst = 20\nlast = 20\ncolumns = { A = "id" }\n', 9, "the list closed has 2 rows, the form has room for 1"),
        ('[cells]\nB7 = 1\n', 7, "maps/superior.toml is no map of cells"),
        ('[[rows]]\nlist = "overdue"\nfirst = 0\ncolumns = { A = "id" }\n', 7, "maps/superior.toml is no map of cells"),
        ('[cells]\n[room]\n', 7, "is no map of cells: nobody knows room"),
        ('[cells\n', 7, "maps/superior.toml"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_refused_by_name(run, ledger, text, code, words):
    """A map that does not fit the form or the report: one message that names cell and field, and no file."""
    MAP.write_text("format = 1\n" + text, encoding="utf-8")
    when = ("--as-of", "2025-06-30")
    result = run("report", "status", "--form", "superior.xlsx", "-o", "out.xlsx", *when, now=town.JUNE)
    assert (result.code, result.out, Path("out.xlsx").exists()) == (code, "", False)
    assert words in result.err
    assert "Traceback" not in result.err


@pytest.mark.parametrize(
    ("argv", "code", "words"),
    [
        (("--form", "superior.xlsx", "--map", "other"), 3, "there is no map maps/other.toml"),
        (("--form", "superior.xlsx", "--map", "../x"), 2, "../x is no name of a map"),
        (("--form", "none.xlsx"), 3, "none.xlsx"),
        (("--map", "superior"), 2, "--map says something of a form, and none is named"),
        (("--trust-form",), 2, "--trust-form says something of a form, and none is named"),
        (("--form", "form.pdf"), 2, "form.pdf is no form that can be filled"),
        (("--form", "superior.xlsx", "--format", "md"), 2, "superior.xlsx is filled in as xlsx, not as md"),
        (("--form", "text.xlsx", "--map", "superior"), 9, "text.xlsx"),
        (("--form", "word.xlsx", "--map", "superior"), 9, "word.xlsx is no workbook"),
    ],
)
def test_bad_requests(run, ledger, argv, code, words):
    """A form, or a map, that is not there or is something else."""
    Path("text.xlsx").write_text("a,b\n")
    Path("form.pdf").write_bytes(b"%PDF-1.7")
    docx.Document().save("word.xlsx")
    result = run("report", "status", *argv, now=town.JUNE, terminal=False)
    assert (result.code, result.out) == (code, "")
    assert words in result.err
    assert "Traceback" not in result.err


def test_maps_of_cells_and_of_columns_lie_side_by_side(run, ledger):
    """An import is not disturbed by a map of cells in the same folder."""
    Path("list.csv").write_text("序号,问题,整改措施\n1,账目不清,清理账目\n", encoding="utf-8")
    assert run("import", "list.csv", "--dry-run", now=town.JUNE).code == 0


def test_a_public_form_is_searched_too(run, ledger):
    """What must not leave the office is looked for in the filled form, that of its maker included."""
    MAP.write_text('format = 1\n[cells]\nB5 = "summary.issues.total"\n', encoding="utf-8")
    asked = ("report", "status", "--form", "superior.xlsx", "-o", "out.xlsx", "--redact", "public")
    assert run(*asked, now=town.JUNE).code == 0
    Path("out.xlsx").unlink()
    book = superior()
    book["Sum"]["A11"] = "asked for by Lin"
    book.save("superior.xlsx")
    result = run(*asked, now=town.JUNE)
    assert (result.code, Path("out.xlsx").exists()) == (4, False)


# --- Word ------------------------------------------------------------------------------------------


def word(*paragraphs: str) -> None:
    """An office's own form, own.docx, with a table of what is overdue."""
    made = docx.Document()
    for text in paragraphs:
        made.add_paragraph(text)
    table = made.add_table(rows=3, cols=2)
    table.rows[0].cells[0].text = "{%tr for row in overdue.rows %}"
    table.rows[1].cells[0].text, table.rows[1].cells[1].text = "{{ row.id }}", "{{ row.text }}"
    table.rows[2].cells[0].text = "{%tr endfor %}"
    made.save("own.docx")


ASKED = ("report", "status", "--form", "own.docx", "-o", "out.docx")


def test_a_word_form_is_filled(run, ledger):
    """Values, cells of tables, days and lists by the names of the report; the same bytes again."""
    pytest.importorskip("docxtpl")
    word(
        "{{ facts.org }}: {{ summary.issues.total }} by {{ facts.as_of }}",
        "{{ summary['2']['closed rate of issues'].percent }}",
    )
    assert run(*ASKED, "--trust-form", now=town.JUNE) == (0, "", "written: out.docx\n")
    made = docx.Document("out.docx")
    assert [each.text for each in made.paragraphs] == [
        "Willow Town Office: 3 by 2025-06-30",
        "33.3%",
    ]
    assert [[cell.text for cell in row.cells] for row in made.tables[0].rows] == [["2.1", "Check each one"]]
    first = Path("out.docx").read_bytes()
    assert run(*ASKED, now=town.JUNE).code == 0
    assert Path("out.docx").read_bytes() == first


def test_a_word_form_is_agreed_to_once(run, ledger):
    """Nobody there and no flag: refused. Once agreed to, the same file runs, and a changed one does not."""
    pytest.importorskip("docxtpl")
    word("{{ title }}")
    refused = run(*ASKED, now=town.JUNE)
    assert (refused.code, Path("out.docx").exists()) == (4, False)
    assert refused.err == (
        "error: own.docx was not run: nobody agreed to it\n"
        "hint: if you know who made it, add --trust-form; this is asked once for a file\n"
    )
    assert run(*ASKED, "--trust-form", now=town.JUNE).code == 0
    assert run(*ASKED, now=town.JUNE).code == 0
    word("{{ title }}!")
    assert run(*ASKED, now=town.JUNE).code == 4


def test_a_person_is_asked_once(run, ledger, monkeypatch):
    """On a terminal the question is asked, with no for an answer it is refused, with yes it is not asked again."""
    pytest.importorskip("docxtpl")
    word("{{ title }}")
    answers, asked = [False, True], []

    def confirm(message: str) -> bool:
        asked.append(message)
        return answers[len(asked) - 1]

    monkeypatch.setattr("ledger.ui.ask.possible", lambda: True)
    monkeypatch.setattr("ledger.ui.ask.confirm", confirm)
    assert [run(*ASKED, now=town.JUNE).code for _time in range(3)] == [4, 0, 0]
    assert (
        asked
        == ["A Word form is a program that runs here, shut in. Do you know who made own.docx, and run it?"]
        * 2
    )


def test_values_stay_text(run, ledger):
    """Markup, braces and line breaks in what was entered come out as they went in."""
    pytest.importorskip("docxtpl")
    odd = "A & B <w:p> {{ 7*7 }} {_{ x }_} {_% y %_} C"
    run.ok("edit", "2.1", "--text", odd, "--why", "test", now=town.JUNE)
    word("{{ overdue.rows[0].text }}", "{{ overdue.rows[0].text|safe }}")
    run.ok(*ASKED, "--trust-form", now=town.JUNE)
    assert [each.text for each in docx.Document("out.docx").paragraphs] == [odd, odd]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{{ facts.nope }}", "asks for something the report has not: 'dict object' has no attribute 'nope'"),
        ("{{ nope.x }}", "'nope' is undefined"),
        ("{% if %}", "own.docx cannot be filled"),
        ("{{ ''.__class__.__mro__ }}", "own.docx cannot be filled"),
        ("{{ facts.update({'a': 1}) }}", "own.docx cannot be filled"),
        ("{{ 1 / 0 }}", "own.docx cannot be filled: division by zero"),
    ],
)
def test_a_broken_word_form_is_named(run, ledger, text, words):
    """A field there is not, broken syntax, a way out of the sandbox: one message and no file."""
    pytest.importorskip("docxtpl")
    word(text)
    result = run(*ASKED, "--trust-form", now=town.JUNE)
    assert (result.code, result.out, Path("out.docx").exists()) == (9, "", False)
    assert words in result.err
    assert "Traceback" not in result.err


def test_without_the_extra(run, ledger, monkeypatch):
    """Where docxtpl is not installed, the command that installs it is named."""
    monkeypatch.setattr("ledger.usecases.officeforms.find_spec", lambda _name: None)
    word("{{ title }}")
    result = run(*ASKED, "--trust-form", now=town.JUNE)
    assert (result.code, Path("out.docx").exists()) == (4, False)
    assert "hint: install it with: pip install 'taizhang[office-forms]'" in result.err
