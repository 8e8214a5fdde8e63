"""What git still has of a history that was rewritten here."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final

from ledger.domain.entry import digest
from ledger.domain.rules import Original
from ledger.errors import LedgerError
from ledger.store import git, recordfile

if TYPE_CHECKING:
    from collections.abc import Callable

    from ledger.store.book import Book

#: So many commits of a file are looked through, the newest first.
_MOST: Final = 200
#: So much of a commit's name is shown. Units: hexadecimal digits; git itself shows seven or more.
_NAMED: Final = 10


def finder(book: Book) -> Callable[[str, str], Original | None]:
    """How to find, by the path of a record's file and a head it had, the history that ended in it."""
    return lambda path, head: _found(book, PurePosixPath(path), head)


def _found(book: Book, path: PurePosixPath, head: str) -> Original | None:
    try:
        repository = git.find(book.workspace.root)
        if repository is None:
            return None
        place = repository.relative(book.workspace.root / path)
        for commit in repository.commits(place)[:_MOST]:
            data = repository.show(commit, place)
            if data is not None and head.encode() in data:
                hashes = [digest(line) for line in recordfile.parse(data, path=path).lines]
                if head in hashes:
                    return Original(commit[:_NAMED], tuple(hashes[: hashes.index(head) + 1]))
    except (LedgerError, OSError):
        return None
    return None
