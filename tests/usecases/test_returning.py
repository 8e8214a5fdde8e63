"""What comes back in a returned workbook: exactly the cells that were filled in."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from ledger import __version__, language
from ledger.domain.roundtrip import Audience
from ledger.reports import build_roundtrip
from ledger.reports.basis import Basis
from ledger.reports.build_roundtrip import Part
from ledger.reports.workbooks import writing
from ledger.usecases import reading, returning
from ledger.usecases.change import Actor, Desk
from tests import town
from tests.returning import Book, read

if TYPE_CHECKING:
    from ledger.store.book import Book as Ledger

JUNE = dt.date(2025, 6, 1)
DAY = dt.date(2025, 6, 30)


@pytest.fixture
def ledger(run):
    town.start(run)
    return reading.open_book(Path.cwd(), "2025")


def sent(ledger: Ledger, unit: str | None = None, period: dt.date = JUNE, day: dt.date = DAY) -> bytes:
    """A workbook as it goes out: to the office, or to one unit."""
    issues = reading.issues_of(ledger)
    part = Part(Audience.OFFICE, period)
    if unit is not None:
        part = Part(Audience.UNIT, period, unit, build_roundtrip.units_of(issues))
    with language.speaking("en"):
        return writing.write(
            build_roundtrip.build(issues, Basis("2025", ledger.settings, day, None, __version__), part)
        )


def back(ledger: Ledger, *files: bytes, on: dt.date = dt.date(2025, 7, 2), **options):
    """What taking them back did."""
    desk = Desk(ledger, Actor("林某", on, dt.datetime(2025, 7, 2, 9, tzinfo=dt.UTC)))
    return returning.take_back(
        desk, [read(data, f"{n}.xlsx") for n, data in enumerate(files, 1)], **options
    ).value


def took(found) -> list[tuple[str, str, str]]:
    return [(each.id, each.field, each.text) for each in found.taken]


def left(found) -> list[tuple[str, str, str]]:
    return [(each.code, each.id, each.field) for each in found.left]


def tree() -> dict[str, bytes]:
    return {
        path.as_posix(): path.read_bytes() for path in sorted(Path("ledgers").rglob("*")) if path.is_file()
    }


@pytest.mark.parametrize("unit", [None, "Office", "Finance", "Works"])
def test_an_untouched_workbook_changes_nothing(ledger, unit):
    """Neither as it was written nor saved by another program; not one byte on disk."""
    data = sent(ledger, unit)
    before = tree()
    for each in (data, Book(data).data()):
        found = back(ledger, each)
        assert (found.taken, found.left) == ((), ())
    assert tree() == before


def test_the_same_ledger_gives_the_same_bytes(ledger):
    """Whatever the clock says."""
    assert sent(ledger) == sent(ledger)


def test_exactly_the_cells_that_were_filled_in(ledger):
    """A cell for a whole issue counts for all of it, one of a measure for that measure."""
    book = (
        Book(sent(ledger))
        .fill("2.1", "unit", "Audit")
        .fill("2.2", "deliverable", "a table")
        .fill("4.1", "leader", "Gu")
    )
    found = back(ledger, book.data())
    assert took(found) == [("2", "unit", "Audit"), ("2.2", "deliverable", "a table"), ("4", "leader", "Gu")]
    assert found.left == ()
    issues = {each.id: each for each in reading.issues_of(ledger)}
    assert [each.unit for each in issues["2"].measures] == ["Audit", "Audit"]
    assert issues["2"].measures[1].deliverable == "a table"
    assert issues["4"].leader == issues["4"].measures[0].leader == "Gu"
    again = back(ledger, book.data())
    assert (again.taken, again.left, again.same) == ((), (), 3)


def test_progress_becomes_a_dated_note_once(ledger):
    """It is dated with the end of the month, and the same file again enters nothing."""
    book = Book(sent(ledger, "Finance")).fill("2.1", "progress", "sent two letters").data()
    found = back(ledger, book)
    assert took(found) == [("2.1", "progress", "sent two letters")]
    measure = reading.issues_of(ledger)[1].measures[0]
    assert [(str(each.on), each.text) for each in measure.notes][1:] == [("2025-06-30", "sent two letters")]
    again = back(ledger, book)
    assert (again.taken, again.same) == ((), 1)
    assert (
        took(
            back(
                ledger,
                Book(sent(ledger, "Finance", dt.date(2025, 7, 1)))
                .fill("2.1", "progress", "sent two letters")
                .data(),
            )
        )
        != []
    )


def test_what_changed_meanwhile_is_left_with_both_values(ledger, run):
    """The same field on both sides is left out; another field of the same row goes in."""
    book = (
        Book(sent(ledger))
        .fill("2.1", "unit", "Audit")
        .fill("2.1", "owner", "Yan")
        .fill("4.1", "leader", "Gu")
    )
    run.ok("assign", "2", "--unit", "Planning")
    run.ok("assign", "4", "--unit", "Archive")
    found = back(ledger, book.data())
    assert took(found) == [("2", "owner", "Yan"), ("4", "leader", "Gu")]
    (stale,) = found.left
    assert (stale.code, stale.id, stale.field, stale.ours, stale.theirs) == (
        "stale",
        "2",
        "unit",
        "Planning",
        "Audit",
    )


def test_a_fixed_deadline_is_asked_for(ledger):
    """A new date is a request, with what stands under progress as its reason; asked once."""
    book = (
        Book(sent(ledger, "Finance"))
        .fill("2.2", "due", dt.date(2025, 9, 30))
        .fill("2.2", "progress", "the auditor is ill")
    )
    found = back(ledger, book.data())
    assert took(found) == [("2.2", "due", "2025-09-30"), ("2.2", "progress", "the auditor is ill")]
    measure = reading.issues_of(ledger)[1].measures[1]
    assert (str(measure.due), measure.requested) == ("2025-07-31", "extend")
    assert back(ledger, book.data()).taken == ()


def test_done_needs_its_result(ledger):
    """A status chosen for done reports it, with the result beside it; any other status is refused."""
    book = (
        Book(sent(ledger, "Finance"))
        .fill("2.1", "status", "done, awaiting close-out")
        .fill("2.1", "result", "all paid")
    )
    assert took(back(ledger, book.data())) == [("2.1", "status", "done"), ("2.1", "result", "all paid")]
    assert reading.issues_of(ledger)[1].measures[0].result == "all paid"
    assert back(ledger, book.data()).left == ()
    other = Book(sent(ledger, "Finance")).fill("2.2", "status", "closed")
    assert left(back(ledger, other.data())) == [("refused", "2.2", "status")]


def test_what_nobody_fills_in_is_named(ledger):
    """Words of the plan are not changed by a sheet, and who does it is not the unit's to say."""
    book = Book(sent(ledger, "Finance")).fill("2.1", "measure", "Check some").fill("2.1", "leader", "No")
    assert sorted(left(back(ledger, book.data()))) == [("fixed", "2", "leader"), ("fixed", "2.1", "text")]


