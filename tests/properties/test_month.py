"""Any ledger goes out and comes back: nothing, just what was filled in, or stale where both sides changed the same."""

from __future__ import annotations

import datetime as dt
import random
from typing import TYPE_CHECKING, NamedTuple

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from ledger import __version__, language
from ledger.domain.roundtrip import Audience
from ledger.reports import build_roundtrip
from ledger.reports.basis import Basis
from ledger.reports.build_roundtrip import Part
from ledger.reports.workbooks import writing
from ledger.usecases import planning, reading, returning
from ledger.usecases.change import Actor, Desk
from tests.conftest import Runner, isolated
from tests.returning import Book, read, write

if TYPE_CHECKING:
    from pathlib import Path

    from ledger.store.book import Book as Ledger

DAY = dt.date(2025, 6, 30)
AT = dt.datetime(2025, 6, 30, 9, tzinfo=dt.UTC)
UNITS = ("党政办", "财政所", "建设办")
#: Text as people write it, and as spreadsheet programs misread it.
WORDS = st.sampled_from(
    ("核对", "=1+1", "@办公室", "-3", "2025.6.30", "7.10", "  两端空  ", "一是；\n二是。", "_x000D_", "'引号", "0012", "TRUE", "１２", "√", "#N/A", "张　三")
)  # fmt: skip
LINES = WORDS.filter(lambda words: "\n" not in words)
#: Fields that differ from row to row, and those an issue may have for all of its measures.
OWN, SHARED = ("deliverable", "remark"), ("unit", "leader", "owner", "criterion")
HEADINGS = {"unit": "责任单位", "leader": "责任领导", "owner": "责任人", "criterion": "检验标准", "deliverable": "工作成果", "remark": "备注"}  # fmt: skip


class Edit(NamedTuple):
    """A cell somebody fills in: which of all rows, which field, with what."""

    row: int
    field: str
    value: str


def desk(ledger: Ledger) -> Desk:
    return Desk(ledger, Actor("林某", DAY, AT))


def made(draw, run: Runner, folder: Path) -> Ledger:
    """A random ledger: issues with and without measures, some with values of their own."""
    run.ok("init", "2025", "--preset", "simple", "--lang", "zh", cwd=folder)
    ledger = reading.open_book(folder, "2025")
    for number in range(1, draw(st.integers(1, 4)) + 1):
        given = {
            "title": f"{draw(WORDS).strip()}{number}".replace("\n", " "),
            "unit": draw(st.sampled_from(UNITS)),
        }
        given |= {
            name: draw(LINES) for name in draw(st.sets(st.sampled_from(("leader", "criterion", "remark"))))
        }
        texts = [f"{draw(WORDS)}{n}" for n in range(draw(st.integers(0, 3)))]
        planning.add_issue(desk(ledger), given, texts)
        for place in range(len(texts)):
            own = {
                name: draw(LINES)
                for name in draw(st.sets(st.sampled_from(("owner", "deliverable", "unit")), max_size=2))
            }
            if own:
                planning.edit(desk(ledger), [f"{number}.{place + 1}"], own)
    return reading.open_book(folder, "2025")


def sent(ledger: Ledger, unit: str | None = None) -> bytes:
    issues = reading.issues_of(ledger)
    part = Part(Audience.OFFICE, DAY.replace(day=1))
    if unit is not None:
        part = Part(Audience.UNIT, DAY.replace(day=1), unit, build_roundtrip.units_of(issues))
    with language.speaking("zh"):
        return writing.write(
            build_roundtrip.build(issues, Basis("2025", ledger.settings, DAY, None, __version__), part)
        )


def said(ledger: Ledger) -> dict[tuple[str, str], str]:
    """What every row says in every field, inherited or not."""
    return {
        (target.id, name): getattr(target, name)
        for issue in reading.issues_of(ledger)
        for target in (issue.measures or (issue,))
        for name in HEADINGS
    }


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in folder.rglob("*.toml")}


@pytest.fixture
def anywhere(tmp_path, monkeypatch):
    """Folders one after another, each empty."""
    for name, value in isolated(tmp_path / "home").items():
        monkeypatch.delenv(name, raising=False) if value is None else monkeypatch.setenv(name, value)
    monkeypatch.setattr("os.fsync", lambda _file: None)  # nobody pulls the plug here
    numbers = iter(range(100_000))

    def folder() -> Path:
        path = tmp_path / str(next(numbers))
        path.mkdir()
        return path

    return folder


