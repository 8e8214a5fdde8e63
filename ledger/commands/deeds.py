"""What every writing command shares: who does it, on which ledger, and how the change is told."""

from __future__ import annotations

import datetime as dt
import difflib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from gettext import gettext as _
from typing import Any

from ledger.commands import options
from ledger.domain.confidence import veiled_file, veiled_line
from ledger.domain.entry import UNKNOWN
from ledger.domain.kinds import kept_in
from ledger.domain.schema import Schema
from ledger.errors import RefusedError, UsageError
from ledger.store.book import Book
from ledger.store.lock import Holder
from ledger.store.workspace import Workspace
from ledger.ui import ask, console
from ledger.usecases.change import Actor, Changed, Desk, Outcome
from ledger.usecases.reading import open_book

#: So much of a commit's hash is shown. Units: characters. Source: git's own `--abbrev-commit`.
_HASH = 7


def desk(on: dt.date | None = None, why: str = "", *, dry_run: bool = False, signing: bool = False) -> Desk:
    """The ledger meant, and who acts on it.

    Raises:
        NotFoundError: no workspace, or no ledger of that name.
        UsageError: several ledgers and none named, or a business date in the future.
        RefusedError: a sign-off, and nobody knows who records it.
    """
    book = opened()
    return Desk(book, actor(on, why, signing=signing), dry_run, say_who_writes, commits(book.workspace))


@contextmanager
def telling(desk: Desk) -> Iterator[Desk]:
    """The desk of a change of many files, with a line that says how far it is while it takes long."""
    with console.progress() as tell:
        yield desk._replace(on_progress=lambda done, total: tell(done, total, _("files written")))


def commits(workspace: Workspace) -> bool:
    """Whether what is written is to be committed: as the command line says, else the user's settings.

    Shape: the settings count only where there is git.

    Source: docs/contract.md §3, `--commit`.
    """
    asked = options.session().commit
    if asked is not None:
        return asked
    from ledger.store import person

    if not person.wants_commits():
        return False
    from ledger.usecases import versioning

    return versioning.is_versioned(workspace.root)


def say_who_writes(holder: Holder | None) -> None:
    """Tell a person who waits for whom."""
    if holder is not None:
        console.tell(
            _("waiting: {by} is writing ({command})").format(by=holder.by or "-", command=holder.command)
        )


def ids(typed: Sequence[str]) -> tuple[str, ...]:
    """The ids as typed, with `-` read from stdin; never none where some were meant.

    Raises:
        UsageError: there was no id on stdin.
        RejectedInputError: stdin is not text.
    """
    return options.words(typed)


def opened() -> Book:
    """The ledger the command line means.

    Raises:
        NotFoundError: no workspace, or no ledger of that name.
        UsageError: several ledgers and none named.
    """
    asked = options.session()
    return open_book(asked.root, asked.ledger)


def actor(on: dt.date | None = None, why: str = "", *, signing: bool = False) -> Actor:
    """Who records, on which business date, why; asked once where a person is there.

    Raises:
        UsageError: the business date lies in the future.
        RefusedError: a sign-off, and nobody knows who records it.
    """
    today = options.today()
    day = on or today
    if day > today:
        message = _("{day} has not come yet; today is {today}").format(day=day, today=today)
        raise UsageError(message, _("a business date is today or earlier"))
    return Actor(by=_recorder(signing=signing), on=day, at=options.now(), why=_cleaned(why))


def _recorder(*, signing: bool) -> str:
    from ledger.domain.text import one_line
    from ledger.store import person

    name = person.recorder(options.session().by)
    if name:
        return name
    if ask.possible():
        name = one_line(ask.text(_("Your name, as it should stand in the record"), flag="--by"))
        person.remember(name)
        return name
    if signing:
        message = _("nobody knows who records this sign-off")
        raise RefusedError(message, _("say who you are with --by NAME, or set TAIZHANG_ACTOR"))
    return UNKNOWN


def _cleaned(why: str) -> str:
    from ledger.domain.text import clean

    return clean(why) if why else ""


def told(command: str, desk: Desk, outcome: Outcome[Any], **values: object) -> bool:
    """Tell a change as JSON or, for a dry run, as entries and diff; false when the command tells it itself.

    Shape: `values` are the command's own keys of the JSON document.
    """
    if console.wants_json():
        console.document(f"ledger/{command}@1", {"ledger": desk.book.name, **_as_json(outcome), **values})
        return True
    say_committed(outcome.commit, outcome.warnings)
    if outcome.dry_run:
        show_planned((*outcome.changed, *outcome.files))
        return True
    return False


def say_committed(commit: str | None, warnings: Sequence[str]) -> None:
    """Warnings, and the commit that was made, if any."""
    for warning in warnings:
        console.warn(warning)
    if commit is not None:
        console.tell(_("committed to git as {hash}").format(hash=commit[:_HASH]))


def _as_json(outcome: Outcome[Any]) -> Mapping[str, object]:
    return {
        "dry_run": outcome.dry_run,
        "batch": outcome.batch,
        "changed": [_row(each, outcome.dry_run) for each in outcome.changed],
        "files": [str(each.path) for each in outcome.files],
        "warnings": [{"message": warning} for warning in outcome.warnings],
        "commit": outcome.commit,
    }


def _row(changed: Changed, dry_run: bool) -> dict[str, object]:
    row: dict[str, object] = {"id": changed.id, "file": str(changed.path)}
    row["entries"] = [_entry_json(line) for line in _lines(changed)]
    if dry_run:
        row["diff"] = list(_diff(changed))
    return row


def _entry_json(line: str) -> object:
    import json

    return json.loads(line)


def _schema(changed: Changed) -> Schema | None:
    """The kind of record a changed file holds; its path is ledgers/<name>/<folder>/<file>."""
    return kept_in("/".join(changed.path.parts[2:-1]))


def _lines(changed: Changed) -> Iterator[str]:
    """The entries as they may be told."""
    schema = _schema(changed)
    return (veiled_line(schema, each.line) if schema else each.line for each in changed.entries)


def show_planned(files: Sequence[Changed]) -> None:
    """Show what a dry run would have written: entries, and every file's diff."""
    for changed in files:
        for entry in _lines(changed):
            console.say(entry)
        for line in _diff(changed):
            console.say(line)
    console.tell(_("nothing was written (--dry-run)"))


def _diff(changed: Changed) -> Iterator[str]:
    schema = _schema(changed)
    texts = [veiled_file(schema, text) if schema else text for text in (changed.before, changed.after)]
    before, after = (text.splitlines() for text in texts)
    old = str(changed.path) if changed.before else "/dev/null"
    return difflib.unified_diff(before, after, old, str(changed.path), lineterm="")


def given(**values: object) -> dict[str, object]:
    """Fields as typed, without those that were not given."""
    return {name: value for name, value in values.items() if value is not None}


def tell(command: str, desk: Desk, outcome: Outcome[Any], word: str, **values: object) -> None:
    """Tell a change; a person hears what was done, and to which ids. `values` are those of `told`."""
    if not told(command, desk, outcome, **values):
        say_changed(outcome, word)


def say_changed(outcome: Outcome[Any], word: str) -> None:
    """One line: what was done, and to which ids."""
    say_done(word, [name for each in outcome.changed for name in each.targets])


def say_done(word: str, ids: Sequence[str]) -> None:
    """One line: what was done, and to which ids, each once."""
    console.say(_("{done}: {ids}").format(done=word, ids=" ".join(dict.fromkeys(ids))))
