"""What a command wrote, kept in git as one commit of its own, when somebody asked for that."""

from __future__ import annotations

from gettext import gettext as _
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, NamedTuple

from ledger import language
from ledger.domain.text import visible
from ledger.domain.words import listed, said
from ledger.errors import LedgerError
from ledger.store import git
from ledger.store.workspace import LEDGERS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from contextlib import AbstractContextManager
    from pathlib import Path, PurePath

    from ledger.store.book import Book
    from ledger.usecases.change import Outcome

#: So many ids stand in the first line of a commit's message; the files say the rest.
_NAMED = 8


class Committed(NamedTuple):
    """What became of a commit: its hash, or none with the reason."""

    commit: str | None = None
    warnings: tuple[str, ...] = ()


def is_versioned(root: Path) -> bool:
    """Whether a folder is under git, as far as can be told."""
    try:
        return git.find(root) is not None
    except LedgerError:
        return True


def commit(book: Book, message: str, paths: Iterable[PurePath]) -> Committed:
    """Commit these files of the folder of ledgers, and nothing else; a refusal of git's is only said.

    Shape: call it under the lock: two commits at once would be in each other's way.

    Source: DECISIONS.md D-05, D-38; RELIABILITY A11.
    """
    return commit_files(book.workspace.root, message, [PurePosixPath(LEDGERS) / path for path in paths])


def commit_files(root: Path, message: str, paths: Sequence[PurePosixPath]) -> Committed:
    """Commit these files of a workspace; `paths` are relative to its root."""
    if not paths:
        return Committed()
    try:
        repository = git.find(root)
        if repository is None:
            return Committed(
                None, (_("nothing was committed: there is no git repository here, or git is not installed"),)
            )
        named = [repository.relative(root / path) for path in paths]
        made = repository.commit(named, message)
        if made is None and repository.ignores_all(named):
            text = _("nothing was committed: git is told to ignore {path}").format(path=named[0])
            return Committed(None, (text,))
        return Committed(made)
    except LedgerError as error:
        hint = f" ({error.hint})" if error.hint else ""
        text = _("the change is kept, but was not committed: {reason}").format(reason=error.message)
        return Committed(None, (text + hint,))
    except OSError as error:
        reason = error.strerror or str(error)
        return Committed(
            None, (_("the change is kept, but was not committed: {reason}").format(reason=reason),)
        )


def message(book: Book, command: str, outcome: Outcome[Any]) -> str:
    """What a commit says: the acts and the ids in the ledger's language, then lines for programs.

    Shape: a `Ledger:` for each one changed and a `Batch:` for each command recorded, as git's trailers.
    """
    entries = [entry for each in outcome.changed for entry in each.entries]
    names = list(dict.fromkeys(name for each in outcome.changed for name in each.targets))
    with speaking(book):
        acts = listed(dict.fromkeys(said("act", entry.do) for entry in entries)) or command
    ledgers = dict.fromkeys(each.path.parts[1] for each in outcome.changed) or [book.name]
    batches = dict.fromkeys(entry.batch for entry in entries)
    return written(ledgers, f"{acts} {_some(names)}", batches)


def written(ledgers: Iterable[str], subject: str, batches: Iterable[str] = ()) -> str:
    """A message from its parts."""
    trailers = [f"Ledger: {' '.join(visible(each).split())}" for each in ledgers]
    trailers += [f"Batch: {batch}" for batch in batches]
    return "\n".join([" ".join(subject.split()), "", *trailers, ""])


def speaking(book: Book) -> AbstractContextManager[None]:
    """Speak the ledger's language: what stays in git is read by others, whatever is spoken here."""
    try:
        spoken = language.spoken(book.settings.language)
    except (LedgerError, OSError):
        spoken = None
    return language.speaking(spoken or language.current())


def _some(names: Sequence[str]) -> str:
    more = len(names) - _NAMED
    return " ".join([*names[:_NAMED], *([f"(+{more})"] if more > 0 else [])])