# A failing ledger is not made smaller: that would take minutes.
COMMON = settings(
    max_examples=10, phases=[Phase.explicit, Phase.generate], suppress_health_check=list(HealthCheck)
)


@COMMON
@given(st.data())
def test_untouched_it_changes_nothing(anywhere, data):
    """Whatever the ledger says, to whomever it went, not a byte changes and nothing is said."""
    folder = anywhere()
    ledger = made(data.draw, Runner(), folder)
    before = bytes_of(folder)
    for unit in (None, *build_roundtrip.units_of(reading.issues_of(ledger))):
        found = returning.take_back(desk(ledger), [read(Book(sent(ledger, unit)).data())]).value
        assert (found.taken, found.left) == ((), ())
    assert bytes_of(folder) == before


def edits(draw, ledger: Ledger) -> list[Edit]:
    rows = sum(len(issue.measures) or 1 for issue in reading.issues_of(ledger))
    wanted = draw(
        st.lists(
            st.builds(
                Edit,
                st.integers(0, rows - 1),
                st.sampled_from(sorted(HEADINGS)),
                st.integers(0, 99).map("新{}".format),
            ),
            max_size=6,
        )
    )
    return list({(each.row, each.field): each for each in wanted}.values())


@COMMON
@given(st.data())
def test_exactly_what_was_filled_in_changes(anywhere, data):
    """Each cell filled in is what its row says afterwards; all others say what they said. Sorted rows are the same."""
    folder = anywhere()
    ledger = made(data.draw, Runner(), folder)
    before = said(ledger)
    book = Book(sent(ledger)).unmerge()
    ids = list(dict.fromkeys(name for name, _field in before))
    wanted = edits(data.draw, ledger)
    whole = filled_down(book, ids)
    for edit in wanted:
        book.fill(ids[edit.row], HEADINGS[edit.field], edit.value)
    if data.draw(st.booleans()):
        shuffled(book, data.draw(st.integers(0, 999)))
    found = returning.take_back(desk(ledger), [read(book.data())]).value
    assert found.left == ()
    expected = {**before, **{(ids[each.row], each.field): each.value for each in wanted}}
    assert {key: value for key, value in said(ledger).items() if value != expected[key]} == {}, whole
    again = returning.take_back(desk(ledger), [read(book.data())]).value
    assert again.taken == ()


def filled_down(book: Book, ids: list[str]) -> None:
    """Write what a cell said for all rows of its issue into each of them, as people do after taking it apart."""
    sheet = book.sheet
    for heading in HEADINGS.values():
        column = book.column(heading)
        above: dict[str, object] = {}
        for name in ids:
            row, issue = book.row(name), name.partition(".")[0]
            cell = sheet.cell(row, column)
            owned = f"{key_of(heading)}^" in str(sheet.cell(row, book.column("prints")).value)
            if owned and cell.value is None:
                write(cell, above.get(issue))
            elif owned:
                above[issue] = cell.value


def key_of(heading: str) -> str:
    return next(key for key, words in HEADINGS.items() if words == heading)


def shuffled(book: Book, seed: int) -> None:
    """Put the rows into another order."""
    sheet, first = book.sheet, book.header + 1
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=first)]
    random.Random(seed).shuffle(rows)
    for row, values in enumerate(rows, first):
        for column, value in enumerate(values, 1):
            write(sheet.cell(row, column), value)


@COMMON
@given(st.data())
def test_stale_exactly_where_both_changed_the_same(anywhere, data):
    """What only the sheet changed goes in, what only the ledger changed stays, what both changed is left with both."""
    folder = anywhere()
    ledger = made(data.draw, Runner(), folder)
    ids = list(dict.fromkeys(name for name, _field in said(ledger)))
    book = Book(sent(ledger))
    theirs = {
        (ids[each.row], each.field): each.value for each in edits(data.draw, ledger) if each.field in OWN
    }
    ours = {
        (ids[each.row], each.field): f"台账{each.value}"
        for each in edits(data.draw, ledger)
        if each.field in OWN
    }
    for (name, field), value in theirs.items():
        book.fill(name, HEADINGS[field], value)
    for (name, field), value in ours.items():
        planning.edit(desk(ledger), [name], {field: value})
    before = said(ledger)
    found = returning.take_back(desk(ledger), [read(book.data())]).value
    both = theirs.keys() & ours.keys()
    assert {(each.id, each.field): (each.ours, each.theirs) for each in found.left} == {
        key: (ours[key], theirs[key]) for key in both
    }
    assert {each.code for each in found.left} <= {"stale"}
    assert said(ledger) == {**before, **{key: value for key, value in theirs.items() if key not in both}}
