"""Who records: from the environment, the user's own settings, or git."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

from ledger.domain.text import one_line
from ledger.errors import LedgerError


def config_path() -> Path:
    """Where the user's own settings are (XDG base directories; APPDATA on Windows)."""
    if sys.platform == "win32":
        base = Path(os.environ.get("APPDATA") or Path.home() / "AppData" / "Roaming")
    else:
        base = Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config")
    return base / "taizhang" / "config.toml"


def recorder(given: str | None) -> str | None:
    """The name to record under: given, TAIZHANG_ACTOR, the user's settings, or git's user.name."""
    for name in (given, os.environ.get("TAIZHANG_ACTOR")):
        if name and name.strip():
            return one_line(name)
    return _from_config() or _from_git()


def _from_config() -> str | None:
    name = _settings().get("name")
    return one_line(name) or None if isinstance(name, str) else None


def wants_commits() -> bool:
    """Whether the user's settings say `commit = true`: every command then commits what it wrote.

    Source: DECISIONS.md D-05.
    """
    return _settings().get("commit") is True


def _settings() -> dict[str, Any]:
    from ledger.store import files
    from ledger.store.toml import LARGEST_BYTES, read_toml

    try:
        path = config_path()
        return read_toml(files.read(path, limit=LARGEST_BYTES), path=path)
    except (OSError, LedgerError, RuntimeError):
        return {}


def _from_git() -> str | None:
    from ledger.store import rungit

    try:
        name = rungit.run(Path.cwd(), ["config", "--get", "user.name"]).decode("utf-8").strip()
        return one_line(name) if name else None
    except (OSError, UnicodeDecodeError, LedgerError):
        return None


def remember(name: str) -> Path:
    """Keep the name in the user's settings, leaving what else stands there; gives the file."""
    from ledger.store import files
    from ledger.store.toml import read_toml

    path = config_path()
    kept = files.read(path) if path.exists() else b""
    if "name" not in (read_toml(kept, path=path) if kept else {}):
        data = f'name = "{_escaped(name)}"\n'.encode() + kept
        files.write(path, data, expected=files.digest(kept) if path.exists() else None)
    return path


def _escaped(name: str) -> str:
    return name.replace("\\", "\\\\").replace('"', '\\"')
