"""Starting a workspace and a ledger from a preset."""

from __future__ import annotations

from dataclasses import dataclass
from gettext import gettext as _
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from ledger.domain.filenames import is_reserved
from ledger.domain.text import one_line
from ledger.errors import ConflictError, NotFoundError, UsageError
from ledger.store import files, presets, transaction
from ledger.store.book import Book
from ledger.store.lock import locked
from ledger.store.unreadable import not_utf8
from ledger.store.workspace import LEDGERS, Workspace, find
from ledger.usecases.change import Changed

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from pathlib import Path

    from ledger.usecases.versioning import Committed

_LONGEST_NAME = 60
#: What git has to leave alone: what is no part of a ledger, and bytes that are hashed.
GIT_FILES = {
    ".gitignore": "ledgers/.state/\nledgers/*/.index/\n",
    ".gitattributes": (
        "*.toml text eol=lf\nledgers/**/*.toml merge=text\n"
        "ledgers/*/evidence/** -text\nledgers/*/frozen/** -text\n"
    ),
}


@dataclass(frozen=True, slots=True)
class Start:
    """What a new ledger is made from.

    Shape: `preset` and `lights` are keys of PRESETS and LIGHTS, `inspection` is one of INSPECTIONS or empty.
    """

    name: str
    preset: str = "simple"
    org: str = ""
    title: str = ""
    language: str = "zh"
    lights: str = "deadline"
    inspection: str = ""


def start(folder: Path, wanted: Start, *, here: bool = False) -> Book:
    """Make a ledger, and the workspace around it where there is none yet.

    Shape: `here` makes it in `folder` itself, else in the workspace around it where there is one.

    Raises:
        UsageError: the name cannot be a folder's name, or there is no such preset.
        ConflictError: there is a ledger of that name.
        LockedError: another command is writing in the workspace.
    """
    book, _made = planned(folder, wanted, here=here)
    workspace = book.workspace
    with locked(workspace.state, by="", command="init") as held:
        transaction.recover(workspace.state, workspace.ledgers, interrupted=held.interrupted)
        _book, made = planned(folder, wanted, here=here)  # somebody else may have begun one meanwhile
        for part in ("issues", "plans", "prose", "evidence"):
            files.make_folder(book.folder / part)
        for each in made:
            path = workspace.root / each.path
            files.write(path, each.after.encode(), expected=files.digest_at(path))
    return book


def commit(book: Book, made: Sequence[Changed]) -> Committed:
    """Commit to git what `start` made."""
    from ledger.store.lock import locked
    from ledger.usecases import versioning

    with locked(book.workspace.state, by="", command="init"), versioning.speaking(book):
        subject = _("{name}: a new ledger").format(name=book.name)
        message = versioning.written([book.name], subject)
        return versioning.commit_files(book.workspace.root, message, [each.path for each in made])


def planned(folder: Path, wanted: Start, *, here: bool = False) -> tuple[Book, list[Changed]]:
    """What `start` would make: the ledger, and its files; the settings, by which it is one, come last.

    Raises:
        UsageError: the name cannot be a folder's name, or there is no such preset.
        ConflictError: there is a ledger of that name.
    """
    names: tuple[tuple[str, Collection[str]], ...] = (
        (wanted.preset, presets.PRESETS),
        (wanted.lights, presets.LIGHTS),
        (wanted.inspection, ("", *presets.INSPECTIONS)),
    )
    for given, known in names:
        if given not in known:
            raise UsageError(
                _("there is no preset {name}").format(name=given),
                _("there are: {names}").format(names=", ".join(filter(None, known))),
            )
    name = _folder_name(wanted.name)
    workspace = _workspace(folder, here=here)
    home = PurePosixPath(LEDGERS, name)
    if (workspace.root / home / "ledger.toml").exists():
        message = _("there is a ledger {name} already").format(name=name)
        raise ConflictError(
            message, _("give the new one another name, or use it: ledger use {name}").format(name=name)
        )
    text = presets.settings_text(
        wanted.preset,
        org=one_line(wanted.org),
        title=one_line(wanted.title),
        language=wanted.language,
        lights=wanted.lights,
        inspection=wanted.inspection,
    )
    made = [with_lines(workspace.root, name, lines) for name, lines in GIT_FILES.items()]
    if not (workspace.root / home / "people.toml").exists():
        made.append(_file(home / "people.toml", "", presets.people_text(wanted.language)))
    made.append(_file(home / "ledger.toml", "", text))
    return Book(workspace, name), [each for each in made if each.before != each.after]


def _workspace(folder: Path, *, here: bool) -> Workspace:
    try:
        return find(folder if here else None, folder)
    except NotFoundError:
        return Workspace(folder)


def _folder_name(name: str) -> str:
    line = one_line(name)
    bad = set(line) & set('/\\:*?"<>|')
    if not line or bad or line.startswith(".") or line.endswith((".", " ")) or is_reserved(line):
        message = _("{name} cannot be the name of a ledger").format(name=line or '""')
        raise UsageError(message, _("use letters, digits or Chinese, such as 2025"))
    if len(line) > _LONGEST_NAME:
        raise UsageError(
            _("the name has more than {most} characters").format(most=_LONGEST_NAME), _("give a shorter one")
        )
    return line


def with_lines(root: Path, name: str, content: str) -> Changed:
    """A file with the lines that are missing; what an office wrote there stays."""
    have = _there(root / name)
    missing = [line for line in content.splitlines() if line not in have.splitlines()]
    gap = "" if not have or have.endswith("\n") or not missing else "\n"
    return _file(PurePosixPath(name), have, have + gap + "".join(line + "\n" for line in missing))


def _there(path: Path) -> str:
    try:
        data = files.read(path)
    except FileNotFoundError:
        return ""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise not_utf8(path, data, error.start) from error


def _file(path: PurePosixPath, before: str, after: str) -> Changed:
    return Changed("", (), path, (), before, after)
