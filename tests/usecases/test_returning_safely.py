"""Returned workbooks that went through many hands: nothing lands on the wrong row, nothing is taken twice."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from ledger.errors import RejectedInputError
from ledger.usecases import reading, returning
from ledger.usecases.change import Actor, Desk
from tests.returning import Book, read
from tests.usecases.test_returning import back, ledger, left, sent, took, tree

__all__ = ["ledger"]

JULY = dt.date(2025, 7, 1)


def now():
    """The ledger, opened again."""
    return reading.open_book(Path.cwd(), "2025")


def measure(number: int, at: int):
    return reading.issues_of(now())[number - 1].measures[at - 1]


def changed(book: Book, name: str, heading: str, value: object, kind: str) -> bytes:
    """The workbook with a cell of another kind: f a formula nobody calculated, e an error."""
    cell = book.sheet.cell(book.row(name), book.column(heading))
    cell.value, cell.data_type = value, kind
    return book.data()


@pytest.mark.parametrize(("value", "kind"), [('="Y"&"an"', "f"), ("#REF!", "e")])
@pytest.mark.parametrize("heading", ["owner", "progress"])
def test_what_cannot_be_read_is_not_empty(ledger, run, value, kind, heading):
    """A formula without its value and an error take nothing away; the cell is named."""
    run.ok("assign", "2.1", "--owner", "Yan")
    book = Book(sent(now(), "Finance")).fill("2.2", "owner", "Gu")
    found = back(now(), changed(book, "2.1", heading, value, kind))
    assert took(found) == [("2.2", "owner", "Gu")]
    assert left(found) == [("unclear", "2.1", heading)]
    assert measure(2, 1).owner == "Yan"


def test_an_error_in_a_cell_of_a_whole_issue(ledger):
    """It is named, and the measures keep what they have."""
    data = changed(Book(sent(ledger)), "2.1", "unit", "#N/A", "e")
    found = back(ledger, data)
    assert (took(found), left(found)) == ([], [("unclear", "2.1", "unit")])
    assert measure(2, 2).unit == "Finance"


def copied(data: bytes, name: str, *cells: tuple[str, object]) -> bytes:
    """The workbook with a copy of a row at its end, hidden columns and all, in which cells say otherwise."""
    book = Book(data)
    row, end = book.row(name), book.sheet.max_row + 1
    for place in range(1, book.sheet.max_column + 1):
        book.sheet.cell(end, place).value = book.sheet.cell(row, place).value
    for heading, value in cells:
        book.sheet.cell(end, book.column(heading)).value = value
    return book.data()


def test_a_copied_row_is_another_measure(ledger):
    """What is told of it does not go to the measure it was copied from."""
    data = copied(
        sent(ledger, "Finance"), "2.2", ("measure", "Audit them"), ("owner", "Zed"), ("progress", "x")
    )
    found = back(ledger, data)
    assert (took(found), left(found)) == ([], [("new", "2", "text")])
    found = back(ledger, data, new=True)
    assert took(found) == [("2", "new", "Audit them")]
    assert [measure(2, at).owner for at in (1, 2, 3)] == ["", "", "Zed"]
    assert back(now(), data, new=True).taken == ()


def test_a_row_twice_that_disagrees(ledger):
    """One of them went out so and the other was filled in: nobody knows which counts."""
    data = copied(sent(ledger, "Finance"), "2.2", ("owner", "Zed"), ("progress", "x"))
    found = back(ledger, data)
    assert (took(found), left(found)) == ([], [("twice", "2.2", "owner"), ("twice", "2.2", "progress")])
    assert back(ledger, copied(sent(ledger), "2.2")).left == ()


def test_sorted_without_the_hidden_columns(ledger):
    """Numbers and hidden columns say different rows: nothing of these rows is taken."""
    book = (
        Book(sent(ledger, "Finance")).unmerge().fill("2.1", "owner", "Yan").fill("2.1", "progress", "asked")
    )
    one, two = book.row("2.1"), book.row("2.2")
    for place in range(1, book.column("uid")):
        a, b = book.sheet.cell(one, place), book.sheet.cell(two, place)
        a.value, b.value = b.value, a.value
    before = tree()
    found = back(ledger, book.data())
    assert (took(found), left(found)) == ([], [("unclear", "2.1", ""), ("unclear", "2.2", "")])
    assert tree() == before


def test_numbers_made_numbers_by_a_program(ledger, run):
    """2.10 that became 2.1 is still 2.10 where the hidden column says so."""
    for at in range(3, 11):
        run.ok("measure", "2", "-t", f"Step {at}")
    book = Book(sent(now(), "Finance")).fill("2.10", "deliverable", "ten").fill("2.1", "deliverable", "one")
    for row in range(book.header + 1, book.sheet.max_row + 1):
        cell = book.sheet.cell(row, book.column("measure no."))
        cell.value = float(cell.value) if cell.value else None
    found = back(now(), book.data())
    assert (took(found), left(found)) == ([("2.1", "deliverable", "one"), ("2.10", "deliverable", "ten")], [])


def test_what_was_taken_and_put_right_is_not_taken_again(ledger, run):
    """A report of done that was returned, an owner that was corrected; undone, both are taken again."""
    data = (
        Book(sent(ledger, "Finance", JULY))
        .fill("2.1", "remark", "soon")
        .fill("2.1", "status", "done")
        .fill("2.1", "result", "all paid")
        .data()
    )
    assert len(back(ledger, data).taken) == 3
    run.ok("undo", "--yes", now="2025-07-02T10:00:00+08:00")
    assert len(back(now(), data).taken) == 3
    run.ok("return", "2.1", "--why", "one is not", now="2025-07-02T11:00:00+08:00")
    run.ok("edit", "2.1", "--remark", "", now="2025-07-02T11:00:00+08:00")
    before = tree()
    found = back(now(), data)
    assert (took(found), left(found)) == ([], [("stale", "2.1", "status"), ("stale", "2.1", "remark")])
    assert tree() == before
    fresh = (
        Book(sent(now(), "Finance", JULY)).fill("2.1", "remark", "soon").fill("2.1", "status", "done").data()
    )
    assert len(back(now(), fresh).taken) == 2


def test_the_same_words_in_two_months(ledger):
    """Whichever month comes back first, each has its note; and each of them once."""
    june = Book(sent(ledger, "Finance")).fill("2.1", "progress", "going on").data()
    july = Book(sent(ledger, "Finance", JULY)).fill("2.1", "progress", "going on").data()
    for data, on in ((july, "2025-07-31"), (june, "2025-08-01")):
        assert len(back(now(), data, on=dt.date.fromisoformat(on), dated=on > "2025-08").taken) == 1
        assert back(now(), data, on=dt.date(2025, 8, 2)).taken == ()
    assert [each.text for each in measure(2, 1).notes].count("going on") == 2


def test_a_refused_request_may_come_again(ledger, run):
    """In a later sheet; the one it was refused in asks for nothing any more."""
    june = Book(sent(ledger, "Finance")).fill("2.1", "due", "2025-09-30").data()
    assert len(back(ledger, june).taken) == 1
    later = {"now": "2025-07-02T10:00:00+08:00"}
    run.ok("extend", "2.1", "--refuse", "--why", "no", **later)
    assert back(now(), june).taken == ()
    july = Book(sent(now(), "Finance", JULY)).fill("2.1", "due", "2025-09-30").data()
    assert len(back(now(), july).taken) == 1
    assert back(now(), july).taken == ()


def test_new_rows_of_another_ledger(ledger, run):
    """A row under issue 2 of one ledger is nothing to issue 2 of another."""
    book = Book(sent(ledger, "Finance"))
    book.sheet.append([None, None, None, None, "Ours alone"])
    run.ok("init", "other", "--preset", "simple")
    for title in ("One", "Two"):
        run.ok("-L", "other", "add", title)
    found = back(reading.open_book(Path.cwd(), "other"), book.data(), new=True)
    assert took(found) == []
    assert {each.code for each in found.left} == {"unknown", "new"}


def test_one_cell_too_long(ledger):
    """More than a text may hold is named; what the others sent goes in."""
    book = Book(sent(ledger, "Finance")).fill("2.1", "progress", "长" * 32_000).fill("2.2", "remark", "soon")
    found = back(ledger, book.data())
    assert (took(found), left(found)) == ([("2.2", "remark", "soon")], [("unclear", "2.1", "progress")])


def hidden(data: bytes, name: str, at: int, value: object) -> bytes:
    """The workbook with a fact of its hidden sheet changed."""
    book = Book(data)
    for row in book.book["_ledger"].iter_rows():
        if row[0].value == name:
            row[at].value = value
    return book.data()


def test_a_hidden_sheet_somebody_changed(ledger):
    """A month there never was is refused, a code nobody knows is no word of the list."""
    with pytest.raises(RejectedInputError, match="_ledger"):
        read(hidden(sent(ledger), "period", 1, "0000-01"))
    data = hidden(Book(sent(ledger)).fill("2.1", "term", "long-term").data(), "word", 3, "for ever")
    found = back(ledger, data)
    assert took(found) == []
    assert ("unclear", "2", "term") in left(found)


def test_a_result_that_comes_later(ledger):
    """The note of the first time makes a pending measure active; what was left out then is taken now."""
    first = Book(sent(ledger, "Finance")).fill("2.2", "progress", "printed").fill("2.2", "status", "done")
    found = back(ledger, first.data())
    assert (took(found), left(found)) == ([("2.2", "progress", "printed")], [("refused", "2.2", "status")])
    found = back(now(), first.fill("2.2", "result", "all can read them").data())
    assert took(found) == [("2.2", "status", "done"), ("2.2", "result", "all can read them")]
    assert found.left == ()


@pytest.mark.parametrize(
    "act", ["void 2.1 --why twice", "move 2.1 --to 4 --why theirs", "void 2 --why twice"]
)
def test_what_is_void_takes_nothing(ledger, run, act):
    """Not even a note: it would count nowhere. It is named, so that somebody may put it where it belongs."""
    data = Book(sent(ledger, "Finance")).fill("2.1", "progress", "two letters").data()
    run.ok(*act.split(), now="2025-07-01T10:00:00+08:00")
    before = tree()
    found = back(now(), data)
    assert (took(found), left(found)) == ([], [("refused", "2.1", "progress")])
    assert tree() == before


@pytest.mark.parametrize("words", ["going on", "two more letters"])
def test_two_months_at_once(ledger, words):
    """Both sheets of a unit in one folder: each month has its note, with its own day, the same words or not."""
    june = Book(sent(ledger, "Finance")).fill("2.1", "progress", "going on").data()
    july = Book(sent(ledger, "Finance", JULY)).fill("2.1", "progress", words).data()
    found = back(ledger, july, june, on=dt.date(2025, 8, 1))
    assert (took(found), left(found)) == ([("2.1", "progress", "going on"), ("2.1", "progress", words)], [])
    notes = [(str(each.on), each.text) for each in measure(2, 1).notes][1:]
    assert notes == [("2025-06-30", "going on"), ("2025-07-31", words)]
    assert back(now(), july, june, on=dt.date(2025, 8, 2)).taken == ()


@pytest.mark.parametrize(("unit", "code"), [("Gu", {"twice"}), ("Yan", set())])
def test_the_office_and_a_unit(ledger, run, unit, code):
    """The office fills in a cell for a whole issue, a unit one for its measure: they may not disagree."""
    run.ok("assign", "2.2", "--unit", "Works")
    office = Book(sent(now())).fill("2.1", "owner", "Yan").data()
    works = Book(sent(now(), "Works")).fill("2.2", "owner", unit).data()
    found = back(now(), office, works)
    assert {each.code for each in found.left} == code
    assert took(found) == ([] if code else [("2", "owner", "Yan")])


def test_a_file_called_anything(ledger):
    """What is not seen in the name of a file keeps nothing from coming in, and comes into no history."""
    data = Book(sent(ledger, "Finance")).fill("2.1", "remark", "soon").data()
    desk = Desk(ledger, Actor("林某", dt.date(2025, 7, 2), dt.datetime(2025, 7, 2, 9, tzinfo=dt.UTC)))
    found = returning.take_back(desk, [read(data, "june/Fin\u202eance\n.xlsx")]).value
    assert (took(found), found.left) == ([("2.1", "remark", "soon")], ())
    entry = next(each for each in now().records() if each.issue.number == 2).state.entries[-1]
    assert entry.why == "returned sheet june/Fin\\u202eance .xlsx"