def test_rows_moved_about(ledger):
    """Sorted rows, moved columns, unmerged cells, inserted rows and columns, no hidden columns: all the same."""
    book = Book(sent(ledger)).unmerge().fill("2.2", "owner", "Yan")
    sheet = book.sheet
    first = book.header + 1
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=first)]
    for row, values in enumerate(reversed(rows), first):
        for column, value in enumerate(values, 1):
            sheet.cell(row, column).value = value
    sheet.insert_cols(4)
    sheet.insert_rows(first + 1)
    assert took(back(ledger, book.data())) == [("2.2", "owner", "Yan")]


def test_without_the_hidden_columns(ledger):
    """Rows are known by their numbers."""
    book = Book(sent(ledger)).fill("2.2", "deliverable", "a table")
    book.sheet.delete_cols(book.column("uid"), 2)
    assert took(back(ledger, book.data())) == [("2.2", "deliverable", "a table")]


def test_new_and_deleted_rows(ledger):
    """A row without identity is a proposal, one that is gone deletes nothing; both are named."""
    book = Book(sent(ledger))
    sheet = book.sheet
    book.unmerge()
    sheet.delete_rows(book.row("2.2"))
    row = sheet.max_row + 1
    sheet.cell(row, 1).value = 4
    sheet.cell(row, book.column("owner")).value = "Yan"
    sheet.cell(row, book.column("measure")).value = "Paint them"
    found = back(ledger, book.data())
    assert left(found) == [("new", "4", "text"), ("deleted", "2.2", "")]
    found = back(ledger, book.data(), new=True)
    assert [(each.id, each.text) for each in found.taken] == [("4", "Paint them")]
    added = reading.issues_of(ledger)[3].measures[1]
    assert (added.text, added.owner) == ("Paint them", "Yan")
    assert back(ledger, book.data(), new=True).taken == ()


def test_returned_twice_with_different_words(ledger):
    """Neither is taken; where both say the same it is taken once."""
    data = sent(ledger, "Finance")
    one = Book(data).fill("2.1", "progress", "a letter").fill("2.2", "remark", "soon").data()
    two = Book(data).fill("2.1", "progress", "two letters").fill("2.2", "remark", "soon").data()
    found = back(ledger, one, two)
    assert took(found) == [("2.2", "remark", "soon")]
    assert left(found) == [("twice", "2.1", "progress")]


def test_a_cell_taken_apart(ledger, run):
    """Empty cells below one that was merged mean the same as above; where nothing stood before, one row is one row."""
    run.ok("measure", "4", "-t", "Paint them")
    book = Book(sent(ledger)).unmerge().fill("4.1", "unit", "Audit").fill("4.1", "leader", "Gu")
    found = back(ledger, book.data())
    assert took(found) == [("4", "unit", "Audit"), ("4.1", "leader", "Gu")]
    assert [each.leader for each in reading.issues_of(ledger)[3].measures] == ["Gu", ""]


def test_the_first_row_of_an_issue_deleted(ledger):
    """What its merged cells said went with it: that empties nothing."""
    book = Book(sent(ledger))
    book.unmerge().sheet.delete_rows(book.row("2.1"))
    found = back(ledger, book.data())
    assert (took(found), left(found)) == ([], [("deleted", "2.1", "")])
    book = Book(sent(ledger)).unmerge()
    book.sheet.cell(book.row("2.1"), book.column("uid")).value = "X" * 26
    assert {each[0] for each in left(back(ledger, book.data()))} == {"unknown", "deleted"}
