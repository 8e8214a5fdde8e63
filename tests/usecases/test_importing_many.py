"""A document against many issues: those it does not name are only glanced at, and what is entered is as looked at."""

from __future__ import annotations

import dataclasses
import datetime as dt
from pathlib import Path

import pytest

from ledger.errors import ConflictError, DamageError
from ledger.intake.proposal import Proposal, ProposedIssue, ProposedMeasure
from ledger.store import workers
from ledger.store.book import Book
from ledger.store.workspace import Workspace
from ledger.usecases import importing
from ledger.usecases.change import Actor, Desk
from tests.cli.books import typed

TODAY = dt.date(2026, 3, 4)


def issues(count: int) -> list[ProposedIssue]:
    return [
        ProposedIssue(n, None, f"第{n}号仓库台账缺页", "finding", (ProposedMeasure(f"补登第{n}号台账", n, 1),), {}, n, 1)
        for n in range(1, count + 1)
    ]  # fmt: skip


@pytest.fixture
def book(run) -> Book:
    typed(run, "init t")
    book = Book(Workspace(Path().resolve()), "t")
    take_in(book, issues(9))
    return book


def compare(book: Book, given: list[ProposedIssue]) -> importing.Comparison:
    return importing.compare(book, Proposal("list.txt", "labelled", None, issues=tuple(given)), TODAY)


def take_in(book: Book, given: list[ProposedIssue]) -> None:
    now = dt.datetime(2026, 3, 4, 9, tzinfo=dt.UTC)
    importing.take_in(Desk(book, Actor("Gu", TODAY, now)), compare(book, given))


def retitled(issue: ProposedIssue) -> ProposedIssue:
    return dataclasses.replace(issue, title=f"{issue.title}、缺章")


def test_issues_as_they_were_are_counted_and_not_held(book):
    """Of a later version only what changed is there afterwards."""
    first, *rest = issues(9)
    found = compare(book, [retitled(first), *rest])
    assert ([each.about.number for each in found.revised], found.same, found.unchanged) == ([1], 8, 8)


def test_only_what_a_document_names_is_read_in_full(book, monkeypatch):
    """Each record is glanced at once; one more reading for each issue the document has."""
    read: list[str] = []
    reading = Book.read
    monkeypatch.setattr(
        Book, "read", lambda self, name, *more: read.append(name) or reading(self, name, *more)
    )
    compare(book, issues(2))
    assert sorted(read) == sorted([*book.names(), *book.names()[:2]])


def test_several_processes_find_the_same(book, monkeypatch):
    """With thousands of issues the glancing is shared; the result is the same."""
    alone = compare(book, issues(9))
    spread = workers.spread
    monkeypatch.setattr(workers, "spread", lambda work, things, **more: spread(work, things, least=1, size=2))
    assert compare(book, issues(9)) == alone


def test_an_issue_changed_meanwhile_is_not_changed_again(book):
    """What was shown is what is entered, or nothing is."""
    first, *rest = issues(9)
    found = compare(book, [retitled(first), *rest])
    take_in(book, [retitled(retitled(first)), *rest])
    now = dt.datetime(2026, 3, 4, 10, tzinfo=dt.UTC)
    with pytest.raises(ConflictError, match="issue 1 was changed while"):
        importing.take_in(Desk(book, Actor("Gu", TODAY, now)), found)


def test_a_record_that_cannot_be_read_stops_it(book):
    """It is not taken for an issue that is not there, which would enter it twice."""
    path = book.folder / "issues" / book.names()[4]
    path.write_bytes(path.read_bytes()[:300])
    with pytest.raises(DamageError):
        compare(book, issues(2))
