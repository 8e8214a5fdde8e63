"""What a shell may offer: ledgers, ids and names; each with words that tell it from the others."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

from ledger.store import workspace
from ledger.store.book import Book

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

#: Beyond this many issues only numbers are offered: reading a record for its title takes about a millisecond.
DESCRIBED: Final = 20


def ledgers(root: Path | None) -> Iterator[tuple[str, str]]:
    """The ledgers of the workspace, each with its title."""
    place = workspace.find(root)
    for name in place.names():
        yield name, Book(place, name).settings.title


def ids(root: Path | None, ledger: str | None, typed: str) -> Iterator[tuple[str, str]]:
    """Issues whose number begins as `typed`; behind a dot their measures, behind two dots the points."""
    book = _book(root, ledger)
    number, _point, rest = typed.partition(".")
    if not _point:
        found = [each for each in book.numbers() if str(each).startswith(typed)]
        for each in found:
            yield str(each), book.find(each).issue.title if len(found) <= DESCRIBED else ""
        return
    for measure in book.find(int(number)).issue.measures:
        name = f"{number}.{measure.number}"
        if "." not in rest:
            yield name, measure.text
        elif typed.startswith(f"{name}."):
            for point in measure.points:
                yield f"{name}.{point.number}", point.text


def names(root: Path | None, ledger: str | None) -> Iterator[tuple[str, str]]:
    """The units, each with its leader, and the persons the ledger knows."""
    people = _book(root, ledger).people
    for unit in people.units:
        yield unit.name, people.leader_of(unit.name)
    for person in people.persons:
        yield person.name, ""


def _book(root: Path | None, ledger: str | None) -> Book:
    place = workspace.find(root)
    return Book(place, place.choose(ledger or os.environ.get("TAIZHANG_LEDGER")))
