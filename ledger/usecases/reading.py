"""Opening a ledger and reading its issues, as they are or as they were."""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import re
from gettext import gettext as _
from typing import TYPE_CHECKING

from ledger.errors import LockedError, NotFoundError, StorageError, UsageError
from ledger.store import staging
from ledger.store.book import Book
from ledger.store.workspace import find

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from ledger.domain.issue import Issue
    from ledger.store.record import Record
    from ledger.store.workspace import Workspace

#: How long a reader waits to finish somebody else's change. Units: seconds.
_PATIENCE = 0.5
#: How a commit is named: a hash, a tag, a branch; never an option.
_COMMIT = re.compile(r"[0-9A-Za-z][0-9A-Za-z._/~^-]*")


def open_book(root: Path | None = None, ledger: str | None = None) -> Book:
    """The ledger meant: by name, by TAIZHANG_LEDGER, the one in use, or the only one.

    Raises:
        NotFoundError: no workspace, or no ledger of that name.
        UsageError: several ledgers and none named.
    """
    workspace = open_workspace(root)
    return Book(workspace, workspace.choose(ledger or chosen()))


def chosen() -> str | None:
    """The ledger that TAIZHANG_LEDGER names, if it names one."""
    return os.environ.get("TAIZHANG_LEDGER") or None


def open_workspace(root: Path | None = None) -> Workspace:
    """The workspace meant, with what a killed command had committed in place.

    Raises:
        NotFoundError: there is none.
    """
    workspace = find(root)
    if staging.pending(workspace.state):
        _finish(workspace)
    return workspace


def _finish(workspace: Workspace) -> None:
    """Finish what a killed command had committed; where that is not possible the book lays it over."""
    from ledger.store import transaction
    from ledger.store.lock import locked

    with (
        contextlib.suppress(LockedError, StorageError, OSError),
        locked(workspace.state, by="", command="recovery", timeout=_PATIENCE) as held,
    ):
        transaction.recover(workspace.state, workspace.ledgers, interrupted=held.interrupted)


def issues_of(
    book: Book, *, as_of: dt.date | None = None, known_at: dt.datetime | None = None
) -> tuple[Issue, ...]:
    """All issues in the order of their numbers; with a date, as they were then.

    Shape: issues that were not there yet are left out.
    """
    return staging.at_one_moment(
        book.workspace.state,
        lambda: tuple(issue for _record, issue in dated(book, as_of=as_of, known_at=known_at)),
    )


def dated(
    book: Book, *, as_of: dt.date | None = None, known_at: dt.datetime | None = None
) -> Iterator[tuple[Record, Issue]]:
    """Records with their issues, as they are or as they were."""
    from ledger.domain.issue import issue_of

    for record in book.records():
        if as_of is None and known_at is None:
            yield record, record.issue
            continue
        state = book.replayed(record, as_of=as_of, known_at=known_at)
        if state is not None:
            yield record, issue_of(state)


def moment(words: str, root: Path, now: dt.datetime) -> dt.datetime:
    """The moment `--known-at` means: a time, a day (its end), or when a commit was made.

    Shape: `now` says which offset a bare time has, and which year a bare day.

    Raises:
        UsageError: it is neither a time nor a commit.
        NotFoundError: git does not know the commit.
    """
    from ledger.domain.dates import parse_instant

    try:
        return parse_instant(words, local=now.tzinfo or dt.UTC, today=now.date())
    except UsageError:
        if not _COMMIT.fullmatch(words):
            raise
    return _committed(words, root)


def _committed(commit: str, root: Path) -> dt.datetime:
    from ledger.store import git

    repository = git.find(root)
    if repository is None or repository.resolve(commit) is None:
        message = _("{words} is neither a time nor a commit git knows").format(words=commit)
        raise NotFoundError(message, _("give a time such as 2025-06-30 or 2025-06-30T18:00"))
    return repository.made_at(commit)
