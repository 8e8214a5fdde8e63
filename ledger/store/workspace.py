"""Where things are: the folder that holds ``ledgers/``, its ledgers, and the one in use."""

from __future__ import annotations

import difflib
import os
import re
from gettext import gettext as _
from pathlib import Path
from typing import NamedTuple

from ledger.errors import LedgerError, NotFoundError, UsageError

#: The folder every workspace is known by. Source: docs/contract.md §2.
LEDGERS = "ledgers"
_STATE = ".state"
_CURRENT = "current"
_SETTINGS = "ledger.toml"
#: No name is longer. Units: bytes. Source: NAME_MAX of Linux.
_NAME = 256
#: So much of the settings is looked through for the language, which stands before the first table.
_HEAD = 65_536


class Workspace(NamedTuple):
    """A folder with one or more ledgers in it."""

    root: Path

    @property
    def ledgers(self) -> Path:
        """The folder of all ledgers."""
        return self.root / LEDGERS

    @property
    def state(self) -> Path:
        """The lock, unfinished transactions and the ledger in use; never part of a ledger."""
        return self.ledgers / _STATE

    @property
    def templates(self) -> Path:
        """The office's own report templates."""
        return self.root / "templates"

    def names(self) -> tuple[str, ...]:
        """The names of the ledgers, sorted."""
        found = (each.name for each in os.scandir(self.ledgers) if not each.name.startswith("."))
        return tuple(sorted(name for name in found if (self.ledgers / name / _SETTINGS).is_file()))

    def choose(self, name: str | None) -> str:
        """The ledger meant: the one named, else the one in use, else the only one.

        Raises:
            NotFoundError: there is no ledger of that name.
            UsageError: there are several and none is named.
        """
        wanted = name or self.current()
        if wanted and _is_name(wanted) and (self.ledgers / wanted / _SETTINGS).is_file():
            return wanted
        names = self.names()
        if name:
            raise NotFoundError(_("there is no ledger {name}").format(name=name), _hint(name, names))
        if len(names) == 1:
            return names[0]
        if not names:
            raise NotFoundError(
                _("there is no ledger in {folder} yet").format(folder=LEDGERS + "/"), _start()
            )
        message = _("there are several ledgers: {names}").format(names=", ".join(names))
        raise UsageError(message, _("name one with -L NAME, or keep to one with: ledger use NAME"))

    def current(self) -> str | None:
        """The ledger last chosen with `use`; nothing when none was."""
        try:
            return (self.state / _CURRENT).read_text(encoding="utf-8").strip() or None
        except (OSError, UnicodeDecodeError):
            return None

    def use(self, name: str) -> None:
        """Keep to one ledger until told otherwise.

        Raises:
            NotFoundError: there is no ledger of that name.
        """
        if name not in self.names():
            raise NotFoundError(_("there is no ledger {name}").format(name=name), _hint(name, self.names()))
        from ledger.store import files
        from ledger.store.lock import locked

        path = self.state / _CURRENT
        with locked(self.state, by="", command="use"):
            files.write(path, f"{name}\n".encode(), expected=files.digest_at(path))


def _is_name(wanted: str) -> bool:
    """Whether it can be a ledger's name: never a path, nor anything hidden, such as `..`."""
    return (
        not wanted.startswith(".")
        and not {"/", "\\", "\0"} & set(wanted)
        and len(os.fsencode(wanted)) < _NAME
    )


def _start() -> str:
    return _("start one with: ledger init")


def _hint(name: str, names: tuple[str, ...]) -> str:
    near = difflib.get_close_matches(name, names, n=1)
    if near:
        return _("did you mean {name}?").format(name=near[0])
    return _("there are: {names}").format(names=", ".join(names)) if names else _start()


def find(given: Path | None, start: Path | None = None) -> Workspace:
    """The workspace at `given`, or the nearest one around the folder one stands in.

    Raises:
        NotFoundError: there is none.
    """
    if given is not None:
        if (given / LEDGERS).is_dir():
            return Workspace(given)
        message = _("{folder} holds no {ledgers}").format(folder=given.as_posix(), ledgers=LEDGERS + "/")
        raise NotFoundError(message, _start())
    here = start or _here()
    for folder in (here, *here.parents):
        if (folder / LEDGERS).is_dir():
            return Workspace(folder)
    raise NotFoundError(_("there is no ledger here or in a folder above"), _start())


def _here() -> Path:
    try:
        return Path.cwd()
    except FileNotFoundError as error:
        message = _("the folder one stands in is gone")
        raise NotFoundError(message, _("go to another one, or name the workspace with -C DIR")) from error


def language_hint(root: Path | None, name: str | None) -> str | None:
    """The language the ledger meant asks for; nothing when there is no ledger, or it cannot be read.

    Every run asks this first, help too, so the line is looked for and the file not parsed; whoever works
    with the settings does that.

    Shape: where several may be meant it is the language in which all of them are kept.
    """
    try:
        workspace = find(root)
        try:
            meant: tuple[str, ...] = (workspace.choose(name or os.environ.get("TAIZHANG_LEDGER")),)
        except UsageError:
            meant = workspace.names()
        spoken = {_language(workspace.ledgers / each / _SETTINGS) for each in meant}
    except (LedgerError, OSError):
        return None
    return spoken.pop() if len(spoken) == 1 else None


def _language(path: Path) -> str | None:
    """The language a ledger's settings name."""
    with path.open("rb") as file:
        text = file.read(_HEAD).decode("utf-8", "replace")
    found = re.search(
        r"""^language\s*=\s*["'](\w+)["']""", re.split(r"^\s*\[", text, flags=re.M)[0], flags=re.M
    )
    return found[1] if found else None
