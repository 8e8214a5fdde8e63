"""Starting a workspace and a ledger from a preset."""

from __future__ import annotations

from dataclasses import dataclass
from gettext import gettext as _
from typing import TYPE_CHECKING

from ledger.domain.text import one_line
from ledger.errors import ConflictError, NotFoundError, UsageError
from ledger.store import files, presets
from ledger.store.book import Book
from ledger.store.workspace import LEDGERS, Workspace, find

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

#: Names Windows keeps for devices. Source: Microsoft, "Naming Files, Paths, and Namespaces".
_RESERVED = frozenset(
    {"con", "prn", "aux", "nul", *(f"{kind}{n}" for kind in ("com", "lpt") for n in range(1, 10))}
)
_LONGEST_NAME = 60
_GITIGNORE = "ledgers/.state/\nledgers/*/.index/\n"
_GITATTRIBUTES = "*.toml text eol=lf\nevidence/** -text\n"


@dataclass(frozen=True, slots=True)
class Start:
    """What a new ledger is made from. Shape: `preset` is a key of `presets.PRESETS`."""

    name: str
    preset: str = "simple"
    org: str = ""
    title: str = ""
    language: str = "zh"


def start(folder: Path, wanted: Start, *, here: bool = False) -> Book:
    """Make a ledger, and the workspace around it where there is none yet.

    Shape: `here` makes it in `folder` itself, else in the workspace around it where there is one.

    Raises:
        UsageError: the name cannot be a folder's name, or there is no such preset.
        ConflictError: there is a ledger of that name.
    """
    if wanted.preset not in presets.PRESETS:
        names: Sequence[str] = tuple(presets.PRESETS)
        raise UsageError(
            _("there is no preset {name}").format(name=wanted.preset),
            _("there are: {names}").format(names=", ".join(names)),
        )
    name = _folder_name(wanted.name)
    workspace = _workspace(folder, here=here)
    home = workspace.ledgers / name
    if (home / "ledger.toml").exists():
        message = _("there is a ledger {name} already").format(name=name)
        raise ConflictError(
            message, _("give the new one another name, or use it: ledger use {name}").format(name=name)
        )
    text = presets.settings_text(
        wanted.preset, org=one_line(wanted.org), title=one_line(wanted.title), language=wanted.language
    )
    for part in ("issues", "plans", "prose", "evidence"):
        files.make_folder(home / part)
    if not (home / "people.toml").exists():
        files.write(home / "people.toml", presets.people_text(wanted.language).encode(), expected=None)
    files.write(home / "ledger.toml", text.encode(), expected=None)
    for path, content in ((".gitignore", _GITIGNORE), (".gitattributes", _GITATTRIBUTES)):
        _keep_lines(workspace.root / path, content)
    return Book(workspace, name)


def _workspace(folder: Path, *, here: bool) -> Workspace:
    try:
        return find(folder if here else None, folder)
    except NotFoundError:
        files.make_folder(folder / LEDGERS)
        return Workspace(folder)


def _folder_name(name: str) -> str:
    line = one_line(name)
    bad = set(line) & set('/\\:*?"<>|')
    if not line or bad or line.startswith(".") or line.endswith((".", " ")) or line.lower() in _RESERVED:
        message = _("{name} cannot be the name of a ledger").format(name=line or '""')
        raise UsageError(message, _("use letters, digits or Chinese, such as 2025"))
    if len(line) > _LONGEST_NAME:
        raise UsageError(_("the name has more than {most} characters").format(most=_LONGEST_NAME))
    return line


def _keep_lines(path: Path, content: str) -> None:
    """Add the lines that are missing; what an office wrote there stays."""
    have = path.read_text(encoding="utf-8") if path.exists() else ""
    missing = [line for line in content.splitlines() if line not in have.splitlines()]
    if missing:
        gap = "" if not have or have.endswith("\n") else "\n"
        data = (have + gap + "\n".join(missing) + "\n").encode()
        files.write(path, data, expected=files.digest_at(path))
