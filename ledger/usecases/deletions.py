"""Records that somebody deleted: git's last commit has them, and their folder has not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger.domain.ids import kept_of, number_in
from ledger.errors import LedgerError
from ledger.store import git

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ledger.store.book import Book


def found(book: Book) -> tuple[tuple[str, str], ...]:
    """The files of deleted records, relative to the workspace, each with the id of its record.

    Shape: a renumbered record has another name and is not deleted; while a merge or a rebase is under way
        nothing is said, and nothing where there is no git or it cannot be asked.
    """
    try:
        repo = git.find(book.workspace.root)
        if repo is None or repo.unfinished() is not None or repo.head() is None:
            return ()
        return tuple(_deleted(book, repo))
    except LedgerError:
        return ()


def _deleted(book: Book, repo: git.Repository) -> Iterator[tuple[str, str]]:
    for schema in book.schemas():
        there = {kept_of(name) for name in book.names(schema)}
        place = repo.relative(book.folder / schema.folder)
        for path in repo.files("HEAD", place):
            number = number_in(path.name)
            if path.parent == place and number is not None and kept_of(path.name) not in there:
                yield str(book.shown(path.name, schema)), schema.id_of(number)
