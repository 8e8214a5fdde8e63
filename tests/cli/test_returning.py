"""The month: workbooks go out, come back filled in, and are taken back."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import zipfile
from pathlib import Path

import openpyxl
import pytest

from ledger.commands import returning
from ledger.ui import console
from tests import town
from tests.returning import Book

JUNE = "2025-06-30T09:00:00+08:00"
JULY = "2025-07-02T09:00:00+08:00"


@pytest.fixture
def sent(run):
    """A town whose units have been sent their workbooks of June, in the folder june."""
    town.start(run)
    run.ok("export", "--split", "unit", "-o", "june", now=JUNE)
    return Path("june")


def digests() -> dict[str, str]:
    """Every file of the ledger, by its bytes."""
    return {
        path.as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(Path().rglob("*"))
        if path.is_file()
    }


def fill(path: Path, *cells: tuple[str, str, object]) -> None:
    book = Book(path)
    for name, heading, value in cells:
        book.fill(name, heading, value)
    path.write_bytes(book.data())


def back(run, *words: str, code: int = 0) -> dict:
    """The answer of taking the folder back, as JSON."""
    result = run("import", *words, "--json", now=JULY)
    assert result.code == code, result
    return json.loads(result.out)


def test_every_unit_gets_its_own(run, sent):
    """One workbook a unit, with its measures alone and an empty column for the month."""
    assert sorted(path.name for path in sent.iterdir()) == [
        "Finance-2025-06.xlsx", "Office-2025-06.xlsx", "Works-2025-06.xlsx",
    ]  # fmt: skip
    book = Book(sent / "Finance-2025-06.xlsx")
    ids = [book.sheet.cell(row, book.column("measure no.")).value for row in range(4, book.sheet.max_row + 1)]
    assert ids == ["2.1", "2.2"]
    assert book.sheet.cell(4, book.column("progress in 2025-06")).value is None
    assert [sheet.sheet_state for sheet in book.book.worksheets][-2:] == ["hidden", "hidden"]


def test_an_untouched_folder_changes_zero_bytes(run, sent):
    """Not in the ledger, not in the index, not in the folder itself."""
    run.ok("list")
    before = digests()
    found = back(run, "june", "--yes")
    assert (found["taken"], found["left"], found["missing"]) == ([], [], [])
    assert found["empty"] == ["Finance", "Office", "Works"]
    assert digests() == before
    run.ok("export", "xlsx", "-o", "all.xlsx", now=JUNE)
    before = digests()
    assert run("import", "all.xlsx", "--yes", now=JULY) == (0, "nothing new: the ledger has all of it\n", "")
    assert digests() == before


def test_what_comes_back_is_taken(run, sent):
    """Renamed, one lost, one twice: who has not returned theirs is said, and what was filled in goes in once."""
    (sent / "Works-2025-06.xlsx").unlink()
    finance = (sent / "Finance-2025-06.xlsx").rename(sent / "财务股的表 (1).xlsx")
    fill(finance, ("2.1", "progress", "two letters"), ("2.1", "remark", "soon"))
    shutil.copy(finance, sent / "again.xlsx")
    result = run("import", "june", "--yes", now=JULY)
    assert result.code == 0
    assert "returned: 2 of 3 units" in result.out
    assert "2 cells taken, 1 of them notes" in result.out
    for words in (
        "not returned yet: Works",
        "nothing filled in: Office",
        "Finance returned theirs twice: june/again.xlsx",
    ):
        assert words in result.err
    issue = json.loads(run.ok("export", "json"))["issues"][1]["measures"][0]
    assert issue["notes"][-1] == {"on": "2025-06-30", "by": "林某", "text": "two letters"}
    assert issue["remark"] == "soon"
    before = digests()
    found = back(run, "june", "--yes")
    assert (found["taken"], found["same"]) == ([], 2)
    assert digests() == before
    run.ok("check", "--strict")


def test_a_dry_run_writes_nothing(run, sent):
    """It shows who, what and what is left out, and the entries there would be."""
    fill(sent / "Finance-2025-06.xlsx", ("2.1", "progress", "a letter"))
    run.ok("list")
    before = digests()
    found = back(run, "june", "--dry-run")
    assert [(each["id"], each["field"], each["becomes"]) for each in found["taken"]] == [
        ("2.1", "progress", "a letter")
    ]
    assert [each["do"] for each in found["changed"][0]["entries"]] == ["note"]
    assert digests() == before


@pytest.mark.parametrize("is_terminal", [True, False])
def test_a_person_sees_cells_not_entries(run, sent, monkeypatch, is_terminal):
    """A dry run shows a person the cells; the entries and diffs of twenty files are for a pipe."""
    fill(sent / "Finance-2025-06.xlsx", ("2.1", "progress", "a letter"))
    monkeypatch.setattr(console, "wants_plain", lambda: not is_terminal)
    shown = run("import", "june", "--dry-run", now=JULY).out
    assert ("a letter" in shown, '"do":"note"' in shown) == (True, not is_terminal)


def test_somebody_is_asked(run, sent):
    """Without --yes and without a person nothing is written."""
    fill(sent / "Finance-2025-06.xlsx", ("2.1", "progress", "a letter"))
    result = run("import", "june", now=JULY)
    assert (result.code, "--yes" in result.err) == (2, True)


def test_what_changed_on_both_sides_is_left(run, sent):
    """The rest goes in, the exit code is 6, and both values are told."""
    fill(sent / "Finance-2025-06.xlsx", ("2.1", "owner", "Yan"), ("2.2", "progress", "printed"))
    run.ok("assign", "2", "--owner", "Gu")
    result = run("import", "june", "--yes", now=JULY)
    assert result.code == 6
    assert "1 cells taken" in result.out
    assert "(the ledger says: Gu; the sheet says: Yan)" in result.err


def test_what_a_rule_forbids_is_left(run, sent):
    """A closed measure takes no new owner; the exit code is 4."""
    fill(sent / "Office-2025-06.xlsx", ("1.1", "deliverable", "a list"), ("1.2", "progress", "still kept"))
    found = back(run, "june", "--yes", code=4)
    assert [(each["code"], each["id"]) for each in found["left"]] == [("refused", "1.1")]
    assert [each["field"] for each in found["taken"]] == ["progress"]


@pytest.mark.parametrize(
    "words", [("--only", "1"), ("--skip", "1"), ("--match", "1=2"), ("--map", "C=unit"), ("--as", "result")]
)
def test_what_is_chosen_of_a_document_is_not_of_sheets(run, sent, words):
    """An option that would do nothing here is refused, not passed over."""
    fill(sent / "Finance-2025-06.xlsx", ("2.1", "progress", "drains flushed"))
    before = digests()
    result = run("import", "june", *words, "--yes")
    assert (result.code, words[0] in result.err, digests()) == (2, True, before)


def test_files_that_are_none_of_ours(run, sent):
    """What cannot be read and what did not go out are named; the others go in. Exit code 9."""
    fill(sent / "Finance-2025-06.xlsx", ("2.1", "progress", "a letter"))
    (sent / "broken.xlsx").write_bytes(b"PK\x03\x04broken")
    (sent / "~$Finance-2025-06.xlsx").write_bytes(b"a lock of Excel's")
    made = openpyxl.Workbook()
    made.active.append(["序号", "反馈问题", "整改措施"])
    made.active.append([1, "会议过多", "合并例会"])
    made.save(sent / "other.xlsx")
    found = back(run, "june", "--yes", code=9)
    assert found["others"] == ["other.xlsx"]
    assert [each["file"] for each in found["unread"]] == ["broken.xlsx"]
    assert len(found["taken"]) == 1


def test_a_folder_without_workbooks(run):
    """It is said, with what to do."""
    town.start(run)
    Path("empty").mkdir()
    result = run("import", "empty")
    assert (result.code, "no workbook" in result.err) == (3, True)


def test_bulk_assignment(run):
    """Who does what, filled into the whole ledger for many issues, is assigned in one change."""
    run.ok("init", "2025", "--preset", "simple")
    for number in range(1, 6):
        run.ok("add", f"Issue {number}", "-m", "One", "-m", "Two")
    run.ok("export", "-o", "all.xlsx")
    cells = [
        (f"{n}.1", heading, f"{heading} {n}") for n in range(1, 6) for heading in ("unit", "leader", "owner")
    ]
    fill(Path("all.xlsx"), *cells)
    found = back(run, "all.xlsx", "--yes")
    assert len(found["taken"]) == 15
    rows = json.loads(run.ok("list", "--json"))["rows"]
    assert [(row["unit"], row["leader"], row["owner"]) for row in rows] == [
        (f"unit {n}", f"leader {n}", f"owner {n}") for n in range(1, 6)
    ]
    run.ok("undo", "--yes")
    assert {row["unit"] for row in json.loads(run.ok("list", "--json"))["rows"]} == {None}


def test_another_ledgers_workbook(run, sent):
    """Its rows are unknown here: named, nothing taken."""
    fill(sent / "Finance-2025-06.xlsx", ("2.1", "progress", "a letter"))
    run.ok("init", "other", "--preset", "simple")
    run.ok("-L", "other", "add", "Something")
    found = back(run, "june", "--yes", "-L", "other", code=0)
    assert found["taken"] == []
    assert {each["code"] for each in found["left"]} == {"unknown"}


def test_the_name_of_a_unit_is_no_path(run):
    """Slashes, devices, names that differ only in case: every unit has a file of its own in the folder."""
    run.ok("init", "2025", "--preset", "simple")
    for unit in ("../../up", "CON", "a/b", "Office", "OFFICE", "x" * 300, "财务:股"):
        run.ok("add", f"of {unit[:9]}", "--unit", unit)
    run.ok("export", "--split", "unit", "-o", "out")
    found = json.loads(run.ok("export", "--split", "unit", "-o", "out", "--json"))
    names = [each["file"] for each in found["units"]]
    assert len({name.casefold() for name in names}) == 7 == len(list(Path("out").iterdir()))
    assert all(Path("out", name).is_file() and len(name.encode()) < 240 for name in names)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("export", 2),
        ("export xlsx", 2),
        ("export xlsx -o -", 2),
        ("export --split unit", 2),
        ("export csv --split unit -o x", 2),
        ("export --split leader -o x", 2),
        ("export --split unit -o x --period 2025-13", 2),
        ("export --split unit -o x --period soon", 2),
        ("export -o x.docx", 2),
        ("export --split unit -o no/such/folder", 3),
        ("export --split unit -o all.txt", 2),
    ],
)
def test_what_cannot_be_exported(run, words, code):
    """Each says why, and nothing is left behind."""
    town.start(run)
    Path("all.txt").write_text("mine", encoding="utf-8")
    result = run(*words.split())
    assert (result.code, result.out) == (code, "")
    assert Path("all.txt").read_text(encoding="utf-8") == "mine"
    assert not Path("x").exists()


def test_same_bytes_everywhere(run):
    """Whatever time, zone, locale and language the machine has."""
    town.start(run)
    kept = []
    for env, now in (
        ({"TZ": "Asia/Shanghai", "LC_ALL": "zh_CN.UTF-8"}, "2025-06-30T09:00:00+08:00"),
        ({"TZ": "America/New_York", "LC_ALL": "C"}, "2025-07-04T23:00:00-04:00"),
    ):
        run.ok("export", "xlsx", "--as-of", "2025-06-30", "-o", "all.xlsx", env=env, now=now)
        kept.append(Path("all.xlsx").read_bytes())
        run.ok("export", "xlsx", "--as-of", "2025-06-30", "-o", "all.xlsx", "--lang", "zh", env=env, now=now)
        kept.append(Path("all.xlsx").read_bytes())
    assert len(set(kept)) == 1
    with zipfile.ZipFile("all.xlsx") as archive:
        assert {each.date_time for each in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
@pytest.mark.slow
def test_saved_by_another_program(run, sent, tmp_path):
    """What LibreOffice opened and saved comes back with just what was filled in."""
    fill(sent / "Finance-2025-06.xlsx", ("2.1", "progress", "two letters\nand a call"))
    run.ok("export", "xlsx", "-o", "june/all.xlsx", now=JUNE)
    command = [
        "soffice",
        "--headless",
        f"-env:UserInstallation=file://{tmp_path}/profile",
        "--convert-to",
        "xlsx",
    ]
    subprocess.run([*command, "--outdir", "saved", *sent.glob("*.xlsx")], check=True, capture_output=True)
    found = back(run, "saved", "--yes")
    assert [(each["id"], each["field"], each["becomes"]) for each in found["taken"]] == [
        ("2.1", "progress", "two letters\nand a call")
    ]
    assert found["left"] == []


@pytest.mark.parametrize(
    "words", [("--split", "unit", "-o", "june"), ("xlsx", "-o", "june/Finance-2025-06.xlsx")]
)
def test_what_was_filled_in_is_not_written_over(run, sent, words):
    """Sent out once more into the folder where the sheets came back: nothing is written; untouched ones may be."""
    run.ok("note", "2.1", "-t", "a call", now=JUNE)
    fill(sent / "Finance-2025-06.xlsx", ("2.1", "progress", "a letter"))
    before = digests()
    result = run("export", *words, now=JUNE)
    assert (result.code, digests()) == (4, before)
    assert "june/Finance-2025-06.xlsx has been filled in" in result.err
    fill(sent / "Finance-2025-06.xlsx", ("2.1", "progress", None))
    run.ok("export", *words, now=JUNE)


def test_a_folder_of_everything(run, sent, monkeypatch):
    """More workbooks than are looked at are refused, none is left out in silence."""
    monkeypatch.setattr(returning, "MOST", 2)
    result = run("import", "june", "--yes", now=JULY)
    assert (result.code, result.out) == (2, "")
    assert "june holds more than 2 workbooks" in result.err
    monkeypatch.setattr(returning, "MOST", 3)
    assert run("import", "june", "--yes", now=JULY).code == 0


def test_a_folder_with_none_of_ours(run, sent):
    """That the ledger has all of it is not said of what was not looked into."""
    Path("else").mkdir()
    made = openpyxl.Workbook()
    made.active.append(["序号", "反馈问题", "整改措施"])
    made.active.append([1, "会议过多", "合并例会"])
    made.save("else/other.xlsx")
    result = run("import", "else", "--yes", now=JULY)
    assert (result.code, result.out) == (0, "")
    assert "other.xlsx is no sheet of ours" in result.err
