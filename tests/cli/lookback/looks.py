"""What tests of look-backs look at: a review, an issue's uid, and every file there is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger.domain.review import REVIEW, review_of
from tests.cli.books import book, record

if TYPE_CHECKING:
    from pathlib import Path


def review(number: int = 2025001):
    """A look-back as its file has it."""
    return review_of(book().find(number, REVIEW).state)


def uid(number: int) -> str:
    """The uid of an issue."""
    return str(record(number).state.fields["uid"])


def files(folder: Path) -> dict[str, bytes]:
    """Every file of the ledger, with its bytes."""
    return {str(path): path.read_bytes() for path in folder.rglob("*.toml")}


def found(number: str) -> dict:
    """An item of the look-back, by its number."""
    (item,) = [each for each in review_of(book().find(2025001, REVIEW).state).items if each.about == number]
    return item._asdict()
